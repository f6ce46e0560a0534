"""What changed between two states of the facts as text or Markdown, in English or Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from factscape.cli.lines import Row, draw, heading
from factscape.cli.output import clean
from factscape.terms import DCT, OA, RDF, SKOS

if TYPE_CHECKING:
    from factscape.claims.cards.parts import Label, Named
    from factscape.claims.changes.parts import Change, Changes, ConflictChange, Move
    from factscape.claims.disagreement.shown import Disagreement

__all__ = ["diff_markdown", "diff_text"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "added": "added",
        "changed": "changed",
        "withdrawn": "withdrawn",
        "appeared": "appeared",
        "settled": "settled",
        "facts": "facts",
        "things": "things",
        "sources": "sources",
        "passages": "passages",
        "conflicts": "disputes",
        "rankings": "rankings",
        "date": "date",
        "not there": "not in it",
        "against": " against ",
        "was": "{}, before {}",
        "place": "no. {}",
        "and": " and ",
        "joined": ", ",
        "colon": ": ",
        "what": "what",
        "before": "before",
        "now": "now",
        "source": "source",
        "total": "{}: {}",
        "more": "; ",
    },
    "zh": {
        "added": "新增",
        "changed": "改动",
        "withdrawn": "撤回",
        "appeared": "出现",
        "settled": "消除",
        "facts": "事实",
        "things": "事物",
        "sources": "来源",
        "passages": "段落",
        "conflicts": "分歧",
        "rankings": "排名",
        "date": "日期",
        "not there": "不在榜上",
        "against": "与",
        "was": "{}，此前{}",
        "place": "第{}",
        "and": "和",
        "joined": "，",
        "colon": "：",
        "what": "内容",
        "before": "此前",
        "now": "现在",
        "source": "来源",
        "total": "{}：{}",
        "more": "；",
    },
}
_PROPERTIES: Mapping[str, Mapping[str, str]] = {
    RDF.type: {"en": "kind", "zh": "类别"},
    SKOS.prefLabel: {"en": "name", "zh": "名称"},
    SKOS.altLabel: {"en": "other name", "zh": "别名"},
    DCT.title: {"en": "title", "zh": "标题"},
    DCT.publisher: {"en": "publisher", "zh": "发布者"},
    DCT.issued: {"en": "date of issue", "zh": "发布日期"},
    OA.start: {"en": "start in the text", "zh": "文中起点"},
    OA.end: {"en": "end in the text", "zh": "文中终点"},
}
"""What others' vocabularies call in words of their own."""
_SIGNS = {"added": "+", "changed": "~", "withdrawn": "-", "appeared": "+", "settled": "-"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def diff_text(changes: Changes, lang: str = "en", width: int | None = None) -> str:
    """Return what changed as lines of text: what of each thing, then lists of what came and went."""
    return "\n".join(_Told(changes, lang).text(width))


def diff_markdown(changes: Changes, lang: str = "en") -> str:
    """Return what changed as Markdown: a table for each thing."""
    return "\n".join(_Told(changes, lang).markdown())


class _Told:
    def __init__(self, changes: Changes, lang: str) -> None:
        self.changes = changes
        self.lang = lang
        self.words = _WORDS[lang]

    def text(self, width: int | None) -> Iterator[str]:
        """Yield all lines of text."""
        yield from draw([([], self._summary())], 0, width)
        for title, changes in self._by_thing():
            yield ""
            yield heading(title)
            yield from draw(map(self._row, changes), 2, width)
        for name, rows in self._lists():
            yield ""
            yield heading(self.words[name])
            yield from draw([([sign], told) for sign, told in rows], 2, width)

    def markdown(self) -> Iterator[str]:
        """Yield all lines of Markdown."""
        words = self.words
        yield f"**{_escaped(self._summary())}**"
        for title, changes in self._by_thing():
            head = ("", words["what"], words["before"], words["now"], words["source"])
            yield f"\n### {_escaped(title)}\n"
            yield "| " + " | ".join(head) + " |"
            yield "|---" * len(head) + "|"
            for one in changes:
                cells = words[one.kind], *self._cells(one)
                yield "| " + " | ".join(map(_escaped, cells)) + " |"
        for name, rows in self._lists():
            yield f"\n### {_escaped(words[name])}\n"
            for sign, told in rows:
                yield f"- `{sign}` {_escaped(told)}"

    def _summary(self) -> str:
        words = self.words
        told = []
        for name, counted in self.changes.counts().items():
            numbers = [f"{number:,} {words[kind]}" for kind, number in counted.items() if number]
            if numbers:
                told.append(words["total"].format(words[name], words["joined"].join(numbers)))
        for name in ("conflicts", "rankings"):
            if number := len(getattr(self.changes, name)):
                told.append(words["total"].format(words[name], f"{number:,}"))
        return words["more"].join(told)

    def _by_thing(self) -> Iterator[tuple[str, list[Change]]]:
        for _, group in groupby(self.changes.facts, key=lambda one: one.about.iri):
            changes = list(group)
            yield changes[0].about.label[self.lang], changes

    def _row(self, one: Change) -> Row:
        what, before, now, source = self._cells(one)
        value = " → ".join(part for part in (before, now) if part)
        told = self.words["colon"].join(part for part in (what, value) if part)
        return [_SIGNS[one.kind]], f"{told}  [{source}]" if source else told

    def _cells(self, one: Change) -> tuple[str, str, str, str]:
        """Return what a change is about, what was said before and now, and where."""
        what = self._joined(self._name(one.what), self._label(one.when))
        before, now = self._label(one.old), self._label(one.new)
        if one.percent is not None:
            now += f" ({one.percent:+,.1f}%)"
        differing = [
            f"{self._name(part.property)} {self._all(part.old)} → {self._all(part.new)}"
            for part in one.properties
            if one.percent is None and before == now
        ]
        if differing:
            before, now = "", self._joined(now, *differing)
        source = ""
        if one.citation:
            paragraph = f" ¶{one.citation.paragraph}" if one.citation.paragraph else ""
            source = self._label(one.citation.source.label) + paragraph
        return what, before, now, source

    def _lists(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Yield the lists behind the facts: name, and for each line a sign and what it tells."""
        changes = self.changes
        for name in ("things", "sources", "passages"):
            found: Sequence[Change] = getattr(changes, name)
            if found and name != "passages":
                yield name, [(_SIGNS[one.kind], self._listed(one)) for one in found]
        if changes.conflicts:
            yield (
                "conflicts",
                [(_SIGNS[one.kind], self._conflict(one)) for one in changes.conflicts],
            )
        if changes.rankings:
            yield "rankings", [("~", self._move(one)) for one in changes.rankings]

    def _listed(self, one: Change) -> str:
        before, now = self._label(one.old), self._label(one.new)
        if one.sort == "source" and one.what.iri and one.kind == "changed":
            name = self._label(one.about.label)
            return f"{name}: {self._name(one.what)} {before} → {now}"
        return self._joined(before or now, self._name(one.what), self._label(one.when))

    def _conflict(self, one: ConflictChange) -> str:
        words, group = self.words, one.new or one.old
        assert group is not None, "a dispute is there before or now"
        metric = words["date"] if group.kind == "date" else self._label(group.metric.label)
        about = [self._label(each.label) for each in group.about]
        time = self._label(group.time.label) if group.time else ""
        what = [self._label(group.thing.label), metric, *about, time]
        verdict = self._label(group.verdict.label)
        if one.old and one.new and one.old.verdict != one.new.verdict:
            verdict = words["was"].format(verdict, self._label(one.old.verdict.label))
        title = " · ".join(part for part in what if part)
        told = f"{words[one.kind]}{words['colon']}{verdict}{words['colon']}{title}"
        return f"{told} ({self._sides(group)})"

    def _sides(self, group: Disagreement) -> str:
        sides = dict.fromkeys(self._label(side.words) for side in group.sides)
        return self.words["against"].join(sides)

    def _move(self, one: Move) -> str:
        before, now = (self._places(places) for places in (one.old, one.new))
        name = f"{self._label(one.ranking.label)}{self.words['colon']}"
        return f"{name}{self._label(one.thing.label)} {before} → {now}"

    def _places(self, places: Sequence[str]) -> str:
        told = [self.words["place"].format(place) for place in places]
        return self.words["and"].join(told) or self.words["not there"]

    def _all(self, labels: Iterable[Label]) -> str:
        return self.words["and"].join(map(self._label, labels)) or "–"

    def _name(self, named: Named) -> str:
        return _PROPERTIES.get(named.iri, named.label).get(self.lang, "")

    def _label(self, label: Label) -> str:
        return label.get(self.lang, "")

    def _joined(self, *parts: str) -> str:
        return self.words["joined"].join(part for part in parts if part)


def _escaped(text: str) -> str:
    """Return a text as Markdown shows it literally, on one line of a table."""
    return _SPECIAL.sub(r"\\\1", clean(text))
