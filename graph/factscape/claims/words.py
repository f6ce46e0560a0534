"""Numbers, figures and days in words people use, in English and in Chinese."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from factscape.claims.figure_words import ENGLISH_SCALES
from factscape.claims.times import ends_of_period, span_of_period

__all__ = ["MONTHS", "date_words", "duration_words", "figure_words", "number_words", "period_words"]

_SCALES = {
    "en": tuple((ENGLISH_SCALES[w], f" {w}") for w in ("trillion", "billion", "million")),
    "zh": ((12, "万亿"), (8, "亿"), (4, "万")),
}
_MOST_DECIMALS = 4
"""A number that needs more of them beside a word is read more easily without the word."""
_MOST_DIGITS = 60
"""A text of more characters is no number that anybody would read."""

# Days, months and years may end with a zone.
_DATE = r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:Z|[+-]\d{2}:\d{2})?"
_DURATION = r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?"
_LENGTHS = {"en": ("year", "month", "week", "day"), "zh": ("年", "个月", "周", "天")}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def number_words(text: str, lang: str = "en") -> str:
    """Write a number with the words for large ones; what is no number stays as it is.

    No digit is lost: where few decimals do not suffice, all digits are written out.

    >>> number_words("2358000000"), number_words("2358000000", "zh"), number_words("1209")
    ('2.358 billion', '23.58亿', '1,209')
    >>> number_words("1234567"), number_words("0.034"), number_words("2027-01")
    ('1,234,567', '0.034', '2027-01')
    """
    number = _number(text)
    if number is None:
        return text
    scales = _SCALES.get(lang, _SCALES["en"])
    for power, word in scales:
        # Nobody reads "1,234,567,890.12万": a scale is for what is near it, the largest for all.
        if number and power <= number.adjusted() <= (power + 4 if power < scales[0][0] else 30):
            scaled = _plain(_shifted(number, -power))
            if len(scaled.partition(".")[2]) <= _MOST_DECIMALS:
                return scaled + word
    return _plain(number)


def _number(text: str) -> Decimal | None:
    # Decimal would also read blanks, underscores and the digits of other scripts.
    if not text.isascii() or "_" in text or text != text.strip():
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    sane = number.is_finite() and len(text) <= _MOST_DIGITS and abs(number.adjusted()) <= 30
    return number if sane else None


def _shifted(number: Decimal, places: int) -> Decimal:
    """Move the decimal point; dividing would round after 28 digits."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    return Decimal((sign, digits, exponent + places))


