"""Places as commands show them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from factscape.errors import Place

__all__ = ["place_row", "shown_place"]


def place_row(place: Place | None) -> dict[str, Any]:
    """Return a place for JSON."""
    return {
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }


def shown_place(place: Place | None) -> str:
    """Return a place with its file as one would type it from here."""
    if place is None:
        return "(place unknown)"
    here = Path(place.file).is_relative_to(Path.cwd())
    file = str(Path(place.file).relative_to(Path.cwd())) if here else place.file
    return str(Place(file, place.line, place.column))
