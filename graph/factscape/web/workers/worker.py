"""A process that answers queries, as the server sees it, and the queries that it is given."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections import deque
from collections.abc import Callable, Mapping
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple, Protocol, cast

from factscape.errors import FactscapeError
from factscape.query.sandbox import as_error, ended_early
from factscape.query.standing import END, HEAD, Asked, Post
from factscape.web.workers.alarm import Call

__all__ = ["Answer", "Boss", "Order", "Worker"]

_IN_MEMORY = 1 << 20
_LAST_WORDS = 1 << 12
# A query takes and gives back thousands of small pieces: glibc keeps them at hand for the next one.
_TUNED = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=4000"}


class Answer(NamedTuple):
    """What a query was answered: in memory, or in a file that is gone when it is closed."""

    format: str | None
    """As asked for; None when that kind of answer was not wanted."""
    triples: bool
    data: SpooledTemporaryFile[bytes]
    size: int


class Order:
    """A query that waits, or runs, and the answer that somebody waits for."""

    def __init__(self, asked: Asked) -> None:
        """Nobody works at it yet."""
        self.asked = asked
        self.answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.worker: Worker | None = None
        """Who is at it."""
        self._timer: asyncio.TimerHandle | None = None

    def have_patience(self, seconds: float, late: Callable[[Order], None]) -> None:
        """Call `late` when nobody has begun with it in so many seconds."""
        self.need_no_patience()
        self._timer = asyncio.get_running_loop().call_later(seconds, late, self)

    def need_no_patience(self) -> None:
        """Begin, or have done with it."""
        if self._timer:
            self._timer.cancel()

    def settle(self, found: Answer | FactscapeError) -> None:
        """Tell whoever waits, if somebody still does."""
        self.need_no_patience()
        if self.answer.done():
            if isinstance(found, Answer):
                found.data.close()
        elif isinstance(found, Answer):
            self.answer.set_result(found)
        else:
            self.answer.set_exception(found)

    def drop(self) -> None:
        """Let go of the answer that came in the moment in which whoever waited went away."""
        if not (self.answer.cancel() or self.answer.cancelled() or self.answer.exception()):
            self.answer.result().data.close()


class Boss(Protocol):
    """Whom a worker tells."""

    def deliver(self, worker: Worker, found: Answer | FactscapeError) -> None:
        """Take what was found for the first of the worker's orders."""

    def bury(self, worker: Worker, error: FactscapeError) -> None:
        """Know that a worker is gone, and what of."""


class Worker(asyncio.SubprocessProtocol):
    """One process at its post, and what is heard from it.

    Callbacks, not streams: nothing else is woken up for a small answer but who waits for it.
    """

    def __init__(self, boss: Boss) -> None:
        """Know whom to tell; nothing is started."""
        loop = asyncio.get_running_loop()
        self.orders: deque[Order] = deque()
        """What it is at, and what it does next."""
        self.begun = 0.0
        """When it began with the first of them, by the clock of the loop."""
        self.timer: asyncio.TimerHandle | Call | None = None
        """What happens when it takes longer."""
        self.quick = False
        """Whether it answered the last one at once."""
        self.slow = False
        """Whether it has been at the same for so long that nothing should wait behind it."""
        self.memory = 0
        """The most bytes that it has held at once."""
        self._boss = boss
        self._ready: asyncio.Future[None] = loop.create_future()
        self._gone: asyncio.Future[None] = loop.create_future()
        self._heard = bytearray()
        self._last_words = b""
        self._spool: SpooledTemporaryFile[bytes] | None = None

    @classmethod
    async def started(cls, boss: Boss, post: Post) -> Worker:
        """Start a process and wait until it has opened the store; raise what it says instead."""
        # -P: a file json.py in the folder where one happens to be is not imported.
        command = (sys.executable, "-P", "-m", "factscape.query.standing")
        loop = asyncio.get_running_loop()
        environment = {**_TUNED, **os.environ}
        _, worker = await loop.subprocess_exec(lambda: cls(boss), *command, env=environment)
        async with contextlib.AsyncExitStack() as undo:
            undo.push_async_callback(worker.stop)
            worker._say(post)
            await worker._ready
            undo.pop_all()
        return worker

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._transport.get_pid()

    def ask(self, order: Order) -> None:
        """Send it a query to be answered after those that it has."""
        self.orders.append(order)
        self._say(order.asked)

    async def stop(self) -> None:
        """Kill the process, and see it buried."""
        if self.timer:
            self.timer.cancel()
        with contextlib.suppress(ProcessLookupError):
            self._transport.kill()
        await self._gone
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Know how to reach the process."""
        self._transport = cast(asyncio.SubprocessTransport, transport)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Take what it says; on standard error these are its last words."""
        if fd == 2:
            self._last_words = (self._last_words + data)[-_LAST_WORDS:]
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
        """Say that it is gone: it is buried, and everything that it said is read."""
        self._gone.set_result(None)
        if self._spool:
            self._spool.close()
        error = ended_early(self._transport.get_returncode() or 0, self._last_words)
        if not self._ready.done():
            self._ready.set_exception(error)
        self._boss.bury(self, error)

    def _say(self, what: Post | Asked) -> None:
        # Where it is gone its last words say why.
        if (pipe := self._transport.get_pipe_transport(0)) and not pipe.is_closing():
            line = json.dumps(what) + "\n"
            cast(asyncio.WriteTransport, pipe).write(line.encode("ascii"))

    def _take(self, kind: bytes, data: bytearray) -> None:
        if self._ready.done() and not self.orders:  # it was stopped meanwhile
            return
        if kind == b"d":
            self._answer().write(data)
        elif kind == b"e":
            triples, self.memory = END.unpack(data)
            self._boss.deliver(self, self._found(triples))
        elif kind == b"r":
            self._ready.set_result(None)
        else:
            self._fail(json.loads(data))

    def _answer(self) -> SpooledTemporaryFile[bytes]:
        if self._spool is None:
            # Whoever gets the answer closes it.
            self._spool = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        return self._spool

    def _found(self, triples: bool) -> Answer:
        spool, self._spool = self._answer(), None
        size = spool.tell()
        spool.seek(0)
        asked = self.orders[0].asked
        return Answer(asked.triples if triples else asked.rows, triples, spool, size)

    def _fail(self, said: Mapping[str, Any]) -> None:
        """Tell of an error: one that a query met and the process outlived, or that of its start."""
        if not self._ready.done():
            self._ready.set_exception(as_error(said["error"]))
            return
        self._answer().close()
        self._spool, self.memory = None, said["memory"]
        self._boss.deliver(self, as_error(said["error"]))
