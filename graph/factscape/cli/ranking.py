"""`factscape ranking`: who stands where in a market, a benchmark or a metric, as one HTML file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from factscape.cli.naming import named_thing
from factscape.cli.options import currency_option, say_left_out
from factscape.cli.output import print_json, print_table, say
from factscape.cli.pages import counted, hand_over, page_options
from factscape.errors import MisuseError
from factscape.terms import FS, curie

if TYPE_CHECKING:
    from factscape.opening import Facts

__all__ = ["ranking_command"]

_FILE = "ranking.html"
_KINDS = {FS.market: FS.Market, FS.benchmark: FS.Benchmark, FS.metric: FS.Metric}


@click.command("ranking")
@click.argument(
    "name", metavar="[MARKET|BENCHMARK|METRIC]", required=False, shell_complete=named_thing
)
@currency_option
@click.option(
    "--first",
    type=click.Choice(["largest", "smallest"]),
    help="Which end stands first; of prices and losses the smallest does when absent.",
)
@page_options(_FILE)
def ranking_command(
    name: str | None,
    currency: str | None,
    first: str | None,
    output: str | None,
    then_open: bool,
    as_json: bool,
    lang: str,
    as_of: str | None,
    known_by: str | None,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""Draw who stands where: one HTML file that works anywhere, offline.

    Bars of a period, or places and values over periods, with ties, gaps and what changed. Measures,
    currencies, periods and publishers are never mixed: what does not compare is kept apart, and the
    page says why. The best stand first: the smallest of what is better small, such as a price. With
    --json the page's data are written instead. Without a name: what can be ranked.

    \b
    Examples:
      factscape ranking
      factscape ranking 'enterprise LLM API market'
      factscape ranking metric:revenue --in USD --open
      factscape ranking metric:api-price-output
    """
    from factscape.names.choosing import choose
    from factscape.opening import open_facts
    from factscape.views import ranking_page

    if name is None and (output or then_open):
        raise MisuseError("a page needs a name", hint="factscape ranking lists what can be ranked")
    with open_facts(facts_paths, as_of=as_of, known_by=known_by) as facts:
        say_left_out(facts.left_out)
        if name is None:
            _list(facts, lang, as_json=as_json)
            return
        target = choose(name, facts.names, facts.store, facts.prefixes)
        unit = facts.currency(currency) if currency else None
        page = ranking_page(
            facts,
            target,
            currency=unit,
            smallest_first=first == "smallest" if first else None,
            lang=lang,
        )
    shown, *others = page.data["boards"]
    if others:
        say(f"kept apart: {counted(len(others), 'ranking')} that do not compare with the first")
    if page.data["unconverted"]:
        figures = counted(page.data["unconverted"], "figure")
        say(f"not converted: {figures}, for which no exchange rate is stated")
    told = counted(len({place["thing"] for place in shown["places"]}), "thing")
    told += ", " + counted(len(shown["periods"]) - (shown["latest"] is not None), "period")
    told += ", " + counted(len(page.data["sources"]), "source")
    hand_over(page, _FILE, told, as_json=as_json, output=output, then_open=then_open)


def _list(facts: Facts, lang: str, *, as_json: bool) -> None:
    """Print what can be ranked, and how many things have a place in it."""
    from factscape.claims.rankable import read_rankable

    found = read_rankable(facts.store)
    if as_json:
        rows = [{**one._asdict(), "label": facts.reader.label(one.iri)} for one in found]
        print_json({"rankable": rows})
    elif found:
        label = facts.reader.label
        print_table(
            ["what", "kind", "things", "IRI"],
            [
                (
                    label(one.iri)[lang],
                    label(_KINDS[one.role])[lang],
                    one.things,
                    curie(one.iri, facts.prefixes),
                )
                for one in found
            ],
        )
    else:
        say("nothing is measured of more than one thing, so nothing can be ranked")
