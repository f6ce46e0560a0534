"""What can be ranked: markets, benchmarks and metrics of which more than one thing is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from factscape.terms import FS, name_of

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = ["Rankable", "read_rankable"]

_ASKED = """SELECT ?target (COUNT(DISTINCT ?thing) AS ?things) {{
  ?said <{of}> ?thing ; <{value}>|<{position}> ?number . FILTER(isNumeric(?number))
  {{ ?said <{role}> ?target }} UNION {{ ?said <{ranking}>/<{role}> ?target }}
}} GROUP BY ?target"""

_PROPERTIES = {
    "of": FS.of,
    "value": FS.value,
    "position": FS.position,
    "ranking": FS.ranking,
}


class Rankable(NamedTuple):
    """A market, benchmark or metric, and how many things have a place in it."""

    role: str
    """The property by which statements name it."""
    iri: str
    things: int


def read_rankable(store: Store) -> list[Rankable]:
    """Return what can be ranked, markets and benchmarks first, of these the fullest.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     found = read_rankable(facts.store)
    >>> "https://w3id.org/factscape/id/china-maas-market" in {one.iri for one in found}
    True
    """
    import pyoxigraph as ox

    found = []
    for role in (FS.market, FS.benchmark, FS.metric):
        rows = store.query(_ASKED.format(role=role, **_PROPERTIES))
        assert isinstance(rows, ox.QuerySolutions)
        counted = [Rankable(role, name_of(row["target"]), int(row["things"].value)) for row in rows]
        found += sorted(counted, key=lambda one: (-one.things, one.iri))
    return [one for one in found if one.things > 1]
