"""`factscape query`: ask in SPARQL, or a question of the query library by its name."""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import click

from factscape.cli.options import (
    clock_options,
    facts_option,
    json_option,
    lang_option,
    say_left_out,
)
from factscape.cli.output import draw_table, print_table, replaced, say
from factscape.errors import MisuseError

if TYPE_CHECKING:
    from factscape.cli.library import Named
    from factscape.opening import Facts
    from factscape.query.formats import Answer, Rows
    from factscape.query.library import LibraryQuery
    from factscape.query.sandbox import Job

__all__ = ["query_command"]

_FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "md")
_ROWS_SHOWN = 100
_IN_MEMORY = 32 << 20
_FOR_PEOPLE = ("table", "md")
_IN_WORDS = (*_FOR_PEOPLE, "csv", "tsv")
"""Formats in which a named query answers with the names of things."""

_EXAMPLE = "for example: factscape query 'SELECT ?source { ?source a fs:Source }'"


class _Wish(NamedTuple):
    """How the answer is wanted."""

    format: str
    limit: int | None
    timeout: float | None
    output: str | None


@click.command("query")
@click.argument("query", required=False)
@click.option("-f", "--file", metavar="FILE", help="Read the query from a file.")
@click.option("-l", "--list", "lists", is_flag=True, help="List the queries that have a name.")
@click.option("-n", "--name", metavar="NAME", help="Ask the query with this name.")
@click.option(
    "--check", "checks", is_flag=True, help="Check the answers that named queries expect."
)
@click.option(
    "--set",
    "settings",
    metavar="PARAMETER=VALUE",
    multiple=True,
    help="Set a parameter of a query from the list or a file; repeated, it has several values, "
    "and without a VALUE any.",
)
@click.option(
    "--format",
    type=click.Choice(_FORMATS),
    help="How the answer is written: table (the default) and md for people, the others for "
    "programs; ttl and nt for CONSTRUCT and DESCRIBE only.",
)
@json_option
@click.option("--iris", is_flag=True, help="A named query answers with IRIs instead of names.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"At most N rows; 0 for all. Tables show {_ROWS_SHOWN} unless told.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="Stop the query then; 0 for never.",
)
@click.option("-o", "--output", metavar="FILE", help="Write the answer to a file.")
@lang_option
@clock_options
@facts_option
@click.pass_context
def query_command(
    ctx: click.Context,
    query: str | None,
    file: str | None,
    lists: bool,
    name: str | None,
    checks: bool,
    settings: tuple[str, ...],
    format: str | None,
    as_json: bool,
    iris: bool,
    limit: int | None,
    timeout: float,
    output: str | None,
    lang: str,
    as_of: str | None,
    known_by: str | None,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""Ask in SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE.

    QUERY is the text, or a file that holds it (.rq), or - for standard input. It sees all graphs
    at once; GRAPH sees each by itself. The prefixes of the vocabulary and of the data (fs:, id:,
    metric:, …) need no declaration.

    Common questions have a name (--list), and what they are about can be set.

    \b
    Examples:
      factscape query --list
      factscape query --name finances --set company=智谱
      factscape query 'SELECT ?name { id:zhipu skos:prefLabel ?name }'
      factscape query --format csv -o sources.csv 'SELECT * { ?s a fs:Source ; dct:title ?title }'
      factscape query 'DESCRIBE id:zhipu' --format ttl
      echo 'ASK { id:zhipu a fs:Company }' | factscape query -
    """
    from factscape.opening import open_facts

    wish = _Wish(_format(format, as_json), limit, timeout or None, output)
    opened = partial(open_facts, facts_paths, as_of=as_of, known_by=known_by)
    if not (lists or checks or name is not None or settings):
        text, place = _read(query, file)
        with opened() as facts:
            say_left_out(facts.left_out)
            _answer(facts, text, place, wish)
        return
    from factscape.cli.library import check_queries, list_queries, named

    with opened() as facts:
        say_left_out(facts.left_out)
        if lists:
            list_queries(facts, as_json, lang)
        elif checks:
            ctx.exit(not check_queries(facts, name, as_json))
        else:
            _answer_named(
                named(facts, _chosen(facts, name, query, file), settings, lang), wish, iris
            )


def _format(format: str | None, as_json: bool) -> str:
    if as_json and format not in (None, "json"):
        raise MisuseError(f"--json and --format {format} contradict each other")
    return "json" if as_json else format or "table"


def _read(query: str | None, file: str | None) -> tuple[str, str]:
    """Return the query's text, and the name of where it came from."""
    path = _path(query, file)
    if path is None or path == "-":
        return _decoded(sys.stdin.buffer.read(), "standard input"), "standard input"
    if file is None and not _names_a_file(path):
        return path, "query"
    try:
        return _decoded(Path(path).read_bytes(), path), path
    except OSError as error:
        raise MisuseError(f"{path} cannot be read: {error.strerror}", hint=_EXAMPLE) from error


def _path(query: str | None, file: str | None) -> str | None:
    if query is not None and file is not None:
        raise MisuseError("a query is given as an argument or with --file, not both")
    if query is None and file is None and sys.stdin.isatty():
        raise MisuseError("there is no query", hint=_EXAMPLE)
    return file if file is not None else query


def _names_a_file(argument: str) -> bool:
    # os.path.isfile is false, not an error, for a query that no path could be.
    return argument.endswith((".rq", ".sparql")) or os.path.isfile(argument)


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MisuseError(
            f"{name} is not UTF-8 text (at byte {error.start})", hint="save the query as UTF-8"
        ) from error


def _chosen(facts: Facts, name: str | None, query: str | None, file: str | None) -> LibraryQuery:
    """Return the query of the library, or of the file, whose parameters can be set."""
    from factscape.query.library import read_query

    if name is not None:
        if query is not None or file is not None:
            raise MisuseError("a query is given by --name, as an argument or with --file, not both")
        return facts.queries.find(name)
    path = _path(query, file)
    if path is None or (file is None and not _names_a_file(path)):
        raise MisuseError(
            "--set goes with a query that has parameters",
            hint="name one of factscape query --list with --name, or give a file (.rq)",
        )
    return read_query(Path(path), facts.prefixes)


def _answer(facts: Facts, text: str, name: str, wish: _Wish) -> None:
    """Ask as it stands."""
    from factscape.query.formats import rows_of
    from factscape.query.sandbox import Job

    job = Job(text, wish.format, facts.prefixes, name=name, limit=wish.limit or 0, in_order=True)
    if wish.format in _FOR_PEOPLE:
        rows = _show(facts, job, wish, lambda answer, shown: rows_of(answer, facts.prefixes, shown))
        something = bool(rows.rows)
    else:
        something = _write(facts, job, wish)
    if not something:
        _say_empty()


def _answer_named(named: Named, wish: _Wish, iris: bool) -> None:
    """Ask a query of the library, and answer in words where the format is read by people."""
    from factscape.query.formats import rows_of
    from factscape.query.sandbox import Job

    query, facts = named.query, named.facts
    job = Job(
        named.text,
        wish.format,
        dict(query.prefixes),
        name=str(query.path),
        limit=wish.limit or 0,
        in_order=True,
    )
    in_words = wish.format in _IN_WORDS and not iris
    if in_words or wish.format in _FOR_PEOPLE:
        words = (
            named.rows if in_words else lambda answer, shown: rows_of(answer, facts.prefixes, shown)
        )
        something = bool(_show(facts, job, wish, words, title=named.title).rows)
    else:
        something = _write(facts, job, wish)
    if not something:
        _say_empty()
        named.say_what_to_set()


def _show(
    facts: Facts,
    job: Job,
    wish: _Wish,
    words: Callable[[Answer, int], Rows],
    title: str | None = None,
) -> Rows:
    """Show the answer as text, and say when rows are left out that nobody asked to leave out."""
    from factscape.query.formats import markdown, separated
    from factscape.query.sandbox import ask_aside, parse_answer

    cut = _ROWS_SHOWN if wish.format in _FOR_PEOPLE else 0
    shown = cut if wish.limit is None else wish.limit
    # One row more tells whether there are more.
    asked = replace(job, format="native", limit=shown and shown + 1)
    found = io.BytesIO()
    ask_aside(facts.store, asked, found, wish.timeout)
    rows = words(parse_answer(found.getvalue()), shown)
    if wish.format == "table" and wish.output in (None, "-"):
        print_table(rows.columns, rows.rows, title=title)
    else:
        with _target(wish.output) as target:
            if wish.format == "table":
                drawn = draw_table(rows.columns, rows.rows, title=title)
            else:
                drawn = markdown(rows) if wish.format == "md" else separated(rows, wish.format)
            target.write(drawn.encode("utf-8"))
    sys.stdout.flush()
    if rows.cut and wish.limit is None:
        say(f"showing {len(rows.rows)} of more rows; --limit 0 for all")
    return rows


def _say_empty() -> None:
    say("no rows: nothing in these facts fits the query")


def _write(facts: Facts, job: Job, wish: _Wish) -> bool:
    """Write the answer for a program: all of it, or after an error nothing."""
    from factscape.query.sandbox import ask_aside

    if wish.output in (None, "-"):
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
            rows = ask_aside(facts.store, job, spool, wish.timeout)
            spool.seek(0)
            shutil.copyfileobj(spool, sys.stdout.buffer)
        sys.stdout.flush()
        return rows
    with _target(wish.output) as target:
        return ask_aside(facts.store, job, target, wish.timeout)


def _target(output: str | None) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(sys.stdout.buffer) if output in (None, "-") else replaced(Path(output))
