"""What figures say against one another: arithmetic, disagreement, age."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from factscape.checking.findings import Found
from factscape.checking.material import Material
from factscape.claims.arithmetic import (
    Outcome,
    Recomputed,
    read_addends,
    read_formulas,
    recompute,
)
from factscape.claims.disagreement.groups import Group, group_statements
from factscape.claims.disagreement.pairs import Verdict
from factscape.claims.disagreement.statements import Statement
from factscape.store.oxigraph import MemoryStore
from factscape.terms import FS, curie, local_name

__all__ = ["arithmetic", "conflicts", "stale_figures"]

_TRUSTED = frozenset("AB")
_PERIOD = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


def arithmetic(material: Material) -> Iterator[Found]:
    """Yield figures that do not follow from the figures that they are worked out from."""
    store = MemoryStore(material.store)
    for one in recompute(material.statements, read_formulas(store), read_addends(store)):
        if one.outcome is Outcome.DOES_NOT_FOLLOW and one.statement is not None:
            yield _miscalculated(one, one.statement, material)


def _miscalculated(one: Recomputed, stated: Statement, material: Material) -> Found:
    inputs = " and ".join(
        f"{_printed(each)} ({material.label(each.metric)}, {curie(each.source)})"
        for each in one.inputs
    )
    assert one.result is not None
    factor = stated.figure.factor
    low, high = (
        "…" if end is None else _short(end / factor) for end in (one.result.low, one.result.high)
    )
    unit = material.plain.one(stated.iri, FS.unit)
    return Found(
        check="arithmetic" if one.own_inputs else "arithmetic-across",
        message=f"{_printed(stated)} ({material.label(stated.metric)}) does not follow from {inputs}: "
        f"they give {low} to {high}{' ' + material.label(unit) if unit else ''}.",
        hint="Look whether one of them was misread: value, unit, period, fs:bound. What the source "
        "itself has wrong stays as it says, with a comment.",
        subject=stated.iri,
        path=FS.value,
        graph=stated.graph,
    )


def conflicts(material: Material) -> Iterator[Found]:
    """Yield groups of statements that cannot well be true together, each once."""
    for group in group_statements(material.statements):
        if group.verdict in (Verdict.strained, Verdict.inconsistent):
            yield _conflict(group, material)


def _conflict(group: Group, material: Material) -> Found:
    pairs = [
        (group.statements[pair.one], group.statements[pair.other])
        for pair in group.pairs
        if pair.verdict is group.verdict
    ]
    trusted = [pair for pair in pairs if all(one.reliability in _TRUSTED for one in pair)]
    weighty = bool(trusted) and group.verdict is Verdict.inconsistent
    one, other = (trusted or pairs)[0]
    what = _what(one, material)
    sides = " against ".join(
        f"{_said(each, material)} ({curie(each.source)}, {each.reliability or 'not graded'})"
        for each in (one, other)
    )
    word = "contradict" if group.verdict is Verdict.inconsistent else "hardly go together"
    return Found(
        check="conflict-trusted" if weighty else "conflict",
        message=f"{material.label(one.of)}, {what}: sources {word}: {sides}.",
        hint="If one was misread, mend it; if it measures something else, say what (fs:segment, "
        "fs:scope, another metric). Sources may disagree: factscape why "
        f"{curie(one.iri)} shows all sides.",
        subject=one.iri,
        graph=one.graph,
    )


def _what(one: Statement, material: Material) -> str:
    """Return what is measured, narrowed by what, and when."""
    if one.kind == "date":
        return "its time"
    narrowing = [material.label(value) if "://" in value else value for _, value in one.narrowing]
    time = local_name(one.time) if one.time else ""
    more = ", ".join(filter(None, (*narrowing, time)))
    return material.label(one.metric) + (f" ({more})" if more else "")


def _said(one: Statement, material: Material) -> str:
    if one.kind == "relation":
        return material.label(one.object)
    if one.kind == "date":
        return one.begins or one.ends
    return _printed(one)


def _printed(one: Statement) -> str:
    return one.figure.printed or one.figure.value or f"{one.figure.low} to {one.figure.high}"


def _short(number: Decimal) -> str:
    """Return a number with four digits that mean something."""
    if abs(number) >= 1000:
        return f"{number:,.0f}"
    return f"{number:.4g}"


def stale_figures(material: Material, today: date) -> Iterator[Found]:
    """Yield the newest figure of a thing and metric where it is older than the metric stays current."""
    newest: dict[tuple[str, str], Statement] = {}
    for one in material.statements:
        if one.kind == "figure" and one.ends and one.status in (FS.reported, FS.estimate):
            key = one.of, one.metric
            if key not in newest or one.ends > newest[key].ends:
                newest[key] = one
    for (of, metric), one in newest.items():
        fresh_for = material.plain.one(metric, FS.freshFor)
        until = _after(date.fromisoformat(one.ends), fresh_for)
        if until is not None and until <= today:
            yield Found(
                check="stale-figure",
                message=f"The newest {material.label(metric)} of {material.label(of)} ends before "
                f"{one.ends}; it was current until {until} ({fresh_for}).",
                hint="Look for a newer source.",
                subject=one.iri,
                path=FS.metric,
                graph=one.graph,
            )


def _after(day: date, duration: str) -> date | None:
    """Return the day that lies a duration after another; None for no duration of days."""
    match = _PERIOD.fullmatch(duration)
    if not match or not any(match.groups()):
        return None
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    month = day.month - 1 + months
    year = day.year + years + month // 12
    if year > date.max.year - 1:
        return None
    # The 31st of a shorter month is its last day: the 28th is near enough for this.
    moved = date(year, month % 12 + 1, min(day.day, 28))
    return date.fromordinal(moved.toordinal() + day.day - min(day.day, 28) + 7 * weeks + days)
