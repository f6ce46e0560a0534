"""The card of a thing as a page: its figures, what it is joined to, what happened to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from factscape.claims.cards.parts import Card, Figure, Named, Opinion, Relation
from factscape.claims.described import Reader
from factscape.claims.events import read_events
from factscape.claims.side_by_side import Panel, read_panels
from factscape.terms import FS
from factscape.views.measures import measure_title, measured_row
from factscape.views.sheet import Sheet, lean
from factscape.views.tables import text
from factscape.views.timeline import EVENT_COLUMNS, EVENTS, event_cells, event_row

if TYPE_CHECKING:
    from factscape.opening import Facts
    from factscape.views.page import Page

__all__ = ["card_page"]

_MOST = 72
"""So many neighbours are drawn, those that most sources speak of; the others stand in the table."""
_FIGURES = ("measure", "when", "figure", "number", "status", "sides", "says_so")
_RELATIONS = ("relation", "what", "kind", "when", "status", "says_so")
_OPINIONS = ("by", "says", "says_so")


def card_page(facts: Facts, thing: str, *, lang: str = "en") -> Page:
    """Draw the card of a thing (an IRI) as one HTML file that works anywhere, offline.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     page = card_page(facts, "https://w3id.org/factscape/id/zhipu")
    >>> page.data["title"], len(page.data["panels"]) > 20
    (['Zhipu', '智谱'], True)
    """
    from factscape.claims.cards.card import card

    sheet = Sheet(facts, lang)
    found = card(facts.store, thing, facts.reader)
    panels = read_panels(facts.reader, facts.store, [thing])
    events = read_events(facts.reader, facts.compared(), things=[thing])
    joined = _joined(found)
    others = {iri: rows[0].other for iri, rows in joined.items()}
    kinds, number = _kinds(sheet, facts.reader, [event.kind for event in events], others)
    rows = [event_row(sheet, event, number[event.kind.iri]) for event in events]
    data: dict[str, Any] = {
        "iri": sheet.iri(thing),
        "names": [name.text for name in found.names if name.text not in found.label.values()],
        "what": [text(kind.label) for kind in found.kinds],
        "notes": [
            [text(note.predicate.label), note.text, sheet.cites(note.citations)]
            for note in found.notes
        ],
        "kinds": kinds,
        "panels": [
            *(
                _panel(sheet, panel)
                for panel in panels
                if any(p.below is None for p in panel.points)
            ),
            *_others(sheet, found, panels),
        ],
        "events": rows,
        "network": _network(sheet, joined, number),
        "opinions": [_opinion(sheet, opinion) for opinion in found.opinions],
        "complete": found.complete,
    }
    _tables(sheet, data, found, rows, kinds)
    data["panels"] = [panel | {"points": [*map(lean, panel["points"])]} for panel in data["panels"]]
    return sheet.page("card", [found.label["en"], found.label["zh"]], data, EVENTS)


def _joined(found: Card) -> dict[str, list[Relation]]:
    """Return the relations by the other thing, those that most sources speak of first."""
    by_other: dict[str, list[Relation]] = {}
    for relation in found.relations:
        by_other.setdefault(relation.other.iri, []).append(relation)
    sources = {
        iri: len({one.source.iri for row in rows for one in row.citations})
        for iri, rows in by_other.items()
    }
    return {iri: by_other[iri] for iri in sorted(by_other, key=lambda iri: (-sources[iri], iri))}


def _kinds(
    sheet: Sheet, reader: Reader, events: Sequence[Named], others: Mapping[str, Named]
) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Return the kinds of events and neighbours, and the number of each event kind and neighbour."""
    of = {iri: next(iter(reader.types(iri)), "") for iri in others}
    known = [reader.named(kind) for kind in of.values() if kind]
    kinds = sheet.kinds([*events, *known])
    place = {kind["iri"]: number for number, kind in enumerate(kinds)}
    number = {iri: place[sheet.iri(kind)] for iri, kind in of.items() if kind}
    return kinds, number | {kind.iri: place[sheet.iri(kind.iri)] for kind in events}


def _panel(sheet: Sheet, panel: Panel) -> dict[str, Any]:
    return {
        "title": measure_title(sheet, panel),
        "points": [
            {
                "time": text(point.told.figure.time.label) if point.told.figure.time else None,
                "begins": point.told.one.begins or None,
                "ends": point.told.one.ends or None,
                "foretold": point.foretold,
                **measured_row(sheet, point.told),
            }
            for point in panel.points
            if point.below is None
        ],
    }


