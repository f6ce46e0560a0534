"""Things side by side: a panel for each measure that they share, figures over periods in it.

Ratios that the ontology defines are worked out where nobody states them and both inputs are there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from factscape.claims.arithmetic import Formula, read_formulas
from factscape.claims.cards.parts import Label, Named
from factscape.claims.described import Reader
from factscape.claims.measured import Measure, Measured, measured, one_measurer, scope_of
from factscape.terms import FS, PREFIXES

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = ["Panel", "Point", "members_of", "read_comparison", "read_panels"]

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
    steps: bool
    """Whether a value holds until another takes its place, as a price does."""

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
    found = measured(reader, store, lambda one: one.of in things, currency)
    return _panels(reader, store, things, found)


def read_comparison(
    reader: Reader,
    store: Store,
    things: Sequence[str],
    currency: str | None = None,
    metrics: Collection[str] = (),
) -> tuple[list[str], list[Panel]]:
    """Return the things that are compared, and their panels.

    For a family or group of which nothing is measured itself, its members stand in. `metrics` are
    IRIs of metrics, or of kinds of quantity such as `fs:price`; all metrics where there are none.
    """
    members = {thing: members_of(store, thing) for thing in things}
    candidates = {*things, *(one for those in members.values() for one in those)}
    wanted = _Wanted(reader, metrics)
    found = measured(
        reader, store, lambda one: one.of in candidates and wanted(one.compared_as), currency
    )
    present = {row.one.of for row in found}
    compared: dict[str, None] = {}
    for thing, those in members.items():
        stand_ins = [one for one in those if one in present]
        compared |= dict.fromkeys([thing] if thing in present or not stand_ins else stand_ins)
    rows = [row for row in found if row.one.of in compared]
    panels = _panels(reader, store, list(compared), rows)
    return list(compared), [panel for panel in panels if wanted(panel.measure.metric)]


class _Wanted:
    """Whether a metric is one of those asked for, or of a kind that is."""

    def __init__(self, reader: Reader, metrics: Collection[str]) -> None:
        self._reader = reader
        self._metrics = metrics

    def __call__(self, metric: str) -> bool:
        if not self._metrics or metric in self._metrics:
            return True
        kinds = self._reader.describe(metric).values(FS.quantityKind)
        return any(kind in self._metrics for kind in kinds)


def members_of(store: Store, thing: str) -> list[str]:
    """Return the members of a group and the versions of a family, by IRI."""
    node = ox.NamedNode(thing)
    members = [quad.object for quad in store.quads(node, ox.NamedNode(FS.hasMember))]
    versions = [quad.subject for quad in store.quads(None, ox.NamedNode(FS.versionOf), node)]
    return sorted({one.value for one in (*members, *versions) if isinstance(one, ox.NamedNode)})


def _panels(
    reader: Reader, store: Store, things: Sequence[str], found: Iterable[Measured]
) -> list[Panel]:
    rows = [row for row in one_measurer(found) if row.one.kind == "figure"]
    panels: dict[Measure, list[Point]] = {}
    for row in rows:
        point = Point(row.one.of, row.value, row.measure.foretold, row, None, None)
        panels.setdefault(row.measure._replace(foretold=False), []).append(point)
    for measure, point in _ratios(rows, read_formulas(store)):
        if not _stated(point, panels.get(measure, ())):
            panels.setdefault(measure, []).append(point)
    made = [_panel(reader, things, measure, points) for measure, points in panels.items()]
    return sorted(made, key=_weight)


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
        steps=FS.price in reader.describe(measure.metric).values(FS.quantityKind),
    )


def _with_times(point: Point, first: Mapping[tuple[str, str, bool], float]) -> Point:
    base = first.get((point.told.one.begins, point.told.one.ends, point.foretold))
    return point._replace(times=float(f"{point.value / base:.6g}") if base and base > 0 else None)
