"""The questions that come with the ontology are answered by the bundled facts, with their sources."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

import factscape

QUERIES = Path(__file__).parents[2] / "ontology" / "queries"


def answer(name: str) -> list[dict[str, str]]:
    text = (QUERIES / name).read_text(encoding="utf-8")
    with factscape.open() as facts:
        rows = facts.query(text)
        assert isinstance(rows, ox.QuerySolutions)
        names = [variable.value for variable in rows.variables]
        return [{n: row[n].value for n in names if row[n] is not None} for row in rows]


@pytest.mark.parametrize("name", sorted(path.name for path in QUERIES.glob("*.rq")))
def test_a_question_says_what_it_asks_and_its_answer_who_says_so(name: str) -> None:
    head = (QUERIES / name).read_text(encoding="utf-8").split("\n\n")[0]
    assert [line.split(": ")[0] for line in head.splitlines()] == [
        "#+ title",
        "#+ title-zh",
        "#+ question",
    ]
    rows = answer(name)
    assert rows
    assert all(row["source"] and row["paragraph"] for row in rows)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("zhipu-losses.rq", {"period": "2024", "value": "2958000000", "paragraph": "45"}),
        ("china-maas-ranking.rq", {"position": "1", "supplier": "Baidu", "says": "IDC"}),
        ("zhipu-models.rq", {"model": "GLM-4.6", "kind": "model", "paragraph": "30"}),
        (
            "zhipu-strategy.rq",
            {
                "from": "on-premise projects made to order",
                "to": "API calls on a model-as-a-service platform",
                "when": "2025",
            },
        ),
    ],
)
def test_the_article_answers(name: str, row: dict[str, str]) -> None:
    assert any(row.items() <= found.items() for found in answer(name))
