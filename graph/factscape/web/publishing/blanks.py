"""A process that names blank nodes (RDFC-1.0): N-Quads in, N-Quads out, stopped from outside."""

from __future__ import annotations

import sys

import pyoxigraph as ox

__all__ = ["main"]


def main() -> int:
    """Read standard input to its end, and write it with canonical names of blank nodes."""
    data = ox.Dataset(ox.parse(sys.stdin.buffer.read(), ox.RdfFormat.N_QUADS))
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    ox.serialize(data, sys.stdout.buffer, ox.RdfFormat.N_QUADS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
