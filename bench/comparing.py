"""Reading observations from a store and comparing them with one another: how many in a second.

The bound is a floor: 1 million observations in 60 seconds of CPU time. For information stands
beside it what the store takes to hand out the same quads, with nothing done with them.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from bench.measure import Line
from factscape.claims.disagreement.kept import compare_all
from factscape.store.oxigraph import MemoryStore
from factscape.terms import FS, PREFIXES, RDF, XSD

__all__ = ["lines"]

_A_SOURCE = 20
"""So many observations a source makes."""
_SECONDS = 60
_NUMBER = 1_000_000


def lines(number: int, folder: Path, rounds: int | None = None) -> list[Line]:
    """Measure `number` observations once: the memory for two would not be there."""
    store = ox.Store()
    store.bulk_extend(_observations(number))
    begun = time.process_time()
    seen = sum(1 for quad in store)
    walked = time.process_time()
    statements, groups = compare_all(MemoryStore(store))
    compared = time.process_time()
    assert len(statements) == number and groups and seen > number
    walking, ours = walked - begun, compared - walked
    allowed = _SECONDS * number / _NUMBER
    what = f"read and compare {number:,} observations"
    floor = f"the floor: {_NUMBER:,} in {_SECONDS} s"
    return [
        Line(what, ours, floor, allowed, ours / allowed, 1.0),
        Line(what, ours, "walking the same quads", walking, ours / walking, None),
    ]


def _observations(number: int, seed: int = 1) -> Iterator[ox.Quad]:
    """Yield observations as loading leaves them; of some things there are many, of most a few."""
    dice = random.Random(seed)
    a = ox.NamedNode(RDF.type)
    for place in range(number):
        source = _node("src", f"source-{place // _A_SOURCE}")
        if place % _A_SOURCE == 0:
            issued = f"{dice.randint(2018, 2026)}-{dice.randint(1, 12):02}-01"
            yield ox.Quad(source, a, ox.NamedNode(FS.Source))
            yield ox.Quad(source, ox.NamedNode(FS.reliability), ox.Literal(dice.choice("ABC")))
            yield ox.Quad(source, ox.NamedNode(FS.ends), _date(issued))
        claim, digits, year = (
            _node("claim", str(place)),
            dice.randint(1, 99),
            dice.randint(2018, 2026),
        )
        thing = int(number / 10 * dice.random() ** 2)
        for predicate, value in (
            (RDF.type, ox.NamedNode(FS.Observation)),
            (FS.of, _node("id", f"company-{thing}")),
            (FS.metric, _node("metric", f"metric-{dice.randrange(10)}")),
            (FS.value, ox.Literal(digits * 10 ** dice.randint(0, 8))),
            (FS.unit, _node("unit", dice.choice(("CNY", "USD")))),
            (FS.printed, ox.Literal(str(digits))),
            (FS.during, _node("period", str(year))),
            (FS.begins, _date(f"{year}-01-01")),
            (FS.ends, _date(f"{year + 1}-01-01")),
        ):
            yield ox.Quad(claim, ox.NamedNode(predicate), value, source)


def _node(prefix: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES[prefix] + name)


def _date(day: str) -> ox.Literal:
    return ox.Literal(day, datatype=ox.NamedNode(XSD.date))
