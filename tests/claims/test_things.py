from __future__ import annotations

import pyoxigraph as ox
import pytest

from factscape.claims.things import hierarchy, read_things
from factscape.store.oxigraph import MemoryStore

PREFIXES = """
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix e: <http://e/> .
"""
ONTOLOGY = """
fs:Statement a owl:Class ; fs:drawnAs fs:Detail .
fs:Observation a owl:Class ; rdfs:subClassOf fs:Statement .
fs:Opinion a owl:Class ; rdfs:subClassOf fs:Statement ; fs:drawnAs fs:Edge .
fs:Metric a owl:Class ; fs:drawnAs fs:Detail .
fs:Choice a owl:Class ; fs:drawnAs fs:Detail .
fs:Bound a owl:Class ; rdfs:subClassOf fs:Choice .
fs:exact a fs:Bound .
fs:Company a owl:Class ; rdfs:subClassOf fs:Organization .
fs:Organization a owl:Class ; fs:drawnAs fs:Node .
"""


def things(text: str) -> tuple[dict[str, list[str]], list[str]]:
    """Return types by thing and edges as `subject predicate object graph`, all by local names."""
    store = ox.Store()
    store.load((PREFIXES + text).encode(), ox.RdfFormat.TRIG)
    found = read_things(MemoryStore(store))

    def short(iri: str) -> str:
        return "_" if iri.startswith("_:") else iri.rpartition("/")[2].rpartition("#")[2]

    edges = [
        " ".join([short(subject), *map(short, edge)]).strip()
        for subject, rows in found.edges.items()
        for edge in rows
    ]
    return {short(name): [*map(short, types)] for name, types in found.types.items()}, edges


def test_every_triple_between_two_things_is_an_edge_in_whatever_graph() -> None:
    types, edges = things("e:a e:p e:b . e:g1 { e:a e:p e:b } e:g2 { e:b e:q e:a ; e:v 1 } ")
    assert types == {"a": [], "b": []}
    assert edges == ["a p b", "a p b g1", "b q a g2"]


def test_texts_and_types_are_no_edges() -> None:
    types, edges = things("e:a a e:Firm ; e:name 'a' . e:g { e:b a e:Firm ; e:size 3 }")
    assert (types, edges) == ({"a": ["Firm"], "b": ["Firm"]}, [])


def test_members_of_what_is_drawn_as_a_detail_are_left_out_at_both_ends() -> None:
    types, edges = things(
        ONTOLOGY
        + """e:m a fs:Metric . e:a a fs:Company ; e:rankedBy e:m .
        e:g { e:o a fs:Observation ; fs:of e:a ; fs:metric e:m . e:a e:p e:b ; e:saidIn e:o }"""
    )
    assert types == {"a": ["Company"], "b": []}
    assert edges == ["a p b g"]


def test_below_a_detail_everything_is_one_however_it_is_drawn() -> None:
    types, _ = things(ONTOLOGY + "e:g { e:x a fs:Opinion ; fs:concerns e:a } e:a a fs:Company .")
    assert list(types) == ["a"]


def test_terms_of_vocabularies_are_left_out() -> None:
    types, edges = things(
        ONTOLOGY
        + """e:Firm a owl:Class ; rdfs:subClassOf fs:Company ; e:about e:a .
        e:p a owl:ObjectProperty ; rdfs:seeAlso e:doc . e:shape a owl:Restriction .
        e:a a e:Firm ; e:p e:b ; e:kind e:Firm ; fs:bound fs:exact ; fs:eventStatus fs:planned ."""
    )
    assert types == {"a": ["Firm"], "b": []}
    assert edges == ["a p b"]


def test_a_vocabulary_by_itself_is_what_there_is_to_see() -> None:
    types, edges = things("e:Cat a rdfs:Class ; rdfs:subClassOf e:Animal .")
    assert types == {"Animal": [], "Cat": ["Class"]}
    assert edges == ["Cat subClassOf Animal"]


def test_concepts_of_skos_are_things_and_their_scheme_is_no_hub() -> None:
    types, edges = things(
        """e:s a skos:ConceptScheme ; skos:hasTopConcept e:animal .
        e:cat a skos:Concept ; skos:inScheme e:s ; skos:broader e:animal . e:animal a skos:Concept ."""
    )
    assert types == {"animal": ["Concept"], "cat": ["Concept"], "s": ["ConceptScheme"]}
    assert edges == ["cat broader animal", "s hasTopConcept animal"]


def test_blank_nodes_and_lists_are_followed() -> None:
    types, edges = things("e:paper e:authors (e:a) . [] foaf:knows e:a .")
    assert types == {"_": [], "a": [], "paper": []}
    assert sorted(edges) == ["_ first a", "_ knows a", "paper authors _"]


def test_another_name_of_a_thing_is_no_neighbour() -> None:
    types, edges = things(
        """e:a owl:sameAs e:elsewhere ; skos:exactMatch e:here ; schema:sameAs e:b .
        e:here e:name 'told of' . e:b e:p e:a ."""
    )
    assert list(types) == ["a", "b", "here"]
    assert edges == ["a exactMatch here", "a sameAs b", "b p a"]


def test_the_most_particular_type_comes_first() -> None:
    types, _ = things(
        ONTOLOGY
        + """e:a a owl:NamedIndividual, fs:Organization, fs:Company .
        e:b a e:Common, e:Rare . e:c a e:Common . e:d a fs:Organization . e:e a e:B, e:A ."""
    )
    assert types["a"] == ["Company", "Organization", "NamedIndividual"]
    assert types["b"] == ["Rare", "Common"]
    assert types["e"] == ["A", "B"]


def test_nothing_gives_nothing() -> None:
    assert things("") == ({}, [])


def test_a_circle_of_classes_ends() -> None:
    store = ox.Store()
    text = "e:a rdfs:subClassOf e:b . e:b rdfs:subClassOf e:c . e:c rdfs:subClassOf e:a ."
    store.load((PREFIXES + text).encode(), ox.RdfFormat.TURTLE)
    a, b, c = (f"http://e/{name}" for name in "abc")
    assert hierarchy(MemoryStore(store)) == {a: {b, c}, b: {a, c}, c: {a, b}}
    assert things(text + "e:x a e:a, e:b .")[0]["x"] == ["a", "b"]


@pytest.mark.parametrize("iri", ["javascript:alert(1)", "mailto:a@b", "http://e/it's", "urn:x"])
def test_any_iri_is_a_thing(iri: str) -> None:
    store = ox.Store()
    store.load((PREFIXES + f"<{iri}> e:p e:b .").encode(), ox.RdfFormat.TURTLE)
    assert iri in read_things(MemoryStore(store)).types
