"""Whatever stands in the cells of a table, the files that are written of it can be read."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pyoxigraph as ox
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.exchange.test_importing import KINGFISHER, ROW

from factscape.terms import PREFIXES

if TYPE_CHECKING:
    from tests.exchange.conftest import Importer

hostile = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.sampled_from(
        [
            'a"b',
            "a\\b",
            '"""',
            "a\nb\r\n",
            "\x00\x1b[31m",
            "} GRAPH <urn:x> {",
            "# not a comment",
            "<urn:a> <urn:b> <urn:c> .",
            "javascript:alert(1)",
            "http://example.org/ a>b",
            "\u2028\u202e",
            "$value",
            "{of}-x",
            "id:zhipu> <urn:x",
        ]
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.tuples(hostile, hostile, hostile, hostile), min_size=1, max_size=4))
def test_no_cell_breaks_a_file(run: Importer, cells: list[tuple[str, str, str, str]]) -> None:
    shutil.rmtree(run.folder, ignore_errors=True)
    columns = {"row": "id", "of": "of", "what": "what", "value": "value", "unit": "unit"}
    columns |= {"time": "time", "setting": "setting", "note": "note", "word": "word"}
    company = "Kingfisher Holdings Ltd"
    names = {company: KINGFISHER | {"also": [name for _, _, _, name in cells]}}
    rows = [
        ROW
        | {"setting": setting, "note": note, "word": f"{word} {n}", "of": company, "time": "2025"}
        for n, (setting, note, word, _) in enumerate(cells)
    ]
    page = {
        "https://example.org/a": {"title": cells[0][0] or "x", "slug": "a", "comment": cells[0][1]}
    }
    done = run(*rows, columns=columns, sources=page, names=names)
    graphs = {quad.graph_name for quad in done.quads}
    assert graphs <= {ox.DefaultGraph(), ox.NamedNode(PREFIXES["src"] + "a")}
    assert len(done.statements) == done.result.statements == len(rows) - len(done.messages)
    words = {s.strip() for s, _, _, _ in cells}
    for address in done.statements:
        for text in done.said(f"claim:{address}").get("setting", []):
            assert text.rpartition("@")[0] in words or text in words
