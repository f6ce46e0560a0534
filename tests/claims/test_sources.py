from __future__ import annotations

from pathlib import Path

import pytest

import factscape
from factscape.claims.sources import Source, read_sources, statement_classes
from factscape.terms import FS

FACTS = """
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix src: <https://w3id.org/factscape/source/> .
@prefix claim: <https://w3id.org/factscape/claim/> .
@prefix metric: <https://w3id.org/factscape/metric/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix here: <https://w3id.org/factscape/source/paper#> .

src:paper a fs:Source ; dct:title "Paper"@en, "报纸"@zh ; dct:publisher id:press ;
    dct:issued "2025-12-19"^^xsd:date ; fs:issuedInferred true ; fs:reliability "B" ;
    fs:cites src:older, src:undated ; fs:basedOn src:older .
src:older a fs:Source ; dct:title "Older" ; dct:publisher "The Older" ; dct:issued "2025"^^xsd:gYear .
src:newer a fs:Source ; dct:issued "2026-01"^^xsd:gYearMonth .
src:undated a fs:Source .
id:press skos:prefLabel "The Press"@en .
id:a a fs:Company . id:b a fs:Company .
here:p1 a fs:Passage ; fs:passageOf src:paper . here:p2 a fs:Passage ; fs:passageOf src:paper .
here:p1 { claim:x a fs:Observation ; fs:of id:a . claim:y a fs:RankEntry ; fs:of id:a .
          claim:x fs:cites src:older . id:a fs:competesWith id:b . }
here:p2 { claim:x a fs:Observation . claim:z a fs:Opinion ; fs:concerns id:a . }
src:older { claim:o a fs:Observation ; fs:of id:b . }
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Source]:
    path = tmp_path_factory.mktemp("facts") / "facts.trig"
    path.write_text(FACTS, encoding="utf-8")
    with factscape.open(path) as facts:
        return read_sources(facts.store)


def source(name: str) -> str:
    return f"https://w3id.org/factscape/source/{name}"


def test_sources_are_sorted_by_date_the_newest_first(sources: list[Source]) -> None:
    dates = [(one.iri, one.issued) for one in sources]
    assert dates == [
        (source("newer"), "2026-01"),
        (source("paper"), "2025-12-19"),
        (source("older"), "2025"),
        (source("undated"), None),
    ]


def test_everything_is_said_of_a_source(sources: list[Source]) -> None:
    (paper,) = (one for one in sources if one.title == "Paper")
    assert paper == Source(
        iri=source("paper"),
        title="Paper",
        publisher="The Press",
        issued="2025-12-19",
        issued_inferred=True,
        reliability="B",
        passages=2,
        statements=4,
        cited_by=0,
        cites=(source("older"), source("undated")),
        based_on=(source("older"),),
    )


def test_statements_in_the_graph_of_a_whole_source_count(sources: list[Source]) -> None:
    (older,) = (one for one in sources if one.title == "Older")
    assert (older.publisher, older.passages, older.statements, older.cited_by) == (
        *("The Older", 0, 1),
        2,
    )


def test_a_source_of_which_nothing_is_said(sources: list[Source]) -> None:
    undated = sources[-1]
    assert (undated.title, undated.publisher, undated.reliability) == ("undated", None, None)
    assert (undated.passages, undated.statements, undated.cited_by) == (0, 0, 1)


def test_as_json_it_has_lists(sources: list[Source]) -> None:
    found = sources[1].as_dict()
    assert found["cites"] == [source("older"), source("undated")]
    assert set(found) == {field for field in Source.__dataclass_fields__}


def test_titles_come_in_the_wanted_language(tmp_path: Path) -> None:
    (tmp_path / "facts.trig").write_text(FACTS, encoding="utf-8")
    with factscape.open(tmp_path) as facts:
        assert "报纸" in {one.title for one in read_sources(facts.store, "zh")}


def test_classes_of_statements_come_from_the_ontology() -> None:
    with factscape.open() as facts:
        classes = statement_classes(facts.store)
        given = {one.iri.rpartition("/")[2]: one for one in read_sources(facts.store)}
    assert {FS.Observation, FS.RankEntry, FS.Opinion, FS.Relation, FS.Comparison} <= classes
    assert FS.Source not in classes
    article = given["netease-2026-01-06"]
    assert article.passages == 88
    assert article.statements > 300


def test_graphs_that_loading_derived_are_no_passages(tmp_path: Path) -> None:
    facts = FACTS + "here:p1 { id:r a fs:FundingRound ; fs:eventStatus fs:completed ; "
    facts += "fs:of id:a ; fs:investor id:b . }"
    (tmp_path / "facts.trig").write_text(facts, encoding="utf-8")
    with factscape.open(tmp_path) as opened:
        assert bool(
            opened.query(
                "ASK { GRAPH <https://w3id.org/factscape/source/paper#p1-derived> { ?s ?p ?o } }"
            )
        )
        assert {one.title: one.passages for one in read_sources(opened.store)}["Paper"] == 2
