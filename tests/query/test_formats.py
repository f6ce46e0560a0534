from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic
from rdflib.query import Result

from factscape.errors import MisuseError, QueryError
from factscape.query import run
from factscape.query.formats import FITTING, Answer, Rows, markdown, rows_of, write_answer
from factscape.store import Store
from factscape.store.oxigraph import MemoryStore

E = {"e": "http://example.org/", "unused": "http://example.org/unused#"}
ALL = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
TRIPLES = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
RDFLIB_ROWS = {"json": "json", "xml": "xml", "tsv": "tsv"}
RDFLIB_TRIPLES = {"ttl": "turtle", "nt": "nt", "json": "json-ld", "xml": "xml"}


def written(
    store: Store, query: str, format: str, limit: int = 0, prefixes: Mapping[str, str] = E
) -> bytes:
    output = io.BytesIO()
    something = write_answer(
        run(store, query, prefixes=prefixes), output, format, prefixes=prefixes, limit=limit
    )
    assert something == (_rows(store, query) > 0)
    return output.getvalue()


def _rows(store: Store, query: str) -> int:
    answer = run(store, query, prefixes=E)
    return 1 if isinstance(answer, ox.QueryBoolean) else len(list(answer))


def one(subject: str, predicate: str, value: str) -> Store:
    store = ox.Store()
    literal = ox.Literal(value)
    store.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), literal))
    return MemoryStore(store)


@pytest.mark.parametrize("format", ["json", "xml", "tsv"])
@pytest.mark.parametrize("limit", [0, 1, 4, 100])
def test_rows_are_read_back_as_they_were(memory: Store, format: str, limit: int) -> None:
    data = written(memory, ALL, format, limit)
    kind = {"json": "JSON", "xml": "XML", "tsv": "TSV"}[format]
    back = ox.parse_query_results(data, getattr(ox.QueryResultsFormat, kind))
    expected = [tuple(row) for row in run(memory, ALL, prefixes=E)]  # type: ignore[union-attr]
    assert [tuple(row) for row in back] == expected[: limit or None]  # type: ignore[union-attr]


@pytest.mark.parametrize("format", RDFLIB_ROWS)
def test_rdflib_reads_the_rows(memory: Store, format: str) -> None:
    found = Result.parse(io.BytesIO(written(memory, ALL, format)), format=RDFLIB_ROWS[format])
    assert [str(name) for name in found.vars or ()] == ["s", "p", "o"]
    names = {row.o for row in found if isinstance(row, rdflib.query.ResultRow)}
    assert rdflib.Literal("智譜", lang="zh") in names
    assert len(found) == 12


@pytest.mark.parametrize("limit", [0, 3])
def test_csv_is_read_by_a_spreadsheets_rules(memory: Store, limit: int) -> None:
    text = written(memory, ALL, "csv", limit).decode("utf-8")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert head == ["s", "p", "o"]
    assert len(rows) == (limit or 12)
    quoted = 'B "quoted" | piped\nline'
    assert limit or quoted in {row[2] for row in rows}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD
@pytest.mark.parametrize("format", RDFLIB_TRIPLES)
def test_triples_are_read_back_by_rdflib_as_they_were(memory: Store, format: str) -> None:
    # rdflib warns about the month that is none, which is not in question here.
    query = TRIPLES[:-1] + "FILTER(isBlank(?o) || !CONTAINS(STR(?o), '-13')) }"
    found = rdflib.Graph()
    found.parse(data=written(memory, query, format), format=RDFLIB_TRIPLES[format])
    expected = rdflib.Graph()
    expected.parse(data=written(memory, query, "nt"), format="nt")
    assert len(expected) == 10
    assert isomorphic(found, expected)


@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_triples_have_three_columns(memory: Store, format: str) -> None:
    lines = written(memory, TRIPLES, format).decode("utf-8").splitlines()
    assert lines[0].replace("?", "").replace("\t", ",") == "subject,predicate,object"


def test_triples_are_written_once_however_many_graphs_state_them(memory: Store) -> None:
    query = "DESCRIBE e:a"
    assert len(list(run(memory, query, prefixes=E))) == 11  # type: ignore[arg-type]
    lines = written(memory, query, "nt").decode("utf-8").splitlines()
    assert len(lines) == len(set(lines)) == 10
    assert len(written(memory, query, "nt", limit=4).splitlines()) == 4


def test_describe_finds_what_stands_in_named_graphs(store: Store) -> None:
    found = {str(triple) for triple in run(store, "DESCRIBE e:b", prefixes=E)}  # type: ignore[union-attr]
    assert len(found) == 1
    assert "quoted" in found.pop()


def test_turtle_declares_the_prefixes_that_it_uses(memory: Store) -> None:
    text = written(memory, "DESCRIBE e:a", "ttl").decode("utf-8")
    assert "@prefix e: <http://example.org/> ." in text
    assert "unused" not in text
    assert "e:a e:first 1 ;" in text
    assert text == written(memory, "DESCRIBE e:a", "ttl").decode("utf-8")


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize(
    ("query", "value"), [("ASK { e:a ?p ?o }", True), ("ASK { 1 ?p ?o }", False)]
)
def test_yes_and_no(memory: Store, format: str, query: str, value: bool) -> None:
    data = written(memory, query, format)
    if format == "json":
        assert json.loads(data)["boolean"] is value
    elif format == "xml":
        found = ElementTree.fromstring(data).findtext(
            "{http://www.w3.org/2005/sparql-results#}boolean"
        )
        assert found == str(value).lower()
    else:
        assert data.decode("ascii").strip() == str(value).lower()
    assert rows_of(run(memory, query, prefixes=E)).rows == [[str(value).lower()]]


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml", "md"])
@pytest.mark.parametrize("limit", [0, 5])
def test_an_empty_answer_says_that_it_is_empty(memory: Store, format: str, limit: int) -> None:
    assert b"s" in written(memory, "SELECT ?s { ?s e:never ?o }", format, limit)


