"""Values for the parameters of a query: what people type becomes terms in its VALUES.

A query says for itself what a parameter stands for, `VALUES $company { id:zhipu }`, and runs as it
is. Setting the parameter puts other terms there, written by the engine itself: whatever was typed,
it stays a value. `UNDEF` there is any value.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pyoxigraph as ox

from factscape.errors import MisuseError
from factscape.names.choosing import choose
from factscape.names.labels import shorten
from factscape.query.formats import Term
from factscape.query.guard import check_query, use_prefixes
from factscape.query.header import Parameter
from factscape.query.tokens import Token, tokens
from factscape.terms import FS, XSD, curie

if TYPE_CHECKING:
    from factscape.claims.described import Reader
    from factscape.names.index import NameIndex
    from factscape.store import Store

__all__ = ["ANY", "Given", "Known", "Terms", "fill", "found_values", "terms_of"]

One = str | int | float | Decimal | datetime.date | None
Given = One | Sequence[One]
"""What a parameter can be set to; None is any value."""

Terms = tuple[Term | None, ...]
"""The values of a parameter; None is any value."""

ANY: Terms = (None,)

_CLASSES = {"metric": FS.Metric, "market": FS.Market}
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_SHOWN = 60
"""So many characters of what was typed are repeated."""

_DIGITS = 30
"""More than any figure has, and less than a number that takes long to write out."""


class Known(Protocol):
    """What has to be known of some facts to find things in them by name."""

    @property
    def store(self) -> Store:
        """The facts themselves."""

    @property
    def names(self) -> NameIndex:
        """All names in them."""

    @property
    def reader(self) -> Reader:
        """What knows the class of a thing."""

    @property
    def prefixes(self) -> Mapping[str, str]:
        """What stands for the beginning of an IRI."""


class _Block(NamedTuple):
    """The inside of the braces of one `VALUES ?name { … }`."""

    name: str
    start: int
    end: int


def _blocks(text: str) -> Iterator[_Block]:
    words = list(tokens(text))
    for i, (word, variable) in enumerate(pairwise(words)):
        if word.text.upper() == "VALUES" and variable.kind == "variable":
            inside = iter(words[i + 2 :])
            opening = next(inside, None)
            closing = next((other for other in inside if other.text == "}"), None)
            if opening and closing and opening.text == "{":
                yield _Block(variable.text[1:], opening.end, closing.start)


def found_values(text: str, prefixes: Mapping[str, str]) -> dict[str, list[Terms]]:
    """Return what a query itself says of its parameters: of each variable every VALUES that it has.

    A query that the engine cannot read has none.

    >>> found_values("ASK { VALUES $n { 1 UNDEF } }", {})
    {'n': [(<Literal value=1 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#integer>>, None)]}
    """
    before = text[: _form(text).start]
    found: dict[str, list[Terms]] = {}
    for block in _blocks(text):
        alone = f"{before}\nSELECT ?v {{ VALUES ?v {{ {text[block.start : block.end]} }} }}"
        check_query(alone, prefixes)
        try:
            answer = ox.Store().query(alone, prefixes=use_prefixes(alone, prefixes))
        except SyntaxError:
            return {}
        assert isinstance(answer, ox.QuerySolutions)
        found.setdefault(block.name, []).append(tuple(row["v"] for row in answer))
    return found


def _form(text: str) -> Token:
    """Return the word that begins the query behind its prefixes."""
    words = (word for word in tokens(text) if word.kind == "word" and word.text.upper() in _FORMS)
    return next(words, Token("end", "", len(text)))


def fill(text: str, values: Mapping[str, Terms], write: Callable[[Term], str] = str) -> str:
    r"""Put values in the place of those that a query itself has for its parameters.

    `write` writes a term as SPARQL does; the engine's own way is to spell all of it out.

    >>> fill("ASK { VALUES $n { 1 } }", {"n": (ox.Literal('" } ASK {'), None)})
    'ASK { VALUES $n { "\\" } ASK {" UNDEF } }'
    """
    for block in reversed(list(_blocks(text))):
        if block.name in values:
            written = " ".join(
                "UNDEF" if term is None else write(term) for term in values[block.name]
            )
            text = f"{text[: block.start]} {written} {text[block.end :]}"
    return text


def terms_of(parameter: Parameter, given: Given, known: Known) -> Terms:
    """Return the terms that somebody means by the value, or values, of a parameter.

    A thing, metric or market may have any of its names, or be an IRI.

    Raises MisuseError for what is no such value, UnknownNameError, AmbiguousNameError.
    """
    values = [given] if isinstance(given, str) or not isinstance(given, Sequence) else given
    if not values:
        raise MisuseError(f"parameter {parameter.name} has no value")
    return tuple(_term(parameter, value, known) for value in values)


def _term(parameter: Parameter, value: One, known: Known) -> Term | None:
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    if parameter.type == "text":
        return ox.Literal(str(value))
    if parameter.type == "date":
        return _date(parameter, text)
    if parameter.type == "number":
        return _number(parameter, text)
    return ox.NamedNode(_iri(parameter, text, known))


def _date(parameter: Parameter, text: str) -> ox.Literal:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise _wrong(parameter, text, "is no day", "write it as 2025-06-30") from None
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD.date))


def _number(parameter: Parameter, text: str) -> ox.Literal:
    advice = "write it in digits, as 2358000000 or 8.4"
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _wrong(parameter, text, "is no number", advice) from None
    if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
        raise _wrong(parameter, text, "is no number", advice)
    if number == number.to_integral_value():
        return ox.Literal(str(int(number)), datatype=ox.NamedNode(XSD.integer))
    return ox.Literal(f"{number:f}", datatype=ox.NamedNode(XSD.decimal))


def _iri(parameter: Parameter, text: str, known: Known) -> str:
    class_ = _CLASSES.get(parameter.type)
    if class_ is None:
        return choose(text, known.names, known.store, known.prefixes)
    # A market may be called like something else: then the market is meant.
    hits = [hit for hit in known.names.resolve(text) if known.reader.is_a(hit.iri, class_)]
    if hits and [hit.score for hit in hits].count(hits[0].score) == 1:
        return hits[0].iri
    iri = choose(text, known.names, known.store, known.prefixes)
    if not known.reader.is_a(iri, class_):
        label = known.reader.label(iri)["en"]
        search = f"factscape query 'SELECT ?it {{ ?it a {curie(class_)} }}'"
        raise _wrong(parameter, text, f"is {label}, no {parameter.type}", f"all of them: {search}")
    return iri


def _wrong(parameter: Parameter, text: str, what: str, hint: str) -> MisuseError:
    return MisuseError(f"{parameter.name}: '{shorten(text, _SHOWN)}' {what}", hint=hint)
