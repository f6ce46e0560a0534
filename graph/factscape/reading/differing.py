"""What is stated in one set of files and not in another: formatting and order are no difference.

Blank nodes are compared by what is said of them, since their names mean nothing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from factscape.reading.parsing import read_quads

__all__ = ["Differing", "content_names", "differing_quads", "named_by_content", "stated_quads"]

_ROUNDS = 8
"""So many steps away from a blank node what is said still tells it from others."""


class Differing(NamedTuple):
    """Quads that only the older files state, and those that only the newer ones do."""

    gone: set[ox.Quad]
    come: set[ox.Quad]


def differing_quads(old: Sequence[Path], new: Sequence[Path]) -> Differing:
    """Return what two sets of files state differently; what is the same byte for byte is not parsed.

    Files are taken in pairs by their places in their folders, so that memory holds one pair and
    the differences. What only one side's differing files state may yet stand in an equal file.

    Raises FactsNotFoundError, FactsSyntaxError.
    """
    olds, news = _changed(old, new)
    gone: set[ox.Quad] = set()
    come: set[ox.Quad] = set()
    for name in sorted({*olds, *news}):
        before = stated_quads([olds[name]] if name in olds else [])
        after = stated_quads([news[name]] if name in news else [])
        gone |= before - after
        come |= after - before
    return Differing(gone - come, come - gone)


def _changed(
    old: Sequence[Path], new: Sequence[Path]
) -> tuple[Mapping[str, Path], Mapping[str, Path]]:
    """Return the files that have no equal on the other side, by their places in their folders."""
    digests = [{path: _digest(path) for path in paths} for paths in (old, new)]
    common = set(digests[0].values()) & set(digests[1].values())
    olds, news = (
        {name: path for name, path in _named(side).items() if side[path] not in common}
        for side in digests
    )
    return olds, news


def _named(paths: Iterable[Path]) -> dict[str, Path]:
    paths = list(paths)
    folder = os.path.commonpath([os.path.abspath(path.parent) for path in paths]) if paths else ""
    return {os.path.relpath(os.path.abspath(path), folder): path for path in paths}


def _digest(path: Path) -> str:
    # A file that cannot be read is an error that reading it explains.
    try:
        with path.open("rb") as stream:
            return f"{path.suffix} {hashlib.file_digest(stream, 'sha256').hexdigest()}"
    except OSError:
        return f"unread {path}"


def stated_quads(paths: Iterable[Path]) -> set[ox.Quad]:
    """Return all that files state, blank nodes named by what is said of them."""
    found: set[ox.Quad] = set()
    return found.union(*(named_by_content(read_quads(path)) for path in paths))


def named_by_content(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Return quads with each blank node named by what is said of it.

    Two blank nodes of which the same is said become one: they say nothing apart.

    >>> first, second = (ox.BlankNode() for _ in range(2))
    >>> named_by_content([ox.Quad(first, ox.NamedNode("urn:p"), ox.Literal(1))]) == named_by_content(
    ...     [ox.Quad(second, ox.NamedNode("urn:p"), ox.Literal(1))])
    True
    """
    plain: set[ox.Quad] = set()
    blank: list[ox.Quad] = []
    for quad in quads:
        if any(isinstance(term, ox.BlankNode) for term in quad):
            blank.append(quad)
        else:
            plain.add(quad)
    names = content_names(blank)
    return plain.union(ox.Quad(*(names.get(term, term) for term in quad)) for quad in blank)


def content_names(quads: Sequence[ox.Quad]) -> dict[object, ox.BlankNode]:
    """Return names for the blank nodes in quads: hashes of what is said of them, some steps far."""
    names: dict[object, str] = {
        term: "" for quad in quads for term in quad if isinstance(term, ox.BlankNode)
    }
    about: dict[object, list[ox.Quad]] = {}
    for quad in quads:
        if quad.subject in names:
            about.setdefault(quad.subject, []).append(quad)
    for _ in range(_ROUNDS):
        names = {
            node: _hash(
                " ".join(
                    str(names.get(term, term))
                    for term in (quad.predicate, quad.object, quad.graph_name)
                )
                for quad in about.get(node, ())
            )
            for node in names
        }
    return {node: ox.BlankNode("b" + name) for node, name in names.items()}


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode("utf-8")).hexdigest()[:32]
