"""Tables of what the things of a page share, so that nothing is written twice.

A page of two thousand things holds the same metrics, times, sources and relations over and over.
They stand in tables, and what refers to them gives the number of the row. A row is a list in the
order of the table's columns; empty cells at its end are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from factscape.terms import curie

if TYPE_CHECKING:
    from factscape.claims.cards.parts import (
        About,
        Citation,
        Event,
        Figure,
        Label,
        Named,
        Opinion,
        Relation,
        Source,
        Time,
    )

__all__ = ["COLUMNS", "RUNS", "Tables", "packed", "runs", "text", "unpacked"]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "things": (
        "term", "kind", "x", "y", "size", "later", "relations", "names", "figures", "events",
        "opinions", "kinds", "time", "notes", "same", "incomplete", "spans",
        "beside",
    ),
    "lines": ("from", "to", "way", "voices", "spans", "marks", "events", "opinions", "figures"),
    "terms": ("iri", "en", "zh"),
    "times": ("label", "begins", "ends"),
    "sources": ("term", "issued", "reliability", "publisher", "url"),
    "passages": ("source", "paragraph", "iri"),
    "predicates": ("iri", "label", "inverse"),
    "figures": (
        "metric", "time", "words", "printed", "at", "claim", "unit", "value", "of", "bound",
        "status", "about", "by", "disputed", "low", "high",
    ),
    "relations": (
        "from", "to", "predicate", "at", "time", "claims", "by", "status", "derived", "about",
    ),
    "events": ("event", "parts", "at", "kind", "time", "status", "times", "figures"),
    "opinions": (
        "claim", "by", "concerns", "says", "at", "stance", "time", "proposition", "status",
    ),
}  # fmt: skip
"""The columns of every table.

