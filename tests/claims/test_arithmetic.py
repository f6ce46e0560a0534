"""Figures that follow from others are recomputed from what their digits can mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims.statements import PLAIN

from factscape.claims.arithmetic import (
    Asked,
    Formula,
    Outcome,
    Recomputed,
    derive,
    read_addends,
    read_formulas,
    recompute,
)
from factscape.claims.disagreement.intervals import Figure
from factscape.claims.disagreement.statements import Statement
from factscape.store.oxigraph import MemoryStore
from factscape.terms import FS, PREFIXES

PERCENT = Decimal("0.01")
FORMULAS = {
    "rd-ratio": Formula("ratio", "rd", "revenue"),
    "compute-share": Formula("share", "compute", "rd"),
    "revenue-share": Formula("share", "revenue", "revenue"),
    "growth": Formula("growth", "revenue"),
    "loss": Formula("negation", "profit"),
}
REVENUE = replace(
    PLAIN,
    iri="a",
    graph="page",
    source="page",
    origin=frozenset({"page"}),
    of="firm",
    metric="revenue",
    compared_as="revenue",
    unit="CNY",
    figure=Figure("1"),
    begins="2024-01-01",
    ends="2025-01-01",
    time="2024",
)


def _states(metric: str, printed: str, **other: object) -> Statement:
    value = Decimal(printed.rstrip("%"))
    share = printed.endswith("%")
    figure = Figure(str(value), printed=printed, factor=PERCENT if share else Decimal(1))
    own = {"iri": f"{metric} {printed}", "metric": metric, "figure": figure}
    if share:
        own["unit"] = "one"
    return replace(REVENUE, **{**own, **other})  # type: ignore[arg-type]


def _outcomes(*statements: Statement) -> list[tuple[str, bool, str]]:
    found: Iterable[Recomputed] = recompute(statements, FORMULAS)
    return [
        (str(one.statement and one.statement.metric), one.own_inputs, one.outcome) for one in found
    ]


def test_a_ratio_that_follows_holds() -> None:
    ratio = _states("rd-ratio", "7", unit="one")
    assert _outcomes(ratio, _states("rd", "2195"), _states("revenue", "312")) == [
        ("rd-ratio", True, "holds")
    ]


def test_a_ratio_whose_digits_do_not_allow_it_does_not_follow() -> None:
    # 144 / 57.4 is 250.9 percent, whatever was rounded away.
    ratio = _states("rd-ratio", "252.3%")
    assert _outcomes(ratio, _states("rd", "144"), _states("revenue", "57.4")) == [
        ("rd-ratio", True, "does not follow")
    ]
    assert _outcomes(
        replace(ratio, figure=replace(ratio.figure, value="250.9", printed="250.9%")),
        _states("rd", "144"),
        _states("revenue", "57.4"),
    ) == [("rd-ratio", True, "holds")]


def test_inputs_of_the_document_and_of_others_are_told_apart() -> None:
    ratio = _states("rd-ratio", "2", unit="one")
    elsewhere = {"origin": frozenset({"other page"})}
    found = _outcomes(
        ratio,
        _states("rd", "200"),
        _states("revenue", "100"),
        _states("rd", "201", **elsewhere),
        _states("revenue", "400", **elsewhere),
    )
    assert found == [("rd-ratio", True, "holds"), ("rd-ratio", False, "does not follow")]


def test_what_is_missing_is_said() -> None:
    (found,) = recompute([_states("rd-ratio", "2"), _states("rd", "4")], FORMULAS)
    assert (found.outcome, found.missing) == (Outcome.INPUTS_MISSING, ("revenue",))


def test_inputs_of_other_times_things_and_currencies_are_none() -> None:
    ratio, top = _states("rd-ratio", "2", unit="one"), _states("rd", "200")
    for other in ({"begins": "2023-01-01"}, {"of": "rival"}, {"status": FS.forecast}):
        assert _outcomes(ratio, top, _states("revenue", "100", **other)) == [
            ("rd-ratio", False, "inputs missing")
        ]
    in_dollars = _states("revenue", "100", unit="USD")
    assert _outcomes(ratio, top, in_dollars) == [("rd-ratio", True, "inputs missing")]


def test_a_share_of_a_segment_is_the_segment_through_the_whole() -> None:
    cloud = {"narrowing": ((FS.segment, "cloud"),)}
    share = _states("revenue-share", "15%", **cloud)
    part, whole = _states("revenue", "29.1", **cloud), _states("revenue", "191")
    assert _outcomes(share, part, whole) == [("revenue-share", True, "holds")]
    assert _outcomes(_states("revenue-share", "30.6%", **cloud), part, whole) == [
        ("revenue-share", True, "does not follow")
    ]
    # A share of nobody says what is a whole already.
    assert _outcomes(_states("revenue-share", "15%"), part, whole) == []


def test_growth_in_percent_is_what_was_added_and_in_times_the_multiple() -> None:
    before = _states("revenue", "100", begins="2023-01-01", ends="2024-01-01")
    now = _states("revenue", "250")
    assert _outcomes(_states("growth", "150%"), now, before) == [("growth", True, "holds")]
    assert _outcomes(_states("growth", "2.5", unit="one"), now, before) == [
        ("growth", True, "holds")
    ]
    assert _outcomes(_states("growth", "250%"), now, before) == [
        ("growth", True, "does not follow")
    ]


def test_growth_may_say_from_when() -> None:
    base = {"narrowing": ((FS.basePeriod, PREFIXES["period"] + "2022"),)}
    growth = _states("growth", "400%", **base)
    first = _states("revenue", "50", begins="2022-01-01", ends="2023-01-01")
    assert _outcomes(growth, _states("revenue", "250"), first) == [("growth", True, "holds")]


def test_growth_over_a_day_that_is_only_in_leap_years_finds_its_like() -> None:
    leap = {"begins": "2024-02-29", "ends": "2024-03-01"}
    like = {"begins": "2023-02-28", "ends": "2023-03-01"}
    found = _outcomes(
        _states("growth", "100%", **leap),
        _states("revenue", "20", **leap),
        _states("revenue", "10", **like),
    )
    assert found == [("growth", True, "holds")]


def test_a_stated_sum_is_added_up() -> None:
    parts = [_states("share", f"{value}%", iri=f"part {value}") for value in (26, 19, 16, 10, 5)]
    total = _states("share", "76%", iri="total")
    wrong = _states("share", "90%", iri="wrong")
    iris = [one.iri for one in parts]
    found = recompute([*parts, total, wrong], {}, {"total": iris, "wrong": iris})
    assert [one.outcome for one in found] == [Outcome.HOLDS, Outcome.DOES_NOT_FOLLOW]


def test_nothing_is_divided_by_what_may_be_nothing() -> None:
    ratio = _states("rd-ratio", "2", unit="one")
    assert _outcomes(ratio, _states("rd", "200"), _states("revenue", "0")) == [
        ("rd-ratio", True, "inputs missing")
    ]


def test_a_figure_that_nobody_states_can_be_worked_out() -> None:
    statements = [_states("rd", "2195"), _states("revenue", "312")]
    asked = Asked("firm", "rd-ratio", "2024-01-01", "2025-01-01")
    found = derive(asked, statements, FORMULAS)
    assert found is not None
    assert found.statement is None
    assert found.result is not None
    assert found.result.low is not None
    assert Decimal("7.0") < found.result.low < Decimal("7.1")
    assert [one.metric for one in found.inputs] == ["rd", "revenue"]
    assert derive(asked._replace(metric="compute-share"), statements, FORMULAS) is None
    assert derive(asked._replace(metric="revenue"), statements, FORMULAS) is None


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_a_quotient_worked_out_exactly_always_holds(top: int, bottom: int) -> None:
    value = Decimal(top) / Decimal(bottom)
    ratio = replace(_states("rd-ratio", "1", unit="one"), figure=Figure(str(value), margin="0"))
    assert _outcomes(ratio, _states("rd", str(top)), _states("revenue", str(bottom))) == [
        ("rd-ratio", True, "holds")
    ]


def test_formulas_and_addends_are_read_from_a_store() -> None:
    store = ox.Store()
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    said = """
        metric:ratio fs:ratioOf metric:rd ; fs:ratioTo metric:revenue .
        metric:share fs:sharePart metric:part ; fs:shareOf metric:whole .
        metric:some-share fs:shareOf metric:whole .
        metric:growth fs:growthOf metric:revenue .
        claim:sum fs:addends claim:b , claim:a .
    """
    store.load((head + said).encode(), ox.RdfFormat.TURTLE)
    metric = PREFIXES["metric"]
    assert read_formulas(MemoryStore(store)) == {
        metric + "ratio": Formula("ratio", metric + "rd", metric + "revenue"),
        metric + "share": Formula("share", metric + "part", metric + "whole"),
        metric + "some-share": Formula("share", metric + "whole", metric + "whole"),
        metric + "growth": Formula("growth", metric + "revenue"),
    }
    claim = PREFIXES["claim"]
    assert read_addends(MemoryStore(store)) == {claim + "sum": [claim + "a", claim + "b"]}


@pytest.mark.parametrize("bound", [FS.moreThan, FS.atLeast])
def test_an_open_bound_holds_where_the_result_reaches_it(bound: str) -> None:
    share = _states("compute-share", "70%")
    share = replace(share, figure=replace(share.figure, bound=bound))
    inputs = _states("compute", "75"), _states("rd", "100")
    assert _outcomes(share, *inputs) == [("compute-share", True, "holds")]
    less = _states("compute", "60"), _states("rd", "100")
    assert _outcomes(share, *less) == [("compute-share", True, "does not follow")]
