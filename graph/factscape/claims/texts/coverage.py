"""Coverage: is every figure of a text held by a statement, and does every statement fit the text?

A statement of a source has the span of its words in the source's text (`oa:start`, `oa:end`, in
Unicode code points), and `fs:printed` where it holds a figure. A figure is *covered* when each of
its numbers lies in the span of a statement that prints it. One that lies only in the span of
statements that print something else or nothing, such as an opinion on the whole sentence, is
*spanned*: the sentence was read, the figure was not taken down. What is not covered may stand in
the name of a thing, or be waived with a reason.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from factscape.claims.texts.figures import Figure, Kind, find_figures
from factscape.claims.texts.waivers import Waiver
from factscape.terms import FS, OA, RDF, RDFS, SKOS

if TYPE_CHECKING:
    import pyoxigraph as ox

    from factscape.store import Store

__all__ = ["Coverage", "Fate", "Finding", "Match", "StaleWaiver", "coverage"]


class Fate(StrEnum):
    """What became of a figure.

    >>> Fate.COVERED.value
    'covered'
    """

    COVERED = "covered"
    NAME = "name"
    WAIVED = "waived"
    SPANNED = "spanned"
    UNCOVERED = "uncovered"


@dataclass(frozen=True)
class Match:
    """A figure, what became of it, and through what: statements' IRIs, a name or a reason."""

    figure: Figure
    fate: Fate
    by: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """A statement or passage that does not fit the text."""

    subject: str
    message: str


@dataclass(frozen=True)
class StaleWaiver:
    """A waiver that waives nothing, and why."""

    waiver: Waiver
    message: str


@dataclass(frozen=True)
class Coverage:
    """What a text's figures and a source's statements have to do with one another."""

    source: str
    text_sha256: str
    """The digest of the text at hand."""
    stated_sha256: str | None
    """The digest of the text that the source's offsets count in, where it is stated."""
    statements: int
    """How many statements have a span."""
    matches: tuple[Match, ...]
    findings: tuple[Finding, ...]
    stale: tuple[StaleWaiver, ...]

    def of(self, *fates: Fate) -> list[Match]:
        """Return the figures to which one of these happened."""
        return [match for match in self.matches if match.fate in fates]

    @property
    def missing(self) -> list[Match]:
        """The figures that no statement, name or waiver accounts for."""
        return self.of(Fate.SPANNED, Fate.UNCOVERED)

    @property
    def other_text(self) -> bool:
        """Whether the text at hand is not the one that the offsets count in."""
        return self.stated_sha256 not in (None, self.text_sha256)

    @property
    def complete(self) -> bool:
        """Whether there is nothing to mend."""
        return not (self.missing or self.findings or self.stale or self.other_text)


@dataclass(frozen=True)
class _Statement:
    iri: str
    start: int
    end: int
    printed: tuple[tuple[int, int], ...]
    """Where in its span stands what it prints."""

    def prints(self, start: int, end: int) -> bool:
        """Say whether a stretch of the text is in what the statement prints."""
        return any(a <= start and end <= b for a, b in self.printed)


def coverage(store: Store, text: str, source: str, waivers: Sequence[Waiver] = ()) -> Coverage:
    """Hold the figures of `text` against the statements of the source with the IRI `source`.

    Statements are read from the graphs of the source's passages and of the source itself.

    >>> from factscape.store import open_store
    >>> report = coverage(open_store(), "占比32%", "https://w3id.org/factscape/source/none-2026")
    >>> [(match.figure.printed, match.fate.value) for match in report.matches]
    [('32%', 'uncovered')]
    """
    reader = _Reader(store, text, source)
    statements = list(reader.statements())
    matches = _match(find_figures(text), _Spans(statements), list(_names_in(store, text)))
    matches, stale = _waive(text, matches, waivers)
    return Coverage(
        source=source,
        text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        stated_sha256=reader.stated_sha256(),
        statements=len(statements),
        matches=tuple(matches),
        findings=tuple(reader.findings),
        stale=tuple(stale),
    )


