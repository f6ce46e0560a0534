"""Written numbers cut into words: each number, each word of the tables, and what is neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from factscape.claims.figure_words import (
    AFTER,
    BEFORE,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    ENGLISH_SCALES,
    GLUED_SCALES,
    MEASURES,
    SMALL_NUMBERS,
    STATUSES,
)
from factscape.exchange.written.characters import plain
from factscape.exchange.written.digits import NUMERALS

__all__ = ["UNITS", "Role", "Token", "tokens"]


class Role(Enum):
    """What a word says in a written number.

    >>> [token.role.name for token in tokens("over 3bn")]
    ['BEFORE', 'DIGITS', 'SCALE']
    """

    DIGITS = auto()
    NUMERAL = auto()
    """Chinese numerals, a scale behind digits among them."""
    ENGLISH = auto()
    """A number in English words, below a hundred."""
    SCALE = auto()
    BEFORE = auto()
    AFTER = auto()
    STATUS = auto()
    CURRENCY = auto()
    UNIT = auto()
    PER = auto()
    PERCENT_OF = auto()
    MINUS = auto()
    """A minus, or the dash of a range."""
    TO = auto()
    AND = auto()
    OPENING = auto()
    """What begins a range: between, from."""
    MARGIN = auto()
    FILLER = auto()
    OPEN = auto()
    CLOSE = auto()
    VAGUE = auto()
    WORD = auto()
    """A Latin word of no table."""
    OTHER = auto()


@dataclass(frozen=True)
class Token:
    """A word, what it says, and where it stands in the text."""

    role: Role
    text: str
    """The word in plain characters and small letters."""
    said: str
    """What the word stands for: the name of a bound, a currency, a unit, a power of ten."""
    start: int
    end: int


UNITS = {
    "percent": ("%", "percent", "per cent", "pct"),
    "percentage points": (
        "percentage points", "percentage point", "pp", "ppt", "ppts", "个百分点", "百分点",
    ),
    "basis points": ("basis points", "basis point", "bp", "bps", "个基点", "基点"),
    "per mille": ("‰", "per mille"),
    "times": ("times", "fold", "-fold", "x", "倍", "×"),
    "people": ("people", "persons", "人", "名"),
    "year": ("years", "year", "年"),
    "month": ("months", "month", "个月"),
    "day": ("days", "day", "天"),
    "hour": ("hours", "hour", "小时"),
    "share": ("shares", "share", "股"),
    "tokens": ("tokens", "token"),
    "元": ("元", "块", "块钱"),
    "成": ("成",),
}  # fmt: skip
"""Units as they are called here, and how they are written; a measure word is a unit of itself."""

_DENOMINATORS = {"month": ("月",), "day": ("日",), "year": ("年",)}
"""Units that stand only behind "per": 5月 alone is May."""

_ROLES: list[tuple[Role, dict[str, tuple[str, ...]]]] = [
    (Role.UNIT, {measure: (measure,) for measure in MEASURES}),
    (Role.UNIT, UNITS),
    (Role.BEFORE, BEFORE),
    (Role.AFTER, AFTER),
    (Role.STATUS, STATUSES),
    (Role.SCALE, {str(power): (word,) for word, power in ENGLISH_SCALES.items()}),
    (Role.PER, {"per": ("per", "/", "每", "a", "an", "each")}),
    (Role.MINUS, {"-": ("-", "–", "minus", "negative", "负")}),
    (Role.TO, {"to": ("to", "至", "到", "--")}),
    (Role.AND, {"and": ("and", "和", "与")}),
    (Role.OPENING, {"between": ("between", "介于"), "from": ("from", "从", "由")}),
    (Role.MARGIN, {"±": ("±", "+/-")}),
    (Role.PERCENT_OF, {"percent": ("百分之",)}),
    (Role.FILLER, {"": ("a total of", "total of", "共", "共计", "合计", "达", "为", "高达")}),
    (Role.OPEN, {"(": ("(",)}),
    (Role.CLOSE, {")": (")",)}),
]


@cache
def _lexicon() -> tuple[dict[str, tuple[Role, str]], dict[str, list[str]]]:
    """Return what each word says, and the words by their first letter, the longest first."""
    words = {
        word: (role, said)
        for role, table in _ROLES
        for said, spellings in table.items()
        for word in spellings
    }
    words |= {word: (Role.SCALE, str(power)) for word, power in ENGLISH_SCALES.items()}
    for table in (CURRENCY_SIGNS, CURRENCY_WORDS, {"$": "$", "¥": "¥"}):
        words |= {word.lower(): (Role.CURRENCY, code) for word, code in table.items()}
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(word)
    return words, by_letter


# No possessive group: early Python 3.11, such as the 3.11.2 of Debian 12, matches it wrongly.
_DIGITS = re.compile(
    r"[0-9]++(?:(?:[.,']|[ ](?=[0-9]{3}(?![0-9])))[0-9]++)*"
    r"(?:[eE][-+]?[0-9]{1,3}(?![0-9A-Za-z]))?"
)
_NUMERAL = re.compile(f"[{''.join(sorted(NUMERALS))}]+")
_TENS = "|".join(word for word, number in SMALL_NUMBERS.items() if number >= 20)
_ONES = "|".join(word for word, number in SMALL_NUMBERS.items() if number < 10)
_ENGLISH = re.compile(rf"(?:(?:{_TENS})-(?:{_ONES})|{'|'.join(SMALL_NUMBERS)})(?![a-z])")
_VAGUE = re.compile(
    "[数几][十百千万亿]+|上[十百千万亿]+|(?:tens|dozens|hundreds|thousands|millions|billions|trillions)"
    "(?: of (?:thousands|millions|billions|trillions))?(?![a-z])"
)
_TOKENS_SOLD = re.compile("(?:1 ?)?(?:(?P<million>million|m|百万)|thousand|k|千) ?tokens?(?![a-z])")
"""What a price is for; elsewhere the "million" of "5 million tokens" is a scale."""
_LETTERS = re.compile("[A-Za-z]+(?:-[A-Za-z]+)*")


def tokens(text: str) -> list[Token]:
    """Cut a text into words; blanks between them fall away.

    >>> [(token.role.name, token.said) for token in tokens("近12.5亿元")]
    [('BEFORE', 'justUnder'), ('DIGITS', '12.5'), ('NUMERAL', '亿'), ('UNIT', '元')]
    """
    # Only plain letters: others may become two characters when they become small.
    lowered = "".join(c.lower() if c.isascii() else c for c in plain(text))
    found: list[Token] = []
    position = 0
    while position < len(lowered):
        if lowered[position] == " ":
            position += 1
            continue
        is_per = bool(found) and found[-1].role is Role.PER
        role, said, end = _word_at(lowered, position, is_per=is_per)
        found.append(Token(role, lowered[position:end], said, position, end))
        position = end
    return found


def _word_at(lowered: str, start: int, *, is_per: bool) -> tuple[Role, str, int]:
    """Return the role, the meaning and the end of the longest word that begins here."""
    if is_per and (denominator := _denominator(lowered, start)):
        return denominator
    for role, expression in (
        (Role.DIGITS, _DIGITS),
        (Role.VAGUE, _VAGUE),
        (Role.ENGLISH, _ENGLISH),
    ):
        if match := expression.match(lowered, start):
            return role, match.group(), match.end()
    letters = _LETTERS.match(lowered, start)
    if letters and letters.group() in GLUED_SCALES and start and lowered[start - 1].isdigit():
        return Role.SCALE, str(GLUED_SCALES[letters.group()]), letters.end()
    words, by_letter = _lexicon()
    numeral = _NUMERAL.match(lowered, start)
    for word in by_letter.get(lowered[start], ()):
        end = start + len(word)
        if numeral and numeral.end() > end:
            break  # 百分点 is a unit, the 点 of 点五 is not
        if lowered.startswith(word, start) and not _goes_on(lowered, end):
            return *words[word], end
    if numeral:
        return Role.NUMERAL, numeral.group(), numeral.end()
    if letters:
        return Role.WORD, letters.group(), letters.end()
    return Role.OTHER, lowered[start], start + 1


def _denominator(lowered: str, start: int) -> tuple[Role, str, int] | None:
    if match := _TOKENS_SOLD.match(lowered, start):
        return Role.UNIT, f"{'million' if match['million'] else 'thousand'} tokens", match.end()
    for unit, spellings in _DENOMINATORS.items():
        if lowered[start] in spellings:
            return Role.UNIT, unit, start + 1
    return None


def _goes_on(lowered: str, end: int) -> bool:
    """Say whether a Latin word goes on where one of the tables ends: the "to" of "tokens"."""
    both = lowered[end - 1 : end + 1]
    return len(both) == 2 and both.isascii() and both.isalpha()
