"""The graphs that a query sees."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Dataset"]


class Dataset(NamedTuple):
    """The graphs that a query sees, by their IRIs, whatever it says itself."""

    default: tuple[str, ...] = ()
    """Those that patterns outside GRAPH see, together."""
    named: tuple[str, ...] = ()
    """Those that GRAPH sees."""
