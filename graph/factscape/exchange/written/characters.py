"""Characters of written numbers and times, brought to one form, one character for one."""

from __future__ import annotations

import re

from factscape.claims.figure_words import simplified

__all__ = ["plain", "short"]

# A wide comma is punctuation in Chinese, unless it stands between wide digits.
_COMMA = re.compile("(?<=[０-９])，(?=[０-９])")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != ord("，")}
# Blanks of every width, and those of no width, which a copy from a page may hold.
_BLANKS = dict.fromkeys([0xA0, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200C), 0x2060, 0xFEFF], " ")
_MARKS = {
    ord(mark): plain
    for plain, marks in {
        "-": "‐‑‒−﹣", "–": "—―", "'": "’‘ʼ′", "¥": "￥", "%": "﹪", "~": "〜∼", "/": "⁄∕",
    }.items()
    for mark in marks
}  # fmt: skip
_PLAIN: dict[int, int | str] = {**_WIDE, **_BLANKS, **_MARKS}


def plain(text: str) -> str:
    """Return a text of the same length with plain digits, blanks, marks and simplified characters.

    >>> plain("１２．５億　元")
    '12.5亿 元'
    """
    return simplified(_COMMA.sub(",", text).translate(_PLAIN))


def short(text: str) -> str:
    """Quote a text for a message, cut where it is long.

    >>> short("a" * 100)[-4:]
    "aa…'"
    """
    return repr(text if len(text) <= 60 else text[:59] + "…")
