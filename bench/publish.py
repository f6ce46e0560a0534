"""Publishing the bundled facts: wall time of the whole, and of doing it again; how large it is."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import factscape
from bench.measure import Line
from factscape.web.publishing import publish

__all__ = ["lines"]

_LIMIT = 60.0
"""Seconds that a site of the bundled facts may take on two cores."""


def lines(number: int, folder: Path, rounds: int | None = None) -> list[Line]:
    """Publish into an empty folder, then again; `number` and `rounds` are not used."""
    del number, rounds
    factscape.open().close()  # compiled before: what is measured is publishing
    root = folder / "site"
    begun = perf_counter()
    first = publish(root)
    made = perf_counter() - begun
    begun = perf_counter()
    again = publish(root)
    unchanged = perf_counter() - begun
    assert again.written == 0
    size = first.bytes / 1e6
    return [
        Line(f"a site of {first.pages:,} pages", made, "limit", _LIMIT, made / _LIMIT, 1.0),
        Line("the same again", unchanged, "the first time", made, unchanged / made, None),
        Line(
            "its files",
            size / 1000,
            "number of them",
            first.files / 1000,
            size / first.files,
            None,
            unit="MB",
        ),
    ]
