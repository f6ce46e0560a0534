"""Rankings: who stands where in a market, a benchmark or a metric, over periods.

A board holds only what compares: one metric, unit, scope and measurer, spans of one length. What
does not is on a board of its own, and the reason is said: measures, currencies, periods and
publishers are never mixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from factscape.claims.card_parts import Label, Named, Time
from factscape.claims.described import LANGUAGES, Reader
from factscape.claims.disagreement.statements import Statement
from factscape.claims.measured import Measure, Measured, measured, one_measurer, scope_of
from factscape.terms import FS

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = ["Board", "Change", "Place", "read_boards", "why_apart"]

_TIMELESS = ("", "")
Days = tuple[str, str]
"""The first day of a span and the one after its last."""


class Change(NamedTuple):
    """What became of a thing since the period before: places gained, and the value's difference."""

    places: int
    value: float


class Place(NamedTuple):
    """Where one thing stands in one period."""

    thing: Named
    period: int
    rank: int
    tied: bool
    told: Measured
    change: Change | None
    """None in the first period, and where the period before has no place for it."""


class Board(NamedTuple):
    """Places that compare, by period and rank."""

    measure: Measure
    printed: bool
    """Whether the places themselves are what is published; else they follow from the values."""
    metric: Named
    unit: Named | None
    measured_by: Named | None
    scope: tuple[Label, ...]
    periods: tuple[Time, ...]
    places: tuple[Place, ...]
    sums: tuple[Measured, ...]
    """Figures of groups with members, which stand in no ranking beside these."""

    @property
    def ranks(self) -> bool:
        """Whether there is anything to rank: two things in one period."""
        return len({place.period for place in self.places}) < len(self.places)


def read_boards(
    reader: Reader, store: Store, target: str, currency: str | None = None
) -> list[Board]:
    """Return the boards of a market, benchmark, metric or ranking, the fullest one first.

    With a `currency` (the IRI of a unit) money in others is converted as far as rates are stated.
    """
    rankings = _Rankings(reader, target)
    found = measured(reader, store, rankings.wants, currency)
    boards: dict[tuple[bool, Measure], list[Measured]] = {}
    values = one_measurer(row for row in found if row.one.kind == "figure")
    for row in (*values, *map(rankings.placed, (r for r in found if r.one.kind == "rank"))):
        boards.setdefault((row.one.kind == "rank", row.measure), []).append(row)
    read = [_board(reader, target, *key, rows) for key, rows in boards.items()]
    return sorted(
        read, key=lambda board: (not board.ranks, -_fullness(board), board.printed, board.measure)
    )


def why_apart(one: Board, other: Board) -> list[str]:
    """Return what sets two boards apart: any of `places`, `measure`, `unit`, `period`, ….

    >>> from factscape.claims.measured import Measure
    >>> year = Measure("urn:share", "urn:percent", (), "", False, "year")
    >>> blank = Board(year, False, None, None, None, (), (), (), ())
    >>> why_apart(blank, blank._replace(measure=year._replace(metric="urn:rate", length="half")))
    ['measure', 'period']
    """
    a, b = one.measure, other.measure
    differences = (
        ("places", one.printed != other.printed),
        ("measure", a.metric != b.metric),
        ("unit", a.unit != b.unit and one.printed == other.printed),
        ("measurer", a.measured_by != b.measured_by),
        ("scope", a.narrowing != b.narrowing),
        ("status", a.foretold != b.foretold),
        ("period", a.length != b.length and one.printed == other.printed),
    )
    return [name for name, differ in differences if differ]


class _Rankings:
    """Which statements belong to a target, and what the ontology's rankings say of themselves."""

    def __init__(self, reader: Reader, target: str) -> None:
        self._reader = reader
        self._target = target
        self._about: dict[str, bool] = {}

    def wants(self, one: Statement) -> bool:
        if one.kind == "rank":
            if one.metric not in self._about:
                said = self._reader.describe(one.metric)
                about = (
                    *said.values(FS.market),
                    *said.values(FS.benchmark),
                    *said.values(FS.metric),
                )
                self._about[one.metric] = self._target in (one.metric, *about)
            return self._about[one.metric]
        narrowed = any(value == self._target for _, value in one.narrowing)
        return narrowed or self._target in (one.metric, one.compared_as)

    def placed(self, row: Measured) -> Measured:
        """Return a place under its ranking's metric and publisher, so that periods come together."""
        said = self._reader.describe(row.one.metric)
        settings = ((FS.setting, text) for text in said.values(FS.setting))
        about = (
            (role, name)
            for role in (FS.market, FS.benchmark)
            for name in said.values(role)
            if name != self._target
        )
        found = Measure(
            metric=said.one(FS.metric) or row.one.metric,
            unit="",
            narrowing=tuple(sorted((*settings, *about))),
            measured_by=said.one(FS.publishedBy) or row.one.measured_by,
            foretold=row.measure.foretold,
            length="",
        )
        return replace(row, measure=found)


