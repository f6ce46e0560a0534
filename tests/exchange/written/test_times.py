from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.claims.times import span_of_period
from factscape.errors import TimeError
from factscape.exchange.written import When, print_time, read_time


@pytest.mark.parametrize(
    ("text", "lexical"),
    [
        ("2025", "2025"),
        ("2025年", "2025"),
        ("2025年全年", "2025"),
        ("二〇二五年", "2025"),
        ("FY2024", "2024"),
        ("FY24", "2024"),
        ("fiscal year 2024", "2024"),
        ("2024财年", "2024"),
        ("calendar 2024", "2024"),
        ("Jan '26", "2026-01"),
        ("2025-05", "2025-05"),
        ("2025-5", "2025-05"),
        ("2025/05", "2025-05"),
        ("05/2025", "2025-05"),
        ("2025.05", "2025-05"),
        ("2010-11", "2010-11"),
        ("January 2026", "2026-01"),
        ("Sept. 2025", "2025-09"),
        ("December, 2025", "2025-12"),
        ("2025年5月", "2025-05"),
        ("2025年十二月", "2025-12"),
        ("25年1月", "2025-01"),
        ("2025-05-06", "2025-05-06"),
        ("20250506", "2025-05-06"),
        ("2026/1/6", "2026-01-06"),
        ("2026.01.06", "2026-01-06"),
        ("2025-05-06 00:00:00", "2025-05-06"),
        ("2025-05-06T12:00:00Z", "2025-05-06"),
        ("6 January 2026", "2026-01-06"),
        ("6th of January, 2026", "2026-01-06"),
        ("Jan 6, 2026", "2026-01-06"),
        ("2026 Jan 6", "2026-01-06"),
        ("6-Jan-2026", "2026-01-06"),
        ("2026年1月6日", "2026-01-06"),
        ("2026年1月6號", "2026-01-06"),
        ("２０２６年１月６日", "2026-01-06"),
        ("13/6/2026", "2026-06-13"),
        ("6/13/2026", "2026-06-13"),
        ("6/6/2026", "2026-06-06"),
        ("2024-02-29", "2024-02-29"),
        ("as of 2026-01-08", "2026-01-08"),
        ("in May 2025", "2025-05"),
        ("2025-05 to 2025-05", "2025-05"),
    ],
)
def test_a_day_a_month_and_a_year_are_dates(text: str, lexical: str) -> None:
    assert read_time(text) == When("date", lexical)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("H1 2025", "2025-H1"),
        ("2025 H1", "2025-H1"),
        ("2025H1", "2025-H1"),
        ("1H25", "2025-H1"),
        ("1H 2025", "2025-H1"),
        ("H2'25", "2025-H2"),
        ("FY2025 H1", "2025-H1"),
        ("2025年上半年", "2025-H1"),
        ("2025上半年", "2025-H1"),
        ("2025年H1", "2025-H1"),
        ("first half of 2025", "2025-H1"),
        ("the second half of 2025", "2025-H2"),
        ("Q3 2025", "2025-Q3"),
        ("2025 Q3", "2025-Q3"),
        ("3Q25", "2025-Q3"),
        ("Q3-2025", "2025-Q3"),
        ("2025/Q3", "2025-Q3"),
        ("third quarter of 2025", "2025-Q3"),
        ("2025年第三季度", "2025-Q3"),
        ("2025年三季度", "2025-Q3"),
        ("2025年Q3", "2025-Q3"),
    ],
)
def test_halves_and_quarters(text: str, slug: str) -> None:
    assert read_time(text) == When("period", slug)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("early December 2025", "2025-12-early"),
        ("beginning of December 2025", "2025-12-early"),
        ("2025年12月初", "2025-12-early"),
        ("2025年9月中旬", "2025-09-mid"),
        ("late September 2025", "2025-09-late"),
        ("end of September 2025", "2025-09-late"),
        ("2025年9月底", "2025-09-late"),
        ("mid-2025", "2025-mid"),
        ("mid 2025", "2025-mid"),
        ("2025年中", "2025-mid"),
        ("early 2026", "2026-early"),
        ("2026 early", "2026-early"),
        ("2025年初", "2025-early"),
        ("late 2024", "2024-late"),
        ("end of 2023", "2023-late"),
        ("year-end 2023", "2023-late"),
        ("2021 end", "2021-late"),
        ("2023年底", "2023-late"),
        ("2023年末", "2023-late"),
    ],
)
def test_vague_thirds(text: str, slug: str) -> None:
    assert read_time(text) == When("period", slug)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("2025 first nine months", "2025-01--09"),
        ("first nine months of 2025", "2025-01--09"),
        ("first three quarters of 2025", "2025-01--09"),
        ("9M25", "2025-01--09"),
        ("2025年前三季度", "2025-01--09"),
        ("2025年前九个月", "2025-01--09"),
        ("2025年首九個月", "2025-01--09"),
        ("nine months ended 30 September 2025", "2025-01--09"),
        ("12 months to 2025-11", "2024-12--2025-11"),
        ("2025年1-8月", "2025-01--08"),
        ("2025年1月至8月", "2025-01--08"),
        ("Jan–Aug 2025", "2025-01--08"),
        ("2025-05 to 2025-08", "2025-05--08"),
        ("from May 2025 to August 2025", "2025-05--08"),
        ("2023-05 to 2024-02", "2023-05--2024-02"),
        ("2025-12/2026-01", "2025-12--2026-01"),
        ("2022 to 2025 H1", "2022--2025-H1"),
        ("2018 to 2021 H1", "2018--2021-H1"),
        ("2019-2025", "2019--2025"),
        ("2022–24", "2022--2024"),
        ("2024-25", "2024--2025"),
        ("between 2022 and 2024", "2022--2024"),
        ("2022年至2024年", "2022--2024"),
        ("2025 to early 2026", "2025--2026-early"),
        ("H2 2024 to H1 2025", "2024-H2--2025-H1"),
        ("Q1-Q3 2025", "2025-Q1--Q3"),
        ("6-8 January 2026", "2026-01-06--08"),
        ("January 6-8, 2026", "2026-01-06--08"),
        ("2026年1月6日至8日", "2026-01-06--08"),
        ("2025-12-30 to 2026-01-05", "2025-12-30--2026-01-05"),
        ("2025年5月8日至6月3日", "2025-05-08--06-03"),
    ],
)
def test_ranges_are_as_short_as_their_slugs_can_be(text: str, slug: str) -> None:
    assert read_time(text) == When("period", slug)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("since Feb 2025", "from-2025-02"),
        ("from 2025-02-08", "from-2025-02-08"),
        ("2025-02 onwards", "from-2025-02"),
        ("2025年5月起", "from-2025-05"),
        ("自2025年5月以来", "from-2025-05"),
        ("from mid-2025", "from-2025-mid"),
        ("until 2025-02-08", "until-2025-02-08"),
        ("until the first half of 2025", "until-2025-H1"),
        ("to 2021", "until-2021"),
        ("up to 2021-08", "until-2021-08"),
        ("到2025年上半年为止", "until-2025-H1"),
    ],
)
def test_open_periods(text: str, slug: str) -> None:
    assert read_time(text) == When("period", slug)


