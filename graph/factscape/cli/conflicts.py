"""`factscape conflicts`: where sources disagree, and how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from factscape.cli.naming import named_thing
from factscape.cli.options import (
    clock_options,
    currency_option,
    facts_option,
    json_option,
    lang_option,
    say_left_out,
)

if TYPE_CHECKING:
    from factscape.claims.disagreement.kept import Compared
    from factscape.claims.disagreement.shown import Disagreement
    from factscape.errors import Place
    from factscape.opening import Facts

__all__ = ["conflicts_command"]

_CLASSES = ("same", "consistent", "truncated", "strained", "revised", "inconsistent")
_SHOWN = 20


@click.command("conflicts")
@click.argument("names", metavar="[NAME]...", nargs=-1, shell_complete=named_thing)
@click.option("--metric", "metrics", metavar="NAME", multiple=True, help="Of this metric only.")
@click.option(
    "--class",
    "classes",
    type=click.Choice(_CLASSES),
    multiple=True,
    help="Groups of this class; repeatable. Without it: strained, revised and inconsistent.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=_SHOWN,
    show_default=True,
    help="Show so many groups; 0 shows all.",
)
@json_option
@lang_option
@currency_option
@clock_options
@facts_option
def conflicts_command(
    names: tuple[str, ...],
    metrics: tuple[str, ...],
    classes: tuple[str, ...],
    limit: int,
    as_json: bool,
    lang: str,
    currency: str | None,
    as_of: str | None,
    known_by: str | None,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""Show where sources disagree: every side, who says it, and how far they are apart.

    The classes: same; consistent (can both be true); truncated (agree but for a last digit cut
    off); strained (can both be true by the letter only: "over 8 billion" beside "over 16
    billion"); revised (the same speaker, later); inconsistent. Sources that repeat one document
    are one voice. Below a group stands what looks alike and does not compare, with the reason.

    \b
    Examples:
      factscape conflicts
      factscape conflicts zhipu --metric "net loss"
      factscape conflicts --class truncated --json
    """
    from factscape.claims.disagreement.shown import show_groups
    from factscape.cli.conflict_text import conflict_text
    from factscape.cli.lines import room
    from factscape.cli.output import print_json, say
    from factscape.opening import open_facts

    with open_facts(facts_paths, as_of=as_of, known_by=known_by) as facts:
        say_left_out(facts.left_out)
        groups = _chosen(facts, names, metrics, classes, currency)
        shown = show_groups(groups[: limit or None], facts.reader)
        places = facts.places({(f.claim, f.citation.passage) for f in _figures(shown)})
        if as_json:
            print_json({"count": len(groups), "groups": [_with_places(g, places) for g in shown]})
            return
        print("\n\n".join(conflict_text(one, places, lang, room()) for one in shown))
        if len(groups) > len(shown):
            say(f"{len(groups) - len(shown)} more: --limit 0 shows all {len(groups)}")
        elif not groups:
            say("no group of statements fits\n  --class consistent shows what agrees")


def _chosen(
    facts: Facts,
    names: tuple[str, ...],
    metrics: tuple[str, ...],
    classes: tuple[str, ...],
    currency: str | None,
) -> list[Compared]:
    from factscape.names.choosing import choose

    def meant(given: tuple[str, ...]) -> set[str]:
        return {choose(name, facts.names, facts.store, facts.prefixes) for name in given}

    things, of_metrics = meant(names), meant(metrics)
    return [
        group
        for group in facts.compared(currency=currency)
        if (group.verdict in classes if classes else group.disputed)
        and (not things or group.thing in things)
        and (not of_metrics or group.metric in of_metrics)
    ]


def _figures(groups: list[Disagreement]) -> list[Any]:
    return [figure for group in groups for side in group.sides for figure in side.figures]


def _with_places(group: Disagreement, places: dict[tuple[str, str], Place]) -> dict[str, Any]:
    """Return a group as JSON shows it, each statement with its file and line."""
    plain = group.as_dict()
    for side in plain["sides"]:
        for figure in side["figures"]:
            place = places.get((figure["claim"], figure["citation"]["passage"]))
            figure["place"] = {"file": place.file, "line": place.line} if place else None
    return plain
