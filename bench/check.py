"""`factscape check` as a fresh process: beside parsing alone, beside its limit, and pySHACL.

The generated facts are random, so that a fifth of the statements have findings: worse than any
facts that people keep.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from statistics import median

import pyoxigraph as ox
import pyshacl
import rdflib

from bench.generate import quads, write_nquads, write_trig
from bench.measure import Line, interleaved, interleaved_processes
from factscape.checking.plain import Plain
from factscape.checking.shapes.shacl import validate
from factscape.reading import ontology_files, ontology_folder, read_quads

__all__ = ["lines"]

_ROUNDS = 5
_SAMPLE = 2_000
"""So many quads are given to pySHACL, which takes a second for a thousand of them."""

_LIMIT = 10.0
"""Seconds that 100,000 statements may take."""

_CHECK = """
import sys
from factscape.cli import main
try:
    main()
except SystemExit as end:
    sys.exit(end.code if end.code not in (0, 1) else 0)
"""
"""The check, whose status 1 only says that something was found."""
_FLOOR = "parsing and loading with pyoxigraph"
_LOAD = "import pyoxigraph as o, sys; o.Store().load(path=sys.argv[1], format=o.RdfFormat.TRIG)"


def lines(number: int, folder: Path, rounds: int | None = None) -> list[Line]:
    """Measure the whole check of `number` quads, and the shapes alone on a few."""
    path = folder / f"{number}.trig"
    write_trig(path, quads(number))
    times = interleaved_processes(
        {
            "check": ["-c", _CHECK, "check", str(path), "--show", "error"],
            _FLOOR: ["-c", _LOAD, str(path)],
        },
        rounds or _ROUNDS,
    )
    ours = median(times["check"])
    limit = _LIMIT * number / 100_000
    return [
        Line.slower("check, whole process", times, "check", _FLOOR),
        Line("check, whole process", ours, "its limit", limit, ours / limit, 1.0),
        _shapes(folder, min(number, _SAMPLE), rounds),
    ]


def _shapes(folder: Path, number: int, rounds: int | None) -> Line:
    """Measure the bundled shapes against some quads, ours beside pySHACL's."""
    path = folder / "sample.nq"
    write_nquads(path, quads(number))
    files = [path, *ontology_files()]
    shapes = sorted(ontology_folder().glob("shapes/*.ttl"))
    data, rules, store = Plain(), Plain(), ox.Store()
    graph, shape_graph = rdflib.Graph(), rdflib.Graph()
    for place, file in enumerate(files):
        data.add(read_quads(file), place)
        store.extend(read_quads(file))
    for place, file in enumerate(shapes):
        rules.add(read_quads(file), place)
        shape_graph.parse(file)
    for quad in store:
        graph.parse(data=f"{quad.subject} {quad.predicate} {quad.object} .", format="nt")
    times = interleaved(
        {
            "ours": lambda: list(validate(data, rules, store)),
            "pySHACL": partial(pyshacl.validate, graph, shacl_graph=shape_graph, inplace=True),
        },
        min(rounds or _ROUNDS, 2),
    )
    return Line.faster(f"shapes over {number:,} quads", times, "ours", "pySHACL", 20)
