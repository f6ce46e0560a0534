"""Which file each page of a site is in: a function of what it is about, so that addresses last."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from factscape.terms import BASE, local_name
from factscape.web.addresses import KINDS

__all__ = ["THING", "Target", "file_of", "relative"]

THING = "thing"
"""The name of the page about a thing; other pages have the names of `rendering.NAMED`."""

_TERMS = "ontology"
_SHARED = (THING, "network", "timeline", "ranking", "compare", "report")
"""Pages whose data are the same in every language."""
# Not every file system tells capitals apart, so a name keeps them only where they usually stand.
_CURRENCY = re.compile(r"(?<=^/)(?!day|one)[a-z]{3}(?=-|$)")
_HALF = re.compile(r"(?<![a-z])[hq](?=[1-4](?:-|$))")
_TERM = re.compile(r"[A-Za-z][A-Za-z0-9]{0,59}")
_CAPITAL = re.compile(r"[A-Z]")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
_UNSAFE = re.compile(r"[^a-z0-9]+")
_ENDINGS = (".html", ".json", ".ttl", ".")
# Names that Windows gives to devices.
_DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}
_LONGEST = 200


class Target(NamedTuple):
    """A page, whatever its language and format: its name, and what it is about or is given."""

    name: str
    iri: str = ""
    given: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=1 << 17)
def file_of(target: Target, lang: str = "en", format: str = "html") -> str:
    """Return the path of the file that a page is in.

    >>> file_of(Target(THING, "https://w3id.org/factscape/id/glm-4.6"), "zh")
    'zh/id/glm-4.6.html'
    >>> file_of(Target(THING, "https://w3id.org/factscape/source/a-2026#p45"), format="json")
    'source/a-2026/-/p45.json'
    >>> file_of(Target("home")), file_of(Target("conflict", given=(("id", "x1"),)))
    ('index.html', 'conflict/x1.html')
    >>> file_of(Target("ranking", "https://w3id.org/factscape/metric/net-loss"))
    'ranking/metric/net-loss.html'

    What is said of a thing is the same in every language.

    >>> file_of(Target(THING, "https://w3id.org/factscape/id/zhipu"), "zh", "ttl")
    'id/zhipu.ttl'

    Not every system tells capitals apart.

    >>> file_of(Target(THING, "https://w3id.org/factscape/unit/CNY"))
    'unit/CNY.html'
    >>> terms = [f"https://w3id.org/factscape/ontology#{name}" for name in ("TimeKind", "timeKind")]
    >>> [file_of(Target(THING, term)) for term in terms]
    ['ontology/class/time-kind.html', 'ontology/time-kind.html']
    """
    if target.name == THING:
        stem = _stem_of_thing(target.iri)
    elif target.iri:
        stem = f"{target.name}/{_stem_of_thing(target.iri)}"
    else:
        stem = _stem_of_page(target.name, dict(target.given))
    shared = target.name in _SHARED and format != "html"
    folder = "" if lang == "en" or shared else f"{lang}/"
    return f"{folder}{stem}.{format}"


def relative(path: str, page: str) -> str:
    """Return where a file is, seen from a page; both are paths in the site.

    >>> relative("static/site.css", "zh/id/zhipu.html"), relative("index.html", "things.html")
    ('../../static/site.css', 'index.html')
    """
    to, here = path.split("/"), page.split("/")
    shared = 0
    while shared < len(here) - 1 and shared < len(to) - 1 and here[shared] == to[shared]:
        shared += 1
    return "../" * (len(here) - 1 - shared) + "/".join(to[shared:])


def _stem_of_thing(iri: str) -> str:
    rest = iri.removeprefix(BASE)
    path, hash_, fragment = rest.partition("#")
    kind, *slugs = path.split("/")
    parts = [*slugs, *([fragment] if hash_ else [])]
    ours = rest != iri and len(rest) <= _LONGEST and all(map(_is_plain, parts))
    if ours and kind == _TERMS and hash_ and not slugs and _TERM.fullmatch(fragment):
        return _stem_of_term(fragment)
    if ours and kind in KINDS and slugs and rest == _usual(kind, rest.lower()):
        # No part of an IRI is called "-", so a passage is never taken for another document.
        return "/".join([kind, *slugs, *(["-", fragment] if hash_ else [])])
    return f"{THING}/{_hashed(local_name(iri), iri)}"


def _stem_of_term(name: str) -> str:
    """Return the path of a term: classes begin with a capital, properties have some within."""
    own = name[0].lower() + _CAPITAL.sub(lambda found: f"-{found[0].lower()}", name[1:])
    return f"{_TERMS}/{own}" if name[0].islower() else f"{_TERMS}/class/{own}"


def _usual(kind: str, lower: str) -> str:
    """Return how what is called so without capitals is usually written.

    >>> _usual("unit", "unit/cny-per-month"), _usual("period", "period/2022--2025-q3")
    ('unit/CNY-per-month', 'period/2022--2025-Q3')
    """
    if kind == "unit":
        return kind + _CURRENCY.sub(lambda found: found[0].upper(), lower[len(kind) :], count=1)
    return _HALF.sub(lambda found: found[0].upper(), lower) if kind == "period" else lower


def _is_plain(part: str) -> bool:
    """Say whether a file or folder may be called so, on every system, and be told from others."""
    lower = part.lower()
    plain = _PLAIN.fullmatch(part) is not None and not lower.endswith(_ENDINGS)
    return plain and lower.partition(".")[0] not in _DEVICES


def _stem_of_page(name: str, given: Mapping[str, str]) -> str:
    if not given:
        return "index" if name == "home" else name
    # A page that has one name is called by it alone.
    only = given.keys() in ({"id"}, {"name"})
    said = "_".join(given[key] if only else f"{key}-{given[key]}" for key in sorted(given))
    plain = _is_plain(said) and said == said.lower() and "_" not in "".join(given.values())
    return f"{name}/{said if plain else _hashed(said, repr(sorted(given.items())))}"


def _hashed(words: str, whole: str) -> str:
    """Return a name that people may recognize, made certain by a hash."""
    slug = _UNSAFE.sub("-", words.lower()[:80]).strip("-")[:40].strip("-")
    digest = sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:20]
    return f"{slug}-{digest}" if slug else digest
