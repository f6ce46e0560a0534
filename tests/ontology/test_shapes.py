"""The shapes accept good data and say what is wrong with bad data, in a sentence that tells what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Graph, Namespace
from rdflib.namespace import RDF

from factscape.checking.plain import Plain
from factscape.checking.shapes.shacl import unknown_parts, validate
from factscape.reading import read_quads

ONTOLOGY = Path(__file__).parents[2] / "ontology"
SH = Namespace("http://www.w3.org/ns/shacl#")

PREFIXES = """
@prefix claim: <https://w3id.org/factscape/claim/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix here: <https://w3id.org/factscape/source/paper-2026#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix metric: <https://w3id.org/factscape/metric/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix period: <https://w3id.org/factscape/period/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix src: <https://w3id.org/factscape/source/> .
@prefix unit: <https://w3id.org/factscape/unit/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

Node = Mapping[str, str | None]
"""A node's properties as they stand in Turtle; `None` leaves one out."""

SOURCE: Node = {
    "a": "fs:Source",
    "dct:title": '"Loss grows"',
    "dct:issued": '"2026-01-06"^^xsd:date',
    "dct:language": '"en"',
    "dct:publisher": "id:paper",
    "fs:reliability": '"B"',
    "fs:textSha256": f'"{"0a" * 32}"',
    "schema:url": "<https://example.org/loss>",
}
PASSAGE: Node = {
    "a": "fs:Passage",
    "fs:passageOf": "src:paper-2026",
    "fs:paragraph": "4",
    "oa:start": "100",
    "oa:end": "180",
}
OBSERVATION: Node = {
    "a": "fs:Observation",
    "fs:of": "id:zhipu",
    "fs:metric": "metric:net-loss",
    "fs:value": "2358000000",
    "fs:unit": "unit:CNY",
    "fs:during": "period:2025-H1",
    "fs:bound": "fs:exact",
    "fs:status": "fs:reported",
    "fs:printed": '"23.58"',
    "oa:start": "120",
    "oa:end": "125",
}
RANK: Node = {
    "a": "fs:RankEntry",
    "fs:of": "id:zhipu",
    "fs:ranking": "id:maas-ranking",
    "fs:position": "1",
}
RANKING: Node = {
    "a": "fs:Ranking",
    "skos:prefLabel": '"MaaS vendors 2024"@en',
    "fs:market": "id:maas",
    "fs:metric": "metric:net-loss",
    "fs:during": "period:2025-H1",
    "fs:publishedBy": "id:paper",
}
RELATION: Node = {
    "a": "fs:Relation",
    "rdf:subject": "id:zhipu",
    "rdf:predicate": "fs:competesWith",
    "rdf:object": "id:anthropic",
    "fs:at": '"2025"^^xsd:gYear',
}
COMPARISON: Node = {
    "a": "fs:Comparison",
    "fs:of": "id:glm-4.6",
    "fs:comparedWith": "id:claude",
    "fs:benchmark": "id:code-arena",
    "fs:outcome": "fs:equal",
}
OPINION: Node = {
    "a": "fs:Opinion",
    "fs:statedBy": "id:insider",
    "fs:concerns": "id:maas",
    "fs:says": '"it loses money"@en , "亏钱"@zh',
    "fs:proposition": "id:maas-loses-money",
    "fs:stance": "fs:asserts",
}
METRIC: Node = {
    "a": "fs:Metric",
    "rdfs:label": '"net loss"@en , "净亏损"@zh',
    "skos:definition": '"loss after tax"@en',
    "fs:quantityKind": "fs:money",
    "fs:timeKind": "fs:flow",
    "fs:exactness": "fs:rounded",
    "fs:freshFor": '"P1Y6M"^^xsd:duration',
}
UNIT: Node = {
    "a": "fs:Unit",
    "rdfs:label": '"per mille"@en , "千分之"@zh',
    "fs:factor": "0.1",
    "fs:baseUnit": "unit:percent",
}
ROUND: Node = {
    "a": "fs:FundingRound",
    "skos:prefLabel": '"Zhipu B1 round"@en',
    "fs:of": "id:zhipu",
    "fs:leadInvestor": "id:qiming",
    "fs:at": '"2021-12"^^xsd:gYearMonth',
    "fs:eventStatus": "fs:completed",
}
OFFERING: Node = {
    "a": "fs:InitialPublicOffering",
    "skos:prefLabel": '"Zhipu IPO"@en',
    "fs:of": "id:zhipu",
    "fs:exchange": "id:hkex",
    "fs:at": '"2026-01-08"^^xsd:date',
}
RELEASE: Node = {
    "a": "fs:ModelRelease",
    "skos:prefLabel": '"release of GLM-4.6"@en',
    "fs:of": "id:glm-4.6",
    "fs:releasedBy": "id:zhipu",
    "fs:at": '"2025-09"^^xsd:gYearMonth',
}
ACQUISITION: Node = {
    "a": "fs:Acquisition",
    "skos:prefLabel": '"Anthropic buys Zhipu"@en',
    "fs:acquirer": "id:anthropic",
    "fs:acquired": "id:zhipu",
    "fs:during": "period:2025-H1",
}
PARTNERSHIP: Node = {
    "a": "fs:Partnership",
    "skos:prefLabel": '"Zhipu with Anthropic"@en',
    "fs:of": "id:zhipu",
    "fs:partner": "id:anthropic",
    "fs:during": "period:2025-H1",
}
RESTRUCTURING: Node = {
    "a": "fs:Restructuring",
    "skos:prefLabel": '"Zhipu merges sales teams"@en',
    "fs:of": "id:zhipu",
    "fs:during": "period:2025-H1",
}
ROLE_CHANGE: Node = {
    "a": "fs:RoleChange",
    "skos:prefLabel": '"Zhang Fan leaves"@en',
    "fs:person": "id:insider",
    "fs:role": "id:coo",
    "fs:organization": "id:zhipu",
    "fs:change": "fs:departed",
    "fs:during": "period:2025-H1",
}
PRICE_CHANGE: Node = {
    "a": "fs:PriceChange",
    "skos:prefLabel": '"GLM-4.6 gets cheaper"@en',
    "fs:of": "id:glm-4.6",
    "fs:change": "fs:lowered",
    "fs:at": '"2025-09"^^xsd:gYearMonth',
}
SHIFT: Node = {
    "a": "fs:StrategyShift",
    "skos:prefLabel": '"Zhipu turns to MaaS"@en',
    "fs:of": "id:zhipu",
    "fs:shiftTo": "id:maas-model",
    "fs:at": '"2025"^^xsd:gYear',
}
PERIOD: Node = {"a": "fs:Period"}
COMPANY: Node = {"a": "fs:Company", "skos:prefLabel": '"Zhipu"@en , "智谱"@zh'}


