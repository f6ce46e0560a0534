"""What happened, in order: events with their dates, who took part, and what was told of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from factscape.claims.cards.figures import read_figure
from factscape.claims.cards.parts import Citation, Label, Named, Participant, Time, as_plain
from factscape.claims.cards.subject import TIMES
from factscape.claims.described import Described, Reader
from factscape.claims.descriptions import Said
from factscape.claims.things import hierarchy
from factscape.names.labels import NAMES
from factscape.terms import FS, RDF, name_of

if TYPE_CHECKING:
    from factscape.claims.disagreement.kept import Compared

__all__ = ["Amount", "Dated", "Happening", "read_events"]


class Dated(NamedTuple):
    """A date of an event, and who gives it."""

    time: Time
    citations: tuple[Citation, ...]


class Amount(NamedTuple):
    """A figure of an event: what was raised, what changed."""

    metric: Named
    words: Label
    claim: str
    citation: Citation


class Happening(NamedTuple):
    """An event. The best date comes first; an event without any has no dates."""

    iri: str
    label: Label
    kind: Named
    of: tuple[Named, ...]
    parties: tuple[Participant, ...]
    status: Named | None
    dates: tuple[Dated, ...]
    disputed: bool
    """Whether its dates cannot well be true together."""
    amounts: tuple[Amount, ...]
    citations: tuple[Citation, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain dictionaries and lists, as JSON shows it."""
        plain: dict[str, Any] = as_plain(self)
        return plain

    @property
    def begins(self) -> str:
        """The first day by the best date; empty where nobody gives one."""
        time = self.dates[0].time if self.dates else None
        return (time and (time.begins or time.ends)) or ""


def read_events(
    reader: Reader,
    compared: Iterable[Compared] = (),
    *,
    things: Collection[str] = (),
    since: str = "",
    until: str = "",
) -> list[Happening]:
    """Return events by date, those without one last.

    Only those that name one of `things` in any part, where some are given; only those that begin
    on `since` or later, and before `until` (days as ISO texts). The groups `compared` tell which
    of several dates is the best.

    >>> from factscape.store.oxigraph import MemoryStore
    >>> store = MemoryStore(ox.Store())
    >>> store.oxigraph.load(f"<urn:e> a <{FS.Event}> ; <{FS.of}> <urn:a> .".encode(), ox.RdfFormat.TURTLE)
    >>> [event.iri for event in read_events(Reader(store))]
    ['urn:e']
    """
    store = reader.store
    kinds = {FS.Event, *(name for name, up in hierarchy(store).items() if FS.Event in up)}
    names = sorted(
        {
            name_of(quad.subject)
            for kind in kinds
            for quad in store.quads(None, ox.NamedNode(RDF.type), ox.NamedNode(kind))
        }
    )
    reader.prepare(names)
    reader.learn(names)
    groups = {group.thing: group for group in compared if group.kind == "date"}
    wanted = set(things)
    # An event that has a name only is told by nobody: its sources are not seen by this day's clock.
    told = [name for name in names if any(_tells(one) for one in reader.describe(name).said)]
    found = [
        _event(reader, reader.describe(name), groups.get(name))
        for name in told
        if not wanted or name in wanted or _names_one(reader.describe(name), wanted)
    ]
    fitting = (one for one in found if since <= one.begins and (not until or one.begins < until))
    # An event without a date may have been at any time: it is left out where times are asked for.
    return sorted(fitting, key=lambda one: (one.begins or "~", one.iri))


def _tells(one: Said) -> bool:
    return one.predicate != RDF.type and one.predicate not in NAMES


def _names_one(described: Described, wanted: set[str]) -> bool:
    return any(one.text in wanted for one in described.said if not one.datatype)


def _event(reader: Reader, event: Described, group: Compared | None) -> Happening:
    kinds = reader.types(event.iri)
    parties = {
        (one.predicate, one.text)
        for one in event.said
        if not one.datatype and one.predicate not in (RDF.type, FS.of, FS.eventStatus, *TIMES)
    }
    return Happening(
        iri=event.iri,
        label=reader.label(event.iri),
        kind=reader.named(kinds[0] if kinds else FS.Event),
        of=tuple(map(reader.named, event.values(FS.of))),
        parties=tuple(
            Participant(reader.named(role), reader.named(party)) for role, party in sorted(parties)
        ),
        status=reader.named_or_none(event.one(FS.eventStatus)),
        dates=_dates(reader, event, group),
        disputed=bool(group and group.disputed),
        amounts=_amounts(reader, event.iri),
        citations=_cited(reader, event.graphs),
    )


def _dates(reader: Reader, event: Described, group: Compared | None) -> tuple[Dated, ...]:
    """Return the dates that are told of an event, each once, the best first."""
    graphs: dict[tuple[str | None, str | None], list[str]] = {}
    times: dict[tuple[str | None, str | None], Time] = {}
    for graph in event.graphs:
        own = Described(event.iri, (one for one in event.said if one.graph == graph))
        for time in reader.times(own):
            span = time.begins, time.ends
            times.setdefault(span, time)
            graphs.setdefault(span, []).append(graph)
    order = [graph for side in group.sides for graph in _graphs(group, side)] if group else []

    def rank(span: tuple[str | None, str | None]) -> tuple[int, str, str]:
        places = [order.index(graph) for graph in graphs[span] if graph in order]
        return min(places, default=len(order)), span[0] or "~", span[1] or "~"

    return tuple(
        Dated(times[span], _cited(reader, graphs[span])) for span in sorted(times, key=rank)
    )


def _graphs(group: Compared, side: Iterable[int]) -> list[str]:
    return [group.statements[place][1] for place in side]


def _cited(reader: Reader, graphs: Iterable[str]) -> tuple[Citation, ...]:
    stated = {one for graph in graphs for one in reader.premises(graph) or [graph]}
    found = map(reader.citation, stated)
    return tuple(sorted(found, key=lambda one: (one.source.iri, one.paragraph or 0, one.passage)))


def _amounts(reader: Reader, event: str) -> tuple[Amount, ...]:
    """Return the best figures of an event; the others stand beside them where they are compared."""
    claims = sorted({name for name, role, _ in reader.mentions(event) if role == FS.of})
    reader.prepare(claims)
    found = [read_figure(reader, reader.describe(claim)) for claim in claims]
    best = [
        Amount(reader.named(metric), figure.words, figure.claim, figure.citation)
        for metric, figure in filter(None, found)
        if figure.standing is None or figure.standing.best
    ]
    return tuple(sorted(best, key=lambda one: (one.metric.label["en"], one.claim)))
