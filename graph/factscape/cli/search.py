"""`factscape search`: finding things by name, in any script or spelling."""

from __future__ import annotations

import click

from factscape.cli.options import (
    clock_options,
    facts_option,
    json_option,
    lang_option,
    say_left_out,
)

__all__ = ["search_command"]


@click.command("search")
@click.argument("text")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    metavar="N",
    help="At most so many things.",
)
@json_option
@lang_option
@clock_options
@facts_option
@click.pass_context
def search_command(
    ctx: click.Context,
    text: str,
    limit: int,
    as_json: bool,
    lang: str,
    as_of: str | None,
    known_by: str | None,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""Find things by name, the best first, with the reason for each.

    Traditional and simplified characters, case, accents, pinyin, initials and small typos are
    all the same to it.

    \b
    Examples:
      factscape search 智譜
      factscape search antropic
      factscape search zhangpeng --lang zh
    """
    from factscape.cli.output import print_json, print_table, say
    from factscape.opening import open_facts
    from factscape.terms import curie

    with open_facts(facts_paths, as_of=as_of, known_by=known_by) as facts:
        say_left_out(facts.left_out)
        hits = facts.names.search(text, limit)
        if as_json:
            print_json({"hits": [hit._asdict() for hit in hits]})
        elif hits:
            kinds = [facts.reader.label(hit.types[0])[lang] if hit.types else "" for hit in hits]
            print_table(
                ["thing", "kind", "found as", "because of", "IRI"],
                [
                    [
                        hit.label(lang),
                        kind,
                        hit.name,
                        hit.reason.value,
                        curie(hit.iri, facts.prefixes),
                    ]
                    for hit, kind in zip(hits, kinds, strict=True)
                ],
            )
    if not hits:
        say(
            "nothing is called that, or anything like it\n"
            "  try another spelling or a part of the name; factscape alone says what is here"
        )
        ctx.exit(1)
