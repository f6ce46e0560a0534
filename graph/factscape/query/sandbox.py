"""A query in a process of its own, which is stopped at its limit whatever it is doing.

The engine cannot be interrupted, so the whole process is killed. It also goes when the one that
asked dies: its standard input, which that one holds open, ends.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import IO, TYPE_CHECKING, Any

import pyoxigraph as ox

from factscape.errors import FactscapeError, MisuseError, Place, QueryError, QueryTimeoutError
from factscape.query.formats import Answer

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = ["Job", "as_error", "ask_aside", "ended_early", "parse_answer"]

_CHUNK = 1 << 16


@dataclass(frozen=True)
class Job:
    """What the other process is asked to do."""

    text: str
    format: str
    """A format of `formats`, or `native`: what `parse_answer` reads."""
    prefixes: dict[str, str] = field(default_factory=dict)
    limit: int = 0
    name: str = "query"
    in_order: bool = False
    """Whether the columns of `SELECT *` come as the query mentions them, not sorted."""
    directory: str | None = None
    """The store, where another process can open it."""
    copied: int = 0
    """The length of the N-Quads that follow, where it cannot."""
    memory: int = 0
    """The bytes that it may use; 0 is half of what the machine has."""


def ask_aside(store: Store, job: Job, output: IO[bytes], timeout: float | None) -> bool:
    """Write the answer to `output`, complete or not at all in time; return whether it has rows.

    When this raises, what `output` holds is not an answer.

    Raises QueryTimeoutError at the limit (in seconds; None: never), and what the query raises.
    """
    if timeout is not None and not timeout > 0:
        raise MisuseError(f"a time limit must be more than 0 seconds, not {timeout:g}")
    deadline = None if timeout is None else time.monotonic() + timeout
    copy = b""
    if store.directory is None:
        copy = ox.serialize(store.quads(), format=ox.RdfFormat.N_QUADS) or b""
    where = None if store.directory is None else str(store.directory)
    fields = {**asdict(job), "directory": where, "copied": len(copy)}
    with _process() as process, _stopped_at(process, deadline) as stopped:
        status, report = _talk(process, json.dumps(fields).encode("ascii") + b"\n" + copy, output)
    if stopped.is_set():
        raise QueryTimeoutError(
            f"the query was stopped at its limit of {timeout:g} s",
            hint="add a LIMIT, name more of what you look for (an IRI instead of a variable), or "
            "raise the limit: --timeout SECONDS, timeout= in Python",
        )
    return _outcome(status, report)


def parse_answer(data: bytes) -> Answer:
    """Make an answer of what the other process wrote in the native format.

    >>> bool(parse_answer(b'{"head":{},"boolean":true}'))
    True
    """
    if data.startswith(b"{"):
        return ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
    store = ox.Store()
    store.extend(ox.parse(data, ox.RdfFormat.N_TRIPLES))
    triples = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(triples, ox.QueryTriples)
    return triples


@contextmanager
def _process() -> Iterator[subprocess.Popen[bytes]]:
    """Start the other process; make sure that it is gone at the end."""
    # -P: a file json.py in the folder where one happens to be is not imported.
    command = [sys.executable, "-P", "-m", "factscape.query.worker"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                with suppress(BrokenPipeError):
                    stream.close()


@contextmanager
def _stopped_at(
    process: subprocess.Popen[bytes], deadline: float | None
) -> Iterator[threading.Event]:
    """Kill the process at the deadline, and set the event when that was needed."""
    stopped = threading.Event()
    if deadline is None:
        yield stopped
        return

    def stop() -> None:
        stopped.set()
        process.kill()

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), stop)
    timer.daemon = True  # Ctrl-C while it starts must not leave this process waiting for it
    try:
        timer.start()
        yield stopped
    finally:
        timer.cancel()


def _talk(
    process: subprocess.Popen[bytes], question: bytes, output: IO[bytes]
) -> tuple[int, bytes]:
    """Send the question, copy the answer; return the exit status and what was reported."""
    assert process.stdin and process.stdout and process.stderr
    report: list[bytes] = []
    # Its own thread, so that neither pipe can fill up while the other is waited for.
    listener = threading.Thread(target=_read_all, args=(process.stderr, report), daemon=True)
    listener.start()
    with suppress(BrokenPipeError):  # it is gone: its report says why
        process.stdin.write(question)
        process.stdin.flush()
    while chunk := process.stdout.read(_CHUNK):
        output.write(chunk)
    status = process.wait()
    listener.join()
    return status, b"".join(report)


def _read_all(stream: IO[bytes], into: list[bytes]) -> None:
    into.append(stream.read())


def _outcome(status: int, report: bytes) -> bool:
    """Return whether there were rows, or raise what the other process reports."""
    with suppress(ValueError):
        said = json.loads(report)
        if status == 0:
            return bool(said["rows"])
        if "error" in said:
            raise as_error(said["error"])
    raise ended_early(status, report)


def ended_early(status: int, report: bytes) -> QueryError:
    """Say what a process died of, by its exit status and its last words.

    >>> ended_early(-6, b"memory allocation of 99 bytes failed").message
    'the query needed more memory than it may take'
    """
    if b"memory" in report.lower():
        return QueryError(
            "the query needed more memory than it may take", hint="ask for less at once"
        )
    names = {number.value: number.name for number in signal.Signals}
    return QueryError(
        f"the query ended its process without an answer ({names.get(-status, f'status {status}')})",
        hint="it may be nested too deep, or have been ended from outside",
    )


def as_error(said: dict[str, Any]) -> FactscapeError:
    """Make the error again that another process met, from what `as_dict` said of it there."""
    place = Place(said["file"], said["line"], said["column"]) if said["file"] else None
    kinds = {kind.code: kind for kind in _kinds(FactscapeError)}
    error = kinds.get(said["code"], QueryError)
    return error(said["message"], place=place, hint=said["hint"] or "")


def _kinds(kind: type[FactscapeError]) -> Iterator[type[FactscapeError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _kinds(below)
