"""Where each thing stands in a picture: worked out once, so that the page has nothing to compute.

Up to 300 things: the lengths of paths become distances (stress majorisation), then boxes as large
as the labels are pushed apart. Above that communities are found, each is laid out alone, and they
are packed as the lines between them ask. The same input gives the same whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, pi, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Community", "Layout", "lay_out"]

ONE_PIECE = 300
"""Up to so many things are laid out as a whole."""
_LARGEST = 400
"""A community larger than this is split again: its distances would take too long."""
_SEED = 1
_ATTEMPTS = 3
_STEPS = 200
_PUSHES = 900
_FILL = 0.9
_LOOSE = 2.0
_STARTS = (1.0, 0.7, 0.5)
_TRIES = 41
_FEW = 12
_COMMUNITIES = 60
_CLOSE = 30.0
_GAP = 26.0
"""Between communities and between pieces that nothing joins."""
_ASPECT = 1.05
"""Pictures are wider than high, as screens are."""


@dataclass(frozen=True)
class Community:
    """Things that hang together more closely than with the others, and the disc they stand on."""

    members: tuple[int, ...]
    joined: bool
    """False for the one that holds what is joined to nothing, or to next to nothing."""
    x: int
    y: int
    radius: int


@dataclass(frozen=True)
class Layout:
    """The places of things, in the order in which they were given."""

    places: tuple[tuple[int, int], ...]
    communities: tuple[Community, ...] = ()


def lay_out(
    boxes: Sequence[tuple[float, float]],
    edges: Iterable[tuple[int, int]],
    loose: Iterable[tuple[int, int]] = (),
    whole: int = ONE_PIECE,
) -> Layout:
    """Give each thing a place: width and height of the thing with its label, and who is joined.

    What only `loose` edges join may be further apart. More things than `whole` stand in communities.

    >>> layout = lay_out([(80, 30)] * 3, [(0, 1), (1, 2)])
    >>> layout == lay_out([(80, 30)] * 3, [(0, 1), (1, 2)]), len(set(layout.places))
    (True, 3)
    """
    import networkx
    import numpy as np

    if not boxes:
        return Layout(())
    graph = networkx.Graph()
    # Numbers for names: what a set of strings yields differs from one process to the next.
    graph.add_nodes_from(range(len(boxes)))
    graph.add_edges_from(_pairs(loose), stretch=_LOOSE)
    graph.add_edges_from(_pairs(edges), stretch=1.0)
    sizes = np.array(boxes, dtype=float)
    if len(boxes) <= whole:
        return Layout(_rounded(_in_one_piece(graph, sizes)))
    return _in_communities(graph, sizes)


def _pairs(edges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return sorted({(min(edge), max(edge)) for edge in edges if edge[0] != edge[1]})


def _in_one_piece(graph: networkx.Graph[int], sizes: Array) -> Array:
    """Lay out each connected part and put the smaller ones where the larger ones leave room."""
    import networkx
    import numpy as np

    parts = sorted((sorted(part) for part in networkx.connected_components(graph)), key=_by_size)
    groups = [part for part in parts if len(part) > 1]
    single = [part[0] for part in parts if len(part) == 1]
    placed = np.zeros((len(graph), 2))
    for part in groups:
        placed[part] = _centred(_connected(graph.subgraph(part), part, sizes[part]), sizes[part])
    if single:
        placed[single] = _centred(_rows(sizes[single]), np.minimum(sizes[single], _CLOSE))
        groups.append(single)
    few, many = groups[:_FEW], groups[_FEW:]
    if many:
        _shelve(placed, sizes, many)
        few.append([name for group in many for name in group])
    done: list[int] = []
    for group in few:
        if done:
            placed[group] += _free_place(placed[done], sizes[done], placed[group], sizes[group])
        done += group
    return _centred(placed, sizes)


def _by_size(part: Sequence[int]) -> tuple[int, int]:
    return -len(part), part[0]


def _connected(graph: networkx.Graph[int], part: list[int], sizes: Array) -> Array:
    """Lay out a connected graph: distances first, then room for every label."""
    if len(part) > _LARGEST:
        return _sunflower(graph, part, sizes)
    distances = _distances(graph, part, sizes)
    places = _stress(distances)
    return _roomy(places, sizes)


def _roomy(places: Array, sizes: Array) -> Array:
    """Make room for all boxes, and of several ways to do so take the one that a screen shows largest.

    Labels are wider than high, so making room for them makes a picture wider than it began.
    """
    places = _wide(places)
    tried = [_apart(_spread(places, sizes, start), sizes) for start in _STARTS]
    return min(tried, key=lambda one: _side(one, sizes))


def _side(places: Array, sizes: Array) -> float:
    """Return how large a window must be in which all of it is seen, of a screen's proportions."""
    import numpy as np

    width, height = np.ptp(places, axis=0) + sizes.mean(axis=0)
    return max(float(width), float(height) * _ASPECT)


