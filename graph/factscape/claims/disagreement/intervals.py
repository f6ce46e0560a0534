"""What a figure as printed can mean: its logical interval, and the one that readers take it for.

The rules: a rounded figure is all that rounds to it ("23.58億元" is [2357500000, 2358500000)), an
exact one is itself, "about" doubles, an open bound is open. An open bound's idiomatic interval
ends at the next step of its last digit that is no zero: "over 16bn" is (16bn, 17bn).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from factscape.claims.times import span_of_date
from factscape.terms import FS

__all__ = ["Figure", "Interval", "last_digit", "printed_unit", "read_decimal"]

_MOST_DIGITS = 25
"""Decimal computes with 28 digits: so many are exact, and no real figure has more."""
_HALF = Decimal("0.5")
_CORE = re.compile(r"\d[\d,，'’ \u00a0\u2009]*(?:[.．]\d+)?")
_NOT_DIGITS = re.compile(r"[^\d.]")


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers from `low` to `high`; None is open, and `low_in`, `high_in` say whether an end is in.

    >>> Interval(Decimal(1), Decimal(2), True, False).overlaps(Interval(Decimal(2), None))
    False
    """

    low: Decimal | None
    high: Decimal | None
    low_in: bool = True
    high_in: bool = True

    def overlaps(self, other: Interval) -> bool:
        """Say whether a number lies in both."""
        return self._reaches(other) and other._reaches(self)

    def _reaches(self, other: Interval) -> bool:
        """Say whether this one's high end comes up to the other's low end."""
        if self.high is None or other.low is None:
            return True
        if self.high == other.low:
            return self.high_in and other.low_in
        return self.high > other.low

    def gap(self, other: Interval) -> Decimal:
        """Return how far the two are from one another; zero where they meet."""
        first, second = (self, other) if not self._reaches(other) else (other, self)
        if first.high is None or second.low is None:
            return Decimal(0)
        return max(second.low - first.high, Decimal(0))

    def times(self, factor: Decimal) -> Interval:
        """Return the interval in another unit; the factor is above zero."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Interval(low, high, self.low_in, self.high_in)

    @property
    def width(self) -> Decimal | None:
        """The length, None where it is open."""
        return None if self.low is None or self.high is None else self.high - self.low


_EVERYTHING = Interval(None, None)


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated value: the number (or the ends of a range, or a date), and how it was printed."""

    value: str | None
    low: str | None = None
    high: str | None = None
    margin: str | None = None
    bound: str = FS.exact
    printed: str | None = None
    exact: bool = False
    """Whether figures of this kind are exact as printed: prices and counts."""
    is_date: bool = False
    factor: Decimal = Decimal(1)
    """What one unit is in the base unit, in which the intervals are."""

    def logical(self) -> Interval:
        """Return what the figure can mean at most; everything where it is no number.

        >>> interval = Figure("2358000000", printed="23.58億元").logical()
        >>> interval.low == 2357500000 and interval.high == 2358500000 and not interval.high_in
        True
        """
        return (self._dates() if self.is_date else self._numbers()).times(self.factor)

    def idiomatic(self) -> Interval:
        """Return what a reader takes the figure for.

        >>> interval = Figure("16000000000", bound=FS.moreThan, printed="160億").idiomatic()
        >>> interval.low == 16 * 10**9 and interval.high == 17 * 10**9
        True
        """
        whole = self._dates() if self.is_date else self._numbers()
        value = self.end(self.value)
        if value is None or self.bound not in _OPEN:
            return whole.times(self.factor)
        step = self._step()
        near = (
            Interval(whole.low, value + step, whole.low_in, high_in=False)
            if whole.high is None
            else Interval(value - step, whole.high, low_in=False, high_in=whole.high_in)
        )
        return near.times(self.factor)

    def central(self) -> Decimal | None:
        """Return the number that stands for the figure, in the base unit; None where there is none."""
        value, low, high = (self.end(text) for text in (self.value, self.low, self.high))
        if value is None and low is not None and high is not None:
            value = (low + high) / 2
        return None if value is None else value * self.factor

    def unit(self) -> Decimal:
        """Return what one unit of its last printed digit is worth, in the base unit."""
        value = self.end(self.value)
        if value is None or self.is_date:
            return Decimal(0)
        return printed_unit(self.printed, value) * self.factor

    def end(self, text: str | None) -> Decimal | None:
        """Return one of its texts as a number, of a date its first day; None where it is none."""
        if text is None:
            return None
        if self.is_date:
            span = span_of_date(text)
            return Decimal(span.begins.toordinal()) if span and span.begins else None
        return read_decimal(text)

    def _step(self) -> Decimal:
        value = self.end(self.value) or Decimal(0)
        if self.is_date:
            span = span_of_date(self.value or "")
            return Decimal(_days(span.begins, span.ends)) if span else Decimal(1)
        return last_digit(value) if value else Decimal(1)

    def _numbers(self) -> Interval:
        value, low, high = (self.end(text) for text in (self.value, self.low, self.high))
        if value is None:
            return self._range(low, high)
        margin = self.end(self.margin)
        if margin is not None:
            return Interval(value - abs(margin), value + abs(margin))
        if self.bound in _OPEN:
            return _OPEN[self.bound](value)
        unit = printed_unit(self.printed, value)
        if self.bound == FS.approximately:
            return Interval(value - unit, value + unit, high_in=False)
        if self.exact:
            return Interval(value, value)
        return Interval(value - unit * _HALF, value + unit * _HALF, high_in=False)

    def _range(self, low: Decimal | None, high: Decimal | None) -> Interval:
        if low is None and high is None:
            return _EVERYTHING
        if self.exact:
            return Interval(low, high)
        below = None if low is None else low - printed_unit(self.printed, low) * _HALF
        above = None if high is None else high + printed_unit(self.printed, high) * _HALF
        return Interval(below, above, high_in=False)

    def _dates(self) -> Interval:
        """Return the days from the first that is meant to the one after the last."""
        first, last = (span_of_date(text or "") for text in self._date_ends())
        begins = _number(first.begins if first else None)
        ends = _number(last.ends if last else None)
        if self.bound in (FS.moreThan, FS.atLeast):
            return Interval(begins if self.bound == FS.atLeast else ends, None)
        if self.bound in (FS.lessThan, FS.justUnder):
            return Interval(None, begins, high_in=False)
        if self.bound == FS.atMost:
            return Interval(None, ends, high_in=False)
        return Interval(begins, ends, high_in=False)

    def _date_ends(self) -> tuple[str | None, str | None]:
        return (self.value, self.value) if self.value else (self.low, self.high)


