"""`factscape import`: carry a table into files of TriG."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factscape.cli.options import facts_option, json_option
from factscape.cli.output import clean, print_json, say

if TYPE_CHECKING:
    from factscape.exchange.importing import ImportResult, Problem

__all__ = ["import_command"]

_MOST_ROWS = 8
"""So many rows of one problem are named."""

_NO_FILE = 'a file of {0} (name it at the top of the mapping: {0} = "{0}.toml")'


@click.command("import")
@click.argument("table", metavar="TABLE", type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    metavar="FILE",
    type=click.Path(path_type=Path),
    required=True,
    help="The file that says which column is what (TOML).",
)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder for the files: one a source.",
)
@click.option(
    "--dry-run", is_flag=True, help="Show row by row what would be written; write nothing."
)
@facts_option
@json_option
def import_command(
    table: Path,
    mapping: Path,
    output: Path,
    dry_run: bool,
    facts_paths: tuple[str, ...] | None,
    as_json: bool,
) -> None:
    r"""Carry a table (CSV, TSV or XLSX) into facts: one file of TriG a source.

    The mapping says which column is what. Names are looked up in the facts; what is found is
    written down in the names file beside the mapping, what is not is listed with the line to add.
    Rows that cannot be read are listed with the reason, all others are written.

    The status is 1 when a row has a problem, 2 for a wrong call or mapping.

    \b
    Examples:
      factscape import deals.csv --mapping deals.toml -o my-facts/sources --dry-run
      factscape import deals.xlsx --mapping deals.toml -o my-facts/sources --facts my-facts
    """
    from factscape.exchange.importing import import_table

    result = import_table(table, mapping, output, facts=facts_paths, dry_run=dry_run)
    if as_json:
        print_json(_as_json(result, dry_run))
    else:
        if dry_run:
            _print_rows(result)
        _print_problems(result.problems)
        _print_lines_to_add(result)
        _print_summary(result, output, dry_run)
    if not result.fine:
        click.get_current_context().exit(1)


def _as_json(result: ImportResult, dry_run: bool) -> dict[str, Any]:
    return {
        "decisions": result.decisions,
        "dry_run": dry_run,
        "left_out": [
            {"line": left.line, "reason": left.reason, "row": left.row} for left in result.left_out
        ],
        "problems": [
            {
                "add": problem.lines or None,
                "add_to": problem.adds_to or None,
                "column": problem.column or None,
                "file": problem.place.file if problem.place else None,
                "hint": problem.hint or None,
                "line": problem.place.line if problem.place else None,
                "message": problem.message,
                "rows": list(problem.rows),
            }
            for problem in result.problems
        ],
        "removed": [str(path) for path in result.removed],
        "repeated": result.repeated,
        "rows": result.rows,
        "sources": result.sources,
        "statements": result.statements,
        "things": result.things,
        "written": [str(path) for path in result.written],
    }


def _print_rows(result: ImportResult) -> None:
    """Print what each row would make, and the rows left out with the reasons."""
    for row in result.made:
        print(clean(f"{_row(row.row, row.line)} in src:{row.page.slug}"))
        for line in result.lines(row):
            print(clean(f"  {line}"))
    for left in result.left_out:
        print(clean(f"{_row(left.row, left.line)} is left out: {left.reason}"))
    if result.made or result.left_out:
        print()


def _row(name: str, line: int | None) -> str:
    return f"row {name}" + (f" (line {line})" if line is not None and str(line) != name else "")


def _print_problems(problems: list[Problem]) -> None:
    """Print each problem once, with all the rows that have it."""
    found: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.column, problem.message, problem.hint), []).append(problem)
    for (column, message, hint), alike in found.items():
        rows = [row for problem in alike for row in problem.rows]
        more = f" and {len(rows) - _MOST_ROWS} more" if len(rows) > _MOST_ROWS else ""
        word = "row" if len(rows) == 1 else "rows"
        named = f"{word} {', '.join(rows[:_MOST_ROWS])}{more}" if rows else ""
        place = str(alike[0].place) if alike[0].place else ""
        say(": ".join(filter(None, [place, named, column, message])))
        for line in hint.splitlines():
            say(f"  {line}")


def _print_lines_to_add(result: ImportResult) -> None:
    """Print the lines that would settle what is unknown, ready to be copied."""
    for kind, note in (("names", ", for what is new (look types and names over)"), ("sources", "")):
        lines = dict.fromkeys(p.lines for p in result.problems if p.adds_to == kind)
        if lines:
            file = result.files.get(kind)
            say(f"lines for {file or _NO_FILE.format(kind)}{note}:")
            for line in lines:
                say(line)
            say("")


def _print_summary(result: ImportResult, output: Path, dry_run: bool) -> None:
    counts = [
        _counted(result.rows, "row"),
        _counted(result.statements, "statement")
        + (f" ({result.repeated} more repeat one)" if result.repeated else ""),
        _counted(result.sources, "source"),
        _counted(len(result.left_out), "row") + " left out",
        _counted(len(result.problems), "problem"),
    ]
    print(", ".join(counts))
    written = _counted(len(result.written), "file")
    if dry_run:
        print(clean(f"nothing was written; {written} would be in {output}"))
        for text, address in result.decisions.items():
            print(clean(f"found in the facts, for the names file: {text!r} is {address}"))
        return
    print(clean(f"{written} in {output}"))
    for path in result.removed:
        print(clean(f"removed {path}: none of its rows is in the table any more"))
    if result.decisions and "names" in result.files:
        names = _counted(len(result.decisions), "name")
        print(
            clean(
                f"{names} found in the facts and written into {result.files.get('names')}: read it over"
            )
        )
    sys.stdout.flush()


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")
