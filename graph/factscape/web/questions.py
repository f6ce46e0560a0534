"""The query library for the query page: what is in it, its forms, and the text that a form makes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from factscape.errors import FactscapeError, MisuseError, QueryHeaderError
from factscape.query.columns import columns_of
from factscape.query.formats import Term
from factscape.query.header import LANGUAGE, LANGUAGES
from factscape.query.library import LibraryQuery
from factscape.query.parameters import ANY, fill
from factscape.query.wording import headings, meanings
from factscape.terms import FS, RDF, curie, name_of

if TYPE_CHECKING:
    from factscape.opening import Facts

__all__ = [
    "ENGINE",
    "Filled",
    "catalogue",
    "choices",
    "fill_in",
    "find",
    "form_of",
    "page_parts",
    "readable",
    "values_in",
    "written",
]

Given = Mapping[str, Sequence[str]]

ENGINE = "query-engine.js"
"""The script that asks the server; a published folder has another one in its place."""

_SCRIPTS = (
    *(
        "d3.min.js",
        "plot.umd.min.js",
        "codemirror.min.js",
        "query-dom.js",
        "query-terms.js",
        ENGINE,
    ),
    *(
        "query-shape.js",
        "query-table.js",
        "query-chart.js",
        "query-network.js",
        "query-timeline.js",
    ),
    *(
        "query-complete.js",
        "query-hover.js",
        "query-editor.js",
        "query-history.js",
        "query-library.js",
    ),
    "query-page.js",
)
_SET = "set."
_ANYTHING = "*"
_MOST_VALUES = 20
_LONGEST = 300
_KEPT_LINES = re.compile(r"#\+ (?:title|title-zh|view): [^\n>|]*\n")
_PREFIXED = re.compile(r"[a-z]+:[A-Za-z0-9]+(?:[.-]+[A-Za-z0-9]+)*")
_CLASSES = {"metric": FS.Metric, "market": FS.Market}


@dataclass(frozen=True)
class Filled:
    """A query of the library with its parameters set, as the page takes it."""

    text: str
    title: Mapping[str, str]
    view: str
    headings: Mapping[str, Mapping[str, str]]
    """What stands above each column, by language."""

    def as_dict(self) -> dict[str, Any]:
        """Return it as data."""
        columns = {column: dict(words) for column, words in self.headings.items()}
        return {
            "text": self.text,
            "title": dict(self.title),
            "view": self.view,
            "headings": columns,
        }


def values_in(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return what an address sets: `set.company=Zhipu`; what is empty is not set.

    Raises MisuseError where it sets more than anybody would type.

    >>> values_in([("name", "finances"), ("set.company", "智谱"), ("set.metric", "")])
    {'company': ['智谱']}
    """
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if name.startswith(_SET) and value.strip():
            found.setdefault(name.removeprefix(_SET)[:_LONGEST], []).append(value.strip())
    if sum(map(len, found.values())) > _MOST_VALUES:
        raise MisuseError(f"a query takes at most {_MOST_VALUES} values here")
    if any(len(value) > _LONGEST for values in found.values() for value in values):
        raise MisuseError(f"a value has at most {_LONGEST} characters")
    return found


def catalogue(facts: Facts) -> dict[str, list[dict[str, Any]]]:
    """Return what can be asked by name, and which files of the library are broken."""
    queries, broken = [], []
    for name in facts.queries:
        try:
            queries.append(find(facts, name).as_dict())
        except FactscapeError as error:
            broken.append({"name": name, **error.as_dict()["error"]})
    # In which folder of this machine a file stands is nobody's business.
    kept = [{key: one[key] for key in one if key not in ("file", "replaces")} for one in queries]
    return {"queries": kept, "broken": broken}


