"""From RDF to networkx: things become nodes, triples between two things become edges."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyoxigraph as ox

from factscape.claims.things import Edge, Things, read_things
from factscape.names import labels
from factscape.terms import FS, RDF, name_of

if TYPE_CHECKING:
    import networkx

    from factscape.store import Store

__all__ = ["build_network"]


def build_network(store: Store, lang: str = "en") -> networkx.MultiDiGraph[str]:
    """Return the things of a store as nodes and the triples between them as edges.

    A node is an IRI (a blank node `_:…`) with `label`, `types` (a tuple of IRIs, the most
    particular first) and `kind` (the label of that one, or the empty string). An edge's key is
    the IRI of its predicate, and it has `predicate`, `graphs` (a tuple of the graphs that state
    it, the empty string for the default graph), `sources` (which these are passages of) and
    `statements` (the fs:Relation that say more about it). What is a thing is said in
    `factscape.claims.things`; literals become nothing. The same facts give the same order.

    >>> from factscape.store.oxigraph import MemoryStore
    >>> store = MemoryStore(ox.Store())
    >>> store.oxigraph.load(b"<urn:p1> { <urn:a> <urn:owns> <urn:b> }", ox.RdfFormat.TRIG)
    >>> network = build_network(store)
    >>> network.edges["urn:a", "urn:b", "urn:owns"]["graphs"]
    ('urn:p1',)
    """
    import networkx

    network = networkx.MultiDiGraph()
    with _collector_paused():
        things = read_things(store)
        _add_nodes(network, store, things, lang)
        _add_edges(network, store, things.edges)
    return network


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector from walking hundreds of thousands of new, living dicts."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _add_nodes(
    network: networkx.MultiDiGraph[str], store: Store, things: Things, lang: str
) -> None:
    names = labels(store, things.types, lang)
    kinds = labels(store, sorted({types[0] for types in things.types.values() if types}), lang)
    for name, types in things.types.items():
        kind = kinds[types[0]] if types else ""
        network.add_node(name, label=names[name], types=types, kind=kind)


def _add_edges(
    network: networkx.MultiDiGraph[str], store: Store, edges: dict[str, list[Edge]]
) -> None:
    """Add the edges between nodes that are there; those that differ in their graph only are one.

    They are written into networkx's own dicts of dicts, as `add_edge` would, in half its time.
    """
    sources = _sources(store)
    statements = _statements(store)
    stated: dict[str, tuple[tuple[str], tuple[str, ...]]] = {}
    successors, predecessors = network._succ, network._pred
    for subject, rows in edges.items():
        leaving = successors[subject]
        for predicate, object_, graph in rows:
            if graph not in stated:
                stated[graph] = (graph,), (sources[graph],) if graph in sources else ()
            graphs, cited = stated[graph]
            parallel = leaving.get(object_)
            if parallel is None:
                parallel = leaving[object_] = predecessors[object_][subject] = {}
            if predicate in parallel:
                known = parallel[predicate]
                known["graphs"] += graphs
                known["sources"] = tuple(sorted({*known["sources"], *cited}))
                continue
            about = statements.get((subject, predicate, object_), ()) if statements else ()
            parallel[predicate] = {
                "predicate": predicate,
                "graphs": graphs,
                "sources": cited,
                "statements": about,
            }


def _sources(store: Store) -> dict[str, str]:
    """Return the source of every graph that is a passage, or is a source as a whole."""
    rows = store.query(
        f"SELECT ?graph ?source {{ {{ ?graph <{FS.passageOf}> ?source }} "
        f"UNION {{ ?graph a <{FS.Source}> }} FILTER(isIRI(?graph)) }}"
    )
    assert isinstance(rows, ox.QuerySolutions)
    return {graph.value: name_of(graph if source is None else source) for graph, source in rows}


def _statements(store: Store) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Return the statements about edges (fs:Relation), by the edge that they are about."""
    found: dict[tuple[str, str, str], set[str]] = {}
    rows = store.query(
        f"SELECT ?statement ?s ?p ?o {{ ?statement <{RDF.subject}> ?s ; "
        f"<{RDF.predicate}> ?p ; <{RDF.object}> ?o }}"
    )
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        statement, subject, predicate, object_ = map(name_of, row)
        found.setdefault((subject, predicate, object_), set()).add(statement)
    return {edge: tuple(sorted(names)) for edge, names in found.items()}
