"""`factscape diff`: what changed between two states of the facts."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factscape.cli.options import facts_option, json_option, lang_option
from factscape.errors import MisuseError

if TYPE_CHECKING:
    from factscape.opening import Facts

__all__ = ["diff_command"]


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md"]),
    default="text",
    show_default=True,
    help="Text for a terminal, or Markdown for a pull request.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 where anything changed, as git does.")
@json_option
@lang_option
@facts_option
def diff_command(
    old: str,
    new: str | None,
    form: str,
    exit_code: bool,
    as_json: bool,
    lang: str,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""Show what changed between two states of the facts: values, relations, things, disputes.

    OLD and NEW are folders or files of RDF, or git revisions (a commit, a branch, HEAD~1) of the
    folder that --facts names; what is there as a path is not looked for as a revision. Without NEW
    the comparison is with the folder as it is now. Facts are compared, not files: another order,
    other formatting and renamed blank nodes are no change.

    The exit status is 0, whether or not anything changed; 2 where the call is wrong.

    \b
    Examples:
      factscape diff HEAD~1 HEAD
      factscape diff main --facts my-facts --format md
      factscape diff old-facts new-facts --json
    """
    from factscape.claims.changes.finding import compare_facts
    from factscape.cli.diff_text import diff_markdown, diff_text
    from factscape.cli.lines import room
    from factscape.cli.output import print_json, say

    if as_json and form != "text":
        raise MisuseError("--json and --format say two things", hint="give one of them")
    with ExitStack() as opened:
        before = opened.enter_context(_state(old, facts_paths))
        after = opened.enter_context(_state(new, facts_paths))
        changes = compare_facts(before, after)
    if as_json:
        print_json(changes.as_dict())
    elif not changes.any:
        say("no fact changed" if lang == "en" else "事实没有变化")
    elif form == "md":
        print(diff_markdown(changes, lang))
    else:
        print(diff_text(changes, lang, room()))
    if exit_code and changes.any:
        raise click.exceptions.Exit(1)


def _state(name: str | None, facts_paths: tuple[str, ...] | None) -> Facts:
    """Open the facts that an argument means: a path, a revision, or without one what is there now."""
    from factscape.opening import BUNDLED, open_facts
    from factscape.reading import facts_folder
    from factscape.reading.revisions import find_revision
    from factscape.store.snapshot import default_cache

    if name is None:
        return open_facts(facts_paths)
    if name == BUNDLED or Path(name).exists():
        return open_facts(name)
    given = facts_paths or (BUNDLED,)
    folders = [facts_folder() if path == BUNDLED else Path(path) for path in given]
    found = [find_revision(name, folder) for folder in folders]
    there = [revision for revision in found if revision is not None]
    if not there:
        raise MisuseError(
            f"there is no file, no folder and no git revision {name}",
            hint="give two folders or files, or revisions such as HEAD~1 of the folder that "
            "--facts names",
        )
    return open_facts([revision.write(default_cache() / "revisions") for revision in there])