def _plain(number: Decimal) -> str:
    """Write a number in digits with separators, without zeros that say nothing."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure_words(
    *,
    value: str | None,
    low: str | None = None,
    high: str | None = None,
    margin: str | None = None,
    wording: str = "{}",
    bound: str = "",
    status: str = "",
    lang: str = "en",
    dates: bool = False,
) -> str:
    """Write a figure as people say it: bound, number or range in its unit, status.

    `wording` holds {} where the number stands; `bound` and `status` are words already. With
    `dates` the numbers are days, months or years.

    >>> figure_words(value="1000", wording="{} times", bound="more than")
    'more than 1,000 times'
    >>> figure_words(value=None, low="7e9", high="9e9", wording="{}元", lang="zh", status="预测")
    '70亿–90亿元（预测）'
    """
    if value is None:
        number = "–".join(_together((low, high), lang, dates))
    else:
        number = " ± ".join(_together((value, margin), lang, dates))
    text = wording.replace("{}", number, 1)
    if lang == "zh":
        return f"{bound}{text}（{status}）" if status else f"{bound}{text}"
    return " ".join(part for part in (bound, text, f"({status})" if status else "") if part)


def _together(numbers: tuple[str | None, str | None], lang: str, dates: bool = False) -> list[str]:
    """Write numbers side by side; a scale behind the last alone would be read as that of both."""
    ends = [end for end in numbers if end is not None]
    if dates:
        return [date_words(end, lang) for end in ends]
    words = [number_words(end, lang) for end in ends]
    if [word[-1:].isalpha() for word in words] == [False, True] and words[0] != "0":
        return [_plain(number) if (number := _number(end)) else end for end in ends]
    return words


def date_words(lexical: str, lang: str = "en") -> str:
    """Write a day, month or year; what is none stays as it is.

    >>> date_words("2025-09"), date_words("2026-01-06"), date_words("2026-01-06", "zh")
    ('September 2025', '6 January 2026', '2026年1月6日')
    """
    found = re.fullmatch(_DATE, lexical, re.ASCII)
    if found is None:
        return lexical
    parts = [int(part) for part in found.groups() if part is not None]
    try:
        date(*parts, *(1, 1)[: 3 - len(parts)])
    except ValueError:
        return lexical
    if lang == "zh":
        return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))
    year, *rest = parts
    month = [MONTHS[rest[0] - 1]] if rest else []
    return " ".join([*map(str, rest[1:]), *month, str(year)])


def period_words(slug: str, lang: str = "en") -> str:
    """Write a period by its slug (`factscape.claims.times`); what is none stays as it is.

    >>> period_words("2025-H1"), period_words("2025-01--08"), period_words("from-2025-05", "zh")
    ('first half of 2025', 'January to August 2025', '2025年5月起')
    """
    if span_of_period(slug) is None:
        return slug
    chinese = lang == "zh"
    first, last = ends_of_period(slug)
    if first is None or last is None:
        words = _part_words(first or last or "", lang)
        if chinese:
            return f"{words}起" if first else f"到{words}为止"
        article = "the " if re.match("first|second|third|fourth", words) else ""
        return f"{'from' if first else 'until'} {article}{words}"
    if first == last:
        return _part_words(first, lang)
    return _chinese_range(first, last) if chinese else _english_range(first, last)


def _english_range(first: str, last: str) -> str:
    """Name once what both ends share: 26 to 31 December 2025."""
    one, other = _part_words(first, "en").split(" "), _part_words(last, "en")
    if _is_date(first) and _is_date(last) and len(first) == len(last) > 4:
        shared = other.split(" ")
        while len(one) > 1 and one[-1] == shared[-1]:
            one.pop()
            shared.pop()
    return f"{' '.join(one)} to {other}"


def _chinese_range(first: str, last: str) -> str:
    words = _part_words(last, "zh")
    if _is_date(first) and _is_date(last) and len(first) == len(last) > 4:
        for length, mark in ((4, "年"), (7, "月")):
            if len(last) > length and first[:length] == last[:length]:
                words = words.partition(mark)[2]
    return f"{_part_words(first, 'zh')}至{words}"


def _is_date(part: str) -> bool:
    return re.fullmatch(_DATE, part, re.ASCII) is not None


_PARTS = {
    "H1": ("first half of {}", "{}上半年"),
    "H2": ("second half of {}", "{}下半年"),
    "Q1": ("first quarter of {}", "{}第一季度"),
    "Q2": ("second quarter of {}", "{}第二季度"),
    "Q3": ("third quarter of {}", "{}第三季度"),
    "Q4": ("fourth quarter of {}", "{}第四季度"),
    "early": ("early {}", "{}初"),
    "mid": ("mid-{}", "{}中"),
    "late": ("late {}", "{}底"),
}


def _part_words(part: str, lang: str) -> str:
    bare, _, name = part.rpartition("-")
    if name not in _PARTS:
        return date_words(part, lang)
    return _PARTS[name][lang == "zh"].replace("{}", date_words(bare, lang))


def duration_words(lexical: str, lang: str = "en") -> str:
    """Write a duration of years, months, weeks and days; what is none stays as it is.

    >>> duration_words("P1Y"), duration_words("P1Y6M", "zh"), duration_words("PT5S")
    ('1 year', '1年6个月', 'PT5S')
    """
    found = re.fullmatch(_DURATION, lexical, re.ASCII)
    if found is None or not any(found.groups()):
        return lexical
    parts = [(int(n), unit) for n, unit in zip(found.groups(), _LENGTHS[lang], strict=True) if n]
    if lang == "zh":
        return "".join(f"{n}{unit}" for n, unit in parts)
    return " ".join(f"{n} {unit}{'s' * (n != 1)}" for n, unit in parts)
