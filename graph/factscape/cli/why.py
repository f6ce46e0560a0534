"""`factscape why`: what stands behind a figure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from factscape.cli.naming import named_thing
from factscape.cli.options import (
    clock_options,
    facts_option,
    json_option,
    lang_option,
    say_left_out,
)
from factscape.errors import MisuseError, UnknownNameError

if TYPE_CHECKING:
    from factscape.opening import Facts

__all__ = ["why_command"]

_MOST = 20
"""So many statements are explained at once; who asks for more means one of them."""


@click.command("why")
@click.argument(
    "claim", metavar="CLAIM | THING METRIC [TIME]", nargs=-1, shell_complete=named_thing
)
@click.option(
    "--text", metavar="FILE", help="Show the passage itself from a local copy of the source's text."
)
@json_option
@lang_option
@clock_options
@facts_option
def why_command(
    claim: tuple[str, ...],
    text: str | None,
    as_json: bool,
    lang: str,
    as_of: str | None,
    known_by: str | None,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""Show what stands behind a figure: passage, source, file and line, who agrees and who not.

    CLAIM is the IRI of a statement, or a thing, a metric and a time: a year, 2025-H1, 2025-05. A
    figure that no source states is worked out where it follows from others.

    \b
    Examples:
      factscape why zhipu "net loss" 2024
      factscape why zhipu "R&D to revenue ratio" 2023
      factscape why claim:netease-2026-01-06.p45.zhipu.loss-to-revenue-ratio.2022
    """
    from factscape.claims.trail import quote
    from factscape.cli.lines import room
    from factscape.cli.output import print_json
    from factscape.cli.why_text import why_text
    from factscape.opening import open_facts

    if not 1 <= len(claim) <= 3:
        raise MisuseError(
            "say which figure: a statement's IRI, or a thing, a metric and a time",
            hint='for example: factscape why zhipu "net loss" 2024',
        )
    with open_facts(facts_paths, as_of=as_of, known_by=known_by) as facts:
        say_left_out(facts.left_out)
        iris = _chosen(facts, claim)
        claims = iris if len(claim) == 1 else _claims(facts, iris, claim)
        if not claims and _tell_derived(facts, iris, claim, as_json, lang):
            return
        if not claims:
            raise UnknownNameError(
                f"no statement of this is here: {' '.join(claim)}",
                hint=f"factscape lookup {claim[0]} shows what is",
            )
        trails = [facts.why(iri) for iri in claims]
        quotes = [quote(facts.reader, one, Path(text)) if text else None for one in trails]
        if as_json:
            print_json({"trails": [one.as_dict() for one in trails]})
        else:
            pairs = zip(trails, quotes, strict=True)
            told = [why_text(one, said, facts.prefixes, lang, room()) for one, said in pairs]
            print("\n\n".join(told))


def _chosen(facts: Facts, given: tuple[str, ...]) -> list[str]:
    from factscape.names.choosing import choose

    return [choose(name, facts.names, facts.store, facts.prefixes) for name in given[:2]]


def _claims(facts: Facts, iris: list[str], given: tuple[str, ...]) -> list[str]:
    from factscape.claims.trail import find_claims

    found = find_claims(facts.reader, iris[0], iris[1], *given[2:])
    if len(found) > _MOST:
        raise MisuseError(
            f"{len(found)} statements are meant", hint="give a time too, or a statement's IRI"
        )
    return found


def _tell_derived(
    facts: Facts, iris: list[str], given: tuple[str, ...], as_json: bool, lang: str
) -> bool:
    """Tell a figure that nobody states, where it follows from what is stated; say whether it does."""
    from factscape.cli.lines import room
    from factscape.cli.output import print_json
    from factscape.cli.why_text import derived_text

    found = facts.derive(iris[0], iris[1], given[2]) if len(given) == 3 else None
    if found is None:
        return False
    if as_json:
        print_json({"derived": found.as_dict(), "trails": []})
    else:
        print(derived_text(found, lang, room()))
    return True
