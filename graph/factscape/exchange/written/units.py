"""What a written number is of: one currency or one unit, and per what."""

from __future__ import annotations

import re
from collections.abc import Iterable

from factscape.claims.figure_words import CURRENCY_WORDS, word_in
from factscape.exchange.written.tokens import UNITS

__all__ = ["currency_of", "is_unit_word", "unit_wording"]

# What signs of several currencies can stand for.
_FITS = {
    "$": frozenset({"USD", "HKD", "TWD", "CAD", "AUD", "SGD", "BRL"}),
    "¥": frozenset({"CNY", "JPY"}),
    "元": frozenset({"CNY", "USD", "HKD", "TWD"}),
}
_MEANS = {"$": "USD", "元": "CNY"}
"""What they stand for alone; ¥ is as often yen as yuan."""

_WORD = re.compile("[a-z]{2,}(?:-[a-z]+)*|[A-Z]{2,}s?")
_NO_UNIT = {
    "and", "at", "but", "by", "for", "from", "in", "into", "later", "more", "less", "most",
    "least", "not", "now", "of", "off", "on", "only", "or", "out", "since", "so", "than",
    "that", "the", "then", "up", "was", "were", "while", "with", "yet", "ago", "also", "as",
    "if", "is", "it", "no", "st", "nd", "rd", "th", "am", "pm", "half", "halves", "third",
    "thirds", "quarter", "quarters", "fourth", "fifth", "fifths", "sixth", "tenth", "dozen",
    "hundred", "down", "higher", "lower", "fewer", "each", "between", "after", "before",
    "about",
}  # fmt: skip


def is_unit_word(word: str) -> bool:
    """Say whether a word behind a number can be its unit: in small letters, or an abbreviation.

    >>> [is_unit_word(word) for word in ("customers", "GPUs", "Fund", "of", "W")]
    [True, True, False, False, False]
    """
    return _WORD.fullmatch(word) is not None and word not in _NO_UNIT


def currency_of(said: Iterable[str], given: str | None) -> str | None:
    """Return the one currency that all signs and words can mean, `given` where they leave it open.

    Raises ValueError where they mean two, or where ¥ could be either of its two.

    >>> currency_of(["$", "HKD"], None), currency_of(["元"], None), currency_of(["¥"], "CNY")
    ('HKD', 'CNY', 'CNY')
    """
    signs = [word for word in dict.fromkeys(said) if word in _FITS]
    codes = {word for word in said if word not in _FITS}
    if not codes and signs and given and all(given in _FITS[sign] for sign in signs):
        codes = {given}
    if not codes:
        if signs == ["¥"]:
            raise ValueError("¥ may be yuan (CNY) or yen (JPY)")
        codes = {_MEANS["元" if "¥" in signs else sign] for sign in signs}
    misfits = [sign for sign in signs for code in codes if code not in _FITS[sign]]
    if len(codes) > 1 or misfits:
        raise ValueError(f"it has two currencies, {' and '.join(sorted({*codes, *misfits}))}")
    return next(iter(codes), None)


def unit_wording(unit: str | None, lang: str) -> str:
    """Return the words around a number of a unit, with {} in its place.

    >>> unit_wording("USD per share", "en"), unit_wording("USD", "zh"), unit_wording("times", "zh")
    ('USD {} per share', '{}美元', '{}倍')
    """
    if unit is None or unit == "percent":
        return "{}%" if unit else "{}"
    code, _, per = unit.partition(" ")
    if code in CURRENCY_WORDS.values():
        names = (word for word, meant in CURRENCY_WORDS.items() if meant == code)
        if lang == "zh" and not per and (name := word_in(names, "zh")):
            return "{}" + name
        return f"{code} {{}} {per}".strip()
    name = word_in(UNITS.get(unit, ()), lang) if lang == "zh" else ""
    return "{}" + (name or f" {unit}")
