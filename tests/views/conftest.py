"""Stores and pages for the tests of views."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pyoxigraph as ox
import pytest

from factscape.reading import ontology_files, read_quads
from factscape.store.oxigraph import MemoryStore
from factscape.terms import PREFIXES

StoreOf = Callable[..., MemoryStore]


@cache
def ontology() -> tuple[ox.Quad, ...]:
    return tuple(quad for path in ontology_files() for quad in read_quads(path))


@pytest.fixture
def store_of() -> StoreOf:
    """Make a store of some TriG, by itself or with the ontology that says how it is drawn."""

    def make(text: str, *, with_ontology: bool = False) -> MemoryStore:
        store = ox.Store()
        prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
        store.load((prefixes + text).encode("utf-8"), ox.RdfFormat.TRIG)
        if with_ontology:
            store.extend(ontology())
        return MemoryStore(store)

    return make
