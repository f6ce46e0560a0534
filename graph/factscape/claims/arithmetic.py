"""Recomputing figures that follow from others: ratios, shares, growth, sums.

Every input is an interval (what its printed digits can mean), and so is the result: a stated
figure holds where the two meet. Inputs come from the same document where it has them, and from the
best of the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from factscape.claims.disagreement.groups import merit
from factscape.claims.disagreement.intervals import Interval
from factscape.claims.disagreement.statements import Statement
from factscape.claims.times import span_of_period
from factscape.terms import FS, PREFIXES, name_of

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = [
    "Asked",
    "Formula",
    "Outcome",
    "Recomputed",
    "derive",
    "read_addends",
    "read_formulas",
    "recompute",
]

_PARTS = frozenset((FS.segment, FS.product, FS.market, FS.counterparty))
"""What makes a figure one part of a whole."""
_ONE = Decimal(1)


class Outcome(StrEnum):
    """What recomputing a stated figure showed."""

    HOLDS = "holds"
    DOES_NOT_FOLLOW = "does not follow"
    INPUTS_MISSING = "inputs missing"


class Formula(NamedTuple):
    """How a metric is worked out: `kind` is ratio, share, growth, negation or sum; IRIs else."""

    kind: str
    top: str
    bottom: str = ""
    """The metric below the line of a ratio or share; empty for the others."""


class Recomputed(NamedTuple):
    """A figure worked out from inputs, and how what is stated stands to it."""

    statement: Statement | None
    """None where no source states the figure."""
    formula: Formula
    outcome: Outcome
    own_inputs: bool
    """Whether the inputs come from the document that states the figure."""
    inputs: tuple[Statement, ...]
    result: Interval | None
    """In the base unit; None without inputs."""
    missing: tuple[str, ...]
    """Metrics of which no input is stated."""


class Asked(NamedTuple):
    """A figure to be worked out: of what, which metric, narrowed by what, over which days."""

    of: str
    metric: str
    begins: str
    ends: str
    narrowing: tuple[tuple[str, str], ...] = ()
    status: str = FS.reported
    added: bool = True
    """Whether growth is what was added (in percent), not the multiple."""


def read_formulas(store: Store) -> dict[str, Formula]:
    """Return how metrics are worked out, as the ontology says, by metric."""
    found: dict[str, Formula] = {}
    bottoms = {FS.ratioOf: FS.ratioTo, FS.shareOf: "", FS.growthOf: "", FS.negationOf: ""}
    kinds = {FS.ratioOf: "ratio", FS.growthOf: "growth", FS.negationOf: "negation"}
    for predicate, beside in bottoms.items():
        for quad in store.quads(None, ox.NamedNode(predicate)):
            metric, other = name_of(quad.subject), name_of(quad.object)
            if predicate == FS.shareOf:
                part = _object(store, metric, FS.sharePart)
                found[metric] = Formula("share", part or other, other)
            else:
                found[metric] = Formula(
                    kinds[predicate], other, _object(store, metric, beside) if beside else ""
                )
    return found


def read_addends(store: Store) -> dict[str, list[str]]:
    """Return the statements that stated sums add up, by the IRI of the sum."""
    found: dict[str, list[str]] = {}
    for quad in store.quads(None, ox.NamedNode(FS.addends)):
        found.setdefault(name_of(quad.subject), []).append(name_of(quad.object))
    return {iri: sorted(parts) for iri, parts in found.items()}


def _object(store: Store, subject: str, predicate: str) -> str:
    quads = store.quads(ox.NamedNode(subject), ox.NamedNode(predicate))
    return min((name_of(quad.object) for quad in quads), default="")


def recompute(
    statements: Iterable[Statement],
    formulas: Mapping[str, Formula],
    addends: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Iterator[Recomputed]:
    """Yield for every stated figure that follows from others whether it does.

    Once from the inputs of its own document and once from those of others, as far as they are
    stated; `addends` are the statements that a stated sum adds up, by its IRI.
    """
    known = [one for one in statements if one.kind == "figure"]
    inputs = _Inputs(known)
    by_iri = {one.iri: one for one in known}
    for one in known:
        parts = [by_iri[iri] for iri in addends.get(one.iri, ()) if iri in by_iri]
        if parts:
            yield _judged(one, Formula("sum", one.metric), parts, own=True)
        if one.metric in formulas:
            yield from _recomputed(one, formulas[one.metric], inputs)


def derive(
    asked: Asked, statements: Iterable[Statement], formulas: Mapping[str, Formula]
) -> Recomputed | None:
    """Work a figure out from the best inputs, whether or not a source states it.

    None where the metric follows from no others, or an input is missing.
    """
    formula = formulas.get(asked.metric)
    if formula is None:
        return None
    inputs = _Inputs(one for one in statements if one.kind == "figure")
    chosen = [_best(inputs.of(wanted)) for wanted in _wanted(asked, formula)]
    found = [one for one in chosen if one is not None]
    if not found or len(found) < len(chosen):
        return None
    result = _result(formula, found, asked.added)
    if result is None:
        return None
    return Recomputed(None, formula, Outcome.HOLDS, False, tuple(found), result, ())


class _Inputs:
    """Statements by what they measure."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._by_key: dict[Asked, list[Statement]] = defaultdict(list)
        for one in statements:
            self._by_key[_asked(one)].append(one)

    def of(self, wanted: Asked) -> list[Statement]:
        return self._by_key.get(wanted._replace(added=True), [])


