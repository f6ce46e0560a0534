"""Which things are drawn: limits, distances, and what is left out."""

from __future__ import annotations

from itertools import pairwise

import pytest

from factscape.errors import FactscapeError, MisuseError
from factscape.views.chosen import HARD_LIMIT, choose, choose_between, choose_kinds
from factscape.views.drawn import Drawn, Line


def drawn(
    *pairs: tuple[str, str], hubs: tuple[str, ...] = (), alone: tuple[str, ...] = ()
) -> Drawn:
    names = sorted({name for pair in pairs for name in pair} | set(alone))
    return Drawn(
        things=dict.fromkeys(names, ""),
        hubs=frozenset(hubs),
        lines=tuple(Line(start, end, "urn:r") for start, end in pairs),
        collapsed={"deal": ("a", "b")},
    )


CHAIN = drawn(("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), alone=("z",))


def test_all_is_chosen_where_it_fits() -> None:
    chosen = choose(CHAIN)
    assert chosen.things == ("a", "b", "c", "d", "e", "z")
    assert (chosen.all_things, chosen.all_lines, chosen.near, chosen.undrawn) == (6, 4, 6, 0)


@pytest.mark.parametrize(
    ("depth", "expected"), [(0, "c"), (1, "bcd"), (2, "abcde"), (9, "abcde"), (None, "abcdez")]
)
def test_depth_counts_steps_from_the_focus(depth: int | None, expected: str) -> None:
    chosen = choose(CHAIN, ["c"], depth)
    assert "".join(chosen.things) == expected
    assert chosen.focus == ("c",)


def test_a_hub_is_no_step() -> None:
    deal = drawn(("h", "a"), ("h", "b"), ("b", "c"), hubs=("h",))
    assert choose(deal, ["a"], 1).things == ("a", "b", "h")
    assert choose(deal, ["h"], 1).things == ("a", "b", "h")
    assert choose(deal, ["a"], 2).things == ("a", "b", "c", "h")


def test_an_event_that_became_a_line_is_seen_by_its_ends() -> None:
    assert choose(CHAIN, ["deal"], 0).things == ("a", "b")
    assert choose(CHAIN, ["deal"], 0).focus == ("a", "b")


def test_without_a_depth_a_large_network_is_seen_one_step_around() -> None:
    chosen = choose(CHAIN, ["c"], limit=4)
    assert (chosen.things, chosen.depth) == (("b", "c", "d"), 1)


def test_the_nearest_and_best_connected_come_first() -> None:
    star = drawn(("s", "a"), ("s", "b"), ("s", "c"), ("b", "d"), ("b", "e"))
    chosen = choose(star, ["s"], 2, limit=3)
    assert chosen.first == {"a", "b", "s"}
    assert (chosen.near, chosen.all_things) == (6, 6)
    assert choose(star, ["s"], 2, limit=1).first == {"s"}
    # The others are on the page, to be shown when they are asked for.
    assert chosen.things == ("a", "b", "c", "d", "e", "s")


def test_without_a_focus_the_best_connected_hang_together() -> None:
    two = drawn(("s", "a"), ("s", "b"), ("s", "c"), ("t", "u"), ("t", "v"))
    assert choose(two, limit=4).first == {"a", "b", "c", "s"}
    assert choose(two, limit=6).first == {"a", "b", "c", "s", "t", "u"}


def test_what_nothing_joins_waits_where_there_is_much_of_it() -> None:
    many = drawn(("a", "b"), alone=tuple(f"n{i}" for i in range(30)))
    assert choose(many).first == {"a", "b"}
    assert len(choose(many).things) == 32
    assert choose(many, ["n1"]).first == {"a", "b", "n1"}
    assert len(choose(drawn(alone=tuple(f"n{i}" for i in range(30)))).first) == 30


def test_a_page_holds_only_so_many_things() -> None:
    names = [f"n{i:04}" for i in range(1500)]
    chosen = choose(drawn(*pairwise(names)), limit=10)
    assert (len(chosen.first), len(chosen.things), chosen.all_things) == (10, 1000, 1500)


def test_ways_between_two_things() -> None:
    graph = drawn(("a", "b"), ("b", "c"), ("a", "x"), ("x", "y"), ("y", "c"), ("c", "d"))
    chosen = choose_between(graph, "a", "c")
    assert chosen.things == ("a", "b", "c", "x", "y")
    assert chosen.focus == ("a", "c")
    assert dict(zip(chosen.things, chosen.steps, strict=True)) == {
        "a": 0, "b": 1, "c": 3, "x": 1, "y": 2
    }  # fmt: skip


def test_ends_that_are_joined_stand_apart() -> None:
    chosen = choose_between(drawn(("a", "c"), ("a", "b"), ("b", "c")), "a", "c")
    assert dict(zip(chosen.things, chosen.steps, strict=True)) == {"a": 0, "b": 1, "c": 2}


@pytest.mark.parametrize(("start", "end"), [("a", "z"), ("a", "a"), ("z", "z")])
def test_where_there_is_no_way_that_is_said(start: str, end: str) -> None:
    with pytest.raises(FactscapeError):
        choose_between(CHAIN, start, end)


def test_the_things_of_a_kind_and_where_they_meet() -> None:
    deal = drawn(("h", "a"), ("h", "b"), ("b", "c"), ("g", "b"), ("g", "c"), hubs=("h", "g"))
    deal.things.update({"a": "K", "b": "K"})
    assert choose_kinds(deal, {"K"}).things == ("a", "b", "h")
    assert choose_kinds(deal, {"nothing"}).things == ()


def test_lines_that_are_too_many_are_counted() -> None:
    names = [f"n{i:03}" for i in range(150)]
    pairs = [(one, other) for one in names for other in names if one < other]
    chosen = choose(drawn(*pairs))
    assert chosen.undrawn == len(pairs) - 10_000
    assert len(chosen.lines) == 10_000


@pytest.mark.parametrize("limit", [0, -1, HARD_LIMIT + 1])
def test_a_limit_out_of_range_is_refused(limit: int) -> None:
    with pytest.raises(MisuseError, match="--limit"):
        choose(CHAIN, limit=limit)


def test_a_negative_depth_is_refused() -> None:
    with pytest.raises(MisuseError, match="--depth"):
        choose(CHAIN, ["a"], -1)
