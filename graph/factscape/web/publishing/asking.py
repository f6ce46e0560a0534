"""The query page of a site: the same as on the server, with an engine that the browser runs.

Files cannot be fetched from a disk, so what the engine needs are scripts: Oxigraph, the facts, and
the library with its texts cut where a parameter stands.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from factscape.query import run
from factscape.query.formats import Term
from factscape.query.parameters import ANY, fill
from factscape.query.wording import titled
from factscape.terms import FS, RDF, name_of
from factscape.web.answers import vocabulary_of
from factscape.web.publishing.release import packed
from factscape.web.questions import catalogue, fill_in, find, form_of, page_parts, readable, written
from factscape.web.rendering import LANGUAGES

if TYPE_CHECKING:
    from factscape.opening import Facts
    from factscape.query.library import LibraryQuery

__all__ = [
    "SCRIPTS",
    "asked_for",
    "facts_script",
    "library_script",
    "oxigraph_script",
    "query_parts",
]

SCRIPTS = ("facts.js", "library.js", "oxigraph.js")
"""What the engine loads when it is first needed."""

_HERE = Path(__file__).parent / "static"
_ENGINE = "query-offline.js"
"""It needs `find.js` before it."""
_CLASSES = "SELECT ?it (COUNT(*) AS ?n) { ?s a ?it } GROUP BY ?it ORDER BY DESC(?n) ?it LIMIT 500"
_PROPERTIES = (
    "SELECT ?it (COUNT(*) AS ?n) { ?s ?it ?o } GROUP BY ?it ORDER BY DESC(?n) ?it LIMIT 1000"
)
_MEMBERS = {"metric": FS.Metric, "market": FS.Market}
_COMPARED = ("date", "number", "text")
_MARK = "\x00"


def asked_for(facts: Facts, given: Mapping[str, str]) -> dict[str, Any]:
    """Return what the query page shows before anything is asked: the library, or a query of it.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     asked_for(facts, {"name": "finances", "lang": "zh"})["query"]["title"]
    '各期收入、净亏损与研发开支'
    """
    name, lang = given.get("name", ""), given.get("lang", "en")
    data: dict[str, Any] = {**catalogue(facts), "query": None, "text": "", "headings": {}}
    data |= {"answer": None, "error": None}
    if not name:
        return data
    query = find(facts, name)
    filled = fill_in(facts, query, {}, lang)
    data["query"] = {
        "name": name,
        "title": query.title[lang],
        "question": query.question[lang],
        "view": query.header.view,
        "asked": titled(query, query.values({}, facts), facts, lang),
        "form": form_of(facts, query, {}, lang),
    }
    return data | {"text": filled.text, "headings": filled.as_dict()["headings"]}


def query_parts() -> dict[str, Any]:
    """Return what the template needs besides: words, and scripts with the engine among them."""
    parts = page_parts(_ENGINE)
    return parts | {"scripts": ["find.js", *parts["scripts"]]}


def library_script(facts: Facts) -> bytes:
    """Return a script that sets `factscape.library`: queries in parts, and words for completion."""
    members = {
        name: sorted(name_of(quad.subject) for quad in _instances(facts, class_))
        for name, class_ in _MEMBERS.items()
    }
    names = [one["name"] for one in catalogue(facts)["queries"]]
    queries = {name: _in_parts(facts, find(facts, name)) for name in names}
    told = {
        **vocabulary_of(_counted(facts, _CLASSES), _counted(facts, _PROPERTIES), facts),
        "members": members,
        "queries": queries,
    }
    return _script("library", told)


def facts_script(nquads: bytes) -> bytes:
    """Return a script that sets `factscape.facts` to compressed N-Quads in base64."""
    return _script("facts", base64.b64encode(packed(nquads)).decode("ascii"))


def oxigraph_script() -> bytes:
    """Return a script that sets `factscape.oxigraph`: its WebAssembly, and the code of a Worker.

    A Worker that is made from a text is no module, so nothing is exported in it.

    >>> code = oxigraph_script()
    >>> b"import.meta" in code, b"self.onmessage" in code
    (False, True)
    """
    glue = (_HERE / "oxigraph.js").read_text(encoding="utf-8")
    plain = re.sub(r"^export \{[^}]*\};?$", "", glue, flags=re.MULTILINE)
    plain = re.sub(r"^export (?=function|class)", "", plain, flags=re.MULTILINE)
    plain = plain.replace("import.meta.url", "self.location.href")
    worker = (_HERE / "query-worker.js").read_text(encoding="utf-8")
    wasm = base64.b64encode(packed((_HERE / "oxigraph.wasm").read_bytes())).decode("ascii")
    return _script("oxigraph", {"wasm": wasm, "code": f"{plain}\n{worker}"})


def _counted(facts: Facts, query: str) -> bytes:
    answer = run(facts.store, query, prefixes={})
    assert isinstance(answer, ox.QuerySolutions)
    return answer.serialize(format=ox.QueryResultsFormat.JSON) or b""


def _instances(facts: Facts, class_: str) -> list[ox.Quad]:
    return list(facts.store.quads(None, ox.NamedNode(RDF.type), ox.NamedNode(class_)))


def _in_parts(facts: Facts, query: LibraryQuery) -> dict[str, Any]:
    """Return a query with its text cut where its parameters stand, each with what it is unset."""
    filled = fill_in(facts, query, {}, LANGUAGES[0]).as_dict()
    # `fill` knows where the values of a parameter stand.
    marks = {name: (ox.Literal(f"{_MARK}{name}{_MARK}"),) for name in query.parameters}
    text = readable(query, fill(query.text, marks, _marked), facts.prefixes)
    parts: list[str | dict[str, str]] = []
    for place, part in enumerate(text.split(_MARK)):
        parts.append({"name": part, "text": _unset(query, part)} if place % 2 else part)
    return {
        "parts": parts,
        "parameters": {
            name: {
                "type": parameter.type,
                "closed": parameter.type in _COMPARED and query.defaults[name] != ANY,
            }
            for name, parameter in query.parameters.items()
        },
        **{key: filled[key] for key in ("title", "view", "headings")},
    }


def _marked(term: Term) -> str:
    assert isinstance(term, ox.Literal)
    return term.value


def _unset(query: LibraryQuery, name: str) -> str:
    """Return the terms that a query has for a parameter where nobody sets it, as SPARQL."""
    terms = query.defaults[name]
    return " ".join("UNDEF" if term is None else written(query.prefixes, term) for term in terms)


def _script(name: str, value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f'"use strict";\n(globalThis.factscape ??= {{}}).{name} = {text};\n'.encode()
