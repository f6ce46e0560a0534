"""What stands behind a figure as text, in English or Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from factscape.cli.lines import Row, draw, heading
from factscape.cli.output import shown_place
from factscape.terms import curie

if TYPE_CHECKING:
    from factscape.claims.cards.parts import Figure, Named
    from factscape.claims.disagreement.shown import Disagreement
    from factscape.claims.trail import Derived, Document, Quote, Trail, Work

__all__ = ["derived_text", "why_text"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "nobody": "no source states it; worked out from figures that are stated",
        "statement": "statement",
        "passage": "passage",
        "source": "source",
        "file": "file",
        "commit": "commit",
        "work": "arithmetic",
        "agree": "agrees with",
        "disagree": "disagrees with",
        "verdict": "verdict",
        "would change": "would change it",
        "paragraph": "paragraph {}",
        "span": "characters {} to {}",
        "printed": "printed “{}”",
        "whole": "the source as a whole",
        "undated": "undated",
        "inferred": "date inferred",
        "repeats": "repeats {}",
        "leans": "leans on {}",
        "says": "says {}",
        "alone": "stands alone: nothing compares with it",
        "best": "the best of {} sources, {} independent",
        "among": "one of {} sources, {} independent",
        "without": "without {} nobody would disagree",
        "several": "no single source settles it",
        "two": "a third source: so far one stands against one",
        "one": "nothing else compares: the source contradicts itself",
        "holds": "holds",
        "does not follow": "does not follow",
        "inputs missing": "inputs missing",
        "ratio": "{} / {}",
        "share": "{} / {}",
        "growth": "{} from {}",
        "sum": "{}",
        "negation": "the opposite of {}",
        "own": "by the same document",
        "others": "by other sources",
        "between": "gives {} to {}",
        "plus": " + ",
        "joined": ", ",
        "not this text": "(the text is not the one that was read)",
    },
    "zh": {
        "nobody": "没有来源陈述；由所述数据算得",
        "statement": "陈述",
        "passage": "段落",
        "source": "来源",
        "file": "文件",
        "commit": "提交",
        "work": "验算",
        "agree": "相符",
        "disagree": "不符",
        "verdict": "判定",
        "would change": "若要改变",
        "paragraph": "第{}段",
        "span": "第{}至{}字",
        "printed": "原文“{}”",
        "whole": "整个来源",
        "undated": "日期不详",
        "inferred": "日期为推断",
        "repeats": "转述{}",
        "leans": "依据{}",
        "says": "{}称",
        "alone": "孤证：没有可比的陈述",
        "best": "{}个来源（{}个独立声音）中最佳",
        "among": "{}个来源（{}个独立声音）之一",
        "without": "去掉{}即无分歧",
        "several": "去掉任何一个来源都不能消除分歧",
        "two": "需要第三个来源：目前一对一",
        "one": "没有其他可比的陈述：来源自相矛盾",
        "holds": "成立",
        "does not follow": "推不出",
        "inputs missing": "缺少输入",
        "ratio": "{} / {}",
        "share": "{} / {}",
        "growth": "{}，此前{}",
        "sum": "{}",
        "negation": "{}的相反数",
        "own": "据同一文件",
        "others": "据其他来源",
        "between": "得{}至{}",
        "plus": " + ",
        "joined": "，",
        "not this text": "（并非所读的文本）",
    },
}


def why_text(
    trail: Trail,
    quote: Quote | None,
    prefixes: Mapping[str, str],
    lang: str = "en",
    width: int | None = None,
) -> str:
    """Return what stands behind a figure as lines of text."""
    return "\n".join(_WhyText(trail, quote, prefixes, lang, width).lines())


def derived_text(found: Derived, lang: str = "en", width: int | None = None) -> str:
    """Return a figure that nobody states as lines of text: its formula, and its inputs' sources."""
    words, work = _WORDS[lang], found.work
    title = " · ".join([found.of.label[lang], found.metric.label[lang], found.time[lang]])
    told = [figure.words[lang] for figure in work.inputs]
    formula = words[work.kind].format(*told)
    percent = "%" if work.kind in ("share", "growth") else ""
    result = words["between"].format(work.low, f"{work.high}{percent}")
    rows: list[Row] = [([words["work"]], f"{formula}{words['joined']}{result}")]
    for figure in work.inputs:
        cite = figure.citation
        paragraph = f" ¶{cite.paragraph}" if cite.paragraph else ""
        grade = f" ({cite.reliability})" if cite.reliability else ""
        source = f"{cite.source.label[lang]}{grade}{paragraph}"
        parts = [figure.words[lang], source, cite.issued or words["undated"]]
        rows.append(([words["source"]], words["joined"].join(parts)))
    lines = [heading(title), *draw([([], words["nobody"])], 2, width), *draw(rows, 2, width)]
    return "\n".join(lines)


