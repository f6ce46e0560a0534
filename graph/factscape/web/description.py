"""What the endpoint says of itself (SPARQL Service Description) and of its data (VoID)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from factscape.query.formats import write_answer
from factscape.terms import BASE, DCT, PREFIXES, RDF, SD, VOID, XSD
from factscape.web.guarding import RequestError
from factscape.web.negotiation import TRIPLES, chosen

if TYPE_CHECKING:
    from factscape.opening import Facts
    from factscape.web.editions import Desk

__all__ = ["dataset_description", "service_description"]

_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)
_SERVICE = ox.BlankNode("service")
_DATASET = ox.BlankNode("dataset")
_GRAPH = ox.BlankNode("graph")
_PREFIXES = {**PREFIXES, "sd": SD.NAMESPACE, "void": VOID.NAMESPACE, "formats": SD.FORMATS}


class _Counts(NamedTuple):
    triples: int
    entities: int
    classes: dict[str, int]
    properties: int


async def service_description(request: Request, desk: Desk) -> Response:
    """Describe the service, with its data as the default dataset."""
    return await _described(request, desk, service=True)


async def dataset_description(request: Request, desk: Desk) -> Response:
    """Describe the data."""
    return await _described(request, desk, service=False)


async def _described(request: Request, desk: Desk, service: bool) -> Response:
    offer = chosen(request.headers.get("accept", ""), TRIPLES)
    if offer is None:
        media = ", ".join(dict.fromkeys(one.media for one in TRIPLES))
        raise RequestError(406, "a description is a graph", hint=f"it can be had as {media}")
    async with desk.serving() as edition:
        counts = await edition.look(_count)
        endpoint = f"{request.base_url}sparql"
        triples = list(_dataset(counts, endpoint))
        if service:
            triples += _service(endpoint)
        output = io.BytesIO()
        write_answer(triples, output, offer.format, prefixes=_PREFIXES)
        headers = {
            "content-type": offer.content_type,
            "vary": "Accept",
            "cache-control": "no-cache",
            "etag": f'W/"{edition.version}-{offer.format}"',
        }
        return Response(output.getvalue(), headers=headers)


def _count(facts: Facts) -> _Counts:
    store = facts.store

    def number(pattern: str) -> int:
        rows = store.query(f"SELECT ({pattern}")
        assert isinstance(rows, ox.QuerySolutions)
        return int(next(rows)["n"].value)

    # Once with each of the graphs that state it: a triple counts once.
    per_class = store.query(
        f"SELECT ?c (COUNT(DISTINCT ?s) AS ?n) {{ ?s <{RDF.type}> ?c }} GROUP BY ?c"
    )
    assert isinstance(per_class, ox.QuerySolutions)
    return _Counts(
        triples=number("COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }"),
        entities=number("COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        classes={
            row["c"].value: int(row["n"].value)
            for row in per_class
            if isinstance(row["c"], ox.NamedNode)
        },
        properties=number("COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
    )


def _service(endpoint: str) -> Iterator[ox.Triple]:
    yield _triple(_SERVICE, RDF.type, ox.NamedNode(SD.Service))
    yield _triple(_SERVICE, SD.endpoint, ox.NamedNode(endpoint))
    yield _triple(_SERVICE, SD.supportedLanguage, ox.NamedNode(SD.SPARQL11Query))
    yield _triple(_SERVICE, SD.feature, ox.NamedNode(SD.UnionDefaultGraph))
    for name in _RESULTS:
        yield _triple(_SERVICE, SD.resultFormat, ox.NamedNode(SD.FORMATS + name))
    yield _triple(_SERVICE, SD.defaultDataset, _DATASET)
    yield _triple(_DATASET, RDF.type, ox.NamedNode(SD.Dataset))
    yield _triple(_DATASET, SD.defaultGraph, _GRAPH)
    yield _triple(_GRAPH, RDF.type, ox.NamedNode(SD.Graph))


def _dataset(counts: _Counts, endpoint: str) -> Iterator[ox.Triple]:
    yield _triple(_GRAPH, RDF.type, ox.NamedNode(VOID.Dataset))
    yield _triple(_GRAPH, DCT.title, ox.Literal("Facts, each tied to its passage", language="en"))
    yield _triple(_GRAPH, VOID.sparqlEndpoint, ox.NamedNode(endpoint))
    yield _triple(_GRAPH, VOID.uriSpace, ox.Literal(BASE))
    yield _triple(_GRAPH, VOID.vocabulary, ox.NamedNode(PREFIXES["fs"].rstrip("#")))
    for name in ("Turtle", "N-Triples", "JSON-LD", "RDF_XML"):
        yield _triple(_GRAPH, VOID.feature, ox.NamedNode(SD.FORMATS + name))
    for property, number in (
        (VOID.triples, counts.triples),
        (VOID.entities, counts.entities),
        (VOID.classes, len(counts.classes)),
        (VOID.properties, counts.properties),
    ):
        yield _triple(_GRAPH, property, _integer(number))
    for place, (class_, number) in enumerate(sorted(counts.classes.items())):
        part = ox.BlankNode(f"class{place}")
        yield _triple(_GRAPH, VOID.classPartition, part)
        yield _triple(part, VOID.classOf, ox.NamedNode(class_))
        yield _triple(part, VOID.entities, _integer(number))


def _integer(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=ox.NamedNode(XSD.integer))


def _triple(
    subject: ox.NamedNode | ox.BlankNode,
    property: str,
    object: ox.NamedNode | ox.BlankNode | ox.Literal,
) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(property), object)