def turtle(subject: str, node: Node) -> str:
    """Write one node as Turtle."""
    lines = [f"{name} {value}" for name, value in node.items() if value is not None]
    return f"{subject} {' ; '.join(lines)} .\n"


def named(kind: str, name: str) -> Node:
    """Describe a thing by its kind and English name alone."""
    return {"a": kind, "skos:prefLabel": f'"{name}"@en'}


WORLD: Mapping[str, Node] = {
    "src:paper-2026": SOURCE,
    "here:p4": PASSAGE,
    "id:zhipu": COMPANY,
    "id:anthropic": named("fs:Company", "Anthropic"),
    "id:paper": named("fs:Publisher", "The Paper"),
    "id:hkex": named("fs:StockExchange", "HKEX"),
    "id:qiming": named("fs:Fund", "Qiming"),
    "id:insider": named("fs:UnnamedAgent", "an insider"),
    "id:coo": named("fs:Role", "chief operating officer"),
    "id:glm-4.6": named("fs:Model", "GLM-4.6"),
    "id:claude": named("fs:Model", "Claude Sonnet 4"),
    "id:code-arena": named("fs:Benchmark", "Code Arena"),
    "id:maas": named("fs:Market", "MaaS in China"),
    "id:maas-model": named("fs:BusinessModel", "MaaS"),
    "id:maas-loses-money": named("fs:Proposition", "MaaS loses money"),
    "id:cloud": named("fs:Segment", "cloud deployment"),
    "id:maas-ranking": RANKING,
    "metric:net-loss": METRIC,
    "metric:parameters": {**METRIC, "fs:timeKind": "fs:final", "fs:freshFor": None},
    "unit:CNY": {"a": "fs:Unit", "rdfs:label": '"yuan"@en , "元"@zh'},
    "unit:percent": {"a": "fs:Unit", "rdfs:label": '"percent"@en , "百分比"@zh'},
    "period:2025-H1": PERIOD,
    "period:2025-01--08": PERIOD,
    "id:zhipu fs:competesWith id:anthropic . claim:rank-of-world": RANK,
}

GOOD: Mapping[str, Node] = {
    "source": {**SOURCE, "dct:issued": '"2026"^^xsd:gYear', "fs:basedOn": "src:paper-2026"},
    "passage": {**PASSAGE, "fs:readWith": "here:p4"},
    "number": OBSERVATION,
    "decimal": {**OBSERVATION, "fs:value": "8.4", "fs:margin": "0.1", "fs:segment": "id:cloud"},
    "range": {**OBSERVATION, "fs:value": None, "fs:low": "35", "fs:high": "40.5"},
    "moment": {**OBSERVATION, "fs:during": None, "fs:at": '"2025-06-30"^^xsd:date'},
    "month": {**OBSERVATION, "fs:during": None, "fs:at": '"2025-06"^^xsd:gYearMonth'},
    "stated at a period": {**OBSERVATION, "fs:statedAt": "period:2025-H1"},
    "year as value": {
        **OBSERVATION,
        "fs:value": '"2027"^^xsd:gYear',
        "fs:unit": None,
        "fs:printed": None,
        "fs:status": "fs:target",
    },
    "settled figure without a time": {
        **OBSERVATION,
        "fs:metric": "metric:parameters",
        "fs:during": None,
    },
    "rank": RANK,
    "rank with its share": {
        **RANK,
        "fs:metric": "metric:net-loss",
        "fs:value": "26",
        "fs:unit": "unit:percent",
        "fs:printed": '"26"',
    },
    "rank by order alone": {**RANK, "fs:position": None, "fs:rankedAbove": "claim:rank-of-world"},
    "rank by tie": {**RANK, "fs:position": None, "fs:tiedWith": "claim:rank-of-world"},
    "relation": RELATION,
    "relation that is only aimed for": {
        **RELATION,
        "rdf:object": "id:hkex",
        "rdf:predicate": "fs:listedOn",
        "fs:status": "fs:target",
    },
    "comparison": COMPARISON,
    "opinion": OPINION,
    "opinion without a side": {**OPINION, "fs:proposition": None, "fs:stance": None},
    "metric": METRIC,
    "ratio": {**METRIC, "fs:ratioOf": "metric:net-loss", "fs:ratioTo": "metric:parameters"},
    "unit": UNIT,
    "unit with a wording": {**UNIT, "fs:wording": '"{} per mille"@en , "千分之{}"@zh'},
    "round": ROUND,
    "round told of twice": {**ROUND, "fs:eventStatus": "fs:talks , fs:completed"},
    "offering": OFFERING,
    "release": RELEASE,
    "acquisition": ACQUISITION,
    "partnership": PARTNERSHIP,
    "restructuring": RESTRUCTURING,
    "role change": ROLE_CHANGE,
    "price change": PRICE_CHANGE,
    "shift": SHIFT,
    "company": COMPANY,
    "span": {
        **PERIOD,
        "fs:begins": '"2025-01-01"^^xsd:date',
        "fs:ends": '"2025-07-01"^^xsd:date',
    },
}
"""Data that must pass, each said of `id:test`."""