class _WhyText:
    def __init__(
        self,
        trail: Trail,
        quote: Quote | None,
        prefixes: Mapping[str, str],
        lang: str,
        width: int | None,
    ) -> None:
        self.trail = trail
        self.quote = quote
        self.prefixes = prefixes
        self.lang = lang
        self.words = _WORDS[lang]
        self.width = width

    def lines(self) -> Iterator[str]:
        """Yield all lines."""
        figure = self.trail.figure
        about = [one.label.get(self.lang, "") for one in figure.about]
        time = figure.time.label[self.lang] if figure.time else self.words["undated"]
        what = [self._name(figure.of), self._name(self.trail.metric), *about, time]
        for line in draw([([], " · ".join(part for part in what if part))], 0, self.width):
            yield heading(line)
        yield from draw([([], figure.words[self.lang])], 2, self.width)
        yield from draw(list(self._rows()), 2, self.width)

    def _rows(self) -> Iterator[Row]:
        trail, words = self.trail, self.words
        yield [words["statement"]], curie(trail.figure.claim, self.prefixes)
        yield [words["passage"]], self._passage()
        if self.quote:
            told = f"{self.quote.before}»{self.quote.printed}«{self.quote.after}"
            warning = words["not this text"] if self.quote.same_text is False else ""
            yield [""], f"{told} {warning}".strip()
        yield [words["source"]], self._document(trail.document)
        if trail.place:
            yield [words["file"]], shown_place(trail.place)
        if trail.commit:
            commit = trail.commit
            yield [words["commit"]], f"{commit.name} {commit.day} {commit.author}: {commit.summary}"
        for work in trail.work:
            yield [words["work"]], self._work(work)
        for group in trail.compared:
            yield from self._group(group)
        if not trail.compared:
            yield [words["verdict"]], words["alone"]

    def _passage(self) -> str:
        trail, words = self.trail, self.words
        paragraph = trail.figure.citation.paragraph
        span = trail.start is not None and trail.end is not None
        return self._joined(
            words["paragraph"].format(paragraph) if paragraph else words["whole"],
            words["span"].format(trail.start, trail.end) if span else "",
            words["printed"].format(trail.figure.printed) if trail.figure.printed else "",
        )

    def _document(self, document: Document) -> str:
        words = self.words
        grade = f"({document.reliability})" if document.reliability else ""
        stated = self.trail.figure.stated_by
        return self._joined(
            f"{self._name(document.source)} {grade}".strip(),
            self._name(document.publisher) if document.publisher else "",
            document.issued or words["undated"],
            words["inferred"] if document.issued_inferred else "",
            *(words["repeats"].format(self._name(one)) for one in document.repeats),
            *(words["leans"].format(self._name(one)) for one in document.leans_on),
            words["says"].format(self._name(stated)) if stated else "",
            document.url or "",
        )

    def _work(self, work: Work) -> str:
        words = self.words
        if work.missing:
            missing = self._joined(*map(self._name, work.missing))
            return f"{words[work.outcome]}: {missing}"
        told = [figure.words[self.lang] for figure in work.inputs]
        formula = words["plus"].join(told) if work.kind == "sum" else words[work.kind].format(*told)
        return self._joined(
            f"{words[work.outcome]}: {formula}",
            words["own" if work.own_inputs else "others"],
            words["between"].format(work.low, work.high) if work.low and work.high else "",
        )

    def _group(self, group: Disagreement) -> Iterator[Row]:
        words, claim = self.words, self.trail.figure.claim
        best = group.sides[0].figures[0].claim == claim
        counted = words["best" if best else "among"].format(group.sources, group.voices)
        yield [words["verdict"]], self._joined(self._name(group.verdict), counted)
        verdicts = {
            other[0] if one[0] == claim else one[0]: verdict
            for one, other, verdict in group.pairs
            if claim in (one[0], other[0])
        }
        for side in group.sides:
            for figure in side.figures:
                verdict = verdicts.get(figure.claim)
                if figure.claim != claim and verdict is not None:
                    agrees = verdict.iri.rpartition("#")[2] in ("same", "consistent", "truncated")
                    yield self._other(figure, verdict, agrees)
        if group.disputed:
            settled = [self._name(one) for one in self.trail.settled_without]
            few = {1: "one", 2: "two"}.get(group.sources, "several")
            told = [words["without"].format(name) for name in settled] or [words[few]]
            yield [words["would change"]], self._joined(*told)

    def _other(self, figure: Figure, verdict: Named, agrees: bool) -> Row:
        cite = figure.citation
        grade = f" ({cite.reliability})" if cite.reliability else ""
        paragraph = f" ¶{cite.paragraph}" if cite.paragraph else ""
        told = self._joined(
            figure.words[self.lang],
            f"{self._name(cite.source)}{grade}{paragraph}",
            cite.issued or self.words["undated"],
            self._name(verdict),
        )
        return [self.words["agree" if agrees else "disagree"]], told

    def _name(self, named: Named) -> str:
        return named.label[self.lang]

    def _joined(self, *parts: str) -> str:
        return self.words["joined"].join(part for part in parts if part)
