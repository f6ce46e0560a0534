"""Every statement of a store that can be compared with another one, read in one pass.

Measured values, places in rankings, dates of events, and relations of which the ontology says that
there is one at a time (fs:oneObject, fs:oneSubject).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from factscape.claims.disagreement.intervals import Figure, read_decimal
from factscape.claims.disagreement.origins import Origins
from factscape.claims.things import hierarchy
from factscape.terms import DCT, FS, OA, RDF, RDFS, XSD, name_of

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = ["Metric", "Schema", "Statement", "keep_statements", "read_statements"]

_TYPE = ox.NamedNode(RDF.type)
_DATES = frozenset((XSD.date, XSD.gYear, XSD.gYearMonth))

_OWN = frozenset(
    (
        RDF.type, RDFS.label, DCT.issued, OA.start, OA.end, FS.addends, FS.at,
        FS.begins, FS.bound, FS.cites, FS.during, FS.ends, FS.high, FS.low, FS.margin, FS.method,
        FS.metric, FS.of, FS.position, FS.printed, FS.rankedAbove, FS.ranking, FS.reliability, FS.statedAt,
        FS.statedBy, FS.status, FS.tiedWith, FS.unit, FS.value, FS.readWith,
    )
)  # fmt: skip
"""What a statement says of itself; every other property narrows what it measures."""


@dataclass(frozen=True, slots=True)
class Metric:
    """What the ontology says of a metric as far as comparing goes; IRIs throughout."""

    time_kind: str = FS.flow
    exact: bool = False
    compared_as: str = ""
    """The metric that it is taken for where a source does not say more; empty: itself."""
    across: frozenset[str] = frozenset()
    """Properties in which its statements may differ and still compare."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as far as comparing goes; everything named by its IRI, days as ISO texts."""

    iri: str
    """The statement; of an event's date the event, of a bare edge its subject."""
    graph: str
    source: str
    origin: frozenset[str]
    """The documents that the source repeats in the end: itself where it repeats none."""
    kind: str
    """`figure`, `rank`, `relation` or `date`."""
    of: str
    metric: str
    """The metric, ranking or predicate."""
    compared_as: str
    """The metric under which it is compared, mostly its own."""
    time_kind: str
    narrowing: tuple[tuple[str, str], ...]
    """Properties and what they name, or folded words."""
    measured_by: str
    """Who measured, where that parts statements; empty where nobody says, or it does not."""
    unit: str
    """The base unit; empty where there is none."""
    figure: Figure
    object: str
    """What a relation names; else empty."""
    status: str
    begins: str
    ends: str
    time: str
    """The period's IRI or the date, as stated; empty where none is."""
    stated_at: str
    speaker: str
    """Who says so: the one named, else who published the document that is repeated."""
    reliability: str
    issued: str
    """The last day of its source's issue and one; empty where unknown."""


class Schema:
    """What comparing needs to know of metrics, units and properties, read once from a store."""

    def __init__(self, store: Store) -> None:
        """Read the classes; the rest is read when it is first asked for."""
        self._store = store
        self._metrics: dict[str, Metric] = {}
        self._units: dict[str, tuple[str, Decimal]] = {}
        self._above = hierarchy(store)

    def below(self, class_: str) -> set[str]:
        """Return a class and all below it."""
        return {class_, *(name for name, above in self._above.items() if class_ in above)}

    def metric(self, iri: str) -> Metric:
        """Return what is known of a metric; what says nothing is a flow that is rounded."""
        if iri not in self._metrics:
            said = _said(self._store.quads(_node(iri)))
            self._metrics[iri] = Metric(
                time_kind=_first(said, FS.timeKind) or FS.flow,
                exact=_first(said, FS.exactness) == FS.exactAsPrinted,
                compared_as=_first(said, FS.comparedAs),
                across=frozenset(said.get(FS.comparedAcross, ())),
            )
        return self._metrics[iri]

    def unit(self, iri: str) -> tuple[str, Decimal]:
        """Return the base unit of a unit, and what one of it is worth there."""
        if iri not in self._units:
            said = _said(self._store.quads(_node(iri))) if iri else {}
            base, factor = _first(said, FS.baseUnit), read_decimal(_first(said, FS.factor) or "")
            fixed = base and factor and factor > 0
            self._units[iri] = (base, factor) if fixed and factor else (iri, Decimal(1))
        return self._units[iri]

    @cached_property
    def one_object(self) -> set[str]:
        """The properties of which a subject has one object at a time."""
        return self._flagged(FS.oneObject)

    @cached_property
    def one_subject(self) -> set[str]:
        """The properties of which an object has one subject at a time."""
        return self._flagged(FS.oneSubject)

    def _flagged(self, flag: str) -> set[str]:
        return {name_of(quad.subject) for quad in self._store.quads(None, _node(flag), _TRUE)}


