"""The views as parts of the explorer: from the parameters of an address to a page, without a server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from factscape.claims.clocks import parse_day
from factscape.claims.overview import overview
from factscape.claims.rankable import read_rankable
from factscape.claims.sources import read_sources
from factscape.claims.times import span_of_date
from factscape.errors import MisuseError, UnknownNameError
from factscape.names.choosing import choose
from factscape.terms import FS
from factscape.views import card_page, comparison_page, ranking_page, report_page, timeline_page
from factscape.views.asking import page_of, part_of, stage_of
from factscape.views.network import grow

if TYPE_CHECKING:
    from factscape.opening import Facts
    from factscape.views import Page
    from factscape.views.network import Part
    from factscape.views.result import Result

__all__ = ["VIEWS", "Given", "choices", "growth", "named", "view"]

LIMIT = 150
"""So many things are drawn at first: the others are asked for."""
_MOST_NAMES = 12
_LONGEST = 300
_STEPS = 60
_STEP = re.compile(r"(\d{1,3}) (\S.*)")
_KINDS = {FS.market: "markets", FS.benchmark: "benchmarks", FS.metric: "metrics"}


@dataclass(frozen=True)
class Given:
    """The parameters of an address; some may stand there several times."""

    values: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Given:
        """Take them as they stand in an address; what is empty is none.

        >>> Given.of([("name", "a"), ("depth", ""), ("name", " b ")]).values
        {'name': ('a', 'b')}
        """
        values: dict[str, tuple[str, ...]] = {}
        for name, value in pairs:
            if value.strip():
                values[name] = (*values.get(name, ()), value.strip())
        return cls(values)

    def one(self, name: str) -> str:
        """Return the value of a parameter; the last, where there are several; empty where none."""
        return self.values.get(name, ("",))[-1]

    def names(self, name: str = "name") -> tuple[str, ...]:
        """Return names that somebody typed; raises MisuseError where that is too much."""
        found = self.values.get(name, ())
        if len(found) > _MOST_NAMES or any(len(one) > _LONGEST for one in found):
            raise MisuseError(
                f"these are too many {name}s, or too long ones",
                hint=f"at most {_MOST_NAMES}, of {_LONGEST} characters each",
            )
        return found

    def number(self, name: str, least: int, most: int) -> int | None:
        """Return a whole number, None where there is none; raises MisuseError."""
        text = self.one(name)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 6 and least <= int(text) <= most):
            raise MisuseError(f"{name}= is a number from {least} to {most}", hint="or nothing")
        return int(text)


def view(
    name: str, facts: Facts, given: Given, lang: str = "en", result: Result | None = None
) -> Page | None:
    """Return the page of a view; None where more must be chosen before there is anything to see.

    `result` is what the query answered that the parameters name. Raises what names and views raise.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     page = view("compare", facts, Given.of([("name", "zhipu"), ("name", "minimax")]))
    ...     page.data["title"], view("compare", facts, Given.of([]))
    (['Compared: Zhipu · MiniMax', '对比：智谱 · MiniMax'], None)
    """
    return _VIEWS[name](facts, given, lang, result)


def _network(facts: Facts, given: Given, lang: str, result: Result | None) -> Page:
    return page_of(facts, part(facts, given, result), lang=lang, growing=True)


def part(facts: Facts, given: Given, result: Result | None = None) -> Part:
    """Return the part of the network that parameters name."""
    ends = given.names("path")
    if len(ends) not in (0, 2):
        raise MisuseError("path= stands there twice: from what, and to what")
    return part_of(
        facts,
        *given.names(),
        depth=given.number("depth", 0, 9),
        between=(ends[0], ends[1]) if ends else None,
        kind=given.one("type")[:_LONGEST] or None,
        query=result,
        limit=given.number("limit", 1, 2000) or LIMIT,
    )


def growth(facts: Facts, given: Given, result: Result | None = None) -> dict[str, Any]:
    """Return what a network grows by: `add` names things, each behind the number of neighbours.

    Raises MisuseError, UnknownNameError, FactscapeError.
    """
    steps = []
    for text in given.values.get("add", ()):
        found = _STEP.fullmatch(text)
        if not found or len(text) > 2 * _LONGEST:
            raise MisuseError("add= is a number and the IRI of a thing", hint="add=25 id:zhipu")
        steps.append((int(found[1]), _known(facts, found[2])))
    if len(steps) > _STEPS:
        raise MisuseError(f"a network grows by at most {_STEPS} steps", hint="begin anew")
    since = given.number("since", 0, _STEPS) or 0
    wanted = part(facts, given, result)
    return grow(stage_of(facts), wanted, steps, since, facts.reader, facts.prefixes)


def _known(facts: Facts, short: str) -> str:
    """Return the IRI of a thing that a page calls by its IRI, shortened or not."""
    prefix, colon, local = short.partition(":")
    drawn = stage_of(facts).drawn.things
    for iri in (short, facts.prefixes.get(prefix, "") + local if colon else ""):
        if iri in drawn:
            return iri
    raise UnknownNameError("there is nothing with this IRI to be added")


def _timeline(facts: Facts, given: Given, lang: str, _: Result | None) -> Page:
    since, until = given.one("since")[:_LONGEST], given.one("until")[:_LONGEST]
    last = parse_day(until) + timedelta(days=1) if until else None
    first = span_of_date(since) if since and parse_day(since) else None
    if first and first.begins and last and first.begins >= last:
        raise MisuseError(f"until={until} lies before since={since}", hint="swap the two")
    return timeline_page(
        facts,
        named(facts, given),
        since=first.begins.isoformat() if first and first.begins else "",
        until=last.isoformat() if last else "",
        lang=lang,
    )


def _ranking(facts: Facts, given: Given, lang: str, _: Result | None) -> Page | None:
    names, first = named(facts, given), given.one("first")
    if first not in ("", "smallest", "largest"):
        raise MisuseError("first= is smallest or largest", hint="or nothing")
    if not names:
        return None
    smallest = first == "smallest" if first else None
    unit = _unit(facts, given)
    return ranking_page(facts, names[0], currency=unit, smallest_first=smallest, lang=lang)


def _compare(facts: Facts, given: Given, lang: str, _: Result | None) -> Page | None:
    names, metrics = named(facts, given), named(facts, given, "metric")
    if not names:
        return None
    unit = _unit(facts, given)
    return comparison_page(facts, names, currency=unit, metrics=metrics, lang=lang)


def _card(facts: Facts, given: Given, lang: str, _: Result | None) -> Page | None:
    names = named(facts, given)
    return card_page(facts, names[0], lang=lang) if names else None


def _report(facts: Facts, given: Given, lang: str, _: Result | None) -> Page | None:
    names = named(facts, given)
    return report_page(facts, names[0], lang=lang) if names else None


_VIEWS = {
    "network": _network,
    "timeline": _timeline,
    "ranking": _ranking,
    "compare": _compare,
    "card": _card,
    "report": _report,
}
VIEWS = tuple(_VIEWS)
"""The views that there are, by name."""


def named(facts: Facts, given: Given, parameter: str = "name") -> list[str]:
    """Return the IRIs of the things that are named, each once; raises what choosing raises."""
    typed = given.names(parameter)
    names = (choose(one, facts.names, facts.store, facts.prefixes) for one in typed)
    return list(dict.fromkeys(names))


def _unit(facts: Facts, given: Given) -> str | None:
    wanted = given.one("in")
    return facts.currency(wanted[:_LONGEST]) if wanted else None


def choices(name: str, facts: Facts, lang: str) -> list[dict[str, Any]]:
    """Return what a view can be of, where it must be of something, in groups.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     [group["of"] for group in choices("ranking", facts, "en")]
    ['markets', 'benchmarks', 'metrics']
    """
    if name == "ranking":
        found = read_rankable(facts.store)
        groups = {role: [one for one in found if one.role == role] for role in _KINDS}
        return [
            _group(facts, _KINDS[role], [(one.iri, one.things) for one in rows])
            for role, rows in groups.items()
            if rows
        ]
    if name == "report":
        sources = read_sources(facts.store, lang)
        return [_group(facts, "sources", [(one.iri, None) for one in sources])]
    connected = overview(facts.store, lang).connected
    return [_group(facts, "things", [(one.iri, one.neighbours) for one in connected])]


def _group(facts: Facts, of: str, rows: Sequence[tuple[str, int | None]]) -> dict[str, Any]:
    told = [{"iri": iri, "label": facts.reader.label(iri), "count": count} for iri, count in rows]
    return {"of": of, "rows": told}
