"""`factscape compare`: things side by side, as one HTML file."""

from __future__ import annotations

import click

from factscape.cli.naming import named_thing
from factscape.cli.options import currency_option, say_left_out
from factscape.cli.output import say
from factscape.cli.pages import counted, hand_over, page_options

__all__ = ["compare_command"]

_FILE = "compare.html"


@click.command("compare")
@click.argument("names", metavar="A B...", nargs=-1, required=True, shell_complete=named_thing)
@click.option(
    "--metric",
    "metrics",
    metavar="METRIC",
    multiple=True,
    shell_complete=named_thing,
    help="Only this metric, or all of a kind: --metric price; repeatable.",
)
@currency_option
@page_options(_FILE)
def compare_command(
    names: tuple[str, ...],
    metrics: tuple[str, ...],
    currency: str | None,
    output: str | None,
    then_open: bool,
    as_json: bool,
    lang: str,
    as_of: str | None,
    known_by: str | None,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""Draw things side by side: one HTML file that works anywhere, offline.

    A small picture for each measure over periods, with how far disputed figures lie apart, ratios
    that follow from others, and how many times the first thing's figure each one is. Only what
    compares shares a picture. One name alone shows its own measures over time; for a family such as
    GLM its members stand in. With --json the page's data are written instead.

    \b
    Examples:
      factscape compare zhipu minimax
      factscape compare GLM --metric price
      factscape compare zhipu minimax anthropic openai --in USD --open
    """
    from factscape.names.choosing import choose
    from factscape.opening import open_facts
    from factscape.views import comparison_page

    with open_facts(facts_paths, as_of=as_of, known_by=known_by) as facts:
        say_left_out(facts.left_out)
        things = [choose(name, facts.names, facts.store, facts.prefixes) for name in names]
        unit = facts.currency(currency) if currency else None
        chosen = [choose(metric, facts.names, facts.store, facts.prefixes) for metric in metrics]
        page = comparison_page(facts, things, currency=unit, metrics=chosen, lang=lang)
    shared = sum(panel["shared"] > 1 for panel in page.data["panels"])
    several = len(page.data["things"]) > 1
    if page.data["unconverted"]:
        figures = counted(page.data["unconverted"], "figure")
        say(f"not converted: {figures}, for which no exchange rate is stated")
    told = counted(len(page.data["things"]), "thing") + ", "
    told += (
        counted(shared, "shared measure")
        if several
        else counted(len(page.data["panels"]), "measure")
    )
    told += ", "
    told += counted(len(page.data["sources"]), "source")
    hand_over(page, _FILE, told, as_json=as_json, output=output, then_open=then_open)
