"""The benchmarks run and say what they promise, at a size at which times mean nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
from bench.generate import Quad, edges, quads, write_nquads, write_trig
from bench.measure import Line, geometric_mean, interleaved
from bench.queries import QUERIES
from bench.run import SUBJECTS
from tests.browser.conftest import missing

ROOT = Path(__file__).parents[2]
Generate = Callable[..., Iterator[Quad]]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("lookup", ["lookup in the bundled facts", "python -c pass", "≤ 10", "≤ 1.2"]),
        ("opening", ["open a fresh snapshot, in process", "pyoxigraph.Store.read_only"]),
        ("sparql", [*QUERIES, "mean of the seven queries", "rdflib, ", "≤ 1.1", "≥ 20"]),
        ("network", ["add_edges_from, same rows", "rdflib_to_networkx_multidigraph", "≥ 5"]),
        ("check", ["check, whole process", "its limit", "pySHACL", "≤ 1", "≥ 20"]),
        ("web", ["the same query again", "50 readers at once"]),
        ("stopping", ["cross product", "ORDER BY", "aggregate", "path", "≤ 0.5"]),
    ],
)
def test_every_subject_is_measured(subject: str, words: list[str]) -> None:
    done = run("-m", "bench", "--only", subject, "--quads", "6000", "--rounds", "1")
    missed = done.stdout.count("MISSED")
    assert done.stderr == ""
    assert done.returncode == (1 if missed else 0)
    assert done.stdout.startswith(f"\n{subject}, 6,000 quads\n")
    assert not [word for word in words if word not in done.stdout]
    last = done.stdout.splitlines()[-1]
    assert last == (
        f"{missed} bound{'s' * (missed != 1)} missed" if missed else "all bounds reached"
    )


def test_comparing_is_measured() -> None:
    done = run("-m", "bench", "--only", "comparing", "--quads", "3000")
    assert done.stderr == ""
    assert done.stdout.startswith("\ncomparing, 3,000 observations\n")
    assert "read and compare 3,000 observations" in done.stdout
    assert "the floor: 1,000,000 in 60 s" in done.stdout


def test_pages_are_measured_where_there_is_a_browser() -> None:
    done = run("-m", "bench", "--only", "pages", "--rounds", "1")
    if "there is no Chromium" in done.stderr:
        missing("there is no Chromium")
    assert done.stderr == ""
    assert done.stdout.startswith("\npages, the bundled facts\n")
    pages = ("timeline", "ranking", "compare", "card", "report")
    words = [f"{page}, {what}" for page in pages for what in ("page", "ready", "select")]
    assert not [word for word in words if word not in done.stdout]


def test_the_script_can_be_called_by_its_path() -> None:
    done = run(str(ROOT / "bench" / "run.py"), "--help")
    assert done.returncode == 0
    assert all(subject in done.stdout for subject in SUBJECTS)


@pytest.mark.parametrize("generate", [quads, edges])
def test_as_many_quads_as_wanted_and_always_the_same(generate: Generate) -> None:
    for number in (0, 1, 777):
        rows = list(generate(number))
        assert len(rows) == number
        assert rows == list(generate(number))
    assert list(generate(777, 2)) != rows


def test_both_formats_hold_the_same(tmp_path: Path) -> None:
    stores = []
    for name, write in (("a.nq", write_nquads), ("a.trig", write_trig)):
        write(tmp_path / name, quads(2000))
        store = ox.Store()
        store.load(path=tmp_path / name)
        stores.append(set(store))
    assert stores[0] == stores[1]
    assert len(stores[0]) > 1900


def test_the_facts_are_written_in_the_vocabulary(tmp_path: Path) -> None:
    ontology = ox.Store()
    ontology.load(path=ROOT / "ontology" / "factscape.ttl")
    known = {quad.subject.value for quad in ontology if isinstance(quad.subject, ox.NamedNode)}
    prefix = "https://w3id.org/factscape/ontology#"
    used = {term.strip("<>") for row in quads(5000) for term in row if prefix in term}
    assert used - known == set()


def line(ratio: float, bound: float | None, at_most: bool = True) -> Line:
    return Line("what", 1.0, "peer", 1.0, ratio, bound, at_most)


@pytest.mark.parametrize(
    ("result", "reached"),
    [
        (line(1.1, 1.1), True),
        (line(1.2, 1.1), False),
        (line(20, 20, at_most=False), True),
        (line(19, 20, at_most=False), False),
        (line(99, None), True),
    ],
)
def test_a_bound_is_reached_or_missed(result: Line, reached: bool) -> None:
    assert result.reached == reached


def test_ratios_are_taken_round_by_round() -> None:
    # A machine that slows down for a while slows down both.
    times = {"a": [1.0, 2.0, 10.0], "b": [2.0, 4.0, 20.0]}
    assert Line.slower("what", times, "a", "b", 1.0).ratio == 0.5
    assert Line.faster("what", times, "a", "b", 1.0).ratio == 2.0
    assert geometric_mean([1, 4]) == pytest.approx(2)


def test_rivals_take_turns() -> None:
    order: list[str] = []

    def rival(name: str) -> None:
        order.append(name)
        sum(range(20_000_000))  # long enough not to be repeated within a round

    times = interleaved({name: partial(rival, name) for name in "ab"}, 3)
    assert "".join(order) == "aabb" + "ab" + "ba" + "ab"
    assert {name: len(rounds) for name, rounds in times.items()} == {"a": 3, "b": 3}
