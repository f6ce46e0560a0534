"""`factscape completion`: what a shell has to be told to complete commands and names."""

from __future__ import annotations

import click

__all__ = ["completion_command"]

_VARIABLE = "_FACTSCAPE_COMPLETE"


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    r"""Print the script that makes a shell complete commands, options and names of things.

    \b
    Put into the shell's own start-up file:
      bash, zsh: eval "$(factscape completion bash)"
      fish:      factscape completion fish | source

    \b
    Examples:
      factscape completion bash
      factscape completion fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None, "the argument admits only shells that click knows"
    print(kind(ctx.find_root().command, {}, "factscape", _VARIABLE).source())
