"""The network as a page: things as points, relations as lines, what is said of each in a panel."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from factscape.claims.described import Reader
from factscape.claims.things import hierarchy
from factscape.errors import FactscapeError, MisuseError
from factscape.terms import PREFIXES
from factscape.views.chosen import (
    DEFAULT_LIMIT,
    HARD_LIMIT,
    MOST_HELD,
    Chosen,
    choose,
    choose_between,
    choose_kinds,
    choose_more,
    only_lines,
)
from factscape.views.drawn import Drawn
from factscape.views.page import Form, Page, interface_words
from factscape.views.result import Result
from factscape.views.scene import Scene
from factscape.views.stage import Stage
from factscape.views.tables import Tables

if TYPE_CHECKING:
    from factscape.names.index import NameIndex
    from factscape.store import Store

__all__ = ["Part", "grow", "in_language", "network_page"]

SCRIPTS = (
    "words.js", "data.js", "state.js", "dom.js", "search.js", "boxes.js", "shapes.js", "time.js",
    "scene.js", "picture.js", "legend.js", "rdf.js", "statements.js", "panel.js", "list.js", "keys.js", "save.js",
    "main.js",
)  # fmt: skip
STYLES = ("page.css", "network.css")
FORMAT = "factscape-network-3"
GROWTH = "factscape-growth-1"


def network_page(
    store: Store,
    focus: Sequence[str] = (),
    *,
    depth: int | None = None,
    limit: int = DEFAULT_LIMIT,
    lang: str = "en",
    prefixes: Mapping[str, str] = PREFIXES,
    names: NameIndex | None = None,
    between: tuple[str, str] | None = None,
    kind: str | None = None,
    result: Result | None = None,
    disputed: Collection[str] = (),
    stage: Stage | None = None,
    growing: bool = False,
) -> Page:
    """Draw the network of a store as one HTML file that works anywhere, offline.

    `focus` are the IRIs that it is about; with a `depth` only what is within so many steps of them
    is drawn. `between` draws the ways from one thing to another, `kind` the things of a class,
    `result` what a query answered. Never more than `limit` things (2,000 at most) are drawn at
    first: what is left out is counted on the page. `disputed` are the statements that others
    contradict. The same facts give the same bytes. An index of the store's `names` makes it faster,
    and a `stage` that was set for another page. A `growing` page holds no more than it draws: it
    says how many neighbours there are in all, for who can ask for them (`grow`).

    Raises MisuseError (depth or limit out of range), FactscapeError (a focus that is not drawn).

    >>> import pyoxigraph as ox
    >>> from factscape.store.oxigraph import MemoryStore
    >>> store = MemoryStore(ox.Store())
    >>> store.oxigraph.load(b"<urn:p1> { <urn:a> <urn:owns> <urn:b> }", ox.RdfFormat.TRIG)
    >>> page = network_page(store)
    >>> len(page.data["things"]), len(page.data["lines"]), page.html[:15]
    (2, 1, '<!doctype html>')
    """
    stage = stage or Stage.of(store, disputed)
    _refuse_undrawn([*focus, *(between or ())], stage.drawn)
    part = Part(tuple(focus), depth, limit, between, kind, result)
    stage, chosen = part.of(stage, limit if growing else MOST_HELD)
    scene = Scene(stage, chosen, Tables(prefixes), growing=growing)
    asked = {
        "between": list(between) if between else None,
        "kind": kind,
        "query": result.name if result else None,
    }
    data = {"format": FORMAT, "lang": lang} | scene.read(Reader(store, names), asked)
    return _worded(data, lang)


def in_language(page: Page, lang: str) -> Page:
    """Return a network page in another language: what it shows is the same in every one."""
    return _worded({**page.data, "lang": lang}, lang)


def _worded(data: dict[str, Any], lang: str) -> Page:
    return Page(data, Form("network.html", _heading(data, lang), lang, SCRIPTS, STYLES))


@dataclass(frozen=True)
class Part:
    """Which part of the network a page shows."""

    focus: tuple[str, ...] = ()
    depth: int | None = None
    limit: int = DEFAULT_LIMIT
    between: tuple[str, str] | None = None
    kind: str | None = None
    result: Result | None = None

    def of(self, stage: Stage, held: int = MOST_HELD) -> tuple[Stage, Chosen]:
        """Return what is drawn, and what of it is on the page; raise what choosing raises."""
        if self.result is not None:
            lines = self.result.lines(stage.drawn)
            stage = stage.with_only(only_lines(stage.drawn, lines, stage.kinds))
        drawn, limit = stage.drawn, self.limit
        if self.between is not None:
            return stage, choose_between(drawn, *self.between, limit)
        if self.kind is not None:
            kinds = {self.kind, *_below(stage.store, self.kind)}
            return stage, choose_kinds(drawn, kinds, limit, held)
        return stage, choose(drawn, self.focus, self.depth, limit, held)


def grow(
    stage: Stage,
    part: Part,
    steps: Sequence[tuple[int, str]],
    since: int,
    reader: Reader,
    prefixes: Mapping[str, str] = PREFIXES,
) -> dict[str, Any]:
    """Return what a growing page of a part grows by: things, what is said of them, and their lines.

    Each of the `steps` adds a thing (by its IRI), and so many of its neighbours that are not there
    yet, the most important first. What the first `since` of them add is there already. The tables
    are those of a page, with numbers of their own; `grown` says for each step which thing it is
    about and which came: a term, and rows of things. Of what was there no more than names are told.

    Raises MisuseError where that is more than can be read, FactscapeError for what is not drawn.
    """
    stage, chosen = part.of(stage, part.limit)
    _refuse_undrawn([name for _, name in steps], stage.drawn)
    there = set(chosen.things)
    new: list[str] = []
    grown: list[tuple[str, list[str]]] = []
    for number, (count, name) in enumerate(steps):
        rest = [one for one in stage.beside.get(name, ()) if one not in there]
        some = [one for one in (name,) if one not in there] + rest[:count]
        there.update(some)
        if len(there) > HARD_LIMIT:
            raise MisuseError("more could not be read", hint="begin anew, around something else")
        if number >= since:
            new += some
            grown.append((name, some))
    more = choose_more(stage.drawn, there, new, [name for name, _ in grown])
    scene = Scene(stage, more, Tables(prefixes), growing=True)
    return {"format": GROWTH} | scene.read_more(reader, set(new), grown)


def _below(store: Store, class_: str) -> set[str]:
    return {name for name, above in hierarchy(store).items() if class_ in above}


def _refuse_undrawn(focus: Iterable[str], drawn: Drawn) -> None:
    for name in focus:
        if name not in drawn.things and name not in drawn.collapsed:
            raise FactscapeError(
                f"{name} is not in the picture",
                hint="it is unknown, joined to nothing, or drawn as a detail of other things "
                "(as sources, metrics and periods are)",
            )


def _heading(data: Mapping[str, Any], lang: str) -> str:
    """Return the title: what the page is around, or how much is in it."""
    words, asked = interface_words()[lang], data["asked"]
    names = [_label(data, data["things"][one][0], lang) for one in data["focus"][:3]]
    if asked["between"] and len(names) == 2:
        title: str = words["title_between"].format(start=names[0], end=names[1])
    elif names:
        joined = "、".join(names) if lang == "zh" else ", ".join(names)
        title = words["title_around"].replace("{names}", joined)
    elif asked["kind"]:
        title = words["title_kind"].replace("{kind}", _in(asked["kind"], lang))
    elif asked["query"]:
        title = words["title_query"].replace("{query}", asked["query"])
    else:
        title = words["title_network"]
    return title if len(title) <= 120 else title[:119] + "…"


def _in(label: str | list[str], lang: str) -> str:
    return label if isinstance(label, str) else label[lang == "zh"]


def _label(data: Mapping[str, Any], term: int, lang: str) -> str:
    row = data["terms"][term]
    return str(row[2] if lang == "zh" and len(row) > 2 else row[1])
