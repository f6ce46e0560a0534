"""The figure of an observation: its value in whole units, its unit, its bound, how it is printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import pyoxigraph as ox

from factscape.exchange.mapping import UnitCell
from factscape.exchange.records import Record
from factscape.exchange.resolving import Unresolved
from factscape.exchange.values import Term, Values, date_term, fs_property, number_term
from factscape.exchange.vocabulary import Vocabulary
from factscape.exchange.written import Number
from factscape.terms import FS, PREFIXES, curie, local_name

__all__ = ["FIGURES", "Figures"]

FIGURES = frozenset({"value", "low", "high", "unit", "margin", "bound", "printed"})
"""Fields that make up a figure."""

Pair = tuple[ox.NamedNode, Term]


@dataclass
class Figures:
    """Reads the figures of records."""

    values: Values

    @property
    def _vocabulary(self) -> Vocabulary:
        return self.values.resolver.vocabulary

    def pairs(self, record: Record, metric: str | None) -> list[Pair]:
        """Return the value of an observation with its unit, its bound, and how it is printed."""
        if metric and self._vocabulary.of(metric, FS.quantityKind) == FS.date:
            return self._date(record)
        values = self.values
        cell = values.unit(record)
        times = cell.times if cell else Decimal(1)
        number = self._number(record, cell)
        unit = self._unit(record, metric, number, cell)
        pairs: list[Pair] = [
            (fs_property(name), number_term(value * times))
            for name, value in (
                *(("value", number.value), ("low", number.low), ("high", number.high)),
                ("margin", number.margin),
            )
            if value is not None
        ]
        pairs.append((fs_property("unit"), unit))
        pairs += self._manner(record, number)
        printed = values.text(record, "printed") or number.printed
        # The figure is whole only with the word that says millions, where that stands apart.
        if times != 1 and not record.fields.get("printed"):
            printed = f"{printed} {values.text(record, 'unit')}"
        return [*pairs, (fs_property("printed"), ox.Literal(printed))]

    def _number(self, record: Record, cell: UnitCell | None) -> Number:
        """Return the number of a record; chosen ends of a range go before the cell's value."""
        values = self.values
        currency = None
        if cell and self._vocabulary.of(cell.unit, FS.quantityKind) == FS.money:
            currency = local_name(cell.unit)
        ends = {name for name in ("low", "high") if name in record.fields}
        if not ends:
            if "value" not in record.fields:
                raise values.error("value", "there is no value")
            number = values.number(record, "value", currency)
        elif len(ends) == 1:
            raise values.error(ends.pop(), "a range has a low and a high end")
        elif "value" in record.fields and "value" not in record.given:
            raise values.error("value", "give a value, or low and high, not both")
        else:
            low, high = (values.number(record, name, currency) for name in ("low", "high"))
            if low.value is None or high.value is None or not low.value < high.value:
                raise values.error("low", "a range goes up from one number to another")
            shown = values.text(record, "value") or f"{low.printed}–{high.printed}"
            number = replace(low, value=None, low=low.value, high=high.value, printed=shown)
        if "margin" in record.fields:
            margin = values.number(record, "margin").value
            if margin is None:
                raise values.error("margin", "margin is one number, not a range")
            number = replace(number, margin=margin)
        return number

    def _unit(
        self, record: Record, metric: str | None, number: Number, cell: UnitCell | None
    ) -> ox.NamedNode:
        values = self.values
        if cell is not None:
            said = self._vocabulary.unit(number.unit) if number.unit else None
            if said not in (None, cell.unit) and "unit" in record.given:
                raise values.error(
                    "unit",
                    f"the value is in {curie(said or '')}, the column says {curie(cell.unit)}",
                    "say in the file of rows which is meant: unit",
                )
            return ox.NamedNode(cell.unit)
        try:
            if number.unit:
                return ox.NamedNode(values.resolver.unit(number.unit))
        except Unresolved as error:
            if not self._counts(metric):
                raise values.error("value", error.message, error.hint) from error
        if self._counts(metric):
            return ox.NamedNode(PREFIXES["unit"] + "one")
        raise values.error(
            "unit",
            "the number has no unit",
            "write one beside it, or say unit; a count has unit:one",
        )

    def _counts(self, metric: str | None) -> bool:
        """Say whether a metric is a number of things, whatever word stands beside the figure."""
        return metric is not None and self._vocabulary.of(metric, FS.quantityKind) == FS.count

    def _date(self, record: Record) -> list[Pair]:
        """Return a value that is a date."""
        values = self.values
        if "value" not in record.fields:
            raise values.error("value", "there is no value")
        when = values.time(record, "value")
        if when.kind != "date":
            raise values.error(
                "value",
                f"{when.value} is a period, and this metric has a day, a month or a year for a value",
                "say in the file of rows: value, and bound where it is not exact",
            )
        printed = values.text(record, "printed") or values.text(record, "value")
        value = (fs_property("value"), date_term(when))
        return [value, *self._manner(record, None), (fs_property("printed"), ox.Literal(printed))]

    def _manner(self, record: Record, number: Number | None) -> list[Pair]:
        """Return the bound and the status: as the record says, else as the figure's words say."""
        pairs: list[Pair] = []
        if "bound" in record.fields:
            pairs.append((fs_property("bound"), self.values.one(record, "bound")))
        elif number is not None and number.bound != "exact":
            pairs.append((fs_property("bound"), fs_property(number.bound)))
        if "status" not in record.fields and number is not None and number.status:
            pairs.append((fs_property("status"), fs_property(number.status)))
        return pairs
