"""How two comparable statements stand to one another, the accountant's way.

The classes in their order: same, consistent, truncated, strained, revised, inconsistent. A pair
belongs to the first that fits; every verdict can be worked out again by hand from the intervals.
"""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum
from functools import lru_cache

from factscape.claims.disagreement.intervals import Figure, Interval
from factscape.claims.disagreement.statements import Statement
from factscape.terms import FS

__all__ = ["Verdict", "compare"]


class Verdict(IntEnum):
    """The classes of pairs, the worst last.

    >>> max(Verdict.same, Verdict.revised).name
    'revised'
    """

    same = 0
    consistent = 1
    truncated = 2
    strained = 3
    revised = 4
    inconsistent = 5


def compare(one: Statement, other: Statement) -> Verdict:
    """Return the class of two comparable statements; their order does not matter."""
    verdict = (
        _compare_objects(one.object, other.object)
        if one.kind == "relation"
        else _compare_figures(one.figure, other.figure)
    )
    if verdict is Verdict.inconsistent and _revises(one, other):
        return Verdict.revised
    return verdict


def _compare_objects(one: str, other: str) -> Verdict:
    return Verdict.same if one == other else Verdict.inconsistent


@lru_cache(maxsize=65536)
def _intervals(figure: Figure) -> tuple[Interval, Interval]:
    return figure.logical(), figure.idiomatic()


def _compare_figures(one: Figure, other: Figure) -> Verdict:
    if _meaning(one) == _meaning(other):
        return Verdict.same
    (logical, idiomatic), (other_logical, other_idiomatic) = _intervals(one), _intervals(other)
    meets = logical.overlaps(other_logical)
    if meets and idiomatic.overlaps(other_idiomatic):
        return Verdict.consistent
    if _is_cut_short(one, other):
        return Verdict.truncated
    return Verdict.strained if meets else Verdict.inconsistent


def _meaning(figure: Figure) -> tuple[object, ...]:
    texts = figure.value, figure.low, figure.high, figure.margin
    ends = tuple(
        None if (end := figure.end(text)) is None else end * figure.factor for text in texts
    )
    return ends, figure.bound, figure.logical() if figure.is_date else None


def _is_cut_short(one: Figure, other: Figure) -> bool:
    """Say whether two plain numbers agree within one unit of the coarser one's last digit."""
    if one.bound not in _PLAIN or other.bound not in _PLAIN or one.is_date:
        return False
    first, second = one.central(), other.central()
    units = one.unit(), other.unit()
    if first is None or second is None or one.value is None or other.value is None:
        return False
    return units[0] != units[1] and Decimal(0) < abs(first - second) < max(units)


_PLAIN = frozenset((FS.exact, FS.approximately))


def _revises(one: Statement, other: Statement) -> bool:
    """Say whether the same speaker said later something else.

    Two copies of one document that differ are no revision: one of them copied wrongly.
    """
    if not one.speaker or one.speaker != other.speaker:
        return False
    if one.stated_at and other.stated_at:
        return one.stated_at[:10] != other.stated_at[:10]
    copies = one.origin & other.origin
    return not copies and bool(one.issued and other.issued) and one.issued != other.issued
