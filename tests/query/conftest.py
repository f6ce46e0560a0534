"""Small stores to ask: the same facts in memory and on disk."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from factscape.store import Store
from factscape.store.oxigraph import DiskStore, MemoryStore

FACTS = """
PREFIX e: <http://example.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
e:a e:name "Zhipu"@en, "智譜"@zh ; e:first 1 .
GRAPH e:g1 { e:a e:knows e:b ; e:loss 2.50 . e:b e:name "B \\"quoted\\" | piped\\nline" }
GRAPH e:g2 { e:a e:knows e:b, e:c ; e:made "2025-13"^^xsd:gYearMonth, "x"^^e:own, true, _:n }
"""
PREFIXES = {"e": "http://example.org/", "unused": "http://example.org/unused#"}


@pytest.fixture(scope="session")
def memory() -> Store:
    store = ox.Store()
    store.load(FACTS.encode("utf-8"), ox.RdfFormat.TRIG)
    return MemoryStore(store)


@pytest.fixture(scope="session")
def disk(memory: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return on_disk(list(memory.quads()), tmp_path_factory.mktemp("disk"))


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, memory: Store, disk: Store) -> Store:
    return memory if request.param == "memory" else disk


@pytest.fixture(scope="session")
def prefixes() -> dict[str, str]:
    return dict(PREFIXES)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """4,000 quads, each leading to another: enough for a query that would never end."""
    quads = [
        ox.Quad(
            ox.NamedNode(f"http://example.org/{n}"),
            ox.NamedNode("http://example.org/knows"),
            ox.NamedNode(f"http://example.org/{(n * 7 + 3) % 4000}"),
            ox.NamedNode(f"http://example.org/g{n % 10}"),
        )
        for n in range(4000)
    ]
    return on_disk(quads, tmp_path_factory.mktemp("large"))


def on_disk(quads: list[ox.Quad], folder: Path) -> Store:
    writer = ox.Store(str(folder))
    writer.bulk_extend(quads)
    writer.flush()
    del writer
    return DiskStore(folder)
