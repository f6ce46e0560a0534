"""Pages from what they show: templates and words, and no server.

Where things are is said by `Links`: one on the server, another in a folder of files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from factscape.web.wording import FILTERS, citation, named

if TYPE_CHECKING:
    import jinja2

__all__ = ["LANGUAGES", "NAMED", "Links", "Page", "render", "static_files", "words"]

LANGUAGES = ("en", "zh")

NAMED = {
    "home": "/",
    "search": "/search",
    "things": "/things",
    "metrics": "/metrics",
    "sources": "/sources",
    "conflicts": "/conflicts",
    "conflict": "/conflict/{id}",
    "network": "/network",
    "timeline": "/timeline",
    "ranking": "/ranking",
    "compare": "/compare",
    "card": "/card",
    "report": "/report",
    "query": "/query",
}
"""The pages that have a name of their own, and where each is on the server."""

_HERE = Path(__file__).parent
_DRAWING = ("d3.min.js", "plot.umd.min.js", "plot.css")
"""What pages draw with is kept once, beside the views that are files."""

_NOTHING: Mapping[str, str] = {}


class Links(Protocol):
    """Where things are, seen from one page: every address in a template is asked for here."""

    @property
    def live(self) -> bool:
        """Whether there is a server that answers forms; files cannot."""

    @property
    def formats(self) -> tuple[str, ...]:
        """In which other formats the page about a thing can be had."""

    def thing(self, iri: str, format: str = "html") -> str:
        """Return where the page about a thing is, or that page in another format."""

    def page(self, name: str, given: Mapping[str, str] = _NOTHING, format: str = "html") -> str:
        """Return where a page of `NAMED` is with these parameters, or its twin."""

    def has(self, name: str, iri: str) -> bool:
        """Say whether there is this view of a thing by itself."""

    def here(self, changes: Mapping[str, str] = _NOTHING, format: str = "html") -> str:
        """Return this page with other parameters (`lang` among them), or in another format."""

    def static(self, name: str) -> str:
        """Return where a static file is."""


@dataclass(frozen=True)
class Page:
    """What a template knows besides what the page shows."""

    name: str
    """Of its template."""
    lang: str
    links: Links
    given: Mapping[str, str] = field(default_factory=dict)
    """The parameters of its address."""
    trouble: str | None = None
    """What is wrong with newer files, where older facts are shown."""


def render(page: Page, data: Mapping[str, Any]) -> str:
    """Return a page as HTML: the template `page.name` with the plain data that its twin is."""
    template = _environment().get_template(f"{page.name}.html")
    lang, links = page.lang, page.links

    def to(where: str, format: str = "html", /, **given: str) -> str:
        return links.page(where, given, format)

    def name(one: Mapping[str, Any]) -> str:
        return named(one, lang)

    def cited(document: Mapping[str, Any], place: Mapping[str, Any], printed: str = "") -> str:
        return citation(document, place, printed, lang, t)

    def many(key: str, number: int, *others: object) -> str:
        one = t.get(f"{key}_1", t[key]) if number == 1 else t[key]
        return one.format(number, *others)

    t = words()[lang]
    own = {"page": page, "links": links, "lang": lang, "t": t}
    return template.render(data, **own, at=links.thing, to=to, name=name, many=many, citation=cited)


@cache
def words() -> dict[str, dict[str, str]]:
    """Return the words of the pages by language.

    >>> words()["zh"]["search"]
    '搜索'
    """
    text = (_HERE / "static" / "words.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return found


@cache
def static_files() -> dict[str, bytes]:
    """Read the static files of the pages once, by name: what is not among them has no address."""
    paths = sorted((_HERE / "static").iterdir())
    paths += [_HERE.parent / "views" / "static" / name for name in _DRAWING]
    return {path.name: path.read_bytes() for path in paths if path.suffix in (".css", ".js")}


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,  # else every use of a template asks the disk whether it changed
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment
