"""Write docs/terms.md, the page that lists every term of the ontology, from the files in ontology/.

python docs/generate_terms.py           write the page
python docs/generate_terms.py --check   write nothing, exit with 1 when the page is stale
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from factscape.claims.times import span_of_period
from factscape.claims.words import period_words

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "terms.md"

FS = "https://w3id.org/factscape/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

ALIGNMENTS = {
    RDFS + "subClassOf": "a kind of",
    RDFS + "subPropertyOf": "part of",
    OWL + "inverseOf": "inverse of",
    SKOS + "exactMatch": "same as",
    SKOS + "closeMatch": "close to",
}
WORKED_OUT = {
    "ratioOf": "ratio of",
    "ratioTo": "to",
    "shareOf": "share of",
    "sharePart": "taken by",
    "sumOf": "sum of",
    "growthOf": "growth of",
    "negationOf": "negation of",
}
INTRODUCTION = """\
# Terms

Every class, property and choice of the ontology, and every metric and unit.
Written by `docs/generate_terms.py` from the files in `ontology/`; change those, then run `make docs`.
"""


class Ontology:
    """The triples of ontology/*.ttl, asked by subject and property."""

    def __init__(self, folder: Path) -> None:
        """Read the files of a folder, in the order of their names."""
        self._values: dict[tuple[str, str], list[ox.NamedNode | ox.Literal]] = defaultdict(list)
        self._prefixes: dict[str, str] = {}
        for path in sorted(folder.glob("*.ttl")):
            parsed = ox.parse(path=path, format=ox.RdfFormat.TURTLE)
            for triple in parsed:
                self._add(triple)
            for name, base in sorted(parsed.prefixes.items()):
                self._prefixes.setdefault(name, base)

    def _add(self, triple: ox.Quad) -> None:
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
            self._values[subject.value, triple.predicate.value].append(value)

    def values(self, term: str, property_: str) -> list[str]:
        """Return the values of a property, sorted."""
        return sorted(value.value for value in self._values.get((term, property_), []))

    def value(self, term: str, property_: str) -> str:
        """Return the first value of a property, or nothing."""
        return next(iter(self.values(term, property_)), "")

    def text(self, term: str, property_: str, language: str) -> str:
        """Return the words of a property in one language, or nothing."""
        values = self._values.get((term, property_), [])
        words = (v.value for v in values if isinstance(v, ox.Literal) and v.language == language)
        return min(words, default="")

    def of_type(self, *types: str) -> list[str]:
        """Return what has one of the types, sorted by name."""
        found = {
            term
            for term, property_ in self._values
            if property_ == RDF + "type" and not set(types).isdisjoint(self.values(term, property_))
        }
        return sorted(found, key=lambda term: (local(term).casefold(), term))

    def short(self, iri: str) -> str:
        """Shorten an IRI with the prefixes of the files."""
        fitting = [
            (len(base), name) for name, base in self._prefixes.items() if iri.startswith(base)
        ]
        if not fitting:
            return iri
        length, name = max(fitting)
        return f"{name}:{iri[length:]}"

    def parents(self, term: str, property_: str) -> list[str]:
        """Return the broader terms that are our own."""
        return [broader for broader in self.values(term, property_) if broader.startswith(FS)]

    def inherited(self, class_: str, property_: str) -> tuple[str, str]:
        """Return a value and the class that says it: this one, or the nearest above it."""
        level = [class_]
        while level:
            for candidate in level:
                if value := self.value(candidate, property_):
                    return value, candidate
            level = [up for one in level for up in self.parents(one, RDFS + "subClassOf")]
        return "", ""


def local(iri: str) -> str:
    """Return the last part of an IRI."""
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]


def cell(text: str) -> str:
    """Make text safe in a cell of a table."""
    return text.replace("|", "\\|").replace("<", "&lt;")


def code(names: Iterable[str]) -> str:
    """Set names in the type of code, with commas between them."""
    return ", ".join(f"`{name}`" for name in names)


def table(head: list[str], rows: Iterable[list[str]]) -> str:
    """Return a table in Markdown."""
    lines = ["| " + " | ".join(row) + " |" for row in [head, *rows]]
    return "\n".join([lines[0], "|" + "---|" * len(head), *lines[1:]]) + "\n"


def named(ontology: Ontology, term: str) -> list[str]:
    """Return the first three cells of every row: term with its anchor, names, definition."""
    names = [ontology.text(term, RDFS + "label", language) for language in ("en", "zh")]
    definition = ontology.text(term, SKOS + "definition", "en")
    name = ontology.short(term)
    anchor = name.removeprefix("fs:").replace(":", "-")
    return [
        f'<a id="{anchor}"></a>`{name}`',
        cell(" · ".join(filter(None, names))),
        cell(definition),
    ]


def aligned(ontology: Ontology, term: str) -> str:
    """Say which terms a term stands under, of ours and of others, and which mean the same."""
    parts = []
    for property_, words in ALIGNMENTS.items():
        if names := [ontology.short(value) for value in ontology.values(term, property_)]:
            parts.append(f"{words} {code(names)}")
    return "; ".join(parts)


def drawing(ontology: Ontology, class_: str) -> str:
    """Say how the members of a class are drawn, and from which class that is inherited."""
    kind, owner = ontology.inherited(class_, FS + "drawnAs")
    if not kind:
        return ""
    ends = [ontology.inherited(class_, FS + end)[0] for end in ("edgeFrom", "edgeTo")]
    path = " → ".join(f"`{ontology.short(end)}`" for end in ends if end)
    look = [ontology.inherited(class_, FS + name)[0] for name in ("drawnShape", "colour")]
    parts = [local(kind).lower()]
    if kind == FS + "Edge":
        parts += [path, look[1]]
    elif kind != FS + "Detail":
        parts += look
    said = ", ".join(filter(None, parts))
    return said if owner == class_ else f"{said} (as `{ontology.short(owner)}`)"


def class_rows(ontology: Ontology) -> Iterator[list[str]]:
    """Yield a row for each class."""
    for term in ontology.of_type(OWL + "Class"):
        yield [*named(ontology, term), drawing(ontology, term), aligned(ontology, term)]


def property_rows(ontology: Ontology, *, lines: bool) -> Iterator[list[str]]:
    """Yield a row for each property that is drawn as a line, or for each that is not."""
    kinds = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
    for term in ontology.of_type(RDF + "Property", *(OWL + kind for kind in kinds)):
        if (FS + "Edge" in ontology.values(term, FS + "drawnAs")) is not lines:
            continue
        ends = [ontology.value(term, RDFS + end) for end in ("domain", "range")]
        domain, range_ = (f"`{ontology.short(end)}`" if end else "any" for end in ends)
        yield [
            *named(ontology, term),
            f"{domain} → {range_}{both_ways(ontology, term)}",
            *([read_backwards(ontology, term)] if lines else []),
            aligned(ontology, term),
        ]


def both_ways(ontology: Ontology, term: str) -> str:
    """Say that a property holds in both directions, if it does."""
    types = ontology.values(term, RDF + "type")
    return ", both ways" if OWL + "SymmetricProperty" in types else ""


def read_backwards(ontology: Ontology, term: str) -> str:
    """Return the names of a line read from its end."""
    names = [ontology.text(term, FS + "inverseLabel", language) for language in ("en", "zh")]
    return cell(" · ".join(filter(None, names)))


def choice_rows(ontology: Ontology) -> Iterator[list[str]]:
    """Yield a row for each named individual, by class."""
    rows = []
    for term in ontology.of_type(OWL + "NamedIndividual"):
        kinds = [kind for kind in ontology.values(term, RDF + "type") if kind.startswith(FS)]
        rows.append([code(map(ontology.short, kinds)), term])
    for kind, term in sorted(rows, key=lambda row: row[0]):
        yield [*named(ontology, term), kind, aligned(ontology, term)]


def metric_rows(ontology: Ontology) -> Iterator[list[str]]:
    """Yield a row for each metric."""
    for term in ontology.of_type(FS + "Metric"):
        kinds = ("quantityKind", "timeKind", "exactness")
        values = (local(ontology.value(term, FS + name)) for name in kinds)
        parts = [
            f"{words} {code(names)}"
            for name, words in WORKED_OUT.items()
            if (names := [ontology.short(value) for value in ontology.values(term, FS + name)])
        ]
        if ontology.value(term, FS + "lessIsBetter") == "true":
            parts.append("less is better")
        fresh = ontology.value(term, FS + "freshFor")
        yield [*named(ontology, term), *values, fresh, " ".join(parts), aligned(ontology, term)]


def unit_rows(ontology: Ontology) -> Iterator[list[str]]:
    """Yield a row for each unit."""
    for term in ontology.of_type(FS + "Unit"):
        base = ontology.value(term, FS + "baseUnit")
        factor = f"{ontology.value(term, FS + 'factor')} `{ontology.short(base)}`" if base else ""
        yield [
            *named(ontology, term),
            cell(ontology.value(term, SKOS + "notation")),
            local(ontology.value(term, FS + "quantityKind")),
            factor,
            aligned(ontology, term),
        ]


PERIODS = """\
Periods are not listed: what a period's address says is read from it, and loading writes its names, its first day and the day
after its last.

| address | names | begins | ends before |
|---|---|---|---|
"""
PERIOD_EXAMPLES = (
    *("2025", "2025-H1", "2025-Q3", "2025-05", "2025-05-06", "2025-early", "2025-12-mid"),
    *("2025-01--08", "2022--2025-H1", "2025-12-30--2026-01-05", "from-2025-02-08", "until-2025"),
)


def period_rows() -> str:
    """Return the rows of a table with a period of each pattern.

    >>> period_rows().splitlines()[0]
    '| `period:2025` | 2025 · 2025年 | 2025-01-01 | 2026-01-01 |'
    """
    rows = []
    for slug in PERIOD_EXAMPLES:
        span = span_of_period(slug)
        assert span is not None, slug
        names = " · ".join(period_words(slug, lang) for lang in ("en", "zh"))
        rows.append(
            f"| `period:{slug}` | {names} | {span.begins or 'open'} | {span.ends or 'open'} |\n"
        )
    return "".join(rows)


def page(ontology: Ontology) -> str:
    """Return the whole page."""
    first = ["term", "names", "definition"]
    lines = [*first, "from → to", "read backwards", "aligned with"]
    others = [*first, "from → to", "aligned with"]
    metrics = [*first, "quantity", "time", "exactness", "fresh for", "worked out", "aligned with"]
    units = [*first, "sign", "quantity", "factor", "aligned with"]
    sections = {
        "Classes": table([*first, "drawn as", "aligned with"], class_rows(ontology)),
        "Properties drawn as lines": table(lines, property_rows(ontology, lines=True)),
        "Other properties": table(others, property_rows(ontology, lines=False)),
        "Choices": table([*first, "one of", "aligned with"], choice_rows(ontology)),
        "Metrics": table(metrics, metric_rows(ontology)),
        "Units": table(units, unit_rows(ontology)),
        "Periods": PERIODS + period_rows(),
    }
    return INTRODUCTION + "".join(f"\n## {title}\n\n{text}" for title, text in sections.items())


def main(arguments: list[str]) -> int:
    """Write the page, or check it; return the exit status."""
    if arguments not in ([], ["--check"]):
        print(
            f"generate_terms.py: only --check is known, not {' '.join(arguments)}", file=sys.stderr
        )
        return 2
    text = page(Ontology(ROOT / "ontology"))
    if arguments:
        if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
            return 0
        print("docs/terms.md is not what the ontology says: run `make docs`", file=sys.stderr)
        return 1
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
