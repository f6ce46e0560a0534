"""Reading the tables of an index of names: the only place where lookup speaks SQL."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from factscape.errors import StoreError
from factscape.names.schema import VERSION, Kind, Role

__all__ = ["Name", "Postings", "Tables", "Thing"]

_NUMBER = array("I").itemsize
_MAPPED = 1 << 30
_WHERE = "WHERE kind = ? AND gram = ? AND length BETWEEN ? AND ?"
_NAME = "SELECT id, thing, text, role FROM name"
_TYPES = "(SELECT iris FROM types WHERE types.id = thing.types)"
_THING = f"SELECT id, iri, en, zh, {_TYPES}, degree, background FROM thing"

Postings = dict[int, "array[int]"]
"""The terms in which a gram stands, in order, for each length of terms."""


class Name(NamedTuple):
    """A name as it is written, and whose it is."""

    number: int
    thing: int
    text: str
    role: Role


class Thing(NamedTuple):
    """What has names; its number is its rank."""

    number: int
    iri: str
    en: str
    zh: str
    types: tuple[str, ...]
    degree: int
    background: bool


class Tables:
    """The tables of one index, opened for reading."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read from an open connection; raise StoreError where this version cannot read it."""
        self._connection = connection
        (version,) = next(self._rows("PRAGMA user_version"))
        if version != VERSION:
            raise StoreError(
                "this index of names was made by another version of Factscape",
                hint="empty the cache, and it is built anew",
            )
        # Terms are read from all over the file: let the system keep its pages, not SQLite.
        self._row(f"PRAGMA mmap_size = {_MAPPED}")

    @classmethod
    def open(cls, path: Path) -> Tables:
        """Open a file that nobody changes; raise StoreError where it is missing or damaged."""
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            connection = sqlite3.connect(
                address, uri=True, isolation_level=None, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise StoreError(f"the index of names {path} cannot be opened: {error}") from error
        try:
            return cls(connection)
        except StoreError:
            connection.close()
            raise

    def close(self) -> None:
        """Let go of the file; closing twice is no error."""
        self._connection.close()

    def meta(self, key: str) -> Any:
        """Return a piece of what lookup has to know besides."""
        ((value,),) = self._rows("SELECT value FROM meta WHERE key = ?", key)
        return json.loads(value)

    def exact(self, kind: Kind, text: str) -> array[int]:
        """Return the names that have exactly this term, those of the best known things first."""
        row = self._row("SELECT names FROM term WHERE text = ? AND kind = ?", text, kind)
        return _numbers(row[0]) if row else array("I")

    def term_at(self, kind: Kind, text: str) -> int | None:
        """Return the number of exactly this term, None when there is none."""
        row = self._row("SELECT id FROM term WHERE text = ? AND kind = ?", text, kind)
        return row[0] if row else None

    def cost(self, kind: Kind, gram: str, lengths: range) -> int:
        """Count the terms of these lengths in which a gram stands."""
        sql = f"SELECT total(length(terms)) FROM gram {_WHERE}"
        ((size,),) = self._rows(sql, kind, gram, lengths[0], lengths[-1])
        return int(size) // _NUMBER

    def postings(self, kind: Kind, gram: str, lengths: range) -> Postings:
        """Return the terms in which a gram stands, in order, for each of these lengths."""
        sql = f"SELECT length, terms FROM gram {_WHERE}"
        rows = self._rows(sql, kind, gram, lengths[0], lengths[-1])
        return {length: _numbers(terms) for length, terms in rows}

    def terms(self, numbers: Sequence[int]) -> list[tuple[int, str]]:
        """Return these terms, each with its number, in order."""
        return list(self._chosen("SELECT id, text FROM term", numbers))

    def names_with(self, term: int) -> array[int]:
        """Return the names that have a term, those of the best known things first."""
        row = self._row("SELECT names FROM term WHERE id = ?", term)
        return _numbers(row[0]) if row else array("I")

    def names(self, numbers: Sequence[int]) -> list[Name]:
        """Return these names, in order."""
        return list(map(_name, self._chosen(_NAME, numbers)))

    def things(self, numbers: Sequence[int]) -> list[Thing]:
        """Return these things, in order."""
        return list(map(_thing, self._chosen(_THING, numbers)))

    def things_at(self, iris: Iterable[str]) -> list[Thing]:
        """Return the things with these IRIs, as far as they are there."""
        sql = f"{_THING} WHERE iri IN (SELECT value FROM json_each(?))"
        return list(map(_thing, self._rows(sql, json.dumps(list(iris)))))

    def all_things(self) -> Iterator[Thing]:
        """Yield everything that has names, the best connected first."""
        return map(_thing, self._rows(f"{_THING} ORDER BY id"))

    def all_names(self) -> Iterator[Name]:
        """Yield every name, in the order of their things."""
        return map(_name, self._rows(f"{_NAME} ORDER BY id"))

    def all_terms(self, kind: Kind) -> Iterator[tuple[str, array[int]]]:
        """Yield every term of a kind with the names that have it."""
        rows = self._rows("SELECT text, names FROM term WHERE kind = ? ORDER BY id", kind)
        return ((text, _numbers(names)) for text, names in rows)

    def thing_at(self, iri: str) -> int | None:
        """Return the number of the thing with this IRI, None when there is none."""
        row = self._row("SELECT id FROM thing WHERE iri = ?", iri)
        return row[0] if row else None

    def _chosen(self, select: str, numbers: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows with these numbers, in order."""
        return self._rows(
            f"{select} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            json.dumps(numbers if isinstance(numbers, list) else list(numbers)),
        )

    def _row(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        return next(self._rows(sql, *values), None)

    def _rows(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._connection.execute(sql, values)
        except sqlite3.Error as error:
            raise StoreError(
                f"the index of names cannot be read: {error}",
                hint="empty the cache, and it is built anew",
            ) from error


def _numbers(blob: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(blob)
    return numbers


def _name(row: tuple[Any, ...]) -> Name:
    return Name(row[0], row[1], row[2], Role(row[3]))


def _thing(row: tuple[Any, ...]) -> Thing:
    number, iri, en, zh, types, degree, background = row
    return Thing(number, iri, en, zh, tuple(types.split()), degree, bool(background))
