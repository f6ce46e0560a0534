"""From what people type to a picture: classes, queries, and pages in a notebook."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from factscape.errors import FactscapeError, MisuseError
from factscape.opening import Facts, open_facts
from factscape.terms import PREFIXES
from factscape.views import Page, network_of
from factscape.views.asking import class_named
from factscape.views.result import read_result

FS = PREFIXES["fs"]
HOSTILE = "</iframe></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'"


@pytest.fixture(scope="module")
def facts() -> Iterator[Facts]:
    with open_facts() as opened:
        yield opened


def labels(page: Page) -> set[str]:
    return {page.data["terms"][thing["term"]][1] for thing in page.rows("things")}


@pytest.mark.parametrize("name", ["company", "Companies", "公司", "fs:Company", FS + "Company"])
def test_a_class_by_any_of_its_names(facts: Facts, name: str) -> None:
    assert class_named(facts, name) == FS + "Company"


def test_an_unknown_class_says_what_is_close(facts: Facts) -> None:
    with pytest.raises(FactscapeError, match="compny") as error:
        class_named(facts, "compny")
    assert "company" in (error.value.hint or "")


def test_the_things_of_a_class(facts: Facts) -> None:
    page = network_of(facts, kind="model", lang="zh")
    kinds = {page.data["kinds"][thing["kind"]]["iri"] for thing in page.rows("things")}
    assert "fs:Model" in kinds
    assert "fs:Company" not in kinds
    assert "<title>同类：模型" in page.html


def test_the_ways_between_two_things_run_from_left_to_right(facts: Facts) -> None:
    page = network_of(facts, between=("Dario Amodei", "Claude"))
    things = page.rows("things")
    first, last = (things[number] for number in page.data["focus"])
    assert {"Dario Amodei", "Anthropic", "Claude"} <= labels(page)
    assert first["x"] == min(one["x"] for one in things)
    assert last["x"] == max(one["x"] for one in things)
    assert "<title>From Dario Amodei to Claude" in page.html


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { ?a fs:develops ?b } { ?a fs:develops ?b }",
        "SELECT ?a ?p ?b { VALUES ?p { fs:develops } ?a ?p ?b }",
    ],
)
def test_the_answer_to_a_query(facts: Facts, query: str, tmp_path: Path) -> None:
    file = tmp_path / "develops.rq"
    file.write_text(query, encoding="utf-8")
    page = network_of(facts, query=str(file))
    assert {way["iri"] for way in page.data["ways"]} == {"fs:develops"}
    assert {"Zhipu", "GLM-4.6"} <= labels(page)
    assert "Answer to: develops.rq" in page.html
    # What the facts say of a line is behind it.
    assert all(line.get("voices", 1) for line in page.rows("lines"))


def test_two_columns_take_the_lines_that_there_are(facts: Facts) -> None:
    page = network_of(facts, query="SELECT ?a ?b { ?a fs:develops ?b }")
    assert {"fs:develops"} <= {way["iri"] for way in page.data["ways"]}


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("ASK { ?s ?p ?o }", "yes or no"),
        ("SELECT ?name { ?s skos:prefLabel ?name }", "two columns"),
        ("SELECT ?a ?b { ?a fs:nothing ?b }", "no two things"),
        ("nobody-asks-this", "nobody-asks-this"),
        ("gone.rq", "cannot be read"),
    ],
)
def test_what_cannot_be_drawn_is_said(facts: Facts, query: str, error: str) -> None:
    with pytest.raises(FactscapeError, match=error):
        network_of(facts, query=query)


def test_literals_are_passed_over() -> None:
    store = ox.Store()
    store.load(b"<urn:a> <urn:p> <urn:b>, 'text' ; a <urn:K> .", ox.RdfFormat.TURTLE)
    answer = store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
    assert read_result(answer, "q").edges == (("urn:a", "urn:p", "urn:b"),)


def test_one_thing_is_drawn_at_a_time(facts: Facts) -> None:
    with pytest.raises(MisuseError, match="say what to draw"):
        network_of(facts, "zhipu", kind="company")


def test_a_notebook_shows_a_page_in_a_frame_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "facts.ttl"
    path.write_text(
        f'<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> """{HOSTILE[:-2]}""" ; <urn:owns> <urn:b> .',
        encoding="utf-8",
    )
    with open_facts(path) as own:
        page, table = network_of(own), own.table("SELECT ?label { ?s rdfs:label ?label }")
        card = own.card("urn:a")
    shown = page._repr_html_()
    assert re.fullmatch(
        r'<iframe sandbox="([a-z -]+)" srcdoc="[^"<>]*" title="[^"]*" style="[^"]*"></iframe>',
        shown,
    )
    assert "allow-same-origin" not in shown.split("srcdoc")[0]
    assert html.unescape(re.search('srcdoc="([^"]*)"', shown)[1]) == page.html  # type: ignore[index]
    for text in (table._repr_html_(), card._repr_html_()):
        assert "&lt;script&gt;" in text
        assert "<script" not in text
        assert "<img" not in text