class Bad(NamedTuple):
    """Data that must be reported, and the message."""

    node: Node
    message: str
    subject: str = "id:test"
    warning: bool = False


DATE_AT = (
    'fs:at holds a real year, month or day: write "2025"^^xsd:gYear, "2025-08"^^xsd:gYearMonth '
    'or "2025-08-31"^^xsd:date; for a span use fs:during and a period.'
)
DATE_ISSUED = (
    'A date of issue is a real year, month or day: write "2025"^^xsd:gYear, '
    '"2025-08"^^xsd:gYearMonth or "2025-08-31"^^xsd:date.'
)
NUMBER = (
    'A value is a plain number or a real date: write 2358000000, 8.4 or "2027"^^xsd:gYear, '
    "without quotes, commas or exponents around a number."
)
ONE_VALUE = (
    "An observation states one value or one range: give fs:value, or fs:low and fs:high, not both."
)
RELIABILITY = (
    'A source has one grade of reliability: add fs:reliability "A" (company or exchange), '
    '"B" (known press), "C" (blog, repost, digest) or "D" (doubtful).'
)
SIDE = (
    "A stance is taken on one proposition: give fs:proposition and fs:stance together, or neither."
)
CIRCLE = "A source cannot repeat itself, directly or in a circle: remove one fs:basedOn."
FACTOR_BASE = "A factor counts in a base unit: give fs:factor and fs:baseUnit together, or neither."
EDGE = (
    "A relation stands beside its plain edge: add the triple of its rdf:subject, rdf:predicate "
    "and rdf:object to the same graph."
)
BEGINS = (
    'fs:begins holds one real day: write "2025-01-01"^^xsd:date, or leave it out where the '
    "start is open."
)

BAD_DATES: Mapping[str, Bad] = {
    "thirteenth month": Bad({**SHIFT, "fs:at": '"2025-13"^^xsd:gYearMonth'}, DATE_AT),
    "short month": Bad({**SHIFT, "fs:at": '"2025-1"^^xsd:gYearMonth'}, DATE_AT),
    "30 February": Bad({**SHIFT, "fs:at": '"2025-02-30"^^xsd:date'}, DATE_AT),
    "year as date": Bad({**SHIFT, "fs:at": '"2025"^^xsd:date'}, DATE_AT),
    "two-digit year": Bad({**SHIFT, "fs:at": '"25"^^xsd:gYear'}, DATE_AT),
    "date as plain string": Bad({**SHIFT, "fs:at": '"2025-09"'}, DATE_AT),
    "year as number": Bad({**SHIFT, "fs:at": "2025"}, DATE_AT),
    "issued in month 0": Bad({**SOURCE, "dct:issued": '"2025-00"^^xsd:gYearMonth'}, DATE_ISSUED),
    "begins with a year": Bad({**PERIOD, "fs:begins": '"2025"^^xsd:gYear'}, BEGINS),
    "ends with a month": Bad(
        {**PERIOD, "fs:ends": '"2025-07"^^xsd:gYearMonth'},
        'fs:ends holds one real day, the one after the last: write "2026-01-01"^^xsd:date, '
        "or leave it out where the end is open.",
    ),
    "ends before it begins": Bad(
        {
            **PERIOD,
            "fs:begins": '"2025-07-01"^^xsd:date',
            "fs:ends": '"2025-07-01"^^xsd:date',
        },
        "A span begins before it ends: fs:ends is the day after the last one, so one day ends "
        "on the next.",
    ),
    "stated at some time": Bad(
        {**OBSERVATION, "fs:statedAt": '"early December"'},
        "fs:statedAt holds one real year, month or day, or a period: write "
        '"2025-12-05"^^xsd:date or name a period.',
    ),
}