def _fullness(board: Board) -> int:
    return len(board.places) + 2 * len({place.period for place in board.places})


def _board(
    reader: Reader, target: str, printed: bool, key: Measure, rows: Sequence[Measured]
) -> Board:
    sums = [row for row in rows if reader.describe(row.one.of).all(FS.hasMember)]
    ranked = [row for row in rows if row not in sums]
    times = {_days(reader, row): _time(reader, row) for row in ranked}
    columns = _columns(times, exact=bool(key.length))
    order = sorted(set(columns.values()), key=lambda days: (days == _TIMELESS, days))
    cells: dict[tuple[int, str], Measured] = {}
    for row in ranked:
        column = order.index(columns[_days(reader, row)])
        kept = cells.get((column, row.one.of))
        if kept is None or _better(row, kept):
            cells[column, row.one.of] = row
    return Board(
        measure=key,
        printed=printed,
        metric=reader.named(key.metric),
        unit=reader.named_or_none(key.unit),
        measured_by=reader.named_or_none(key.measured_by),
        scope=scope_of(reader, key, target),
        periods=tuple(times[days] for days in order),
        places=tuple(_places(reader, cells, printed)),
        sums=tuple(sums),
    )


def _days(reader: Reader, row: Measured) -> Days:
    if row.one.kind == "figure" and row.one.time_kind == FS.final:
        return _TIMELESS
    if row.one.kind == "rank" and not row.one.begins:
        said = reader.describe(row.one.metric)
        return said.one(FS.begins) or "", said.one(FS.ends) or ""
    return row.one.begins, row.one.ends


def _time(reader: Reader, row: Measured) -> Time:
    time = row.figure.time if row.one.time_kind != FS.final or row.one.kind == "rank" else None
    if time is None and row.one.kind == "rank":
        time = reader.time(reader.describe(row.one.metric))
    return time or Time(None, dict.fromkeys(LANGUAGES, ""), None, None)


def _columns(times: Iterable[Days], *, exact: bool) -> dict[Days, Days]:
    """Return for each span the column it stands in: its own, or the widest one that holds it.

    Where the length of a span matters (`exact`) none stands in another's column.
    """
    spans = sorted(times)
    if exact:
        return {days: days for days in spans}
    return {
        days: max((other for other in spans if _holds(other, days)), key=_length) for days in spans
    }


def _length(days: Days) -> tuple[int, Days]:
    if not all(days):
        return 0, days
    begins, ends = map(date.fromisoformat, days)
    return (ends - begins).days, days


def _holds(one: Days, other: Days) -> bool:
    if _TIMELESS in (one, other) or not (one[1] and other[1]):
        return one == other
    return one[0] <= other[0] and other[1] <= one[1]


def _better(one: Measured, other: Measured) -> bool:
    return (one.sources, one.one.issued) > (other.sources, other.one.issued)


def _places(
    reader: Reader, cells: Mapping[tuple[int, str], Measured], printed: bool
) -> Iterator[Place]:
    ranks: dict[tuple[int, str], int] = {}
    columns: dict[int, list[float]] = {}
    for (column, _), row in cells.items():
        columns.setdefault(column, []).append(row.value)
    for (column, thing), row in cells.items():
        ahead = sum(value > row.value for value in columns[column])
        ranks[column, thing] = int(row.value) if printed else 1 + ahead
    in_order = sorted(cells, key=lambda cell: (cell[0], ranks[cell], reader.label(cell[1])["en"]))
    for column, thing in in_order:
        row, before = cells[column, thing], cells.get((column - 1, thing))
        same = [c for c in cells if c[0] == column and ranks[c] == ranks[column, thing]]
        yield Place(
            thing=reader.named(thing),
            period=column,
            rank=ranks[column, thing],
            tied=len(same) > 1,
            told=row,
            change=None
            if before is None
            else Change(
                ranks[column - 1, thing] - ranks[column, thing],
                float(f"{row.value - before.value:.12g}"),
            ),
        )
