"""The feed of a site (Atom): the newest sources, each with what it says."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from factscape.claims.cards.figures import read_figure
from factscape.claims.disagreement.statements import read_statements
from factscape.claims.sources import read_sources
from factscape.web.publishing.naming import THING, Target, file_of

if TYPE_CHECKING:
    from factscape.claims.disagreement.statements import Statement
    from factscape.claims.sources import Source
    from factscape.opening import Facts

__all__ = ["Entry", "day_of", "feed_of", "read_entries"]

_ENTRIES = 50
_FACTS = 20
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
# XML has no place for these, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Entry(NamedTuple):
    """A source, the day by which it could be read, and facts that it states."""

    iri: str
    title: str
    publisher: str | None
    day: str
    facts: tuple[str, ...]
    more: int
    """How many others it states."""


def day_of(issued: str) -> str | None:
    """Return the last day of a date: by then it was out.

    >>> day_of("2024-02"), day_of("2025"), day_of("2025-12-19"), day_of("soon")
    ('2024-02-29', '2025-12-31', '2025-12-19', None)
    """
    found = _DATE.match(issued)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    if not (year and 1 <= month <= 12):
        return None
    last = calendar.monthrange(year, month)[1]
    day = int(found[3] or last)
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= last else None


def read_entries(facts: Facts) -> list[Entry]:
    """Return the newest sources whose date is known."""
    dated = [
        (day, one)
        for one in read_sources(facts.store)
        if one.issued and (day := day_of(one.issued))
    ]
    dated.sort(key=lambda pair: pair[1].iri)
    dated.sort(key=lambda pair: pair[0], reverse=True)
    chosen = dated[:_ENTRIES]
    wanted = {one.iri for _, one in chosen}
    said: dict[str, list[Statement]] = {}
    for statement in read_statements(facts.store):
        if statement.source in wanted:
            said.setdefault(statement.source, []).append(statement)
    return [_entry(facts, day, one, said.get(one.iri, [])) for day, one in chosen]


def feed_of(entries: Iterable[Entry], title: str, base_url: str | None) -> bytes:
    """Return the feed; its dates are those of the sources, so it says nothing of today."""
    found = list(entries)
    base = base_url or ""
    own = uuid5(NAMESPACE_URL, f"{base}{title} feed.xml").urn
    updated = max((one.day for one in found), default="1970-01-01")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{own}</id>",
        f"<title>{_xml(title)}</title>",
        f"<updated>{updated}T00:00:00Z</updated>",
        f'<link rel="self" href="{escape(base)}feed.xml"/>',
        f'<link rel="alternate" href="{escape(base) or "index.html"}"/>',
        *(line for one in found for line in _entry_lines(one, base)),
        "</feed>",
    ]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _entry(facts: Facts, day: str, source: Source, said: list[Statement]) -> Entry:
    ordered = sorted(said, key=lambda one: (one.graph, one.iri))
    shown = tuple(islice(_facts(facts, ordered), _FACTS))
    return Entry(
        *(source.iri, source.title, source.publisher, day),
        shown,
        max(source.statements - len(shown), 0),
    )


def _facts(facts: Facts, said: Iterable[Statement]) -> Iterator[str]:
    reader = facts.reader
    for one in said:
        found = one.kind in ("figure", "rank") and read_figure(reader, reader.describe(one.iri))
        if found:
            time = found[1].time.label["en"] if found[1].time else ""
            about = [reader.label(one.of)["en"], reader.label(one.metric)["en"], time]
            yield f"{' · '.join(filter(None, about))}: {found[1].words['en']}"


def _entry_lines(one: Entry, base: str) -> Iterator[str]:
    page = file_of(Target(THING, one.iri))
    lines = [*one.facts, *([f"and {one.more} more"] if one.more else [])]
    yield "<entry>"
    yield f"<id>{_xml(one.iri)}</id>"
    yield f"<title>{_xml(one.title)}</title>"
    yield f"<updated>{one.day}T00:00:00Z</updated>"
    yield f"<author><name>{_xml(one.publisher or 'unknown')}</name></author>"
    yield f'<link rel="alternate" href="{escape(base + page)}"/>'
    yield f"<summary>{_xml('; '.join(lines))}</summary>"
    yield "</entry>"


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("", text))
