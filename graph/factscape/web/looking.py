"""What each page shows, as plain data: the same that its JSON twin is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from factscape.claims.card_parts import as_plain
from factscape.claims.disagreement.shown import brief_groups
from factscape.claims.overview import overview
from factscape.web.addresses import address
from factscape.web.given import Given, text_of
from factscape.web.looking_at_conflicts import conflict, conflicts
from factscape.web.looking_at_lists import metrics, things
from factscape.web.looking_at_sources import sources
from factscape.web.looking_at_things import known, thing
from factscape.web.marks import marks

if TYPE_CHECKING:
    from factscape.opening import Facts

__all__ = ["LOOKS", "hits", "home", "known"]

Data = dict[str, Any]

_HITS = 30
_ON_HOME = 6


def home(facts: Facts, given: Given) -> Data:
    """Return what is here: counts, best connected things, newest sources, open disagreements."""
    told = overview(facts.store, given.get("lang", "en"), facts.things).as_dict()
    disputed = [group for group in facts.compared() if group.disputed]
    shown = as_plain(tuple(brief_groups(disputed[:_ON_HOME], facts.reader)))
    return {
        "overview": told,
        "disputed": {"count": len(disputed), "groups": shown},
        "marks": marks(facts, [one["iri"] for one in told["kinds"]]),
    }


def hits(facts: Facts, given: Given) -> Data:
    """Return what is found for `q`, each with its reason and its address."""
    text = text_of(given, "q")
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
    return {"q": text, "hits": rows, "marks": marks(facts, kinds)}


LOOKS: Mapping[str, Callable[[Facts, Given], Data]] = {
    "home": home,
    "search": hits,
    "things": things,
    "metrics": metrics,
    "sources": sources,
    "conflicts": conflicts,
    "conflict": conflict,
    "thing": thing,
}
"""What each page shows, by the name of its template."""
