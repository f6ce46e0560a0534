"""Why a figure is what it is: value, statement, passage, source, file and line, and who disagrees."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from factscape.claims.arithmetic import Recomputed
from factscape.claims.cards.figures import read_figure
from factscape.claims.cards.parts import Figure, Label, Named, as_plain
from factscape.claims.commits import Commit
from factscape.claims.described import LANGUAGES, Reader
from factscape.claims.disagreement.kept import Compared
from factscape.claims.disagreement.pairs import Verdict
from factscape.claims.disagreement.shown import Disagreement, show_groups
from factscape.claims.words import period_words
from factscape.errors import MisuseError, Place
from factscape.terms import DCT, FS, OA, SCHEMA

if TYPE_CHECKING:
    from factscape.claims.disagreement.intervals import Interval

__all__ = [
    "Derived",
    "Document",
    "Quote",
    "Trail",
    "Work",
    "find_claims",
    "quote",
    "read_derived",
    "read_trail",
]

_DISPUTED = frozenset(one.name for one in Verdict if one >= Verdict.strained)


class Document(NamedTuple):
    """A source, and the documents that it repeats or a statement in it leans on."""

    source: Named
    publisher: Named | None
    issued: str | None
    issued_inferred: bool
    reliability: str | None
    url: str | None
    repeats: tuple[Named, ...]
    leans_on: tuple[Named, ...]


class Work(NamedTuple):
    """One way of working a figure out: the inputs, and whether what is stated follows from them."""

    outcome: str
    kind: str
    own_inputs: bool
    inputs: tuple[Figure, ...]
    low: str | None
    high: str | None
    missing: tuple[Named, ...]


class Trail(NamedTuple):
    """All that stands behind one statement."""

    figure: Figure
    metric: Named
    start: int | None
    """Where the printed figure stands in the source's text, in code points from 0."""
    end: int | None
    passage: str
    document: Document
    place: Place | None
    commit: Commit | None
    work: tuple[Work, ...]
    compared: tuple[Disagreement, ...]
    settled_without: tuple[Named, ...]
    """Sources any one of which, left out, would end the dispute."""

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain dictionaries and lists, as JSON shows it."""
        plain: dict[str, Any] = as_plain(self)
        return plain


class Derived(NamedTuple):
    """A figure that no source states, worked out from figures that are stated.

    A share, and growth, are in percent.
    """

    of: Named
    metric: Named
    time: Label
    work: Work

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain dictionaries and lists, as JSON shows it."""
        plain: dict[str, Any] = as_plain(self)
        return plain


def read_derived(reader: Reader, thing: str, metric: str, time: str, one: Recomputed) -> Derived:
    """Return a figure that was worked out, in words; `time` is a period's slug or a date."""
    words = {lang: period_words(time, lang) for lang in LANGUAGES}
    return Derived(reader.named(thing), reader.named(metric), words, _work(reader, one))


def read_trail(
    reader: Reader,
    claim: str,
    groups: Sequence[Compared],
    recomputed: Sequence[Recomputed],
    place: Place | None = None,
    commit: Commit | None = None,
) -> Trail:
    """Return what stands behind a statement, given the groups it is in and what it follows from.

    Raises MisuseError where the IRI is no measured value, place in a ranking or comparison.
    """
    said = reader.describe(claim)
    found = read_figure(reader, said)
    if found is None:
        raise MisuseError(
            f"{claim} is no statement of a figure",
            hint="factscape lookup shows what it is; --json gives the IRI of every figure on a card",
        )
    metric, figure = found
    start, end = said.one(OA.start), said.one(OA.end)
    return Trail(
        figure=figure,
        metric=reader.named(metric),
        start=int(start) if start else None,
        end=int(end) if end else None,
        passage=figure.citation.passage,
        document=_document(reader, claim, figure),
        place=place,
        commit=commit,
        work=tuple(_work(reader, one) for one in recomputed),
        compared=tuple(show_groups(groups, reader)),
        settled_without=tuple(map(reader.named, _settling(groups, reader))),
    )


