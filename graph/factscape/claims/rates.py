"""Money in another currency, by exchange rates that are facts: dated, and with a source of their own.

A rate is an observation of one unit (`fs:of unit:USD ; fs:metric metric:exchange-rate`) in another
(`fs:unit unit:CNY ; fs:value 7.19`): one US dollar is 7.19 yuan. Nothing is converted without one:
its time must hold the figure's, or overlap with it, or be no further away than a month.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import TYPE_CHECKING, NamedTuple

from factscape.claims.cards.figures import read_figure
from factscape.claims.cards.parts import Citation, Label
from factscape.claims.cards.parts import Figure as CardFigure
from factscape.claims.described import LANGUAGES, Reader
from factscape.claims.disagreement.groups import merit
from factscape.claims.disagreement.intervals import Figure, Interval
from factscape.claims.disagreement.statements import Statement, read_statements
from factscape.claims.words import number_words
from factscape.terms import EXCHANGE_RATE, FS

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = ["Conversion", "Rates", "Shown", "show_converted"]

_NEAR = timedelta(days=31)
_DOWN = Context(prec=15, rounding=ROUND_FLOOR)
_UP = Context(prec=15, rounding=ROUND_CEILING)
"""Ends of a converted interval are rounded outwards: nothing that it can mean is lost."""
_FOREVER = date.max


class Conversion(NamedTuple):
    """A figure in another currency; `low` and `high` include what the rate's digits can mean."""

    value: Decimal | None
    interval: Interval
    rate: Statement


class Rates:
    """The exchange rates that are stated, each usable in both directions."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        """Take the rates from among statements."""
        self._between: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for one in statements:
            if one.kind == "figure" and one.metric == EXCHANGE_RATE and one.unit:
                self._between[one.of, one.unit].append(one)

    def convert(self, one: Statement, currency: str) -> Conversion | None:
        """Return a figure in another currency; None where no rate is stated for its time.

        A figure in that currency already is none to convert.
        """
        direct = self._chosen(one, one.unit, currency)
        rate = direct or self._chosen(one, currency, one.unit)
        if rate is None:
            return None
        factor, value = rate.figure.logical(), one.figure.central()
        one_is = rate.figure.central()
        if factor.low is None or factor.high is None or factor.low <= 0 or not one_is:
            return None
        if direct is None:
            factor = Interval(1 / factor.high, 1 / factor.low, factor.high_in, factor.low_in)
            one_is = 1 / one_is
        converted = None if value is None else value * one_is
        return Conversion(converted, _product(one.figure.logical(), factor), rate)

    def converted(self, one: Statement, currency: str) -> Statement:
        """Return a statement as it compares in another currency; itself where nothing converts it."""
        found = self.convert(one, currency) if one.unit != currency else None
        if found is None or found.interval.low is None or found.interval.high is None:
            return one
        low, high = _DOWN.plus(found.interval.low), _UP.plus(found.interval.high)
        figure = Figure(None, str(low), str(high), exact=True)
        return replace(one, unit=currency, figure=figure)

    def _chosen(self, one: Statement, base: str, quote: str) -> Statement | None:
        near = [(_apart(one, rate), merit(rate), rate) for rate in self._between[base, quote]]
        fitting = [found for found in near if found[0] <= _NEAR]
        return min(fitting, key=lambda found: found[:2])[2] if fitting else None


def _apart(one: Statement, other: Statement) -> timedelta:
    """Return how far two times are apart: nothing where they overlap, for ever where one is unknown."""
    spans = [(_day(each.begins), _day(each.ends)) for each in (one, other)]
    (begins, ends), (other_begins, other_ends) = spans
    if not (begins or ends) or not (other_begins or other_ends):
        return timedelta.max
    gap = max(
        (other_begins or date.min) - (ends or _FOREVER),
        (begins or date.min) - (other_ends or _FOREVER),
    )
    return max(gap, timedelta(0))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _product(one: Interval, factor: Interval) -> Interval:
    """Return an interval times a positive one."""
    low = high = None
    if one.low is not None and factor.low is not None and factor.high is not None:
        low = one.low * (factor.low if one.low >= 0 else factor.high)
    if one.high is not None and factor.low is not None and factor.high is not None:
        high = one.high * (factor.high if one.high >= 0 else factor.low)
    return Interval(low, high, one.low_in, one.high_in)


class Shown(NamedTuple):
    """A converted figure in words, or why there is none."""

    words: Label
    value: str | None
    low: str | None
    high: str | None
    rate: str | None
    """The statement of the rate; None where there is none."""
    citation: Citation | None


_NO_RATE = {"en": "no exchange rate {} for that time", "zh": "无该时间的{}汇率"}
_RATE = {"en": "{} at {} ({}, {})", "zh": "{}，按{}（{}，{}）"}


def show_converted(
    reader: Reader, store: Store, figures: Iterable[CardFigure], currency: str
) -> dict[str, Shown]:
    """Return figures of money in another currency, by the IRI of the statement.

    What is in that currency, and what is no money, is left out.
    """
    statements = {one.iri: one for one in read_statements(store) if one.kind == "figure"}
    rates = Rates(statements.values())
    found = {}
    for figure in figures:
        one = statements.get(figure.claim)
        if one is None or one.unit == currency or not _is_money(reader, one.unit):
            continue
        found[figure.claim] = _shown(reader, one, rates.convert(one, currency), currency)
    return found


def _is_money(reader: Reader, unit: str) -> bool:
    return FS.money in reader.describe(unit).values(FS.quantityKind)


def _shown(reader: Reader, one: Statement, found: Conversion | None, currency: str) -> Shown:
    names = [reader.label(unit) for unit in (one.unit, currency)]
    if found is None:
        pair = {lang: " – ".join(name[lang] for name in names) for lang in LANGUAGES}
        words = {lang: _NO_RATE[lang].format(pair[lang]) for lang in LANGUAGES}
        return Shown(words, None, None, None, None, None)
    measured = read_figure(reader, reader.describe(found.rate.iri))
    assert measured is not None, "a rate is a figure"
    rate = measured[1]
    low, high = found.interval.low, found.interval.high
    words = {}
    for lang in LANGUAGES:
        wording = reader.texts(currency, FS.wording).get(lang) or "{} " + names[1][lang]
        number = _rounded(found.value if found.value is not None else low or high or Decimal(0))
        told = "≈ " + wording.replace("{}", number_words(number, lang), 1)
        time = rate.time.label[lang] if rate.time else ""
        words[lang] = _RATE[lang].format(
            told, rate.words[lang], time, rate.citation.source.label[lang]
        )
    value, low_text, high_text = (
        None if end is None else _rounded(end) for end in (found.value, low, high)
    )
    return Shown(words, value, low_text, high_text, found.rate.iri, rate.citation)


def _rounded(value: Decimal) -> str:
    """Write four digits: a rate knows no more."""
    return f"{Decimal(f'{value:.4g}'):f}"
