from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest

from factscape.claims.cards.card import card
from factscape.claims.cards.parts import Card, Figure, Relation
from factscape.claims.derive import derived_quads, time_quads
from factscape.claims.described import Reader
from factscape.claims.descriptions import MOST, Descriptions, write_descriptions
from factscape.names.index import NameIndex
from factscape.opening import open_facts
from factscape.reading import ParsedFile, ontology_files, ontology_folder
from factscape.store.oxigraph import MemoryStore

ID = "https://w3id.org/factscape/id/"
CLAIM = "https://w3id.org/factscape/claim/"

PREFIXES = """
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix metric: <https://w3id.org/factscape/metric/> .
@prefix unit: <https://w3id.org/factscape/unit/> .
@prefix period: <https://w3id.org/factscape/period/> .
@prefix src: <https://w3id.org/factscape/source/> .
@prefix claim: <https://w3id.org/factscape/claim/> .
@prefix here: <https://w3id.org/factscape/source/paper#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

FACTS = (
    PREFIXES
    + """
src:paper a fs:Source ; dct:title "The paper"@en ; dct:issued "2026-01"^^xsd:gYearMonth ;
    dct:publisher id:press ; fs:reliability "B" .
here:p1 a fs:Passage ; fs:passageOf src:paper ; fs:paragraph 1 .
here:p2 a fs:Passage ; fs:passageOf src:paper ; fs:paragraph 2 .
here:p10 a fs:Passage ; fs:passageOf src:paper ; fs:paragraph 10 .
id:lab a fs:Company ; skos:prefLabel "Lab"@en, "实验室"@zh ; skos:altLabel "The Lab"@en .
id:rival a fs:Company ; skos:prefLabel "Rival"@en .
id:press a fs:Publisher ; skos:prefLabel "Press"@en .
id:boss a fs:Person ; skos:prefLabel "Boss"@en .
id:ally a fs:Company ; skos:prefLabel "Ally"@en .
id:model a fs:Model ; skos:prefLabel "Model"@en .
id:launch a fs:ModelRelease ; skos:prefLabel "Launch"@en .
id:table a fs:Ranking ; skos:prefLabel "Table"@en .
id:cloud a fs:Segment ; skos:prefLabel "Cloud"@en .