BAD_SOURCES: Mapping[str, Bad] = {
    "based on nothing known": Bad(
        {**SOURCE, "fs:basedOn": "src:unknown"},
        "A source repeats another source: let fs:basedOn name a fs:Source that is described too.",
    ),
    "based on itself": Bad({**SOURCE, "fs:basedOn": "id:test"}, CIRCLE),
    "based on a circle": Bad(
        {
            **SOURCE,
            "fs:basedOn": f"src:other . src:other a fs:Source ; fs:basedOn id:test ; "
            f"dct:title {SOURCE['dct:title']} ; dct:issued {SOURCE['dct:issued']} ; "
            f'fs:reliability "C"',
        },
        CIRCLE,
    ),
    "cites nothing known": Bad(
        {**SOURCE, "fs:cites": "src:unknown"},
        "What is cited is a source: let fs:cites name a fs:Source that is described too.",
    ),
    "inferred perhaps": Bad(
        {**SOURCE, "fs:issuedInferred": '"perhaps"'},
        "fs:issuedInferred is true or false, once: write fs:issuedInferred true where the "
        "source does not display its date.",
    ),
    "no date": Bad(
        {**SOURCE, "dct:issued": None},
        "A source without a date is left out of every answer about what was known when: add "
        "dct:issued if its date can be found.",
        warning=True,
    ),
    "two dates": Bad(
        {**SOURCE, "dct:issued": '"2025"^^xsd:gYear , "2026"^^xsd:gYear'},
        "A source is issued once: keep one dct:issued, or describe two sources.",
    ),
    "language in words": Bad(
        {**SOURCE, "dct:language": '"Chinese"'},
        'A language is a tag such as "zh" or "en": mend dct:language.',
    ),
    "publisher in words": Bad(
        {**SOURCE, "dct:publisher": '"The Paper"'},
        "A publisher is a thing with a name: let dct:publisher name a fs:Publisher or another "
        "agent.",
    ),
    "no reliability": Bad({**SOURCE, "fs:reliability": None}, RELIABILITY),
    "reliability E": Bad({**SOURCE, "fs:reliability": '"E"'}, RELIABILITY),
    "short digest": Bad(
        {**SOURCE, "fs:textSha256": '"abc"'},
        "fs:textSha256 is one digest of 64 lower-case hexadecimal digits: take it from the "
        "UTF-8 text that the offsets count in.",
    ),
    "no title": Bad(
        {**SOURCE, "dct:title": None},
        "A source needs a title: add dct:title, in your own words if it has none.",
    ),
    "address that runs": Bad(
        {**SOURCE, "schema:url": '"javascript:alert(1)"'},
        "A source's address begins with http:// or https:// and holds no space: mend schema:url.",
    ),
    "passage of nothing": Bad(
        {**PASSAGE, "fs:passageOf": None},
        "A passage belongs to one source: add one fs:passageOf that names a described fs:Source.",
    ),
    "paragraph 0": Bad(
        {**PASSAGE, "fs:paragraph": "0"},
        "fs:paragraph is one line number of the source's text, counted from 1.",
    ),
    "read with a thing": Bad(
        {**PASSAGE, "fs:readWith": "id:zhipu"},
        "A passage is read with another passage: let fs:readWith name a fs:Passage that is "
        "described too.",
    ),
    "no end": Bad(
        {**PASSAGE, "oa:end": None},
        "A span needs its end: add one oa:end, a whole number of Unicode code points.",
    ),
    "no start": Bad(
        {**OBSERVATION, "oa:start": None},
        "A span needs its start: add one oa:start, a whole number of Unicode code points from "
        "0 up.",
    ),
    "empty span": Bad(
        {**OBSERVATION, "oa:end": "120"},
        "A span ends after it starts: oa:start must be less than oa:end.",
    ),
}

BAD_STATEMENTS: Mapping[str, Bad] = {
    "blank": Bad(
        OBSERVATION,
        "A statement has an address of its own: give it an IRI in claim:, not a blank node.",
        subject="_:test",
    ),
    "addend that is no observation": Bad(
        {**OBSERVATION, "fs:addends": "id:zhipu"},
        "A total sums observations: let fs:addends name each fs:Observation that it adds up.",
    ),
    "benchmark that is a market": Bad(
        {**OBSERVATION, "fs:benchmark": "id:maas"},
        "fs:benchmark names a benchmark: type the thing as fs:Benchmark, or use fs:setting.",
    ),
    "statement cites nothing known": Bad(
        {**OBSERVATION, "fs:cites": "src:unknown"},
        "What a statement leans on is a source: let fs:cites name a fs:Source that is "
        "described too.",
    ),
    "unknown counterparty": Bad(
        {**OBSERVATION, "fs:counterparty": "id:unknown"},
        "fs:counterparty names a thing: give the thing a type and a name in things/.",
    ),
    "unknown period": Bad(
        {**OBSERVATION, "fs:during": "period:2099"},
        "fs:during names one period: use a period: IRI that is described as a fs:Period; for "
        "several periods make several statements.",
    ),
    "event that is a company": Bad(
        {**OBSERVATION, "fs:event": "id:zhipu"},
        "fs:event names an event: give it the type of one of the kinds of fs:Event.",
    ),
    "market in words": Bad(
        {**OBSERVATION, "fs:market": '"MaaS"'},
        "fs:market names a market: type the thing as fs:Market, or use fs:scope.",
    ),
    "measured by a model": Bad(
        {**OBSERVATION, "fs:measuredBy": "id:glm-4.6"},
        "Somebody measures: let fs:measuredBy name an agent; for one described without a name "
        "make a fs:UnnamedAgent.",
    ),
    "unknown metric": Bad(
        {**OBSERVATION, "fs:metric": "metric:net-los"},
        "fs:metric names one metric: use a metric: IRI that metrics.ttl describes, or add it "
        "there.",
    ),
    "unknown product": Bad(
        {**OBSERVATION, "fs:product": "id:unknown"},
        "fs:product names a thing: give the product or model a type and a name in things/.",
    ),
    "segment that is a market": Bad(
        {**OBSERVATION, "fs:segment": "id:maas"},
        "fs:segment names a part of a business: type the thing as fs:Segment, or use fs:scope.",
    ),
    "stated by a market": Bad(
        {**OBSERVATION, "fs:statedBy": "id:maas"},
        "Somebody states: let fs:statedBy name an agent; for one described without a name make "
        "a fs:UnnamedAgent.",
    ),
    "invented status": Bad(
        {**OBSERVATION, "fs:status": "fs:planned"},
        "A statement has one status: fs:reported (or none), fs:estimate, fs:forecast, fs:target "
        "or fs:committed.",
    ),
}

