from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.errors import Place, QueryRefusedError
from factscape.query.guard import check_query, syntax_error, use_prefixes

PREFIXES = {"service": "http://example.org/service/", "fs": "http://example.org/fs#"}
# A port that no HTTP client may use: reaching out is seen at once, and reaches nobody.
ELSEWHERE = "<http://127.0.0.1:1/>"
GROUP = "{ ?s ?p ?o }"

HOSTILE = [
    f"SELECT * {{ SERVICE {ELSEWHERE} {GROUP} }}",
    f"SELECT * {{ service {ELSEWHERE} {GROUP} }}",
    f"SELECT * {{ SeRvIcE{ELSEWHERE}{GROUP} }}",
    f"SELECT * {{ SERVICE SILENT {ELSEWHERE} {GROUP} }}",
    f"SELECT * {{ SERVICE ?where {GROUP} }}",
    f"SELECT * {{ SERVICE service:x {GROUP} }}",
    f"SELECT * {{ SERVICE\n#why\n{ELSEWHERE} {GROUP} }}",
    f"SELECT * {{ SERVICE#SERVICE\n{ELSEWHERE} {GROUP} }}",
    f"ASK {{ ?s ?p ?o . SERVICE {ELSEWHERE} {GROUP} }}",
    f"ASK {{ {{ SERVICE {ELSEWHERE} {GROUP} }} UNION {{ }} }}",
    f"ASK {{ OPTIONAL {{ SERVICE {ELSEWHERE} {GROUP} }} }}",
    f"ASK {{ FILTER EXISTS {{ SERVICE {ELSEWHERE} {GROUP} }} }}",
    f"ASK {{ FILTER NOT EXISTS {{ GRAPH ?g {{ SERVICE {ELSEWHERE} {GROUP} }} }} }}",
    f"ASK {{ {{ SELECT * {{ SERVICE {ELSEWHERE} {GROUP} }} }} }}",
    f"ASK {{ BIND(EXISTS {{ SERVICE {ELSEWHERE} {GROUP} }} AS ?b) }}",
    f"CONSTRUCT {GROUP} WHERE {{ SERVICE {ELSEWHERE} {GROUP} }}",
    f"DESCRIBE ?s {{ SERVICE {ELSEWHERE} {GROUP} }}",
    f"BASE <http://e/> PREFIX e: <http://e/#> ASK {{ SERVICE {ELSEWHERE} {GROUP} }}",
    f"ASK {{ ?s ?p 'SERVICE' SERVICE {ELSEWHERE} {GROUP} }}",
    f"SELECT ?service {{ ?service ?p ?o SERVICE {ELSEWHERE} {GROUP} }}",
    # What an IRI looks like by the standard's tokens, and the engine reads as a comparison.
    f"ASK {{ ?s ?p ?o FILTER(?o<?b)SERVICE#>\n{ELSEWHERE}{GROUP} }}",
    f'ASK {{ ?s ?p ?o FILTER(?o<?b#>"""\n) SERVICE {ELSEWHERE} {GROUP} #"""\n }}',
    f"ASK {{ ?s ?p _:n FILTER(?p<?b)SERVICE#>\n{ELSEWHERE}{GROUP} }}",
    f"ASK {{ FILTER(1<?b#>'''\n) SERVICE {ELSEWHERE} {GROUP} #'''\n }}",
    # Broken as well: what it asks for is the more useful thing to say.
    f"ASK {{ SERVICE {ELSEWHERE} {GROUP}",
    "SELECT * { SERVICE }",
]
INNOCENT = [
    "SELECT ?service { ?service ?p ?o }",
    "SELECT $SERVICE { $SERVICE ?p ?o }",
    "SELECT (1 AS ?service) (2 AS ?Service) {}",
    "ASK { ?s ?p 'a service' }",
    'ASK { ?s ?p "SERVICE <http://e/> { ?s ?p ?o }" }',
    "ASK { ?s ?p '''\nSERVICE <http://e/> {\n''' }",
    'ASK { ?s ?p "\\"SERVICE" }',
    "ASK { ?s ?p <http://service/SERVICE> }",
    "ASK { ?s service:service fs:Service }",
    "ASK { ?s a fs:service }",
    "ASK { _:service ?p ?o . ?s ?p _:service }",
    "# SERVICE <http://e/> {\nASK { ?s ?p ?o } # service",
    "PREFIX SERVICE: <http://e/> ASK { ?s SERVICE:x ?o }",
    "ASK { ?s ?p 'x'@service }",
    "ASK { ?s ?service_level ?o FILTER(?o<?service&&?o>?s) }",
    "ASK { ?s ?p ?o FILTER(?o<'x'&&'y>service z'=?p) }",
    "SELECT ?services { ?services ?p 'selfservice' }",
    "ASK { ?s ?p ?o } # aaaaaaa aaaaaab service",
    "ASK { ?s ?p ?o }",
    "SELECT ?add ?with { ?add fs:insert ?with }",
    "PREFIX insert: <http://e/> ASK { ?s insert:x 'DELETE' }",
    "#+ title: INSERT\nASK { }",
]
UPDATES = [
    "INSERT DATA { <http://e/s> <http://e/p> 1 }",
    "delete where { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:1/>",
    "LOAD SILENT <file:///etc/hosts> INTO GRAPH <http://e/g>",
    "CLEAR ALL",
    "DROP DEFAULT",
    "CREATE GRAPH <http://e/g>",
    "COPY <http://e/a> TO <http://e/b>",
    "MOVE <http://e/a> TO <http://e/b>",
    "ADD <http://e/a> TO <http://e/b>",
    "WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "PREFIX e: <http://e/>\n# a comment\nBASE <http://e/> PREFIX : <http://x/#>\n  Insert DATA { }",
]


