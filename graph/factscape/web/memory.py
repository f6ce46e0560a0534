"""Answers that are given again, the ones asked for last, up to a number of bytes."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple, TypeVar

__all__ = ["LARGEST", "Kept", "Memory"]

T = TypeVar("T")

LARGEST = 1 << 18
"""More bytes of one answer are not kept."""


class Kept(NamedTuple):
    """An answer that is given again."""

    data: bytes
    content_type: str


class Memory:
    """Answers by their ETags.

    >>> memory = Memory(5)
    >>> memory.put("a", Kept(b"one", "text/plain"))
    >>> memory.put("b", Kept(b"two", "text/plain"))
    >>> memory.get("a"), memory.get("b").data
    (None, b'two')
    """

    def __init__(self, most: int, largest: int = LARGEST) -> None:
        """Keep at most so many bytes in all, and of one answer."""
        self._most = most
        self._largest = largest
        self._size = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._made: dict[str, asyncio.Task[Any]] = {}

    def get(self, tag: str | None) -> Kept | None:
        """Return the answer with this tag, if it is still there."""
        found = self._kept.get(tag) if tag else None
        if tag and found:
            self._kept.move_to_end(tag)
        return found

    def put(self, tag: str, kept: Kept) -> None:
        """Keep an answer, unless it is too large, in the place of those not asked for longest."""
        if len(kept.data) > self._largest or tag in self._kept:
            return
        self._kept[tag] = kept
        self._size += len(kept.data)
        while self._size > self._most:
            self._size -= len(self._kept.popitem(last=False)[1].data)

    async def once(self, tag: str, make: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Make what has this tag once for all who ask for it meanwhile; raise what that raises.

        It is made to the end though one of them goes away.
        """
        task = self._made.get(tag)
        if task is None:
            task = self._made[tag] = asyncio.create_task(make())
            task.add_done_callback(lambda _: self._made.pop(tag))
        made: T = await asyncio.shield(task)
        return made