_OPEN = {
    FS.moreThan: lambda value: Interval(value, None, low_in=False),
    FS.atLeast: lambda value: Interval(value, None),
    FS.lessThan: lambda value: Interval(None, value, high_in=False),
    FS.atMost: lambda value: Interval(None, value),
    FS.justUnder: lambda value: Interval(None, value, high_in=False),
}


def _number(day: date | None) -> Decimal | None:
    return Decimal(day.toordinal()) if day else None


def _days(begins: date | None, ends: date | None) -> int:
    return (ends - begins).days if begins and ends else 1


def read_decimal(text: str) -> Decimal | None:
    """Return a number as RDF writes it, None where it is none or longer than any real figure.

    >>> read_decimal("2.50"), read_decimal("twelve")
    (Decimal('2.50'), None)
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        return None
    return number if len(number.as_tuple().digits) <= _MOST_DIGITS else None


def last_digit(value: Decimal) -> Decimal:
    """Return what one unit of the last digit that is no zero is worth.

    >>> last_digit(Decimal("16000")) == 1000, last_digit(Decimal("8.30")) == Decimal("0.1")
    (True, True)
    """
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def printed_unit(printed: str | None, value: Decimal) -> Decimal:
    """Return what one unit of the last printed digit is worth: trailing zeros that are printed count.

    The printed number is matched with the value, which gives the scale that a word such as 億
    stands for. Where nothing is printed, or in words only, the last digit that is no zero counts.

    >>> printed_unit("23.58億元", Decimal(2358000000)) == 10**6
    True
    >>> printed_unit("160億", Decimal(16 * 10**9)) == 10**8
    True
    """
    for core in _CORE.findall(printed or ""):
        digits = _NOT_DIGITS.sub("", core.replace("．", ".").rstrip(".,，' "))
        number = read_decimal(digits)
        if number and value and (scale := _power_of_ten(abs(value) / number)) is not None:
            decimals = len(digits.partition(".")[2])
            return scale.scaleb(-decimals)
    return last_digit(value) if value else Decimal(1)


def _power_of_ten(ratio: Decimal) -> Decimal | None:
    normal = ratio.normalize()
    return normal if normal.as_tuple().digits == (1,) else None
