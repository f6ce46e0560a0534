"""A profile: how grave what each check finds counts here."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from factscape.checking.catalogue import Check
from factscape.checking.findings import SEVERITIES
from factscape.errors import FactsNotFoundError, FactsSyntaxError, Place

__all__ = ["read_profile"]

_OFF = "off"
_EXAMPLE = '[severity]\nconflict = "warning"\nmissing-script = "off"'


def read_profile(path: Path, checks: Iterable[Check]) -> Mapping[str, str]:
    """Return the severities that a TOML file sets, by id; `off` for checks that are left out.

    Raises FactsNotFoundError, FactsSyntaxError (with the line where one is known).
    """
    try:
        text = path.read_bytes().decode("utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise FactsNotFoundError(
            f"{path} cannot be read: {error.strerror or error}",
            hint=f"a profile is a file such as\n{_EXAMPLE}",
        ) from error
    except UnicodeDecodeError as error:
        raise FactsSyntaxError("this file is not UTF-8", place=Place(str(path))) from error
    except tomllib.TOMLDecodeError as error:
        stated = re.search(r"at line (\d+), column (\d+)", str(error))
        where = (int(stated[1]), int(stated[2])) if stated else ()
        place = Place(str(path), *where)
        raise FactsSyntaxError(f"this is not TOML: {error}", place=place, hint=_EXAMPLE) from error
    table = data.get("severity", {})
    if set(data) - {"severity"} or not isinstance(table, dict):
        raise FactsSyntaxError(
            "a profile is one table [severity]", place=Place(str(path)), hint=_EXAMPLE
        )
    known = [check.id for check in checks]
    for id_, severity in table.items():
        _check_entry(path, text, id_, severity, known)
    return table


def _check_entry(path: Path, text: str, id_: str, severity: object, known: list[str]) -> None:
    levels = (*SEVERITIES, _OFF)
    if id_ in known and severity in levels:
        return
    pattern = re.compile(rf"\s*[\"']?{re.escape(id_)}[\"']?\s*=")
    line = next((n for n, row in enumerate(text.split("\n"), start=1) if pattern.match(row)), None)
    if id_ in known:
        message, hint = f"{id_} cannot be {severity!r}", "one of: " + ", ".join(levels)
    else:
        near = difflib.get_close_matches(id_, known, n=1)
        message = f"there is no check {id_!r}"
        hint = f"did you mean {near[0]}?" if near else "factscape check --list-checks names all"
    raise FactsSyntaxError(message, place=Place(str(path), line), hint=hint)
