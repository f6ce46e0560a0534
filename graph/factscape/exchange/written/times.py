"""Dates and periods as people write them, in English and Chinese.

A day, a month or a year is a date, written as RDF has it; every other time is a period, by its slug
(`factscape.claims.times`). "Early", "mid" and "late", 年初 and 年底 are thirds of a year or of a
month, as vague as they were meant: "end of 2023" is 2023-late, not December. A fiscal year is taken
for the calendar year of its number. Years are those from 1900 to 2100.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from factscape.claims.times import span_of_period
from factscape.claims.words import date_words, period_words
from factscape.errors import TimeError
from factscape.exchange.written.characters import plain, short
from factscape.exchange.written.points import Point, UnclearError, read_bare, read_point

__all__ = ["When", "print_time", "read_time"]

_LONGEST = 80
"""A text of more characters is prose."""


@dataclass(frozen=True)
class When:
    """A time: a date such as 2025-05, or a period such as 2025-H1."""

    kind: Literal["date", "period"]
    value: str
    """A date's lexical form, or a period's slug."""


def read_time(text: str, *, year: int | None = None) -> When:
    """Read a date or a period; `year` is taken where the text does not name one.

    Raises TimeError when the text says no time, or could say two.

    >>> read_time("H1 2025"), read_time("2025年前三季度").value, read_time("since Feb 2025").value
    (When(kind='period', value='2025-H1'), '2025-01--09', 'from-2025-02')
    >>> read_time("Q3", year=2025).value, read_time("6 January 2026").value
    ('2025-Q3', '2026-01-06')
    """
    stripped = text.strip()
    if not stripped:
        raise TimeError("there is no time: the text is empty")
    if len(stripped) > _LONGEST:
        raise TimeError(f"this is too long for a time: {short(stripped)}")
    words = re.sub(" +", " ", plain(stripped).lower().replace("，", ",")).strip()
    try:
        when = _read(words, year)
    except UnclearError as error:
        message = f"{short(stripped)} cannot be read as a time: {error}"
        raise TimeError(message, hint=error.hint) from error
    if span_of_period(when.value) is None:
        raise TimeError(
            f"{short(stripped)} cannot be read as a time: there is no such day, "
            "or it ends before it begins",
            hint="look for a slip of the keys",
        )
    return when


_HINT = "write it as 2025-05-06, 2025-05, 2025, 2025-H1, 2025-Q3, 2025-01--09 or from-2025-02-08"
_LEADING = re.compile(r"(?:as of|as at|on|in|at|during|于|在) ?")
_FROM = re.compile(
    r"from-(?P<slug>.+)|(?:since|from|as from|starting(?: from| in)?|自从|自|从) ?(?P<a>.+?)"
    r"(?: ?(?:onwards?|起|开始|以来))?|(?P<b>.+?) ?(?:onwards?|起|以来)"
)
_UNTIL = re.compile(
    r"until-(?P<slug>.+)|(?:until|till|through|up to|to) (?P<a>.+)|直?到(?P<b>.+?)为止|(?P<c>.+?)为止"
)
_BETWEEN = re.compile(
    r"between (?P<a>.+?) and (?P<b>.+)|from (?P<c>.+?) (?:to|until|till|through) (?P<d>.+)"
    r"|(?:从|自|介于)(?P<e>.+?)[至到与和](?P<f>.+?)(?:之间|为止)?"
)
_DASHES = ("--", " to ", " through ", "–", "至", "到", "~", "-", "/")
_ENDED = re.compile(
    r"(?:the )?(?P<count>\d{1,2}|[a-z]+) months (?:to|ended|ending)(?: in| on)? (?P<end>.+)",
    re.ASCII,
)
_COUNTS = {"three": 3, "six": 6, "nine": 9, "twelve": 12}
_UNCLEAR = [
    (r"spring|summer|autumn|fall|winter|[春夏秋冬]", "a season is no fixed span", _HINT),
    (
        r"\b(?:last|next|this|previous|current|today|yesterday|tomorrow|now|present|ago)\b"
        r"|[今去明前同当本]年|[本上下]月|今天|昨天|目前|至今",
        "it says the time from where its writer stands",
        "write the year that is meant",
    ),
    ("截[至止]", "截至 may mean at a day, or until it", "write the day alone, or until-2025-06-30"),
    (r"\b(?:by|before|after)\b", "whether the day itself is meant is left open", _HINT),
]


def _read(words: str, year: int | None) -> When:
    for pattern, message, hint in _UNCLEAR:
        if re.search(pattern, words):
            raise UnclearError(message, hint)
    words = words[found.end() :] if (found := _LEADING.match(words)) else words
    if (point := read_point(words)) is not None:
        return _when(point.in_year(year))
    if ended := _ENDED.fullmatch(words):
        return _months_ended(ended, year)
    if range_ := _range(words, year):
        return range_
    for prefix, opening in (("from", _FROM), ("until", _UNTIL)):
        found = opening.fullmatch(words)
        rest = next(filter(None, found.groups()), "") if found else ""
        if rest and (point := read_point(rest)) is not None and not point.through_month:
            return When("period", f"{prefix}-{point.in_year(year).slug()}")
    raise UnclearError("it names no day, month, quarter, half or year in words known here", _HINT)


def _when(point: Point) -> When:
    if point.through_month:
        return When("period", f"{point.slug()}-01--{point.through_month:02}")
    return When("date" if point.is_date() else "period", point.slug())


def _range(words: str, year: int | None) -> When | None:
    """Read a range where the text falls into two times; None where it does not."""
    pairs = []
    if between := _BETWEEN.fullmatch(words):
        left, right = (group for group in between.groups() if group)
        pairs.append((left, right, " to "))
    for dash in _DASHES:
        at = words.find(dash)
        while at >= 0:
            pairs.append((words[:at].strip(), words[at + len(dash) :].strip(), dash))
            at = words.find(dash, at + 1)
    for left, right, dash in pairs:
        if (ends := _ends(left, right, dash)) is not None:
            first, last = (end.in_year(year) for end in ends)
            return _when(first) if first == last else When("period", _joined(first, last))
    return None


def _ends(left: str, right: str, dash: str) -> tuple[Point, Point] | None:
    """Read the two ends of a range, either of which may leave to the other what they share."""
    first, last = read_point(left), read_point(right)
    if first is None and last is not None:
        first = read_bare(left, last, is_last=False)
    elif last is None and first is not None:
        last = read_bare(right, first, is_last=True)
    if first is None or last is None or first.through_month or last.through_month:
        return None
    if (_is_year(first) and last.year is None) or (_is_year(last) and first.year is None):
        return None  # Q1-2025 is no range
    if dash == "/" and (first.month is None or last.month is None or last.year is None):
        return None  # 2023/2024 may be a fiscal year, 2024-06/07 may be June or July
    return first.completed_by(last), last.completed_by(first)


def _is_year(point: Point) -> bool:
    return point.month is point.day is None and not point.part


def _joined(first: Point, last: Point) -> str:
    """Write both ends, the second without what it shares with the first."""
    one, other = first.slug().split("-"), last.slug().split("-")
    shared = 0
    if first.shape() == last.shape():
        while shared < len(one) - 1 and one[shared] == other[shared]:
            shared += 1
    return f"{first.slug()}--{'-'.join(other[shared:])}"


def _months_ended(found: re.Match[str], year: int | None) -> When:
    """Read "nine months ended 30 September 2025"."""
    word, point = found["count"], read_point(found["end"])
    count = int(word) if word.isdigit() else _COUNTS.get(word, 0)
    if point is None or not 1 <= count <= 60:
        raise UnclearError("its months or their end cannot be read", _HINT)
    end = point.in_year(year)
    if not end.ends_month() or end.year is None or end.month is None:
        raise UnclearError("its months do not end with a month", _HINT)
    months = end.year * 12 + end.month - count
    first = Point(year=months // 12, month=months % 12 + 1)
    return When("period", _joined(first, Point(year=end.year, month=end.month)))


def print_time(when: When, lang: str = "en") -> str:
    """Print a time in words, so that reading it gives the time back.

    >>> print_time(When("period", "2025-H1")), print_time(When("date", "2025-05"), "zh")
    ('first half of 2025', '2025年5月')
    """
    words = date_words if when.kind == "date" else period_words
    return words(when.value, lang)
