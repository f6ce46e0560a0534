"""Opening a folder of facts: from paths to something one can ask.

Text is the truth and stores are compiled: a folder is read once, what follows from it is worked
out, and the result is kept as a snapshot until a file changes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from factscape.errors import Place, StoreError
from factscape.reading import (
    ParsedFile,
    facts_folder,
    find_files,
    find_place,
    ontology_files,
    ontology_folder,
)
from factscape.store import Store, open_store
from factscape.store.oxigraph import DiskStore, MemoryStore, SnapshotStore
from factscape.store.snapshot import SnapshotCache, default_cache
from factscape.terms import PREFIXES, RDF

if TYPE_CHECKING:
    import networkx
    import rdflib

    from factscape.claims.card_parts import Card
    from factscape.claims.described import Reader
    from factscape.names.index import NameIndex

__all__ = ["BUNDLED", "Facts", "open_facts"]

BUNDLED = "bundled"
"""The word that names the bundled facts among paths."""

_STORE, _KNOWN = "store", "known.json"
_NAMES, _DESCRIPTIONS = "names.sqlite", "described.sqlite"

_LAYOUT = 5
"""Grows when a snapshot comes to hold something else; one of another layout is not looked at."""

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]


class Facts:
    """Facts that can be asked; a context manager that lets go of them at the end.

    >>> with open_facts() as facts:
    ...     bool(facts.query("ASK { id:zhipu a fs:Company }"))
    True
    """

    def __init__(
        self,
        store: Store,
        files: Sequence[Path],
        prefixes: dict[str, str],
        snapshot: Path | None = None,
    ) -> None:
        """Hold an open store, the files that it was compiled from, and the prefixes known.

        `snapshot` is the folder with what else was worked out, where there is one.
        """
        self.store = store
        self.files = tuple(files)
        self.prefixes = prefixes
        self._snapshot = snapshot

    def query(
        self, sparql: str, *, timeout: float | None = None
    ) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """Answer a SPARQL 1.1 query over the union of all graphs, with the prefixes predeclared.

        Rows are pyoxigraph's: `row["x"]` is a term, `.value` its text. With a `timeout` in seconds
        the query runs in a process of its own, which is stopped at the limit.

        Raises QuerySyntaxError, QueryRefusedError (updates, SERVICE), QueryTimeoutError.

        >>> with open_facts() as facts:
        ...     rows = list(facts.query("SELECT ?name { id:zhipu skos:prefLabel ?name }"))
        >>> "Zhipu" in {row["name"].value for row in rows}
        True
        """
        from factscape.query import run

        return run(self.store, sparql, prefixes=self.prefixes, timeout=timeout)

    @cached_property
    def names(self) -> NameIndex:
        """The index of all names, in which things are looked up.

        >>> with open_facts() as facts:
        ...     [hit.iri for hit in facts.names.resolve("智譜")]
        ['https://w3id.org/factscape/id/zhipu']
        """
        from factscape.names.index import NameIndex

        if self._snapshot is not None:
            return NameIndex(self._snapshot / _NAMES)
        if not isinstance(self.store, MemoryStore | DiskStore):
            raise StoreError("only a store on this machine can be indexed")
        return NameIndex.in_memory(self.store.oxigraph, self.prefixes)

    @cached_property
    def reader(self) -> Reader:
        """What reads cards, and remembers what one card has in common with others."""
        from factscape.claims.described import Reader
        from factscape.claims.descriptions import Descriptions

        known = Descriptions(self._snapshot / _DESCRIPTIONS) if self._snapshot else None
        return Reader(self.store, self.names, known)

    def card(self, name: str) -> Card:
        """Return the card of the thing with this name, in any script or spelling, or at this IRI.

        Raises UnknownNameError, AmbiguousNameError.

        >>> with open_facts() as facts:
        ...     facts.card("GLM-4.6").kinds[0].label["en"]
        'model'
        """
        from factscape.claims.card import card
        from factscape.names.choosing import choose

        iri = choose(name, self.names, self.store, self.prefixes)
        return card(self.store, iri, self.reader)

    def network(self) -> networkx.MultiDiGraph[str]:
        """Return things and the edges between them, each edge with the graphs that state it.

        >>> with open_facts() as facts:
        ...     edges = facts.network().get_edge_data(
        ...         "https://w3id.org/factscape/id/zhipu", "https://w3id.org/factscape/id/glm-4.6")
        >>> "https://w3id.org/factscape/ontology#develops" in edges
        True
        """
        from factscape.network import build_network

        return build_network(self.store)

    @property
    def rdflib(self) -> rdflib.Dataset:
        """The same data as an rdflib.Dataset, without a copy, for reading.

        It is for trusted code: rdflib's own evaluator, unlike `query`, follows SERVICE and LOAD.

        >>> with open_facts() as facts:
        ...     len(facts.rdflib) > 1000
        True
        """
        import rdflib
        from oxrdflib import OxigraphStore

        if not isinstance(self.store, MemoryStore | DiskStore):
            raise StoreError("only a store on this machine can be handed to rdflib")
        dataset = rdflib.Dataset(store=OxigraphStore(store=self.store.oxigraph), default_union=True)
        for name, base in self.prefixes.items():
            dataset.bind(name, base)
        return dataset

    def place(self, iri: str) -> Place | None:
        """Find the file and line where the first statement about this IRI stands.

        >>> with open_facts() as facts:
        ...     Path(facts.place("https://w3id.org/factscape/id/zhipu").file).suffix
        '.ttl'
        """
        return find_place(iri, self.files)

    def close(self) -> None:
        """Let go of files and memory; closing twice is no error."""
        if "reader" in vars(self):
            self.reader.close()
        if "names" in vars(self):
            self.names.close()
        self.store.close()

    def __enter__(self) -> Facts:
        """Return these facts."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of files and memory."""
        self.close()


