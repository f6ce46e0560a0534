"""The seven queries that stand for what people ask; they are about generated facts."""

from __future__ import annotations

from factscape.terms import PREFIXES

__all__ = ["QUERIES"]

_BODIES = {
    "point lookup": "SELECT ?property ?value { id:company-30-0 ?property ?value }",
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
    # About a thing that few others speak of: a famous one's rows are a product of its relations.
    "optional-heavy card": """
        SELECT * {
          id:company-30-1 a ?type
          OPTIONAL { id:company-30-1 skos:prefLabel ?name FILTER(LANG(?name) = "en") }
          OPTIONAL { id:company-30-1 fs:develops ?model }
          OPTIONAL { id:company-30-1 fs:operatesIn ?market }
          OPTIONAL { id:company-30-1 fs:listedOn ?exchange }
          OPTIONAL { ?person fs:worksFor id:company-30-1 }
        }""",
    "time filter": """
        SELECT ?observation ?value {
          ?observation fs:begins ?begins ; fs:value ?value ; fs:unit unit:USD
          FILTER(?begins >= "2026-01-01"^^xsd:date)
        }""",
    "count by type": "SELECT ?type (COUNT(?thing) AS ?number) { ?thing a ?type } GROUP BY ?type",
}


def _declared(body: str) -> str:
    used = (name for name in PREFIXES if f"{name}:" in body)
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in used) + body


QUERIES = {name: _declared(body) for name, body in _BODIES.items()}
"""SPARQL by name, prefixes declared, so that every engine reads the same text."""
