"""What strangers can take: time, memory, room, places; and what is left when it all ends."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from tests.web.conftest import Serve, Server, alive, eventually

NAME = "SELECT ?name { id:zhipu skos:prefLabel ?name FILTER(LANG(?name) = 'en') }"
CROSS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def calm(server: Server) -> bool:
    return bool(server.get("/status").json()["running"] == 0)


@pytest.mark.parametrize(
    "query",
    [
        f"{CROSS} ORDER BY ?c ?f LIMIT 1",
        ENDLESS,
        "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>)* ?c . ?d (!<urn:x>)+ ?f }",
        "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?d)) = STR(?h)) }",
    ],
)
def test_a_runaway_is_stopped_and_the_next_one_is_answered(server: Server, query: str) -> None:
    answer = server.ask(query)
    assert answer.status_code in (500, 503)
    assert answer.json()["error"]["code"] in ("query-timeout", "query")
    assert server.ask(NAME).text == "name\r\nZhipu\r\n"


@pytest.mark.parametrize("accept", ["application/json", "text/csv", "application/xml"])
def test_an_answer_without_end_is_refused(serve: Serve, accept: str) -> None:
    server = serve("--timeout", "60")
    answer = server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f }", accept)
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "query-too-large"
    assert server.ask(NAME).status_code == 200


@linux
def test_who_hangs_up_stops_the_query(serve: Serve) -> None:
    server = serve("--timeout", "600", "--workers", "1")
    before = server.workers()
    with contextlib.suppress(httpx.ReadTimeout):
        httpx.get(f"{server.address}sparql", params={"query": ENDLESS}, timeout=0.5)
    assert eventually(lambda: calm(server))
    assert eventually(lambda: not alive(before[0]))
    # With one worker only, this is answered because another one took its place.
    assert eventually(lambda: server.ask(NAME).status_code == 200)


def hanging(server: Server, number: int) -> Iterator[socket.socket]:
    """Ask something long on connections of one's own, without waiting for the answer."""
    target = str(httpx.URL("/sparql", params={"query": ENDLESS}))
    for _ in range(number):
        connection = socket.create_connection(("127.0.0.1", server.port))
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode("ascii"))
        yield connection


def test_others_go_on_beside_a_runaway(serve: Serve) -> None:
    server = serve("--timeout", "600", "--workers", "2")
    connections = list(hanging(server, 1))
    assert eventually(lambda: not calm(server))
    for number in range(20):
        answer = server.ask(f"SELECT ({number} AS ?n) {{}}")
        assert answer.text.split() == ["n", str(number)]
    assert not calm(server)
    for connection in connections:
        connection.close()


def test_nothing_waits_behind_a_slow_query(serve: Serve) -> None:
    server = serve("--timeout", "600", "--workers", "2")
    assert eventually(lambda: len(server.workers()) == 2)
    # More at once than there are workers: some are put behind the endless one, and go on elsewhere.
    queries = [ENDLESS, *(f"SELECT ({number} AS ?n) {{}}" for number in range(12))]
    connections = []
    for query in queries:
        target = str(httpx.URL("/sparql", params={"query": query, "format": "csv"}))
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode("ascii"))
        connections.append(connection)
    for number, connection in enumerate(connections[1:]):
        assert connection.recv(65536).endswith(f"n\r\n{number}\r\n".encode("ascii"))
    assert not calm(server)
    for connection in connections:
        connection.close()


def test_past_the_queue_there_is_503_with_a_time_to_come_back(serve: Serve) -> None:
    server = serve("--timeout", "600", "--workers", "1")
    connections = list(hanging(server, 40))
    try:
        answer = server.ask(NAME)
        assert answer.status_code == 503
        assert answer.json()["error"]["code"] == "busy"
        assert int(answer.headers["retry-after"]) > 0
    finally:
        for connection in connections:
            connection.close()
    assert eventually(lambda: server.ask(NAME).status_code == 200)


@linux
def test_a_killed_worker_is_replaced(serve: Serve) -> None:
    server = serve("--workers", "2")
    assert eventually(lambda: len(server.workers()) == 2)
    before = server.workers()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    # Who asks at that moment may be told; nobody is told something wrong.
    answers = [server.ask(NAME) for _ in range(20)]
    assert {answer.text for answer in answers if answer.status_code == 200} == {"name\r\nZhipu\r\n"}
    assert answers[-1].status_code == 200
    assert eventually(lambda: len(server.workers()) == 2 and not {*before} & {*server.workers()})


@linux
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_process_is_left(serve: Serve, number: signal.Signals) -> None:
    server = serve("--timeout", "600")
    assert eventually(lambda: len(server.workers()) >= 3)
    workers = server.workers()
    server.process.send_signal(number)
    server.process.wait(30)
    assert eventually(lambda: not any(map(alive, workers)))


@linux
def test_no_process_is_left_of_a_query_that_runs(serve: Serve) -> None:
    server = serve("--timeout", "600", "--workers", "1")
    [worker] = server.workers()
    connections = list(hanging(server, 1))
    assert eventually(lambda: not calm(server))
    server.process.send_signal(signal.SIGKILL)
    server.process.wait(30)
    assert eventually(lambda: not alive(worker))
    for connection in connections:
        connection.close()


def test_shutdown_finishes_what_runs(serve: Serve) -> None:
    server = serve("--timeout", "2")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(server.ask, ENDLESS)
        assert eventually(lambda: not calm(server))
        server.process.send_signal(signal.SIGTERM)
        # It ends as it would have ended: at its limit, with an answer.
        assert running.result().json()["error"]["code"] == "query-timeout"
    assert server.process.wait(30) == 0


def test_a_port_that_is_taken(server: Server) -> None:
    command = [sys.executable, "-m", "factscape", "serve", "--port", str(server.port)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert done.returncode == 2
    assert "--port 0" in done.stderr


def test_facts_that_cannot_be_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("broken")
    (folder / "a.ttl").write_text("<urn:a> <urn:b>\n oops .", encoding="utf-8")
    command = [sys.executable, "-m", "factscape", "serve", "--port", "0", "--facts", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert done.returncode == 1
    assert "a.ttl:2" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_listens_on_this_machine_only(server: Server) -> None:
    assert server.address.startswith("http://127.0.0.1:")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing: only asks which address would be used
        own = probe.getsockname()[0]
    if own.startswith("127."):
        pytest.skip("this machine has no other address")
    with pytest.raises(OSError):
        socket.create_connection((own, server.port), timeout=2)


def test_time_is_not_up_for_who_waits_between_two_requests(server: Server) -> None:
    with httpx.Client() as client:
        for _ in range(3):
            assert client.get(f"{server.address}status").status_code == 200
            time.sleep(0.2)
