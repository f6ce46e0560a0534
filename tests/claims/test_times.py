from __future__ import annotations

from datetime import date

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.claims.times import (
    NAMES_A_PERIOD,
    ends_of_period,
    slug_of_period,
    span_of_date,
    span_of_period,
)
from factscape.model import Span
from factscape.reading import facts_folder, find_files, read_quads


@pytest.mark.parametrize(
    ("slug", "begins", "ends"),
    [
        ("2025", "2025-01-01", "2026-01-01"),
        ("2025-H1", "2025-01-01", "2025-07-01"),
        ("2025-H2", "2025-07-01", "2026-01-01"),
        ("2025-Q1", "2025-01-01", "2025-04-01"),
        ("2025-Q4", "2025-10-01", "2026-01-01"),
        ("2025-05", "2025-05-01", "2025-06-01"),
        ("2024-12", "2024-12-01", "2025-01-01"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
        ("2025-12-early", "2025-12-01", "2025-12-11"),
        ("2025-12-mid", "2025-12-11", "2025-12-21"),
        ("2025-09-late", "2025-09-21", "2025-10-01"),
        ("2024-02-late", "2024-02-21", "2024-03-01"),
        ("2025-early", "2025-01-01", "2025-05-01"),
        ("2025-late", "2025-09-01", "2026-01-01"),
        ("2025-01--08", "2025-01-01", "2025-09-01"),
        ("2025-11--2026-01", "2025-11-01", "2026-02-01"),
        ("2022--2024", "2022-01-01", "2025-01-01"),
        ("2025-12-26--31", "2025-12-26", "2026-01-01"),
        ("2025-Q1--Q3", "2025-01-01", "2025-10-01"),
        ("from-2025-02-08", "2025-02-08", None),
        ("until-2025", None, "2026-01-01"),
        ("until-2025-06", None, "2025-07-01"),
    ],
)
def test_a_slug_says_its_span(slug: str, begins: str, ends: str) -> None:
    assert span_of_period(slug) == Span(
        date.fromisoformat(begins) if begins else None, date.fromisoformat(ends) if ends else None
    )


@pytest.mark.parametrize(
    "slug",
    ["", "2025-13", "2025-02-30", "25", "2025-H3", "2025-Q5", "soon", "2025--", "--2025", "from-",
     "2025-06--01", "9999", "0000", "2025-1", "2025-01-early-x", "２０２５"],
)  # fmt: skip
def test_what_follows_no_pattern_has_no_span(slug: str) -> None:
    assert span_of_period(slug) is None


@pytest.mark.parametrize(
    ("lexical", "begins", "ends"),
    [
        ("2025", "2025-01-01", "2026-01-01"),
        ("2025-02", "2025-02-01", "2025-03-01"),
        ("2025-02-28", "2025-02-28", "2025-03-01"),
        ("2025-02-28Z", "2025-02-28", "2025-03-01"),
        ("2025-02-28+08:00", "2025-02-28", "2025-03-01"),
    ],
)
def test_a_date_spans_what_it_leaves_open(lexical: str, begins: str, ends: str) -> None:
    assert span_of_date(lexical) == Span(date.fromisoformat(begins), date.fromisoformat(ends))


@pytest.mark.parametrize("lexical", ["2025-13", "2025-H1", "2025--2026", "from-2025", "May 2025"])
def test_what_is_no_date_has_no_span(lexical: str) -> None:
    assert span_of_date(lexical) is None


@given(st.dates(max_value=date(9998, 12, 31)))
def test_every_day_lies_in_its_own_spans(day: date) -> None:
    half, quarter = (day.month + 5) // 6, (day.month + 2) // 3
    third = ("early", "mid", "late")[min((day.day - 1) // 10, 2)]
    year, month = f"{day.year:04}", f"{day.month:02}"
    for slug in (
        year, f"{year}-H{half}", f"{year}-Q{quarter}", f"{year}-{month}", day.isoformat(),
        f"{year}-{month}-{third}", f"from-{day}", f"until-{day}", f"{day}--{day}",
    ):  # fmt: skip
        span = span_of_period(slug)
        assert span is not None
        assert span.holds(day)


@given(st.dates(max_value=date(9998, 12, 31)), st.dates(max_value=date(9998, 12, 31)))
def test_a_range_holds_both_its_ends_and_nothing_around(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert span_of_period(f"{first}--{last}") == Span(
        first, span.ends if (span := span_of_date(last.isoformat())) else None
    )


@given(st.text())
def test_no_text_is_an_error(text: str) -> None:
    for span in (span_of_period(text), span_of_date(text)):
        assert span is None or span.begins is None or span.ends is None or span.begins < span.ends


def test_a_span_cannot_be_turned_round() -> None:
    with pytest.raises(ValueError, match="must end after"):
        Span(date(2025, 1, 2), date(2025, 1, 2))


@pytest.mark.parametrize(
    ("slug", "ends"),
    [
        ("2025-H1", ("2025-H1", "2025-H1")),
        ("2025-01--08", ("2025-01", "2025-08")),
        ("2025-12-26--31", ("2025-12-26", "2025-12-31")),
        ("2022--2025-H1", ("2022", "2025-H1")),
        ("from-2025-05", ("2025-05", None)),
        ("until-2025-H1", (None, "2025-H1")),
    ],
)
def test_a_period_has_two_ends(slug: str, ends: tuple[str | None, str | None]) -> None:
    assert ends_of_period(slug) == ends


def test_the_bundled_facts_name_periods_whose_slugs_say_their_span() -> None:
    named = {
        quad.object.value
        for path in find_files([facts_folder()])
        for quad in read_quads(path)
        if quad.predicate.value in NAMES_A_PERIOD and isinstance(quad.object, ox.NamedNode)
    }
    assert len(named) > 10
    assert [iri for iri in sorted(named) if slug_of_period(iri) is None] == []
