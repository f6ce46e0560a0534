"""What each page shows, as plain data: the same that its JSON twin is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from factscape.claims.card import card
from factscape.claims.card_parts import as_plain
from factscape.claims.disagreement.shown import show_groups
from factscape.claims.overview import overview
from factscape.claims.sources import read_sources
from factscape.errors import MisuseError, UnknownNameError
from factscape.names.choosing import choose
from factscape.terms import FS
from factscape.web.addresses import address

if TYPE_CHECKING:
    from factscape.opening import Facts

__all__ = ["LOOKS", "conflicts", "hits", "home", "known", "sources", "thing"]

Given = Mapping[str, str]
Data = dict[str, Any]

_LONGEST = 300
_HITS = 20
_GROUPS = 20
_ON_HOME = 5


def home(facts: Facts, given: Given) -> Data:
    """Return what is here: counts, best connected things, newest sources, open disagreements."""
    told = overview(facts.store, given.get("lang", "en")).as_dict()
    disputed = [group for group in facts.compared() if group.disputed]
    shown = show_groups(disputed[:_ON_HOME], facts.reader)
    groups = [group.as_dict() for group in shown]
    return {"overview": told, "disputed": {"count": len(disputed), "groups": groups}}


def hits(facts: Facts, given: Given) -> Data:
    """Return what is found for `q`, each with its reason and its address."""
    text = given.get("q", "")[:_LONGEST].strip()
    found = facts.names.search(text, _HITS) if text else []
    kinds = {iri for hit in found for iri in hit.types[:1]}
    labels = {iri: facts.reader.label(iri) for iri in kinds}
    rows = [
        {
            **hit._asdict(),
            "reason": hit.reason.value,
            "kind": labels[hit.types[0]] if hit.types else None,
            "address": address(hit.iri),
        }
        for hit in found
    ]
    return {"q": text, "hits": rows}


def sources(facts: Facts, given: Given) -> Data:
    """Return every source and what it gave, the newest first."""
    found = read_sources(facts.store, given.get("lang", "en"))
    return {"sources": [one.as_dict() for one in found]}


def conflicts(facts: Facts, given: Given) -> Data:
    """Return where sources disagree: all, about a `thing`, of a `metric`; from number `from` on."""
    thing, metric = (_meant(facts, given.get(name, "")) for name in ("thing", "metric"))
    start = given.get("from", "0")
    if not (start.isascii() and start.isdigit() and len(start) < 8):
        raise MisuseError("from= is a number", hint="0 shows the first")
    groups = [
        group
        for group in facts.compared(thing=thing)
        if group.disputed and metric in (None, group.metric)
    ]
    page = show_groups(groups[int(start) : int(start) + _GROUPS], facts.reader)
    shown = [group.as_dict() for group in page]
    following = int(start) + _GROUPS
    return {
        "count": len(groups),
        "from": int(start),
        "next": following if following < len(groups) else None,
        "thing": thing,
        "metric": metric,
        "groups": shown,
    }


def thing(facts: Facts, given: Given) -> Data:
    """Return the card of the thing `iri`, and of a figure what stands behind it.

    Raises UnknownNameError.
    """
    iri = given.get("iri", "")
    known(facts, iri)
    found = card(facts.store, iri, facts.reader)
    if found.empty:
        raise _unknown()
    data: Data = {"card": found.as_dict(), "trail": None, "disputed": []}
    if facts.reader.is_a(iri, FS.Observation, FS.Comparison):
        data["trail"] = _trail(facts, iri)
    else:
        groups = [group for group in facts.compared(thing=iri) if group.disputed]
        data["disputed"] = [one.as_dict() for one in show_groups(groups, facts.reader)]
    return data


def known(facts: Facts, iri: str) -> None:
    """Raise UnknownNameError for what the facts do not name."""
    node = _node(iri)
    if node is None or not _is_known(facts, node):
        raise _unknown()


def _unknown() -> UnknownNameError:
    hint = "search finds things by any of their names"
    return UnknownNameError("nothing here is called that", hint=hint)


def _trail(facts: Facts, iri: str) -> Data | None:
    try:
        plain: Data = as_plain(facts.why(iri))
    except MisuseError:
        return None  # a statement that measures nothing
    # In which folder of this machine a file stands is nobody's business.
    if plain["place"]:
        plain["place"]["file"] = plain["place"]["file"].replace("\\", "/").rpartition("/")[2]
    return plain


def _meant(facts: Facts, name: str) -> str | None:
    if not name:
        return None
    return choose(name[:_LONGEST], facts.names, facts.store, facts.prefixes)


def _node(iri: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


def _is_known(facts: Facts, node: ox.NamedNode) -> bool:
    about, beside = facts.store.quads(node), facts.store.quads(object=node)
    return any(next(quads, None) is not None for quads in (about, beside))


LOOKS: Mapping[str, Callable[[Facts, Given], Data]] = {
    "home": home,
    "search": hits,
    "sources": sources,
    "conflicts": conflicts,
    "thing": thing,
}
"""What each page shows, by the name of its template."""
