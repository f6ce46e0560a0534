"""The data of a network page: places, kinds, lines with what stands behind them, and all texts."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING, Any

from factscape.claims.holding import AFTER, ALWAYS, BEFORE, Spans, both
from factscape.names import labels
from factscape.network.beside import lay_out_columns, place_beside
from factscape.network.layout import Layout, lay_out
from factscape.views.chosen import Chosen
from factscape.views.drawn import Line
from factscape.views.panel import read_events, read_panels
from factscape.views.stage import Stage
from factscape.views.tables import COLUMNS, Tables, packed, text
from factscape.views.triples import read_triples

if TYPE_CHECKING:
    from factscape.claims.described import Reader
    from factscape.views.model import Picture

__all__ = ["Scene"]

# A label longer than a line is written in two; the picture cuts what is longer, the panel does not.
_LABEL_COLUMNS = 19
# In units of the picture: what is seen whole is somewhat smaller than its labels would like.
_COLUMN = 8.6
_LINE = 19
_IN_ONE_PIECE = 150
"""More things than this stand in communities."""

_UNSURE, _DISPUTED = 1, 2


class Scene:
    """Puts together what one page shows; each part is worked out once."""

    def __init__(
        self, stage: Stage, chosen: Chosen, tables: Tables, *, growing: bool = False
    ) -> None:
        """Show the chosen part of what is drawn; a `growing` one says what it could show besides."""
        self._stage = stage
        self._drawn = stage.drawn
        self._chosen = chosen
        self._tables = tables
        self._growing = growing
        self._number = {name: i for i, name in enumerate(chosen.things)}
        self._spans: dict[Spans, int] = {}

    def read(self, reader: Reader, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Return everything that the page shows; `columns` names the cells of the tables' rows.

        `kinds`: IRI, label, colour in the light and in the dark theme, shape, whether it is a hub.
        `ways`, the kinds of lines: IRI, label, colours or null, whether it is what somebody says.
        `discs`: of communities, x, y, radius and the thing that is joined best. `asked`: what the
        page was made for. `days`: where the page does not hold everything, from each of these
        days on how many things and lines there are in all. `prefixes`: those that shorten IRIs.
        """
        chosen = self._chosen
        panels = read_panels(reader, chosen.things, self._tables)
        layout = self._layout(panels)
        shown = self._shown(reader, panels, layout)
        return {
            "asked": self._asked(asked),
            "focus": [self._number[name] for name in chosen.focus],
            "depth": chosen.depth,
            "limit": chosen.limit,
            "all": {"things": chosen.all_things, "near": chosen.near, "lines": chosen.all_lines},
            "undrawn": chosen.undrawn,
            "discs": self._discs(layout),
            "days": self._days(),
            **shown,
        }

    def read_more(
        self, reader: Reader, new: Collection[str], grown: Iterable[tuple[str, Sequence[str]]]
    ) -> dict[str, Any]:
        """Return what comes to a page; of what is there already no more than its name is told."""
        panels = read_panels(reader, tuple(sorted(new)), self._tables)
        for name in self._chosen.things:
            if name not in new:
                panels[name] = {"term": self._tables.name(name, reader.label(name))}
        shown = self._shown(reader, panels, None)
        del shown["options"]
        things = zip(self._chosen.things, shown["things"], strict=True)
        shown["things"] = [row if name in new else row[:1] for name, row in things]
        rows = [[panels[name]["term"], [self._number[one] for one in some]] for name, some in grown]
        return {"grown": rows, **shown}

    def _shown(
        self, reader: Reader, panels: Mapping[str, dict[str, Any]], layout: Layout | None
    ) -> dict[str, Any]:
        """Return things and lines, and the tables that they refer to."""
        chosen, tables = self._chosen, self._tables
        events = sorted({e for line in chosen.lines for e in self._events(line)})
        hubs = [name for name in chosen.things if name in self._drawn.hubs]
        read_events(reader, [*events, *hubs], tables)
        kinds, ways = self._kinds(), self._ways()
        picture = self._picture(layout, list(kinds), panels)
        lines = self._lines(list(ways))
        return {
            "options": picture.options,
            "kinds": list(kinds.values()),
            "ways": list(ways.values()),
            "things": [packed("things", node) for node in picture.nodes],
            "lines": lines,
            "spans": [[_open(day) for span in one for day in span] for one in self._spans],
            "columns": {name: list(columns) for name, columns in COLUMNS.items()},
            "triples": read_triples(reader, chosen.lines, self._stage.evidence, tables),
            **tables.as_dict(),
            "prefixes": tables.prefixes,
        }

    def _line_holds(self, line: Line) -> Spans:
        ends = both(self._stage.things_hold[line.start], self._stage.things_hold[line.end])
        return both(self._stage.behind[line].spans, ends)

    def _span_number(self, spans: Spans) -> int | None:
        return None if spans == ALWAYS else self._spans.setdefault(spans, len(self._spans))

    def _events(self, line: Line) -> set[str]:
        return set(line.statements) & self._drawn.collapsed.keys()

    def _lines(self, ways: list[str]) -> list[list[Any]]:
        way_number = {iri: i for i, iri in enumerate(ways)}
        rows = []
        for line in self._chosen.lines:
            behind = self._stage.behind[line]
            marks = _UNSURE * behind.unsure + _DISPUTED * behind.disputed
            row = {
                "from": self._number[line.start],
                "to": self._number[line.end],
                "way": way_number[line.relation],
                "voices": None if behind.voices == 1 else behind.voices,
                "spans": self._span_number(self._line_holds(line)),
                "marks": marks or None,
                "events": self._tables.known("events", line.statements),
                "opinions": self._tables.known("opinions", line.statements),
                "figures": self._tables.known("figures", line.statements),
            }
            rows.append(packed("lines", row))
        return rows

    def _days(self) -> list[list[Any]]:
        """Return how much there is on each day, where the page cannot count that itself."""
        if len(self._chosen.things) == len(self._drawn.things):
            return []
        changes: dict[str, list[int]] = {}
        of_lines = map(self._line_holds, self._drawn.lines)
        for place, several in enumerate((self._stage.things_hold.values(), of_lines)):
            for begins, ends in (span for spans in several for span in spans):
                changes.setdefault(begins, [0, 0])[place] += 1
                changes.setdefault(ends, [0, 0])[place] -= 1
        rows, counts = [], [0, 0]
        for day in sorted(changes):
            counts = [was + more for was, more in zip(counts, changes[day], strict=True)]
            if day != AFTER:
                rows.append([_open(day), *counts])
        return rows

    def _asked(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        kind = asked["kind"]
        label = (
            {lang: labels(self._stage.store, [kind], lang)[kind] for lang in ("en", "zh")}
            if kind
            else {}
        )
        return {**asked, "between": bool(asked["between"]), "kind": text(label) if label else None}

    def _picture(
        self, layout: Layout | None, kinds: list[str], panels: Mapping[str, dict[str, Any]]
    ) -> Picture:
        """Return the picture as pyvis models it: nodes with their places, vis's options."""
        from factscape.views.model import Picture

        picture = Picture()
        kind_number = {iri: i for i, iri in enumerate(kinds)}
        places = layout.places if layout else [(None, None)] * len(self._chosen.things)
        for name, (x, y) in zip(self._chosen.things, places, strict=True):
            picture.add_node(
                self._number[name],
                **panels[name],
                x=x,
                y=y,
                size=self._sizes[name],
                kind=kind_number[self._drawn.things[name]],
                later=None if name in self._chosen.first else 1,
                spans=self._span_number(self._stage.things_hold[name]),
                beside=self._beside(name),
            )
        return picture

    def _beside(self, name: str) -> int | None:
        """How many neighbours a thing has, on the page or not, where the page can ask for them."""
        return len(self._stage.beside[name]) if self._growing else None

    @cached_property
    def _sizes(self) -> dict[str, float]:
        """How large each point is: the more things it is joined to, the larger."""
        pairs = {frozenset((line.start, line.end)) for line in self._chosen.lines}
        met = Counter(name for pair in pairs for name in pair)
        return {
            name: 5 if name in self._drawn.hubs else round(6 + 2.4 * sqrt(min(met[name], 60)))
            for name in self._chosen.things
        }

    def _boxes(self, panels: Mapping[str, dict[str, Any]]) -> list[tuple[float, float]]:
        boxes = []
        for name in self._chosen.things:
            columns = max(map(_columns, self._tables.label(panels[name]["term"])))
            label_lines = 1 if columns <= _LABEL_COLUMNS else 2
            width = min(_LABEL_COLUMNS, columns / label_lines + 2 * (label_lines - 1)) * _COLUMN
            height = 2 * self._sizes[name] + _LINE * label_lines
            boxes.append((max(2.0 * self._sizes[name], width) + 10, height + 8))
        return boxes

    def _layout(self, panels: Mapping[str, dict[str, Any]]) -> Layout:
        """Lay out what is drawn at first, then find places for the others beside it."""
        boxes, chosen = self._boxes(panels), self._chosen
        edges = [(self._number[ln.start], self._number[ln.end], ln.said) for ln in chosen.lines]
        if chosen.steps:
            pairs = [(one, other) for one, other, _ in edges]
            return Layout(lay_out_columns(boxes, chosen.steps, pairs))
        first = [self._number[name] for name in chosen.things if name in chosen.first]
        place = {name: i for i, name in enumerate(first)}
        drawn: dict[bool, list[tuple[int, int]]] = {False: [], True: []}
        around: dict[int, list[int]] = {}
        for one, other, said in edges:
            around.setdefault(one, []).append(other)
            around.setdefault(other, []).append(one)
            if one in place and other in place:
                drawn[said].append((place[one], place[other]))
        small = [boxes[name] for name in first]
        layout = lay_out(small, drawn[False], loose=drawn[True], whole=_IN_ONE_PIECE)
        known = dict(zip(first, layout.places, strict=True))
        rest = sorted(set(range(len(boxes))) - set(first), key=lambda i: -len(around.get(i, ())))
        known |= place_beside(known, boxes, around, rest)
        discs = tuple(
            replace(one, members=tuple(first[member] for member in one.members))
            for one in layout.communities
        )
        return Layout(tuple(known[name] for name in range(len(boxes))), discs)

    def _discs(self, layout: Layout) -> list[list[int]]:
        """Return where communities stand, each with its largest thing, whose name it bears."""
        size = [self._sizes[name] for name in self._chosen.things]
        return [
            [one.x, one.y, one.radius, max(one.members, key=lambda name: (size[name], -name))]
            for one in layout.communities
            if one.joined
        ]

    def _kinds(self) -> dict[str, dict[str, Any]]:
        """Return the kinds of the things, the most frequent first, points before hubs."""
        things, chosen = self._drawn.things, self._chosen
        counts = Counter(things[name] for name in chosen.things)
        hubs = {things[name] for name in chosen.things if name in self._drawn.hubs}
        looks = self._stage.drawings.looks(things.values())
        named = [kind for kind in counts if kind]
        english, chinese = (labels(self._stage.store, named, lang) for lang in ("en", "zh"))
        order = sorted(counts, key=lambda kind: (kind in hubs, not kind, -counts[kind], kind))
        return {
            kind: {
                "iri": self._tables.iri(kind),
                "label": text({"en": english.get(kind, ""), "zh": chinese.get(kind, "")}),
                "colours": [looks[kind].colour, looks[kind].colour_dark],
                "shape": looks[kind].shape,
                "hub": kind in hubs,
            }
            for kind in order
        }

    def _ways(self) -> dict[str, dict[str, Any]]:
        """Return the kinds of lines, the most frequent first."""
        lines = self._chosen.lines
        counts = Counter(line.relation for line in lines)
        spoken = {line.relation for line in lines if line.said}
        english, chinese = (labels(self._stage.store, counts, lang) for lang in ("en", "zh"))
        ways = {}
        for way in sorted(counts, key=lambda way: (-counts[way], way)):
            said = self._stage.drawings.classes.get(way)
            colours = (
                [said.colour, said.colour_dark or said.colour] if said and said.colour else None
            )
            ways[way] = {
                "iri": self._tables.iri(way),
                "label": text({"en": english[way], "zh": chinese[way]}),
                "colours": colours,
                "said": way in spoken,
            }
        return ways


def _open(day: str) -> str | None:
    """Return a day, or None for an open end."""
    return None if day in (BEFORE, AFTER) else day


def _columns(label: str) -> int:
    """Count columns, wide characters double; a label of 10,000 characters is not looked through."""
    return sum(
        2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in label[: 2 * _LABEL_COLUMNS]
    )
