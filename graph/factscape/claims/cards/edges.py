"""Reading what joins a thing to others: events that it takes part in, and relations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from factscape.claims.cards.figures import narrowing
from factscape.claims.cards.parts import About, Event, Named, Participant, Relation, Time
from factscape.claims.cards.subject import TIMES, Subject
from factscape.claims.described import Described
from factscape.terms import FS, RDF

__all__ = ["EdgeReader"]


class _Edge(NamedTuple):
    """An edge as it is written: the end that the card is not of stands in `other`."""

    direction: str
    predicate: str
    other: str


class _Details(NamedTuple):
    """What tells two rows of one edge apart."""

    when: str | None
    status: str | None
    stated_by: str | None
    about: tuple[str, ...]
    derived: bool


class _Row:
    """An edge at one time, with one status and stater: what says so."""

    def __init__(self, time: Time | None = None, about: tuple[About, ...] = ()) -> None:
        self.time = time
        self.about = about
        self.claims: set[str] = set()
        self.graphs: set[str] = set()


class EdgeReader:
    """The events and relations of one thing."""

    def __init__(self, subject: Subject) -> None:
        """Sort the statements about edges by the edge that they are about."""
        self._subject = subject
        self._reader = subject.reader
        self._about: dict[tuple[str, str, str], list[Described]] = {}
        for statement in subject.statements.values():
            ends = statement.one(RDF.subject), statement.one(RDF.object)
            predicate = statement.one(RDF.predicate)
            if ends[0] and ends[1] and predicate:
                self._about.setdefault((ends[0], predicate, ends[1]), []).append(statement)

    def events(self) -> list[Event]:
        """Return the events that name the thing by their time, once for each of its parts."""
        roles = {
            (name, role) for name, role, _ in self._subject.incoming if name in self._subject.events
        }
        found = [self._event(self._subject.events[name], role) for name, role in roles]
        return sorted(found, key=lambda event: (_begins(event.time), event.iri, event.role.iri))

    def _event(self, event: Described, role: str) -> Event:
        named = self._reader.named
        kinds = self._reader.types(event.iri)
        others = {
            (one.predicate, one.text)
            for one in event.said
            if not one.datatype
            and one.predicate not in (RDF.type, FS.eventStatus, *TIMES)
            and one.text != self._subject.iri
        }
        statements = self._about.get((event.iri, role, self._subject.iri), [])
        times = [time for one in (event, *statements) for time in self._reader.times(one)]
        in_order = sorted(_narrowest(times), key=_begins)
        return Event(
            iri=event.iri,
            label=self._reader.label(event.iri),
            kind=named(kinds[0]) if kinds else None,
            role=named(role),
            participants=tuple(Participant(named(p), named(o)) for p, o in sorted(others)),
            time=next(iter(in_order), None),
            other_times=tuple(in_order[1:]),
            status=self._reader.named_or_none(_stage(event)),
            claims=tuple(sorted(one.iri for one in statements)),
            citations=self._subject.citations(
                graph for one in (event, *statements) for graph in one.graphs
            ),
        )

    def relations(self) -> list[Relation]:
        """Return the edges from and to other things, once for each time and status they have."""
        rows = [row for edge, graphs in self._edges().items() for row in self._rows(edge, graphs)]
        stated = {(row.predicate.iri, row.other.iri) for row in rows if not row.derived}
        return sorted(
            # What follows from its own mirror image, or is said anyway, is no news.
            (r for r in rows if not (r.derived and (r.predicate.iri, r.other.iri) in stated)),
            key=lambda row: (
                row.direction != "out",
                row.predicate.label["en"],
                row.predicate.iri,
                _begins(row.time),
                row.other.label["en"],
                row.other.iri,
                row.claims,
            ),
        )

    def _edges(self) -> dict[_Edge, set[str]]:
        """Return the edges from and to the thing, each with the graphs that hold it."""
        subject = self._subject
        edges: dict[_Edge, set[str]] = {}
        for one in subject.thing.said:
            if not one.datatype and one.predicate not in (RDF.type, *TIMES):
                edges.setdefault(_Edge("out", one.predicate, one.text), set()).add(one.graph)
        for name, predicate, graph in subject.incoming:
            if not subject.tells_elsewhere(name):
                edges.setdefault(_Edge("in", predicate, name), set()).add(graph)
        for start, predicate, end in self._about:
            if start == subject.iri:
                edges.setdefault(_Edge("out", predicate, end), set())
            elif end == subject.iri and start not in subject.events:
                edges.setdefault(_Edge("in", predicate, start), set())
        return edges

    def _rows(self, edge: _Edge, graphs: set[str]) -> Iterator[Relation]:
        """Yield an edge once for each time, status and stater that statements give it."""
        rows: dict[_Details, _Row] = {}
        ends = self._subject.iri, edge.other
        start, end = ends if edge.direction == "out" else ends[::-1]
        for statement in self._about.get((start, edge.predicate, end), ()):
            about = narrowing(self._reader, statement)
            row = rows.setdefault(
                _details(statement, about), _Row(self._reader.time(statement), about)
            )
            row.claims.add(statement.iri)
            row.graphs.update(statement.graphs)
        covered = {graph for row in rows.values() for graph in row.graphs}
        for graph in graphs - covered:
            derived = bool(self._reader.premises(graph))
            row = rows.setdefault(_Details(None, None, None, (), derived), _Row())
            row.graphs.add(graph)
        yield from (self._relation(edge, *pair) for pair in rows.items())

    def _relation(self, edge: _Edge, details: _Details, row: _Row) -> Relation:
        named = self._reader.named_or_none
        predicate, backwards = self._predicate(edge)
        return Relation(
            direction=edge.direction,
            predicate=predicate,
            backwards=backwards,
            other=self._reader.named(edge.other),
            time=row.time,
            status=named(details.status),
            about=row.about,
            stated_by=named(details.stated_by),
            derived=details.derived,
            claims=tuple(sorted(row.claims)),
            citations=self._subject.citations(row.graphs),
        )

    def _predicate(self, edge: _Edge) -> tuple[Named, bool]:
        """Return a predicate in the words for its direction; say whether there are none."""
        if edge.direction == "out":
            return self._reader.named(edge.predicate), False
        words = self._reader.texts(edge.predicate, FS.inverseLabel)
        named = Named(edge.predicate, words) if words else self._reader.named(edge.predicate)
        return named, not words


def _details(statement: Described, about: tuple[About, ...]) -> _Details:
    return _Details(
        statement.one(FS.during, FS.at),
        statement.one(FS.status),
        statement.one(FS.statedBy),
        tuple(f"{one.role.iri} {one.iri or one.label}" for one in about),
        derived=False,
    )


def _narrowest(times: list[Time]) -> list[Time]:
    """Return the times that hold no other: what happened in September happened in that year."""
    found: dict[tuple[str | None, str | None], Time] = {}
    for time in times:
        found.setdefault((time.begins, time.ends), time)
    return [
        time
        for span, time in found.items()
        if not any(other != span and _holds(span, other) for other in found)
    ]


def _holds(span: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    """Say whether a span of days has all of another one in it; None is open."""
    begins = span[0] is None or (other[0] is not None and span[0] <= other[0])
    ends = span[1] is None or (other[1] is not None and other[1] <= span[1])
    return begins and ends


_STAGES = (FS.planned, FS.talks, FS.agreed, FS.completed, FS.withdrawn)


def _stage(event: Described) -> str | None:
    """Return the furthest stage that a source states: who wrote earlier knew of less."""
    order = {stage: place for place, stage in enumerate(_STAGES)}
    return max(event.values(FS.eventStatus), key=lambda one: order.get(one, -1), default=None)


def _begins(time: Time | None) -> str:
    """Return the first day of a line for sorting; what has no time comes last."""
    return (time and (time.begins or time.ends)) or "~"
