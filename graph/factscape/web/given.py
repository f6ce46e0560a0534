"""What the parameters of an address say, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from factscape.claims.clocks import Clocks, parse_day
from factscape.errors import AmbiguousNameError, MisuseError, UnknownNameError
from factscape.names.choosing import choose
from factscape.terms import FS, local_name, name_of

if TYPE_CHECKING:
    from datetime import date

    from factscape.opening import Facts

__all__ = ["Given", "clocks_of", "currency_of", "meant", "one_of", "paged", "start_of", "text_of"]

Given = Mapping[str, str]
"""The parameters of an address by name, and what stands in its path."""

_LONGEST = 300
_DIGITS = 7


class Paged(NamedTuple):
    """A part of a list, and where the next part and the one before begin; None where there is none."""

    rows: list[Any]
    start: int
    next: int | None
    before: int | None

    @property
    def places(self) -> dict[str, int | None]:
        """Where it stands in the list, as a page's data says it."""
        return {"from": self.start, "next": self.next, "before": self.before}


def text_of(given: Given, name: str) -> str:
    """Return a parameter without spaces around it, of a length that somebody types.

    >>> text_of({"q": " zhipu "}, "q"), text_of({}, "q")
    ('zhipu', '')
    """
    return given.get(name, "")[:_LONGEST].strip()


def one_of(given: Given, name: str, allowed: Sequence[str]) -> str:
    """Return a parameter that is one of a few words, the first of them where it is not given.

    Raises MisuseError.

    >>> one_of({}, "sort", ("issued", "title"))
    'issued'
    """
    value = text_of(given, name) or allowed[0]
    if value not in allowed:
        hint = ", ".join(f"{name}={one}" for one in allowed if one)
        raise MisuseError(f"{name}={value} is not known here", hint=hint)
    return value


def start_of(given: Given) -> int:
    """Return which row of a list comes first, counted from 0.

    Raises MisuseError.

    >>> start_of({"from": "20"})
    20
    """
    start = text_of(given, "from") or "0"
    if not (start.isascii() and start.isdigit() and len(start) <= _DIGITS):
        raise MisuseError("from= is a number", hint="from=0 shows the first")
    return int(start)


def paged(rows: Sequence[Any], given: Given, size: int) -> Paged:
    """Return `size` rows of a list, those from the place on that is asked for.

    >>> paged("abcdefg", {"from": "3"}, 3).places
    {'from': 3, 'next': 6, 'before': 0}
    """
    start = start_of(given)
    following = start + size
    return Paged(
        list(rows[start:following]),
        start,
        following if following < len(rows) else None,
        max(0, start - size) if start else None,
    )


def meant(facts: Facts, given: Given, name: str) -> str | None:
    """Return the IRI of the thing that a parameter names in any way; None where it is not given.

    Raises UnknownNameError, AmbiguousNameError.
    """
    said = text_of(given, name)
    return choose(said, facts.names, facts.store, facts.prefixes) if said else None


def currency_of(facts: Facts, given: Given) -> str | None:
    """Return the currency that money is to be shown in too, as a unit's IRI; None for none.

    Raises MisuseError for what is no unit of money here.
    """
    said = text_of(given, "in")
    if not said:
        return None
    try:
        unit = facts.currency(said)
    except (UnknownNameError, AmbiguousNameError):
        unit = ""
    if FS.money not in facts.reader.describe(unit).values(FS.quantityKind):
        known = ", ".join(f"in={local_name(iri)}" for iri in _currencies(facts))
        raise MisuseError(f"in: there is no currency '{said}' in these facts", hint=known)
    return unit


def _currencies(facts: Facts) -> list[str]:
    """Return the units of money that figures are stated in."""
    units = facts.store.query(
        f"SELECT DISTINCT ?unit {{ ?unit <{FS.quantityKind}> <{FS.money}> . ?x <{FS.unit}> ?unit }}"
    )
    assert isinstance(units, ox.QuerySolutions)
    return sorted(name_of(row["unit"]) for row in units)


def clocks_of(given: Given) -> Clocks:
    """Return the day that facts are to be true on, and the day they could be read by.

    Raises MisuseError.

    >>> clocks_of({"known-by": "2025-12"}).key
    '/2025-12-31'
    """
    return Clocks(_day(given, "as-of"), _day(given, "known-by"))


def _day(given: Given, name: str) -> date | None:
    said = text_of(given, name)
    try:
        return parse_day(said) if said else None
    except MisuseError as error:
        raise MisuseError(f"{name}: {error.message}", hint=error.hint) from None
