"""Things that are perhaps one thing: the same name, site or stock code twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from factscape.checking.decided import Decisions
from factscape.checking.findings import Found
from factscape.checking.material import Material
from factscape.checking.plain import Lit, text_of
from factscape.names.fold import Folding, has_han
from factscape.names.readings import simplified_characters
from factscape.terms import FS, PREFIXES, RDF, SCHEMA, SKOS, curie

__all__ = ["names_alike"]

_NAMES = (SKOS.prefLabel, SKOS.altLabel)
_SITES = (SCHEMA.url, SCHEMA.url_http, PREFIXES["foaf"] + "homepage")
_CODE = PREFIXES["fs"] + "stockCode"
_MOST = 12
"""So many things of one name are paired; more are no slip of a pen."""


def names_alike(material: Material, decisions: Decisions) -> Iterator[Found]:
    """Yield pairs of things that have a name, a site or a stock code in common and are not decided on."""
    things = _things(material)
    folding = _folding(material, things)
    said: set[frozenset[str]] = set()
    for check, what, keys in (
        ("duplicate-code", "stock code", _by_code(material, things)),
        ("duplicate-site", "site", _by_site(material, things)),
        ("duplicate-name", "name", _by_name(material, things, folding)),
    ):
        for owners in keys.values():
            for one, other in combinations(sorted(owners)[:_MOST], 2):
                pair = frozenset((one, other))
                if pair in said or not _alike(material, one, other):
                    continue
                said.add(pair)
                if decisions.different(one, other):
                    continue
                yield _found(check, what, (one, other), (owners[one], owners[other]), decisions)


def _found(
    check: str,
    what: str,
    pair: tuple[str, str],
    said: tuple[tuple[str, str], tuple[str, str]],
    decisions: Decisions,
) -> Found:
    one, other = pair
    (_, ours), (path, theirs) = said
    if decisions.same(one, other):
        return Found(
            check="decided-same",
            message=f"{curie(other)} was decided to be the same as {curie(one)}.",
            hint="Keep one address, and make the names of the other skos:altLabel of it.",
            subject=other,
        )
    shown = f"“{theirs}”" + (f" and “{ours}”" if ours != theirs else "")
    return Found(
        check=check,
        message=f"{curie(other)} and {curie(one)} have the same {what}: {shown}.",
        hint="If they are one thing, keep one address. If not, say so in decided.toml:\n"
        f'[[different]]\nthings = ["{curie(one)}", "{curie(other)}"]\nreason = "…"',
        subject=other,
        path=path,
        value=theirs,
    )


def _things(material: Material) -> list[str]:
    return [
        subject
        for subject in material.plain.said
        if not subject.startswith("_:") and material.plain.is_a(subject, FS.Thing)
    ]


def _alike(material: Material, one: str, other: str) -> bool:
    """Say whether two things are of one kind: a class of one is, or is above, a class of the other.

    A company and its product often have one name.
    """
    first, second = (
        {text_of(type_) for type_ in material.plain.get(iri, RDF.type)} for iri in (one, other)
    )
    above = material.plain.classes_above
    return any(a in above(b) or b in above(a) for a in first for b in second)


def _folding(material: Material, things: Iterable[str]) -> Folding:
    han = any(
        has_han(text_of(name))
        for thing in things
        for predicate in _NAMES
        for name in material.plain.get(thing, predicate)
    )
    return Folding(simplified_characters() if han else {})


Owners = dict[str, dict[str, tuple[str, str]]]
"""By key the things that have it, each with the property and the text in which it has it."""


def _by_name(material: Material, things: Iterable[str], folding: Folding) -> Owners:
    found: Owners = {}
    for thing in things:
        for predicate in _NAMES:
            for name in material.plain.get(thing, predicate):
                if isinstance(name, Lit) and (key := folding.key(name.value)):
                    found.setdefault(key, {}).setdefault(thing, (predicate, name.value))
    return found


def _by_site(material: Material, things: Iterable[str]) -> Owners:
    found: Owners = {}
    for thing in things:
        for predicate in _SITES:
            for site in material.plain.get(thing, predicate):
                text = text_of(site)
                key = text.lower().partition("://")[2].removeprefix("www.").rstrip("/")
                found.setdefault(key, {}).setdefault(thing, (predicate, text))
    return found


def _by_code(material: Material, things: Iterable[str]) -> Owners:
    found: Owners = {}
    for thing in things:
        for code in material.plain.get(thing, _CODE):
            text = text_of(code)
            # 2513, 02513 and 02513.HK are one code; which exchange is meant stands elsewhere.
            key = text.casefold().partition(".")[0].lstrip("0")
            found.setdefault(key, {}).setdefault(thing, (_CODE, text))
    return found
