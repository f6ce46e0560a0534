"""Options that commands share, under the same names and with the same meaning."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from factscape.cli.output import say

if TYPE_CHECKING:
    from factscape.claims.clocks import LeftOut

__all__ = [
    "clock_options",
    "currency_option",
    "facts_option",
    "json_option",
    "lang_option",
    "say_left_out",
]


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

currency_option = click.option(
    "--in",
    "currency",
    metavar="CURRENCY",
    help="Show money in this currency too, such as USD, by exchange rates that are facts.",
)
"""`--in CURRENCY` as `currency: str | None`."""

Function = Callable[..., Any]

_CLOCKS = (
    ("as_of", "Only what was true on that day: what had begun, and of relations what still held."),
    ("known_by", "Only what could be read by that day: sources issued by then."),
)


def clock_options(command: Function) -> Function:
    """Add `--as-of DATE` and `--known-by DATE`, for `open_facts` under the same names."""
    for name, help_ in reversed(_CLOCKS):
        flag = "--" + name.replace("_", "-")
        command = click.option(flag, name, metavar="DATE", help=help_)(command)
    return command


def say_left_out(left_out: LeftOut | None) -> None:
    """Say on standard error what the clocks did not let see."""
    if left_out is None:
        return
    counts = (
        (left_out.later, "that hold at other times"),
        (left_out.sources_later, "sources issued later"),
        (left_out.sources_undated, "sources without a date"),
    )
    told = [f"{number} {what}" for number, what in counts if number]
    kept = (
        (left_out.undated, "that say no time"),
        (left_out.sources_inferred, "sources whose date of issue is inferred"),
    )
    also = [f"{number} {what}" for number, what in kept if number]
    if told:
        say("left out: " + ", ".join(told))
    if also:
        say("kept: " + ", ".join(also))
