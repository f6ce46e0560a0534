"""What changed between two states of the facts, told in facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

import factscape
from factscape.claims.changes.finding import compare_facts
from factscape.claims.changes.parts import Change, Changes
from factscape.opening import Facts
from factscape.terms import PREFIXES

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
P1 = "<https://w3id.org/factscape/source/a#p1>"
OLD = f"""
id:firm a fs:Company ; skos:prefLabel "Firm"@en, "公司"@zh ; skos:altLabel "Old name"@en .
id:ann a fs:Person ; skos:prefLabel "Ann"@en .
id:market a fs:Market ; skos:prefLabel "Market"@en .
id:board a fs:Ranking ; skos:prefLabel "Board"@en .
id:round a fs:FundingRound ; skos:prefLabel "Round"@en .
src:a a fs:Source ; dct:title "Paper A"@en ; dct:issued "2025-03-01"^^xsd:date .
src:b a fs:Source ; dct:title "Paper B"@en ; dct:issued "2025-03-02"^^xsd:date .
{P1} a fs:Passage ; fs:passageOf src:a ; fs:paragraph 1 .
GRAPH {P1} {{
  claim:loss a fs:Observation ; fs:of id:firm ; fs:metric metric:net-loss ; fs:value 100000000 ;
    fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "1億元" .
  claim:revenue a fs:Observation ; fs:of id:firm ; fs:metric metric:revenue ; fs:value 300000000 ;
    fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "3億元" .
  claim:rank a fs:RankEntry ; fs:of id:firm ; fs:ranking id:board ; fs:position 4 .
  id:ann fs:chiefExecutiveOf id:firm .
  claim:ann a fs:Relation ; rdf:subject id:ann ; rdf:predicate fs:chiefExecutiveOf ;
    rdf:object id:firm ; fs:during period:2024 .
  id:firm fs:operatesIn id:market .
  claim:view a fs:Opinion ; fs:statedBy id:ann ; fs:concerns id:firm ; fs:says "fine"@en .
}}
GRAPH src:b {{
  claim:other a fs:Observation ; fs:of id:firm ; fs:metric metric:revenue ; fs:value 300000000 ;
    fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "3億元" .
  id:round fs:of id:firm ; fs:at "2024-05"^^xsd:gYearMonth .
}}
"""
Compare = Callable[..., Changes]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Facts]]:
    """Open facts, the same ones once."""
    with ExitStack() as stack:

        @cache
        def facts(text: str) -> Facts:
            folder = tmp_path_factory.mktemp("facts")
            (folder / "facts.trig").write_text(HEAD + text, encoding="utf-8")
            return stack.enter_context(factscape.open(folder))

        yield facts


@pytest.fixture
def compare(opened: Callable[[str], Facts]) -> Compare:
    """Compare the facts with what some replacements make of them."""

    def run(*replaced: tuple[str, str], old: str = OLD, more: str = "") -> Changes:
        new = old
        for before, after in replaced:
            assert before in new
            new = new.replace(before, after)
        return compare_facts(opened(old), opened(new + more))

    return run


def _told(change: Change) -> tuple[str, ...]:
    words = (change.about.label["en"], change.what.label["en"], change.old["en"], change.new["en"])
    return change.kind, change.sort, *words


def _facts(changes: Changes) -> list[tuple[str, ...]]:
    return [_told(one) for one in changes.facts]


def test_a_corrected_value_keeps_its_address(compare: Compare) -> None:
    changes = compare(("fs:value 100000000", "fs:value 120000000"), ("1億元", "1.2億元"))
    (change,) = changes.facts
    assert _told(change) == (
        *("changed", "figure", "Firm", "net loss", "100 million CNY", "120 million CNY"),
    )
    assert change.percent == pytest.approx(20)
    assert change.when["en"] == "2024"
    assert change.citation and change.citation.paragraph == 1
    parts = {one.property.label["en"]: (one.old, one.new) for one in change.properties}
    assert parts["printed"] == (
        ({"en": "1億元", "zh": "1億元"},),
        ({"en": "1.2億元", "zh": "1.2億元"},),
    )
    assert changes.counts()["facts"] == {"added": 0, "changed": 1, "withdrawn": 0}
    assert not (changes.things or changes.sources or changes.conflicts or changes.rankings)


def test_a_value_in_another_unit_did_not_grow(compare: Compare) -> None:
    (change,) = compare(
        ("fs:value 100000000 ;\n    fs:unit unit:CNY", "fs:value 9 ; fs:unit unit:USD")
    ).facts
    assert (change.kind, change.percent) == ("changed", None)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "id:firm fs:operatesIn id:market .",
            "",
            ("withdrawn", "relation", "Firm", "operates in", "Market", ""),
        ),
        (
            "id:firm fs:operatesIn id:market .",
            "id:firm fs:operatesIn id:market . id:ann fs:operatesIn id:market .",
            ("added", "relation", "Ann", "operates in", "", "Market"),
        ),
        (
            'fs:says "fine"',
            'fs:says "bad"',
            ("changed", "opinion", "Firm", "opinion", "fine", "bad"),
        ),
        (
            '"2024-05"',
            '"2024-06"',
            ("changed", "property", "Round", "at", "May 2024", "June 2024"),
        ),
        (
            '"Old name"@en',
            '"Old name"@en, "New name"@en',
            ("added", "property", "Firm", "altLabel", "", "New name"),
        ),
        (
            "rdf:object id:firm ; fs:during period:2024",
            "rdf:object id:firm ; fs:during period:2023",
            ("changed", "relation", "Ann", "chief executive of", "Firm", "Firm"),
        ),
    ],
)
def test_facts_of_every_sort(
    compare: Compare, before: str, after: str, told: tuple[str, ...]
) -> None:
    assert _facts(compare((before, after))) == [told]


def test_an_edge_that_a_relation_tells_of_is_told_once(compare: Compare) -> None:
    more = f"""GRAPH {P1} {{ id:ann fs:worksFor id:firm . claim:works a fs:Relation ;
        rdf:subject id:ann ; rdf:predicate fs:worksFor ; rdf:object id:firm . }}"""
    assert _facts(compare(more=more)) == [("added", "relation", "Ann", "works for", "", "Firm")]


def test_things_sources_and_passages_stand_apart(compare: Compare) -> None:
    more = """
