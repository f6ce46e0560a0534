"""How Chinese is read and simplified: what an index is told once, so that no lookup has to know.

OpenCC and pypinyin are heavy; they are loaded here, while an index is built, and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from factscape.names.fold import Folding, has_han

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Reading", "common_syllables", "reading", "simplified_characters"]

_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x323B0))
_HAN_RUN = re.compile("([\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+)")
_KANA = re.compile("[\u3040-\u30ff]")
# All 6,763 characters of the first national standard, which are nearly all that names are made of.
_COMMON = bytes(
    byte for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF) for byte in (row, cell)
).decode("gb2312", "ignore")
_SHORT = 4
"""Up to so many Han characters a name is given other readings too; a longer one is clear."""

_OTHERS = 4
_LATIN = Folding()


@cache
def simplified_characters() -> Mapping[str, str]:
    """Return what each traditional or regional character is on the mainland, from OpenCC.

    >>> table = simplified_characters()
    >>> "".join(table.get(char, char) for char in "智譜華章")
    '智谱华章'
    """
    han = [chr(code) for begin, end in _BLOCKS for code in range(begin, end)]
    table: dict[str, str] = {}
    for config in ("hk2s", "tw2s", "t2s"):
        table |= _changes(config, han)
    # What only the way back knows: 昵 is also written 暱, and 锺 stands for what became 钟.
    for char, traditional in sorted(_changes("s2t", han).items()):
        if char not in table and table.setdefault(traditional, char) != char:
            table[char] = table[traditional]
    return {char: _end_of(table, char) for char in sorted(table)}


def _changes(config: str, characters: list[str]) -> dict[str, str]:
    """Return what OpenCC changes, each character by itself."""
    from opencc import OpenCC

    converted = OpenCC(config).convert("\n".join(characters)).split("\n")
    return {a: b for a, b in zip(characters, converted, strict=True) if a != b and len(b) == 1}


def _end_of(table: dict[str, str], char: str) -> str:
    """Follow a character through the table; no chain there is as long as this."""
    for _ in range(4):
        char = table.get(char, char)
    return char


@cache
def common_syllables() -> Mapping[str, str]:
    """Return for each syllable the common characters that are read so, most of all.

    >>> table = common_syllables()
    >>> "谱" in table["pu"], "普" in table["pu"], "行" in table["hang"]
    (True, True, False)
    """
    table: dict[str, str] = {}
    for char in _COMMON:
        ((syllable, *_),) = map(_plain, _syllables_of_word(char))
        table[syllable] = table.get(syllable, "") + char
    return table


@dataclass(frozen=True)
class Reading:
    """How a name is read aloud: in full, in other ways, and by its first letters."""

    full: str
    others: tuple[str, ...]
    initials: str


def reading(key: str) -> Reading | None:
    """Return the pinyin of a folded name, None where it is not Chinese.

    What is not Han stays as it is. Phrases decide between the readings of a character; where a
    short name leaves them open, some others are given too. `ü` is read as u, and as v.

    >>> reading("智谱ai")
    Reading(full='zhipuai', others=(), initials='zpai')
    >>> reading("重庆").full, reading("单绿").full, reading("单绿").others
    ('chongqing', 'danlu', ('danlv', 'chanlu', 'shanlu'))
    """
    if not has_han(key) or _KANA.search(key):
        return None
    parts: list[list[str]] = []
    typed = initials = ""
    for run in filter(None, _HAN_RUN.split(key)):
        choices = _syllables(run) if has_han(run) else [[run]]
        typed += "".join(first for first, *_ in choices)
        initials += "".join(first[0] for first, *_ in choices) if has_han(run) else run
        parts += [_plain(syllables) for syllables in choices] if has_han(run) else choices
    han = sum(map(has_han, key))
    full = "".join(first for first, *_ in parts)
    others = [typed] if typed != full else []
    if han <= _SHORT:
        others += islice(_others(parts), _OTHERS)
    return Reading(full, tuple(others), initials if han > 1 else "")


def _syllables(run: str) -> list[list[str]]:
    """Return how each character of a run of Han may be read, the likeliest first, ü as v."""
    from pypinyin.seg.mmseg import seg

    return [choices for word in seg.cut(run) for choices in _syllables_of_word(word)]


@lru_cache(maxsize=1 << 16)
def _syllables_of_word(word: str) -> list[list[str]]:
    from pypinyin import Style, pinyin

    return [
        [spelled for choice in choices if (spelled := _LATIN.key(choice))]
        for choices in pinyin(word, style=Style.NORMAL, heteronym=True)
    ]


def _plain(syllables: list[str]) -> list[str]:
    return list(dict.fromkeys(syllable.replace("v", "u") for syllable in syllables))


def _others(parts: list[list[str]]) -> Iterator[str]:
    """Yield the name with one character read otherwise."""
    likeliest = [choices[0] for choices in parts]
    for place, choices in enumerate(parts):
        for choice in choices[1:]:
            yield "".join([*likeliest[:place], choice, *likeliest[place + 1 :]])