def _document(reader: Reader, claim: str, figure: Figure) -> Document:
    cite = figure.citation
    source = reader.describe(cite.source.iri)
    return Document(
        source=cite.source,
        publisher=reader.named_or_none(source.one(DCT.publisher)),
        issued=cite.issued,
        issued_inferred=source.one(FS.issuedInferred) == "true",
        reliability=cite.reliability,
        url=source.one(SCHEMA.url),
        repeats=tuple(map(reader.named, source.values(FS.basedOn))),
        leans_on=tuple(map(reader.named, reader.describe(claim).values(FS.cites))),
    )


def _work(reader: Reader, one: Recomputed) -> Work:
    figures = (read_figure(reader, reader.describe(each.iri)) for each in one.inputs)
    # Where nobody states the figure, a share and growth are told in percent as people do.
    in_percent = Decimal("0.01") if one.formula.kind in ("share", "growth") else Decimal(1)
    factor = one.statement.figure.factor if one.statement else in_percent
    low, high = _ends(one.result.times(1 / factor) if one.result else None)
    return Work(
        outcome=one.outcome,
        kind=one.formula.kind,
        own_inputs=one.own_inputs,
        inputs=tuple(found[1] for found in figures if found is not None),
        low=low,
        high=high,
        missing=tuple(map(reader.named, one.missing)),
    )


def _ends(result: Interval | None) -> tuple[str | None, str | None]:
    if result is None:
        return None, None
    low, high = result.low, result.high
    return (
        None if low is None else f"{low:.4g}",
        None if high is None else f"{high:.4g}",
    )


def _settling(groups: Sequence[Compared], reader: Reader) -> list[str]:
    """Return the sources without any one of which a disputed group would be undisputed."""
    found: set[str] = set()
    for group in groups:
        if not group.disputed:
            continue
        sources = [reader.citation(graph).source.iri for _, graph, _ in group.statements]
        for source in sorted(set(sources)):
            left = [
                verdict
                for one, other, verdict in group.pairs
                if source not in (sources[one], sources[other])
            ]
            if left and not _DISPUTED.intersection(left):
                found.add(source)
    return sorted(found)


def find_claims(reader: Reader, thing: str, metric: str, time: str | None = None) -> list[str]:
    """Return the IRIs of the statements about a thing and metric, of a time where one is given.

    The best one of those that compare comes first.

    `time` is a period's slug or a date, as in `2024` or `2025-H1`.
    """
    found = []
    for iri, predicate, _ in reader.mentions(thing):
        if predicate != FS.of:
            continue
        said = reader.describe(iri)
        if metric in said.values(FS.metric) + said.values(FS.ranking):
            times = said.values(FS.during) + said.values(FS.at)
            if time is None or any(one.rpartition("/")[2] == time for one in times):
                found.append(iri)
    return sorted(set(found), key=lambda iri: (reader.describe(iri).one(FS.best) != "true", iri))


class Quote(NamedTuple):
    """A line of a source's text around a span, and whether the text is the one that was read."""

    before: str
    printed: str
    after: str
    same_text: bool | None
    """None where the source's description has no hash of its text."""


def quote(reader: Reader, trail: Trail, path: Path) -> Quote:
    """Return the line of a local copy of the source's text that a statement's span stands in.

    Raises MisuseError where the file cannot be read, or the statement has no span in it.
    """
    import hashlib

    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MisuseError(f"{path} cannot be read as text: {error}") from error
    start, end = trail.start, trail.end
    if start is None or end is None or not 0 <= start < end <= len(text):
        raise MisuseError(
            "the statement has no span in this text",
            hint="only what was read from a text at hand says where in it the figure stands",
        )
    stated = reader.describe(trail.document.source.iri).one(FS.textSha256)
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return Quote(
        before=text[first:start],
        printed=text[start:end],
        after=text[end : len(text) if last < 0 else last],
        same_text=None if stated is None else hashlib.sha256(data).hexdigest() == stated,
    )
