"""What follows from facts and is written when a store is built: periods, spans, derived edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from factscape.claims.times import (
    NAMES_A_PERIOD,
    slug_of_period,
    span_of_date,
    span_of_period,
)
from factscape.claims.words import period_words
from factscape.errors import FactscapeError, Place
from factscape.model import Span
from factscape.terms import DCT, FS, PROV, RDF, RDFS, SKOS, XSD

__all__ = ["DERIVED", "PREMISES", "derived_graph", "derived_quads", "time_quads"]

_TYPE = ox.NamedNode(RDF.type)
_BEGINS = ox.NamedNode(FS.begins)
_ENDS = ox.NamedNode(FS.ends)
_DURING = ox.NamedNode(FS.during)
_PERIOD = ox.NamedNode(FS.Period)
_LABEL = ox.NamedNode(RDFS.label)
_PASSAGE_OF = ox.NamedNode(FS.passageOf)
PREMISES = ("premise", "premise2", "premise3")
"""The columns of a rule that name the graphs it concludes from."""

DERIVED = "derived"
"""How the names of graphs end in which conclusions stand."""

_NEEDED = {"subject", "predicate", "object", "premise"}

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Object = Subject | ox.Literal
GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
Conclusion = tuple[Subject, ox.NamedNode, Object, list[ox.NamedNode]]


def time_quads(store: ox.Store) -> Iterator[ox.Quad]:
    """Yield fs:begins and fs:ends for periods, and for all that has fs:at, fs:during or dct:issued.

    They stand in the graph that states the time. What already has one of its own keeps it. A period
    whose slug says its span gets a type and names too, in the default graph: nobody lists periods.

    >>> store = ox.Store()
    >>> store.load(b"<urn:s> <http://purl.org/dc/terms/issued> '2025' .", ox.RdfFormat.TURTLE)
    >>> [quad.object.value for quad in time_quads(store)]
    ['2025-01-01', '2026-01-01']
    """
    spans = dict(_spans_of_periods(store))
    for period, (span, is_stated) in spans.items():
        if span and not is_stated:
            yield ox.Quad(period, _TYPE, _PERIOD)
            yield from _written(period, span, ox.DefaultGraph())
        yield from _period_labels(store, period, span)
    for predicate in (FS.at, DCT.issued):
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None):
            if isinstance(quad.object, ox.Literal) and not _has_span(store, quad):
                yield from _written(quad.subject, span_of_date(quad.object.value), quad.graph_name)
    for quad in store.quads_for_pattern(None, _DURING, None):
        if not isinstance(quad.object, ox.Literal) and not _has_span(store, quad):
            span, _ = spans.get(quad.object, (None, False))
            yield from _written(quad.subject, span, quad.graph_name)


def _spans_of_periods(store: ox.Store) -> Iterator[tuple[Subject, tuple[Span | None, bool]]]:
    """Yield every period that is declared or used, its span, and whether the facts state it."""
    periods: dict[Subject, None] = {}
    for predicate in NAMES_A_PERIOD:
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None):
            if isinstance(quad.object, ox.NamedNode | ox.BlankNode):
                periods[quad.object] = None
    for quad in store.quads_for_pattern(None, _TYPE, _PERIOD):
        periods[quad.subject] = None
    for period in periods:
        if stated := _stated_span(store, period):
            yield period, (stated, True)
        elif isinstance(period, ox.NamedNode) and (slug := slug_of_period(period.value)):
            yield period, (span_of_period(slug), False)


def _period_labels(store: ox.Store, period: Subject, span: Span | None) -> Iterator[ox.Quad]:
    """Yield the names that a period's slug gives it, in the languages in which it has none."""
    slug = slug_of_period(period.value) if isinstance(period, ox.NamedNode) else None
    # A year that is stated to begin in April has no name that its slug could give it.
    if slug is None or span_of_period(slug) != span:
        return
    languages = {
        (quad.object.language or "").partition("-")[0]
        for predicate in (_LABEL, ox.NamedNode(SKOS.prefLabel))
        for quad in store.quads_for_pattern(period, predicate, None)
        if isinstance(quad.object, ox.Literal)
    }
    for lang in ("en", "zh"):
        if lang not in languages and "" not in languages:
            words = ox.Literal(period_words(slug, lang), language=lang)
            yield ox.Quad(period, _LABEL, words, ox.DefaultGraph())