BAD_OBSERVATIONS: Mapping[str, Bad] = {
    "two moments": Bad(
        {**OBSERVATION, "fs:during": None, "fs:at": '"2024"^^xsd:gYear , "2025"^^xsd:gYear'},
        "An observation holds at one time: keep one fs:at, or make several observations.",
    ),
    "growth from a date": Bad(
        {**OBSERVATION, "fs:basePeriod": '"2024"^^xsd:gYear'},
        "Growth is measured from one period: let fs:basePeriod name one fs:Period.",
    ),
    "invented bound": Bad(
        {**OBSERVATION, "fs:bound": "fs:about"},
        "An observation has one bound: fs:exact (or none), fs:approximately, fs:moreThan, "
        "fs:atLeast, fs:lessThan, fs:atMost or fs:justUnder.",
    ),
    "negative margin": Bad(
        {**OBSERVATION, "fs:margin": "-1"},
        "A margin is one number of 0 or more: write what stands after the plus-minus sign.",
    ),
    "value in words": Bad({**OBSERVATION, "fs:value": '"23.58 bn"'}, NUMBER),
    "value with exponent": Bad({**OBSERVATION, "fs:value": "2.358e9"}, NUMBER),
    "about nothing": Bad(
        {**OBSERVATION, "fs:of": None},
        "An observation is about one thing: add one fs:of, and give that thing a type and a "
        "name in things/.",
    ),
    "about something unknown": Bad(
        {**OBSERVATION, "fs:of": "id:zhipo"},
        "An observation is about one thing: add one fs:of, and give that thing a type and a "
        "name in things/.",
    ),
    "printed in a language": Bad(
        {**OBSERVATION, "fs:printed": '"23.58亿"@zh'},
        "fs:printed is one plain string: the figure as the source prints it, without a "
        "language tag.",
    ),
    "range upside down": Bad(
        {**OBSERVATION, "fs:value": None, "fs:low": "40", "fs:high": "35"},
        "A range goes up: fs:low must be less than fs:high; for one value use fs:value.",
    ),
    "unknown unit": Bad(
        {**OBSERVATION, "fs:unit": "unit:RMB"},
        "fs:unit names one unit: use a unit: IRI that units.ttl describes, or add it there.",
    ),
    "no metric": Bad(
        {**OBSERVATION, "fs:metric": None},
        "An observation needs what it measures: add fs:metric.",
    ),
    "span and moment": Bad(
        {**OBSERVATION, "fs:at": '"2025"^^xsd:gYear'},
        "An observation has one time: keep fs:during for a span or fs:at for a moment, not both.",
    ),
    "no figure as printed": Bad(
        {**OBSERVATION, "fs:printed": None},
        "A number needs its figure as printed: add fs:printed with all its digits and trailing "
        "zeros.",
    ),
    "no time": Bad(
        {**OBSERVATION, "fs:during": None},
        "An observation needs a time: add fs:during or fs:at.",
        warning=True,
    ),
    "no unit": Bad(
        {**OBSERVATION, "fs:unit": None},
        "A number needs a unit: add fs:unit; for a count use unit:one.",
    ),
    "no value": Bad({**OBSERVATION, "fs:value": None}, ONE_VALUE),
    "value and range": Bad({**OBSERVATION, "fs:low": "1", "fs:high": "2"}, ONE_VALUE),
    "half a range": Bad({**OBSERVATION, "fs:value": None, "fs:low": "1"}, ONE_VALUE),
    "two values": Bad({**OBSERVATION, "fs:value": "1 , 2"}, ONE_VALUE),
}

BAD_RANKINGS: Mapping[str, Bad] = {
    "above a company": Bad(
        {**RANK, "fs:rankedAbove": "id:anthropic"},
        "Entries stand above entries: let fs:rankedAbove name the other fs:RankEntry, not the "
        "thing that it ranks.",
    ),
    "position 0": Bad(
        {**RANK, "fs:position": "0"},
        "A position is one whole number from 1 up; for a tie give both entries the same "
        "fs:position and fs:tiedWith.",
    ),
    "no ranking": Bad(
        {**RANK, "fs:ranking": None},
        "A rank entry stands in one ranking: add one fs:ranking that names a described fs:Ranking.",
    ),
    "tied with a company": Bad(
        {**RANK, "fs:tiedWith": "id:anthropic"},
        "Entries are tied with entries: let fs:tiedWith name the other fs:RankEntry, not the "
        "thing that it ranks.",
    ),
    "no place": Bad(
        {**RANK, "fs:position": None},
        "A rank entry needs its place: add fs:position, or fs:rankedAbove or fs:tiedWith where "
        "only the order is given.",
    ),
    "ranking on a market as benchmark": Bad(
        {**RANKING, "fs:benchmark": "id:maas"},
        "A ranking on a benchmark names it: type what fs:benchmark names as fs:Benchmark.",
    ),
    "ranking of a company": Bad(
        {**RANKING, "fs:market": "id:zhipu"},
        "A ranking of a market names it: type what fs:market names as fs:Market.",
    ),
    "ranking by nothing": Bad(
        {**RANKING, "fs:metric": None},
        "A ranking orders by something: add the fs:metric, so that rankings by other measures "
        "are told apart.",
        warning=True,
    ),
    "published by a market": Bad(
        {**RANKING, "fs:publishedBy": "id:maas"},
        "Somebody publishes a ranking: let fs:publishedBy name an agent.",
    ),
    "ranking of nothing": Bad(
        {**RANKING, "fs:market": None},
        "A ranking needs what it is a ranking of: add fs:market or fs:benchmark, or fs:of with a "
        "group.",
    ),
    "timeless ranking": Bad(
        {**RANKING, "fs:during": None},
        "A ranking needs a time: add fs:during or fs:at.",
        warning=True,
    ),
}

