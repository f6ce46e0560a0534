"""Stores on this machine: in memory, and a directory on disk, both Oxigraph's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from factscape.errors import StoreError
from factscape.store.dataset import Dataset

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["DiskStore", "MemoryStore", "SnapshotStore"]


class _OxigraphStore:
    """What both kinds share: asking."""

    kind = "memory"

    def __init__(self, store: ox.Store | None, directory: Path | None = None) -> None:
        self._open = store
        self.directory = directory

    @property
    def oxigraph(self) -> ox.Store:
        """The Oxigraph store itself, for bridges such as oxrdflib.

        Raises StoreError once the store is closed.
        """
        if self._open is None:
            raise StoreError("this store is closed", hint="open the facts again")
        return self._open

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

        Raises what pyoxigraph raises: SyntaxError, OSError, ValueError for what is no IRI.
        """
        import pyoxigraph as ox

        if dataset is not None:
            return self.oxigraph.query(
                sparql,
                prefixes=dict(prefixes) if prefixes else None,
                default_graph=[ox.NamedNode(iri) for iri in dataset.default],
                named_graphs=[ox.NamedNode(iri) for iri in dataset.named],
            )
        return self.oxigraph.query(
            sparql,
            prefixes=dict(prefixes) if prefixes else None,
            use_default_graph_as_union=union,
        )

    def quads(
        self,
        subject: ox.NamedNode | ox.BlankNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.BlankNode | ox.Literal | None = None,
        graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the quads that fit the pattern; None fits everything."""
        return self.oxigraph.quads_for_pattern(subject, predicate, object, graph)

    def __len__(self) -> int:
        """Count the quads (a scan)."""
        return len(self.oxigraph)

    def close(self) -> None:
        """Let go of files and memory; closing twice is no error."""
        self._open = None


class MemoryStore(_OxigraphStore):
    """Quads in this process's memory.

    >>> import pyoxigraph as ox
    >>> store = MemoryStore(ox.Store())
    >>> store.oxigraph.load(b"<urn:a> <urn:b> 1 .", ox.RdfFormat.TURTLE)
    >>> len(store), store.kind
    (1, 'memory')
    """

    kind = "memory"


class DiskStore(_OxigraphStore):
    """A directory on disk that Oxigraph wrote, opened for reading only."""

    kind = "disk"

    def __init__(self, directory: Path) -> None:
        """Open `directory`; raise StoreError when it is not a store or is damaged."""
        super().__init__(_opened(directory), directory)


class SnapshotStore(DiskStore):
    """A directory in a snapshot that is whole, opened when it is first asked: often it never is."""

    kind = "snapshot"

    def __init__(self, directory: Path) -> None:
        """Stand for `directory`; asking raises StoreError where it is damaged after all."""
        _OxigraphStore.__init__(self, None, directory)
        self._closed = False

    @property
    def oxigraph(self) -> ox.Store:
        """The Oxigraph store itself, for bridges such as oxrdflib.

        Raises StoreError once the store is closed.
        """
        if self._open is None and self.directory is not None and not self._closed:
            self._open = _opened(self.directory)
        return super().oxigraph

    def close(self) -> None:
        """Let go of files and memory; closing twice is no error."""
        self._closed = True
        super().close()


def _opened(directory: Path) -> ox.Store:
    # RocksDB creates what it does not find: look first.
    import pyoxigraph as ox

    if not (directory / "CURRENT").is_file():
        raise StoreError(
            f"{directory} is not a store",
            hint="give a folder or file of RDF with --facts, or a directory that Oxigraph wrote",
        )
    try:
        return ox.Store.read_only(str(directory))
    except (OSError, RuntimeError) as error:
        # RocksDB's word for damage comes as a RuntimeError.
        raise StoreError(f"the store in {directory} cannot be opened: {error}") from error
