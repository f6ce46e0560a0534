"""Tables as rows of texts: CSV, TSV and XLSX files, pandas and Polars frames, lists of dicts."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from factscape.errors import FactsSyntaxError, MissingExtraError, MisuseError, Place

__all__ = ["Row", "Table", "TableLike", "read_table"]

TableLike: TypeAlias = "str | os.PathLike[str] | Iterable[Mapping[str, Any]] | Any"
"""A path, a pandas or Polars frame, or dicts of one row each."""

_LONGEST_CELL = 10_000_000
_NOT_A_CHARACTER = re.compile("[\ud800-\udfff]")
_NOTHING = {"NAType", "NaTType", "NoneType"}
"""The types of what frames put where there is no value."""


@dataclass(frozen=True)
class Row:
    """A row of a table: its number among the rows, its line in the file, its cells by heading.

    `problem` says why it cannot be read; then it has no cells.
    """

    number: int
    line: int | None
    cells: Mapping[str, str]
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """A table: its name, where it is, its headings, its rows."""

    name: str
    path: str
    headings: tuple[str, ...]
    rows: list[Row] = field(repr=False)


def read_table(table: TableLike) -> Table:
    """Read a table whole; cells are texts without spaces around them, rows without any are left out.

    Raises MisuseError for a file that is not there or of another kind, FactsSyntaxError for one
    that cannot be read or has a heading twice, MissingExtraError for XLSX without openpyxl.

    >>> read_table([{"name": "Zhipu", "loss": 2358.5}, {"name": "OpenAI"}]).rows[1].cells
    {'name': 'OpenAI', 'loss': ''}
    """
    if isinstance(table, str | os.PathLike):
        return _read_file(Path(table))
    return _of_records(_records(table))


# ---------------------------------------------------------------------- files


def _read_file(path: Path) -> Table:
    suffix = path.suffix.lower()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MisuseError(f"{path} cannot be read: {error.strerror or error}") from error
    if suffix in (".csv", ".tsv", ".tab", ".txt"):
        return _read_separated(path, data, "\t" if suffix in (".tsv", ".tab") else None)
    if suffix in (".xlsx", ".xlsm"):
        return _read_workbook(path, data)
    raise MisuseError(
        f"{path}: the name does not say which kind of table this is",
        hint="tables end in .csv, .tsv or .xlsx",
    )


def _read_separated(path: Path, data: bytes, separator: str | None) -> Table:
    text = _decoded(path, data)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator or _separator(text), strict=True
    )
    records = _separated_records(reader)
    first = next((record for record in records if any(record[1])), None)
    if first is None or isinstance(first[1], str):
        raise FactsSyntaxError(
            f"this table cannot be read: {first[1]}" if first else "this table is empty",
            place=Place(str(path), first[0] if first else None),
            hint="the first line holds the headings of the columns",
        )
    headings = _headings(first[1], Place(str(path), first[0]))
    return Table(path.name, str(path), headings, list(_rows(headings, records)))


def _decoded(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FactsSyntaxError(
            f"this table is not UTF-8: the byte 0x{data[error.start]:02x} cannot stand here",
            place=Place(str(path), line),
            hint="save it as CSV in the encoding UTF-8, or as .xlsx",
        ) from error


def _separator(text: str) -> str:
    """Return what parts the headings: a comma, or what spreadsheets of some countries write."""
    heading = text.partition("\n")[0]
    return "," if "," in heading else next((c for c in ";\t" if c in heading), ",")


Record = tuple[int | None, "list[str] | str"]
"""The line where a record begins, and its cells, or why there are none."""


def _separated_records(reader: Any) -> Iterator[Record]:
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if reader.line_num < line:
                return
            yield line, _csv_problem(str(error), line)


def _csv_problem(message: str, line: int) -> str:
    if "unexpected end" in message:
        return "a quotation mark that is opened here is never closed: nothing after it is read"
    if "expected after" in message:
        return "after a closing quotation mark the cell goes on; inside a cell it is written twice"
    return message


def _headings(cells: Iterable[Any], place: Place) -> tuple[str, ...]:
    headings = tuple(_cell(cell) for cell in cells)
    twice = sorted({name for name in headings if name and headings.count(name) > 1})
    if twice:
        raise FactsSyntaxError(
            "these headings are there twice: " + ", ".join(twice),
            place=place,
            hint="give each column a heading of its own",
        )
    return headings


def _rows(headings: tuple[str, ...], records: Iterable[Record]) -> Iterator[Row]:
    number = 0
    for line, cells in records:
        if isinstance(cells, str):
            number += 1
            yield Row(number, line, {}, cells)
            continue
        texts = [cell.strip() for cell in cells]
        if not any(texts):
            continue
        number += 1
        if len(texts) != len(headings):
            problem = f"it has {len(texts)} cells, but there are {len(headings)} headings"
            yield Row(number, line, {}, problem)
        elif any(map(_NOT_A_CHARACTER.search, texts)):
            yield Row(number, line, {}, "it holds half a character (a lone surrogate)")
        else:
            yield Row(number, line, dict(zip(headings, texts, strict=True)))


# ---------------------------------------------------------------------- workbooks


def _read_workbook(path: Path, data: bytes) -> Table:
    try:
        import openpyxl
    except ModuleNotFoundError as error:
        raise MissingExtraError("openpyxl", "tables") from error
    import zipfile

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise FactsSyntaxError(
            f"this is not a workbook: {error}", place=Place(str(path)), hint="save it as .xlsx"
        ) from error
    with contextlib.closing(book):
        lines = enumerate(book.worksheets[0].iter_rows(), start=1)
        filled = [(n, [_workbook_cell(cell) for cell in cells]) for n, cells in lines]
    records: list[Record] = [(n, cells) for n, cells in filled if any(cells)]
    if not records:
        raise FactsSyntaxError("the first sheet of this workbook is empty", place=Place(str(path)))
    width = max(len(cells) for _, cells in records)
    padded: list[Record] = [(n, [*cells, *[""] * (width - len(cells))]) for n, cells in records]
    headings = _headings(padded[0][1], Place(str(path), padded[0][0]))
    return Table(path.name, str(path), headings, list(_rows(headings, padded[1:])))


def _workbook_cell(cell: Any) -> str:
    """Return a cell as it is seen: 0.32 in a cell of percents is 32%."""
    value = cell.value
    if isinstance(value, float | int) and not isinstance(value, bool):
        if "%" in (cell.number_format or ""):
            return _plain(Decimal(f"{value:.15g}") * 100) + "%"
        # A spreadsheet counts with fifteen digits; those after them are noise.
        return _plain(Decimal(f"{value:.15g}")) if isinstance(value, float) else str(value)
    return _cell(value)


# ---------------------------------------------------------------------- frames and records


def _records(table: Any) -> tuple[list[str] | None, Iterable[Mapping[str, Any]]]:
    """Return the headings, where the table knows them, and a dict for each row."""
    if hasattr(table, "iter_rows") and hasattr(table, "columns"):  # Polars
        return [str(name) for name in table.columns], table.iter_rows(named=True)
    if hasattr(table, "itertuples") and hasattr(table, "columns"):  # pandas
        headings = [str(name) for name in table.columns]
        tuples = table.itertuples(index=False, name=None)
        return headings, (dict(zip(headings, values, strict=True)) for values in tuples)
    return None, table


def _of_records(source: tuple[list[str] | None, Iterable[Mapping[str, Any]]]) -> Table:
    known, records = source
    try:
        rows = [{str(key): _cell(value) for key, value in record.items()} for record in records]
    except (TypeError, AttributeError) as error:
        raise MisuseError(
            "this is no table",
            hint="give a path, a pandas or Polars frame, or a list of dicts",
        ) from error
    names = known if known is not None else list(dict.fromkeys(key for row in rows for key in row))
    headings = _headings(names, Place("table"))
    lines: list[Record] = [(None, [row.get(name, "") for name in names]) for row in rows]
    return Table("table", "table", headings, list(_rows(headings, lines)))


def _cell(value: object) -> str:
    """Return a value as a text: nothing for what is missing, a date as 2025-01-31, 3.0 as 3.

    >>> [_cell(value) for value in (None, float("nan"), 2024.0, 7.25, date(2025, 1, 31), " a ")]
    ['', '', '2024', '7.25', '2025-01-31', 'a']
    """
    if isinstance(value, str):
        return value.strip()
    if type(value).__name__ in _NOTHING or value != value:
        return ""
    if isinstance(value, datetime):
        day = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if day else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | Decimal):
        return _plain(Decimal(repr(float(value))) if isinstance(value, float) else value)
    return str(value).strip()


def _plain(number: Decimal) -> str:
    """Return a number without exponent or trailing zeros."""
    if not number.is_finite():
        return str(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
