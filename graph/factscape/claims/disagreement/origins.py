"""Whose word a statement is: the document that its source repeats in the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from factscape.terms import DCT, FS, PROV, name_of

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = ["Origins", "count_voices"]


class Origins:
    """What is known of graphs and sources, each read when it is first asked for."""

    def __init__(self, store: Store) -> None:
        """Read from an open store."""
        self._store = store
        self._sources: dict[str, str] = {}
        self._roots: dict[str, frozenset[str]] = {}
        self._texts: dict[tuple[str, str], str] = {}
        self._derived: dict[str, bool] = {}

    def source_of(self, graph: str) -> str:
        """Return the source that a graph is a passage of: itself where it is a whole source."""
        if graph not in self._sources:
            self._sources[graph] = self._text(graph, FS.passageOf) or graph
        return self._sources[graph]

    def is_derived(self, graph: str) -> bool:
        """Say whether what stands in a graph follows from others."""
        if graph not in self._derived:
            self._derived[graph] = bool(self._text(graph, PROV.wasDerivedFrom))
        return self._derived[graph]

    def of(self, source: str, cited: Iterable[str] = ()) -> frozenset[str]:
        """Return the documents that speak in a source: those a statement cites, or what it repeats.

        >>> from factscape.store.oxigraph import MemoryStore
        >>> store = MemoryStore(ox.Store())
        >>> said = f"<urn:digest> <{FS.basedOn}> <urn:repost> . <urn:repost> <{FS.basedOn}> <urn:a> ."
        >>> store.oxigraph.load(said.encode(), ox.RdfFormat.TURTLE)
        >>> Origins(store).of("urn:digest")
        frozenset({'urn:a'})
        """
        cited = list(cited)
        return frozenset().union(*map(self._root, cited)) if cited else self._root(source)

    def reliability(self, source: str) -> str:
        """Return the grade of a source, empty where it has none."""
        return self._text(source, FS.reliability)

    def issued(self, source: str) -> str:
        """Return the day after the last on which a source can have been issued; empty: unknown."""
        return self._text(source, FS.ends)

    def publisher(self, origin: frozenset[str]) -> str:
        """Return who published a document; of several, nobody speaks alone."""
        documents = sorted(origin)
        return self._text(documents[0], DCT.publisher) if len(documents) == 1 else ""

    def _root(self, source: str) -> frozenset[str]:
        if source not in self._roots:
            self._roots[source] = frozenset((source,))  # a circle ends here
            above = self._all(source, FS.basedOn)
            if above:
                self._roots[source] = frozenset().union(*map(self._root, above))
        return self._roots[source]

    def _text(self, iri: str, predicate: str) -> str:
        key = iri, predicate
        if key not in self._texts:
            self._texts[key] = min(self._all(iri, predicate), default="")
        return self._texts[key]

    def _all(self, iri: str, predicate: str) -> list[str]:
        if not iri or iri.startswith("_:"):
            return []
        quads = self._store.quads(ox.NamedNode(iri), ox.NamedNode(predicate))
        return [
            quad.object.value if isinstance(quad.object, ox.Literal) else name_of(quad.object)
            for quad in quads
        ]


def count_voices(origins: Iterable[frozenset[str]]) -> int:
    """Count the independent voices: sources that share an origin are one.

    >>> count_voices([frozenset("a"), frozenset("ab"), frozenset("c")])
    2
    """
    voices: list[frozenset[str]] = []
    for origin in origins:
        apart = [voice for voice in voices if not voice & origin]
        joined = origin.union(*(voice for voice in voices if voice & origin))
        voices = [*apart, joined]
    return len(voices)