def find(facts: Facts, name: str) -> LibraryQuery:
    """Return a query of the library.

    Raises MisuseError where there is none, QueryHeaderError, with the file's own name alone.
    """
    try:
        return facts.queries.find(name)
    except QueryHeaderError as error:
        if error.place is None:
            raise
        place = error.place._replace(file=Path(error.place.file).name)
        raise QueryHeaderError(error.message, place=place, hint=error.hint) from None


def fill_in(facts: Facts, query: LibraryQuery, given: Given, lang: str) -> Filled:
    """Set the parameters of a query; `*` is anything, and texts come in `lang` where it can choose.

    Raises what `LibraryQuery.values` raises.
    """
    meant = {
        name: [None if value == _ANYTHING else value for value in values]
        for name, values in given.items()
    }
    values = query.values(meant, facts)
    if LANGUAGE in query.parameters and LANGUAGE not in given:
        values |= query.values({LANGUAGE: lang}, facts)
    columns = columns_of(query.text, query.prefixes) or []
    spoken = [headings(columns, query.header, facts, one) for one in LANGUAGES]
    return Filled(
        text=readable(
            query, fill(query.text, values, partial(written, query.prefixes)), facts.prefixes
        ),
        title=query.title,
        view=query.header.view,
        headings={
            column: dict(zip(LANGUAGES, words, strict=True))
            for column, *words in zip(columns, *spoken, strict=True)
        },
    )


def written(prefixes: Mapping[str, str], term: Term) -> str:
    """Write a term as people would, where that says the same."""
    short = curie(term.value, prefixes) if isinstance(term, ox.NamedNode) else ""
    return short if _PREFIXED.fullmatch(short) else str(term)


def readable(query: LibraryQuery, text: str, known: Mapping[str, str]) -> str:
    """Return a text to be read and changed: of its header what matters then, and no prefix unsaid."""
    header = "".join(_KEPT_LINES.findall(query.text))
    body = re.sub(r"^#\+.*\n", "", text, flags=re.MULTILINE).lstrip("\n")
    # Facts of one's own may mean something else by a prefix that the query uses.
    other = {name: iri for name, iri in query.prefixes.items() if known.get(name) != iri}
    declared = "".join(
        f"PREFIX {name}: <{iri}>\n" for name, iri in other.items() if f"{name}:" in body
    )
    return f"{header}\n{declared}{body}" if header else declared + body


def form_of(facts: Facts, query: LibraryQuery, given: Given, lang: str) -> list[dict[str, Any]]:
    """Return the fields of a query's form: what each may be, is, and is when it is left empty."""
    defaults = meanings(query, {}, facts, lang)
    return [
        {
            "name": name,
            "type": parameter.type,
            "label": parameter.label[lang],
            "default": defaults[name],
            "open": parameter.type not in ("date", "number", "text") or query.defaults[name] == ANY,
            "values": list(given.get(name, ())) or [""],
            "choices": choices(facts, parameter.type, lang),
        }
        for name, parameter in query.parameters.items()
        if name != LANGUAGE
    ]


def choices(facts: Facts, type: str, lang: str) -> list[str]:
    """Return what a parameter of a type can be, where it is one of few: the names of all metrics."""
    class_ = _CLASSES.get(type)
    if class_ is None:
        return []
    quads = facts.store.quads(None, ox.NamedNode(RDF.type), ox.NamedNode(class_))
    things = facts.names.known({name_of(quad.subject) for quad in quads})
    return sorted({thing.zh if lang == "zh" else thing.en for thing in things})


def page_parts(engine: str = ENGINE) -> dict[str, Any]:
    """Return what the template `query.html` needs besides data: its words, its scripts in order.

    >>> page_parts("own-engine.js")["scripts"][5]
    'own-engine.js'
    """
    scripts = [engine if name == ENGINE else name for name in _SCRIPTS]
    return {"query_words": _words(), "scripts": scripts}


@cache
def _words() -> dict[str, dict[str, str]]:
    text = (Path(__file__).parent / "static" / "query-words.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return found
