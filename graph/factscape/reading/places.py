"""Where a statement stands: file and line, found on demand by reading the file again.

The parser is fed one line at a time; when it hands out a quad, the line that completed it is the
last one fed. That costs nothing at start and needs no parser of our own.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from factscape.errors import Place
from factscape.reading.formats import format_of, is_lined, open_rdf
from factscape.reading.parsing import read_quads
from factscape.terms import PREFIXES, RDF, local_name, name_of

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["find_all_places", "find_place", "find_places", "places"]


class _LineByLine(io.RawIOBase):
    """A stream whose every read gives one line, and that counts them."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.line = 0
        self.last_with_text = 0
        self._in_line = False
        self._in_comment = False

    def read(self, size: int = -1) -> bytes:
        # Never more than was asked for: the parser cannot bear that, and a line may be long.
        data = self.stream.readline(size)
        if not self._in_line:
            self.line += 1 if data else 0
            self._in_comment = data.lstrip().startswith(b"#")
        if data.strip() and not self._in_comment:
            self.last_with_text = self.line
        self._in_line = bool(data) and not data.endswith(b"\n")
        return data


def places(path: Path) -> Iterator[tuple[ox.Quad, Place]]:
    """Yield every quad of a file with its place: the line for the Turtle family, else the file.

    Raises FactsNotFoundError, FactsSyntaxError.
    """
    import pyoxigraph as ox

    if not is_lined(path):
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
    import pyoxigraph as ox

    node = ox.NamedNode(iri)
    first = None
    for path in files:
        if not _may_hold(path, [iri]):
            continue
        for quad, place in places(path):
            if quad.subject == node and quad.predicate.value == RDF.type:
                return place
            if first is None and node in (quad.subject, quad.graph_name):
                first = place
    return first


def find_all_places(files: Iterable[Path]) -> dict[str, Place]:
    """Find for everything at once what `find_place` finds for one; every file is read once."""
    import pyoxigraph as ox

    typed: dict[str, Place] = {}
    first: dict[str, Place] = {}
    for path in files:
        for quad, place in places(path):
            if isinstance(quad.subject, ox.NamedNode):
                first.setdefault(quad.subject.value, place)
                if quad.predicate.value == RDF.type:
                    typed.setdefault(quad.subject.value, place)
            if isinstance(quad.graph_name, ox.NamedNode):
                first.setdefault(quad.graph_name.value, place)
    return first | typed


def find_places(
    subjects: Iterable[tuple[str, str]], files: Iterable[Path]
) -> dict[tuple[str, str], Place]:
    """Find where subjects are first spoken of in a graph; every file is read once at most.

    Both are IRIs. What no file says is left out.
    """
    import pyoxigraph as ox

    wanted = set(subjects)
    found: dict[tuple[str, str], Place] = {}
    for path in files:
        missing = wanted - found.keys()
        if not missing or not _may_hold(path, {iri for iri, _ in missing}):
            continue
        for quad, place in places(path):
            if isinstance(quad.graph_name, ox.NamedNode):
                where = name_of(quad.subject), quad.graph_name.value
                if where in missing:
                    found.setdefault(where, place)
    return found


def _may_hold(path: Path, iris: Iterable[str]) -> bool:
    """Say whether a file's bytes hold an IRI's last part; escapes in names make it uncertain."""
    tails = [_tail(iri) for iri in iris]
    if any("\\" in tail or not tail.isascii() for tail in tails):
        return True
    with open_rdf(path) as stream:
        data = stream.read()
    return b"\\" in data or any(tail.encode() in data for tail in tails)


def _tail(iri: str) -> str:
    base = next((base for base in PREFIXES.values() if iri.startswith(base)), "")
    return local_name(iri[len(base) :] if base else local_name(iri))
