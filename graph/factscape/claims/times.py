"""Periods and dates as written, and the spans of days that they mean.

A period's slug says its span. The parts are a year `2025`, a half `2025-H1`, a quarter `2025-Q3`,
a month `2025-05`, a day `2025-05-06`, and a vague third: `2025-12-early` is its first ten days,
`2025-12-mid` the next ten, `2025-12-late` the rest; of a year a third is four months. Around them
stand `A--B` (both ends included; `2025-01--08` shortens `2025-01--2025-08`), `from-A` and
`until-A` (A included).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from factscape.model import Span
from factscape.terms import FS, PREFIXES

__all__ = ["NAMES_A_PERIOD", "ends_of_period", "slug_of_period", "span_of_date", "span_of_period"]

NAMES_A_PERIOD = (FS.during, FS.basePeriod, FS.statedAt)
"""The properties whose objects are periods; what they name need not be declared."""

_PART = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<yearthird>early|mid|late)"
    r"|(?P<month>\d{2})(?:-(?:(?P<day>\d{2})|(?P<monththird>early|mid|late)))?))?",
    re.ASCII,
)
_THIRDS = {"early": 0, "mid": 1, "late": 2}
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


def span_of_period(slug: str) -> Span | None:
    """Return the span that a period's slug means, None when it follows no pattern.

    >>> span_of_period("2025-H1")
    Span(begins=datetime.date(2025, 1, 1), ends=datetime.date(2025, 7, 1))
    >>> span_of_period("from-2025-02-08").ends is None
    True
    >>> span_of_period("2025-13") is None
    True
    """
    first, last = ends_of_period(slug)
    try:
        begins = None if first is None else _part(first).begins
        return Span(begins, None if last is None else _part(last).ends)
    except (ValueError, OverflowError):
        return None


def slug_of_period(iri: str) -> str | None:
    """Return the slug of a period's IRI, None when it is no period or its slug says no span.

    >>> slug_of_period("https://w3id.org/factscape/period/2025-H1")
    '2025-H1'
    >>> slug_of_period("https://w3id.org/factscape/period/someday") is None
    True
    """
    slug = iri.removeprefix(PREFIXES["period"])
    return slug if slug != iri and span_of_period(slug) else None


def ends_of_period(slug: str) -> tuple[str | None, str | None]:
    """Return a period's first and last part in full; None where it is open, twice one part for one.

    >>> ends_of_period("2025-01--08"), ends_of_period("from-2025-05"), ends_of_period("2025-H1")
    (('2025-01', '2025-08'), ('2025-05', None), ('2025-H1', '2025-H1'))
    """
    if slug.startswith("from-"):
        return slug.removeprefix("from-"), None
    if slug.startswith("until-"):
        return None, slug.removeprefix("until-")
    first, dashes, last = slug.partition("--")
    return (first, _completed(first, last)) if dashes else (first, first)


def span_of_date(lexical: str) -> Span | None:
    """Return the span of an xsd:date, xsd:gYearMonth or xsd:gYear, None when it is no date.

    >>> span_of_date("2025-02")
    Span(begins=datetime.date(2025, 2, 1), ends=datetime.date(2025, 3, 1))
    """
    # A zone, such as the Z of 2025-02-01Z, moves a day by hours; days are as fine as we go.
    bare = re.sub(r"(Z|[+-]\d{2}:\d{2})$", "", lexical) if len(lexical) > 10 else lexical
    return span_of_period(bare) if _DATE.fullmatch(bare) else None


def _part(text: str) -> Span:
    """Return the span of one part; raise ValueError when it is none."""
    match = _PART.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year = int(match["year"])
    if match["day"]:
        begins = date(year, int(match["month"]), int(match["day"]))
        return Span(begins, begins + timedelta(days=1))
    if match["monththird"]:
        return _third_of_month(year, int(match["month"]), _THIRDS[match["monththird"]])
    for group, months, offset in _MONTHS_IN:
        if match[group]:
            return _months(year, offset(match[group]) * months + 1, months)
    return _months(year, 1, 12)


_MONTHS_IN: tuple[tuple[str, int, Callable[[str], int]], ...] = (
    ("month", 1, lambda text: int(text) - 1),
    ("quarter", 3, lambda text: int(text) - 1),
    ("half", 6, lambda text: int(text) - 1),
    ("yearthird", 4, _THIRDS.__getitem__),
)


def _months(year: int, month: int, count: int) -> Span:
    after = month - 1 + count
    return Span(date(year, month, 1), date(year + after // 12, after % 12 + 1, 1))


def _third_of_month(year: int, month: int, third: int) -> Span:
    whole = _months(year, month, 1)
    ends = whole.ends if third == 2 else date(year, month, third * 10 + 11)
    return Span(date(year, month, third * 10 + 1), ends)


def _completed(first: str, last: str) -> str:
    """Complete a shortened end: the `08` of `2025-01--08`, the `H2` of `2025-H1--H2`."""
    if re.match(r"\d{4}(-|$)", last):
        return last
    kept = len(first.split("-")) - len(last.split("-"))
    return "-".join([*first.split("-")[:kept], last])
