"""What the hostile try: each attempt runs nothing, reads nothing, reaches nothing, and is answered."""

from __future__ import annotations

import contextlib
import gzip
import http.server
import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from tests.web.conftest import Serve, Server, eventually

from factscape.errors import FactscapeError
from factscape.opening import open_facts

NAME = "SELECT ?name { id:zhipu skos:prefLabel ?name FILTER(LANG(?name) = 'en') }"
HTML = {"accept": "text/html"}


class Trap(http.server.BaseHTTPRequestHandler):
    """A server that nobody may come to."""

    seen: list[str] = []  # noqa: RUF012 - one list for all is what is wanted

    def do_GET(self) -> None:
        self.seen.append(self.path)
        self.send_response(200)
        self.end_headers()

    do_POST = do_GET

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def trap() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Trap) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_address[1]}/"
        listening.shutdown()
        thread.join()
    assert not Trap.seen


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("secret") / "secret.ttl"
    path.write_text('<urn:secret> <urn:is> "TOPSECRET" .', encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{trap}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ service<{trap}>{{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }}",
        "SELECT * {{ BIND(<{trap}> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
        "SELECT * {{ {{ SELECT * {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }} }}",
        "ASK {{ FILTER(?a<?b)SERVICE<{trap}>{{ ?s ?p ?o }} }}",
        "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ #\n SERVICE <{trap}> {{ ?s ?p ?o }} }}",
        "LOAD <{trap}>",
        "LOAD <{file}>",
        "LOAD SILENT <{trap}> INTO GRAPH <urn:g>",
        "INSERT DATA {{ <urn:a> <urn:b> 1 }}",
        "DELETE WHERE {{ ?s ?p ?o }}",
        "CLEAR ALL",
        "DROP ALL",
        "CREATE GRAPH <urn:g>",
        "WITH <urn:g> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        "ASK {{}} ; CLEAR ALL",
        "PREFIX x: <urn:x> INSERT {{ ?s ?p 1 }} WHERE {{ ?s ?p ?o }}",
    ],
)
def test_what_a_query_may_not_do(server: Server, trap: str, secret: Path, query: str) -> None:
    answer = server.ask(query.format(trap=trap, file=secret.as_uri()))
    assert answer.status_code in (400, 403)
    assert "TOPSECRET" not in answer.text
    assert server.ask("ASK { <urn:a> <urn:b> 1 }").text.strip() == "false"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <{file}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{file}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "SELECT * {{ GRAPH <{file}> {{ ?s ?p ?o }} }}",
        "SELECT * FROM <{trap}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{trap}> {{ GRAPH <{trap}> {{ ?s ?p ?o }} }}",
        "DESCRIBE <{trap}>",
        "DESCRIBE <{file}>",
        "BASE <{file}> SELECT * FROM <> {{ ?s ?p ?o }}",
    ],
)
def test_graphs_are_never_fetched(server: Server, trap: str, secret: Path, query: str) -> None:
    answer = server.ask(query.format(trap=trap, file=secret.as_uri()), "*/*")
    assert answer.status_code == 200
    assert "TOPSECRET" not in answer.text


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_graphs_of_the_request_are_never_fetched(
    server: Server, trap: str, secret: Path, name: str
) -> None:
    for iri in (trap, secret.as_uri()):
        answer = server.ask(
            "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", **{name: iri}
        )
        assert answer.status_code == 200
        assert "TOPSECRET" not in answer.text


