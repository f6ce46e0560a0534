from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.errors import NumberError
from factscape.exchange.written import Number, print_number, read_number


def said(text: str) -> str:
    """Return what a text is read as, in one line: bound value or range ± margin unit (status)."""
    number = read_number(text)
    ends = [end for end in (number.value, number.low, number.high) if end is not None]
    parts = [
        "" if number.bound == "exact" else number.bound,
        "..".join(digits(end) for end in ends),
        "" if number.margin is None else f"±{digits(number.margin)}",
        number.unit or "",
        f"({number.status})" if number.status else "",
    ]
    return " ".join(part for part in parts if part)


def digits(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("12.5亿", "1250000000"),
        ("2358万", "23580000"),
        ("1.2万亿", "1200000000000"),
        ("3千万", "30000000"),
        ("12亿3000万", "1230000000"),
        ("7.6k", "7600"),
        ("350M", "350000000"),
        ("1.05 trillion", "1050000000000"),
        ("95,424 thousand", "95424000"),
        ("3 crore", "30000000"),
        ("1.5e9", "1500000000"),
        ("16.0847 million", "16084700"),
        ("123456789012345678901234567.89", "123456789012345678901234567.89"),
        ("-67", "-67"),
        ("−5", "-5"),
        ("minus 5", "-5"),
        ("负5", "-5"),
        ("+5", "5"),
        ("(1,234)", "-1234"),
        ("0", "0"),
        ("0.034", "0.034"),
        ("2025", "2025"),
        ("a total of 5", "5"),
        ("共5", "5"),
    ],
)
def test_a_scale_and_a_sign_are_worked_out(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1,159.46", "1159.46"),
        ("1,234,567", "1234567"),
        ("1159.46", "1159.46"),
        ("1.159", "1.159"),
        ("1'159'460", "1159460"),
        ("1’159.5", "1159.5"),
        ("1 159 460", "1159460"),
        ("1\u2009159\u202f460", "1159460"),
        ("1.159,46", "1159.46"),
        ("1 159,46", "1159.46"),
        ("12.345.678", "12345678"),
        ("１２．５", "12.5"),
        ("１，２３４", "1234"),
    ],
)
def test_digits_are_grouped_in_several_ways(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("三亿", "300000000"),
        ("十二", "12"),
        ("二十", "20"),
        ("两百零三", "203"),
        ("百亿", "10000000000"),
        ("千万", "10000000"),
        ("一万亿", "1000000000000"),
        ("三千五百万", "35000000"),
        ("一亿三千万", "130000000"),
        ("三点五亿", "350000000"),
        ("二〇二五", "2025"),
        ("twenty-five", "25"),
        ("two hundred million", "200000000"),
        ("three billion", "3000000000"),
    ],
)
def test_numbers_stand_in_words_too(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("$3.5bn", "3500000000 USD"),
        ("US$ 350m", "350000000 USD"),
        ("-$5bn", "-5000000000 USD"),
        ("$(1,234)", "-1234 USD"),
        ("$5t", "5000000000000 USD"),
        ("HK$4.35 billion", "4350000000 HKD"),
        ("RMB 2.466 billion", "2466000000 CNY"),
        ("23.58億元", "2358000000 CNY"),
        ("人民币3亿元", "300000000 CNY"),
        ("3亿元人民币", "300000000 CNY"),
        ("约3亿元（人民币）", "approximately 300000000 CNY"),
        ("¥3亿元", "300000000 CNY"),
        ("港币3亿元", "300000000 HKD"),
        ("$5亿港元", "500000000 HKD"),
        ("38 億美元", "3800000000 USD"),
        ("€1.2m", "1200000 EUR"),
        ("12.5 million US dollars", "12500000 USD"),
        ("2元/百萬Token", "2 CNY per million tokens"),
        ("$0.14 per million tokens", "0.14 USD per million tokens"),
        ("0.5 yuan per 1k tokens", "0.5 CNY per thousand tokens"),
        ("20元/月", "20 CNY per month"),
        ("每股5元", "5 CNY per share"),
        ("1块钱", "1 CNY"),
        ("HK$116.20 a share", "116.2 HKD per share"),
        ("about 40%", "approximately 40 percent"),
        ("约40％", "approximately 40 percent"),
        ("百分之三十", "30 percent"),
        ("七成", "70 percent"),
        ("3.5成", "35 percent"),
        ("2.3个百分点", "2.3 percentage points"),
        ("50bps", "50 basis points"),
        ("1,159.46 times", "1159.46 times"),
        ("1209倍", "1209 times"),
        ("3.5x", "3.5 times"),
        ("10-fold", "10 times"),
        ("3亿人", "300000000 people"),
        ("42 thousand tokens", "42000 tokens"),
        ("20 million free tokens", "20000000 free tokens"),
        ("8,000 GPUs", "8000 GPUs"),
        ("48家", "48 家"),
        ("3 years", "3 year"),
    ],
)
def test_money_and_units_are_found(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("nearly 50", "justUnder 50"),
        ("近50", "justUnder 50"),
        ("將近50", "justUnder 50"),
        ("over 8.3 billion", "moreThan 8300000000"),
        ("超过83亿", "moreThan 8300000000"),
        ("超過了50%", "moreThan 50 percent"),
        ("more than 1,000 times", "moreThan 1000 times"),
        ("逾10亿", "moreThan 1000000000"),
        ("100余家", "moreThan 100 家"),
        ("100多亿", "moreThan 10000000000"),
        ("二十多亿", "moreThan 2000000000"),
        (">5", "moreThan 5"),
        ("七成以上", "atLeast 70 percent"),
        ("至少3", "atLeast 3"),
        ("no less than 3", "atLeast 3"),
        ("100+", "atLeast 100"),
        ("100+ million", "atLeast 100000000"),
        ("60-plus", "atLeast 60"),
        ("≥5", "atLeast 5"),
        ("不足5", "lessThan 5"),
        ("不到10亿", "lessThan 1000000000"),
        ("<5", "lessThan 5"),
        ("up to 30 billion", "atMost 30000000000"),
        ("不超过3亿", "atMost 300000000"),
        ("最多5", "atMost 5"),
        ("no more than 5", "atMost 5"),
        ("<=5", "atMost 5"),
        ("~5", "approximately 5"),
        ("≈5", "approximately 5"),
        ("5左右", "approximately 5"),
        ("about +20", "approximately 20"),
        ("达38亿美元", "3800000000 USD"),
    ],
)
def test_words_that_bound_a_number(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("est. 5bn", "5000000000 (estimate)"),
        ("估计5亿元", "500000000 CNY (estimate)"),
        ("预计5亿元", "500000000 CNY (forecast)"),
        ("預計超過5億元", "moreThan 500000000 CNY (forecast)"),
        ("expected 5", "5 (forecast)"),
        ("50% (target)", "50 percent (target)"),
        ("目标5亿", "500000000 (target)"),
    ],
)
def test_words_that_say_how_a_number_is_known(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("7–9bn", "7000000000..9000000000"),
        ("7-9 billion", "7000000000..9000000000"),
        ("$7bn to $9bn", "7000000000..9000000000 USD"),
        ("US$7-9bn", "7000000000..9000000000 USD"),
        ("46.123 to 50.399 billion", "46123000000..50399000000"),
        ("900 million–1.2 billion", "900000000..1200000000"),
        ("5000万至1亿", "50000000..100000000"),
        ("5万~8万", "50000..80000"),
        ("七到九亿", "700000000..900000000"),
        ("70,000~80,000", "70000..80000"),
        ("between 7 and 9 billion", "7000000000..9000000000"),
        ("about 200 to 230", "approximately 200..230"),
        ("5%-7%", "5..7 percent"),
        ("7-9%", "7..9 percent"),
        ("-5 to -3", "-5..-3"),
        ("-5–3", "-5..3"),
        ("0-5 million", "0..5000000"),
        ("6.5 ± 0.5 million", "6500000 ±500000"),
        ("6.5% ± 0.5%", "6.5 ±0.5 percent"),
    ],
)
def test_a_range_has_two_ends_and_the_scale_of_the_right_one(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("超過160億元", "160億元"),
        ("  about  40 % ", "40 %"),
        ("HK$4.35 billion (est.)", "HK$4.35 billion"),
        ("100余家", "100余家"),
        ("(1,234)", "(1,234)"),
        ("-$5bn", "-$5bn"),
        ("约3亿元（人民币）", "3亿元（人民币）"),
        ("between $7bn and $9bn", "$7bn and $9bn"),
        ("１２．５％", "１２．５％"),
    ],
)
def test_the_figure_as_printed_stands_in_the_text(text: str, printed: str) -> None:
    assert read_number(text).printed == printed


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "-", "N/A", "n.a.", "NaN", "inf", "many", "第一", "1st", "No. 1", "#1",
        # names
        "3W Fund", "5Y Capital", "D1", "B6", "GLM-4.5", "01.AI", "2513.HK", "5G", "4o",
        # more than one number, or words around it that change it
        "13 billion at 183 billion", "500 million, 8 percent stake", "1 input, 2 output",
        "Amazon 4 billion, Google 2 billion", "73.73 / 269 / 465 / 512", "12 10",
        "7.5 billion plus 2.5 billion", "19.1 and 13.0 billion", "5 times more", "up 5%",
        "12亿3", "100 (2024)", "5 USD CNY", "5 percent yuan", "about 5 over", "5（",
        # fractions, ratios, and numbers in words that are not read
        "1/2", "one third", "三分之一", "half", "一半", "1:3:5", "7:1", "two hundred and five",
        # what only looks like digits
        "٣٤٥", "१२३", "½", "①", "1,15,946", "1,1594", "1..5", "5.", ".5", "1_000", "1,234 5",
        "1e400", "9" * 60, "0." + "0" * 40 + "1", "12\n500", "1，234",
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NumberError):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1,15", ["1.15", "115"]),
        ("¥3亿", ["CNY", "JPY"]),
        ("5t", ["trillions", "tons"]),
        ("1.2兆", ["trillion", "million"]),
        ("2-300 million", ["2 ", "2000000"]),
        ("500-1.2bn", ["500000000000", "1200000000"]),
        ("78.1 to 28.6", ["78.1", "28.6"]),
        ("from 1 billion to 5 billion", ["change", "range"]),
        ("三百五", ["350", "305"]),
        ("一亿五", ["三百五"]),
        ("七八成", ["7", "8"]),
        ("近三年", ["nearly", "last few"]),
        ("(about 5)", ["negative", "aside"]),
        ("over 5, up to 7", [","]),
        ("about at least 5", ["approximately", "atLeast"]),
        ("at least 5 to 7", ["range", "bound"]),
        ("US$5亿日元", ["JPY", "USD"]),
        ("0100", ["zero", "code"]),
        ("2025-05", ["time"]),
        ("2019-2025", ["time"]),
        ("2025年", ["time"]),
        ("2025-05-06", ["time"]),
        ("兆", ["no number"]),
        ("亿", ["missing"]),
    ],
)
def test_what_could_mean_two_things_says_which(text: str, readings: list[str]) -> None:
    with pytest.raises(NumberError) as raised:
        read_number(text)
    assert all(reading in raised.value.message for reading in readings), raised.value.message
    assert raised.value.hint


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("hundreds of millions", 2 * 10**8, 10**9),
        ("tens of thousands of users", 2 * 10**4, 10**5),
        ("数亿", 2 * 10**8, 10**9),
        ("數億美元", 2 * 10**8, 10**9),
        ("几十家", 20, 100),
        ("上百家", 100, 1000),
    ],
)
def test_a_vague_number_says_between_which_two_it_is(text: str, low: int, high: int) -> None:
    with pytest.raises(NumberError, match="too vague") as raised:
        read_number(text)
    assert raised.value.low == low
    assert raised.value.high == high


