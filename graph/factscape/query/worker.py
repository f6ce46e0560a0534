"""The other process: answers one query and ends.

Standard input: one line of JSON (`sandbox.Job`), then the N-Quads that it announces; then it stays
open for as long as the answer is wanted. Standard output: the answer. Standard error: one line
of JSON that says whether there were rows, or what went wrong.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from factscape.errors import FactscapeError
from factscape.query.columns import columns_in_order
from factscape.query.formats import write_answer
from factscape.query.guard import check_query
from factscape.query.running import engine_errors, run
from factscape.query.sandbox import Job
from factscape.store import Store, open_store

__all__ = ["fail_alone", "main"]


def main() -> int:
    """Do the job that standard input describes; return the exit status."""
    # Ctrl-C reaches every process of a terminal: the one that asked says what happens to this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source = sys.stdin.buffer
    line = source.readline()
    if not line:
        return 1  # whoever asked is gone already
    job = Job(**json.loads(line))
    fail_alone(job.memory)
    copy = source.read(job.copied)
    threading.Thread(target=_end_with_the_input, daemon=True).start()
    try:
        with engine_errors():
            rows = _answer(job, _open(job, copy), sys.stdout.buffer)
            sys.stdout.flush()
    except FactscapeError as error:
        print(json.dumps(error.as_dict()), file=sys.stderr)
        return error.exit_status
    print(json.dumps({"rows": rows}), file=sys.stderr)
    return 0


def fail_alone(memory: int) -> None:
    """Take no more memory than this, and leave no core file where it is not enough.

    Sorting a cross product takes hundreds of megabytes a second. Only Linux holds a process to it.
    """
    if sys.platform != "linux":
        return
    import resource

    memory = memory or os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    for limit, size in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_CORE, 0)):
        _, most = resource.getrlimit(limit)
        if most == resource.RLIM_INFINITY or size < most:
            resource.setrlimit(limit, (size, most))


def _end_with_the_input() -> None:
    """End this process, whatever it is doing, once nobody holds its standard input open."""
    # Not through the buffered reader: its lock may not be held when the process ends.
    while os.read(0, 1):
        pass
    os._exit(1)


def _open(job: Job, copy: bytes) -> Store:
    if job.directory is not None:
        return open_store(Path(job.directory))
    from factscape.store.oxigraph import MemoryStore

    store = ox.Store()
    store.extend(ox.parse(copy, ox.RdfFormat.N_QUADS))
    return MemoryStore(store)


def _answer(job: Job, store: Store, output: BinaryIO) -> bool:
    text = job.text
    if job.in_order:
        check_query(text, job.prefixes, name=job.name)
        text = columns_in_order(text, job.prefixes)
    answer = run(store, text, prefixes=job.prefixes, name=job.name)
    format = job.format
    if format == "native":
        format = "nt" if isinstance(answer, ox.QueryTriples) else "json"
    return write_answer(answer, output, format, prefixes=job.prefixes, limit=job.limit)


if __name__ == "__main__":
    sys.exit(main())
