"""The network as a page: things as points, relations as lines, what is said of each in a panel."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import TYPE_CHECKING, Any

from factscape.claims.described import Reader
from factscape.errors import FactscapeError
from factscape.names import labels
from factscape.network import build_network
from factscape.network.layout import Layout, lay_out
from factscape.terms import PREFIXES
from factscape.views.chosen import DEFAULT_LIMIT, Chosen, choose
from factscape.views.drawing import Drawings, read_drawings
from factscape.views.drawn import Drawn, draw
from factscape.views.page import Page, interface_words, render
from factscape.views.panel import read_panels
from factscape.views.tables import COLUMNS, Tables, packed, text

if TYPE_CHECKING:
    from factscape.names.index import NameIndex
    from factscape.store import Store
    from factscape.views.model import Picture

__all__ = ["network_page"]

SCRIPTS = (
    "words.js", "data.js", "state.js", "dom.js", "search.js", "boxes.js", "shapes.js", "scene.js", "picture.js",
    "legend.js", "panel.js", "list.js", "keys.js", "save.js", "main.js",
)  # fmt: skip
STYLES = ("page.css", "network.css")
FORMAT = "factscape-network-1"

# A label longer than a line is written in two; the picture cuts what is longer, the panel does not.
_LABEL_COLUMNS = 19
# In units of the picture: what is seen whole is somewhat smaller than its labels would like.
_COLUMN = 8.6
_LINE = 19


def network_page(
    store: Store,
    focus: Sequence[str] = (),
    *,
    depth: int | None = None,
    limit: int = DEFAULT_LIMIT,
    lang: str = "en",
    prefixes: Mapping[str, str] = PREFIXES,
    names: NameIndex | None = None,
) -> Page:
    """Draw the network of a store as one HTML file that works anywhere, offline.

    `focus` are the IRIs that it is about; with a `depth` only what is within so many steps of them
    is drawn, and never more than `limit` things (2,000 at most): what is left out is counted on the
    page. The same facts give the same bytes. An index of the store's `names` makes it faster.

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
    _refuse_undrawn(focus, drawn)
    chosen = choose(drawn, focus, depth, limit)
    tables = Tables(prefixes)
    panels = read_panels(Reader(store, names), chosen.things, tables)
    data = {"format": FORMAT, "lang": lang} | _data(store, drawn, chosen, drawings, panels, tables)
    html = render(
        "network.html",
        data,
        heading=_heading(data, lang),
        language=lang,
        scripts=SCRIPTS,
        styles=STYLES,
    )
    return Page(html, data)


def _refuse_undrawn(focus: Iterable[str], drawn: Drawn) -> None:
    for name in focus:
        if name not in drawn.things and name not in drawn.collapsed:
            raise FactscapeError(
                f"{name} is not in the picture",
                hint="it is unknown, joined to nothing, or drawn as a detail of other things "
                "(as sources, metrics and periods are)",
            )


def _data(
    store: Store,
    drawn: Drawn,
    chosen: Chosen,
    drawings: Drawings,
    panels: dict[str, dict[str, Any]],
    tables: Tables,
) -> dict[str, Any]:
    """Return everything that the page shows; `columns` names the cells of the tables' rows.

    `kinds`: IRI, label, colour in the light and in the dark theme, shape, whether it is a hub.
    `ways`, the kinds of lines: IRI, label, colours or null, whether it is what somebody says.
    `lines`: two things and a way, as numbers. `discs`: of communities, x, y and radius.
    """
    sizes = _sizes(drawn, chosen)
    layout = _layout(chosen, sizes, panels, tables)
    number = {name: i for i, name in enumerate(chosen.things)}
    kinds = _kinds(store, drawn, chosen, drawings, tables)
    ways = _ways(store, chosen, drawings, tables)
    kind_number = {iri: i for i, iri in enumerate(kinds)}
    way_number = {iri: i for i, iri in enumerate(ways)}
    picture = _picture(chosen, drawn, layout, sizes, kind_number, way_number)
    return {
        "focus": [number[name] for name in chosen.focus],
        "depth": chosen.depth,
        "limit": chosen.limit,
        "all": {"things": chosen.all_things, "near": chosen.near, "lines": chosen.all_lines},
        "undrawn": chosen.undrawn,
        "options": picture.options,
        "kinds": list(kinds.values()),
        "ways": list(ways.values()),
        "things": [packed("things", {**panels[node["iri"]], **node}) for node in picture.nodes],
        "lines": [[edge["from"], edge["to"], edge["way"]] for edge in picture.edges],
        "discs": [[one.x, one.y, one.radius] for one in layout.communities if one.joined],
        "columns": {name: list(columns) for name, columns in COLUMNS.items()},
        **tables.as_dict(),
    }


