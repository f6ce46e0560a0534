"""Answers as a page without a script shows them, and the words that a query can be made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from factscape.query.formats import Term
from factscape.terms import PREFIXES, curie

if TYPE_CHECKING:
    from factscape.opening import Facts

__all__ = ["answer_in_words", "vocabulary_of"]

_SHOWN = 200
_PARTS = ("subject", "predicate", "object")
# These types are seen from the value.
_PLAIN = {
    PREFIXES["xsd"] + name
    for name in (
        *("string", "boolean", "integer", "decimal", "double", "anyURI"),
        *("date", "dateTime", "gYear", "gYearMonth"),
    )
}


def answer_in_words(
    said: bytes, triples: bool, headings: Mapping[str, str], lang: str, facts: Facts
) -> dict[str, Any]:
    """Return the first rows of an answer: what each cell says, and the IRI where it names a thing.

    `said` is the answer as N-Triples, or as SPARQL's results in JSON.
    """
    columns, rows, count = _rows(said, triples)
    iris = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}
    names = {thing.iri: thing.zh if lang == "zh" else thing.en for thing in facts.names.known(iris)}
    return {
        "columns": list(columns),
        "headings": [headings.get(column, column) for column in columns],
        "rows": [[_cell(term, names, facts.prefixes) for term in row] for row in rows],
        "count": count,
    }


def _rows(said: bytes, triples: bool) -> tuple[tuple[str, ...], list[tuple[Term | None, ...]], int]:
    if triples:
        found = [tuple(quad.triple) for quad in ox.parse(said, ox.RdfFormat.N_TRIPLES)]
        return _PARTS, found[:_SHOWN], len(found)
    answer = ox.parse_query_results(said, ox.QueryResultsFormat.JSON)
    if isinstance(answer, ox.QueryBoolean):
        return ("answer",), [(ox.Literal(bool(answer)),)], 1
    assert isinstance(answer, ox.QuerySolutions)
    rows, count = [], 0
    for count, row in enumerate(answer, 1):
        if count <= _SHOWN:
            rows.append(tuple(row))
    return tuple(variable.value for variable in answer.variables), rows, count


def _cell(
    term: Term | None, names: Mapping[str, str], prefixes: Mapping[str, str]
) -> dict[str, str | None] | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        text = names.get(term.value) or curie(term.value, prefixes).strip("<>")
        return {"text": text, "iri": term.value, "lang": None, "datatype": None}
    if isinstance(term, ox.Literal):
        datatype = None if term.language else term.datatype.value
        shown = None if datatype is None or datatype in _PLAIN else curie(datatype, prefixes)
        return {"text": term.value, "iri": None, "lang": term.language, "datatype": shown}
    return {"text": str(term), "iri": None, "lang": None, "datatype": None}


def vocabulary_of(classes: bytes, properties: bytes, facts: Facts) -> dict[str, Any]:
    """Return what a query can be made of: prefixes, and classes and properties with their counts.

    Both are counts as SPARQL's results in JSON say them; empty where they could not be counted.
    """
    return {
        "prefixes": dict(sorted(facts.prefixes.items())),
        "classes": _entries(classes, facts),
        "properties": _entries(properties, facts),
    }


def _entries(counted: bytes, facts: Facts) -> list[dict[str, Any]]:
    rows = json.loads(counted)["results"]["bindings"] if counted else []
    found = [
        (row["it"]["value"], int(row["n"]["value"])) for row in rows if row["it"]["type"] == "uri"
    ]
    names = {thing.iri: thing for thing in facts.names.known([iri for iri, _ in found])}
    return [
        {
            "iri": iri,
            "en": names[iri].en if iri in names else "",
            "zh": names[iri].zh if iri in names else "",
            "count": count,
        }
        for iri, count in found
    ]