class _Reader:
    """The statements of a source, and what is wrong with their spans."""

    def __init__(self, store: Store, text: str, source: str) -> None:
        import pyoxigraph as ox

        self._store = store
        self._text = text
        self._source = ox.NamedNode(source)
        self._lines = _line_starts(text)
        self.findings: list[Finding] = []

    def stated_sha256(self) -> str | None:
        """Return the digest that the source states."""
        return next(iter(self._values(self._source, FS.textSha256)), None)

    def statements(self) -> Iterator[_Statement]:
        """Yield the statements that have a span; note the findings on the way."""
        import pyoxigraph as ox

        passages = sorted(
            {
                quad.subject.value
                for quad in self._store.quads(None, ox.NamedNode(FS.passageOf), self._source)
                if isinstance(quad.subject, ox.NamedNode)
            }
        )
        within = {passage: self._passage(ox.NamedNode(passage)) for passage in passages}
        for graph in [*passages, self._source.value]:
            for subject in self._subjects(ox.NamedNode(graph)):
                if subject.value not in within:
                    yield from self._statement(subject, ox.NamedNode(graph), within.get(graph))

    def _subjects(self, graph: ox.NamedNode) -> list[ox.NamedNode]:
        """Return what has a span or a printed figure in a graph, by IRI."""
        import pyoxigraph as ox

        found = {
            quad.subject
            for term in (OA.start, OA.end, FS.printed)
            for quad in self._store.quads(None, ox.NamedNode(term), None, graph)
            if isinstance(quad.subject, ox.NamedNode)
        }
        return sorted(found, key=lambda node: node.value)

    def _values(
        self, subject: ox.NamedNode, predicate: str, graph: ox.NamedNode | None = None
    ) -> list[str]:
        import pyoxigraph as ox

        quads = self._store.quads(subject, ox.NamedNode(predicate), None, graph)
        return sorted({q.object.value for q in quads if isinstance(q.object, ox.Literal)})

    def _passage(self, passage: ox.NamedNode) -> tuple[int, int] | None:
        """Return the span of a passage, else of its line; note where the two do not agree."""
        span = self._span(passage, None)
        paragraph = next(iter(self._values(passage, FS.paragraph)), "")
        if not _is_number(paragraph):
            return span
        if not 0 < int(paragraph) < len(self._lines):
            self._note(passage, f"is paragraph {paragraph}, the text has {len(self._lines) - 1}")
            return span
        line = self._lines[int(paragraph) - 1], self._lines[int(paragraph)] - 1
        if span is not None and not (line[0] <= span[0] and span[1] <= line[1]):
            self._note(
                passage,
                f"has the span {span[0]} to {span[1]}, its paragraph {paragraph} "
                f"goes from {line[0]} to {line[1]}",
            )
        return span or line

    def _span(self, node: ox.NamedNode, graph: ox.NamedNode | None) -> tuple[int, int] | None:
        """Return the one span that a node has; note where it has half a span or a wrong one."""
        starts, ends = (self._values(node, term, graph) for term in (OA.start, OA.end))
        if not starts and not ends:
            return None
        if len(starts) != 1 or len(ends) != 1:
            self._note(node, f"needs one oa:start and one oa:end, and has {starts} and {ends}")
            return None
        if not (_is_number(starts[0]) and _is_number(ends[0])):
            self._note(node, f"has a span that is no pair of numbers: {starts[0]} to {ends[0]}")
            return None
        start, end = int(starts[0]), int(ends[0])
        if not 0 <= start < end <= len(self._text):
            size = len(self._text)
            self._note(node, f"has the span {start} to {end}, the text goes from 0 to {size}")
            return None
        return start, end

    def _statement(
        self, node: ox.NamedNode, graph: ox.NamedNode, within: tuple[int, int] | None
    ) -> Iterator[_Statement]:
        printed = tuple(self._values(node, FS.printed, graph))
        span = self._span(node, graph)
        if span is None:
            if not self._values(node, OA.start, graph) and not self._values(node, OA.end, graph):
                self._note(node, f"prints {_quoted(printed)} and has no oa:start and oa:end")
            return
        start, end = span
        if within is not None and not (within[0] <= start and end <= within[1]):
            self._note(
                node,
                f"has the span {start} to {end}, its passage has {within[0]} to {within[1]}",
            )
        for figure in printed:
            if figure not in self._text[start:end]:
                self._note(node, self._misprinted(figure, start, end))
        found = (_found(self._text, figure, start, end) for figure in printed)
        yield _Statement(node.value, start, end, tuple(chain.from_iterable(found)))

    def _misprinted(self, figure: str, start: int, end: int) -> str:
        message = (
            f"prints {figure!r}, its span {start} to {end} says {_short(self._text[start:end])!r}"
        )
        nearest = _nearest(self._text, figure, start)
        if nearest is None:
            return f"{message}; the text does not have it"
        return f"{message}; it stands at {nearest} to {nearest + len(figure)}"

    def _note(self, node: ox.NamedNode, message: str) -> None:
        self.findings.append(Finding(node.value, message))


class _Spans:
    """Statements by their spans, to be asked which of them hold a stretch of the text."""

    def __init__(self, statements: Iterable[_Statement]) -> None:
        self._sorted = sorted(statements, key=lambda s: (s.start, s.end, s.iri))
        self._starts = [statement.start for statement in self._sorted]

    @cached_property
    def _longest(self) -> int:
        return max((s.end - s.start for s in self._sorted), default=0)

    def holding(self, start: int, end: int) -> list[_Statement]:
        """Return the statements whose span holds start to end."""
        low = bisect_left(self._starts, start - self._longest)
        high = bisect_right(self._starts, start)
        return [statement for statement in self._sorted[low:high] if statement.end >= end]


