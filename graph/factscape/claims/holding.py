"""When triples hold, so that a page can show any day: the same definition as `--as-of`.

`claims.clocks` takes what does not hold on one day out of a store; here the days themselves are
told, for the triples that are drawn. What follows from others holds while they do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from factscape.claims.clocks import seen_days
from factscape.claims.derive import DERIVED, PREMISES, derived_graph
from factscape.terms import FS, RDF, name_of

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = ["ALWAYS", "NEVER", "Holding", "Quad", "Spans", "both", "either"]

Quad = tuple[str, str, str, str]
"""Subject, predicate, object and graph; the default graph is the empty string."""

Spans = tuple[tuple[str, str], ...]
"""Half-open spans of days as ISO texts, in order, apart; open ends are `BEFORE` and `AFTER`."""

BEFORE, AFTER = "", "~"
"""Texts that sort before and after every date."""

ALWAYS: Spans = ((BEFORE, AFTER),)
NEVER: Spans = ()

Ground = tuple[Quad, ...]
"""Triples that lead to something together."""

Triple = tuple[str, str, str]

_COLUMNS = re.compile(r"SELECT\s+DISTINCT\s+(\?\w+\s+)+WHERE")

_TELLING = (FS.begins, FS.ends, FS.during, FS.metric, RDF.predicate)


def either(spans: Iterable[Spans]) -> Spans:
    """Return when at least one of several holds.

    >>> either([(("2024-01-01", "2025-01-01"),), (("2025-01-01", "~"),)])
    (('2024-01-01', '~'),)
    """
    joined: list[tuple[str, str]] = []
    for begins, ends in sorted(span for one in spans for span in one):
        if joined and begins <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(ends, joined[-1][1])
        else:
            joined.append((begins, ends))
    return tuple(joined)


def both(one: Spans, other: Spans) -> Spans:
    """Return when two hold at once.

    >>> both(ALWAYS, (("2024-01-01", "~"),))
    (('2024-01-01', '~'),)
    """
    common = ((max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other)
    return tuple(sorted(span for span in common if span[0] < span[1]))


class Holding:
    """When each triple of a store holds, as both clocks and pages see it."""

    def __init__(self, store: Store, rules: Iterable[Path] = ()) -> None:
        """Read all times, all statements about edges, and what the `rules` conclude from what."""
        self._spans = _read_spans(store)
        self._about = _statements_about(store)
        self._conclusions = _read_conclusions(store, rules)

    def of(self, quad: Quad) -> Spans:
        """Return when a triple of a graph holds: a conclusion while something leads to it.

        What is stated holds while what its subject says in that graph does, and while all
        statements about it there do.
        """
        subject, predicate, object_, graph = quad
        premises = self._conclusions.get((subject, predicate, object_), {}).get(graph)
        if premises:
            return either(self.all_of(ground) for ground in premises)
        spans = self._spans.get((subject, graph), ALWAYS)
        for statement in self._about.get(quad, ()):
            spans = both(spans, self._spans.get((statement, graph), ALWAYS))
        return spans

    def all_of(self, quads: Iterable[Quad]) -> Spans:
        """Return when several triples hold at once."""
        spans = ALWAYS
        for quad in quads:
            spans = both(spans, self.of(quad))
        return spans

    def also(self, subject: str, predicate: str, object_: str) -> list[Quad]:
        """Return the triple with each graph in which it stands, or would if nobody stated it."""
        graphs = self._conclusions.get((subject, predicate, object_), ())
        return [(subject, predicate, object_, graph) for graph in graphs]

    def statements(self, quad: Quad) -> Sequence[str]:
        """Return the statements in the same graph that are about a triple."""
        return self._about.get(quad, ())


def _read_spans(store: Store) -> dict[tuple[str, str], Spans]:
    """Return when what a subject says in a graph is seen; what has no time is not in it."""
    values: dict[tuple[str, str], dict[str, object]] = defaultdict(dict)
    for predicate in _TELLING:
        for quad in store.quads(None, ox.NamedNode(predicate)):
            if not isinstance(quad.graph_name, ox.DefaultGraph):
                values[name_of(quad.subject), name_of(quad.graph_name)][predicate] = quad.object
    stock = ox.NamedNode(FS.stock)
    stocks = {quad.subject for quad in store.quads(None, ox.NamedNode(FS.timeKind), stock)}
    spans: dict[tuple[str, str], Spans] = {}
    for key, said in values.items():
        if FS.begins not in said and FS.ends not in said:
            continue
        begins, ends = seen_days(said, stocks)
        if begins or ends:
            first, after = (day.isoformat() if day else "" for day in (begins, ends))
            spans[key] = ((first or BEFORE, after or AFTER),)
    return spans


def _statements_about(store: Store) -> dict[Quad, tuple[str, ...]]:
    """Return the statements about each triple of each graph."""
    parts: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for predicate in (RDF.subject, RDF.predicate, RDF.object):
        for quad in store.quads(None, ox.NamedNode(predicate)):
            if not isinstance(quad.object, ox.Literal | ox.Triple):
                key = name_of(quad.subject), _graph_name(quad)
                parts[key][predicate] = name_of(quad.object)
    found: dict[Quad, set[str]] = defaultdict(set)
    for (statement, graph), said in parts.items():
        if len(said) == 3:
            edge = said[RDF.subject], said[RDF.predicate], said[RDF.object]
            found[(*edge, graph)].add(statement)
    return {quad: tuple(sorted(names)) for quad, names in found.items()}


def _graph_name(quad: ox.Quad) -> str:
    return "" if isinstance(quad.graph_name, ox.DefaultGraph) else name_of(quad.graph_name)


def _read_conclusions(store: Store, rules: Iterable[Path]) -> dict[Triple, dict[str, list[Ground]]]:
    """Return what rules conclude, by the graph that it stands in, each with what it follows from."""
    found: dict[Triple, dict[str, list[Ground]]] = defaultdict(lambda: defaultdict(list))
    for rule in rules:
        # With all that it has bound, a row says which event or edge it was.
        query = _COLUMNS.sub("SELECT DISTINCT * WHERE", rule.read_text(encoding="utf-8"))
        rows = store.query(query)
        assert isinstance(rows, ox.QuerySolutions)
        names = [variable.value for variable in rows.variables]
        for row in rows:
            bound = {name: row[name] for name in names if isinstance(row[name], _NODES)}
            graphs = [bound[name] for name in PREMISES if name in bound]
            # What was derived already leads to nothing further.
            if not any(name_of(graph).endswith(DERIVED) for graph in graphs):
                s, p, o = (name_of(bound[name]) for name in ("subject", "predicate", "object"))
                ground = tuple(sorted(_among(store, {*bound.values()}, graphs, (s, p, o))))
                found[s, p, o][derived_graph(name_of(graphs[0]))].append(ground)
    return {triple: dict(graphs) for triple, graphs in found.items()}


_NODES = (ox.NamedNode, ox.BlankNode)


def _among(
    store: Store, bound: set[Any], graphs: Iterable[Any], conclusion: Triple
) -> Iterator[Quad]:
    """Yield the triples of some graphs that join two of what a rule has bound.

    Two things may be joined by more than the edge that the rule speaks of.
    """
    for graph in graphs:
        for node in bound:
            for quad in store.quads(node, None, None, graph):
                triple = name_of(node), quad.predicate.value, name_of(quad.object)
                if quad.object not in bound or triple == conclusion or triple[1] == RDF.type:
                    continue
                if {triple[0], triple[2]} != {conclusion[0], conclusion[2]} or (
                    quad.predicate in bound
                ):
                    yield (*triple, name_of(graph))
