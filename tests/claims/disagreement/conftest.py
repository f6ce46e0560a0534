"""Small folders of facts, written out, as the package reads them."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from factscape.claims.derive import time_quads
from factscape.reading import ontology_files, read_quads
from factscape.store.oxigraph import MemoryStore
from factscape.terms import PREFIXES

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


@pytest.fixture(scope="session")
def ontology() -> list[ox.Quad]:
    return [quad for path in ontology_files() for quad in read_quads(path)]


@pytest.fixture
def store_of(ontology: list[ox.Quad]) -> Callable[[str], MemoryStore]:
    """Hold facts in memory as loading leaves them: with the ontology and the days of their times."""

    def held(text: str) -> MemoryStore:
        store = ox.Store()
        store.bulk_extend(ontology)
        store.load((HEAD + text).encode(), ox.RdfFormat.TRIG)
        store.extend(list(time_quads(store)))
        return MemoryStore(store)

    return held
