"""The numbers themselves: digits in groups, and Chinese numerals."""

from __future__ import annotations

import re
from decimal import Decimal

from factscape.errors import NumberError

__all__ = ["NUMERALS", "chinese_number", "digits_number"]

_ENGLISH = re.compile(r"\d+(?:\.\d+)?|\d{1,3}(?:([, '])\d{3})(?:\1\d{3})*(?:\.\d+)?", re.ASCII)
_EUROPEAN = re.compile(r"\d{1,3}(?:([. '])\d{3})(?:\1\d{3})*,\d+|\d{1,3}(?:\.\d{3}){2,}", re.ASCII)

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
NUMERALS = frozenset(_DIGITS) | frozenset("十百千万亿点")
"""Every character that a Chinese numeral is written with."""


def digits_number(text: str) -> Decimal:
    """Read digits with or without groups; a comma groups, a point begins the decimals.

    The European way round is read where nothing else is possible. Raises NumberError.

    >>> digits_number("1,159.46"), digits_number("1.159,46"), digits_number("1'159")
    (Decimal('1159.46'), Decimal('1159.46'), Decimal('1159'))
    """
    if len(text) > 1 and text[0] == "0" and text[1] != "." and text[1:2].isdigit():
        raise NumberError(
            f"{text} begins with a zero, as codes do and numbers do not",
            hint="write the number without it, or map the column as a code",
        )
    if _ENGLISH.fullmatch(text):
        return Decimal(re.sub(r"[, ']", "", text))
    if _EUROPEAN.fullmatch(text):
        return Decimal(re.sub(r"[. ']", "", text).replace(",", "."))
    bare = re.sub(r"[., ']", "", text)
    head, mark, tail = text.rpartition(",")
    if mark and not re.search(r"[., ']", head + tail):
        raise NumberError(
            f"{text} is {head}.{tail} where a comma begins the decimals, "
            f"and {bare} where it groups digits",
            hint=f"write {head}.{tail} or {bare}",
        )
    raise NumberError(f"{text} is no number: its groups of digits do not have three digits each")


def chinese_number(text: str) -> Decimal:
    """Read a number in Chinese numerals, such as 十二 or 三亿; a scale alone is one of it.

    Raises NumberError for what Chinese leaves open: 三百五 may be 350 or 305, 七八 is 7 to 8.

    >>> chinese_number("三千五百万"), chinese_number("百亿"), chinese_number("三点五亿")
    (Decimal('35000000'), Decimal('10000000000'), Decimal('350000000.0'))
    """
    whole, point, decimals = text.partition("点")
    if point:
        scale = decimals.lstrip("".join(_DIGITS))
        digits = decimals[: len(decimals) - len(scale)]
        if not whole or not digits or "点" in scale:
            raise NumberError(f"{text} is no number")
        number = Decimal(f"{_whole(whole)}.{''.join(str(_DIGITS[c]) for c in digits)}")
        return number * (_whole(scale) if scale else 1)
    return Decimal(_whole(whole))


def _whole(text: str) -> int:
    if all(c in _DIGITS for c in text):
        return _row(text)
    high, yi, low = text.rpartition("亿")
    if "亿" in high:
        raise _malformed(text)
    number = _below(low, "万", text) if low else 0
    if yi:
        number += (_below(high, "万", text) if high else 1) * 10**8
    if _TRAILING.search(text):
        raise NumberError(
            f"{text} leaves open what its last digit counts: 三百五 may be 350 or 305",
            hint="write it with digits",
        )
    return number


def _row(text: str) -> int:
    """Read digits in a row: 二〇二五 is a number, 七八 is "seven or eight"."""
    if len(text) > 1 and len(text) < 4 and not re.search("[〇零]", text):
        each = " or ".join(str(_DIGITS[c]) for c in text)
        raise NumberError(f"{text} may mean {each}", hint="write it with digits")
    return int("".join(str(_DIGITS[c]) for c in text))


def _below(text: str, scale: str, whole: str) -> int:
    """Read what stands on one side of 亿: up to four digits, 万, and four more."""
    high, wan, low = text.rpartition(scale)
    number = _section(low, whole) if low else 0
    return number + (_section(high, whole) if high else 1) * 10**4 if wan else number


def _section(text: str, whole: str) -> int:
    if text in _TENS:
        return _TENS[text]
    match = _SECTION.fullmatch(text)
    if match is None or not text:
        raise _malformed(whole)
    number = 0
    for scale, digit in zip((1000, 100), match.groups()[:2], strict=True):
        number += _DIGITS[digit] * scale if digit else 0
    if match["ten"]:
        number += (_DIGITS[match["tens"]] if match["tens"] else 1) * 10
    return number + (_DIGITS[match["ones"]] if match["ones"] else 0)


def _malformed(text: str) -> NumberError:
    return NumberError(f"{text} is no number", hint="write it with digits")


_D = "[一二两三四五六七八九]"
_SECTION = re.compile(
    rf"零?(?:({_D})千)?(?:零?({_D})百)?(?:零?(?P<ten>(?P<tens>{_D})?十))?(?:零?(?P<ones>{_D}))?"
)
_TRAILING = re.compile(f"[百千万亿]{_D}$")
