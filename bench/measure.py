"""Measuring: CPU time of rivals taken in turn, and lines that say whether a bound is reached."""

from __future__ import annotations

import gc
import math
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

__all__ = ["Line", "Times", "geometric_mean", "interleaved", "interleaved_processes"]

Work = Callable[[], object]
Times = Mapping[str, Sequence[float]]
"""Seconds of each round, by rival."""

_LONG_ENOUGH = 0.05


@dataclass(frozen=True)
class Line:
    """One result: our time beside a peer's, their ratio, and the bound that it is to keep."""

    what: str
    ours: float
    """Seconds."""
    peer: str
    theirs: float
    ratio: float
    """Ours to theirs where it must be at most the bound, theirs to ours where at least."""
    bound: float | None
    """None: for information."""
    at_most: bool = True
    unit: str = "ms"
    """Of what is shown; what is no time stands in thousands, as seconds do of milliseconds."""

    @property
    def reached(self) -> bool:
        """Whether the bound is kept."""
        if self.bound is None:
            return True
        return self.ratio <= self.bound if self.at_most else self.ratio >= self.bound

    @classmethod
    def slower(
        cls, what: str, times: Times, ours: str, peer: str, bound: float | None = None
    ) -> Line:
        """Say how many times the peer's time we take."""
        ratio = median(a / b for a, b in zip(times[ours], times[peer], strict=True))
        return cls(what, median(times[ours]), peer, median(times[peer]), ratio, bound)

    @classmethod
    def faster(
        cls, what: str, times: Times, ours: str, peer: str, bound: float | None = None
    ) -> Line:
        """Say how many times our time the peer takes."""
        ratio = median(b / a for a, b in zip(times[ours], times[peer], strict=True))
        return cls(what, median(times[ours]), peer, median(times[peer]), ratio, bound, False)


def interleaved(rivals: Mapping[str, Work], rounds: int) -> dict[str, list[float]]:
    """Return the CPU seconds of each rival's work, measured in turn, after two rounds unmeasured.

    Work that is over in a moment is repeated within a round. The order changes from round to
    round, so that nobody always runs first.
    """
    repeats = {name: _repeats(work) for name, work in rivals.items()}
    return _in_turn(
        {name: partial(_seconds, rivals[name], repeats[name]) for name in rivals}, rounds
    )


def interleaved_processes(
    rivals: Mapping[str, Sequence[str]], rounds: int, python: str = sys.executable
) -> Times:
    """Return the CPU seconds of whole Python processes, from start to end, measured in turn."""
    clocks = {
        name: partial(_of_process, [python, *arguments]) for name, arguments in rivals.items()
    }
    for clock in clocks.values():
        clock()
    return _in_turn(clocks, rounds)


def _in_turn(clocks: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in clocks}
    names = list(clocks)
    for turn in range(rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            times[name].append(clocks[name]())
    return times


def _repeats(work: Work) -> int:
    work()  # the first time finds cold caches
    seconds = _seconds(work, 1)
    return max(1, math.ceil(_LONG_ENOUGH / max(seconds, 1e-5))) if seconds < _LONG_ENOUGH else 1


def _seconds(work: Work, number: int) -> float:
    gc.collect()
    begun = time.process_time()
    for _ in range(number):
        # What the work returns is let go of after the clock has stopped.
        result = work()
    ended = time.process_time()
    del result
    return (ended - begun) / number


def _of_process(command: Sequence[str]) -> float:
    before = _children()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return _children() - before


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def geometric_mean(values: Iterable[float]) -> float:
    """Return the geometric mean, in which twice as slow and twice as fast cancel out.

    >>> geometric_mean([2, 0.5])
    1.0
    """
    values = list(values)
    return math.exp(sum(map(math.log, values)) / len(values))
