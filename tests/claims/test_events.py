"""What happened, in order: dates, parties, amounts, and which of several dates is the best."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from factscape.claims.events import Happening, read_events
from factscape.opening import Facts, open_facts

PREFIXES = "".join(
    f"PREFIX {name}: <{iri}>\n"
    for name, iri in {
        "fs": "https://w3id.org/factscape/ontology#",
        "id": "https://w3id.org/factscape/id/",
        "src": "https://w3id.org/factscape/source/",
        "metric": "https://w3id.org/factscape/metric/",
        "unit": "https://w3id.org/factscape/unit/",
        "claim": "https://w3id.org/factscape/claim/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dct": "http://purl.org/dc/terms/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }.items()
)
TRIG = """
id:firm a fs:Company ; skos:prefLabel "Firm"@en . id:fund a fs:Company ; skos:prefLabel "Fund"@en .
id:other a fs:Company ; skos:prefLabel "Other"@en .
id:round a fs:FundingRound ; skos:prefLabel "Round"@en .
id:launch a fs:ModelRelease ; skos:prefLabel "Launch"@en .
id:rumour a fs:FundingRound ; skos:prefLabel "Rumour"@en .
src:good a fs:Source ; dct:title "Good" ; dct:issued "2025-05-01"^^xsd:date ; fs:reliability "A" .
src:poor a fs:Source ; dct:title "Poor" ; dct:issued "2025-05-02"^^xsd:date ; fs:reliability "D" .
src:good { id:round fs:of id:firm ; fs:investor id:fund ; fs:at "2025-04-02"^^xsd:date .
  id:launch fs:of id:other ; fs:at "2024-12"^^xsd:gYearMonth . id:rumour fs:of id:firm .
  claim:amount a fs:Observation ; fs:of id:round ; fs:metric metric:funding-round-amount ;
    fs:value 5000000 ; fs:unit unit:USD ; fs:printed "$5 million" . }
src:poor { id:round fs:of id:firm ; fs:at "2025-03-30"^^xsd:date . }
"""


@pytest.fixture
def facts(tmp_path: Path) -> Iterator[Facts]:
    (tmp_path / "facts.trig").write_text(PREFIXES + TRIG, encoding="utf-8")
    with open_facts(tmp_path) as facts:
        yield facts


def read(facts: Facts, *things: str, since: str = "", until: str = "") -> list[Happening]:
    iris = [f"https://w3id.org/factscape/id/{name}" for name in things]
    return read_events(facts.reader, facts.compared(), things=iris, since=since, until=until)


def names(events: list[Happening]) -> list[str]:
    return [event.label["en"] for event in events]


def test_events_stand_in_order_and_undated_ones_last(facts: Facts) -> None:
    assert names(read(facts)) == ["Launch", "Round", "Rumour"]
    assert read(facts)[2].dates == ()


def test_the_best_date_comes_first_and_disagreement_is_said(facts: Facts) -> None:
    event = read(facts)[1]
    assert [date.time.begins for date in event.dates] == ["2025-04-02", "2025-03-30"]
    assert [date.citations[0].source.label["en"] for date in event.dates] == ["Good", "Poor"]
    assert event.disputed
    assert event.begins == "2025-04-02"


def test_an_event_is_of_whoever_takes_part(facts: Facts) -> None:
    assert names(read(facts, "fund")) == ["Round"]
    assert names(read(facts, "other")) == ["Launch"]
    assert names(read(facts, "round")) == ["Round"]
    assert read(facts, "nobody") == []


def test_a_span_of_days_is_half_open(facts: Facts) -> None:
    assert names(read(facts, since="2025-04-02")) == ["Round", "Rumour"][:1]
    assert names(read(facts, since="2024-12-01", until="2025-04-02")) == ["Launch"]


def test_figures_and_parties_are_told(facts: Facts) -> None:
    event = read(facts, "fund")[0]
    assert [amount.words["en"] for amount in event.amounts] == ["5 million USD"]
    assert [(one.role.label["en"], one.thing.label["en"]) for one in event.parties] == [
        ("investor", "Fund")
    ]
    assert {one.source.label["en"] for one in event.citations} == {"Good", "Poor"}
    assert event.as_dict()["kind"]["label"]["en"] == "funding round"
