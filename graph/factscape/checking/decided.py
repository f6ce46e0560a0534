"""Decisions on things that look like one: a file that says which are different, and which the same."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from factscape.errors import FactsNotFoundError, FactsSyntaxError, Place
from factscape.terms import PREFIXES

__all__ = ["Decision", "Decisions", "read_decisions"]

FILE = "decided.toml"
_EXAMPLE = '[[different]]\nthings = ["id:one", "id:other"]\nreason = "why"'


@dataclass(frozen=True)
class Decision:
    """What was decided on two or more things."""

    things: tuple[str, ...]
    same: bool
    reason: str
    place: Place


class Decisions:
    """All decisions on the facts at hand."""

    def __init__(self, decisions: Collection[Decision] = ()) -> None:
        """Hold decisions."""
        self.all = tuple(decisions)

    def different(self, one: str, other: str) -> bool:
        """Say whether two things were decided to be different."""
        return any(not made.same and {one, other} <= set(made.things) for made in self.all)

    def same(self, one: str, other: str) -> bool:
        """Say whether two things were decided to be one."""
        return any(made.same and {one, other} <= set(made.things) for made in self.all)


def read_decisions(files: Iterable[Path], prefixes: Mapping[str, str] = PREFIXES) -> Decisions:
    """Read `decided.toml` in every folder in which one of the files lies.

    Raises FactsNotFoundError, FactsSyntaxError with the place of what is wrong.
    """
    folders = dict.fromkeys(path.parent for path in files)
    found: list[Decision] = []
    for folder in folders:
        if (folder / FILE).is_file():
            found += _read(folder / FILE, prefixes)
    return Decisions(found)


def _read(path: Path, prefixes: Mapping[str, str]) -> list[Decision]:
    try:
        text = path.read_bytes().decode("utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise FactsNotFoundError(f"{path} cannot be read: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        stated = re.search(r"at line (\d+)", str(error))
        place = Place(str(path), int(stated[1]) if stated else None)
        raise FactsSyntaxError(f"this is not TOML: {error}", place=place, hint=_EXAMPLE) from error
    found = []
    for kind in ("different", "same"):
        header = re.compile(rf"\s*\[\[\s*{kind}\s*\]\]")
        lines = [n for n, row in enumerate(text.split("\n"), start=1) if header.match(row)]
        entries = data.pop(kind, [])
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            place = Place(str(path), lines[number] if number < len(lines) else None)
            found.append(_decision(entry, kind == "same", place, prefixes))
    if data:
        raise FactsSyntaxError(
            "a file of decisions holds [[different]] and [[same]] tables and nothing else",
            place=Place(str(path)),
            hint=_EXAMPLE,
        )
    return found


def _decision(entry: object, same: bool, place: Place, prefixes: Mapping[str, str]) -> Decision:
    things = entry.get("things") if isinstance(entry, dict) else None
    reason = entry.get("reason") if isinstance(entry, dict) else None
    if (
        not isinstance(things, list)
        or len(things) < 2
        or not all(isinstance(thing, str) for thing in things)
        or not (isinstance(reason, str) and reason.strip())
    ):
        raise FactsSyntaxError(
            "a decision names at least two things, and a reason", place=place, hint=_EXAMPLE
        )
    return Decision(tuple(_iri(thing, prefixes) for thing in things), same, reason, place)


def _iri(name: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, local = name.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes else name.strip("<>")
