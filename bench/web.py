"""SPARQL over HTTP: requests a second beside oxigraph's own server and rdflib-endpoint; pages too.

The same client asks all of them in turn, on connections that stay open, each time another query,
so that no answer comes out of a memory. Peers that are not installed are left out, and said.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from statistics import median
from urllib.parse import quote

import factscape
from bench.generate import quads, write_nquads
from bench.measure import Line
from factscape.terms import PREFIXES

__all__ = ["lines"]

_ROUNDS = 5
_SECONDS = 1.0
_STARTS = 5
_CONNECTIONS = 16
_READERS = 50
_BOUNDS = {"oxigraph serve": 0.6, "rdflib-endpoint": 15.0}
_INSTALL = "pip install oxigraph 'rdflib-endpoint[cli]'"

Path_ = Callable[[int], str]


def lines(number: int, folder: Path, rounds: int | None = None) -> list[Line]:
    """Measure a point query over `number` quads, each time of another thing, and a page."""
    path = folder / f"{number}.nq"
    write_nquads(path, quads(number))
    with factscape.open(path) as facts:
        assert facts.store.directory is not None
        copy = folder / f"web-{number}"
        shutil.copytree(facts.store.directory, copy, dirs_exist_ok=True)
    things = max(number // 500, 1)
    with contextlib.ExitStack() as stack:
        ports = {
            name: stack.enter_context(_serving(command)) for name, command in _rivals(path, copy)
        }
        asked = {name: _query(things, "/" if "rdflib" in name else "") for name in ports}
        times: dict[str, list[float]] = {name: [] for name in ports}
        # The first round is for everybody to get warm.
        for turn in range(1 + (rounds or _ROUNDS)):
            for name, port in ports.items():
                took = _each(port, _never_before(asked[name], turn), _CONNECTIONS)
                times[name] += [took] if turn else []
        ours = ports["factscape"]
        again = _each(ours, lambda _: asked["factscape"](0), _CONNECTIONS)
        page = _each(ours, lambda _: "/thing/id/company-1-0", _READERS)
    found = [
        Line.faster("a point query over HTTP", times, "factscape", name, bound)
        for name, bound in _BOUNDS.items()
        if name in times
    ]
    mine = median(times["factscape"])
    own = "factscape, each another query"
    return [
        *found,
        Line("the same query again", again, own, mine, mine / again, None, False),
        Line(f"a page, {_READERS} readers at once", page, own, mine, page / mine, None),
        _start(rounds or _STARTS),
    ]


def _start(number: int) -> Line:
    """Measure from the command to the first answers over the bundled facts, as the second time."""
    times = []
    for _ in range(1 + number):
        begun = time.perf_counter()
        with _serving(_ours()) as port:
            asyncio.run(_first(port, "/", _query(1, "")(0)))
            times.append(time.perf_counter() - begun)
    took = median(times[1:])
    return Line("from the command to a page and an answer", took, "a second", 1.0, took, 1.0)


async def _first(port: int, *paths: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for path in paths:
        await _one(reader, writer, path)
    writer.close()


def _ours(*facts: str) -> Callable[[int], Sequence[str]]:
    command = (sys.executable, "-m", "factscape", "serve", *facts, "--port")
    return lambda port: [*command, str(port)]


def _never_before(path: Path_, turn: int) -> Path_:
    """Return addresses of queries that no other round asks for."""
    return lambda number: path(number + turn * 10_000_000)


def _rivals(path: Path, store: Path) -> Iterator[tuple[str, Callable[[int], Sequence[str]]]]:
    yield "factscape", _ours("--facts", str(path))
    bin = Path(sys.executable).parent
    oxigraph, endpoint = bin / "oxigraph", bin / "rdflib-endpoint"
    if oxigraph.exists():
        yield (
            "oxigraph serve",
            lambda port: [
                *(str(oxigraph), "serve-read-only", "--location", str(store)),
                *("--bind", f"127.0.0.1:{port}", "--union-default-graph"),
            ],
        )
    if endpoint.exists():
        yield (
            "rdflib-endpoint",
            lambda port: [
                *(str(endpoint), "serve", "--host", "127.0.0.1", "--port", str(port)),
                str(path),
            ],
        )
    if not (oxigraph.exists() and endpoint.exists()):
        print(f"peers are not installed: {_INSTALL}")


def _query(things: int, root: str) -> Path_:
    """Return the address of the query with a number: of another thing, and never the same text."""

    def address(number: int) -> str:
        thing = f"<{PREFIXES['id']}company-{number % things}-0>"
        query = f"SELECT ?property ?value {{ {thing} ?property ?value }} # {number}"
        return f"{root or '/sparql'}?query={quote(query)}"

    return address


@contextlib.contextmanager
def _serving(command: Callable[[int], Sequence[str]]) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command(port), stdin=quiet, stdout=quiet, stderr=quiet, env={**os.environ}
    )
    try:
        until = time.monotonic() + 600
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            assert process.poll() is None, f"{command(port)} did not start"
            time.sleep(0.01)
        yield port
    finally:
        process.terminate()
        process.wait()


def _each(port: int, path: Path_, connections: int) -> float:
    """Return the seconds that each request takes when so many connections are kept busy."""
    return asyncio.run(_asking(port, path, connections))


async def _asking(port: int, path: Path_, connections: int) -> float:
    numbers = count()
    begun = time.perf_counter()
    workers = (_asker(port, path, numbers, begun + _SECONDS) for _ in range(connections))
    answered = sum(await asyncio.gather(*workers))
    return (time.perf_counter() - begun) / answered


async def _asker(port: int, path: Path_, numbers: count[int], until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answered = 0
    while time.perf_counter() < until or not answered:
        await _one(reader, writer, path(next(numbers)))
        answered += 1
    writer.close()
    return answered


async def _one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> None:
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n"
    writer.write(head.encode("ascii"))
    await _answer(reader)


async def _answer(reader: asyncio.StreamReader) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    assert head.startswith(b"http/1.1 200"), head
    length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
    if length:
        await reader.readexactly(int(length))
        return
    while size := int(await reader.readuntil(b"\r\n"), 16):  # in pieces
        await reader.readexactly(size + 2)
    await reader.readexactly(2)
