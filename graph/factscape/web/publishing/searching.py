"""What is searched as somebody types in a site: names, and figures, in script files of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping
from typing import TYPE_CHECKING, Any

from factscape.names.schema import Role
from factscape.terms import BASE
from factscape.web.looking.figures import PATTERNS, Found, all_figures, as_hit, times_of
from factscape.web.publishing.naming import THING, Target, file_of
from factscape.web.rendering import LANGUAGES

if TYPE_CHECKING:
    from factscape.names.index import EntryName, NameIndex
    from factscape.opening import Facts

__all__ = ["figures_script", "names_script"]

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
    return _script("names", data)


def figures_script(facts: Facts, pages: Container[str]) -> bytes:
    """Return a script that sets `factscape.figures` to all figures that have a page, compact.

    A figure is `[page, IRI, thing, metric, begins, ends, period, part, kind, English, Chinese]`, in
    the order of `all_figures`; thing and metric are numbers of pages, a language has what is said
    and where, and 0 is what goes without saying.
    """
    places: dict[str, int] = {}
    found = (one for one in all_figures(facts) if _page(one.figure.claim) + ".html" in pages)
    data = {
        "patterns": PATTERNS,
        "figures": [_figure(facts, one, places) for one in found],
        "pages": list(places),
    }
    return _script("figures", data)


def _script(name: str, data: Mapping[str, Any]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f'"use strict";\n(globalThis.factscape ??= {{}}).{name} = {text};\n'.encode()


def _figure(facts: Facts, found: Found, places: dict[str, int]) -> list[Any]:
    hits = [(lang, as_hit(facts, found, lang)) for lang in LANGUAGES]
    return [
        *_placed(found.figure.claim),
        *(places.setdefault(_page(iri), len(places)) for iri in (found.thing, found.metric)),
        *times_of(found.figure),
        int(bool(found.figure.about)),
        hits[0][1]["kind"] or 0,
        *([hit[lang], hit["name"]] for lang, hit in hits),
    ]


def _page(iri: str) -> str:
    return file_of(Target(THING, iri)).removesuffix(".html")


def _placed(iri: str) -> tuple[str, str | int]:
    """Return where the page of a thing is, and its IRI unless that is said by it."""
    page = _page(iri)
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
