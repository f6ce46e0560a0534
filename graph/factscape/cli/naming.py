"""Names of things on the command line: completing them while they are typed."""

from __future__ import annotations

import re
from typing import Any

import click

from factscape.errors import FactscapeError

__all__ = ["named_thing"]

_MOST = 30
_PLAIN = re.compile(r"[\w.@%+-]+")
"""What a shell takes as it stands."""


def named_thing(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[Any]:
    """Return the names that begin as what was typed, for a shell; nothing where facts are amiss."""
    from factscape.opening import open_facts

    try:
        with open_facts(ctx.params.get("facts_paths")) as facts:
            found = facts.names.complete(incomplete, _MOST)
    except FactscapeError:
        return []  # a message would end up in the line that is being typed
    return [click.shell_completion.CompletionItem(name) for name in found if _PLAIN.fullmatch(name)]
