from __future__ import annotations

import random

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.names import columns, labels, shorten
from factscape.store.oxigraph import MemoryStore

PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sdo: <http://schema.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix e: <http://example.org/> .
"""
THING = "http://example.org/thing"


def stored(text: str) -> MemoryStore:
    store = ox.Store()
    store.load((PREFIXES + text).encode(), ox.RdfFormat.TRIG)
    return MemoryStore(store)


def label(text: str, lang: str = "en") -> str:
    return labels(stored(text), [THING], lang)[THING]


@pytest.mark.parametrize(
    "said",
    [
        "skos:prefLabel 'Name'",
        "skosxl:prefLabel [ skosxl:literalForm 'Name' ]",
        "rdfs:label 'Name'",
        "schema:name 'Name'",
        "sdo:name 'Name'",
        "foaf:name 'Name'",
        "dct:title 'Name'",
        "dc:title 'Name'",
        "skos:altLabel 'Name'",
        "e:displayName 'Name'",
        "e:name 'Name' ; e:age 3 ; e:motto 'Aim high'",
    ],
)
def test_the_properties_of_common_vocabularies_are_known(said: str) -> None:
    assert label(f"e:thing {said} .") == "Name"


@pytest.mark.parametrize(
    ("said", "lang", "best"),
    [
        ("skos:prefLabel 'Zhipu'@en, '智谱'@zh", "en", "Zhipu"),
        ("skos:prefLabel 'Zhipu'@en, '智谱'@zh", "zh", "智谱"),
        ("skos:prefLabel '智譜'@zh-Hant, '智谱'@zh-Hans, 'Zhipu'@en", "zh", "智谱"),
        ("skos:prefLabel '智譜'@zh-TW, '智谱'@zh-CN, 'Zhipu'@en", "zh", "智谱"),
        ("skos:prefLabel '智譜'@zh-TW, '智谱'@zh", "zh-Hant", "智譜"),
        ("skos:prefLabel '智譜'@zh-HK, 'Zhipu'", "zh", "智譜"),
        ("skos:prefLabel 'colour'@en-GB, 'Farbe'@de", "en", "colour"),
        ("skos:prefLabel 'color'@en-US, 'colour'@en-GB", "en-GB", "colour"),
        ("skos:prefLabel 'plain', 'Farbe'@de", "en", "plain"),
        ("skos:prefLabel 'Farbe'@de, 'couleur'@fr", "en", "Farbe"),
        ("skos:prefLabel 'Farbe'@de, 'colour'@en", "zh", "colour"),
        # Another name in the language goes before the best name in another one.
        ("skos:prefLabel '智谱'@zh ; skos:altLabel 'Zhipu'@en", "en", "Zhipu"),
        ("skos:prefLabel 'Zhipu'@en ; skos:altLabel 'Z.ai'@en", "en", "Zhipu"),
        # Of the properties the earlier one in the list decides, then the shorter text.
        ("rdfs:label 'a'@en ; skos:prefLabel 'bb'@en", "en", "bb"),
        ("rdfs:label 'bb', 'a', 'ccc'", "en", "a"),
        ("rdfs:label 'b', 'a'", "en", "a"),
        ("rdfs:label '' , '  ' ; foaf:name 'seen'", "en", "seen"),
    ],
)
def test_the_language_decides_first(said: str, lang: str, best: str) -> None:
    assert label(f"e:thing {said} .", lang) == best


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("http://example.org/New%20York", "New York"),
        ("http://example.org/path/", "path"),
        ("http://example.org/a#%E6%99%BA", "智"),
        ("http://example.org/%FF", "http://example.org/%FF"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("urn:isbn:1", "urn:isbn:1"),
        ("_:b1", "_:b1"),
        ("not an IRI", "not an IRI"),
    ],
)
def test_without_a_name_the_end_of_the_iri_stands_in(iri: str, name: str) -> None:
    assert labels(stored(""), [iri]) == {iri: name}


def test_common_terms_have_names_unless_the_facts_say_others() -> None:
    issued, kind = "http://purl.org/dc/terms/issued", "http://www.w3.org/2002/07/owl#Class"
    store = stored('dct:issued rdfs:label "came out"@en .')
    assert labels(store, [issued, kind], "en") == {issued: "came out", kind: "class"}
    assert labels(store, [issued, kind], "zh-hant") == {issued: "came out", kind: "类"}
    assert labels(stored("e:a e:b e:c ."), [issued], "zh") == {issued: "发布日期"}


def test_blank_nodes_have_names() -> None:
    store = stored("[] foaf:name 'Ann' .")
    (quad,) = store.quads()
    assert labels(store, [str(quad.subject)]) == {str(quad.subject): "Ann"}


@pytest.mark.parametrize(
    "hostile", ["x" * 10_000, "</script><b>", "a\u202eb\u200f", "'\"; DROP", "👩‍👩‍👧‍👦", "a\nb"]
)
def test_labels_are_handed_on_whole(hostile: str) -> None:
    store = ox.Store()
    node, name = ox.NamedNode(THING), ox.NamedNode("http://xmlns.com/foaf/0.1/name")
    store.add(ox.Quad(node, name, ox.Literal(hostile)))
    assert labels(MemoryStore(store), [THING])[THING] == hostile


@pytest.mark.parametrize("number", [3, 1000])
def test_few_and_many_are_labelled_alike(number: int) -> None:
    lines = [f"e:n{i} skos:prefLabel 'thing {i}'@en, '物 {i}'@zh ." for i in range(0, number, 3)]
    lines += [f"e:n{i} e:fullName 'guessed {i}' ." for i in range(1, number, 3)]
    random.Random(1).shuffle(lines)
    iris = [f"http://example.org/n{i}" for i in range(number)]
    expected = {iri: (f"thing {i}", f"guessed {i}", f"n{i}")[i % 3] for i, iri in enumerate(iris)}
    assert labels(stored("\n".join(lines)), iris) == expected


def test_the_graph_in_which_a_name_stands_does_not_matter() -> None:
    assert label("e:g { e:thing skos:prefLabel 'in a graph'@en }") == "in a graph"


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("智谱华章科技", 7, "智谱华…"),
        ("智谱华章科技", 6, "智谱…"),
        ("智谱华章科技", 12, "智谱华章科技"),
        ("two\nlines\tand  more", 80, "two lines and more"),
        ("\x1b[31mred", 80, "[31mred"),
        ("a\u202eb", 80, "ab"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("👩\u200d👧 family", 3, "👩…"),
        ("anything", 0, ""),
        ("anything", 1, "…"),
    ],
)
def test_a_label_is_shortened_to_columns(text: str, width: int, short: str) -> None:
    assert shorten(text, width) == short


@given(st.text(), st.integers(min_value=0, max_value=30))
def test_what_is_shortened_fits_on_one_line(text: str, width: int) -> None:
    short = shorten(text, width)
    assert columns(short) <= width
    assert len(short.splitlines()) <= 1
