"""One address, one statement: rows that repeat one are counted, rows that contradict one are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from factscape.exchange.layout import RowMade, statements
from factscape.exchange.statements import Statement
from factscape.reading import read_quads

__all__ = ["Clash", "Settled", "said_elsewhere", "settle"]

Pairs = frozenset[tuple[object, object]]


@dataclass(frozen=True)
class Clash:
    """A row that says something else at an address than a row before it, or another file."""

    row: RowMade
    address: ox.NamedNode
    other: str


@dataclass
class Settled:
    """The rows whose statements stand, and those whose do not."""

    rows: list[RowMade] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    statements: int = 0
    repeated: int = 0


def settle(rows: Iterable[RowMade], elsewhere: Mapping[ox.NamedNode, tuple[str, Pairs]]) -> Settled:
    """Keep the rows that agree on what is said at each address, the earlier before the later."""
    settled = Settled()
    seen: dict[ox.NamedNode, tuple[str, Statement]] = {}
    for row in rows:
        own: dict[ox.NamedNode, tuple[str, Statement]] = {}
        for statement in statements(row):
            before = seen.get(statement.address) or own.get(statement.address)
            file, said_there = elsewhere.get(statement.address, ("", None))
            if before is not None and before[1].core != statement.core:
                who = "itself in another record" if before[0] == row.row else f"row {before[0]}"
                settled.clashes.append(Clash(row, statement.address, who))
                break
            if before is None and said_there is not None and said_there != set(statement.pairs):
                settled.clashes.append(Clash(row, statement.address, file))
                break
            own.setdefault(statement.address, (row.row, statement))
        else:
            settled.repeated += len(own.keys() & seen.keys())
            for address, said in own.items():
                seen.setdefault(address, said)
            settled.rows.append(row)
    settled.statements = len(seen)
    return settled


def said_elsewhere(
    files: Iterable[Path], folder: Path, slugs: Iterable[str]
) -> dict[ox.NamedNode, tuple[str, Pairs]]:
    """Return what files of the same sources in other folders say, by address, with the file.

    Two tables may read one page, and each has a file of its own for it.
    """
    wanted, here = set(slugs), folder.resolve()
    found: dict[ox.NamedNode, tuple[str, Pairs]] = {}
    for path in files:
        if path.stem in wanted and path.resolve().parent != here:
            said: dict[ox.NamedNode, set[tuple[object, object]]] = {}
            for quad in read_quads(path):
                if isinstance(quad.subject, ox.NamedNode):
                    said.setdefault(quad.subject, set()).add((quad.predicate, quad.object))
            found |= {address: (str(path), frozenset(pairs)) for address, pairs in said.items()}
    return found
