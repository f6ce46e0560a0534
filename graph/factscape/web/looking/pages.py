"""What each page shows, as plain data: the same that its JSON twin is.

The first page needs nothing but what was worked out when the facts were compiled; what the others
need is imported when one of them is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from factscape.web.addresses import address
from factscape.web.given import Given, text_of
from factscape.web.looking.marks import marks

if TYPE_CHECKING:
    from factscape.names.index import Hit
    from factscape.opening import Facts

__all__ = ["LOOKS", "hits", "home"]

Data = dict[str, Any]

_HITS = 30
_BEGINS = 75
"""The least score of what a name begins with."""


def home(facts: Facts, given: Given) -> Data:
    """Return what is here: counts, best connected things, newest sources, open disagreements."""
    front = facts.front
    told = front["overview"][given.get("lang", "en")]
    return {
        "overview": told,
        "disputed": front["disputed"],
        "marks": marks(facts, [one["iri"] for one in told["kinds"]]),
    }


def hits(facts: Facts, given: Given) -> Data:
    """Return what is found for `q`, each with its reason and its address.

    Where no name begins like that it may name a thing and a metric: then their figures come first.
    """
    text = text_of(given, "q")
    found: Sequence[Hit] = facts.names.search(text, _HITS) if text else []
    figures: Sequence[Data] = ()
    if text and not (found and found[0].score >= _BEGINS):
        from factscape.web.looking.figures import figures_meant

        figures, meant = figures_meant(facts, text, given.get("lang", "en"))
        known = {hit.iri for hit in meant}
        found = [*meant, *(hit for hit in found if hit.iri not in known)]
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
    return {"q": text, "hits": [*figures, *rows], "marks": marks(facts, kinds)}


def _things(facts: Facts, given: Given) -> Data:
    from factscape.web.looking.lists import things

    return things(facts, given)


def _metrics(facts: Facts, given: Given) -> Data:
    from factscape.web.looking.lists import metrics

    return metrics(facts, given)


def _sources(facts: Facts, given: Given) -> Data:
    from factscape.web.looking.sources import sources

    return sources(facts, given)


def _conflicts(facts: Facts, given: Given) -> Data:
    from factscape.web.looking.conflicts import conflicts

    return conflicts(facts, given)


def _conflict(facts: Facts, given: Given) -> Data:
    from factscape.web.looking.conflicts import conflict

    return conflict(facts, given)


def _thing(facts: Facts, given: Given) -> Data:
    from factscape.web.looking.things import thing

    return thing(facts, given)


LOOKS: Mapping[str, Callable[[Facts, Given], Data]] = {
    "home": home,
    "search": hits,
    "things": _things,
    "metrics": _metrics,
    "sources": _sources,
    "conflicts": _conflicts,
    "conflict": _conflict,
    "thing": _thing,
}
"""What each page shows, by the name of its template."""
