"""`factscape init`: start a folder of facts of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from factscape.cli.options import json_option
from factscape.cli.output import print_json, say
from factscape.exchange.skeleton import write_skeleton

__all__ = ["init_command"]


@click.command("init")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@json_option
def init_command(directory: Path, as_json: bool) -> None:
    r"""Start a folder of facts of one's own: a source, two things, observations, a relation.

    Everything in DIR is valid, says in comments what it is, and is meant to be changed. Files that
    are there already are never overwritten.

    \b
    Examples:
      factscape init my-facts
      factscape --facts my-facts
    """
    written = write_skeleton(directory)
    if as_json:
        print_json({"written": [str(path) for path in written]})
        return
    for path in written:
        print(path)
    say(
        f"{len(written)} files written. Next:\n"
        f"  factscape --facts {directory}\n"
        f"  factscape query --facts {directory} {directory / 'queries' / 'revenue.rq'}\n"
        f"  read {directory / 'README.md'}"
    )