BAD_RELATIONS: Mapping[str, Bad] = {
    "no edge beside it": Bad({**RELATION, "rdf:object": "id:paper"}, EDGE),
    "object in words": Bad(
        {**RELATION, "rdf:object": '"Anthropic"', "fs:status": "fs:target"},
        "A relation leads to one thing: add one rdf:object.",
    ),
    "no predicate": Bad(
        {**RELATION, "rdf:predicate": None},
        "A relation has one plain edge: add one rdf:predicate, such as fs:competesWith.",
    ),
    "no subject": Bad(
        {**RELATION, "rdf:subject": None},
        "A relation starts from one thing: add one rdf:subject.",
    ),
    "compared on nothing": Bad(
        {**COMPARISON, "fs:benchmark": None},
        "A comparison is made on something: add fs:metric or fs:benchmark.",
    ),
    "comparison of nothing": Bad(
        {**COMPARISON, "fs:of": None},
        "A comparison is about one thing: add one fs:of, and give that thing a type and a name "
        "in things/.",
    ),
    "invented outcome": Bad(
        {**COMPARISON, "fs:outcome": "fs:best"},
        "A comparison has one outcome: add fs:outcome fs:better, fs:equal or fs:worse.",
    ),
    "compared with itself": Bad(
        {**COMPARISON, "fs:comparedWith": "id:glm-4.6"},
        "A thing is not compared with itself: let fs:of and fs:comparedWith name two things.",
    ),
    "compared with nothing": Bad(
        {**COMPARISON, "fs:comparedWith": None},
        "A comparison has one other side: add one fs:comparedWith, and give that thing a type "
        "and a name in things/.",
    ),
    "opinion about nothing": Bad(
        {**OPINION, "fs:concerns": None},
        "An opinion is about something: add fs:concerns.",
    ),
    "opinion in English only": Bad(
        {**OPINION, "fs:says": '"it loses money"@en'},
        "An opinion is told in Chinese too: add fs:says in your own words with the tag @zh.",
    ),
    "opinion in Chinese only": Bad(
        {**OPINION, "fs:says": '"亏钱"@zh'},
        "An opinion is told in English too: add fs:says in your own words with the tag @en.",
    ),
    "opinion told twice": Bad(
        {**OPINION, "fs:says": '"it loses"@en , "it fails"@en , "亏钱"@zh'},
        "An opinion is told once in each language: keep one fs:says a language, or make two "
        "opinions.",
    ),
    "invented stance": Bad(
        {**OPINION, "fs:stance": "fs:doubts"},
        "An opinion takes one side: fs:stance is fs:asserts or fs:denies.",
    ),
    "nobody's opinion": Bad(
        {**OPINION, "fs:statedBy": None},
        "Somebody holds an opinion: add fs:statedBy; for a speaker described without a name "
        "make a fs:UnnamedAgent.",
    ),
    "stance on nothing": Bad({**OPINION, "fs:proposition": None}, SIDE),
    "proposition without a stance": Bad({**OPINION, "fs:stance": None}, SIDE),
}

BAD_MEASURES: Mapping[str, Bad] = {
    "no Chinese label": Bad(
        {**METRIC, "rdfs:label": '"net loss"@en'},
        "A metric or unit needs a Chinese name: add rdfs:label with the tag @zh.",
    ),
    "no English label": Bad(
        {**UNIT, "rdfs:label": '"千分之"@zh'},
        "A metric or unit needs an English name: add rdfs:label with the tag @en.",
    ),
    "invented kind of quantity": Bad(
        {**METRIC, "fs:quantityKind": "fs:cash"},
        "A metric or unit measures one kind of quantity: let fs:quantityKind name a "
        "fs:QuantityKind of factscape.ttl.",
    ),
    "no definition": Bad(
        {**METRIC, "skos:definition": None},
        "A metric needs a definition: say in skos:definition with the tag @en what is counted "
        "and what is not.",
    ),
    "no exactness": Bad(
        {**METRIC, "fs:exactness": None},
        "A metric says how exact its figures are: add fs:exactness fs:exactAsPrinted (prices, "
        "counts) or fs:rounded.",
    ),
    "fresh for hours": Bad(
        {**METRIC, "fs:freshFor": '"PT5H"^^xsd:duration'},
        "fs:freshFor is one length of time in years, months and days: write "
        '"P1Y"^^xsd:duration or "P90D"^^xsd:duration.',
    ),
    "less is better in words": Bad(
        {**METRIC, "fs:lessIsBetter": '"yes"'},
        "fs:lessIsBetter is true or false, once: write fs:lessIsBetter true of a price or a loss, "
        "and leave it out otherwise.",
    ),
    "invented kind of time": Bad(
        {**METRIC, "fs:timeKind": "fs:annual"},
        "A metric says how it depends on time: add fs:timeKind fs:flow, fs:stock, fs:cumulative "
        "or fs:final.",
    ),
    "share of a unit": Bad(
        {**METRIC, "fs:shareOf": "unit:CNY"},
        "A metric is worked out from metrics: let fs:ratioOf, fs:ratioTo, fs:shareOf, "
        "fs:sharePart, fs:sumOf, fs:growthOf and fs:negationOf name a described fs:Metric.",
    ),
    "ratio without a numerator": Bad(
        {**METRIC, "fs:ratioTo": "metric:net-loss"},
        "A ratio has something above the line: add fs:ratioOf beside fs:ratioTo.",
    ),
    "ratio without a denominator": Bad(
        {**METRIC, "fs:ratioOf": "metric:net-loss"},
        "A ratio has something below the line: add fs:ratioTo beside fs:ratioOf.",
    ),
    "base unit that is a metric": Bad(
        {**UNIT, "fs:baseUnit": "metric:net-loss"},
        "A unit has one base unit: let fs:baseUnit name a described fs:Unit.",
    ),
    "factor 0": Bad(
        {**UNIT, "fs:factor": "0.0"},
        "A unit's factor is one number above 0: write how many base units it is.",
    ),
    "wording without a place for the number": Bad(
        {**UNIT, "fs:wording": '"per mille"@en'},
        "A wording says once in each language where the number stands: write fs:wording "
        '"{} CNY"@en and "{}元"@zh.',
    ),
    "factor of nothing": Bad({**UNIT, "fs:baseUnit": None}, FACTOR_BASE),
    "period without a name": Bad(
        PERIOD,
        "A period has a name of its own: give it an IRI in period:, such as period:2025-H1 or "
        "period:2025-01--08.",
        subject="_:test",
    ),
}

