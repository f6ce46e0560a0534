"""The shapes accept good data and say what is wrong with bad data, in a sentence that tells what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Graph, Namespace
from rdflib.namespace import RDF
from tests.ontology.examples import bad_statements, bad_things
from tests.ontology.examples.bad_statements import Bad
from tests.ontology.examples.good import GOOD, PREFIXES, WORLD, turtle

from factscape.checking.plain import Plain
from factscape.checking.shapes.shacl import unknown_parts, validate
from factscape.reading import read_quads

ONTOLOGY = Path(__file__).parents[2] / "ontology"
SH = Namespace("http://www.w3.org/ns/shacl#")

BAD: Mapping[str, Bad] = {**bad_statements.ALL, **bad_things.ALL}


@cache
def shapes() -> Graph:
    """Read all shape files into one graph."""
    graph = Graph()
    for path in sorted((ONTOLOGY / "shapes").glob("*.ttl")):
        graph.parse(path)
    return graph


@cache
def ontology() -> Graph:
    """Read the ontology, whose class tree the shapes follow."""
    return Graph().parse(ONTOLOGY / "factscape.ttl")


@cache
def world() -> str:
    """Write down the good things that the examples refer to."""
    return PREFIXES + "".join(turtle(subject, node) for subject, node in WORLD.items())


def results(example: str) -> Iterator[tuple[str, bool]]:
    """Yield each complaint about an example, and whether it is only a warning."""
    data = Graph().parse(data=world() + example, format="turtle") + ontology()
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes())
    assert isinstance(report, Graph)
    for result in report.objects(None, SH.result):
        warning = report.value(result, SH.resultSeverity) == SH.Warning
        yield str(report.value(result, SH.resultMessage)), warning


@cache
def plain_shapes() -> Plain:
    """Read all shape files as our own SHACL does."""
    plain = Plain()
    for number, path in enumerate(sorted((ONTOLOGY / "shapes").glob("*.ttl"))):
        plain.add(read_quads(path), number)
    return plain


def ours(example: str) -> Iterator[tuple[str, bool]]:
    """Yield the same as `results`, found by our own SHACL."""
    data, store = Plain(), ox.Store()
    given = ox.parse(world() + example, ox.RdfFormat.TURTLE)
    for number, quads in enumerate([list(given), list(read_quads(ONTOLOGY / "factscape.ttl"))]):
        data.add(quads, number)
        store.extend(quads)
    for found in validate(data, plain_shapes(), store):
        yield found.message, found.severity == "warning"


def test_our_own_shacl_knows_every_part_of_the_shapes() -> None:
    assert unknown_parts(plain_shapes()) == []


def test_shapes_are_valid_shacl() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text


@pytest.mark.parametrize("name", GOOD)
def test_good_data_pass(name: str) -> None:
    example = turtle("id:test", GOOD[name])
    assert set(results(example)) == set(ours(example)) == set()


@pytest.mark.parametrize("name", BAD)
def test_bad_data_are_reported(name: str) -> None:
    bad = BAD[name]
    example = turtle(bad.subject, bad.node)
    assert set(results(example)) == set(ours(example)) == {(bad.message, bad.warning)}


def test_every_message_has_a_bad_example() -> None:
    messages = {str(message) for message in shapes().objects(None, SH.message)}
    assert messages == {bad.message for bad in BAD.values()}


def test_every_message_has_a_severity() -> None:
    graph = shapes()
    bare = [
        shape
        for shape in graph.subjects(SH.message)
        if graph.value(shape, SH.severity) is None
        and not any(graph.value(owner, SH.severity) for owner in graph.subjects(SH.sparql, shape))
    ]
    assert bare == []


CLOSED = {
    "Bound": "observation-bound",
    "EventStatus": "event-status",
    "Exactness": "metric-exactness",
    "Outcome": "comparison-outcome",
    "Stance": "opinion-stance",
    "StatementStatus": "statement-status",
    "TimeKind": "metric-time-kind",
}


@pytest.mark.parametrize("kind", CLOSED)
def test_closed_lists_agree_with_the_ontology(kind: str) -> None:
    terms = Namespace("https://w3id.org/factscape/ontology#")
    shape = Namespace("https://w3id.org/factscape/shape/")[CLOSED[kind]]
    head = shapes().value(shape, SH["in"])
    assert head is not None
    assert set(shapes().items(head)) == set(ontology().subjects(RDF.type, terms[kind]))
