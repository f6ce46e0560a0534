"""Calls after a fixed time come in order, unless they are cancelled, whatever one of them does."""

from __future__ import annotations

import asyncio
from typing import Any

from factscape.web.workers.alarm import Alarm


def test_calls_come_in_order_and_not_before_their_time() -> None:
    async def rung() -> list[tuple[int, float]]:
        loop, alarm, said = asyncio.get_running_loop(), Alarm(0.05), []
        begun = loop.time()
        for number in range(3):
            alarm.set(lambda number=number: said.append((number, loop.time() - begun)))  # type: ignore[misc]
            await asyncio.sleep(0.01)
        while len(said) < 3:
            await asyncio.sleep(0.01)
        return said

    said = asyncio.run(rung())
    assert [number for number, _ in said] == [0, 1, 2]
    assert all(late >= 0.05 + 0.01 * number for number, late in said)


def test_what_is_cancelled_is_not_called_and_the_next_one_is() -> None:
    async def rung() -> list[str]:
        alarm, said = Alarm(0.01), list[str]()
        first = alarm.set(lambda: said.append("first"))
        alarm.set(lambda: said.append("second"))
        first.cancel()
        await asyncio.sleep(0.1)
        assert said == ["second"]
        # It is set again after it had nothing to do.
        alarm.set(lambda: said.append("third"))
        await asyncio.sleep(0.1)
        return said

    assert asyncio.run(rung()) == ["second", "third"]


def test_one_that_fails_does_not_silence_the_others() -> None:
    async def rung() -> tuple[list[str], list[str]]:
        alarm, said, failed = Alarm(0.01), list[str](), list[str]()

        def note(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
            failed.append(str(context["exception"]))

        def fail() -> None:
            raise RuntimeError("on purpose")

        asyncio.get_running_loop().set_exception_handler(note)
        alarm.set(fail)
        alarm.set(lambda: said.append("called"))
        await asyncio.sleep(0.1)
        return said, failed

    assert asyncio.run(rung()) == (["called"], ["on purpose"])
