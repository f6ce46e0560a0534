"""`factscape path`: how two things hang together."""

from __future__ import annotations

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

if TYPE_CHECKING:
    from factscape.claims.cards.parts import Citation
    from factscape.network.paths import Path

__all__ = ["path_command"]


@click.command("path")
@click.argument("start", shell_complete=named_thing)
@click.argument("end", shell_complete=named_thing)
@click.option(
    "-k",
    "count",
    type=click.IntRange(1, 100),
    default=1,
    show_default=True,
    metavar="N",
    help="So many ways, the shortest first.",
)
@click.option(
    "--max-steps",
    type=click.IntRange(1, 20),
    default=6,
    show_default=True,
    metavar="N",
    help="No way with more steps.",
)
@json_option
@lang_option
@clock_options
@facts_option
@click.pass_context
def path_command(
    ctx: click.Context,
    start: str,
    end: str,
    count: int,
    max_steps: int,
    as_json: bool,
    lang: str,
    as_of: str | None,
    known_by: str | None,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""Show how two things hang together: the shortest ways over facts, and who says each step.

    \b
    Examples:
      factscape path "Hong Kong Stock Exchange" Claude
      factscape path Zhipu OpenAI -k 3
    """
    from factscape.cli.output import print_json, say
    from factscape.names.choosing import choose
    from factscape.network.paths import find_paths
    from factscape.opening import open_facts

    with open_facts(facts_paths, as_of=as_of, known_by=known_by) as facts:
        say_left_out(facts.left_out)
        ends = [choose(name, facts.names, facts.store, facts.prefixes) for name in (start, end)]
        found = find_paths(facts.reader, *ends, count=count, max_steps=max_steps)
        names = [facts.reader.label(iri)[lang] for iri in ends]
    if as_json:
        print_json({"paths": [path.as_dict() for path in found]})
    elif found:
        print("\n\n".join(_text(path, lang) for path in found))
    if not found:
        steps = f"within {max_steps} step" + "s" * (max_steps > 1)
        same = ends[0] == ends[1]
        say(f"{names[0]} is one thing: name two" if same else f"none {steps}: {' – '.join(names)}")
        ctx.exit(1)


def _text(path: Path, lang: str) -> str:
    from factscape.cli.lines import draw, heading, room

    rows = [
        (
            [fact.subject.label[lang], fact.predicate.label[lang], fact.object.label[lang]],
            _cited(fact.citations, lang),
        )
        for facts in path.steps
        for fact in facts
    ]
    stations = " → ".join(station.label[lang] for station in path.stations)
    title = map(heading, draw([([], stations)], width=room()))
    return "\n".join([*title, *draw(rows, indent=2, width=room())])


def _cited(citations: tuple[Citation, ...], lang: str) -> str:
    """Return the sources, each once, with the paragraphs."""
    paragraphs: dict[str, set[int]] = {}
    for citation in citations:
        found = paragraphs.setdefault(citation.source.label[lang], set())
        found |= {citation.paragraph} if citation.paragraph else set()
    return "; ".join(
        " ".join([source, *(f"¶{number}" for number in sorted(numbers))])
        for source, numbers in sorted(paragraphs.items())
    )
