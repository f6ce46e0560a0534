"""Statements that look as if they compared and do not, with the reason: near misses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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
        for statement in statements:
            if statement.kind == "figure":
                self._of[statement.of].append(statement)

    def beside(self, group: Group) -> list[NearMiss]:
        """Return what differs from the group's best statement in one respect only.

        Of another period only what overlaps with the group's own: every year has its figure.
        """
        best = group.best
        members = {(one.iri, one.graph) for one in group.statements}
        found = [
            NearMiss(other, reasons[0])
            for other in self._of.get(best.of, ())
            if (other.iri, other.graph) not in members
            and len(reasons := list(self._differences(best, other))) == 1
        ]
        return sorted(found, key=lambda near: (near.reason, near.statement.iri))

    def _differences(self, one: Statement, other: Statement) -> Iterator[str]:
        """Yield what sets two statements apart; "nothing alike" where they have nothing in common."""
        if other.metric != one.metric:
            related = other.metric in self._related.get(one.metric, ())
            yield from ("metric",) if related else ("metric", "nothing alike")
        if one.measured_by != other.measured_by:
            yield "measurer"
        if one.narrowing != other.narrowing:
            yield from ("scope",) if _is_closer(one, other) else ("scope", "nothing alike")
        if one.unit != other.unit:
            yield "currency"
        if _status(one) != _status(other):
            yield "status"
        if (one.begins, one.ends) != (other.begins, other.ends):
            yield from ("period",) if _overlap(one, other) else ("period", "nothing alike")


def _is_closer(one: Statement, other: Statement) -> bool:
    """Say whether one says more closely what the other says, or they differ in words only.

    Two segments or two benchmarks are different things, not near misses.
    """
    differing = set(one.narrowing) ^ set(other.narrowing)
    named = [predicate for predicate, _ in differing if predicate not in _WORDS]
    return len(named) == len(set(named))


_WORDS = frozenset((FS.scope, FS.setting))


def _status(one: Statement) -> str:
    return FS.reported if one.status == FS.estimate else one.status


def _overlap(one: Statement, other: Statement) -> bool:
    return one.begins < (other.ends or "9999") and other.begins < (one.ends or "9999")
