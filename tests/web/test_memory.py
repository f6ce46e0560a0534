from __future__ import annotations

import asyncio

import pytest

from factscape.errors import MisuseError
from factscape.web.memory import Memory


def test_what_many_ask_for_at_once_is_made_once() -> None:
    made: list[str] = []

    async def make() -> int:
        made.append("once")
        await asyncio.sleep(0)
        return len(made)

    async def ask() -> list[int]:
        memory = Memory(100)
        together = await asyncio.gather(*(memory.once("a", make) for _ in range(5)))
        return [*together, await memory.once("a", make)]

    assert asyncio.run(ask()) == [1, 1, 1, 1, 1, 2]


def test_one_that_goes_away_takes_nothing_from_the_others() -> None:
    async def ask() -> str:
        memory, go = Memory(100), asyncio.Event()

        async def make() -> str:
            await go.wait()
            return "made"

        first = asyncio.create_task(memory.once("a", make))
        await asyncio.sleep(0)
        other = asyncio.create_task(memory.once("a", make))
        await asyncio.sleep(0)
        first.cancel()
        go.set()
        return await other

    assert asyncio.run(ask()) == "made"


def test_what_goes_wrong_is_told_to_all_and_tried_again() -> None:
    made: list[str] = []

    async def make() -> int:
        made.append("tried")
        await asyncio.sleep(0)
        raise MisuseError("no")

    async def ask() -> None:
        memory = Memory(100)
        told = await asyncio.gather(
            memory.once("a", make), memory.once("a", make), return_exceptions=True
        )
        assert [type(one) for one in told] == [MisuseError, MisuseError]
        with pytest.raises(MisuseError):
            await memory.once("a", make)

    asyncio.run(ask())
    assert len(made) == 2