@pytest.mark.parametrize(
    ("format", "lines"), [("csv", 1), ("tsv", 1), ("json", 1), ("ttl", 0), ("nt", 0), ("md", 2)]
)
def test_no_triples_are_an_answer_too(memory: Store, format: str, lines: int) -> None:
    data = written(memory, "CONSTRUCT WHERE { ?s <urn:never> ?o }", format, prefixes={})
    assert len(data.splitlines()) == lines


def test_no_triples_are_a_document_of_xml(memory: Store) -> None:
    data = written(memory, "CONSTRUCT WHERE { ?s e:never ?o }", "xml")
    assert list(ox.parse(data, ox.RdfFormat.RDF_XML)) == []


@pytest.mark.parametrize(
    ("query", "format"),
    [("SELECT * {}", "ttl"), ("SELECT * {}", "nt"), ("ASK {}", "ttl"), ("ASK {}", "nt")],
)
def test_a_format_that_does_not_fit_is_refused_with_those_that_do(
    memory: Store, query: str, format: str
) -> None:
    with pytest.raises(MisuseError, match=format) as caught:
        written(memory, query, format)
    assert caught.value.hint == "formats that fit: table, md, csv, tsv, json, xml"


def test_every_fitting_format_is_written(memory: Store) -> None:
    queries = {"SELECT": ALL, "ASK": "ASK {}", "CONSTRUCT or DESCRIBE": TRIPLES}
    for kind, formats in FITTING.items():
        for format in formats:
            if format != "table":
                assert written(memory, queries[kind], format).endswith(
                    b"\n" if kind != "ASK" or format in ("json", "xml", "md") else b"true"
                )


def test_xml_that_no_parser_would_read_is_not_written() -> None:
    bell = one("http://example.org/s", "http://example.org/p", "a\x07b")
    for query in (ALL, TRIPLES):
        with pytest.raises(QueryError, match="control character"):
            written(bell, query, "xml")
        assert b"\\u0007" in written(bell, query, "json")
    number = one("http://example.org/s", "http://example.org/2025", "x")
    with pytest.raises(QueryError, match="/2025>"):
        written(number, TRIPLES, "xml")
    written(number, TRIPLES, "ttl")
    written(number, ALL, "xml")


def answer(query: str) -> Answer:
    return ox.Store().query(query, prefixes=E)


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        ("1 2.50 true 'x'", ["1", "2.5", "true", "x"]),
        ("'x'@en 'y'@en", ["x", "y"]),
        ("'x'@en 'y'@zh", ["x@en", "y@zh"]),
        ("'x'@en 'y'", ["x@en", "y"]),
        ("'x'@en e:y 1", ["x@en", "e:y", "1"]),
        ("e:x <http://other.org/y>", ["e:x", "<http://other.org/y>"]),
        ("UNDEF 'x'^^e:own", ["", '"x"^^e:own']),
        ("'2025-01-01'^^<http://www.w3.org/2001/XMLSchema#date>", ["2025-01-01"]),
    ],
)
def test_cells_say_no_more_than_matters(values: str, cells: list[str]) -> None:
    found = rows_of(answer(f"SELECT ?v {{ VALUES ?v {{ {values} }} }}"), E)
    assert [row[0] for row in found.rows] == cells


def test_rows_left_out_are_reported() -> None:
    query = "SELECT ?v { VALUES ?v { 1 2 3 } }"
    assert rows_of(answer(query), limit=2) == Rows(("v",), [["1"], ["2"]], cut=True)
    assert rows_of(answer(query), limit=3) == Rows(("v",), [["1"], ["2"], ["3"]], cut=False)
    assert not rows_of(answer(query)).cut


def test_markdown_keeps_its_columns_whatever_is_in_them() -> None:
    hostile = ["a|b", "<script>", "[x](javascript:1)", "*b*", "`c`", "two\nlines", "a & b"]
    text = markdown(Rows(("n",), [[cell] for cell in [*hostile, "<https://example.org/>"]]))
    lines = text.splitlines()
    assert len(lines) == 2 + len(hostile) + 1
    assert lines[2:] == [
        "| a\\|b |",
        "| &lt;script> |",
        "| \\[x\\](javascript:1) |",
        "| \\*b\\* |",
        "| \\`c\\` |",
        "| two<br>lines |",
        "| a &amp; b |",
        "| <https://example.org/> |",
    ]


def test_a_direction_of_writing_is_kept() -> None:
    query = "SELECT ?t { VALUES ?t { 'نص'@ar--rtl } }"
    for limit in (0, 1):
        output = io.BytesIO()
        write_answer(answer(query), output, "tsv", limit=limit)
        assert '"نص"@ar--rtl' in output.getvalue().decode("utf-8")


def test_triples_about_triples_are_shown_and_written() -> None:
    query = "SELECT ?t { VALUES ?t { <<( e:s e:p 'x'@en )>> } }"
    assert rows_of(answer(query), E).rows == [["<<( e:s e:p x@en )>>"]]
    for format in ("json", "xml", "tsv"):
        output = io.BytesIO()
        write_answer(answer(query), output, format, limit=1)
        assert b"http://example.org/s" in output.getvalue()