`label`, `inverse`, `words`, `says` are one text, or a list of the English and the Chinese one;
`claim`, `claims`, `iri`, `url`, `printed`, `value`, `low`, `high` texts, but `printed` is 1 where it
is the same as `value`; `paragraph` a number; `derived` 1 or nothing; `disputed` of the best among
figures that disagree how many sources there are and how many speak for themselves, of the others 1;
`begins`, `ends`, `issued` days, months or years; `about` and `parts` pairs of terms, a role and a
thing (or words that stand for one); `x`, `y`, `size` numbers of the picture; `names`, `same` lists
of texts; `kinds` terms, where there are several; `notes` property, text, language and passages;
`later` 1 for what is not drawn at first; `beside`, where a page can ask for more, how many
neighbours a thing has in all. `from` and `to` of a line are rows of things, `way` one of
the page's ways; `voices`, how many independent sources say it, is left out for one; `marks` adds 1
for what is only planned or estimated, 2 for what is disputed. `spans` is a row of the page's
`spans`: half-open, days or null for an open end; left out for always. The `iri` of a passage is left
out where it is its source's with `#p` and the paragraph. `kind` of a thing is a number among the
page's kinds, `events` of a thing pairs of an event and the term of its role in it, `figures`,
`relations`, `opinions` of a thing rows, in which a pair stands for all numbers from one to another.
`at` is a row of passages or a list of several, `time` and `times` rows of times, `source` of
sources, `predicate` of predicates; all others are rows of terms. `unpacked` reads a row.
"""

RUNS = ("figures", "relations", "opinions")
"""The columns of things whose numbers are written as runs."""


class Tables:
    """Rows that are written once and referred to by their number."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        """Shorten IRIs with `prefixes`."""
        self._prefixes = prefixes
        self._curies: dict[str, str] = {}
        self._used: dict[str, str] = {}
        shared = [name for name in COLUMNS if name not in ("things", "lines")]
        self._rows: dict[str, list[list[Any]]] = {name: [] for name in shared}
        self._numbers: dict[str, dict[Any, int]] = {name: {} for name in shared}
        self._claims: dict[str, int] = {}

    def as_dict(self) -> dict[str, list[list[Any]]]:
        """Return the rows of all tables but those of the things and the lines."""
        return {
            name: [_trimmed(map(_short, COLUMNS[name], row)) for row in rows]
            for name, rows in self._rows.items()
        }

    def iri(self, iri: str) -> str:
        """Return an IRI as short as the prefixes make it."""
        if iri not in self._curies:
            short = curie(iri, self._prefixes)
            if not short.startswith("<"):
                name = short.partition(":")[0]
                self._used[name] = self._prefixes[name]
            self._curies[iri] = iri if short.startswith("<") else short
        return self._curies[iri]

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that IRIs were shortened with so far."""
        return dict(sorted(self._used.items()))

    def name(self, iri: str, label: Label) -> int:
        """Return the number of a thing with its label."""
        row = (self.iri(iri), *_both(label, iri))
        return self._number("terms", row, lambda: dict(zip(COLUMNS["terms"], row, strict=False)))

    def term(self, named: Named | Event | Source) -> int:
        """Return the number of whatever has an IRI and a label."""
        return self.name(named.iri, named.label)

    def label(self, term: int) -> list[str]:
        """Return the labels of a thing by its number, English first."""
        return [str(label) for label in self._rows["terms"][term][1:] if label is not None]

    def time(self, time: Time | None) -> int | None:
        """Return the number of a time, None for None."""
        if time is None:
            return None
        row = {"label": text(time.label), "begins": time.begins, "ends": time.ends}
        return self._number("times", (*_both(time.label), time.begins, time.ends), lambda: row)

    def source(self, source: Source) -> int:
        """Return the number of a source; only the web's own addresses are links."""
        url = source.url if source.url and source.url.startswith(("https://", "http://")) else None
        return self._number(
            "sources",
            source.iri,
            lambda: {
                "term": self.term(source),
                "issued": source.issued,
                "reliability": source.reliability,
                "publisher": self._optional(source.publisher),
                "url": url,
            },
        )

    def figure(self, metric: Named, figure: Figure) -> int:
        """Return the number of a figure."""
        row = {
            "metric": self.term(metric),
            "time": self.time(figure.time),
            "words": text(figure.words),
            "printed": 1 if figure.printed == figure.value else figure.printed,
            "at": self.cited([figure.citation]),
            "claim": self.iri(figure.claim),
            "unit": self._optional(figure.unit),
            "value": figure.value,
            "bound": self._optional(figure.bound),
            "by": self._optional(figure.stated_by),
            "about": self._narrowing(figure.about),
            "status": self._optional(figure.status),
            "of": self.term(figure.of),
            "low": figure.low,
            "high": figure.high,
            "disputed": _disputed(figure),
        }
        # One passage can say of a thing what it says of another in the same words.
        number = self._number("figures", (figure.claim, metric.iri, figure.of.iri), lambda: row)
        self._claims.setdefault(figure.claim, number)
        return number

    def relation(self, relation: Relation, thing: int) -> int:
        """Return the number of a relation of a thing, the same from both its ends."""
        incoming = relation.direction == "in"
        ends = (
            (self.term(relation.other), thing) if incoming else (thing, self.term(relation.other))
        )
        row = {
            "from": ends[0],
            "to": ends[1],
            "predicate": self._predicate(relation, incoming),
            "at": self.cited(relation.citations),
            "time": self.time(relation.time),
            "claims": [self.iri(claim) for claim in relation.claims],
            "by": self._optional(relation.stated_by),
            "status": self._optional(relation.status),
            "derived": 1 if relation.derived else None,
            "about": self._narrowing(relation.about),
        }
        return self._number("relations", str(row), lambda: row)

    def event(self, event: Event, thing: int) -> int:
        """Return the number of an event, the same from all who take part in it."""
        parts = [[self.term(event.role), thing]]
        parts += [[self.term(part.role), self.term(part.thing)] for part in event.participants]
        number = self._number(
            "events",
            event.iri,
            lambda: {
                "event": self.term(event),
                "parts": [],
                "at": self.cited(event.citations),
                "kind": self._optional(event.kind),
                "time": self.time(event.time),
                "status": self._optional(event.status),
                "times": [self.time(time) for time in event.other_times],
            },
        )
        # A card names all who take part but the thing itself, and only one of its parts.
        known = self._rows["events"][number][1]
        known += [part for part in parts if part not in known]
        return number

    def measured(self, event: str, figures: Iterable[int]) -> None:
        """Add figures of an event, by their rows, to its row, where it has one."""
        number = self._numbers["events"].get(event)
        if number is not None:
            self._rows["events"][number][COLUMNS["events"].index("figures")] = sorted(figures)

    def known(self, table: str, iris: Iterable[str]) -> list[int]:
        """Return the rows of the events, opinions or figures among some statements."""
        numbers = self._claims if table == "figures" else self._numbers[table]
        return sorted({numbers[iri] for iri in iris if iri in numbers})

    def opinion(self, opinion: Opinion) -> int:
        """Return the number of an opinion, the same for who holds it and what it is about."""
        return self._number(
            "opinions",
            opinion.claim,
            lambda: {
                "claim": self.iri(opinion.claim),
                "by": self._optional(opinion.by),
                "concerns": [self.term(thing) for thing in opinion.concerns],
                "says": text(opinion.says) if opinion.says else None,
                "at": self.cited([opinion.citation]),
                "stance": self._optional(opinion.stance),
                "time": self.time(opinion.time),
                "proposition": self._optional(opinion.proposition),
                "status": self._optional(opinion.status),
            },
        )

    def cited(self, citations: Iterable[Citation]) -> list[int]:
        """Return the numbers of passages; what only the default graph says has none."""
        return sorted({self._passage(citation) for citation in citations if citation.passage})

    def passage(self, iri: str) -> int | str:
        """Return the number of a passage that was cited, else its IRI, shortened.

        >>> Tables({}).passage("urn:graph")
        'urn:graph'
        """
        return self._numbers["passages"].get(iri, self.iri(iri))

    def _passage(self, citation: Citation) -> int:
        usual = f"{citation.source.iri}#p{citation.paragraph}"

        def row() -> dict[str, Any]:
            source = self._numbers["sources"].get(citation.source.iri)
            return {
                "source": self._bare_source(citation) if source is None else source,
                "paragraph": citation.paragraph,
                "iri": None if citation.passage == usual else self.iri(citation.passage),
            }

        return self._number("passages", citation.passage, row)

    def _bare_source(self, citation: Citation) -> int:
        return self._number(
            "sources",
            citation.source.iri,
            lambda: {
                "term": self.term(citation.source),
                "issued": citation.issued,
                "reliability": citation.reliability,
            },
        )

    def _predicate(self, relation: Relation, incoming: bool) -> int:
        """Return the number of a predicate, and keep what it is called from this end."""
        predicate = relation.predicate
        number = self._number("predicates", predicate.iri, lambda: {"iri": self.iri(predicate.iri)})
        column = 2 if incoming and not relation.backwards else 1
        self._rows["predicates"][number][column] = text(predicate.label)
        return number

    def _narrowing(self, about: Iterable[About]) -> list[list[Any]]:
        return [
            [
                self.term(one.role),
                self.name(one.iri, one.label) if one.iri else text(one.label),
            ]
            for one in about
        ]

    def _optional(self, named: Named | None) -> int | None:
        return None if named is None else self.term(named)

    def _number(self, table: str, key: Any, row: Callable[[], Mapping[str, Any]]) -> int:
        numbers = self._numbers[table]
        if key not in numbers:
            # Making a row may make others of the same table: the number is known only then.
            made = row()
            numbers[key] = len(self._rows[table])
            self._rows[table].append([made.get(column) for column in COLUMNS[table]])
        return numbers[key]


