"""Two clocks: what was true on a day, and what could be read by a day."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pyoxigraph as ox
import pytest

import factscape
from factscape.claims.clocks import Clocks, LeftOut, parse_day, restrict
from factscape.claims.derive import time_quads
from factscape.errors import MisuseError
from factscape.terms import PREFIXES

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

# A page of December 2025 and one of January 2026 speak of 2024 and of 2025.
FACTS = """
id:firm a fs:Company ; skos:prefLabel "Firm"@en .
id:ann a fs:Person . id:bob a fs:Person . id:fund a fs:Fund .
id:round a fs:FundingRound .
metric:loss a fs:Metric ; fs:timeKind fs:flow .
metric:staff a fs:Metric ; fs:timeKind fs:stock .
src:early a fs:Source ; dct:title "Early" ; dct:issued "2025-12"^^xsd:gYearMonth .
src:late a fs:Source ; dct:title "Late" ; dct:issued "2026-01-08"^^xsd:date ;
  fs:issuedInferred true .
src:undated a fs:Source ; dct:title "Undated" .

GRAPH src:early {
  claim:early-2024 a fs:Observation ; fs:of id:firm ; fs:metric metric:loss ; fs:value 10 ;
    fs:during period:2024 .
  claim:early-2025 a fs:Observation ; fs:of id:firm ; fs:metric metric:loss ; fs:value 20 ;
    fs:during period:2025 .
  id:ann fs:chiefExecutiveOf id:firm .
  claim:ann a fs:Relation ; rdf:subject id:ann ; rdf:predicate fs:chiefExecutiveOf ;
    rdf:object id:firm ; fs:during period:2024 .
}
GRAPH src:late {
  claim:late-2024 a fs:Observation ; fs:of id:firm ; fs:metric metric:loss ; fs:value 11 ;
    fs:during period:2024 .
  claim:staff a fs:Observation ; fs:of id:firm ; fs:metric metric:staff ; fs:value 5 ;
    fs:at "2024-06-30"^^xsd:date .
  claim:some-time a fs:Observation ; fs:of id:firm ; fs:metric metric:staff ; fs:value 7 .
  id:round fs:of id:firm ; fs:investor id:fund ; fs:eventStatus fs:completed ;
    fs:at "2025-06-01"^^xsd:date .
}
GRAPH src:undated {
  claim:undated a fs:Observation ; fs:of id:firm ; fs:metric metric:loss ; fs:value 12 ;
    fs:during period:2024 .
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts.trig").write_text(HEAD + FACTS, encoding="utf-8")
    return tmp_path


QUERY = "SELECT DISTINCT ?c { ?c a ?k . VALUES ?k { fs:Observation fs:Relation } }"


def _restricted(as_of: str | None = None, known_by: str | None = None) -> tuple[ox.Store, LeftOut]:
    store = ox.Store()
    store.load((HEAD + FACTS).encode(), ox.RdfFormat.TRIG)
    store.extend(list(time_quads(store)))
    clocks = Clocks(as_of and parse_day(as_of), known_by and parse_day(known_by))  # type: ignore[arg-type]
    return store, restrict(store, clocks)


def _claims(as_of: str | None = None, known_by: str | None = None) -> set[str]:
    store, _ = _restricted(as_of, known_by)
    rows = store.query(QUERY, use_default_graph_as_union=True, prefixes=dict(PREFIXES))
    assert isinstance(rows, ox.QuerySolutions)
    return {str(row["c"]).strip("<>").rpartition("/")[2] for row in rows}


ALL = {"early-2024", "early-2025", "ann", "late-2024", "staff", "some-time", "undated"}


def test_without_a_clock_everything_is_seen(folder: Path) -> None:
    assert _claims() == ALL
    with factscape.open(folder) as facts:
        assert facts.left_out is None


@pytest.mark.parametrize(
    ("day", "seen"),
    [
        ("2026-06-01", ALL - {"ann"}),
        # Periods are half-open: on the first day of 2025 the relation of 2024 is over.
        ("2025-01-01", ALL - {"ann"}),
        ("2024-12-31", ALL - {"early-2025"}),
        ("2024-06-30", ALL - {"early-2025"}),
        ("2024-06-29", ALL - {"early-2025", "staff"}),
        ("2024", ALL - {"early-2025"}),
        # Nobody says when this was: it may have been then.
        ("2020", {"some-time"}),
    ],
)
def test_as_of(day: str, seen: set[str]) -> None:
    assert _claims(as_of=day) == seen


@pytest.mark.parametrize(
    ("day", "seen"),
    [
        # A month counts from its end; what has no date is never known.
        ("2025-12-30", set()),
        ("2025-12-31", {"early-2024", "early-2025", "ann"}),
        ("2026-01-07", {"early-2024", "early-2025", "ann"}),
        ("2026-01-08", ALL - {"undated"}),
    ],
)
def test_known_by(day: str, seen: set[str]) -> None:
    assert _claims(known_by=day) == seen


def test_all_four_combinations_answer_differently() -> None:
    days = (None, "2024-12-31"), (None, "2025-12-31")
    assert len({frozenset(_claims(*pair)) for pair in product(*days)}) == 4


def test_what_is_left_out_is_counted() -> None:
    _, left_out = _restricted("2024-12-31", "2026-02-01")
    assert left_out.as_dict() == {
        "later": 2,
        "undated": 1,
        "sources_later": 0,
        "sources_undated": 1,
        "sources_inferred": 1,
    }


@pytest.mark.parametrize(("day", "holds"), [(None, True), ("2024-06-30", True), ("2025", False)])
def test_the_edge_beside_a_relation_that_is_over_goes_too(day: str | None, holds: bool) -> None:
    store, _ = _restricted(day)
    edge = ox.NamedNode(PREFIXES["fs"] + "chiefExecutiveOf")
    assert any(store.quads_for_pattern(None, edge, None)) == holds


def test_what_follows_from_what_is_left_out_is_not_derived(folder: Path) -> None:
    ask = "ASK { id:fund fs:investedIn id:firm }"
    with factscape.open(folder, as_of="2025-06-01") as facts:
        assert facts.query(ask)
    with factscape.open(folder, as_of="2025-05-31") as facts:
        assert not facts.query(ask)
    with factscape.open(folder, known_by="2025-12-31") as facts:
        assert not facts.query(ask)


def test_statements_are_compared_as_far_as_they_are_seen(folder: Path) -> None:
    def sizes(known_by: str | None) -> list[int]:
        with factscape.open(folder, known_by=known_by) as facts:
            return [len(group.statements) for group in facts.compared()]

    assert [sizes(day) for day in (None, "2026-01-08", "2025-12-31")] == [[3], [2], []]


def test_a_source_that_is_not_known_yet_is_not_listed(folder: Path) -> None:
    from factscape.claims.sources import read_sources

    with factscape.open(folder, known_by="2025-12-31") as facts:
        assert [source.title for source in read_sources(facts.store)] == ["Early"]


def test_names_are_known_whatever_the_clocks_say(folder: Path) -> None:
    with factscape.open(folder, as_of="1999", known_by="1999") as facts:
        assert facts.card("firm").label["en"] == "Firm"


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2025-13", "2025-02-30", "19.12.2025", "H1 2025"]
)
def test_what_is_no_date_is_misuse(folder: Path, text: str) -> None:
    with pytest.raises(MisuseError, match="is no date"):
        factscape.open(folder, as_of=text)


def test_a_day_may_be_a_day() -> None:
    assert parse_day(" 2025-12-19 ") == date(2025, 12, 19)
    assert parse_day("2024-02") == date(2024, 2, 29)


def test_a_store_on_disk_has_no_clocks(tmp_path: Path) -> None:
    ox.Store(str(tmp_path / "store")).flush()
    with pytest.raises(MisuseError, match="is a store"):
        factscape.open(tmp_path / "store", as_of="2025")
