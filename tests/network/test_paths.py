from __future__ import annotations

from itertools import pairwise

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.claims.described import Reader
from factscape.network.paths import Path, find_paths
from factscape.store.oxigraph import MemoryStore

TRIG = """
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix src: <https://w3id.org/factscape/source/> .
@prefix here: <https://w3id.org/factscape/source/s#> .
src:s a fs:Source .
here:p1 fs:passageOf src:s ; fs:paragraph 1 .
here:p2 fs:passageOf src:s ; fs:paragraph 2 .
here:p1 { id:fund fs:investedIn id:lab . id:lab fs:develops id:model . }
here:p2 { id:fund fs:investedIn id:lab . id:rival fs:competesWith id:lab ; fs:develops id:other . }
id:alone a fs:Company .
"""
ID = "https://w3id.org/factscape/id/"


def reader(text: str = TRIG) -> Reader:
    store = ox.Store()
    store.load(text.encode(), ox.RdfFormat.TRIG)
    return Reader(MemoryStore(store))


def stations(path: Path) -> list[str]:
    return [station.iri.removeprefix(ID) for station in path.stations]


def test_the_shortest_way_with_the_source_of_every_step() -> None:
    (path,) = find_paths(reader(), ID + "fund", ID + "model")
    assert stations(path) == ["fund", "lab", "model"]
    first, second = path.steps
    assert [fact.predicate.iri.rpartition("#")[2] for fact in (*first, *second)] == [
        "investedIn",
        "develops",
    ]
    assert [citation.paragraph for citation in first[0].citations] == [1, 2]
    assert [citation.paragraph for citation in second[0].citations] == [1]


def test_facts_are_followed_in_both_directions() -> None:
    (path,) = find_paths(reader(), ID + "other", ID + "model")
    assert stations(path) == ["other", "rival", "lab", "model"]
    assert [facts[0].subject.iri.removeprefix(ID) for facts in path.steps] == [
        "rival",
        "rival",
        "lab",
    ]


@pytest.mark.parametrize(
    ("start", "end", "max_steps"),
    [("fund", "alone", 6), ("other", "model", 2), ("fund", "fund", 6), ("fund", "nobody", 6)],
)
def test_where_there_is_no_way_there_is_none(start: str, end: str, max_steps: int) -> None:
    assert find_paths(reader(), ID + start, ID + end, max_steps=max_steps) == []


def test_several_ways_come_shortest_first_and_no_more_than_asked_for() -> None:
    text = "<urn:a> <urn:p> <urn:b>, <urn:c> . <urn:b> <urn:p> <urn:z> . <urn:c> <urn:p> <urn:d> . <urn:d> <urn:p> <urn:z> ."
    found = find_paths(reader(text), "urn:a", "urn:z", count=5)
    assert [[one.iri for one in path.stations] for path in found] == [
        ["urn:a", "urn:b", "urn:z"],
        ["urn:a", "urn:c", "urn:d", "urn:z"],
    ]
    assert len(find_paths(reader(text), "urn:a", "urn:z", count=1)) == 1


def test_types_and_periods_are_no_stations() -> None:
    text = TRIG + "id:alone fs:during <https://w3id.org/factscape/period/2025> ."
    text += "id:fund a fs:Company ; fs:during <https://w3id.org/factscape/period/2025> ."
    assert find_paths(reader(text + _ontology()), ID + "fund", ID + "alone") == []


def _ontology() -> str:
    return "<https://w3id.org/factscape/period/2025> a fs:Period . fs:Period fs:drawnAs fs:Detail ."


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1))
def test_every_step_joins_its_stations(edges: set[tuple[int, int]]) -> None:
    text = " ".join(f"<urn:n{a}> <urn:p> <urn:n{b}> ." for a, b in sorted(edges))
    for path in find_paths(reader(text), "urn:n0", "urn:n1", count=4):
        assert path.stations[0].iri == "urn:n0"
        assert path.stations[-1].iri == "urn:n1"
        for ends, facts in zip(pairwise(path.stations), path.steps, strict=True):
            assert facts
            for fact in facts:
                assert {fact.subject.iri, fact.object.iri} == {end.iri for end in ends}
