"""The network as a page: things as points, relations as lines, what is said of each in a panel."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from factscape.claims.described import Reader
from factscape.claims.things import hierarchy
from factscape.errors import FactscapeError
from factscape.network import build_network
from factscape.terms import PREFIXES
from factscape.views.chosen import DEFAULT_LIMIT, choose, choose_between, choose_kinds, only_lines
from factscape.views.drawing import read_drawings
from factscape.views.drawn import Drawn, draw
from factscape.views.evidence import Evidence
from factscape.views.page import Page, interface_words, render
from factscape.views.result import Result
from factscape.views.scene import Scene
from factscape.views.tables import Tables

if TYPE_CHECKING:
    from factscape.names.index import NameIndex
    from factscape.store import Store

__all__ = ["network_page"]

SCRIPTS = (
    "words.js", "data.js", "state.js", "dom.js", "search.js", "boxes.js", "shapes.js", "time.js",
    "scene.js", "picture.js", "legend.js", "rdf.js", "statements.js", "panel.js", "list.js", "keys.js", "save.js",
    "main.js",
)  # fmt: skip
STYLES = ("page.css", "network.css")
FORMAT = "factscape-network-3"


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
) -> Page:
    """Draw the network of a store as one HTML file that works anywhere, offline.

    `focus` are the IRIs that it is about; with a `depth` only what is within so many steps of them
    is drawn. `between` draws the ways from one thing to another, `kind` the things of a class,
    `result` what a query answered. Never more than `limit` things (2,000 at most) are drawn at
    first: what is left out is counted on the page. `disputed` are the statements that others
    contradict. The same facts give the same bytes. An index of the store's `names` makes it faster.

    Raises MisuseError (depth or limit out of range), FactscapeError (a focus that is not drawn).

    >>> import pyoxigraph as ox
    >>> from factscape.store.oxigraph import MemoryStore
    >>> store = MemoryStore(ox.Store())
    >>> store.oxigraph.load(b"<urn:p1> { <urn:a> <urn:owns> <urn:b> }", ox.RdfFormat.TRIG)
    >>> page = network_page(store)
    >>> len(page.data["things"]), len(page.data["lines"]), page.html[:15]
    (2, 1, '<!doctype html>')
    """
    network = build_network(store)
    drawings = read_drawings(store)
    drawn = draw(network, store, drawings)
    _refuse_undrawn([*focus, *(between or ())], drawn)
    if result is not None:
        kinds = {name: types[0] for name, types in network.nodes(data="types") if types}
        drawn = only_lines(drawn, result.lines(drawn), kinds)
    if between is not None:
        chosen = choose_between(drawn, *between, limit)
    elif kind is not None:
        chosen = choose_kinds(drawn, {kind, *_below(store, kind)}, limit)
    else:
        chosen = choose(drawn, focus, depth, limit)
    scene = Scene(store, drawn, chosen, drawings, Tables(prefixes), Evidence(store, disputed))
    asked = {
        "between": list(between) if between else None,
        "kind": kind,
        "query": result.name if result else None,
    }
    data = {"format": FORMAT, "lang": lang} | scene.read(Reader(store, names), asked)
    html = render(
        "network.html",
        data,
        heading=_heading(data, lang),
        language=lang,
        scripts=SCRIPTS,
        styles=STYLES,
    )
    return Page(html, data)


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
