"""`factscape view`: the network as one HTML file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factscape.cli.naming import named_thing
from factscape.cli.options import (
    clock_options,
    facts_option,
    json_option,
    lang_option,
    say_left_out,
)
from factscape.cli.output import say
from factscape.errors import FactscapeError, MisuseError

if TYPE_CHECKING:
    from factscape.views import Page

__all__ = ["view_command"]

_DEFAULT_FILE = "factscape.html"
_DEFAULT_LIMIT = 300
_OURS = (b'<meta name="generator" content="Factscape">', b'{"format":"factscape-')
_LOOKED_THROUGH = 4096


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
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help=f"Where to write it, - for standard output; {_DEFAULT_FILE} in this folder when absent.",
)
@click.option("--open", "then_open", is_flag=True, help="Open it in the browser.")
@json_option
@lang_option
@clock_options
@facts_option
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

    if then_open and (as_json or output == "-"):
        raise MisuseError("--open opens a page, and none is written to a file here")
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
    _hand_over(page, as_json, output, then_open)


def _hand_over(page: Page, as_json: bool, output: str | None, then_open: bool) -> None:
    """Write the page, or its data, where they are wanted, and say so."""
    from factscape.views import write_page

    text = page.as_json() + "\n" if as_json else page.html
    if output == "-" or (as_json and output is None):
        sys.stdout.write(text)
        return
    path = Path(output or _DEFAULT_FILE)
    _keep_what_is_not_ours(path)
    write_page(path, text)
    say(f"wrote {path}: {_counts(page, text)}")
    if then_open:
        _open(path)


def _keep_what_is_not_ours(path: Path) -> None:
    """Refuse to write over a file that Factscape did not make: a mistyped -o must cost nothing."""
    if path.is_dir():
        raise MisuseError(f"{path} is a folder", hint=f"name a file: -o {path / _DEFAULT_FILE}")
    if not path.is_file() or not path.stat().st_size:
        return
    try:
        with path.open("rb") as file:
            start = file.read(_LOOKED_THROUGH)
    except OSError as error:
        raise FactscapeError(f"{path} cannot be read: {error.strerror}") from error
    if not any(mark in start for mark in _OURS):
        raise FactscapeError(
            f"{path} is there already and is not a page that Factscape wrote",
            hint="give another file with -o, or remove it first",
        )


def _counts(page: Page, text: str) -> str:
    shown = sum("later" not in thing for thing in page.rows("things"))
    everything = page.data["all"]["things"]
    parts = [
        _counted(shown, "thing") if shown == everything else f"{shown:,} of {everything:,} things",
        _counted(page.drawn_lines, "link"),
        _counted(len(page.data["sources"]), "source"),
    ]
    return f"{', '.join(parts)} ({len(text.encode('utf-8')) // 1000:,} kB)"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _open(path: Path) -> None:
    import webbrowser

    if not webbrowser.open(path.resolve().as_uri()):
        say(f"no browser was found; open {path.resolve().as_uri()}")
