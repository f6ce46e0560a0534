"""Which statements compare, how they are classed, and which one is shown first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims.statements import PLAIN

from factscape.claims.disagreement.groups import Group, group_statements
from factscape.claims.disagreement.intervals import Figure
from factscape.claims.disagreement.near import NearMisses
from factscape.claims.disagreement.origins import count_voices
from factscape.claims.disagreement.pairs import Verdict, compare
from factscape.claims.disagreement.statements import Statement
from factscape.terms import FS


def _says(name: str, figure: Figure | None = None, **other: object) -> Statement:
    """Return a statement of another source."""
    own = {
        "iri": f"claim:{name}",
        "graph": f"src:{name}",
        "source": f"src:{name}",
        "origin": frozenset({f"src:{name}"}),
    }
    return replace(PLAIN, **{**own, "figure": figure or PLAIN.figure, **other})  # type: ignore[arg-type]


def _groups(*statements: Statement) -> list[Group]:
    return list(group_statements(statements))


def _over(printed: str, value: int) -> Figure:
    return Figure(str(value), bound=FS.moreThan, printed=printed)


BILLION = 10**9


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (Figure("3.5", printed="3.5"), Figure("3.50", printed="3.50"), Verdict.same),
        (
            Figure("2358000000", printed="23.58亿"),
            Figure("2400000000", printed="2.4bn"),
            Verdict.consistent,
        ),
        (
            Figure("24300000000", printed="243億"),
            Figure("24380000000", printed="243.8億"),
            Verdict.truncated,
        ),
        (
            _over("over 8.3bn", 8300 * 10**6),
            _over("over 16bn", 16 * BILLION),
            Verdict.strained,
        ),
        (_over("超1000倍", 1000), Figure("1159.46", printed="1,159.46"), Verdict.consistent),
        (
            _over("over 16bn", 16 * BILLION),
            Figure("8363000000", bound=FS.approximately, printed="8.363 billion"),
            Verdict.inconsistent,
        ),
        (
            Figure("15", printed="15%"),
            Figure("30.6", printed="30.6"),
            Verdict.inconsistent,
        ),
        (Figure("15", printed="15"), Figure("16", printed="16"), Verdict.inconsistent),
        (
            Figure("116.20", printed="116.20", exact=True),
            Figure("116.21", printed="116.21", exact=True),
            Verdict.inconsistent,
        ),
        (
            Figure("2030", printed="2030", is_date=True),
            Figure("2029", printed="2029", is_date=True),
            Verdict.inconsistent,
        ),
        # 0.8 yuan per thousand tokens is 800 yuan per million: the same said in other units.
        (Figure("0.8", printed="0.8", exact=True), Figure("0.80", exact=True), Verdict.same),
    ],
)
def test_classes_of_pairs(one: Figure, other: Figure, verdict: Verdict) -> None:
    assert compare(_says("a", one), _says("b", other)) is verdict
    assert compare(_says("b", other), _says("a", one)) is verdict


def test_the_same_speaker_later_revises() -> None:
    first = _says("a", Figure("2027", is_date=True), speaker="id:firm", issued="2025-06-01")
    later = _says("b", Figure("2028", is_date=True), speaker="id:firm", issued="2026-01-28")
    assert compare(first, later) is Verdict.revised
    assert compare(first, replace(later, speaker="id:other")) is Verdict.inconsistent


def test_two_copies_of_one_document_that_differ_are_no_revision() -> None:
    origin = frozenset({"src:prospectus"})
    first = _says("a", Figure("2358"), speaker="id:firm", issued="2025-12-20", origin=origin)
    copy = _says("b", Figure("1752"), speaker="id:firm", issued="2026-01-08", origin=origin)
    assert compare(first, copy) is Verdict.inconsistent
    said = replace(first, stated_at="2025-01"), replace(copy, stated_at="2025-02")
    assert compare(*said) is Verdict.revised


@pytest.mark.parametrize(
    "differing",
    [
        {"of": "id:other"},
        {"metric": "metric:adjusted-loss", "compared_as": "metric:adjusted-loss"},
        {"narrowing": ((FS.segment, "id:cloud"),)},
        {"unit": "unit:USD"},
        {"status": FS.forecast},
        {"begins": "2024-01-01", "ends": "2025-01-01"},
        {"begins": "", "ends": ""},
    ],
)
def test_what_differs_in_what_it_measures_does_not_compare(differing: dict[str, str]) -> None:
    assert _groups(_says("a"), _says("b", Figure("1"), **differing)) == []


def test_two_measurers_do_not_compare_and_an_unknown_one_compares_with_both() -> None:
    lab, bench = _says("a", measured_by="id:lab"), _says("b", Figure("9"), measured_by="id:bench")
    assert _groups(lab, bench) == []
    (group,) = _groups(lab, bench, _says("c", Figure("9")))
    assert [pair.verdict for pair in group.pairs] == [Verdict.inconsistent, Verdict.same]


def test_an_estimate_compares_with_reports_and_a_forecast_with_forecasts() -> None:
    assert _groups(_says("a"), _says("b", status=FS.estimate))[0].verdict is Verdict.same
    forecasts = _says("a", status=FS.forecast), _says("b", Figure("9"), status=FS.forecast)
    assert _groups(*forecasts)[0].verdict is Verdict.inconsistent


def test_stocks_at_one_date_compare_and_at_two_dates_do_not() -> None:
    july = {"time_kind": FS.stock, "begins": "2025-07-01", "ends": "2025-08-01"}
    october = {"time_kind": FS.stock, "begins": "2025-10-01", "ends": "2025-11-01"}
    year = {"time_kind": FS.stock, "begins": "2025-01-01", "ends": "2026-01-01"}
    low, high = Figure("24", printed="24"), Figure("40", printed="40")
    assert _groups(_says("a", low, **july), _says("b", high, **october)) == []
    assert _groups(_says("a", low, **july), _says("b", high, **july))[0].disputed
    # Some time in the year it was 24, in July 40: both can be true, nobody would read it so.
    assert _groups(_says("a", low, **year), _says("b", high, **july))[0].verdict is Verdict.strained


def test_a_later_total_that_is_smaller_is_inconsistent_and_a_larger_one_is_growth() -> None:
    def total(name: str, billions: int, ends: str) -> Statement:
        figure = Figure(str(billions * BILLION), printed=f"{billions}bn")
        return _says(name, figure, time_kind=FS.cumulative, begins="", ends=ends)

    assert _groups(total("a", 8, "2025-01-01"), total("b", 16, "2026-01-01")) == []
    shrunk = _groups(total("a", 16, "2025-01-01"), total("b", 8, "2026-01-01"))
    assert [group.verdict for group in shrunk] == [Verdict.inconsistent]
    at_once = _groups(total("a", 8, "2026-01-01"), total("b", 16, "2026-01-07"))
    assert [group.verdict for group in at_once] == [Verdict.inconsistent]


def test_relations_of_one_time_compare_and_successors_do_not() -> None:
    chief = {"kind": "relation", "metric": "fs:chiefExecutiveOf", "time_kind": FS.final, "unit": ""}

    def is_led_by(name: str, who: str, begins: str, ends: str) -> Statement:
        return _says(name, Figure(None), object=who, begins=begins, ends=ends, **chief)

    now = is_led_by("a", "id:ann", "2025-01-01", "2026-01-01")
    before = is_led_by("b", "id:bob", "2024-01-01", "2025-01-01")
    also_now = is_led_by("c", "id:bob", "2025-01-01", "2026-01-01")
    in_summer = is_led_by("e", "id:bob", "2025-06-01", "2025-09-01")
    some_time = is_led_by("d", "id:bob", "", "")
    assert _groups(now, before) == []
    assert _groups(now, also_now)[0].verdict is Verdict.inconsistent
    assert _groups(now, in_summer)[0].verdict is Verdict.strained
    assert _groups(now, some_time)[0].verdict is Verdict.strained


def test_ten_reposts_of_one_document_are_one_voice() -> None:
    origin = frozenset({"src:prospectus"})
    reposts = [_says(f"r{n}", origin=origin) for n in range(10)]
    (group,) = _groups(*reposts, _says("press", Figure("1", printed="1")))
    assert (group.voices, len(group.sides)) == (2, 2)
    assert [side.voices for side in group.sides] == [1, 1]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"reliability": "A"}, {"reliability": "B"}),
        ({"reliability": "D"}, {"reliability": ""}),
        (
            {"figure": Figure("24380", printed="24380")},
            {"figure": Figure("25000", printed="25 thousand")},
        ),
        ({"issued": "2026-02-01"}, {"issued": "2026-01-01"}),
    ],
    ids=["grade", "any grade", "precision", "later"],
)
def test_the_best_side_comes_first(better: dict[str, str], worse: dict[str, str]) -> None:
    plain = {"figure": Figure("24000", printed="24000")}
    one = _says("z", **{**plain, **better})  # type: ignore[arg-type]
    other = _says("a", **{"figure": Figure("25000", printed="25000"), **worse})  # type: ignore[arg-type]
    (group,) = _groups(one, other)
    assert group.best == one


def test_more_voices_go_before_precision() -> None:
    rough = Figure("24000", printed="24 thousand")
    (group,) = _groups(
        _says("a", rough), _says("b", rough), _says("c", Figure("27123", printed="27123"))
    )
    assert group.best.figure == rough


def test_near_misses_say_what_they_differ_in() -> None:
    near = [
        _says("adjusted", metric="metric:adjusted", compared_as="metric:adjusted"),
        _says("forecast", status=FS.forecast),
        _says("segment", narrowing=((FS.segment, "id:cloud"),)),
        _says("lab", measured_by="id:lab"),
        _says("dollars", unit="unit:USD"),
        _says("year", begins="2025-01-01", ends="2026-01-01"),
    ]
    far = [
        _says("older", begins="2023-01-01", ends="2024-01-01"),
        _says("stranger", metric="metric:age", compared_as="metric:age"),
        _says("both", unit="unit:USD", status=FS.forecast),
    ]
    statements = [_says("a", measured_by="id:firm"), _says("b", measured_by="id:firm")]
    statements += [replace(one, measured_by=one.measured_by or "id:firm") for one in (*near, *far)]
    (group,) = _groups(*statements)
    found = NearMisses(statements, {"metric:loss": {"metric:adjusted"}}).beside(group)
    assert {one.statement.iri.removeprefix("claim:"): one.reason for one in found} == {
        "adjusted": "metric",
        "forecast": "status",
        "segment": "scope",
        "lab": "measurer",
        "dollars": "currency",
        "year": "period",
    }


def test_a_very_large_group_still_shows_its_worst_class() -> None:
    many = [_says(f"s{n}", Figure("100", printed="100")) for n in range(500)]
    (group,) = _groups(*many, _says("odd", Figure("300", printed="300")))
    assert group.verdict is Verdict.inconsistent
    assert len(group.statements) == 501


FIGURES = st.builds(
    lambda value, bound: Figure(str(value), bound=bound, printed=str(value)),
    st.integers(1, 60),
    st.sampled_from([FS.exact, FS.approximately, FS.moreThan, FS.lessThan, FS.justUnder]),
)
STATEMENTS = st.lists(
    st.builds(
        lambda figure, source, year, status: (figure, source, year, status),
        FIGURES,
        st.sampled_from("abcd"),
        st.sampled_from(["2024", "2025"]),
        st.sampled_from([FS.reported, FS.estimate, FS.forecast]),
    ),
    max_size=8,
).map(
    lambda rows: [
        _says(
            source,
            figure,
            iri=f"claim:{source}{number}",
            status=status,
            begins=f"{year}-01-01",
            ends=f"{int(year) + 1}-01-01",
        )
        for number, (figure, source, year, status) in enumerate(rows)
    ]
)


@given(STATEMENTS, st.randoms(use_true_random=False))
def test_the_order_of_statements_is_irrelevant(statements: list[Statement], random: object) -> None:
    shuffled = list(statements)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _groups(*shuffled) == _groups(*statements)


@given(STATEMENTS)
def test_an_unrelated_statement_changes_nothing(statements: list[Statement]) -> None:
    unrelated = _says("unrelated", Figure("1"), of="id:somebody-else")
    assert _groups(*statements, unrelated) == _groups(*statements)


@given(FIGURES, FIGURES)
def test_comparing_is_symmetric(one: Figure, other: Figure) -> None:
    assert compare(_says("a", one), _says("b", other)) is compare(
        _says("b", other), _says("a", one)
    )


WIDER = {
    FS.exact: FS.approximately,
    FS.approximately: FS.approximately,
    FS.justUnder: FS.lessThan,
    FS.lessThan: FS.lessThan,
    FS.moreThan: FS.atLeast,
}


@given(FIGURES, FIGURES)
def test_widening_a_bound_never_makes_a_conflict(one: Figure, other: Figure) -> None:
    wider = replace(one, bound=WIDER[one.bound])
    before = compare(_says("a", one), _says("b", other))
    after = compare(_says("a", wider), _says("b", other))
    assert after is not Verdict.inconsistent or before is Verdict.inconsistent


@given(st.lists(st.frozensets(st.sampled_from("abcdef"), min_size=1, max_size=2)))
def test_voices_do_not_depend_on_the_order(origins: Sequence[frozenset[str]]) -> None:
    assert count_voices(origins) == count_voices(list(reversed(origins)))
    assert count_voices(origins) <= len(set(origins))
