"""Reading the card of a thing: point look-ups in the store, no query, so that it takes a blink."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from factscape.claims.cards.edges import EdgeReader
from factscape.claims.cards.figures import read_figure
from factscape.claims.cards.packing import unpacked
from factscape.claims.cards.parts import (
    Card,
    Citation,
    Count,
    Event,
    Figure,
    MetricFigures,
    Name,
    Note,
    Opinion,
    Relation,
    Source,
)
from factscape.claims.cards.subject import TIMES, Subject
from factscape.claims.described import Described, Reader, by_language, node_of
from factscape.names.labels import NAMES
from factscape.terms import DCT, FS, RDF, SCHEMA

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = ["card", "read_source"]

# Who says or measures a figure has it not on their card, nor has its unit or its period: the
# figure is not about them. They are told how many there are.
_NOT_ABOUT = frozenset(
    (
        FS.statedBy, FS.measuredBy, FS.unit, FS.cites, FS.during, FS.basePeriod, FS.status,
        FS.bound, FS.stance, FS.outcome, RDF.type,
    )
)  # fmt: skip


def card(store: Store, iri: str, reader: Reader | None = None) -> Card:
    """Return everything that the facts say of one thing; an empty card where it is unknown.

    Whoever reads many cards of a store hands the same `reader` to each, which remembers what
    they share.

    >>> import pyoxigraph as ox
    >>> from factscape.store.oxigraph import MemoryStore
    >>> store = MemoryStore(ox.Store())
    >>> store.oxigraph.load(b"<urn:a> <urn:owns> <urn:b> .", ox.RdfFormat.TURTLE)
    >>> [(line.direction, line.other.iri) for line in card(store, "urn:b").relations]
    [('in', 'urn:a')]
    """
    reader = reader or Reader(store)
    kept = reader.kept_card(iri)
    return unpacked(kept) if kept else _read(reader, iri)


def _read(reader: Reader, iri: str) -> Card:
    subject = Subject(reader, iri)
    edges = EdgeReader(subject)
    figures, opinions = _figures(subject), tuple(_opinions(subject))
    events, relations = tuple(edges.events()), tuple(edges.relations())
    notes = tuple(_notes(subject))
    cited = _cited(figures, events, relations, opinions, notes)
    return Card(
        iri=iri,
        sort=_sort(subject),
        label=subject.reader.label(iri),
        names=tuple(_names(subject)),
        kinds=tuple(subject.reader.named(kind) for kind in subject.reader.types(iri)),
        time=subject.reader.time(subject.thing),
        notes=notes,
        counts=tuple(_counts(subject)),
        figures=figures,
        events=events,
        relations=relations,
        opinions=opinions,
        sources=tuple(read_source(subject.reader, source) for source in dict.fromkeys(cited)),
        complete=subject.complete,
    )


def _sort(subject: Subject) -> str:
    if subject.iri in subject.statements:
        return "statement"
    return "event" if subject.reader.is_a(subject.iri, FS.Event) else "thing"


def _names(subject: Subject) -> Iterator[Name]:
    texts = subject.reader.names(subject.iri)
    yield from (Name(text, lang) for text, lang in sorted(texts))


def _notes(subject: Subject) -> Iterator[Note]:
    graphs: dict[tuple[str, str, str, str], list[str]] = {}
    for one in subject.thing.said:
        if one.datatype and one.predicate not in (*NAMES, *TIMES):
            key = (one.predicate, one.language, one.text, one.datatype)
            graphs.setdefault(key, []).append(one.graph)
    for (predicate, lang, text, datatype), said_in in graphs.items():
        citations = subject.citations(said_in)
        yield Note(subject.reader.named(predicate), text, lang, datatype, citations)


def _counts(subject: Subject) -> Iterator[Count]:
    """Count what stands in a source or passage, the members of a class, and mere mentions."""
    graphs = [graph for graph, role, _ in subject.incoming if role == FS.passageOf]
    if graphs or subject.reader.is_a(subject.iri, FS.Passage, FS.Source):
        import pyoxigraph as ox

        type_ = ox.NamedNode(RDF.type)
        members: dict[str, set[str]] = {}
        for graph in (subject.iri, *graphs):
            for quad in subject.reader.store.quads(None, type_, None, node_of(graph)):
                members.setdefault(str(quad.object)[1:-1], set()).add(str(quad.subject))
        for kind in sorted(members):
            yield Count(subject.reader.named(kind), len(members[kind]), None)
    number = len({member for member, role, _ in subject.incoming if role == RDF.type})
    if number:
        yield Count(subject.reader.named(subject.iri), number, None)
    mentions = Counter(_mentions(subject))
    for role, kind in sorted(mentions):
        named = subject.reader.named
        yield Count(named(kind), mentions[role, kind], named(role))


def _mentions(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield how, and in what kind of statement, the thing is named without being told of."""
    reader = subject.reader
    for statement in _others(subject):
        roles = _roles(subject, statement)
        kinds = reader.types(statement.iri)
        if not (roles - _NOT_ABOUT) and kinds and not _holds(subject, statement):
            yield from ((role, kinds[0]) for role in roles - {RDF.type})


