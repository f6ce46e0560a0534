"""Which of the things are drawn: all, those around some names, or as many as can be read."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factscape.errors import MisuseError
from factscape.views.drawn import Drawn, Line

__all__ = ["DEFAULT_LIMIT", "HARD_LIMIT", "Chosen", "choose"]

DEFAULT_LIMIT = 300
HARD_LIMIT = 2000
"""Above this nothing is readable as a whole."""
_MOST_LINES = 10_000


@dataclass(frozen=True)
class Chosen:
    """The things that are drawn, the lines between them, and how many there would be."""

    things: tuple[str, ...]
    lines: tuple[Line, ...]
    focus: tuple[str, ...]
    depth: int | None
    limit: int
    all_things: int
    all_lines: int
    near: int
    """How many things are within the depth; as many as there are, where there is none."""
    undrawn: int
    """How many lines between the chosen things are too many to be drawn."""


def choose(
    drawn: Drawn, focus: Sequence[str] = (), depth: int | None = None, limit: int = DEFAULT_LIMIT
) -> Chosen:
    """Choose at most `limit` things: within `depth` of the focus, the nearest first.

    Without a depth all are chosen where they fit; where they do not, those one step from the focus,
    or without a focus the best connected ones and what hangs on them. A hub is no step: who meets
    in an event is next to one another.

    Raises MisuseError for a depth or limit that is out of range.
    """
    if not 1 <= limit <= HARD_LIMIT:
        raise MisuseError(
            f"--limit must be from 1 to {HARD_LIMIT}, not {limit}",
            hint="above that nothing can be read; give names and --depth to see another part",
        )
    if depth is not None and depth < 0:
        raise MisuseError(f"--depth must not be negative, but is {depth}")
    around = _adjacency(drawn)
    focus = _points(drawn, focus)
    if depth is None and focus and len(drawn.things) > limit:
        depth = 1
    if focus and depth is not None:
        near = _within(around, drawn.hubs, focus, depth)
        things = [name for name, _ in sorted(near.items(), key=lambda n: _nearest(n, around))]
        count = len(things)
    else:
        count = len(drawn.things)
        things = list(drawn.things) if count <= limit else _best_connected(around, limit)
    return _chosen(drawn, things[:limit], focus, depth, limit, count)


def _chosen(
    drawn: Drawn,
    things: Sequence[str],
    focus: Sequence[str],
    depth: int | None,
    limit: int,
    near: int,
) -> Chosen:
    kept = set(things)
    lines = [line for line in drawn.lines if line.start in kept and line.end in kept]
    return Chosen(
        things=tuple(sorted(things)),
        lines=tuple(lines[:_MOST_LINES]),
        focus=tuple(name for name in focus if name in kept),
        depth=depth,
        limit=limit,
        all_things=len(drawn.things),
        all_lines=len(drawn.lines),
        near=near,
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
    todo = [(0, name) for name in focus]
    while todo:
        far, name = heapq.heappop(todo)
        if far > distance[name]:
            continue
        for other in around[name]:
            # To a hub is half a step, and from it the other half.
            further = far + 1 if other in hubs or name in hubs else far + 2
            if further <= 2 * depth and further < distance.get(other, further + 1):
                distance[other] = further
                heapq.heappush(todo, (further, other))
    return distance


def _nearest(item: tuple[str, int], around: dict[str, list[str]]) -> tuple[int, int, str]:
    name, far = item
    return far, -len(around[name]), name


def _best_connected(around: dict[str, list[str]], limit: int) -> list[str]:
    """Return the best connected thing, then always the best connected neighbour of those taken."""
    starts = sorted(around, key=lambda name: (-len(around[name]), name))
    taken: dict[str, None] = {}
    for start in starts:
        if len(taken) >= limit:
            break
        todo = [] if start in taken else [(-len(around[start]), start)]
        while todo and len(taken) < limit:
            _, name = heapq.heappop(todo)
            if name in taken:
                continue
            taken[name] = None
            for other in around[name]:
                if other not in taken:
                    heapq.heappush(todo, (-len(around[other]), other))
    return list(taken)
