"""Workers that answer the queries of strangers: kept warm, held to limits, killed past them.

The event loop never runs a query itself. A worker that was stopped, or died, is replaced while the
others go on; when this process ends, however it ends, so do they.

A worker has the next few queries at hand while it answers one, so that it need not be woken for
each. When one turns out to be slow, those behind it are given to others as well; who answers first
has answered.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Collection, Coroutine, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from factscape.errors import BusyError, FactscapeError, QueryTimeoutError
from factscape.query.standing import Asked, Post
from factscape.web.settings import Limits
from factscape.web.workers.alarm import Alarm
from factscape.web.workers.worker import Answer, Order, Worker

__all__ = ["Answer", "Pool"]

_AT_HAND = 4
_QUICK = 0.002
"""Seconds in which a worker answers that is not waited for by another."""
_SLOW = 0.05
"""Seconds after which a query is slow, and nothing is put behind it."""
_IN_VAIN = 1.0
"""Seconds that a worker may be at what nobody waits for: a new worker costs more than most."""
_REST = 1.0
"""Seconds before the next try to start a worker that did not start."""


class Pool:
    """Workers over one store."""

    def __init__(self, directory: Path, prefixes: Mapping[str, str], limits: Limits) -> None:
        """Make ready for a store that other processes can open; nothing is started yet."""
        self._post = Post(str(directory), dict(prefixes), limits.memory)
        self._limits = limits
        self._workers: set[Worker] = set()
        self._waiting: deque[Order] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = asyncio.Event()
        self.alarm = Alarm(_SLOW)
        """Rings for what does not come at once."""
        self.asked = 0
        """How many queries were asked so far."""

    async def start(self) -> None:
        """Start the first worker, so that what is wrong shows at once, and the others soon after.

        Raises StoreError.
        """
        await self._add()
        for _ in range(1, self._limits.worker_count):
            # Not yet: the first page is being made.
            self._start(_REST)

    async def ask(self, asked: Asked) -> Answer:
        """Return the answer of a query; when whoever waits for it is cancelled, it is stopped.

        Raises BusyError when too many wait already, QueryTimeoutError, and what the query raises.
        """
        self.asked += 1
        order = Order(asked)
        ready = [one for one in self._workers if not one.slow and len(one.orders) < _AT_HAND]
        if ready:
            self._give(_fittest(ready), order)
        elif len(self._waiting) < self._limits.waiting:
            self._wait(order)
        else:
            raise _busy()
        try:
            return await order.answer
        except asyncio.CancelledError:
            order.drop()
            if order.worker and order.worker.slow:
                self._work_in_vain(order.worker)
            raise
        finally:
            self._wait_no_more(order)

    @property
    def running(self) -> int:
        """How many queries run now."""
        return sum(bool(worker.orders) for worker in self._workers)

    @property
    def processes(self) -> list[int]:
        """The numbers of the processes that are there now."""
        return [worker.pid for worker in self._workers]

    async def close(self) -> None:
        """Kill every worker and wait until none is left."""
        self._closed.set()
        for worker in list(self._workers):
            self._remove(worker)
        # One that hangs while it starts would be waited for.
        for task in self._starting:
            task.cancel()
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def deliver(self, worker: Worker, found: Answer | FactscapeError) -> None:
        """Hand over what a worker answered, and let it go on with the next."""
        if worker not in self._workers:  # it was stopped meanwhile
            if isinstance(found, Answer):
                found.data.close()
            return
        self._done(worker, found)
        # What a large query took is given back only by a process that ends.
        if worker.memory > self._limits.memory // 2:
            self._replace(worker)
        else:
            self._go_on(worker)

    def bury(self, worker: Worker, error: FactscapeError) -> None:
        """Replace a worker that ended by itself, or was ended by somebody else."""
        if worker in self._workers:
            if worker.orders:
                self._done(worker, error)
            self._replace(worker)

    def _give(self, worker: Worker, order: Order) -> None:
        order.need_no_patience()
        worker.ask(order)
        if len(worker.orders) == 1:
            self._begin(worker)

    def _begin(self, worker: Worker) -> None:
        order = worker.orders[0]
        order.worker = worker
        self._wait_no_more(order)
        worker.begun = asyncio.get_running_loop().time()
        worker.timer = self.alarm.set(partial(self._slow, worker))

    def _done(self, worker: Worker, found: Answer | FactscapeError) -> None:
        order = worker.orders.popleft()
        order.worker, worker.slow = None, False
        worker.quick = asyncio.get_running_loop().time() - worker.begun < _QUICK
        if worker.timer:
            worker.timer.cancel()
        order.settle(found)

    def _go_on(self, worker: Worker) -> None:
        if worker.orders:
            self._begin(worker)
        while self._waiting and len(worker.orders) < _AT_HAND:
            self._give(worker, self._waiting.popleft())

    def _slow(self, worker: Worker) -> None:
        """Give what waits behind a slow query to others."""
        worker.slow = True
        # Somebody else has answered it, or whoever asked has gone.
        if worker.orders[0].answer.done():
            self._work_in_vain(worker)
        else:
            self._at(worker.begun + self._limits.seconds, worker, self._stop)
        self._give_back(worker)

    def _work_in_vain(self, worker: Worker) -> None:
        """Let it come to its end, if that is soon."""
        self._at(worker.begun + min(_IN_VAIN, self._limits.seconds), worker, self._replace)

    def _stop(self, worker: Worker) -> None:
        """Stop a query at its limit."""
        error = QueryTimeoutError(
            f"the query was stopped at its limit of {self._limits.seconds:g} s",
            hint="add a LIMIT, or name more of what you look for (an IRI for a variable)",
        )
        self._done(worker, error)
        self._replace(worker)

    def _at(self, time: float, worker: Worker, what: Callable[[Worker], None]) -> None:
        if worker.timer:
            worker.timer.cancel()
        worker.timer = asyncio.get_running_loop().call_at(time, what, worker)

    def _give_back(self, worker: Worker) -> None:
        """Let others take what this worker has not begun with, before what came later."""
        for order in reversed(worker.orders):
            if not (order.worker or order.answer.done() or order in self._waiting):
                self._wait(order, first=True)
        for other in list(self._workers):
            if not other.orders:
                self._go_on(other)

    def _wait(self, order: Order, first: bool = False) -> None:
        if first:
            self._waiting.appendleft(order)
        else:
            self._waiting.append(order)
        order.have_patience(self._limits.patience, self._turn_away)

    def _wait_no_more(self, order: Order) -> None:
        order.need_no_patience()
        if order in self._waiting:
            self._waiting.remove(order)

    def _turn_away(self, order: Order) -> None:
        self._wait_no_more(order)
        order.settle(_busy())

    def _replace(self, worker: Worker) -> None:
        self._remove(worker)
        if not self._closed.is_set():
            self._start()

    def _remove(self, worker: Worker) -> None:
        self._workers.discard(worker)
        for order in worker.orders:
            if order.worker is worker:
                order.worker = None
        self._give_back(worker)
        self._later(worker.stop())

    async def _add(self) -> None:
        worker = await Worker.started(self, self._post)
        self._workers.add(worker)
        if self._closed.is_set():
            self._remove(worker)
        else:
            self._go_on(worker)

    async def _added(self, rest: float = 0) -> None:
        """Start a worker, and where it does not start try again for as long as it takes."""
        await self._pause(rest)
        while not self._closed.is_set():
            try:
                return await self._add()
            except (FactscapeError, OSError):
                await self._pause(_REST)

    async def _pause(self, seconds: float) -> None:
        """Wait, but not when it all ends."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._closed.wait(), seconds)

    def _start(self, rest: float = 0) -> None:
        task = self._later(self._added(rest))
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    def _later(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _fittest(ready: Collection[Worker]) -> Worker:
    """Return who is to be given a query: of who is awake and quick the busiest, else the idlest.

    To wake another one takes longer than a small query.
    """
    quick = [one for one in ready if one.orders and one.quick]
    if quick:
        return max(quick, key=lambda one: len(one.orders))
    return min(ready, key=lambda one: len(one.orders))


def _busy() -> BusyError:
    return BusyError("too many queries are running and waiting", hint="ask again in a moment")
