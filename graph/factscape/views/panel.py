"""What the page says of each thing: its card, packed into the tables of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from factscape.claims.cards.card import card
from factscape.views.drawing import IDENTITIES
from factscape.views.tables import RUNS, Tables, runs

if TYPE_CHECKING:
    from factscape.claims.cards.parts import Card, Note
    from factscape.claims.described import Reader

__all__ = ["read_events", "read_panels"]

Panel = dict[str, Any]


def read_panels(reader: Reader, things: tuple[str, ...], tables: Tables) -> dict[str, Panel]:
    """Return what the panel shows of each thing; the one place where the page reads cards.

    Its parts are those columns of the table of things that tell of more than the picture.
    """
    return {name: _panel(card(reader.store, name, reader), tables) for name in things}


def read_events(reader: Reader, events: Iterable[str], tables: Tables) -> None:
    """Add to the rows of events what is measured of them: of a round its amount."""
    for event in events:
        groups = card(reader.store, event, reader).figures
        rows = [tables.figure(group.metric, one) for group in groups for one in group.rows]
        tables.measured(event, rows)


def _panel(found: Card, tables: Tables) -> Panel:
    for source in found.sources:
        tables.source(source)
    term = tables.name(found.iri, found.label)
    parts: Panel = {
        "names": sorted({name.text for name in found.names} - set(found.label.values())),
        "kinds": [tables.term(kind) for kind in found.kinds] if len(found.kinds) > 1 else [],
        "time": tables.time(found.time),
        "notes": [_note(note, tables) for note in found.notes],
        "figures": [
            tables.figure(group.metric, figure) for group in found.figures for figure in group.rows
        ],
        "relations": [
            tables.relation(relation, term)
            for relation in found.relations
            if relation.predicate.iri not in IDENTITIES
        ],
        "same": sorted({r.other.iri for r in found.relations if r.predicate.iri in IDENTITIES}),
        "events": [[tables.event(event, term), tables.term(event.role)] for event in found.events],
        "opinions": list(dict.fromkeys(tables.opinion(opinion) for opinion in found.opinions)),
        "incomplete": None if found.complete else 1,
    }
    return {"term": term, **parts, **{name: runs(parts[name]) for name in RUNS}}


def _note(note: Note, tables: Tables) -> list[Any]:
    """Return a note: property, text, language, passages."""
    return [tables.term(note.predicate), note.text, note.lang, tables.cited(note.citations)]
