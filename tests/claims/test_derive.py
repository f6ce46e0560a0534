from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from factscape.claims.derive import derived_graph, derived_quads, time_quads
from factscape.errors import FactscapeError
from factscape.terms import FS, PREFIXES, RDF, RDFS

HEAD = """
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix claim: <https://w3id.org/factscape/claim/> .
@prefix period: <https://w3id.org/factscape/period/> .
@prefix src: <https://w3id.org/factscape/source/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix here: <https://w3id.org/factscape/source/s#> .
"""
SOURCE = "https://w3id.org/factscape/source/s"


def stored(text: str) -> ox.Store:
    store = ox.Store()
    store.load((HEAD + text).encode(), ox.RdfFormat.TRIG)
    return store


def spans(text: str) -> set[tuple[str, str, str, str]]:
    """Return (subject, begins or ends, day, graph), each by its last part."""

    def last(term: object) -> str:
        return str(term).strip("<>").rpartition("/")[2].rpartition("#")[2] or "default"

    return {
        (last(quad.subject), last(quad.predicate), quad.object.value, last(quad.graph_name))
        for quad in time_quads(stored(text))
        if quad.predicate in (ox.NamedNode(FS.begins), ox.NamedNode(FS.ends))
        and isinstance(quad.object, ox.Literal)
    }


def described(text: str) -> dict[str, list[str]]:
    """Return the type and names that a text's periods are given, by the period's slug."""
    found: dict[str, list[str]] = {}
    for quad in time_quads(stored(text)):
        if quad.predicate.value in (RDF.type, RDFS.label):
            assert isinstance(quad.subject, ox.NamedNode)
            assert isinstance(quad.object, ox.NamedNode | ox.Literal)
            assert quad.graph_name == ox.DefaultGraph()
            lang = f"@{quad.object.language}" if isinstance(quad.object, ox.Literal) else ""
            said = quad.object.value.removeprefix(PREFIXES["fs"]) + lang
            found.setdefault(quad.subject.value.removeprefix(PREFIXES["period"]), []).append(said)
    return found


def test_a_source_has_the_span_of_its_issue() -> None:
    assert spans('src:s dct:issued "2025-05"^^xsd:gYearMonth .') == {
        ("s", "begins", "2025-05-01", "DEFAULT"),
        ("s", "ends", "2025-06-01", "DEFAULT"),
    }


def test_a_used_period_gets_its_span_and_what_uses_it_too() -> None:
    found = spans("here:p1 { claim:c fs:during period:from-2025-02-08 . }")
    assert found == {
        ("from-2025-02-08", "begins", "2025-02-08", "DEFAULT"),
        ("c", "begins", "2025-02-08", "p1"),
    }


def test_a_period_that_states_its_span_keeps_it() -> None:
    found = spans(
        'period:2025 a fs:Period ; fs:begins "2025-04-01"^^xsd:date . '
        "here:p1 { claim:c fs:during period:2025 . }"
    )
    assert found == {("c", "begins", "2025-04-01", "p1")}


def test_a_used_period_is_described_though_nobody_declares_it() -> None:
    assert described(
        "here:p1 { claim:c fs:during period:2025-H1 . claim:d fs:basePeriod period:2024-12-early ."
        ' claim:e fs:statedAt period:from-2025-05 . claim:f fs:statedAt "2025"^^xsd:gYear . }'
    ) == {
        "2025-H1": ["Period", "first half of 2025@en", "2025年上半年@zh"],
        "2024-12-early": ["Period", "early December 2024@en", "2024年12月初@zh"],
        "from-2025-05": ["Period", "from May 2025@en", "2025年5月起@zh"],
    }


@pytest.mark.parametrize(
    ("declared", "given"),
    [
        ('rdfs:label "H1"@en', ["Period", "2025年上半年@zh"]),
        ('skos:prefLabel "H1"@en-GB', ["Period", "2025年上半年@zh"]),
        ('rdfs:label "H1"@en, "上半年"@zh-Hans', ["Period"]),
        ('rdfs:label "H1"', ["Period"]),
        ('fs:begins "2025-01-01"^^xsd:date ; fs:ends "2025-07-01"^^xsd:date',
         ["first half of 2025@en", "2025年上半年@zh"]),
        ('fs:begins "2025-04-01"^^xsd:date ; fs:ends "2025-10-01"^^xsd:date', []),
    ],
)  # fmt: skip
def test_a_period_keeps_what_it_is_called(declared: str, given: list[str]) -> None:
    found = described(f"period:2025-H1 a fs:Period ; {declared} .")
    assert found.get("2025-H1", []) == given


