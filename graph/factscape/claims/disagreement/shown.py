"""Groups of comparable statements as people read them: names, words, sources, files and lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from factscape.claims.cards.figures import read_figure
from factscape.claims.cards.parts import About, Figure, Label, Named, Time, as_plain
from factscape.claims.described import LANGUAGES, Described, Reader
from factscape.claims.disagreement.kept import Compared
from factscape.terms import FS

__all__ = ["Brief", "Disagreement", "Near", "ShownPair", "Side", "brief_groups", "show_groups"]


class Side(NamedTuple):
    """The statements that say the same, the best first; `words` is what they say."""

    words: Label
    voices: int
    figures: tuple[Figure, ...]


class ShownPair(NamedTuple):
    """Two statements by their IRIs and graphs, and how they stand to one another."""

    one: tuple[str, str]
    other: tuple[str, str]
    verdict: Named


class Near(NamedTuple):
    """A statement that does not compare with the others, and what it differs in."""

    figure: Figure
    metric: Named
    reason: str


class Disagreement(NamedTuple):
    """A group of statements that compare: what they are about, their sides, their class."""

    name: str
    """What the group is called by: the same as long as it is about the same."""
    thing: Named
    metric: Named
    kind: str
    time: Time | None
    """The time of the best statement."""
    about: tuple[About, ...]
    verdict: Named
    disputed: bool
    gap: float | None
    """How far the furthest value is from the best, in parts of the best."""
    voices: int
    sources: int
    sides: tuple[Side, ...]
    pairs: tuple[ShownPair, ...]
    near: tuple[Near, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain dictionaries and lists, as JSON shows it."""
        plain: dict[str, Any] = as_plain(self)
        return plain

    @property
    def claims(self) -> list[str]:
        """The IRIs of all its statements."""
        return [figure.claim for side in self.sides for figure in side.figures]


class Brief(NamedTuple):
    """A group in a line: what it is about, its class, and what each side says."""

    name: str
    thing: Named
    metric: Named
    kind: str
    time: Time | None
    about: tuple[About, ...]
    verdict: Named
    disputed: bool
    gap: float | None
    voices: int
    sources: int
    sides: tuple[Label, ...]


def brief_groups(groups: Iterable[Compared], reader: Reader) -> list[Brief]:
    """Return groups in a line each: no more is read of them than that takes."""
    kept = list(groups)
    reader.prepare({group.statements[places[0]][0] for group in kept for places in group.sides})
    return [_brief(group, reader) for group in kept]


def _brief(group: Compared, reader: Reader) -> Brief:
    said = [_figure(group, group.statements[places[0]], reader) for places in group.sides]
    return Brief(
        name=group.name,
        thing=reader.named(group.thing),
        metric=reader.named(group.metric),
        kind=group.kind,
        time=said[0].time if group.kind != "date" else None,
        about=said[0].about,
        verdict=reader.named(getattr(FS, group.verdict)),
        disputed=group.disputed,
        gap=group.gap,
        voices=group.voices,
        sources=group.sources,
        sides=tuple(figure.words for figure in said),
    )


def show_groups(groups: Iterable[Compared], reader: Reader) -> list[Disagreement]:
    """Return groups with everything that they name read and put in words."""
    kept = list(groups)
    reader.prepare({iri for group in kept for iri, *_ in (*group.statements, *group.near)})
    return [_shown(group, reader) for group in kept]


def _shown(group: Compared, reader: Reader) -> Disagreement:
    figures = [_figure(group, row, reader) for row in group.statements]
    best = figures[group.sides[0][0]]
    sides = zip(group.sides, group.side_voices, strict=True)
    return Disagreement(
        name=group.name,
        thing=reader.named(group.thing),
        metric=reader.named(group.metric),
        kind=group.kind,
        time=best.time if group.kind != "date" else None,
        about=best.about,
        verdict=reader.named(getattr(FS, group.verdict)),
        disputed=group.disputed,
        gap=group.gap,
        voices=group.voices,
        sources=group.sources,
        sides=tuple(
            Side(figures[places[0]].words, voices, tuple(figures[place] for place in places))
            for places, voices in sides
        ),
        pairs=tuple(
            ShownPair(_place(group, one), _place(group, other), reader.named(getattr(FS, verdict)))
            for one, other, verdict in group.pairs
        ),
        near=tuple(_near(row, reader) for row in group.near),
    )


def _place(group: Compared, number: int) -> tuple[str, str]:
    iri, graph, _ = group.statements[number]
    return iri, graph


def _figure(group: Compared, row: list[str], reader: Reader) -> Figure:
    iri, graph, other = row
    said = reader.describe(iri)
    found = read_figure(reader, said) if group.kind in ("figure", "rank") else None
    if found is not None:
        return found[1]
    # The date of an event, or what a relation names, in the words of a figure.
    own = Described(iri, (one for one in said.said if one.graph == graph))
    time = reader.time(own)
    words = reader.label(other) if other else (time.label if time else {})
    return Figure(
        claim=iri,
        of=reader.named(group.thing),
        value=other or None,
        low=None,
        high=None,
        unit=None,
        printed=None,
        bound=None,
        status=reader.named_or_none(own.one(FS.status)),
        time=time,
        about=(),
        stated_by=reader.named_or_none(own.one(FS.statedBy)),
        words=words or dict.fromkeys(LANGUAGES, ""),
        standing=None,
        citation=reader.citation(graph),
    )


def _near(row: list[str], reader: Reader) -> Near:
    iri, _, reason = row
    found = read_figure(reader, reader.describe(iri))
    assert found is not None, "near misses are figures"
    metric, figure = found
    return Near(figure, reader.named(metric), reason)
