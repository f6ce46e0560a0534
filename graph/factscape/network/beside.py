"""Places for further things in a picture that is laid out already, each near what it is joined to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import cos, pi, sin, sqrt

__all__ = ["lay_out_columns", "place_beside"]

_CELL = 22
_TURNS = 14
_STEP = 30.0
_FURTHEST = 160
_GOLDEN = pi * (3 - sqrt(5))
_BOW = 36.0
_MOST_BOW = 150.0
"""So far things in the middle of a column stand out, where lines join things of one column."""

Box = tuple[float, float]
Place = tuple[int, int]


def place_beside(
    placed: Mapping[int, Place],
    boxes: Sequence[Box],
    around: Mapping[int, Iterable[int]],
    others: Iterable[int],
) -> dict[int, Place]:
    """Give each of the `others`, in their order, a free place near its neighbours that have one.

    What has none of these goes under the picture, in rows.

    >>> place_beside({0: (0, 0)}, [(40, 30)] * 3, {1: [0]}, [1, 2])[1] != (0, 0)
    True
    """
    places = dict(placed)
    taken: set[tuple[int, int]] = set()
    for name, place in placed.items():
        taken.update(_cells(place, boxes[name]))
    alone = []
    for name in others:
        known = sorted({one for one in around.get(name, ()) if one in places})
        if not known:
            alone.append(name)
            continue
        middle = [sum(places[one][axis] for one in known) / len(known) for axis in (0, 1)]
        places[name] = _free_near((middle[0], middle[1]), boxes[name], taken, name)
        taken.update(_cells(places[name], boxes[name]))
    places.update(_rows_below(places, boxes, alone))
    return {name: place for name, place in places.items() if name not in placed}


def _cells(place: Place, box: Box) -> Iterable[tuple[int, int]]:
    (x, y), (width, height) = place, box
    left, right = int((x - width / 2) // _CELL), int((x + width / 2) // _CELL)
    top, bottom = int((y - height / 2) // _CELL), int((y + height / 2) // _CELL)
    return ((i, j) for i in range(left, right + 1) for j in range(top, bottom + 1))


def _free_near(middle: Box, box: Box, taken: set[tuple[int, int]], seed: int) -> Place:
    """Return the first free place on a spiral; far out something always is."""
    place = round(middle[0]), round(middle[1])
    for step in range(1, _FURTHEST * _TURNS):
        reach = _STEP * (1 + step / _TURNS)
        turn = (step + seed) * _GOLDEN
        place = round(middle[0] + 1.2 * reach * cos(turn)), round(middle[1] + reach * sin(turn))
        if taken.isdisjoint(_cells(place, box)):
            break
    return place


def _rows_below(
    places: Mapping[int, Place], boxes: Sequence[Box], names: Sequence[int]
) -> dict[int, Place]:
    if not names:
        return {}
    bottom = max((place[1] for place in places.values()), default=0) + 120
    wide = max(int(boxes[name][0]) for name in names)
    high = max(int(boxes[name][1]) for name in names)
    columns = max(1, round(sqrt(len(names) * 2.4 * high / wide)))
    first = -(columns - 1) * wide // 2
    return {
        name: (first + place % columns * wide, bottom + place // columns * high)
        for place, name in enumerate(names)
    }


def lay_out_columns(
    boxes: Sequence[Box], columns: Sequence[int], edges: Iterable[tuple[int, int]]
) -> tuple[Place, ...]:
    """Place things in columns from left to right, each near the middle of what it is joined to.

    >>> lay_out_columns([(40, 30)] * 3, [0, 1, 2], [(0, 1), (1, 2)])
    ((0, 0), (240, 0), (480, 0))
    """
    around: dict[int, list[int]] = {name: [] for name in range(len(boxes))}
    for one, other in sorted(set(edges)):
        around[one].append(other)
        around[other].append(one)
    order = {
        column: [name for name in around if columns[name] == column]
        for column in sorted(set(columns))
    }
    height = {name: float(place) for names in order.values() for place, name in enumerate(names)}
    for _ in range(6):
        for column, names in order.items():
            height.update({name: _middle(name, around, height) for name in names})
            names.sort(key=lambda name: (height[name], name))
            spread = [(place - (len(names) - 1) / 2) for place in range(len(names))]
            height.update(dict(zip(names, spread, strict=True)))
            order[column] = names
    gap = max((box[1] for box in boxes), default=0) + 34
    across = max((box[0] for box in boxes), default=0) + 200
    inner = {
        columns[one] for one in around for other in around[one] if columns[one] == columns[other]
    }
    # The first and the last column stay where the way begins and ends.
    inner -= {min(columns, default=0), max(columns, default=0)}
    bow = {column: _BOW * (len(order[column]) - 1) for column in inner}
    shift = {column: 0.5 for column in _crossed(columns, around) if len(order[column]) % 2}
    return tuple(
        (
            round(column * across + _bowed(bow.get(column, 0.0), height[name], len(order[column]))),
            round((height[name] + shift.get(column, 0.0)) * gap),
        )
        for name, column in enumerate(columns)
    )


def _crossed(columns: Sequence[int], around: Mapping[int, Iterable[int]]) -> set[int]:
    """Return the columns that a line passes on its way: one in their middle would hide it."""
    pairs = [sorted((columns[one], columns[other])) for one in around for other in around[one]]
    return {column for left, right in pairs for column in range(left + 1, right)}


def _bowed(bow: float, height: float, count: int) -> float:
    """Return how far a thing stands to the right in a column whose lines would hide behind it."""
    half = (count - 1) / 2
    return min(bow, _MOST_BOW) * (1 - (height / half) ** 2) if count > 2 else 0.0


def _middle(name: int, around: Mapping[int, Sequence[int]], height: Mapping[int, float]) -> float:
    beside = [height[one] for one in around[name]]
    return sum(beside) / len(beside) if beside else height[name]
