"""Pages in a site: scripts, styles and libraries are files beside them, and things lead to pages.

Whoever makes a site says in a `Site` where things are; a page of any kind is then
`in_site(page, site)`. Every file of `assets()` must be where the site's `static` says. The data
stay in the page, so that it works where nothing can be fetched.

>>> from factscape.opening import open_facts
>>> from factscape.views import timeline_page
>>> site = Site(static=lambda name: f"../files/{name}", address=lambda iri: f"{iri[-5:]}.html")
>>> with open_facts() as facts:
...     html = in_site(timeline_page(facts, since="2026-01-01"), site)
>>> '<script src="../files/timeline-' in html, len(html) < 100_000
(True, True)
>>> all(f'="../files/{name}"' in html for name in assets() if name.startswith("timeline"))
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any

from factscape.terms import PREFIXES
from factscape.views.network import SCRIPTS as NETWORK_SCRIPTS
from factscape.views.network import STYLES as NETWORK_STYLES
from factscape.views.page import (
    LIBRARY,
    STATIC,
    Page,
    fill,
    hash_of,
    inert,
    interface_words,
    joined,
    read_library,
    styled,
)
from factscape.views.sheet import AFTER, BEFORE, INSERTED, LIBRARIES
from factscape.views.sheet import STYLES as CHART_STYLES
from factscape.views.timeline import EVENTS

__all__ = ["STYLE_HASHES", "Site", "assets", "in_site"]

WORDS = "site-words.json"
_MORE_STYLES = ("site.css",)
_MORE_SCRIPTS = {
    "network.html": ("site.js", "site-merge.js", "site-network.js"),
    "chart.html": ("site.js", "site-chart.js"),
}
_CHARTS = {"timeline": EVENTS, "card": EVENTS, "ranking": (), "compare": (), "report": ()}

STYLE_HASHES = tuple(hash_of((STATIC / name).read_text(encoding="utf-8")) for name in INSERTED)
"""What a policy must allow besides files of the site: styles that a library puts into the page."""


@dataclass(frozen=True)
class Site:
    """Where things are, seen from one page of a site."""

    static: Callable[[str], str]
    """The address of a file of `assets`, by its name."""
    address: Callable[[str], str]
    """The address of the page about whatever has this IRI; empty where there is none."""
    head: str = ""
    """HTML for the head of the page, such as a policy; it is not escaped."""
    bar: str = ""
    """HTML that stands above the page and leads to others; it is not escaped."""
    more: str = ""
    """The address that says how a network grows, as JSON; empty where nobody answers."""
    around: str = ""
    """An address to which a name can be added: a network around it."""
    prefixes: Mapping[str, str] = field(default_factory=lambda: PREFIXES)
    """Those that shortened the IRIs of the data."""


def in_site(page: Page, site: Site) -> str:
    """Return the HTML of a page as it stands in a site."""
    from markupsafe import Markup

    form = page.form
    names = [*(_library(name)[0] for name in form.libraries), _script(form.scripts)[0]]
    links = addresses(page.data, site)
    return fill(
        form,
        page.data,
        more_words=interface_words(WORDS),
        site={
            "head": Markup(site.head),
            "bar": Markup(site.bar),
            "styles": [site.static(_style(form.styles)[0])],
            "scripts": [site.static(name) for name in names],
            "links": Markup(inert({"more": site.more, "around": site.around, **links})),
        },
    )


def addresses(data: Mapping[str, Any], site: Site) -> dict[str, dict[str, str]]:
    """Return where the things of a page lead, by their IRIs as the data have them.

    `patterns` serve all IRIs with a prefix, `{}` stands for what is behind it; the rest is told one
    by one in `addresses`.

    >>> site = Site(str, lambda iri: f"/at/{iri.rpartition('/')[2]}.html")
    >>> addresses({"things": [{"iri": "id:a"}, {"iri": "id:b"}, {"iri": "http://x.org/c"}]}, site)
    {'patterns': {'id': '/at/{}.html'}, 'addresses': {'http://x.org/c': '/at/c.html'}}
    """
    patterns: dict[str, str | None] = {}
    found: dict[str, str] = {}
    for short in dict.fromkeys(_iris(data)):
        prefix, _, local = short.partition(":")
        known = prefix in site.prefixes
        where = site.address(site.prefixes[prefix] + local if known else short)
        if not where:
            continue
        found[short] = where
        if known:
            before, at, after = where.rpartition(local)
            pattern = f"{before}{{}}{after}" if local and at and "{}" not in where else None
            if patterns.setdefault(prefix, pattern) != pattern:
                patterns[prefix] = None
    kept = {prefix: pattern for prefix, pattern in patterns.items() if pattern is not None}
    rest = {one: at for one, at in found.items() if one.partition(":")[0] not in kept}
    return {"patterns": kept, "addresses": rest}


def _iris(data: object) -> Iterator[str]:
    """Yield the IRIs of whatever a page can lead to, as its data have them."""
    if isinstance(data, Mapping):
        if "terms" in data:  # a network: its tables have no names in their rows
            yield from (row[0] for row in data["terms"])
            for table in ("figures", "opinions"):
                place = data["columns"][table].index("claim")
                yield from (row[place] for row in data[table])
            return
        for name in ("iri", "claim"):
            if isinstance(data.get(name), str) and " " not in data[name]:
                yield data[name]
        data = data.values()
    elif not isinstance(data, list):
        return
    for one in data:
        yield from _iris(one)


@cache
def assets() -> dict[str, bytes]:
    """Return every file that pages in a site may name, by its name, in which its content is hashed.

    >>> sorted(name.partition("-")[0] for name in assets())[:3]
    ['card', 'chart', 'compare']
    """
    scripts = [_script(NETWORK_SCRIPTS)]
    scripts += [
        _script((*BEFORE, *shared, f"chart-{name}.js", *AFTER)) for name, shared in _CHARTS.items()
    ]
    styles = [_style(NETWORK_STYLES), _style(CHART_STYLES)]
    return dict([*map(_library, (LIBRARY, *LIBRARIES)), *scripts, *styles])


@cache
def _script(names: tuple[str, ...]) -> tuple[str, bytes]:
    """Return the name and the code of a page's own script; what starts it comes last in it."""
    *before, last = names
    template = "chart.html" if last == AFTER[-1] else "network.html"
    stem = names[-1 - len(AFTER)].removeprefix("chart-") if last == AFTER[-1] else "network.js"
    return _named(stem, joined((*before, *_MORE_SCRIPTS[template], last)))


@cache
def _style(names: tuple[str, ...]) -> tuple[str, bytes]:
    return _named(names[-1], styled((*names, *_MORE_STYLES)))


@cache
def _library(name: str) -> tuple[str, bytes]:
    return _named(name, read_library(name))


def _named(name: str, text: str) -> tuple[str, bytes]:
    data = text.encode("utf-8")
    stem, _, suffix = name.rpartition(".")
    return f"{stem}-{sha256(data).hexdigest()[:12]}.{suffix}", data
