from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any, ClassVar

import pyoxigraph as ox
import pytest

from factscape.errors import (
    FactscapeError,
    MisuseError,
    Place,
    QueryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
)
from factscape.query import run
from factscape.query.sandbox import Job, ask_aside
from factscape.store import Store
from factscape.store.oxigraph import DiskStore, MemoryStore

E = {"e": "http://example.org/"}
RUNAWAYS = {
    "cross product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "order by": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f LIMIT 1",
    "aggregate": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "path": "SELECT (COUNT(*) AS ?n) { ?a e:knows* ?c . ?d e:knows+ ?c }",
    "ask": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?d)) = STR(?h)) }",
    "construct": "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}


class _Started(subprocess.Popen[bytes]):
    """A process of a query, remembered."""

    ever: ClassVar[list[subprocess.Popen[bytes]]] = []

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.ever.append(self)


@pytest.fixture(autouse=True)
def _remember(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests may have children of their own, such as a server, so ours are told apart."""
    _Started.ever.clear()
    monkeypatch.setattr("factscape.query.sandbox.subprocess.Popen", _Started)


def no_children() -> bool:
    """Say that no process of a query is left, not even one that only waits to be buried."""
    return all(one.returncode is not None for one in _Started.ever)


@pytest.mark.parametrize("query", RUNAWAYS.values(), ids=RUNAWAYS.keys())
def test_a_runaway_query_is_stopped(large: Store, query: str) -> None:
    with pytest.raises(QueryTimeoutError, match=r"limit of 0\.7 s") as caught:
        run(large, query, prefixes=E, timeout=0.7)
    assert "LIMIT" in caught.value.hint
    assert len(_Started.ever) == 1
    assert no_children()


def test_a_runaway_query_over_a_store_in_memory_is_stopped(large: Store) -> None:
    store = ox.Store()
    store.extend(large.quads())
    with pytest.raises(QueryTimeoutError):
        run(MemoryStore(store), RUNAWAYS["order by"], prefixes=E, timeout=0.7)
    assert no_children()


def test_a_limit_that_is_over_before_it_began(large: Store) -> None:
    with pytest.raises(QueryTimeoutError):
        run(large, "ASK {}", prefixes=E, timeout=1e-9)
    assert no_children()


@pytest.mark.parametrize("timeout", [0, -1, float("nan")])
def test_a_limit_that_is_none_is_refused(large: Store, timeout: float) -> None:
    with pytest.raises(MisuseError, match="more than 0"):
        run(large, "ASK {}", prefixes=E, timeout=timeout)


def test_several_may_run_at_once(large: Store) -> None:
    """One query that is stopped does not hold up or spoil another."""
    failures: list[FactscapeError] = []

    def stopped() -> None:
        try:
            run(large, RUNAWAYS["path"], prefixes=E, timeout=1)
        except QueryTimeoutError as error:
            failures.append(error)

    threads = [threading.Thread(target=stopped) for _ in range(3)]
    for thread in threads:
        thread.start()
    answer = run(large, "SELECT * { e:7 e:knows ?c }", prefixes=E, timeout=60)
    assert isinstance(answer, ox.QuerySolutions)
    assert len(list(answer)) == 1
    for thread in threads:
        thread.join()
    assert len(failures) == 3
    assert no_children()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o",
        "SELECT ?o ?s { ?s e:knows ?o OPTIONAL { ?o e:never ?x } } ORDER BY ?o",
        "SELECT * { ?z e:knows ?a } ORDER BY ?a",
        "SELECT ?n { e:never ?p ?n }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "ASK { e:a e:knows e:b }",
        "ASK { e:b e:knows e:a }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p 'nothing' }",
        "DESCRIBE e:a",
    ],
)
def test_both_ways_give_the_same(store: Store, query: str) -> None:
    here = run(store, query, prefixes=E)
    aside = run(store, query, prefixes=E, timeout=60)
    assert type(here) is type(aside)
    if isinstance(here, ox.QueryBoolean) or isinstance(aside, ox.QueryBoolean):
        assert bool(here) == bool(aside)
    elif isinstance(here, ox.QuerySolutions) and isinstance(aside, ox.QuerySolutions):
        assert here.variables == aside.variables
        assert [tuple(row) for row in here] == [tuple(row) for row in aside]
    elif isinstance(here, ox.QueryTriples) and isinstance(aside, ox.QueryTriples):
        assert set(here) == set(aside)


@pytest.mark.parametrize("timeout", [None, 60])
@pytest.mark.parametrize(
    ("clauses", "count"),
    [
        ("", 3),
        ("FROM e:g1", 1),
        ("FROM e:g1 FROM e:g2", 3),
        ("FROM e:nowhere", 0),
        ("FROM NAMED e:g1", 0),
        ("# FROM e:g1\n", 3),
    ],
)
def test_graphs_that_a_query_names_are_those_it_sees(
    store: Store, timeout: float | None, clauses: str, count: int
) -> None:
    query = f"SELECT ?o {clauses} {{ e:a e:knows ?o }}"
    answer = run(store, query, prefixes=E, timeout=timeout)
    assert isinstance(answer, ox.QuerySolutions)
    # Several graphs together are a bag: what two of them state is there twice.
    assert len(list(answer)) == count


@pytest.mark.parametrize("timeout", [None, 60])
@pytest.mark.parametrize(
    ("query", "kind", "words"),
    [
        ("SELECT * { ?s ?p ?o ", QuerySyntaxError, "ends too early"),
        ("ASK { ?s ee:p ?o }", QuerySyntaxError, "did you mean e:"),
        ("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", QueryRefusedError, "SERVICE"),
        ("DELETE WHERE { ?s ?p ?o }", QueryRefusedError, "may not change facts"),
        ("ASK { FILTER(<http://example.org/f>(1)) }", QueryError, "not supported"),
    ],
)
def test_both_ways_fail_alike(
    store: Store, timeout: float | None, query: str, kind: type[QueryError], words: str
) -> None:
    with pytest.raises(kind) as caught:
        run(store, query, prefixes=E, timeout=timeout, name="a.rq")
    assert type(caught.value) is kind
    assert words in str(caught.value)
    if kind is not QueryError:
        assert caught.value.place and caught.value.place.file == "a.rq"
    assert no_children()


def test_the_place_comes_back_from_the_other_process(store: Store) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        run(store, "ASK {\n  ?s ?p }", prefixes=E, timeout=60, name="a.rq")
    assert caught.value.place == Place("a.rq", 2, 9)


def test_a_broken_prefix_of_the_data_is_a_failure_of_ours(store: Store) -> None:
    with pytest.raises(QueryError, match="Invalid prefix IRI"):
        run(store, "ASK { ?s e:p ?o }", prefixes={"e": "not an IRI"})


def test_a_query_nested_too_deep_ends_its_own_process_only(disk: Store) -> None:
    query = "ASK {" + "{" * 50_000 + "}" * 50_000 + "}"
    with pytest.raises(QueryError, match="without an answer") as caught:
        run(disk, query, prefixes=E, timeout=60)
    assert "nested" in caught.value.hint
    assert no_children()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to this limit")
def test_a_query_that_needs_too_much_memory_fails_alone(large: Store) -> None:
    job = Job(RUNAWAYS["order by"], "json", E, memory=200 << 20)
    with pytest.raises(QueryError, match="more memory than it may take"):
        ask_aside(large, job, io.BytesIO(), 120)
    assert no_children()
    assert ask_aside(large, Job("ASK { ?s ?p ?o }", "json", memory=200 << 20), io.BytesIO(), 60)


def test_a_store_that_is_gone_is_said(tmp_path: Path, disk: Store) -> None:
    class Moved(DiskStore):
        def __init__(self) -> None:
            self.directory = tmp_path / "nowhere"

    with pytest.raises(FactscapeError, match="is not a store"):
        run(Moved(), "ASK {}", prefixes=E, timeout=60)


def test_a_file_in_the_folder_where_one_is_does_no_harm(
    disk: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "signal", "pyoxigraph", "factscape"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('fooled')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(disk, "ASK { e:a ?p ?o }", prefixes=E, timeout=60)


def test_nothing_is_left_behind(
    memory: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert run(memory, "ASK { e:a ?p ?o }", prefixes=E, timeout=60)
    with pytest.raises(QueryTimeoutError):
        run(memory, "ASK {}", prefixes=E, timeout=1e-9)
    assert not list(tmp_path.iterdir())


def test_the_worker_answers_one_job(disk: Store, memory: Store) -> None:
    command = [sys.executable, "-m", "factscape.query.worker"]
    job = {"text": "SELECT * { ?z e:knows ?a }", "format": "csv", "prefixes": E, "in_order": True}
    for store in (disk, memory):
        copy = b""
        if store.directory is None:
            copy = ox.serialize(store.quads(), format=ox.RdfFormat.N_QUADS) or b""
        where = store.directory and str(store.directory)
        asked = json.dumps({**job, "directory": where, "copied": len(copy)}).encode("ascii")
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdin and process.stdout and process.stderr
            process.stdin.write(asked + b"\n" + copy)
            process.stdin.flush()
            assert process.stdout.read().startswith(b"z,a\r\n")
            assert json.loads(process.stderr.read()) == {"rows": True}
            assert process.wait() == 0


def test_an_answer_that_cannot_be_kept_ends_the_other_process(disk: Store) -> None:
    class Full:
        def write(self, data: bytes) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        ask_aside(disk, Job("ASK {}", "json"), Full(), 60)  # type: ignore[arg-type]
    assert no_children()


# -- a parent that goes away


PARENT = """
import sys
from pathlib import Path
from factscape.query import run
from factscape.store import open_store
run(open_store(Path(sys.argv[1])), sys.argv[2], prefixes={"e": "http://example.org/"}, timeout=600)
"""


def children(process: int) -> list[int]:
    listing = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in listing.read_text(encoding="ascii").split()]


def wait_for(condition: str, ready: object) -> None:
    assert callable(ready)
    for _ in range(600):
        if ready():
            return
        time.sleep(0.05)
    pytest.fail(f"this did not come about: {condition}")


def is_alive(process: int) -> bool:
    """Say whether a process runs; one that is dead and waits to be buried does not."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


def is_busy(process: int) -> bool:
    """Say whether a process has used more of the processor than starting takes."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12]) > os.sysconf("SC_CLK_TCK") // 2


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="watches processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("query", ["order by", "aggregate"])
def test_the_other_process_goes_when_the_one_that_asked_does(
    large: Store, how: signal.Signals, query: str
) -> None:
    arguments = [str(large.directory), RUNAWAYS[query]]
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PARENT), *arguments], stderr=subprocess.PIPE
    ) as parent:
        wait_for("a worker", lambda: children(parent.pid))
        worker = children(parent.pid)[0]
        wait_for("a worker at work", lambda: is_busy(worker))
        parent.send_signal(how)
        parent.communicate()
        assert parent.returncode == -how
    wait_for("the worker's end", lambda: not is_alive(worker))
