"""Queries that would run for hours: how long after their limit they are really over."""

from __future__ import annotations

import time
from pathlib import Path

import factscape
from bench.generate import quads, write_nquads
from bench.measure import Line
from factscape.errors import QueryTimeoutError

__all__ = ["RUNAWAYS", "lines"]

_LIMIT = 1.0
_ROUNDS = 3
_BOUND = 0.5

RUNAWAYS = {
    "cross product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "ORDER BY": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "aggregate": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (fs:competesWith|^fs:develops)+ ?b . ?c ?d ?e . ?f ?g ?h }",
}


def lines(number: int, folder: Path, rounds: int | None = None) -> list[Line]:
    """Measure the wall time by which each query outlives its limit; the worst round counts."""
    path = folder / f"{number}.nq"
    write_nquads(path, quads(number))
    with factscape.open(path) as facts:
        return [
            _line(name, max(_beyond(facts, text) for _ in range(rounds or _ROUNDS)))
            for name, text in RUNAWAYS.items()
        ]


def _line(name: str, beyond: float) -> Line:
    what = f"stop a runaway query, {name}: seconds beyond the limit"
    return Line(what, _LIMIT + beyond, "limit", _LIMIT, beyond, _BOUND)


def _beyond(facts: factscape.opening.Facts, text: str) -> float:
    begun = time.monotonic()
    try:
        facts.query(text, timeout=_LIMIT)
    except QueryTimeoutError:
        return time.monotonic() - begun - _LIMIT
    raise AssertionError(f"this was to run for ever: {text}")
