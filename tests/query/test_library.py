"""Queries are found by name, a user's own before the bundled ones, and asked with what is set."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

import factscape
from factscape.errors import MisuseError, QueryHeaderError, QueryRefusedError, UnknownNameError
from factscape.opening import Facts
from factscape.query.formats import Rows
from factscape.query.header import Expected
from factscape.query.library import Library, Shelf, read_query, unmet

FACTS = """
PREFIX e: <http://e/>
PREFIX fs: <https://w3id.org/factscape/ontology#>
PREFIX id: <http://e/mine/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
e:a a fs:Company ; skos:prefLabel "Acme"@en ; e:size 2 ; e:made "2025-06-30"^^<http://www.w3.org/2001/XMLSchema#date> .
e:b a fs:Company ; skos:prefLabel "Bean"@en ; e:size 3.5 .
"""
SIZES = """#+ title: Sizes
#+ parameters:
#+   company: {type: thing}
#+   least: {type: number}
#+   day: {type: date}
SELECT ?company ?size {
  VALUES $company { e:a }
  VALUES $least { 0 }
  VALUES $day { UNDEF }
  $company e:size ?size .
  OPTIONAL { ?company e:made ?made }
  FILTER (?size >= $least && COALESCE(?made < $day, true))
}
ORDER BY ?company
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mine")
    queries = folder / "queries"
    queries.mkdir()
    (folder / "facts.ttl").write_text(FACTS, encoding="utf-8")
    (queries / "sizes.rq").write_text(SIZES, encoding="utf-8-sig")
    (queries / "finances.rq").write_text("ASK { id:x ?p ?o }", encoding="utf-8")
    (queries / ".hidden.rq").write_text("ASK {}", encoding="utf-8")
    (queries / "notes.txt").write_text("no query", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def facts(folder: Path) -> Iterator[Facts]:
    with factscape.open(folder) as facts:
        yield facts


def sizes(answer: object) -> list[str]:
    assert isinstance(answer, ox.QuerySolutions)
    return [row["size"].value for row in answer]


def test_own_queries_stand_beside_the_bundled_ones(facts: Facts, folder: Path) -> None:
    assert "sizes" in facts.queries
    assert "offerings" in facts.queries
    assert not {".hidden", "notes"} & set(facts.queries)
    assert list(facts.queries) == sorted(facts.queries)
    assert len(facts.queries) == len(list(facts.queries))
    assert facts.queries["sizes"].path == folder / "queries" / "sizes.rq"
    assert facts.queries["sizes"].title == {"en": "Sizes", "zh": "Sizes"}


def test_of_two_with_one_name_the_own_one_is_meant_and_says_so(facts: Facts, folder: Path) -> None:
    query = facts.queries.find("finances")
    assert query.path == folder / "queries" / "finances.rq"
    assert query.replaces is not None
    assert query.replaces.name == "finances.rq"
    # Without a header it is called like its file.
    assert query.title == {"en": "finances", "zh": "finances"}


def test_bundled_queries_mean_our_prefixes(facts: Facts) -> None:
    assert facts.prefixes["id"] == "http://e/mine/"
    assert facts.queries["finances"].prefixes["id"] == "http://e/mine/"
    assert facts.queries["offerings"].prefixes["id"] == "https://w3id.org/factscape/id/"
    assert not list(facts.ask("offerings"))  # type: ignore[arg-type]


def test_a_file_named_by_itself_brings_no_queries(folder: Path) -> None:
    with factscape.open(folder / "facts.ttl") as facts:
        assert "sizes" not in facts.queries
        assert "finances" in facts.queries


def test_asking_with_parameters(facts: Facts) -> None:
    assert sizes(facts.ask("sizes")) == ["2"]
    assert sizes(facts.ask("sizes", company="Bean")) == ["3.5"]
    assert sizes(facts.ask("sizes", company=["Acme", "e:b"])) == ["2", "3.5"]
    assert sizes(facts.ask("sizes", company=None, least=2.5)) == ["3.5"]
    assert sizes(facts.ask("sizes", day=datetime.date(2025, 6, 30))) == []
    assert sizes(facts.ask("sizes", day="2025-07-01", timeout=60)) == ["2"]


def test_asking_wrongly(facts: Facts) -> None:
    with pytest.raises(MisuseError, match="there is no query 'size'\n  did you mean sizes"):
        facts.ask("size")
    with pytest.raises(MisuseError, match="no parameter 'compny'\n  did you mean company"):
        facts.ask("sizes", compny="Acme")
    with pytest.raises(MisuseError, match="no parameter 'x'\n  it has: company, least, day"):
        facts.ask("sizes", x=1)
    with pytest.raises(MisuseError, match="query finances has no parameter 'x'\n  it has none"):
        facts.ask("finances", x=1)
    with pytest.raises(MisuseError, match="parameter least cannot be left open"):
        facts.ask("sizes", least=None)
    with pytest.raises(UnknownNameError):
        facts.ask("sizes", company="nobody")


def test_a_query_describes_itself(facts: Facts) -> None:
    described = facts.queries["sizes"].as_dict()
    assert described["parameters"][0] == {
        "name": "company",
        "type": "thing",
        "label": {"en": "company", "zh": "company"},
        "default": ["e:a"],
    }
    assert [one["default"] for one in described["parameters"][1:]] == [["0"], [None]]
    assert (described["name"], described["view"]) == ("sizes", "table")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (
            "#+ parameters:\n#+   a: {type: text}\nASK {}",
            "bad.rq:2",
            "the query has no VALUES for parameter a\n  write what it is when nobody sets it: VALUES $a",
        ),
        (
            "#+ parameters: {a: {type: text}}\nASK { VALUES $a { 1 } { VALUES ?a { 2 } } }",
            "bad.rq:1",
            "the query has different VALUES for parameter a",
        ),
        (
            "#+ columns:\n#+   perod: period\nSELECT ?period {}",
            "bad.rq:2",
            "the answer has no column 'perod'\n  did you mean period?",
        ),
        (
            "#+ expected:\n#+   - all: [{x: 1}]\nSELECT ?period {}",
            "bad.rq:2",
            "the answer has no column 'x'\n  it has: period",
        ),
        ("#+ titel: A\nASK {}", "bad.rq:1:4", "did you mean title?"),
    ],
)
def test_a_bad_header_is_said_with_its_place(
    tmp_path: Path, text: str, place: str, words: str
) -> None:
    (tmp_path / "bad.rq").write_text(text, encoding="utf-8")
    (tmp_path / "good.rq").write_text("ASK {}", encoding="utf-8")
    library = Library([Shelf(tmp_path, {})])
    assert library["good"].text == "ASK {}"
    with pytest.raises(QueryHeaderError) as caught:
        library.find("bad")
    assert f"/{place}: " in str(caught.value)
    assert words in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.rq").write_bytes("# é".encode("latin-1"))
    with pytest.raises(MisuseError, match="not UTF-8 text"):
        read_query(tmp_path / "latin.rq", {})
    with pytest.raises(MisuseError, match="No such file"):
        read_query(tmp_path / "missing.rq", {})


