"""`factscape card`: the card of a thing as one HTML file."""

from __future__ import annotations

import click

from factscape.cli.naming import named_thing
from factscape.cli.options import say_left_out
from factscape.cli.pages import counted, hand_over, page_options

__all__ = ["card_command"]

_FILE = "card.html"


@click.command("card")
@click.argument("name", shell_complete=named_thing)
@page_options(_FILE)
def card_command(
    name: str,
    output: str | None,
    then_open: bool,
    as_json: bool,
    lang: str,
    as_of: str | None,
    known_by: str | None,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""Draw the card of a thing: one HTML file that works anywhere, offline, and prints.

    Its figures and how they went, what it is joined to, what happened and what is thought of it,
    each with its sources. With --json the page's data are written instead.

    \b
    Examples:
      factscape card zhipu
      factscape card GLM-4.6 --lang zh --open
    """
    from factscape.names.choosing import choose
    from factscape.opening import open_facts
    from factscape.views import card_page

    with open_facts(facts_paths, as_of=as_of, known_by=known_by) as facts:
        say_left_out(facts.left_out)
        page = card_page(facts, choose(name, facts.names, facts.store, facts.prefixes), lang=lang)
    told = counted(sum(len(panel["points"]) for panel in page.data["panels"]), "figure")
    told += ", " + counted(len(page.data["events"]), "event")
    told += ", " + counted(len(page.data["sources"]), "source")
    hand_over(page, _FILE, told, as_json=as_json, output=output, then_open=then_open)
