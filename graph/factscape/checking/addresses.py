"""Addresses of statements: made of source, passage, thing, metric, dimensions and time, never of a value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from factscape.checking.plain import Plain
from factscape.terms import FS, PREFIXES, RDF, local_name

__all__ = ["Renaming", "new_addresses"]

Renaming = Mapping[tuple[str, str], str]
"""By statement and graph (both IRIs) the address that it is to have."""

_CLAIM, _SRC = PREFIXES["claim"], PREFIXES["src"]
_DIMENSIONS = (
    *(FS.counterparty, FS.segment, FS.market, FS.benchmark, FS.product),
    PREFIXES["fs"] + "event",
    *(FS.setting, FS.scope),
)


def new_addresses(quads: Sequence[ox.Quad], known: Plain) -> Renaming:
    """Return new addresses for statements of `quads` whose own does not begin with their source,
    or that share theirs with a statement of an earlier passage.

    `known` holds the classes and what the sources of passages are.
    """
    taken = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    seen: dict[str, str] = {}
    found: dict[tuple[str, str], str] = {}
    said: dict[tuple[str, str], dict[str, list[str]]] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.graph_name, ox.NamedNode):
            where = quad.subject.value, quad.graph_name.value
            texts = said.setdefault(where, {})
            texts.setdefault(quad.predicate.value, []).append(_text(quad.object))
    for (iri, graph), pairs in said.items():
        if not any(FS.Statement in known.classes_above(type_) for type_ in pairs.get(RDF.type, ())):
            continue
        source = known.one(graph, FS.passageOf) or graph
        if not source.startswith(_SRC):
            continue
        begin = f"{_CLAIM}{source.removeprefix(_SRC)}."
        shared = seen.setdefault(iri, graph) != graph
        if iri.startswith(begin) and not shared:
            continue
        address = begin + ".".join(filter(None, (_passage(graph, source), *_parts(pairs))))
        if address in taken:
            # A word tells two apart: what the statement was called, or the passage that it is in.
            address += "." + _slug(local_name(iri))
        if address not in taken:
            taken.add(address)
            found[iri, graph] = address
    return found


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _passage(graph: str, source: str) -> str:
    return _slug(graph.removeprefix(source).lstrip("#"))


def _parts(pairs: Mapping[str, list[str]]) -> list[str]:
    """Return what tells a statement from others of its passage, in words of an address."""

    def word(predicate: str) -> str:
        return _slug(local_name(pairs.get(predicate, [""])[0]))

    time = word(FS.during) or word(FS.at)
    dimensions = [word(dimension) for dimension in _DIMENSIONS]
    if RDF.predicate in pairs:
        return [word(RDF.subject), word(RDF.predicate), word(RDF.object), *dimensions, time]
    if FS.says in pairs:
        return [word(FS.statedBy), "opinion", word(FS.concerns)]
    if FS.comparedWith in pairs:
        return [word(FS.of), "compared", word(FS.comparedWith), word(FS.metric), *dimensions, time]
    if FS.ranking in pairs:
        return [word(FS.of), "rank", word(FS.ranking), time]
    if FS.metric in pairs:
        return [word(FS.of), word(FS.metric), *dimensions, time]
    return ["reading", time]


def _slug(text: str) -> str:
    """Return words as an address holds them: lower case, hyphens; capitals of names part words."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", text)
    return re.sub(r"[^a-z0-9.-]+", "-", parted.lower()).strip("-.")
