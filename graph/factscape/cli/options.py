"""Options that commands share, under the same names and with the same meaning."""

from __future__ import annotations

from typing import Any

import click

__all__ = ["facts_option", "json_option", "lang_option"]


def _given_before(ctx: click.Context, name: str) -> Any:
    """Return what stood before the command: `factscape --facts X query …` means the same."""
    return ctx.parent.params.get(name) if ctx.parent else None


def _facts(ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]) -> Any:
    return value or _given_before(ctx, "facts_paths")


def _json(ctx: click.Context, _param: click.Parameter, value: bool) -> bool:
    return value or bool(_given_before(ctx, "as_json"))


facts_option = click.option(
    "--facts",
    "facts_paths",
    metavar="PATH",
    multiple=True,
    default=(),
    callback=_facts,
    help="A folder or file of RDF; repeatable. 'bundled' names the facts that come with "
    "Factscape, which are used alone when no --facts is given.",
)
"""`--facts PATH` as `facts_paths: tuple[str, ...] | None`, ready for `open_facts`."""

json_option = click.option(
    "--json", "as_json", is_flag=True, callback=_json, help="Answer in JSON (errors too)."
)
"""`--json` as `as_json: bool`."""

lang_option = click.option(
    "--lang",
    type=click.Choice(["en", "zh"]),
    default="en",
    show_default=True,
    help="The language of names and headings.",
)
"""`--lang en|zh` as `lang: str`."""
