"""Rankings: who stands where in a market, a benchmark or a metric, over periods.

A board holds only what compares: one metric, unit, scope and measurer, spans of one length. What
does not is on a board of its own, and the reason is said: measures, currencies, periods and
publishers are never mixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from factscape.claims.cards.parts import Label, Named, Time
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
Cell = tuple[int, str]
"""The number of a column and the IRI of a thing."""


class Change(NamedTuple):
    """What became of a thing since the period before: places gained, and the value's difference."""

    places: int | None
    """Among those that both periods name; None where that is one alone."""
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
    smallest_first: bool = False
    latest: int | None = None
    """Of what holds at a date: the number of the column after all periods, the latest of each."""

    @property
    def ranks(self) -> bool:
        """Whether there is anything to rank: two things in one period."""
        return len({place.period for place in self.places}) < len(self.places)


def read_boards(
    reader: Reader,
    store: Store,
    target: str,
    currency: str | None = None,
    *,
    smallest_first: bool | None = None,
) -> list[Board]:
    """Return the boards of a market, benchmark, metric or ranking, the fullest one first.

    Of a kind of quantity, such as `fs:price`, those of all its metrics. With a `currency` (the IRI
    of a unit) money in others is converted as far as rates are stated, and stands first. Places begin with the largest value, or the smallest where the ontology says that less is
    better; `smallest_first` decides it otherwise.
    """
    rankings = _Rankings(reader, target)
    found = measured(reader, store, rankings.wants, currency)
    boards: dict[tuple[bool, Measure], list[Measured]] = {}
    values = one_measurer(row for row in found if row.one.kind == "figure")
    for row in (*values, *map(rankings.placed, (r for r in found if r.one.kind == "rank"))):
        boards.setdefault((row.one.kind == "rank", row.measure), []).append(row)

    def order(board: Board) -> tuple[object, ...]:
        elsewhere = currency is not None and board.measure.unit != currency
        return not board.ranks, elsewhere, -_fullness(board), board.printed, board.measure

    read = [_board(reader, target, *key, rows, smallest_first) for key, rows in boards.items()]
    return sorted(read, key=order)


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
        return narrowed or self._target in (one.metric, one.compared_as) or self._of_kind(one)

    def _of_kind(self, one: Statement) -> bool:
        """Say whether a statement's metric is of the kind of quantity that is asked for: a price."""
        said = self._reader.describe(one.compared_as)
        return self._target in said.values(FS.quantityKind)

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
    reader: Reader,
    target: str,
    printed: bool,
    key: Measure,
    rows: Sequence[Measured],
    smallest_first: bool | None,
) -> Board:
    sums = [row for row in rows if reader.describe(row.one.of).all(FS.hasMember)]
    ranked = [row for row in rows if row not in sums]
    times = {_days(reader, row): _time(reader, row) for row in ranked}
    columns = _columns(times, exact=bool(key.length))
    order = sorted(set(columns.values()), key=lambda days: (days == _TIMELESS, days))
    cells = _cells(((order.index(columns[_days(reader, row)]), row) for row in ranked), _better)
    less = _less_is_better(reader, key.metric) if smallest_first is None else smallest_first
    places = list(_places(reader, cells, printed, less))
    stock = not (printed or key.foretold) and all(row.one.time_kind == FS.stock for row in ranked)
    last = _cells(((len(order), row) for row in ranked), _later) if stock else {}
    # Only where it brings together what no period does.
    fullest = max((sum(one.period == n for one in places) for n in range(len(order))), default=0)
    latest = len(order) if len(last) > fullest else None
    if latest is not None:
        places += _places(reader, last, False, less)
    return Board(
        measure=key,
        printed=printed,
        metric=reader.named(key.metric),
        unit=reader.named_or_none(key.unit),
        measured_by=reader.named_or_none(key.measured_by),
        scope=scope_of(reader, key, target),
        periods=tuple(times[days] for days in order),
        places=tuple(places),
        sums=tuple(sums),
        smallest_first=less and not printed,
        latest=latest,
    )


def _less_is_better(reader: Reader, metric: str) -> bool:
    return reader.describe(metric).one(FS.lessIsBetter) == "true"


def _cells(
    rows: Iterable[tuple[int, Measured]], prefer: Callable[[Measured, Measured], bool]
) -> dict[Cell, Measured]:
    """Return one figure for each column and thing: the one that is preferred."""
    cells: dict[Cell, Measured] = {}
    for column, row in rows:
        kept = cells.get((column, row.one.of))
        if kept is None or prefer(row, kept):
            cells[column, row.one.of] = row
    return cells


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


def _later(one: Measured, other: Measured) -> bool:
    """Say which of two figures of a thing is the more recent; what has no time comes last."""
    days, others = ((row.one.begins, row.one.ends) for row in (one, other))
    if days == others:
        return _better(one, other)
    if _TIMELESS in (days, others):
        return others == _TIMELESS
    # "Until September" ended before whatever begins, and "from September" still holds.
    return (days[0], days[1] or "9999") > (others[0], others[1] or "9999")


def _places(
    reader: Reader, cells: Mapping[Cell, Measured], printed: bool, less: bool
) -> Iterator[Place]:
    columns: dict[int, list[str]] = {}
    for column, thing in cells:
        columns.setdefault(column, []).append(thing)

    def rank(column: int, thing: str, among: Iterable[str]) -> int:
        value = cells[column, thing].value
        others = (cells[column, other].value for other in among)
        return int(value) if printed else 1 + sum(o < value if less else o > value for o in others)

    ranks = {(column, thing): rank(column, thing, columns[column]) for column, thing in cells}
    for column, thing in sorted(
        cells, key=lambda cell: (cell[0], ranks[cell], reader.label(cell[1])["en"])
    ):
        row, before = cells[column, thing], cells.get((column - 1, thing))
        change = None
        if before is not None:
            both = [one for one in columns[column - 1] if one in columns[column]]
            gained = rank(column - 1, thing, both) - rank(column, thing, both)
            change = Change(
                gained if printed or len(both) > 1 else None,
                float(f"{row.value - before.value:.12g}"),
            )
        yield Place(
            thing=reader.named(thing),
            period=column,
            rank=ranks[column, thing],
            tied=sum(ranks[column, one] == ranks[column, thing] for one in columns[column]) > 1,
            told=row,
            change=change,
        )
