"""Figures that can be set side by side: the best of each group, with all its sides.

What may share an axis is said by a `Measure`: the metric, the unit, what narrows it, who measured,
whether it is told or foretold, and for what is measured over a span how long the span is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from factscape.claims.cards.figures import read_figure
from factscape.claims.cards.parts import Citation, Figure, Label
from factscape.claims.described import LANGUAGES, Reader
from factscape.claims.disagreement.groups import Group, group_statements
from factscape.claims.disagreement.statements import Statement, read_statements
from factscape.claims.rates import Rates, show_converted
from factscape.terms import FS

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = [
    "Measure",
    "Measured",
    "ToldSide",
    "measure",
    "measured",
    "one_measurer",
    "scope_of",
    "span_length",
]

_LENGTHS = ((360, 371, "year"), (180, 185, "half"), (89, 93, "quarter"), (28, 32, "month"))


class ToldSide(NamedTuple):
    """What some sources say, in words, and where."""

    words: Label
    value: float | None
    citations: tuple[Citation, ...]


class Measure(NamedTuple):
    """What two figures must share to stand on one axis; all that is named is an IRI."""

    metric: str
    unit: str
    narrowing: tuple[tuple[str, str], ...]
    measured_by: str
    foretold: bool
    """Whether it is a forecast, target or commitment, not what is reported or estimated."""
    length: str
    """`year`, `half`, `quarter`, `month`, `N days`; empty where spans of any length compare."""


@dataclass(frozen=True)
class Measured:
    """The best figure of those that compare, in numbers and words, and what the others say."""

    one: Statement
    figure: Figure
    measure: Measure
    value: float
    low: float | None
    """What its printed digits can mean at least; None is open."""
    high: float | None
    words: Label
    """With the figure in the currency that was asked for, where it was converted."""
    sides: tuple[ToldSide, ...]
    sources: int
    voices: int
    disputed: bool
    converted: bool


def measure(one: Statement) -> Measure:
    """Return what a figure can be set beside."""
    foretold = one.status not in (FS.reported, FS.estimate)
    length = span_length(one.begins, one.ends) if one.time_kind == FS.flow else ""
    # Who measured is told apart where that parts figures, and only there.
    narrowing = tuple(pair for pair in one.narrowing if pair[0] != FS.measuredBy)
    return Measure(one.compared_as, one.unit, narrowing, one.measured_by, foretold, length)


def span_length(begins: str, ends: str) -> str:
    """Return how long a half-open span of days is; empty where an end is open.

    >>> span_length("2025-01-01", "2026-01-01"), span_length("2024-07-01", "2025-01-01")
    ('year', 'half')
    >>> span_length("2025-09-01", "2026-01-01"), span_length("", "2026-01-01")
    ('122 days', '')
    """
    if not (begins and ends):
        return ""
    days = (date.fromisoformat(ends) - date.fromisoformat(begins)).days
    named = (name for low, high, name in _LENGTHS if low <= days < high)
    return next(named, f"{days} days")


def measured(
    reader: Reader,
    store: Store,
    wanted: Callable[[Statement], bool],
    currency: str | None = None,
) -> list[Measured]:
    """Return the best figure of each group of those `wanted`, what compares with nothing included.

    With a `currency` (the IRI of a unit), money in others is converted as far as rates are stated.
    """
    known = list(read_statements(store))
    chosen = [one for one in known if one.kind in ("figure", "rank") and wanted(one)]
    rates = Rates(known)
    ours = [_in(currency, one, rates) for one in chosen]
    groups: dict[tuple[str, str], Group] = {}
    best = {(one.iri, one.graph): one for one in ours}
    for group in group_statements(ours):
        for one in group.statements:
            best.pop((one.iri, one.graph), None)
        top = group.best
        best[top.iri, top.graph] = top
        groups[top.iri, top.graph] = group
    reader.prepare({one.iri for one in ours})
    figures = {
        one.iri: found[1]
        for one in ours
        if (found := read_figure(reader, reader.describe(one.iri)))
    }
    told = _told(reader, store, figures, currency)
    rows = (_measured(one, groups.get(key), figures, told) for key, one in best.items())
    return sorted(
        (one for one in rows if one is not None), key=lambda one: (one.one.begins, one.one.iri)
    )


def _in(currency: str | None, one: Statement, rates: Rates) -> Statement:
    return rates.converted(one, currency) if currency else one


def _told(
    reader: Reader, store: Store, figures: Mapping[str, Figure], currency: str | None
) -> dict[str, Label]:
    """Return how figures are said, by statement."""
    words = {iri: figure.words for iri, figure in figures.items()}
    if currency:
        for iri, shown in show_converted(reader, store, figures.values(), currency).items():
            if shown.rate:
                words[iri] = {
                    lang: f"{shown.words[lang]} · {words[iri][lang]}" for lang in words[iri]
                }
    return words


def _measured(
    one: Statement,
    group: Group | None,
    figures: Mapping[str, Figure],
    words: Mapping[str, Label],
) -> Measured | None:
    central = one.figure.central()
    if central is None or one.figure.is_date or one.iri not in figures:
        return None
    span = one.figure.logical()
    return Measured(
        one=one,
        figure=figures[one.iri],
        measure=measure(one),
        value=_short(central),
        low=None if span.low is None else _short(span.low),
        high=None if span.high is None else _short(span.high),
        words=words[one.iri],
        sides=_sides(one, group, figures, words),
        sources=len({each.source for each in group.statements}) if group else 1,
        voices=group.voices if group else 1,
        disputed=bool(group and group.disputed),
        converted=words[one.iri] is not figures[one.iri].words,
    )


def _sides(
    one: Statement,
    group: Group | None,
    figures: Mapping[str, Figure],
    words: Mapping[str, Label],
) -> tuple[ToldSide, ...]:
    sides = (
        [[group.statements[place] for place in side.members] for side in group.sides]
        if group
        else [[one]]
    )
    return tuple(
        ToldSide(
            words[those[0].iri],
            None if (value := those[0].figure.central()) is None else _short(value),
            tuple({(c := figures[each.iri].citation).passage: c for each in those}.values()),
        )
        for those in sides
        if all(each.iri in figures for each in those)
    )


def _short(value: Decimal) -> float:
    """Return a number with the digits that a picture can show, the same on every machine."""
    return float(f"{value:.12g}")


def one_measurer(found: Iterable[Measured]) -> list[Measured]:
    """Give what nobody is said to have measured the measurer of what it stands beside.

    Only where there is one: such figures compare with one another.
    """
    rows = list(found)
    measurers: dict[Measure, set[str]] = {}
    for row in rows:
        bare = row.measure._replace(measured_by="")
        measurers.setdefault(bare, set()).add(row.measure.measured_by)

    def settled(row: Measured) -> Measured:
        named = measurers[row.measure._replace(measured_by="")] - {""}
        if row.measure.measured_by or len(named) != 1:
            return row
        return replace(row, measure=row.measure._replace(measured_by=next(iter(named))))

    return [settled(row) for row in rows]


def scope_of(reader: Reader, found: Measure, target: str = "") -> tuple[Label, ...]:
    """Return in words what narrows a measure, but for a target that is known anyway."""
    others = (value for _, value in found.narrowing if value != target)
    return tuple(
        reader.label(value)
        if ":" in value and reader.describe(value).said
        else dict.fromkeys(LANGUAGES, value)
        for value in others
    )
