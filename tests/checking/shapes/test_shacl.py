"""Our own SHACL finds what pySHACL finds, for every part of SHACL that it knows."""

from __future__ import annotations

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import SH

from factscape.checking.plain import Plain, text_of
from factscape.checking.shapes.shacl import unknown_parts, validate
from factscape.checking.shapes.well_formed import is_well_formed
from factscape.terms import XSD

PREFIXES = """\
@prefix : <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

DATA = """
:Cup rdfs:subClassOf :Vessel . :Vessel rdfs:subClassOf :Thing .
:a a :Cup ; :size 1 ; :name "cup"@en, "杯"@zh ; :in :b ; :low 1 ; :high 2 ; :made "2025-01-31"^^xsd:date ; :until "2025-01-30"^^xsd:date .
:b a :Vessel ; :size "1"^^xsd:int, 2, 3.5 ; :name "vessel"@en, "pot"@EN, "Topf"@de-AT ; :in :c ; :low 2 ; :high 2 .
:c a :Cup ; :size "x", :a ; :name "" ; :in :a ; :low "1" ; :high 0 ; :made "2025-02-30"^^xsd:date .
:d a :Cup ; :in :d, [ :size 4 ] ; :made "2024-12-01"^^xsd:date ; :until "2024-12-02"^^xsd:date .
"""

CONSTRAINTS = [
    "sh:path :size ; sh:minCount 1",
    "sh:path :size ; sh:maxCount 1",
    "sh:path :size ; sh:datatype xsd:integer",
    "sh:path :made ; sh:datatype xsd:date",
    "sh:path :size ; sh:nodeKind sh:Literal",
    "sh:path :in ; sh:nodeKind sh:BlankNodeOrIRI",
    "sh:path :in ; sh:class :Thing",
    "sh:path :in ; sh:class :Cup",
    "sh:path :size ; sh:in ( 1 2 )",
    "sh:path :in ; sh:hasValue :b",
    'sh:path :name ; sh:pattern "^.u"',
    'sh:path :in ; sh:pattern "a$"',
    "sh:path :name ; sh:minLength 1",
    "sh:path :name ; sh:maxLength 3",
    "sh:path :size ; sh:minInclusive 2",
    "sh:path :size ; sh:minExclusive 2",
    "sh:path :size ; sh:maxInclusive 2",
    "sh:path :size ; sh:maxExclusive 2",
    "sh:path :low ; sh:lessThan :high",
    "sh:path :low ; sh:lessThanOrEquals :high",
    "sh:path :made ; sh:lessThan :until",
    "sh:path :low ; sh:equals :high",
    "sh:path :low ; sh:disjoint :high",
    'sh:path :name ; sh:languageIn ( "en" "de" )',
    "sh:path :name ; sh:uniqueLang true",
    "sh:path :in ; sh:node [ sh:property [ sh:path :size ; sh:minCount 1 ] ]",
    "sh:path :in ; sh:not [ sh:class :Cup ]",
    "sh:path :in ; sh:or ( [ sh:class :Cup ] [ sh:nodeKind sh:BlankNode ] )",
    "sh:path :in ; sh:and ( [ sh:class :Cup ] [ sh:nodeKind sh:IRI ] )",
    "sh:path :in ; sh:xone ( [ sh:class :Cup ] [ sh:class :Vessel ] )",
    "sh:path :name ; sh:qualifiedValueShape [ sh:languageIn ( 'en' ) ] ; sh:qualifiedMinCount 1",
    "sh:path :name ; sh:qualifiedValueShape [ sh:languageIn ( 'en' ) ] ; sh:qualifiedMaxCount 1",
    "sh:path [ sh:inversePath :in ] ; sh:minCount 1",
    "sh:path [ sh:alternativePath ( :low :high ) ] ; sh:maxCount 1",
    "sh:path ( :in :size ) ; sh:minCount 1",
    "sh:path [ sh:oneOrMorePath :in ] ; sh:maxCount 2",
    "sh:path [ sh:zeroOrMorePath :in ] ; sh:maxCount 2",
    "sh:path [ sh:zeroOrOnePath :in ] ; sh:maxCount 1",
    "sh:path :in ; sh:property [ sh:path :size ; sh:minCount 1 ]",
    'sh:path :in ; sh:sparql [ sh:select "SELECT $this ?value { $this $PATH ?value . ?value $PATH ?x }" ]',
    "sh:path :size ; sh:minCount 9 ; sh:deactivated true",
]

Found = set[tuple[str, str | None, str]]


def by_pyshacl(shapes: str) -> Found:
    _, report, _ = pyshacl.validate(
        Graph().parse(data=PREFIXES + DATA), shacl_graph=Graph().parse(data=shapes)
    )
    assert isinstance(report, Graph)
    found = set()
    for result in report.objects(None, SH.result):
        path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
        found.add(
            (
                _text(str(report.value(result, SH.focusNode))),
                str(path) if isinstance(path, URIRef) else None,
                "" if value is None else _text(str(value)),
            )
        )
    return found


def _text(term: str) -> str:
    """Return an IRI or a literal's text; of blank nodes that they are one."""
    return term if ":" in term[2:] or len(term) < 15 else "_:"