@pytest.mark.parametrize(
    "slug",
    ["2025-H1", "2025-Q3", "2025-01--09", "2025-12-early", "from-2025-02-08", "until-2025-02-08",
     "2022--2025-H1", "2025-mid", "2025-12-26--31", "2025-Q1--Q3"],
)  # fmt: skip
def test_a_slug_is_read_as_itself(slug: str) -> None:
    assert read_time(slug) == When("period", slug)


@pytest.mark.parametrize(
    ("text", "value"),
    [("Q3", "2025-Q3"), ("第三季度", "2025-Q3"), ("上半年", "2025-H1"), ("May", "2025-05"),
     ("6 January", "2025-01-06"), ("前九个月", "2025-01--09"), ("12月初", "2025-12-early"),
     ("年底", "2025-late"), ("1-8月", "2025-01--08"), ("since May", "from-2025-05")],
)  # fmt: skip
def test_a_missing_year_is_said_or_given(text: str, value: str) -> None:
    assert read_time(text, year=2025).value == value
    with pytest.raises(TimeError, match="year is missing") as raised:
        read_time(text)
    assert raised.value.hint


def test_the_year_in_the_text_stands_before_the_one_given() -> None:
    assert read_time("Q3 2024", year=2025).value == "2024-Q3"


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1/6/2026", ["2026-06-01", "2026-01-06"]),
        ("01.06.2026", ["2026-06-01", "2026-01-06"]),
        ("2010–11", ["month 11 of 2010", "2010 to 2011"]),
        ("截至2025年6月30日", ["at a day", "until"]),
        ("May-25", ["day", "year"]),
        ("by 2030", ["left open"]),
        ("before May 2025", ["left open"]),
        ("last year", ["from where its writer stands"]),
        ("去年上半年", ["from where its writer stands"]),
        ("spring 2025", ["season"]),
    ],
)
def test_what_could_mean_two_times_says_so(text: str, readings: list[str]) -> None:
    with pytest.raises(TimeError) as raised:
        read_time(text)
    assert all(reading in raised.value.message for reading in readings), raised.value.message
    assert raised.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "future", "soon", "-", "25", "13", "2025-13", "2025-02-30", "Feb 30, 2025",
        "2023-02-29", "31 June 2025", "1899", "2101", "1850-H1", "0000", "2025-H3", "Q5 2025",
        "2025 to 2022", "2025 to May", "6 May to 2025", "2025-08 to 2025-05", "2025.1", "25年", "2023/2024", "FY2024/25",
        "2024-06/07", "2022 / 2023 / 2024", "2025 Q2 and Q3", "2025 (end)", "2024 (not stated)",
        "announced 2025-09-05", "2025, three years", "six months", "24 hours to 2025-02-28 12:00",
        "first thirteen months of 2025", "nine months ended 15 September 2025", "~2025",
        "٢٠٢٥", "२०२५", "2025\x00", "20 25", "GLM-4.5", "3.5bn", "2025年底前", "1月32日",
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(TimeError):
        read_time(text)


DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)).map(date.isoformat)
DATES = st.builds(lambda day, length: day[:length], DAYS, st.sampled_from([4, 7, 10]))
PARTS = st.builds(
    lambda day, part: f"{day[:4]}-{part}",
    DAYS,
    st.sampled_from(["H1", "H2", "Q1", "Q2", "Q3", "Q4", "early", "mid", "late"]),
) | st.builds(
    lambda day, third: f"{day[:7]}-{third}", DAYS, st.sampled_from(["early", "mid", "late"])
)
POINTS = DATES | PARTS
PERIODS = st.one_of(
    PARTS,
    POINTS.map(lambda point: f"from-{point}"),
    POINTS.map(lambda point: f"until-{point}"),
    st.builds(lambda one, other: f"{one}--{other}", POINTS, POINTS),
).filter(lambda slug: span_of_period(slug) is not None)


@given(DATES, st.sampled_from(["en", "zh"]))
def test_reading_what_was_printed_gives_the_date_back(lexical: str, lang: str) -> None:
    assert read_time(print_time(When("date", lexical), lang)) == When("date", lexical)


@given(PERIODS, st.sampled_from(["en", "zh"]))
def test_so_does_a_period(slug: str, lang: str) -> None:
    when = read_time(slug)
    assert span_of_period(when.value) == span_of_period(slug)
    assert read_time(print_time(when, lang)) == when


PIECES = [
    "2025", "25", "'25", "2025-05", "2025-05-06", "05", "6", "31", "Q3", "H1", "1H", "Jan", " May ",
    "early ", "mid-", "end of ", "since ", "until ", "from ", " to ", "--", "-", "–", "/", ".", "年",
    "月", "日", "初", "底", "上半年", "第三季度", "前九个月", "至", "起", "为止", "FY", ", ", " ", "first ",
    "half ", "of ", "nine months ", "ended ", "截至", "th", "二〇二五", "十二", "٣", "\x00", "\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join) | st.text(max_size=20))
def test_any_text_is_a_time_or_an_error_of_ours(text: str) -> None:
    try:
        when = read_time(text, year=2025)
    except TimeError as error:
        assert error.message
        return
    assert span_of_period(when.value) is not None
    assert read_time(print_time(when)) == when


@pytest.mark.parametrize(
    "text",
    ["2025" * 2_500, "from " * 2_000, "-" * 10_000, "2025-05 to " * 7, " " * 10_000 + "5 months",
     "2025年" * 15, "-" * 79, "from a to " * 8, "\x07" * 10_000],
)  # fmt: skip
def test_long_texts_are_no_trouble(text: str) -> None:
    with pytest.raises(TimeError) as raised:
        read_time(text)
    assert len(raised.value.message) < 400
