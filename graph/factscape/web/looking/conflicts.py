"""What the list of disagreements and the page of one of them show."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from factscape.claims.cards.card import read_source
from factscape.claims.cards.parts import as_plain
from factscape.claims.disagreement.shown import Disagreement, brief_groups, show_groups
from factscape.errors import UnknownNameError
from factscape.terms import FS
from factscape.web.given import Given, currency_of, meant, one_of, paged

if TYPE_CHECKING:
    from factscape.claims.disagreement.kept import Compared
    from factscape.opening import Facts

__all__ = ["CLASSES", "conflict", "conflicts", "documents"]

Data = dict[str, Any]

CLASSES = ("inconsistent", "revised", "strained", "truncated", "consistent", "same")
"""How statements can stand to one another, the worst first."""

_GROUPS = 30


def conflicts(facts: Facts, given: Given) -> Data:
    """Return where sources disagree, in parts: about a `thing`, of a `metric`, of a `class`.

    Without a class all that is disputed is shown. Raises MisuseError, UnknownNameError.
    """
    thing, metric = (meant(facts, given, name) for name in ("thing", "metric"))
    class_ = one_of(given, "class", ("", *CLASSES))
    about = [
        group
        for group in facts.compared(thing=thing, currency=currency_of(facts, given))
        if metric in (None, group.metric)
    ]
    groups = [one for one in about if (one.verdict == class_ if class_ else one.disputed)]
    part = paged(groups, given, _GROUPS)
    counts = Counter(group.verdict for group in about)
    named = facts.reader.named
    return {
        "count": len(groups),
        **part.places,
        "thing": named(thing)._asdict() if thing else None,
        "metric": named(metric)._asdict() if metric else None,
        "class": class_,
        "classes": [
            {**named(getattr(FS, name))._asdict(), "name": name, "number": counts[name]}
            for name in CLASSES
        ],
        "groups": as_plain(tuple(brief_groups(part.rows, facts.reader))),
    }


def conflict(facts: Facts, given: Given) -> Data:
    """Return one group of statements that compare: every side, who says it, and what comes near.

    Raises UnknownNameError.
    """
    group = _called(facts, given.get("id", ""), currency_of(facts, given))
    [shown] = show_groups([group], facts.reader)
    return {"group": shown.as_dict(), "documents": documents(facts, [shown])}


def _called(facts: Facts, name: str, currency: str | None) -> Compared:
    """Return the group with a name: as it is in a currency, where it is another one there."""
    for money in (currency, None) if currency else (None,):
        found = facts.compared(name=name, currency=money) if name else []
        if found:
            return found[0]
    raise UnknownNameError(
        "no group of statements is called that",
        hint="what sources say may have changed: the list of disagreements has all there are",
    )


def documents(facts: Facts, groups: list[Disagreement]) -> Data:
    """Return the sources that groups cite, each with its address on the web, by IRI."""
    sources = {
        figure.citation.source.iri
        for group in groups
        for side in group.sides
        for figure in side.figures
    } | {near.figure.citation.source.iri for group in groups for near in group.near}
    return {iri: as_plain(read_source(facts.reader, iri)) for iri in sorted(sources)}
