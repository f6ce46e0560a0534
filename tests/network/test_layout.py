"""Where things stand: always the same, nothing on top of another, what belongs together near."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import combinations
from math import dist
from statistics import mean

import pytest

from factscape.network.beside import lay_out_columns
from factscape.network.layout import ONE_PIECE, Layout, lay_out

Edges = list[tuple[int, int]]
BOX = (100.0, 40.0)


def scattered(number: int, lines: int, seed: int = 1) -> Edges:
    dice = random.Random(seed)
    return [(int(number * dice.random() ** 2), dice.randrange(number)) for _ in range(lines)]


SHAPES: dict[str, tuple[int, Edges]] = {
    "nothing": (0, []),
    "one": (1, []),
    "two": (2, [(0, 1)]),
    "two that nothing joins": (2, []),
    "itself": (1, [(0, 0)]),
    "chain": (60, [(i, i + 1) for i in range(59)]),
    "ring": (40, [(i, (i + 1) % 40) for i in range(40)]),
    "star": (120, [(0, i) for i in range(1, 120)]),
    "everyone knows everyone": (40, list(combinations(range(40), 2))),
    "parts": (90, [(i, i + 1) for i in range(89) if i % 9]),
    "lonely": (100, []),
    "scattered": (ONE_PIECE, scattered(ONE_PIECE, 600)),
    "large star": (700, [(0, i) for i in range(1, 700)]),
    "large": (900, scattered(900, 2000)),
    "many parts": (800, [(i, i + 1) for i in range(799) if i % 4 != 3]),
    "many pairs": (1600, [(i, i + 1) for i in range(0, 1600, 2)]),
}


def clashes(layout: Layout, box: tuple[float, float] = BOX) -> int:
    return sum(
        abs(a[0] - b[0]) < box[0] - 1.5 and abs(a[1] - b[1]) < box[1] - 1.5
        for a, b in combinations(layout.places, 2)
    )


@pytest.mark.parametrize("name", SHAPES)
def test_everything_has_a_place_of_its_own(name: str) -> None:
    number, edges = SHAPES[name]
    layout = lay_out([BOX] * number, edges)
    assert len(layout.places) == number
    assert len(set(layout.places)) == number
    assert all(isinstance(x, int) and isinstance(y, int) for x, y in layout.places)


@pytest.mark.parametrize("name", ["two", "chain", "ring", "star", "parts", "scattered"])
def test_labels_have_room(name: str) -> None:
    number, edges = SHAPES[name]
    # What nothing joins stands closer; the rest does not overlap.
    joined = {end for edge in edges for end in edge}
    layout = lay_out([BOX] * number, edges)
    some = Layout(tuple(place for i, place in enumerate(layout.places) if i in joined))
    assert clashes(some) == 0


def test_what_is_joined_is_nearer() -> None:
    number, edges = SHAPES["scattered"]
    places = lay_out([BOX] * number, edges).places
    joined = mean(dist(places[a], places[b]) for a, b in edges if a != b)
    assert joined < 0.75 * mean(dist(a, b) for a, b in combinations(places, 2))


def test_loose_edges_hold_less() -> None:
    edges = [(0, 1), (1, 2), (2, 3)]
    tight = lay_out([BOX] * 4, [*edges, (3, 0)]).places
    loose = lay_out([BOX] * 4, edges, loose=[(3, 0)]).places
    assert dist(loose[3], loose[0]) > dist(tight[3], tight[0])


def test_communities_stand_apart() -> None:
    parts = range(0, 600, 60)
    dice = random.Random(1)
    inner = [(s + dice.randrange(60), s + dice.randrange(60)) for s in parts for _ in range(180)]
    outer = [(dice.randrange(600), dice.randrange(600)) for _ in range(40)]
    layout = lay_out([BOX] * 600, inner + outer)
    discs = [one for one in layout.communities if one.joined and len(one.members) > 20]
    assert 8 <= len(discs) <= 14
    for one, other in combinations(discs, 2):
        assert dist((one.x, one.y), (other.x, other.y)) > 0.75 * (one.radius + other.radius)
    for disc in discs:
        for member in disc.members:
            assert dist(layout.places[member], (disc.x, disc.y)) <= disc.radius * 1.1


def test_a_picture_has_the_proportions_of_a_screen() -> None:
    number, edges = SHAPES["scattered"]
    places = lay_out([BOX] * number, edges).places
    width = max(x for x, _ in places) - min(x for x, _ in places)
    height = max(y for _, y in places) - min(y for _, y in places)
    assert 0.7 < width / height < 1.8


@pytest.mark.parametrize("number", [80, 700])
def test_the_same_input_gives_the_same_places_in_every_process(number: int) -> None:
    code = (
        "from factscape.network.layout import lay_out\n"
        f"edges = {scattered(number, 2 * number)!r}\n"
        f"print(lay_out([(100.0, 40.0)] * {number}, edges).places)\n"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_a_line_within_a_column_does_not_run_behind_what_stands_between() -> None:
    columns = [0, 1, 1, 1, 1, 1, 2]
    edges = [(0, 1), (0, 3), (1, 5), (1, 3), (2, 4), (5, 6)]
    places = lay_out_columns([BOX] * len(columns), columns, edges)
    column = [place for place, which in zip(places, columns, strict=True) if which == 1]
    for (ax, ay), (bx, by), (cx, cy) in combinations(column, 3):
        assert abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) > 1000, "three in a line"
    straight = lay_out_columns([BOX] * 4, [0, 1, 1, 2], [(0, 1), (0, 2), (1, 3)])
    assert straight[1][0] == straight[2][0]


def test_a_line_past_a_column_runs_behind_nothing_in_it() -> None:
    places = lay_out_columns([(40, 30)] * 3, [0, 1, 2], [(0, 1), (1, 2), (0, 2)])
    assert places[0][1] == places[2][1] == 0
    assert abs(places[1][1]) >= 30