GRAPH here:p1 {
    claim:loss.2024 a fs:Observation ; fs:of id:lab ; fs:metric metric:net-loss ;
        fs:value 2358000000 ; fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "23.58億元" ;
        fs:bound fs:moreThan ; fs:status fs:estimate ; fs:statedBy id:boss ; fs:segment id:cloud .
    claim:loss.2023 a fs:Observation ; fs:of id:lab ; fs:metric metric:net-loss ;
        fs:low 7 ; fs:high 9 ; fs:unit unit:CNY ; fs:during period:2023 ; fs:printed "7–9元" .
    claim:first a fs:RankEntry ; fs:of id:lab ; fs:ranking id:table ; fs:position 1 ;
        fs:tiedWith claim:tied ; fs:rankedAbove claim:below ; fs:printed "第一" .
    claim:tied a fs:RankEntry ; fs:of id:ally ; fs:ranking id:table ; fs:position 1 ;
        fs:printed "第一" .
    claim:below a fs:RankEntry ; fs:of id:rival ; fs:ranking id:table .
    claim:better a fs:Comparison ; fs:of id:lab ; fs:comparedWith id:rival ;
        fs:metric metric:net-loss ; fs:outcome fs:better .
    id:lab fs:develops id:model .
    id:lab fs:competesWith id:rival .
    claim:rivalry a fs:Relation ; rdf:subject id:lab ; rdf:predicate fs:competesWith ;
        rdf:object id:rival ; fs:during period:2024 ; fs:status fs:forecast .
    id:boss fs:chiefExecutiveOf id:lab .
    id:launch fs:of id:model ; fs:releasedBy id:lab ; fs:during period:2024 ;
        fs:eventStatus fs:completed .
}
GRAPH here:p2 {
    id:lab fs:competesWith id:rival .
    id:launch fs:releasedBy id:lab ; fs:eventStatus fs:agreed .
    claim:launch a fs:Relation ; rdf:subject id:launch ; rdf:predicate fs:releasedBy ;
        rdf:object id:lab ; fs:at "2024-09"^^xsd:gYearMonth .
    claim:late a fs:Opinion ; fs:statedBy id:boss ; fs:concerns id:lab ; fs:says "Later."@en .
}
GRAPH here:p10 {
    claim:early a fs:Opinion ; fs:statedBy id:boss ; fs:concerns id:lab, id:rival ;
        fs:says "Last of all."@en, "最后。"@zh ; fs:stance fs:denies .
    id:lab fs:motivation "to earn"@en .
}
"""
)


def filled(text: str, *, ontology: bool = True) -> ox.Store:
    store = ox.Store()
    store.load(text.encode(), ox.RdfFormat.TRIG)
    if ontology:
        for path in ontology_files():
            store.extend(ParsedFile(path))
        store.extend(list(time_quads(store)))
        store.extend(list(derived_quads(store, sorted(ontology_folder().glob("rules/*.rq")))))
    return store


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    return MemoryStore(filled(FACTS))


@pytest.fixture(scope="module")
def lab(store: MemoryStore) -> Card:
    return card(store, ID + "lab")


def figures(found: Card, metric: str) -> list[Figure]:
    return [
        row for group in found.figures if group.metric.iri.endswith(metric) for row in group.rows
    ]


def relations(found: Card, predicate: str) -> list[Relation]:
    return [row for row in found.relations if row.predicate.iri.endswith(predicate)]


def paragraphs(line: Relation) -> list[int | None]:
    return [citation.paragraph for citation in line.citations]


def test_a_card_says_what_a_thing_is_and_is_called(lab: Card) -> None:
    assert lab.label == {"en": "Lab", "zh": "实验室"}
    assert [(name.text, name.lang) for name in lab.names] == [
        ("Lab", "en"),
        ("The Lab", "en"),
        ("实验室", "zh"),
    ]
    assert [kind.label["en"] for kind in lab.kinds] == ["company"]
    assert lab.complete


def test_figures_stand_by_metric_in_the_order_of_time(lab: Card) -> None:
    first, second, third = figures(lab, "net-loss")
    assert first.words == {"en": "7–9 CNY", "zh": "7–9元"}
    assert second.words == {
        "en": "more than 2.358 billion CNY (estimate)",
        "zh": "超过23.58亿元（估计）",
    }
    assert third.words["en"] == "better (beside Rival)"
    assert (second.value, second.printed) == ("2358000000", "23.58億元")
    assert second.time is not None
    assert (second.time.begins, second.time.ends) == ("2024-01-01", "2025-01-01")
    assert second.stated_by is not None
    assert second.stated_by.label["en"] == "Boss"
    assert [about.label["en"] for about in second.about] == ["Cloud"]
    assert (second.citation.paragraph, second.citation.source.label["en"]) == (1, "The paper")


def test_a_place_in_a_ranking_names_the_neighbours(store: MemoryStore, lab: Card) -> None:
    (place,) = figures(lab, "table")
    assert place.words == {
        "en": "no. 1 (tied with Ally), ahead of Rival",
        "zh": "第1（与Ally并列），先于Rival",
    }
    (below,) = figures(card(store, ID + "rival"), "table")
    assert below.words["en"] == "behind Lab"
    table = card(store, ID + "table")
    assert [row.of.label["en"] for row in figures(table, "table")] == ["Ally", "Lab", "Rival"]


def test_who_states_a_figure_has_it_not_on_the_card(store: MemoryStore) -> None:
    assert card(store, ID + "boss").figures == ()


def test_what_narrows_a_figure_has_it_on_the_card(store: MemoryStore) -> None:
    (row,) = figures(card(store, ID + "cloud"), "net-loss")
    assert row.of.iri == ID + "lab"


def test_an_edge_is_shown_once_for_each_time_that_is_known(lab: Card) -> None:
    forecast, undated = relations(lab, "competesWith")
    assert forecast.time is not None
    assert forecast.time.label["en"] == "2024"
    assert forecast.status is not None
    assert forecast.status.label["en"] == "forecast"
    assert (forecast.claims, paragraphs(forecast)) == ((CLAIM + "rivalry",), [1])
    assert (undated.time, paragraphs(undated)) == (None, [2])
    assert {row.direction for row in (forecast, undated)} == {"out"}


def test_what_is_stated_is_not_shown_as_derived_too(store: MemoryStore) -> None:
    rows = relations(card(store, ID + "rival"), "competesWith")
    assert [row.derived for row in rows] == [False, False]


def test_what_is_derived_cites_its_premises(lab: Card) -> None:
    derived = [row for row in lab.relations if row.derived]
    assert {row.other.label["en"] for row in derived} == {"Boss"}
    assert all(paragraphs(row) == [1] for row in derived)


def test_an_incoming_edge_is_said_from_this_end(lab: Card) -> None:
    (row,) = relations(lab, "chiefExecutiveOf")
    assert (row.direction, row.predicate.label["en"], row.backwards) == (
        "in",
        "has chief executive",
        False,
    )


def test_events_are_told_once_with_their_narrowest_time(lab: Card) -> None:
    (event,) = lab.events
    assert (event.label["en"], event.role.label["en"]) == ("Launch", "released by")
    assert event.time is not None
    assert event.time.label == {"en": "September 2024", "zh": "2024年9月"}
    assert event.other_times == ()
    assert event.status is not None
    assert event.status.label["en"] == "completed"
    assert [(part.role.label["en"], part.thing.label["en"]) for part in event.participants] == [
        ("of", "Model")
    ]
    assert [citation.paragraph for citation in event.citations] == [1, 2]
    assert not [row for row in lab.relations if row.other.iri == ID + "launch"]


def test_an_event_has_a_card_of_its_own(store: MemoryStore) -> None:
    launch = card(store, ID + "launch")
    assert launch.time is not None
    assert [kind.label["en"] for kind in launch.kinds][:1] == ["model release"]
    assert {row.other.label["en"] for row in launch.relations} >= {"Lab", "Model"}


def test_opinions_come_in_the_order_of_paragraphs(store: MemoryStore, lab: Card) -> None:
    assert [one.says["en"] for one in lab.opinions] == ["Later.", "Last of all."]
    late, last = lab.opinions
    assert (late.role, late.says["zh"], last.says["zh"]) == ("about", "Later.", "最后。")
    assert last.stance is not None
    assert last.stance.label["en"] == "denies"
    assert [one.role for one in card(store, ID + "boss").opinions] == ["by", "by"]


def test_literals_are_notes_with_their_passage(lab: Card) -> None:
    (note,) = lab.notes
    assert (note.predicate.label["en"], note.text) == ("motivation", "to earn")
    assert [citation.paragraph for citation in note.citations] == [10]


def test_the_sources_of_all_lines_are_listed(lab: Card) -> None:
    (source,) = lab.sources
    assert (source.label["en"], source.issued, source.reliability) == ("The paper", "2026-01", "B")
    assert source.publisher is not None
    assert source.publisher.label["en"] == "Press"


def test_a_source_says_how_much_it_gave(store: MemoryStore) -> None:
    paper = card(store, "https://w3id.org/factscape/source/paper")
    assert {one.kind.label["en"]: one.number for one in paper.counts} == {
        "observation": 2,
        "rank entry": 3,
        "comparison": 1,
        "relation": 2,
        "opinion": 2,
    }
    assert card(store, "https://w3id.org/factscape/source/paper#p2").counts


def test_a_class_counts_its_members(store: MemoryStore) -> None:
    company = card(store, "https://w3id.org/factscape/ontology#Company")
    assert [one.number for one in company.counts] == [3]
    members = {
        row.other.label["en"] for row in company.relations if row.predicate.iri.endswith("type")
    }
    assert members == {"Ally", "Lab", "Rival"}


def test_a_statement_shows_what_it_says_and_of_what(store: MemoryStore) -> None:
    loss = card(store, CLAIM + "loss.2024")
    (figure,) = figures(loss, "net-loss")
    assert figure.claim == CLAIM + "loss.2024"
    assert [row.other.label["en"] for row in relations(loss, "#of")] == ["Lab"]
    opinion = card(store, CLAIM + "late")
    assert [one.says["en"] for one in opinion.opinions] == ["Later."]


EXPECTED = (
    PREFIXES
    + """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix metric: <https://w3id.org/factscape/metric/> .