BAD_THINGS: Mapping[str, Bad] = {
    "blank thing": Bad(
        COMPANY,
        "A thing has an address of its own: give it an IRI in id:, not a blank node.",
        subject="_:test",
    ),
    "empty other name": Bad(
        {**COMPANY, "skos:altLabel": '""'},
        "An other name is written out: remove the empty skos:altLabel.",
    ),
    "name in traditional script": Bad(
        {**COMPANY, "skos:prefLabel": '"智譜"@zh-Hant'},
        "A thing's name is English or simplified Chinese: tag skos:prefLabel @en or @zh, and "
        "put every other spelling into skos:altLabel.",
    ),
    "no name": Bad(
        {"a": "fs:Model"},
        "A thing needs a name: add skos:prefLabel with the tag @en or @zh.",
    ),
    "event without a name": Bad(
        {**ROUND, "skos:prefLabel": None},
        "A thing needs a name: add skos:prefLabel with the tag @en or @zh.",
    ),
    "two English names": Bad(
        {**COMPANY, "skos:prefLabel": '"Zhipu"@en , "Z.ai"@en'},
        "A thing has one name in each language: keep one skos:prefLabel and make the others "
        "skos:altLabel.",
    ),
}

BAD_EVENTS: Mapping[str, Bad] = {
    "during a date": Bad(
        {**SHIFT, "fs:at": None, "fs:during": '"2025"^^xsd:gYear'},
        "fs:during names a period: use a period: IRI that is described as a fs:Period; for a "
        "day or month use fs:at.",
    ),
    "of something unknown": Bad(
        {**SHIFT, "fs:of": "id:zhipo"},
        "fs:of names a thing: give what the event happened to a type and a name in things/.",
    ),
    "answers a company": Bad(
        {**PRICE_CHANGE, "fs:inResponseTo": "id:zhipu"},
        "An event answers an event: let fs:inResponseTo name one.",
    ),
    "invented stage": Bad(
        {**ROUND, "fs:eventStatus": "fs:done"},
        "An event's stage is fs:planned, fs:talks, fs:agreed, fs:completed or fs:withdrawn: "
        "mend fs:eventStatus.",
    ),
    "happened to nothing": Bad(
        {**SHIFT, "fs:of": None},
        "An event needs whom or what it happened to: add fs:of.",
    ),
    "event without a time": Bad(
        {**ROUND, "fs:at": None},
        "An event needs a time: add fs:at, or fs:during with a period where the date is vague.",
        warning=True,
    ),
    "nothing taken over": Bad(
        {**ACQUISITION, "fs:acquired": None, "fs:of": "id:zhipu"},
        "An acquisition needs what was taken over: add fs:acquired and name an organisation.",
    ),
    "nobody took over": Bad(
        {**ACQUISITION, "fs:acquirer": None},
        "An acquisition needs who took over: add fs:acquirer and name an agent.",
    ),
    "round of a model": Bad(
        {**ROUND, "fs:of": "id:glm-4.6"},
        "A funding round needs who takes in the money: add fs:of and name an organisation.",
    ),
    "listed on a fund": Bad(
        {**OFFERING, "fs:exchange": "id:qiming"},
        "Shares are listed on a stock exchange: let fs:exchange name a fs:StockExchange.",
    ),
    "offering of a model": Bad(
        {**OFFERING, "fs:of": "id:glm-4.6"},
        "A public offering needs whose shares are sold: add fs:of and name an organisation.",
    ),
    "investor in words": Bad(
        {**ROUND, "fs:investor": '"Qiming"'},
        "An investor is an agent: type it as fs:Company, fs:Fund, fs:Person or another fs:Agent "
        "and give it a name.",
    ),
    "release by nobody": Bad(
        {**RELEASE, "fs:releasedBy": None},
        "A model release without fs:releasedBy tells nobody who develops the model: add it "
        "where a source says so.",
        warning=True,
    ),
    "release of a company": Bad(
        {**RELEASE, "fs:of": "id:zhipu"},
        "A model release is of a model: let fs:of name a fs:Model, fs:ModelFamily or "
        "fs:Product, and fs:releasedBy the company.",
    ),
    "partnership of one": Bad(
        {**PARTNERSHIP, "fs:partner": None},
        "A partnership has two sides: name one with fs:of and the other with fs:partner.",
    ),
    "restructuring of a model": Bad(
        {**RESTRUCTURING, "fs:of": "id:glm-4.6"},
        "A restructuring needs who was reordered: add fs:of and name an organisation, a team or "
        "a segment.",
    ),
    "neither way": Bad(
        {**ROLE_CHANGE, "fs:change": None},
        "A role change goes one way: add fs:change fs:appointed or fs:departed.",
        warning=True,
    ),
    "nobody's role": Bad(
        {**ROLE_CHANGE, "fs:person": None},
        "A role change needs whose role changed: add fs:person; for one described without a "
        "name make a fs:UnnamedAgent.",
    ),
    "no role": Bad(
        {**ROLE_CHANGE, "fs:role": None},
        "A role change needs the role: add fs:role and name a fs:Role.",
    ),
    "price departs": Bad(
        {**PRICE_CHANGE, "fs:change": "fs:departed"},
        "A price goes up or down: fs:change of a price change is fs:raised or fs:lowered.",
    ),
    "shift to nowhere": Bad(
        {**SHIFT, "fs:shiftTo": None},
        "A strategy shift needs its direction: add fs:shiftTo or fs:shiftFrom and name a "
        "strategy, a business model or another thing.",
    ),
}

