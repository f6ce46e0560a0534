"""Several processes that make pages of one site, each from a share of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from factscape.errors import PublishError
from factscape.web.publishing.folder import Change, write_file
from factscape.web.publishing.naming import THING, Target

if TYPE_CHECKING:
    from factscape.web.publishing.making import Maker

__all__ = ["Batch", "Crew", "make_batch", "read_targets", "told_batch"]

_BATCH = 40
_FEW = 5
_WORTH = 40
"""So many batches are worth processes of their own."""
_ABOUT = "about"
"""What only the process that publishes knows."""
_MOST = 4

Batch = tuple[list[Change], set[Target], set[str]]
"""The files of some pages, the pages that these link to, and their static files."""


class Crew:
    """Makes pages in processes of its own where there are many, else in this one."""

    def __init__(self, maker: Maker, root: Path, job: dict[str, Any] | None) -> None:
        """Write into `root`; without a `job` for other processes this one does everything."""
        self._maker = maker
        self._root = root
        self._job = job
        self._idle: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()
        self._all: list[subprocess.Popen[str]] = []

    def make(self, targets: Sequence[Target]) -> Iterator[tuple[int, Batch]]:
        """Yield how many pages were made, and what came of them, some at a time.

        Raises PublishError where a process ends before its time.
        """
        here = [target for target in targets if target.name == _ABOUT]
        yield len(here), make_batch(self._maker, self._root, here)
        pages = [target for target in targets if target.name not in (_ABOUT, THING)]
        things = [target for target in targets if target.name == THING]
        # Views take the longest, so they come first.
        batches = [*_in_batches(pages, _FEW), *_in_batches(things, _BATCH)]
        if self._job is None or len(batches) < _WORTH:
            for batch in batches:
                yield len(batch), make_batch(self._maker, self._root, batch)
            return
        self._start(min(os.cpu_count() or 1, _MOST, len(batches)))
        with ThreadPoolExecutor(len(self._all)) as pool:
            yield from zip(map(len, batches), pool.map(self._asked, batches), strict=True)

    def _start(self, number: int) -> None:
        while len(self._all) < number:
            process = subprocess.Popen(
                [sys.executable, "-m", "factscape.web.publishing.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            self._all.append(process)
            self._say(process, self._job)
            self._idle.put(process)

    def _asked(self, batch: list[Target]) -> Batch:
        process = self._idle.get()
        try:
            self._say(process, batch)
            assert process.stdout is not None
            line = process.stdout.readline()
        finally:
            self._idle.put(process)
        if not line:
            raise PublishError(
                "a process that makes pages ended before its time",
                hint="what it wrote above says why; publishing again goes on from here",
            )
        told = json.loads(line)
        if "error" in told:
            raise PublishError(told["error"], hint=told["hint"])
        wanted = {_target(one) for one in told["wanted"]}
        return [Change(*one) for one in told["changes"]], wanted, set(told["statics"])

    @staticmethod
    def _say(process: subprocess.Popen[str], what: object) -> None:
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(what) + "\n")
            process.stdin.flush()
        except BrokenPipeError:
            pass  # that it has ended is seen where its answer is read

    def __enter__(self) -> Crew:
        """Return this crew."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes."""
        for process in self._all:
            process.kill()
            process.communicate()


def make_batch(maker: Maker, root: Path, targets: Iterable[Target]) -> Batch:
    """Make pages and write their files."""
    changes: list[Change] = []
    wanted: set[Target] = set()
    statics: set[str] = set()
    for target in targets:
        made = maker.make(target)
        changes += [write_file(root, path, data) for path, data in made.files]
        wanted |= made.wanted
        statics |= made.statics
    return changes, wanted, statics


def told_batch(maker: Maker, root: Path, targets: Iterable[Target]) -> dict[str, Any]:
    """Make pages, and return what came of it as a process says it to another."""
    changes, wanted, statics = make_batch(maker, root, targets)
    return {"changes": changes, "wanted": sorted(wanted), "statics": sorted(statics)}


def read_targets(line: str) -> list[Target]:
    """Return the pages that a line asks for.

    >>> read_targets('[["conflict", "", [["id", "x"]]]]')
    [Target(name='conflict', iri='', given=(('id', 'x'),))]
    """
    return [_target(one) for one in json.loads(line)]


def _in_batches(targets: Sequence[Target], size: int) -> Iterator[list[Target]]:
    rest = iter(targets)
    while batch := list(islice(rest, size)):
        yield batch


def _target(told: Sequence[Any]) -> Target:
    name, iri, given = told
    return Target(name, iri, tuple((key, value) for key, value in given))
