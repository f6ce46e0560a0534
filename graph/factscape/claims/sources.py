"""The sources of the facts: what each is, and what it gave."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from factscape.claims.things import hierarchy
from factscape.names import labels
from factscape.terms import DCT, FS, PROV, RDF, name_of

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = ["Source", "read_sources", "statement_classes"]


@dataclass(frozen=True)
class Source:
    """A document that facts were read from, or that one of them leans on."""

    iri: str
    title: str
    publisher: str | None
    issued: str | None
    """The date as stated: a day, a month or a year."""
    issued_inferred: bool
    reliability: str | None
    passages: int
    statements: int
    cited_by: int
    """How many statements and other sources lean on it."""
    cites: tuple[str, ...]
    based_on: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {**asdict(self), "cites": list(self.cites), "based_on": list(self.based_on)}


def read_sources(store: Store, lang: str = "en") -> list[Source]:
    """Return every fs:Source, the newest first, undated ones last.

    >>> from factscape.store.oxigraph import MemoryStore
    >>> store = MemoryStore(ox.Store())
    >>> store.oxigraph.load(f'''<urn:s> a <{FS.Source}> ;
    ...     <{DCT.title}> "A report" ; <{DCT.issued}> "2025-12" .'''.encode(), ox.RdfFormat.TURTLE)
    >>> [(source.title, source.issued, source.passages) for source in read_sources(store)]
    [('A report', '2025-12', 0)]
    """
    members = store.quads(None, ox.NamedNode(RDF.type), ox.NamedNode(FS.Source), None)
    nodes = {name_of(quad.subject): quad.subject for quad in members}
    said = {iri: _said(store, node) for iri, node in nodes.items()}
    publishers = {name for about in said.values() for name in about.get(DCT.publisher, ())}
    names = labels(store, [*said, *(name for name in publishers if not name.startswith('"'))], lang)
    passages = _passages(store)
    statements = _statements(store)
    cited = _count(store, f"?what <{FS.cites}> ?which")

    def source(iri: str) -> Source:
        about = said[iri]
        publisher = next(iter(about.get(DCT.publisher, ())), None)
        return Source(
            iri=iri,
            title=names[iri],
            publisher=publisher and names.get(publisher, publisher[1:]),
            issued=_text(about.get(DCT.issued)),
            issued_inferred=_text(about.get(FS.issuedInferred)) in ("true", "1"),
            reliability=_text(about.get(FS.reliability)),
            passages=passages[iri],
            statements=statements[iri],
            cited_by=cited[iri],
            cites=tuple(about.get(FS.cites, ())),
            based_on=tuple(about.get(FS.basedOn, ())),
        )

    found = [source(iri) for iri in sorted(said)]
    # Dates sort as text, and what is sorted by IRI before stays so where the date is the same.
    return sorted(found, key=lambda one: one.issued or "", reverse=True)


def statement_classes(store: Store) -> set[str]:
    """Return fs:Statement and the classes below it.

    >>> from factscape.store.oxigraph import MemoryStore
    >>> statement_classes(MemoryStore(ox.Store())) == {FS.Statement}
    True
    """
    return {FS.Statement, *(name for name, up in hierarchy(store).items() if FS.Statement in up)}


def _said(store: Store, node: Any) -> dict[str, list[str]]:
    """Return what is said of a source, sorted; a literal begins with a quotation mark."""
    about: dict[str, set[str]] = {}
    for quad in store.quads(node, None, None, None):
        value = quad.object
        text = f'"{value.value}' if isinstance(value, ox.Literal) else name_of(value)
        about.setdefault(quad.predicate.value, set()).add(text)
    return {predicate: sorted(texts) for predicate, texts in about.items()}


def _text(values: list[str] | None) -> str | None:
    return values[0].removeprefix('"') if values else None


def _passages(store: Store) -> Counter[str]:
    """Count the passages of each source; graphs that loading derived are none."""
    derived = f"?what <{PROV.wasDerivedFrom}> ?premise"
    return _count(store, f"?what <{FS.passageOf}> ?which FILTER NOT EXISTS {{ {derived} }}")


def _statements(store: Store) -> Counter[str]:
    """Count the statements that stand in the passages of each source, or in its own graph."""
    classes = " ".join(f"<{name}>" for name in sorted(statement_classes(store)))
    in_graphs = _count(store, f"VALUES ?class {{ {classes} }} GRAPH ?which {{ ?what a ?class }}")
    passage_of = store.quads(None, ox.NamedNode(FS.passageOf), None, None)
    source_of = {name_of(quad.subject): name_of(quad.object) for quad in passage_of}
    counted: Counter[str] = Counter()
    for graph, number in in_graphs.items():
        counted[source_of.get(graph, graph)] += number
    return counted


def _count(store: Store, pattern: str) -> Counter[str]:
    """Count the different ?what of every ?which that fit a pattern."""
    rows = store.query(
        f"SELECT ?which (COUNT(DISTINCT ?what) AS ?n) {{ {pattern} }} GROUP BY ?which"
    )
    assert isinstance(rows, ox.QuerySolutions)
    return Counter({name_of(name): int(number.value) for name, number in rows})
