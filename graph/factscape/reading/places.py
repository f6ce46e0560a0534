"""Where a statement stands: file and line, found on demand by reading the file again.

The parser is fed one line at a time; when it hands out a quad, the line that completed it is the
last one fed. That costs nothing at start and needs no parser of our own.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from factscape.errors import Place
from factscape.reading.formats import LINED, format_of, open_rdf
from factscape.reading.parsing import read_quads
from factscape.terms import PREFIXES, RDF, local_name

__all__ = ["find_place", "places"]


_TYPE = ox.NamedNode(RDF.type)


class _LineByLine(io.RawIOBase):
    """A stream whose every read gives one line, and that counts them."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.line = 0
        self.last_with_text = 0

    def read(self, size: int = -1) -> bytes:
        data = self.stream.readline()
        if data:
            self.line += 1
            if data.strip() and not data.lstrip().startswith(b"#"):
                self.last_with_text = self.line
        return data


def places(path: Path) -> Iterator[tuple[ox.Quad, Place]]:
    """Yield every quad of a file with its place: the line for the Turtle family, else the file.

    Raises FactsNotFoundError, FactsSyntaxError.
    """
    if format_of(path) not in LINED:
        place = Place(str(path))
        yield from ((quad, place) for quad in read_quads(path))
        return
    with open_rdf(path) as stream:
        feeder = _LineByLine(stream)
        # All that the parser asks of its input is read().
        for quad in ox.parse(cast(BinaryIO, feeder), format_of(path)):
            yield quad, Place(str(path), feeder.last_with_text)


def find_place(iri: str, files: Iterable[Path]) -> Place | None:
    """Find where a subject (or graph) of this IRI gets its type, else where it is first spoken of.

    Returns None when no file speaks of it. Files that do not hold its last part are not parsed.
    """
    node = ox.NamedNode(iri)
    first = None
    for path in files:
        if not _may_hold(path, iri):
            continue
        for quad, place in places(path):
            if quad.subject == node and quad.predicate == _TYPE:
                return place
            if first is None and node in (quad.subject, quad.graph_name):
                first = place
    return first


def _may_hold(path: Path, iri: str) -> bool:
    """Say whether a file's bytes hold the IRI's last part; escapes in names make it uncertain."""
    base = next((base for base in PREFIXES.values() if iri.startswith(base)), "")
    tail = iri[len(base) :] if base else local_name(iri)
    if "\\" in tail or not tail.isascii():
        return True
    with open_rdf(path) as stream:
        data = stream.read()
    return local_name(tail).encode() in data or b"\\" in data
