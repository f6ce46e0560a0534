"""What an import did or would do: statements, files, rows left out, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from factscape.errors import Place
from factscape.exchange.layout import RowMade, row_blocks
from factscape.exchange.trig import Writer

__all__ = ["ImportResult", "LeftOut", "Problem"]


@dataclass(frozen=True)
class Problem:
    """Why rows make nothing, and what to do about it."""

    message: str
    rows: tuple[str, ...] = ()
    place: Place | None = None
    column: str = ""
    hint: str = ""
    lines: str = ""
    """What would settle it, to be added to the file that `adds_to` names: names or sources."""
    adds_to: str = ""

    def __str__(self) -> str:
        where = f"row {', '.join(self.rows)}" if self.rows else ""
        return ": ".join(filter(None, [str(self.place or ""), where, self.column, self.message]))


@dataclass(frozen=True)
class LeftOut:
    """A row that was left out on purpose."""

    row: str
    line: int | None
    reason: str


@dataclass
class ImportResult:
    """What an import did, or would do."""

    rows: int
    statements: int = 0
    """Statements written, each once."""
    repeated: int = 0
    """Statements that a row repeats of another one of the same page."""
    sources: int = 0
    things: int = 0
    """Things made in `things.ttl`."""
    left_out: list[LeftOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    removed: list[Path] = field(default_factory=list)
    decisions: dict[str, str] = field(default_factory=dict)
    """Names that were found in the facts, and what they mean; they go into the names file."""
    files: Mapping[str, Path] = field(default_factory=dict)
    """Where lines are added: the files that the mapping calls names and sources, if it has them."""
    made: list[RowMade] = field(default_factory=list, repr=False)
    prefixes: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def fine(self) -> bool:
        """Whether every row made what it should."""
        return not self.problems

    def lines(self, row: RowMade) -> list[str]:
        """Return what a row makes as lines of TriG."""
        writer = Writer(self.prefixes)
        return [line for block in row_blocks(row) for line in writer.block(block).splitlines()]
