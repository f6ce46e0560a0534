from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest
import rdflib

import factscape
from factscape.errors import FactsNotFoundError, FactsSyntaxError, QueryRefusedError
from factscape.opening import Facts, open_facts

FACTS = """
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix src: <https://w3id.org/factscape/source/> .
@prefix here: <https://w3id.org/factscape/source/s#> .
@prefix period: <https://w3id.org/factscape/period/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
id:a a fs:Company ; skos:prefLabel "A"@en .
id:round a fs:FundingRound .
src:s a fs:Source .
here:p1 a fs:Passage ; fs:passageOf src:s .
here:p1 { id:a fs:competesWith id:b . id:round fs:of id:b ; fs:investor id:a ; fs:during period:2025-Q2 . }
"""
FOREIGN = """
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix ex: <http://example.org/> .
ex:ann a foaf:Person ; foaf:name "Ann" ; foaf:knows ex:bob .
ex:bob a foaf:Person ; foaf:name "Bob" .
"""


def folder_of(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "facts"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.trig").write_text(text, encoding="utf-8")
    return folder


def column(facts: Facts, sparql: str) -> list[str]:
    rows = facts.query(sparql)
    assert isinstance(rows, ox.QuerySolutions)
    return sorted(row[0].value for row in rows)


def test_the_bundled_facts_are_there() -> None:
    with factscape.open() as facts:
        assert "Zhipu" in column(facts, "SELECT ?n { id:zhipu skos:prefLabel ?n }")
        assert facts.store.kind == "snapshot"


@pytest.mark.parametrize("path", [None, "bundled", ["bundled"], []])
def test_the_ways_to_name_the_bundled_facts(path: str | list[str] | None) -> None:
    with factscape.open(path) as facts:
        assert bool(facts.query("ASK { id:zhipu a fs:Company }"))


def test_facts_of_ones_own_come_with_the_ontology_and_what_follows(tmp_path: Path) -> None:
    with open_facts(folder_of(tmp_path, a=FACTS)) as facts:
        assert bool(facts.query("ASK { fs:Company rdfs:label ?label }"))
        assert bool(
            facts.query(
                "ASK { GRAPH ?g { id:b fs:competesWith id:a } ?g prov:wasDerivedFrom here:p1 }"
            )
        )
        assert bool(facts.query("ASK { GRAPH ?g { id:a fs:investedIn id:b } }"))
        assert column(facts, "SELECT ?day { id:round fs:begins ?day }") == ["2025-04-01"]


def test_other_peoples_rdf_stays_as_it_is(tmp_path: Path) -> None:
    with open_facts(folder_of(tmp_path, a=FOREIGN)) as facts:
        assert len(facts.store) == 5
        assert column(facts, "SELECT ?n { ?s foaf:knows/foaf:name ?n }") == ["Bob"]
        assert facts.prefixes["ex"] == "http://example.org/"


def test_several_paths_are_one_graph(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(FOREIGN, encoding="utf-8")
    with open_facts(["bundled", own]) as facts:
        assert bool(facts.query("ASK { ex:ann a foaf:Person . id:zhipu a fs:Company }"))


def test_a_prefix_with_two_meanings_is_not_predeclared(tmp_path: Path) -> None:
    other = FACTS.replace("source/s", "source/t").replace("src:s", "src:t")
    with open_facts(folder_of(tmp_path, a=FACTS, b=other)) as facts:
        assert "here" not in facts.prefixes
        assert facts.prefixes["src"] == "https://w3id.org/factscape/source/"


def test_the_datas_own_meaning_of_a_prefix_wins(tmp_path: Path) -> None:
    text = "@prefix id: <http://example.org/> . id:x id:y 1 ."
    with open_facts(folder_of(tmp_path, a=text)) as facts:
        assert bool(facts.query("ASK { id:x id:y 1 }"))


def test_a_broken_file_stops_the_load_and_the_snapshot_stays(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a=FOREIGN)
    open_facts(folder).close()
    (folder / "b.ttl").write_text("ex:x ex:y .", encoding="utf-8")
    with pytest.raises(FactsSyntaxError) as raised:
        open_facts(folder)
    assert raised.value.place is not None
    assert raised.value.place.file == str(folder / "b.ttl")
    (folder / "b.ttl").unlink()
    with open_facts(folder) as facts:
        assert len(facts.store) == 5


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a=FOREIGN)
    open_facts(folder).close()
    (folder / "a.trig").write_text(FOREIGN + "ex:bob foaf:age 7 .", encoding="utf-8")
    with open_facts(folder) as facts:
        assert len(facts.store) == 6


def test_open_facts_keep_answering_while_the_files_change(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a=FOREIGN)
    with open_facts(folder) as before:
        (folder / "a.trig").write_text(FOREIGN + "ex:bob foaf:age 7 .", encoding="utf-8")
        with open_facts(folder) as after:
            assert (len(before.store), len(after.store)) == (5, 6)


def test_without_a_cache_the_facts_are_held_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "cache"
    blocked.write_text("a file, not a folder", encoding="utf-8")
    monkeypatch.setenv("FACTSCAPE_CACHE", str(blocked))
    with open_facts(folder_of(tmp_path, a=FACTS)) as facts:
        assert facts.store.kind == "memory"
        assert column(facts, "SELECT ?day { id:round fs:begins ?day }") == ["2025-04-01"]


def test_a_corrupt_cache_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setenv("FACTSCAPE_CACHE", str(cache))
    folder = folder_of(tmp_path, a=FOREIGN)
    open_facts(folder).close()
    harmed = [path for path in cache.rglob("*") if path.is_file()]
    assert harmed
    for path in harmed:
        path.write_bytes(os.urandom(64))
    with open_facts(folder) as facts:
        assert len(facts.store) == 5


def test_a_directory_that_oxigraph_wrote(tmp_path: Path) -> None:
    store = ox.Store(str(tmp_path / "store"))
    store.load(FOREIGN.encode(), ox.RdfFormat.TRIG)
    store.flush()
    del store
    with open_facts(tmp_path / "store") as facts:
        assert facts.store.kind == "disk"
        assert column(facts, "SELECT ?n { ?s foaf:name ?n }") == ["Ann", "Bob"]


@pytest.mark.parametrize("timeout", [None, 60])
def test_facts_held_in_memory_answer_the_same(tmp_path: Path, timeout: float | None) -> None:
    folder = folder_of(tmp_path, a=FACTS)
    everything = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
    with open_facts(folder) as on_disk, open_facts(folder, in_memory=True) as held:
        assert (on_disk.store.kind, held.store.kind) == ("snapshot", "memory")
        assert len(held.store) == len(on_disk.store)
        answers = [facts.query(everything, timeout=timeout) for facts in (on_disk, held)]
        first, second = (sorted(map(str, cast(ox.QuerySolutions, one))) for one in answers)
        assert first == second
        assert held.names.resolve("A")[0].iri.endswith("id/a")


def test_an_empty_folder_and_a_missing_one(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(FactsNotFoundError):
            open_facts(path)


def test_rdflib_sees_the_same_data(tmp_path: Path) -> None:
    with open_facts(folder_of(tmp_path, a=FACTS)) as facts:
        dataset = facts.rdflib
        assert isinstance(dataset, rdflib.Dataset)
        iri = rdflib.URIRef("https://w3id.org/factscape/id/a")
        edge = (iri, rdflib.URIRef("https://w3id.org/factscape/ontology#competesWith"), None)
        assert [str(o) for _, _, o in dataset.triples(edge)] == ["https://w3id.org/factscape/id/b"]
        rows = dataset.query("SELECT ?n { id:a skos:prefLabel ?n }")
        assert [str(row) for (row,) in cast(list[tuple[object]], list(rows))] == ["A"]
        assert any(str(graph.identifier).endswith("#p1") for graph in dataset.graphs())


def test_a_service_is_refused_also_in_process() -> None:
    with factscape.open() as facts, pytest.raises(QueryRefusedError):
        facts.query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


def test_the_place_of_a_thing(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a=FACTS)
    with open_facts(folder) as facts:
        place = facts.place("https://w3id.org/factscape/id/round")
        assert place is not None
        assert (place.file, place.line) == (str(folder / "a.trig"), 9)
        assert facts.place("https://w3id.org/factscape/id/nothing") is None
        ontology = facts.place("https://w3id.org/factscape/ontology#Company")
        assert ontology is not None
        assert ontology.file.endswith("factscape.ttl")


@pytest.mark.parametrize("day", ["2025-13", "2025-02-30", "soon"])
def test_a_date_that_is_none_does_not_stop_the_load(tmp_path: Path, day: str) -> None:
    text = FACTS + f'src:s <http://purl.org/dc/terms/issued> "{day}" .'
    with open_facts(folder_of(tmp_path, a=text)) as facts:
        assert column(facts, "SELECT ?i { src:s dct:issued ?i }") == [day]
        assert column(facts, "SELECT ?b { src:s fs:begins ?b }") == []
