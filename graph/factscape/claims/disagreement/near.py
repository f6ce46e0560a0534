"""Statements that look as if they compared and do not, with the reason: near misses."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from factscape.claims.disagreement.groups import Group
from factscape.claims.disagreement.statements import Statement
from factscape.terms import FS

__all__ = ["REASONS", "NearMiss", "NearMisses"]

REASONS = ("currency", "measurer", "metric", "period", "scope", "status")
"""What sets a near miss apart, one of these."""


class NearMiss(NamedTuple):
    """A statement that does not compare with a group, and why."""

    statement: Statement
    reason: str


class NearMisses:
    """Finds the near misses of groups among all statements."""

    def __init__(self, statements: Iterable[Statement], related: dict[str, set[str]]) -> None:
        """Take all statements, and for each metric those that are easily taken for it."""
        self._of: dict[str, list[Statement]] = defaultdict(list)
        self._related = related
        self._beside: dict[str, _Beside] = {}
        for statement in statements:
            if statement.kind == "figure":
                self._of[statement.of].append(statement)

    def beside(self, group: Group) -> list[NearMiss]:
        """Return what differs from the group's best statement in one respect only.

        Of another period only what overlaps with the group's own: every year has its figure.
        """
        best = group.best
        if best.of not in self._beside:
            self._beside[best.of] = _Beside(self._of.get(best.of, ()))
        members = {(one.iri, one.graph) for one in group.statements}
        found = [
            near
            for near in self._beside[best.of].of(best, self._related.get(best.metric, set()))
            if (near.statement.iri, near.statement.graph) not in members
        ]
        return sorted(found, key=lambda near: (near.reason, near.statement.iri))


class _Respects(NamedTuple):
    """What two statements about a thing can differ in; None in a key that leaves it open."""

    measurer: str | None
    metric: str | None
    period: tuple[str, str] | None
    scope: tuple[tuple[str, str], ...] | None
    currency: str | None
    status: str | None


class _Beside:
    """The statements about one thing, by all respects but one: no statement is looked at in vain."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._by: dict[_Respects, list[Statement]] = defaultdict(list)
        self._spans: dict[_Respects, _Spans] = {}
        for one in statements:
            own = _respects(one)
            for key in (own, *(_without(own, reason) for reason in REASONS if reason != "metric")):
                self._by[key].append(one)

    def of(self, best: Statement, related: set[str]) -> Iterator[NearMiss]:
        own = _respects(best)
        for metric in related - {best.metric}:
            for one in self._by.get(own._replace(metric=metric), ()):
                yield NearMiss(one, "metric")
        for reason in ("currency", "measurer", "scope", "status"):
            place = _Respects._fields.index(reason)
            for one in self._by.get(_without(own, reason), ()):
                differs = _respects(one)[place] != own[place]
                if differs and (reason != "scope" or _is_closer(best, one)):
                    yield NearMiss(one, reason)
        for one in self._overlapping(_without(own, "period"), best):
            if (one.begins, one.ends) != own.period:
                yield NearMiss(one, "period")

    def _overlapping(self, key: _Respects, best: Statement) -> Iterator[Statement]:
        if key not in self._spans:
            self._spans[key] = _Spans(self._by.get(key, ()))
        return self._spans[key].overlapping(best)


class _Spans:
    """Statements by their spans of time, so that a long series is not walked for each of its days."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._inside = sorted(statements, key=lambda one: one.begins)
        self._begins = [one.begins for one in self._inside]
        # Of each the latest end of those up to it: where that is over, all before it is.
        self._latest = list(accumulate((one.ends or _NEVER for one in self._inside), max))

    def overlapping(self, best: Statement) -> Iterator[Statement]:
        place = bisect_left(self._begins, best.ends or _NEVER)
        while place and self._latest[place - 1] > best.begins:
            place -= 1
            if (self._inside[place].ends or _NEVER) > best.begins:
                yield self._inside[place]


_NEVER = "9999"


def _respects(one: Statement) -> _Respects:
    return _Respects(
        measurer=one.measured_by,
        metric=one.metric,
        period=(one.begins, one.ends),
        scope=one.narrowing,
        currency=one.unit,
        status=FS.reported if one.status == FS.estimate else one.status,
    )


def _is_closer(one: Statement, other: Statement) -> bool:
    """Say whether one says more closely what the other says, or they differ in words only.

    Two segments or two benchmarks are different things, not near misses.
    """
    differing = set(one.narrowing) ^ set(other.narrowing)
    named = [predicate for predicate, _ in differing if predicate not in _WORDS]
    return len(named) == len(set(named))


_WORDS = frozenset((FS.scope, FS.setting))


def _without(own: _Respects, respect: str) -> _Respects:
    return own._replace(**{respect: None})
