"""SPARQL 1.1 Protocol, by real clients against a real server."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, TSV, TURTLE, XML, SPARQLWrapper
from tests.web.conftest import Server

NAME = "SELECT ?name { id:zhipu skos:prefLabel ?name FILTER(LANG(?name) = 'en') }"
TYPE = "CONSTRUCT { id:zhipu a ?type } WHERE { id:zhipu a ?type }"
GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s fs:metric metric:net-loss } } ORDER BY ?g"


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_three_ways_to_ask(server: Server, way: str) -> None:
    address = f"{server.address}sparql"
    accept = {"accept": "text/csv"}
    if way == "get":
        answer = httpx.get(address, params={"query": NAME}, headers=accept)
    elif way == "form":
        answer = httpx.post(address, data={"query": NAME}, headers=accept)
    else:
        headers = {**accept, "content-type": "application/sparql-query"}
        answer = httpx.post(address, content=NAME.encode("utf-8"), headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text == "name\r\nZhipu\r\n"


@pytest.mark.parametrize(
    ("accept", "media", "begins"),
    [
        ("", "application/sparql-results+json", '{"head"'),
        ("*/*", "application/sparql-results+json", '{"head"'),
        ("application/json", "application/json", '{"head"'),
        ("application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        ("text/csv;q=0.9, text/tab-separated-values", "text/tab-separated-values", "?name"),
        ("text/html, text/csv;q=0.1", "text/csv", "name"),
        ("text/xml", "text/xml", "<?xml"),
    ],
)
def test_rows_as_they_are_wanted(server: Server, accept: str, media: str, begins: str) -> None:
    answer = server.ask(NAME, accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == media
    assert answer.headers["vary"].startswith("Accept")
    assert answer.text.startswith(begins)


@pytest.mark.parametrize(
    ("accept", "media", "format"),
    [
        ("*/*", "text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
@pytest.mark.parametrize("query", [TYPE, "DESCRIBE id:zhipu"])
def test_graphs_as_they_are_wanted(
    server: Server, query: str, accept: str, media: str, format: ox.RdfFormat
) -> None:
    answer = server.ask(query, accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == media
    triples = {quad.triple for quad in ox.parse(answer.content, format)}
    names = ("id/zhipu", "ontology#Company")
    zhipu, company = (ox.NamedNode(f"https://w3id.org/factscape/{name}") for name in names)
    assert ox.Triple(zhipu, ox.NamedNode(str(rdflib.RDF.type)), company) in triples


@pytest.mark.parametrize(("query", "said"), [("ASK {}", True), ("ASK { FILTER(false) }", False)])
def test_truth(server: Server, query: str, said: bool) -> None:
    assert server.ask(query, "application/json").json()["boolean"] is said


@pytest.mark.parametrize("query", [NAME, TYPE])
def test_what_cannot_be_had_is_not_acceptable(server: Server, query: str) -> None:
    answer = server.ask(query, "image/png")
    assert answer.status_code == 406
    assert "can be had as" in answer.json()["error"]["hint"]


@pytest.mark.parametrize(
    ("status", "code", "query"),
    [
        (400, "query-syntax", "SELECT ?x {"),
        (400, "query-syntax", ""),
        (403, "query-refused", "INSERT DATA { <urn:a> <urn:b> 1 }"),
        (403, "query-refused", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"),
    ],
)
def test_wrong_queries(server: Server, status: int, code: str, query: str) -> None:
    answer = server.ask(query)
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code


def test_a_mistake_is_told_with_its_place(server: Server) -> None:
    error = server.ask("SELECT ?x {\n ?x a }").json()["error"]
    assert (error["line"], error["column"]) == (2, 7)


def posted(server: Server, content: bytes, kind: str, query: str = "") -> httpx.Response:
    address = f"{server.address}sparql{query}"
    return httpx.post(address, content=content, headers={"content-type": kind})


@pytest.mark.parametrize(
    ("status", "content", "kind"),
    [
        (400, b"", "application/x-www-form-urlencoded"),
        (400, b"query=ASK{}&query=ASK{}", "application/x-www-form-urlencoded"),
        (403, b"update=CLEAR%20ALL", "application/x-www-form-urlencoded"),
        (403, b"CLEAR ALL", "application/sparql-update"),
        (415, b"ASK {}", "text/plain"),
        (415, "ASK {}".encode("utf-16"), "application/sparql-query; charset=utf-16"),
        (400, b"ASK { ?s ?p '\xff' }", "application/sparql-query"),
        (400, b"query=%22%FF%22", "application/x-www-form-urlencoded"),
    ],
)
def test_wrong_requests(server: Server, status: int, content: bytes, kind: str) -> None:
    answer = posted(server, content, kind)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_allowed(server: Server, method: str) -> None:
    answer = httpx.request(method, f"{server.address}sparql", params={"query": "ASK {}"})
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


def graphs(server: Server) -> list[str]:
    return server.ask(GRAPHS).text.split()[1:]


def counted(server: Server, pattern: str, **parameters: Any) -> int:
    query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
    return int(server.ask(query, "text/csv", **parameters).text.split()[1])


def test_graphs_that_the_request_names(server: Server) -> None:
    one, other, *_ = graphs(server)
    default = "?s fs:metric metric:net-loss"
    named = f"GRAPH ?g {{ {default} }}"
    alone = counted(server, f"GRAPH <{one}> {{ {default} }}")
    beside = counted(server, f"GRAPH <{other}> {{ {default} }}")
    assert alone and beside
    assert counted(server, default, **{"default-graph-uri": one}) == alone
    assert counted(server, default, **{"default-graph-uri": [one, other]}) == alone + beside
    assert counted(server, named, **{"default-graph-uri": one}) == 0
    assert counted(server, default, **{"named-graph-uri": one}) == 0
    assert counted(server, named, **{"named-graph-uri": one}) == alone


def test_the_request_goes_before_the_query(server: Server) -> None:
    one, other, *_ = graphs(server)
    query = f"SELECT (COUNT(*) AS ?n) FROM <{other}> {{ ?s fs:metric metric:net-loss }}"
    there = server.ask(query, **{"default-graph-uri": one}).text
    assert int(there.split()[1]) == counted(
        server, f"GRAPH <{one}> {{ ?s fs:metric metric:net-loss }}"
    )


@pytest.mark.parametrize("iri", ["nothing", "file: x", "urn:a>{}", ""])
def test_what_is_no_graph(server: Server, iri: str) -> None:
    assert server.ask("ASK {}", **{"default-graph-uri": iri}).status_code == 400


def test_an_answer_is_known_again(server: Server) -> None:
    answer = server.ask(NAME)
    tag = answer.headers["etag"]
    headers = {"accept": "text/csv", "if-none-match": tag}
    again = server.get("/sparql", params={"query": NAME}, headers=headers)
    assert (again.status_code, again.content) == (304, b"")
    assert server.ask(NAME, "application/json").headers["etag"] != tag
    assert server.ask(NAME).content == answer.content


@pytest.mark.parametrize("function", ["RAND()", "NOW()", "UUID()", "STRUUID()"])
def test_what_varies_is_not_known_again(server: Server, function: str) -> None:
    query = f"SELECT ({function} AS ?x) {{}}"
    first, second = server.ask(query), server.ask(query)
    assert "etag" not in first.headers
    assert first.text != second.text


def test_head(server: Server) -> None:
    accept = {"accept": "text/csv"}
    answer = httpx.head(f"{server.address}sparql", params={"query": NAME}, headers=accept)
    assert answer.status_code == 200
    assert not answer.content
    whole = server.ask(NAME)
    for name in ("content-type", "content-length", "etag", "vary"):
        assert answer.headers[name] == whole.headers[name]


def test_what_may_be_done_is_told(server: Server) -> None:
    answer = httpx.options(f"{server.address}sparql")
    assert answer.status_code == 204
    assert {"GET", "HEAD", "POST", "OPTIONS"} == {*answer.headers["allow"].split(", ")}


def test_pages_of_others_may_not_read(server: Server) -> None:
    """A browser lets a page from elsewhere read only what says so: nothing here does."""
    asks = {"origin": "http://evil.example", "access-control-request-method": "POST"}
    address = f"{server.address}sparql"
    for answer in (
        httpx.options(address, headers=asks),
        httpx.get(address, params={"query": NAME}, headers=asks),
        httpx.get(f"{server.address}things.json", headers=asks),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control-")]
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_part_is_answered_with_the_whole(server: Server) -> None:
    answer = server.get(
        "/sparql", params={"query": NAME}, headers={"accept": "text/csv", "range": "bytes=0-3"}
    )
    assert (answer.status_code, answer.text) == (200, "name\r\nZhipu\r\n")


def test_the_service_describes_itself(server: Server) -> None:
    answer = server.get("/sparql", headers={"accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.content, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = graph.value(predicate=rdflib.RDF.type, object=sd.Service)
    assert graph.value(service, sd.endpoint) == rdflib.URIRef(f"{server.address}sparql")
    assert graph.value(service, sd.supportedLanguage) == sd.SPARQL11Query
    assert len(set(graph.objects(service, sd.resultFormat))) == 8


def test_the_data_are_described(server: Server) -> None:
    answer = server.get("/.well-known/void", headers={"accept": "application/n-triples"})
    graph = rdflib.Graph().parse(data=answer.content, format="nt")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    dataset = graph.value(predicate=rdflib.RDF.type, object=void.Dataset)
    query = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }"
    assert int(str(graph.value(dataset, void.triples))) == int(server.ask(query).text.split()[1])


def test_sparqlwrapper(server: Server) -> None:
    client = SPARQLWrapper(f"{server.address}sparql")
    client.setQuery(f"PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n{NAME}")
    client.setReturnFormat(JSON)
    converted: Any = client.queryAndConvert()
    rows = converted["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == ["Zhipu"]
    client.setMethod("POST")
    for format, begins in ((XML, "<?xml"), (CSV, b"name"), (TSV, b"?name")):
        client.setReturnFormat(format)
        found: Any = client.queryAndConvert()
        found = found.toxml() if format == XML else found
        assert found.startswith(begins)
    client.setQuery(TYPE)
    client.setReturnFormat(TURTLE)
    converted = client.queryAndConvert()
    assert b"fs:Company" in converted


def test_rdflib_as_a_client(server: Server) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server.address}sparql"))
    zhipu = rdflib.URIRef("https://w3id.org/factscape/id/zhipu")
    names = set(graph.objects(zhipu, rdflib.SKOS.prefLabel))
    assert rdflib.Literal("智谱", lang="zh") in names
    assert bool(graph.query("ASK { ?s ?p ?o }"))


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl here")
def test_curl(server: Server) -> None:
    command = ["curl", "--silent", "--fail", "--header", "Accept: text/csv"]
    query = 'SELECT ?thing { ?thing skos:prefLabel "智谱"@zh }'
    address = f"{server.address}sparql"
    for way in (
        ["--data-urlencode", f"query={query}"],
        ["--get", "--data-urlencode", f"query={query}"],
        ["--data", query, "--header", "Content-Type: application/sparql-query"],
        ["--data", f"query={query}"],
    ):
        done = subprocess.run([*command, *way, address], capture_output=True, check=True)
        assert done.stdout.split() == [b"thing", b"https://w3id.org/factscape/id/zhipu"]


def test_a_large_answer_comes_whole(server: Server) -> None:
    query = "SELECT * { ?s ?p ?o }"
    answer = server.ask(query, "application/json")
    assert answer.headers["content-encoding"] == "gzip"
    rows = json.loads(answer.content)["results"]["bindings"]
    assert len(rows) == counted(server, "?s ?p ?o")
    parsed = ox.parse_query_results(answer.content, ox.QueryResultsFormat.JSON)
    assert isinstance(parsed, ox.QuerySolutions)
