"""`factscape query`: ask in SPARQL."""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from factscape.cli.options import clock_options, facts_option, json_option, say_left_out
from factscape.cli.output import draw_table, print_table, replaced, say
from factscape.errors import MisuseError

if TYPE_CHECKING:
    from factscape.opening import Facts
    from factscape.query.formats import Rows
    from factscape.query.sandbox import Job

__all__ = ["query_command"]

_FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "md")
_ROWS_SHOWN = 100
_IN_MEMORY = 32 << 20
_FOR_PEOPLE = ("table", "md")
_EXAMPLE = "for example: factscape query 'SELECT ?source { ?source a fs:Source }'"


@click.command("query")
@click.argument("query", required=False)
@click.option("-f", "--file", metavar="FILE", help="Read the query from a file.")
@click.option(
    "--format",
    type=click.Choice(_FORMATS),
    help="How the answer is written: table (the default) and md for people, the others for "
    "programs; ttl and nt for CONSTRUCT and DESCRIBE only.",
)
@json_option
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
@clock_options
@facts_option
def query_command(
    query: str | None,
    file: str | None,
    format: str | None,
    as_json: bool,
    limit: int | None,
    timeout: float,
    output: str | None,
    as_of: str | None,
    known_by: str | None,
    facts_paths: tuple[str, ...] | None,
) -> None:
    r"""Ask in SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE.

    QUERY is the text, or a file that holds it (.rq), or - for standard input. It sees all graphs
    at once; GRAPH sees each by itself. The prefixes of the vocabulary and of the data (fs:, id:,
    metric:, …) need no declaration.

    \b
    Examples:
      factscape query 'SELECT ?name { id:zhipu skos:prefLabel ?name }'
      factscape query --format csv -o sources.csv 'SELECT * { ?s a fs:Source ; dct:title ?title }'
      factscape query 'DESCRIBE id:zhipu' --format ttl
      echo 'ASK { id:zhipu a fs:Company }' | factscape query -
    """
    from factscape.opening import open_facts
    from factscape.query.sandbox import Job

    chosen = _format(format, as_json)
    text, name = _read(query, file)
    with open_facts(facts_paths, as_of=as_of, known_by=known_by) as facts:
        say_left_out(facts.left_out)
        job = Job(text, chosen, facts.prefixes, name=name, limit=limit or 0, in_order=True)
        within = timeout or None
        if chosen in _FOR_PEOPLE:
            _show(facts, job, within, output, limit)
        else:
            _write(facts, job, within, output)


def _format(format: str | None, as_json: bool) -> str:
    if as_json and format not in (None, "json"):
        raise MisuseError(f"--json and --format {format} contradict each other")
    return "json" if as_json else format or "table"


def _read(query: str | None, file: str | None) -> tuple[str, str]:
    """Return the query's text, and the name of where it came from."""
    if query is not None and file is not None:
        raise MisuseError("a query is given as an argument or with --file, not both")
    if query is None and file is None and sys.stdin.isatty():
        raise MisuseError("there is no query", hint=_EXAMPLE)
    path = file if file is not None else query
    if path is None or path == "-":
        return _decoded(sys.stdin.buffer.read(), "standard input"), "standard input"
    if file is None and not _names_a_file(path):
        return path, "query"
    try:
        return _decoded(Path(path).read_bytes(), path), path
    except OSError as error:
        raise MisuseError(f"{path} cannot be read: {error.strerror}", hint=_EXAMPLE) from error


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


def _show(
    facts: Facts, job: Job, timeout: float | None, output: str | None, limit: int | None
) -> None:
    """Show the answer as a table, and say when rows are left out that nobody asked to leave out."""
    from factscape.query.formats import markdown, rows_of
    from factscape.query.sandbox import ask_aside, parse_answer

    shown = _ROWS_SHOWN if limit is None else limit
    # One row more tells whether there are more.
    asked = replace(job, format="native", limit=shown and shown + 1)
    found = io.BytesIO()
    ask_aside(facts.store, asked, found, timeout)
    rows = rows_of(parse_answer(found.getvalue()), facts.prefixes, shown)
    if job.format == "table" and output in (None, "-"):
        print_table(rows.columns, rows.rows)
    else:
        drawn = markdown(rows) if job.format == "md" else draw_table(rows.columns, rows.rows)
        with _target(output) as target:
            target.write(drawn.encode("utf-8"))
    sys.stdout.flush()
    _remark(rows, limit)


def _remark(rows: Rows, limit: int | None) -> None:
    if not rows.rows:
        _say_empty()
    elif rows.cut and limit is None:
        say(f"showing {len(rows.rows)} of more rows; --limit 0 for all")


def _say_empty() -> None:
    say("no rows: nothing in these facts fits the query")


def _write(facts: Facts, job: Job, timeout: float | None, output: str | None) -> None:
    """Write the answer for a program: all of it, or after an error nothing."""
    from factscape.query.sandbox import ask_aside

    if output in (None, "-"):
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
            rows = ask_aside(facts.store, job, spool, timeout)
            spool.seek(0)
            shutil.copyfileobj(spool, sys.stdout.buffer)
        sys.stdout.flush()
    else:
        with _target(output) as target:
            rows = ask_aside(facts.store, job, target, timeout)
    if not rows:
        _say_empty()


def _target(output: str | None) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(sys.stdout.buffer) if output in (None, "-") else replaced(Path(output))
