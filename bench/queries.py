"""The seven queries that stand for what people ask; they are about generated facts."""

from __future__ import annotations

from factscape.terms import PREFIXES

__all__ = ["QUERIES", "queries"]

_BODIES = {
    "point lookup": "SELECT ?property ?value { THING ?property ?value }",
    "label search CONTAINS": """
        SELECT ?thing ?label {
          ?thing skos:prefLabel ?label FILTER(CONTAINS(LCASE(STR(?label)), "company 1."))
        }""",
    "star join": """
        SELECT ?name ?value ?printed ?during {
          ?observation a fs:Observation ; fs:of ?thing ; fs:metric metric:revenue ;
            fs:unit unit:CNY ; fs:value ?value ; fs:printed ?printed ; fs:during ?during .
          ?thing skos:prefLabel ?name FILTER(LANG(?name) = "en")
        }""",
    "group by": """
        SELECT ?metric (COUNT(?observation) AS ?number) {
          ?observation fs:metric ?metric
        } GROUP BY ?metric""",
    "optional-heavy card": """
        SELECT * {
          THING a ?type
          OPTIONAL { THING skos:prefLabel ?name FILTER(LANG(?name) = "en") }
          OPTIONAL { THING fs:develops ?model }
          OPTIONAL { THING fs:operatesIn ?market }
          OPTIONAL { THING fs:listedOn ?exchange }
          OPTIONAL { ?person fs:worksFor THING }
        }""",
    "time filter": """
        SELECT ?observation ?value {
          ?observation fs:begins ?begins ; fs:value ?value ; fs:unit unit:USD
          FILTER(?begins >= "2026-01-01"^^xsd:date)
        }""",
    "count by type": "SELECT ?type (COUNT(?thing) AS ?number) { ?thing a ?type } GROUP BY ?type",
}


QUERIES = tuple(_BODIES)
"""The names of the queries."""


def queries(number: int) -> dict[str, str]:
    """Return the queries for so many quads, prefixes declared, so that every engine reads the same.

    They ask for a thing of a late block (a block has some 330 quads): what is said of it does not
    grow with the facts, while a famous thing's card is a product of ever more relations.
    """
    thing = f"id:company-{max(number // 500, 1)}-0"
    return {name: _declared(body.replace("THING", thing)) for name, body in _BODIES.items()}


def _declared(body: str) -> str:
    used = (name for name in PREFIXES if f"{name}:" in body)
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in used) + body
