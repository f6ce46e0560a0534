"""Rankings and comparisons: what shares an axis, what is kept apart, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from factscape.claims.boards import Board, read_boards, why_apart
from factscape.claims.side_by_side import Panel, read_comparison, read_panels
from factscape.opening import Facts, open_facts
from factscape.terms import PREFIXES

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
SOURCES = """
id:m a fs:Market ; skos:prefLabel "Market"@en .
src:s a fs:Source ; dct:title "S" ; dct:issued "2025-05-01"^^xsd:date ; fs:reliability "B" .
src:t a fs:Source ; dct:title "T" ; dct:issued "2025-06-01"^^xsd:date ; fs:reliability "C" .
"""
Open = Callable[[str], Facts]


@pytest.fixture
def facts_of(tmp_path: Path) -> Iterator[Open]:
    opened: list[Facts] = []

    def make(text: str) -> Facts:
        (tmp_path / "facts.trig").write_text(HEAD + SOURCES + text, encoding="utf-8")
        opened.append(open_facts(tmp_path))
        return opened[-1]

    yield make
    for facts in opened:
        facts.close()


def share(of: str, year: int, percent: float, more: str = "", source: str = "s") -> str:
    name = f"{source}.{of}.{year}.{len(more)}"
    return (
        f"src:{source} {{ id:{of} a fs:Company . claim:{name} a fs:Observation ; fs:of id:{of} ; "
        f"fs:metric metric:market-share-by-revenue ; fs:market id:m ; fs:value {percent} ; "
        f'fs:unit unit:percent ; fs:during period:{year} ; fs:printed "{percent}%" {more} . }}\n'
    )


def money(of: str, year: str, value: int, unit: str = "USD", more: str = "") -> str:
    name = f"{of}.{year}.{unit}".lower()
    return (
        f"src:s {{ claim:{name} a fs:Observation ; fs:of id:{of} ; fs:metric metric:revenue ; "
        f'fs:value {value} ; fs:unit unit:{unit} ; fs:during period:{year} ; fs:printed "{value}" {more} . }}\n'
    )


def boards(facts: Facts, target: str = "id:m", currency: str | None = None) -> list[Board]:
    prefix, name = target.split(":")
    return read_boards(facts.reader, facts.store, PREFIXES[prefix] + name, currency)


def places(board: Board) -> list[tuple[int, int, str]]:
    return [(one.period, one.rank, one.thing.iri.rpartition("/")[2]) for one in board.places]


def test_places_follow_from_values_by_period(facts_of: Open) -> None:
    facts = facts_of(
        share("a", 2023, 40) + share("b", 2023, 30) + share("a", 2024, 25) + share("b", 2024, 45)
    )
    (board,) = boards(facts)
    assert places(board) == [(0, 1, "a"), (0, 2, "b"), (1, 1, "b"), (1, 2, "a")]
    assert [time.label["en"] for time in board.periods] == ["2023", "2024"]
    moves = [one.change and one.change.places for one in board.places]
    assert moves == [None, None, 1, -1]
    assert board.places[2].change is not None
    assert board.places[2].change.value == pytest.approx(0.15)


def test_equal_values_are_tied_and_the_next_place_is_empty(facts_of: Open) -> None:
    (board,) = boards(facts_of(share("a", 2023, 30) + share("b", 2023, 30) + share("c", 2023, 9)))
    assert places(board) == [(0, 1, "a"), (0, 1, "b"), (0, 3, "c")]
    assert [one.tied for one in board.places] == [True, True, False]


def test_what_is_missing_in_a_period_is_a_gap_without_change(facts_of: Open) -> None:
    facts = facts_of(
        "".join(share(of, year, 30) for of, year in (("a", 2022), ("b", 2023), ("a", 2024)))
    )
    (board,) = boards(facts)
    assert [one.change for one in board.places] == [None, None, None]
    assert not board.ranks


def price(of: str, value: float, time: str = "") -> str:
    return (
        f"src:s {{ id:{of} a fs:Model . claim:{of}.{value:g} a fs:Observation ; fs:of id:{of} ; "
        f"fs:metric metric:api-price-output ; fs:value {value} ; {time} "
        f'fs:unit unit:USD-per-million-tokens ; fs:printed "{value}" . }}\n'
    )


def on(day: str) -> str:
    return f'fs:at "{day}"^^xsd:date ;'


def test_the_smallest_price_stands_first_unless_it_is_turned(facts_of: Open) -> None:
    facts = facts_of(price("a", 3, on("2025-01-02")) + price("b", 2, on("2025-01-02")))
    target = PREFIXES["metric"] + "api-price-output"
    (board,) = read_boards(facts.reader, facts.store, target)
    assert board.smallest_first
    assert places(board) == [(0, 1, "b"), (0, 2, "a")]
    (turned,) = read_boards(facts.reader, facts.store, target, smallest_first=False)
    assert not turned.smallest_first
    assert places(turned) == [(0, 1, "a"), (0, 2, "b")]


def test_the_latest_of_each_is_ranked_where_no_period_has_them_all(facts_of: Open) -> None:
    facts = facts_of(
        price("a", 9, on("2024-01-02"))
        + price("a", 3, on("2025-01-02"))
        + price("b", 2, on("2024-06-02"))
        + price("b", 7)
        + price("c", 1)
    )
    (board,) = boards(facts, "metric:api-price-output")
    assert board.latest == len(board.periods) == 4
    latest = [one for one in board.places if one.period == board.latest]
    # What has no time stands in only where nothing else does.
    assert [(one.rank, one.thing.iri[-1], one.told.value) for one in latest] == [
        (1, "c", 1.0),
        (2, "b", 2.0),
        (3, "a", 3.0),
    ]
    assert all(one.change is None for one in latest)


def test_a_price_that_still_holds_is_later_than_one_that_ended(facts_of: Open) -> None:
    facts = facts_of(
        price("a", 9, "fs:during period:until-2025-09 ;")
        + price("a", 3, "fs:during period:from-2025-02 ;")
        + price("b", 5, on("2024-06-02"))
    )
    (board,) = boards(facts, "metric:api-price-output")
    latest = [one for one in board.places if one.period == board.latest]
    assert [one.told.value for one in latest] == [3.0, 5.0]


def test_what_moved_is_counted_among_those_that_both_periods_name(facts_of: Open) -> None:
    text = share("a", 2023, 30) + share("b", 2023, 20)
    text += share("x", 2024, 40) + share("a", 2024, 10) + share("b", 2024, 15)
    (board,) = boards(facts_of(text))
    moves = {one.thing.iri[-1]: one.change for one in board.places if one.period == 1}
    assert moves["x"] is None
    assert moves["a"] is not None
    assert moves["a"].places == -1
    assert moves["b"] is not None
    assert moves["b"].places == 1


def test_one_alone_in_two_periods_moved_nowhere(facts_of: Open) -> None:
    text = share("a", 2023, 30) + share("a", 2024, 10) + share("b", 2024, 15)
    (board,) = boards(facts_of(text))
    (change,) = [one.change for one in board.places if one.change]
    assert change.places is None
    assert change.value == pytest.approx(-0.2)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (share("b", 2023, 9, "; fs:segment id:cloud"), "scope"),
        (share("b", 2023, 9, "; fs:status fs:forecast"), "status"),
        (share("b", 2023, 9).replace("-by-revenue", "-by-calls"), "measure"),
        (share("b", 2023, 9).replace("period:2023", "period:2023-H1"), "period"),
        (share("b", 2023, 9).replace("unit:percent", "unit:USD"), "unit"),
    ],
)
def test_what_does_not_compare_is_kept_apart_and_the_reason_said(
    facts_of: Open, other: str, reason: str
) -> None:
    first, second = boards(facts_of(share("a", 2023, 40) + share("c", 2023, 20) + other))
    assert len(first.places) == 2
    assert why_apart(first, second) == [reason]
    assert why_apart(second, first) == [reason]


def test_measurers_are_apart_but_an_unnamed_one_joins_the_only_one(facts_of: Open) -> None:
    idc = "; fs:measuredBy id:idc"
    (board,) = boards(facts_of(share("a", 2023, 40, idc) + share("b", 2023, 30)))
    assert len(board.places) == 2
    rest = share("a", 2023, 40, idc) + share("b", 2023, 30, "; fs:measuredBy id:frost")
    one, other = boards(facts_of(rest))
    assert why_apart(one, other) == ["measurer"]


def test_a_sum_of_several_stands_in_no_ranking(facts_of: Open) -> None:
    facts = facts_of(
        share("a", 2023, 40) + share("b", 2023, 20) + share("top", 2023, 60)
        + "src:s { id:top fs:hasMember id:a, id:b }"
    )  # fmt: skip
    (board,) = boards(facts)
    assert places(board) == [(0, 1, "a"), (0, 2, "b")]
    assert [row.words["en"] for row in board.sums] == ["60%"]


def test_the_best_value_stands_and_all_sides_are_kept(facts_of: Open) -> None:
    facts = facts_of(share("a", 2023, 40) + share("a", 2023, 20, source="t") + share("b", 2023, 30))
    (board,) = boards(facts)
    told = board.places[0].told
    assert (board.places[0].rank, told.words["en"], told.disputed) == (1, "40%", True)
    assert [side.words["en"] for side in told.sides] == ["40%", "20%"]
    assert told.sources == told.voices == 2


def test_published_places_are_a_board_of_their_own(facts_of: Open) -> None:
    ranking = (
        "src:s { id:r a fs:Ranking ; fs:market id:m ; fs:publishedBy id:idc ; "
        "fs:metric metric:market-share-by-revenue ; fs:during period:2023 . "
        "claim:r.a a fs:RankEntry ; fs:ranking id:r ; fs:of id:a ; fs:position 2 . "
        "claim:r.b a fs:RankEntry ; fs:ranking id:r ; fs:of id:b ; fs:position 5 . }"
    )
    values, printed = boards(facts_of(share("a", 2023, 40) + share("c", 2023, 30) + ranking))
    if values.printed:
        values, printed = printed, values
    assert places(printed) == [(0, 2, "a"), (0, 5, "b")]
    assert printed.measured_by is not None
    assert why_apart(values, printed)[0] == "places"


RATE = (
    "src:s { claim:rate a fs:Observation ; fs:of unit:CNY ; fs:metric metric:exchange-rate ; "
    'fs:value 0.14 ; fs:unit unit:USD ; fs:during period:2024 ; fs:printed "0.14" . }'
)


def test_currencies_meet_only_through_a_stated_rate(facts_of: Open) -> None:
    rows = money("a", "2024", 100) + money("b", "2024", 1000, "CNY")
    apart = boards(facts_of(rows), "metric:revenue")
    assert [len(board.places) for board in apart] == [1, 1]
    assert why_apart(*apart) == ["unit"]
    (board,) = boards(facts_of(rows + RATE), "metric:revenue", PREFIXES["unit"] + "USD")
    assert places(board) == [(0, 1, "b"), (0, 2, "a")]
    assert board.places[0].told.value == pytest.approx(140, rel=0.05)
    assert [one.told.converted for one in board.places] == [True, False]


def panels(facts: Facts, *things: str) -> list[Panel]:
    return read_panels(facts.reader, facts.store, [PREFIXES["id"] + name for name in things])


def test_shared_measures_come_first_with_multiples_of_the_first_thing(facts_of: Open) -> None:
    facts = facts_of(
        money("a", "2023", 50) + money("a", "2024", 100) + money("b", "2024", 250)
        + money("b", "2024-H1", 90) + money("c", "2024", 999)
    )  # fmt: skip
    first, second = panels(facts, "a", "b")
    assert len(first.things) == 2
    assert [(point.value, point.times) for point in first.points] == [
        (50, 1),
        (100, 1),
        (250, 2.5),
    ]
    assert second.measure.length == "half"
    assert second.points[0].times is None


def test_forecasts_share_the_panel_and_are_marked(facts_of: Open) -> None:
    facts = facts_of(
        money("a", "2023", 50) + money("a", "2028", 900, more="; fs:status fs:forecast")
    )
    (panel,) = panels(facts, "a")
    assert [point.foretold for point in panel.points] == [False, True]


def test_a_ratio_nobody_states_is_worked_out_from_both_inputs(facts_of: Open) -> None:
    loss = money("a", "2024", 300).replace("metric:revenue", "metric:net-loss")
    facts = facts_of(money("a", "2024", 100) + loss.replace("claim:a.", "claim:loss."))
    (ratio,) = [panel for panel in panels(facts, "a") if panel.worked_out]
    assert ratio.metric.iri.endswith("loss-to-revenue-ratio")
    (point,) = ratio.points
    assert point.value == 3
    assert point.below is not None
    assert point.below.value == 100


def test_members_stand_in_for_a_family_of_which_nothing_is_measured(facts_of: Open) -> None:
    family = "src:s { id:a fs:versionOf id:f . id:b fs:versionOf id:f . id:f fs:hasMember id:c }\n"
    facts = facts_of(
        family + price("a", 3, on("2025-01-02")) + price("c", 2) + money("b", "2024", 5)
    )
    ids = [PREFIXES["id"] + name for name in "fa"]
    kind = [PREFIXES["fs"] + "price"]
    things, found = read_comparison(facts.reader, facts.store, ids, metrics=kind)
    assert [thing[-1] for thing in things] == ["a", "c"]
    (panel,) = found
    assert panel.steps
    assert {point.thing[-1] for point in panel.points} == {"a", "c"}
    things, found = read_comparison(facts.reader, facts.store, ids[:1])
    assert [thing[-1] for thing in things] == ["a", "b", "c"]
    assert sorted(panel.steps for panel in found) == [False, True]


def test_a_family_that_is_measured_itself_stands_for_itself(facts_of: Open) -> None:
    family = "src:s { id:a fs:versionOf id:f }\n"
    facts = facts_of(family + price("a", 3) + price("f", 4))
    things, _ = read_comparison(facts.reader, facts.store, [PREFIXES["id"] + "f"])
    assert [thing[-1] for thing in things] == ["f"]
