"""The card of a thing as text, in English or Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from factscape.claims.words import date_words, duration_words
from factscape.cli.card_words import ENGLISH, WORDS
from factscape.cli.lines import Row, draw, heading
from factscape.terms import FS, OA, OWL, XSD, curie, local_name

if TYPE_CHECKING:
    from factscape.claims.cards.parts import (
        About,
        Card,
        Citation,
        Count,
        Event,
        Figure,
        Named,
        Note,
        Opinion,
        Relation,
        Source,
        Standing,
        Time,
    )
    from factscape.claims.rates import Shown

    Line = tuple[list[str], str, Iterable[Citation]]

__all__ = ["card_text"]


def card_text(
    card: Card,
    prefixes: Mapping[str, str],
    lang: str = "en",
    width: int | None = None,
    converted: Mapping[str, Shown] | None = None,
) -> str:
    """Return a card as lines of text, no wider than `width` where one is given.

    `converted` are figures in another currency, by statement.
    """
    return "\n".join(_CardText(card, prefixes, lang, width, converted or {}).lines())


class _CardText:
    """One card in one language."""

    def __init__(
        self,
        card: Card,
        prefixes: Mapping[str, str],
        lang: str,
        width: int | None,
        converted: Mapping[str, Shown],
    ) -> None:
        self.card = card
        self.prefixes = prefixes
        self.lang = lang
        self.words = WORDS.get(lang, ENGLISH)
        self.width = width
        self.converted = converted
        self.keys = {source.iri: f"[{n}]" for n, source in enumerate(card.sources, 1)}

    def lines(self) -> Iterator[str]:
        """Yield all lines."""
        yield from self._head()
        yield from self._section("notes", self._merged(map(self._note, self._notes())))
        yield from self._section("counts", map(self._count, self.card.counts))
        yield from self._figures()
        yield from self._section("events", self._events())
        yield from self._section("relations", self._relations())
        for role in ("by", "about"):
            # What an opinion itself says stands among the notes of its card.
            told = [one for one in self.card.opinions if one.claim != self.card.iri]
            opinions = [one for one in told if one.role == role]
            yield from self._section(role, self._merged(map(self._opinion, opinions)))
        yield from self._section("sources", map(self._source, self.card.sources))
        if not self.card.complete:
            yield ""
            yield from draw([([], self.words["incomplete"])], 0, self.width)

    def _section(self, name: str, rows: Iterable[Row]) -> Iterator[str]:
        found = list(rows)
        if found:
            yield ""
            yield heading(self._title(name))
            yield from draw(found, 2, self.width)

    def _title(self, name: str) -> str:
        return self.words[name].format(self.card.label[self.lang])

    def _head(self) -> Iterator[str]:
        label = dict.fromkeys((self.card.label[self.lang], *self.card.label.values()))
        for line in draw([([], " · ".join(label))], 0, self.width):
            yield heading(line)
        telling = [kind for kind in self.card.kinds if kind.iri != OWL.NamedIndividual]
        kinds = self._listed(self._name(kind) for kind in telling or self.card.kinds)
        short = curie(self.card.iri, self.prefixes).strip("<>")
        when = self._time(self.card.time) if self.card.time else ""
        short = "" if short in label else short  # it stands for a name where there is none
        facts = " · ".join(part for part in (kinds, when, short) if part)
        if facts:
            yield from draw([([], facts)], 0, self.width)
        others = dict.fromkeys(name.text for name in self.card.names if name.text not in label)
        if others:
            also = self.words["also"].format(self._listed(others))
            yield from draw([([], also)], 0, self.width)

    def _figures(self) -> Iterator[str]:
        if self.card.figures:
            yield ""
            yield heading(self._title("figures"))
        for group in self.card.figures:
            yield from draw([([], self._name(group.metric))], 2, self.width)
            others = any(row.of.iri != self.card.iri for row in group.rows)
            rows = self._merged(self._with_standing(group.rows, others))
            yield from draw(rows, 4, self.width)
        if any(
            row.standing and row.standing.disputed for one in self.card.figures for row in one.rows
        ):
            short = curie(self.card.iri, self.prefixes).strip("<>")
            yield from draw([([], self.words["all sides"].format(short))], 2, self.width)

    def _with_standing(self, rows: Sequence[Figure], name_it: bool) -> Iterator[Line]:
        """Yield the lines of figures, and in those of disputed ones that they are.

        What several sources say alike is one line: how many speak stands there if it is the best.
        """
        lines = [self._figure(row, name_it) for row in rows]
        told: dict[tuple[tuple[str, ...], str], str] = {}
        for (cells, rest, _), row in zip(lines, rows, strict=True):
            key = tuple(cells), rest
            told[key] = max(told.get(key, ""), self._standing(row.standing), key=len)
        for cells, rest, citations in lines:
            yield cells, self._joined(rest, told[tuple(cells), rest]), citations

    def _standing(self, standing: Standing | None) -> str:
        if standing is None or not standing.disputed:
            return ""
        words = self.words
        if not standing.best:
            return words["disputed"]
        one = standing.voices == 1
        return words["one voice" if one else "voices"].format(standing.sources, standing.voices)

    def _figure(self, figure: Figure, name_it: bool) -> Line:
        cells = [self._time(figure.time), figure.words[self.lang]]
        if name_it:
            cells.insert(1, self._name(figure.of))
        own_word = figure.stated_by is not None and figure.stated_by.iri == figure.of.iri
        about = [one for one in figure.about if one.iri != self.card.iri]
        # Who measured it need not be named again for saying so.
        known = figure.stated_by is None or any(one.iri == figure.stated_by.iri for one in about)
        says = self.words["itself"] if own_word else "" if known else self._stater(figure.stated_by)
        money = self.converted.get(figure.claim)
        told = money.words[self.lang] if money else ""
        return cells, self._joined(told, *map(self._about, about), says), [figure.citation]

    def _events(self) -> Iterator[Row]:
        by_event: dict[str, list[Event]] = {}
        for event in self.card.events:
            by_event.setdefault(event.iri, []).append(event)
        for events in by_event.values():
            first = events[0]
            roles: dict[str, list[str]] = {}
            for event in events:
                if event.role.iri not in (FS.of, FS.during):
                    roles[self._name(event.role)] = [self.card.label[self.lang]]
            for part in first.participants:
                roles.setdefault(self._name(part.role), []).append(self._name(part.thing))
            times = [self._time(time) for time in (first.time, *first.other_times)]
            status = self._in_brackets(self._name(first.status)) if first.status else ""
            told = self._joined(
                first.label[self.lang] + status,
                *(self._pair(role, self._listed(names)) for role, names in roles.items()),
            )
            yield [self.words["or"].join(times)], self._cited(told, first.citations)

    def _relations(self) -> Iterator[Row]:
        before = ""
        for relation in self.card.relations:
            predicate = self._predicate(relation)
            rest = self._cited(self._relation(relation), relation.citations)
            yield ["" if predicate == before else predicate], rest
            before = predicate

    def _predicate(self, relation: Relation) -> str:
        name = self._name(relation.predicate)
        return f"← {name}" if relation.backwards else name

    def _relation(self, relation: Relation) -> str:
        # What nobody dates holds at an unknown time; what needs no source needs no time either,
        # and what is said of an event or statement holds at its own time.
        undated = relation.citations and not relation.derived and self.card.sort == "thing"
        dated = relation.time or (undated and not self.card.time)
        when = self._time(relation.time) if dated else ""
        status = self._name(relation.status) if relation.status else ""
        said = self._listed(part for part in (when, status) if part)
        return self._joined(
            self._other(relation.other) + (self._in_brackets(said) if said else ""),
            *map(self._about, relation.about),
            self._stater(relation.stated_by),
            self.words["derived"] if relation.derived else "",
        )

    def _other(self, other: Named) -> str:
        """Return a thing's name; where it has none, its IRI as short as can be typed."""
        name = self._name(other)
        unnamed = name == local_name(other.iri)
        return curie(other.iri, self.prefixes).strip("<>") if unnamed else name

    def _opinion(self, opinion: Opinion) -> tuple[list[str], str, list[Citation]]:
        says = opinion.says.get(self.lang, "")
        by = self._name(opinion.by) if opinion.by and opinion.role == "about" else ""
        when = self._time(opinion.time) if opinion.time else ""
        marks = [self._name(mark) for mark in (opinion.stance, opinion.status) if mark]
        said = self._listed(part for part in (when, *marks) if part)
        told = self._pair(by, says) if by else says
        return [], told + (self._in_brackets(said) if said else ""), [opinion.citation]

    def _notes(self) -> Iterator[Note]:
        """Yield the notes in the wanted language, and those that are in no other one either."""
        languages: dict[str, set[str]] = {}
        for note in self.card.notes:
            languages.setdefault(note.predicate.iri, set()).add(note.lang.split("-")[0])
        for note in self.card.notes:
            lang = note.lang.split("-")[0]
            if note.predicate.iri in (OA.start, OA.end):
                continue  # a place in the text, for programs
            if lang in ("", self.lang) or self.lang not in languages[note.predicate.iri]:
                yield note

    def _note(self, note: Note) -> tuple[list[str], str, tuple[Citation, ...]]:
        return [self._name(note.predicate)], self._value(note), note.citations

    def _value(self, note: Note) -> str:
        if note.datatype == XSD.boolean:
            return self.words.get(note.text, note.text)
        if note.datatype == XSD.duration:
            return duration_words(note.text, self.lang)
        dates = (XSD.date, XSD.gYear, XSD.gYearMonth)
        return date_words(note.text, self.lang) if note.datatype in dates else note.text

    def _count(self, count: Count) -> Row:
        kind = self._name(count.kind)
        told = self._pair(f"← {self._name(count.role)}", kind) if count.role else kind
        return [told], f"{count.number:,}"

    def _source(self, source: Source) -> Row:
        publisher = self._name(source.publisher) if source.publisher else ""
        reliability = self._pair(self.words["reliability"], source.reliability or "")
        parts = (
            source.label[self.lang],
            publisher,
            date_words(source.issued or "", self.lang),
            reliability if source.reliability else "",
            source.url or "",
        )
        return [self.keys[source.iri]], self._joined(*parts)

    def _merged(self, lines: Iterable[tuple[list[str], str, Iterable[Citation]]]) -> Iterator[Row]:
        """Yield lines with their citations; what several passages say alike is one line."""
        found: dict[tuple[tuple[str, ...], str], list[Citation]] = {}
        for cells, rest, citations in lines:
            found.setdefault((tuple(cells), rest), []).extend(citations)
        for (texts, rest), cited in found.items():
            yield texts, self._cited(rest, cited)

    def _cited(self, text: str, citations: Iterable[Citation]) -> str:
        """Return a text with the keys of its sources and the numbers of the paragraphs."""
        paragraphs: dict[str, dict[int, None]] = {}
        for citation in citations:
            if citation.source.iri in self.keys:
                numbers = paragraphs.setdefault(self.keys[citation.source.iri], {})
                if citation.paragraph is not None:
                    numbers[citation.paragraph] = None
        keys = (
            " ".join((key, *(f"¶{number}" for number in sorted(numbers))))
            for key, numbers in paragraphs.items()
        )
        return "  ".join(part for part in (text, *keys) if part)

    def _name(self, named: Named) -> str:
        return named.label.get(self.lang) or named.label.get("en", "")

    def _time(self, time: Time | None) -> str:
        return time.label[self.lang] if time else self.words["undated"]

    def _about(self, about: About) -> str:
        return self._pair(self._name(about.role), about.label.get(self.lang, ""))

    def _stater(self, stater: Named | None) -> str:
        return self.words["says"].format(self._name(stater)) if stater else ""

    def _pair(self, key: str, value: str) -> str:
        return f"{key}{self.words['colon']}{value}"

    def _in_brackets(self, text: str) -> str:
        return self.words["brackets"].format(text)

    def _listed(self, parts: Iterable[str]) -> str:
        return self.words["comma"].join(parts)

    def _joined(self, *parts: str) -> str:
        return self.words["semicolon"].join(part for part in parts if part)
