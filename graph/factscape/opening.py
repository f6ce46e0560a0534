"""Opening a folder of facts: from paths to something one can ask.

Text is the truth and stores are compiled: a folder is read once, what follows from it is worked
out, and the result is kept as a snapshot until a file changes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from factscape.claims.clocks import Clocks, LeftOut, parse_day
from factscape.compiling import (
    KNOWN,
    LAYOUT,
    STORE,
    compare_stored,
    compile_facts,
    fill,
)
from factscape.errors import MisuseError, StoreError
from factscape.opened import Facts
from factscape.reading import (
    facts_folder,
    find_names,
    ontology_files,
    ontology_folder,
)
from factscape.store import Store, open_store
from factscape.store.oxigraph import MemoryStore, SnapshotStore
from factscape.store.snapshot import SnapshotCache, default_cache
from factscape.terms import PREFIXES

__all__ = ["BUNDLED", "Facts", "open_facts"]

BUNDLED = "bundled"
"""The word that names the bundled facts among paths."""

Day = date | str
"""A day, or a date as text: `2025-12-19`, `2025-12`, `2025`."""

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]


def open_facts(
    paths: Paths | None = None,
    *,
    in_memory: bool = False,
    as_of: Day | None = None,
    known_by: Day | None = None,
    cache: Path | None = None,
) -> Facts:
    """Open a folder or file of RDF, several, or the bundled facts when nothing (or `bundled`) is given.

    A directory that Oxigraph wrote is opened as it is. Everything else goes through a snapshot in
    the user's cache; where that cannot be written the facts are held in memory. With `in_memory`
    they are copied there: opening takes longer, and every query after it less time.

    `as_of` leaves out what was not true on a day, `known_by` what could not be read by then
    (`claims.clocks` says how); both are days, months or years, and work together. What they left
    out is counted in `left_out`. Snapshots are kept in the folder `cache`, where one is given.

    Raises FactsNotFoundError, FactsSyntaxError (file, line, column; nothing is half loaded).
    """
    roots = _roots(paths)
    own = [root for root in roots if root.is_dir() and root != facts_folder()]
    clocks = Clocks(_day(as_of), _day(known_by))
    if len(roots) == 1 and (roots[0] / "CURRENT").is_file():
        if clocks:
            raise MisuseError(
                f"{roots[0]} is a store, which holds what it holds",
                hint="set a clock for the files that the store was made from",
            )
        return Facts(_held(open_store(roots[0]), in_memory), (), dict(PREFIXES))
    names = find_names(roots)
    rules = sorted(ontology_folder().glob("rules/*.rq"))
    snapshots = SnapshotCache(cache or default_cache(), _version(clocks))

    def build(folder: Path) -> None:
        compile_facts(folder, files=list(map(Path, names)), rules=rules, clocks=clocks)

    try:
        snapshot = snapshots.open([*names, *ontology_files(), *rules], build)
        store = _held(SnapshotStore(snapshot / STORE), in_memory)
        known = json.loads((snapshot / KNOWN).read_text(encoding="utf-8"))
        return _facts(store, names, known, own, snapshot)
    except StoreError:
        import pyoxigraph as ox

        # No place to write, or a disk that lies: the facts themselves are still there.
        memory = ox.Store()
        known = fill(memory, list(map(Path, names)), rules, clocks)
        compare_stored(memory)
        return _facts(MemoryStore(memory), names, known, own)


def _facts(
    store: Store,
    names: list[str],
    known: dict[str, Any],
    own: list[Path],
    snapshot: Path | None = None,
) -> Facts:
    left_out = LeftOut(**known["left_out"]) if known["left_out"] else None
    # The files whose statements can be asked for.
    files: list[str | Path] = [*names, *(ontology_files() if known["uses_vocabulary"] else ())]
    return Facts(store, files, known["prefixes"], snapshot, own, left_out)


def _day(day: Day | None) -> date | None:
    return parse_day(day) if isinstance(day, str) else day


def _held(store: Store, in_memory: bool) -> Store:
    """Return a store, or a copy of it in memory; a worker still opens the directory."""
    if not in_memory:
        return store
    import pyoxigraph as ox

    memory = ox.Store()
    memory.bulk_extend(store.quads())
    return MemoryStore(memory, store.directory)


def _version(clocks: Clocks) -> str:
    """Return what else than the files a snapshot depends on."""
    from factscape import __version__

    return f"{__version__} {LAYOUT} {clocks.key}".strip()


def _roots(paths: Paths | None) -> list[Path]:
    if paths is None:
        paths = BUNDLED
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    return [facts_folder() if path == BUNDLED else Path(path) for path in paths] or [facts_folder()]
