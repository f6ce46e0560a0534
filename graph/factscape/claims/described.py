"""Things and statements as the store describes them: read once each, by point look-ups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from factscape.claims.cards.parts import Citation, Label, Named, Time
from factscape.claims.descriptions import (
    MOST,
    Descriptions,
    Mention,
    Said,
    mentions_in,
    said_in,
)
from factscape.claims.words import date_words
from factscape.names.labels import NAMES, best_labels
from factscape.terms import COMPARED, DCT, FS, PROV, RDF, RDFS, SKOSXL

if TYPE_CHECKING:
    import pyoxigraph as ox

    from factscape.names.index import NameIndex
    from factscape.store import Store

__all__ = ["LANGUAGES", "Described", "Reader", "by_language", "node_of"]

LANGUAGES = ("en", "zh")

_IN_ORDER = itemgetter(0, 1, 2)


class Described:
    """All triples with one subject, in an order that does not change."""

    __slots__ = ("_by_predicate", "iri", "said")

    def __init__(self, iri: str, said: Iterable[Said]) -> None:
        """Hold what is said of a subject."""
        self.iri = iri
        self.said = sorted(said, key=_IN_ORDER)
        self._by_predicate: dict[str, list[Said]] = {}
        for one in self.said:
            self._by_predicate.setdefault(one.predicate, []).append(one)

    def all(self, predicate: str) -> list[Said]:
        """Return the triples with a predicate."""
        return self._by_predicate.get(predicate, [])

    def values(self, predicate: str) -> list[str]:
        """Return the values of a predicate, sorted, each once."""
        return sorted({one.text for one in self.all(predicate)})

    def one(self, *predicates: str, graph: str | None = None) -> str | None:
        """Return the first value of the predicates in one graph or all, None without any."""
        for predicate in predicates:
            for one in self._by_predicate.get(predicate, ()):
                if graph is None or one.graph == graph:
                    return one.text
        return None

    @property
    def graphs(self) -> list[str]:
        """The graphs that say something of it: not the default graph, nor what comparing showed."""
        return sorted({one.graph for one in self.said} - {"", COMPARED})


class Reader:
    """Reads and remembers what answers need of a store; serves as many cards as wanted."""

    def __init__(
        self,
        store: Store,
        names: NameIndex | None = None,
        descriptions: Descriptions | None = None,
    ) -> None:
        """Read from an open store; what was read once is not read again.

        Where there is an index of its names, labels come from there; with `descriptions` of it
        the store itself is hardly touched.
        """
        self.store = store
        self._names = names
        self._descriptions = descriptions
        self._described: dict[str, Described] = {}
        self._types: dict[str, Sequence[str]] = {}
        self._kinds: dict[str, frozenset[str]] = {}
        self._above: dict[str, frozenset[str]] = {}
        self._labels: dict[str, Label] = {}
        self._citations: dict[str, Citation] = {}
        self._texts: dict[tuple[str, str], Label] = {}

    def describe(self, iri: str) -> Described:
        """Return what is said of a subject; nothing where the text is no IRI at all."""
        if iri not in self._described:
            if self._descriptions:
                self.prepare([iri])
            else:
                node = node_of(iri)
                said = said_in(islice(self.store.quads(node), MOST + 1)) if node else ()
                self._described[iri] = Described(iri, said)
        return self._described[iri]

    def close(self) -> None:
        """Let go of files; closing twice is no error."""
        if self._descriptions:
            self._descriptions.close()

    def kept_card(self, iri: str) -> str | None:
        """Return the card that is kept of a thing, as it is kept; None where it is to be read."""
        return self._descriptions.card(iri) if self._descriptions else None

    def prepare(self, iris: Iterable[str]) -> None:
        """Read at once what is said of many things, where there are descriptions of them."""
        unknown = [iri for iri in iris if iri not in self._described]
        if self._descriptions and unknown:
            found = self._descriptions.of(unknown)
            self._described.update((iri, Described(iri, found.get(iri, ()))) for iri in unknown)

    def learn(self, iris: Iterable[str]) -> None:
        """Learn the labels and classes of many things at once, as far as the index has them."""
        unknown = [iri for iri in iris if iri not in self._labels]
        if self._names and unknown:
            for thing in self._names.known(unknown):
                self._labels[thing.iri] = {"en": thing.en, "zh": thing.zh}
                self._types[thing.iri] = thing.types

    def mentions(self, iri: str) -> list[Mention]:
        """Return what names the thing as its object; of many, one more than `MOST`."""
        if self._descriptions:
            return self._descriptions.mentions(iri)
        node = node_of(iri)
        quads = self.store.quads(object=node) if node else iter(())
        return list(mentions_in(islice(quads, MOST + 1)))

    def types(self, iri: str) -> list[str]:
        """Return the classes of a subject, the most particular first."""
        found = self._types_of(iri)
        below = {one: sum(one in self.above(other) for other in found) for one in found}
        return sorted(below, key=lambda one: (below[one], one))

    def _types_of(self, iri: str) -> Sequence[str]:
        if iri not in self._types:
            self._types[iri] = self.describe(iri).values(RDF.type)
        return self._types[iri]

    def above(self, class_: str) -> frozenset[str]:
        """Return the classes above a class, however far up; nothing is read but these."""
        if class_ not in self._above:
            found: dict[str, None] = {}
            waiting = [class_]
            while waiting:
                parents = self.describe(waiting.pop()).values(RDFS.subClassOf)
                waiting += [parent for parent in parents if parent not in found]
                found.update(dict.fromkeys(parents))
            self._above[class_] = frozenset(found) - {class_}
        return self._above[class_]

    def is_a(self, iri: str, *classes: str) -> bool:
        """Say whether a subject belongs to one of the classes, or to one below it."""
        if iri not in self._kinds:
            types = self._types_of(iri)
            self._kinds[iri] = frozenset(types).union(*map(self.above, types))
        return not self._kinds[iri].isdisjoint(classes)

    def label(self, iri: str) -> Label:
        """Return a thing's best label in each language."""
        if iri not in self._labels:
            self._labels[iri] = best_labels(iri, self._texts_of(iri), LANGUAGES)
        return self._labels[iri]

    def names(self, iri: str) -> set[tuple[str, str]]:
        """Return what a thing is called, each name with its language."""
        texts = self._texts_of(iri)
        return {(text, lang) for name, text, lang in texts if name in NAMES}

    def _texts_of(self, iri: str) -> Iterator[tuple[str, str, str]]:
        """Yield what may be names of a thing: predicate, text and language."""
        for one in self.describe(iri).said:
            # A label of SKOS-XL is a thing with a text of its own.
            xl = not one.datatype and one.predicate in NAMES
            for form in self.describe(one.text).all(SKOSXL.literalForm) if xl else [one]:
                if form.datatype:
                    yield one.predicate, form.text, form.language

    def named(self, iri: str) -> Named:
        """Return a thing with its label."""
        return Named(iri, self.label(iri))

    def named_or_none(self, iri: str | None) -> Named | None:
        """Return a thing with its label, None for None."""
        return self.named(iri) if iri else None

    def texts(self, iri: str, predicate: str) -> Label:
        """Return the texts of one predicate of a thing by language."""
        if (iri, predicate) not in self._texts:
            self._texts[iri, predicate] = by_language(self.describe(iri).all(predicate))
        return self._texts[iri, predicate]

    def times(self, described: Described) -> list[Time]:
        """Return when something holds or happened, as each graph says; the same time once."""
        found: dict[tuple[str | None, str], Time] = {}
        for one in (*described.all(FS.during), *described.all(FS.at)):
            begins = described.one(FS.begins, graph=one.graph)
            ends = described.one(FS.ends, graph=one.graph)
            if not one.datatype:
                time = Time(one.text, self.label(one.text), begins, ends)
            else:
                words = {lang: date_words(one.text, lang) for lang in LANGUAGES}
                time = Time(None, words, begins, ends)
            found.setdefault((time.iri, one.text), time)
        return sorted(found.values(), key=lambda time: time.begins or time.ends or "~")

    def time(self, described: Described) -> Time | None:
        """Return when something holds or happened; the first time where there are several."""
        return next(iter(self.times(described)), None)

    def premises(self, graph: str) -> list[str]:
        """Return the graphs that what stands in a graph was derived from; none where it is stated."""
        return self.describe(graph).values(PROV.wasDerivedFrom)

    def citation(self, graph: str) -> Citation:
        """Return the passage and the source behind a graph; a graph without one is its own source."""
        if graph not in self._citations:
            passage = self.describe(graph)
            iri = passage.one(FS.passageOf) or graph
            source = self.describe(iri)
            paragraph = passage.one(FS.paragraph) or ""
            self._citations[graph] = Citation(
                passage=graph,
                paragraph=int(paragraph) if paragraph.isdecimal() else None,
                source=self.named(iri),
                issued=source.one(DCT.issued),
                reliability=source.one(FS.reliability),
            )
        return self._citations[graph]


def by_language(said: Iterable[Said]) -> Label:
    """Return texts by language; one without a language serves for all.

    >>> by_language([Said("urn:says", "Hello", "", "en", "rdf:langString")])
    {'en': 'Hello', 'zh': 'Hello'}
    """
    texts: Label = {}
    for one in said:
        if one.datatype:
            texts.setdefault(one.language.split("-")[0], one.text)
    spare = texts.get("") or texts.get("en") or next(iter(texts.values()), "")
    return {lang: texts.get(lang, spare) for lang in LANGUAGES} if texts else {}


def node_of(iri: str) -> ox.NamedNode | ox.BlankNode | None:
    """Return the term of an IRI or a blank node's name, None for what is neither.

    >>> node_of("_:b1"), node_of("not an iri")
    (<BlankNode value=b1>, None)
    """
    import pyoxigraph as ox

    try:
        return ox.BlankNode(iri[2:]) if iri.startswith("_:") else ox.NamedNode(iri)
    except ValueError:
        return None