HARD = {
    "deep groups": "ASK " + "{" * 20_000 + "}" * 20_000,
    "deep brackets": "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    "deep not": "ASK { FILTER(" + "!" * 50_000 + "true) }",
    "long IN": "ASK { ?s ?p ?o FILTER(?o IN (" + ",".join(map(str, range(60_000))) + ")) }",
    "long VALUES": "SELECT (COUNT(*) AS ?n) { VALUES ?x { " + "1 " * 200_000 + " } }",
    "long UNION": "ASK { " + " UNION ".join(["{ ?s ?p ?o }"] * 5_000) + " }",
    "long path": "ASK { ?s " + "/".join(["<urn:p>"] * 10_000) + " ?o }",
    "many OPTIONAL": "ASK { " + "OPTIONAL { ?s ?p ?o } " * 5_000 + "}",
    "regex": 'ASK { ?s ?p ?o FILTER(REGEX("' + "a" * 40 + '!", "^(a+)+$")) }',
    "large regex": 'ASK { ?s ?p ?o FILTER(REGEX(STR(?o), "(a{1000}){1000}")) }',
    "replace": 'SELECT (REPLACE("' + "a" * 1000 + '", "a", "' + "b" * 1000 + '") AS ?x) {}',
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "sorted cross product": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f LIMIT 1",
    "large group": "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?x) { ?a ?b ?c . ?d ?e ?f }",
    "no query": "\x00\x01\x02",
    "many prefixes": "".join(f"PREFIX p{n}: <urn:{n}> " for n in range(10_000)) + "ASK {}",
    "long name": "ASK { ?" + "x" * 500_000 + " ?p ?o }",
    "large number": "ASK { FILTER(" + "9" * 100_000 + " > 1) }",
}


@pytest.mark.parametrize("query", HARD.values(), ids=HARD.keys())
def test_hard_queries_hurt_nobody_else(server: Server, query: str) -> None:
    answer = httpx.post(f"{server.address}sparql", data={"query": query}, timeout=30)
    assert answer.status_code in (200, 400, 413, 500, 503)
    if answer.status_code != 200:
        assert answer.json()["error"]["message"]
    assert eventually(lambda: server.ask(NAME).text == "name\r\nZhipu\r\n")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static/....//app.py",
        "/static/%2fetc%2fpasswd",
        "/static/words.json%00.css",
        "/thing/../../../../etc/passwd",
        "/thing/%2e%2e/%2e%2e/etc/passwd",
        "/id/..%2f..%2f..%2fetc%2fpasswd",
        "//evil.example/thing",
        "/thing?iri=file:///etc/passwd",
        "/thing?iri=http://evil.example/%0d%0aSet-Cookie:x",
        "/thing?iri=%3Cscript%3E",
    ],
)
def test_no_path_leads_out(server: Server, path: str) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode("ascii"))
        answer = b""
        while part := connection.recv(65536):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.split()[1] in (b"303", b"400", b"404")
    assert b"root:" not in body
    assert b"import" not in body
    assert b"set-cookie" not in head.lower()
    assert b"evil.example" not in head


