"""What is checked: every statement of the files with its place, read once, in the forms checks need."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from factscape.checking.plain import Plain
from factscape.checking.shapes.validating import described_periods
from factscape.claims.derive import derived_quads, time_quads
from factscape.claims.disagreement.statements import Statement, read_statements
from factscape.errors import FactsSyntaxError, Place
from factscape.reading import ontology_files, ontology_folder, places, read_quads
from factscape.store.oxigraph import MemoryStore
from factscape.terms import PREFIXES, RDF, curie, name_of

__all__ = ["Material", "Wanted"]

Subject = ox.NamedNode | ox.BlankNode | ox.Triple


class Wanted(NamedTuple):
    """What is looked for in the files; an empty text stands for any."""

    subject: str
    path: str
    value: str
    graph: str


class Material:
    """The statements of files, with the ontology; what follows from them is added when it is needed."""

    def __init__(self, files: Sequence[Path]) -> None:
        """Read the files; the first mistake of each that has one is kept in `mistakes`.

        Raises FactsNotFoundError for a file that cannot be read.
        """
        self.files = list(files)
        self.mistakes: list[FactsSyntaxError] = []
        self.read: list[list[tuple[ox.Quad, Place]]] = []
        for path in files:
            try:
                self.read.append(_read(path))
            except FactsSyntaxError as error:
                self.mistakes.append(error)
        self._ontology = [path for path in ontology_files() if path not in self.files]

    @cached_property
    def uses_vocabulary(self) -> bool:
        """Whether a statement uses a class or property of our vocabulary."""
        ours = PREFIXES["fs"]
        return any(
            quad.predicate.value.startswith(ours)
            or (
                quad.predicate.value == RDF.type
                and isinstance(quad.object, ox.NamedNode)
                and quad.object.value.startswith(ours)
            )
            for rows in self.read
            for quad, _ in rows
        )

    @cached_property
    def stated(self) -> ox.Store:
        """What the files and the ontology state."""
        store = ox.Store()
        for rows in self.read:
            store.extend(quad for quad, _ in rows)
        for path in self._ontology:
            store.extend(read_quads(path))
        return store

    @cached_property
    def plain(self) -> Plain:
        """The same as it is written, with the periods that are only used."""
        plain = Plain()
        for number, rows in enumerate(self.read):
            plain.add((quad for quad, _ in rows), number)
        for number, path in enumerate(self._ontology, start=len(self.read)):
            plain.add(read_quads(path), number)
        plain.add(described_periods(self._times))
        return plain

    @cached_property
    def _times(self) -> list[ox.Quad]:
        return list(time_quads(self.stated))

    @cached_property
    def store(self) -> ox.Store:
        """What is stated and what follows from it: spans of time and derived edges.

        It is the store of `stated`, which grows: what looks at bare statements must have looked.
        """
        store = self.stated
        store.extend(self._times)
        rules = sorted(ontology_folder().glob("rules/*.rq"))
        store.extend(list(derived_quads(store, rules)))
        return store

    @cached_property
    def statements(self) -> list[Statement]:
        """Every statement that can be compared."""
        return list(read_statements(MemoryStore(self.store)))

    def label(self, iri: str) -> str:
        """Return the English name of what an IRI names, else any name, else the IRI shortened."""
        for predicate in (PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "label"):
            names = {
                getattr(term, "language", ""): getattr(term, "value", "")
                for term in self.plain.get(iri, predicate)
            }
            if names:
                return str(names.get("en") or next(iter(names.values())))
        return curie(iri)

    def find(self, wanted: Collection[Wanted]) -> dict[Wanted, Place]:
        """Return where the first statement that fits each pattern stands."""
        by_subject: dict[str, list[Wanted]] = {}
        for one in wanted:
            by_subject.setdefault(one.subject, []).append(one)
        found: dict[Wanted, Place] = {}
        for rows in self.read:
            for quad, place in rows:
                graph = quad.graph_name
                if (name := name_of(quad.subject)) in by_subject:
                    for one in by_subject[name]:
                        if one not in found and _fits(quad, one):
                            found[one] = place
                if isinstance(graph, ox.NamedNode) and graph.value in by_subject:
                    for one in by_subject[graph.value]:
                        if one.graph == graph.value:
                            found.setdefault(one, place)
        return found


def _read(path: Path) -> list[tuple[ox.Quad, Place]]:
    try:
        return list(places(path))
    except SyntaxError:
        # Read once more by what says what the cause is likely to be.
        for _ in read_quads(path):
            pass
        raise


def _fits(quad: ox.Quad, one: Wanted) -> bool:
    return (
        (not one.path or quad.predicate.value == one.path)
        and (not one.value or _text(quad.object) == one.value)
        and (not one.graph or name_of(quad.graph_name) == one.graph)
    )


def _text(term: Subject | ox.Literal) -> str:
    return term.value if isinstance(term, ox.Literal) else name_of(term)
