"""The command `factscape`: a list of commands, each imported only when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click

from factscape import __version__
from factscape.cli.options import facts_option, json_option

__all__ = ["COMMANDS", "app"]


class Listed(NamedTuple):
    """A command before it is loaded: where `<name>_command` stands, and its line in the list."""

    module: str
    help: str


# Help stands here, so that `factscape --help` imports no command.
COMMANDS: Mapping[str, Listed] = {
    "lookup": Listed("factscape.cli.lookup", "Show the card of a thing: all that is said of it."),
    "view": Listed("factscape.cli.view", "Draw the network as one HTML file."),
    "timeline": Listed("factscape.cli.timeline", "Draw what happened, in order, as one HTML file."),
    "ranking": Listed("factscape.cli.ranking", "Draw who stands where, as one HTML file."),
    "compare": Listed("factscape.cli.compare", "Draw things side by side, as one HTML file."),
    "card": Listed("factscape.cli.card", "Draw the card of a thing as one HTML file."),
    "report": Listed(
        "factscape.cli.report", "Draw one source beside all others, as one HTML file."
    ),
    "search": Listed("factscape.cli.search", "Find things by name, in any script or spelling."),
    "conflicts": Listed("factscape.cli.conflicts", "Show where sources disagree, and how much."),
    "why": Listed("factscape.cli.why", "Show what stands behind a figure."),
    "path": Listed("factscape.cli.path", "Show how two things hang together."),
    "query": Listed("factscape.cli.query", "Ask in SPARQL."),
    "sources": Listed("factscape.cli.sources", "List the sources and what each one gave."),
    "serve": Listed("factscape.cli.serve", "Serve pages for the browser, and SPARQL."),
    "publish": Listed("factscape.cli.publish", "Write the explorer as a site without a server."),
    "check": Listed("factscape.cli.check", "Find what is wrong, at which file and line."),
    "diff": Listed("factscape.cli.diff", "Show what changed between two states, in facts."),
    "import": Listed("factscape.cli.import_", "Carry a table (CSV, TSV, XLSX) into facts."),
    "init": Listed("factscape.cli.init", "Start a folder of facts of one's own."),
    "completion": Listed("factscape.cli.completion", "Let a shell complete commands and names."),
}


def _keep_examples(command: click.Command) -> None:
    r"""Keep the lines of examples apart: click wants the character that a raw `\b` only spells."""
    if command.help:
        command.help = command.help.replace("\\b\n", "\b\n")


class LazyGroup(click.Group):
    """A group that knows its commands by name and loads the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module; None when there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name].module), f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        _keep_examples(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant; an unknown one is an error that names its neighbours."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
            ask = f"Did you mean '{near[0]}'?" if near else "See 'factscape --help' for the list."
            raise click.UsageError(f"There is no command '{name}'. {ask}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Call the command; what is wrong with its arguments is said to be wrong with its own."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            # click's parser does not say to which command an option without its value belongs.
            name = ctx.invoked_subcommand or ""
            if error.ctx is None and (command := self.get_command(ctx, name)):
                error.ctx = click.Context(command, parent=ctx, info_name=name)
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, listed.help) for name, listed in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@facts_option
@json_option
@click.version_option(__version__, prog_name="factscape", message="%(prog)s %(version)s")
@click.pass_context
def app(ctx: click.Context, facts_paths: tuple[str, ...] | None, as_json: bool) -> None:
    r"""Explore facts that can be checked: each tied to its passage, period and unit.

    Without a command: what is here, and what to type next.

    \b
    Examples:
      factscape
      factscape lookup zhipu
      factscape query 'SELECT ?source { ?source a fs:Source }'
      factscape --facts my-facts query -
    """
    if ctx.invoked_subcommand is None:
        from factscape.cli.overview import show_overview

        show_overview(facts_paths, as_json)


_keep_examples(app)