def test_reading_a_header_reaches_nobody(tmp_path: Path) -> None:
    text = "#+ columns: {x: X}\nSELECT ?x { SERVICE <http://127.0.0.1:1/> { ?x ?p ?o } }"
    (tmp_path / "far.rq").write_text(text, encoding="utf-8")
    with pytest.raises(QueryRefusedError):
        read_query(tmp_path / "far.rq", {})


def test_no_library_without_a_folder(tmp_path: Path) -> None:
    assert not Library([Shelf(tmp_path / "missing", {})])
    with pytest.raises(KeyError):
        Library([])["x"]


@pytest.mark.parametrize(
    ("rows", "whole", "wrong"),
    [
        ([{"n": "1"}], False, []),
        ([{"n": "1"}, {"n": "2", "m": "b"}], True, []),
        ([{"n": "2", "m": "a"}], False, ["no row has n '2', m 'a'"]),
        ([{"n": "1"}], True, ["a row too many: n '2', m 'b'"]),
        # One row of the answer cannot stand for two.
        ([{"n": "1"}, {"n": "1"}], False, ["no row has n '1'"]),
        ([], False, []),
    ],
)
def test_what_is_not_as_expected(rows: list[dict[str, str]], whole: bool, wrong: list[str]) -> None:
    answer = Rows(("n", "m"), [["1", "a"], ["2", "b"]])
    assert unmet(Expected(tuple(rows), whole, {}, 1), answer) == wrong
