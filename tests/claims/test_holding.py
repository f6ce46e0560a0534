"""When triples hold: the same as taking out of a store what does not hold on a day."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.claims.clocks import Clocks, restrict
from factscape.claims.derive import derived_quads, time_quads
from factscape.claims.holding import ALWAYS, NEVER, Holding, Spans, both, either
from factscape.reading import ontology_files, ontology_folder, read_quads
from factscape.store.oxigraph import MemoryStore
from factscape.terms import PREFIXES, name_of

ID = PREFIXES["id"]
RULES = sorted(ontology_folder().glob("rules/*.rq"))
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
# Each fact in one of the ways in which time can be told of it.
FACTS = """
id:round a fs:FundingRound . id:talks a fs:FundingRound . id:launch a fs:ModelRelease .
src:s a fs:Source . src:t a fs:Source .
GRAPH src:s {
  id:ann fs:chiefExecutiveOf id:firm ; fs:founderOf id:firm .
  claim:ann a fs:Relation ; rdf:subject id:ann ; rdf:predicate fs:chiefExecutiveOf ;
    rdf:object id:firm ; fs:during period:2024 .
  id:round fs:of id:firm ; fs:investor id:fund ; fs:leadInvestor id:lead ; fs:eventStatus fs:completed ;
    fs:at "2025-06-01"^^xsd:date .
  id:talks fs:of id:firm ; fs:investor id:shy ; fs:eventStatus fs:talks ; fs:during period:2023 .
  id:firm fs:competesWith id:rival .
}
GRAPH src:t {
  id:fund fs:investedIn id:firm .
  claim:fund a fs:Relation ; rdf:subject id:fund ; rdf:predicate fs:investedIn ;
    rdf:object id:firm ; fs:during period:2026-01 .
  id:round fs:of id:firm ; fs:investor id:fund ; fs:at "2025-05-01"^^xsd:date .
  id:launch fs:releasedBy id:firm ; fs:of id:model ; fs:at "2024-03"^^xsd:gYearMonth .
}
"""
DAYS = [date(year, month, day) for year in (2022, 2023, 2024, 2025, 2026) for month, day in
        ((1, 1), (2, 1), (3, 1), (5, 1), (5, 31), (6, 1), (12, 31))]  # fmt: skip


def store(day: date | None = None) -> ox.Store:
    held = ox.Store()
    held.load((HEAD + FACTS).encode(), ox.RdfFormat.TRIG)
    held.extend([quad for path in ontology_files() for quad in read_quads(path)])
    held.extend(list(time_quads(held)))
    if day:
        restrict(held, Clocks(as_of=day))
    held.extend(list(derived_quads(held, RULES)))
    return held


def edges(held: ox.Store) -> set[tuple[str, str, str]]:
    return {
        (name_of(quad.subject), quad.predicate.value, name_of(quad.object))
        for quad in held
        if name_of(quad.subject).startswith(ID) and name_of(quad.object).startswith(ID)
    }


@pytest.fixture(scope="module")
def whole() -> tuple[Holding, ox.Store]:
    held = store()
    return Holding(MemoryStore(held), RULES), held


def spans(holding: Holding, held: ox.Store, edge: tuple[str, str, str]) -> Spans:
    subject, predicate, object_ = map(ox.NamedNode, edge)
    found = [
        holding.of((*edge, name_of(quad.graph_name)))
        for quad in held.quads_for_pattern(subject, predicate, object_)
    ]
    return either([*found, *map(holding.of, holding.also(*edge))])


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_what_holds_on_a_day_is_what_the_clock_leaves(
    whole: tuple[Holding, ox.Store], day: date
) -> None:
    holds = {
        edge
        for edge in edges(whole[1])
        if any(first <= str(day) < after for first, after in spans(*whole, edge))
    }
    assert holds == edges(store(day))


def test_what_has_no_time_holds_always(whole: tuple[Holding, ox.Store]) -> None:
    assert spans(*whole, (f"{ID}firm", PREFIXES["fs"] + "competesWith", f"{ID}rival")) == ALWAYS


ANY_SPANS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda s: s[0] < s[1])
).map(lambda spans: either([tuple(spans)]))


@given(ANY_SPANS, ANY_SPANS)
def test_spans_join_and_meet_as_sets_of_days_do(one: Spans, other: Spans) -> None:
    def days(spans: Spans) -> set[str]:
        return {day for day in "abcdef" for first, after in spans if first <= day < after}

    assert days(either([one, other])) == days(one) | days(other)
    assert days(both(one, other)) == days(one) & days(other)
    assert both(one, NEVER) == NEVER
    assert either([one, one]) == one
