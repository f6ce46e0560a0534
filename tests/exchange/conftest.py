"""Import small tables against small facts, with no file but what is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from factscape.exchange import ImportResult, import_table
from factscape.opening import Facts, open_facts
from factscape.terms import PREFIXES, name_of

FACTS = """\
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix metric: <https://w3id.org/factscape/metric/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

id:zhipu a fs:Company ; skos:prefLabel "Zhipu"@en, "智谱"@zh ; skos:altLabel "Z.ai"@en .
id:minimax a fs:Company ; skos:prefLabel "MiniMax"@en .
id:glm-4.6 a fs:Model ; skos:prefLabel "GLM-4.6"@en .
id:glm-4.6-release a fs:ModelRelease ; skos:prefLabel "Release of GLM-4.6"@en .
id:series-a a fs:FundingRound ; skos:prefLabel "Series A"@en .
id:code-arena a fs:Benchmark ; skos:prefLabel "Code Arena"@en .
id:arena-ranking a fs:Ranking ; skos:prefLabel "Ranking"@en ; fs:metric metric:arena-score .
id:china-market a fs:Market ; skos:prefLabel "China"@en .
id:zhipu-api a fs:Segment ; skos:prefLabel "Zhipu API"@en .
id:zhang-peng a fs:Person ; skos:prefLabel "Zhang Peng"@en, "张鹏"@zh .
id:idc a fs:ResearchFirm ; skos:prefLabel "IDC"@en .
id:mercury-planet a fs:Company ; skos:prefLabel "Mercury"@en .
id:mercury-press a fs:Publisher ; skos:prefLabel "Mercury"@en .
metric:shops a fs:Metric ; rdfs:label "number of shops"@en, "门店数"@zh ;
    fs:quantityKind fs:count ; fs:timeKind fs:stock .
metric:shops-opened a fs:Metric ; rdfs:label "shops opened so far"@en ;
    fs:quantityKind fs:count ; fs:timeKind fs:cumulative .
metric:arena-score a fs:Metric ; rdfs:label "arena score"@en ;
    fs:quantityKind fs:score ; fs:timeKind fs:stock .
metric:founded-on a fs:Metric ; rdfs:label "founded on"@en ;
    fs:quantityKind fs:date ; fs:timeKind fs:final .
"""

COLUMNS = {
    "row": "id",
    "of": "of",
    "what": "what",
    "value": "value",
    "unit": "unit",
    "time": "time",
}
SOURCE = {"url": "url", "publisher": "by", "issued": "issued"}
PAGE = {"url": "https://example.org/a", "by": "IDC", "issued": "2026-01-05"}


@pytest.fixture(scope="session")
def facts_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a few things and metrics."""
    folder = tmp_path_factory.mktemp("facts")
    (folder / "things.ttl").write_text(FACTS, encoding="utf-8")
    return folder


@pytest.fixture
def facts(facts_folder: Path) -> Iterator[Facts]:
    with open_facts(facts_folder) as opened:
        yield opened


@dataclass
class Imported:
    """What came of an import: the result, and the quads in the files."""

    result: ImportResult
    quads: set[ox.Quad]
    texts: dict[str, str]

    def said(self, subject: str) -> dict[str, list[str]]:
        """Return what is said of a subject, by the local names of properties, as TriG would."""
        found: dict[str, list[str]] = {}
        for quad in sorted(self.quads, key=str):
            if name_of(quad.subject) == iri(subject):
                name = quad.predicate.value.replace("/", "#").rpartition("#")[2]
                found.setdefault(name, []).append(shown(quad.object))
        return found

    @property
    def statements(self) -> list[str]:
        """The addresses of the statements, without the prefix."""
        type_ = iri("rdf:type")
        claims = {
            name_of(quad.subject).removeprefix(PREFIXES["claim"])
            for quad in self.quads
            if quad.predicate.value == type_ and name_of(quad.subject).startswith(PREFIXES["claim"])
        }
        return sorted(claims)

    @property
    def only(self) -> dict[str, list[str]]:
        """What the only statement says."""
        (address,) = self.statements
        return self.said(f"claim:{address}")

    @property
    def messages(self) -> list[str]:
        return [problem.message for problem in self.result.problems]


def iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def shown(term: Any) -> str:
    """Return a term shortly: a prefixed name, or a literal's text with language or kind."""
    if isinstance(term, ox.NamedNode):
        for prefix, base in PREFIXES.items():
            if term.value.startswith(base):
                return f"{prefix}:{term.value.removeprefix(base)}"
        return str(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return f"{term.value}@{term.language}"
    kind = term.datatype.value.rpartition("#")[2]
    return term.value if kind in ("string", "integer", "decimal") else f"{term.value}^{kind}"


class Importer:
    """Imports rows with a mapping given as sections; every row is of one page."""

    def __init__(self, facts: Path, folder: Path) -> None:
        self.facts = facts
        self.folder = folder

    def __call__(
        self,
        *rows: Mapping[str, Any],
        facts: Path | None = None,
        dry_run: bool = False,
        **sections: Any,
    ) -> Imported:
        mapping = {"columns": COLUMNS, "source": SOURCE, **sections}
        table = [
            {"id": f"R{number}", **dict.fromkeys(COLUMNS.values(), ""), **PAGE, **row}
            if "id" not in row
            else {**dict.fromkeys(COLUMNS.values(), ""), **PAGE, **row}
            for number, row in enumerate(rows, start=1)
        ]
        table = [{**row, "id": row["id"] or f"R{n}"} for n, row in enumerate(table, start=1)]
        result = import_table(
            table, mapping, self.folder, facts=facts or self.facts, dry_run=dry_run
        )
        texts = {p.name: p.read_text(encoding="utf-8") for p in sorted(self.folder.glob("*.t*"))}
        quads = {quad for text in texts.values() for quad in ox.parse(text, ox.RdfFormat.TRIG)}
        return Imported(result, quads, texts)


@pytest.fixture
def run(facts_folder: Path, tmp_path: Path) -> Importer:
    """Import rows as dicts; sections of the mapping as keywords."""
    return Importer(facts_folder, tmp_path / "out")
