"""`factscape publish`: the explorer as a folder of files."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factscape.cli.options import facts_option, json_option
from factscape.cli.output import print_json, say

if TYPE_CHECKING:
    from factscape.web.publishing import Published

__all__ = ["publish_command"]

_SECONDS = 2.0
"""Between two words about how far it is."""


@click.command("publish")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--base-url",
    metavar="URL",
    help="Where the site will be on the web: adds a sitemap and canonical links.",
)
@click.option(
    "--force", is_flag=True, help="Write among other things, over files that have a page's name."
)
@json_option
@facts_option
def publish_command(
    folder: Path,
    base_url: str | None,
    force: bool,
    as_json: bool,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""Write the explorer into a folder: a site that needs no server.

    Every page links to the others by relative addresses, so the folder works under any path of a
    file server, and from the disk: open index.html. Publishing again writes only what changed,
    and removes what is gone; files that it did not write stay.

    \b
    Examples:
      factscape publish site
      factscape publish site --facts my-facts --base-url https://example.org/facts/
      factscape publish site --json
    """
    from factscape.web.publishing import publish

    told = _Progress()
    done = publish(folder, facts_paths, base_url=base_url, force=force, progress=told)
    told.end()
    if as_json:
        print_json(done.as_dict())
    else:
        _print(folder, done)


def _print(folder: Path, done: Published) -> None:
    click.echo(
        f"wrote {folder}: {done.pages:,} pages, {done.files:,} files "
        f"({done.written:,} written, {done.unchanged:,} unchanged, {done.removed:,} removed), "
        f"{done.bytes / 1e6:,.1f} MB"
    )
    if done.hash:
        click.echo(f"{done.statements:,} statements, RDFC-1.0 SHA-256 {done.hash}")
    else:
        say("no hash: to name the blank nodes of these facts takes too long")
    if not done.sitemap:
        say("no sitemap: say with --base-url where the site will be")
    click.echo(f"open {folder / 'index.html'}")


class _Progress:
    """Says on standard error how far it is, every few seconds; on a terminal in one line."""

    def __init__(self) -> None:
        self._said = time.monotonic()
        self._open = False

    def __call__(self, what: str, done: int, all: int) -> None:
        now = time.monotonic()
        if now < self._said + _SECONDS:
            return
        self._said = now
        terminal = sys.stderr.isatty()
        text = f"{what}: {done:,} of {all:,}"
        click.echo(f"\r{text}" if terminal else text, err=True, nl=not terminal)
        self._open = terminal

    def end(self) -> None:
        """Go on on a line of its own."""
        if self._open:
            click.echo(err=True)