def _others(sheet: Sheet, found: Card, panels: Sequence[Panel]) -> list[dict[str, Any]]:
    """Return what is stated but drawn in no panel: places, comparisons, dates, parts in rounds."""
    drawn = {
        metric
        for panel in panels
        for point in panel.points
        for metric in (point.told.one.metric, point.told.one.compared_as)
    }
    titles: dict[tuple[str, ...], list[Any]] = {}
    for group in found.figures:
        for row in group.rows:
            if group.metric.iri in drawn and row.of.iri == found.iri:
                continue
            about = [one.label for one in row.about if one.label != found.label]
            of = [] if row.of.iri == found.iri else [row.of.label]
            labels = [group.metric.label, *of, *about]
            title = tuple(" · ".join(label[code] for label in labels) for code in ("en", "zh"))
            titles.setdefault(title, []).append(_other(sheet, row))
    return [{"title": list(title), "points": rows} for title, rows in titles.items()]


def _other(sheet: Sheet, row: Figure) -> dict[str, Any]:
    status = row.status
    return {
        "time": text(row.time.label) if row.time else None,
        "begins": row.time.begins if row.time else None,
        "ends": row.time.ends if row.time else None,
        "foretold": bool(status and status.iri not in (FS.reported, FS.estimate)),
        "claim": sheet.iri(row.claim),
        "value": None,
        "words": text(row.words),
        "printed": row.printed,
        "status": text(status.label) if status and status.iri != FS.reported else None,
        "sources": row.standing.sources if row.standing else 1,
        "disputed": bool(row.standing and row.standing.disputed),
        "sides": [[text(row.words), sheet.cites([row.citation]), None]],
    }


def _network(
    sheet: Sheet, joined: Mapping[str, Sequence[Relation]], number: Mapping[str, int]
) -> dict[str, Any]:
    """Return what the thing is joined to, and how."""
    drawn = list(joined)[:_MOST]
    ways = Counter(rows[0].predicate.iri for rows in joined.values())
    return {
        "all": len(joined),
        "ways": [
            [text(rows[0].predicate.label), ways[rows[0].predicate.iri]]
            for rows in {rows[0].predicate.iri: rows for rows in joined.values()}.values()
        ],
        "things": [
            {
                "iri": sheet.iri(iri),
                "label": text(joined[iri][0].other.label),
                "kind": number.get(iri),
                "relations": [_relation(sheet, row) for row in joined[iri]],
            }
            for iri in drawn
        ],
    }


def _relation(sheet: Sheet, row: Relation) -> dict[str, Any]:
    found = {
        "words": text(row.predicate.label),
        "backwards": row.backwards or None,
        "time": text(row.time.label) if row.time else None,
        "begins": row.time.begins if row.time else None,
        "status": text(row.status.label) if row.status else None,
        "derived": row.derived or None,
        "cites": sheet.cites(row.citations),
    }
    return {name: value for name, value in found.items() if value is not None}


def _opinion(sheet: Sheet, opinion: Opinion) -> list[Any]:
    by = text(opinion.by.label) if opinion.by else None
    return [by, text(opinion.says), sheet.cites([opinion.citation])]


def _tables(
    sheet: Sheet,
    data: Mapping[str, Any],
    found: Card,
    events: Sequence[dict[str, Any]],
    kinds: Sequence[dict[str, Any]],
) -> None:
    sheet.table(
        sheet.word("figures"),
        _FIGURES,
        (
            [
                panel["title"], point["time"], point["words"], point["value"], point["status"],
                len(point["sides"]), {"cites": [c for side in point["sides"] for c in side[1]]},
            ]
            for panel in data["panels"]
            for point in panel["points"]
        ),
    )  # fmt: skip
    sheet.table(
        sheet.word("relations"),
        _RELATIONS,
        (_relation_cells(sheet, row) for row in found.relations),
    )
    sheet.table(sheet.word("events"), EVENT_COLUMNS, (event_cells(row, kinds) for row in events))
    opinions = ([by, says, {"cites": cites}] for by, says, cites in data["opinions"])
    sheet.table(sheet.word("opinions"), _OPINIONS, opinions)


def _relation_cells(sheet: Sheet, row: Relation) -> list[Any]:
    kinds = sheet.facts.reader.types(row.other.iri)
    return [
        text(row.predicate.label),
        text(row.other.label),
        text(sheet.facts.reader.label(kinds[0])) if kinds else None,
        text(row.time.label) if row.time else None,
        text(row.status.label) if row.status else None,
        {"cites": sheet.cites(row.citations)},
    ]
