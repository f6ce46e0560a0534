"""The query library: questions kept in files, each with a header that says what it asks.

The bundled ones stand in `ontology/queries/`, those of a user's own in `queries/` of a folder of
facts. A query is called like its file, without the ending.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from factscape.errors import MisuseError, Place, QueryHeaderError
from factscape.query.columns import columns_of
from factscape.query.formats import Rows, rows_of
from factscape.query.guard import check_query
from factscape.query.header import LANGUAGES, Expected, Header, Parameter, Row, Words, read_header
from factscape.query.parameters import ANY, Given, Known, Terms, fill, found_values, terms_of
from factscape.query.running import run
from factscape.terms import curie, name_of

__all__ = ["FOLDER", "Library", "LibraryQuery", "Shelf", "check", "read_query", "unmet"]

_COMPARED = ("date", "number", "text")
"""Types of values that queries compare others with: without one, no row would fit."""

FOLDER = "queries"
"""Where a folder of facts keeps its queries."""


@dataclass(frozen=True)
class Shelf:
    """A folder of queries, and the prefixes that they may use undeclared."""

    folder: Path
    prefixes: Mapping[str, str]


@dataclass(frozen=True)
class LibraryQuery:
    """A query that can be asked by its name."""

    name: str
    path: Path
    text: str
    header: Header
    prefixes: Mapping[str, str]
    replaces: Path | None = None
    """A file of the same name that is not asked because this one is."""

    @property
    def title(self) -> Words:
        """What it is about, in each language; its name where the file does not say."""
        return self.header.title or dict.fromkeys(LANGUAGES, self.name)

    @property
    def question(self) -> Words:
        """What it asks, in each language; may be empty."""
        return self.header.question or dict.fromkeys(LANGUAGES, "")

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """What may be chosen, by name."""
        return self.header.parameters

    @cached_property
    def defaults(self) -> Mapping[str, Terms]:
        """What each parameter is when it is not set."""
        found = found_values(self.text, self.prefixes)
        return {name: found[name][0] for name in self.parameters}

    def values(self, given: Mapping[str, Given], known: Known) -> dict[str, Terms]:
        """Return what is meant by the values given for parameters: names, numbers, dates, None.

        Raises MisuseError for a parameter that it does not have or a value that does not fit,
        UnknownNameError, AmbiguousNameError.
        """
        values = {}
        for name, value in given.items():
            if name not in self.parameters:
                raise _no_parameter(self, name)
            parameter = self.parameters[name]
            values[name] = terms_of(parameter, value, known)
            if parameter.type in _COMPARED and None in values[name] and self.defaults[name] != ANY:
                raise MisuseError(f"parameter {name} cannot be left open", hint="give it a value")
        return values

    def filled(self, given: Mapping[str, Given], known: Known) -> str:
        """Return the query's text with parameters set; raises what `values` raises."""
        return fill(self.text, self.values(given, known))

    def as_dict(self) -> dict[str, Any]:
        """Return what programs are told of it."""
        return {
            "name": self.name,
            "title": dict(self.title),
            "question": dict(self.question),
            "view": self.header.view,
            "parameters": [
                {
                    "name": parameter.name,
                    "type": parameter.type,
                    "label": dict(parameter.label),
                    "default": [self._written(term) for term in self.defaults[parameter.name]],
                }
                for parameter in self.parameters.values()
            ],
            "file": str(self.path),
            "replaces": str(self.replaces) if self.replaces else None,
        }

    def _written(self, term: object) -> str | None:
        """Return a default as one would type it; None for any value."""
        if term is None:
            return None
        value = getattr(term, "value", None)
        iri = name_of(term)
        return curie(iri, self.prefixes).strip("<>") if iri == value else str(value)


