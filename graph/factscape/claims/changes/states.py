"""Two states of the facts beside each other: disputes that came and went, moves in rankings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from factscape.claims.changes.parts import ConflictChange, Move
from factscape.claims.described import Reader, node_of
from factscape.claims.disagreement.kept import Compared
from factscape.claims.disagreement.shown import show_groups
from factscape.reading.differing import Differing
from factscape.store import Store
from factscape.terms import FS, name_of

__all__ = ["State", "changed_conflicts", "moves"]


class State(Protocol):
    """One state of the facts, as `factscape.open` returns it."""

    @property
    def store(self) -> Store:
        """What is stated, and what follows."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that state it; none where a store was opened as it is."""

    @property
    def reader(self) -> Reader:
        """What puts it in words."""

    def compared(self) -> list[Compared]:
        """Return the statements that compare."""


def changed_conflicts(old: State, new: State) -> Iterator[ConflictChange]:
    """Yield the disputes that appeared, were settled, or stand in another class now."""
    before = [group for group in old.compared() if group.disputed]
    after = [group for group in new.compared() if group.disputed]
    known = {key: place for place, group in enumerate(before) for key in _members(group)}
    still: set[int] = set()
    pairs: list[tuple[str, Compared | None, Compared | None]] = []
    for now in after:
        places = {known[key] for key in _members(now) if key in known}
        still |= places
        if not places:
            pairs.append(("appeared", None, now))
        else:
            was = before[min(places)]
            if (was.verdict, len(was.sides)) != (now.verdict, len(now.sides)):
                pairs.append(("changed", was, now))
    gone = (group for place, group in enumerate(before) if place not in still)
    pairs += [("settled", group, None) for group in gone]
    olds = iter(show_groups([was for _, was, _ in pairs if was], old.reader))
    news = iter(show_groups([now for _, _, now in pairs if now], new.reader))
    for kind, one, other in pairs:
        yield ConflictChange(kind, next(olds) if one else None, next(news) if other else None)


def _members(group: Compared) -> set[tuple[str, ...]]:
    # Of a bare edge or an event the IRI alone says too little.
    return {(group.kind, group.metric, iri, graph) for iri, graph, _ in group.statements}


def moves(old: State, new: State, differing: Differing) -> Iterator[Move]:
    """Yield the things whose places in a ranking changed."""
    touched = {
        name_of(ranking)
        for state, quads in ((old, differing.gone), (new, differing.come))
        for entry in {quad.subject for quad in quads if quad.predicate.value == FS.position}
        for ranking in _objects(state.store, entry, FS.ranking)
    }
    for ranking in sorted(touched):
        before, after = (_places(state, ranking) for state in (old, new))
        for thing in sorted({*before, *after}):
            places = [
                tuple(sorted(side.get(thing, ()), key=_as_number)) for side in (before, after)
            ]
            if places[0] != places[1]:
                reader = new.reader if thing in after else old.reader
                yield Move(reader.named(ranking), reader.named(thing), places[0], places[1])


def _places(state: State, ranking: str) -> dict[str, set[str]]:
    """Return the places that sources give to things in a ranking."""
    found: dict[str, set[str]] = defaultdict(set)
    node = node_of(ranking)
    for quad in state.store.quads(None, ox.NamedNode(FS.ranking), node) if node else ():
        for thing in _objects(state.store, quad.subject, FS.of):
            for place in _objects(state.store, quad.subject, FS.position):
                if isinstance(place, ox.Literal):
                    found[name_of(thing)].add(place.value)
    return found


def _objects(store: Store, subject: object, predicate: str) -> list[object]:
    if not isinstance(subject, ox.NamedNode | ox.BlankNode):
        return []
    return [quad.object for quad in store.quads(subject, ox.NamedNode(predicate))]


def _as_number(text: str) -> tuple[int, str]:
    return (int(text) if text.isdecimal() else 0), text
