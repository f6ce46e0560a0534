"""Workers that answer the queries of strangers: kept warm, held to limits, killed past them.

The event loop never runs a query itself. A worker that was stopped, or died, is replaced while the
others go on; when this process ends, however it ends, so do they.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import Coroutine, Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple

from factscape.errors import BusyError, FactscapeError, QueryTimeoutError
from factscape.query.sandbox import as_error, ended_early
from factscape.query.standing import HEAD, Asked, Post
from factscape.web.settings import Limits

__all__ = ["Answer", "Pool"]

_IN_MEMORY = 1 << 20
_REST = 1.0
"""Seconds before the next try to start a worker that did not start."""


class Answer(NamedTuple):
    """What a query was answered: in memory, or in a file that is gone when it is closed."""

    format: str | None
    """As asked for; None when that kind of answer was not wanted."""
    triples: bool
    data: SpooledTemporaryFile[bytes]
    size: int


class _Worker:
    """One process at its post."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.memory = 0
        """The most bytes that it has held at once."""

    @classmethod
    async def started(cls, post: Post) -> _Worker:
        """Start a process and wait until it has opened the store."""
        # -P: a file json.py in the folder where one happens to be is not imported.
        command = (sys.executable, "-P", "-m", "factscape.query.standing")
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *command, stdin=pipe, stdout=pipe, stderr=pipe
        )
        worker = cls(process)
        try:
            await worker._say(asdict(post))
            _, said = await worker._frame()
        except BaseException:
            await worker.stop()
            raise
        if said != b"{}":
            await worker.stop()
            raise as_error(json.loads(said)["error"])
        return worker

    async def ask(self, asked: Asked) -> Answer | FactscapeError:
        """Return the answer, or the error that the worker met and outlived.

        Raises QueryError when it died of the query.
        """
        await self._say(asdict(asked))
        # Whoever gets the answer closes it.
        spool: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        try:
            kind, data = await self._frame()
            while kind == b"d":
                spool.write(data)
                kind, data = await self._frame()
        except BaseException:
            spool.close()
            raise
        said = json.loads(data)
        self.memory = said["memory"]
        if "error" in said:
            spool.close()
            return as_error(said["error"])
        size = spool.tell()
        spool.seek(0)
        return Answer(said["format"], said["triples"], spool, size)

    async def stop(self) -> None:
        """Kill the process, and see it buried."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        # What it still had to say is read away: a full pipe would keep it from being let go.
        await self.process.communicate()

    async def _say(self, what: Mapping[str, Any]) -> None:
        assert self.process.stdin
        # Where it is gone its last words say why; uvloop calls a pipe that is closed a RuntimeError.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError, RuntimeError):
            self.process.stdin.write(json.dumps(what).encode("ascii") + b"\n")
            await self.process.stdin.drain()

    async def _frame(self) -> tuple[bytes, bytes]:
        assert self.process.stdout and self.process.stderr
        try:
            kind, length = HEAD.unpack(await self.process.stdout.readexactly(HEAD.size))
            return kind, await self.process.stdout.readexactly(length)
        except asyncio.IncompleteReadError:
            report = await self.process.stderr.read()
            raise ended_early(await self.process.wait(), report) from None


class Pool:
    """Workers over one store, each for one query at a time."""

    def __init__(self, directory: Path, prefixes: Mapping[str, str], limits: Limits) -> None:
        """Make ready for a store that other processes can open; nothing is started yet."""
        self._post = Post(str(directory), dict(prefixes), limits.memory)
        self._limits = limits
        self._free: asyncio.Queue[_Worker] = asyncio.Queue()
        self._workers: set[_Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._running = 0
        self._closed = False

    async def start(self) -> None:
        """Start the first worker, so that what is wrong shows at once, and the others meanwhile.

        Raises StoreError.
        """
        await self._add()
        for _ in range(1, self._limits.worker_count):
            self._later(self._added())

    async def ask(self, asked: Asked) -> Answer:
        """Return the answer of a query; when whoever waits for it is cancelled, it is stopped.

        Raises BusyError when too many wait already, QueryTimeoutError, and what the query raises.
        """
        worker = await self._next()
        while worker.process.returncode is not None:  # somebody else ended it
            self._replace(worker)
            worker = await self._next()
        whole = False
        self._running += 1
        try:
            async with asyncio.timeout(self._limits.seconds):
                found = await worker.ask(asked)
            whole = True
        except TimeoutError:
            raise QueryTimeoutError(
                f"the query was stopped at its limit of {self._limits.seconds:g} s",
                hint="add a LIMIT, or name more of what you look for (an IRI for a variable)",
            ) from None
        finally:
            self._running -= 1
            # What a large query took is given back only by a process that ends.
            if whole and worker.memory < self._limits.memory // 2 and not self._closed:
                self._free.put_nowait(worker)
            else:
                self._replace(worker)
        if isinstance(found, FactscapeError):
            raise found
        return found

    @property
    def running(self) -> int:
        """How many queries run now."""
        return self._running

    @property
    def processes(self) -> list[int]:
        """The numbers of the processes that are there now."""
        return [worker.process.pid for worker in self._workers]

    async def close(self) -> None:
        """Kill every worker and wait until none is left."""
        self._closed = True
        for worker in list(self._workers):
            self._remove(worker)
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _next(self) -> _Worker:
        """Wait for a worker, in turn, if not too many wait already."""
        with contextlib.suppress(asyncio.QueueEmpty):
            return self._free.get_nowait()
        if self._waiting >= self._limits.waiting:
            raise _busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.patience):
                return await self._free.get()
        except TimeoutError:
            raise _busy() from None
        finally:
            self._waiting -= 1

    def _replace(self, worker: _Worker) -> None:
        self._remove(worker)
        if not self._closed:
            self._later(self._added())

    def _remove(self, worker: _Worker) -> None:
        self._workers.discard(worker)
        self._later(worker.stop())

    async def _add(self) -> None:
        worker = await _Worker.started(self._post)
        if self._closed:
            await worker.stop()
            return
        self._workers.add(worker)
        self._free.put_nowait(worker)

    async def _added(self) -> None:
        """Start a worker, and where it does not start try again for as long as it takes."""
        while not self._closed:
            try:
                return await self._add()
            except (FactscapeError, OSError):
                await asyncio.sleep(_REST)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _busy() -> BusyError:
    return BusyError("too many queries are running and waiting", hint="ask again in a moment")
