"""What an index of names holds: which subjects of a store, what they are called, which go first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from factscape.names.labels import NAMES, labels
from factscape.names.schema import Role
from factscape.store.oxigraph import MemoryStore
from factscape.terms import FS, OWL, RDF, RDFS, SKOS, SKOSXL, local_name

__all__ = ["Subject", "subjects"]

_ALIASES = {
    local
    for local in (*NAMES, SKOS.hiddenLabel)
    if local_name(local) in ("altLabel", "hiddenLabel", "alternateName", "nick")
}
_TYPE = ox.NamedNode(RDF.type)
_SUBCLASS = ox.NamedNode(RDFS.subClassOf)

# Statements and passages are read on the cards of things; nobody looks for them by name.
_LEFT_OUT = (
    *(FS.Statement, FS.Observation, FS.RankEntry, FS.Relation, FS.Opinion, FS.Comparison),
    *(FS.Passage, FS.DerivedGraph),
)
# Found, but after everything that the facts are about.
_BACKGROUND = (
    *(FS.Choice, FS.Period, FS.Rule, FS.Unit),
    *(OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.Ontology),
    *(RDF.Property, RDFS.Class),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing with its names: (text, role), the main ones first."""

    iri: str
    en: str
    zh: str
    types: tuple[str, ...]
    degree: int
    background: bool
    names: tuple[tuple[str, Role], ...]


def subjects(store: ox.Store) -> list[Subject]:
    """Return all that can be looked up by name, the best connected first, background last.

    >>> store = ox.Store()
    >>> store.load(b'''PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    ...     <urn:x/a> rdfs:label "A" . <urn:x/b> rdfs:seeAlso <urn:x/a>, <urn:x/c> .''',
    ...     ox.RdfFormat.TURTLE)
    >>> [(thing.iri, thing.degree, dict(thing.names)) for thing in subjects(store)]
    [('urn:x/b', 2, {'b': <Role.SLUG: 2>}), ('urn:x/a', 1, {'A': <Role.MAIN: 0>, 'a': <Role.SLUG: 2>})]
    """
    types = _types(store)
    left_out, background = _kinds_of(store, _LEFT_OUT), _kinds_of(store, _BACKGROUND)
    unnamed = {iri for iri, kinds in types.items() if not kinds.isdisjoint(left_out)}
    degrees = _degrees(store, unnamed)
    behind = {iri for iri, kinds in types.items() if not kinds.isdisjoint(background)}
    order = sorted(degrees, key=lambda iri: (iri in behind, -degrees[iri], iri))
    names = _names(store, degrees)
    wrapped = MemoryStore(store)
    english, chinese = labels(wrapped, order, "en"), labels(wrapped, order, "zh")
    return [
        Subject(
            iri,
            english[iri],
            chinese[iri],
            tuple(sorted(types.get(iri, ()))),
            degrees[iri],
            iri in behind,
            _all_names(iri, names.get(iri, {}), (english[iri], chinese[iri])),
        )
        for iri in order
    ]


def _all_names(
    iri: str, stated: dict[str, Role], best: tuple[str, str]
) -> tuple[tuple[str, Role], ...]:
    """Return the names as stated, what stands in for a name, and the end of the IRI."""
    slug = local_name(iri)
    standing_in = dict.fromkeys((name for name in best if name != slug), Role.MAIN)
    roles = {slug: Role.SLUG} | standing_in | stated
    return tuple(sorted(roles.items(), key=lambda item: (item[1], item[0])))


def _types(store: ox.Store) -> dict[str, set[str]]:
    types: dict[str, set[str]] = {}
    for subject, _, kind, _ in store.quads_for_pattern(None, _TYPE, None):
        if isinstance(subject, ox.NamedNode) and isinstance(kind, ox.NamedNode):
            types.setdefault(subject.value, set()).add(kind.value)
    return types


def _kinds_of(store: ox.Store, classes: Iterable[str]) -> set[str]:
    """Return the classes and all that the store says is below them."""
    known = set(classes)
    waiting = list(known)
    while waiting:
        for quad in store.quads_for_pattern(None, _SUBCLASS, ox.NamedNode(waiting.pop())):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value not in known:
                known.add(quad.subject.value)
                waiting.append(quad.subject.value)
    return known


def _degrees(store: ox.Store, left_out: set[str]) -> Counter[str]:
    """Count for each subject the statements that join it to another thing, either way."""
    degrees: Counter[str] = Counter()
    subjects: set[str] = set()
    for subject, predicate, other, _ in store:
        joins = isinstance(other, ox.NamedNode) and predicate != _TYPE
        if isinstance(subject, ox.NamedNode):
            subjects.add(iri := subject.value)
            degrees[iri] += joins
        if joins:
            degrees[other.value] += 1
    return Counter({iri: degrees[iri] for iri in subjects - left_out})


def _names(store: ox.Store, wanted: Counter[str]) -> dict[str, dict[str, Role]]:
    """Return what each subject is called, and whether as its name or also."""
    names: dict[str, dict[str, Role]] = {}
    for predicate in (*NAMES, SKOS.hiddenLabel):
        role = Role.ALIAS if predicate in _ALIASES else Role.MAIN
        for subject, _, label, _ in store.quads_for_pattern(None, ox.NamedNode(predicate), None):
            if not isinstance(subject, ox.NamedNode) or subject.value not in wanted:
                continue
            roles = names.setdefault(subject.value, {})
            for text in _texts(store, label):
                roles[text] = min(role, roles.get(text, role))
    return names


def _texts(store: ox.Store, term: object) -> Iterator[str]:
    """Yield the text of a label, or of a label that is a thing (SKOS-XL)."""
    if isinstance(term, ox.Literal):
        yield term.value
    elif isinstance(term, ox.NamedNode | ox.BlankNode):
        for quad in store.quads_for_pattern(term, ox.NamedNode(SKOSXL.literalForm), None):
            if isinstance(quad.object, ox.Literal):
                yield quad.object.value
