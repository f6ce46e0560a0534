"""What every kind of store must do; a new kind joins by a line in KINDS."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from factscape.errors import StoreError
from factscape.store import Store, open_store
from factscape.store.oxigraph import MemoryStore, SnapshotStore
from factscape.store.snapshot import SnapshotCache

EX = "http://example.org/"
QUADS = f"""
<{EX}a> <{EX}knows> <{EX}b> .
<{EX}a> <{EX}knows> <{EX}b> <{EX}g1> .
<{EX}b> <{EX}name> "智谱"@zh <{EX}g1> .
<{EX}b> <{EX}age> "7"^^<http://www.w3.org/2001/XMLSchema#integer> <{EX}g2> .
_:x <{EX}knows> <{EX}a> <{EX}g2> .
"""


def fill(store: ox.Store) -> None:
    store.load(QUADS.encode(), ox.RdfFormat.N_QUADS)


def write(directory: Path) -> None:
    store = ox.Store(str(directory))
    fill(store)
    store.flush()


def memory(folder: Path) -> Store:
    store = ox.Store()
    fill(store)
    return MemoryStore(store)


def disk(folder: Path) -> Store:
    write(folder / "store")
    return open_store(folder / "store")


def snapshot(folder: Path) -> Store:
    source = folder / "a.nq"
    source.write_text(QUADS, encoding="utf-8")
    cache = SnapshotCache(folder / "cache", "1")
    return SnapshotStore(cache.open([source], lambda to: write(to / "store")) / "store")


KINDS: dict[str, Callable[[Path], Store]] = {
    "memory": memory,
    "disk": disk,
    "snapshot": snapshot,
}


@pytest.fixture(params=sorted(KINDS))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    opened = KINDS[request.param](tmp_path)
    assert opened.kind == request.param
    return opened


def ask(
    store: Store, sparql: str, prefixes: dict[str, str] | None = None
) -> list[tuple[str | None, ...]]:
    rows = store.query(sparql, prefixes=prefixes)
    assert isinstance(rows, ox.QuerySolutions)
    return sorted(tuple(term.value if term else None for term in row) for row in rows)


def test_length_counts_quads_not_triples(store: Store) -> None:
    assert len(store) == 5


def test_a_query_sees_the_union_of_all_graphs(store: Store) -> None:
    assert ask(store, f"SELECT ?o {{ <{EX}b> <{EX}name> ?o }}") == [("智谱",)]
    # Distinct: the union repeats a triple that two graphs hold.
    assert ask(store, f"SELECT DISTINCT ?o {{ <{EX}a> <{EX}knows>/<{EX}age> ?o }}") == [("7",)]


def test_graph_sees_named_graphs_only(store: Store) -> None:
    found = ask(store, f"SELECT ?g {{ GRAPH ?g {{ <{EX}a> <{EX}knows> <{EX}b> }} }}")
    assert found == [(f"{EX}g1",)]


def test_prefixes_are_predeclared(store: Store) -> None:
    assert ask(store, "SELECT ?o { ex:b ex:age ?o }", prefixes={"ex": EX}) == [("7",)]


def test_ask_and_construct(store: Store) -> None:
    assert bool(store.query(f"ASK {{ <{EX}a> ?p <{EX}b> }}")) is True
    assert bool(store.query(f"ASK {{ <{EX}a> ?p <{EX}c> }}")) is False
    triples = store.query(f"CONSTRUCT {{ ?s <{EX}is> ?o }} WHERE {{ ?s <{EX}age> ?o }}")
    assert isinstance(triples, ox.QueryTriples)
    assert [triple.object for triple in triples] == [ox.Literal(7)]


def test_quads_fit_the_pattern(store: Store) -> None:
    knows, g1 = ox.NamedNode(EX + "knows"), ox.NamedNode(EX + "g1")
    assert len(list(store.quads())) == 5
    assert len(list(store.quads(predicate=knows))) == 3
    assert len(list(store.quads(predicate=knows, graph=g1))) == 1
    assert len(list(store.quads(graph=ox.DefaultGraph()))) == 1
    assert list(store.quads(object=ox.Literal("no such"))) == []


def test_a_broken_query_is_a_syntax_error(store: Store) -> None:
    with pytest.raises(SyntaxError, match="1:"):
        store.query("SELECT ?x { ")


def test_an_update_is_no_query(store: Store) -> None:
    with pytest.raises(SyntaxError):
        store.query(f"DELETE WHERE {{ <{EX}a> ?p ?o }}")
    assert len(store) == 5


def test_closing_twice_is_no_error_and_then_it_is_closed(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.query("ASK {}")


def test_the_directory_of_a_store_opens_to_the_same_data(store: Store) -> None:
    if store.directory is None:
        assert store.kind == "memory"
        return
    again = open_store(store.directory)
    assert sorted(map(str, again.quads())) == sorted(map(str, store.quads()))
