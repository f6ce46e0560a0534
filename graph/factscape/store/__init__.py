"""Stores: where quads are kept and queried, every kind behind one small protocol.

Terms and answers are pyoxigraph's everywhere in Factscape: a remote endpoint's answer is parsed
into the same objects. `open_store` opens a kind by what it is given; `snapshot` keeps compiled
folders of facts in the user's cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from factscape.store.dataset import Dataset

if TYPE_CHECKING:
    import pyoxigraph as ox


__all__ = ["Dataset", "Store", "open_store"]


class Store(Protocol):
    """What every kind of store can do. Stores are read-only once opened."""

    kind: str
    """`memory`, `disk` or `snapshot`."""

    directory: Path | None
    """The folder in which another process can open the same data, where there is one."""

    def query(
        self,
        sparql: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        union: bool = True,
        dataset: Dataset | None = None,
    ) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """Answer a SPARQL 1.1 query over the union of all graphs; GRAPH sees each by itself.

        With `union=False` patterns outside GRAPH see the default graph, or what FROM names, which
        the union does not heed. A `dataset` goes before both.
        """
        ...

    def quads(
        self,
        subject: ox.NamedNode | ox.BlankNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.BlankNode | ox.Literal | None = None,
        graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the quads that fit the pattern; None fits everything."""
        ...

    def __len__(self) -> int:
        """Count the quads (a scan)."""
        ...

    def close(self) -> None:
        """Let go of files and memory; closing twice is no error."""
        ...


def open_store(directory: Path | None = None) -> Store:
    """Open a store for reading: the directory that Oxigraph wrote, or an empty one in memory.

    Raises StoreError when `directory` is no store.

    >>> len(open_store())
    0
    """
    import pyoxigraph as ox

    from factscape.store.oxigraph import DiskStore, MemoryStore

    return MemoryStore(ox.Store()) if directory is None else DiskStore(directory)
