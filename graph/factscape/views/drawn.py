"""From the network to what is drawn: points, hubs and lines, as the ontology says.

An event or statement drawn as an edge becomes a line between its two ends; one drawn as a hub stays
a small point where at least two things meet in it. What is left is read in the panel.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from factscape.claims.holding import Quad
from factscape.terms import FS, RDF, name_of
from factscape.views.drawing import Drawing, Drawings

if TYPE_CHECKING:
    import networkx

    from factscape.store import Store

__all__ = ["Drawn", "Ground", "Line", "draw"]


Ground = tuple[Quad, ...]
"""Triples that draw a line together: one, or the two of an event or statement with two ends."""

Ends = tuple[str, str, str]
"""Start, end and relation of a line."""


@dataclass(frozen=True)
class Line:
    """A line between two points: a triple, an event, or what statements say of two things."""

    start: str
    end: str
    relation: str
    """The IRI of the property, or of the class of the event or statement."""
    statements: tuple[str, ...] = ()
    """The events and statements behind it; none for a triple that no statement is about."""
    said: bool = False
    """Whether it is there only because statements are drawn so: an opinion, a comparison."""
    grounds: tuple[Ground, ...] = ()
    """What draws it: it is there while one of them holds."""


@dataclass(frozen=True)
class Drawn:
    """What there is to draw."""

    things: dict[str, str]
    """Every point with its kind: its most particular class, empty where it has none."""
    hubs: frozenset[str]
    lines: tuple[Line, ...]
    collapsed: dict[str, tuple[str, ...]]
    """The things of the network that have become lines, each with the points it joins."""


class _Lines:
    """Lines as they are found, with the statements and the triples behind each."""

    def __init__(self) -> None:
        self.statements: dict[Ends, set[str]] = defaultdict(set)
        self.grounds: dict[Ends, set[Ground]] = defaultdict(set)

    def add(self, line: Ends, ground: Ground, statements: Iterable[str] = ()) -> None:
        """Add what draws a line."""
        self.grounds[line].add(ground)
        self.statements[line].update(statements)


def draw(network: networkx.MultiDiGraph[str], store: Store, drawings: Drawings) -> Drawn:
    """Say what of a network is drawn, and how."""
    shown = {
        name: drawings.of(data["types"])
        for name, data in network.nodes(data=True)
        if data["types"] or network.degree(name)
    }
    lines = _Lines()
    collapsed = _collapse(network, shown, lines)
    is_line = cache(drawings.is_line)
    for start, end, data in network.edges(data=True):
        predicate = data["predicate"]
        if start not in collapsed and end not in collapsed and is_line(predicate):
            for graph in data["graphs"]:
                quad = start, predicate, end, graph
                lines.add((start, end, predicate), (quad,), data["statements"])
    plain = set(lines.grounds)
    for line, ground, statement in _stated_lines(network, store, drawings):
        lines.add(line, ground, (statement,))
    # An event that lacks one of its two ends is a point, like one that never had two.
    hubs = {n for n, d in shown.items() if d.kind in (FS.Hub, FS.Edge) and n not in collapsed}
    points, kept = _without_the_lonely(
        network, lines.grounds, shown.keys() - collapsed.keys(), hubs
    )
    return Drawn(
        things={name: _kind(network.nodes[name]["types"]) for name in sorted(points)},
        hubs=frozenset(hubs & points),
        lines=tuple(
            Line(
                *key,
                statements=tuple(sorted(lines.statements[key])),
                said=key not in plain,
                grounds=tuple(sorted(lines.grounds[key])),
            )
            for key in sorted(kept)
        ),
        collapsed=collapsed,
    )


def _collapse(
    network: networkx.MultiDiGraph[str], shown: Mapping[str, Drawing], lines: _Lines
) -> dict[str, tuple[str, ...]]:
    """Add the lines of events with two ends, and return these events with what they join."""
    collapsed: dict[str, tuple[str, ...]] = {}
    for name, drawing in shown.items():
        from_, to = drawing.edge_from, drawing.edge_to
        if drawing.kind != FS.Edge or not from_ or not to:
            continue
        pairs = list(_ends(network, name, from_, to))
        kind = _kind(network.nodes[name]["types"])
        for start, end in pairs:
            quads = (
                [(name, key, one, graph) for graph in network.edges[name, one, key]["graphs"]]
                for key, one in ((from_, start), (to, end))
            )
            for ground in product(*quads):
                lines.add((start, end, kind), ground, (name,))
        if pairs:
            collapsed[name] = tuple(dict.fromkeys(end for pair in pairs for end in pair))
    return collapsed


def _ends(
    network: networkx.MultiDiGraph[str], event: str, edge_from: str, edge_to: str
) -> Iterator[tuple[str, str]]:
    """Yield where the lines of an event begin and end."""
    starts = [end for _, end, key in network.out_edges(event, keys=True) if key == edge_from]
    ends = [end for _, end, key in network.out_edges(event, keys=True) if key == edge_to]
    return ((start, end) for start in starts for end in ends if start != end)


def _stated_lines(
    network: networkx.MultiDiGraph[str], store: Store, drawings: Drawings
) -> Iterator[tuple[Ends, Ground, str]]:
    """Yield the lines that statements draw, which are no things themselves, and the statement."""
    for class_, drawing in sorted(drawings.classes.items()):
        if drawing.kind != FS.Edge or not drawing.edge_from or not drawing.edge_to:
            continue
        members = set(_subjects(store, class_)) - network.nodes.keys()
        starts = _said_of(store, drawing.edge_from, members)
        ends = _said_of(store, drawing.edge_to, members)
        predicates = _said_of(store, RDF.predicate, members)
        for statement in sorted(starts.keys() & ends.keys()):
            named = {quad[2] for quad in predicates.get(statement, ())}
            # A statement about a triple is called by the triple's property.
            relations = [name for name in named if drawings.is_line(name)] if named else [class_]
            for ground in _same_graph_first(starts[statement], ends[statement]):
                start, end = ground[0][2], ground[1][2]
                if start != end and {start, end} <= network.nodes.keys():
                    yield from (((start, end, name), ground, statement) for name in relations)


def _subjects(store: Store, class_: str) -> Iterator[str]:
    import pyoxigraph as ox

    quads = store.quads(None, ox.NamedNode(RDF.type), ox.NamedNode(class_))
    return (name_of(quad.subject) for quad in quads)


def _said_of(store: Store, predicate: str, subjects: set[str]) -> dict[str, list[Quad]]:
    """Return the triples of one predicate by subject, each with its graph."""
    import pyoxigraph as ox

    found: dict[str, list[Quad]] = defaultdict(list)
    for quad in store.quads(None, ox.NamedNode(predicate)):
        subject = name_of(quad.subject)
        if subject in subjects and not isinstance(quad.object, ox.Literal):
            default = isinstance(quad.graph_name, ox.DefaultGraph)
            graph = "" if default else name_of(quad.graph_name)
            found[subject].append((subject, predicate, name_of(quad.object), graph))
    return found


def _same_graph_first(starts: Iterable[Quad], ends: Sequence[Quad]) -> Iterator[Ground]:
    """Yield both ends of a statement from one graph; from two, where no one graph has both."""
    pairs = [(start, end) for start in starts for end in ends]
    together = {(one[2], other[2]) for one, other in pairs if one[3] == other[3]}
    for one, other in pairs:
        if one[3] == other[3] or (one[2], other[2]) not in together:
            yield one, other


def _without_the_lonely(
    network: networkx.MultiDiGraph[str],
    found: Iterable[Ends],
    points: Iterable[str],
    hubs: set[str],
) -> tuple[set[str], list[Ends]]:
    """Leave out hubs where fewer than two things meet, and what has neither class nor line."""
    points = set(points)
    lines = [key for key in found if points.issuperset(key[:2]) and key[0] != key[1]]
    while True:
        met = _neighbours(lines)
        lonely = {
            name
            for name in points
            if met[name] < 2
            and (name in hubs or (not met[name] and not network.nodes[name]["types"]))
        }
        if not lonely:
            return points, lines
        points -= lonely
        lines = [key for key in lines if lonely.isdisjoint(key[:2])]


def _neighbours(lines: Iterable[tuple[str, str, str]]) -> Counter[str]:
    """Count how many different points each point is joined to."""
    pairs = {(min(start, end), max(start, end)) for start, end, _ in lines}
    return Counter(name for pair in pairs for name in pair)


def _kind(types: Sequence[str]) -> str:
    return types[0] if types else ""
