"""A worker that stays: answers one query after another over one store, for a server.

Standard input: a line of JSON that says which store (`Post`), then one for each query (`Asked`),
which may be sent before the one before it is answered; when it ends, so does this process, whatever
it is doing. Standard output: frames, each a letter and a length of four bytes before its data: `d`
a part of an answer, `e` its end (`END`), `x` in JSON what went wrong instead, and `r` once, when
the store is open. Who asks keeps the time, and kills this process at the limit.
"""

from __future__ import annotations

import io
import json
import os
import select
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

import pyoxigraph as ox

from factscape.errors import FactscapeError, QueryTooLargeError
from factscape.query.formats import write_answer
from factscape.query.running import engine_errors, run
from factscape.query.worker import fail_alone
from factscape.store import Dataset, Store, open_store
from factscape.store.oxigraph import MemoryStore

__all__ = ["END", "HEAD", "Asked", "Post", "main"]

HEAD = struct.Struct(">cI")
"""What stands before each frame."""
END = struct.Struct(">?Q")
"""Whether the answer was triples, and the most bytes of memory that this process has held."""

_PART = 1 << 16
_NOTED = 0.002
"""Seconds after which a query may have taken memory worth noting."""
_OFTEN = 256
"""After so many queries what they took together is noted anyhow."""
_SMALL = 64 << 20
"""Bytes on disk, of some 200,000 quads, which take about as many in memory."""
_SOME = 500
_ROW_ENDS = {"json": b'}},{"', "xml": b"</result>", "csv": b"\n", "tsv": b"\n"}
"""What stands between rows or at their ends; in JSON nowhere else, as its texts escape a quote."""
_ROWS_AT_FIRST = {"json": 1, "csv": -1, "tsv": -1}
"""What to add to how often that is found: nothing stands behind JSON's last row, and a head line
is none."""


class Post(NamedTuple):
    """The store that a worker stands at, and how much memory it may take (0: half of all)."""

    directory: str
    prefixes: Mapping[str, str] = {}
    memory: int = 0


class Asked(NamedTuple):
    """A query, and how its answer is wanted: in which format if it is rows, in which if triples.

    None means that answers of this kind are not wanted. `graphs` are those of the default graph
    and the named ones, None where the query may say itself.
    """

    text: str
    rows: str | None = "json"
    triples: str | None = "ttl"
    graphs: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    most_rows: int = 0
    most_bytes: int = 0


