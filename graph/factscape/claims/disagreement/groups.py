"""Statements that compare, brought together: their class, their sides, and the best of them.

Grouping goes by keys, so the work grows with the number of statements, not with its square. Times
compare as the metric's kind says: a flow over the same period; a stock at the same date, and where
one date lies within another the two can both be true, which is at most strained; a cumulative
total with a later one that is smaller; a final figure always.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from typing import NamedTuple

from factscape.claims.disagreement.origins import count_voices
from factscape.claims.disagreement.pairs import Verdict, compare
from factscape.claims.disagreement.statements import Statement
from factscape.terms import FS, local_name

__all__ = ["Group", "Pair", "Side", "group_statements", "merit"]

_MOST = 100
"""In a group of more statements each is compared with its neighbours in value and time only."""
_NEAR = timedelta(days=31)
"""Totals that are no further apart than this are taken for totals of the same day."""
_NOT_IN_A_NAME = re.compile(r"[^a-zA-Z0-9-]+")
_WORST_GRADE = "E"
"""After the four grades: no grade at all."""


class Pair(NamedTuple):
    """Two statements of a group, by their places in it, and how they stand to one another."""

    one: int
    other: int
    verdict: Verdict


class Side(NamedTuple):
    """The statements of a group that say the same."""

    members: tuple[int, ...]
    voices: int
    reliability: str
    """The best grade among its sources."""


@dataclass(frozen=True)
class Group:
    """Statements that compare, in a stable order, with all that follows from comparing them."""

    statements: tuple[Statement, ...]
    pairs: tuple[Pair, ...]
    sides: tuple[Side, ...]
    """The best one first."""

    @property
    def verdict(self) -> Verdict:
        """The worst class of its pairs."""
        return max((pair.verdict for pair in self.pairs), default=Verdict.same)

    @property
    def disputed(self) -> bool:
        """Whether at least two statements cannot well be true together."""
        return self.verdict >= Verdict.strained

    @property
    def best(self) -> Statement:
        """The statement that is shown where there is room for one."""
        return self.statements[self.sides[0].members[0]]

    @property
    def name(self) -> str:
        """What it is called by, as long as it is about the same: in words, and a digest.

        Who says what in it does not matter, but that a run of states is named by its first day.
        """
        first = self.statements[0]
        since = first.begins if first.time_kind == FS.stock else ""
        text = repr((_key(first), since))
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]
        words = (_NOT_IN_A_NAME.sub("-", local_name(iri))[:40] for iri in (first.of, first.metric))
        return ".".join((*words, digest))

    @property
    def voices(self) -> int:
        """How many independent voices speak in it."""
        return count_voices(statement.origin for statement in self.statements)

    @property
    def gap(self) -> float | None:
        """How far the furthest of its sides is from the best, in parts of the best value.

        None where the values are no numbers, or the best one is zero.
        """
        best = self.best.figure.central()
        if self.best.figure.is_date or not best:
            return None
        values = (statement.figure.central() for statement in self.statements)
        return max(float(abs(value - best) / abs(best)) for value in values if value is not None)


def group_statements(statements: Iterable[Statement]) -> Iterator[Group]:
    """Yield the groups of statements that compare, those that matter most first.

    What compares with nothing stands in no group.
    """
    buckets: dict[Hashable, list[Statement]] = defaultdict(list)
    for statement in statements:
        buckets[_key(statement)].append(statement)
    found = [
        group
        for bucket in buckets.values()
        if len(bucket) > 1
        for group in map(_group, _clusters(sorted(bucket, key=_order)))
        if group is not None
    ]
    yield from sorted(found, key=_weight)


def _key(one: Statement) -> Hashable:
    """Return what two statements must share to compare, the time aside."""
    status = FS.reported if one.status == FS.estimate else one.status
    key = one.kind, one.of, one.compared_as, one.narrowing, one.unit, status
    return (*key, one.begins, one.ends) if one.time_kind == FS.flow else key


def _order(one: Statement) -> tuple[str, ...]:
    return one.begins or one.ends, one.ends, one.iri, one.graph


def _clusters(bucket: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Yield the parts of a bucket whose times compare with one another, directly or by a third."""
    kind = bucket[0].time_kind
    if kind == FS.flow:
        # What has no time was true at some time: nobody knows whether it compares.
        yield list(bucket) if bucket[0].begins or bucket[0].ends else []
    elif kind == FS.stock:
        yield from _overlapping(bucket)
    else:
        yield list(bucket)


