"""What commands that write a page have in common: where it goes, and what is said of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factscape.cli.options import clock_options, facts_option, json_option, lang_option
from factscape.cli.output import say
from factscape.errors import FactscapeError, MisuseError

if TYPE_CHECKING:
    from factscape.views import Page

__all__ = ["counted", "hand_over", "page_options"]

_OURS = (b'<meta name="generator" content="Factscape">', b'{"format":"factscape-')
_LOOKED_THROUGH = 4096

Function = Callable[..., Any]


def page_options(default: str) -> Callable[[Function], Function]:
    """Add `-o`, `--open`, `--json`, `--lang`, the clocks and `--facts` to a command."""

    def add(command: Function) -> Function:
        command = facts_option(command)
        command = clock_options(command)
        command = lang_option(command)
        command = json_option(command)
        command = click.option("--open", "then_open", is_flag=True, help="Open it in the browser.")(
            command
        )
        return click.option(
            "-o",
            "--output",
            metavar="FILE",
            help=f"Where to write it, - for standard output; {default} in this folder when absent.",
        )(command)

    return add


def hand_over(
    page: Page, default: str, counts: str, *, as_json: bool, output: str | None, then_open: bool
) -> None:
    """Write a page, or its data, where they are wanted, and say so.

    Raises MisuseError, FactscapeError (a file in the way, or one that cannot be written).
    """
    from factscape.views import write_page

    if then_open and (as_json or output == "-"):
        raise MisuseError("--open opens a page, and none is written to a file here")
    text = page.as_json() + "\n" if as_json else page.html
    if output == "-" or (as_json and output is None):
        sys.stdout.write(text)
        return
    path = Path(output or default)
    _keep_what_is_not_ours(path, default)
    write_page(path, text)
    say(f"wrote {path}: {counts} ({len(text.encode('utf-8')) // 1000:,} kB)")
    if then_open:
        _open(path)


def counted(number: int, what: str) -> str:
    """Return a number and what it counts.

    >>> counted(1, "event"), counted(1200, "event")
    ('1 event', '1,200 events')
    """
    return f"{number:,} {what}{'s' * (number != 1)}"


def _keep_what_is_not_ours(path: Path, default: str) -> None:
    """Refuse to write over a file that Factscape did not make: a mistyped -o must cost nothing."""
    if path.is_dir():
        raise MisuseError(f"{path} is a folder", hint=f"name a file: -o {path / default}")
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


def _open(path: Path) -> None:
    import webbrowser

    if not webbrowser.open(path.resolve().as_uri()):
        say(f"no browser was found; open {path.resolve().as_uri()}")
