"""Groups as people read them: names, words and sources of every side."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factscape.claims.described import Reader
from factscape.claims.disagreement.kept import compare_statements
from factscape.claims.disagreement.shown import Disagreement, show_groups
from factscape.store.oxigraph import MemoryStore
from factscape.terms import PREFIXES

FACTS = """
id:firm a fs:Company ; skos:prefLabel "Firm"@en, "公司"@zh .
id:ann a fs:Person ; skos:prefLabel "Ann"@en . id:bob a fs:Person ; skos:prefLabel "Bob"@en .
id:round a fs:FundingRound ; skos:prefLabel "Round"@en .
src:a a fs:Source ; dct:title "Paper A"@en ; dct:issued "2025-03-01"^^xsd:date ; fs:reliability "B" .
src:b a fs:Source ; dct:title "Paper B"@en ; fs:reliability "C" .
GRAPH src:a {
  claim:a a fs:Observation ; fs:of id:firm ; fs:metric metric:revenue ; fs:value 300000000 ;
    fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "3億元" ; fs:statedBy id:firm .
  claim:us a fs:Observation ; fs:of id:firm ; fs:metric metric:revenue ; fs:value 40000000 ;
    fs:unit unit:USD ; fs:during period:2024 ; fs:printed "$40m" .
  id:round fs:at "2024-05"^^xsd:gYearMonth . id:ann fs:chiefExecutiveOf id:firm .
}
GRAPH src:b {
  claim:b a fs:Observation ; fs:of id:firm ; fs:metric metric:revenue ; fs:value 500000000 ;
    fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "5億元" .
  id:round fs:at "2024-06"^^xsd:gYearMonth . id:bob fs:chiefExecutiveOf id:firm .
}
"""


@pytest.fixture
def shown(store_of: Callable[[str], MemoryStore]) -> dict[str, Disagreement]:
    """The groups by kind."""
    store = store_of(FACTS)
    return {one.kind: one for one in show_groups(compare_statements(store), Reader(store))}


def test_a_figure(shown: dict[str, Disagreement]) -> None:
    group = shown["figure"]
    assert group.thing.label == {"en": "Firm", "zh": "公司"}
    assert group.metric.label["en"] == "revenue"
    assert group.time and group.time.label["en"] == "2024"
    assert [side.words["en"] for side in group.sides] == ["300 million CNY", "500 million CNY"]
    assert [side.words["zh"] for side in group.sides] == ["3亿元", "5亿元"]
    best = group.sides[0].figures[0]
    assert (best.printed, best.citation.reliability, best.citation.issued) == (
        "3億元",
        "B",
        "2025-03-01",
    )
    assert best.stated_by and best.stated_by.label["en"] == "Firm"
    assert [pair.verdict.label["en"] for pair in group.pairs] == ["inconsistent"]
    assert sorted(group.claims) == [PREFIXES["claim"] + "a", PREFIXES["claim"] + "b"]


def test_near_misses_have_their_reason(shown: dict[str, Disagreement]) -> None:
    (near,) = shown["figure"].near
    assert (near.reason, near.figure.words["en"]) == ("currency", "40 million USD")


def test_the_date_of_an_event(shown: dict[str, Disagreement]) -> None:
    group = shown["date"]
    assert (group.thing.label["en"], group.time, group.gap) == ("Round", None, None)
    assert [side.words["en"] for side in group.sides] == ["May 2024", "June 2024"]
    assert group.sides[1].figures[0].citation.source.label["en"] == "Paper B"


def test_a_relation(shown: dict[str, Disagreement]) -> None:
    group = shown["relation"]
    assert group.thing.label["en"] == "Firm"
    assert group.verdict.label["en"] == "strained"
    assert [side.words["en"] for side in group.sides] == ["Ann", "Bob"]


def test_as_json_shows_it(shown: dict[str, Disagreement]) -> None:
    plain = shown["figure"].as_dict()
    assert plain["sides"][0]["figures"][0]["citation"]["source"]["label"]["en"] == "Paper A"
    assert plain["pairs"][0]["one"][0] in shown["figure"].claims
