from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

import factscape
from factscape.claims.overview import Overview, overview
from factscape.store.oxigraph import MemoryStore

FACTS = """
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix src: <https://w3id.org/factscape/source/> .
@prefix claim: <https://w3id.org/factscape/claim/> .
@prefix metric: <https://w3id.org/factscape/metric/> .
@prefix period: <https://w3id.org/factscape/period/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix here: <https://w3id.org/factscape/source/paper#> .

src:paper a fs:Source ; dct:title "Paper" ; dct:issued "2025" .
src:undated a fs:Source .
here:p1 a fs:Passage ; fs:passageOf src:paper .
id:a a fs:Company ; skos:prefLabel "Alpha"@en . id:b a fs:Company . id:c a fs:Company .
id:m a fs:Model . id:round a fs:FundingRound .
here:p1 {
  claim:1 a fs:Observation ; fs:of id:b ; fs:metric metric:revenue ; fs:printed "5" ; fs:during period:2025 .
  claim:2 a fs:Observation ; fs:of id:b ; fs:metric metric:revenue ; fs:printed "6" .
  claim:3 a fs:Opinion ; fs:concerns id:a .
  id:a fs:competesWith id:b, id:c, id:a ; fs:develops id:m .
  id:b fs:competesWith id:a .
  id:round fs:of id:a ; fs:during period:2025 .
}
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Overview:
    path = tmp_path_factory.mktemp("facts") / "facts.trig"
    path.write_text(FACTS, encoding="utf-8")
    with factscape.open(path) as facts:
        return overview(facts.store)


def test_facts_are_counted(found: Overview) -> None:
    assert found.uses_vocabulary
    assert {one.label: one.number for one in found.facts} == {"observation": 2, "opinion": 1}
    counted = (found.things, found.events, found.sources, found.passages, found.metrics)
    assert counted == (5, 1, 2, 1, 1)


def test_things_are_counted_by_kind_the_most_first(found: Overview) -> None:
    kinds = [(one.label, one.number) for one in found.kinds]
    assert kinds == [("company", 3), ("funding round", 1), ("model", 1)]


def test_different_neighbours_decide_who_is_best_connected(found: Overview) -> None:
    # Not counted: the edge to itself, the second edge to b, the round's period, statements.
    best = [(one.label, one.kind, one.neighbours) for one in found.connected]
    assert best == [
        ("Alpha", "company", 4),
        ("b", "company", 1),
        ("c", "company", 1),
        ("m", "model", 1),
        ("round", "funding round", 1),
    ]
    assert found.connected[0].leads == "https://w3id.org/factscape/ontology#competesWith"


def test_the_thing_with_most_figures_is_known(found: Overview) -> None:
    assert found.measured == "https://w3id.org/factscape/id/b"


def test_sources_with_a_date_are_news(found: Overview) -> None:
    assert [source.title for source in found.newest] == ["Paper"]


def test_as_json_nothing_is_lost(found: Overview) -> None:
    twin = json.loads(json.dumps(found.as_dict()))
    assert twin["newest"][0]["title"] == "Paper"
    assert twin["connected"][0]["neighbours"] == 4
    assert set(twin) == set(Overview.__dataclass_fields__)


def test_classes_and_properties_stand_for_facts_in_another_vocabulary() -> None:
    store = ox.Store()
    text = """@prefix f: <http://xmlns.com/foaf/0.1/> . @prefix e: <http://e/> .
    e:a a f:Person ; f:name "Ann" ; f:knows e:b . e:b a f:Person ; f:name "Bob" . [] a f:Group ."""
    store.load(text.encode(), ox.RdfFormat.TURTLE)
    found = overview(MemoryStore(store))
    assert not found.uses_vocabulary
    assert (found.quads, found.things, found.facts, found.sources) == (6, 3, (), 0)
    assert [(one.label, one.number) for one in found.classes] == [("Person", 2), ("Group", 1)]
    assert [(one.label, one.number) for one in found.predicates] == [
        ("type", 3),
        ("name", 2),
        ("knows", 1),
    ]
    assert [(one.label, one.neighbours) for one in found.connected] == [("Ann", 1), ("Bob", 1)]


def test_blank_nodes_are_shown_where_they_have_a_name() -> None:
    store = ox.Store()
    text = """@prefix f: <http://xmlns.com/foaf/0.1/> .
    [ f:name "Ann" ] f:knows [ f:knows [ f:nick "Cid" ] ] ."""
    store.load(text.encode(), ox.RdfFormat.TURTLE)
    found = overview(MemoryStore(store))
    assert found.things == 3
    assert {one.label for one in found.connected} == {"Ann", "Cid"}


def test_nothing_is_an_overview_too() -> None:
    found = overview(MemoryStore(ox.Store()))
    assert (found.quads, found.things, found.connected, found.measured) == (0, 0, (), None)


def test_things_alone_use_the_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        "@prefix fs: <https://w3id.org/factscape/ontology#> . <urn:a> a fs:Company .",
        encoding="utf-8",
    )
    with factscape.open(tmp_path) as facts:
        found = overview(facts.store)
    assert found.uses_vocabulary
    assert (found.things, found.classes) == (1, ())
