"""What the lists of things and of metrics show."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from factscape.errors import MisuseError
from factscape.terms import FS, local_name
from factscape.web.given import Given, one_of, paged, text_of
from factscape.web.looking.marks import marks

if TYPE_CHECKING:
    from factscape.opening import Facts

__all__ = ["metrics", "things"]

Data = dict[str, Any]

_ROWS = 100


def things(facts: Facts, given: Given) -> Data:
    """Return the things of a `kind`, by name or by how many others they are joined to, in parts.

    A kind is given by its IRI or the last part of it; without one all things are meant.

    Raises MisuseError.
    """
    types = {iri: found[0] for iri, found in facts.things.types.items() if found}
    counts = Counter(types.values())
    kind = _kind(text_of(given, "kind"), counts)
    sort = one_of(given, "sort", ("name", "neighbours"))
    lang = given.get("lang", "en")
    chosen = [iri for iri in facts.things.types if kind is None or types.get(iri) == kind]
    facts.reader.learn(chosen)
    neighbours = _neighbours(facts)
    labels = {iri: facts.reader.label(iri) for iri in chosen}
    chosen.sort(key=lambda iri: (labels[iri][lang].casefold(), iri))
    if sort == "neighbours":
        chosen.sort(key=lambda iri: -len(neighbours.get(iri, ())))
    part = paged(chosen, given, _ROWS)
    return {
        "kind": facts.reader.named(kind)._asdict() if kind else None,
        "kinds": [_counted(facts, iri, number) for iri, number in _largest_first(counts)],
        "marks": marks(facts, counts),
        "count": len(chosen),
        "sort": sort,
        **part.places,
        "things": [
            {
                "iri": iri,
                "label": labels[iri],
                "kind": facts.reader.named(types[iri])._asdict() if iri in types else None,
                "neighbours": len(neighbours.get(iri, ())),
            }
            for iri in part.rows
        ],
    }


def _kind(text: str, counts: Counter[str]) -> str | None:
    if not text:
        return None
    for iri in counts:
        if text in (iri, local_name(iri)):
            return iri
    names = ", ".join(sorted(map(local_name, counts)))
    raise MisuseError(f"there are no things of the kind '{text}'", hint=f"kind= is one of {names}")


def _neighbours(facts: Facts) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for subject, edges in facts.things.edges.items():
        for _, other, _ in edges:
            if other != subject:
                found.setdefault(subject, set()).add(other)
                found.setdefault(other, set()).add(subject)
    return found


def _largest_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _counted(facts: Facts, iri: str, number: int) -> Data:
    return {**facts.reader.named(iri)._asdict(), "number": number}


_MEASURED = f"""SELECT ?metric (COUNT(DISTINCT ?one) AS ?figures) (COUNT(DISTINCT ?of) AS ?things)
WHERE {{ ?one <{FS.metric}> ?metric ; <{FS.of}> ?of }} GROUP BY ?metric"""


def metrics(facts: Facts, given: Given) -> Data:
    """Return what is measured: each metric with its figures, its things and its open disputes."""
    sort = one_of(given, "sort", ("figures", "name"))
    lang = given.get("lang", "en")
    rows = facts.store.query(_MEASURED)
    assert isinstance(rows, ox.QuerySolutions)
    counts = {one["metric"].value: (one["figures"].value, one["things"].value) for one in rows}
    disputed = Counter(group.metric for group in facts.compared() if group.disputed)
    facts.reader.learn(counts)
    found = [
        {
            **facts.reader.named(iri)._asdict(),
            "figures": int(figures),
            "things": int(of),
            "disputed": disputed[iri],
            "rankable": iri in facts.rankable,
        }
        for iri, (figures, of) in counts.items()
    ]
    found.sort(key=lambda one: (one["label"][lang].casefold(), one["iri"]))
    if sort == "figures":
        found.sort(key=lambda one: -one["figures"])
    return {"count": len(found), "sort": sort, "metrics": found}
