"""`factscape serve`: the facts in the browser, and a SPARQL endpoint."""

from __future__ import annotations

import click

from factscape.cli.options import facts_option
from factscape.cli.output import say

__all__ = ["serve_command"]


@click.command("serve")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    metavar="N",
    help="0 takes any that is free.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Where to listen; the default cannot be reached from other machines.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="A name of this machine that browsers may use for it; repeatable.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=10,
    show_default=True,
    metavar="SECONDS",
    help="Stop a query then.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help="So many queries run at once; one more than there are processors when absent.",
)
@click.option(
    "--log",
    type=click.Choice(["errors", "requests", "queries"]),
    default="errors",
    show_default=True,
    help="What is written on standard error, a line of JSON each; only 'queries' holds what "
    "people ask.",
)
@click.option("--open", "then_open", is_flag=True, help="Open it in the browser.")
@facts_option
def serve_command(
    port: int,
    host: str,
    names: tuple[str, ...],
    timeout: float,
    workers: int | None,
    log: str,
    then_open: bool,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""Serve the facts: pages for the browser, and SPARQL 1.1 at /sparql.

    Nothing can be changed through it. When a file changes it is read again; while it is broken
    the old facts stay. Ctrl-C ends it.

    \b
    Examples:
      factscape serve
      factscape serve --facts my-facts --port 0 --open
      curl -H 'Accept: text/csv' http://127.0.0.1:8000/sparql --data-urlencode \
        'query=SELECT ?name { id:zhipu skos:prefLabel ?name }'
    """
    from factscape.web import Limits, Settings, serve

    def started(address: str) -> None:
        click.echo(f"{address}  (SPARQL: {address}sparql; Ctrl-C ends it)")
        if then_open:
            import webbrowser

            if not webbrowser.open(address):
                say(f"no browser was found; open {address}")

    limits = Limits(seconds=timeout, workers=workers or 0)
    serve(Settings(facts_paths, host, port, names, limits, log), started)
