"""What the ontology says of the fields of a record: which holds a thing, a date, a number or words."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import pyoxigraph as ox

from factscape.names.fold import Folding
from factscape.reading import ontology_files, read_quads
from factscape.store import Store
from factscape.terms import FS, OWL, PREFIXES, RDF, RDFS, SKOS, XSD, local_name

__all__ = ["Field", "Holds", "Vocabulary", "field_names"]

_NUMBERS = frozenset({FS.value, FS.low, FS.high, FS.margin})
_TIMES = frozenset({FS.at, FS.statedAt})
"""Of these the ontology says only in words what they hold."""

_STRINGS = frozenset({XSD.string, RDF.langString})
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
_LABELS = (RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.notation)


class Holds(StrEnum):
    """What the values of a property are."""

    THING = "a thing"
    METRIC = "a metric"
    UNIT = "a unit"
    SOURCE = "a source"
    STATEMENT = "a statement"
    CHOICE = "one of a list"
    TIME = "a date or a period"
    PERIOD = "a period"
    NUMBER = "a number"
    WHOLE = "a whole number"
    TRUTH = "true or false"
    WORDS = "words"
    STRING = "a text"
    THING_OR_WORDS = "a thing or words"


@dataclass(frozen=True)
class Field:
    """A property of the ontology as a field of a record."""

    name: str
    iri: str
    holds: Holds
    range: str | None
    domains: tuple[str, ...]


class Vocabulary:
    """The classes, properties, metrics and units of the ontology, and of facts beside it."""

    def __init__(self, store: Store | None = None) -> None:
        """Read the bundled ontology, and the terms that the facts of a store add to it."""
        self._terms = _ontology()
        self._facts = store
        self.fields = {field.name: field for field in _fields()}
        self._above = self._superclasses()
        self.metrics = self._instances(FS.Metric)
        self.units = self._instances(FS.Unit)
        self._called: dict[str, dict[str, set[str]]] = {}

    # ------------------------------------------------------------------ classes

    def is_a(self, types: Iterable[str], wanted: str) -> bool:
        """Say whether a thing of these classes is of the wanted one."""
        return any(wanted in self._ancestors(type_) for type_ in types)

    def is_class(self, iri: str) -> bool:
        """Say whether this is a class that facts can use."""
        return iri in self._above

    def classes_below(self, iri: str) -> list[str]:
        """Return the classes of which a class is a superclass, itself among them, sorted."""
        return sorted(name for name in self._above if iri in self._ancestors(name))

    def fits_domain(self, field: Field, types: Iterable[str]) -> bool:
        """Say whether what is of these classes may have a property; classes of others always may."""
        types = [type_ for type_ in types if type_.startswith(PREFIXES["fs"])]
        return (
            not field.domains
            or not types
            or any(self.is_a(types, domain) for domain in field.domains)
        )

    def fits_range(self, field: Field, types: Iterable[str]) -> bool:
        """Say whether what is of these classes may be a value of a property."""
        types = [type_ for type_ in types if type_.startswith(PREFIXES["fs"])]
        return field.range is None or not types or self.is_a(types, field.range)

    # ------------------------------------------------------------------ values of terms

    @cache  # noqa: B019 - a vocabulary lives as long as one import
    def of(self, iri: str, property_: str) -> str | None:
        """Return a value of a term's property, the first in order, None where it has none."""
        subject, predicate = ox.NamedNode(iri), ox.NamedNode(property_)
        values = {
            quad.object.value
            for quad in self._quads(subject, predicate)
            if isinstance(quad.object, ox.NamedNode | ox.Literal)
        }
        return min(values, default=None)

    def choice(self, range_: str, text: str) -> str | None:
        """Return the member of a closed list that a text names, by its name or its label."""
        return self._named(range_, text)

    def choices(self, range_: str) -> list[str]:
        """Return the names of the members of a closed list."""
        return sorted(local_name(iri) for iri in self._instances(range_))

    def metric(self, text: str) -> str | None:
        """Return the one metric of this name, None when there is none or several."""
        return self._named(FS.Metric, text)

    def unit(self, text: str) -> str | None:
        """Return the one unit of this name, None when there is none or several."""
        return self._named(FS.Unit, text)

    def near(self, class_: str, text: str, limit: int = 3) -> list[str]:
        """Return terms of a class whose names are like a text, the likeliest first."""
        called = self._names_of(class_)
        keys = difflib.get_close_matches(_key(text), called, n=limit, cutoff=0.6)
        return list(dict.fromkeys(iri for key in keys for iri in sorted(called[key])))[:limit]

    def property(self, text: str) -> Field | None:
        """Return the property of the ontology with this prefixed or bare name, or label."""
        name = text.removeprefix("fs:")
        if name in self.fields:
            return self.fields[name]
        named = [field for field in self.fields.values() if _key(text) in self._labels(field.iri)]
        return named[0] if len(named) == 1 else None

    # ------------------------------------------------------------------ inside

    def _quads(
        self,
        subject: ox.NamedNode | None,
        predicate: ox.NamedNode,
        object_: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        yield from self._terms.quads_for_pattern(subject, predicate, object_, None)
        if self._facts is not None:
            yield from self._facts.quads(subject, predicate, object_)

    def _superclasses(self) -> dict[str, set[str]]:
        above: dict[str, set[str]] = defaultdict(set)
        for class_ in (OWL.Class, RDFS.Class):
            for quad in self._quads(None, ox.NamedNode(RDF.type), ox.NamedNode(class_)):
                above[_text(quad.subject)].update()
        for quad in self._quads(None, ox.NamedNode(RDFS.subClassOf)):
            above[_text(quad.subject)].add(_text(quad.object))
        return dict(above)

    @cache  # noqa: B019 - a vocabulary lives as long as one import
    def _ancestors(self, class_: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = [class_]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self._above.get(name, ())
        return frozenset(found)

    @cache  # noqa: B019
    def _instances(self, class_: str) -> frozenset[str]:
        return frozenset(
            _text(quad.subject)
            for quad in self._quads(None, ox.NamedNode(RDF.type), ox.NamedNode(class_))
        )

    def _labels(self, iri: str) -> set[str]:
        node = ox.NamedNode(iri)
        texts = {
            _text(q.object) for label in _LABELS for q in self._quads(node, ox.NamedNode(label))
        }
        return {_key(text) for text in texts} - {""}

    def _names_of(self, class_: str) -> Mapping[str, set[str]]:
        if class_ not in self._called:
            called: dict[str, set[str]] = defaultdict(set)
            for iri in self._instances(class_):
                for key in self._labels(iri) | {_key(local_name(iri))}:
                    called[key].add(iri)
            self._called[class_] = dict(called)
        return self._called[class_]

    @cache  # noqa: B019
    def _named(self, class_: str, text: str) -> str | None:
        """Return the one member of a class with this name: as an address, else by its labels."""
        bare = text.strip()
        prefix, colon, local = bare.partition(":")
        if colon and prefix in PREFIXES:
            iri = PREFIXES[prefix] + local
            return iri if iri in self._instances(class_) else None
        found = self._names_of(class_).get(_key(bare), set())
        return next(iter(found)) if len(found) == 1 else None


def field_names() -> frozenset[str]:
    """Return the names of all properties that can be fields.

    >>> {"of", "metric", "leadInvestor"} <= field_names()
    True
    """
    return frozenset(field.name for field in _fields())


@cache
def _ontology() -> ox.Store:
    store = ox.Store()
    store.bulk_extend(quad for path in ontology_files() for quad in read_quads(path))
    return store


@cache
def _fields() -> tuple[Field, ...]:
    terms = _ontology()
    found = []
    for kind in _PROPERTIES:
        for quad in terms.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(kind)):
            iri = _text(quad.subject)
            if iri.startswith(PREFIXES["fs"]):
                ranges = _objects(terms, iri, RDFS.range)
                range_ = ranges[0] if ranges else None
                holds = _held(terms, iri, kind, range_)
                domains = tuple(_objects(terms, iri, RDFS.domain))
                found.append(Field(local_name(iri), iri, holds, range_, domains))
    return tuple(sorted(found, key=lambda field: field.name))


def _held(terms: ox.Store, iri: str, kind: str, range_: str | None) -> Holds:
    if iri in _NUMBERS:
        return Holds.NUMBER
    if iri in _TIMES:
        return Holds.TIME
    known = {
        FS.Metric: Holds.METRIC,
        FS.Unit: Holds.UNIT,
        FS.Source: Holds.SOURCE,
        FS.Period: Holds.PERIOD,
        RDF.langString: Holds.WORDS,
        XSD.string: Holds.STRING,
        XSD.boolean: Holds.TRUTH,
        XSD.integer: Holds.WHOLE,
        XSD.decimal: Holds.NUMBER,
        XSD.date: Holds.TIME,
    }
    if range_ in known:
        return known[range_]
    if kind == RDF.Property:
        return Holds.THING_OR_WORDS
    if kind == OWL.DatatypeProperty:
        return Holds.STRING
    above = _below(terms, range_) if range_ else set()
    if FS.Choice in above:
        return Holds.CHOICE
    return Holds.STATEMENT if FS.Statement in above else Holds.THING


def _below(terms: ox.Store, class_: str) -> set[str]:
    """Return the classes above a class, and itself."""
    found: set[str] = set()
    waiting = [class_]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _objects(terms, name, RDFS.subClassOf)
    return found


def _objects(terms: ox.Store, subject: str, predicate: str) -> list[str]:
    quads = terms.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
    return sorted(_text(quad.object) for quad in quads)


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


_FOLDING = Folding()


def _key(text: str) -> str:
    return _FOLDING.key(text)
