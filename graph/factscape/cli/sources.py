"""`factscape sources`: every source, and what it gave."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from factscape.cli.options import clock_options, facts_option, json_option, say_left_out
from factscape.cli.output import clean, print_json, say
from factscape.errors import MisuseError
from factscape.terms import curie, local_name

if TYPE_CHECKING:
    from factscape.claims.sources import Source
    from factscape.opening import Facts

__all__ = ["sources_command"]

_FORMATS = ("list", "csv", "tsv", "json", "md")
_WIDTH = 80
_INDENT = 17


@click.command("sources")
@click.option(
    "--format",
    type=click.Choice(_FORMATS),
    help="How they are written: list (the default) and md for people, the others for programs.",
)
@json_option
@clock_options
@facts_option
def sources_command(
    format: str | None,
    as_json: bool,
    as_of: str | None,
    known_by: str | None,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""List the sources, the newest first, and what each one gave.

    A * after the date says that it is inferred, not displayed on the source. The letter after it
    is the reliability: A issued by the company or filed with an exchange, B known press, C blog,
    repost or digest, D doubtful.

    \b
    Examples:
      factscape sources
      factscape sources --format csv
      factscape sources --json --facts my-facts
    """
    from factscape.claims.sources import read_sources
    from factscape.opening import open_facts

    if as_json and format not in (None, "json"):
        raise MisuseError(f"--json and --format {format} contradict each other")
    chosen = "json" if as_json else format or "list"
    with open_facts(facts_paths or None, as_of=as_of, known_by=known_by) as facts:
        say_left_out(facts.left_out)
        found = read_sources(facts.store)
        if chosen == "json":
            print_json({"sources": [one.as_dict() for one in found], "files": _files(facts)})
        elif chosen in ("csv", "tsv"):
            _write_rows(found, "," if chosen == "csv" else "\t")
        elif not found:
            _show_files(facts)
        elif chosen == "md":
            _show_markdown(found, facts)
        else:
            print("\n".join(line for one in found for line in _lines(one, facts)))


def _files(facts: Facts) -> list[str]:
    return [str(path) for path in facts.files]


def _write_rows(found: list[Source], delimiter: str) -> None:
    from dataclasses import fields

    from factscape.claims.sources import Source

    names = [field.name for field in fields(Source)]
    writer = csv.writer(sys.stdout, delimiter=delimiter, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(getattr(one, name)) for name in names] for one in found)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(value) if isinstance(value, tuple) else str(value if value is not None else "")


def _date(source: Source) -> str:
    return f"{source.issued or 'undated'}{' *' if source.issued_inferred else ''}"


def _lines(source: Source, facts: Facts) -> Iterator[str]:
    """Yield what is printed of a source: what it is, what it gave, what it leans on."""
    indent = " " * _INDENT
    head = f"{_date(source):<14}{source.reliability or '':<3}"
    for line in _wrapped(source.title.split()):
        yield head + line
        head = indent
    parts = [
        source.publisher or "",
        _counted(source.passages, "passage"),
        _counted(source.statements, "statement"),
        source.cited_by and f"cited {_counted(source.cited_by, 'time')}",
        curie(source.iri, facts.prefixes),
    ]
    for line in _wrapped([part for part in parts if part], " · "):
        yield indent + line
    for what, others in (("based on", source.based_on), ("leans on", source.cites)):
        if others:
            for line in _wrapped(f"{what} {', '.join(map(local_name, others))}".split()):
                yield indent + line


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}" if number else ""


def _wrapped(parts: list[str], between: str = " ") -> list[str]:
    """Put parts one after another, in lines that fit beside the date."""
    from factscape.names import columns

    lines: list[str] = []
    for part in map(clean, parts):
        if lines and columns(lines[-1] + between + part) <= _WIDTH - _INDENT:
            lines[-1] += between + part
        else:
            lines.append(part)
    return lines


def _show_files(facts: Facts) -> None:
    """Say what there is where nothing is an fs:Source."""
    for name in _files(facts):
        print(clean(name))
    say(
        "no sources are named in these facts (fs:Source); above are the files they were read from\n"
        "  `factscape init my-facts` writes an example of facts with their sources"
    )


def _show_markdown(found: list[Source], facts: Facts) -> None:
    from factscape.query.formats import Rows, markdown

    columns = ["issued", "reliability", "source", "title", "publisher"]
    columns += ["passages", "statements", "cited by", "based on", "leans on"]
    rows = [
        [
            _date(one),
            one.reliability or "",
            curie(one.iri, facts.prefixes),
            one.title,
            one.publisher or "",
            *map(str, (one.passages, one.statements, one.cited_by)),
            ", ".join(map(local_name, one.based_on)),
            ", ".join(map(local_name, one.cites)),
        ]
        for one in found
    ]
    sys.stdout.write(markdown(Rows(tuple(columns), rows)))
