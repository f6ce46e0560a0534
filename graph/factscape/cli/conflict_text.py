"""A group of statements that disagree as text, in English or Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from factscape.cli.lines import Row, draw, heading
from factscape.cli.output import shown_place

if TYPE_CHECKING:
    from factscape.claims.cards.parts import Figure, Named
    from factscape.claims.disagreement.shown import Disagreement, Near, Side
    from factscape.errors import Place

__all__ = ["conflict_text"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "date": "date",
        "gap": "{} apart",
        "voices": "{} sources, {} independent",
        "one voice": "{} sources that repeat one document",
        "single": "1 source",
        "printed": "printed “{}”",
        "says": "says {}",
        "near": "does not compare:",
        "best": "best",
        "joined": ", ",
        "currency": "other currency or unit",
        "measurer": "measured by another",
        "metric": "other metric",
        "period": "other period",
        "scope": "other scope",
        "status": "other status",
        "undated": "undated",
    },
    "zh": {
        "date": "日期",
        "gap": "相差{}",
        "voices": "{}个来源，{}个独立声音",
        "one voice": "{}个来源，转述同一文件",
        "single": "1个来源",
        "printed": "原文“{}”",
        "says": "{}称",
        "near": "不可比：",
        "best": "最佳",
        "joined": "，",
        "currency": "币种或单位不同",
        "measurer": "测量者不同",
        "metric": "指标不同",
        "period": "时期不同",
        "scope": "范围不同",
        "status": "性质不同",
        "undated": "时间未述",
    },
}


def conflict_text(
    group: Disagreement,
    places: Mapping[tuple[str, str], Place],
    lang: str = "en",
    width: int | None = None,
) -> str:
    """Return a group as lines of text: what it is about, its sides, and what does not compare."""
    return "\n".join(_ConflictText(group, places, lang, width).lines())


class _ConflictText:
    def __init__(
        self,
        group: Disagreement,
        places: Mapping[tuple[str, str], Place],
        lang: str,
        width: int | None,
    ) -> None:
        self.group = group
        self.places = places
        self.lang = lang
        self.words = _WORDS[lang]
        self.width = width

    def lines(self) -> Iterator[str]:
        """Yield all lines."""
        for line in draw([([], self._title())], 0, self.width):
            yield heading(line)
        for side in self.group.sides:
            yield from draw([([], self._side(side))], 2, self.width)
            rows = [self._figure(figure) for figure in side.figures]
            yield from draw(rows, 4, self.width)
        if self.group.near:
            yield from draw([([], self.words["near"])], 2, self.width)
            yield from draw([self._near(near) for near in self.group.near], 4, self.width)

    def _title(self) -> str:
        group = self.group
        about = [one.label.get(self.lang, "") for one in group.about]
        time = group.time.label[self.lang] if group.time else ""
        metric = self.words["date"] if group.kind == "date" else self._name(group.metric)
        what = [self._name(group.thing), metric, *about, time]
        title = f"{self._name(group.verdict)}: " + " · ".join(part for part in what if part)
        share = "" if not group.gap else f"{group.gap:.{0 if group.gap >= 0.01 else 1}%}"
        gap = self.words["gap"].format(share) if share else ""
        voices = self._voices(group.sources, group.voices)
        return f"{title} ({self._joined(gap, voices)})"

    def _voices(self, sources: int, voices: int) -> str:
        if sources == 1:
            return self.words["single"]
        return self.words["one voice" if voices == 1 else "voices"].format(sources, voices)

    def _side(self, side: Side) -> str:
        sources = len({figure.citation.source.iri for figure in side.figures})
        best = self.words["best"] if side is self.group.sides[0] else ""
        told = self._joined(self._voices(sources, side.voices), best)
        return f"{side.words.get(self.lang, '')}  ({told})"

    def _figure(self, figure: Figure) -> Row:
        cite = figure.citation
        grade = f"({cite.reliability})" if cite.reliability else ""
        place = self.places.get((figure.claim, cite.passage))
        told = self._joined(
            self._other_time(figure),
            self._source(figure),
            self.words["printed"].format(figure.printed) if figure.printed else "",
            self.words["says"].format(self._name(figure.stated_by)) if figure.stated_by else "",
            shown_place(place) if place else "",
        )
        return [cite.issued or self.words["undated"], grade], told

    def _other_time(self, figure: Figure) -> str:
        """Return the time of a figure where it is not the one in the title."""
        time = figure.time if self.group.kind != "date" else None
        return time.label[self.lang] if time and time != self.group.time else ""

    def _source(self, figure: Figure) -> str:
        cite = figure.citation
        paragraph = f" ¶{cite.paragraph}" if cite.paragraph else ""
        return self._name(cite.source) + paragraph

    def _near(self, near: Near) -> Row:
        time = near.figure.time.label[self.lang] if near.figure.time else ""
        about = [one.label.get(self.lang, "") for one in near.figure.about]
        what = [self._name(near.metric), *about, time, self._source(near.figure)]
        told = " · ".join(part for part in what if part)
        return [self.words[near.reason], near.figure.words[self.lang]], told

    def _name(self, named: Named) -> str:
        return named.label[self.lang]

    def _joined(self, *parts: str) -> str:
        return self.words["joined"].join(part for part in parts if part)