id:new a fs:Company ; skos:prefLabel "New"@en .
src:c a fs:Source ; dct:title "Paper C"@en ; dct:issued "2026-01"^^xsd:gYearMonth .
<https://w3id.org/factscape/source/c#p2> a fs:Passage ; fs:passageOf src:c .
"""
    changes = compare(('; dct:title "Paper B"', '; dct:title "Paper Bee"'), more=more)
    assert [_told(one)[:2] + _told(one)[4:] for one in changes.things] == [
        ("added", "thing", "", "New")
    ]
    assert [(one.kind, one.new["en"]) for one in changes.sources] == [
        ("changed", "Paper Bee"),
        ("added", "Paper C"),
    ]
    assert changes.sources[1].when["en"] == "January 2026"
    assert [one.about.iri[-8:] for one in changes.passages] == ["source/c"]
    assert changes.facts == ()


def test_an_event_of_which_a_source_says_something_is_a_fact(compare: Compare) -> None:
    bare = 'id:second a fs:FundingRound ; skos:prefLabel "Second"@en .'
    assert [one.sort for one in compare(more=bare).things] == ["thing"]
    said = bare + " GRAPH src:b { id:second fs:of id:firm ; fs:at 2025 . }"
    assert _facts(compare(more=said)) == [("added", "event", "Firm", "funding round", "", "Second")]


def test_disputes_appear_are_settled_and_change(compare: Compare) -> None:
    other = ('fs:value 300000000 ;\n    fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "3億元" .\n  id:round',
             'fs:value 500000000 ;\n    fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "5億元" .\n  id:round')  # fmt: skip
    (appeared,) = compare(other).conflicts
    assert (appeared.kind, appeared.old) == ("appeared", None)
    assert appeared.new and appeared.new.metric.label["en"] == "revenue"
    assert len(appeared.new.sides) == 2
    disputed = OLD.replace(*other)
    (settled,) = compare(other[::-1], old=disputed).conflicts
    assert (settled.kind, settled.new) == ("settled", None)
    assert settled.old and settled.old.verdict.label["en"] == "inconsistent"
    third = """GRAPH src:b { claim:third a fs:Observation ; fs:of id:firm ; fs:value 900000000 ;
      fs:metric metric:revenue ; fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "9億元" . }"""
    (changed,) = compare(old=disputed, more=third).conflicts
    assert changed.kind == "changed" and changed.old and changed.new
    assert [len(side.sides) for side in (changed.old, changed.new)] == [2, 3]
    assert compare(("1億元", "1.0億元"), old=disputed).conflicts == ()


def test_moves_in_a_ranking(compare: Compare) -> None:
    more = "GRAPH src:b { claim:second a fs:RankEntry ; fs:of id:ann ; fs:ranking id:board ; fs:position 5 . }"
    changes = compare(("fs:position 4", "fs:position 3"), more=more)
    moves = [(one.thing.label["en"], one.old, one.new) for one in changes.rankings]
    assert moves == [("Ann", (), ("5",)), ("Firm", ("4",), ("3",))]


def test_other_writing_is_no_change(opened: Callable[[str], Facts], tmp_path: Path) -> None:
    quads = list(ox.parse(HEAD + OLD, ox.RdfFormat.TRIG))
    (tmp_path / "shuffled").mkdir()
    ox.serialize(reversed(quads), tmp_path / "shuffled" / "all.nq", format=ox.RdfFormat.N_QUADS)
    with factscape.open(tmp_path / "shuffled") as new:
        changes = compare_facts(opened(OLD), new)
    assert not changes.any
    assert changes.counts()["facts"] == {"added": 0, "changed": 0, "withdrawn": 0}


def test_what_stands_in_two_files_is_there_while_one_holds_it(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    once, more = 'id:x skos:prefLabel "X"@en .', 'id:y skos:prefLabel "Y"@en .'
    (tmp_path / "old" / "a.ttl").write_text(HEAD + once, encoding="utf-8")
    (tmp_path / "old" / "b.ttl").write_text(HEAD + more + once, encoding="utf-8")
    (tmp_path / "new" / "a.ttl").write_text(HEAD + once, encoding="utf-8")
    (tmp_path / "new" / "b.ttl").write_text(HEAD + more, encoding="utf-8")
    with factscape.open(tmp_path / "old") as old, factscape.open(tmp_path / "new") as new:
        assert not compare_facts(old, new).any


def test_stores_and_folders_compare(opened: Callable[[str], Facts], tmp_path: Path) -> None:
    store = ox.Store(str(tmp_path / "store"))
    store.bulk_load(
        (HEAD + OLD).replace("fs:position 4", "fs:position 9").encode(), ox.RdfFormat.TRIG
    )
    store.flush()
    del store
    with factscape.open(tmp_path / "store") as new:
        changes = compare_facts(opened(OLD), new)
        back = compare_facts(new, opened(OLD))
    assert [one.iri.rpartition("/")[2] for one in changes.facts] == ["rank"]
    assert len(back.facts) == 1
    assert changes.things == back.things == ()


def test_facts_of_other_vocabularies_are_told_too(tmp_path: Path) -> None:
    for name, number in (("old", 1), ("new", 2)):
        (tmp_path / name).mkdir()
        text = f"@prefix e: <http://example.org/> . e:a e:number {number} ; e:has [ e:part {number} ] ."
        (tmp_path / name / "a.ttl").write_text(text, encoding="utf-8")
    with factscape.open(tmp_path / "old") as old, factscape.open(tmp_path / "new") as new:
        changes = compare_facts(old, new)
    numbers = [
        (one.old["en"], one.new["en"]) for one in changes.facts if one.what.iri.endswith("number")
    ]
    assert numbers == [("1", "2")]
    assert changes.any
