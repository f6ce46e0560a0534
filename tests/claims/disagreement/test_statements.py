"""What is read from a store for comparing: figures, places, dates and relations."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from factscape.claims.disagreement.statements import Statement, read_statements
from factscape.store.oxigraph import MemoryStore
from factscape.terms import FS, PREFIXES

ID, CLAIM, UNIT, METRIC = (PREFIXES[name] for name in ("id", "claim", "unit", "metric"))
SOURCE = """
src:a a fs:Source ; dct:publisher id:press ; dct:issued "2025-03-01"^^xsd:date ; fs:reliability "B" .
<https://w3id.org/factscape/source/a#p1> a fs:Passage ; fs:passageOf src:a .
"""
Read = Callable[[str], dict[str, Statement]]


@pytest.fixture
def read(store_of: Callable[[str], MemoryStore]) -> Read:
    """Read the statements of one passage, by the ends of their IRIs."""

    def found(text: str) -> dict[str, Statement]:
        graph = "GRAPH <https://w3id.org/factscape/source/a#p1>"
        statements = list(read_statements(store_of(f"{SOURCE} {graph} {{ {text} }}")))
        named = {one.iri.rpartition("/")[2]: one for one in statements}
        assert len(named) == len(statements), "each once"
        return named

    return found


def test_a_figure(read: Read) -> None:
    (one,) = read("""claim:x a fs:Observation ; fs:of id:firm ; fs:metric metric:net-loss ;
        fs:value 2358000000 ; fs:unit unit:CNY ; fs:during period:2025-H1 ; fs:printed "23.58億元" ;
        fs:segment id:cloud ; fs:statedBy id:firm .""").values()
    assert (one.kind, one.of, one.metric) == ("figure", ID + "firm", METRIC + "net-loss")
    assert (one.figure.value, one.figure.printed, one.unit) == (
        "2358000000",
        "23.58億元",
        UNIT + "CNY",
    )
    assert (one.begins, one.ends) == ("2025-01-01", "2025-07-01")
    assert one.narrowing == ((FS.segment, ID + "cloud"),)
    assert (one.source, one.issued) == (PREFIXES["src"] + "a", "2025-03-02")
    assert (one.speaker, one.reliability, one.status) == (ID + "firm", "B", FS.reported)
    assert one.time_kind == FS.flow


def test_without_another_speaker_the_publisher_speaks(read: Read) -> None:
    (one,) = read(
        "claim:x a fs:Observation ; fs:of id:f ; fs:metric metric:net-loss ; fs:value 1 ."
    ).values()
    assert one.speaker == ID + "press"
    assert (one.begins, one.ends, one.time) == ("", "", "")


def test_units_with_a_fixed_factor_are_brought_to_their_base(read: Read) -> None:
    (one,) = read("""claim:x a fs:Observation ; fs:of id:f ; fs:metric metric:gross-margin ;
        fs:value 15 ; fs:unit unit:percent ; fs:printed "15%" .""").values()
    assert one.figure.factor == Decimal("0.01")
    assert one.figure.central() == Decimal("0.15")


@pytest.mark.parametrize(
    ("value", "is_date"),
    [
        ('"2030"^^xsd:gYear', True),
        ('"2030-05"^^xsd:gYearMonth', True),
        ("2030", False),
        ("20300", False),
    ],
)
def test_dates_are_told_from_numbers_by_their_datatype(
    read: Read, value: str, is_date: bool
) -> None:
    (one,) = read(
        f"claim:x a fs:Observation ; fs:of id:f ; fs:metric metric:net-loss ; fs:value {value} ."
    ).values()
    assert one.figure.is_date is is_date


def test_words_that_narrow_are_folded_and_those_in_other_languages_left_out(read: Read) -> None:
    found = read("""
        claim:x a fs:Observation ; fs:of id:f ; fs:metric metric:net-loss ; fs:value 1 ;
          fs:scope "Not  counting cloud"@en, "不含云"@zh .
        claim:y a fs:Observation ; fs:of id:f ; fs:metric metric:net-loss ; fs:value 1 ;
          fs:scope "not counting Cloud"@en .""")
    assert found["x"].narrowing == found["y"].narrowing == ((FS.scope, "not counting cloud"),)


def test_a_place_in_a_ranking_is_exact_and_has_no_unit(read: Read) -> None:
    (one,) = read("""claim:x a fs:RankEntry ; fs:of id:f ; fs:ranking id:board ; fs:position 4 ;
        fs:metric metric:revenue ; fs:value 7 ; fs:unit unit:CNY .""").values()
    assert (one.kind, one.metric, one.unit) == ("rank", ID + "board", "")
    assert (one.figure.value, one.figure.exact, one.time_kind) == ("4", True, FS.final)


def test_what_states_no_value_is_not_compared(read: Read) -> None:
    assert (
        read("""
        claim:none a fs:Observation ; fs:of id:f ; fs:metric metric:net-loss .
        claim:whose a fs:Observation ; fs:metric metric:net-loss ; fs:value 1 .
        claim:view a fs:Opinion ; fs:statedBy id:ann ; fs:says "x"@en .""")
        == {}
    )


def test_the_dates_of_events_stand_by_passage(store_of: Callable[[str], MemoryStore]) -> None:
    store = store_of("""
        id:round a fs:FundingRound . src:a a fs:Source . src:b a fs:Source .
        GRAPH src:a { id:round fs:at "2024-05"^^xsd:gYearMonth . }
        GRAPH src:b { id:round fs:at "2024-06-03"^^xsd:date . }
        GRAPH src:c { id:round fs:of id:firm . }""")
    found = [one for one in read_statements(store) if one.kind == "date"]
    spans = sorted((one.source.rpartition("/")[2], one.begins, one.ends) for one in found)
    assert spans == [("a", "2024-05-01", "2024-06-01"), ("b", "2024-06-03", "2024-06-04")]
    assert {one.of for one in found} == {ID + "round"}


def test_relations_of_which_there_is_one_at_a_time(read: Read) -> None:
    found = read("""
        id:ann fs:chiefExecutiveOf id:firm . id:bob fs:chiefExecutiveOf id:rival .
        id:ann fs:competesWith id:bob .
        claim:ann a fs:Relation ; rdf:subject id:ann ; rdf:predicate fs:chiefExecutiveOf ;
          rdf:object id:firm ; fs:during period:2024 .""")
    assert set(found) == {"ann", "bob"}
    dated, bare = found["ann"], found["bob"]
    assert (dated.iri, dated.kind, dated.begins) == (CLAIM + "ann", "relation", "2024-01-01")
    assert (dated.of, dated.object) == (ID + "firm", ID + "ann")
    assert (bare.iri, bare.of, bare.begins) == (ID + "bob", ID + "rival", "")
