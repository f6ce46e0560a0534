"""Building the index of names: one SQLite file, the same bytes for the same facts."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from factscape.errors import StoreError
from factscape.names.fold import Folding, has_han
from factscape.names.grams import BEGIN, END, grams, tolerance
from factscape.names.readings import common_syllables, reading, simplified_characters
from factscape.names.schema import INDICES, LONGEST, SCHEMA, Kind, Role
from factscape.names.subjects import Subject, subjects
from factscape.terms import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["build_index", "write_index"]

_CUT_UP = 200
"""So many characters of a key are searched inside; the rest of a longer one is not."""

_MOST_WORDS = 12
"""So many words of a name are found by themselves."""

Numbers = int | list[int]
"""The names of a term: most have one."""


def build_index(store: ox.Store, path: Path, prefixes: Mapping[str, str] = PREFIXES) -> None:
    """Write the index of the names in a store, in place of what is at `path`.

    Lookups will know the `prefixes`. Raises StoreError where it cannot be written.
    """
    try:
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            # Whoever needs the file to be whole builds it aside and renames it.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            write_index(connection, store, prefixes)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"the index of names {path} cannot be written: {error}") from error


def write_index(
    connection: sqlite3.Connection, store: ox.Store, prefixes: Mapping[str, str] = PREFIXES
) -> None:
    """Write the index of the names in a store into an empty database."""
    things = subjects(store)
    han = any(has_han(text) for thing in things for text, _ in thing.names)
    # Facts without a Chinese name are asked for no Chinese name.
    simplified = simplified_characters() if han else {}
    syllables = common_syllables() if han else {}
    connection.executescript(SCHEMA)
    connection.execute("BEGIN")
    _write_meta(
        connection,
        characters=["".join(simplified), "".join(simplified.values())],
        syllables=dict(syllables),
        prefixes=dict(prefixes),
    )
    _write_things(connection, things)
    terms = _write_names(connection, things, Folding(simplified))
    first = 1
    for kind in Kind:
        _write_terms(connection, kind, first, terms[kind])
        _write_grams(connection, kind, first, terms[kind])
        first += len(terms[kind])
        terms[kind].clear()
    connection.execute("COMMIT")
    connection.executescript(INDICES)


def _write_meta(connection: sqlite3.Connection, **values: object) -> None:
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)",
        ((key, json.dumps(value, ensure_ascii=False)) for key, value in values.items()),
    )


def _write_things(connection: sqlite3.Connection, things: Iterable[Subject]) -> None:
    types: dict[tuple[str, ...], int] = {}
    connection.executemany(
        "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                *(rank, thing.iri, thing.en, thing.zh),
                types.setdefault(thing.types, len(types)),
                *(thing.degree, thing.background),
            )
            for rank, thing in enumerate(things)
        ),
    )
    connection.executemany(
        "INSERT INTO types VALUES (?, ?)",
        ((number, " ".join(iris)) for iris, number in types.items()),
    )


def _write_names(
    connection: sqlite3.Connection, things: Iterable[Subject], folding: Folding
) -> dict[Kind, dict[str, Numbers]]:
    """Write the names, and return the terms by which they are found."""
    terms: dict[Kind, dict[str, Numbers]] = {kind: {} for kind in Kind}
    names = (
        (rank, text, role, key)
        for rank, thing in enumerate(things)
        for text, role, key in _distinct(thing, folding)
    )
    rows = []
    for number, (rank, text, role, key) in enumerate(names):
        rows.append((number, rank, text, role))
        _add(terms[Kind.NAME], key, number)
        if role is not Role.SLUG:
            for kind, term in _terms_of(text, key, folding):
                _add(terms[kind], term, number)
    connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?)", rows)
    return terms


def _distinct(thing: Subject, folding: Folding) -> Iterator[tuple[str, Role, str]]:
    """Yield the names with their keys; the end of the IRI only where it says something new."""
    keys = set()
    for text, role in thing.names:
        key = folding.key(text)
        if key and not (role is Role.SLUG and key in keys):
            yield text, role, key
        keys.add(key)


def _terms_of(text: str, key: str, folding: Folding) -> Iterator[tuple[Kind, str]]:
    """Yield by what else than its key a name is found."""
    words = folding.words(text)
    if len(words) > 1:
        for word in words[:_MOST_WORDS]:
            yield Kind.WORD, word
    if read := reading(key[:_CUT_UP]):
        yield Kind.PINYIN, read.full
        for other in read.others:
            yield Kind.OTHER_PINYIN, other
        if read.initials:
            yield Kind.INITIALS, read.initials
    elif 1 < len(words) <= _MOST_WORDS and all(word[0].isalpha() for word in words):
        yield Kind.INITIALS, "".join(word[0] for word in words)


def _add(terms: dict[str, Numbers], term: str, name: int) -> None:
    known = terms.setdefault(term, name)
    if isinstance(known, list):
        if known[-1] != name:
            known.append(name)
    elif known != name:
        terms[term] = [known, name]


def _write_terms(
    connection: sqlite3.Connection, kind: Kind, first: int, terms: Mapping[str, Numbers]
) -> None:
    connection.executemany(
        "INSERT INTO term VALUES (?, ?, ?, ?)",
        (
            (number, kind, text, array("I", (names,) if isinstance(names, int) else names))
            for number, (text, names) in enumerate(terms.items(), first)
        ),
    )


def _write_grams(
    connection: sqlite3.Connection, kind: Kind, first: int, terms: Iterable[str]
) -> None:
    lengths: dict[int, dict[str, array[int]]] = {}
    for number, text in enumerate(terms, first):
        found = lengths.setdefault(min(len(text), LONGEST), {})
        for gram in _grams_of(kind, text):
            if (numbers := found.get(gram)) is not None:
                numbers.append(number)
            else:
                found[gram] = array("I", (number,))
    order = sorted((gram, length) for length, found in lengths.items() for gram in found)
    connection.executemany(
        "INSERT INTO gram VALUES (?, ?, ?, ?)",
        ((kind, gram, length, lengths[length][gram]) for gram, length in order),
    )


def _grams_of(kind: Kind, text: str) -> set[str]:
    """Return the grams that a term of this kind is found by; how it begins is one of them."""
    marked = f"{BEGIN}{text[:_CUT_UP]}{END}"
    if kind is Kind.INITIALS:
        return {marked[:2], marked[:3], marked[:4]}
    if kind is Kind.OTHER_PINYIN or (kind is Kind.WORD and not tolerance(text)):
        return set()
    found = grams(marked)
    if kind is not Kind.WORD:
        found.add(marked[:2])
    return found
