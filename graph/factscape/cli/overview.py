"""`factscape` alone: what is here, and what to type next."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from factscape.cli.output import clean, print_json
from factscape.terms import FS, curie

if TYPE_CHECKING:
    from factscape.claims.overview import Connected, Counted, Overview
    from factscape.opening import Facts

__all__ = ["show_overview"]

_WIDTH = 80
_SIMPLE_NAME = re.compile(r"[A-Za-z][\w-]*:[A-Za-z0-9_]([\w.-]*[\w-])?")


def show_overview(facts_paths: Sequence[str] | None, as_json: bool) -> None:
    """Print what the facts are and lines to type next, every one of which works as it stands.

    Raises what `open_facts` raises.
    """
    from factscape.claims.overview import overview
    from factscape.opening import open_facts

    with open_facts(facts_paths or None) as facts:
        found = overview(facts.store)
        commands = list(_commands(found, facts, facts_paths or ()))
        if as_json:
            print_json({**found.as_dict(), "next": commands})
            return
        print(_heading(_title(facts_paths or ())))
        for block in _blocks(found, facts):
            print(f"\n{block}")
        print("\n" + _heading("What to type next"))
        for command in commands:
            # Not cut, however long: it is there to be copied.
            print("  " + clean(command))


def _title(paths: Sequence[str]) -> str:
    return "Factscape: " + (", ".join(paths) if paths else "the facts that come with it")


def _heading(text: str) -> str:
    text = clean(text)
    bold = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return click.style(text, bold=True) if bold else text


def _blocks(found: Overview, facts: Facts) -> Iterator[str]:
    """Yield the parts of the page; what has nothing to say is left out."""
    yield _totals(found, facts)
    if found.uses_vocabulary:
        yield from _grid("Statements", found.facts)
    else:
        yield from _grid("Classes", found.classes)
        yield from _grid("Properties", found.predicates)
    yield from _grid("Things by kind", found.kinds if found.uses_vocabulary else ())
    if found.connected:
        rows = [(one.label, one.kind, f"{one.neighbours:,}") for one in found.connected]
        yield _listing("Best connected", ["", "", "neighbours"], rows)
    if found.newest:
        yield _sources(found)


def _totals(found: Overview, facts: Facts) -> str:
    numbers = [
        (sum(one.number for one in found.facts), "statement"),
        (found.things, "thing"),
        (found.events, "event"),
        (found.sources, "source"),
        (found.passages, "passage"),
        (found.metrics, "metric"),
        (found.quads, "triple"),
        (len(facts.files) if not found.uses_vocabulary else 0, "file"),
    ]
    parts = [f"{n:,} {word}{'s' * (n != 1)}" for n, word in numbers if n] or ["nothing"]
    return _wrapped(parts)


def _wrapped(parts: Iterable[str]) -> str:
    """Put parts one after another, with a dot between, in lines that fit."""
    lines = [""]
    for part in parts:
        longer = f"{lines[-1]} · {part}" if lines[-1] else part
        if len(longer) > _WIDTH - 2:
            lines.append(part)
        else:
            lines[-1] = longer
    return "\n".join("  " + line for line in lines)


def _grid(title: str, counted: Sequence[Counted], across: int = 3, most: int = 12) -> Iterator[str]:
    """Yield numbers with names, three across, the largest first and the rest as one."""
    from factscape.names import columns, shorten

    if not counted:
        return
    width = (_WIDTH - 2) // across
    shown = counted if len(counted) <= most else counted[: most - 1]
    cells = [f"{one.number:>7,} {shorten(one.label, width - 9)}" for one in shown]
    if len(counted) > len(shown):
        cells.append(f"{'':7} {len(counted) - len(shown)} more")
    padded = [cell + " " * (width - columns(cell)) for cell in cells]
    rows = ("".join(padded[i : i + across]).rstrip() for i in range(0, len(padded), across))
    yield "\n".join([_heading(title), *rows])


def _listing(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return names with two columns more, the name taking the room that these leave."""
    from factscape.names import columns, shorten

    rest = [max(columns(row[i]) for row in [head, *rows]) for i in (1, 2)]
    rest[0] = min(rest[0], 24)
    room = _WIDTH - 2 - sum(rest) - 4
    lines = []
    for name, middle, last in rows:
        name, middle = shorten(name, room), shorten(middle, rest[0])
        gaps = (room - columns(name), rest[0] - columns(middle))
        lines.append(f"  {name}{' ' * gaps[0]}  {middle}{' ' * gaps[1]}  {last:>{rest[1]}}")
    right = f"{head[2]:>{_WIDTH - columns(title)}}"
    return "\n".join([_heading(title) + right, *lines])


def _sources(found: Overview) -> str:
    rows = [
        (
            source.title,
            f"{source.issued}{' *' if source.issued_inferred else ''}",
            f"{source.statements:,}",
        )
        for source in found.newest
    ]
    listing = _listing("Newest sources", ["", "", "statements"], rows)
    inferred = any(source.issued_inferred for source in found.newest)
    return listing + ("\n  * inferred: the date is not displayed on it" if inferred else "")


def _commands(found: Overview, facts: Facts, paths: Sequence[str]) -> Iterator[str]:
    """Yield command lines that work on these facts, with names from them."""
    given = "".join(f" --facts {shlex.quote(path)}" for path in paths)
    if best := next((one for one in found.connected if not one.iri.startswith("_:")), None):
        yield f"factscape lookup{given} {shlex.quote(_typed(best, facts))}"
        yield f"factscape view{given}"
    for query in _queries(found, facts.prefixes):
        yield f"factscape query{given} {shlex.quote(query)}"
    if found.sources:
        yield f"factscape sources{given}"
    yield "factscape init my-facts"
    yield "factscape --help"


def _typed(best: Connected, facts: Facts) -> str:
    """Return what finds a thing: its name, or its IRI where the name is another's or hard to type."""
    name = best.label
    plain = len(name) <= _WIDTH and name == clean(name) and not name.startswith("-")
    if plain and [hit.iri for hit in facts.names.resolve(name)] == [best.iri]:
        return name
    return _in_sparql(best.iri, facts.prefixes).strip("<>")


def _queries(found: Overview, prefixes: Mapping[str, str]) -> Iterator[str]:
    def name(iri: str) -> str:
        return _in_sparql(iri, prefixes)

    joined = [one for one in found.connected if one.leads and not one.iri.startswith("_:")]
    if joined and joined[0].leads:
        yield f"SELECT DISTINCT ?what {{ {name(joined[0].iri)} {name(joined[0].leads)} ?what }}"
    if found.measured:
        of, metric, printed = map(name, (FS.of, FS.metric, FS.printed))
        yield f"SELECT * {{ ?f {of} {name(found.measured)}; {metric} ?m; {printed} ?p }}"
    if not found.uses_vocabulary and found.classes:
        yield f"SELECT DISTINCT ?thing {{ ?thing a {name(found.classes[0].iri)} }}"
    elif not found.uses_vocabulary and found.predicates:
        yield f"SELECT DISTINCT ?of ?what {{ ?of {name(found.predicates[0].iri)} ?what }}"


def _in_sparql(iri: str, prefixes: Mapping[str, str]) -> str:
    """Write an IRI for a query: with its prefix where that needs no escapes."""
    short = curie(iri, prefixes)
    return short if _SIMPLE_NAME.fullmatch(short) else f"<{iri}>"
