"""From one page of a site to its files: HTML in each language, the data beside it, triples."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from factscape.errors import FactscapeError, UnknownNameError
from factscape.web.looking.pages import LOOKS
from factscape.web.publishing.about import about_words
from factscape.web.publishing.asking import asked_for, query_parts
from factscape.web.publishing.links import SiteLinks
from factscape.web.publishing.naming import THING, Target, file_of, relative
from factscape.web.publishing.policy import policy_of
from factscape.web.publishing.release import written
from factscape.web.publishing.views import STYLE_HASHES, VIEWS, SiteViews, words_of
from factscape.web.rendering import LANGUAGES, Page, render

if TYPE_CHECKING:
    from factscape.store import Store
    from factscape.web.publishing.facts import SiteFacts

__all__ = ["HEAD", "Made", "Maker", "as_json", "files_of"]

HEAD = '<meta charset="utf-8">'
"""What stands in the head of a page where a site adds what it needs there."""

_MOST_TRIPLES = 20_000


@dataclass
class Made:
    """The files of a page, and what it links to."""

    files: list[tuple[str, bytes]] = field(default_factory=list)
    wanted: set[Target] = field(default_factory=set)
    statics: set[str] = field(default_factory=set)


def files_of(target: Target) -> list[str]:
    """Return the paths of the files that a page is made into.

    >>> files_of(Target("sources"))
    ['sources.html', 'sources.json', 'zh/sources.html', 'zh/sources.json']
    """
    formats = ("html", "json", "ttl") if target.name == THING else ("html", "json")
    paths = (file_of(target, lang, format) for lang in LANGUAGES for format in formats)
    return list(dict.fromkeys(paths))


class Maker:
    """Makes the pages of one site."""

    def __init__(
        self, facts: SiteFacts, views: SiteViews, base_url: str | None, release: Mapping[str, Any]
    ) -> None:
        """Make pages of these facts, which will be at `base_url`, where that is known.

        `release` is what the page `about` shows.
        """
        self._facts = facts
        self._views = views
        self._base_url = base_url
        self._release = release

    def make(self, target: Target) -> Made:
        """Return the files of a page."""
        made = self._made(target)
        made.files = [(path, self._facts.steadied(data)) for path, data in made.files]
        return made

    def _made(self, target: Target) -> Made:
        made = Made()
        if target.name == THING:
            self._make_thing(target, made)
        elif target.name in VIEWS and not self._views.is_list(target):
            self._make_view(target, made)
        else:
            for lang in LANGUAGES:
                name, data = self._shown_or_not(target, lang)
                twin = file_of(target, lang, "json")
                if all(path != twin for path, _ in made.files):
                    made.files.append((twin, as_json(data)))
                self._render(target, name, lang, data, made)
        return made

    def _shown_or_not(self, target: Target, lang: str) -> tuple[str, dict[str, Any]]:
        """Return a page, or what says that there is none: a link may ask for what is not there."""
        try:
            return self._shown(target, lang)
        except FactscapeError as error:
            return "error", _missing(error)

    def _shown(self, target: Target, lang: str) -> tuple[str, dict[str, Any]]:
        """Return the template of a page that is about no thing, and what it shows."""
        if target.name == "about":
            return target.name, {"release": self._release}
        if target.name in VIEWS:
            return "viewlist", self._views.listed(target, lang)
        return target.name, self._look(target.name, {**dict(target.given), "lang": lang})

    def _make_view(self, target: Target, made: Made) -> None:
        for lang in LANGUAGES:
            try:
                view = self._views.view(target, lang)
            except FactscapeError as error:
                # There is nothing that could be drawn of these facts.
                if lang == LANGUAGES[0]:
                    made.files.append((file_of(target, lang, "json"), as_json(_missing(error))))
                self._render(target, "error", lang, _missing(error), made)
                continue
            html = self._views.html(view, self._page(target, target.name, lang, made))
            made.files.append(self._headed(target, lang, html))
            if lang == LANGUAGES[0]:
                made.files.append((file_of(target, lang, "json"), as_json(view.data)))

    def _look(self, name: str, given: Mapping[str, str]) -> dict[str, Any]:
        look = asked_for if name == "query" else LOOKS[name]
        return look(self._facts, given)

    def _make_thing(self, target: Target, made: Made) -> None:
        name = THING
        try:
            data = self._look(name, {"iri": target.iri, "lang": LANGUAGES[0]})
        except UnknownNameError as error:
            # It is named by others, and nothing is said of it.
            name, data = "error", _missing(error)
        made.files.append((file_of(target, format="json"), as_json(data)))
        made.files.append((file_of(target, format="ttl"), self._triples(target.iri)))
        for lang in LANGUAGES:
            self._render(target, name, lang, data, made)

    def _render(
        self, target: Target, name: str, lang: str, data: dict[str, Any], made: Made
    ) -> None:
        shown = data | self._own_of(name, lang)
        html = render(self._page(target, name, lang, made), shown)
        made.files.append(self._headed(target, lang, html))

    def _page(self, target: Target, name: str, lang: str, made: Made) -> Page:
        links = SiteLinks(self._facts, self._views, target, lang, made.wanted, made.statics)
        return Page(name, lang, links, dict(target.given))

    @staticmethod
    def _own_of(name: str, lang: str) -> dict[str, Any]:
        """Return what a template needs that is no data."""
        if name == "viewlist":
            return {"v": words_of(lang)}
        if name == "about":
            return {"a": about_words()[lang]}
        return query_parts() if name == "query" else {}

    def _headed(self, target: Target, lang: str, html: str) -> tuple[str, bytes]:
        """Return the file of a page, with what a server says in headers in its head."""
        head = "".join(f"\n{line}" for line in self._head(target, lang))
        assert html.count(HEAD) == 1
        return file_of(target, lang), html.replace(HEAD, HEAD + head).encode("utf-8")

    def _head(self, target: Target, lang: str) -> Iterator[str]:
        styles = STYLE_HASHES if target.name in VIEWS else ()
        policy = escape(policy_of(target.name, styles))
        yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        yield '<meta name="referrer" content="no-referrer">'
        if self._base_url:
            own = escape(self._base_url + file_of(target, lang).removesuffix("index.html"))
            yield f'<link rel="canonical" href="{own}">'
        feed = relative("feed.xml", file_of(target, lang))
        yield f'<link rel="alternate" type="application/atom+xml" href="{feed}">'

    def _triples(self, iri: str) -> bytes:
        """Return what is said of a thing, and what names it, always in the same order."""
        found = islice(_said_of(self._facts.store, ox.NamedNode(iri)), _MOST_TRIPLES)
        names = self._facts.blank_nodes
        triples = sorted({_renamed(quad.triple, names) for quad in found}, key=str)
        text = "\n".join(map(str, triples))
        used = {name: base for name, base in self._facts.prefixes.items() if f"<{base}" in text}
        return written(triples, ox.RdfFormat.TURTLE, used)


def _missing(error: FactscapeError) -> dict[str, Any]:
    return {"status": 404, "message": error.message, "hint": error.hint}


def as_json(data: Mapping[str, Any]) -> bytes:
    r"""Return the twin of a page.

    >>> as_json({"zh": "智谱"}).decode()
    '{"zh":"智谱"}\n'
    """
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")


def _said_of(store: Store, node: ox.NamedNode) -> Iterator[ox.Quad]:
    for quad in store.quads(node):
        yield quad
        if isinstance(quad.object, ox.BlankNode):
            yield from store.quads(quad.object)
    yield from store.quads(object=node)


def _renamed(triple: ox.Triple, names: Mapping[object, ox.BlankNode]) -> ox.Triple:
    if not names:
        return triple
    subject: Any = names.get(triple.subject, triple.subject)
    object_: Any = names.get(triple.object, triple.object)
    return ox.Triple(subject, triple.predicate, object_)
