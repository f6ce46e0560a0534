"""Formats of RDF files: which there are, and opening a file so that it can be parsed.

Nothing here follows a reference: a remote JSON-LD context is refused by the parser, an XML entity
that names a file or nests others is refused here.
"""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from factscape.errors import FactsNotFoundError, FactsSyntaxError, Place

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["FOLDER_SUFFIXES", "format_of", "is_lined", "open_rdf"]

# By pyoxigraph's names: a lookup has to know files by their names, and does not need pyoxigraph.
FOLDER_SUFFIXES = {
    ".ttl": "TURTLE",
    ".trig": "TRIG",
    ".nt": "N_TRIPLES",
    ".nq": "N_QUADS",
    ".rdf": "RDF_XML",
    ".owl": "RDF_XML",
    ".jsonld": "JSON_LD",
}
"""What is read in a folder. Files named one by one may also be `.xml` and `.json`."""

_NAMED_SUFFIXES = {**FOLDER_SUFFIXES, ".xml": "RDF_XML", ".json": "JSON_LD"}
_LINED = ("TURTLE", "TRIG", "N_TRIPLES", "N_QUADS")

_BOM = b"\xef\xbb\xbf"
_ENTITY = re.compile(rb"""<!ENTITY\s[^>"']*(?:"([^"]*)"|'([^']*)')""")
_LONGEST_ENTITY = 1000


def format_of(path: Path) -> ox.RdfFormat:
    """Tell a file's format from its name, gzipped or not.

    Raises FactsNotFoundError when the name says no format of RDF.

    >>> format_of(Path("facts/a.trig.gz")).name
    'TriG'
    """
    import pyoxigraph as ox

    format_: ox.RdfFormat = getattr(ox.RdfFormat, _name_of_format(path))
    return format_


def is_lined(path: Path) -> bool:
    """Say whether a file is of the Turtle family: formats in which a statement stands on a line.

    Raises FactsNotFoundError when the name says no format of RDF.
    """
    return _name_of_format(path) in _LINED


def _name_of_format(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    known = _NAMED_SUFFIXES.get(suffixes[-1]) if suffixes else None
    if known is None:
        raise FactsNotFoundError(
            f"{path}: the name does not say which format of RDF this is",
            hint="name it with one of: "
            + " ".join(sorted(_NAMED_SUFFIXES))
            + " (and .gz after it)",
        )
    return known


def open_rdf(path: Path) -> BinaryIO:
    """Open a file of RDF as bytes for a parser: unpacked, without a byte order mark.

    Raises FactsNotFoundError for a file that cannot be opened, FactsSyntaxError for one that is
    not what its name says: not gzip, or XML with entities that nest or point elsewhere.
    """
    is_xml = _name_of_format(path) == "RDF_XML"
    try:
        stream: BinaryIO = path.open("rb")
    except OSError as error:
        raise FactsNotFoundError(f"{path} cannot be read: {error.strerror or error}") from error
    if path.suffix.lower() == ".gz":
        stream = _unpacked(path, stream)
    if stream.read(len(_BOM)) != _BOM:
        stream.seek(0)
    if is_xml:
        with contextlib.ExitStack() as until_safe:
            until_safe.enter_context(stream)
            _refuse_entities(path, stream)
            until_safe.pop_all()
    return stream


def _unpacked(path: Path, stream: BinaryIO) -> BinaryIO:
    import gzip

    with stream:
        try:
            # The parser reads to the end anyway; unpacked at once, a damaged file is found here.
            return io.BytesIO(gzip.decompress(stream.read()))
        except (gzip.BadGzipFile, EOFError, OSError) as error:
            raise FactsSyntaxError(
                f"this is not a whole gzip file: {error}",
                place=Place(str(path)),
                hint="pack it again, or remove .gz from its name if it is not packed",
            ) from error


def _refuse_entities(path: Path, stream: BinaryIO) -> None:
    """Refuse entities whose expansion could outgrow memory; the parser refuses external ones."""
    here = stream.tell()
    data = stream.read()
    stream.seek(here)
    for match in _ENTITY.finditer(data):
        value = match[1] if match[1] is not None else match[2]
        if b"&" in value or len(value) > _LONGEST_ENTITY:
            line = data.count(b"\n", 0, match.start()) + 1
            raise FactsSyntaxError(
                "an XML entity that holds other entities, or a very long one, is not read",
                place=Place(str(path), line),
                hint="write its text out, or convert the file to Turtle",
            )