@pytest.mark.parametrize(
    ("text", "currency", "unit"),
    [
        ("¥3亿", "CNY", "CNY"),
        ("¥3亿", "JPY", "JPY"),
        ("$3bn", "HKD", "HKD"),
        ("3亿元", "TWD", "TWD"),
        ("US$3bn", "HKD", "USD"),
        ("$3bn", "CNY", "USD"),
        ("3bn", "CNY", None),
    ],
)
def test_the_caller_can_say_what_an_open_sign_means(
    text: str, currency: str, unit: str | None
) -> None:
    assert read_number(text, currency=currency).unit == unit


EXACT = st.decimals(
    min_value=-(10**20), max_value=10**20, allow_nan=False, allow_infinity=False, places=6
) | st.integers(-(10**20), 10**20).map(Decimal)
UNITS = st.sampled_from(
    [None, "percent", "times", "CNY", "USD", "HKD", "CAD", "people", "tokens", "year", "家",
     "percentage points", "USD per million tokens", "CNY per share", "monthly active users"]
)  # fmt: skip
BOUNDS = st.sampled_from(
    ["exact", "approximately", "moreThan", "atLeast", "lessThan", "atMost", "justUnder"]
)
STATUSES = st.sampled_from([None, "estimate", "forecast", "target", "committed"])
LANGUAGES = st.sampled_from(["en", "zh"])