def _stated_span(store: ox.Store, period: Subject) -> Span | None:
    days = {}
    for name, predicate in (("begins", _BEGINS), ("ends", _ENDS)):
        for quad in store.quads_for_pattern(period, predicate, None):
            if isinstance(quad.object, ox.Literal) and (day := span_of_date(quad.object.value)):
                days[name] = day.begins
    begins, ends = days.get("begins"), days.get("ends")
    # A span the wrong way round holds nothing: the shapes report it, here it is passed over.
    if not days or (begins and ends and ends <= begins):
        return None
    return Span(begins, ends)


def _has_span(store: ox.Store, quad: ox.Quad) -> bool:
    found = (
        stated
        for predicate in (_BEGINS, _ENDS)
        for stated in store.quads_for_pattern(quad.subject, predicate, None, quad.graph_name)
    )
    return next(found, None) is not None


def _written(subject: Subject, span: Span | None, graph: GraphName) -> Iterator[ox.Quad]:
    for predicate, day in ((_BEGINS, span and span.begins), (_ENDS, span and span.ends)):
        if day:
            literal = ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD.date))
            yield ox.Quad(subject, predicate, literal, graph)


def derived_graph(premise: str) -> str:
    """Return the graph in which what follows from a passage (or a whole source) stands.

    >>> derived_graph("https://example.org/s#p4"), derived_graph("https://example.org/s")
    ('https://example.org/s#p4-derived', 'https://example.org/s#derived')
    """
    return premise + ("-" if "#" in premise else "#") + DERIVED


def derived_quads(store: ox.Store, rules: Iterable[Path]) -> Iterator[ox.Quad]:
    """Yield what the rules conclude, with the graph it stands in and the graphs it follows from.

    A rule is a SELECT with the columns subject, predicate, object and premise (premise2, premise3:
    further graphs). What a premise's graph itself says is not derived again. Raises FactscapeError
    with the rule's file when it is not such a query.
    """
    for rule in rules:
        for subject, predicate, object_, premises in _conclusions(store, rule):
            if any(_says(store, subject, predicate, object_, graph) for graph in premises):
                continue
            graph = ox.NamedNode(derived_graph(premises[0].value))
            passage_of = store.quads_for_pattern(premises[0], _PASSAGE_OF, None)
            source = next((quad.object for quad in passage_of), premises[0])
            yield ox.Quad(subject, predicate, object_, graph)
            yield ox.Quad(graph, _TYPE, ox.NamedNode(FS.Passage))
            yield ox.Quad(graph, _PASSAGE_OF, source)
            for premise in premises:
                yield ox.Quad(graph, ox.NamedNode(PROV.wasDerivedFrom), premise)


def _conclusions(store: ox.Store, rule: Path) -> Iterator[Conclusion]:
    try:
        rows = store.query(rule.read_text(encoding="utf-8"), use_default_graph_as_union=True)
    except SyntaxError as error:
        raise FactscapeError(f"this rule is not SPARQL: {error}", place=Place(str(rule))) from error
    columns = _columns(rows)
    if not isinstance(rows, ox.QuerySolutions) or not _NEEDED.issubset(columns):
        raise FactscapeError(
            "a rule must be a SELECT of ?subject ?predicate ?object ?premise",
            place=Place(str(rule)),
        )
    for row in rows:
        premises = [row[name] for name in PREMISES if name in columns and row[name] is not None]
        yield row["subject"], row["predicate"], row["object"], premises


def _columns(rows: object) -> set[str]:
    return (
        {column.value for column in rows.variables}
        if isinstance(rows, ox.QuerySolutions)
        else set()
    )


def _says(
    store: ox.Store,
    subject: Subject,
    predicate: ox.NamedNode,
    object_: Object,
    graph: ox.NamedNode,
) -> bool:
    return next(store.quads_for_pattern(subject, predicate, object_, graph), None) is not None
