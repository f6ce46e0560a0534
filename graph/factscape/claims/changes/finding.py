"""What changed between two states of the facts, in facts: values, relations, things, disputes.

Statements are matched by their IRIs, which never hold the value: a corrected value keeps its
address. What the files state is compared, not how they are written; what follows is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from factscape.claims.cards.figures import read_figure
from factscape.claims.cards.parts import Citation, Label, Named
from factscape.claims.changes.parts import Change, Changes, PropertyChange
from factscape.claims.changes.states import State, changed_conflicts, moves
from factscape.claims.described import LANGUAGES, Described, Reader
from factscape.claims.descriptions import Said
from factscape.claims.disagreement.intervals import read_decimal
from factscape.claims.words import date_words
from factscape.reading import ontology_files
from factscape.reading.differing import (
    Differing,
    differing_quads,
    named_by_content,
    stated_quads,
)
from factscape.store import Store
from factscape.terms import COMPARED, DCT, FS, PROV, RDF, XSD, name_of

__all__ = ["compare_facts"]

_DATES = (XSD.date, XSD.gYear, XSD.gYearMonth)
_NOTHING: Label = dict.fromkeys(LANGUAGES, "")
_ORDER = ("figure", "rank", "event", "relation", "property", "opinion", "statement")


def compare_facts(old: State, new: State) -> Changes:
    """Return what changed from one state of the facts to another.

    The work grows with the size of what differs, and with the files that hold it.

    Raises FactsNotFoundError, FactsSyntaxError where a file changed since it was opened.
    """
    differing = _differing(old, new)
    subjects: dict[str, _Subject] = defaultdict(_Subject)
    for quad in differing.gone:
        subjects[name_of(quad.subject)].gone.append(quad)
    for quad in differing.come:
        subjects[name_of(quad.subject)].come.append(quad)
    for state in (old, new):
        state.reader.prepare(subjects)
        state.reader.learn(subjects)
    finder = _Finder(old.reader, new.reader, _edges_told(subjects.values()))
    found = [change for iri in sorted(subjects) for change in finder.changes(iri, subjects[iri])]
    aside = {sort: _sorted(one for one in found if one.sort == sort) for sort in _ASIDE}
    return Changes(
        facts=_sorted(one for one in found if one.sort not in _ASIDE),
        things=aside["thing"],
        sources=aside["source"],
        passages=aside["passage"],
        conflicts=tuple(changed_conflicts(old, new)),
        rankings=tuple(moves(old, new, differing)),
    )


_ASIDE = ("thing", "source", "passage")
"""What stands in lists of its own."""


@dataclass
class _Subject:
    """What is said of one subject on one side only."""

    gone: list[ox.Quad] = field(default_factory=list)
    come: list[ox.Quad] = field(default_factory=list)


def _differing(old: State, new: State) -> Differing:
    if old.files and new.files:
        found = differing_quads(_own_files(old), _own_files(new))
    else:
        before, after = (_all_stated(state) for state in (old, new))
        found = Differing(before - after, after - before)
    return Differing(
        {quad for quad in found.gone if not _holds(new.store, quad)},
        {quad for quad in found.come if not _holds(old.store, quad)},
    )


def _own_files(state: State) -> list[Path]:
    """Return the files of a state without those of the ontology, which is the same on both sides."""
    ours = set(ontology_files())
    return [path for path in state.files if path not in ours]


def _all_stated(state: State) -> set[ox.Quad]:
    """Return what the files of a state say, or where a store was opened what is no work of ours."""
    if state.files:
        return stated_quads(_own_files(state))
    derived = {quad.subject for quad in state.store.quads(None, _node(PROV.wasDerivedFrom))}
    return named_by_content(
        quad
        for quad in state.store.quads()
        if quad.graph_name not in derived
        and quad.subject not in derived
        and quad.predicate.value not in (FS.begins, FS.ends)
        and name_of(quad.graph_name) != COMPARED
    )


def _holds(store: Store, quad: ox.Quad) -> bool:
    """Say whether a store states a quad; what has a blank node was compared by what is said of it."""
    if any(isinstance(term, ox.BlankNode) for term in quad) or isinstance(quad.subject, ox.Triple):
        return False
    if isinstance(quad.object, ox.Triple):
        return False
    return any(True for _ in store.quads(*quad))


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def _edges_told(subjects: Iterable[_Subject]) -> set[tuple[str, ...]]:
    """Return the edges that a statement about them tells of: subject, predicate, object, graph."""
    told = set()
    for subject in subjects:
        for quads in (subject.gone, subject.come):
            said = {quad.predicate.value: quad for quad in quads}
            parts = [said.get(name) for name in (RDF.subject, RDF.predicate, RDF.object)]
            if all(parts):
                graph = name_of(said[RDF.subject].graph_name)
                told.add((*(name_of(said[name].object) for name in _EDGE), graph))
    return told


_EDGE = (RDF.subject, RDF.predicate, RDF.object)


class _Finder:
    """Puts what differs of a subject into changes that people understand."""

    def __init__(self, old: Reader, new: Reader, told: set[tuple[str, ...]]) -> None:
        self._old = old
        self._new = new
        self._told = told

    def changes(self, iri: str, subject: _Subject) -> Iterator[Change]:
        """Yield what changed of one subject."""
        before, after = (_stands(reader, iri) for reader in (self._old, self._new))
        before, after = before or bool(subject.gone), after or bool(subject.come)
        kind = "changed" if before and after else "added" if after else "withdrawn"
        reader = self._new if after else self._old
        sort = _sort(reader, iri)
        if sort == "event" and not reader.describe(iri).graphs:
            sort = "thing"  # a name that no source says anything of yet
        if sort in ("figure", "rank", "relation", "opinion", "statement"):
            yield self._statement(kind, sort, iri, subject)
            return
        own = sort == "event"
        if kind != "changed":
            yield self._whole(kind, sort, iri, reader)
        else:
            yield from self._properties(sort, iri, subject)
        if not own:
            yield from self._edges(subject)

    def _statement(self, kind: str, sort: str, iri: str, subject: _Subject) -> Change:
        old = _Told.read(self._old, iri, sort) if kind != "added" else None
        new = _Told.read(self._new, iri, sort) if kind != "withdrawn" else None
        told = new or old
        assert told is not None, "it stands on one side at least"
        both = old is not None and new is not None
        return Change(
            kind=kind,
            sort=sort,
            iri=iri,
            about=told.about,
            what=told.what,
            when=told.when,
            old=old.words if old else _NOTHING,
            new=new.words if new else _NOTHING,
            percent=_percent(old, new) if old and new else None,
            properties=tuple(self._differences(subject)) if both else (),
            citation=told.citation,
        )

    def _whole(self, kind: str, sort: str, iri: str, reader: Reader) -> Change:
        """Return that a thing, event, source or passage as a whole came or went."""
        said = reader.describe(iri)
        time = reader.time(said)
        words = reader.label(iri)
        when = time.label if time else _NOTHING
        if sort == "source":
            when = {lang: date_words(said.one(DCT.issued) or "", lang) for lang in LANGUAGES}
        about = said.one(FS.of) if sort == "event" else said.one(FS.passageOf)
        types = reader.types(iri)
        return Change(
            kind=kind,
            sort=sort,
            iri=iri,
            about=reader.named(about or iri),
            what=reader.named(types[0]) if types else Named("", _NOTHING),
            when=when,
            old=words if kind == "withdrawn" else _NOTHING,
            new=words if kind == "added" else _NOTHING,
            percent=None,
            properties=(),
            citation=_citation(reader, said.graphs) if sort == "event" else None,
        )

    def _properties(self, sort: str, iri: str, subject: _Subject) -> Iterator[Change]:
        """Yield what is said differently of what is there before and after."""
        sides = (subject.gone, subject.come)
        plain = ([q for q in side if sort == "event" or not _is_edge(q)] for side in sides)
        for one in self._differences(_Subject(*plain)):
            old, new = _joined(one.old), _joined(one.new)
            graphs = [
                name_of(quad.graph_name)
                for quad in (*subject.come, *subject.gone)
                if quad.predicate.value == one.property.iri and not _is_default(quad.graph_name)
            ]
            yield Change(
                kind="changed" if one.old and one.new else "added" if one.new else "withdrawn",
                sort=sort if sort in ("source", "passage") else "property",
                iri=iri,
                about=self._new.named(iri),
                what=one.property,
                when=_NOTHING,
                old=old,
                new=new,
                percent=None,
                properties=(),
                citation=_citation(self._new, graphs),
            )

    def _edges(self, subject: _Subject) -> Iterator[Change]:
        """Yield the plain edges that came or went, but those that a statement tells of."""
        for kind, quads, reader in (
            ("withdrawn", subject.gone, self._old),
            ("added", subject.come, self._new),
        ):
            for quad in filter(_is_edge, quads):
                names = tuple(map(name_of, quad))
                if names in self._told:
                    continue
                words = reader.label(names[2])
                yield Change(
                    kind=kind,
                    sort="relation",
                    iri=names[0],
                    about=reader.named(names[0]),
                    what=reader.named(names[1]),
                    when=_NOTHING,
                    old=words if kind == "withdrawn" else _NOTHING,
                    new=words if kind == "added" else _NOTHING,
                    percent=None,
                    properties=(),
                    citation=reader.citation(names[3]),
                )

    def _differences(self, subject: _Subject) -> Iterator[PropertyChange]:
        """Yield what differs by property; where it stands is one too."""
        graphs = [{name_of(q.graph_name) for q in side} for side in (subject.gone, subject.come)]
        olds, news = (_by_predicate(side) for side in (subject.gone, subject.come))
        moved = len(graphs[0]) == len(graphs[1]) == 1 and graphs[0] != graphs[1]
        if moved:
            old, new = graphs[0].pop(), graphs[1].pop()
            yield PropertyChange(
                self._new.named(FS.passageOf), (self._old.label(old),), (self._new.label(new),)
            )
        for predicate in sorted({*olds, *news}):
            old_terms, new_terms = olds.get(predicate, set()), news.get(predicate, set())
            if moved:
                old_terms, new_terms = old_terms - new_terms, new_terms - old_terms
            if old_terms or new_terms:
                yield PropertyChange(
                    self._new.named(predicate),
                    tuple(_term_words(self._old, term) for term in sorted(old_terms, key=str)),
                    tuple(_term_words(self._new, term) for term in sorted(new_terms, key=str)),
                )


@dataclass(frozen=True)
class _Told:
    """A statement in words, and what it is about."""

    about: Named
    what: Named
    when: Label
    words: Label
    citation: Citation | None
    number: str | None = None
    unit: str = ""

    @classmethod
    def read(cls, reader: Reader, iri: str, sort: str) -> _Told:
        """Read a statement that is there."""
        said = reader.describe(iri)
        time = reader.time(said)
        when = time.label if time else _NOTHING
        citation = _citation(reader, said.graphs)
        found = read_figure(reader, said) if sort in ("figure", "rank") else None
        if found is not None:
            metric, figure = found
            about = [one.label for one in figure.about if one.label]
            narrowed = _joined([*about, when] if any(when.values()) else about)
            return cls(
                about=figure.of,
                what=reader.named(metric),
                when=narrowed,
                words=figure.words,
                citation=citation,
                number=said.one(FS.value) if not _has_date(said) else None,
                unit=said.one(FS.unit) or "",
            )
        if sort == "relation":
            what, words = said.one(RDF.predicate), said.one(RDF.object)
            about_iri = said.one(RDF.subject)
            label = reader.label(words) if words else _NOTHING
        else:
            what = next(iter(reader.types(iri)), FS.Statement)
            about_iri = said.one(FS.concerns, FS.of, FS.statedBy)
            label = reader.texts(iri, FS.says) or _NOTHING
        named = reader.named(about_iri or iri)
        return cls(named, reader.named(what or FS.Statement), when, label, citation)


def _has_date(said: Described) -> bool:
    return any(one.datatype in _DATES for one in said.all(FS.value))


def _percent(old: _Told, new: _Told) -> float | None:
    """Return by how much a number grew; None where the two do not compare, or nothing grew."""
    before, after = (read_decimal(one.number or "") for one in (old, new))
    if before is None or after is None or not before or before == after or old.unit != new.unit:
        return None
    return float((after - before) / abs(before) * 100)


def _stands(reader: Reader, iri: str) -> bool:
    """Say whether the files themselves say anything of a subject."""
    return any(_is_stated(reader, one) for one in reader.describe(iri).said)


def _is_stated(reader: Reader, one: Said) -> bool:
    ours = one.graph == COMPARED or one.predicate in (FS.begins, FS.ends)
    return not ours and not (one.graph and reader.premises(one.graph))


def _sort(reader: Reader, iri: str) -> str:
    sorts = (
        ("rank", FS.RankEntry),
        ("figure", FS.Observation),
        ("figure", FS.Comparison),
        ("relation", FS.Relation),
        ("opinion", FS.Opinion),
        ("statement", FS.Statement),
        ("event", FS.Event),
        ("source", FS.Source),
        ("passage", FS.Passage),
    )
    return next((sort for sort, class_ in sorts if reader.is_a(iri, class_)), "thing")


def _is_default(graph: object) -> bool:
    return isinstance(graph, ox.DefaultGraph)


def _is_edge(quad: ox.Quad) -> bool:
    """Say whether a passage says that one thing stands to another."""
    return isinstance(quad.object, ox.NamedNode) and not _is_default(quad.graph_name)


def _by_predicate(quads: Iterable[ox.Quad]) -> dict[str, set[object]]:
    found: dict[str, set[object]] = {}
    for quad in quads:
        found.setdefault(quad.predicate.value, set()).add(quad.object)
    return found


def _term_words(reader: Reader, term: object) -> Label:
    if isinstance(term, ox.NamedNode):
        return reader.label(term.value)
    if isinstance(term, ox.Literal):
        if term.datatype.value in _DATES:
            return {lang: date_words(term.value, lang) for lang in LANGUAGES}
        return dict.fromkeys(LANGUAGES, term.value)
    return dict.fromkeys(LANGUAGES, "…")


def _joined(labels: Sequence[Label]) -> Label:
    commas = {"en": ", ", "zh": "，"}
    return {lang: commas[lang].join(label.get(lang, "") for label in labels) for lang in LANGUAGES}


def _citation(reader: Reader, graphs: Sequence[str]) -> Citation | None:
    stated = [graph for graph in graphs if not reader.premises(graph)]
    return reader.citation(stated[0]) if stated else None


def _sorted(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Order changes by the thing, then what they are, so that two runs compare."""

    def key(one: Change) -> tuple[object, ...]:
        sort = _ORDER.index(one.sort) if one.sort in _ORDER else len(_ORDER)
        name = one.about.label.get("en", "")
        told = one.new["en"], one.old["en"], one.kind
        return name, one.about.iri, sort, one.what.label["en"], one.when["en"], one.iri, *told

    return tuple(sorted(changes, key=key))
