"""What is found where a text names a thing and a metric together: `Zhipu net loss 2024`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from factscape.claims.cards.figures import read_figure
from factscape.claims.cards.parts import About, Figure
from factscape.claims.described import LANGUAGES
from factscape.terms import FS
from factscape.web.addresses import address
from factscape.web.rendering import words
from factscape.web.wording import named

if TYPE_CHECKING:
    from factscape.names.index import Hit
    from factscape.opening import Facts

__all__ = ["PATTERNS", "Found", "all_figures", "as_hit", "figures_meant", "times_of"]

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)年?")
_MARKS = re.compile(r"['’]s\b|[,，、：:?？]")
_SMALL = re.compile(r"\b(?:of|in|for|by|the|what|was|is)\b|[的在]", re.IGNORECASE)
_METRICS, _SHOWN, _WORDS, _CHARACTERS = 6, 12, 10, 24

PATTERNS = {"year": _YEAR.pattern, "marks": _MARKS.pattern, "small": _SMALL.pattern}
"""What a text is taken apart with, in words that JavaScript understands as well."""


class Found(NamedTuple):
    """A figure, and the thing and the metric that it is of."""

    thing: str
    metric: str
    figure: Figure


class Meant(NamedTuple):
    """What a text was understood as, and the figures that there are."""

    figures: list[dict[str, Any]]
    names: list[Hit]


def figures_meant(facts: Facts, text: str, lang: str) -> Meant:
    """Return figures of the thing and the metric that a text names, in either order, with a year.

    Figures of the whole thing and of that year come first, a metric of exactly that name before all
    others. Nothing is found where no part is a name of a thing.
    """
    years = _YEAR.findall(text)
    year = years[0][:4] if years else ""
    rest = _MARKS.sub(" ", _YEAR.sub(" ", text))
    # A small word may be a part of a name: "share of revenue".
    halves = [half for one in dict.fromkeys((rest, _SMALL.sub(" ", rest))) for half in _halves(one)]
    for metrics_of in (_metrics, _near_metrics):
        for one, other in halves:
            for name, measured in ((one, other), (other, one)):
                for thing in facts.names.resolve(name, 2):
                    metrics = metrics_of(facts, measured)
                    if figures := _figures(facts, thing.iri, metrics, year):
                        return Meant(
                            [as_hit(facts, one, lang) for one in figures], [thing, *metrics]
                        )
    return Meant([], [])


def all_figures(facts: Facts) -> Iterator[Found]:
    """Yield every figure of a thing and a metric, that which begins last first."""
    rows = facts.store.query(
        f"SELECT ?one ?thing {{ ?one <{FS.of}> ?thing ; <{FS.metric}> [] FILTER(isIRI(?one) && isIRI(?thing)) }}"
    )
    assert isinstance(rows, ox.QuerySolutions)
    yield from _read(facts, {row["one"].value: row["thing"].value for row in rows})


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to part a text in two: between words, or where there is none anywhere."""
    parts, gap = text.split(), " "
    if len(parts) == 1 and not text.isascii():
        parts, gap = list(text[:_CHARACTERS]), ""
    for place in range(1, min(len(parts), _CHARACTERS if not gap else _WORDS)):
        yield gap.join(parts[:place]), gap.join(parts[place:])


def _metrics(facts: Facts, name: str) -> list[Hit]:
    return _only_metrics(facts.names.resolve(name))


def _near_metrics(facts: Facts, name: str) -> list[Hit]:
    """Return the metrics that have a name as a part of theirs."""
    return _only_metrics(facts.names.search(name, 4 * _METRICS))


def _only_metrics(hits: Iterable[Hit]) -> list[Hit]:
    return [hit for hit in hits if FS.Metric in hit.types][:_METRICS]


def _figures(facts: Facts, thing: str, metrics: Sequence[Hit], year: str) -> list[Found]:
    ranks = {hit.iri: rank for rank, hit in enumerate(metrics)}
    claims: dict[str, str] = {}
    for iri in ranks:
        rows = facts.store.query(
            f"SELECT ?one {{ ?one <{FS.of}> {ox.NamedNode(thing)} ; <{FS.metric}> <{iri}> }}"
        )
        assert isinstance(rows, ox.QuerySolutions)
        claims |= {row["one"].value: thing for row in rows}
    read = [
        one for one in _read(facts, claims) if one.metric in ranks and _touches(one.figure, year)
    ]
    read.sort(key=lambda one: (*_last(one.figure, year), ranks[one.metric]))
    return read[:_SHOWN]


def _read(facts: Facts, claims: Mapping[str, str]) -> list[Found]:
    """Read statements, each of a thing, that which begins last first."""
    facts.reader.prepare(set(claims))
    read = (
        (claim, read_figure(facts.reader, facts.reader.describe(claim))) for claim in sorted(claims)
    )
    found = [Found(claims[claim], *one) for claim, one in read if one]
    return sorted(found, key=lambda one: times_of(one.figure)[0], reverse=True)


def times_of(figure: Figure) -> tuple[str, str, str]:
    """Return when the time of a figure begins and ends, and the name of the period, "" if unknown."""
    time = figure.time
    if time is None:
        return "", "", ""
    return time.begins or "", time.ends or "", (time.iri or "").rpartition("/")[2]


def _touches(figure: Figure, year: str) -> bool:
    begins, ends, _ = times_of(figure)
    return not year or ("" < begins[:4] <= year and ends > f"{year}-01-01")


def _last(figure: Figure, year: str) -> tuple[bool, bool]:
    """Return what makes a figure come later: it is of a part, or not of the very year."""
    return bool(figure.about), not year or times_of(figure)[2] != year


def _narrowing(about: About, lang: str) -> str:
    return f"{named(about.role._asdict(), lang)} {about.label.get(lang, '')}".strip()


def as_hit(facts: Facts, found: Found, lang: str) -> dict[str, Any]:
    """Return a figure as something that was found: what it says, and where that is printed."""
    figure = found.figure
    cited, measured = figure.citation, facts.reader.named(found.metric)._asdict()
    told: dict[str, str] = {}
    for one in LANGUAGES:
        t = words()[one]
        parts = [named(measured, one), *(_narrowing(about, one) for about in figure.about)]
        parts += [figure.time.label[one]] if figure.time else []
        said = (named(figure.of._asdict(), one), t["comma"].join(parts))
        told[one] = t["colon"].join([*said, figure.words.get(one) or figure.value or ""])
    disputed = figure.standing is not None and figure.standing.disputed
    where = [figure.printed or "", named(cited.source._asdict(), lang)]
    where += [f"¶{cited.paragraph}"] if cited.paragraph is not None else []
    return {
        "iri": figure.claim,
        **told,
        "name": " · ".join(filter(None, where)),
        "reason": "figure",
        "score": 100,
        "types": [FS.Observation],
        "degree": 0,
        "kind": {one: words()[one]["disputed"] for one in LANGUAGES} if disputed else None,
        "address": address(figure.claim),
    }
