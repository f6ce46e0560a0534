"""The facts as they are now, and the next edition of them when a file changes.

An edition is opened once and never changed. A new one is built in a process beside, then put in
the place of the old one, which goes when the last request that it answers is done. When the new
one cannot be read, the old one stays, and what is wrong is said.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from factscape.claims.clocks import Clocks
from factscape.errors import BusyError, FactscapeError, StoreError
from factscape.opening import BUNDLED, Facts, open_facts
from factscape.query.sandbox import as_error
from factscape.reading import facts_folder, find_files
from factscape.web.clocked import Clocked
from factscape.web.workers.pool import Pool

if TYPE_CHECKING:
    from factscape.web.settings import Limits, Settings

__all__ = ["Desk", "Edition", "States", "Warm"]

T = TypeVar("T")

Warm = Sequence[Callable[[Facts], object]]
"""What is done with facts before anybody asks, step by step."""

_QUIET = 1.0
"""Seconds between two steps of it."""

States = dict[str, tuple[int, int]]
"""The size and time of change of each file."""


class Edition:
    """Facts that are open, the workers that answer queries over them, and a name for their state."""

    def __init__(
        self,
        facts: Facts,
        pool: Pool,
        version: str,
        clerk: ThreadPoolExecutor,
        paths: tuple[str, ...] | None,
    ) -> None:
        self.facts = facts
        self._clocked = Clocked(paths, partial(_build, paths))
        self.pool = pool
        self.version = version
        self._clerk = clerk
        self._copy: TemporaryDirectory[str] | None = None
        self._warming: asyncio.Task[None] | None = None
        self._users = 0
        self._asked = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @classmethod
    async def opened(cls, paths: tuple[str, ...] | None, limits: Limits, warm: Warm) -> Edition:
        """Open facts and start their workers; raise what opening raises.

        The first step of `warm` has at hand what the first request will want, while they start.
        """
        clerk = ThreadPoolExecutor(1, thread_name_prefix="facts")
        loop = asyncio.get_running_loop()
        facts = await loop.run_in_executor(clerk, open_facts, paths)
        directory, copy = facts.store.directory, None
        if directory is None:
            copy = TemporaryDirectory(prefix="factscape-")
            directory = Path(copy.name)
            await loop.run_in_executor(clerk, _write_store, facts, directory)
        pool = Pool(directory, facts.prefixes, limits)
        edition = cls(facts, pool, _version(directory), clerk, paths)
        edition._copy = copy
        edition._warming = asyncio.create_task(edition._warm(warm))
        async with contextlib.AsyncExitStack() as undo:
            undo.push_async_callback(edition.close)
            await pool.start()
            undo.pop_all()
        return edition

    async def _warm(self, steps: Warm) -> None:
        """Do one step after another, while nobody asks: their thread does nothing else meanwhile."""
        loop = asyncio.get_running_loop()
        for number, step in enumerate(steps):
            while number:
                # Queries are answered elsewhere, but handed on here: a step would hold them up.
                before = self.pool.asked
                await asyncio.sleep(_QUIET)
                if not self._asked and self.pool.asked == before:
                    break
            await loop.run_in_executor(self._clerk, step, self.facts)

    @contextmanager
    def used(self) -> Iterator[Edition]:
        """Keep it open for as long as something is read from it."""
        self._users += 1
        self._idle.clear()
        try:
            yield self
        finally:
            self._users -= 1
            if not self._users:
                self._idle.set()

    async def look(
        self, work: Callable[[Facts], T], most: int = 64, clocks: Clocks | None = None
    ) -> T:
        """Do what reads the facts in the one thread for it, so that it never reads two things.

        With `clocks` it reads them as they were then. Raises BusyError when `most` others wait
        for it, and what the work raises.
        """
        if self._asked >= most:
            raise BusyError("too many pages are being made", hint="ask again in a moment")
        self._asked += 1
        try:
            loop = asyncio.get_running_loop()
            if clocks:
                await self._clocked.ready(clocks)
            then = partial(self._clocked.at, clocks) if clocks else lambda: self.facts
            return await loop.run_in_executor(self._clerk, _done, work, then)
        finally:
            self._asked -= 1

    async def close(self) -> None:
        """Wait until nobody reads from it any more, and let go of everything."""
        await self._idle.wait()
        if self._warming:
            self._warming.cancel()
            await asyncio.gather(self._warming, return_exceptions=True)
        await self.pool.close()
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._clerk, self._clocked.close)
        await loop.run_in_executor(self._clerk, self.facts.close)
        self._clerk.shutdown()
        if self._copy:
            self._copy.cleanup()


def _done(work: Callable[[Facts], T], facts: Callable[[], Facts]) -> T:
    """Do some work; of an error that leaves this thread no frame goes with it.

    Rows of a store may end in no other thread than the one in which they were asked for.
    """
    try:
        return work(facts())
    except FactscapeError as error:
        error.__context__ = error.__cause__ = None
        raise error.with_traceback(None) from None


def _write_store(facts: Facts, directory: Path) -> None:
    import pyoxigraph as ox

    store = ox.Store(str(directory))
    store.bulk_extend(facts.store.quads())
    store.flush()


def _version(directory: Path) -> str:
    """Name the state of the data: a snapshot's folder is named by what it was made from."""
    from factscape import __version__

    state = (directory / "CURRENT").stat().st_mtime_ns
    text = f"{__version__} {directory} {state}"
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]


