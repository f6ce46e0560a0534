"""Rows that are written once."""

from __future__ import annotations

from typing import Any

import pytest

from factscape.claims.cards.parts import (
    Citation,
    Figure,
    Named,
    Relation,
    Source,
    Standing,
    Time,
)
from factscape.terms import PREFIXES
from factscape.views.tables import Tables, packed, runs, unpacked

ID = PREFIXES["id"]
A, B = Named(ID + "a", {"en": "A", "zh": "甲"}), Named(ID + "b", {"en": "B", "zh": "B"})
CITED = Citation("urn:s#p3", 3, Named("urn:s", {"en": "S", "zh": "S"}), "2026", "A")


def relation(
    direction: str, other: Named, words: dict[str, str], backwards: bool = False
) -> Relation:
    return Relation(
        direction=direction,
        predicate=Named("urn:develops", words),
        backwards=backwards,
        other=other,
        time=Time(None, {"en": "2025", "zh": "2025年"}, "2025-01-01", "2026-01-01"),
        status=None,
        about=(),
        stated_by=None,
        derived=False,
        claims=("urn:c",),
        citations=(CITED,),
    )


def rows(tables: Tables, name: str) -> list[dict[str, Any]]:
    return [unpacked(name, row) for row in tables.as_dict()[name]]


def test_a_relation_is_one_row_from_both_its_ends() -> None:
    tables = Tables(PREFIXES)
    a, b = tables.term(A), tables.term(B)
    first = tables.relation(relation("out", B, {"en": "develops", "zh": "研发"}), a)
    second = tables.relation(relation("in", A, {"en": "developed by", "zh": "由其研发"}), b)
    assert first == second
    (row,) = rows(tables, "relations")
    assert (row["from"], row["to"], row["at"], row["claims"]) == (a, b, [0], ["urn:c"])
    assert rows(tables, "predicates") == [
        {
            "iri": "urn:develops",
            "label": ["develops", "研发"],
            "inverse": ["developed by", "由其研发"],
        }
    ]


def test_a_predicate_without_words_for_the_other_end_keeps_its_own() -> None:
    tables = Tables(PREFIXES)
    tables.relation(
        relation("in", A, {"en": "develops", "zh": "研发"}, backwards=True), tables.term(B)
    )
    assert rows(tables, "predicates") == [{"iri": "urn:develops", "label": ["develops", "研发"]}]


def test_labels_that_are_the_same_stand_once() -> None:
    tables = Tables(PREFIXES)
    tables.term(A)
    tables.term(B)
    assert tables.term(A) == 0
    assert tables.as_dict()["terms"] == [["id:a", "A", "甲"], ["id:b", "B"]]
    assert tables.label(0) == ["A", "甲"]
    assert tables.label(1) == ["B"]


def test_only_the_web_is_linked_to() -> None:
    tables = Tables(PREFIXES)
    for number, url in enumerate(["javascript:alert(1)", "data:x", "file:///x", "https://x.org/"]):
        tables.source(Source(f"urn:{number}", {"en": "S", "zh": "S"}, None, None, None, url))
    assert [row.get("url") for row in rows(tables, "sources")] == [
        None,
        None,
        None,
        "https://x.org/",
    ]


def test_a_passage_names_its_source_and_paragraph() -> None:
    tables = Tables(PREFIXES)
    assert tables.cited([CITED, CITED]) == [0]
    # Its IRI follows from these two.
    assert rows(tables, "passages") == [{"source": 0, "paragraph": 3}]
    assert rows(tables, "sources") == [{"term": 0, "issued": "2026", "reliability": "A"}]
    nowhere = CITED._replace(passage="")
    assert tables.cited([nowhere]) == []


@pytest.mark.parametrize(
    ("standing", "told"),
    [
        (None, None),
        (Standing(B, disputed=False, best=True, sources=3, voices=2), None),
        (Standing(B, disputed=True, best=True, sources=3, voices=2), [3, 2]),
        (Standing(B, disputed=True, best=False, sources=3, voices=2), 1),
    ],
)
def test_a_figure_says_whether_it_is_disputed(standing: Standing | None, told: object) -> None:
    figure = Figure(
        claim="urn:c",
        of=A,
        value="1",
        low=None,
        high=None,
        unit=None,
        printed="1",
        bound=None,
        status=None,
        time=None,
        about=(),
        stated_by=None,
        words={"en": "1", "zh": "1"},
        standing=standing,
        citation=CITED,
    )
    tables = Tables(PREFIXES)
    tables.figure(B, figure)
    assert rows(tables, "figures")[0].get("disputed") == told


@pytest.mark.parametrize(
    ("row", "written"),
    [
        ({"term": 3, "figures": runs([4, 5, 6, 9])}, [3, *[None] * 7, [[4, 6], 9]]),
        ({"term": 3, "figures": [], "later": 1}, [3, None, None, None, None, 1]),
    ],
)
def test_numbers_in_a_row_are_written_as_a_pair(row: dict[str, Any], written: list[Any]) -> None:
    assert packed("things", row) == written
    read = unpacked("things", written)
    assert read.get("figures", []) == ([4, 5, 6, 9] if row["figures"] else [])
    assert read["term"] == 3
