"""What figures as printed can mean."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.claims.disagreement.intervals import (
    Figure,
    Interval,
    last_digit,
    printed_unit,
    read_decimal,
)
from factscape.terms import FS

BOUNDS = [
    FS.exact,
    FS.approximately,
    FS.moreThan,
    FS.atLeast,
    FS.lessThan,
    FS.atMost,
    FS.justUnder,
]
NUMBERS = st.decimals(
    min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=3, allow_nan=False
)
FIGURES = st.builds(
    lambda value, bound, exact: Figure(str(value), bound=bound, exact=exact, printed=str(value)),
    NUMBERS,
    st.sampled_from(BOUNDS),
    st.booleans(),
)


def _ends(interval: Interval) -> tuple[str, str]:
    """Return an interval as it is written: [1, 2)."""
    low = f"{'[' if interval.low_in else '('}{interval.low:f}" if interval.low is not None else "("
    high = interval.high
    return low, f"{high:f}{']' if interval.high_in else ')'}" if high is not None else ")"


@pytest.mark.parametrize(
    ("figure", "logical"),
    [
        # The examples of the design.
        (Figure("2358000000", printed="23.58億元"), (2357500000, 2358500000, True, False)),
        (Figure("7", bound=FS.approximately, printed="7:1"), (6, 8, True, False)),
        (Figure("116.20", printed="116.20", exact=True), (Decimal("116.2"),) * 2 + (True, True)),
        # Trailing zeros count as far as they are printed.
        (Figure("3.5", printed="3.50"), (Decimal("3.495"), Decimal("3.505"), True, False)),
        (Figure("16000000000", printed="160億"), (15950000000, 16050000000, True, False)),
        (Figure("2466000000", printed="RMB 2.466 billion"), (2465500000, 2466500000, True, False)),
        (Figure("95424000", printed="95,424 thousand"), (95423500, 95424500, True, False)),
        # In words the last digit that is no zero counts.
        (Figure("70", printed="七成"), (65, 75, True, False)),
        (Figure("70"), (65, 75, True, False)),
        (Figure("10", margin="2", printed="10±2"), (8, 12, True, True)),
        (Figure(None, "7", "9", printed="7–9"), (Decimal("6.5"), Decimal("9.5"), True, False)),
        (Figure(None, "7", "9", printed="7–9", exact=True), (7, 9, True, True)),
        # 0.8 yuan per thousand tokens, in yuan per million.
        (Figure("0.8", printed="0.8", exact=True, factor=Decimal(1000)), (800, 800, True, True)),
    ],
)
def test_logical(figure: Figure, logical: tuple[Decimal, Decimal, bool, bool]) -> None:
    found = figure.logical()
    assert (found.low, found.high, found.low_in, found.high_in) == logical


@pytest.mark.parametrize(
    ("bound", "value", "logical", "idiomatic"),
    [
        (FS.moreThan, "1000", ("(1000", ")"), ("(1000", "2000)")),
        (FS.moreThan, "16000000000", ("(16000000000", ")"), ("(16000000000", "17000000000)")),
        (FS.atLeast, "8300000000", ("[8300000000", ")"), ("[8300000000", "8400000000)")),
        (FS.lessThan, "50", ("(", "50)"), ("(40", "50)")),
        (FS.atMost, "50", ("(", "50]"), ("(40", "50]")),
        (FS.justUnder, "50", ("(", "50)"), ("(40", "50)")),
        (FS.moreThan, "0", ("(0", ")"), ("(0", "1)")),
    ],
)
def test_open_bounds(
    bound: str, value: str, logical: tuple[str, str], idiomatic: tuple[str, str]
) -> None:
    figure = Figure(value, bound=bound, printed=value)
    assert _ends(figure.logical()) == logical
    assert _ends(figure.idiomatic()) == idiomatic


def test_dates_are_spans_of_days() -> None:
    year = Figure("2025", is_date=True).logical()
    month = Figure("2025-09", is_date=True).logical()
    next_year = Figure("2026", is_date=True).logical()
    assert year.overlaps(month)
    assert year.width == 365
    assert not year.overlaps(next_year)


def test_a_date_at_the_earliest_is_taken_for_its_year() -> None:
    earliest = Figure("2027", is_date=True, bound=FS.atLeast)
    assert earliest.logical().overlaps(Figure("2030", is_date=True).logical())
    assert not earliest.idiomatic().overlaps(Figure("2028", is_date=True).idiomatic())


def test_a_span_of_dates_may_be_open() -> None:
    until = Figure(None, None, "2025-05-06", is_date=True).logical()
    assert until.low is None
    assert until.overlaps(Figure("1999", is_date=True).logical())
    assert not until.overlaps(Figure("2025-05-07", is_date=True).logical())


@pytest.mark.parametrize("value", [None, "many", "NaN", "1e999", "9" * 40])
def test_what_is_no_number_can_mean_anything(value: str | None) -> None:
    assert Figure(value).logical() == Interval(None, None)
    assert Figure(value).idiomatic() == Interval(None, None)
    assert Figure(value).central() is None


@given(FIGURES)
def test_the_idiomatic_interval_lies_in_the_logical_one(figure: Figure) -> None:
    logical, idiomatic = figure.logical(), figure.idiomatic()
    assert logical.low is None or (idiomatic.low is not None and idiomatic.low >= logical.low)
    assert logical.high is None or (idiomatic.high is not None and idiomatic.high <= logical.high)


@given(FIGURES, FIGURES)
def test_overlap_and_gap_are_symmetric_and_exclude_one_another(one: Figure, other: Figure) -> None:
    first, second = one.logical(), other.logical()
    assert first.overlaps(second) == second.overlaps(first)
    assert first.gap(second) == second.gap(first)
    assert not (first.overlaps(second) and first.gap(second))


@given(FIGURES, st.sampled_from([Decimal(1000), Decimal("0.001"), Decimal(10**8)]))
def test_another_unit_changes_no_verdict(figure: Figure, factor: Decimal) -> None:
    wider = Figure(figure.value, bound=figure.bound, printed=figure.printed, factor=factor)
    plain = Figure(figure.value, bound=figure.bound, printed=figure.printed)
    assert wider.logical() == plain.logical().times(factor)


@given(NUMBERS.filter(bool))
def test_the_unit_of_what_is_printed_in_full_is_its_last_place(value: Decimal) -> None:
    assert printed_unit(f"{value:f}", value) == Decimal("0.001")
    assert last_digit(value) >= Decimal("0.001")


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none(text: str) -> None:
    number = read_decimal(text)
    assert number is None or number.is_finite()
    assert printed_unit(text, Decimal(12)) > 0