def refused(text: str) -> bool:
    try:
        check_query(text, PREFIXES)
    except QueryRefusedError:
        return True
    return False


@pytest.mark.parametrize("text", HOSTILE)
def test_asking_another_server_is_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="SERVICE") as caught:
        check_query(text, PREFIXES)
    assert "--facts" in caught.value.hint
    assert caught.value.place


# In FILTER and under SILENT the engine reaches out as well, but swallows that it failed.
@pytest.mark.parametrize("text", [*HOSTILE[:3], *HOSTILE[8:9], *HOSTILE[19:23]])
def test_these_would_have_reached_out(text: str) -> None:
    store = ox.Store()
    store.add(ox.Quad(*[ox.NamedNode("http://example.org/x")] * 3))
    with pytest.raises(OSError, match="port 1 is not allowed"):
        list(iter(store.query(text, prefixes=PREFIXES)))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", INNOCENT)
def test_the_word_itself_is_no_offence(text: str) -> None:
    check_query(text, PREFIXES)
    # Otherwise the example would say nothing.
    assert ox.Store().query(text, prefixes=PREFIXES) is not None


@pytest.mark.parametrize("text", UPDATES)
def test_changing_facts_is_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="may not change facts") as caught:
        check_query(text, PREFIXES)
    assert "SELECT" in caught.value.hint


def test_the_place_is_that_of_the_word() -> None:
    text = "# SERVICE\nASK {\n  ?service ?p 'SERVICE' .\n  Service <http://e/> { } }"
    with pytest.raises(QueryRefusedError) as caught:
        check_query(text, PREFIXES, name="a.rq")
    assert caught.value.place == Place("a.rq", 4, 3)


def test_an_update_is_found_behind_a_prologue() -> None:
    with pytest.raises(QueryRefusedError) as caught:
        check_query(UPDATES[-1], {})
    assert caught.value.place == Place("query", 4, 3)


PIECES = st.sampled_from(
    [
        *("SERVICE", "service", "SERVICE SILENT", ELSEWHERE, "{", "}", "(", ")", "<", ">", "#"),
        *("'", '"', "'''", '"""', "\\", "\n", " ", "?s ?p ?o", "?a", ".", "FILTER(?a<?b", "_:n"),
        *("EXISTS {", "OPTIONAL {", "ASK {", "SELECT * {", "service:x", "'service'", "<#service>"),
        *(f"SERVICE {ELSEWHERE} {GROUP}", f"SERVICE#>\n{ELSEWHERE}{GROUP}", "#>", "'x'", "&&", "1"),
    ]
)


@given(st.lists(PIECES, max_size=12))
def test_what_passes_never_reaches_out(pieces: list[str]) -> None:
    text = "ASK { " + "".join(pieces) + " }"
    if refused(text):
        return
    try:
        answer = ox.Store().query(text, prefixes=PREFIXES)
    except SyntaxError:
        return
    # An OSError here would be the engine reaching out.
    assert isinstance(answer, ox.QueryBoolean)


@given(st.text(alphabet=st.characters(blacklist_characters='"\\\r\n', codec="utf-8")))
def test_no_string_and_no_comment_is_a_false_alarm(text: str) -> None:
    check_query(f'ASK {{ ?s ?p "{text} service" }} # service {text}', PREFIXES)


@pytest.mark.parametrize(
    "text",
    [
        f"ASK {{ SERVICE {ELSEWHERE} {GROUP} }}",
        f"SELECT (COUNT(*) AS ?v0) {{ SERVICE {ELSEWHERE} {GROUP} }}",
        f"DESCRIBE ?v0 {{ ?v0 ?v1 ?v2 . SERVICE {ELSEWHERE} {GROUP} }}",
        f"CONSTRUCT {GROUP} {{ SERVICE {ELSEWHERE} {GROUP} }}",
    ],
)
def test_reading_a_query_does_not_run_it(text: str) -> None:
    # Were it run, the engine would say that it may not reach this port.
    assert syntax_error(text, {}) is None
    assert "expected" in (syntax_error(text.replace("SERVICE", "SXRVICE"), {}) or "")


def test_prefixes_are_picked_by_their_mention() -> None:
    known = {"fs": "1", "id": "2", "": "3", "no": "4"}
    assert use_prefixes("ASK { id:x ?p 'no' }", known).keys() == {"id", ""}
    assert use_prefixes("ASK { ?fs ?p ?o }", known) == {}
