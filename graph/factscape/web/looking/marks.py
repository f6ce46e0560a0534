"""How the kinds of things are drawn, in every page and picture alike: as the ontology says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from factscape.views.drawing import Look, read_drawings
from factscape.web.rendering import LANGUAGES

if TYPE_CHECKING:
    from factscape.opening import Facts

__all__ = ["marks"]

_read: WeakKeyDictionary[Facts, Mapping[str, Look]] = WeakKeyDictionary()


def marks(facts: Facts, kinds: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the colours and the shape of some of the kinds of things, by IRI.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     found = marks(facts, ["https://w3id.org/factscape/ontology#Company", "urn:none"])
    >>> [look["shape"] for look in found.values()]
    ['dot']
    """
    if facts not in _read:
        kinds_here = facts.front["overview"][LANGUAGES[0]]["kinds"]
        known = Counter({one["iri"]: one["number"] for one in kinds_here})
        _read[facts] = read_drawings(facts.store).looks(known.elements())
    looks = _read[facts]
    return {kind: dict(vars(looks[kind])) for kind in dict.fromkeys(kinds) if kind in looks}
