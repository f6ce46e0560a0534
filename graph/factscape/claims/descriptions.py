"""What is said of each statement, event and passage, kept where it is read fastest.

A card reads hundreds of them. In a store on disk every term of every triple is a look-up of its
own; here all that is said of a subject is one row. Written once, when a snapshot is built.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from factscape.errors import StoreError
from factscape.terms import FS, RDF, RDFS

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Descriptions", "Said", "said_in", "write_descriptions"]

_CLASSES = (FS.Statement, FS.Event, FS.Passage)

_SCHEMA = """
-- Predicates and datatypes, which descriptions refer to by number.
CREATE TABLE term (id INTEGER PRIMARY KEY, iri TEXT);
-- What is said of a subject: for each graph its name, then of each triple the predicate, the text,
-- the language and the datatype (0: the text is an IRI or a blank node).
CREATE TABLE described (iri TEXT PRIMARY KEY, said TEXT) WITHOUT ROWID;
"""


class Said(NamedTuple):
    """One triple about a subject, and the graph that holds it (empty: the default graph).

    `text` is an IRI, a blank node as `_:…`, or what a literal says; without a `datatype` it is
    no literal.
    """

    predicate: str
    text: str
    graph: str
    language: str
    datatype: str


def said_in(quads: Iterable[ox.Quad]) -> Iterator[Said]:
    """Yield what quads say of their subject.

    >>> import pyoxigraph as ox
    >>> node = ox.NamedNode("urn:a")
    >>> [one.text for one in said_in([ox.Quad(node, node, ox.Literal("Ada"))])]
    ['Ada']
    """
    import pyoxigraph as ox

    node, literal = ox.NamedNode, ox.Literal
    for _, predicate, term, graph in quads:
        name = graph.value if isinstance(graph, node) else _other_graph(graph)
        if isinstance(term, node):
            yield Said(predicate.value, term.value, name, "", "")
        elif isinstance(term, literal):
            datatype = term.datatype.value
            yield Said(predicate.value, term.value, name, term.language or "", datatype)
        else:
            yield Said(predicate.value, str(term), name, "", "")


def _other_graph(graph: object) -> str:
    text = str(graph)
    return "" if text == "DEFAULT" else text


def write_descriptions(store: ox.Store, path: Path) -> None:
    """Write what the store says of statements, events and passages to a new file.

    Raises StoreError where it cannot be written.
    """
    terms: dict[str, int] = {"": 0}
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            # Whoever needs the file to be whole builds it aside and renames it.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.executescript(_SCHEMA)
            connection.execute("BEGIN")
            rows = ((node.value, _packed(store, node, terms)) for node in _subjects(store))
            connection.executemany("INSERT INTO described VALUES (?, ?)", rows)
            numbered = ((number, iri) for iri, number in terms.items())
            connection.executemany("INSERT INTO term VALUES (?, ?)", numbered)
            connection.execute("COMMIT")
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"the descriptions {path} cannot be written: {error}") from error


def _subjects(store: ox.Store) -> Iterator[ox.NamedNode]:
    """Yield the members of the classes and of those below them, in order."""
    import pyoxigraph as ox

    classes = list(_CLASSES)
    for class_ in classes:  # grows while it is read
        below = store.quads_for_pattern(None, ox.NamedNode(RDFS.subClassOf), ox.NamedNode(class_))
        found = (quad.subject for quad in below)
        classes += [one.value for one in found if isinstance(one, ox.NamedNode)]
    members = {
        quad.subject
        for class_ in dict.fromkeys(classes)
        for quad in store.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(class_))
        if isinstance(quad.subject, ox.NamedNode)
    }
    yield from sorted(members, key=lambda node: node.value)


def _packed(store: ox.Store, node: ox.NamedNode, terms: dict[str, int]) -> str:
    graphs: dict[str, list[str | int]] = {}
    for one in sorted(said_in(store.quads_for_pattern(node, None, None))):
        graphs.setdefault(one.graph, []).extend(
            (
                terms.setdefault(one.predicate, len(terms)),
                one.text,
                one.language,
                terms.setdefault(one.datatype, len(terms)),
            )
        )
    packed = [[graph, *values] for graph, values in graphs.items()]
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":"))


class Descriptions:
    """A file that `write_descriptions` wrote, opened for reading."""

    def __init__(self, path: Path) -> None:
        """Open the file; raise StoreError when it is missing or damaged."""
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._terms: list[str] = [
                iri for (iri,) in self._connection.execute("SELECT iri FROM term ORDER BY id")
            ]
        except sqlite3.Error as error:
            raise StoreError(f"the descriptions {path} cannot be read: {error}") from error

    def of(self, iris: Iterable[str]) -> Iterator[tuple[str, list[Said]]]:
        """Yield what is said of each of these subjects, as far as they are here."""
        asked = json.dumps(list(iris))
        sql = "SELECT iri, said FROM json_each(?) JOIN described ON iri = value"
        for iri, packed in self._connection.execute(sql, (asked,)):
            yield iri, list(self._unpacked(json.loads(packed)))

    def _unpacked(self, graphs: list[list[Any]]) -> Iterator[Said]:
        terms = self._terms
        for graph, *values in graphs:
            columns = (values[place::4] for place in range(4))
            for predicate, text, language, datatype in zip(*columns, strict=True):
                yield Said(terms[predicate], text, graph, language, terms[datatype])

    def close(self) -> None:
        """Let go of the file; closing twice is no error."""
        self._connection.close()
