"""Two clocks: what was true on a day, and what could be read by a day.

As of a day: what begins later is left out; a relation, and what holds over a span, must hold on
that day (spans are half-open). What has no time is kept, for it may have held.

Known by a day: only what sources issued by then say. A source known to the month counts from the
month's end; one without a date is left out. So is what was derived from what is left out.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from factscape.claims.times import span_of_date
from factscape.errors import MisuseError
from factscape.terms import FS, RDF

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Clocks", "LeftOut", "parse_day", "restrict", "seen_days"]


def parse_day(text: str) -> date:
    """Return the day that a date means: of a month or a year, the last.

    Raises MisuseError.

    >>> parse_day("2025-12"), parse_day("2025-12-19")
    (datetime.date(2025, 12, 31), datetime.date(2025, 12, 19))
    """
    span = span_of_date(text.strip())
    if span is None or span.ends is None:
        raise MisuseError(
            f"'{text}' is no date", hint="write a day, a month or a year: 2025-12-19, 2025-12, 2025"
        )
    return span.ends - timedelta(days=1)


@dataclass(frozen=True)
class Clocks:
    """The day that facts are true on, and the day they could be read by; None is no limit."""

    as_of: date | None = None
    known_by: date | None = None

    def __bool__(self) -> bool:
        """Say whether either clock is set."""
        return self.as_of is not None or self.known_by is not None

    @property
    def key(self) -> str:
        """A short text that tells one setting from another."""
        return f"{self.as_of or ''}/{self.known_by or ''}"


@dataclass
class LeftOut:
    """What the clocks left out, counted, and how sure the dates of issue are."""

    later: int = 0
    """Statements, events and relations whose time had not begun or was over."""
    undated: int = 0
    """Statements, events and relations that were kept though nobody says when they hold."""
    sources_later: int = 0
    sources_undated: int = 0
    sources_inferred: int = 0
    """Sources that were kept by a date of issue that is inferred, not displayed."""

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return dict(vars(self))


def restrict(store: ox.Store, clocks: Clocks) -> LeftOut:
    """Take out of a store what the clocks do not let see, and count it.

    The store has fs:begins and fs:ends (`time_quads`), and nothing that was derived yet.
    """
    left_out = LeftOut()
    if clocks.known_by is not None:
        _hide_later_sources(store, clocks.known_by, left_out)
    if clocks.as_of is not None:
        _hide_other_times(store, clocks.as_of, left_out)
    return left_out


def _hide_later_sources(store: ox.Store, day: date, left_out: LeftOut) -> None:
    import pyoxigraph as ox

    sources = {quad.subject for quad in _quads(store, None, RDF.type, ox.NamedNode(FS.Source))}
    seen = set()
    for source in sources:
        ends = _day(store, source, FS.ends)
        if ends is None:
            left_out.sources_undated += 1
        elif ends > day + timedelta(days=1):
            left_out.sources_later += 1
        else:
            seen.add(source)
            inferred = _quads(store, source, FS.issuedInferred, ox.Literal(True))
            left_out.sources_inferred += any(True for _ in inferred)
    passages = {quad.subject: quad.object for quad in _quads(store, None, FS.passageOf)}
    for graph in list(store.named_graphs()):
        if passages.get(graph, graph) not in seen:
            store.remove_graph(graph)
    for hidden in (passage for passage, source in passages.items() if source not in seen):
        _remove(store, store.quads_for_pattern(hidden, None, None))
    for source in sources - seen:
        _remove(store, store.quads_for_pattern(source, None, None))


def _hide_other_times(store: ox.Store, day: date, left_out: LeftOut) -> None:
    import pyoxigraph as ox

    stocks = {quad.subject for quad in _quads(store, None, FS.timeKind, ox.NamedNode(FS.stock))}
    timed = {
        (quad.subject, quad.graph_name)
        for predicate in (FS.begins, FS.ends)
        for quad in _quads(store, None, predicate)
        if not isinstance(quad.graph_name, ox.DefaultGraph)
    }
    for subject, graph in timed:
        said = list(store.quads_for_pattern(subject, None, None, graph))
        values = {quad.predicate.value: quad.object for quad in said}
        begins, ends = seen_days(values, stocks)
        if (begins and begins > day) or (ends and ends <= day):
            left_out.later += 1
            _remove(store, [*said, *_plain_edge(values, graph)])
    left_out.undated = sum(
        (quad.subject, quad.graph_name) not in timed
        for predicate in (FS.of, RDF.predicate)
        for quad in _quads(store, None, predicate)
        if not isinstance(quad.graph_name, ox.DefaultGraph)
    )


def seen_days(values: Mapping[str, Any], stocks: Container[Any]) -> tuple[date | None, date | None]:
    """Return the first day on which what is said of a subject is seen, and the first after the last.

    `values` are its objects in one graph by predicate, `stocks` the metrics that tell of a state.
    A relation, and a state that is told of a span, must hold on the day itself; all else stays.

    >>> import pyoxigraph as ox
    >>> values = {FS.begins: ox.Literal("2025-01-01"), FS.ends: ox.Literal("2026-01-01")}
    >>> seen_days(values, ())
    (datetime.date(2025, 1, 1), None)
    """
    lasts = RDF.predicate in values or (FS.during in values and values.get(FS.metric) in stocks)
    ends = _read_day(values.get(FS.ends)) if lasts else None
    return _read_day(values.get(FS.begins)), ends


def _plain_edge(values: dict[str, Any], graph: Any) -> Iterator[ox.Quad]:
    """Yield the edge that stands beside a relation."""
    import pyoxigraph as ox

    subject, predicate, object_ = (
        values.get(name) for name in (RDF.subject, RDF.predicate, RDF.object)
    )
    if subject and predicate and object_:
        yield ox.Quad(subject, predicate, object_, graph)


def _quads(store: ox.Store, subject: Any, predicate: str, object_: Any = None) -> Iterable[ox.Quad]:
    import pyoxigraph as ox

    return store.quads_for_pattern(subject, ox.NamedNode(predicate), object_)


def _remove(store: ox.Store, quads: Iterable[ox.Quad]) -> None:
    for quad in list(quads):
        store.remove(quad)


def _day(store: ox.Store, subject: Any, predicate: str) -> date | None:
    return next((_read_day(quad.object) for quad in _quads(store, subject, predicate)), None)


def _read_day(term: object) -> date | None:
    """Return the day of an xsd:date as loading writes it, None for anything else."""
    import pyoxigraph as ox

    span = span_of_date(term.value) if isinstance(term, ox.Literal) else None
    return span.begins if span else None