def _distances(graph: networkx.Graph[int], part: list[int], sizes: Array) -> Array:
    """Return the length of the shortest path between all pairs (Floyd and Warshall)."""
    import numpy as np

    index = {name: i for i, name in enumerate(part)}
    length = np.full((len(part), len(part)), np.inf)
    np.fill_diagonal(length, 0.0)
    for one, other, stretch in graph.edges(data="stretch"):
        i, j = index[one], index[other]
        # Two well-connected things stand further apart, so that what hangs on each has room.
        busy = sqrt(min(graph.degree[one], graph.degree[other]))
        length[i, j] = 40 + 22 * busy + 0.2 * float(sizes[i, 0] + sizes[j, 0])
        length[j, i] = length[i, j] = length[i, j] * stretch
    for i in range(len(part)):
        np.minimum(length, length[:, i, None] + length[None, i, :], out=length)
    return length


def _stress(distances: Array) -> Array:
    """Place points so that their distances are as near to the given ones as the plane allows."""
    import numpy as np

    n = len(distances)
    if n == 2:
        return np.array([[0.0, 0.0], [distances[0, 1], 0.0]])
    weights = 1.0 / (distances + np.eye(n)) ** 2
    np.fill_diagonal(weights, 0.0)
    wanted = weights * distances
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.inv(laplacian + 1.0 / n) - 1.0 / n
    best, best_stress = np.zeros((n, 2)), np.inf
    for attempt in range(_ATTEMPTS):
        places = _start(distances, attempt)
        between, stress = _norms(places), np.inf
        for _ in range(_STEPS):
            pull = wanted / between
            places = inverse @ (pull.sum(axis=1)[:, None] * places - pull @ places)
            between = _norms(places)
            last, stress = stress, float((weights * (between - distances) ** 2).sum())
            if last - stress < 1e-4 * stress:
                break
        if stress < best_stress * 0.999:
            best, best_stress = places, stress
    return best


def _start(distances: Array, attempt: int) -> Array:
    """Return a first guess: distances to two things far apart, or points thrown at random."""
    import numpy as np

    dice = np.random.Generator(np.random.PCG64(_SEED + attempt))
    n = len(distances)
    jitter: Array = dice.standard_normal((n, 2)) * distances.mean()
    if attempt:
        return jitter
    first = int(distances.sum(axis=1).argmax())
    second = int((np.abs(distances[first] - distances[first].mean()) + distances[first]).argmin())
    return np.stack([distances[first], distances[second]], axis=1) + 0.05 * jitter


def _norms(places: Array) -> Array:
    """Return how far each two points are apart, never nothing."""
    import numpy as np

    x, y = places[:, 0], places[:, 1]
    square = (x[:, None] - x[None, :]) ** 2 + (y[:, None] - y[None, :]) ** 2
    return np.sqrt(np.maximum(square, 1e-12))


def _spread(places: Array, sizes: Array, proportion: float) -> Array:
    """Give a layout a proportion of width to height, and little more room than its boxes need."""
    import numpy as np

    extent = np.maximum(np.ptp(places, axis=0), 1.0)
    room = float((sizes[:, 0] * sizes[:, 1]).sum()) / _FILL
    wanted = np.array([sqrt(room * proportion), sqrt(room / proportion)])
    # A chain stays a chain: no side is stretched more than twice as much as the other.
    factor = wanted / extent
    scaled: Array = places * np.clip(factor, factor.min(), 2 * factor.min())
    return scaled


