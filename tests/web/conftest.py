"""A real server on loopback, as `factscape serve` starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest


@dataclass
class Server:
    """A running server, its address, and what it wrote on standard error."""

    process: subprocess.Popen[str]
    address: str
    log: Path

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    def get(self, path: str, **settings: object) -> httpx.Response:
        return httpx.get(self.address.rstrip("/") + path, timeout=30, **settings)  # type: ignore[arg-type]

    def ask(self, query: str, accept: str = "text/csv", **parameters: str) -> httpx.Response:
        return self.get(
            "/sparql", params={"query": query, **parameters}, headers={"accept": accept}
        )

    def workers(self) -> list[int]:
        """The processes that answer queries: the server's children that run the module."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    words = (entry / "cmdline").read_bytes()
                    parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
                except OSError:
                    continue
                if b"factscape.query.standing" in words and int(parent) == self.process.pid:
                    found.append(int(entry.name))
        return found

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


Serve = Callable[..., Server]


def alive(pid: int) -> bool:
    """Whether a process is there and not only waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def eventually(what: Callable[[], object], seconds: float = 20) -> bool:
    """Whether something comes to hold in a bounded time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.05)
    return False


@contextmanager
def serving(log: Path, *arguments: str) -> Iterator[Server]:
    command = [sys.executable, "-m", "factscape", "serve", "--port", "0", *arguments]
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert process.stdout
        with process.stdout:
            line = process.stdout.readline()
            assert line.startswith("http://"), log.read_text(encoding="utf-8")
            server = Server(process, line.split()[0], log)
            try:
                yield server
            finally:
                status = server.stop()
    assert status in (0, -signal.SIGKILL), log.read_text(encoding="utf-8")
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server over the bundled facts, for all tests that leave it as it is."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(log, "--timeout", "2", "--log", "requests") as running:
        yield running


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Start a server of one's own; it is stopped at the end."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        def start(*arguments: str) -> Server:
            log = tmp_path / f"server-{time.monotonic_ns()}.log"
            return stack.enter_context(serving(log, *arguments))

        yield start
