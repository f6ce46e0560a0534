from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.exchange.trig import Block, Writer
from factscape.terms import PREFIXES, RDF, XSD

GRAPH = ox.NamedNode(PREFIXES["src"] + "a")
SAYS = ox.NamedNode(PREFIXES["fs"] + "says")


def node(local: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES["id"] + local)


def read(text: str) -> set[ox.Quad]:
    return set(ox.parse(text, ox.RdfFormat.TRIG))


def test_a_file_is_laid_out_for_people() -> None:
    number = ox.Literal("8.4", datatype=ox.NamedNode(XSD.decimal))
    year = ox.Literal("2025", datatype=ox.NamedNode(XSD.gYear))
    type_ = (ox.NamedNode(RDF.type), ox.NamedNode(PREFIXES["fs"] + "Company"))
    inside = Block(
        node("b"), [(SAYS, number), (SAYS, year), (SAYS, ox.Literal("智谱", language="zh"))]
    )
    text = Writer(PREFIXES).file(
        "# first line", [Block(node("a"), [type_], ["why\nand\thow"])], GRAPH, [inside]
    )
    assert (
        text
        == """\
# first line

@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix src: <https://w3id.org/factscape/source/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

# why and how
id:a
    a fs:Company .

GRAPH src:a {

    id:b
        fs:says 8.4 ;
        fs:says "2025"^^xsd:gYear ;
        fs:says "智谱"@zh .
}
"""
    )


def test_long_comments_are_wrapped() -> None:
    block = Block(node("a"), [(SAYS, ox.Literal("b"))], ["word " * 60])
    lines = Writer(PREFIXES).block(block, "    ").splitlines()
    assert len(lines) == 5
    assert all(line.startswith("    # word") and len(line) <= 120 for line in lines[:3])


@pytest.mark.parametrize(
    ("local", "written"),
    [
        ("glm-4.6", "id:glm-4.6"),
        ("a.", "<https://w3id.org/factscape/id/a.>"),
        ("a/b", "<https://w3id.org/factscape/id/a/b>"),
        ("é", "<https://w3id.org/factscape/id/é>"),
        ("a%20b", "<https://w3id.org/factscape/id/a%20b>"),
        ("-a", "<https://w3id.org/factscape/id/-a>"),
        ("", "<https://w3id.org/factscape/id/>"),
        ("a~b", "<https://w3id.org/factscape/id/a~b>"),
    ],
)
def test_names_are_shortened_where_no_parser_stumbles(local: str, written: str) -> None:
    text = Writer(PREFIXES).block(Block(node(local), [(SAYS, ox.Literal("b"))]))
    assert text.splitlines()[0] == written
    declared = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    assert {quad.subject for quad in read(declared + text)} == {node(local)}


def test_what_steers_an_editor_is_escaped() -> None:
    text = Writer(PREFIXES).term(ox.Literal("a\u202eb\x1b[31m\u2028\ufeff"))
    assert text == '"a\\u202Eb\\u001B[31m\\u2028\\uFEFF"'


texts = st.text(st.characters(codec="utf-8"))
literals = st.one_of(
    texts.map(ox.Literal),
    st.builds(
        lambda t, tag: ox.Literal(t, language=tag), texts, st.sampled_from(["en", "zh-hant"])
    ),
    st.builds(
        lambda t, kind: ox.Literal(t, datatype=ox.NamedNode(kind)),
        st.one_of(texts, st.from_regex(r"[+-]?[0-9]*\.?[0-9]+", fullmatch=True)),
        st.sampled_from([XSD.integer, XSD.decimal, XSD.boolean, XSD.date, "urn:x"]),
    ),
    st.integers().map(ox.Literal),
)


@given(st.lists(literals, min_size=1, max_size=5), texts)
def test_whatever_is_written_is_read_back(objects: list[ox.Literal], comment: str) -> None:
    block = Block(node("a"), [(SAYS, term) for term in objects], [comment])
    text = Writer(PREFIXES).file("# first", [block], GRAPH, [block])
    assert {quad.object for quad in read(text)} == set(objects)
    assert {quad.graph_name for quad in read(text)} == {ox.DefaultGraph(), GRAPH}
