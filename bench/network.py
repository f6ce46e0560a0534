"""RDF to networkx: build_network, beside networkx alone and beside rdflib's converter.

Twice: for statements that are all edges, the hardest case, where nearly all time is networkx's own;
and for the facts of an industry, most of which are details or texts and are no edges.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph as ox

import factscape
from bench.generate import edges, quads, write_nquads
from bench.measure import Line, interleaved
from factscape.network import build_network
from factscape.store import Store
from factscape.store.oxigraph import MemoryStore

__all__ = ["lines"]

_ROUNDS = 7
_ROUNDS_OF_RDFLIB = 3
_BARE = "add_edges_from, same rows"
_ALL = "add_edges_from, all statements"
_READ = "SELECT and add_edges_from"
_CONVERTER = "rdflib_to_networkx_multidigraph"
_SELECT = "SELECT ?s ?o ?p ?g { GRAPH ?g { ?s ?p ?o } FILTER(isIRI(?o)) }"


def lines(number: int, folder: Path, rounds: int | None = None) -> list[Line]:
    """Measure `number` statements that are all edges, and as many of an industry."""
    return [*_all_edges(number, folder, rounds), *_industry(number, folder, rounds)]


def _all_edges(number: int, folder: Path, rounds: int | None) -> list[Line]:
    path = folder / f"edges-{number}.nq"
    write_nquads(path, edges(number))
    memory = ox.Store()
    memory.load(path=path)
    store = MemoryStore(memory)
    times = interleaved(
        {"factscape": lambda: build_network(store), _BARE: _bare(_rows(store))}, rounds or _ROUNDS
    )
    what = "RDF to networkx, all statements edges"
    with factscape.open(path) as facts:
        snapshot = facts.store
        read = interleaved(
            {"factscape": facts.network, _READ: lambda: _bare(_rows(snapshot))()}, rounds or _ROUNDS
        )
    rdflib_line = _beside_rdflib(f"{what}, in memory", store, None, rounds)
    return [
        Line.slower(f"{what}, in memory", times, "factscape", _BARE, 1.5),
        Line.slower(f"{what}, snapshot", read, "factscape", _READ, 1.5),
        rdflib_line,
    ]


def _industry(number: int, folder: Path, rounds: int | None) -> list[Line]:
    path = folder / f"{number}.nq"
    write_nquads(path, quads(number))
    memory = ox.Store()
    with factscape.open(path) as facts:  # with the ontology and what follows from the facts
        memory.extend(facts.store.quads())
    store = MemoryStore(memory)
    what = "RDF to networkx, an industry, in memory"
    rows = [(str(s), str(o), p.value, {"graph": str(g)}) for s, p, o, g in store.quads()]
    times = interleaved(
        {"factscape": lambda: build_network(store), _ALL: _bare(rows)}, rounds or _ROUNDS
    )
    return [
        Line.slower(what, times, "factscape", _ALL, 1.5),
        _beside_rdflib(what, store, 5, rounds),
    ]


def _rows(store: Store) -> list[tuple[str, str, str, dict[str, str]]]:
    """Return all edges as networkx wants them."""
    answer = store.query(_SELECT)
    assert isinstance(answer, ox.QuerySolutions)
    return [(s.value, o.value, p.value, {"graph": g.value}) for s, o, p, g in answer]


def _bare(rows: list[tuple[str, str, str, dict[str, str]]]) -> Callable[[], object]:
    def add() -> Any:
        network = networkx.MultiDiGraph()
        network.add_edges_from(rows)
        return network

    return add


def _beside_rdflib(what: str, store: MemoryStore, bound: float | None, rounds: int | None) -> Line:
    import rdflib
    from rdflib.extras.external_graph_libs import rdflib_to_networkx_multidigraph

    graph = rdflib.Graph()
    triples = ox.serialize((quad.triple for quad in store.quads()), format=ox.RdfFormat.N_TRIPLES)
    graph.parse(data=triples, format="nt")
    times = interleaved(
        {
            "factscape": lambda: build_network(store),
            _CONVERTER: lambda: rdflib_to_networkx_multidigraph(graph),
        },
        rounds or _ROUNDS_OF_RDFLIB,
    )
    return Line.faster(what, times, "factscape", _CONVERTER, bound)
