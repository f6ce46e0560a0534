"""The grammar of a written number: what may stand before it, behind it, and between two of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from factscape.claims.figure_words import SMALL_NUMBERS
from factscape.errors import NumberError
from factscape.exchange.written.characters import short
from factscape.exchange.written.digits import chinese_number, digits_number
from factscape.exchange.written.tokens import Role, Token, tokens
from factscape.exchange.written.units import currency_of, is_unit_word

__all__ = ["Phrase", "read_phrase"]


@dataclass(frozen=True)
class Phrase:
    """One number, or the two ends of a range, and the words around them."""

    values: tuple[Decimal, ...]
    bound: str
    unit: str | None
    status: str | None
    margin: Decimal | None
    printed: str


def read_phrase(text: str, currency: str | None) -> Phrase:
    """Read all of a text as one number or range; raise NumberError when it is none.

    >>> read_phrase("about 200 to 230", None).values
    (Decimal('200'), Decimal('230'))
    """
    found = tokens(text)
    for token in found:
        if token.role is Role.VAGUE:
            raise _vague(token)
    if _TIME.fullmatch("".join(token.text for token in found)):
        raise NumberError(f"{short(text)} is a time", hint="give it as a time, or only its year")
    return _Reading(text, found, currency).phrase()


_TIME = re.compile(
    r"(?:19|20)\d{2}(?:[-–/]\d{1,2}(?:[-/]\d{1,2})?|[-–/](?:19|20)\d{2}|年(?:\d{1,2}月?)?)",
    re.ASCII,
)
_NUMBER = (Role.DIGITS, Role.NUMERAL, Role.ENGLISH)
_PREFIX = (Role.BEFORE, Role.STATUS, Role.CURRENCY, Role.PERCENT_OF, Role.MINUS, Role.FILLER)
_SPECIAL_PREFIX = ("+", "plus", "每")
"""Before a number a plus is its sign, and 每股5元 says first per what."""
_SUFFIX = (Role.AFTER, Role.STATUS, Role.CURRENCY, Role.UNIT, Role.WORD, Role.PER, Role.FILLER)
_COUNTED = ("people", "tokens", "share")
"""Units that go with a word beside them: free tokens."""


@dataclass(frozen=True)
class _End:
    """One end of a range, or all of a number."""

    value: Decimal
    scale: int | None = None
    """The power of ten behind it; None where none stood there."""


class _Reading:
    """One text on its way to a number: the words from left to right, and what they said so far."""

    def __init__(self, text: str, found: list[Token], currency: str | None) -> None:
        self._text = text
        self._currency = currency
        self._at = 0
        self._bounds: set[str] = set()
        self._statuses: set[str] = set()
        self._money: list[str] = []
        self._units: list[Token] = []
        self._per: set[str] = set()
        self._spans: list[tuple[int, int]] = []
        self._tokens, self._is_negative = self._without_brackets(found)

    def phrase(self) -> Phrase:
        """Read from the first word to the last."""
        opening = self._take(Role.OPENING)
        ends = [self._end()]
        margin = None
        if self._take_dash(opening):
            if opening and opening.said == "from":
                raise self._error("it may be a change or a range", "write 1–5 billion for a range")
            ends.append(self._end())
            ends[0] = self._carried(*ends)
            self._check_range(*ends)
        elif self._take(Role.MARGIN):
            end = self._end()
            ends[0], margin = self._carried(ends[0], end), end.value
        if rest := self._peek():
            raise self._beyond(rest)
        unit, factor = self._unit()
        if "近" in self._text and unit in ("year", "month", "day"):
            raise self._error("近 may say nearly, or the last few of them", "write nearly")
        sign = -1 if self._is_negative else 1
        return Phrase(
            values=tuple(end.value * factor * sign for end in ends),
            bound=self._only(self._bounds) or "exact",
            unit=unit,
            status=self._only(self._statuses),
            margin=None if margin is None else margin * factor,
            printed=self._printed(),
        )

    def _beyond(self, rest: Token) -> NumberError:
        """Return the error for what stands behind a number and is none of it."""
        if rest.text == "兆":
            return self._error("兆 is a trillion or a million", "write 万亿 or 百万")
        if rest.text == ":":
            return self._error("it is a ratio", "write its quotient, with a unit of its own")
        return self._error(f"{short(self._text[rest.start :])} is no part of a number")

    def _without_brackets(self, found: list[Token]) -> tuple[list[Token], bool]:
        """Take brackets off; say whether they are those of accountants, around a negative number."""
        brackets = [i for i, t in enumerate(found) if t.role in (Role.OPEN, Role.CLOSE)]
        bare = [t for t in found if t.role not in (Role.OPEN, Role.CLOSE)]
        if not brackets:
            return bare, False
        if [found[i].role for i in brackets] != [Role.OPEN, Role.CLOSE]:
            raise self._error("its brackets are not one pair")
        start, end = brackets
        inside = found[start + 1 : end]
        if not any(token.role in _NUMBER for token in inside):
            return bare, False
        outside = [t for t in (*found[:start], *found[end + 1 :]) if t.role is not Role.CURRENCY]
        if outside or any(t.role in (Role.BEFORE, Role.MINUS, Role.STATUS) for t in inside):
            raise self._error(
                "brackets around a number make it negative, or an aside",
                "write a minus, or leave the aside out",
            )
        self._spans.append((found[start].start, found[end].end))
        return bare, True

    def _end(self) -> _End:
        """Read one number with what stands before and behind it."""
        is_negative = False
        while (token := self._peek()) and (token.role in _PREFIX or token.text in _SPECIAL_PREFIX):
            self._at += 1
            if token.role is Role.MINUS:
                if is_negative:
                    raise self._error("it has two minus signs")
                is_negative = True
                self._spans.append((token.start, token.end))
            elif token.role is Role.AFTER:
                self._spans.append((token.start, token.end))
            else:
                self._note(token)
        end = self._amount()
        while (token := self._peek()) and token.role in _SUFFIX:
            self._at += 1
            self._note(token)
        return replace(end, value=-end.value) if is_negative else end

    def _note(self, token: Token) -> None:
        """Take in a word beside a number."""
        if token.role in (Role.BEFORE, Role.AFTER):
            self._bounds.add(token.said)
        elif token.role is Role.STATUS:
            self._statuses.add(token.said)
        elif token.role is Role.PER:
            self._note_per(token)
        elif token.role is not Role.FILLER:
            if token.role is Role.CURRENCY or token.said == "元":
                self._money.append(token.said)
            elif token.role is Role.WORD and not is_unit_word(self._word(token)):
                raise self._error(f"{short(self._word(token))} is no unit")
            else:
                self._units.append(token)
            self._spans.append((token.start, token.end))

    def _note_per(self, per: Token) -> None:
        words = []
        while (token := self._peek()) and token.role in (Role.UNIT, Role.WORD):
            words.append(self._word(token))
            self._spans.append((per.start, token.end))
            self._at += 1
        if not words:
            raise self._error(f"{short(self._text[per.start :])} is no part of a number")
        self._per.add(" ".join(words))

    def _amount(self) -> _End:
        """Read the number itself, with its scale."""
        token = self._peek()
        if token is None or token.role not in _NUMBER:
            stands = f"where {short(self._text[token.start :])} stands" if token else "at its end"
            raise self._error(f"there is no number {stands}")
        self._at += 1
        if token.role is Role.DIGITS:
            end = self._digits(token)
        elif token.role is Role.NUMERAL:
            end = self._numeral(token)
        else:
            end = self._english(token)
        self._spans.append((token.start, self._tokens[self._at - 1].end))
        if end.value and abs(end.value.adjusted()) > 30:
            raise self._error("no figure is as large or as small as that")
        return end

    def _digits(self, token: Token) -> _End:
        digits, _, exponent = token.said.partition("e")
        value = digits_number(digits)
        if exponent:
            return _End(value.scaleb(int(exponent)), int(exponent))
        self._take_more()
        if scale := self._take(Role.SCALE):
            return self._scaled(value, scale)
        if not (scale := self._take(Role.NUMERAL)):
            return _End(value)
        power = self._power(scale)
        total, below = value.scaleb(power), power
        # 12亿3000万: what follows counts less.
        while (more := self._peek()) and more.role is Role.DIGITS:
            self._at += 1
            if not (scale := self._take(Role.NUMERAL)) or self._power(scale) >= below:
                raise self._error("two numbers stand in a row")
            below = self._power(scale)
            total += digits_number(more.said).scaleb(below)
        return _End(total, power)

    def _numeral(self, token: Token) -> _End:
        if token.text[0] in "万亿点":
            raise self._error(f"{token.text} is a scale, and the number before it is missing")
        value = chinese_number(token.text)
        if self._take_more() and (scale := self._take(Role.NUMERAL)):
            return _End(value.scaleb(self._power(scale)), self._power(scale))
        scale_of = token.text[len(token.text.rstrip("百千万亿")) :]
        return _End(value, chinese_number(scale_of).adjusted() if scale_of else None)

    def _english(self, token: Token) -> _End:
        value = Decimal(sum(SMALL_NUMBERS[word] for word in token.said.split("-")))
        if (word := self._peek()) and word.said == "hundred":
            self._at += 1
            value *= 100
        scale = self._take(Role.SCALE)
        if (more := self._peek()) and more.role in (*_NUMBER, Role.AND):
            raise self._error("a number in several words is not read here")
        return self._scaled(value, scale) if scale else _End(value)

    def _scaled(self, value: Decimal, scale: Token) -> _End:
        if scale.text == "t" and not self._money:
            raise self._error("t may be trillions or tons", "write trillion or tons")
        if (more := self._peek()) and more.role in (Role.SCALE, Role.NUMERAL):
            raise self._error("it has two scales in a row")
        return _End(value.scaleb(int(scale.said)), int(scale.said))

    def _power(self, scale: Token) -> int:
        if set(scale.text) - set("十百千万亿"):
            raise self._error(f"{scale.text} is no scale")
        return chinese_number(scale.text).adjusted()

    def _take_more(self) -> bool:
        """Take what stands between a number and its scale: the 余 of 100余亿, the + of 100+ bn."""
        token, scale = self._peek(), self._peek(1)
        if not token or token.text not in ("余", "多", "+") or not scale:
            return False
        if scale.role not in (Role.SCALE, Role.NUMERAL):
            return False
        self._bounds.add(token.said)
        self._at += 1
        return True

    def _carried(self, first: _End, second: _End) -> _End:
        """Give the left number the scale of the right one: 7–9bn."""
        if first.scale is not None or second.scale is None:
            return first
        carried = _End(first.value.scaleb(second.scale), second.scale)
        # Nobody means 2 million by the 2 of "2–300 million".
        if first.value and second.value / carried.value >= 100:
            raise self._error(
                f"its first number may be {first.value:f} or {carried.value:f}",
                "write the scale behind both",
            )
        return carried

    def _check_range(self, first: _End, second: _End) -> None:
        if first.value >= second.value:
            raise self._error(
                f"its first number, {first.value:f}, is not below its second, {second.value:f}: "
                "it may tell of a fall, or the scale may be of one of them only",
                "write each number in a row of its own, or the scale behind both",
            )
        if self._bounds - {"approximately"}:
            raise self._error("it is a range and has a bound")
        if self._is_negative:
            raise self._error("brackets around a range say two things")

    def _unit(self) -> tuple[str | None, int]:
        """Return the unit, and what it multiplies the number with: 七成 is 70 percent."""
        try:
            money = currency_of(self._money, self._currency)
        except ValueError as error:
            hint = "write one currency by its code, such as USD or CNY"
            raise self._error(str(error), hint) from error
        tables = {t.said for t in self._units if t.role is Role.UNIT}
        words = [self._word(token) for token in self._units]
        free = [word for word in words if word not in tables]
        if tables == {"成"} and not free and not money:
            return "percent", 10
        units = [*([money] if money else []), *dict.fromkeys(words)]
        if len(units) > 1 and (money or len(tables) > 1 or not tables <= set(_COUNTED)):
            raise self._error(f"it has two units, {units[0]} and {' '.join(units[1:])}")
        if self._per and (not units or len(self._per) > 1):
            raise self._error("it is per something, and of no unit or per several")
        per = "".join(f" per {each}" for each in self._per)
        return " ".join(units) + per or None, 1

    def _only(self, names: set[str]) -> str | None:
        if len(names) > 1:
            raise self._error(f"it says {' and '.join(sorted(names))} at once")
        return next(iter(names), None)

    def _printed(self) -> str:
        start = min(start for start, _ in self._spans)
        end = max(end for _, end in self._spans)
        printed = self._text[start:end]
        opened = re.search(r"[(（][^)）]*$", printed)
        return self._text[start : end + 1] if opened else printed

    def _take_dash(self, opening: Token | None) -> bool:
        token = self._peek()
        if token is None:
            return False
        between = opening is not None and opening.said == "between"
        is_dash = token.role in (Role.TO, Role.MINUS) or token.text == "~"
        if not is_dash and not (between and token.role is Role.AND):
            return False
        self._at += 1
        return True

    def _word(self, token: Token) -> str:
        """Return the name of a unit; a word of no table keeps its large letters."""
        return self._text[token.start : token.end] if token.role is Role.WORD else token.said

    def _peek(self, ahead: int = 0) -> Token | None:
        index = self._at + ahead
        return self._tokens[index] if index < len(self._tokens) else None

    def _take(self, role: Role) -> Token | None:
        token = self._peek()
        if token is None or token.role is not role:
            return None
        self._at += 1
        return token

    def _error(self, message: str, hint: str = "") -> NumberError:
        message = f"{short(self._text)} cannot be read as a number: {message}"
        return NumberError(message, hint=hint or _HINT)


_HINT = "write one number with its scale and unit, such as 12.5 million, 12.5亿元 or 7–9bn"
_PLURALS = {
    "tens": 1, "dozens": 1, "hundreds": 2, "thousands": 3, "millions": 6, "billions": 9,
    "trillions": 12,
}  # fmt: skip


def _vague(token: Token) -> NumberError:
    """Return the error for words that name a magnitude; 数亿 begins at two of it, 上亿 at one."""
    scale = token.text.strip("数几上")
    if scale.isascii():
        one = Decimal(10) ** sum(_PLURALS[word] for word in scale.split() if word != "of")
    else:
        one = chinese_number(scale)
    low = one if token.text.startswith("上") else one * 2
    return NumberError(
        f"{short(token.text)} is too vague for a number: it is from {low:f} to {one * 10:f}",
        hint="give low and high, if the source says no more",
        low=low,
        high=one * 10,
    )
