from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.errors import Place, QuerySyntaxError
from factscape.query.mistakes import explain
from factscape.query.tokens import Token, tokens
from factscape.terms import PREFIXES


def explained(text: str) -> QuerySyntaxError:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(text, prefixes=dict(PREFIXES))
    return explain(text, str(caught.value), PREFIXES, name="q")


@pytest.mark.parametrize(
    ("text", "place", "message", "advice"),
    [
        ("SELCT ?x {}", (1, 1), "'SELCT' is not expected here", "did you mean SELECT?"),
        ("SELECT ?x\nWERE { ?x a ?y }", (2, 1), "'WERE'", "did you mean WHERE?"),
        ("SELECT * { ?s ?p ?o } ORDR BY ?s", (1, 23), "'ORDR'", "did you mean ORDER?"),
        ("ASK {\n  ?x ?p ?y\n  FILTR(?y > 3) }", (3, 3), "'FILTR'", "did you mean FILTER?"),
        ("ASK { ?x ?p ?y FILTER(regx(?y, 'a')) }", (1, 23), "'regx'", "did you mean REGEX?"),
        ("ASK { ?x ?p ?y FILTER(?x = 1 AND ?y = 2) }", (1, 30), "'AND'", "did you mean &&?"),
        ("ASK { ?x fz:of ?y }", (1, 10), "prefix fz: is not declared", "did you mean fs:?"),
        ("ASK { ?x fz:of ?y }", (1, 10), "fz:", "known: claim: dct: foaf: fs: id:"),
        ("ASK { ?x zzz:of ?y }", (1, 10), "zzz:", "PREFIX zzz: <https://…>"),
        ("PREFIX e: <http://e/> ASK { ?x :b e:c }", (1, 32), "prefix : is not", "dct: e: foaf:"),
        ("ASK { ?x a ?y", (1, 14), "the query ends too early", "'}'"),
        ("SELECT * { ?s ?p ?o } LIMIT", (1, 28), "the query ends too early", "a number"),
        ("SELECT * { ?s ?p ?o } LIMIT ten", (1, 29), "'ten'", "expected a number"),
        ("SELECT * { ?s ?p ?o } }", (1, 23), "'}' is not expected here", "LIMIT"),
        ("ASK {\n ?x a ;\n}", (2, 7), "';' is not expected here", "a variable or an IRI"),
        ("SELECT name { ?x ?p ?y }", (1, 8), "'name'", "?name"),
        ("SELECT { ?x ?p ?y }", (1, 8), "'{'", "expected '(', a variable, DISTINCT or REDUCED"),
        ("hello", (1, 1), "'hello'", "ASK, BASE, CONSTRUCT, DESCRIBE, PREFIX or SELECT"),
        ("ASK { ?x ?p 'abc }", (1, 13), "this string is never closed", ""),
        ("ASK { ?x <of> ?y }", (1, 10), "this is not a whole IRI", "https://"),
        ("SELECT (COUNT(*) AS ?n) ?x { ?x ?p ?y }", (1, 1), "has no value there", "GROUP BY"),
        ("ASK { BIND(1 AS ?x) BIND(2 AS ?x) }", (1, 35), "breaks a rule", "a new variable"),
        ("ASK { _:a ?p ?o OPTIONAL { _:a ?p ?z } }", (1, 28), "breaks a rule", "blank node"),
        ("SELECT (1 AS ?a) (2 AS ?a) {}", (1, 30), "breaks a rule", "a new variable"),
        ("SELECT ？x { }", (1, 8), "'？' is not expected", "the plain character: ?"),
        ("ASK { ?x ?p “a” }", (1, 13), "'“'", 'the plain character: "'),
        ("ASK { ?s ?p 1 ?q 2 }", (1, 15), "'?q'", "expected ',', '.', ';'"),
        ("ASK { ?s ?p 1 id:x 2 }", (1, 15), "'id:x'", "expected ',', '.', ';'"),
        ("ASK { BIND(COALESCE (?a, 1) AS ?b) }", (1, 12), "'COALESCE'", "without a space"),
        ("ASK { BIND(COALESCE(?a, 1) AS) }", (1, 30), "')'", "expected a variable"),
        ("SELECT * { ?a ?b ?c } GROUP BY ?a", (1, 1), "SELECT * does not go", "name the columns"),
        ("", (1, 1), "the query is empty", "for example: SELECT"),
        ("  \n# only a comment", (1, 1), "the query is empty", "for example: SELECT"),
    ],
)
def test_a_mistake_is_named_where_it_is(
    text: str, place: tuple[int, int], message: str, advice: str
) -> None:
    error = explained(text)
    assert error.place == Place("q", *place)
    assert message in error.message
    assert advice in error.hint