@pytest.mark.parametrize(
    "given",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7 * 7 }}",
        "{% raw %}",
        "javascript:alert(1)",
        "' OR 1=1 --",
        "a\r\nSet-Cookie: x=1",
        "%00%ff",
        "*" * 5_000,
        "\ud7ff\u202e\u0000",
    ],
)
@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/", ["q", "lang"]),
        ("/search", ["q", "lang"]),
        ("/things", ["kind", "sort"]),
        ("/sources", ["q"]),
        ("/sources", ["reliability"]),
        ("/conflicts", ["thing"]),
        ("/conflicts", ["class", "in"]),
        ("/thing", ["iri"]),
        ("/thing/id/zhipu", ["as-of"]),
        ("/thing/id/zhipu", ["in", "known-by"]),
        ("/network", ["name"]),
        ("/network", ["type"]),
        ("/network", ["query"]),
        ("/network.json", ["add"]),
        ("/timeline", ["name", "since"]),
        ("/ranking", ["name", "first"]),
        ("/compare", ["name", "metric"]),
        ("/card", ["name"]),
        ("/report", ["name", "known-by"]),
        ("/query", ["name"]),
        ("/query", ["query", "ask"]),
        ("/query.json", ["name", "set.company"]),
        ("/query/filled.json", ["set.company"]),
    ],
)
def test_what_is_typed_comes_back_as_text(
    server: Server, path: str, names: list[str], given: str
) -> None:
    answer = server.get(path, params=dict.fromkeys(names, given), headers=HTML)
    assert answer.status_code in (200, 400, 403, 404)
    if path.endswith(".json") and answer.status_code == 200:
        assert answer.headers["content-type"] == "application/json"
        return
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert ">49<" not in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("name", ["company", "{0}", "company} UNION { ?s ?p ?o"])
@pytest.mark.parametrize(
    "value",
    [
        "<urn:x> } ; CLEAR ALL #",
        "zhipu> . ?s ?p ?o . <urn:x",
        '"] ) } SERVICE <{trap}> { ?a ?b ?c } #',
        "智谱\u0000\n} SELECT * { SERVICE <{trap}> { ?s ?p ?o",
        "\\u007D SERVICE \\u003C{trap}\\u003E",
    ],
)
def test_a_parameter_of_a_query_is_a_value(
    server: Server, trap: str, name: str, value: str
) -> None:
    parameters = {"name": "finances", f"set.{name}": value.replace("{trap}", trap)}
    for path in ("/query.json", "/query/filled.json"):
        answer = server.get(path, params=parameters)
        assert answer.status_code in (400, 404)
        assert answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "query",
    [
        HARD["cross product"],
        HARD["deep groups"],
        "SELECT * { SERVICE <{trap}> { ?s ?p ?o } }",
        "LOAD <{trap}>",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <{trap}> { ?s ?p ?o } }",
        "SELECT * FROM <{file}> { ?s ?p ?o }",
    ],
)
@pytest.mark.parametrize(
    "path", ["/network?query=", "/network.json?query=", "/query?ask=1&query=", "/query.json?query="]
)
def test_a_query_in_a_page_is_held_as_tightly(
    server: Server, trap: str, secret: Path, path: str, query: str
) -> None:
    text = query.replace("{trap}", trap).replace("{file}", secret.as_uri())
    answer = server.get(path + quote(text[:15_000]), headers=HTML)
    assert answer.status_code in (200, 400, 403, 404, 500, 503)
    assert "TOPSECRET" not in answer.text
    assert eventually(lambda: server.ask(NAME).text == "name\r\nZhipu\r\n")


FILES = {
    "entity.rdf": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "{file}">]>'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="urn:a"><b xmlns="urn:">&x;</b></rdf:Description></rdf:RDF>',
    "entity-elsewhere.rdf": '<?xml version="1.0"?><!DOCTYPE r SYSTEM "{trap}">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    "laughs.rdf": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + ']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="urn:a"><b xmlns="urn:">&a11;</b></rdf:Description></rdf:RDF>',
    "context.jsonld": '{"@context": "{trap}", "@id": "urn:a", "name": "b"}',
    "file-context.jsonld": '{"@context": "{file}", "@id": "urn:a", "name": "b"}',
    "imported.jsonld": '{"@context": {"@version": 1.1, "@import": "{trap}"}, "@id": "urn:a"}',
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_fetches_nothing(name: str, trap: str, secret: Path, tmp_path: Path) -> None:
    file = tmp_path / name
    text = FILES[name].replace("{trap}", trap).replace("{file}", secret.as_uri())
    file.write_text(text, encoding="utf-8")
    with contextlib.suppress(FactscapeError), open_facts([file]) as facts:
        found = [str(quad) for quad in facts.store.quads()]
        assert "TOPSECRET" not in "".join(found)
        assert len("".join(found)) < 1_000_000


@pytest.fixture(scope="module")
def hostile() -> str:
    name = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}"
    return f"""
    @prefix fs: <https://w3id.org/factscape/ontology#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix id: <https://w3id.org/factscape/id/> .
    id:evil a fs:Company ; skos:prefLabel "{name}"@en ; fs:develops <javascript:alert(3)> ;
      <https://schema.org/url> "javascript:alert(4)" .
    <javascript:alert(3)> a fs:Model ; skos:prefLabel "{name}"@zh .
    <https://w3id.org/factscape/source/evil> a fs:Source ; <http://purl.org/dc/terms/title> "{name}" ;
      <https://schema.org/url> <javascript:alert(5)> .
    """