def _asked(one: Statement) -> Asked:
    narrowing = tuple(pair for pair in one.narrowing if pair[0] != FS.basePeriod)
    status = FS.reported if one.status == FS.estimate else one.status
    return Asked(one.of, one.metric, one.begins, one.ends, narrowing, status)


def _recomputed(one: Statement, formula: Formula, inputs: _Inputs) -> Iterator[Recomputed]:
    # Growth that is said in percent is what was added; said in times it is the multiple.
    asked = _asked(one)._replace(added=one.figure.factor != _ONE)
    base = dict(one.narrowing).get(FS.basePeriod, "")
    wanted = _wanted(asked, formula, base)
    if not wanted:
        return
    choices = [[other for other in inputs.of(each) if other.iri != one.iri] for each in wanted]
    missing = [each.metric for each, choice in zip(wanted, choices, strict=True) if not choice]
    if missing:
        if formula.kind == "negation":
            return  # a loss follows from a profit, but nobody states both
        yield Recomputed(
            one, formula, Outcome.INPUTS_MISSING, False, (), None, tuple(dict.fromkeys(missing))
        )
        return
    for own in (True, False):
        chosen = [
            _best([other for other in choice if bool(other.origin & one.origin) == own])
            for choice in choices
        ]
        found = [other for other in chosen if other is not None]
        if len(found) == len(chosen):
            yield _judged(one, formula, found, own, asked.added)


def _wanted(asked: Asked, formula: Formula, base: str = "") -> list[Asked]:
    """Return what the inputs must be; nothing where the figure does not say what it is part of."""
    top = asked._replace(metric=formula.top)
    if formula.kind == "negation":
        return [top]
    if formula.kind == "growth":
        before = _before(asked, base)
        return [top, before._replace(metric=formula.top)] if before else []
    if formula.kind == "share" and formula.top == formula.bottom:
        whole = tuple(pair for pair in asked.narrowing if pair[0] not in _PARTS)
        if whole == asked.narrowing:
            return []
        return [top, top._replace(narrowing=whole)]
    return [top, asked._replace(metric=formula.bottom)]


def _before(asked: Asked, base: str) -> Asked | None:
    """Return the same for the period that growth is measured from: as stated, else a year before."""
    if base:
        span = span_of_period(base.removeprefix(PREFIXES["period"]))
        if span is None or not (span.begins and span.ends):
            return None
        return asked._replace(begins=span.begins.isoformat(), ends=span.ends.isoformat())
    if not (asked.begins and asked.ends):
        return None
    return asked._replace(begins=_year_before(asked.begins), ends=_year_before(asked.ends))


def _year_before(day: str) -> str:
    then = date.fromisoformat(day)
    # The last of February has no like in most years.
    return then.replace(
        year=then.year - 1, day=min(then.day, 28) if then.month == 2 else then.day
    ).isoformat()


def _best(choice: Sequence[Statement]) -> Statement | None:
    return min(choice, key=merit, default=None)


def _judged(
    one: Statement, formula: Formula, inputs: Sequence[Statement], own: bool, added: bool = True
) -> Recomputed:
    result = _result(formula, inputs, added)
    if result is None:
        outcome = Outcome.INPUTS_MISSING
    elif one.figure.logical().overlaps(result):
        outcome = Outcome.HOLDS
    else:
        outcome = Outcome.DOES_NOT_FOLLOW
    return Recomputed(one, formula, outcome, own, tuple(inputs), result, ())


def _result(formula: Formula, inputs: Sequence[Statement], added: bool) -> Interval | None:
    """Return what follows from inputs; None where they do not go together."""
    if len({one.unit for one in inputs}) != 1:
        return None
    intervals = [one.figure.logical() for one in inputs]
    if formula.kind == "sum":
        return _sum(intervals)
    if formula.kind == "negation":
        return _negated(intervals[0])
    result = _quotient(*intervals)
    if result is not None and formula.kind == "growth" and added:
        return _sum([result, Interval(-_ONE, -_ONE)])
    return result


def _sum(intervals: Sequence[Interval]) -> Interval:
    return Interval(
        _total(one.low for one in intervals),
        _total(one.high for one in intervals),
        all(one.low_in for one in intervals),
        all(one.high_in for one in intervals),
    )


def _total(ends: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for end in ends:
        if end is None:
            return None
        total += end
    return total


def _negated(one: Interval) -> Interval:
    low = None if one.high is None else -one.high
    high = None if one.low is None else -one.low
    return Interval(low, high, one.high_in, one.low_in)


def _quotient(top: Interval, bottom: Interval) -> Interval | None:
    """Return one interval through another; None where that may be through zero or less."""
    if bottom.low is None or bottom.low <= 0:
        return None
    low = high = None
    low_in, high_in = top.low_in, top.high_in
    if top.low is not None:
        by = bottom.high if top.low >= 0 else bottom.low
        low = Decimal(0) if by is None else top.low / by
        low_in = top.low_in and (bottom.high_in if top.low >= 0 else bottom.low_in)
    if top.high is not None:
        by = bottom.low if top.high >= 0 else bottom.high
        high = Decimal(0) if by is None else top.high / by
        high_in = top.high_in and (bottom.low_in if top.high >= 0 else bottom.high_in)
    return Interval(low, high, low_in, high_in)