def _picture(
    chosen: Chosen,
    drawn: Drawn,
    layout: Layout,
    sizes: Mapping[str, float],
    kinds: Mapping[str, int],
    ways: Mapping[str, int],
) -> Picture:
    """Return the picture as pyvis models it: nodes with their places, edges, vis's options."""
    from factscape.views.model import Picture

    picture = Picture()
    number = {name: i for i, name in enumerate(chosen.things)}
    for name, (x, y) in zip(chosen.things, layout.places, strict=True):
        kind = kinds[drawn.things[name]]
        picture.add_node(number[name], iri=name, x=x, y=y, size=sizes[name], kind=kind)
    for line in chosen.lines:
        picture.add_edge(number[line.start], number[line.end], way=ways[line.relation])
    return picture


def _sizes(drawn: Drawn, chosen: Chosen) -> dict[str, float]:
    """Return how large each point is: the more things it is joined to, the larger."""
    pairs = {frozenset((line.start, line.end)) for line in chosen.lines}
    met = Counter(name for pair in pairs for name in pair)
    return {
        name: 5 if name in drawn.hubs else round(6 + 2.4 * sqrt(min(met[name], 60)))
        for name in chosen.things
    }


def _layout(
    chosen: Chosen,
    sizes: Mapping[str, float],
    panels: Mapping[str, dict[str, Any]],
    tables: Tables,
) -> Layout:
    number = {name: i for i, name in enumerate(chosen.things)}
    boxes = []
    for name in chosen.things:
        columns = max(map(_columns, tables.label(panels[name]["term"])))
        label_lines = 1 if columns <= _LABEL_COLUMNS else 2
        width = min(_LABEL_COLUMNS, columns / label_lines + 2 * (label_lines - 1)) * _COLUMN
        height = 2 * sizes[name] + _LINE * label_lines
        boxes.append((max(2.0 * sizes[name], width) + 10, height + 8))
    edges: dict[bool, list[tuple[int, int]]] = {False: [], True: []}
    for line in chosen.lines:
        edges[line.said].append((number[line.start], number[line.end]))
    return lay_out(boxes, edges[False], loose=edges[True])


def _columns(label: str) -> int:
    """Count columns, wide characters double; a label of 10,000 characters is not looked through."""
    return sum(
        2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in label[: 2 * _LABEL_COLUMNS]
    )


def _kinds(
    store: Store, drawn: Drawn, chosen: Chosen, drawings: Drawings, tables: Tables
) -> dict[str, dict[str, Any]]:
    """Return the kinds of the things that are drawn, the most frequent first, points before hubs."""
    counts = Counter(drawn.things[name] for name in chosen.things)
    hubs = {drawn.things[name] for name in chosen.things if name in drawn.hubs}
    looks = drawings.looks(drawn.things.values())
    english, chinese = (labels(store, [k for k in counts if k], lang) for lang in ("en", "zh"))
    order = sorted(counts, key=lambda kind: (kind in hubs, not kind, -counts[kind], kind))
    return {
        kind: {
            "iri": tables.iri(kind),
            "label": text({"en": english.get(kind, ""), "zh": chinese.get(kind, "")}),
            "colours": [looks[kind].colour, looks[kind].colour_dark],
            "shape": looks[kind].shape,
            "hub": kind in hubs,
        }
        for kind in order
    }


def _ways(
    store: Store, chosen: Chosen, drawings: Drawings, tables: Tables
) -> dict[str, dict[str, Any]]:
    """Return the kinds of lines, the most frequent first."""
    counts = Counter(line.relation for line in chosen.lines)
    spoken = {line.relation for line in chosen.lines if line.said}
    english, chinese = (labels(store, counts, lang) for lang in ("en", "zh"))
    ways = {}
    for way in sorted(counts, key=lambda way: (-counts[way], way)):
        said = drawings.classes.get(way)
        colours = [said.colour, said.colour_dark or said.colour] if said and said.colour else None
        ways[way] = {
            "iri": tables.iri(way),
            "label": text({"en": english[way], "zh": chinese[way]}),
            "colours": colours,
            "said": way in spoken,
        }
    return ways


def _heading(data: Mapping[str, Any], lang: str) -> str:
    """Return the title: what the page is around, or how much is in it."""
    words = interface_words()[lang]
    names = [_label(data, data["things"][one][0], lang) for one in data["focus"][:3]]
    if names:
        joined = "、".join(names) if lang == "zh" else ", ".join(names)
        title: str = words["title_around"].replace("{names}", joined)
    else:
        title = words["title"]
    return title if len(title) <= 120 else title[:119] + "…"


def _label(data: Mapping[str, Any], term: int, lang: str) -> str:
    row = data["terms"][term]
    return str(row[2] if lang == "zh" and len(row) > 2 else row[1])
