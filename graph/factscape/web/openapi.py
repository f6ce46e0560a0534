"""What the server answers, as programs read it: an OpenAPI description."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from factscape import __version__
from factscape.web.addresses import KINDS, SUFFIXES
from factscape.web.looking.conflicts import CLASSES
from factscape.web.looking.sources import SORTS
from factscape.web.negotiation import PAGES, ROWS, TRIPLES

__all__ = ["describe", "description"]

_ERROR = {"$ref": "#/components/schemas/Error"}
_TEXT = {"type": "string"}
_LANG = ("lang", "The language of a page.", {"type": "string", "enum": ["en", "zh"]})
_DAY = {"type": "string", "pattern": r"^\s*\d{4}(-\d{2}(-\d{2})?)?\s*$"}
_KEPT = (
    _LANG,
    ("as-of", "Only what was true on this day: 2025-12-19, 2025-12 or 2025.", _DAY),
    ("known-by", "Only what sources say that were issued by this day.", _DAY),
)
_MONEY = ("in", "Money in this currency too, as far as rates are stated: USD.", _TEXT)
_FROM = ("from", "From this one on.", {"type": "integer", "minimum": 0, "maximum": 9_999_999})


async def describe(_: Request) -> Response:
    """Answer with the description."""
    return JSONResponse(description())


def description() -> dict[str, Any]:
    """Return the description.

    >>> sorted(description()["paths"])[:2]
    ['/', '/.well-known/void']
    """
    paths: dict[str, Any] = {
        **_lists(),
        "/thing": _thing(
            ("iri", "Of the thing.", {"type": "string", "format": "iri"}),
            ("format", "Instead of Accept.", {"type": "string", "enum": [*SUFFIXES.values()]}),
        ),
        "/thing/{name}": _thing(),
        "/sparql": {"get": _query(), "post": _posted()},
        "/.well-known/void": _get("The data described", {one.media: {} for one in TRIPLES}),
        "/status": _get("The state of the data, and what is wrong with the files", _json()),
        "/openapi.json": _get("This description", _json()),
    }
    paths |= _asking() | _views()
    for path in _lists():
        paths["/index.json" if path == "/" else f"{path}.json"] = _only_json(paths[path])
    for kind in KINDS:
        paths[f"/{kind}/{{name}}"] = _name(kind)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Factscape", "version": __version__},
        "paths": {path: _with_name(path, item) for path, item in paths.items()},
        "components": {"schemas": {"Error": _error()}},
    }


def _asking() -> dict[str, Any]:
    """Return the query page, its twin, and what its script asks for."""
    named = ("name", "A query of the library.", _TEXT)
    setting = (
        "set.company",
        "What a parameter of that query is, here `company`: any name of a thing, `*` for anything.",
        {"type": "array", "items": _TEXT},
    )
    written = ("query", "A query in SPARQL, in the place of a name.", _TEXT)
    ask = ("ask", "1 answers in the page, for who has no script.", {"type": "string"})
    page = _page("Ask: a query of the library, or one's own", named, setting, written, ask, _LANG)
    form = {"type": "object", "required": ["query"], "properties": {"query": _TEXT}}
    content = {"application/x-www-form-urlencoded": {"schema": form}}
    responses = {**page["get"]["responses"], "200": {"description": "The page with the answer"}}
    post = {"requestBody": {"required": True, "content": content}, "responses": responses}
    twin = _get(
        "The library, and what is asked with its first rows", _json(), named, setting, written
    )
    return {
        "/query": {**page, "post": {"summary": "The page with the answer", **post}},
        "/query.json": twin,
        "/query/filled.json": _get("The text that a form makes", _json(), named, setting, _LANG),
        "/query/vocabulary.json": _get("Prefixes, classes and properties of the data", _json()),
    }


def _views() -> dict[str, Any]:
    """Return the views and their data."""
    names = {"type": "array", "items": {"type": "string", "maxLength": 300}, "maxItems": 12}
    number = {"type": "integer", "minimum": 0}
    several = ("name", "Things, by any of their names or IRIs.", names)
    one = ("name", "By any of its names, or its IRI.", names)
    network = (
        several,
        ("depth", "Only what is within so many steps of them.", {**number, "maximum": 9}),
        ("path", "Twice: what joins the one to the other.", {**names, "maxItems": 2}),
        ("type", "The things of a class.", _TEXT),
        ("query", "What a query of the library answers, by its name, or one in SPARQL.", _TEXT),
        ("limit", "At most so many things.", {**number, "minimum": 1, "maximum": 2000}),
        *_KEPT,
    )
    growth = (
        ("add", "In JSON, what comes: a number of neighbours and the IRI of a thing.", names),
        ("since", "So many of these have come already.", {**number, "maximum": 60}),
    )
    first = ("first", "Which end.", {"type": "string", "enum": ["largest", "smallest"]})
    told: dict[str, tuple[str, tuple[Any, ...]]] = {
        "network": ("Things and how they are joined", network),
        "timeline": (
            "What happened",
            (several, ("since", "From then on.", _DAY), ("until", "Until then.", _DAY), *_KEPT),
        ),
        "ranking": (
            "Who stands where in a market, a benchmark or a metric",
            (one, first, _MONEY, *_KEPT),
        ),
        "compare": (
            "Things side by side",
            (several, ("metric", "Only these metrics.", names), _MONEY, *_KEPT),
        ),
        "card": ("The card of a thing", (one, *_KEPT)),
        "report": ("One source beside all others", (one, *_KEPT)),
    }
    found = {}
    for name, (summary, parameters) in told.items():
        found[f"/{name}"] = _page(summary, *parameters)
        more = growth if name == "network" else ()
        found[f"/{name}.json"] = _only_json(_page(summary, *parameters, *more))
    return found


def _lists() -> dict[str, Any]:
    """Return the pages that have a name, but for those that show one thing, by address."""

    def words(*allowed: str) -> dict[str, Any]:
        return {"type": "string", "enum": [*allowed]}

    return {
        "/": _page("What is here", *_KEPT),
        "/search": _page("Things by name", ("q", "A name, in any script.", _TEXT), *_KEPT),
        "/things": _page(
            "Things, of one kind or all",
            ("kind", "Their class, by its IRI or the last part of it: Company.", _TEXT),
            ("sort", "In which order.", words("name", "neighbours")),
            _FROM,
            *_KEPT,
        ),
        "/metrics": _page(
            "What is measured",
            ("sort", "In which order.", words("figures", "name")),
            *_KEPT,
        ),
        "/sources": _page(
            "Sources, and what they gave",
            ("q", "With these words in the title, publisher or date.", _TEXT),
            ("reliability", "Of this grade.", words("A", "B", "C", "D")),
            ("sort", "In which order.", words(*SORTS)),
            _FROM,
            *_KEPT,
        ),
        "/conflicts": _page(
            "Where sources disagree",
            ("thing", "About this thing, by name or IRI.", _TEXT),
            ("metric", "Of this metric, by name or IRI.", _TEXT),
            ("class", "Of this class; without it what is disputed.", words(*CLASSES)),
            _FROM,
            *_KEPT,
            _MONEY,
        ),
        "/conflict/{id}": _page("What compares, side by side", *_KEPT, _MONEY),
    }


def _error() -> dict[str, Any]:
    maybe_text, maybe_number = {"type": ["string", "null"]}, {"type": ["integer", "null"]}
    fields = {"code": _TEXT, "message": _TEXT, "file": maybe_text, "hint": maybe_text}
    fields |= {"line": maybe_number, "column": maybe_number}
    inner = {"type": "object", "required": [*fields], "properties": fields}
    return {"type": "object", "required": ["error"], "properties": {"error": inner}}


def _json() -> dict[str, Any]:
    return {"application/json": {"schema": {"type": "object"}}}


def _get(summary: str, content: dict[str, Any], *parameters: Any) -> dict[str, Any]:
    # Who can have a page is told in a page what is wrong.
    page = {media: said for media, said in content.items() if media == "text/html"}
    wrong = {
        "description": "What went wrong",
        "content": {"application/json": {"schema": _ERROR}, **page},
    }
    responses: dict[str, Any] = {
        "200": {"description": summary, "content": content},
        "304": {"description": "It is still the one whose ETag was sent"},
    }
    responses["default"] = wrong
    listed = [
        {"name": name, "in": "query", "description": told, "schema": schema}
        for name, told, schema in parameters
    ]
    return {"get": {"summary": summary, "parameters": listed, "responses": responses}}


def _page(summary: str, *parameters: Any) -> dict[str, Any]:
    return _get(summary, {"text/html": {}, **_json()}, *parameters)


def _only_json(item: dict[str, Any]) -> dict[str, Any]:
    get = item["get"]
    responses = _get(get["summary"], _json())["get"]["responses"]
    return {"get": {**get, "responses": responses}}


def _thing(*parameters: Any) -> dict[str, Any]:
    content: dict[str, Any] = {one.media: {} for one in PAGES}
    return _get("All that is said of a thing", content, *parameters, *_KEPT, _MONEY)


def _name(kind: str) -> dict[str, Any]:
    item = _get(f"The name of a thing ({kind})", {})
    item["get"]["responses"] = {"303": {"description": "To the page about it, as Accept says"}}
    return item


def _with_name(path: str, item: dict[str, Any]) -> dict[str, Any]:
    names = re.findall(r"\{(\w+)\}", path)
    listed = [{"name": name, "in": "path", "required": True, "schema": _TEXT} for name in names]
    return {**item, "parameters": listed} if listed else item


def _query() -> dict[str, Any]:
    many = {"type": "array", "items": _TEXT}
    content: dict[str, Any] = {one.media: {} for one in (*ROWS, *TRIPLES)}
    get: dict[str, Any] = _get(
        "SPARQL 1.1 Protocol; without a query the service described",
        content,
        ("query", "SELECT, ASK, CONSTRUCT or DESCRIBE.", _TEXT),
        ("default-graph-uri", "Graphs that patterns outside GRAPH see.", many),
        ("named-graph-uri", "Graphs that GRAPH sees.", many),
        ("format", "Instead of Accept: json, xml, csv, tsv, ttl, nt, jsonld, rdf.", _TEXT),
    )["get"]
    return get


def _posted() -> dict[str, Any]:
    form = {"type": "object", "required": ["query"], "properties": {"query": _TEXT}}
    return {
        **_query(),
        "requestBody": {
            "required": True,
            "content": {
                "application/sparql-query": {"schema": _TEXT},
                "application/x-www-form-urlencoded": {"schema": form},
            },
        },
    }
