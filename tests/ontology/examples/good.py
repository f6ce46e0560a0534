"""Data that the shapes must accept, and the little world that they are said in."""

from __future__ import annotations

from collections.abc import Mapping

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