def _match(
    figures: Iterable[Figure], spans: _Spans, names: list[tuple[int, int, str]]
) -> list[Match]:
    """Say of each figure which statements hold it, or which name."""
    matches = []
    for figure in figures:
        over = [spans.holding(start, end) for start, end in figure.cores]
        printing = [
            [s for s in statements if s.prints(*core)]
            for statements, core in zip(over, figure.cores, strict=True)
        ]
        named = [name for start, end, name in names if start <= figure.start and figure.end <= end]
        fate, by = Fate.UNCOVERED, list[str]()
        if all(printing):
            fate, by = Fate.COVERED, [s.iri for found in printing for s in found]
        elif figure.kind is Kind.NAME or named:
            fate, by = Fate.NAME, named[:1] or [figure.printed]
        elif all(over):
            fate, by = Fate.SPANNED, [s.iri for found in over for s in found]
        matches.append(Match(figure, fate, tuple(dict.fromkeys(by))))
    return matches


def _names_in(store: Store, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where names of things that hold a figure occur in the text."""
    import pyoxigraph as ox

    type_ = ox.NamedNode(RDF.type)
    # Their names are figures themselves: "2025", "percent", "1,000 times".
    measures = [ox.NamedNode(c) for c in (FS.Period, FS.Unit, FS.Metric, FS.Source)]
    seen = set()
    for predicate in (SKOS.prefLabel, SKOS.altLabel, RDFS.label):
        for quad in store.quads(None, ox.NamedNode(predicate)):
            name = quad.object.value if isinstance(quad.object, ox.Literal) else ""
            if name in seen or name not in text or not _more_than_a_figure(name):
                continue
            seen.add(name)
            subject = quad.subject
            assert not isinstance(subject, ox.Triple)
            if any(next(store.quads(subject, type_, kind), None) for kind in measures):
                continue
            yield from ((start, end, name) for start, end in _found(text, name, 0, len(text)))


def _more_than_a_figure(name: str) -> bool:
    """Say whether a name holds a figure, and a letter beside it."""
    figures = find_figures(name)
    inside = {i for f in figures if f.kind is not Kind.NAME for i in range(f.start, f.end)}
    return bool(figures) and any(
        character.isalpha() for i, character in enumerate(name) if i not in inside
    )


def _waive(
    text: str, matches: list[Match], waivers: Sequence[Waiver]
) -> tuple[list[Match], list[StaleWaiver]]:
    """Apply the waivers to the figures that are missing; return what became, and what is stale."""
    lines: dict[int, list[int]] = {}
    for index, match in enumerate(matches):
        lines.setdefault(match.figure.line, []).append(index)
    starts = _line_starts(text)
    became, stale = list(matches), []
    for waiver in waivers:
        numbers = sorted(lines) if waiver.paragraph is None else [waiver.paragraph]
        meant = [
            occurrence
            for number in numbers
            if number < len(starts)
            for occurrence in _occurrences(
                text, waiver, (starts[number - 1], starts[number]), lines.get(number, []), matches
            )
        ]
        if not meant:
            where = "the text" if waiver.paragraph is None else f"paragraph {waiver.paragraph}"
            which = f" {waiver.nth} times" if waiver.nth > 1 else ""
            stale.append(StaleWaiver(waiver, f"{where} has no such figure{which}"))
            continue
        missing = [i for i in meant if became[i].fate in (Fate.SPANNED, Fate.UNCOVERED)]
        if not missing:
            fates = " and ".join(sorted({became[i].fate for i in meant}))
            stale.append(StaleWaiver(waiver, f"it is not needed: the figure is {fates}"))
        for index in missing:
            became[index] = Match(became[index].figure, Fate.WAIVED, (waiver.reason,))
    return became, stale


def _occurrences(
    text: str, waiver: Waiver, line: tuple[int, int], indexes: list[int], matches: list[Match]
) -> list[int]:
    """Return the figures of a line that a waiver names: by all that is printed, or by its number."""
    groups = []
    for start, end in _found(text, waiver.figure, *line):
        inside = [
            i for i in indexes if all(start <= a and b <= end for a, b in matches[i].figure.cores)
        ]
        if inside:
            groups.append(inside)
    if waiver.paragraph is not None:
        groups = groups[waiver.nth - 1 : waiver.nth]
    return [index for group in groups for index in group]


def _is_number(text: str) -> bool:
    # Longer ones are no places in a text, and Python refuses to read the longest.
    return text.isascii() and text.removeprefix("-").isdigit() and len(text) < 19


def _line_starts(text: str) -> list[int]:
    """Return where each line begins, and after them where the next one would."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _found(text: str, words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans between start and end at which the words stand."""
    at = text.find(words, start, end) if words else -1
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + len(words), end)


def _nearest(text: str, words: str, position: int) -> int | None:
    after = text.find(words, position)
    before = text.rfind(words, 0, position + len(words))
    found = [place for place in (before, after) if words and place >= 0]
    return min(found, key=lambda place: abs(place - position), default=None)


def _short(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(repr(text) for text in texts)
