"""What a text of a table means: decided in the names file, else one exact name in the facts.

Nothing is guessed. What is found in the facts becomes a decision, so that the next run finds the
same even where the facts have grown; what is not found is told with candidates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from factscape.errors import MisuseError
from factscape.exchange.mapping import MappingFile, NewThing
from factscape.exchange.proposing import Proposal, without_brackets
from factscape.exchange.toml_files import did_you_mean, quoted
from factscape.exchange.vocabulary import Field, Vocabulary
from factscape.terms import DCT, FS, PREFIXES, RDF, SKOS, curie, local_name

if TYPE_CHECKING:
    from factscape.names.index import Hit
    from factscape.opening import Facts

__all__ = ["Resolver", "Unresolved"]

_CURIE = re.compile(r"([A-Za-z][\w-]*):(\S*)")
_A_METRIC = '{ metric = "metric:…" }'
_MOST_CANDIDATES = 5
_MOST_SEARCHES = 500
"""So many unknown names are searched for; a table with more has another trouble."""

_EXACT = frozenset({"name", "identifier", "alias", "other script", "without accents"})
"""Reasons for which a thing is taken: it has exactly this name, folded. Sound is not enough."""


class Unresolved(Exception):
    """A text that does not say which thing is meant: why, what it may be, and what if it is new."""

    def __init__(self, message: str, hint: str = "", proposal: Proposal | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.proposal = proposal


class _Candidate(NamedTuple):
    name: str
    iri: str


@dataclass
class Resolver:
    """Turns texts into addresses of things, and remembers what it decided."""

    facts: Facts
    vocabulary: Vocabulary
    names: MappingFile
    sources: Mapping[str, str]
    """Addresses of pages, and the sources that they become."""
    decisions: dict[str, str] = field(default_factory=dict)
    """Texts that were found in the facts, with the prefixed names of what they mean."""

    def __post_init__(self) -> None:
        self.new = self._new_things()
        self._known: dict[str, tuple[str, ...]] = {}
        self._remembered: dict[tuple[str, str | None], str | Unresolved] = {}
        self._searches = 0

    # ------------------------------------------------------------------ things

    def thing(self, text: str, field_: Field) -> str:
        """Return the IRI of what a text means in a field.

        Raises Unresolved where that is not one known thing of the class that the field wants.
        """
        key = (text, field_.range)
        if key not in self._remembered:
            try:
                self._remembered[key] = self._thing(text, field_)
            except Unresolved as error:
                self._remembered[key] = error
        found = self._remembered[key]
        if isinstance(found, Unresolved):
            raise found
        return found

    def _thing(self, text: str, field_: Field) -> str:
        if (decided := self.names.data.get(text)) is not None:
            address = decided["new"] if isinstance(decided, dict) else decided
            return self._fitting(self.address(address), field_)
        if self.is_address(text):
            return self._fitting(self.address(text), field_)
        if text in self.decisions:
            return self._fitting(self.address(self.decisions[text]), field_)
        hits = self._exact(text, field_)
        if len(hits) != 1:
            raise self._unknown(text, field_, hits)
        self.decisions[text] = self.shortened(hits[0].iri)
        return hits[0].iri

    def is_address(self, text: str) -> bool:
        """Say whether a text is a prefixed name or an IRI in angle brackets."""
        if text.startswith("<") and text.endswith(">"):
            return True
        found = _CURIE.fullmatch(text)
        return found is not None and found[1] in self.prefixes and not found[2].startswith("//")

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes that addresses are written with."""
        return self.facts.prefixes

    def address(self, text: str) -> str:
        """Return the IRI that a prefixed name, or an IRI in angle brackets, is.

        Raises Unresolved where it is none.
        """
        if text.startswith("<") and text.endswith(">"):
            iri = text[1:-1]
        else:
            prefix, _, local = text.partition(":")
            if prefix not in self.prefixes:
                raise Unresolved(f"{text}: there is no prefix {prefix}:")
            iri = self.prefixes[prefix] + local
        try:
            return ox.NamedNode(iri).value
        except ValueError as error:
            raise Unresolved(f"{text} is not an address: {error}") from error

    def shortened(self, iri: str) -> str:
        """Return an IRI as it is written in files."""
        return curie(iri, self.prefixes)

    def stored_types(self, iri: str) -> set[str]:
        """Return the classes of a thing in the facts."""
        quads = self.facts.store.quads(ox.NamedNode(iri), ox.NamedNode(RDF.type))
        return {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}

    def types(self, iri: str) -> tuple[str, ...]:
        """Return the classes of a thing, in the facts or where it is made; none where it is unknown."""
        if iri not in self._known:
            found = self.stored_types(iri)
            if iri in self.new:
                found |= set(self.new[iri].types)
            if iri in self.sources.values():
                found.add(FS.Source)
            self._known[iri] = tuple(sorted(found))
        return self._known[iri]

    def label(self, iri: str, lang: str = "en") -> str:
        """Return what a thing is called, in a language where it has a name in it."""
        if iri in self.new:
            thing = self.new[iri]
            return (thing.zh or thing.en) if lang == "zh" else (thing.en or thing.zh)
        quads = self.facts.store.quads(ox.NamedNode(iri), ox.NamedNode(SKOS.prefLabel))
        labels = {
            q.object.language: q.object.value for q in quads if isinstance(q.object, ox.Literal)
        }
        return labels.get(lang) or labels.get("en") or min(labels.values(), default=local_name(iri))

    def _fitting(self, iri: str, field_: Field) -> str:
        types = self.types(iri)
        if not types:
            raise self._missing(iri, field_)
        if not self.vocabulary.fits_range(field_, types):
            wanted = curie(field_.range or FS.Thing)
            is_ = ", ".join(map(curie, types))
            raise Unresolved(
                f"{self.shortened(iri)} is a {is_}, but {field_.name} wants a {wanted}"
            )
        return iri

    # ------------------------------------------------------------------ names

    def _exact(self, text: str, field_: Field) -> list[Hit]:
        """Return the things of exactly this name that can stand in a field."""
        named = [hit for hit in self.facts.names.resolve(text) if hit.reason.value in _EXACT]
        fitting = [hit for hit in named if self._suits(hit, field_)]
        things = [hit for hit in named if self.vocabulary.is_a(hit.types, FS.Thing)]
        if not fitting and len(things) == 1:
            self._fitting(things[0].iri, field_)
        return fitting

    def _suits(self, hit: Hit, field_: Field) -> bool:
        """Say whether a found thing can stand in a field; words of the vocabulary are no things."""
        if any(type_.startswith(PREFIXES["owl"]) for type_ in hit.types):
            return False
        if field_.range is not None:
            return self.vocabulary.is_a(hit.types, field_.range)
        return self.vocabulary.is_a(hit.types, FS.Thing) or FS.Source in hit.types

    def _unknown(self, text: str, field_: Field, hits: list[Hit]) -> Unresolved:
        """Return the error of a text that nothing or more than one thing is called."""
        if hits:
            near = [_Candidate(hit.name, hit.iri) for hit in hits]
            message = f"{text!r} is the name of {len(hits)} things"
        else:
            near = self._near(text, field_)
            message = f"nothing is called {text!r}"
        lines = [f"{quoted(text)} = {quoted(self.shortened(c.iri))}   # {c.name}" for c in near]
        proposal = Proposal.of_text(text, self._likely_type(field_))
        hint = "\n".join(["where one of these is meant, the line for the names file is:", *lines])
        return Unresolved(message, hint if lines else "", proposal)

    def _near(self, text: str, field_: Field) -> list[_Candidate]:
        if self._searches >= _MOST_SEARCHES:
            return []
        self._searches += 1
        outside, inside = without_brackets(text)
        found: dict[str, _Candidate] = {}
        for part in dict.fromkeys([text, outside, *inside]):
            for name in self.facts.names.near(part, _MOST_CANDIDATES):
                for hit in self.facts.names.resolve(name, _MOST_CANDIDATES):
                    if self._suits(hit, field_):
                        found.setdefault(hit.iri, _Candidate(hit.name, hit.iri))
        return list(found.values())[:_MOST_CANDIDATES]

    def _likely_type(self, field_: Field) -> str:
        if field_.iri == DCT.publisher:
            return "fs:Publisher"
        broad = (None, FS.Thing, FS.Agent, PREFIXES["fs"] + "Organization")
        return "fs:Company" if field_.range in broad else curie(field_.range or "")

    def _missing(self, iri: str, field_: Field) -> Unresolved:
        """Return the error of an address at which there is nothing."""
        import difflib

        address = self.shortened(iri)
        known = [thing for thing in self._known if self._known[thing]] + list(self.new)
        name = local_name(iri).replace("-", " ")
        hits = self.facts.names.search(name, _MOST_CANDIDATES)
        known += [hit.iri for hit in hits if self._suits(hit, field_)]
        near = difflib.get_close_matches(address, dict.fromkeys(map(self.shortened, known)), n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else ""
        proposal = Proposal.of_address(address, self._likely_type(field_))
        return Unresolved(f"there is nothing at {address}", hint, proposal)

    # ------------------------------------------------------------------ what is no thing

    def metric(self, text: str) -> str:
        """Return the metric that a text names; raises Unresolved."""
        return self._term(text, FS.Metric, self.vocabulary.metric(text), "metric")

    def unit(self, text: str) -> str:
        """Return the unit that a text names; raises Unresolved."""
        return self._term(text, FS.Unit, self.vocabulary.unit(text), "unit")

    def _term(self, text: str, class_: str, direct: str | None, kind: str) -> str:
        decided = self.names.data.get(text)
        if isinstance(decided, str) and class_ in self.types(self.address(decided)):
            return self.address(decided)
        if direct is not None:
            return direct
        if self.is_address(text) and class_ in self.types(self.address(text)):
            return self.address(text)
        near = [self.shortened(iri) for iri in self.vocabulary.near(class_, text)]
        hints = [f"did you mean {' or '.join(near)}?"] if near else []
        if not self.is_address(text):
            section, meant = ("units", '"unit:…"') if kind == "unit" else ("what", _A_METRIC)
            hints.append(f"say in [{section}] of the mapping what it is: {quoted(text)} = {meant}")
        hints.append(f"a new {kind} is described in a file of the facts (see docs/importing.md)")
        raise Unresolved(f"there is no {kind} {text!r}", "\n".join(hints))

    def source(self, text: str) -> str:
        """Return the source that a text names: an address, or that of one of the pages."""
        if text in self.sources:
            return self.sources[text]
        if self.is_address(text):
            iri = self.address(text)
            if FS.Source in self.types(iri):
                return iri
            raise Unresolved(
                f"there is no source {self.shortened(iri)}",
                "describe it in a file of the facts, or import it too",
            )
        raise Unresolved(f"{text!r} is not a source", 'write "src:slug", or the address of a page')

    def choice(self, text: str, field_: Field) -> str:
        """Return the member of a closed list that a text names; raises Unresolved."""
        range_ = field_.range or ""
        if (found := self.vocabulary.choice(range_, text)) is not None:
            return found
        known = ", ".join(self.vocabulary.choices(range_))
        raise Unresolved(f"{field_.name} cannot be {text!r}", f"it is one of: {known}")

    # ------------------------------------------------------------------ inside

    def _new_things(self) -> dict[str, NewThing]:
        """Return the things that the names file makes, by their IRIs; raises MisuseError."""
        found: dict[str, NewThing] = {}
        for text, value in self.names.data.items():
            if not isinstance(value, dict):
                continue
            types, also = value["type"], value.get("also", [])
            try:
                thing = NewThing(
                    self.address(value["new"]),
                    tuple(map(self._class, [types] if isinstance(types, str) else types)),
                    value.get("en", ""),
                    value.get("zh", ""),
                    (also,) if isinstance(also, str) else tuple(also),
                    value.get("comment", ""),
                )
            except Unresolved as error:
                place = self.names.place(text)
                raise MisuseError(error.message, place=place, hint=error.hint) from error
            if thing.iri in found:
                raise MisuseError(
                    f"{value['new']} is made twice",
                    place=self.names.place(text),
                    hint=f"write {quoted(text)} = {quoted(value['new'])}",
                )
            found[thing.iri] = thing
        return found

    def _class(self, text: str) -> str:
        """Return the class of things that a prefixed name is; raises Unresolved."""
        things = self.vocabulary.classes_below(FS.Thing)
        try:
            iri = self.address(text)
        except Unresolved:
            iri = ""
        if iri not in things:
            hint = did_you_mean(text, map(self.shortened, things))
            raise Unresolved(f"{text!r} is no class of things", hint)
        return iri
