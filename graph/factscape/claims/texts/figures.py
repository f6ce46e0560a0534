"""Finding every figure in a text, in English and in simplified and traditional Chinese.

What counts as a figure:

* Digits, always: 32%, 1,159.46, 243.8億元, US$3.5bn, 7:1, 1月6日, 2025, [1]. A number that is glued
  into a Latin word (GLM-4.5, H20, B2B) is found too, as of kind `name`, and so are addresses,
  versions and stock codes. Where Chinese follows without a space the number goes with it:
  OpenAI2025年 holds the date 2025年.
* Chinese numerals that say how much, how many or which: with a measure word (八項, 兩大類, 四小龍),
  with 成, 折, 倍, 分之, 半 or a currency (七成, 三成半, 兩倍, 百分之三十, 一半, 五千萬元), after 第 and 前
  (第一, 前三名), in dates (十二月, 二〇二五年), and written out (三百, 五千萬). So do the vague ones that
  name a magnitude (數億, 數十家, 百億, 上千人), and 翻番, 半數, 過半.
* Not 一 alone before a measure word, which is "a" (一種, 一個, 一年, 之一, 唯一, 一級); not 幾個 and 數家,
  which name no magnitude; not grades and lines (二級市場, 二線); not idioms (千萬別, 成千上萬, 第三方),
  六四開, 百度.
* English number words from "two" up, fractions ("half", "two-thirds"), "doubled", "twofold";
  ordinals from "third" up, and "first" and "second" where "the", "ranked" or "came" makes them a
  place in an order; not "one" alone.
* Words that hold no numeral are none, though they say a time: 今年, 上半年, 年初, "last year".

A figure is as long as what belongs to the number: its unit, its date, both ends of a range
(2022年至2024年, 7–9bn). Words that only bound it (超, 近, 以上, nearly) are not in it; they are
reported beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factscape.claims.texts.figure_rules import (
    AFTER,
    BEFORE,
    IDIOM,
    NAME_TAIL,
    NUMBER,
    NUMERALS,
    RULES,
    START,
    Kind,
)

__all__ = ["Figure", "Kind", "find_figures"]

_BESIDE = 16
"""How far from a figure the words that bound it can stand, in characters."""


@dataclass(frozen=True)
class Figure:
    """One figure of a text: `text[start:end] == printed`, in Unicode code points."""

    start: int
    end: int
    printed: str
    kind: Kind
    line: int
    """The line that it stands in, from 1; only a newline ends a line."""
    column: int
    """Its first character's place in the line, from 1."""
    before: str
    """The word before it that bounds it, such as 超 or "nearly"; empty when there is none."""
    after: str
    """The word behind it that bounds it, such as 以上."""
    cores: tuple[tuple[int, int], ...]
    """Spans of the numbers themselves, without units: a range or a date has several."""


def find_figures(text: str) -> list[Figure]:
    """Find the figures of a text, in order; they never overlap.

    >>> [(f.printed, f.kind.value, f.after) for f in find_figures("佔七成以上,第4,達38 億美元。")]
    [('七成', 'percent', '以上'), ('第4', 'rank', ''), ('38 億美元', 'money', '')]
    """
    figures = []
    line, counted, line_start = 1, 0, 0
    for kind, match in _matches(text):
        start = match.start()
        newlines = text.count("\n", counted, start)
        if newlines:
            line += newlines
            line_start = text.rfind("\n", counted, start) + 1
        counted = start
        before = BEFORE.search(text[max(0, start - _BESIDE) : start])
        after = AFTER.match(text, match.end())
        figures.append(
            Figure(
                start=start,
                end=match.end(),
                printed=match.group(),
                kind=kind,
                line=line,
                column=start - line_start + 1,
                before=before.group().strip() if before else "",
                after=after.group().strip() if after else "",
                cores=_cores(match),
            )
        )
    return figures


def _matches(text: str) -> Iterator[tuple[Kind, re.Match[str]]]:
    """Yield from left to right the longest match at every place where a figure can begin."""
    position = 0
    while beginning := START.search(text, position):
        group = beginning.lastgroup or ""
        kind, match = _longest(text, beginning.start(), group)
        if match is None:
            position = beginning.start() + 1
            continue
        position = match.end()
        if kind is not IDIOM:
            yield kind, match


def _longest(text: str, start: int, group: str) -> tuple[Kind | None, re.Match[str] | None]:
    kind, best = None, None
    for rule in RULES[group]:
        match = rule.pattern.match(text, start)
        if match is None or (best is not None and match.end() <= best.end()):
            continue
        if group == "word" and rule.kind is Kind.NAME and _swallows(text, match):
            continue
        kind, best = rule.kind, match
    return kind, best


def _swallows(text: str, name: re.Match[str]) -> bool:
    """Say whether the digits that end a Latin word belong to what follows: OpenAI2025年."""
    tail = NAME_TAIL.search(text, name.start(), name.end())
    if tail is None:
        return False
    for rule in RULES["digit"]:
        if rule.kind in (Kind.NUMBER, Kind.NAME):
            continue
        match = rule.pattern.match(text, tail.start())
        # Years with a half or a quarter end where the word ends: Zhipu2025H1.
        ends = name.end() - (rule.kind is Kind.PERIOD)
        if match is not None and match.end() > ends:
            return True
    return False


def _cores(match: re.Match[str]) -> tuple[tuple[int, int], ...]:
    """Return the numbers in a figure: its digits, else its numerals, else all of it."""
    end = match.end()
    if match.re.groupindex.get("tail") and match.start("tail") >= 0:
        end = match.start("tail")  # the 百萬 in 1元/百萬Token is no figure of its own
    for pattern in (NUMBER, NUMERALS):
        found = [m.span() for m in pattern.finditer(match.string, match.start(), end)]
        if found:
            return tuple(found)
    return (match.span(),)