def main() -> int:
    """Stand at the post that the first line names until standard input ends."""
    # Ctrl-C reaches every process of a terminal: the one that asked says what happens to this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is printed by accident must not stand between two frames.
    output = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    post = Post(*json.loads(next(_questions())))
    threading.Thread(target=_end_with_the_input, daemon=True).start()
    fail_alone(post.memory)
    try:
        shelf = _Shelf(open_store(Path(post.directory)), min(_SMALL, post.memory // 8))
        shelf.store.query("ASK {}")  # a snapshot is opened when it is first asked
    except FactscapeError as error:
        _send(output, b"x", error.as_dict())
        return error.exit_status
    _send(output, b"r", {})
    memory = _memory()
    for number, question in enumerate(_questions(shelf.fill)):
        answered, begun = _Parts(output), time.monotonic()
        triples, failed = False, None
        try:
            with engine_errors():
                asked = Asked(*json.loads(question))
                triples = _answered(asked, shelf.store, post.prefixes, answered)
        except FactscapeError as error:
            answered.forget()
            failed = error.as_dict()
        # To ask for it takes a sixth of a small query, and what grows a process takes its time.
        if time.monotonic() - begun > _NOTED or not number % _OFTEN:
            memory = _memory()
        if failed:
            answered.end(b"x", json.dumps({**failed, "memory": memory}).encode("ascii"))
        else:
            answered.end(b"e", END.pack(triples, memory))
    return 1


class _Shelf:
    """The store, and its copy in memory, which is made while nobody asks and answers twice as fast.

    A large store stays where it is.
    """

    def __init__(self, store: Store, most: int) -> None:
        self.store = store
        self._copy: ox.Store | None = None
        assert store.directory
        if sum(file.stat().st_size for file in store.directory.iterdir()) <= most:
            self._copy = ox.Store()
            self._left = store.quads()

    def fill(self) -> bool:
        """Copy a little more; return whether there was something to do."""
        if self._copy is None:
            return False
        some = list(islice(self._left, _SOME))
        self._copy.extend(some)
        if not some:
            self.store = MemoryStore(self._copy)
            self._copy = None
        return True


def _questions(meanwhile: Callable[[], bool] = lambda: False) -> Iterator[bytes]:
    """Yield line after line of standard input, in the thread that answers: handing over costs."""
    # Not through the buffered reader: its lock may not be held when the process ends.
    rest = b""
    asked = select.poll()
    asked.register(0, select.POLLIN)
    filling = True
    while True:
        while filling and not asked.poll(0):
            filling = meanwhile()
        if not (data := os.read(0, _PART)):
            return
        *lines, rest = (rest + data).split(b"\n")
        yield from lines


def _end_with_the_input() -> None:
    """End this process, whatever it is doing, once nobody holds its standard input open."""
    end = select.poll()
    end.register(0, 0)  # wait for nothing but its end, which need not be asked for
    end.poll()
    os._exit(1)


def _answered(asked: Asked, store: Store, prefixes: Mapping[str, str], output: _Parts) -> bool:
    """Answer; return whether the answer is triples."""
    graphs = asked.graphs
    dataset = Dataset(tuple(graphs[0]), tuple(graphs[1])) if graphs else None
    answer = run(store, asked.text, prefixes=prefixes, dataset=dataset)
    triples = isinstance(answer, ox.QueryTriples)
    format = asked.triples if triples else asked.rows
    if format is not None:
        output.bound(asked, "" if triples else format)
        wanted = _few(answer, asked.most_rows) if isinstance(answer, ox.QueryTriples) else answer
        write_answer(wanted, cast(BinaryIO, output), format, prefixes=prefixes)
    return triples


def _few(answer: ox.QueryTriples, most: int) -> list[ox.Triple]:
    """Return the triples, each once, while they are as few as they may be."""
    seen: dict[ox.Triple, None] = {}
    for triple in answer:
        seen[triple] = None
        if most and len(seen) > most:
            raise _too_large("triples", most)
    return list(seen)


def _too_large(what: str, most: int) -> QueryTooLargeError:
    return QueryTooLargeError(
        f"the answer has more than {most:,} {what}, the most that it may have",
        hint="add a LIMIT, or ask for it in parts (ORDER BY with OFFSET)",
    )


class _Parts:
    """An output that sends its data in frames as they come, and counts them."""

    def __init__(self, output: io.RawIOBase) -> None:
        self._output = output
        self._kept = bytearray()
        self._bytes = self._rows = 0
        self._asked = Asked("")
        self._mark, self._before = b"", b""

    def bound(self, asked: Asked, format: str) -> None:
        """Hold the answer to its limits; its rows are counted if they can be told in the format."""
        self._asked, self._mark = asked, _ROW_ENDS.get(format, b"")
        self._rows = _ROWS_AT_FIRST.get(format, 0)

    def write(self, data: bytes) -> int:
        """Take data; raise QueryTooLargeError past a limit."""
        self._bytes += len(data)
        if self._mark:
            # A mark may come in two parts.
            self._rows += (self._before + data).count(self._mark)
            self._before = data[-(len(self._mark) - 1) :] if len(self._mark) > 1 else b""
        asked = self._asked
        for what, number, most in (
            ("bytes", self._bytes, asked.most_bytes),
            ("rows", self._rows, asked.most_rows),
        ):
            if most and number > most:
                raise _too_large(what, most)
        self._kept += data
        if len(self._kept) > _PART:
            self._send(b"")
        return len(data)

    def flush(self) -> None:
        """Do nothing: parts are sent when they are large enough."""

    def forget(self) -> None:
        """Drop what is not sent yet: it belongs to no answer."""
        self._kept.clear()

    def end(self, kind: bytes, data: bytes) -> None:
        """Send what is left, and a frame that is the end."""
        self._send(HEAD.pack(kind, len(data)) + data)

    def _send(self, more: bytes) -> None:
        part = HEAD.pack(b"d", len(self._kept)) + self._kept if self._kept else b""
        _write(self._output, part + more)
        self._kept.clear()


def _send(output: io.RawIOBase, kind: bytes, said: Mapping[str, Any]) -> None:
    data = json.dumps(said).encode("ascii")
    _write(output, HEAD.pack(kind, len(data)) + data)


def _write(output: io.RawIOBase, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[output.write(rest) or 0 :]


def _memory() -> int:
    """Return the most bytes that this process has held at once, 0 where that is not known.

    Not what `getrusage` says, which on Linux begins with the most of whoever started this process.
    """
    if sys.platform != "linux":
        return 0
    with open("/proc/self/status", "rb") as status:
        most = next((line for line in status if line.startswith(b"VmHWM:")), b"VmHWM: 0 kB")
    return int(most.split()[1]) * 1024


if __name__ == "__main__":
    sys.exit(main())
