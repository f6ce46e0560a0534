"""Opening a fresh snapshot and asking once, beside the same on its directory with pyoxigraph.

Asked, because a snapshot's store may be opened only when it is needed.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

import factscape
from bench.generate import quads, write_nquads
from bench.measure import Line, interleaved, interleaved_processes

__all__ = ["lines"]

_ROUNDS = 25
_OPEN = "import factscape, sys; factscape.open(sys.argv[1]).query('ASK {}')"
_READ_ONLY = "import pyoxigraph, sys; pyoxigraph.Store.read_only(sys.argv[1]).query('ASK {}')"
_PEER = "pyoxigraph.Store.read_only"
_DIRECTORY = "factscape, the directory itself"
_BARE = "a process with pyoxigraph alone"
# No more than the peer, and this for noise: opening takes 10 ms, and its rounds differ by a quarter.
_BOUND = 1.25


def lines(number: int, folder: Path, rounds: int | None = None) -> list[Line]:
    """Measure opening `number` quads within a process, and as a process of its own."""
    path = folder / f"{number}.nq"
    write_nquads(path, quads(number))
    with factscape.open(path) as facts:
        directory = str(facts.store.directory)
    within = interleaved(
        {
            "factscape": lambda: _open_and_ask(path),
            _PEER: lambda: ox.Store.read_only(directory).query("ASK {}"),
        },
        rounds or _ROUNDS,
    )
    whole = interleaved_processes(
        {
            "factscape": ["-c", _OPEN, str(path)],
            _DIRECTORY: ["-c", _OPEN, directory],
            _BARE: ["-c", _READ_ONLY, directory],
        },
        rounds or _ROUNDS,
    )
    what = "open a fresh snapshot"
    return [
        Line.slower(f"{what}, in process", within, "factscape", _PEER, _BOUND),
        Line.slower(f"{what}, whole process", whole, "factscape", _DIRECTORY, _BOUND),
        Line.slower(f"{what}, whole process", whole, "factscape", _BARE),
    ]


def _open_and_ask(path: Path) -> None:
    with factscape.open(path) as facts:
        facts.query("ASK {}")
