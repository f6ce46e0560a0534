"""Places as commands show them."""

from __future__ import annotations

from typing import Any

from factscape.errors import Place

__all__ = ["place_row"]


def place_row(place: Place | None) -> dict[str, Any]:
    """Return a place for JSON."""
    return {
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }
