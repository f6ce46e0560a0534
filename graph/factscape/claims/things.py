"""What in a store is a thing, and which triples join two things.

Left out are the terms of vocabularies, and the members of classes that the ontology draws as
details (fs:drawnAs fs:Detail, for subclasses too): statements, passages, sources, metrics, units,
periods. Without an ontology everything is a thing that is not a vocabulary's term.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
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
    rows = _rows(store, "SELECT DISTINCT ?c { ?s a ?c FILTER(isIRI(?c)) }")
    classes = {class_.value for (class_,) in rows}
    left_out = _left_out(store, classes)
    found = _Found(store, left_out, _joins_things)
    if left_out:
        unknown = found.ends - found.types.keys()
        found.drop({end for end in unknown if _is_a(store, end, left_out)})
    terms = classes | found.predicates
    found.drop(terms)
    found.drop({end for end in found.ends if end.startswith(_SCHEMAS)})
    found.drop(_mere_links(store, found))
    if found.types or found.edges:
        return _ordered(store, found)
    # Where there is nothing but a vocabulary, its terms are what people came to see.
    return _ordered(store, _Found(store, (), lambda _: True))


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
    waiting = [name]
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in above:
                above.add(parent)
                waiting.append(parent)
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
        for name in sorted(classes)
        if (name.startswith(_DESCRIBING) and name not in _OF_THINGS)
        or name in details
        or not details.isdisjoint(above.get(name, ()))
    ]


def _joins_things(predicate: str) -> bool:
    if predicate.startswith(_DESCRIBING):
        numbered = predicate.removeprefix(PREFIXES["rdf"] + "_").isdigit()
        return numbered or predicate in _OF_THINGS
    return predicate != SKOS.inScheme


class _Found:
    """The types of things, and the edges by the thing that they leave."""

    def __init__(
        self, store: Store, left_out: Collection[str], joins: Callable[[str], bool]
    ) -> None:
        """Read what is said of all but members of the classes left out, by predicates that join."""
        self.types: dict[str, set[str]] = {}
        self.edges: dict[str, list[Edge]] = {}
        self.ends: set[str] = set()
        self.predicates: set[str] = set()
        self._read(store, _edge_query(left_out), joins)

    def _read(self, store: Store, query: str, joins: Callable[[str], bool]) -> None:
        # Written out, and equal texts made one: in this loop is where the time goes.
        edges, node, blank = self.edges, ox.NamedNode, ox.BlankNode
        names: dict[str, str] = {}
        graphs: dict[str, str] = {}
        decided: dict[str, bool] = {}
        # The default graph is read by itself here, not as the union of all.
        for s, p, o, g in _rows(store, query, union=False):
            predicate = p.value
            if predicate == RDF.type:
                if isinstance(o, node):
                    self.types.setdefault(name_of(s), set()).add(o.value)
                continue
            if predicate not in decided:
                decided[predicate] = joins(predicate)
            if not decided[predicate]:
                continue
            if isinstance(o, node):
                object_ = o.value
            elif isinstance(o, blank):
                object_ = str(o)
            else:
                continue
            subject = s.value if isinstance(s, node) else str(s)
            graph = "" if g is None else g.value if isinstance(g, node) else str(g)
            edge = (
                graphs.setdefault(predicate, predicate),
                names.setdefault(object_, object_),
                graphs.setdefault(graph, graph),
            )
            if subject in edges:
                edges[subject].append(edge)
            else:
                edges[names.setdefault(subject, subject)] = [edge]
        self.ends.update(names)
        self.predicates.update(name for name, does_join in decided.items() if does_join)

    def drop(self, names: set[str]) -> None:
        """Forget these things, and ends that are left without an edge."""
        if names.isdisjoint(self.ends) and names.isdisjoint(self.types):
            return
        self.types = {name: types for name, types in self.types.items() if name not in names}
        edges = {
            subject: [edge for edge in rows if edge[1] not in names]
            for subject, rows in self.edges.items()
            if subject not in names
        }
        self.edges = {subject: rows for subject, rows in edges.items() if rows}
        self.ends = {edge[1] for rows in self.edges.values() for edge in rows}.union(self.edges)


def _edge_query(left_out: Iterable[str]) -> str:
    values = " ".join(f"<{name}>" for name in left_out)
    member = f"VALUES ?class {{ {values} }}"
    minus = f"{{ {member} ?s a ?class }} UNION {{ {member} GRAPH ?any {{ ?s a ?class }} }}"
    return (
        "SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } "
        f"FILTER(!isLiteral(?o)) {f'MINUS {{ {minus} }}' if values else ''} }}"
    )


def _is_a(store: Store, name: str, classes: Collection[str]) -> bool:
    node = ox.BlankNode(name[2:]) if name.startswith("_:") else ox.NamedNode(name)
    return any(
        isinstance(quad.object, ox.NamedNode) and quad.object.value in classes
        for quad in store.quads(node, ox.NamedNode(RDF.type), None, None)
    )


def _mere_links(store: Store, found: _Found) -> set[str]:
    """Return what is only ever said to be the same as a thing, such as its page in Wikidata.

    That is another name of the thing, not a neighbour.
    """
    if _SAME.isdisjoint(found.predicates):
        return set()
    twins: set[str] = set()
    others: set[str] = set()
    for rows in found.edges.values():
        for predicate, object_, _ in rows:
            (twins if predicate in _SAME else others).add(object_)
    return {
        name
        for name in twins - others - found.types.keys() - found.edges.keys()
        if not name.startswith("_:")
        and next(store.quads(ox.NamedNode(name), None, None, None), None) is None
    }


def _ordered(store: Store, found: _Found) -> Things:
    """Sort everything, the types of a thing by how few classes are below and how few members."""
    types, edges = found.types, found.edges
    members = Counter(name for names in types.values() for name in names)
    below = Counter(name for above in hierarchy(store).values() for name in above)
    rank = {name: (name in _OF_THINGS, below[name], members[name], name) for name in members}
    return Things(
        {
            name: tuple(sorted(types.get(name, ()), key=rank.__getitem__))
            for name in sorted(found.ends.union(types))
        },
        # Sorted thing by thing, which is several times faster than all at once.
        {name: sorted(edges[name]) for name in sorted(edges)},
    )


def _rows(store: Store, query: str, *, union: bool = True) -> ox.QuerySolutions:
    rows = store.query(query, union=union)
    assert isinstance(rows, ox.QuerySolutions)
    return rows
