"""SPARQL: the seven queries through Factscape, through pyoxigraph itself, and through rdflib."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox

import factscape
from bench.generate import quads, write_nquads
from bench.measure import Line, Times, geometric_mean, interleaved
from bench.queries import queries

__all__ = ["lines"]

_ROUNDS = 9
_ROUNDS_OF_RDFLIB = 3
_PYOXIGRAPH = "pyoxigraph, same directory"
_RDFLIB = "rdflib, both in memory"


def lines(number: int, folder: Path, rounds: int | None = None) -> list[Line]:
    """Measure all queries on `number` quads: a line a query and peer, and the means."""
    path = folder / f"{number}.nq"
    write_nquads(path, quads(number))
    with factscape.open(path) as facts, factscape.open(path, in_memory=True) as held:
        assert facts.store.directory is not None
        direct = ox.Store.read_only(str(facts.store.directory))
        dataset = _in_rdflib(direct, folder / "all.nq")
        gc.freeze()  # rdflib's millions of objects must not slow down the others' collections
        found = []
        for name, text in queries(number).items():
            rows = _Rows()
            ours = rows.counted("factscape", partial(facts.query, text))
            rivals = {"factscape": ours, _PYOXIGRAPH: rows.counted("direct", _asking(direct, text))}
            times: Times = interleaved(rivals, rounds or _ROUNDS)
            found.append(Line.slower(name, times, "factscape", _PYOXIGRAPH))
            theirs = rows.counted("rdflib", partial(dataset.query, text))
            # rdflib holds its quads in memory: against it so do we.
            ours = rows.counted("factscape in memory", partial(held.query, text))
            times = interleaved({"factscape": ours, _RDFLIB: theirs}, rounds or _ROUNDS_OF_RDFLIB)
            found.append(Line.faster(name, times, "factscape", _RDFLIB))
            rows.check(name)
    return [
        *found,
        _mean("mean of the seven queries", [one for one in found if one.peer == _PYOXIGRAPH], 1.1),
        _mean("mean of the seven queries", [one for one in found if one.peer == _RDFLIB], 20),
    ]


def _in_rdflib(store: ox.Store, path: Path) -> Any:
    """Return the same quads in rdflib's own memory store."""
    import rdflib

    with path.open("wb") as file:
        store.dump(file, format=ox.RdfFormat.N_QUADS)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path, format="nquads")
    path.unlink()
    return dataset


def _asking(store: ox.Store, text: str) -> Callable[[], Iterable[Any]]:
    def ask() -> Iterable[Any]:
        answer = store.query(text, use_default_graph_as_union=True)
        assert isinstance(answer, ox.QuerySolutions)
        return answer

    return ask


class _Rows:
    """Reads all rows of every answer, and notices engines that answer differently."""

    def __init__(self) -> None:
        self.last: dict[str, list[Any]] = {}

    def counted(self, engine: str, ask: Callable[[], Any]) -> Callable[[], object]:
        def work() -> object:
            self.last[engine] = list(ask())
            return None

        return work

    def check(self, name: str) -> None:
        # The union of graphs is a bag for Oxigraph and a set for rdflib.
        numbers = {
            engine: len({tuple(map(str, row)) for row in rows})
            for engine, rows in self.last.items()
        }
        if len(set(numbers.values())) != 1 or 0 in numbers.values():
            raise AssertionError(f"the engines do not agree on {name}: {numbers} different rows")


def _mean(what: str, lines: list[Line], bound: float) -> Line:
    return Line(
        what,
        geometric_mean(line.ours for line in lines),
        lines[0].peer,
        geometric_mean(line.theirs for line in lines),
        geometric_mean(line.ratio for line in lines),
        bound,
        lines[0].at_most,
    )
