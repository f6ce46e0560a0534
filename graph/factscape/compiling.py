"""Compiling facts: from files to a store, and all that is worked out from it when it is built.

What follows from facts is worked out here once, never when they are looked up: spans of time,
derived edges, verdicts on what disagrees, the index of names, descriptions for cards.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factscape.claims.clocks import Clocks, restrict
from factscape.reading import ParsedFile, ontology_files
from factscape.store.oxigraph import MemoryStore
from factscape.terms import PREFIXES, RDF

if TYPE_CHECKING:
    import pyoxigraph as ox

    from factscape.claims.disagreement.kept import Compared

__all__ = [
    "COMPARED",
    "DESCRIPTIONS",
    "FRONT",
    "KNOWN",
    "LAYOUT",
    "NAMES",
    "STORE",
    "compare_stored",
    "compile_facts",
    "fill",
]

STORE, KNOWN, FRONT = "store", "known.json", "front.json"
NAMES, DESCRIPTIONS, COMPARED = "names.sqlite", "described.sqlite", "compared.sqlite"
"""What a snapshot holds, by the names of its files."""

LAYOUT = 11
"""Grows when a snapshot comes to hold something else; one of another layout is not looked at."""


def compile_facts(folder: Path, *, files: list[Path], rules: list[Path], clocks: Clocks) -> None:
    """Write a store, and what is worked out from it, into an empty folder.

    Raises FactsSyntaxError, and StoreError where something cannot be written.
    """
    import pyoxigraph as ox

    from factscape.claims.cards.kept import write_cards

    # Chinese takes a library a while to load: only where an index is built.
    from factscape.claims.descriptions import write_descriptions
    from factscape.claims.disagreement.kept import write_groups
    from factscape.names.building import build_index

    store = ox.Store(str(folder / STORE))
    known = fill(store, files, rules, clocks)
    groups = compare_stored(store)
    write_groups(groups, folder / COMPARED)
    store.flush()
    # Everything that is looked up later is found in a third less time.
    store.optimize()
    build_index(store, folder / NAMES, known["prefixes"])
    write_descriptions(store, folder / DESCRIPTIONS)
    _write_front(store, folder, groups)
    write_cards(store, folder / NAMES, folder / DESCRIPTIONS)
    # The folder is renamed next, which a store that is still open would not survive everywhere.
    del store
    (folder / KNOWN).write_text(json.dumps(known, sort_keys=True), encoding="utf-8")


def _write_front(store: ox.Store, folder: Path, groups: list[Compared]) -> None:
    from factscape.claims.described import Reader
    from factscape.claims.descriptions import Descriptions
    from factscape.claims.front import read_front
    from factscape.names.index import NameIndex

    with NameIndex(folder / NAMES) as names:
        reader = Reader(MemoryStore(store), names, Descriptions(folder / DESCRIPTIONS))
        front = read_front(reader, groups)
        reader.close()
    (folder / FRONT).write_text(json.dumps(front, sort_keys=True), encoding="utf-8")


def compare_stored(store: ox.Store) -> list[Compared]:
    """Compare the statements of a store with one another, and write into it what that showed."""
    from factscape.claims.arithmetic import read_addends, read_formulas, recompute
    from factscape.claims.disagreement.kept import arithmetic_quads, compare_all, verdict_quads

    reading = MemoryStore(store)
    statements, groups = compare_all(reading)
    recomputed = recompute(statements, read_formulas(reading), read_addends(reading))
    store.bulk_extend(verdict_quads(statements, groups))
    store.bulk_extend(arithmetic_quads(recomputed))
    return groups


def fill(store: ox.Store, files: list[Path], rules: list[Path], clocks: Clocks) -> dict[str, Any]:
    """Read the files, and where they use our vocabulary the ontology and what follows from it."""
    from factscape.claims.derive import derived_quads, time_quads

    parsed = [ParsedFile(path) for path in files]
    store.bulk_extend(quad for file in parsed for quad in file)
    uses_vocabulary = _uses_vocabulary(store)
    left_out = None
    if uses_vocabulary:
        store.bulk_extend(quad for path in ontology_files() for quad in ParsedFile(path))
        store.bulk_extend(list(time_quads(store)))
        left_out = restrict(store, clocks).as_dict() if clocks else None
        store.bulk_extend(list(derived_quads(store, rules)))
    return {
        "prefixes": _prefixes(parsed),
        "uses_vocabulary": uses_vocabulary,
        "left_out": left_out,
    }


def _uses_vocabulary(store: ox.Store) -> bool:
    """Say whether a statement uses a class or property of our ontology."""
    import pyoxigraph as ox

    terms = ox.Store()
    for path in ontology_files():
        terms.extend(ParsedFile(path))
    subjects = {quad.subject for quad in terms if isinstance(quad.subject, ox.NamedNode)}
    type_ = ox.NamedNode(RDF.type)
    return any(
        next(store.quads_for_pattern(None, term, None), None)
        or next(store.quads_for_pattern(None, type_, term), None)
        for term in subjects
        if term.value.startswith(PREFIXES["fs"])
    )


def _prefixes(parsed: Iterable[ParsedFile]) -> dict[str, str]:
    """Return the vocabulary's prefixes and those of the data that mean one thing everywhere."""
    meanings: dict[str, set[str]] = {}
    for file in parsed:
        for name, base in file.prefixes.items():
            meanings.setdefault(name, set()).add(base)
    # Where the data mean something else by one of our prefixes, it is their folder.
    ours = {name: base for name, base in PREFIXES.items() if name not in meanings}
    theirs = {name: bases.pop() for name, bases in meanings.items() if len(bases) == 1}
    return dict(sorted({**ours, **theirs}.items()))
