"""One day, month, quarter, half or year as people write it, in English and Chinese."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

from factscape.claims.words import MONTHS

__all__ = ["Point", "UnclearError", "read_point"]


class UnclearError(ValueError):
    """A text could mean two times, or lacks a part; the reader of times says which text."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Point:
    """A time as far as it was named; what is None was not."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    """H1, Q3, or the third: early, mid, late."""
    through_month: int | None = None
    """The last month of "the first nine months"."""

    def slug(self) -> str:
        """Write it as a part of a period's slug.

        >>> Point(2025, 12, part="early").slug()
        '2025-12-early'
        """
        parts = [f"{self.year:04}", *(f"{n:02}" for n in (self.month, self.day) if n is not None)]
        return "-".join([*parts, self.part] if self.part else parts)

    def is_date(self) -> bool:
        """Say whether it is a day, a month or a year.

        >>> Point(2025, 5).is_date(), Point(2025, part="H1").is_date()
        (True, False)
        """
        return not self.part

    def shape(self) -> tuple[bool, bool, str]:
        """Return which of its parts it has; only like ones share what they have in common.

        >>> Point(2025, 5).shape() == Point(2026, 1).shape()
        True
        """
        return self.month is not None, self.day is not None, self.part[:1]

    def in_year(self, year: int | None) -> Point:
        """Put it in a year when it names none; raise UnclearError when there is none to put it in.

        >>> Point(part="Q3").in_year(2025).slug()
        '2025-Q3'
        """
        if self.year is None and year is None:
            raise UnclearError("the year is missing", "write the year with it")
        point = replace(self, year=year) if self.year is None else self
        assert point.year is not None
        if not 1900 <= point.year <= 2100:
            raise UnclearError(f"{point.year} is no year from 1900 to 2100", "look at the year")
        return point

    def completed_by(self, other: Point) -> Point:
        """Take over year and month from the other end of a range, where this end has none.

        >>> Point(day=8).completed_by(Point(2026, 1, 6))
        Point(year=2026, month=1, day=8, part='', through_month=None)
        """
        point = replace(self, year=other.year) if self.year is None else self
        if point.month is None and point.day is not None:
            point = replace(point, month=other.month)
        return point

    def ends_month(self) -> bool:
        """Say whether it is a month, or the last day of one.

        >>> Point(2024, 2, 29).ends_month(), Point(2025, 2, 27).ends_month()
        (True, False)
        """
        if self.part or self.year is None or self.month is None:
            return False
        return self.day in (None, calendar.monthrange(self.year, self.month)[1])


_SHORT = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_CHINESE = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {
    "十一": 11,
    "十二": 12,
    "两": 2,
}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
           "nine": 9, "ten": 10, "eleven": 11}  # fmt: skip
_THIRDS = {
    "early": "early", "beginning of": "early", "the beginning of": "early", "start of": "early",
    "the start of": "early", "mid": "mid", "middle of": "mid", "the middle of": "mid",
    "late": "late", "end": "late", "end of": "late", "the end of": "late", "year-end": "late",
    "year end": "late", "初": "early", "中": "mid", "底": "late", "末": "late", "上旬": "early",
    "中旬": "mid", "下旬": "late", "early in": "early", "late in": "late",
}  # fmt: skip

_FRAGMENTS = {
    "year": r"(?P<year>(?:19|20|21)\d{2})",
    "yy": r"(?P<year>(?:19|20|21)\d{2}|'?\d{2})",
    "y年": r"(?P<year>(?:19|20|21)\d{2}|\d{2}) ?年",
    "name": r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?",
    "m": r"(?P<month>0?[1-9]|1[0-2])",
    "cm": r"(?P<month>0?[1-9]|1[0-2]|十[一二]?|[一二三四五六七八九])",
    "d": r"(?P<day>0?[1-9]|[12]\d|3[01])",
    "cd": r"(?P<day>0?[1-9]|[12]\d|3[01]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])",
    "th": r"(?:st|nd|rd|th)?",
    "third": r"(?P<third>early|mid|late|end|(?:the )?(?:beginning|start|middle|end) of"
    r"|(?:early|late) in|year[- ]end)",
    "旬": r"(?P<third>[初中底末]|[上中下]旬)",
    "nth": r"(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)",
    "n": r"(?P<n>[1-4一二三四])",
    "of": r"(?:,? (?:of )?(?:the )?(?:fiscal )?(?:year )?|,? ?)",
    "fy": r"(?:fy|cy|fiscal year|fiscal|calendar(?: year)?|full[- ]year|year|the year)",
}

_PATTERNS = [
    r"{year}",
    r"(?:{year}|(?P<cnyear>[一二][〇零○一二三四五六七八九]{3})) ?年(?:度|全年)?",
    r"{fy} ?{year}|{year} ?(?:fy|财年)",
    r"(?:fy|cy) ?{yy}",
    # 2025-05, 2025/5/6, 2026.01.06, 20260106, 2025-05-06T12:00
    r"{year}[-/]{m}",
    r"{year}\.(?P<month>0[1-9]|1[0-2])",
    r"{year}(?P<mark>[-/.]){m}(?P=mark){d}(?:[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:z|[-+]\d{2}:?\d{2})?)?",
    r"{year}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])",
    r"{m}/{year}",
    r"(?P<x>\d{1,2})(?P<mark>[-/.])(?P<z>\d{1,2})(?P=mark){year}",
    # 6 January 2026, Jan 6, 2026, January 2026, January
    r"(?:the )?{d}{th} (?:of )?{name}(?:,? {year})?",
    r"{d}-{name}-{year}",
    r"{name} (?:the )?{d}{th}(?:,? {year})?",
    r"{name}(?:,? (?:of )?|-)?{year}",
    r"{year} {name}(?: {d}{th})?",
    r"{name} '(?P<year>\d{2})",
    r"{name}-(?P<either>\d{2})|(?P<either>\d{2})-{name}",
    r"{name}",
    # 2026年1月6日, 1月6日, 8日
    r"(?:{y年} ?)?{cm} ?月(?:份|{cd} ?[日号]| ?{d} ?[日号])?",
    r"{cd}[日号]",
    r"{y年} ?{m}",
    # halves and quarters
    r"(?P<part>[hq][1-4])(?: of|[-/])?,? ?{fy}? ?{yy}",
    r"(?:fy|cy)? ?{yy} ?[-/]?(?P<part>[hq][1-4])",
    r"{y年} ?(?P<part>[hq][1-4])",
    r"(?P<back>[1-4][hq]) ?{fy}? ?{yy}",
    r"{yy} ?(?P<back>[1-4][hq])",
    r"(?P<part>[hq][1-4])|(?P<back>[1-4][hq])",
    r"(?:the )?{nth}[- ](?P<kind>half|quarter){of}{year}",
    r"{year},? (?:the )?{nth}[- ](?P<kind>half|quarter)",
    r"(?:the )?{nth}[- ](?P<kind>half|quarter)",
    r"(?:(?:{y年}|{year}) ?的?)?(?P<half>[上下])半年",
    r"(?:(?:{y年}|{year}) ?的?)?第?{n} ?季度?",
    # 2025 first nine months, 前三季度, 9M25
    r"(?:the )?first (?P<count>\d{1,2}|[a-z]+) (?P<of>months|quarters){of}{year}",
    r"{year},? (?:the )?first (?P<count>\d{1,2}|[a-z]+) (?P<of>months|quarters)",
    r"(?P<count>\d{1,2}) ?m(?:onths)? ?(?:of )?{yy}|{year} ?(?P<count>\d{1,2})m",
    r"(?:(?:{y年}|{year}) ?的?)?[前首] ?(?P<count>\d{1,2}|十一?|[一二两三四五六七八九]) ?(?:个?(?P<of>月)|个?(?P<of2>季)度?)",
    # early, mid, late
    r"{third}[- ](?:{name}(?: of)?,? )?{year}",
    r"{third}[- ]{name}",
    r"{year}[- ]{third}",
    r"{year}-{m}-{third}",
    r"{name},? {year},? {third}",
    r"(?:{y年} ?)?{cm} ?月份?{旬}",
    r"(?:{y年}|{year} ?年?){旬}",
    r"年{旬}",
]


@cache
def _compiled() -> list[re.Pattern[str]]:
    """Put the fragments in their places; a group that comes twice is numbered: year, year_2."""
    name = re.compile(r"\{([a-z年旬]+)\}")
    compiled = []
    for pattern in _PATTERNS:
        whole = name.sub(lambda match: _FRAGMENTS[match[1]], pattern)
        seen: Counter[str] = Counter()

        def numbered(match: re.Match[str], seen: Counter[str] = seen) -> str:
            seen[match[1]] += 1
            return f"(?P<{match[1]}{f'_{n}' if (n := seen[match[1]]) > 1 else ''}>"

        compiled.append(re.compile(re.sub(r"\(\?P<(\w+)>", numbered, whole), re.ASCII))
    return compiled


def read_point(text: str) -> Point | None:
    """Read one time, in small letters and plain characters; None when it is none.

    Raises UnclearError when it could be two.

    >>> read_point("3q25"), read_point("12月初")
    (Point(year=2025, month=None, day=None, part='Q3', through_month=None), \
Point(year=None, month=12, day=None, part='early', through_month=None))
    """
    for pattern in _compiled():
        if found := pattern.fullmatch(text):
            said = found.groupdict()
            return _point({name.partition("_")[0]: said[name] for name in said if said[name]})
    return None


def read_bare(text: str, other: Point, *, is_last: bool) -> Point | None:
    """Read an end of a range that is only a number, by what the other end is.

    Raises UnclearError for 2010–11, which may end with a year or be a month.

    >>> read_bare("8", Point(2025, 1, 6), is_last=True)
    Point(year=None, month=None, day=8, part='', through_month=None)
    """
    if other.part or other.through_month:
        return None
    if found := re.fullmatch(r"(\d{1,2}),? (\d{4})", text, re.ASCII):
        return Point(int(found[2]), day=int(found[1])) if other.day and is_last else None
    if not re.fullmatch(r"\d{1,2}", text, re.ASCII):
        return None
    number = int(text)
    if other.day:
        return Point(day=number)
    if other.month:
        return Point(month=number)
    if not is_last or other.year is None:
        return None
    if number <= 12:
        raise UnclearError(
            f"it may mean month {number} of {other.year}, or the years {other.year} to "
            f"{other.year // 100}{number:02}",
            f"write {other.year}-{number:02} or {other.year}--{other.year // 100}{number:02}",
        )
    return Point(other.year // 100 * 100 + number)


def _point(said: dict[str, str]) -> Point:
    if "x" in said:
        return _slashed(said)
    if "either" in said:
        raise UnclearError(
            f"its {said['either']} may be a day or a year", "write the year with four digits"
        )
    point = Point(
        year=_year(said),
        month=_SHORT[said["name"][:3]] if "name" in said else _number(said.get("month")),
        day=_number(said.get("day")),
    )
    if count := said.get("count"):
        return _through(point, count, said)
    return replace(point, part=_part(said))


def _slashed(said: dict[str, str]) -> Point:
    """Read a day whose year stands last: the day and the month may stand in either order."""
    one, two, year = int(said["x"]), int(said["z"]), int(said["year"])
    if one != two and one <= 12 and two <= 12:
        first, second = f"{year}-{two:02}-{one:02}", f"{year}-{one:02}-{two:02}"
        raise UnclearError(
            f"it may mean {first} or {second}, whichever of day and month stands first",
            f"write {first} or {second}",
        )
    return Point(year, *((two, one) if one > 12 else (one, two)))


def _year(said: dict[str, str]) -> int | None:
    if "cnyear" in said:
        return int(
            "".join(
                str("〇一二三四五六七八九".find(c.replace("零", "〇").replace("○", "〇")))
                for c in said["cnyear"]
            )
        )
    year = said.get("year", "").lstrip("'")
    return (int(year) + (2000 if len(year) == 2 else 0)) if year else None


def _number(text: str | None) -> int | None:
    """Read a number below a hundred, in digits or Chinese."""
    if text is None or text.isdecimal():
        return int(text) if text else None
    tens, ten, ones = text.rpartition("十")
    number = _CHINESE[ones] if ones else 0
    return number + (_CHINESE[tens] if tens else 1) * 10 if ten else number


def _part(said: dict[str, str]) -> str:
    if "part" in said:
        return said["part"].upper()
    if "back" in said:
        return said["back"][::-1].upper()
    if "kind" in said:
        return f"{said['kind'][0].upper()}{_ORDINALS[said['nth']]}"
    if "half" in said:
        return "H1" if said["half"] == "上" else "H2"
    if "n" in said:
        return f"Q{_number(said['n'])}"
    return _THIRDS[said["third"]] if "third" in said else ""


def _through(point: Point, count: str, said: dict[str, str]) -> Point:
    number = _COUNTS.get(count) or (
        _number(count) if not count.isascii() or count.isdecimal() else 0
    )
    months = (number or 0) * (3 if "of2" in said or said.get("of") == "quarters" else 1)
    if not 1 <= months <= 12:
        raise UnclearError(f"it has no first {count} of these", "write it as 2025-01--09")
    return replace(point, through_month=months)
