"""What the card of a thing holds; `factscape.claims.cards.card` reads it, `as_dict` is what JSON shows.

Named tuples, not dataclasses: two dozen of those cost a tenth of a lookup only to be defined.
Their types are no texts, as `from __future__ import annotations` would make them: each text would
be compiled, at the start of every lookup.
"""

from typing import Any, NamedTuple

__all__ = [
    "About",
    "Card",
    "Citation",
    "Count",
    "Event",
    "Figure",
    "Label",
    "MetricFigures",
    "Name",
    "Named",
    "Note",
    "Opinion",
    "Participant",
    "Relation",
    "Source",
    "Standing",
    "Time",
    "as_plain",
]

Label = dict[str, str]
"""A label by language: `en` and `zh`."""


class Named(NamedTuple):
    """Anything with an IRI and a name."""

    iri: str
    label: Label


class Name(NamedTuple):
    """One of the names of a thing."""

    text: str
    lang: str


class Time(NamedTuple):
    """When something holds or happened: as said, and as a half-open span of days."""

    iri: str | None
    label: Label
    begins: str | None
    ends: str | None


class Citation(NamedTuple):
    """Where a statement stands: the passage, its paragraph, its source."""

    passage: str
    paragraph: int | None
    source: Named
    issued: str | None
    reliability: str | None


class Source(NamedTuple):
    """A source that lines of a card cite."""

    iri: str
    label: Label
    publisher: Named | None
    issued: str | None
    reliability: str | None
    url: str | None


class About(NamedTuple):
    """What narrows a statement: a market, a segment; `iri` is empty for words, as of a setting."""

    role: Named
    iri: str
    label: Label


class Standing(NamedTuple):
    """How a figure stands to those that compare with it."""

    verdict: Named
    """The worst of the group."""
    disputed: bool
    best: bool
    """Whether it is the one to show of them."""
    sources: int
    voices: int
    """Sources that repeat no document in common."""


class Figure(NamedTuple):
    """One stated value, ranks and comparisons included; `words` is how people say it."""

    claim: str
    of: Named
    value: str | None
    low: str | None
    high: str | None
    unit: Named | None
    printed: str | None
    bound: Named | None
    status: Named | None
    time: Time | None
    about: tuple[About, ...]
    stated_by: Named | None
    words: Label
    standing: Standing | None
    """None where it compares with nothing."""
    citation: Citation


class MetricFigures(NamedTuple):
    """The figures of one metric, or the places in one ranking, by time."""

    metric: Named
    rows: tuple[Figure, ...]


class Relation(NamedTuple):
    """An edge from or to another thing; `time` is None where no source says when it holds.

    `backwards` says that the predicate's words still go from the other thing to this one: the
    edge comes in, and the ontology has no words for that direction.
    """

    direction: str
    predicate: Named
    backwards: bool
    other: Named
    time: Time | None
    status: Named | None
    about: tuple[About, ...]
    stated_by: Named | None
    derived: bool
    claims: tuple[str, ...]
    citations: tuple[Citation, ...]


class Participant(NamedTuple):
    """Who or what takes part in an event, and as what."""

    role: Named
    thing: Named


class Event(NamedTuple):
    """Something that happened or will, with one part that the thing has in it.

    `other_times` is empty but where passages give several times.
    """

    iri: str
    label: Label
    kind: Named | None
    role: Named
    participants: tuple[Participant, ...]
    time: Time | None
    other_times: tuple[Time, ...]
    status: Named | None
    claims: tuple[str, ...]
    citations: tuple[Citation, ...]


class Opinion(NamedTuple):
    """What somebody thinks of something, in our words; `role` is `by` or `about`."""

    claim: str
    by: Named | None
    concerns: tuple[Named, ...]
    says: Label
    stance: Named | None
    status: Named | None
    proposition: Named | None
    role: str
    time: Time | None
    citation: Citation


class Note(NamedTuple):
    """A literal that is said of the thing itself and is no name: a motivation, a founding date."""

    predicate: Named
    text: str
    lang: str
    datatype: str
    citations: tuple[Citation, ...]


class Count(NamedTuple):
    """How many of a kind stand in a source or passage, belong to a class, or only mention a thing.

    Those have a `role`: the property by which they mention it, as the period of a value does.
    """

    kind: Named
    number: int
    role: Named | None


class Card(NamedTuple):
    """Everything that the facts say of one thing.

    `sort` is `statement`, `event` or `thing`: only what is said of a thing holds at a time of its
    own. `complete` is False where more names it than a card reads.
    """

    iri: str
    sort: str
    label: Label
    names: tuple[Name, ...]
    kinds: tuple[Named, ...]
    time: Time | None
    notes: tuple[Note, ...]
    counts: tuple[Count, ...]
    figures: tuple[MetricFigures, ...]
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]
    opinions: tuple[Opinion, ...]
    sources: tuple[Source, ...]
    complete: bool

    def as_dict(self) -> dict[str, Any]:
        """Return the card as plain dictionaries and lists, as JSON shows it."""
        plain: dict[str, Any] = as_plain(self)
        return plain

    def _repr_html_(self) -> str:
        """Show the card in a notebook; whatever the facts say is text."""
        from factscape.claims.cards.notebook import card_html

        return card_html(self.as_dict())

    @property
    def empty(self) -> bool:
        """Say whether the facts say nothing at all of it."""
        said = self.names, self.kinds, self.time, self.notes, self.counts, self.figures
        return not any((*said, self.events, self.relations, self.opinions))


def as_plain(value: Any) -> Any:
    """Return named tuples as dictionaries and other tuples as lists, however deep they lie.

    >>> as_plain((Named("urn:a", {"en": "A"}), None))
    [{'iri': 'urn:a', 'label': {'en': 'A'}}, None]
    """
    if isinstance(value, tuple):
        if fields := getattr(value, "_fields", None):
            return {name: as_plain(one) for name, one in zip(fields, value, strict=True)}
        return [as_plain(one) for one in value]
    return value
