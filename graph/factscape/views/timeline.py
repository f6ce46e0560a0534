"""The timeline as a page: what happened, in lanes, each event with its dates and who gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from factscape.claims.events import Happening, read_events
from factscape.claims.side_by_side import members_of
from factscape.views.sheet import Sheet
from factscape.views.tables import text

if TYPE_CHECKING:
    from factscape.opening import Facts
    from factscape.views.page import Page

__all__ = ["EVENTS", "EVENT_COLUMNS", "event_cells", "event_row", "timeline_page"]

EVENTS = ("chart-events.js",)
"""The script that draws events."""

EVENT_COLUMNS = ("when", "kind", "what", "of", "parties", "amounts", "status", "says_so")


def timeline_page(
    facts: Facts,
    things: Sequence[str] = (),
    *,
    since: str = "",
    until: str = "",
    lang: str = "en",
) -> Page:
    """Draw what happened as one HTML file that works anywhere, offline.

    Only events that name one of `things` (IRIs) or of their members, where some are given: those of
    the family GLM are those of its models. And only those that begin from `since` on and before `until` (days). The same facts give the same bytes.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     page = timeline_page(facts, since="2026-01-01")
    >>> all(event["begins"] >= "2026" for event in page.data["events"])
    True
    """
    sheet = Sheet(facts, lang)
    named = {*things, *(one for thing in things for one in members_of(facts.store, thing))}
    events = read_events(
        facts.reader, facts.compared(), things=sorted(named), since=since, until=until
    )
    kinds = sheet.kinds([event.kind for event in events])
    number = {kind["iri"]: place for place, kind in enumerate(kinds)}
    labels = [facts.reader.label(thing) for thing in things]
    rows = [event_row(sheet, event, number[sheet.iri(event.kind.iri)]) for event in events]
    title = sheet.word("timeline_title")
    if labels:
        names = [" · ".join(label[one] for label in labels[:4]) for one in ("en", "zh")]
        title = sheet.word("timeline_of", names=names)
    sheet.table(title, EVENT_COLUMNS, (event_cells(row, kinds) for row in rows))
    return sheet.page("timeline", title, {"kinds": kinds, "events": rows}, EVENTS)


def event_row(sheet: Sheet, event: Happening, kind: int) -> dict[str, Any]:
    """Return an event as pages show it; `kind` is a number among the page's kinds."""
    time = event.dates[0].time if event.dates else None
    found = {
        "iri": sheet.iri(event.iri),
        "label": text(event.label),
        "kind": kind,
        "of": [[sheet.iri(one.iri), text(one.label)] for one in event.of],
        "parties": [[text(one.role.label), text(one.thing.label)] for one in event.parties],
        "status": text(event.status.label) if event.status else None,
        "time": text(time.label) if time else None,
        "begins": event.begins,
        "ends": time.ends if time else None,
        # One date alone is the event's own, and its sources are too.
        "dates": [[text(one.time.label), sheet.cites(one.citations)] for one in event.dates]
        if len(event.dates) > 1
        else None,
        "disputed": event.disputed or None,
        "amounts": [
            [text(one.metric.label), text(one.words), sheet.cites([one.citation])]
            for one in event.amounts
        ],
        "cites": sheet.cites(event.citations),
    }
    return {name: value for name, value in found.items() if value is not None}


def event_cells(row: dict[str, Any], kinds: Sequence[dict[str, Any]]) -> list[Any]:
    """Return the cells of an event in a table with `EVENT_COLUMNS`."""
    return [
        row.get("time"),
        kinds[row["kind"]]["label"],
        row["label"],
        joined(label for _, label in row["of"]),
        joined(tuple(pair) for pair in row["parties"]),
        joined((metric, words) for metric, words, _ in row["amounts"]),
        row.get("status"),
        {"cites": row["cites"]},
    ]


def joined(parts: Any) -> list[str]:
    """Return texts, or pairs of them, as one text in each language.

    >>> joined([("investor", ["Lake", "湖"])])
    ['investor: Lake', 'investor：湖']
    """
    found = list(parts)
    return [
        (", " if place == 0 else "、").join(_said(part, place) for part in found)
        for place in (0, 1)
    ]


def _said(part: Any, place: int) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, list) and len(part) == 2 and all(isinstance(one, str) for one in part):
        return str(part[place])
    return (": " if place == 0 else "：").join(_said(one, place) for one in part)
