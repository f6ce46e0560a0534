"""The same facts as of a day, or as they were known by one, for the pages that ask for that.

They are compiled in a process of their own, one at a time, into a folder of this server's own,
and a few stay open. The others are removed: who asks for ever other days does not fill the disk.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from factscape.claims.clocks import Clocks
from factscape.errors import BusyError
from factscape.opening import Facts, open_facts

__all__ = ["Clocked"]

_KEPT = 6
"""So many settings of the clocks stay open."""
_WAITING = 4
"""So many wait for theirs to be compiled; whoever comes then is asked to come again."""

Build = Callable[[Clocks, Path], Awaitable[None]]


class Clocked:
    """Facts by the setting of the clocks; all of them are opened, read and closed in one thread."""

    def __init__(self, paths: tuple[str, ...] | None, build: Build) -> None:
        """Open these paths; `build` compiles them into a cache, so that opening takes no time."""
        self._paths = paths
        self._folder = TemporaryDirectory(prefix="factscape-clocks-")
        self._build = build
        self._open: OrderedDict[Clocks, Facts] = OrderedDict()
        self._building = asyncio.Lock()
        self._waiting = 0

    async def ready(self, clocks: Clocks) -> None:
        """Compile what is not open yet.

        Raises BusyError when too many wait, and what reading the facts raises.
        """
        if clocks in self._open:
            return
        if self._waiting >= _WAITING:
            raise BusyError("too many other days are asked for", hint="ask again in a moment")
        self._waiting += 1
        try:
            async with self._building:
                if clocks not in self._open:
                    await self._build(clocks, self._cache(clocks))
        finally:
            self._waiting -= 1

    def at(self, clocks: Clocks) -> Facts:
        """Return the facts at a setting of the clocks."""
        if clocks not in self._open:
            while len(self._open) >= _KEPT:
                self._forget(next(iter(self._open)))
            self._open[clocks] = open_facts(
                self._paths,
                as_of=clocks.as_of,
                known_by=clocks.known_by,
                cache=self._cache(clocks),
            )
        self._open.move_to_end(clocks)
        return self._open[clocks]

    def close(self) -> None:
        """Close all of them, and remove what was compiled."""
        for clocks in list(self._open):
            self._forget(clocks)
        self._folder.cleanup()

    def _forget(self, clocks: Clocks) -> None:
        self._open.pop(clocks).close()
        shutil.rmtree(self._cache(clocks), ignore_errors=True)

    def _cache(self, clocks: Clocks) -> Path:
        return Path(self._folder.name) / clocks.key.replace("/", "_")