@pytest.mark.parametrize(
    ("text", "line", "caret"),
    [
        ("ASK {\n\t?x of 1 }", " ?x of 1 }", "    ^"),
        ("ASK { ?x a '智譜' , ; }", "ASK { ?x a '智譜' , ; }", " " * 20 + "^"),
        ("ASK {}\r\nX", "X", "^"),
    ],
)
def test_a_caret_stands_under_the_mistake(text: str, line: str, caret: str) -> None:
    assert explained(text).hint.split("\n")[:2] == [line, caret]


def test_a_long_line_is_shown_around_the_mistake() -> None:
    error = explained("ASK { ?x a " + ", ".join(["id:x"] * 500) + " id:y ; ; a " + "id:z ," * 500)
    line, caret = error.hint.split("\n")[:2]
    assert len(line) <= 90
    assert line[caret.index("^") :].startswith("id:y")


def test_a_long_word_is_not_printed_whole() -> None:
    assert len(explained("ASK { ?x ?y " + "x" * 10_000).message) < 200


def test_what_nobody_else_finds_is_left_to_the_engine() -> None:
    error = explain("ASK {\n}", "error at 2:1: expected luck", {})
    assert error.place == Place("query", 2, 1)
    assert error.message == "this is not SPARQL"
    assert "no luck" in explain("ASK {}", "no luck", {}).message


VALID = """PREFIX e: <http://example.org/>
SELECT DISTINCT ?a (COUNT(DISTINCT ?b) AS ?n) (GROUP_CONCAT(?c ; SEPARATOR=", ") AS ?all)
FROM <http://example.org/g> FROM NAMED <http://example.org/h>
WHERE {
  ?a e:p/^e:q|!(a|^e:r)* [ e:s ( 1 -2.5 "x"@en-GB "7"^^xsd:int true ) ] ; e:t _:b , e:u .
  OPTIONAL { ?b e:p '''it's''' } MINUS { ?a e:gone ?c }
  { SELECT ?c { GRAPH ?g { ?c ?p ?o } } LIMIT 3 } UNION { VALUES (?b ?c) { (UNDEF e:x) } }
  FILTER(?n<=-3 && !BOUND(?x) || ?a IN (e:a, "b") && NOT EXISTS { ?a e:z 1e3 })
  BIND(IF(STRLEN(STR(?a))>3, COALESCE(?c, 1), -?c) AS ?d)
}
GROUP BY ?a (STRLEN(?c) AS ?e) HAVING(COUNT(*) > 1) ORDER BY DESC(?a) ?n LIMIT 5 OFFSET 2
"""


def test_the_query_that_is_broken_below_is_whole() -> None:
    assert isinstance(ox.Store().query(VALID, prefixes=dict(PREFIXES)), ox.QuerySolutions)


@given(st.data())
def test_whatever_is_broken_is_explained(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(VALID) - 1))
    length = data.draw(st.integers(1, 12))
    text = VALID[:start] + data.draw(st.text(max_size=4)) + VALID[start + length :]
    try:
        ox.Store().query(text, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        found = explain(text, str(error), PREFIXES)
        assert found.message
        assert found.place and found.place.line and found.place.column
        lines = text.split("\n")
        assert found.place.line <= len(lines)
        assert found.place.column <= len(lines[found.place.line - 1]) + 1


@pytest.mark.parametrize("word", list(tokens(VALID)), ids=lambda word: f"{word.start}{word.text}")
def test_a_foreign_word_is_found_where_it_is(word: Token) -> None:
    text = f"{VALID[: word.end]}\n§\n{VALID[word.end :]}"
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(text, prefixes=dict(PREFIXES))
    place = explain(text, str(caught.value), PREFIXES).place
    assert place and place.line
    line = VALID[: word.end].count("\n") + 2
    # The engine wants some keywords and their ( in one piece, and is at a loss before both.
    assert place.line in ((line - 1, line) if word.text == "COALESCE" else (line, line + 1))
