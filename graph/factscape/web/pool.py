"""Workers that answer the queries of strangers: kept warm, held to limits, killed past them.

The event loop never runs a query itself. A worker that was stopped, or died, is replaced while the
others go on; when this process ends, however it ends, so do they.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple, cast

from factscape.errors import BusyError, FactscapeError, QueryTimeoutError
from factscape.query.sandbox import as_error, ended_early
from factscape.query.standing import HEAD, Asked, Post
from factscape.web.settings import Limits

__all__ = ["Answer", "Pool"]

_IN_MEMORY = 1 << 20
_LAST_WORDS = 1 << 12
_REST = 1.0
"""Seconds before the next try to start a worker that did not start."""


class Answer(NamedTuple):
    """What a query was answered: in memory, or in a file that is gone when it is closed."""

    format: str | None
    """As asked for; None when that kind of answer was not wanted."""
    triples: bool
    data: SpooledTemporaryFile[bytes]
    size: int


class _Order:
    """A query that waits, or runs, and the answer that somebody waits for."""

    def __init__(self, asked: Asked, answer: asyncio.Future[Answer]) -> None:
        self.asked = asked
        self.answer = answer
        self.worker: _Worker | None = None
        self.timer: asyncio.TimerHandle | None = None

    def limit(self, seconds: float, late: Callable[[_Order], None]) -> None:
        """Call `late` in so many seconds, instead of what was to be called before."""
        self.settled()
        self.timer = asyncio.get_running_loop().call_later(seconds, late, self)

    def settle(self, found: Answer | FactscapeError) -> None:
        """Tell whoever waits, if somebody still does."""
        self.settled()
        if self.answer.done():
            if isinstance(found, Answer):
                found.data.close()
        elif isinstance(found, Answer):
            self.answer.set_result(found)
        else:
            self.answer.set_exception(found)

    def settled(self) -> None:
        """Call nobody any more."""
        if self.timer:
            self.timer.cancel()


class _Worker(asyncio.SubprocessProtocol):
    """One process at its post, and what is heard from it.

    Callbacks, not streams: nothing else is woken up for a small answer but who waits for it.
    """

    def __init__(self, pool: Pool) -> None:
        loop = asyncio.get_running_loop()
        self.order: _Order | None = None
        self.memory = 0
        """The most bytes that it has held at once."""
        self.ready: asyncio.Future[None] = loop.create_future()
        self.gone: asyncio.Future[None] = loop.create_future()
        """Done when it is buried, and everything that it said is read."""
        self._pool = pool
        self._heard = bytearray()
        self._report = b""
        self._spool: SpooledTemporaryFile[bytes] | None = None

    @classmethod
    async def started(cls, pool: Pool, post: Post) -> _Worker:
        """Start a process and wait until it has opened the store; raise what it says instead."""
        # -P: a file json.py in the folder where one happens to be is not imported.
        command = (sys.executable, "-P", "-m", "factscape.query.standing")
        loop = asyncio.get_running_loop()
        _, worker = await loop.subprocess_exec(lambda: cls(pool), *command)
        try:
            worker._say(post)
            await worker.ready
        except BaseException:
            await worker.stop()
            raise
        return worker

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._transport.get_pid()

    def ask(self, order: _Order) -> None:
        """Send it a query; the pool is told when it has answered, or has died of it."""
        self.order, order.worker = order, self
        # Whoever gets the answer closes it.
        self._spool = SpooledTemporaryFile(max_size=_IN_MEMORY)
        self._say(order.asked)

    async def stop(self) -> None:
        """Kill the process, and see it buried."""
        with contextlib.suppress(ProcessLookupError):
            self._transport.kill()
        await self.gone
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Know how to reach the process."""
        self._transport = cast(asyncio.SubprocessTransport, transport)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Take what it says; on standard error these are its last words."""
        if fd == 2:
            self._report = (self._report + data)[-_LAST_WORDS:]
            return
        heard = self._heard
        heard += data
        begin = 0
        while len(heard) >= begin + HEAD.size:
            kind, length = HEAD.unpack_from(heard, begin)
            end = begin + HEAD.size + length
            if len(heard) < end:
                break
            self._take(kind, heard[begin + HEAD.size : end])
            begin = end
        del heard[:begin]

    def connection_lost(self, _: Exception | None) -> None:
        """Say that it is gone, and what of."""
        self.gone.set_result(None)
        error = ended_early(self._transport.get_returncode() or 0, self._report)
        if not self.ready.done():
            self.ready.set_exception(error)
        self._pool.bury(self, error)
        if self._spool:
            self._spool.close()

    def _say(self, what: Post | Asked) -> None:
        line = json.dumps(what).encode("ascii") + b"\n"
        # Where it is gone its last words say why.
        if (pipe := self._transport.get_pipe_transport(0)) and not pipe.is_closing():
            cast(asyncio.WriteTransport, pipe).write(line)

    def _take(self, kind: bytes, data: bytearray) -> None:
        if kind == b"d":
            assert self._spool
            self._spool.write(data)
            return
        said = json.loads(data)
        if self.ready.done():
            self._pool.deliver(self, self._found(said))
        elif "error" in said:
            self.ready.set_exception(as_error(said["error"]))
        else:
            self.ready.set_result(None)

    def _found(self, said: Mapping[str, Any]) -> Answer | FactscapeError:
        """Return the answer, or the error that it met and outlived."""
        spool, self._spool = self._spool, None
        assert spool
        self.memory = said["memory"]
        if "error" in said:
            spool.close()
            return as_error(said["error"])
        size = spool.tell()
        spool.seek(0)
        return Answer(said["format"], said["triples"], spool, size)


class Pool:
    """Workers over one store, each for one query at a time."""

    def __init__(self, directory: Path, prefixes: Mapping[str, str], limits: Limits) -> None:
        """Make ready for a store that other processes can open; nothing is started yet."""
        self._post = Post(str(directory), dict(prefixes), limits.memory)
        self._limits = limits
        self._workers: set[_Worker] = set()
        self._free: list[_Worker] = []
        self._waiting: dict[_Order, None] = {}  # in the order of asking
        self._tasks: set[asyncio.Task[None]] = set()
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
        order = _Order(asked, asyncio.get_running_loop().create_future())
        if self._free:
            self._give(self._free.pop(), order)
        elif len(self._waiting) < self._limits.waiting:
            self._waiting[order] = None
            order.limit(self._limits.patience, self._turn_away)
        else:
            raise _busy()
        try:
            return await order.answer
        except asyncio.CancelledError:
            self._drop(order)
            raise

    @property
    def running(self) -> int:
        """How many queries run now."""
        return sum(worker.order is not None for worker in self._workers)

    @property
    def processes(self) -> list[int]:
        """The numbers of the processes that are there now."""
        return [worker.pid for worker in self._workers]

    async def close(self) -> None:
        """Kill every worker and wait until none is left."""
        self._closed = True
        for worker in list(self._workers):
            self._remove(worker)
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def deliver(self, worker: _Worker, found: Answer | FactscapeError) -> None:
        """Hand over what a worker answered, and give it the next query."""
        order, worker.order = worker.order, None
        if order:
            order.settle(found)
        # What a large query took is given back only by a process that ends.
        if worker.memory > self._limits.memory // 2:
            self._replace(worker)
        else:
            self._engage(worker)

    def bury(self, worker: _Worker, error: FactscapeError) -> None:
        """Replace a worker that ended by itself, or was ended by somebody else."""
        order, worker.order = worker.order, None
        if order:
            order.settle(error)
        if worker in self._workers:
            self._replace(worker)

    def _engage(self, worker: _Worker) -> None:
        if not self._waiting:
            self._free.append(worker)
            return
        order = next(iter(self._waiting))
        del self._waiting[order]
        self._give(worker, order)

    def _give(self, worker: _Worker, order: _Order) -> None:
        worker.ask(order)
        order.limit(self._limits.seconds, self._stop)

    def _turn_away(self, order: _Order) -> None:
        del self._waiting[order]
        order.settle(_busy())

    def _stop(self, order: _Order) -> None:
        """Stop a query at its limit."""
        seconds = self._limits.seconds
        order.settle(
            QueryTimeoutError(
                f"the query was stopped at its limit of {seconds:g} s",
                hint="add a LIMIT, or name more of what you look for (an IRI for a variable)",
            )
        )
        self._drop(order)

    def _drop(self, order: _Order) -> None:
        """Do no more for a query, wherever it is."""
        order.settled()
        self._waiting.pop(order, None)
        if order.worker and order.worker.order is order:
            order.worker.order = None
            self._replace(order.worker)

    def _replace(self, worker: _Worker) -> None:
        self._remove(worker)
        if not self._closed:
            self._later(self._added())

    def _remove(self, worker: _Worker) -> None:
        self._workers.discard(worker)
        if worker in self._free:
            self._free.remove(worker)
        self._later(worker.stop())

    async def _add(self) -> None:
        worker = await _Worker.started(self, self._post)
        self._workers.add(worker)
        if self._closed:
            self._remove(worker)
        else:
            self._engage(worker)

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