def open_facts(paths: Paths | None = None, *, in_memory: bool = False) -> Facts:
    """Open a folder or file of RDF, several, or the bundled facts when nothing (or `bundled`) is given.

    A directory that Oxigraph wrote is opened as it is. Everything else goes through a snapshot in
    the user's cache; where that cannot be written the facts are held in memory. With `in_memory`
    they are copied there: opening takes longer, and every query after it less time.

    Raises FactsNotFoundError, FactsSyntaxError (file, line, column; nothing is half loaded).
    """
    roots = _roots(paths)
    if len(roots) == 1 and (roots[0] / "CURRENT").is_file():
        return Facts(_held(open_store(roots[0]), in_memory), (), dict(PREFIXES))
    files = find_files(roots)
    rules = sorted(ontology_folder().glob("rules/*.rq"))
    build = partial(_compile, files=files, rules=rules)
    cache = SnapshotCache(default_cache(), _version())
    try:
        snapshot = cache.open([*files, *ontology_files(), *rules], build)
        store = _held(SnapshotStore(snapshot / _STORE), in_memory)
        known = json.loads((snapshot / _KNOWN).read_text(encoding="utf-8"))
        return Facts(store, _sources(files, known), known["prefixes"], snapshot)
    except StoreError:
        # No place to write, or a disk that lies: the facts themselves are still there.
        memory = ox.Store()
        known = _fill(memory, files, rules)
        return Facts(MemoryStore(memory), _sources(files, known), known["prefixes"])


def _held(store: Store, in_memory: bool) -> Store:
    """Return a store, or a copy of it in memory; a worker still opens the directory."""
    if not in_memory:
        return store
    memory = ox.Store()
    memory.bulk_extend(store.quads())
    return MemoryStore(memory, store.directory)


def _version() -> str:
    from factscape import __version__

    return f"{__version__} {_LAYOUT}"


def _roots(paths: Paths | None) -> list[Path]:
    if paths is None:
        paths = BUNDLED
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    return [facts_folder() if path == BUNDLED else Path(path) for path in paths] or [facts_folder()]


def _sources(files: list[Path], known: dict[str, Any]) -> list[Path]:
    """Return the files whose statements can be asked for."""
    return [*files, *ontology_files()] if known["uses_vocabulary"] else files


def _compile(folder: Path, *, files: list[Path], rules: list[Path]) -> None:
    """Write a store, and what is worked out from it, into an empty folder."""
    # Chinese takes a library a while to load: only where an index is built.
    from factscape.claims.descriptions import write_descriptions
    from factscape.names.building import build_index

    store = ox.Store(str(folder / _STORE))
    known = _fill(store, files, rules)
    store.flush()
    # Everything that is looked up later is found in a third less time.
    store.optimize()
    build_index(store, folder / _NAMES, known["prefixes"])
    write_descriptions(store, folder / _DESCRIPTIONS)
    # The folder is renamed next, which a store that is still open would not survive everywhere.
    del store
    (folder / _KNOWN).write_text(json.dumps(known, sort_keys=True), encoding="utf-8")


def _fill(store: ox.Store, files: list[Path], rules: list[Path]) -> dict[str, Any]:
    """Read the files, and where they use our vocabulary the ontology and what follows from it."""
    from factscape.claims.derive import derived_quads, time_quads

    parsed = [ParsedFile(path) for path in files]
    store.bulk_extend(quad for file in parsed for quad in file)
    uses_vocabulary = _uses_vocabulary(store)
    if uses_vocabulary:
        store.bulk_extend(quad for path in ontology_files() for quad in ParsedFile(path))
        store.bulk_extend(list(time_quads(store)))
        store.bulk_extend(list(derived_quads(store, rules)))
    return {"prefixes": _prefixes(parsed), "uses_vocabulary": uses_vocabulary}


def _uses_vocabulary(store: ox.Store) -> bool:
    """Say whether a statement uses a class or property of our ontology."""
    terms = ox.Store()
    for path in ontology_files():
        terms.extend(ParsedFile(path))
    subjects = {quad.subject for quad in terms if isinstance(quad.subject, ox.NamedNode)}
    type_ = ox.NamedNode(RDF.type)
    return any(
        next(store.quads_for_pattern(None, term, None), None)
        or next(store.quads_for_pattern(None, type_, term), None)
        for term in subjects
        if term.value.startswith(PREFIXES["fs"])
    )


def _prefixes(parsed: Iterable[ParsedFile]) -> dict[str, str]:
    """Return the vocabulary's prefixes and those of the data that mean one thing everywhere."""
    meanings: dict[str, set[str]] = {}
    for file in parsed:
        for name, base in file.prefixes.items():
            meanings.setdefault(name, set()).add(base)
    # Where the data mean something else by one of our prefixes, it is their folder.
    ours = {name: base for name, base in PREFIXES.items() if name not in meanings}
    theirs = {name: bases.pop() for name, bases in meanings.items() if len(bases) == 1}
    return dict(sorted({**ours, **theirs}.items()))
