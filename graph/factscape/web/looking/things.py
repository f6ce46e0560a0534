"""What the page about one thing shows: its card, and what its sort of thing needs besides."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from factscape.claims.cards.card import card, read_source
from factscape.claims.cards.parts import Card, Figure, MetricFigures, as_plain
from factscape.claims.disagreement.shown import brief_groups
from factscape.errors import MisuseError, UnknownNameError
from factscape.names.choosing import meant
from factscape.terms import FS, PREFIXES, local_name
from factscape.web.given import Given, currency_of
from factscape.web.looking.marks import marks
from factscape.web.looking.sources import paragraphs, passages, relation, source

if TYPE_CHECKING:
    from factscape.opening import Facts

__all__ = ["known", "thing"]

Data = dict[str, Any]

_SORTS = {
    "source": (FS.Source,),
    "passage": (FS.Passage,),
    "metric": (FS.Metric, PREFIXES["fs"] + "Ranking"),
    "figure": (FS.Observation, FS.Comparison),
}
"""Sorts of things whose pages show more than their cards, and the classes that they belong to."""

_FEW = 3
"""Fewer values are no history."""
_FORETOLD = frozenset((FS.forecast, FS.target, FS.committed))


def thing(facts: Facts, given: Given) -> Data:
    """Return the card of the thing `iri`, and what belongs to its sort.

    Raises UnknownNameError.
    """
    iri = given.get("iri", "")
    known(facts, iri)
    found = card(facts.store, iri, facts.reader)
    if found.empty:
        raise _unknown(facts, iri)
    sort = _sort(facts, found)
    currency = currency_of(facts, given)
    data: Data = {
        "card": found.as_dict(),
        "sort": sort,
        "description": as_plain(facts.reader.texts(iri, _DEFINITION)),
        "latest": [] if sort == "metric" else _latest(found),
        "converted": _converted(facts, found, currency) if currency else {},
        "disputed": [],
        "trail": None,
        "documents": {},
        "disputes": _disputes(facts, [row for group in found.figures for row in group.rows]),
        "marks": marks(facts, [kind.iri for kind in found.kinds]),
    }
    if sort == "figure":
        data["trail"] = _trail(facts, iri)
        data["documents"] = _cited(facts, data["trail"])
    else:
        data["disputed"] = _disputed(facts, iri, of_metric=sort == "metric")
    if sort == "relation":
        data["relation"] = as_plain(relation(facts.reader, iri))
    if sort in ("source", "passage"):
        passage_of = facts.reader.describe(iri).one(FS.passageOf) or iri
        data["source"] = {"iri": passage_of, **source(facts, passage_of)}
        said = paragraphs(facts, iri)
        data["paragraphs"] = as_plain(said)
        spoken = {one.passage for one in said}
        silent = [one for one in passages(facts, iri) if one.passage not in spoken]
        data["silent"] = [{"iri": one.passage, "paragraph": one.paragraph} for one in silent]
        rows = [one.figure for each in said for one in each.figures]
        data["disputes"] = _disputes(facts, rows)
    if sort == "metric":
        data["by_thing"] = _by_thing(found)
        data["rankable"] = iri in facts.rankable
    return data


_DEFINITION = PREFIXES["skos"] + "definition"


def _sort(facts: Facts, found: Card) -> str:
    for sort, classes in _SORTS.items():
        if facts.reader.is_a(found.iri, *classes):
            return sort
    return "relation" if relation(facts.reader, found.iri) else found.sort


def _converted(facts: Facts, found: Card, currency: str) -> Data:
    """Return figures of money in another currency, or why they are not, by statement."""
    return {claim: as_plain(one) for claim, one in facts.converted(found, currency).items()}


def known(facts: Facts, iri: str) -> None:
    """Raise UnknownNameError for what the facts do not name."""
    if not _is_named(facts, iri):
        raise _unknown(facts, iri)


def _is_named(facts: Facts, iri: str) -> bool:
    # Apart from what raises: an error that holds these iterators may end in another thread,
    # which they do not allow.
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False
    about, beside = facts.store.quads(node), facts.store.quads(object=node)
    return any(next(quads, None) is not None for quads in (about, beside))


def _unknown(facts: Facts, iri: str) -> UnknownNameError:
    lines = [*meant(local_name(iri), facts.names), "search finds things by any of their names"]
    hint = "\n".join(lines)
    return UnknownNameError("nothing here is called that", hint=hint)


def _latest(found: Card) -> list[Data]:
    """Return of each metric the figure to show first, and how many there are of the thing itself.

    Those with most figures come first: they are what is known best.
    """
    rows = [_summary(found.iri, group) for group in found.figures]
    rows.sort(key=lambda row: (not row["own"], -row["own"], row["metric"]["label"]["en"]))
    return rows


def _summary(iri: str, group: MetricFigures) -> Data:
    own = [row for row in group.rows if row.of.iri == iri]
    shown = max(own or group.rows, key=_recent)
    return {
        "metric": as_plain(group.metric),
        "claim": shown.claim,
        "own": len(own),
        "others": len(group.rows) - len(own),
        "disputed": any(row.standing and row.standing.disputed for row in own),
        "history": _history(own, shown),
    }


def _history(rows: Iterable[Figure], shown: Figure) -> list[float]:
    """Return the best values over time that can stand beside the one that is shown; [] where few."""
    values: dict[str, float] = {}
    for row in rows:
        alike = row.unit == shown.unit and row.about == shown.about and row.time and row.value
        best = row.standing is None or row.standing.best
        if alike and best and not _foretold(row) and _length(row) == _length(shown):
            begins = row.time and (row.time.begins or row.time.ends)
            with suppress(ValueError):
                values[begins or ""] = float(row.value or "")
    found = [values[begins] for begins in sorted(values)]
    return found if len(found) >= _FEW else []


def _length(row: Figure) -> int:
    """Return over how many years a figure is measured, roughly; half a year is none."""
    if row.time is None or not (row.time.begins and row.time.ends):
        return -1
    return (date.fromisoformat(row.time.ends) - date.fromisoformat(row.time.begins)).days // 360


def _foretold(row: Figure) -> bool:
    return row.status is not None and row.status.iri in _FORETOLD


def _recent(row: Figure) -> tuple[object, ...]:
    """Order figures: told before foretold, later, of less time, of the whole, the best of a group."""
    ends = row.time and (row.time.ends or row.time.begins)
    begins = row.time and row.time.begins
    best = row.standing is None or row.standing.best
    return not _foretold(row), ends or "", begins or "", -len(row.about), best


def _by_thing(found: Card) -> list[Data]:
    """Return the things that a metric is known of, each with its figures, the newest first."""
    rows: dict[str, list[Figure]] = {}
    for group in found.figures:
        for row in group.rows:
            rows.setdefault(row.of.iri, []).append(row)
    groups = sorted(rows.values(), key=lambda group: (-len(group), group[0].of.label["en"]))
    return [
        {
            "thing": as_plain(group[0].of),
            "claims": [row.claim for row in sorted(group, key=_recent, reverse=True)],
            "disputed": any(row.standing and row.standing.disputed for row in group),
        }
        for group in groups
    ]


def _disputed(facts: Facts, iri: str, *, of_metric: bool) -> list[Data]:
    groups = facts.compared() if of_metric else facts.compared(thing=iri)
    chosen = [one for one in groups if one.disputed and (not of_metric or one.metric == iri)]
    return [as_plain(one) for one in brief_groups(chosen, facts.reader)]


def _disputes(facts: Facts, rows: Iterable[Figure]) -> Data:
    """Return in which groups disputed figures stand, by statement."""
    disputed = {row.claim for row in rows if row.standing and row.standing.disputed}
    groups = facts.compared() if disputed else ()
    return {
        claim: {
            "name": group.name,
            "verdict": as_plain(facts.reader.named(getattr(FS, group.verdict))),
            "gap": group.gap,
        }
        for group in groups
        if group.disputed
        for claim, *_ in group.statements
        if claim in disputed
    }


def _trail(facts: Facts, iri: str) -> Data | None:
    try:
        found = facts.why(iri)
    except MisuseError:
        return None  # a statement that measures nothing
    plain: Data = as_plain(found)
    # In which folder of this machine a file stands is nobody's business.
    if plain["place"]:
        plain["place"]["file"] = plain["place"]["file"].replace("\\", "/").rpartition("/")[2]
    return plain


def _cited(facts: Facts, trail: Data | None) -> Data:
    """Return the sources that the groups of a trail cite, by IRI."""
    groups: Iterable[Data] = trail["compared"] if trail else ()
    figures = [one for group in groups for side in group["sides"] for one in side["figures"]]
    figures += [one["figure"] for group in groups for one in group["near"]]
    iris = sorted({one["citation"]["source"]["iri"] for one in figures})
    return {iri: as_plain(read_source(facts.reader, iri)) for iri in iris}