class Desk:
    """Where requests get the edition of the moment."""

    def __init__(
        self,
        settings: Settings,
        say: Callable[..., None],
        warm: Warm = (),
    ) -> None:
        """Serve what the settings name; `say` takes an event and its fields, for the log.

        `warm` is done with the facts before anybody asks.
        """
        self.settings = settings
        self.trouble: FactscapeError | None = None
        """What keeps the newest state of the files from being shown."""
        self._say = say
        self._warm = warm
        self._edition: Edition | None = None
        self._watcher: asyncio.Task[None] | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Open the facts and begin to watch their files; raise what opening raises."""
        seen = _states(self.settings.facts)
        self._edition = await self._opened()
        if self.settings.watch:
            self._watcher = asyncio.create_task(self._watch(seen))

    @property
    def edition(self) -> Edition:
        """The edition of the moment."""
        assert self._edition, "the desk is not open"
        return self._edition

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Edition]:
        """Give the edition of the moment for one request."""
        with self.edition.used() as edition:
            yield edition

    async def _opened(self) -> Edition:
        return await Edition.opened(self.settings.facts, self.settings.limits, self._warm)

    async def close(self) -> None:
        """Stop watching, and close what is open."""
        if self._watcher:
            self._watcher.cancel()
            await asyncio.gather(self._watcher, return_exceptions=True)
        await asyncio.gather(*self._leaving, return_exceptions=True)
        if self._edition:
            await self._edition.close()

    async def _watch(self, known: States) -> None:
        """Look at the files from time to time; where they changed and rest, read them again."""
        loop, before = asyncio.get_running_loop(), known
        while True:
            await asyncio.sleep(self.settings.watch)
            now = await loop.run_in_executor(None, _states, self.settings.facts)
            # Who is still writing is waited for.
            if now != known and now == before:
                known = now
                await self._renew()
            before = now

    async def _renew(self) -> None:
        try:
            await _build(self.settings.facts)
            edition = await self._opened()
        except FactscapeError as error:
            self.trouble = error
            self._say("facts-broken", **error.as_dict()["error"])
            return
        old, self._edition, self.trouble = self.edition, edition, None
        self._say("facts-renewed", version=edition.version)
        task = asyncio.create_task(old.close())
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)


def _states(paths: tuple[str, ...] | None) -> States:
    """Return how the files are now; what is gone for the moment is left out."""
    roots = [facts_folder() if path == BUNDLED else Path(path) for path in paths or (BUNDLED,)]
    states: States = {}
    for root in roots:
        with contextlib.suppress(FactscapeError, OSError):
            for path in find_files([root]):
                status = os.stat(path)
                states[str(path)] = status.st_size, status.st_mtime_ns
    return states


_NO_CLOCKS = Clocks()


async def _build(
    paths: tuple[str, ...] | None, clocks: Clocks = _NO_CLOCKS, cache: Path | None = None
) -> None:
    """Compile the files in a process of its own: it takes a while, and much of the processor.

    Raises what reading them raises.
    """
    command = (sys.executable, "-P", "-m", "factscape.web.building")
    pipe = asyncio.subprocess.PIPE
    days = {name: day and day.isoformat() for name, day in vars(clocks).items()}
    asked = json.dumps({"paths": paths, **days, "cache": str(cache) if cache else None})
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    try:
        output, _ = await process.communicate(asked.encode("ascii"))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if not output:
        raise StoreError("the process that reads the facts ended without a word")
    said = json.loads(output)
    if "error" in said:
        raise as_error(said["error"])
