"""`factscape lookup`: the card of a thing."""

from __future__ import annotations

from collections.abc import Mapping
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
    from factscape.claims.cards.parts import Card
    from factscape.claims.rates import Shown

__all__ = ["lookup_command"]


@click.command("lookup")
@click.argument("names", metavar="NAME...", nargs=-1, required=True, shell_complete=named_thing)
@json_option
@lang_option
@currency_option
@clock_options
@facts_option
def lookup_command(
    names: tuple[str, ...],
    as_json: bool,
    lang: str,
    currency: str | None,
    as_of: str | None,
    known_by: str | None,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""Show the card of a thing: names, figures, events, relations, opinions, and who says so.

    NAME is a name in any script or spelling, an IRI, or a prefixed name such as id:zhipu. The
    numbers in brackets are sources, listed at the end; ¶ is the paragraph in them.

    \b
    Examples:
      factscape lookup zhipu
      factscape lookup 智譜 Anthropic --lang zh
      factscape lookup "net loss" --json
      factscape lookup zhipu --in USD
    """
    from factscape.claims.cards.card import card
    from factscape.cli.card_text import card_text
    from factscape.cli.lines import room
    from factscape.cli.output import print_json
    from factscape.names.choosing import choose
    from factscape.opening import open_facts

    with open_facts(facts_paths, as_of=as_of, known_by=known_by) as facts:
        say_left_out(facts.left_out)
        # All names are looked up before anything is shown: an error comes alone.
        iris = [choose(name, facts.names, facts.store, facts.prefixes) for name in names]
        cards = [card(facts.store, iri, facts.reader) for iri in dict.fromkeys(iris)]
        converted = [facts.converted(one, currency) if currency else {} for one in cards]
        pairs = zip(cards, converted, strict=True)
        if as_json:
            print_json({"cards": [_as_dict(*pair) for pair in pairs]})
            return
        told = [card_text(one, facts.prefixes, lang, room(), money) for one, money in pairs]
        print("\n\n".join(told))


def _as_dict(card: Card, converted: Mapping[str, Shown]) -> dict[str, Any]:
    from factscape.claims.cards.parts import as_plain

    money = {"converted": {claim: as_plain(one) for claim, one in converted.items()}}
    return {**card.as_dict(), **(money if converted else {})}
