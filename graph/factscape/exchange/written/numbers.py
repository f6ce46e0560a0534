"""Numbers as people write them, in English and Chinese: read to a value, printed in words.

A text is one number, or one range, with what people put around it: a bound ("nearly", 超过), a
status ("est.", 预计), a currency, a unit. Whatever else stands there makes it unreadable: a name, a
second number, a word that is not known. What could mean two numbers is an error that says both.

* The point begins the decimals and the comma groups digits; 1.159,46 is read the other way round.
* $ is the US dollar and 元 the yuan, unless the text or the caller says another; ¥ needs one of them.
* "Nearly" and 近 are just under, 余 and 多 more than, "+" and 以上 at least, 以下 at most.
* 高达 and 达 bound nothing. "Expected" and 预计 are a forecast, "est." and 估计 an estimate.
* The scale of a range's right end is that of its left end too, where that has none: 7–9bn.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Context, Decimal, localcontext

from factscape.claims.figure_words import BEFORE, STATUSES, word_in
from factscape.claims.words import figure_words
from factscape.errors import NumberError
from factscape.exchange.written.characters import short
from factscape.exchange.written.phrases import Phrase, read_phrase
from factscape.exchange.written.units import unit_wording

__all__ = ["Number", "print_number", "read_number"]

_LONGEST = 200
"""A text of more characters is prose."""


@dataclass(frozen=True)
class Number:
    """A number as it was written: a value, or the two ends of a range, and what is said of it."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    bound: str = "exact"
    """The local name of a bound of the vocabulary, such as justUnder."""
    unit: str | None = None
    """What it is of, as far as the text says: CNY, percent, times, people, USD per share."""
    status: str | None = None
    """The local name of a status of the vocabulary; None when the text says none."""
    margin: Decimal | None = None
    """What stands behind ±."""
    printed: str = field(default="", compare=False)
    """The figure as the text has it, scale and unit in it, bound and status not."""


def read_number(text: str, *, currency: str | None = None) -> Number:
    """Read a number or a range; `currency` says what $, ¥ and 元 are where the text does not.

    Raises NumberError when the text says no number for certain; where it is only vague
    ("hundreds of millions"), the error has the low and the high end.

    >>> read_number("超过83亿元").printed, read_number("nearly 50").bound
    ('83亿元', 'justUnder')
    >>> found = read_number("US$7–9bn")
    >>> f"{found.low:f} {found.high:f} {found.unit}"
    '7000000000 9000000000 USD'
    """
    stripped = text.strip()
    if not stripped:
        raise NumberError("there is no number: the text is empty")
    if len(stripped) > _LONGEST:
        raise NumberError(f"this is too long for a number: {short(stripped)}")
    # No digit is rounded away: there are fewer of them than this.
    with localcontext(Context(prec=3 * _LONGEST)):
        return _number(read_phrase(stripped, currency))


def _number(phrase: Phrase) -> Number:
    number = Number(
        bound=phrase.bound,
        unit=phrase.unit,
        status=phrase.status,
        margin=phrase.margin,
        printed=phrase.printed,
    )
    if len(phrase.values) == 1:
        return replace(number, value=phrase.values[0])
    low, high = phrase.values
    return replace(number, low=low, high=high)


def print_number(number: Number, lang: str = "en") -> str:
    """Print a number as people write it, so that reading it gives the number back.

    >>> print_number(Number(value=Decimal("8300000000"), bound="moreThan", unit="USD"))
    'more than USD 8.3 billion'
    >>> print_number(Number(value=Decimal(40), bound="approximately", unit="percent"), "zh")
    '约40%'
    """
    return figure_words(
        value=_digits(number.value),
        low=_digits(number.low),
        high=_digits(number.high),
        margin=_digits(number.margin),
        wording=unit_wording(number.unit, lang),
        bound=word_in(BEFORE.get(number.bound, ()), lang),
        status=word_in(STATUSES[number.status], lang) if number.status else "",
        lang=lang,
    )


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
