"""What is said of everything, and what names it, kept where cards read it fastest.

A card reads hundreds of statements. In a store on disk every term of every triple is a look-up of
its own, and to open one costs as much as all the rest; here all that one graph says of a subject
is one row. Written once, when a snapshot is built; the store stays what is queried.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from factscape.errors import StoreError

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = [
    "MOST",
    "Descriptions",
    "Mention",
    "Said",
    "add_cards",
    "mentions_in",
    "said_in",
    "write_descriptions",
]

MOST = 3000
"""So many triples with a thing are read, either way; a hub has millions, which no card can show."""

_SCHEMA = """
-- Predicates and datatypes, which the other tables refer to by number.
CREATE TABLE term (id INTEGER PRIMARY KEY, iri TEXT);
-- Subjects, objects and graphs, with what names them as an object: three numbers a triple, of the
-- subject, the predicate and the graph.
CREATE TABLE node (id INTEGER PRIMARY KEY, iri TEXT, mentions BLOB);
-- What a graph says of a subject: its name, then of each triple the predicate, the text, the
-- language and the datatype (0: the text is an IRI or a blank node).
CREATE TABLE said (node INTEGER, said TEXT);
-- The cards of what much names, ready to be shown.
CREATE TABLE card (iri TEXT PRIMARY KEY, card TEXT) WITHOUT ROWID;
"""
_INDICES = """
CREATE INDEX node_iri ON node (iri);
CREATE INDEX said_node ON said (node);
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


class Mention(NamedTuple):
    """One triple that names a thing as its object."""

    subject: str
    predicate: str
    graph: str


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


def mentions_in(quads: Iterable[ox.Quad]) -> Iterator[Mention]:
    """Yield what quads say that name a thing as their object."""
    import pyoxigraph as ox

    node = ox.NamedNode
    for subject, predicate, _, graph in quads:
        yield Mention(
            subject.value if isinstance(subject, node) else str(subject),
            predicate.value,
            graph.value if isinstance(graph, node) else _other_graph(graph),
        )


def _other_graph(graph: object) -> str:
    text = str(graph)
    return "" if text == "DEFAULT" else text


def write_descriptions(store: ox.Store, path: Path) -> None:
    """Write what a store says of everything to a new file.

    Raises StoreError where it cannot be written.
    """
    with _writing(path) as connection:
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        writer = _Writer()
        connection.executemany("INSERT INTO said VALUES (?, ?)", writer.rows(store))
        connection.executemany("INSERT INTO node VALUES (?, ?, ?)", writer.nodes())
        connection.executemany("INSERT INTO term VALUES (?, ?)", writer.terms())
        connection.execute("COMMIT")
        connection.executescript(_INDICES)


def add_cards(cards: Iterable[tuple[str, str]], path: Path) -> None:
    """Write cards, each an IRI and a text, to a file of descriptions.

    Raises StoreError where they cannot be written.
    """
    with _writing(path) as connection:
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO card VALUES (?, ?)", cards)
        connection.execute("COMMIT")


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            # Whoever needs the file to be whole builds it aside and renames it.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            yield connection
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"the descriptions {path} cannot be written: {error}") from error


class _Writer:
    """Gives numbers to what it meets, and remembers who names whom."""

    def __init__(self) -> None:
        self._nodes: dict[str, int] = {}
        self._terms: dict[str, int] = {"": 0}
        self._mentions: dict[int, array[int]] = {}
        self._said: Counter[int] = Counter()

    def rows(self, store: ox.Store) -> Iterator[tuple[int, str]]:
        """Yield what each graph says of each subject, in the order of the store."""
        for _, group in groupby(store, key=itemgetter(0, 3)):
            quads = list(group)
            ((name, _, graph_name),) = mentions_in([quads[0]])
            node = self._node(name)
            said = list(said_in(quads))
            for one in said:
                if not one.datatype:
                    self._mention(one.text, node, one.predicate, graph_name)
            kept = said[: MOST + 1 - self._said[node]]
            self._said[node] += len(kept)
            if kept:
                yield node, self._packed(graph_name, kept)

    def nodes(self) -> Iterator[tuple[int, str, bytes | None]]:
        """Yield all nodes with what names them."""
        for iri, number in self._nodes.items():
            mentions = self._mentions.get(number)
            yield number, iri, mentions.tobytes() if mentions else None

    def terms(self) -> Iterator[tuple[int, str]]:
        """Yield all predicates and datatypes."""
        return ((number, iri) for iri, number in self._terms.items())

    def _node(self, iri: str) -> int:
        return self._nodes.setdefault(iri, len(self._nodes))

    def _term(self, iri: str) -> int:
        return self._terms.setdefault(iri, len(self._terms))

    def _mention(self, text: str, subject: int, predicate: str, graph: str) -> None:
        known = self._mentions.setdefault(self._node(text), array("I"))
        if len(known) <= 3 * MOST:
            known.extend((subject, self._term(predicate), self._node(graph)))

    def _packed(self, graph: str, said: list[Said]) -> str:
        values: list[str | int] = [graph]
        for predicate, text, _, language, datatype in said:
            values += (self._term(predicate), text, language, self._term(datatype))
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


