"""`make bench`: every line a ratio to a peer measured in the same run, beside its bound.

Each subject runs in a process of its own, so that none pays for another one's memory. The exit
status is 1 when a bound is missed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import import_module
from pathlib import Path

# So that `python bench/run.py` finds its neighbours too.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.measure import Line

__all__ = ["main"]

SUBJECTS = {
    "industry": (0,),
    "lookup": (1_000_000,),
    "opening": (100_000, 1_000_000),
    "sparql": (100_000, 1_000_000),
    "network": (300_000,),
    "comparing": (1_000_000,),
    "stopping": (100_000,),
    "web": (100_000,),
    "check": (100_000,),
    "views": (200, 1_000, 2_000),
    "pages": (0,),
    "publish": (0,),
    "names": (1_000_000,),
}
"""What is measured (each a module of this folder), and with how many quads by itself."""

COUNTED = {"comparing": "observations", "views": "things", "names": "names"}
"""What is counted where it is not quads."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for, print a table, and return the exit status."""
    options = _parser().parse_args(arguments)
    missed = 0
    with tempfile.TemporaryDirectory(prefix="factscape-bench-") as folder:
        os.environ["FACTSCAPE_CACHE"] = os.path.join(folder, "cache")
        for subject in options.only or SUBJECTS:
            for number in _sizes(subject, options.quads):
                print(f"\n{subject}, {_counted(subject, number)}", flush=True)
                lines = _apart(partial(_measured, subject, number, Path(folder), options.rounds))
                print(_table(lines), flush=True)
                missed += sum(not line.reached for line in lines)
    print(f"\n{missed} bound{'s' * (missed != 1)} missed" if missed else "\nall bounds reached")
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--quads",
        type=int,
        nargs="+",
        metavar="N",
        help="how much to generate (each subject's own)",
    )
    parser.add_argument("--rounds", type=int, metavar="N", help="how often (each one's own)")
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, help="these subjects alone")
    return parser


def _sizes(subject: str, chosen: Sequence[int] | None) -> Sequence[int]:
    return chosen or SUBJECTS[subject]


def _counted(subject: str, number: int) -> str:
    return f"{number:,} {COUNTED.get(subject, 'quads')}" if number else "the bundled facts"


def _measured(subject: str, number: int, folder: Path, rounds: int | None) -> list[Line]:
    lines: list[Line] = import_module(f"bench.{subject}").lines(number, folder, rounds)
    return lines


def _apart(work: Callable[[], list[Line]]) -> list[Line]:
    """Do the work in a fresh process."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=fresh) as executor:
        return executor.submit(work).result()


def _table(lines: Sequence[Line]) -> str:
    rows = [("", "factscape", "peer", "", "ratio", "bound", "")]
    for line in lines:
        sign = "≤" if line.at_most else "≥"
        bound = "" if line.bound is None else f"{sign} {line.bound:g}"
        verdict = "" if line.bound is None else "reached" if line.reached else "MISSED"
        ours, theirs = (f"{time * 1000:,.2f} {line.unit}" for time in (line.ours, line.theirs))
        rows.append((line.what, ours, theirs, line.peer, f"{line.ratio:.2f}", bound, verdict))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    left = (0, 3, 6)
    return "\n".join(
        "  ".join(
            f"{cell:<{width}}" if place in left else f"{cell:>{width}}"
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


if __name__ == "__main__":
    sys.exit(main())
