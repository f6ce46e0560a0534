from __future__ import annotations

import pytest

from factscape.query.columns import columns_in_order

E = {"e": "http://example.org/"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ?z e:a ?a }", "SELECT ?z ?a { ?z e:a ?a }"),
        ("select distinct * { ?z e:a ?a }", "select distinct ?z ?a { ?z e:a ?a }"),
        ("SELECT REDUCED * { ?b ?a 1 } # ?c", "SELECT REDUCED ?b ?a { ?b ?a 1 } # ?c"),
        ("SELECT*{ $z e:a ?a }", "SELECT?z ?a{ $z e:a ?a }"),
        # What a query inside keeps to itself is no column.
        ("SELECT * { ?z e:a ?a { SELECT ?z { ?z e:b ?h } } }", None),
        ("SELECT * { ?z e:a ?a MINUS { ?z e:b ?h } }", None),
        ("SELECT * { ?z ^e:a/e:b* ?a . ?a e:c [ e:d ?d ] }", None),
    ],
)
def test_columns_are_named_in_the_order_of_their_mention(text: str, expected: str | None) -> None:
    ordered = columns_in_order(text, E)
    assert ordered == (expected or text.replace("*", "?z ?a" + " ?d" * ("?d" in text), 1))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?a { ?a ?b ?c }",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }",
        "ASK { ?a ?b ?c }",
        "ASK { { SELECT * { ?b ?a ?c } } }",
        "CONSTRUCT { ?a ?b ?c } WHERE { { SELECT * { ?b ?a ?c } } }",
        "SELECT * { }",
        "SELECT * { ?b ?a }",
        "DESCRIBE *",
        "",
        "SELECT",
    ],
)
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert columns_in_order(text, E) == text
