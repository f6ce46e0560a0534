"""The data of a site as a whole: one canonical form (RDFC-1.0), its hash, and files to take away.

The canonical form is N-Quads in a fixed order with fixed names of blank nodes, so whoever has the
same statements gets the same bytes, and `sha256sum` of them is the hash of the release.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from types import MappingProxyType

import pyoxigraph as ox

__all__ = ["SECONDS", "Canonical", "as_trig", "canonical_form", "packed", "written"]

SECONDS = 20.0
"""So long naming blank nodes may take: some graphs are made to take for ever."""


@dataclass(frozen=True)
class Canonical:
    """All statements as sorted N-Quads, and the hash of that where it is the canonical form."""

    nquads: bytes
    hash: str | None
    """SHA-256, None where blank nodes could not be named in time: then order and names may differ."""
    count: int


def canonical_form(quads: Iterable[ox.Quad], seconds: float = SECONDS) -> Canonical:
    """Return the canonical form of some statements (RDFC-1.0 with SHA-256).

    Naming blank nodes takes exponential time in the worst case, so it is done in a process that is
    stopped after so many seconds.

    >>> a, b = (ox.Quad(ox.BlankNode(), ox.NamedNode("urn:p"), ox.Literal(1)) for _ in "ab")
    >>> canonical_form([a]).hash == canonical_form([b]).hash
    True
    """
    ground: list[ox.Quad] = []
    blank: list[ox.Quad] = []
    for quad in quads:
        (blank if _has_blank(quad) else ground).append(quad)
    # Statements without blank nodes have no part in naming any.
    named = _named_in_time(blank, seconds) if blank else b""
    data = written(ground, ox.RdfFormat.N_QUADS)
    data += written(blank, ox.RdfFormat.N_QUADS) if named is None else named
    lines = sorted(set(data.splitlines(keepends=True)))
    nquads = b"".join(lines)
    found = None if named is None else sha256(nquads).hexdigest()
    return Canonical(nquads, found, len(lines))


def as_trig(nquads: bytes, prefixes: Mapping[str, str]) -> bytes:
    r"""Return sorted N-Quads as TriG, in the same order.

    >>> as_trig(b"<urn:a> <urn:b> <urn:c> .\n", {"u": "urn:"}).decode().split("\n")[1]
    'u:a u:b u:c .'
    """
    quads = list(ox.parse(nquads, ox.RdfFormat.N_QUADS))
    quads.sort(key=lambda quad: str(quad.graph_name))
    return written(quads, ox.RdfFormat.TRIG, prefixes)


def written(
    statements: Iterable[ox.Quad] | Iterable[ox.Triple],
    format: ox.RdfFormat,
    prefixes: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    r"""Return statements in a format of RDF.

    >>> written([ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(1))], ox.RdfFormat.TURTLE)
    b'<urn:a> <urn:b> 1 .\n'
    """
    output = BytesIO()
    ox.serialize(statements, output, format, prefixes=dict(sorted(prefixes.items())))
    return output.getvalue()


def packed(data: bytes) -> bytes:
    """Compress without saying when.

    >>> packed(b"a") == packed(b"a")
    True
    """
    return gzip.compress(data, 9, mtime=0)


def _has_blank(quad: ox.Quad) -> bool:
    return any(
        isinstance(term, ox.BlankNode | ox.Triple)
        for term in (quad.subject, quad.object, quad.graph_name)
    )


def _named_in_time(quads: list[ox.Quad], seconds: float) -> bytes | None:
    """Return statements with canonical names of blank nodes as N-Quads; None when it takes too long."""
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "factscape.web.publishing.blanks"],
            input=written(quads, ox.RdfFormat.N_QUADS),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=True,
        )
    except subprocess.SubprocessError:
        return None
    return answer.stdout
