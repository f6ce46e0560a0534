"""What is searched as somebody types in a site: names in one script file, for there is no server."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping
from typing import TYPE_CHECKING, Any

from factscape.names.schema import Role
from factscape.terms import BASE
from factscape.web.publishing.naming import THING, Target, file_of

if TYPE_CHECKING:
    from factscape.names.index import EntryName, NameIndex

__all__ = ["names_script"]

_LONGEST = 200
"""So many characters of a name are searched."""


def names_script(
    names: NameIndex,
    label: Callable[[str], Mapping[str, str]],
    prefixes: Mapping[str, str],
    pages: Container[str],
) -> bytes:
    """Return a script that sets `factscape.names` to the names of all that has a page, compact.

    `label` says what a class is called. A thing is `[page, IRI, English, Chinese, kind, background,
    name…]`, a name `[text, role, initials, spoken…]` or only its text; 0 is what goes without saying.
    """
    kinds: dict[str, int] = {}
    things = [
        [
            *_placed(thing.iri),
            *(thing.en, thing.zh if thing.zh != thing.en else 0),
            kinds.setdefault(thing.types[0], len(kinds)) if thing.types else -1,
            int(thing.background),
            *map(_packed, named),
        ]
        for thing, named in names.entries()
        if file_of(Target(THING, thing.iri)) in pages
    ]
    labels = [dict(label(kind)) for kind in kinds]
    data = {
        "prefixes": sorted(prefixes.items()),
        "characters": _characters(names, things),
        "kinds": [[one.get("en", ""), one.get("zh") or one.get("en", "")] for one in labels],
        "things": things,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f'"use strict";\n(globalThis.factscape ??= {{}}).names = {text};\n'.encode()


def _placed(iri: str) -> tuple[str, str | int]:
    """Return where the page of a thing is, and its IRI unless that is said by it."""
    page = file_of(Target(THING, iri)).removesuffix(".html")
    return page, 0 if BASE + page == iri else iri


def _packed(name: EntryName) -> str | list[str | int]:
    text = name.text[:_LONGEST]
    if name.role is Role.MAIN and not name.spoken and not name.initials:
        return text
    return [text, int(name.role), name.initials, *name.spoken]


def _characters(names: NameIndex, things: list[list[Any]]) -> list[str]:
    """Return traditional characters and what they become, as far as a name here has that."""
    used = set(json.dumps(things, ensure_ascii=False))
    wanted = {
        traditional: simplified
        for traditional, simplified in names.characters.items()
        if simplified in used or traditional in used
    }
    return ["".join(wanted), "".join(wanted.values())]
