"""From a record to what is written: a statement with an address, plain edges, a description."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import pyoxigraph as ox

from factscape.exchange.addresses import slug
from factscape.exchange.figures import FIGURES, Figures
from factscape.exchange.mapping import OWN_FIELDS
from factscape.exchange.records import MAKES, Record, RowError
from factscape.exchange.values import (
    Term,
    Values,
    date_term,
    fs_property,
    period_term,
    term_slug,
)
from factscape.exchange.vocabulary import Field, Holds
from factscape.terms import FS, PREFIXES, RDF, XSD, curie, local_name

__all__ = ["Edge", "Made", "Origin", "Statement", "StatementMaker", "reading_order"]

_ORDER = (
    *("of", "comparedWith", "ranking", "position", "metric", "counterparty", "segment", "market"),
    *("benchmark", "product", "event", "setting", "scope", "", "value", "low", "high", "margin"),
    *("unit", "outcome", "at", "during", "basePeriod", "statedAt", "bound", "status", "statedBy"),
    *("concerns", "says", "proposition", "stance", "measuredBy", "method", "cites"),
    *("reliability", "printed"),
)
"""The order in which a statement is read; what is not named stands in the place of ""."""

_RANK = {name: number for number, name in enumerate(_ORDER)}
_DIMENSIONS = _ORDER[_RANK["counterparty"] : _RANK[""]]
_ONLY_AIMED_AT = frozenset({FS.forecast, FS.target})
"""Statuses of a relation that does not hold yet: no plain edge stands beside it."""

_OVER = frozenset({FS.flow, FS.cumulative})
"""Kinds of metrics that are measured over a period, also where it is a day."""


class Edge(NamedTuple):
    """A plain triple about a thing."""

    subject: ox.NamedNode
    predicate: ox.NamedNode
    object: Term


Pair = tuple[ox.NamedNode, Term]


@dataclass(frozen=True)
class Statement:
    """A statement: its address and what it says, in the order in which it is read."""

    address: ox.NamedNode
    pairs: tuple[Pair, ...]

    @property
    def core(self) -> frozenset[Pair]:
        """What two writings of one statement have in common: all but how it is printed and graded."""
        apart = (FS.printed, FS.reliability)
        return frozenset(pair for pair in self.pairs if pair[0].value not in apart)


@dataclass(frozen=True)
class Made:
    """What one record makes."""

    edges: tuple[Edge, ...] = ()
    statement: Statement | None = None
    note: str = ""


@dataclass(frozen=True)
class Origin:
    """The source of a row, as far as its statements depend on it."""

    slug: str
    publisher: ox.NamedNode | None
    grade: str | None
    """The row's own grade of reliability, where it differs from that of the source."""


