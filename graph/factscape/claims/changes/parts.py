"""What changed between two states of the facts; `factscape.claims.changes.finding` finds it."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from factscape.claims.cards.parts import Citation, Label, Named, as_plain
from factscape.claims.disagreement.shown import Disagreement

__all__ = ["Change", "Changes", "ConflictChange", "Move", "PropertyChange"]


class PropertyChange(NamedTuple):
    """One property of something that is there before and after: what it said, and says now."""

    property: Named
    old: tuple[Label, ...]
    new: tuple[Label, ...]


class Change(NamedTuple):
    """One fact, or one thing, that was added, changed or withdrawn."""

    kind: str
    """`added`, `changed` or `withdrawn`."""
    sort: str
    """What it is: `figure`, `rank`, `relation`, `opinion`, `event`, `thing`, `source`, `passage`,
    `statement` for a statement of another class, or `property` of a thing or event."""
    iri: str
    """Of an edge that no statement is about: its subject."""
    about: Named
    """The thing that it is told under."""
    what: Named
    """The metric, ranking or predicate; of a thing its class."""
    when: Label
    old: Label
    """What it said, in words; empty where it was not there."""
    new: Label
    percent: float | None
    """By how much a number grew, in percent of the old one; None where none changed."""
    properties: tuple[PropertyChange, ...]
    """What differs in it, where it is there before and after."""
    citation: Citation | None


class ConflictChange(NamedTuple):
    """A dispute between sources that `appeared`, was `settled`, or stands in another class now."""

    kind: str
    old: Disagreement | None
    new: Disagreement | None


class Move(NamedTuple):
    """A thing whose place in a ranking changed; no place: it was not, or is no longer, in it."""

    ranking: Named
    thing: Named
    old: tuple[str, ...]
    new: tuple[str, ...]


class Changes(NamedTuple):
    """All that changed, in an order that does not depend on files."""

    facts: tuple[Change, ...]
    """Statements, edges, events, and what is said of things; told by thing."""
    things: tuple[Change, ...]
    sources: tuple[Change, ...]
    passages: tuple[Change, ...]
    conflicts: tuple[ConflictChange, ...]
    rankings: tuple[Move, ...]

    @property
    def any(self) -> bool:
        """Whether anything changed at all."""
        return any(self)

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many facts, things and sources were added, changed and withdrawn."""
        kinds = ("added", "changed", "withdrawn")
        counted = {
            name: Counter(change.kind for change in getattr(self, name))
            for name in ("facts", "things", "sources", "passages")
        }
        return {name: {kind: found[kind] for kind in kinds} for name, found in counted.items()}

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain dictionaries and lists, as JSON shows it."""
        plain: dict[str, Any] = as_plain(self)
        return {"counts": self.counts(), **plain}
