"""What is found where a text names a thing and a metric together: `Zhipu net loss 2024`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from factscape.claims.card_figures import read_figure
from factscape.claims.card_parts import About, Figure
from factscape.claims.described import LANGUAGES
from factscape.terms import FS
from factscape.web.addresses import address
from factscape.web.rendering import words
from factscape.web.wording import named

if TYPE_CHECKING:
    from factscape.names.index import Hit
    from factscape.opening import Facts

__all__ = ["figures_meant"]

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)年?")
_MARKS = re.compile(r"['’]s\b|[,，、：:?？]")
_SMALL = re.compile(r"\b(?:of|in|for|by|the|what|was|is)\b|[的在]", re.IGNORECASE)
_METRICS, _SHOWN, _WORDS, _CHARACTERS = 6, 12, 10, 24


class Meant(NamedTuple):
    """What a text was understood as, and the figures that there are."""

    figures: list[dict[str, Any]]
    names: list[Hit]


def figures_meant(facts: Facts, text: str, lang: str) -> Meant:
    """Return figures of the thing and the metric that a text names, in either order, with a year.

    Figures of the whole thing and of that year come first. Nothing is found where no part is a name of a thing.
    """
    years = _YEAR.findall(text)
    year = years[0][:4] if years else ""
    rest = _MARKS.sub(" ", _YEAR.sub(" ", text))
    # A small word may be a part of a name: "share of revenue".
    halves = [half for one in dict.fromkeys((rest, _SMALL.sub(" ", rest))) for half in _halves(one)]
    for one, other in halves:
        for name, measured in ((one, other), (other, one)):
            for thing in facts.names.resolve(name, 2):
                metrics = _metrics(facts, measured)
                if figures := _figures(facts, thing.iri, metrics, year):
                    return Meant(
                        [_hit(facts, *figure, lang) for figure in figures], [thing, *metrics]
                    )
    return Meant([], [])


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to part a text in two: between words, or where there is none anywhere."""
    parts, gap = text.split(), " "
    if len(parts) == 1 and not text.isascii():
        parts, gap = list(text[:_CHARACTERS]), ""
    for place in range(1, min(len(parts), _CHARACTERS if not gap else _WORDS)):
        yield gap.join(parts[:place]), gap.join(parts[place:])


def _metrics(facts: Facts, name: str) -> list[Hit]:
    """Return the metric of a name, or where none has it those that have it as a part of theirs."""
    exact = [hit for hit in facts.names.resolve(name) if FS.Metric in hit.types]
    near = exact or facts.names.search(name, 4 * _METRICS)
    return [hit for hit in near if FS.Metric in hit.types][:_METRICS]


def _figures(
    facts: Facts, thing: str, metrics: Sequence[Hit], year: str
) -> list[tuple[str, Figure]]:
    ranks = {hit.iri: rank for rank, hit in enumerate(metrics)}
    claims: set[str] = set()
    for iri in ranks:
        rows = facts.store.query(
            f"SELECT DISTINCT ?one {{ ?one <{FS.of}> {ox.NamedNode(thing)} ; <{FS.metric}> <{iri}> }}"
        )
        assert isinstance(rows, ox.QuerySolutions)
        claims.update(row["one"].value for row in rows)
    facts.reader.prepare(claims)
    read = (read_figure(facts.reader, facts.reader.describe(claim)) for claim in sorted(claims))
    found = [one for one in read if one and one[0] in ranks and _touches(one[1], year)]
    found.sort(key=lambda one: _begins(one[1]), reverse=True)
    found.sort(key=lambda one: (bool(one[1].about), not _is_year(one[1], year), ranks[one[0]]))
    return found[:_SHOWN]


def _begins(figure: Figure) -> str:
    return (figure.time and figure.time.begins) or ""


def _touches(figure: Figure, year: str) -> bool:
    if not year:
        return True
    ends = (figure.time and figure.time.ends) or ""
    return bool(_begins(figure)) and _begins(figure)[:4] <= year and ends > f"{year}-01-01"


def _is_year(figure: Figure, year: str) -> bool:
    time = figure.time
    return bool(year and time and time.iri and time.iri.rpartition("/")[2] == year)


def _narrowing(about: About, lang: str) -> str:
    return f"{named(about.role._asdict(), lang)} {about.label.get(lang, '')}".strip()


def _hit(facts: Facts, metric: str, figure: Figure, lang: str) -> dict[str, Any]:
    """Return a figure as something that was found: what it says, and where that is printed."""
    cited, measured = figure.citation, facts.reader.named(metric)._asdict()
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
