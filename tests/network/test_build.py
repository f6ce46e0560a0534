from __future__ import annotations

import gc
import random
from typing import Any

import networkx as nx
import pyoxigraph as ox

import factscape
from factscape.network import build_network
from factscape.store.oxigraph import MemoryStore

PREFIXES = """
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix e: <http://e/> .
"""
FACTS = """
fs:Statement a owl:Class ; fs:drawnAs fs:Detail . fs:Relation rdfs:subClassOf fs:Statement .
fs:Source a owl:Class ; fs:drawnAs fs:Detail . fs:Passage a owl:Class ; fs:drawnAs fs:Detail .
fs:Company a owl:Class ; rdfs:label "company"@en, "公司"@zh .
e:s a fs:Source . e:s2 a fs:Source . e:p1 a fs:Passage ; fs:passageOf e:s .
e:p2 a fs:Passage ; fs:passageOf e:s .
e:a a fs:Company ; skos:prefLabel "Alpha"@en, "甲"@zh . e:b a fs:Company .
e:p1 { e:a e:owns e:b . e:r a fs:Relation ; rdf:subject e:a ; rdf:predicate e:owns ;
       rdf:object e:b ; fs:at "2025" . }
e:p2 { e:a e:owns e:b ; e:likes e:b }
e:s2 { e:a e:owns e:b }
e:b e:owns e:a .
e:elsewhere { e:b e:owns e:b }
"""


def stored(text: str) -> MemoryStore:
    store = ox.Store()
    store.load((PREFIXES + text).encode(), ox.RdfFormat.TRIG)
    return MemoryStore(store)


def e(*names: str) -> tuple[str, ...]:
    return tuple(f"http://e/{name}" for name in names)


def test_things_are_nodes_with_names_and_kinds() -> None:
    network = build_network(stored(FACTS))
    assert isinstance(network, nx.MultiDiGraph)
    company = "https://w3id.org/factscape/ontology#Company"
    assert dict(network.nodes(data=True)) == {
        "http://e/a": {"label": "Alpha", "types": (company,), "kind": "company"},
        "http://e/b": {"label": "b", "types": (company,), "kind": "company"},
    }


def test_names_and_kinds_come_in_the_wanted_language() -> None:
    node = build_network(stored(FACTS), "zh").nodes["http://e/a"]
    assert (node["label"], node["kind"]) == ("甲", "公司")


def test_an_edge_that_several_graphs_state_is_one_and_names_them() -> None:
    network = build_network(stored(FACTS))
    a, b, owns, likes = e("a", "b", "owns", "likes")
    assert sorted(network.edges(keys=True)) == [
        (a, b, likes),
        (a, b, owns),
        (b, a, owns),
        (b, b, owns),
    ]
    assert network.edges[a, b, owns] == {
        "predicate": owns,
        "graphs": e("p1", "p2", "s2"),
        "sources": e("s", "s2"),
        "statements": e("r"),
    }
    assert network.edges[a, b, likes]["sources"] == e("s")
    assert network.edges[b, a, owns]["graphs"] == ("",)
    assert network.edges[b, a, owns]["sources"] == ()
    assert network.edges[b, b, owns]["graphs"] == e("elsewhere")
    assert network.edges[b, b, owns]["sources"] == ()


def as_networkx_makes_it(network: Any) -> Any:
    """Build the same graph through networkx's own methods."""
    other = nx.MultiDiGraph()
    other.add_nodes_from((node, dict(data)) for node, data in network.nodes(data=True))
    other.add_edges_from((u, v, k, dict(d)) for u, v, k, d in network.edges(keys=True, data=True))
    return other


def test_the_graph_is_as_networkx_would_have_made_it() -> None:
    network = build_network(stored(FACTS))
    other = as_networkx_makes_it(network)
    assert nx.utils.graphs_equal(network, other)
    assert dict(network.pred) == dict(other.pred)
    assert dict(network.in_degree) == dict(other.in_degree)
    # A change is seen from both ends.
    network.edges[(*e("a", "b"), "http://e/owns")]["weight"] = 2
    assert network.pred["http://e/b"]["http://e/a"]["http://e/owns"]["weight"] == 2
    network.remove_node("http://e/b")
    assert network.number_of_edges() == 0


def test_the_same_facts_give_the_same_order() -> None:
    dice = random.Random(1)
    names = [f"n{number}" for number in range(60)]
    lines = sorted(
        {
            f"e:g{dice.randrange(5)} {{ e:{dice.choice(names)} e:p{dice.randrange(3)} e:{dice.choice(names)} }}"
            for _ in range(300)
        }
    )
    seen = []
    for _ in range(3):
        dice.shuffle(lines)
        network = build_network(stored("\n".join(lines)))
        seen.append((list(network.nodes), list(network.edges(keys=True, data="graphs"))))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0] == sorted(seen[0][0])


def test_any_rdf_will_do() -> None:
    network = build_network(stored("e:a e:knows [ e:name 'Ann' ] ; e:p <javascript:alert(1)> ."))
    labels = set(nx.get_node_attributes(network, "label").values())
    assert labels == {"a", "Ann", "javascript:alert(1)"}
    assert nx.get_node_attributes(network, "kind").keys() == set(network)


def test_an_empty_store_gives_an_empty_network() -> None:
    assert len(build_network(stored(""))) == 0


def test_the_store_and_the_collector_are_left_as_they_were() -> None:
    store = stored(FACTS)
    before = set(store.quads())
    for pause in (gc.enable, gc.disable):
        pause()
        was_on = gc.isenabled()
        build_network(store)
        assert gc.isenabled() == was_on
    gc.enable()
    assert set(store.quads()) == before


def test_the_bundled_facts_hang_together() -> None:
    with factscape.open() as facts:
        network = facts.network()
    assert network.nodes["https://w3id.org/factscape/id/zhipu"]["label"] == "Zhipu"
    # Whatever joins two things says where it stands, and names its source.
    assert all(data["graphs"] for _, _, data in network.edges(data=True))
    sourced = [data for _, _, data in network.edges(data=True) if data["graphs"] != ("",)]
    assert sourced
    assert all(data["sources"] for data in sourced)
