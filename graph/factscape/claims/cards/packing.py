"""A card as one text that is quickly read: each part once, however many lines have it.

A source, a period or a name stands in hundreds of lines of a card. So the text is a list of parts,
each a list that begins with its kind; a number in it is the part at that place of the list, and
the last part is the card.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from factscape.claims.cards import parts
from factscape.claims.cards.parts import Card

__all__ = ["packed", "unpacked"]

_CLASSES: tuple[Any, ...] = (
    *(parts.About, parts.Card, parts.Citation, parts.Count, parts.Event, parts.Figure),
    *(parts.MetricFigures, parts.Name, parts.Named, parts.Note, parts.Opinion),
    *(parts.Participant, parts.Relation, parts.Source, parts.Standing, parts.Time),
)
_LABEL, _TUPLE, _NUMBER = range(3)
_KINDS = {class_: kind for kind, class_ in enumerate(_CLASSES, 3)}

Part = tuple[int | str | bool | None, ...]


def packed(card: Card) -> str:
    """Return a card as a text that `unpacked` reads.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     card = facts.card("GLM-4.6")
    >>> unpacked(packed(card)) == card
    True
    """
    found: dict[Part, int] = {}
    _pack(card, found)
    return json.dumps(list(found), ensure_ascii=False, separators=(",", ":"))


def _pack(value: Any, found: dict[Part, int]) -> Any:
    """Return what stands for a value in the parts that have it."""
    if value is None or isinstance(value, str | bool):
        # No field is a truth value here and a part there: True is not taken for the part 1.
        return value
    part: Part
    if isinstance(value, int):
        part = (_NUMBER, str(value))
    elif isinstance(value, dict):
        part = (_LABEL, *(text for pair in value.items() for text in pair))
    else:
        part = (_KINDS.get(type(value), _TUPLE), *(_pack(one, found) for one in value))
    return found.setdefault(part, len(found))


def unpacked(text: str) -> Card:
    """Return the card that `packed` made a text of."""
    made: list[Any] = []
    for kind, *values in json.loads(text):
        made.append(_MAKERS[kind]([made[one] if type(one) is int else one for one in values]))
    card: Card = made[-1]
    return card


def _label(texts: list[str]) -> dict[str, str]:
    return dict(zip(texts[::2], texts[1::2], strict=True))


_MAKERS: tuple[Callable[[list[Any]], Any], ...] = (
    _label,
    tuple,
    lambda values: int(values[0]),
    *(class_._make for class_ in _CLASSES),
)
