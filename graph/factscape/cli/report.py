"""`factscape report`: one source beside all others, as one HTML file."""

from __future__ import annotations

import click

from factscape.cli.naming import named_thing
from factscape.cli.options import say_left_out
from factscape.cli.pages import counted, hand_over, page_options

__all__ = ["report_command"]

_FILE = "report.html"


@click.command("report")
@click.argument("name", metavar="SOURCE", shell_complete=named_thing)
@page_options(_FILE)
def report_command(
    name: str,
    output: str | None,
    then_open: bool,
    as_json: bool,
    lang: str,
    as_of: str | None,
    known_by: str | None,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""Draw one source: one HTML file that works anywhere, offline.

    What it says and where, what supports it, what contradicts it, what stands alone, and what does
    not add up. SOURCE is its title or prefixed name. With --json the page's data are written.

    \b
    Examples:
      factscape report src:netease-2026-01-06
      factscape report src:minimax-prospectus --open
    """
    from factscape.names.choosing import choose
    from factscape.opening import open_facts
    from factscape.views import report_page

    with open_facts(facts_paths, as_of=as_of, known_by=known_by) as facts:
        say_left_out(facts.left_out)
        page = report_page(facts, choose(name, facts.names, facts.store, facts.prefixes), lang=lang)
    told = counted(len(page.data["said"]), "statement")
    told += ", " + counted(len(page.data["sources"]), "source")
    hand_over(page, _FILE, told, as_json=as_json, output=output, then_open=then_open)
