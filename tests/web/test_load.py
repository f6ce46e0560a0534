"""Many clients for a bounded time, while workers are killed: no wrong answer, and all is well after."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count

import httpx
import pytest
from tests.web.conftest import Serve, Server, alive, eventually

SECONDS = 4.0
CLIENTS = 12
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@contextmanager
def killing(server: Server, seed: int) -> Iterator[list[int]]:
    """Kill a worker every now and then."""
    stop, killed, dice = threading.Event(), list[int](), random.Random(seed)

    def kill() -> None:
        while not stop.wait(0.3):
            if workers := server.workers():
                killed.append(dice.choice(workers))
                with contextlib.suppress(ProcessLookupError):
                    os.kill(killed[-1], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield killed
    finally:
        stop.set()
        killer.join()


def expected(server: Server) -> dict[str, str]:
    """Questions of several sizes, and what a server that nobody disturbs answers."""
    patterns = (
        "id:zhipu skos:prefLabel ?x",
        "?x a fs:Company",
        "?x fs:metric metric:net-loss",
        "?s skos:prefLabel ?x FILTER(LANG(?x) = 'zh')",
    )
    questions = [f"SELECT ?x {{ {pattern} }} ORDER BY ?x" for pattern in patterns]
    return {question: server.ask(question).text for question in questions}


def test_no_wrong_answer_while_workers_are_killed(serve: Serve) -> None:
    server = serve("--workers", "3", "--timeout", "5")
    known = expected(server)
    assert all(len(text.split()) > 1 for text in known.values())
    numbers, seen = count(), Counter[int]()

    def ask(client: int, until: float) -> None:
        dice = random.Random(client)
        with httpx.Client(base_url=server.address, timeout=30) as connection:
            while time.monotonic() < until:
                question = dice.choice(list(known))
                # A remark makes it another query: an answer that is remembered would prove nothing.
                parameters = {"query": f"{question} # {next(numbers)}", "format": "csv"}
                answer = connection.get("sparql", params=parameters)
                seen[answer.status_code] += 1
                if answer.status_code == 200:
                    assert answer.text == known[question]
                else:
                    assert answer.status_code in (500, 503)
                    assert answer.json()["error"]["code"] in ("query", "busy")

    with killing(server, 7) as killed, ThreadPoolExecutor(CLIENTS) as clients:
        until = time.monotonic() + SECONDS
        for one in [clients.submit(ask, client, until) for client in range(CLIENTS)]:
            one.result()
    assert len(killed) > 2
    assert seen[200] > sum(seen.values()) / 2, seen
    # It recovers by itself: all workers are there again, none of them one that was killed.
    assert eventually(lambda: len(server.workers()) == 3)
    assert not {*server.workers()} & {*killed}
    for question, text in known.items():
        assert server.ask(f"{question} # again").text == text
    left = server.workers()
    assert server.stop() == 0
    assert not any(map(alive, left + killed))


def test_the_end_comes_while_much_is_asked(serve: Serve) -> None:
    """Whoever was answered was answered rightly; whoever was not was told, or found nobody there."""
    server = serve("--workers", "2", "--timeout", "2")
    assert eventually(lambda: len(server.workers()) == 2)
    workers, stop = server.workers(), threading.Event()

    def ask(client: int) -> int:
        answered = 0
        with contextlib.suppress(httpx.TransportError):
            while not stop.is_set():
                answer = server.ask(f"SELECT ({client} AS ?n) {{}} # {answered}")
                assert answer.status_code != 200 or answer.text.split() == ["n", str(client)]
                answered += answer.status_code == 200
        return answered

    with ThreadPoolExecutor(6) as clients:
        running = [clients.submit(ask, client) for client in range(5)]
        endless = clients.submit(server.ask, ENDLESS)
        assert eventually(lambda: server.get("/status").json()["running"] > 0)
        server.process.send_signal(signal.SIGTERM)
        # What runs is finished, here at its limit.
        assert endless.result().json()["error"]["code"] == "query-timeout"
        assert server.process.wait(30) == 0
        stop.set()
        assert sum(one.result() for one in running) > 0
    assert eventually(lambda: not any(map(alive, workers)))
