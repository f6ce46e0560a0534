"""A call after a fixed time, for thousands of things of which few take so long."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

__all__ = ["Alarm", "Call"]


class Call:
    """What is called when it is not cancelled before."""

    __slots__ = ("time", "what")

    def __init__(self, time: float, what: Callable[[], None]) -> None:
        """Be due at a time of the loop's clock."""
        self.time = time
        self.what: Callable[[], None] | None = what

    def cancel(self) -> None:
        """Do not call."""
        self.what = None


class Alarm:
    """Calls in the order in which they were set, so one timer of the loop is enough for all.

    >>> async def late() -> list[str]:
    ...     said, alarm = [], Alarm(0.01)
    ...     alarm.set(lambda: said.append("cancelled")).cancel()
    ...     alarm.set(lambda: said.append("called"))
    ...     await asyncio.sleep(0.1)
    ...     return said
    >>> asyncio.run(late())
    ['called']
    """

    def __init__(self, seconds: float) -> None:
        """Call so long after it was set."""
        self._seconds = seconds
        self._calls: deque[Call] = deque()
        self._ticking = False

    def set(self, what: Callable[[], None]) -> Call:
        """Call `what` later, unless it is cancelled."""
        loop = asyncio.get_running_loop()
        call = Call(loop.time() + self._seconds, what)
        self._calls.append(call)
        if not self._ticking:
            self._ticking = True
            loop.call_at(call.time, self._ring)
        return call

    def _ring(self) -> None:
        loop, calls = asyncio.get_running_loop(), self._calls
        try:
            while calls and (calls[0].what is None or calls[0].time <= loop.time()):
                if what := calls.popleft().what:
                    what()
        finally:
            self._ticking = bool(calls)
            if calls:
                loop.call_at(calls[0].time, self._ring)
