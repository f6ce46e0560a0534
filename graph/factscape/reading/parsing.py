"""Parsing one file of RDF, with errors that say where and what the cause is likely to be."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from factscape.errors import FactsSyntaxError, Place
from factscape.reading.formats import format_of, is_lined, open_rdf
from factscape.terms import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["ParsedFile", "read_quads"]

_PARSER_ERROR = re.compile(r"Parser error (?:at|between) line [^:]*: (.*)", re.DOTALL)

_CAUSES = (
    ("has not been declared", "declare it at the top of the file: {prefix}"),
    ("A dot is expected", "the statement before this place probably lacks its final dot"),
    ("Invalid UTF-8", "save the file in the encoding UTF-8"),
    ("Unexpected end", "something that was opened (a quote, a bracket, a {{) is never closed"),
    ("No LoadDocumentCallback", "contexts from elsewhere are never fetched: copy the context in"),
    ("<!ENTITY", "entities that point to other files are not read: write their text out"),
    ("namespaces are required", "is this RDF/XML? elements need a namespace"),
    ("is not a valid", "is this file really {format}? rename it if it is something else"),
    ("Invalid IRI", "an IRI may not hold spaces or quotes: write them as %20, %22"),
    ("escape", "in text a backslash is written twice"),
)


class ParsedFile:
    """The quads of one file, and the prefixes that it declares once they have been read.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "a.ttl"
    ...     _ = path.write_text("@prefix ex: <urn:ex:> . ex:a ex:b ex:c .", encoding="utf-8")
    ...     parsed = ParsedFile(path)
    ...     len(list(parsed)), parsed.prefixes
    (1, {'ex': 'urn:ex:'})
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.prefixes: dict[str, str] = {}

    def __iter__(self) -> Iterator[ox.Quad]:
        """Yield the quads; raise FactsSyntaxError at the place where the format is broken."""
        import pyoxigraph as ox

        # Blank nodes of different files are different things, whatever they are called.
        with open_rdf(self.path) as stream:
            parser = ox.parse(stream, format_of(self.path), rename_blank_nodes=True)
            try:
                yield from parser
            except (SyntaxError, zlib.error) as error:
                raise _explained(error, self.path) from error
            self.prefixes = parser.prefixes


def read_quads(path: Path) -> Iterator[ox.Quad]:
    """Yield the quads of one file of RDF.

    Raises FactsNotFoundError, FactsSyntaxError.
    """
    return iter(ParsedFile(path))


def _explained(error: Exception, path: Path) -> FactsSyntaxError:
    line = getattr(error, "lineno", None)
    column = getattr(error, "offset", None)
    message = str(error.args[0])
    if stated := _PARSER_ERROR.fullmatch(message):
        message = stated[1]
    hints = [*_shown_line(path, line, column), *_likely_causes(message, path)]
    return FactsSyntaxError(message, place=Place(str(path), line, column), hint="\n".join(hints))


def _shown_line(path: Path, line: int | None, column: int | None) -> list[str]:
    """Return the line of the error and a caret under the column, for the formats that have lines."""
    if line is None or not is_lined(path):
        return []
    with open_rdf(path) as stream:
        lines = stream.read().decode("utf-8", errors="replace").splitlines()
    if line > len(lines):
        return []
    width = 100
    start = max(0, (column or 1) - width // 2)
    text = lines[line - 1][start : start + width].replace("\t", " ")
    return [text, " " * ((column or 1) - 1 - start) + "^"]


def _likely_causes(message: str, path: Path) -> list[str]:
    for sign, cause in _CAUSES:
        if sign in message:
            return [cause.format(prefix=_declaration(message), format=format_of(path).name)]
    return []


def _declaration(message: str) -> str:
    """Return the line that declares the prefix a message complains of."""
    import difflib

    named = re.search(r"prefix ([^:]*):", message)
    name = named[1] if named else ""
    near = [name] if name in PREFIXES else difflib.get_close_matches(name, PREFIXES, n=1)
    if not near:
        return f"@prefix {name}: <…> ."
    declared = f"@prefix {near[0]}: <{PREFIXES[near[0]]}> ."
    return declared if near[0] == name else f"{declared} (did you mean {near[0]}:?)"