@given(EXACT, BOUNDS, UNITS, STATUSES, LANGUAGES)
def test_reading_what_was_printed_gives_the_number_back(
    value: Decimal, bound: str, unit: str | None, status: str | None, lang: str
) -> None:
    if bound == "justUnder" and unit == "year" and lang == "zh":
        bound = "exact"  # 近三年 is refused
    number = Number(value=value, bound=bound, unit=unit, status=status)
    assert read_number(print_number(number, lang)) == number


@given(EXACT, EXACT, st.sampled_from(["exact", "approximately"]), UNITS, STATUSES, LANGUAGES)
def test_so_does_a_range(
    one: Decimal, other: Decimal, bound: str, unit: str | None, status: str | None, lang: str
) -> None:
    low, high = sorted((one, other))
    if low == high:
        high += 1
    number = Number(low=low, high=high, bound=bound, unit=unit, status=status)
    assert read_number(print_number(number, lang)) == number


@given(EXACT, EXACT.map(abs), LANGUAGES)
def test_so_does_a_margin(value: Decimal, margin: Decimal, lang: str) -> None:
    number = Number(value=value, margin=margin)
    assert read_number(print_number(number, lang)) == number


PIECES = [
    "12", "1,234.5", "3.5", "0", "bn", " billion", "k", "亿", "万", "億元", "%", "$", "US$", "¥",
    "元", "约", "近", "over ", "up to ", "以上", "+", "-", "–", " to ", "至", "~", "(", ")", "（",
    "）", "±", "三", "十", "百", "点", "零", "余", "多", "per ", "/", "million tokens", "est. ",
    "预计", " ", ".", ",", "'", "e9", "times", "users", "Fund", "数", "几", "百分之", "成", "兆",
    "two ", "hundred ", "between ", " and ", "\x00", "\n", "٣", "½", "，", "\u2009",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=30))
def test_any_text_is_a_number_or_an_error_of_ours(text: str) -> None:
    try:
        number = read_number(text)
    except NumberError as error:
        assert error.message
        return
    assert number.printed
    assert number.printed in text
    ends = [end for end in (number.value, number.low, number.high) if end is not None]
    assert len(ends) == (2 if number.value is None else 1)
    assert ends == sorted(ends)
    again = read_number(number.printed, currency=(number.unit or "")[:3] or None)
    kept = replace(again, bound=number.bound, status=number.status)
    assert kept == number


@pytest.mark.parametrize(
    "text",
    ["1" * 10_000, "1,234" * 2_000, "亿" * 10_000, " " * 10_000 + "5" + " " * 10_000, "a" * 199,
     "1 234 " * 33, "(" * 150, "约" * 199, "三百五十" * 49, "5 -" * 66, "\x07" * 10_000],
)  # fmt: skip
def test_long_texts_are_no_trouble(text: str) -> None:
    try:
        assert read_number(text).value == 5
    except NumberError as error:
        assert len(error.message) < 400
