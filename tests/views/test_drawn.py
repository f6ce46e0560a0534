"""What becomes a point, a hub, a line, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from factscape.network import build_network
from factscape.terms import FS, PREFIXES
from factscape.views.drawing import read_drawings
from factscape.views.drawn import Drawn, draw

if TYPE_CHECKING:
    from tests.views.conftest import StoreOf

DrawnOf = Callable[..., Drawn]
ID = PREFIXES["id"]


@pytest.fixture
def drawn_of(store_of: StoreOf) -> DrawnOf:
    def make(text: str, *, with_ontology: bool = True) -> Drawn:
        store = store_of(text, with_ontology=with_ontology)
        return draw(build_network(store), store, read_drawings(store))

    return make


def short(iri: str) -> str:
    return iri.removeprefix(ID).removeprefix(PREFIXES["fs"])


def lines(drawn: Drawn) -> set[tuple[str, str, str]]:
    return {(short(line.start), short(line.relation), short(line.end)) for line in drawn.lines}


def things(drawn: Drawn) -> set[str]:
    return set(map(short, drawn.things))


FIRMS = "id:a a fs:Company . id:b a fs:Company . id:m a fs:Model . id:x a fs:Person ."


def test_a_triple_between_two_things_is_a_line(drawn_of: DrawnOf) -> None:
    drawn = drawn_of(FIRMS + "<urn:p> { id:a fs:develops id:m }")
    assert lines(drawn) == {("a", "develops", "m")}
    assert things(drawn) == {"a", "b", "m", "x"}


def test_an_event_with_two_ends_is_a_line(drawn_of: DrawnOf) -> None:
    drawn = drawn_of(
        FIRMS
        + """id:deal a fs:Acquisition . id:out a fs:ModelRelease .
        <urn:p> { id:deal fs:acquirer id:a ; fs:acquired id:b . id:out fs:releasedBy id:a ; fs:of id:m }"""
    )
    assert lines(drawn) == {("a", "Acquisition", "b"), ("a", "ModelRelease", "m")}
    assert "deal" not in things(drawn)
    assert drawn.collapsed[ID + "deal"] == (ID + "a", ID + "b")


def test_an_event_that_lacks_an_end_is_a_hub_where_two_meet(drawn_of: DrawnOf) -> None:
    drawn = drawn_of(
        FIRMS + "id:deal a fs:Acquisition . <urn:p> { id:deal fs:acquirer id:a, id:b }"
    )
    assert drawn.hubs == {ID + "deal"}
    lonely = drawn_of(FIRMS + "id:deal a fs:Acquisition . <urn:p> { id:deal fs:acquirer id:a }")
    assert "deal" not in things(lonely)
    assert not lonely.lines


def test_an_event_with_many_is_a_hub(drawn_of: DrawnOf) -> None:
    drawn = drawn_of(
        FIRMS
        + "id:round a fs:FundingRound . <urn:p> { id:round fs:of id:a ; fs:investor id:b, id:x }"
    )
    assert drawn.hubs == {ID + "round"}
    assert {line[0] for line in lines(drawn)} == {"round"}
    assert {line[2] for line in lines(drawn)} == {"a", "b", "x"}


def test_statements_drawn_as_edges_are_lines_that_somebody_says(drawn_of: DrawnOf) -> None:
    drawn = drawn_of(
        FIRMS
        + """<urn:p> {
          claim:o a fs:Opinion ; fs:statedBy id:x ; fs:concerns id:a, id:b .
          claim:v a fs:Observation ; fs:of id:a ; fs:metric metric:loss ; fs:value 3 .
        }"""
    )
    assert lines(drawn) == {("x", "Opinion", "a"), ("x", "Opinion", "b")}
    assert all(line.said for line in drawn.lines)
    assert drawn.lines[0].statements == (PREFIXES["claim"] + "o",)


def test_a_relation_is_the_line_of_its_triple(drawn_of: DrawnOf) -> None:
    drawn = drawn_of(
        FIRMS
        + """<urn:p> { id:x fs:worksFor id:a .
          claim:r a fs:Relation ; rdf:subject id:x ; rdf:predicate fs:worksFor ; rdf:object id:a }"""
    )
    (line,) = drawn.lines
    assert (short(line.relation), line.said) == ("worksFor", False)
    assert line.statements == (PREFIXES["claim"] + "r",)


@pytest.mark.parametrize("said", ["skos:exactMatch", "owl:sameAs"])
def test_a_link_to_the_same_thing_elsewhere_is_not_drawn(drawn_of: DrawnOf, said: str) -> None:
    drawn = drawn_of(f"id:a a fs:Company ; {said} <http://www.wikidata.org/entity/Q1> .")
    assert things(drawn) == {"a"}
    assert not drawn.lines


def test_a_line_to_itself_is_not_drawn(drawn_of: DrawnOf) -> None:
    assert not drawn_of(FIRMS + "<urn:p> { id:a fs:competesWith id:a }").lines


def test_foreign_facts_are_drawn_without_an_ontology(drawn_of: DrawnOf) -> None:
    drawn = drawn_of(
        "<urn:a> a foaf:Person ; foaf:knows <urn:b> . <urn:b> foaf:knows <urn:a> .",
        with_ontology=False,
    )
    assert drawn.things == {"urn:a": PREFIXES["foaf"] + "Person", "urn:b": ""}
    assert len(drawn.lines) == 2
    assert not drawn.hubs


def test_the_order_is_always_the_same(drawn_of: DrawnOf) -> None:
    drawn = drawn_of(FIRMS + "<urn:p> { id:x fs:worksFor id:b, id:a . id:a fs:develops id:m }")
    assert list(drawn.lines) == sorted(drawn.lines, key=lambda one: (one.start, one.end))
    assert list(drawn.things) == sorted(drawn.things)
    assert FS.Edge not in drawn.things