def _overlapping(bucket: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Yield runs of statements whose spans overlap, in the order of time."""
    run: list[Statement] = []
    until = ""
    for one in bucket:
        if not (one.begins or one.ends):
            continue
        if run and one.begins >= until:
            yield run
            run, until = [], ""
        run.append(one)
        until = max(until, one.ends or "9999")
    yield run


def _group(cluster: Sequence[Statement]) -> Group | None:
    pairs = [
        Pair(one, other, verdict)
        for one, other in _chosen_pairs(cluster)
        if (verdict := _verdict(cluster[one], cluster[other])) is not None
    ]
    if not pairs:
        return None
    members = sorted({place for pair in pairs for place in pair[:2]})
    places = {old: new for new, old in enumerate(members)}
    statements = tuple(cluster[old] for old in members)
    kept = tuple(Pair(places[one], places[other], verdict) for one, other, verdict in pairs)
    return Group(statements, kept, _sides(statements, kept))


def _chosen_pairs(cluster: Sequence[Statement]) -> Iterable[tuple[int, int]]:
    """Return the pairs to look at: all of them, in a very large group neighbours and extremes."""
    if len(cluster) <= _MOST:
        return combinations(range(len(cluster)), 2)
    by_value = sorted(range(len(cluster)), key=lambda place: _value(cluster[place]))
    beside = pairwise(by_value)
    ends = ((by_value[0], place) for place in by_value[1:])
    return {(min(pair), max(pair)) for pair in (*beside, *ends)}


def _value(one: Statement) -> tuple[object, str]:
    value = one.figure.central()
    return (value is None, value or 0), one.object


def _verdict(one: Statement, other: Statement) -> Verdict | None:
    """Return how two statements stand to one another; None where time or measurer set them apart.

    A figure that nobody is said to have measured may be anybody's.
    """
    if (one.iri, one.graph) == (other.iri, other.graph):
        return None
    if one.measured_by and other.measured_by and one.measured_by != other.measured_by:
        return None
    if one.time_kind == FS.cumulative:
        return _compare_totals(one, other)
    verdict = compare(one, other)
    loose = one.kind == "relation" or one.time_kind == FS.stock
    if not loose or (one.begins, one.ends) == (other.begins, other.ends) != ("", ""):
        return verdict
    if one.kind == "relation" and not _meet(one, other):
        return None
    if one.kind != "relation" and not (_within(one, other) or _within(other, one)):
        return None
    # At some time within a longer one, or at an unknown one: both can be true.
    return min(verdict, Verdict.strained)


def _meet(one: Statement, other: Statement) -> bool:
    return (one.begins or "") < (other.ends or "9999") and (other.begins or "") < (
        one.ends or "9999"
    )


def _within(one: Statement, other: Statement) -> bool:
    """Say whether one span lies in the other; one that is open may have ended or begun long ago."""
    if not (other.begins and other.ends and one.begins and one.ends):
        return False
    return other.begins <= one.begins and one.ends <= other.ends


def _compare_totals(one: Statement, other: Statement) -> Verdict | None:
    """Compare two totals: those of one day as they are, a later one only where it is smaller."""
    days = [_total_at(one), _total_at(other)]
    if not (days[0] and days[1]):
        return None
    verdict = compare(one, other)
    if abs(days[0] - days[1]) <= _NEAR:
        return verdict
    earlier, later = (one, other) if days[0] < days[1] else (other, one)
    first, second = earlier.figure.central(), later.figure.central()
    grown = first is None or second is None or first <= second
    return None if grown or verdict < Verdict.strained else verdict


def _total_at(one: Statement) -> date | None:
    """Return the day that a total counts up to; without one it was said on the day of issue."""
    day = one.ends or one.stated_at or one.issued
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def _sides(statements: Sequence[Statement], pairs: Iterable[Pair]) -> tuple[Side, ...]:
    """Return the statements by what they say, the best side first, its best statement first."""
    side_of = list(range(len(statements)))
    for one, other, verdict in pairs:
        if verdict is Verdict.same and side_of[one] != side_of[other]:
            old, new = side_of[other], side_of[one]
            side_of = [new if side == old else side for side in side_of]
    sides = []
    for side in dict.fromkeys(side_of):
        members = [place for place, its in enumerate(side_of) if its == side]
        members.sort(key=lambda place: merit(statements[place]))
        voices = count_voices(statements[place].origin for place in members)
        sides.append(Side(tuple(members), voices, _grade(statements[members[0]])))
    return tuple(sorted(sides, key=lambda side: _side_merit(side, statements)))


def _grade(one: Statement) -> str:
    return one.reliability or _WORST_GRADE


def merit(one: Statement) -> tuple[object, ...]:
    """Order statements: better reliability, then more precise, then issued later."""
    return _grade(one), _precision(one), _newest_first(one.issued), one.iri, one.graph


def _side_merit(side: Side, statements: Sequence[Statement]) -> tuple[object, ...]:
    grade, precision, *rest = merit(statements[side.members[0]])
    return grade, -side.voices, precision, *rest


def _precision(one: Statement) -> tuple[bool, Decimal]:
    """Return how wide a figure is, in the base unit; an open bound comes last."""
    width = one.figure.logical().width
    return (True, Decimal(0)) if width is None else (False, width)


def _newest_first(day: str) -> tuple[int, ...]:
    return tuple(-ord(char) for char in day) or (1,)


def _weight(group: Group) -> tuple[object, ...]:
    """Order groups: the worst class, the better sources on the weaker side, the larger gap."""
    against = [side.reliability for side in group.sides[1:]]
    return (
        -group.verdict,
        min(against, default=_WORST_GRADE),
        -(group.gap or 0.0),
        -len(group.statements),
        group.best.of,
        group.best.metric,
        group.best.iri,
    )