class Descriptions:
    """A file that `write_descriptions` wrote, opened for reading."""

    def __init__(self, path: Path) -> None:
        """Open the file; raise StoreError when it is missing or damaged."""
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise StoreError(f"the descriptions {path} cannot be read: {error}") from error
        self._terms: dict[int, str] = {0: ""}

    def of(self, iris: Iterable[str]) -> dict[str, list[Said]]:
        """Return what is said of each of these subjects, as far as they are here."""
        sql = """SELECT iri, said FROM json_each(?)
            JOIN node ON iri = value JOIN said ON said.node = node.id"""
        rows = [(iri, json.loads(said)) for iri, said in self._rows(sql, json.dumps(list(iris)))]
        self._learn_terms(number for _, said in rows for number in (*said[1::4], *said[4::4]))
        found: dict[str, list[Said]] = {}
        for iri, said in rows:
            found.setdefault(iri, []).extend(self._unpacked(said))
        return found

    def mentions(self, iri: str) -> list[Mention]:
        """Return the triples that name a thing as their object, one more than `MOST` at most."""
        rows = self._rows("SELECT mentions FROM node WHERE iri = ? AND mentions NOT NULL", iri)
        numbers = array("I")
        for (mentions,) in rows:
            numbers.frombytes(mentions)
        subjects, predicates, graphs = (numbers[place::3] for place in range(3))
        self._learn_terms(predicates)
        asked = json.dumps(list({*subjects, *graphs}))
        sql = "SELECT node.id, iri FROM json_each(?) JOIN node ON node.id = value"
        names = dict(self._rows(sql, asked))
        return [
            Mention(names[subject], self._terms[predicate], names[graph])
            for subject, predicate, graph in zip(subjects, predicates, graphs, strict=True)
        ]

    def named_by(self, least: int, most: int) -> list[str]:
        """Return what at least and at most so many triples name."""
        sql = "SELECT iri FROM node WHERE length(mentions) BETWEEN ? AND ? ORDER BY id"
        size = 3 * array("I").itemsize
        return [iri for (iri,) in self._rows(sql, least * size, most * size)]

    def card(self, iri: str) -> str | None:
        """Return the card of a thing as it was added, None where there is none."""
        row = next(self._rows("SELECT card FROM card WHERE iri = ?", iri), None)
        return row[0] if row else None

    def close(self) -> None:
        """Let go of the file; closing twice is no error."""
        self._connection.close()

    def _unpacked(self, said: list[Any]) -> Iterator[Said]:
        terms, graph = self._terms, said[0]
        columns = (said[place::4] for place in range(1, 5))
        for predicate, text, language, datatype in zip(*columns, strict=True):
            yield Said(terms[predicate], text, graph, language, terms[datatype])

    def _learn_terms(self, numbers: Iterable[int]) -> None:
        if unknown := list(set(numbers) - self._terms.keys()):
            sql = "SELECT term.id, iri FROM json_each(?) JOIN term ON term.id = value"
            self._terms.update(self._rows(sql, json.dumps(unknown)))

    def _rows(self, sql: str, *values: str | int) -> Iterator[Any]:
        try:
            yield from self._connection.execute(sql, values)
        except sqlite3.Error as error:
            raise StoreError(
                f"the descriptions cannot be read: {error}",
                hint="empty the cache, and they are written anew",
            ) from error
