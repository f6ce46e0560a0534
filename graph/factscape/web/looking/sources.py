"""What the list of sources shows, and of one source or passage what it says, by paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from factscape.claims.cards.figures import read_figure
from factscape.claims.cards.parts import Citation, Figure, Label, Named, Time, as_plain
from factscape.claims.described import Described, Reader, by_language, node_of
from factscape.claims.sources import Source, read_sources
from factscape.terms import DCT, FS, PREFIXES, RDF, SCHEMA, name_of
from factscape.web.given import Given, one_of, paged, text_of

if TYPE_CHECKING:
    from factscape.opening import Facts

__all__ = ["SORTS", "paragraphs", "passages", "relation", "source", "sources"]

Data = dict[str, Any]

_ROWS = 100
_GRADES = ("", "A", "B", "C", "D")
_CREATOR = PREFIXES["dct"] + "creator"
SORTS = ("issued", "title", "publisher", "reliability", "statements", "cited")
"""What a list of sources can be sorted by; the first is what it is without being told."""


def sources(facts: Facts, given: Given) -> Data:
    """Return the sources in parts, those of a `reliability` or with a word `q`; newest first.

    Raises MisuseError.
    """
    sort = one_of(given, "sort", SORTS)
    grade = one_of(given, "reliability", _GRADES)
    words = text_of(given, "q").casefold().split()
    every = read_sources(facts.store, given.get("lang", "en"))
    chosen = [one for one in every if grade in ("", one.reliability) and _has(one, words)]
    part = paged(_sorted(chosen, sort), given, _ROWS)
    return {
        "count": len(chosen),
        "of": len(every),
        "q": text_of(given, "q"),
        "reliability": grade,
        "sort": sort,
        **part.places,
        "sources": [one.as_dict() for one in part.rows],
    }


def _has(source: Source, words: Iterable[str]) -> bool:
    text = f"{source.title} {source.publisher or ''} {source.iri} {source.issued or ''}".casefold()
    return all(word in text for word in words)


def _sorted(found: Sequence[Source], sort: str) -> list[Source]:
    """Return sources that come newest first in another order; what has none comes last."""
    if sort in ("statements", "cited"):
        number = "cited_by" if sort == "cited" else sort
        return sorted(found, key=lambda one: -getattr(one, number))
    if sort == "issued":
        return list(found)
    return sorted(found, key=lambda one: (getattr(one, sort) or "~").casefold())


def source(facts: Facts, iri: str) -> Data:
    """Return what a source is, beside its card: its document, and what repeats and leans on what."""
    reader = facts.reader
    said = reader.describe(iri)

    def named(iris: Iterable[str]) -> list[Named]:
        return [reader.named(one) for one in iris]

    mentions = reader.mentions(iri)
    about = {role: sorted({one for one, how, _ in mentions if how == role}) for role in _LEANING}
    return {
        "title": by_language(said.all(DCT.title)) or reader.label(iri),
        "publisher": as_plain(reader.named_or_none(said.one(DCT.publisher))),
        "creators": as_plain(tuple(named(said.values(_CREATOR)))),
        "issued": said.one(DCT.issued),
        "issued_inferred": said.one(FS.issuedInferred) in ("true", "1"),
        "reliability": said.one(FS.reliability),
        "language": said.one(PREFIXES["dct"] + "language"),
        "url": said.one(SCHEMA.url, SCHEMA.url_http),
        "repeats": as_plain(tuple(named(said.values(FS.basedOn)))),
        "cites": as_plain(tuple(named(said.values(FS.cites)))),
        "repeated_by": as_plain(tuple(named(about[FS.basedOn]))),
        "cited_by": len(about[FS.cites]),
    }


_LEANING = (FS.basedOn, FS.cites)


class Told(NamedTuple):
    """A relation that a passage states; `claim` is None for an edge without a statement."""

    claim: str | None
    subject: Named
    predicate: Named
    object: Named
    time: Time | None
    status: Named | None


class Measured(NamedTuple):
    """A figure that a passage states."""

    metric: Named
    figure: Figure


class Thought(NamedTuple):
    """An opinion that a passage tells of."""

    claim: str
    by: Named | None
    says: Label


class Happened(NamedTuple):
    """An event that a passage tells of, at the time that it says."""

    iri: str
    label: Label
    time: Time


class Understood(NamedTuple):
    """Words for a time, and the time that they were read as."""

    claim: str
    printed: str
    time: Time


class Paragraph(NamedTuple):
    """What one passage says, and what its words for times were read as."""

    passage: str
    number: int | None
    figures: tuple[Measured, ...]
    events: tuple[Happened, ...]
    relations: tuple[Told, ...]
    opinions: tuple[Thought, ...]
    readings: tuple[Understood, ...]


def passages(facts: Facts, iri: str) -> list[Citation]:
    """Return the passages of a source in order, also those that nothing was read from."""
    reader = facts.reader
    found = [reader.citation(one) for one, role, _ in reader.mentions(iri) if role == FS.passageOf]
    return sorted(found, key=lambda one: (one.paragraph or 0, one.passage))


def paragraphs(facts: Facts, iri: str) -> tuple[Paragraph, ...]:
    """Return what a source says in each of its passages, or what one passage says."""
    reader = facts.reader
    within = [one.passage for one in passages(facts, iri)]
    graphs = {one for one in (iri, *within) if not reader.premises(one)}
    found = [_paragraph(facts, graph) for graph in sorted(graphs)]
    said = [one for one in found if any(one[2:])]
    return tuple(sorted(said, key=lambda one: (one.number or 0, one.passage)))


def _paragraph(facts: Facts, graph: str) -> Paragraph:
    reader, node = facts.reader, node_of(graph)
    edges: dict[str, list[tuple[str, str]]] = {}
    for quad in facts.store.quads(None, None, None, node):
        pair = quad.predicate.value, name_of(quad.object)
        edges.setdefault(name_of(quad.subject), []).append(pair)
    reader.prepare(edges)
    figures, events, relations, opinions, readings = [], [], [], [], []
    for iri in sorted(edges):
        said = reader.describe(iri)
        if found := read_figure(reader, said):
            figures.append(Measured(reader.named(found[0]), found[1]))
        elif reader.is_a(iri, FS.Opinion):
            by = reader.named_or_none(said.one(FS.statedBy))
            opinions.append(Thought(iri, by, by_language(said.all(FS.says))))
        elif reader.is_a(iri, FS.TimeReading):
            if time := reader.time(said):
                readings.append(Understood(iri, said.one(FS.printed) or "", time))
        elif told := relation(reader, iri):
            relations.append(told)
        elif reader.is_a(iri, FS.Event):
            own = Described(iri, (one for one in said.said if one.graph == graph))
            if time := reader.time(own):
                events.append(Happened(iri, reader.label(iri), time))
    stated = {(one.subject.iri, one.predicate.iri, one.object.iri) for one in relations}
    things = facts.things.types
    for subject in sorted(edges.keys() & things.keys()):
        if not reader.is_a(subject, FS.Event):
            for predicate, other in sorted(edges[subject]):
                if other in things and (subject, predicate, other) not in stated:
                    start, joined, end = map(reader.named, (subject, predicate, other))
                    relations.append(Told(None, start, joined, end, None, None))
    figures.sort(key=lambda one: (one.figure.of.label["en"], one.metric.label["en"]))
    number = reader.citation(graph).paragraph
    return Paragraph(
        passage=graph,
        number=number,
        figures=tuple(figures),
        events=tuple(events),
        relations=tuple(relations),
        opinions=tuple(opinions),
        readings=tuple(readings),
    )


def relation(reader: Reader, iri: str) -> Told | None:
    """Return the relation that a statement states, None where it states none."""
    said = reader.describe(iri)
    ends = [said.one(name) for name in (RDF.subject, RDF.predicate, RDF.object)]
    subject, predicate, other = (reader.named_or_none(one) for one in ends)
    if not (subject and predicate and other):
        return None
    status = reader.named_or_none(said.one(FS.status))
    return Told(iri, subject, predicate, other, reader.time(said), status)
