"""Every metric and unit is named and defined in both languages, and none as another is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, RDFS, SKOS

ONTOLOGY = Path(__file__).parents[2] / "ontology"
FS = Namespace("https://w3id.org/factscape/ontology#")

GRAPH = Graph()
for name in ("metrics.ttl", "metrics-models.ttl", "units.ttl"):
    GRAPH.parse(ONTOLOGY / name)
MEASURES = sorted(
    {
        measure
        for kind in (FS.Metric, FS.Unit)
        for measure in GRAPH.subjects(RDF.type, kind)
        if isinstance(measure, URIRef)
    }
)


def texts(measure: URIRef, predicate: URIRef) -> list[Literal]:
    return [text for text in GRAPH.objects(measure, predicate) if isinstance(text, Literal)]


def test_there_are_measures() -> None:
    assert len(MEASURES) > 200


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.rpartition("/factscape/")[2])
def test_a_measure_is_named_and_defined_in_both_languages(measure: URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        assert sorted(text.language or "" for text in texts(measure, predicate)) == ["en", "zh"]
    assert not [text for text in texts(measure, SKOS.definition) if text.endswith((".", "。"))]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_two_measures_are_defined_alike(lang: str) -> None:
    said = Counter(
        str(text)
        for measure in MEASURES
        for text in texts(measure, SKOS.definition)
        if text.language == lang
    )
    assert [text for text, number in said.items() if number > 1] == []
