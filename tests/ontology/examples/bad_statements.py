"""What the shapes must report of sources and of what these state, with the message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tests.ontology.examples.good import (
    COMPARISON,
    OBSERVATION,
    OPINION,
    PASSAGE,
    PERIOD,
    RANK,
    RANKING,
    RELATION,
    SHIFT,
    SOURCE,
    Node,
)


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

DATES: Mapping[str, Bad] = {
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

SOURCES: Mapping[str, Bad] = {
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

STATEMENTS: Mapping[str, Bad] = {
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

OBSERVATIONS: Mapping[str, Bad] = {
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

RANKINGS: Mapping[str, Bad] = {
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

RELATIONS: Mapping[str, Bad] = {
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

ALL: Mapping[str, Bad] = {
    **DATES,
    **SOURCES,
    **STATEMENTS,
    **OBSERVATIONS,
    **RANKINGS,
    **RELATIONS,
}
