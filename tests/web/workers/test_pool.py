"""Workers that are asked more than they can answer at once stay: to begin anew takes longer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from factscape.opening import open_facts
from factscape.query.standing import Asked
from factscape.terms import PREFIXES
from factscape.web.settings import Limits
from factscape.web.workers import pool as pools
from factscape.web.workers.pool import Pool
from factscape.web.workers.worker import Worker

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def directory() -> Iterator[Path]:
    with open_facts() as facts:
        assert facts.store.directory
        yield facts.store.directory


async def asked(pool: Pool, number: int) -> int:
    answer = await pool.ask(Asked(f"SELECT * {{ ?a ?b ?c }} LIMIT {number}"))
    with answer.data:
        return answer.data.read().count(b'"a":')


@asynccontextmanager
async def working(directory: Path, workers: int) -> AsyncIterator[tuple[Pool, list[int]]]:
    """Have so many workers, and the numbers of their processes."""
    pool = Pool(directory, PREFIXES, Limits(workers=workers, waiting=200, patience=60))
    try:
        await pool.start()
        while len(pool.processes) < workers:
            await asyncio.sleep(0.05)
        yield pool, pool.processes
    finally:
        await pool.close()


async def hung_up(work: Coroutine[Any, Any, object], after: float) -> None:
    task = asyncio.ensure_future(work)
    await asyncio.sleep(after)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def all_are_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every query pass for a slow one, on a quick machine and on a busy one alike."""
    monkeypatch.setattr(pools, "_SLOW", 0.0)
    monkeypatch.setattr(pools, "_IN_VAIN", 60.0)


@pytest.mark.usefixtures("all_are_slow")
def test_who_is_overtaken_by_others_goes_on(directory: Path) -> None:
    # All are given to all: most are answered by somebody else.
    async def many() -> None:
        async with working(directory, 2) as (pool, before):
            for _ in range(5):
                found = await asyncio.gather(*(asked(pool, number) for number in range(1, 41)))
                assert found == list(range(1, 41))
            assert set(pool.processes) == set(before)

    asyncio.run(many())


@pytest.mark.usefixtures("all_are_slow")
def test_who_hangs_up_at_once_costs_no_worker(directory: Path) -> None:
    async def gone() -> None:
        async with working(directory, 1) as (pool, before):
            for _ in range(20):
                await hung_up(asked(pool, 1), after=0.001)
            assert await asked(pool, 3) == 3
            assert pool.processes == before

    asyncio.run(gone())


def test_a_worker_is_not_taken_for_as_large_as_who_started_it(directory: Path) -> None:
    held = b"\1" * (600 << 20)

    async def small() -> None:
        async with working(directory, 1) as (pool, before):
            assert await asked(pool, 1) == 1
            assert await asked(pool, 2) == 2
            assert pool.processes == before

    asyncio.run(small())
    assert len(held) > Limits().memory // 2


def test_a_worker_that_hangs_while_it_starts_holds_nobody_up(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = asyncio.Event()
    monkeypatch.setattr(pools, "_REST", 0.0)

    async def closed() -> None:
        pool = Pool(directory, PREFIXES, Limits(workers=2))
        await pool.start()
        # The second one is never told where to stand, so it is never ready.
        monkeypatch.setattr(Worker, "_say", lambda *_: waiting.set())
        await waiting.wait()
        await asyncio.wait_for(pool.close(), 30)

    asyncio.run(closed())


def test_what_nobody_waits_for_is_stopped(directory: Path) -> None:
    async def gone() -> None:
        async with working(directory, 1) as (pool, before):
            await hung_up(pool.ask(Asked(ENDLESS)), after=0.01)
            assert await asked(pool, 2) == 2
            assert pool.processes != before

    asyncio.run(gone())
