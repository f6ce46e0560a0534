"""What commands print: tables for people, JSON for programs, messages on standard error."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from factscape.errors import MisuseError, Place

__all__ = ["clean", "draw_table", "print_json", "print_table", "replaced", "say", "shown_place"]

# A label can hold anything: what steers a terminal, or turns the text around it, is shown
# as an escape. Marks for right-to-left words (U+200E, U+200F) are harmless and stay.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_NUMBER = re.compile(r"[-+−]?[\d,]+(\.\d+)?([eE][-+]?\d+)?%?")
_LONGEST_CELL = 500
"""Characters of one cell on a terminal; what is piped is never cut."""


def clean(text: str) -> str:
    r"""Make text safe to print on one line of a terminal.

    >>> clean("a\nb\x1b[31m")
    'a b\\x1b[31m'
    """
    return _STEERING.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    if character in "\n\t\r\u2028\u2029":
        return " "
    return character.encode("unicode_escape").decode("ascii")


def _width(text: str) -> int:
    """Return how many columns a terminal gives to the text: two for most Chinese characters."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _cells(rows: Iterable[Sequence[Any]]) -> list[list[str]]:
    return [["" if cell is None else clean(str(cell)) for cell in row] for row in rows]


def _numeric(columns: Sequence[str], rows: list[list[str]]) -> list[bool]:
    """Say which columns hold numbers only: they are aligned to the right."""
    return [
        any(row[i] for row in rows) and all(not r[i] or _NUMBER.fullmatch(r[i]) for r in rows)
        for i in range(len(columns))
    ]


def draw_table(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None
) -> str:
    """Return a table as plain aligned text, nothing cut off, each line ended.

    >>> print(draw_table(["name", "loss"], [["智譜", 2358000000], ["OpenAI", None]]), end="")
    name          loss
    ------  ----------
    智譜    2358000000
    OpenAI
    """
    head, body = [clean(column) for column in columns], _cells(rows)
    widths = [max(map(_width, column)) for column in zip(head, *body, strict=True)]
    right = _numeric(head, body)
    lines = [] if title is None else [clean(title)]
    for row in [head, ["-" * width for width in widths], *body]:
        parts = []
        for cell, width, to_the_right in zip(row, widths, right, strict=True):
            gap = " " * (width - _width(cell))
            parts.append(gap + cell if to_the_right else cell + gap)
        lines.append("  ".join(parts).rstrip())
    return "".join(f"{line}\n" for line in lines)


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None
) -> None:
    """Print a table on standard output: fitted to a terminal, plain text when piped.

    None is an empty cell; everything else is printed as `str` gives it, escape sequences disarmed.

    >>> print_table(["a"], [[1]])
    a
    -
    1
    """
    if sys.stdout.isatty():
        _print_rich(columns, rows, title)
    else:
        sys.stdout.write(draw_table(columns, rows, title=title))


def _print_rich(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str | None) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    body = _cells(rows)
    table = Table(
        title=None if title is None else Text(clean(title)), title_justify="left", box=box.SIMPLE
    )
    for column, to_the_right in zip(columns, _numeric(columns, body), strict=True):
        table.add_column(
            Text(clean(column)), justify="right" if to_the_right else "left", overflow="fold"
        )
    for row in body:
        short = (c if len(c) <= _LONGEST_CELL else c[: _LONGEST_CELL - 1] + "…" for c in row)
        table.add_row(*(Text(cell) for cell in short))
    Console(file=sys.stdout, highlight=False).print(table)


def print_json(obj: Any) -> None:
    """Print an object as JSON on standard output, keys sorted, so that two runs compare.

    >>> print_json({"b": "智譜", "a": 1})
    {
      "a": 1,
      "b": "智譜"
    }
    """
    print(json.dumps(obj, ensure_ascii=False, indent=2, sort_keys=True))


def say(message: str, *, file: TextIO | None = None) -> None:
    """Print a message for the person at the keyboard on standard error, never in the answer."""
    print("\n".join(map(clean, message.splitlines())), file=file or sys.stderr)


def shown_place(place: Place | None) -> str:
    """Return a place with its file as one would type it from here.

    >>> shown_place(Place(str(Path.cwd() / "facts" / "a.ttl"), 3)), shown_place(None)
    ('facts/a.ttl:3', '(place unknown)')
    """
    if place is None:
        return "(place unknown)"
    path = Path(place.file)
    file = str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else place.file
    return str(Place(file, place.line, place.column))


@contextlib.contextmanager
def replaced(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing that takes its place only when all of it is written.

    After an error the file that was there is as it was. Raises MisuseError where no file can be.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replaced(Path(folder, "a.csv")) as file:
    ...         _ = file.write(b"n")
    ...     Path(folder, "a.csv").read_bytes()
    b'n'
    """
    if path.is_dir():
        raise MisuseError(f"{path} is a folder", hint="name a file: -o answer.csv")
    # A device or a pipe (/dev/stdout) is written to, not replaced.
    direct = path.exists() and not path.is_file()
    target = path if direct else Path(os.path.realpath(path))  # through a link: the link stays
    part = target if direct else target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        file = part.open("wb")
    except OSError as error:
        raise MisuseError(f"{path} cannot be written: {error.strerror}") from error
    try:
        with file:
            yield file
        if not direct:
            part.replace(target)
    finally:
        if not direct:
            part.unlink(missing_ok=True)
