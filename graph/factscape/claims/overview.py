"""What is in a store, in numbers and names: facts, kinds of things, the best connected, sources.

Where the facts do not use our vocabulary, classes and properties are counted instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from factscape.claims.sources import Source, read_sources, statement_classes
from factscape.claims.things import Edge, Things, hierarchy, read_things
from factscape.names import labels
from factscape.terms import FS, name_of

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = ["Connected", "Counted", "Overview", "overview"]

_SHOWN = 10


@dataclass(frozen=True)
class Counted:
    """A class or property, and how many members or triples it has."""

    iri: str
    label: str
    number: int


@dataclass(frozen=True)
class Connected:
    """A thing, how many others it is joined to, and the property that most often leads from it."""

    iri: str
    label: str
    kind: str
    neighbours: int
    leads: str | None


@dataclass(frozen=True)
class Overview:
    """What is in a store."""

    uses_vocabulary: bool
    """Whether the facts are written in our vocabulary."""
    quads: int
    things: int
    facts: tuple[Counted, ...]
    """The classes of statements, with how many there are of each."""
    events: int
    sources: int
    passages: int
    metrics: int
    """How many metrics are measured or ranked by."""
    kinds: tuple[Counted, ...]
    """The classes of things; each thing counts under its most particular one."""
    connected: tuple[Connected, ...]
    measured: str | None
    """The thing that most figures are of."""
    newest: tuple[Source, ...]
    classes: tuple[Counted, ...]
    predicates: tuple[Counted, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {**asdict(self), "newest": [source.as_dict() for source in self.newest]}


def overview(store: Store, lang: str = "en", things: Things | None = None) -> Overview:
    """Count what is in a store, and name the best of it; `things`, where they were read before.

    >>> from factscape.store.oxigraph import MemoryStore
    >>> store = MemoryStore(ox.Store())
    >>> store.oxigraph.load(b"<urn:a> a <urn:Firm> ; <urn:owns> <urn:b> .", ox.RdfFormat.TURTLE)
    >>> found = overview(store)
    >>> found.quads, found.things, [(one.label, one.neighbours) for one in found.connected]
    (2, 2, [('urn:a', 1), ('urn:b', 1)])
    """
    things = things or read_things(store)
    sources = read_sources(store, lang)
    statements = statement_classes(store)
    members = _counts(store, "?x a ?which", distinct=True)
    predicates = _counts(store, "?x ?which ?y")
    facts = {name: members[name] for name in statements if members[name]}
    drawn = store.quads(None, ox.NamedNode(FS.drawnAs), None, None)
    uses_vocabulary = bool(facts or sources) or next(drawn, None) is not None
    return Overview(
        uses_vocabulary=uses_vocabulary,
        quads=predicates.total(),
        things=len(things.types),
        facts=_counted(store, facts, lang),
        events=_events(store, things),
        sources=len(sources),
        passages=sum(source.passages for source in sources),
        metrics=_metrics(store),
        kinds=_counted(store, Counter(t[0] for t in things.types.values() if t), lang),
        connected=_connected(store, things, lang),
        measured=_most_measured(store),
        newest=tuple(source for source in sources if source.issued)[:5],
        classes=() if uses_vocabulary else _counted(store, members, lang),
        predicates=() if uses_vocabulary else _counted(store, predicates, lang),
    )


def _counts(store: Store, pattern: str, *, distinct: bool = False) -> Counter[str]:
    number = "COUNT(DISTINCT ?x)" if distinct else "COUNT(*)"
    rows = store.query(f"SELECT ?which ({number} AS ?n) {{ {pattern} }} GROUP BY ?which")
    assert isinstance(rows, ox.QuerySolutions)
    return Counter({name_of(which): int(number.value) for which, number in rows})


def _counted(store: Store, numbers: Mapping[str, int], lang: str) -> tuple[Counted, ...]:
    """Name what was counted, the largest first."""
    names = labels(store, numbers, lang)
    found = [Counted(iri, names[iri], number) for iri, number in numbers.items()]
    return tuple(sorted(found, key=lambda one: (-one.number, one.label, one.iri)))


def _events(store: Store, things: Things) -> int:
    classes = {FS.Event, *(name for name, up in hierarchy(store).items() if FS.Event in up)}
    return sum(not classes.isdisjoint(types) for types in things.types.values())


def _metrics(store: Store) -> int:
    rows = store.query(f"SELECT (COUNT(DISTINCT ?metric) AS ?n) {{ ?x <{FS.metric}> ?metric }}")
    assert isinstance(rows, ox.QuerySolutions)
    return sum(int(row["n"].value) for row in rows)


def _most_measured(store: Store) -> str | None:
    figures = _counts(
        store, f"?x <{FS.of}> ?which ; <{FS.metric}> ?metric ; <{FS.printed}> ?p", distinct=True
    )
    return min(figures, key=lambda name: (-figures[name], name), default=None)


def _connected(store: Store, things: Things, lang: str) -> tuple[Connected, ...]:
    """Return the things with the most different neighbours."""
    neighbours: dict[str, set[str]] = {}
    for subject, edges in things.edges.items():
        for _, object_, _ in edges:
            if object_ != subject:
                neighbours.setdefault(subject, set()).add(object_)
                neighbours.setdefault(object_, set()).add(subject)
    best = sorted(neighbours, key=lambda name: (-len(neighbours[name]), name))[: 10 * _SHOWN]
    called = labels(store, best, lang)
    # A blank node without a name is nothing that one could ask for.
    best = [name for name in best if not called[name].startswith("_:")][:_SHOWN]
    kinds = {name: things.types[name][0] for name in best if things.types[name]}
    names = labels(store, kinds.values(), lang)
    return tuple(
        Connected(
            iri=name,
            label=called[name],
            kind=names[kinds[name]] if name in kinds else "",
            neighbours=len(neighbours[name]),
            leads=_commonest(things.edges.get(name, ())),
        )
        for name in best
    )


def _commonest(edges: Iterable[Edge]) -> str | None:
    """Return the property that leads to the most different things."""
    leading = Counter(predicate for predicate, _ in {edge[:2] for edge in edges})
    return min(leading, key=lambda name: (-leading[name], name), default=None)