BAD: Mapping[str, Bad] = {
    **BAD_DATES,
    **BAD_SOURCES,
    **BAD_STATEMENTS,
    **BAD_OBSERVATIONS,
    **BAD_RANKINGS,
    **BAD_RELATIONS,
    **BAD_MEASURES,
    **BAD_THINGS,
    **BAD_EVENTS,
}


@cache
def shapes() -> Graph:
    """Read all shape files into one graph."""
    graph = Graph()
    for path in sorted((ONTOLOGY / "shapes").glob("*.ttl")):
        graph.parse(path)
    return graph


@cache
def ontology() -> Graph:
    """Read the ontology, whose class tree the shapes follow."""
    return Graph().parse(ONTOLOGY / "factscape.ttl")


@cache
def world() -> str:
    """Write down the good things that the examples refer to."""
    return PREFIXES + "".join(turtle(subject, node) for subject, node in WORLD.items())


def results(example: str) -> Iterator[tuple[str, bool]]:
    """Yield each complaint about an example, and whether it is only a warning."""
    data = Graph().parse(data=world() + example, format="turtle") + ontology()
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes())
    assert isinstance(report, Graph)
    for result in report.objects(None, SH.result):
        warning = report.value(result, SH.resultSeverity) == SH.Warning
        yield str(report.value(result, SH.resultMessage)), warning


@cache
def plain_shapes() -> Plain:
    """Read all shape files as our own SHACL does."""
    plain = Plain()
    for number, path in enumerate(sorted((ONTOLOGY / "shapes").glob("*.ttl"))):
        plain.add(read_quads(path), number)
    return plain


def ours(example: str) -> Iterator[tuple[str, bool]]:
    """Yield the same as `results`, found by our own SHACL."""
    data, store = Plain(), ox.Store()
    given = ox.parse(world() + example, ox.RdfFormat.TURTLE)
    for number, quads in enumerate([list(given), list(read_quads(ONTOLOGY / "factscape.ttl"))]):
        data.add(quads, number)
        store.extend(quads)
    for found in validate(data, plain_shapes(), store):
        yield found.message, found.severity == "warning"


def test_our_own_shacl_knows_every_part_of_the_shapes() -> None:
    assert unknown_parts(plain_shapes()) == []


def test_shapes_are_valid_shacl() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text


@pytest.mark.parametrize("name", GOOD)
def test_good_data_pass(name: str) -> None:
    example = turtle("id:test", GOOD[name])
    assert set(results(example)) == set(ours(example)) == set()


@pytest.mark.parametrize("name", BAD)
def test_bad_data_are_reported(name: str) -> None:
    bad = BAD[name]
    example = turtle(bad.subject, bad.node)
    assert set(results(example)) == set(ours(example)) == {(bad.message, bad.warning)}


def test_every_message_has_a_bad_example() -> None:
    messages = {str(message) for message in shapes().objects(None, SH.message)}
    assert messages == {bad.message for bad in BAD.values()}


def test_every_message_has_a_severity() -> None:
    graph = shapes()
    bare = [
        shape
        for shape in graph.subjects(SH.message)
        if graph.value(shape, SH.severity) is None
        and not any(graph.value(owner, SH.severity) for owner in graph.subjects(SH.sparql, shape))
    ]
    assert bare == []


CLOSED = {
    "Bound": "observation-bound",
    "EventStatus": "event-status",
    "Exactness": "metric-exactness",
    "Outcome": "comparison-outcome",
    "Stance": "opinion-stance",
    "StatementStatus": "statement-status",
    "TimeKind": "metric-time-kind",
}


@pytest.mark.parametrize("kind", CLOSED)
def test_closed_lists_agree_with_the_ontology(kind: str) -> None:
    terms = Namespace("https://w3id.org/factscape/ontology#")
    shape = Namespace("https://w3id.org/factscape/shape/")[CLOSED[kind]]
    head = shapes().value(shape, SH["in"])
    assert head is not None
    assert set(shapes().items(head)) == set(ontology().subjects(RDF.type, terms[kind]))