def _others(subject: Subject) -> Iterator[Described]:
    """Yield the statements that name the thing."""
    return (one for one in subject.statements.values() if one is not subject.thing)


def _roles(subject: Subject, statement: Described) -> set[str]:
    return {one.predicate for one in statement.said if one.text == subject.iri}


def _holds(subject: Subject, statement: Described) -> bool:
    """Say whether a statement is an opinion that the thing holds."""
    by = statement.one(FS.statedBy) == subject.iri
    return by and subject.reader.is_a(statement.iri, FS.Opinion)


def _figures(subject: Subject) -> tuple[MetricFigures, ...]:
    groups: dict[str, list[Figure]] = {}
    for statement in subject.statements.values():
        if statement is not subject.thing and _roles(subject, statement) <= _NOT_ABOUT:
            continue
        found = read_figure(subject.reader, statement)
        if found:
            groups.setdefault(found[0], []).append(found[1])
    found_groups = [
        MetricFigures(
            subject.reader.named(metric), tuple(sorted(rows, key=partial(_order, subject.iri)))
        )
        for metric, rows in groups.items()
    ]
    return tuple(
        sorted(found_groups, key=lambda group: (group.metric.label["en"], group.metric.iri))
    )


def _order(iri: str, figure: Figure) -> tuple[Any, ...]:
    """Sort by time, in a ranking by place, other things by size; what has none comes last.

    Of those that compare the best comes first.
    """
    begins = (figure.time and (figure.time.begins or figure.time.ends)) or "~"
    ends = (figure.time and figure.time.ends) or "~"
    unit = figure.unit.iri if figure.unit else ""
    size = _size(figure)
    if figure.of.iri == iri:
        size = 0.0
    elif unit:
        size = -size
    rank = math.inf if math.isnan(size) else size
    about = sorted((one.role.iri, one.iri, one.label.get("en", "")) for one in figure.about)
    best = figure.standing is not None and figure.standing.best
    return begins, ends, unit, rank, figure.of.label["en"], about, not best, figure.claim


def _size(figure: Figure) -> float:
    try:
        return float(figure.value or "nan")
    except ValueError:
        return math.nan


def _opinions(subject: Subject) -> list[Opinion]:
    found = [
        _opinion(subject, statement)
        for statement in subject.statements.values()
        if subject.reader.is_a(statement.iri, FS.Opinion) and _is_about(subject, statement)
    ]
    return sorted(
        found,
        key=lambda one: (
            one.role != "by",
            one.citation.source.iri,
            one.citation.paragraph or 0,
            one.claim,
        ),
    )


def _is_about(subject: Subject, statement: Described) -> bool:
    """Say whether an opinion is the thing itself, held by it or about it."""
    if statement is subject.thing or _holds(subject, statement):
        return True
    return not _roles(subject, statement) <= _NOT_ABOUT


def _opinion(subject: Subject, statement: Described) -> Opinion:
    reader = subject.reader
    by = statement.one(FS.statedBy)
    return Opinion(
        claim=statement.iri,
        by=reader.named_or_none(by),
        concerns=tuple(reader.named(thing) for thing in statement.values(FS.concerns)),
        says=by_language(statement.all(FS.says)),
        stance=reader.named_or_none(statement.one(FS.stance)),
        status=reader.named_or_none(statement.one(FS.status)),
        proposition=reader.named_or_none(statement.one(FS.proposition)),
        role="by" if by == subject.iri else "about",
        time=reader.time(statement),
        citation=reader.citation(next(iter(statement.graphs), "")),
    )


def _cited(
    figures: Iterable[MetricFigures],
    events: Iterable[Event],
    relations: Iterable[Relation],
    opinions: Iterable[Opinion],
    notes: Iterable[Note],
) -> Iterator[str]:
    """Yield the sources that the lines of a card cite, in the order of the lines."""
    found: list[Citation] = [row.citation for group in figures for row in group.rows]
    found += [citation for event in events for citation in event.citations]
    found += [citation for relation in relations for citation in relation.citations]
    found += [line.citation for line in opinions]
    found += [citation for line in notes for citation in line.citations]
    yield from (citation.source.iri for citation in found if citation.passage)


def read_source(reader: Reader, iri: str) -> Source:
    """Return a source as a card cites it."""
    said = reader.describe(iri)
    return Source(
        iri=iri,
        label=reader.label(iri),
        publisher=reader.named_or_none(said.one(DCT.publisher)),
        issued=said.one(DCT.issued),
        reliability=said.one(FS.reliability),
        url=said.one(SCHEMA.url, SCHEMA.url_http),
    )
