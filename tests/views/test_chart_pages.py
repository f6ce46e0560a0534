"""The chart pages: the same facts give the same bytes, and what is not said is not in the data."""

from __future__ import annotations

import os
import subprocess
import sys

from factscape.opening import open_facts
from factscape.terms import PREFIXES
from factscape.views import comparison_page

PRINT_HASHES = """
import hashlib
from factscape.opening import open_facts
from factscape.views import card_page, comparison_page, ranking_page, report_page, timeline_page
ID = "https://w3id.org/factscape/id/"
with open_facts() as facts:
    for page in (
        timeline_page(facts),
        ranking_page(facts, "https://w3id.org/factscape/metric/revenue"),
        comparison_page(facts, [ID + "zhipu", ID + "glm"]),
        card_page(facts, ID + "zhipu"),
        report_page(facts, "https://w3id.org/factscape/source/netease-2026-01-06"),
    ):
        print(hashlib.sha256(page.html.encode("utf-8")).hexdigest())
"""


def test_the_same_facts_give_the_same_bytes() -> None:
    hashes = [
        subprocess.run(
            [sys.executable, "-c", PRINT_HASHES],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for seed in ("0", "1")
    ]
    assert len(set(hashes[0])) == 5
    assert hashes[0] == hashes[1]


def test_what_is_not_said_is_not_in_the_data() -> None:
    with open_facts() as facts:
        page = comparison_page(facts, [PREFIXES["id"] + name for name in ("zhipu", "minimax")])
    points = [point for panel in page.data["panels"] for point in panel["points"]]
    assert len(points) > 50
    said = [value for point in points for value in point.values()]
    assert not [value for value in said if value is None or value is False]