def test_hostile_facts_are_shown_as_text(serve: Serve, tmp_path: Path, hostile: str) -> None:
    (tmp_path / "evil.ttl").write_text(hostile, encoding="utf-8")
    server = serve("--facts", str(tmp_path / "evil.ttl"))
    pages = ("/", "/sources", "/things", "/thing/id/evil", "/thing/source/evil", "/search?q=script")
    views = ("/network", "/timeline?name=id:evil", "/card?name=id:evil", "/query", "/ranking")
    for path in (*pages, *views):
        answer = server.get(path, headers=HTML)
        assert answer.status_code == 200, path
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        assert 'href="javascript:' not in answer.text.lower()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1", 200),
        ("LOCALHOST:80", 200),
        ("[::1]:80", 200),
        ("evil.example", 421),
        ("evil.example:80", 421),
        ("localhost.evil.example", 421),
        ("localhost:80@evil.example", 421),
        ("", 421),
    ],
)
def test_names_that_others_gave_to_this_address(server: Server, host: str, status: int) -> None:
    assert server.get("/status", headers={"host": host}).status_code == status


def raw(server: Server, data: bytes, wait: float = 10) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), timeout=wait) as connection:
        connection.sendall(data)
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
                if b"\r\n\r\n" in answer:
                    break
        except ConnectionResetError:
            return b"reset"
    return answer


@pytest.mark.parametrize(
    "data",
    [
        b"GET /status HTTP/1.1\r\n\r\n",
        b"GET /status HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n",
        b"GARBAGE\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET /" + b"a" * 200_000,
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 20_000,
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_requests_that_are_none(server: Server, data: bytes) -> None:
    try:
        answer = raw(server, data, 25)
    except BrokenPipeError:
        answer = b"reset"
    except TimeoutError:
        pytest.fail("it was waited for")
    assert answer in (b"", b"reset") or answer.split()[1].startswith(b"4")
    assert server.get("/status").status_code == 200


def test_an_address_that_is_not_ascii_is_told_how_to_be(server: Server) -> None:
    request = "GET /search?q=智谱 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    head, _, body = raw(server, request, 25).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert "--data-urlencode" in json.loads(body)["error"]["hint"]


def test_a_large_body_is_not_read(server: Server) -> None:
    address = f"{server.address}sparql"
    kind = {"content-type": "application/sparql-query"}
    assert httpx.post(address, content=b"x" * (2 << 20), headers=kind).status_code == 413
    pieces = (b"#" * 65536 for _ in range(40))  # without a length
    assert httpx.post(address, content=pieces, headers=kind).status_code == 413


def test_what_is_compressed_is_not_unpacked(server: Server) -> None:
    headers = {"content-type": "application/sparql-query", "content-encoding": "gzip"}
    bomb = gzip.compress(b"#" * (10 << 20))
    answer = httpx.post(f"{server.address}sparql", content=bomb, headers=headers)
    assert answer.status_code == 415


def test_many_fields_are_too_many(server: Server) -> None:
    answer = httpx.post(f"{server.address}sparql", data={f"a{n}": "1" for n in range(1000)})
    assert answer.status_code == 400


def test_slow_clients_are_left(server: Server) -> None:
    begun = time.monotonic()
    with contextlib.ExitStack() as stack:
        connections = []
        for start in (b"", b"GET /status HT", b"POST /sparql HTTP/1.1\r\nHost: "):
            address = ("127.0.0.1", server.port)
            connections.append(stack.enter_context(socket.create_connection(address, timeout=60)))
            connections[-1].sendall(start)
        for connection in connections:
            with contextlib.suppress(ConnectionResetError):
                assert connection.recv(1) == b""
    assert 5 < time.monotonic() - begun < 50


@pytest.mark.parametrize(
    "path", ["/", "/status", "/nowhere", "/sparql?query=ASK%7B%7D", "/static/site.css"]
)
def test_what_every_answer_says(server: Server, path: str) -> None:
    headers = server.get(path, headers=HTML).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_the_log_holds_no_question(server: Server) -> None:
    server.ask("SELECT * { <urn:a-private-matter> ?p ?o }")
    server.get("/search", params={"q": "a-private-matter"})
    log = server.log.read_text(encoding="utf-8")
    assert "/search" in log
    assert "private" not in log
