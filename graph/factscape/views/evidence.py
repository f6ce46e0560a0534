"""What stands behind a line: since when, how many independent voices, how sure, how disputed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from factscape.claims.disagreement.origins import Origins, count_voices
from factscape.claims.holding import ALWAYS, Holding, Spans, both, either
from factscape.reading import ontology_folder
from factscape.terms import FS, name_of
from factscape.views.drawn import Drawn, Ground, Line

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = ["Behind", "Evidence", "spans_of_things"]

_NOT_YET = frozenset(
    (
        FS.agreed, FS.committed, FS.estimate, FS.forecast, FS.planned, FS.talks, FS.target,
        FS.withdrawn,
    )
)  # fmt: skip
"""What is so said has not happened, or is not known to have."""


@dataclass(frozen=True)
class Behind:
    """How a line is drawn for what stands behind it."""

    spans: Spans
    voices: int
    """Independent ones; 0 where only the default graph says it."""
    unsure: bool
    """Whether all that is said of it is a forecast, a plan, an estimate."""
    disputed: bool


class Evidence:
    """Looks up what stands behind lines."""

    def __init__(self, store: Store, disputed: Collection[str] = ()) -> None:
        """Read from an open store; `disputed` are the statements that others contradict."""
        self._holding = Holding(store, sorted(ontology_folder().glob("rules/*.rq")))
        self._origins = Origins(store)
        self._disputed = disputed
        self._states = _read(store, (FS.status, FS.eventStatus))
        self._cites = _read(store, (FS.cites,))
        self._figures = _figures_of(store)

    def of(self, line: Line) -> Behind:
        """Return what stands behind a line; one that nobody states, as of a query, is there always."""
        if not line.grounds:
            return Behind(ALWAYS, 0, False, False)
        return Behind(
            spans=self._spans(line),
            voices=count_voices(self._voices(line.grounds)),
            unsure=all(self._unsure(ground) for ground in line.grounds),
            disputed=not self.told_in(line).isdisjoint(self._disputed),
        )

    def _spans(self, line: Line) -> Spans:
        grounds = (self._holding.all_of(ground) for ground in line.grounds)
        also = self._holding.also(line.start, line.relation, line.end)
        return either((*grounds, *map(self._holding.of, also)))

    def told_in(self, line: Line) -> set[str]:
        """Return the statements and events behind a line, with what is measured of these."""
        told = {*line.statements, *(quad[0] for ground in line.grounds for quad in ground)}
        told -= {line.start, line.end}
        return told.union(*(self._figures.get(name, ()) for name in told))

    def _voices(self, grounds: Iterable[Ground]) -> Iterator[frozenset[str]]:
        for graph, cited in sorted({self._place(ground) for ground in grounds}):
            if graph:
                yield self._origins.of(self._origins.source_of(graph), cited)

    def _place(self, ground: Ground) -> tuple[str, tuple[str, ...]]:
        subject, _, _, graph = ground[0]
        about = (subject, *self._holding.statements(ground[0]))
        cited = {one for name in about for one in self._cites.get((name, graph), ())}
        return graph, tuple(sorted(cited))

    def _unsure(self, ground: Ground) -> bool:
        subject, _, _, graph = ground[0]
        tellers = self._holding.statements(ground[0]) or (subject,)
        states = [self._states.get((name, graph), frozenset()) for name in tellers]
        return all(not one.isdisjoint(_NOT_YET) and FS.completed not in one for one in states)


def _read(store: Store, predicates: Iterable[str]) -> dict[tuple[str, str], frozenset[str]]:
    """Return the objects of predicates by subject and graph."""
    import pyoxigraph as ox

    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for predicate in predicates:
        for quad in store.quads(None, ox.NamedNode(predicate)):
            graph = quad.graph_name
            place = "" if isinstance(graph, ox.DefaultGraph) else name_of(graph)
            found[name_of(quad.subject), place].add(name_of(quad.object))
    return {key: frozenset(values) for key, values in found.items()}


def _figures_of(store: Store) -> dict[str, set[str]]:
    """Return what is measured of each thing: of a round its amount."""
    import pyoxigraph as ox

    measured = {quad.subject for quad in store.quads(None, ox.NamedNode(FS.metric))}
    found: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads(None, ox.NamedNode(FS.of)):
        if quad.subject in measured:
            found[name_of(quad.object)].add(name_of(quad.subject))
    return found


def spans_of_things(drawn: Drawn, spans: Mapping[Line, Spans]) -> dict[str, Spans]:
    """Return when each thing is there.

    A hub is while two things meet in it, what has no class while something is said of it, and all
    others always.
    """
    fleeting = {name for name, kind in drawn.things.items() if not kind or name in drawn.hubs}
    lines: dict[str, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in drawn.lines:
        for one, other in ((line.start, line.end), (line.end, line.start)):
            if one in fleeting:
                lines[one][other].append(line)
    found: dict[str, Spans] = dict.fromkeys(drawn.things, ALWAYS)
    waiting = sorted(fleeting)
    while waiting:
        again: set[str] = set()
        for name in waiting:
            beside = [
                both(either(spans[line] for line in some), found[other])
                for other, some in sorted(lines[name].items())
            ]
            now = _at_least(2 if name in drawn.hubs else 1, beside)
            if now != found[name]:
                found[name] = now
                again.update(other for other in lines[name] if other in fleeting)
        waiting = sorted(again)
    return found


def _at_least(number: int, several: Iterable[Spans]) -> Spans:
    """Return when at least so many hold at once."""
    changes: Counter[str] = Counter()
    for begins, ends in (span for one in several for span in one):
        changes[begins] += 1
        changes[ends] -= 1
    held, count = [], 0
    for day, after in pairwise(sorted(changes)):
        count += changes[day]
        if count >= number:
            held.append((day, after))
    return either([tuple(held)])