class Library(Mapping[str, LibraryQuery]):
    """All queries that can be asked by name; each file is read when it is looked at.

    >>> from factscape.reading import ontology_folder
    >>> from factscape.terms import PREFIXES
    >>> library = Library([Shelf(ontology_folder() / "queries", PREFIXES)])
    >>> library["finances"].title["en"]
    'Revenue, net loss and R&D expense, by period'
    """

    def __init__(self, shelves: Iterable[Shelf]) -> None:
        """Look into folders; where two have a query of one name, the earlier folder's is meant."""
        self._found: dict[str, list[tuple[Path, Shelf]]] = {}
        for shelf in shelves:
            for path in sorted(shelf.folder.glob("*.rq")):
                if not path.name.startswith("."):
                    self._found.setdefault(path.stem, []).append((path, shelf))
        self._read: dict[str, LibraryQuery] = {}

    def __getitem__(self, name: str) -> LibraryQuery:
        """Return a query; KeyError where there is none, QueryHeaderError for a bad header."""
        if name not in self._read:
            (path, shelf), *others = self._found[name]
            replaces = others[0][0] if others else None
            self._read[name] = read_query(path, shelf.prefixes, replaces=replaces)
        return self._read[name]

    @property
    def paths(self) -> list[Path]:
        """The files that queries are in, also those that others replace; none of them is read."""
        return sorted(path for found in self._found.values() for path, _ in found)

    def __iter__(self) -> Iterator[str]:
        """Yield the names, sorted."""
        return iter(sorted(self._found))

    def __len__(self) -> int:
        """Count the queries."""
        return len(self._found)

    def find(self, name: str) -> LibraryQuery:
        """Return a query; MisuseError with the names that may have been meant where there is none."""
        if name in self._found:
            return self[name]
        near = difflib.get_close_matches(name, self._found, n=3, cutoff=0.5)
        meant = f"did you mean {' or '.join(near)}?\n" if near else ""
        raise MisuseError(
            f"there is no query '{name}'", hint=f"{meant}all of them: factscape query --list"
        )


def read_query(
    path: Path, prefixes: Mapping[str, str], *, replaces: Path | None = None
) -> LibraryQuery:
    """Read a query file.

    Raises QueryHeaderError where its header breaks the rules, or names a parameter that the query
    has no VALUES for; MisuseError where the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise MisuseError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise MisuseError(
            f"{path} is not UTF-8 text (at byte {error.start})", hint="save the query as UTF-8"
        ) from error
    query = LibraryQuery(path.stem, path, text, read_header(text, str(path)), prefixes, replaces)
    _check_parameters(query)
    _check_columns(query)
    return query


def _check_parameters(query: LibraryQuery) -> None:
    found = found_values(query.text, query.prefixes) if query.parameters else {}
    for name, parameter in query.parameters.items():
        place = Place(str(query.path), parameter.line)
        if name not in found:
            raise QueryHeaderError(
                f"the query has no VALUES for parameter {name}",
                place=place,
                hint=f"write what it is when nobody sets it: VALUES ${name} {{ id:zhipu }}, or "
                f"VALUES ${name} {{ UNDEF }} for anything",
            )
        if len(set(found[name])) > 1:
            raise QueryHeaderError(
                f"the query has different VALUES for parameter {name}",
                place=place,
                hint="say the same wherever it stands",
            )


def _check_columns(query: LibraryQuery) -> None:
    header = query.header
    lines = {name: heading.line for name, heading in header.columns.items()}
    lines |= {name: case.line for case in header.expected for row in case.rows for name in row}
    if not lines:
        return
    check_query(query.text, query.prefixes, name=str(query.path))
    known = columns_of(query.text, query.prefixes)
    if known is None:
        return  # running it says why
    for name, line in lines.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else f"it has: {', '.join(known)}"
            place = Place(str(query.path), line)
            raise QueryHeaderError(f"the answer has no column '{name}'", place=place, hint=hint)


def _no_parameter(query: LibraryQuery, name: str) -> MisuseError:
    known = list(query.parameters)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    if near:
        hint = f"did you mean {near[0]}?"
    else:
        hint = f"it has: {', '.join(known)}" if known else "it has none"
    return MisuseError(f"query {query.name} has no parameter '{name}'", hint=hint)


def check(query: LibraryQuery, known: Known) -> list[str]:
    """Say where the facts do not give the answers that a query's header expects of them.

    Raises what asking raises, for what the header says is given too.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     check(facts.queries["shares-add-up"], facts)
    []
    """
    wrong = []
    for case in query.header.expected:
        text = query.filled(case.given, known)
        answer = run(known.store, text, prefixes=query.prefixes, name=str(query.path))
        rows = rows_of(answer, query.prefixes, mark_languages=False)
        wrong += [f"{query.path}:{case.line}: {what}" for what in unmet(case, rows)]
    return wrong


def unmet(expected: Expected, rows: Rows) -> list[str]:
    """Say what is wrong with an answer: rows that are missing or, where all are told, too many.

    >>> unmet(Expected(({"n": "1"}, {"n": "3"}), True, {}, 1), Rows(("n",), [["1"], ["2"]]))
    ["no row has n '3'", "a row too many: n '2'"]
    """
    left = [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]
    wrong = []
    for row in expected.rows:
        fitting = next((one for one in left if row.items() <= one.items()), None)
        if fitting is None:
            wrong.append(f"no row has {_told(row)}")
        else:
            left.remove(fitting)
    if expected.whole:
        wrong += [f"a row too many: {_told(row)}" for row in left]
    return wrong


def _told(row: Row) -> str:
    return ", ".join(f"{column} '{cell}'" for column, cell in row.items())
