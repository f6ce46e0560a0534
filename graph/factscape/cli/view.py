"""`factscape view`: the network as one HTML file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from factscape.cli.naming import named_thing
from factscape.cli.options import say_left_out
from factscape.cli.pages import counted, hand_over, page_options

if TYPE_CHECKING:
    from factscape.views import Page

__all__ = ["view_command"]

_DEFAULT_FILE = "factscape.html"
_DEFAULT_LIMIT = 300


@click.command("view")
@click.argument("names", metavar="[NAME...]", nargs=-1, shell_complete=named_thing)
@click.option(
    "--depth",
    type=click.IntRange(min=0),
    metavar="N",
    help="Only what is within N steps of the named things. Without it everything, where that "
    "can be read, else one step.",
)
@click.option(
    "--path",
    "between",
    nargs=2,
    metavar="A B",
    help="What joins two things: the shortest ways, and those little longer.",
)
@click.option(
    "--type", "kind", metavar="CLASS", help="The things of one class, such as company or fs:Model."
)
@click.option(
    "--query",
    metavar="FILE|NAME",
    help="What a query answers: triples (CONSTRUCT), or two or three columns of IRIs (SELECT).",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=_DEFAULT_LIMIT,
    show_default=True,
    metavar="N",
    help="At most N things at first (2000 at most); what is left out is counted on the page.",
)
@page_options(_DEFAULT_FILE)
def view_command(
    names: tuple[str, ...],
    depth: int | None,
    between: tuple[str, str] | None,
    kind: str | None,
    query: str | None,
    limit: int,
    output: str | None,
    then_open: bool,
    as_json: bool,
    lang: str,
    as_of: str | None,
    known_by: str | None,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""Draw the network: one HTML file that works anywhere, offline.

    NAME is a name in any script or spelling, an IRI, or a prefixed name such as id:zhipu; the
    picture opens with it selected. Filter by the legend, search in both scripts, click a thing to
    read what is said of it and where. With --json the page's data are written instead.

    \b
    Examples:
      factscape view
      factscape view zhipu --depth 1 --open
      factscape view 智谱 Anthropic --lang zh -o two.html
      factscape view --path "Hong Kong Stock Exchange" Claude
      factscape view --type company
      factscape view --query who-invests.rq
    """
    from factscape.opening import open_facts
    from factscape.views import network_of

    with open_facts(facts_paths, as_of=as_of, known_by=known_by) as facts:
        say_left_out(facts.left_out)
        page = network_of(
            facts,
            *names,
            depth=depth,
            between=between,
            kind=kind,
            query=query,
            limit=limit,
            lang=lang,
        )
    hand_over(
        page,
        _DEFAULT_FILE,
        _counts(page),
        as_json=as_json,
        output=output,
        then_open=then_open,
    )


def _counts(page: Page) -> str:
    shown = sum("later" not in thing for thing in page.rows("things"))
    everything = page.data["all"]["things"]
    parts = [
        counted(shown, "thing") if shown == everything else f"{shown:,} of {everything:,} things",
        counted(page.drawn_lines, "link"),
        counted(len(page.data["sources"]), "source"),
    ]
    return ", ".join(parts)