def by_ours(shapes: str) -> Found:
    data, rules, store = Plain(), Plain(), ox.Store()
    quads = list(ox.parse(PREFIXES + DATA, ox.RdfFormat.TURTLE))
    data.add(quads)
    store.extend(quads)
    rules.add(ox.parse(shapes, ox.RdfFormat.TURTLE))
    assert unknown_parts(rules) == []
    return {
        (
            _text(text_of(one.focus)),
            one.path,
            ""
            if one.value is None
            else "_:"
            if text_of(one.value).startswith("_:")
            else text_of(one.value),
        )
        for one in validate(data, rules, store)
    }


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_both_find_the_same(constraint: str) -> None:
    shapes = (
        f"{PREFIXES}:S a sh:NodeShape ; sh:targetClass :Vessel ; sh:property [ {constraint} ] ."
    )
    assert by_ours(shapes) == by_pyshacl(shapes)


@pytest.mark.parametrize(
    "target",
    [
        "sh:targetClass :Cup",
        "sh:targetNode :a, :nowhere",
        "sh:targetSubjectsOf :made",
        "sh:targetObjectsOf :in",
    ],
)
def test_both_have_the_same_targets(target: str) -> None:
    shapes = f"{PREFIXES}:S a sh:NodeShape ; {target} ; sh:nodeKind sh:Literal ; sh:class :No ."
    assert by_ours(shapes) == by_pyshacl(shapes) != set()


def test_parts_that_are_not_known_are_named() -> None:
    rules = Plain()
    text = (
        f"{PREFIXES}:S a sh:NodeShape, rdfs:Class ; sh:closed true ; sh:property [ sh:path :p ] ."
    )
    rules.add(ox.parse(text, ox.RdfFormat.TURTLE))
    assert [part.rpartition("#")[2] for part in unknown_parts(rules)] == ["closed", "targetClass"]


@pytest.mark.parametrize(
    ("text", "datatype", "fits"),
    [
        ("007", XSD.integer, True),
        ("1.5", XSD.integer, False),
        ("1e3", XSD.decimal, False),
        (".5", XSD.decimal, True),
        ("2024-02-29", XSD.date, True),
        ("2025-02-29", XSD.date, False),
        ("2025-00", XSD.gYearMonth, False),
        ("yes", XSD.boolean, False),
        ("P1Y6M", XSD.duration, True),
        ("P", XSD.duration, False),
        ("anything", "urn:other", True),
    ],
)
def test_texts_that_a_datatype_allows(text: str, datatype: str, fits: bool) -> None:
    assert is_well_formed(text, datatype) is fits
