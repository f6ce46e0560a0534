"""From what a field of a record says to terms of RDF, as the ontology says what the field holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

import pyoxigraph as ox

from factscape.errors import WrittenError
from factscape.exchange.addresses import slug
from factscape.exchange.mapping import TableMapping, UnitCell
from factscape.exchange.proposing import Proposal
from factscape.exchange.records import Cell, Record, RowError
from factscape.exchange.resolving import Resolver, Unresolved
from factscape.exchange.vocabulary import Field, Holds
from factscape.exchange.written import Number, When, read_number, read_time
from factscape.names.fold import has_han
from factscape.terms import FS, PREFIXES, XSD, local_name

__all__ = ["Term", "Values", "date_term", "fs_property", "number_term", "period_term", "term_slug"]

Term = ox.NamedNode | ox.Literal

_TEMPLATE = re.compile(r"\{([A-Za-z][\w-]*)\}")
_ORDINAL = re.compile(r"^(?:第|no\.?|#|rank)\s*|(?<=\d)(?:st|nd|rd|th)$|[名位]$", re.IGNORECASE)
"""What makes a number a place: 第4, No. 4, 4th."""

_INTEGER, _DECIMAL = ox.NamedNode(XSD.integer), ox.NamedNode(XSD.decimal)
_DATES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
_ANY = Field("a thing", "", Holds.THING, None, ())
_FITS = {"time": 'give `time` in the file of rows, or time = "" where nothing is said'}


@dataclass
class Values:
    """Reads the fields of records."""

    mapping: TableMapping
    resolver: Resolver

    # ------------------------------------------------------------------ fields

    def terms(self, record: Record, name: str) -> list[Term]:
        """Return the values of a field of a record, in order, each once.

        Raises RowError where one of them cannot be read.
        """
        value = record.fields[name]
        bare = name.removesuffix("-zh")
        field = self.resolver.vocabulary.fields[bare]
        texts = [_text(one) for one in (value if isinstance(value, list) else [value])]
        with_language = "zh" if name != bare else None
        found: dict[Term, None] = {}
        for text in texts:
            found[self._term(record, field, name, text, with_language)] = None
        return list(found)

    def one(self, record: Record, name: str) -> Term:
        """Return the only value of a field; raises RowError where there is none, or several."""
        if name not in record.fields:
            raise self.error(name, f"{name} is missing", self._missing_hint(name))
        terms = self.terms(record, name)
        if len(terms) != 1:
            raise self.error(name, f"{name} has {len(terms)} values, but it can have one")
        return terms[0]

    def thing(self, record: Record, name: str, field: Field = _ANY) -> ox.NamedNode:
        """Return the thing of a field that is no property, such as `describe` or `object`."""
        if name not in record.fields:
            raise self.error(name, f"{name} is missing", self._missing_hint(name))
        value = record.fields[name]
        if isinstance(value, list):
            raise self.error(name, f"{name} has {len(value)} values, but it can have one")
        return self._thing(record, field, name, _text(value))

    def text(self, record: Record, name: str) -> str:
        """Return a field as text, empty where it is absent; raises RowError for a list."""
        value = record.fields.get(name, "")
        if isinstance(value, list):
            raise self.error(name, f"{name} has {len(value)} values, but it can have one")
        return _text(value)

    def error(
        self, name: str, message: str, hint: str = "", proposal: Proposal | None = None
    ) -> RowError:
        """Return the error of a field, with the heading of its column where it has one."""
        columns = self.mapping.columns
        # A metric that nobody chose is the text of the column `what`.
        told_by = "what" if name == "metric" and name not in columns else name
        column = columns.get(told_by, name)
        return RowError(message, hint, column=column, proposal=proposal)

    def _missing_hint(self, name: str) -> str:
        if name in self.mapping.columns:
            return f"fill the column {self.mapping.columns[name]!r}, or say it in the file of rows"
        return f"say {name} in [what] or in the file of rows, or map a column to it"

    # ------------------------------------------------------------------ numbers and times

    def number(self, record: Record, name: str, currency: str | None = None) -> Number:
        """Return the number of a field; raises RowError where it is none."""
        text = self.text(record, name)
        if self.resolver.vocabulary.fields[name].holds is Holds.WHOLE:
            text = _ORDINAL.sub("", text)
        try:
            return read_number(text, currency=currency)
        except WrittenError as error:
            hint = "\n".join([error.hint] if error.hint else [])
            low, high = getattr(error, "low", None), getattr(error, "high", None)
            if low is not None and high is not None:
                hint = f"say in the file of rows: low = {low:f}, high = {high:f}"
            raise self.error(name, error.message, hint) from error

    def time(self, record: Record, name: str = "time") -> When:
        """Return the time of a field; raises RowError where it is none."""
        text = self.text(record, name).removeprefix("period:")
        try:
            return read_time(text)
        except WrittenError as error:
            hint = "\n".join(part for part in (error.hint, _FITS.get(name, "")) if part)
            raise self.error(name, error.message, hint) from error

    def unit(self, record: Record) -> UnitCell | None:
        """Return the unit of a record with its factor; None where it has none."""
        text = self.text(record, "unit")
        cell = self.mapping.units.get(text)
        if cell is not None and not cell.unit:
            return None
        if cell is None and not text:
            return None
        try:
            return UnitCell(
                self.resolver.unit(cell.unit if cell else text), cell.times if cell else Decimal(1)
            )
        except Unresolved as error:
            raise self.error("unit", error.message, error.hint) from error

    # ------------------------------------------------------------------ inside

    def _term(
        self, record: Record, field: Field, name: str, text: str, language: str | None
    ) -> Term:
        holds = field.holds
        if holds is Holds.THING or (holds is Holds.THING_OR_WORDS and self._means_thing(text)):
            return self._thing(record, field, name, text)
        if holds in (Holds.WORDS, Holds.THING_OR_WORDS):
            return ox.Literal(text, language=language or ("zh" if has_han(text) else "en"))
        if holds in (Holds.TIME, Holds.PERIOD):
            return self._time(record, field, name)
        if holds in (Holds.NUMBER, Holds.WHOLE):
            return self._number(record, field, name)
        if holds is Holds.TRUTH:
            if text.casefold() not in ("true", "false"):
                raise self.error(name, f"{name} is true or false, not {text!r}")
            return ox.Literal(text.casefold() == "true")
        if holds is Holds.STRING:
            return ox.Literal(text)
        return ox.NamedNode(self._address(record, field, name, text))

    def _address(self, record: Record, field: Field, name: str, text: str) -> str:
        """Return the IRI of a metric, a unit, a source, a statement, or one of a closed list."""
        resolver = self.resolver
        try:
            match field.holds:
                case Holds.METRIC:
                    return resolver.metric(text)
                case Holds.UNIT:
                    found = self.unit(record)
                    if found is None:
                        raise Unresolved(f"{text!r} is no unit")
                    return found.unit
                case Holds.SOURCE:
                    return resolver.source(text)
                case Holds.CHOICE:
                    return resolver.choice(text, field)
                case _:
                    return resolver.address(text)
        except Unresolved as error:
            raise self.error(name, error.message, error.hint, error.proposal) from error

    def _thing(self, record: Record, field: Field, name: str, text: str) -> ox.NamedNode:
        try:
            return ox.NamedNode(self.resolver.thing(self._expanded(record, name, text), field))
        except Unresolved as error:
            raise self.error(name, error.message, error.hint, error.proposal) from error

    def _means_thing(self, text: str) -> bool:
        return text in self.resolver.names.data or self.resolver.is_address(text)

    def _time(self, record: Record, field: Field, name: str) -> Term:
        when = self.time(record, name)
        if field.holds is Holds.PERIOD:
            return period_term(when)
        if when.kind == "date":
            return date_term(when)
        if field.iri == FS.at:
            raise self.error(name, f"{when.value} is a period: at holds a day, a month or a year")
        return period_term(when)

    def _number(self, record: Record, field: Field, name: str) -> Term:
        number = self.number(record, name)
        if number.value is None:
            raise self.error(name, f"{name} is one number, not a range")
        if field.holds is Holds.WHOLE and number.value != int(number.value):
            raise self.error(name, f"{name} is a whole number")
        return number_term(number.value)

    def _expanded(self, record: Record, name: str, text: str) -> str:
        """Return a text with `{field}` replaced by what the field means.

        At the beginning that is the address of the thing, further on the end of it alone.
        """

        def said(match: re.Match[str]) -> str:
            meant = self._meant(record, name, match[1])
            return meant if match.start() == 0 else meant.rpartition(":")[2]

        return text if isinstance(text, Cell) else _TEMPLATE.sub(said, text)

    def _meant(self, record: Record, name: str, other: str) -> str:
        """Return a field as part of an address; a field that refers to itself means its cell."""
        value = record.fields.get(other) if other != name else None
        text = _text(value) if value is not None else record.cells.get(other, "")
        if not text or isinstance(value, list):
            raise self.error(name, f"{{{other}}} refers to a field without one value")
        if other == "time":
            return slug(self.time(record, "time").value)
        field = self.resolver.vocabulary.fields.get(other)
        if field is None or field.holds is not Holds.THING:
            return slug(text)
        expanded = text if other == name else self._expanded(record, other, text)
        try:
            return self.resolver.shortened(self.resolver.thing(expanded, _ANY))
        except Unresolved as error:
            raise self.error(other, error.message, error.hint, error.proposal) from error


def _text(value: Any) -> str:
    """Return a value of TOML as a table would write it; a cell stays one."""
    if isinstance(value, Cell):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


@cache
def fs_property(name: str) -> ox.NamedNode:
    """Return the property that a field is, that of `says` for `says-zh` too."""
    return ox.NamedNode(PREFIXES["fs"] + name.removesuffix("-zh"))


def number_term(value: Decimal) -> ox.Literal:
    """Return a number as a term: whole where it is, else with as many digits as it has.

    >>> number_term(Decimal("2.358E+9")).value, number_term(Decimal("8.40")).value
    ('2358000000', '8.4')
    """
    if value == value.to_integral_value():
        return ox.Literal(str(int(value)), datatype=_INTEGER)
    return ox.Literal(f"{value:f}".rstrip("0"), datatype=_DECIMAL)


def date_term(when: When) -> ox.Literal:
    """Return a day, a month or a year as a term.

    >>> date_term(When("date", "2025-05")).datatype.value.rpartition("#")[2]
    'gYearMonth'
    """
    return ox.Literal(when.value, datatype=ox.NamedNode(_DATES[len(when.value)]))


def period_term(when: When) -> ox.NamedNode:
    """Return a period, or the period that a date is, as a term."""
    return ox.NamedNode(PREFIXES["period"] + when.value)


@lru_cache(maxsize=10_000)
def term_slug(term: Term) -> str:
    """Return a value as part of the address of a statement."""
    return slug(local_name(term.value) if isinstance(term, ox.NamedNode) else term.value)
