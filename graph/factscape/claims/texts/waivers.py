"""Waivers: figures of a text that state nothing checkable, each with the reason, in a small file.

[[waived]]
paragraph = 18              # the line of the text, from 1
figure = "01"               # as printed; more of the text around it may be given
reason = "number of a section heading"

[[waived]]
paragraph = 39
figure = "3"
nth = 2                     # the second such figure of the paragraph; else the first
reason = "…"

[[waived]]
figure = "第一時間"
every = true                # wherever it stands
reason = "a fixed phrase"
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factscape.errors import FactsNotFoundError, FactsSyntaxError, Place
from factscape.terms import local_name

__all__ = ["Waiver", "find_waivers", "read_waivers"]

_KEYS = {"paragraph": int, "figure": str, "nth": int, "every": bool, "reason": str}
_WORDS = {int: "a whole number", str: "text in quotes", bool: "true or false"}
_EXAMPLE = '[[waived]]\nparagraph = 18\nfigure = "01"\nreason = "number of a section heading"'


@dataclass(frozen=True)
class Waiver:
    """One figure that no statement has to hold, and why."""

    figure: str
    reason: str
    paragraph: int | None
    """The line of the text; None where the waiver holds in every line."""
    nth: int
    place: Place
    """Where the waiver itself stands."""


def find_waivers(source: str, files: Iterable[Path]) -> Path | None:
    """Return the file of waivers beside the facts of a source: `<slug>.waived.toml`, if there is one.

    >>> find_waivers("https://w3id.org/factscape/source/none-2026", []) is None
    True
    """
    name = f"{local_name(source)}.waived.toml"
    folders = dict.fromkeys(path.parent for path in files)
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def read_waivers(path: Path) -> list[Waiver]:
    """Read a file of waivers.

    Raises FactsNotFoundError when it cannot be read, FactsSyntaxError (with the line where one is
    known) when it is not TOML, not UTF-8, or a waiver lacks its figure, its reason or its place.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise FactsNotFoundError(f"{path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise FactsSyntaxError("this file is not UTF-8", place=Place(str(path))) from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(path, error) from error
    strange = sorted(set(data) - {"waived"})
    entries = data.get("waived", [])
    if strange or not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise FactsSyntaxError(
            "a file of waivers holds [[waived]] tables and nothing else",
            place=Place(str(path)),
            hint=_EXAMPLE,
        )
    lines = [
        number
        for number, line in enumerate(text.split("\n"), start=1)
        if re.match(r"\s*\[\[\s*[\"']?waived[\"']?\s*\]\]", line)
    ]
    # A list written inline has no headers to count: then the file alone is the place.
    numbers: list[int | None] = [*lines] if len(lines) == len(entries) else [None] * len(entries)
    return [
        _waiver(entry, Place(str(path), number))
        for entry, number in zip(entries, numbers, strict=True)
    ]


def _not_toml(path: Path, error: tomllib.TOMLDecodeError) -> FactsSyntaxError:
    stated = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", str(error), re.DOTALL)
    place = Place(str(path), int(stated[2]), int(stated[3])) if stated else Place(str(path))
    message = stated[1] if stated else str(error)
    return FactsSyntaxError(f"this is not TOML: {message}", place=place, hint=_EXAMPLE)


def _waiver(entry: dict[str, Any], place: Place) -> Waiver:
    def wrong(message: str, hint: str = _EXAMPLE) -> FactsSyntaxError:
        return FactsSyntaxError(message, place=place, hint=hint)

    for key, value in entry.items():
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            raise wrong(
                f"a waiver has no {key!r}",
                f"did you mean {near[0]}?" if near else "it has: " + ", ".join(_KEYS),
            )
        if type(value) is not _KEYS[key]:
            raise wrong(f"{key} must be {_WORDS[_KEYS[key]]}")
    for key in ("figure", "reason"):
        if not entry.get(key, "").strip():
            raise wrong(f"a waiver needs its {key}")
    every = entry.get("every", False)
    if every == ("paragraph" in entry):
        raise wrong(
            "a waiver holds in one paragraph or, with every = true, in all: give one of them"
        )
    if every and "nth" in entry:
        raise wrong("a waiver for every place has no nth")
    if entry.get("paragraph", 1) < 1 or entry.get("nth", 1) < 1:
        raise wrong("paragraph and nth count from 1")
    return Waiver(
        figure=entry["figure"],
        reason=entry["reason"].strip(),
        paragraph=entry.get("paragraph"),
        nth=entry.get("nth", 1),
        place=place,
    )