def packed(table: str, row: Mapping[str, Any]) -> list[Any]:
    """Return a row of a table as the page has it.

    >>> packed("times", {"label": "2025", "begins": "2025-01-01"})
    ['2025', '2025-01-01']
    """
    return _trimmed([row.get(column) for column in COLUMNS[table]])


def runs(numbers: Iterable[int]) -> list[int | list[int]]:
    """Write numbers that follow one another as a pair of the first and the last.

    >>> runs([7, 3, 4, 5, 9, 10])
    [7, [3, 5], 9, 10]
    """
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1] = [found[-1][0], number]
        else:
            found.append([number])
    written: list[int | list[int]] = []
    for run in found:
        written += [run] if run[-1] > run[0] + 1 else run
    return written


def numbers(written: Iterable[int | list[int]]) -> list[int]:
    """Return the numbers that `runs` wrote.

    >>> numbers([7, [3, 5], 9, 10])
    [7, 3, 4, 5, 9, 10]
    """
    runs_ = (one if isinstance(one, list) else [one, one] for one in written)
    return [number for first, last in runs_ for number in range(first, last + 1)]


def unpacked(table: str, row: Iterable[Any]) -> dict[str, Any]:
    """Return a row that the page has with the names of its columns; what is empty is left out.

    >>> unpacked("relations", [3, 4, 0, 7])
    {'from': 3, 'to': 4, 'predicate': 0, 'at': [7]}
    """
    told = zip(COLUMNS[table], row, strict=False)
    return {name: _long(table, name, cell) for name, cell in told if cell is not None}


def _short(column: str, cell: Any) -> Any:
    return cell[0] if column == "at" and len(cell) == 1 else cell


def _long(table: str, column: str, cell: Any) -> Any:
    if column == "at":
        return cell if isinstance(cell, list) else [cell]
    return numbers(cell) if table == "things" and column in RUNS else cell


def _trimmed(cells: Iterable[Any]) -> list[Any]:
    """Leave out what is empty at the end; what is empty elsewhere is null."""
    row = list(cells)
    full = len(row)
    while full and (row[full - 1] is None or row[full - 1] == []):
        full -= 1
    return [None if cell == [] else cell for cell in row[:full]]


def _disputed(figure: Figure) -> list[int] | int | None:
    standing = figure.standing
    if standing is None or not standing.disputed:
        return None
    return [standing.sources, standing.voices] if standing.best else 1


def text(label: Label) -> str | list[str]:
    """Return a label as one text for both languages, or as two.

    >>> text({"en": "yuan", "zh": "元"}), text({"en": "AI", "zh": "AI"})
    (['yuan', '元'], 'AI')
    """
    both = _both(label)
    return both[0] if len(both) == 1 else list(both)


def _both(label: Label, spare: str = "") -> tuple[str, ...]:
    """Return the English label and the Chinese one where it differs."""
    english = label.get("en") or label.get("zh") or spare
    chinese = label.get("zh") or english
    return (english,) if chinese == english else (english, chinese)