src:paper a fs:Source ; dct:title "The paper"@en .
here:p1 a fs:Passage ; fs:passageOf src:paper ; fs:paragraph 1 .
id:lab a fs:Company ; skos:prefLabel "Lab"@en .
id:rival a fs:Company ; skos:prefLabel "Rival"@en .
id:house a fs:ResearchFirm ; skos:prefLabel "House"@en .
id:table a fs:Ranking ; skos:prefLabel "Table"@en .
id:trade a fs:Market ; skos:prefLabel "Trade"@en ; fs:startDate "2020"^^xsd:gYear .
metric:turning-point a fs:Metric ; rdfs:label "turning point"@en ; fs:quantityKind fs:date .
metric:small a fs:Metric ; rdfs:label "small"@en .

GRAPH here:p1 {
    claim:place a fs:RankEntry ; fs:of id:lab ; fs:ranking id:table ; fs:position 1 ;
        fs:status fs:forecast .
    claim:ahead a fs:Comparison ; fs:of id:lab ; fs:comparedWith id:rival ;
        fs:metric metric:small ; fs:outcome fs:better ; fs:status fs:target .
    claim:year a fs:Observation ; fs:of id:lab ; fs:metric metric:turning-point ;
        fs:value 2027 ; fs:status fs:target ; fs:bound fs:atLeast .
    claim:hope a fs:Opinion ; fs:statedBy id:house ; fs:concerns id:lab ; fs:says "Yes."@en ;
        fs:status fs:forecast ; fs:during period:2024 .
    claim:lab a fs:Observation ; fs:of id:lab ; fs:metric metric:small ; fs:market id:trade ;
        fs:value 9 ; fs:unit unit:percent ; fs:during period:2024 ; fs:measuredBy id:house .
    claim:rival a fs:Observation ; fs:of id:rival ; fs:metric metric:small ; fs:market id:trade ;
        fs:value 10.5 ; fs:unit unit:percent ; fs:during period:2024 ; fs:statedBy id:house .
}
"""
)


@pytest.fixture(scope="module")
def expected() -> MemoryStore:
    return MemoryStore(filled(EXPECTED))


def test_what_is_expected_is_always_marked(expected: MemoryStore) -> None:
    lab = card(expected, ID + "lab")
    words = {row.claim.removeprefix(CLAIM): row.words for g in lab.figures for row in g.rows}
    assert words["place"] == {"en": "no. 1 (forecast)", "zh": "第1（预测）"}
    assert words["ahead"]["en"] == "better (beside Rival) (target)"
    assert words["year"] == {"en": "at least 2027 (target)", "zh": "至少2027年（目标）"}
    (hope,) = lab.opinions
    assert hope.status is not None
    assert hope.status.label["en"] == "forecast"


def test_other_things_come_in_the_order_of_size(expected: MemoryStore) -> None:
    (group,) = card(expected, ID + "trade").figures
    assert [row.of.label["en"] for row in group.rows] == ["Rival", "Lab"]


@pytest.mark.parametrize(
    ("iri", "counts"),
    [
        (
            "https://w3id.org/factscape/period/2024",
            {("during", "observation"): 2, ("during", "opinion"): 1},
        ),
        ("https://w3id.org/factscape/unit/percent", {("unit", "observation"): 2}),
        (ID + "house", {("measured by", "observation"): 1, ("stated by", "observation"): 1}),
        (
            "https://w3id.org/factscape/ontology#target",
            {("status", "comparison"): 1, ("status", "observation"): 1},
        ),
    ],
)
def test_mere_mentions_are_counted(
    expected: MemoryStore, iri: str, counts: dict[tuple[str, str], int]
) -> None:
    found = card(expected, iri)
    assert found.figures == ()
    told = {
        (one.role and one.role.label["en"], one.kind.label["en"]): one.number
        for one in found.counts
    }
    assert told == counts
    assert [one.role for one in found.opinions] == (["by"] if iri == ID + "house" else [])


@pytest.mark.parametrize(
    ("iri", "sort"),
    [(ID + "lab", "thing"), (ID + "launch", "event"), (CLAIM + "late", "statement")],
)
def test_a_card_says_whether_it_is_of_a_statement(store: MemoryStore, iri: str, sort: str) -> None:
    assert card(store, iri).sort == sort


def test_a_note_keeps_its_datatype(expected: MemoryStore) -> None:
    (note,) = card(expected, ID + "trade").notes
    assert (note.text, note.datatype) == ("2020", "http://www.w3.org/2001/XMLSchema#gYear")


FOREIGN = """
@prefix e: <http://example.org/> .
e:ada e:name "Ada" ; e:born "1815-12-10" ; e:knows e:charles, _:someone .
e:charles e:knows e:ada .
_:someone e:name "somebody" .
<urn:g> { e:nameless e:likes e:ada . }
"""


def test_rdf_of_strangers_needs_no_ontology() -> None:
    store = MemoryStore(filled(FOREIGN, ontology=False))
    ada = card(store, "http://example.org/ada")
    assert ada.label == {"en": "Ada", "zh": "Ada"}
    assert {(note.predicate.label["en"], note.text) for note in ada.notes} >= {
        ("born", "1815-12-10")
    }
    assert [(row.direction, row.other.label["en"], row.backwards) for row in ada.relations] == [
        ("out", "charles", False),
        ("out", "somebody", False),
        ("in", "charles", True),
        ("in", "nameless", True),
    ]
    (nobody,) = [row.other.iri for row in ada.relations if row.other.iri.startswith("_:")]
    assert [row.other.iri for row in card(store, nobody).relations] == ["http://example.org/ada"]


@pytest.mark.parametrize("iri", ["http://example.org/unknown", "not an iri", "", "_:", "_:none"])
def test_of_the_unknown_there_is_nothing_to_say(store: MemoryStore, iri: str) -> None:
    found = card(store, iri)
    assert found.empty
    assert found.as_dict()["iri"] == iri


def test_what_a_card_cannot_show_it_does_not_read() -> None:
    hub, p = ox.NamedNode("urn:hub"), ox.NamedNode("urn:p")
    store = ox.Store()
    store.extend(ox.Quad(ox.NamedNode(f"urn:{n}"), p, hub) for n in range(MOST + 5))
    found = card(MemoryStore(store), "urn:hub")
    assert (len(found.relations), found.complete) == (MOST, False)


def test_classes_may_be_below_one_another_in_a_circle() -> None:
    below = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
    text = f"<urn:x> a <urn:a> . <urn:a> {below} <urn:b> . <urn:b> {below} <urn:a> ."
    found = card(MemoryStore(filled(text, ontology=False)), "urn:x")
    assert [kind.iri for kind in found.kinds] == ["urn:a"]


def test_an_indexed_label_is_the_label_of_the_store(store: MemoryStore) -> None:
    with NameIndex.in_memory(store.oxigraph) as names:
        assert card(store, ID + "lab", Reader(store, names)) == card(store, ID + "lab")


@pytest.fixture(scope="module")
def bundled() -> Iterator[Callable[[str], tuple[Card, Card]]]:
    """Read a card of the bundled facts twice: from the snapshot's files, and from the store."""
    with open_facts() as facts:
        yield lambda iri: (card(facts.store, iri, facts.reader), card(facts.store, iri))


@pytest.mark.parametrize(
    "iri",
    [
        ID + "zhipu",
        ID + "zhipu-ipo-2026",
        ID + "code-arena-coding-ranking",
        "https://w3id.org/factscape/metric/net-loss",
        "https://w3id.org/factscape/source/netease-2026-01-06",
        "https://w3id.org/factscape/ontology#Observation",
        "https://w3id.org/factscape/unit/CNY",
        "https://w3id.org/factscape/period/2025",
    ],
)
def test_the_snapshot_tells_the_same_as_the_store(
    bundled: Callable[[str], tuple[Card, Card]], iri: str
) -> None:
    from_snapshot, from_store = bundled(iri)
    assert not from_snapshot.empty
    assert from_snapshot == from_store


def test_with_descriptions_the_store_is_not_asked(tmp_path: Path) -> None:
    store = filled(FACTS)
    write_descriptions(store, tmp_path / "d.sqlite")
    nothing = MemoryStore(ox.Store())
    with closing(Descriptions(tmp_path / "d.sqlite")) as known:
        found = card(nothing, ID + "lab", Reader(nothing, None, known))
    assert found == card(MemoryStore(store), ID + "lab")
