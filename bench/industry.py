"""The bundled facts: loaded from text, and looked up in beside the first article alone.

A card that holds no more than before costs what it cost; one that has grown is shown beside it.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from statistics import median
from time import process_time

import pyoxigraph as ox

import factscape
from bench.measure import Line, interleaved_processes
from factscape.claims.derive import time_quads
from factscape.reading import ParsedFile, facts_folder, find_files

__all__ = ["lines"]

_ROUNDS = 20
_LIMIT = 1.0
"""Seconds of CPU that loading may take."""
_ARTICLE = "netease-2026-01-06"
_SAME, _GROWN = "first listed large-model company", "zhipu"
"""A thing that the article alone speaks of, and one that many sources speak of."""


def lines(number: int, folder: Path, rounds: int | None = None) -> list[Line]:
    """Measure loading in this process, and lookups as whole processes; `number` is not used."""
    del number
    loads = median(_loading() for _ in range(rounds or _ROUNDS))
    article = _only_the_article(folder / "article")
    for path in (None, article):
        with factscape.open(path) as facts:
            assert facts.card(_SAME).figures
    lookup = ["-m", "factscape", "lookup"]
    times = interleaved_processes(
        {
            "same": [*lookup, _SAME],
            "same, article": [*lookup, _SAME, "--facts", str(article)],
            "grown": [*lookup, _GROWN],
            "grown, article": [*lookup, _GROWN, "--facts", str(article)],
        },
        rounds or _ROUNDS,
    )
    alone = "the article alone"
    same = Line.slower(f"lookup {_SAME}", times, "same", "same, article", 1.1)
    grown = Line.slower(f"lookup {_GROWN}, a larger card", times, "grown", "grown, article")
    return [
        Line("loading facts/ from text", loads, "limit", _LIMIT, loads / _LIMIT, 1.0),
        *(
            Line(one.what, one.ours, alone, one.theirs, one.ratio, one.bound)
            for one in (same, grown)
        ),
    ]


def _loading() -> float:
    """Return the CPU seconds of reading every file into memory, with the spans of its times."""
    begun = process_time()
    store = ox.Store()
    store.bulk_extend(quad for path in find_files([facts_folder()]) for quad in ParsedFile(path))
    store.bulk_extend(list(time_quads(store)))
    return process_time() - begun


def _only_the_article(folder: Path) -> Path:
    """Copy the first article and the things, without the sources that came later."""
    shutil.copytree(facts_folder() / "things", folder / "things")
    (folder / "sources").mkdir()
    shutil.copy(facts_folder() / "sources" / f"{_ARTICLE}.trig", folder / "sources")
    return folder
