"""What people type for a parameter becomes terms of the right kind, and never more than terms."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.errors import AmbiguousNameError, FactscapeError, MisuseError, UnknownNameError
from factscape.opening import Facts
from factscape.query.header import TYPES, Parameter
from factscape.query.parameters import Given, fill, found_values, terms_of
from factscape.query.tokens import tokens
from factscape.store.oxigraph import MemoryStore
from factscape.terms import PREFIXES

FACTS = """
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
id:zhipu a fs:Company ; skos:prefLabel "Zhipu"@en, "智谱"@zh .
id:acme a fs:Company ; skos:prefLabel "Acme"@en .
id:acme-2 a fs:Company ; skos:prefLabel "Acme"@en .
id:cloud a fs:Market ; skos:prefLabel "Cloud"@en .
id:cloud-inc a fs:Company ; skos:prefLabel "Cloud"@en .
id:profit a fs:Metric ; skos:prefLabel "profit"@en .
"""
ECHO = 'SELECT ?x { VALUES $v { "default" } BIND ($v AS ?x) }'


@pytest.fixture(scope="module")
def facts() -> Iterator[Facts]:
    store = ox.Store()
    store.load(FACTS.encode("utf-8"), ox.RdfFormat.TURTLE)
    with Facts(MemoryStore(store), (), dict(PREFIXES)) as facts:
        yield facts


def parameter(type_: str) -> Parameter:
    return Parameter("v", type_, {"en": "v", "zh": "v"}, 1)


def written(type_: str, value: Given, facts: Facts) -> list[str]:
    return [str(term) for term in terms_of(parameter(type_), value, facts)]


# -- what is typed


@pytest.mark.parametrize(
    ("type_", "value", "term"),
    [
        ("thing", "智譜", "<https://w3id.org/factscape/id/zhipu>"),
        ("thing", "id:zhipu", "<https://w3id.org/factscape/id/zhipu>"),
        ("thing", " ZHIPU ", "<https://w3id.org/factscape/id/zhipu>"),
        ("thing", "https://w3id.org/factscape/id/acme", "<https://w3id.org/factscape/id/acme>"),
        # Of two things with one name the market is meant.
        ("market", "cloud", "<https://w3id.org/factscape/id/cloud>"),
        ("metric", "Profit", "<https://w3id.org/factscape/id/profit>"),
        ("date", "2025-06-30", '"2025-06-30"^^<http://www.w3.org/2001/XMLSchema#date>'),
        (
            "date",
            datetime.date(2025, 6, 30),
            '"2025-06-30"^^<http://www.w3.org/2001/XMLSchema#date>',
        ),
        ("number", "8.40", '"8.40"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("number", "-3", '"-3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("number", 2_358_000_000, '"2358000000"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("number", 1e9, '"1000000000"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("number", Decimal("1E-3"), '"0.001"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("text", 'a "b" \\', '"a \\"b\\" \\\\"'),
        ("text", "智谱\n", '"智谱\\n"'),
        ("thing", None, "None"),
        ("thing", "", "None"),
    ],
)
def test_a_value_becomes_a_term(type_: str, value: Any, term: str, facts: Facts) -> None:
    assert written(type_, value, facts) == [term]


def test_several_values(facts: Facts) -> None:
    assert len(written("thing", ["Zhipu", "id:acme"], facts)) == 2
    assert written("number", (1, "2"), facts)[1].startswith('"2"')


@pytest.mark.parametrize(
    ("type_", "value", "error", "words"),
    [
        ("thing", "Zhipo", UnknownNameError, "nothing here is called 'Zhipo'"),
        ("thing", "Acme", AmbiguousNameError, "id:acme-2"),
        ("market", "Zhipu", MisuseError, "v: 'Zhipu' is Zhipu, no market"),
        ("metric", "cloud-inc", MisuseError, "SELECT ?it { ?it a fs:Metric }"),
        ("date", "2025-06", MisuseError, "v: '2025-06' is no day\n  write it as 2025-06-30"),
        ("date", "2025-02-30", MisuseError, "is no day"),
        ("number", "12亿", MisuseError, "v: '12亿' is no number"),
        ("number", "nan", MisuseError, "is no number"),
        ("number", "1e999999", MisuseError, "is no number"),
        ("thing", [], MisuseError, "parameter v has no value"),
    ],
)
def test_what_does_not_fit_is_refused(
    type_: str, value: Any, error: type[FactscapeError], words: str, facts: Facts
) -> None:
    with pytest.raises(error) as caught:
        terms_of(parameter(type_), value, facts)
    assert words in str(caught.value)


# -- what the query says, and how it is changed


def test_a_query_says_what_its_parameters_are() -> None:
    text = """PREFIX e: <http://e/>
      SELECT * { VALUES $a { e:x "y"@en UNDEF } { VALUES ?a { e:x } } VALUES (?b) { (1) } # VALUES ?c { 1 }
      BIND ("VALUES ?d { 1 }" AS ?e) }"""
    found = found_values(text, {})
    assert list(found) == ["a"]
    assert [[str(term) for term in terms] for terms in found["a"]] == [
        ["<http://e/x>", '"y"@en', "None"],
        ["<http://e/x>"],
    ]


@pytest.mark.parametrize("text", ["", "VALUES", "VALUES $a", "ASK { VALUES $a { nonsense } }"])
def test_a_query_that_cannot_be_read_says_nothing(text: str) -> None:
    assert found_values(text, {}) == {}


def test_all_values_of_a_parameter_are_set_and_nothing_else() -> None:
    text = '{ values ?a{1} "VALUES ?a { 1 }" VALUES $b { 1 } VALUES $a { 1 2 } } # VALUES ?a { 1 }'
    filled = fill(text, {"a": (ox.NamedNode("urn:x"), None)})
    expected = text.replace("?a{1}", "?a{ <urn:x> UNDEF }").replace(
        "$a { 1 2 }", "$a { <urn:x> UNDEF }"
    )
    assert filled == expected


HOSTILE = [
    '" } } DELETE WHERE { ?s ?p ?o } #',
    "' } UNION { ?s ?p ?o } { '",
    '"""',
    "\\",
    '\\" }',
    "} SERVICE <http://127.0.0.1:1/> { ?s ?p ?o }",
    "?x $v <urn:a> UNDEF",
    "\r\n# \x00 \x7f \u2028",
    "VALUES $v { 1 }",
    "智谱" * 1000,
]


def _answer(value: str) -> list[str]:
    filled = fill(ECHO, {"v": (ox.Literal(value),)})
    inside = [token.text for token in tokens(filled)]
    # But for the one value, the words of the query are what they were.
    assert len(inside) == len(list(tokens(ECHO)))
    rows = ox.Store().query(filled)
    assert isinstance(rows, ox.QuerySolutions)
    return [str(row["x"].value) for row in rows]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_text_stays_a_text(value: str) -> None:
    assert _answer(value) == [value]


@given(st.text())
def test_any_text_stays_a_text(value: str) -> None:
    assert _answer(value) == [value]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("type_", sorted(set(TYPES) - {"text"}))
def test_a_hostile_value_is_refused(type_: str, value: str, facts: Facts) -> None:
    with pytest.raises(FactscapeError):
        terms_of(parameter(type_), value, facts)
