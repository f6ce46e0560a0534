"""What the shapes must report of measures, things and events, with the message."""

from __future__ import annotations

from collections.abc import Mapping

from tests.ontology.examples.bad_statements import FACTOR_BASE, Bad
from tests.ontology.examples.good import (
    ACQUISITION,
    COMPANY,
    METRIC,
    OFFERING,
    PARTNERSHIP,
    PERIOD,
    PRICE_CHANGE,
    RELEASE,
    RESTRUCTURING,
    ROLE_CHANGE,
    ROUND,
    SHIFT,
    UNIT,
)

MEASURES: Mapping[str, Bad] = {
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

THINGS: Mapping[str, Bad] = {
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

EVENTS: Mapping[str, Bad] = {
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

ALL: Mapping[str, Bad] = {
    **MEASURES,
    **THINGS,
    **EVENTS,
}