def _apart(places: Array, sizes: Array) -> Array:
    """Push boxes apart along the lines between them until none overlap.

    Where that alone does not help the whole grows a little, so that it ends.
    """
    import numpy as np

    places = places.copy()
    need_x = (sizes[:, None, 0] + sizes[None, :, 0]) / 2
    need_y = (sizes[:, None, 1] + sizes[None, :, 1]) / 2
    # Two on one spot are pushed apart in the order in which they come.
    order = np.sign(np.arange(len(places))[:, None] - np.arange(len(places))[None, :])
    nudge = order + np.eye(len(places))
    for step in range(_PUSHES):
        dx = places[:, None, 0] - places[None, :, 0]
        dy = places[:, None, 1] - places[None, :, 1]
        clash = (np.abs(dx) < need_x - 0.5) & (np.abs(dy) < need_y - 0.5) & (order != 0)
        if not clash.any():
            break
        dx = np.where(np.abs(dx) < 1, nudge, dx)
        dy = np.where(np.abs(dy) < 1, nudge, dy)
        # How much further apart along their line two boxes must be; not all of it at once.
        factor = np.minimum(need_x / np.abs(dx), need_y / np.abs(dy))
        push = np.where(clash, np.minimum(factor, 1.6) - 1, 0.0)
        often = np.sqrt(np.maximum(1.0, clash.sum(axis=1)))
        places[:, 0] += 0.5 * (push * dx).sum(axis=1) / often
        places[:, 1] += 0.5 * (push * dy).sum(axis=1) / often
        if step % 20 == 19:
            places *= 1.01
    return places


def _wide(places: Array) -> Array:
    """Turn a layout so that it is wider than high."""
    import numpy as np

    centred = places - places.mean(axis=0)
    spread = centred.T @ centred
    turn = 0.5 * np.arctan2(2 * spread[0, 1], spread[0, 0] - spread[1, 1])
    cosine, sine = np.cos(turn), np.sin(turn)
    turned: Array = centred @ np.array([[cosine, -sine], [sine, cosine]])
    return turned


def _sunflower(graph: networkx.Graph[int], part: list[int], sizes: Array) -> Array:
    """Place things on a spiral, the best connected in the middle: a fan with a thousand leaves."""
    import numpy as np

    order = sorted(range(len(part)), key=lambda i: (-graph.degree[part[i]], part[i]))
    rank = np.empty(len(part))
    rank[order] = np.arange(len(part))
    reach = np.sqrt(rank * float((sizes[:, 0] * sizes[:, 1]).mean()) / (0.75 * pi))
    turn = rank * pi * (3 - sqrt(5))
    return np.stack([_ASPECT * reach * np.cos(turn), reach * np.sin(turn)], axis=1)


