"""What in a store is a thing, and which triples join two things.

Left out are the terms of vocabularies, and the members of classes that the ontology draws as
details (fs:drawnAs fs:Detail, for subclasses too): statements, passages, sources, metrics, units,
periods. Without an ontology everything is a thing that is not a vocabulary's term.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from factscape.terms import FS, PREFIXES, RDF, RDFS, SKOS, name_of

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = ["Edge", "Things", "hierarchy", "read_things"]

Edge = tuple[str, str, str]
"""Predicate, object and graph; blank nodes as `_:…`, the default graph as the empty string."""

_DESCRIBING = tuple(PREFIXES[name] for name in ("rdf", "rdfs", "owl", "sh"))
"""Vocabularies for describing vocabularies: what they class is no thing, with few exceptions."""
_SCHEMAS = (*_DESCRIBING, PREFIXES["xsd"], PREFIXES["fs"])

_OF_THINGS = frozenset(
    PREFIXES[prefix] + name
    for prefix, names in {
        "rdf": "Alt Bag List Seq first rest value",
        "rdfs": "Container Resource member seeAlso",
        "owl": "NamedIndividual Thing differentFrom sameAs",
    }.items()
    for name in names.split()
)
"""Classes and properties of those vocabularies that are said of things."""


_SAME = frozenset(
    {
        *(PREFIXES["skos"] + name for name in ("exactMatch", "closeMatch")),
        *(PREFIXES[prefix] + "sameAs" for prefix in ("owl", "schema")),
        "http://schema.org/sameAs",
    }
)


@dataclass(frozen=True)
class Things:
    """The things of a store and the edges between them, all in the order of their IRIs."""

    types: dict[str, tuple[str, ...]]
    """Every thing with its types, the most particular first."""
    edges: dict[str, list[Edge]]
    """The edges that leave a thing, by thing."""


@dataclass(frozen=True)
class _Scope:
    """Where to look."""

    left_out: Collection[str]
    """Classes whose members are no things."""
    terms: frozenset[str]
    """The classes and properties in use, which are no things either."""
    joining: Collection[str]
    """The properties that join things."""


def read_things(store: Store) -> Things:
    """Return the things that have a type or a neighbour, and every triple between two of them.

    >>> from factscape.store.oxigraph import MemoryStore
    >>> store = MemoryStore(ox.Store())
    >>> store.oxigraph.load(b"<urn:a> a <urn:Firm> ; <urn:owns> <urn:b> .", ox.RdfFormat.TURTLE)
    >>> things = read_things(store)
    >>> things.types
    {'urn:a': ('urn:Firm',), 'urn:b': ()}
    >>> things.edges
    {'urn:a': [('urn:owns', 'urn:b', '')]}
    """
    classes = _column(store, "SELECT DISTINCT ?c { ?s a ?c FILTER(isIRI(?c)) }")
    left_out = _left_out(store, classes)
    predicates = _predicates(store, left_out)
    terms = frozenset(classes).union(predicates)
    found = _read(store, _Scope(left_out, terms, [p for p in predicates if _joins_things(p)]))
    if found.types:
        return found
    # Where there is nothing but a vocabulary, its terms are what people came to see.
    joining = [name for name in _predicates(store, ()) if name != RDF.type]
    return _read(store, _Scope((), frozenset(), joining))


def hierarchy(store: Store) -> dict[str, set[str]]:
    """Return for every class that has superclasses all of them, however far up.

    >>> from factscape.store.oxigraph import MemoryStore
    >>> store = MemoryStore(ox.Store())
    >>> below = f"<{RDFS.subClassOf}>"
    >>> store.oxigraph.load(f"<urn:a> {below} <urn:b> .".encode(), ox.RdfFormat.TURTLE)
    >>> hierarchy(store)
    {'urn:a': {'urn:b'}}
    """
    parents: dict[str, set[str]] = {}
    for quad in store.quads(None, ox.NamedNode(RDFS.subClassOf), None, None):
        parents.setdefault(name_of(quad.subject), set()).add(name_of(quad.object))
    return {name: _above(name, parents) for name in parents}


def _above(name: str, parents: dict[str, set[str]]) -> set[str]:
    above: set[str] = set()
    todo = [name]
    while todo:
        for parent in parents.get(todo.pop(), ()):
            if parent not in above:
                above.add(parent)
                todo.append(parent)
    return above - {name}


def _left_out(store: Store, classes: Iterable[str]) -> list[str]:
    """Return the classes whose members are no things.

    Below a detail everything is one, even where it is drawn otherwise: a statement that is drawn
    as a line is not a point either.
    """
    drawn = store.quads(None, ox.NamedNode(FS.drawnAs), ox.NamedNode(FS.Detail), None)
    details = {name_of(quad.subject) for quad in drawn}
    above = hierarchy(store)
    return [
        name
        for name in classes
        if (name.startswith(_DESCRIBING) and name not in _OF_THINGS)
        or name in details
        or not details.isdisjoint(above.get(name, ()))
    ]


def _joins_things(predicate: str) -> bool:
    if predicate.startswith(_DESCRIBING):
        numbered = predicate.removeprefix(PREFIXES["rdf"] + "_").isdigit()
        return numbered or predicate in _OF_THINGS
    return predicate != SKOS.inScheme


def _predicates(store: Store, left_out: Iterable[str]) -> list[str]:
    """Return the properties that lead from what may be a thing to something other than a text."""
    test = "FILTER(!isLiteral(?o))"  # faster than asking for what it may be
    return _column(store, f"SELECT DISTINCT ?p {{ ?s ?p ?o {test} {_without('?s', left_out)} }}")


def _without(variable: str, left_out: Iterable[str]) -> str:
    """Return the part of a query that drops members of the classes."""
    values = " ".join(f"<{name}>" for name in left_out)
    return f"MINUS {{ VALUES ?left_out {{ {values} }} {variable} a ?left_out }}" if values else ""


def _read(store: Store, scope: _Scope) -> Things:
    types = _types(store, scope.left_out)
    found = _Found()
    if scope.left_out:
        # No query can tell the default graph from the union of all.
        found.add_named(store, scope)
        found.add_unnamed(store, scope, types)
    else:
        found.add_all(store, scope)
    schemas = _SCHEMAS if scope.terms else ()
    found.drop({end for end in found.ends if end in scope.terms or end.startswith(schemas)})
    if not _SAME.isdisjoint(scope.joining):
        found.drop(_mere_links(store, found, types))
    particular = _particularity(store, types).__getitem__
    names = sorted(types.keys() - scope.terms | found.ends.keys())
    return Things(
        {name: tuple(sorted(types.get(name, ()), key=particular)) for name in names},
        # Sorted thing by thing, which is several times faster than all at once.
        {name: sorted(found.edges[name]) for name in sorted(found.edges)},
    )


def _types(store: Store, left_out: Iterable[str]) -> dict[str, set[str]]:
    types: dict[str, set[str]] = {}
    query = f"SELECT ?s ?c {{ ?s a ?c FILTER(isIRI(?c)) {_without('?s', left_out)} }}"
    for subject, class_ in _rows(store, query):
        types.setdefault(name_of(subject), set()).add(class_.value)
    return types


def _particularity(
    store: Store, types: dict[str, set[str]]
) -> dict[str, tuple[bool, int, int, str]]:
    """Return for each class what puts the most particular first: few classes below, few members."""
    members = Counter(name for names in types.values() for name in names)
    below = Counter(name for above in hierarchy(store).values() for name in above)
    return {name: (name in _OF_THINGS, below[name], members[name], name) for name in members}


def _mere_links(store: Store, found: _Found, types: dict[str, set[str]]) -> set[str]:
    """Return what is only ever said to be the same as a thing, such as its page in Wikidata.

    That is another name of the thing, not a neighbour.
    """
    twins: set[str] = set()
    others: set[str] = set()
    for rows in found.edges.values():
        for predicate, object_, _ in rows:
            (twins if predicate in _SAME else others).add(object_)
    return {
        name
        for name in twins - others - types.keys() - found.edges.keys()
        if not name.startswith("_:")
        and next(store.quads(ox.NamedNode(name), None, None, None), None) is None
    }


class _Found:
    """Edges, and the ends they have. The loops are written out: there the time goes."""

    def __init__(self) -> None:
        self.edges: dict[str, list[Edge]] = {}
        self.ends: dict[str, str] = {}
        """Each name once, so that equal texts are one object."""

    def add_named(self, store: Store, scope: _Scope) -> None:
        """Add the edges of all named graphs, members of the classes left out at both ends."""
        edges, same, blank = self.edges, self.ends.setdefault, ox.BlankNode
        texts = {name: name for name in scope.joining}
        query = (
            f"SELECT ?s ?p ?o ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(isIRI(?o) || isBlank(?o)) "
            f"{_without('?s', scope.left_out)} {_without('?o', scope.left_out)} }}"
        )
        for s, p, o, g in _rows(store, query):
            predicate = texts.get(p.value)
            if predicate is None:
                continue
            subject = str(s) if isinstance(s, blank) else s.value
            object_ = str(o) if isinstance(o, blank) else o.value
            graph = str(g) if isinstance(g, blank) else g.value
            edge = (predicate, same(object_, object_), texts.setdefault(graph, graph))
            if subject in edges:
                edges[subject].append(edge)
            else:
                edges[same(subject, subject)] = [edge]

    def add_all(self, store: Store, scope: _Scope, graph: ox.DefaultGraph | None = None) -> None:
        """Add the edges of one graph or all, whatever their ends are."""
        edges, same, node, blank = self.edges, self.ends.setdefault, ox.NamedNode, ox.BlankNode
        graphs = {"DEFAULT": ""}
        for predicate in scope.joining:
            for s, _p, o, g in store.quads(None, node(predicate), None, graph):
                if isinstance(o, node):
                    object_ = o.value
                elif isinstance(o, blank):
                    object_ = str(o)
                else:
                    continue
                subject = s.value if isinstance(s, node) else str(s)
                name = g.value if isinstance(g, node) else str(g)
                edge = (predicate, same(object_, object_), graphs.setdefault(name, name))
                if subject in edges:
                    edges[subject].append(edge)
                else:
                    edges[same(subject, subject)] = [edge]

    def add_unnamed(self, store: Store, scope: _Scope, types: Collection[str]) -> None:
        """Add the edges of the default graph, members of the classes left out at both ends."""
        unnamed = _Found()
        unnamed.add_all(store, scope, ox.DefaultGraph())
        out = {
            name
            for name in unnamed.ends
            if name not in types and _is_a(store, name, scope.left_out)
        }
        unnamed.drop(out)
        self.ends.update(unnamed.ends)
        for subject, rows in unnamed.edges.items():
            self.edges.setdefault(subject, []).extend(rows)

    def drop(self, names: set[str]) -> None:
        """Forget the edges that begin or end there, and ends that are left without an edge."""
        if not names:
            return
        edges = {
            subject: [edge for edge in rows if edge[1] not in names]
            for subject, rows in self.edges.items()
            if subject not in names
        }
        self.edges = {subject: rows for subject, rows in edges.items() if rows}
        ends = {edge[1] for rows in self.edges.values() for edge in rows}.union(self.edges)
        self.ends = {name: name for name in self.ends if name in ends}


def _is_a(store: Store, name: str, classes: Collection[str]) -> bool:
    node = ox.BlankNode(name[2:]) if name.startswith("_:") else ox.NamedNode(name)
    return any(
        isinstance(quad.object, ox.NamedNode) and quad.object.value in classes
        for quad in store.quads(node, ox.NamedNode(RDF.type), None, None)
    )


def _rows(store: Store, query: str) -> ox.QuerySolutions:
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    return rows


def _column(store: Store, query: str) -> list[str]:
    return sorted({row[0].value for row in _rows(store, query)})