class StatementMaker:
    """Makes statements of records."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._figures = Figures(values)
        self._vocabulary = values.resolver.vocabulary

    def make(self, record: Record, origin: Origin) -> Made:
        """Return what a record makes; raises RowError where it cannot be read."""
        fields = record.fields
        if "describe" in fields:
            made = self._description(record)
        elif "says" in fields:
            made = self._opinion(record, origin)
        elif "comparedWith" in fields:
            made = self._comparison(record, origin)
        elif "predicate" in fields:
            made = self._relation(record, origin)
        elif "position" in fields or ("ranking" in fields and "metric" not in fields):
            made = self._rank_entry(record, origin)
        elif "metric" in fields:
            made = self._observation(record, origin)
        else:
            raise self._values.error(
                "what",
                "nothing says what this row means",
                "a record needs one of: " + ", ".join(MAKES),
            )
        return replace(made, note=self._values.text(record, "note"))

    def unknown(self, record: Record) -> list[RowError]:
        """Return what is wrong with the names in a record, all of it: so they are told at once."""
        fields = self._vocabulary.fields
        things = [
            (name, fields[name])
            for name in record.fields
            if name in fields and fields[name].holds is Holds.THING
        ]
        if "describe" in record.fields:
            things.append(("describe", fields["of"]))
        joined = self._vocabulary.property(self._values.text(record, "predicate"))
        if joined is not None:
            things += [end for end in self._end_fields(record, joined) if end[0] in record.fields]
        found = []
        for name, field in things:
            value = record.fields[name]
            for one in value if isinstance(value, list) else [value]:
                try:
                    self._values.thing(
                        replace(record, fields={**record.fields, name: one}), name, field
                    )
                except RowError as error:
                    found.append(error)
        return [error for error in found if error.proposal]

    # ------------------------------------------------------------------ kinds of records

    def _description(self, record: Record) -> Made:
        subject = self._values.thing(record, "describe")
        types = self._values.resolver.types(subject.value)
        names = self._fitting(record, types, apart=FIGURES & record.given)
        edges = [
            Edge(subject, fs_property(name), term)
            for name in names
            for term in self._values.terms(record, name)
            if term != subject
        ]
        if (time := self._time(record)) is not None:
            edges.append(Edge(subject, *time))
        return Made(tuple(edges))

    def _observation(self, record: Record, origin: Origin) -> Made:
        values = self._values
        metric = _node(values.one(record, "metric"))
        of = _node(values.one(record, "of"))
        figure = self._figures.pairs(record, metric.value)
        pairs = [*self._pairs(record, FS.Observation, apart=FIGURES), *figure]
        return self._statement(
            record, origin, FS.Observation, pairs, [of, metric], self._time(record, metric.value)
        )

    def _rank_entry(self, record: Record, origin: Origin) -> Made:
        values = self._values
        of, ranking = (_node(values.one(record, name)) for name in ("of", "ranking"))
        pairs = self._pairs(record, FS.RankEntry, apart=FIGURES)
        # The value of a row whose position was chosen is that position, most likely.
        if "value" in record.fields and not (
            "value" in record.given and "position" not in record.given
        ):
            metric = record.fields.get("metric") and _node(values.one(record, "metric")).value
            pairs += self._figures.pairs(record, metric or self._metric_of(ranking))
        elif "position" in record.fields:
            text = values.text(record, "printed") or values.text(record, "position")
            pairs.append((fs_property("printed"), ox.Literal(text)))
        words: list[Term | str] = [of, "rank", ranking]
        return self._statement(record, origin, FS.RankEntry, pairs, words, self._time(record))

    def _comparison(self, record: Record, origin: Origin) -> Made:
        values = self._values
        of, other = (_node(values.one(record, name)) for name in ("of", "comparedWith"))
        values.one(record, "outcome")
        metric = _node(values.one(record, "metric")) if "metric" in record.fields else None
        if metric is None and "benchmark" not in record.fields:
            raise values.error("metric", "a comparison needs a metric or a benchmark")
        pairs = self._pairs(record, FS.Comparison, apart=FIGURES & record.given)
        words: list[Term | str] = [of, "compared", other, *([metric] if metric else [])]
        time = self._time(record, metric.value if metric else None)
        return self._statement(record, origin, FS.Comparison, pairs, words, time)

    def _opinion(self, record: Record, origin: Origin) -> Made:
        values = self._values
        for name in ("says", "says-zh"):
            if name not in record.fields:
                raise values.error(name, f"{name} is missing: an opinion is told in both languages")
        about = record
        if "concerns" not in record.fields and "of" in record.fields:
            about = replace(record, fields={**record.fields, "concerns": record.fields["of"]})
        pairs = self._pairs(about, FS.Opinion, apart={*(FIGURES & record.given), "of"})
        concerned = [term for name, term in pairs if name.value == FS.concerns]
        if not concerned:
            raise values.error("concerns", "an opinion needs what it concerns")
        stated = [term for name, term in pairs if name.value == FS.statedBy]
        if not stated:
            # Who speaks where nobody is named is the publisher.
            if origin.publisher is None:
                raise values.error("statedBy", "an opinion needs who holds it")
            stated = [origin.publisher]
            pairs.append((fs_property("statedBy"), origin.publisher))
        words: list[Term | str] = [stated[0], "opinion"]
        words += [] if record.fields.get("word") else concerned[:1]
        return self._statement(
            record, origin, FS.Opinion, pairs, words, self._span(record), dated=False
        )

    def _relation(self, record: Record, origin: Origin) -> Made:
        values = self._values
        name = values.text(record, "predicate")
        field = self._vocabulary.property(name)
        if field is None or field.holds not in (Holds.THING, Holds.THING_OR_WORDS, Holds.SOURCE):
            raise self._no_predicate(name, field)
        subject, object_ = self._ends(record, field)
        pairs = self._pairs(record, FS.Relation, apart={*(FIGURES & record.given), "of"})
        property_ = ox.NamedNode(field.iri)
        ends = zip(("subject", "predicate", "object"), (subject, property_, object_), strict=True)
        pairs = [*((ox.NamedNode(PREFIXES["rdf"] + end), term) for end, term in ends), *pairs]
        status = {term.value for name, term in pairs if name.value == FS.status}
        edges = () if status & _ONLY_AIMED_AT else (Edge(subject, property_, object_),)
        words: list[Term | str] = [subject, _hyphened(field.name), object_]
        made = self._statement(record, origin, FS.Relation, pairs, words, self._span(record))
        return replace(made, edges=edges)

    def _ends(self, record: Record, field: Field) -> tuple[ox.NamedNode, ox.NamedNode]:
        """Return the subject and the object of a relation, of the classes that its property joins."""
        values = self._values
        (_, of), (end, target) = self._end_fields(record, field)
        if end not in record.fields:
            raise values.error(end, "the relation leads nowhere: object is missing")
        first, second = values.thing(record, "of", of), values.thing(record, end, target)
        inverse = values.text(record, "inverse") == "true"
        subject, object_ = (second, first) if inverse else (first, second)
        for thing, name, fits in (
            (subject, end if inverse else "of", self._vocabulary.fits_domain),
            (object_, "of" if inverse else end, self._vocabulary.fits_range),
        ):
            types = values.resolver.types(thing.value)
            if not fits(field, types):
                address, is_ = curie(thing.value), ", ".join(map(curie, types))
                raise values.error(
                    name, f"{address} is a {is_}, which fs:{field.name} does not join"
                )
        return subject, object_

    def _end_fields(self, record: Record, field: Field) -> list[tuple[str, Field]]:
        """Return the names of the fields that hold the ends of a relation, and what they want."""
        other = "object" if "object" in record.fields else "value"
        target = field
        if self._values.text(record, "inverse") == "true":
            target = replace(field, range=field.domains[0] if field.domains else None)
        return [("of", Field("of", FS.of, Holds.THING, None, ())), (other, target)]

    def _no_predicate(self, name: str, field: Field | None) -> RowError:
        import difflib

        if field is not None:
            return self._values.error(
                "predicate",
                f"fs:{field.name} holds {field.holds.value}: no edge between things",
                f'write it with describe: {{ describe = "$of", {field.name} = "$value" }}',
            )
        near = difflib.get_close_matches(name.removeprefix("fs:"), self._vocabulary.fields, n=1)
        hint = f"did you mean fs:{near[0]}?" if near else "docs/terms.md lists the properties"
        return self._values.error("predicate", f"there is no property {name!r}", hint)

    # ------------------------------------------------------------------ parts

    def _statement(
        self,
        record: Record,
        origin: Origin,
        class_: str,
        pairs: Iterable[Pair],
        words: Sequence[Term | str],
        time: Pair | None,
        *,
        dated: bool = True,
    ) -> Made:
        """Return a statement with its address: source, thing, what is said, dimensions, time, word."""
        pairs = [*pairs, *([time] if time else [])]
        if origin.grade is not None:
            pairs.append((ox.NamedNode(FS.reliability), ox.Literal(origin.grade)))
        parts = [slug(word) if isinstance(word, str) else term_slug(word) for word in words]
        parts += _dimensions(pairs)
        if time and dated:
            parts.append(term_slug(time[1]))
        parts.append(slug(self._values.text(record, "word")))
        address = ".".join([origin.slug, *filter(None, parts)])
        ordered = tuple(sorted(dict.fromkeys(pairs), key=reading_order))
        type_ = (ox.NamedNode(RDF.type), ox.NamedNode(class_))
        return Made((), Statement(ox.NamedNode(PREFIXES["claim"] + address), (type_, *ordered)))

    def _pairs(self, record: Record, class_: str, apart: Iterable[str]) -> list[Pair]:
        """Return the fields of a statement that are properties, without those told apart."""
        return [
            (fs_property(name), term)
            for name in self._fitting(record, [class_], apart)
            for term in self._values.terms(record, name)
        ]

    def _fitting(self, record: Record, types: Sequence[str], apart: Iterable[str]) -> list[str]:
        """Return the fields that what is of these classes can have.

        A column's field that does not fit is dropped, a chosen one is an error.
        """
        names = []
        for name in record.fields:
            bare = name.removesuffix("-zh")
            if name in apart or bare in OWN_FIELDS:
                continue
            field = self._vocabulary.fields[bare]
            if self._vocabulary.fits_domain(field, types):
                names.append(name)
            elif name not in record.given:
                domains = " or ".join(map(curie, field.domains))
                what = ", ".join(map(curie, types))
                raise self._values.error(
                    name, f"{bare} is said of a {domains}, and this is a {what}"
                )
        return names

    # ------------------------------------------------------------------ times

    def _time(self, record: Record, metric: str | None = None) -> Pair | None:
        """Return the time of what is measured, or happened: at a date, or during a period."""
        if "time" not in record.fields or {"at", "during"} & record.fields.keys():
            return None
        when = self._values.time(record)
        over = metric is not None and self._vocabulary.of(metric, FS.timeKind) in _OVER
        if when.kind == "date" and not over:
            return fs_property("at"), date_term(when)
        return fs_property("during"), period_term(when)

    def _span(self, record: Record) -> Pair | None:
        """Return the time in which a relation or an opinion holds: a year is a span of it."""
        time = self._time(record)
        if time and isinstance(time[1], ox.Literal) and time[1].datatype.value == XSD.gYear:
            return fs_property("during"), ox.NamedNode(PREFIXES["period"] + time[1].value)
        return time

    def _metric_of(self, ranking: ox.NamedNode) -> str | None:
        """Return the metric that a ranking orders by, where the facts say it."""
        quads = self._values.resolver.facts.store.quads(ranking, ox.NamedNode(FS.metric))
        return min(
            (quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)),
            default=None,
        )


def _node(term: Term) -> ox.NamedNode:
    assert isinstance(term, ox.NamedNode)
    return term


def _dimensions(pairs: Iterable[Pair]) -> Iterator[str]:
    """Yield what narrows a statement as parts of its address; of words in two languages the English."""
    found: dict[str, list[Term]] = {}
    for property_, term in pairs:
        found.setdefault(property_.value, []).append(term)
    for name in (*_DIMENSIONS, "basePeriod"):
        terms = found.get(fs_property(name).value, [])
        english = [t for t in terms if isinstance(t, ox.Literal) and t.language == "en"]
        for term in english or terms:
            yield ("from-" if name == "basePeriod" else "") + term_slug(term)


def _hyphened(name: str) -> str:
    """Return the name of a property as part of an address: competes-with."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name)


def reading_order(pair: Pair) -> tuple[int, str, str]:
    """Return a key that sorts what is said of a subject as it is read: of what, how much, when, by whom."""
    name = pair[0].value
    if name.startswith(PREFIXES["rdf"]):
        return -1, str(("subject", "predicate", "object").index(local_name(name))), ""
    local = local_name(name)
    return _RANK.get(local, _RANK[""]), local, str(pair[1])
