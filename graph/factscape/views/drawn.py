"""From the network to what is drawn: points, hubs and lines, as the ontology says.

An event or statement drawn as an edge becomes a line between its two ends; one drawn as a hub stays
a small point where at least two things meet in it. What is left is read in the panel.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from factscape.terms import FS, RDF, name_of
from factscape.views.drawing import Drawings

if TYPE_CHECKING:
    import networkx

    from factscape.store import Store

__all__ = ["Drawn", "Line", "draw"]


Lines = dict[tuple[str, str, str], set[str]]
"""Start, end and relation of each line, with the statements behind it."""


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


@dataclass(frozen=True)
class Drawn:
    """What there is to draw."""

    things: dict[str, str]
    """Every point with its kind: its most particular class, empty where it has none."""
    hubs: frozenset[str]
    lines: tuple[Line, ...]
    collapsed: dict[str, tuple[str, ...]]
    """The things of the network that have become lines, each with the points it joins."""


def draw(network: networkx.MultiDiGraph[str], store: Store, drawings: Drawings) -> Drawn:
    """Say what of a network is drawn, and how."""
    shown = {
        name: drawings.of(data["types"])
        for name, data in network.nodes(data=True)
        if data["types"] or network.degree(name)
    }
    lines: Lines = {}
    collapsed: dict[str, tuple[str, ...]] = {}
    for name, drawing in shown.items():
        if drawing.kind == FS.Edge:
            ends = list(_ends(network, name, drawing.edge_from, drawing.edge_to))
            if ends:
                collapsed[name] = tuple(dict.fromkeys(end for pair in ends for end in pair))
                kind = network.nodes[name]["types"][0]
                for start, end in ends:
                    lines.setdefault((start, end, kind), set()).add(name)
    is_line = cache(drawings.is_line)
    for start, end, data in network.edges(data=True):
        if start not in collapsed and end not in collapsed and is_line(data["predicate"]):
            lines.setdefault((start, end, data["predicate"]), set()).update(data["statements"])
    plain = set(lines)
    for line, statement in _stated_lines(network, store, drawings):
        lines.setdefault(line, set()).add(statement)
    # An event that lacks one of its two ends is a point, like one that never had two.
    hubs = {n for n, d in shown.items() if d.kind in (FS.Hub, FS.Edge) and n not in collapsed}
    points, lines = _without_the_lonely(network, lines, shown.keys() - collapsed.keys(), hubs)
    return Drawn(
        things={name: _kind(network.nodes[name]["types"]) for name in sorted(points)},
        hubs=frozenset(hubs & points),
        lines=tuple(
            Line(*key, tuple(sorted(lines[key])), said=key not in plain) for key in sorted(lines)
        ),
        collapsed=collapsed,
    )


def _ends(
    network: networkx.MultiDiGraph[str], event: str, edge_from: str | None, edge_to: str | None
) -> Iterator[tuple[str, str]]:
    """Yield where the lines of an event begin and end."""
    starts = [end for _, end, key in network.out_edges(event, keys=True) if key == edge_from]
    ends = [end for _, end, key in network.out_edges(event, keys=True) if key == edge_to]
    return ((start, end) for start in starts for end in ends if start != end)


def _stated_lines(
    network: networkx.MultiDiGraph[str], store: Store, drawings: Drawings
) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Yield the lines that statements draw, which are no things themselves, and the statement."""
    import pyoxigraph as ox

    for class_, drawing in sorted(drawings.classes.items()):
        if drawing.kind != FS.Edge or not drawing.edge_from or not drawing.edge_to:
            continue
        rows = store.query(
            f"SELECT DISTINCT ?statement ?start ?end ?predicate {{ ?statement a <{class_}> ; "
            f"<{drawing.edge_from}> ?start ; <{drawing.edge_to}> ?end "
            f"OPTIONAL {{ ?statement <{RDF.predicate}> ?predicate }} }}"
        )
        assert isinstance(rows, ox.QuerySolutions)
        for row in rows:
            statement, start, end = (name_of(row[name]) for name in ("statement", "start", "end"))
            if statement in network or start == end or not {start, end} <= network.nodes.keys():
                continue
            # A statement about a triple is called by the triple's property.
            relation = name_of(row["predicate"]) if row["predicate"] else class_
            if row["predicate"] is None or drawings.is_line(relation):
                yield (start, end, relation), statement


def _without_the_lonely(
    network: networkx.MultiDiGraph[str],
    lines: Lines,
    points: Iterable[str],
    hubs: set[str],
) -> tuple[set[str], Lines]:
    """Leave out hubs where fewer than two things meet, and what has neither class nor line."""
    points = set(points)
    lines = {key: v for key, v in lines.items() if points.issuperset(key[:2]) and key[0] != key[1]}
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
        lines = {key: v for key, v in lines.items() if lonely.isdisjoint(key[:2])}


def _neighbours(lines: Iterable[tuple[str, str, str]]) -> Counter[str]:
    """Count how many different points each point is joined to."""
    pairs = {(min(start, end), max(start, end)) for start, end, _ in lines}
    return Counter(name for pair in pairs for name in pair)


def _kind(types: Sequence[str]) -> str:
    return types[0] if types else ""