_TRUE = ox.Literal(True)
_FINAL = Metric(time_kind=FS.final)
"""What is no metric: a place in a ranking, the date of an event, a relation."""


_KEPT: WeakKeyDictionary[Store, tuple[Statement, ...]] = WeakKeyDictionary()


def keep_statements(store: Store) -> None:
    """Read the statements of a store that does not change once, for whoever reads them again."""
    if store not in _KEPT:
        _KEPT[store] = tuple(read_statements(store))


def read_statements(store: Store) -> Iterator[Statement]:
    """Yield every statement that can be compared, in no order that means anything."""
    if store in _KEPT:
        yield from _KEPT[store]
        return
    reader = _Reader(store)
    seen = set()
    for found in chain(reader.observations(), reader.event_dates(), reader.relations()):
        # What has two classes is met twice.
        where = found.iri, found.graph, found.kind, found.metric, found.object
        if where not in seen:
            seen.add(where)
            yield found


Said = dict[str, list[str]]


class _Reader:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._schema = Schema(store)
        self._origins = Origins(store)

    def observations(self) -> Iterator[Statement]:
        """Yield measured values and places in rankings."""
        ranks = self._schema.below(FS.RankEntry)
        for class_ in sorted(self._schema.below(FS.Observation) - ranks):
            yield from self._of_class(class_, "figure")
        for class_ in sorted(ranks):
            yield from self._of_class(class_, "rank")

    def _of_class(self, class_: str, kind: str) -> Iterator[Statement]:
        for quad in self._store.quads(None, _TYPE, _node(class_)):
            found = self._observation(quad.subject, quad.graph_name, kind)
            if found is not None:
                yield found

    def _observation(self, subject: Subject, graph: Graph, kind: str) -> Statement | None:
        quads = self._quads(subject, graph)
        said = _said(quads)
        of, ranking = _first(said, FS.of), _first(said, FS.ranking)
        metric = ranking if kind == "rank" else _first(said, FS.metric)
        value = _first(said, FS.position if kind == "rank" else FS.value)
        if not (of and metric and (value or _first(said, FS.low) or _first(said, FS.high))):
            return None
        known = self._schema.metric(metric)
        unit, factor = self._schema.unit("" if kind == "rank" else _first(said, FS.unit))
        is_date = _has_date(quads, value)
        rank = kind == "rank"
        figure = Figure(
            value=value or None,
            low=None if rank else _first(said, FS.low) or None,
            high=None if rank else _first(said, FS.high) or None,
            margin=None if rank else _first(said, FS.margin) or None,
            bound=_first(said, FS.bound) or FS.exact,
            printed=_first(said, FS.printed) or None,
            exact=rank or known.exact,
            is_date=is_date,
            factor=factor,
        )
        where = name_of(subject), name_of(graph)
        return self._statement(where, said, kind, of, metric, unit, figure)

    def event_dates(self) -> Iterator[Statement]:
        """Yield when events happened, as each graph says."""
        for class_ in sorted(self._schema.below(FS.Event)):
            for typed in self._store.quads(None, _TYPE, _node(class_)):
                for graph in self._dated_in(typed.subject):
                    said = _said(self._quads(typed.subject, graph))
                    if _first(said, FS.begins) or _first(said, FS.ends):
                        yield self._event_date(name_of(typed.subject), name_of(graph), said)

    def _dated_in(self, event: Subject) -> list[Graph]:
        dated = (quad for quad in self._quads(event) if quad.predicate.value in (FS.at, FS.during))
        return list(dict.fromkeys(quad.graph_name for quad in dated))

    def _event_date(self, event: str, graph: str, said: Said) -> Statement:
        # Its time is a span of days, of which either end can be open.
        first, after = _first(said, FS.begins), _first(said, FS.ends)
        last = (date.fromisoformat(after) - timedelta(days=1)).isoformat() if after else None
        figure = Figure(None, first or None, last, is_date=True)
        return self._statement((event, graph), said, "date", event, FS.at, "", figure)

    def relations(self) -> Iterator[Statement]:
        """Yield the relations of which there is one at a time, with their times where told."""
        schema = self._schema
        for predicate in sorted(schema.one_object | schema.one_subject):
            timed = self._timed(predicate)
            for quad in self._store.quads(None, _node(predicate)):
                graph = name_of(quad.graph_name)
                if isinstance(quad.graph_name, ox.DefaultGraph) or self._origins.is_derived(graph):
                    continue
                ends = name_of(quad.subject), name_of(quad.object)
                iri, said = timed.get((*ends, graph), (ends[0], {}))
                of, other = reversed(ends) if predicate in schema.one_subject else ends
                yield self._statement(
                    (iri, graph), said, "relation", of, predicate, "", Figure(None), other
                )

    def _timed(self, predicate: str) -> dict[tuple[str, str, str], tuple[str, Said]]:
        """Return the fs:Relations of a predicate, by subject, object and graph."""
        found = {}
        for quad in self._store.quads(None, ox.NamedNode(RDF.predicate), _node(predicate)):
            said = _said(self._quads(quad.subject, quad.graph_name))
            ends = _first(said, RDF.subject), _first(said, RDF.object)
            found[(*ends, name_of(quad.graph_name))] = name_of(quad.subject), said
        return found

    def _quads(self, subject: Subject, graph: Graph | None = None) -> list[ox.Quad]:
        if isinstance(subject, ox.Triple):
            return []
        return list(self._store.quads(subject, None, None, graph))

    def _statement(
        self,
        where: tuple[str, str],
        said: Said,
        kind: str,
        of: str,
        metric: str,
        unit: str,
        figure: Figure,
        other: str = "",
    ) -> Statement:
        iri, graph = where
        source = self._origins.source_of(graph)
        origin = self._origins.of(source, said.get(FS.cites, []))
        known = self._schema.metric(metric) if kind == "figure" else _FINAL
        return Statement(
            iri=iri,
            graph=graph,
            source=source,
            origin=origin,
            kind=kind,
            of=of,
            metric=metric,
            compared_as=known.compared_as or metric,
            time_kind=known.time_kind,
            narrowing=_narrowing(said, known.across) if kind in ("figure", "rank") else (),
            measured_by="" if FS.measuredBy in known.across else _first(said, FS.measuredBy),
            unit=unit,
            figure=figure,
            object=other,
            status=_first(said, FS.status) or FS.reported,
            begins=_first(said, FS.begins),
            ends=_first(said, FS.ends),
            time=_first(said, FS.during) or _first(said, FS.at),
            stated_at=_first(said, FS.statedAt),
            speaker=_first(said, FS.statedBy) or self._origins.publisher(origin),
            reliability=_first(said, FS.reliability) or self._origins.reliability(source),
            issued=self._origins.issued(source),
        )


Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def _said(quads: Iterable[ox.Quad]) -> Said:
    """Return the texts of each predicate; of words in several languages the English ones only."""
    said: Said = {}
    others: Said = {}
    for _, predicate, term, _ in quads:
        name = predicate.value
        if isinstance(term, ox.NamedNode):
            text = term.value
        elif not isinstance(term, ox.Literal):
            text = name_of(term)
        elif (term.language or "en").partition("-")[0] == "en":
            text = term.value
        else:
            others.setdefault(name, []).append(term.value)
            continue
        if name in said:
            said[name].append(text)
        else:
            said[name] = [text]
    return others | said if others else said


def _first(said: Said, predicate: str) -> str:
    texts = said.get(predicate)
    if texts is None:
        return ""
    return texts[0] if len(texts) == 1 else min(texts)


def _has_date(quads: Iterable[ox.Quad], value: str) -> bool:
    """Say whether the value is a date, which its datatype tells."""
    # Only where it looks like 2025 or 2025-01 are the datatypes looked at.
    return (
        value[:4].isdecimal()
        and value[4:5] in ("", "-")
        and any(
            quad.predicate.value == FS.value
            and isinstance(quad.object, ox.Literal)
            and quad.object.datatype.value in _DATES
            for quad in quads
        )
    )


def _narrowing(said: Said, across: frozenset[str]) -> tuple[tuple[str, str], ...]:
    found = (
        (predicate, " ".join(text.casefold().split()) if " " in text else text)
        for predicate, texts in said.items()
        if predicate not in _OWN and predicate not in across
        for text in texts
    )
    return tuple(sorted(found))