def _rows(sizes: Array) -> Array:
    """Place things that nothing joins in rows; many stand close, so that they are not the picture."""
    import numpy as np

    if len(sizes) > _FEW:
        sizes = np.minimum(sizes, _CLOSE)
    columns = max(1, ceil(sqrt(len(sizes) * _ASPECT * sizes[:, 1].mean() / sizes[:, 0].mean())))
    places = [(i % columns, i // columns) for i in range(len(sizes))]
    rows: Array = np.array(places, dtype=float) * sizes.max(axis=0)
    return rows


def _shelve(placed: Array, sizes: Array, groups: Sequence[list[int]]) -> None:
    """Move groups, each laid out around 0, 0, beside and below one another in rows."""
    import numpy as np

    corners = [(placed[group] - sizes[group] / 2).min(axis=0) for group in groups]
    far = [(placed[group] + sizes[group] / 2).max(axis=0) for group in groups]
    extents = [high - low + _GAP for low, high in zip(corners, far, strict=True)]
    across = sqrt(_ASPECT * sum(float(width * height) for width, height in extents))
    x = y = row = 0.0
    for group, corner, (width, height) in zip(groups, corners, extents, strict=True):
        if x and x + width > across:
            x, y, row = 0.0, y + row, 0.0
        placed[group] += np.array([x, y]) - corner
        x, row = x + width, max(row, height)
    everything = [name for group in groups for name in group]
    placed[everything] = _centred(placed[everything], sizes[everything])


def _centred(places: Array, sizes: Array) -> Array:
    """Move a layout so that the middle of what its boxes cover is 0, 0."""
    centred: Array = (
        places - ((places - sizes / 2).min(axis=0) + (places + sizes / 2).max(axis=0)) / 2
    )
    return centred


def _free_place(places: Array, sizes: Array, others: Array, other_sizes: Array) -> Array:
    """Return where a rectangle around other boxes overlaps none of those that are placed.

    Of the free places that one is taken that keeps the whole most nearly square.
    """
    import numpy as np

    half = (np.abs(others) + other_sizes / 2).max(axis=0) + _GAP / 2
    reach = (np.abs(places) + sizes / 2).max(axis=0) + half
    steps = [np.linspace(-end, end, _TRIES) for end in reach]
    tried = np.stack(np.meshgrid(*steps), axis=-1).reshape(-1, 2)
    apart = np.abs(tried[:, None, :] - places[None, :, :]) - half - sizes / 2
    free = tried[(apart >= 0).any(axis=2).all(axis=1)]
    # The corners of the grid are outside of everything, so that something is always free.
    far = np.maximum(np.abs(free[:, 0]) + half[0], (np.abs(free[:, 1]) + half[1]) * _ASPECT)
    near: Array = free[np.lexsort((free[:, 0], free[:, 1], np.round(far)))[0]]
    return near


def _rounded(places: Array) -> tuple[tuple[int, int], ...]:
    return tuple((round(float(x)), round(float(y))) for x, y in places)


def _in_communities(graph: networkx.Graph[int], sizes: Array) -> Layout:
    """Lay out each community alone and pack them."""
    import numpy as np

    groups, rest = _communities(graph)
    groups += [rest] if rest else []
    # So many labels cannot be read at once: room is for the points and a part of the labels.
    small = np.stack([sizes[:, 0] * 0.45 + 8, sizes[:, 1] * 0.8], axis=1)
    placed = np.zeros((len(graph), 2))
    radii = np.zeros(len(groups))
    for number, group in enumerate(groups):
        places = _in_one_piece(_renumbered(graph, group), small[group])
        placed[group] = places - (places.max(axis=0) + places.min(axis=0)) / 2
        radii[number] = np.hypot(*(np.abs(placed[group]).max(axis=0))) * 0.86 + 20
    centres = _community_places(graph, groups, radii)
    for group, centre in zip(groups, centres, strict=True):
        placed[group] += centre
    return Layout(
        _rounded(placed),
        tuple(
            Community(
                tuple(group),
                group is not rest,
                round(float(x)),
                round(float(y)),
                round(float(radius)),
            )
            for group, (x, y), radius in zip(groups, centres, radii, strict=True)
        ),
    )


def _renumbered(graph: networkx.Graph[int], group: list[int]) -> networkx.Graph[int]:
    """Return the part of a graph with its things numbered from 0."""
    import networkx

    return networkx.relabel_nodes(graph.subgraph(group), {n: i for i, n in enumerate(group)})


def _communities(graph: networkx.Graph[int]) -> tuple[list[list[int]], list[int]]:
    """Return communities, the largest first, and what belongs to none or to one of the smallest."""
    lonely = [name for name in graph if not graph.degree[name]]
    joined = graph.subgraph(sorted(set(graph) - set(lonely)))
    found = sorted(_split(joined), key=_by_size)
    few, others = found[:_COMMUNITIES], found[_COMMUNITIES:]
    return few, sorted([*lonely, *(name for group in others for name in group)])


def _split(graph: networkx.Graph[int], resolution: float = 1.0) -> list[list[int]]:
    """Return Louvain communities, none too large to be laid out, if they can be told apart."""
    from networkx.algorithms.community import louvain_communities

    if not graph:
        return []
    parts = louvain_communities(graph, resolution=resolution, seed=_SEED)
    if resolution > 1 and len(parts) > _COMMUNITIES:
        return [sorted(graph)]  # a fan with a thousand leaves has no parts
    found: list[list[int]] = []
    for part in parts:
        large = len(part) > _LARGEST and resolution < 16
        found += (
            _split(graph.subgraph(sorted(part)).copy(), resolution * 2) if large else [sorted(part)]
        )
    return found


def _community_places(
    graph: networkx.Graph[int], groups: Sequence[list[int]], radii: Array
) -> Array:
    """Place the discs of communities: near one another as lines between them ask, none overlapping."""
    import numpy as np

    group_of = {name: number for number, group in enumerate(groups) for name in group}
    between = np.zeros((len(groups), len(groups)))
    for one, other in graph.edges:
        if group_of[one] != group_of[other]:
            between[group_of[one], group_of[other]] += 1
    between += between.T
    if len(groups) == 1:
        return np.zeros((1, 2))
    reach = radii[:, None] + radii[None, :] + _GAP
    share = between / np.sqrt(np.outer(between.sum(axis=1) + 1, between.sum(axis=1) + 1))
    distances = reach * (1.0 + 1.2 * np.exp(-12 * share))
    np.fill_diagonal(distances, 0.0)
    boxes = np.stack([radii, radii], axis=1) * 2 * 0.9
    return _roomy(_stress(distances), boxes)
