"""One source beside all others: what supports it, what contradicts it, what only it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from factscape.claims.arithmetic import Outcome, Recomputed
from factscape.claims.cards.figures import read_figure
from factscape.claims.cards.parts import Citation, Label, Named, Time
from factscape.claims.described import LANGUAGES, Described, Reader, by_language
from factscape.claims.disagreement.statements import Statement, read_statements
from factscape.claims.words import number_words
from factscape.terms import FS, RDF, name_of

if TYPE_CHECKING:
    from factscape.claims.disagreement.kept import Compared
    from factscape.store import Store

__all__ = ["Doubt", "Other", "Report", "Said", "Thought", "read_report"]

Key = tuple[str, str]
"""A statement's IRI and graph."""


class Other(NamedTuple):
    """What another source says of the same, and how the two stand to one another."""

    words: Label
    verdict: Named
    independent: bool
    """Whether the two repeat no document in common."""
    citation: Citation


class Said(NamedTuple):
    """A statement of the source, with what others say of the same."""

    claim: str
    thing: Named
    metric: Named
    time: Time | None
    words: Label
    citation: Citation
    others: tuple[Other, ...]

    @property
    def standing(self) -> str:
        """`contradicted`, else `supported` where an independent voice agrees, else `alone`."""
        bad = {one.verdict.iri for one in self.others} & _UNLIKE
        if bad:
            return "contradicted"
        return "supported" if any(one.independent for one in self.others) else "alone"


_UNLIKE = {FS.strained, FS.revised, FS.inconsistent}


class Doubt(NamedTuple):
    """A figure of the source that does not follow from its inputs."""

    claim: str
    thing: Named
    metric: Named
    time: Time | None
    words: Label
    result: Label
    """What follows instead, from the least to the most."""
    inputs: tuple[tuple[Named, Label, Citation], ...]
    own_inputs: bool
    citation: Citation


class Thought(NamedTuple):
    """An opinion that stands in the source."""

    by: Named | None
    says: Label
    citation: Citation


class Report(NamedTuple):
    """All that one page about a source says; statements by paragraph."""

    source: Named
    said: tuple[Said, ...]
    doubts: tuple[Doubt, ...]
    opinions: tuple[Thought, ...]
    repeats: tuple[Named, ...]
    """The documents that it repeats."""
    repeated_by: tuple[Named, ...]


def read_report(
    reader: Reader,
    store: Store,
    source: str,
    compared: Iterable[Compared],
    recomputed: Iterable[Recomputed],
) -> Report:
    """Return what a source says, and how it stands to all others.

    >>> from factscape.store.oxigraph import MemoryStore
    >>> store = MemoryStore(ox.Store())
    >>> read_report(Reader(store), store, "urn:s", (), ()).said
    ()
    """
    known = {(one.iri, one.graph): one for one in read_statements(store)}
    groups: dict[Key, list[Compared]] = {}
    for group in compared:
        for iri, graph, _ in group.statements:
            groups.setdefault((iri, graph), []).append(group)
    said = [
        _said(reader, one, groups.get(key, ()), known)
        for key, one in known.items()
        if one.source == source
    ]
    doubts = [
        _doubt(reader, one)
        for one in recomputed
        if one.statement
        and one.statement.source == source
        and one.outcome is Outcome.DOES_NOT_FOLLOW
    ]
    based_on = store.quads(None, ox.NamedNode(FS.basedOn), ox.NamedNode(source))
    return Report(
        source=reader.named(source),
        said=tuple(sorted(said, key=lambda one: (*_place(one.citation), one.claim))),
        doubts=tuple(sorted(doubts, key=lambda one: (*_place(one.citation), one.claim))),
        opinions=tuple(sorted(_opinions(reader, store, source), key=lambda o: _place(o.citation))),
        repeats=tuple(map(reader.named, reader.describe(source).values(FS.basedOn))),
        repeated_by=tuple(map(reader.named, sorted({name_of(q.subject) for q in based_on}))),
    )


def _place(citation: Citation) -> tuple[int, str]:
    return citation.paragraph or 0, citation.passage


def _said(
    reader: Reader, one: Statement, groups: Sequence[Compared], known: Mapping[Key, Statement]
) -> Said:
    words, time = _words(reader, one)
    others = {
        (other.iri, other.graph): Other(
            _words(reader, other)[0],
            reader.named(getattr(FS, verdict)),
            not other.origin & one.origin,
            reader.citation(other.graph),
        )
        for group in groups
        for key, verdict in _pairs(group, (one.iri, one.graph))
        if (other := known.get(key)) is not None and other.source != one.source
    }
    return Said(
        claim=one.iri,
        thing=reader.named(one.of),
        metric=reader.named(one.metric),
        time=time,
        words=words,
        citation=reader.citation(one.graph),
        others=tuple(others[key] for key in sorted(others)),
    )


def _pairs(group: Compared, key: Key) -> Iterator[tuple[Key, str]]:
    """Yield the statements that one of a group was compared with, and how they stand to it."""
    keys = [(iri, graph) for iri, graph, _ in group.statements]
    for one, other, verdict in group.pairs:
        if keys[one] == key:
            yield keys[other], verdict
        elif keys[other] == key:
            yield keys[one], verdict


def _words(reader: Reader, one: Statement) -> tuple[Label, Time | None]:
    """Return what a statement says, and the time that it says it of."""
    described = reader.describe(one.iri)
    if one.kind in ("figure", "rank"):
        found = read_figure(reader, described)
        if found:
            return found[1].words, found[1].time
    if one.kind == "relation":
        return reader.label(one.object), reader.time(described)
    own = Described(one.iri, (each for each in described.said if each.graph == one.graph))
    time = reader.time(own)
    return (time.label if time else dict.fromkeys(LANGUAGES, "")), None


def _doubt(reader: Reader, one: Recomputed) -> Doubt:
    statement = one.statement
    assert statement is not None, "what no source states cannot be one source's doubt"
    words, time = _words(reader, statement)
    return Doubt(
        claim=statement.iri,
        thing=reader.named(statement.of),
        metric=reader.named(statement.metric),
        time=time,
        words=words,
        result=_result(one),
        inputs=tuple(
            (reader.named(each.metric), _words(reader, each)[0], reader.citation(each.graph))
            for each in one.inputs
        ),
        own_inputs=one.own_inputs,
        citation=reader.citation(statement.graph),
    )


def _result(one: Recomputed) -> Label:
    if one.result is None:
        return dict.fromkeys(LANGUAGES, "")
    ends = [
        "" if end is None else f"{float(f'{end:.4g}'):f}"
        for end in (one.result.low, one.result.high)
    ]
    return {lang: "–".join(number_words(end, lang) for end in ends) for lang in LANGUAGES}


def _opinions(reader: Reader, store: Store, source: str) -> Iterator[Thought]:
    passages = store.quads(None, ox.NamedNode(FS.passageOf), ox.NamedNode(source))
    for graph in [source, *sorted({name_of(quad.subject) for quad in passages})]:
        kind = ox.NamedNode(FS.Opinion)
        for quad in store.quads(None, ox.NamedNode(RDF.type), kind, ox.NamedNode(graph)):
            said = reader.describe(name_of(quad.subject))
            yield Thought(
                reader.named_or_none(said.one(FS.statedBy)),
                by_language(said.all(FS.says)),
                reader.citation(graph),
            )
