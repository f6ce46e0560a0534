"""Generate facts about an invented industry, in the vocabulary, as many quads as wanted.

A block is what one source says: a few new things (companies, models, people, an investor, a
round), and passages, each a named graph with observations, a relation, an opinion, plain edges.
Things of earlier blocks are mentioned again, early ones most often, as in real news.
The same seed and number of quads always give the same bytes.

>>> lines = list(quads(1000))
>>> len(lines), lines == list(quads(1000))
(1000, True)
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path
from typing import NamedTuple

from factscape.terms import PREFIXES

__all__ = ["METRICS", "Quad", "edges", "quads", "write_nquads", "write_trig"]

METRICS = (
    "revenue",
    "net-loss",
    "research-and-development-cost",
    "gross-margin",
    "market-share-by-usage",
    "monthly-active-users",
    "valuation",
    "price-per-million-tokens",
    "employees",
    "customers",
)
YEARS = range(2018, 2027)
_UNITS = ("CNY", "USD", "percent", "one")
_BOUNDS = ("approximately", "moreThan", "atLeast", "justUnder")
_FAMILY = ("Blue", "North", "Jade", "Clear", "Deep", "Open", "Silver", "River", "Star", "Stone")
_SECOND = ("Mind", "Seek", "Logic", "Cloud", "Scale", "Field", "Path", "Wave", "Gate", "Forge")
_CHINESE = "智谱深度求索月暗面百川零一万物商汤科讯飞云知声"
_PASSAGES = 8


class Quad(NamedTuple):
    """A quad as N-Quads spells its terms; the empty graph is the default graph."""

    subject: str
    predicate: str
    object: str
    graph: str = ""


def _iri(name: str) -> str:
    prefix, local = name.split(":", 1)
    return f"<{PREFIXES[prefix]}{local}>"


def _text(text: str, lang: str = "") -> str:
    return f'"{text}"@{lang}' if lang else f'"{text}"'


def _typed(value: object, datatype: str) -> str:
    return f'"{value}"^^{_iri("xsd:" + datatype)}'


@dataclass
class _Industry:
    """What has been mentioned so far, and the dice."""

    dice: random.Random
    companies: list[str] = field(default_factory=list)
    models: list[str] = field(default_factory=list)
    funds: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)

    def pick(self, among: list[str]) -> str:
        """Pick one; the earlier it was first mentioned, the more often."""
        return among[int(len(among) * self.dice.random() ** 2)]


def quads(number: int, seed: int = 1) -> Iterator[Quad]:
    """Yield exactly `number` quads."""
    return islice(_endless(random.Random(seed)), number)


def edges(number: int, seed: int = 1) -> Iterator[Quad]:
    """Yield `number` quads that each join two things, ten to a thing, four to a passage."""
    dice = random.Random(seed)
    things = max(number // 10, 2)
    for turn in range(number):
        yield Quad(
            _iri(f"id:thing-{int(things * dice.random() ** 2)}"),
            _iri(f"fs:property-{dice.randrange(20)}"),
            _iri(f"id:thing-{int(things * dice.random() ** 2)}"),
            f"{_iri(f'src:source-{turn // 40}')[:-1]}#p{turn // 4 % 10}>",
        )


def _endless(dice: random.Random) -> Iterator[Quad]:
    industry = _Industry(dice)
    yield from _background()
    block = 0
    while True:
        block += 1
        yield from _things(industry, block)
        yield from _source(industry, block)


def _background() -> Iterator[Quad]:
    """Metrics, units, periods and markets: shared by all sources."""
    for metric in METRICS:
        iri = _iri("metric:" + metric)
        yield Quad(iri, _iri("rdf:type"), _iri("fs:Metric"))
        yield Quad(iri, _iri("rdfs:label"), _text(metric.replace("-", " "), "en"))
    for unit in _UNITS:
        yield Quad(_iri("unit:" + unit), _iri("rdf:type"), _iri("fs:Unit"))
        yield Quad(_iri("unit:" + unit), _iri("rdfs:label"), _text(unit, "en"))
    for year in YEARS:
        iri = _iri(f"period:{year}")
        yield Quad(iri, _iri("rdf:type"), _iri("fs:Period"))
        yield Quad(iri, _iri("rdfs:label"), _text(str(year), "en"))
        yield Quad(iri, _iri("fs:begins"), _typed(f"{year}-01-01", "date"))
        yield Quad(iri, _iri("fs:ends"), _typed(f"{year + 1}-01-01", "date"))
    for market in range(12):
        iri = _iri(f"id:market-{market}")
        yield Quad(iri, _iri("rdf:type"), _iri("fs:Market"))
        yield Quad(iri, _iri("skos:prefLabel"), _text(f"Market {market}", "en"))


def _things(industry: _Industry, block: int) -> Iterator[Quad]:
    """The things that this block mentions for the first time."""
    for kind, among, number in (
        ("Company", industry.companies, 2),
        ("Model", industry.models, 4),
        ("Fund", industry.funds, 1),
        ("Person", industry.people, 2),
    ):
        for turn in range(number):
            iri = _iri(f"id:{kind.lower()}-{block}-{turn}")
            among.append(iri)
            yield Quad(iri, _iri("rdf:type"), _iri("fs:" + kind))
            yield from _names(industry.dice, iri, f"{kind} {block}.{turn}")
    event = _iri(f"id:round-{block}")
    yield Quad(event, _iri("rdf:type"), _iri("fs:FundingRound"))
    yield Quad(event, _iri("skos:prefLabel"), _text(f"Round {block}", "en"))


def _names(dice: random.Random, iri: str, tail: str) -> Iterator[Quad]:
    english = f"{dice.choice(_FAMILY)}{dice.choice(_SECOND)} {tail}"
    chinese = "".join(dice.sample(_CHINESE, 2)) + tail
    yield Quad(iri, _iri("skos:prefLabel"), _text(english, "en"))
    yield Quad(iri, _iri("skos:prefLabel"), _text(chinese, "zh"))
    yield Quad(iri, _iri("skos:altLabel"), _text(english.lower().replace(" ", "-"), "en"))


def _source(industry: _Industry, block: int) -> Iterator[Quad]:
    dice = industry.dice
    source = _iri(f"src:source-{block}")
    day = f"{dice.choice(YEARS)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    yield Quad(source, _iri("rdf:type"), _iri("fs:Source"))
    yield Quad(source, _iri("dct:title"), _text(f"Report number {block}", "en"))
    yield Quad(source, _iri("dct:publisher"), _text(f"Publisher {block % 40}"))
    yield Quad(source, _iri("dct:issued"), _typed(day, "date"))
    yield Quad(source, _iri("fs:reliability"), _text(dice.choice("ABC")))
    if block > 1:
        yield Quad(source, _iri("fs:cites"), _iri(f"src:source-{dice.randint(1, block - 1)}"))
    for number in range(1, _PASSAGES + 1):
        passage = f"{source[:-1]}#p{number}>"
        yield Quad(passage, _iri("rdf:type"), _iri("fs:Passage"))
        yield Quad(passage, _iri("fs:passageOf"), source)
        yield Quad(passage, _iri("fs:paragraph"), _typed(number, "integer"))
        yield from _passage(industry, block, number, passage)


def _passage(industry: _Industry, block: int, number: int, graph: str) -> Iterator[Quad]:
    """What one passage says, all in its graph."""
    for turn in range(3):
        yield from _observation(industry, f"{block}-p{number}-{turn}", graph)
    company = industry.pick(industry.companies)
    yield Quad(company, _iri("fs:develops"), industry.pick(industry.models), graph)
    yield Quad(company, _iri("fs:competesWith"), industry.pick(industry.companies), graph)
    market = _iri(f"id:market-{industry.dice.randrange(12)}")
    yield Quad(company, _iri("fs:operatesIn"), market, graph)
    if number == 1:
        yield from _round(industry, block, graph)
        yield from _relation(industry, block, graph)
        yield from _opinion(industry, block, graph)


def _observation(industry: _Industry, slug: str, graph: str) -> Iterator[Quad]:
    dice = industry.dice
    claim = _iri("claim:observation-" + slug)
    value = dice.randint(1, 99) * 10 ** dice.randint(0, 8)
    rows = [
        ("rdf:type", _iri("fs:Observation")),
        ("fs:of", industry.pick(industry.companies if dice.random() < 0.7 else industry.models)),
        ("fs:metric", _iri("metric:" + dice.choice(METRICS))),
        ("fs:value", _typed(value, "integer")),
        ("fs:unit", _iri("unit:" + dice.choice(_UNITS))),
        ("fs:printed", _text(str(value))),
        ("oa:start", _typed(dice.randint(0, 900), "integer")),
        ("oa:end", _typed(dice.randint(901, 999), "integer")),
    ]
    if dice.random() < 0.8:
        rows.append(("fs:during", _iri(f"period:{dice.choice(YEARS)}")))
    else:
        rows.append(
            ("fs:at", _typed(f"{dice.choice(YEARS)}-{dice.randint(1, 12):02}", "gYearMonth"))
        )
    if dice.random() < 0.3:
        rows.append(("fs:bound", _iri("fs:" + dice.choice(_BOUNDS))))
    for predicate, value_ in rows:
        yield Quad(claim, _iri(predicate), value_, graph)


def _round(industry: _Industry, block: int, graph: str) -> Iterator[Quad]:
    event = _iri(f"id:round-{block}")
    yield Quad(event, _iri("fs:of"), industry.pick(industry.companies), graph)
    for _ in range(3):
        yield Quad(event, _iri("fs:investor"), industry.pick(industry.funds), graph)
    yield Quad(event, _iri("fs:at"), _typed(industry.dice.choice(YEARS), "gYear"), graph)


def _relation(industry: _Industry, block: int, graph: str) -> Iterator[Quad]:
    """A plain edge, and beside it the relation that says when it held."""
    claim = _iri(f"claim:relation-{block}")
    person, company = industry.pick(industry.people), industry.pick(industry.companies)
    yield Quad(person, _iri("fs:worksFor"), company, graph)
    yield Quad(claim, _iri("rdf:type"), _iri("fs:Relation"), graph)
    yield Quad(claim, _iri("rdf:subject"), person, graph)
    yield Quad(claim, _iri("rdf:predicate"), _iri("fs:worksFor"), graph)
    yield Quad(claim, _iri("rdf:object"), company, graph)
    yield Quad(claim, _iri("fs:during"), _iri(f"period:{industry.dice.choice(YEARS)}"), graph)


def _opinion(industry: _Industry, block: int, graph: str) -> Iterator[Quad]:
    claim = _iri(f"claim:opinion-{block}")
    yield Quad(claim, _iri("rdf:type"), _iri("fs:Opinion"), graph)
    yield Quad(claim, _iri("fs:statedBy"), industry.pick(industry.people), graph)
    yield Quad(claim, _iri("fs:concerns"), industry.pick(industry.companies), graph)
    yield Quad(claim, _iri("fs:says"), _text(f"it will do well, says view {block}", "en"), graph)


def write_nquads(path: Path, rows: Iterable[Quad]) -> None:
    """Write quads as N-Quads."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for subject, predicate, object_, graph in rows:
            file.write(f"{subject} {predicate} {object_} {graph}{' ' if graph else ''}.\n")


def write_trig(path: Path, rows: Iterable[Quad]) -> None:
    """Write quads as TriG, neighbours of one graph in one block."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for graph, group in groupby(rows, key=lambda quad: quad.graph):
            file.write(f"{graph} {{\n" if graph else "{\n")
            file.writelines(f"  {row.subject} {row.predicate} {row.object} .\n" for row in group)
            file.write("}\n")
