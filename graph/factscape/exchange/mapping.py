"""The mapping of a table: which column is what, and the files of decisions beside it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeAlias

from factscape.errors import MisuseError, Place
from factscape.exchange.toml_files import did_you_mean, key_line, read_toml
from factscape.exchange.vocabulary import field_names

__all__ = [
    "OWN_FIELDS",
    "PAGE_FIELDS",
    "Fields",
    "MappingFile",
    "NewThing",
    "TableMapping",
    "UnitCell",
]

Fields: TypeAlias = "dict[str, Any]"
"""A record as written: names of fields, and a text, number, date or list of these for each."""

OWN_FIELDS = frozenset(
    {"describe", "time", "object", "predicate", "inverse", "word", "note", "left-out"}
)
"""Fields of a record beside the properties of the ontology; of texts also `…-zh`."""

PAGE_FIELDS = frozenset(
    {"url", "publisher", "issued", "language", "reliability", "title", "title-zh"}
    | {"slug", "inferred", "based-on", "cites", "comment"}
)
"""What can be said of a source."""

_SECTIONS = frozenset(
    {"names", "sources", "rows", "columns", "source", "constant", "units", "what"}
)
_NEW = frozenset({"new", "type", "en", "zh", "also", "comment"})


@dataclass(frozen=True)
class UnitCell:
    """What a cell of units means: a unit, and what the value is multiplied by."""

    unit: str
    times: Decimal = Decimal(1)


@dataclass(frozen=True)
class NewThing:
    """A thing that the names file makes."""

    iri: str
    types: tuple[str, ...]
    en: str
    zh: str
    also: tuple[str, ...]
    comment: str


@dataclass(frozen=True)
class MappingFile:
    """One of the files of decisions: where it is, what it says, its text."""

    path: Path | None
    text: str
    data: dict[str, Any]
    header: str | None = None
    """The table of the file in which the entries stand, where it is not the whole of it."""

    def place(self, key: str | None = None) -> Place | None:
        """Return where an entry stands, as far as that is seen."""
        if self.path is None:
            return None
        return Place(str(self.path), key_line(self.text, key) if key else None)


@dataclass(frozen=True)
class TableMapping:
    """A mapping with its files, whole."""

    place: Place | None
    columns: dict[str, str]
    source: dict[str, str]
    constant: Fields
    units: dict[str, UnitCell]
    what: dict[str, list[Fields]]
    names: MappingFile
    sources: dict[str, Fields]
    rows: dict[str, Fields | list[Fields]]
    rows_file: MappingFile = field(repr=False)
    sources_file: MappingFile = field(repr=False)

    @classmethod
    def read(cls, mapping: str | os.PathLike[str] | Mapping[str, Any]) -> TableMapping:
        """Read a mapping: a file of TOML, or the same as a dict.

        Raises MisuseError for a file that is not there or not TOML, an unknown key, a value of the
        wrong kind.
        """
        if isinstance(mapping, Mapping):
            main = MappingFile(None, "", dict(mapping))
        else:
            path = Path(mapping)
            data, text = read_toml(path)
            main = MappingFile(path, text, data)
        return _Reader(main).whole()

    def check_headings(self, table: str, headings: Iterable[str]) -> None:
        """Raise MisuseError where a column of the mapping is not in a table."""
        known = [heading for heading in headings if heading]
        for section in (self.columns, self.source):
            for field_, heading in section.items():
                if heading not in known:
                    raise MisuseError(
                        f"{field_} is to be in the column {heading!r}, which {table} does not have",
                        place=self.place,
                        hint=did_you_mean(heading, known),
                    )


class _Reader:
    """Reads a mapping and complains with the place of what is wrong."""

    def __init__(self, main: MappingFile) -> None:
        self.main = main
        self.known = field_names() | OWN_FIELDS
        strange = sorted(set(main.data) - _SECTIONS)
        if strange:
            raise self._wrong(main, strange[0], f"a mapping has no {strange[0]!r}", _SECTIONS)

    def whole(self) -> TableMapping:
        """Return the mapping."""
        rows = self._file("rows")
        sources = self._file("sources")
        return TableMapping(
            place=Place(str(self.main.path)) if self.main.path else None,
            columns=self._texts("columns", self.known | {"row", "what"}),
            source=self._texts("source", PAGE_FIELDS),
            constant=self._constant(),
            units={key: self._unit(key, value) for key, value in self._table("units").items()},
            what={key: self._records(self.main, key, v) for key, v in self._table("what").items()},
            names=self._names(),
            sources={key: self._page(sources, key, value) for key, value in sources.data.items()},
            rows={key: self._decision(rows, key, value) for key, value in rows.data.items()},
            rows_file=rows,
            sources_file=sources,
        )

    # ------------------------------------------------------------------ parts

    def _table(self, section: str) -> dict[str, Any]:
        table = self.main.data.get(section, {})
        if not isinstance(table, dict):
            raise self._wrong(self.main, section, f"[{section}] is a table of entries")
        return table

    def _texts(self, section: str, known: Iterable[str]) -> dict[str, str]:
        table = self._table(section)
        for key, value in table.items():
            if _unlocalised(key) not in known:
                message = f"[{section}] has no {key!r}"
                raise self._wrong(self.main, key, message, known)
            if not isinstance(value, str):
                raise self._wrong(
                    self.main, key, f"{key} names a column: write its heading in quotes"
                )
        return table

    def _constant(self) -> Fields:
        table = self._table("constant")
        (record,) = self._records(self.main, "constant", table, self.known | PAGE_FIELDS)
        return record

    def _unit(self, key: str, value: Any) -> UnitCell:
        if isinstance(value, str):
            return UnitCell(value)
        if isinstance(value, dict) and set(value) <= {"unit", "times"} and "unit" in value:
            try:
                times = Decimal(str(value.get("times", 1)))
            except InvalidOperation:
                times = Decimal(0)
            if isinstance(value["unit"], str) and times.is_finite() and times > 0:
                return UnitCell(value["unit"], times)
        raise self._wrong(
            self.main,
            key,
            f"[units] {key!r} is not a unit",
            hint='write "unit:percent", or { unit = "unit:USD", times = 1_000_000_000 }; "" is none',
        )

    def _file(self, section: str, default: str | None = None) -> MappingFile:
        """Return one of the files beside the mapping, or the table that stands for it."""
        named = self.main.data.get(section, default)
        if isinstance(named, dict):
            return MappingFile(self.main.path, self.main.text, named, section)
        if named is None or self.main.path is None:
            if isinstance(named, str) and section in self.main.data:
                raise self._wrong(self.main, section, f"{section} is a file, beside which file?")
            return MappingFile(None, "", {})
        if not isinstance(named, str):
            raise self._wrong(self.main, section, f"{section} names a file, or is a table")
        path = self.main.path.parent / named
        # The file of names comes to be when the first name has been found.
        if section == "names" and not path.exists():
            return MappingFile(path, "", {})
        data, text = read_toml(path)
        return MappingFile(path, text, data)

    def _names(self) -> MappingFile:
        file = self._file("names", "names.toml")
        for key, value in file.data.items():
            if isinstance(value, dict):
                self._new(file, key, value)
            elif not isinstance(value, str) or ":" not in value:
                raise self._wrong(
                    file,
                    key,
                    f"the name {key!r} means no thing",
                    hint='write "id:thing", or { new = "id:thing", type = "fs:Company", en = "…" }',
                )
        return file

    def _new(self, file: MappingFile, key: str, value: dict[str, Any]) -> None:
        for name in value:
            if name not in _NEW:
                raise self._wrong(file, key, f"a new thing has no {name!r}", _NEW)
        texts = [value.get(name, "") for name in ("new", "en", "zh", "comment")]
        lists = [value.get("also", []), value.get("type", "")]
        if (
            not all(isinstance(text, str) for text in texts)
            or not all(_is_texts(one) for one in lists)
            or not (value.get("new") and value.get("type"))
            or not (value.get("en") or value.get("zh"))
        ):
            raise self._wrong(
                file,
                key,
                f"{key!r} does not say what is new",
                hint='write { new = "id:thing", type = "fs:Company", en = "Name", zh = "名称" }',
            )

    def _page(self, file: MappingFile, key: str, value: Any) -> Fields:
        if not isinstance(value, dict):
            raise self._wrong(file, key, "an entry of sources is a table under the page's address")
        for name in value:
            if name not in PAGE_FIELDS:
                raise self._wrong(file, name, f"a source has no {name!r}", PAGE_FIELDS)
        return value

    def _decision(self, file: MappingFile, key: str, value: Any) -> Fields | list[Fields]:
        records = self._records(file, key, value)
        return records if isinstance(value, list) else records[0]

    def _records(
        self, file: MappingFile, key: str, value: Any, known: Iterable[str] = ()
    ) -> list[Fields]:
        """Return records after a look at the names of their fields."""
        known = frozenset(known) or self.known
        records = value if isinstance(value, list) else [value]
        for record in records:
            if not isinstance(record, dict):
                hint = 'write { metric = "metric:revenue" }, or a list of such'
                raise self._wrong(file, key, f"{key!r} is not a record", hint=hint)
            for name in record:
                if _unlocalised(name) not in known:
                    raise self._wrong(file, key, f"{key!r}: a record has no {name!r}", known)
                if not _is_value(record[name]):
                    raise self._wrong(
                        file, key, f"{key!r}: {name} is no text, number or list of such"
                    )
        return [dict(record) for record in records]

    def _wrong(
        self,
        file: MappingFile,
        key: str,
        message: str,
        known: Iterable[str] = (),
        *,
        hint: str = "",
    ) -> MisuseError:
        strange = re.search(r"no '([^']*)'$", message)
        if known and strange:
            hint = did_you_mean(strange[1], known)
        return MisuseError(message, place=file.place(key), hint=hint)


def _unlocalised(name: str) -> str:
    """Return the name of the field that `says-zh` is the Chinese of."""
    return name.removesuffix("-zh")


def _is_texts(value: object) -> bool:
    return isinstance(value, str) or (
        isinstance(value, list) and all(isinstance(item, str) for item in value)
    )


def _is_value(value: object) -> bool:
    if isinstance(value, list):
        return all(not isinstance(one, dict | list) for one in value)
    return not isinstance(value, dict)
