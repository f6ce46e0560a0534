"""From a row of a table to the records that it makes, as the mapping and the decisions say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from factscape.exchange.mapping import PAGE_FIELDS, Fields, TableMapping
from factscape.exchange.proposing import Proposal
from factscape.exchange.tables import Row

__all__ = ["MAKES", "Cell", "Record", "RowError", "records_of", "row_name"]

MAKES = ("describe", "says", "comparedWith", "predicate", "ranking", "position", "metric")
"""Fields that say what a record becomes; one with none of them says nothing."""

_REFERENCE = re.compile(r"\$([A-Za-z][\w-]*)")
_LEFT_OUT = "left-out"


class RowError(Exception):
    """Why a row makes nothing: in which column, what to do, and what would settle it.

    That is a thing to be made in the names file, or lines for the file of sources.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        column: str = "",
        proposal: Proposal | None = None,
        lines: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.column = column
        self.proposal = proposal
        self.lines = lines


class Cell(str):
    """A text that stands in a cell: what looks like a reference in it is none."""

    __slots__ = ()


@dataclass(frozen=True)
class Record:
    """What a row says once: fields as written, and which of them only its columns give."""

    fields: Fields
    given: frozenset[str]
    """Fields that nobody chose for this record: they are dropped where they do not fit."""
    cells: Mapping[str, Cell] = field(repr=False)
    """The row's cells by field."""
    left_out: str = ""


def row_name(mapping: TableMapping, row: Row) -> str:
    """Return how a row is called: its cell of the column `row`, else its number."""
    heading = mapping.columns.get("row")
    return (row.cells.get(heading, "") if heading else "") or str(row.number)


def records_of(mapping: TableMapping, row: Row, name: str) -> list[Record]:
    """Return the records that a row makes, none for a row that is left out with a reason.

    Raises RowError where nobody decided what the row means.
    """
    cells = {
        key: Cell(text) for key, heading in mapping.columns.items() if (text := row.cells[heading])
    }
    constant = {key: value for key, value in mapping.constant.items() if key not in PAGE_FIELDS}
    return [
        _record(chosen, constant, cells)
        for chosen in _chosen(mapping, cells.get("what", ""), mapping.rows.get(name))
    ]


def _record(chosen: Fields, constant: Fields, cells: Mapping[str, Cell]) -> Record:
    if reason := chosen.get(_LEFT_OUT):
        return Record({}, frozenset(), cells, str(reason))
    # Of the columns only what a thing is told of and when underlies a description of it.
    wanted = ("of", "time") if "describe" in chosen else cells.keys() - {"row", "what"}
    columns = {key: value for key, value in cells.items() if key in wanted}
    fields = {**constant, **columns, **chosen}
    filled = {key: _filled(value, cells) for key, value in fields.items()}
    kept = {key: value for key, value in filled.items() if value not in ("", [])}
    given = frozenset(kept) - frozenset(chosen)
    return Record(kept, given, cells)


def _chosen(
    mapping: TableMapping, what: str, decision: Fields | list[Fields] | None
) -> Iterator[Fields]:
    """Yield the fields that [what] and the decision on the row choose, a dict for each record."""
    usual = mapping.what.get(what) if what else None
    if isinstance(decision, list):
        for one in decision:
            yield _completed(one, usual, what)
    elif decision is not None and _LEFT_OUT in decision:
        yield decision
    elif usual == [] and decision is None:
        raise RowError(
            f"[what] leaves {what!r} to be decided row by row, and this row has no decision",
            "add the row to the file of rows: records, or left-out with a reason",
            column="what",
        )
    elif usual:
        yield from ({**one, **(decision or {})} for one in usual)
    else:
        yield _completed(decision or {}, None, what)


def _completed(one: Fields, usual: list[Fields] | None, what: str) -> Fields:
    """Return a record that says what it becomes: by itself, as is usual, or by a metric's name."""
    if _LEFT_OUT in one or any(one.get(name) for name in MAKES):
        return one
    if usual is not None and len(usual) == 1:
        return {**usual[0], **one}
    return {"metric": what, **one} if what and not usual else one


def _filled(value: Any, cells: Mapping[str, Cell]) -> Any:
    """Return a value with `$field` replaced by the row's cell of that field."""
    if isinstance(value, list):
        return [filled for one in value if (filled := _filled(one, cells)) not in ("", [])]
    if isinstance(value, Cell) or not isinstance(value, str):
        return value
    if found := _REFERENCE.fullmatch(value):
        if found[1] not in cells:
            raise RowError(
                f"{value} refers to a cell that is empty or has no column", column=found[1]
            )
        return cells[found[1]]
    return value
