from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.claims.words import (
    date_words,
    duration_words,
    figure_words,
    number_words,
    period_words,
)

WORDS = {
    " trillion": Decimal(10) ** 12,
    " billion": Decimal(10) ** 9,
    " million": Decimal(10) ** 6,
    "万亿": Decimal(10) ** 12,
    "亿": Decimal(10) ** 8,
    "万": Decimal(10) ** 4,
}


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("2358000000", "2.358 billion", "23.58亿"),
        ("2.358E9", "2.358 billion", "23.58亿"),
        ("-144000000", "-144 million", "-1.44亿"),
        ("1000000000000000", "1,000 trillion", "1,000万亿"),
        ("1234567", "1,234,567", "123.4567万"),
        ("12345678901234", "12,345,678,901,234", "12,345,678,901,234"),
        ("9999", "9,999", "9,999"),
        ("10000", "10,000", "1万"),
        ("116.20", "116.2", "116.2"),
        ("0", "0", "0"),
        ("0.034", "0.034", "0.034"),
    ],
)
def test_large_numbers_get_the_words_people_use(text: str, english: str, chinese: str) -> None:
    assert (number_words(text), number_words(text, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    "text",
    ["", " 7", "7\n", "1_000", "１２", "NaN", "-INF", "2027-01", "true", "9" * 61, "1e31", "1e-31"],
)
def test_what_is_no_number_that_people_read_stays_as_it_is(text: str) -> None:
    assert number_words(text) == text


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**25), max_value=10**25),
    st.sampled_from(["en", "zh"]),
)
def test_no_digit_is_lost(number: Decimal, lang: str) -> None:
    said = number_words(str(number), lang)
    for word, scale in WORDS.items():
        if said.endswith(word):
            assert Decimal(said.removesuffix(word).replace(",", "")) * scale == number
            return
    assert Decimal(said.replace(",", "")) == number


@given(st.text())
def test_any_text_is_a_number_or_stays(text: str) -> None:
    assert number_words(text) == text or text.isascii()


@pytest.mark.parametrize(
    ("said", "english", "chinese"),
    [
        ({"value": "50", "bound": "just under"}, "just under 50", "just under50"),
        ({"value": None, "low": "7", "high": "9"}, "7–9", "7–9"),
        ({"value": None, "low": "7", "high": None}, "7", "7"),
        ({"value": "6.5", "margin": "0.5"}, "6.5 ± 0.5", "6.5 ± 0.5"),
        ({"value": None, "low": "1", "high": "2000000"}, "1–2,000,000", "1–2,000,000"),
        ({"value": None, "low": "0", "high": "2000000"}, "0–2 million", "0–200万"),
        ({"value": "5000", "margin": "10000"}, "5,000 ± 10,000", "5,000 ± 10,000"),
        ({"value": "50", "wording": "{}%", "status": "target"}, "50% (target)", "50%（target）"),
        ({"value": "7", "wording": "{}:{}"}, "7:{}", "7:{}"),
        ({"value": "2027", "bound": "before", "dates": True}, "before 2027", "before2027年"),
        (
            {"value": None, "low": "2027", "high": "2028-03", "dates": True},
            "2027–March 2028",
            "2027年–2028年3月",
        ),
    ],
)
def test_a_figure_has_its_bound_unit_and_status(
    said: dict[str, Any], english: str, chinese: str
) -> None:
    assert figure_words(**said) == english
    assert figure_words(**said, lang="zh") == chinese


@pytest.mark.parametrize(
    ("lexical", "english", "chinese"),
    [
        ("P1Y", "1 year", "1年"),
        ("P18M", "18 months", "18个月"),
        ("P1Y2W3D", "1 year 2 weeks 3 days", "1年2周3天"),
        ("P", "P", "P"),
        ("-P1Y", "-P1Y", "-P1Y"),
    ],
)
def test_durations_are_said_in_words(lexical: str, english: str, chinese: str) -> None:
    assert (duration_words(lexical), duration_words(lexical, "zh")) == (english, chinese)


@given(st.dates(), st.sampled_from(["", "Z", "+08:00", "-05:00"]))
def test_days_months_and_years_are_said_in_words(day: date, zone: str) -> None:
    year, month, of_month = day.isoformat().split("-")
    full = f"{year}-{month}-{of_month}{zone}"
    assert date_words(full, "zh") == f"{day.year}年{day.month}月{day.day}日"
    assert date_words(full) == f"{day.day} {day:%B} {day.year}"
    assert date_words(f"{year}-{month}") == f"{day:%B} {day.year}"
    assert date_words(year) == str(day.year)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2025-13", "2025-02-30", "2025-1", "2025-00", "0000", "2025-01-01T00:00:00"],
)
def test_what_is_no_date_stays_as_it_is(text: str) -> None:
    assert date_words(text) == date_words(text, "zh") == text


@pytest.mark.parametrize(
    ("slug", "english", "chinese"),
    [
        ("2025", "2025", "2025年"),
        ("2025-05-06", "6 May 2025", "2025年5月6日"),
        ("2025-H2", "second half of 2025", "2025年下半年"),
        ("2025-Q3", "third quarter of 2025", "2025年第三季度"),
        ("2025-early", "early 2025", "2025年初"),
        ("2025-12-mid", "mid-December 2025", "2025年12月中"),
        ("2025-09-late", "late September 2025", "2025年9月底"),
        ("2025-01--08", "January to August 2025", "2025年1月至8月"),
        ("2025-01--2025-08", "January to August 2025", "2025年1月至8月"),
        ("2024-12--2025-02", "December 2024 to February 2025", "2024年12月至2025年2月"),
        ("2025-12-26--31", "26 to 31 December 2025", "2025年12月26日至31日"),
        ("2025-05-08--06-03", "8 May to 3 June 2025", "2025年5月8日至6月3日"),
        ("2022--2024", "2022 to 2024", "2022年至2024年"),
        ("2022--2025-H1", "2022 to first half of 2025", "2022年至2025年上半年"),
        ("from-2025-05", "from May 2025", "2025年5月起"),
        ("from-2025-H1", "from the first half of 2025", "2025年上半年起"),
        ("until-2025-02-08", "until 8 February 2025", "到2025年2月8日为止"),
        ("until-2025-Q3", "until the third quarter of 2025", "到2025年第三季度为止"),
    ],
)
def test_periods_are_said_in_words(slug: str, english: str, chinese: str) -> None:
    assert (period_words(slug), period_words(slug, "zh")) == (english, chinese)


@pytest.mark.parametrize("slug", ["", "someday", "2025-13", "2025-H3", "from-", "2025--2024"])
def test_what_is_no_period_stays_as_it_is(slug: str) -> None:
    assert period_words(slug) == period_words(slug, "zh") == slug
