"""Figures as rankings and comparisons show them, and what a set of them is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from factscape.claims.cards.parts import Label, Named
from factscape.claims.measured import Measure, Measured
from factscape.terms import FS, PREFIXES
from factscape.views.sheet import Sheet, number
from factscape.views.tables import text

if TYPE_CHECKING:
    from factscape.opening import Facts

__all__ = ["measure_title", "measured_row", "unconverted"]

_ONE = PREFIXES["unit"] + "one"
_LENGTHS = ("year", "half", "quarter", "month")


class _Named(Protocol):
    """A set of figures that compare: a board or a panel."""

    @property
    def measure(self) -> Measure: ...
    @property
    def metric(self) -> Named: ...
    @property
    def unit(self) -> Named | None: ...
    @property
    def measured_by(self) -> Named | None: ...
    @property
    def scope(self) -> tuple[Label, ...]: ...


def measure_title(sheet: Sheet, found: _Named, *words: str) -> list[str]:
    """Return what figures are about: metric, unit, scope, other `words`, length of span, measurer."""
    length = found.measure.length
    said = [sheet.word(word) for word in words]
    if length in _LENGTHS:
        said.append(sheet.word(f"per_{length}"))
    elif length:
        said.append(sheet.word("per_days", n=length.split()[0]))
    if found.measured_by:
        by = found.measured_by.label
        said.append(sheet.word("by_whom", name=[by["en"], by["zh"]]))
    labels = [found.metric.label]
    if found.unit and found.unit.iri != _ONE:
        labels.append(found.unit.label)
    labels += found.scope
    return [
        " · ".join([*(label[lang] for label in labels), *(both[place] for both in said)])
        for place, lang in enumerate(("en", "zh"))
    ]


def measured_row(sheet: Sheet, row: Measured) -> dict[str, Any]:
    """Return a figure as pages show it: number, words, sides, sources."""
    status = row.figure.status
    return {
        "claim": sheet.iri(row.one.iri),
        "value": number(row.value),
        "low": number(row.low),
        "high": number(row.high),
        "words": text(row.words),
        "printed": row.figure.printed,
        "status": text(status.label) if status and status.iri != FS.reported else None,
        "converted": row.converted,
        "sources": row.sources,
        "disputed": row.disputed,
        "sides": [
            [text(side.words), sheet.cites(side.citations), number(side.value)]
            for side in row.sides
        ],
    }


def unconverted(facts: Facts, currency: str | None, rows: Sequence[Measured]) -> int:
    """Count the figures of money that no stated rate brings into the currency asked for."""
    if currency is None:
        return 0
    others = {row.one.unit for row in rows} - {currency, ""}
    money = {
        unit for unit in others if FS.money in facts.reader.describe(unit).values(FS.quantityKind)
    }
    return sum(row.one.unit in money for row in rows)
