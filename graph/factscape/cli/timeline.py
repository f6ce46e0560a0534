"""`factscape timeline`: what happened, in order, as one HTML file."""

from __future__ import annotations

import click

from factscape.cli.naming import named_thing
from factscape.cli.options import say_left_out
from factscape.cli.pages import counted, hand_over, page_options
from factscape.errors import MisuseError

__all__ = ["timeline_command"]

_FILE = "timeline.html"


@click.command("timeline")
@click.argument("names", metavar="[NAME...]", nargs=-1, shell_complete=named_thing)
@click.option("--since", metavar="DATE", help="Only events that begin on that day or later.")
@click.option("--until", metavar="DATE", help="Only events that begin on that day at the latest.")
@page_options(_FILE)
def timeline_command(
    names: tuple[str, ...],
    since: str | None,
    until: str | None,
    output: str | None,
    then_open: bool,
    as_json: bool,
    lang: str,
    as_of: str | None,
    known_by: str | None,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""Draw what happened, in order: one HTML file that works anywhere, offline.

    Of everything, or only of what names one of the things in any part; a family such as GLM stands
    for its members. The page has lanes by kind
    or by thing, zooms and filters; a click shows dates, parties and figures, each with its source.
    With --json the page's data are written instead.

    \b
    Examples:
      factscape timeline --since 2025 --until 2025
      factscape timeline zhipu MiniMax --open
    """
    from datetime import timedelta

    from factscape.claims.clocks import parse_day
    from factscape.claims.times import span_of_date
    from factscape.names.choosing import choose
    from factscape.opening import open_facts
    from factscape.views import timeline_page

    last = parse_day(until) + timedelta(days=1) if until else None
    first = span_of_date(since.strip()) if since and parse_day(since) else None
    if first and first.begins and last and first.begins >= last:
        raise MisuseError(f"--until {until} lies before --since {since}", hint="swap the two")
    with open_facts(facts_paths, as_of=as_of, known_by=known_by) as facts:
        say_left_out(facts.left_out)
        chosen = [choose(name, facts.names, facts.store, facts.prefixes) for name in names]
        page = timeline_page(
            facts,
            list(dict.fromkeys(chosen)),
            since=first.begins.isoformat() if first and first.begins else "",
            until=last.isoformat() if last else "",
            lang=lang,
        )
    told = ", ".join(
        (counted(len(page.data["events"]), "event"), counted(len(page.data["sources"]), "source"))
    )
    hand_over(page, _FILE, told, as_json=as_json, output=output, then_open=then_open)
