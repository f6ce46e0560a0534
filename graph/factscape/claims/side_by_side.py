"""Things side by side: a panel for each measure that they share, figures over periods in it.

Ratios that the ontology defines are worked out where nobody states them and both inputs are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from factscape.claims.arithmetic import Formula, read_formulas
from factscape.claims.card_parts import Label, Named
from factscape.claims.described import Reader
from factscape.claims.measured import Measure, Measured, measured, one_measurer, scope_of
from factscape.terms import PREFIXES

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = ["Panel", "Point", "read_panels"]

_ONE = PREFIXES["unit"] + "one"


class Point(NamedTuple):
    """A figure of a thing in a period: one that is stated, or a ratio worked out from two."""

    thing: str
    value: float
    foretold: bool
    told: Measured
    """Of a ratio that is worked out: what stands above the line."""
    below: Measured | None
    times: float | None
    """How many times the first thing's figure of the same period it is; None without one."""


class Panel(NamedTuple):
    """What compares: figures of one metric, unit, scope and length of span."""

    measure: Measure
    metric: Named
    unit: Named | None
    measured_by: Named | None
    scope: tuple[Label, ...]
    points: tuple[Point, ...]
    worked_out: bool
    """Whether any of its points is worked out."""

    @property
    def things(self) -> set[str]:
        """The things that have a figure in it."""
        return {point.thing for point in self.points}


def read_panels(
    reader: Reader, store: Store, things: Sequence[str], currency: str | None = None
) -> list[Panel]:
    """Return the panels of several things, those that most of them share first.

    With a `currency` (the IRI of a unit) money in others is converted as far as rates are stated.
    """
    rows = one_measurer(measured(reader, store, lambda one: one.of in things, currency))
    rows = [row for row in rows if row.one.kind == "figure"]
    panels: dict[Measure, list[Point]] = {}
    for row in rows:
        point = Point(row.one.of, row.value, row.measure.foretold, row, None, None)
        panels.setdefault(row.measure._replace(foretold=False), []).append(point)
    for measure, point in _ratios(rows, read_formulas(store)):
        if not _stated(point, panels.get(measure, ())):
            panels.setdefault(measure, []).append(point)
    found = [_panel(reader, things, measure, points) for measure, points in panels.items()]
    return sorted(found, key=_weight)


def _weight(panel: Panel) -> tuple[object, ...]:
    """Order panels: shared by more, without a scope of their own, with more figures."""
    return (
        -len(panel.things),
        len(panel.measure.narrowing),
        -len(panel.points),
        panel.metric.label["en"],
        panel.measure,
    )


def _ratios(
    rows: Iterable[Measured], formulas: Mapping[str, Formula]
) -> Iterator[tuple[Measure, Point]]:
    """Yield ratios and shares of whole figures of one period, in the unit one."""
    plain = {
        (row.measure.metric, _when(row)): row
        for row in rows
        if not row.measure.narrowing and row.one.begins
    }
    for metric, formula in sorted(formulas.items()):
        if formula.kind not in ("ratio", "share") or formula.top == formula.bottom:
            continue
        for (top, when), row in plain.items():
            below = plain.get((formula.bottom, when)) if top == formula.top else None
            if below is not None and below.value > 0:
                measure = Measure(metric, _ONE, (), "", False, row.measure.length)
                ratio = float(f"{row.value / below.value:.6g}")
                yield measure, Point(row.one.of, ratio, row.measure.foretold, row, below, None)


def _when(row: Measured) -> tuple[object, ...]:
    return row.one.of, row.one.begins, row.one.ends, row.one.unit, row.measure.foretold


def _stated(point: Point, others: Iterable[Point]) -> bool:
    key = point.thing, point.told.one.begins, point.told.one.ends
    return any((one.thing, one.told.one.begins, one.told.one.ends) == key for one in others)


def _panel(
    reader: Reader, things: Sequence[str], measure: Measure, points: Iterable[Point]
) -> Panel:
    in_order = sorted(
        points, key=lambda p: (things.index(p.thing), p.told.one.begins, p.told.one.iri)
    )
    first = {
        (p.told.one.begins, p.told.one.ends, p.foretold): p.value
        for p in in_order
        if p.thing == things[0]
    }
    return Panel(
        measure=measure,
        metric=reader.named(measure.metric),
        unit=reader.named_or_none(measure.unit),
        measured_by=reader.named_or_none(measure.measured_by),
        scope=scope_of(reader, measure),
        points=tuple(_with_times(point, first) for point in in_order),
        worked_out=any(point.below for point in in_order),
    )


def _with_times(point: Point, first: Mapping[tuple[str, str, bool], float]) -> Point:
    base = first.get((point.told.one.begins, point.told.one.ends, point.foretold))
    return point._replace(times=float(f"{point.value / base:.6g}") if base and base > 0 else None)
