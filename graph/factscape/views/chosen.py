"""Which of the things are drawn: all, those around some names, or as many as can be read."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from factscape.errors import FactscapeError, MisuseError
from factscape.views.drawn import Drawn, Line

__all__ = [
    "DEFAULT_LIMIT",
    "HARD_LIMIT",
    "MOST_HELD",
    "Chosen",
    "choose",
    "choose_between",
    "choose_kinds",
    "choose_more",
    "only_lines",
]

DEFAULT_LIMIT = 300
HARD_LIMIT = 2000
"""Above this nothing is readable as a whole."""
MOST_HELD = 1000
"""So many things a page holds, to be shown in portions, though it draws fewer at first."""
_MOST_LINES = 10_000
_LONELY = 24
"""More things than this that nothing joins are not drawn until they are asked for."""
_WAYS = 12
_DETOUR = 1
"""How many steps longer than the shortest a way between two things may be."""


@dataclass(frozen=True)
class Chosen:
    """The things that are on the page, the lines between them, and how many there would be."""

    things: tuple[str, ...]
    first: frozenset[str]
    """Those that are drawn at first; the others when they are asked for."""
    lines: tuple[Line, ...]
    focus: tuple[str, ...]
    depth: int | None
    limit: int
    all_things: int
    all_lines: int
    near: int
    """How many things are within the depth, or of the kind; as many as there are without one."""
    undrawn: int
    """How many lines between the chosen things are too many to be drawn."""
    steps: tuple[int, ...] = ()
    """How far each thing is from the first of two, where the picture is of the way between."""


def choose(
    drawn: Drawn,
    focus: Sequence[str] = (),
    depth: int | None = None,
    limit: int = DEFAULT_LIMIT,
    held: int = MOST_HELD,
) -> Chosen:
    """Choose what to draw: at most `limit` things at first, within `depth` of the focus.

    Without a depth all are chosen where they fit; where they do not, those one step from the focus,
    or without a focus the best connected ones and what hangs on them. A hub is no step: who meets
    in an event is next to one another. At most `held` things, or as many as are drawn at first, are
    on the page at all.

    Raises MisuseError for a depth or limit that is out of range.
    """
    _check_limit(limit)
    if depth is not None and depth < 0:
        raise MisuseError(f"--depth must not be negative, but is {depth}")
    around = _adjacency(drawn)
    focus = _points(drawn, focus)
    if depth is None and focus and len(drawn.things) > limit:
        depth = 1
    if focus and depth is not None:
        near = _within(around, drawn.hubs, focus, depth)
        things = [name for name, _ in sorted(near.items(), key=lambda n: _nearest(n, around))]
    else:
        things = _best_connected(around)
    first = _first(things, around, focus, limit)
    return _chosen(drawn, things, first, focus, depth, limit, held)


def choose_between(drawn: Drawn, start: str, end: str, limit: int = DEFAULT_LIMIT) -> Chosen:
    """Choose what lies on the shortest ways between two things, and on those little longer.

    Raises FactscapeError where nothing joins them, MisuseError for a limit out of range.
    """
    import networkx

    _check_limit(limit)
    ends = [_points(drawn, [name])[0] for name in (start, end)]
    if ends[0] == ends[1]:
        raise FactscapeError("a way leads from one thing to another", hint="name two")
    graph = networkx.Graph()
    graph.add_edges_from((line.start, line.end) for line in drawn.lines)
    try:
        ways = networkx.shortest_simple_paths(graph, *ends)
        first = next(ways)
        short = takewhile(lambda way: len(way) <= len(first) + _DETOUR, ways)
        kept = [first, *islice(short, _WAYS - 1)]
    except (networkx.NetworkXNoPath, networkx.NodeNotFound) as error:
        raise FactscapeError(
            "nothing that is drawn joins these two", hint="factscape path looks at all facts"
        ) from error
    steps = {name: place for way in reversed(kept) for place, name in enumerate(way)}
    steps[ends[1]] = max(map(len, kept)) - 1  # the other end stands alone, also if they are joined
    things = list(dict.fromkeys(name for way in kept for name in way))[:limit]
    chosen = _chosen(drawn, things, set(things), ends, None, limit)
    return replace(chosen, near=len(things), steps=tuple(steps[name] for name in chosen.things))


def choose_kinds(
    drawn: Drawn, kinds: Collection[str], limit: int = DEFAULT_LIMIT, held: int = MOST_HELD
) -> Chosen:
    """Choose the things of some kinds, and the hubs in which two of them meet.

    Raises MisuseError for a limit out of range.
    """
    _check_limit(limit)
    around = _adjacency(drawn)
    wanted = {name for name, kind in drawn.things.items() if kind in kinds}
    hubs = {hub for hub in drawn.hubs if len(wanted.intersection(around[hub])) > 1}
    own = {name: [one for one in around[name] if one in wanted | hubs] for name in wanted | hubs}
    things = _best_connected(own)
    return _chosen(drawn, things, _first(things, own, (), limit), (), None, limit, held)


def choose_more(
    drawn: Drawn, there: Collection[str], new: Collection[str], around: Iterable[str] = ()
) -> Chosen:
    """Choose things that come to others, with the lines that they bring and where these end.

    What they come `around` is named with them, whether they join it or not.

    >>> from factscape.views.drawn import Drawn, Line
    >>> lines = Line("a", "b", "urn:p"), Line("b", "c", "urn:p"), Line("a", "c", "urn:p")
    >>> more = choose_more(Drawn(dict.fromkeys("abc", ""), frozenset(), lines, {}), "ab", "b")
    >>> more.things, len(more.lines)
    (('a', 'b'), 1)
    """
    there, new = set(there), set(new)
    lines = [
        line
        for line in drawn.lines
        if {line.start, line.end} <= there and not new.isdisjoint((line.start, line.end))
    ]
    kept = new.union(around, *((line.start, line.end) for line in lines))
    chosen = _chosen(drawn, sorted(kept), kept, (), None, HARD_LIMIT, 0)
    return replace(chosen, lines=tuple(lines[:_MOST_LINES]))


def only_lines(drawn: Drawn, lines: Iterable[Line], kinds: Mapping[str, str]) -> Drawn:
    """Return a drawing of some lines alone, whether they are in it or not, and of their ends.

    >>> from factscape.views.drawn import Drawn, Line
    >>> part = only_lines(Drawn({}, frozenset("a"), (), {}), [Line("a", "b", "urn:p")], {"b": "K"})
    >>> part.things, part.hubs
    ({'a': '', 'b': 'K'}, frozenset({'a'}))
    """
    lines = tuple(lines)
    names = sorted({end for line in lines for end in (line.start, line.end)})
    return Drawn(
        things={name: kinds.get(name, "") for name in names},
        hubs=drawn.hubs.intersection(names),
        lines=lines,
        collapsed={},
    )


def _check_limit(limit: int) -> None:
    if not 1 <= limit <= HARD_LIMIT:
        raise MisuseError(
            f"--limit must be from 1 to {HARD_LIMIT}, not {limit}",
            hint="above that nothing can be read; give names and --depth to see another part",
        )


def _first(
    things: Sequence[str], around: dict[str, list[str]], focus: Collection[str], limit: int
) -> set[str]:
    """Return what is drawn at first: not what nothing joins, where there is much of it."""
    lonely = {name for name in things if not around[name]} - set(focus)
    if len(lonely) <= _LONELY or len(lonely) == len(things):
        lonely = set()
    return set([name for name in things if name not in lonely][:limit])


def _chosen(
    drawn: Drawn,
    things: Sequence[str],
    first: set[str],
    focus: Sequence[str],
    depth: int | None,
    limit: int,
    held: int = MOST_HELD,
) -> Chosen:
    rest = [name for name in things if name not in first]
    kept = first.union(rest[: max(0, held - len(first))])
    lines = [line for line in drawn.lines if line.start in kept and line.end in kept]
    return Chosen(
        things=tuple(sorted(kept)),
        first=frozenset(first),
        lines=tuple(lines[:_MOST_LINES]),
        focus=tuple(name for name in focus if name in kept),
        depth=depth,
        limit=limit,
        all_things=len(drawn.things),
        all_lines=len(drawn.lines),
        near=len(things),
        undrawn=max(0, len(lines) - _MOST_LINES),
    )


def _points(drawn: Drawn, names: Iterable[str]) -> list[str]:
    """Return the points that stand for names: an event that became a line is seen by its ends."""
    points = (end for name in names for end in drawn.collapsed.get(name, (name,)))
    return list(dict.fromkeys(point for point in points if point in drawn.things))


def _adjacency(drawn: Drawn) -> dict[str, list[str]]:
    around: dict[str, set[str]] = defaultdict(set)
    for line in drawn.lines:
        around[line.start].add(line.end)
        around[line.end].add(line.start)
    return {name: sorted(around[name]) for name in drawn.things}


def _within(
    around: dict[str, list[str]], hubs: frozenset[str], focus: Sequence[str], depth: int
) -> dict[str, int]:
    """Return the things within so many steps, with their distance in half steps."""
    distance = dict.fromkeys(focus, 0)
    waiting = [(0, name) for name in focus]
    while waiting:
        far, name = heapq.heappop(waiting)
        if far > distance[name]:
            continue
        for other in around[name]:
            # To a hub is half a step, and from it the other half.
            further = far + 1 if other in hubs or name in hubs else far + 2
            if further <= 2 * depth and further < distance.get(other, further + 1):
                distance[other] = further
                heapq.heappush(waiting, (further, other))
    return distance


def _nearest(item: tuple[str, int], around: dict[str, list[str]]) -> tuple[int, int, str]:
    name, far = item
    return far, -len(around[name]), name


def _best_connected(around: dict[str, list[str]]) -> list[str]:
    """Return all, from the best connected on, after each the best connected neighbours of those."""
    starts = sorted(around, key=lambda name: (-len(around[name]), name))
    taken: dict[str, None] = {}
    for start in starts:
        waiting = [] if start in taken else [(-len(around[start]), start)]
        while waiting:
            _, name = heapq.heappop(waiting)
            if name in taken:
                continue
            taken[name] = None
            for other in around[name]:
                if other not in taken:
                    heapq.heappush(waiting, (-len(around[other]), other))
    return list(taken)