@pytest.mark.parametrize("period", ["period:someday", "<http://example.org/2025>", "_:p", '"2025"'])
def test_what_says_no_span_is_not_described(period: str) -> None:
    assert described(f"here:p1 {{ claim:c fs:during {period} . }}") == {}


def test_two_graphs_that_date_one_event_each_keep_their_own() -> None:
    found = spans(
        'here:p1 { id:e fs:at "2025-05"^^xsd:gYearMonth . } here:p2 { id:e fs:at "2024"^^xsd:gYear . }'
    )
    assert ("e", "begins", "2025-05-01", "p1") in found
    assert ("e", "begins", "2024-01-01", "p2") in found
    assert len(found) == 4


@pytest.mark.parametrize(
    "text",
    [
        'id:e fs:at "2025-13"^^xsd:gYearMonth .',
        'id:e fs:at "soon" .',
        "id:e fs:at id:never .",
        "id:e fs:during period:someday .",
        'id:e fs:during "2025" .',
        "id:e fs:during <http://example.org/p> .",
        'src:s dct:issued "about 2025" .',
    ],
)
def test_a_time_that_is_none_is_left_to_the_checks(text: str) -> None:
    assert spans(text) == set()


def test_a_span_the_wrong_way_round_is_passed_over() -> None:
    text = (
        'period:x a fs:Period ; fs:begins "2025-02-01"^^xsd:date ; fs:ends "2025-01-01"^^xsd:date .'
    )
    assert spans(text) == set()


RULE = """
PREFIX fs: <https://w3id.org/factscape/ontology#>
SELECT ?subject ?predicate ?object ?premise {
  GRAPH ?premise { ?object fs:knows ?subject }
  BIND(fs:knows AS ?predicate)
}
"""


def rule(folder: Path, text: str) -> Path:
    path = folder / "rule.rq"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_follows_stands_in_a_graph_of_its_own(tmp_path: Path) -> None:
    store = stored("here:p1 fs:passageOf src:s . here:p1 { id:a fs:knows id:b . }")
    store.bulk_extend(list(derived_quads(store, [rule(tmp_path, RULE)])))
    sparql = """
    PREFIX fs: <https://w3id.org/factscape/ontology#>
    PREFIX id: <https://w3id.org/factscape/id/>
    PREFIX prov: <http://www.w3.org/ns/prov#>
    SELECT ?graph ?source ?premise {
      GRAPH ?graph { id:b fs:knows id:a }
      ?graph a fs:Passage ; fs:passageOf ?source ; prov:wasDerivedFrom ?premise
    }"""
    rows = store.query(sparql)
    assert isinstance(rows, ox.QuerySolutions)
    assert [[term.value for term in row] for row in rows] == [
        [f"{SOURCE}#p1-derived", SOURCE, f"{SOURCE}#p1"]
    ]


def test_what_the_premise_says_itself_is_not_derived(tmp_path: Path) -> None:
    store = stored("here:p1 { id:a fs:knows id:b . id:b fs:knows id:a . }")
    assert list(derived_quads(store, [rule(tmp_path, RULE)])) == []


def test_a_whole_source_as_premise() -> None:
    assert derived_graph(SOURCE) == SOURCE + "#derived"


def test_all_premises_are_named(tmp_path: Path) -> None:
    store = stored("here:p1 { id:a fs:knows id:b } here:p2 { id:b fs:knows id:c }")
    two = """
    PREFIX fs: <https://w3id.org/factscape/ontology#>
    SELECT ?subject (fs:knows AS ?predicate) ?object ?premise ?premise2 {
      GRAPH ?premise { ?subject fs:knows ?x } GRAPH ?premise2 { ?x fs:knows ?object }
    }"""
    quads = list(derived_quads(store, [rule(tmp_path, two)]))
    named = {str(quad.object) for quad in quads if quad.predicate.value.endswith("wasDerivedFrom")}
    assert named == {f"<{SOURCE}#p1>", f"<{SOURCE}#p2>"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?subject {", "not SPARQL"),
        ("ASK {}", "must be a SELECT"),
        ("SELECT ?subject ?object { ?subject ?p ?object }", "must be a SELECT"),
    ],
)
def test_a_rule_that_is_none_is_an_error_at_its_file(
    tmp_path: Path, text: str, message: str
) -> None:
    path = rule(tmp_path, text)
    with pytest.raises(FactscapeError, match=message) as raised:
        list(derived_quads(ox.Store(), [path]))
    assert raised.value.place is not None
    assert raised.value.place.file == str(path)
