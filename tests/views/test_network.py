"""The network page: what is in its data, and that the same facts give the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from bench.generate import quads, write_nquads
from tests.views.conftest import ontology

import factscape.views
from factscape.errors import FactscapeError, MisuseError
from factscape.opening import open_facts
from factscape.store.oxigraph import MemoryStore
from factscape.terms import PREFIXES
from factscape.views import Page, network_page

if TYPE_CHECKING:
    from tests.views.conftest import StoreOf

ID = PREFIXES["id"]
PRINT_HASH = """
import hashlib, sys
from factscape.opening import open_facts
from factscape.views import Page, network_page
with open_facts() as facts:
    html = network_page(facts.store, prefixes=facts.prefixes).html
print(hashlib.sha256(html.encode("utf-8")).hexdigest())
"""


@pytest.fixture(scope="module")
def article() -> Page:
    with open_facts() as facts:
        return network_page(facts.store, prefixes=facts.prefixes, names=facts.names)


def labels(page: Page) -> list[str]:
    terms = page.data["terms"]
    return [terms[thing["term"]][1] for thing in page.rows("things")]


def named(page: Page, name: str) -> dict[str, Any]:
    return page.rows("things")[labels(page).index(name)]


def test_the_same_facts_give_the_same_bytes() -> None:
    hashes = {
        subprocess.run(
            [sys.executable, "-c", PRINT_HASH],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(hashes) == 1


def test_the_article_is_in_the_picture(article: Page) -> None:
    data = article.data
    assert data["focus"] == []
    assert data["all"]["things"] >= len(data["things"]) > 100
    assert 100 < sum("later" not in thing for thing in article.rows("things")) <= 300
    assert {"智譜", "Z.ai", "zhipuai"} <= set(named(article, "Zhipu")["names"])
    label, ways = labels(article), [way["iri"] for way in data["ways"]]
    ends = {(label[start], ways[way], label[end]) for start, end, way, *_ in data["lines"]}
    assert ("Zhipu", "fs:develops", "GLM-4.6") in ends
    assert ("Jia Yi", "fs:Opinion", "Zhipu") in ends


def test_events_of_two_are_lines_and_of_many_hubs(article: Page) -> None:
    hubs = {kind["iri"] for kind in article.data["kinds"] if kind["hub"]}
    assert "fs:InitialPublicOffering" in hubs
    assert "fs:ModelRelease" not in hubs
    assert "fs:ModelRelease" in {way["iri"] for way in article.data["ways"]}
    iris = [article.data["terms"][thing["term"]][0] for thing in article.rows("things")]
    assert not [iri for iri in iris if iri.startswith(("claim:", "metric:", "src:"))]


def test_every_number_refers_to_a_row(article: Page) -> None:
    size = {name: len(article.data[name]) for name in article.data["columns"]}
    things = article.rows("things")
    for thing in things:
        assert thing["term"] < size["terms"]
        for table in ("figures", "relations", "opinions"):
            assert all(number < size[table] for number in thing.get(table, ()))
        assert all(event < size["events"] for event, _ in thing.get("events", ()))
    assert all(passage["source"] < size["sources"] for passage in article.rows("passages"))
    used = {number for thing in things for number in thing.get("figures", ())}
    assert used == set(range(size["figures"]))


def test_what_a_thing_lost_stands_with_its_paragraph(article: Page) -> None:
    figures, passages = article.rows("figures"), article.rows("passages")
    losses = [
        figures[number]
        for number in named(article, "Zhipu")["figures"]
        if article.data["terms"][figures[number]["metric"]][0] == "metric:net-loss"
    ]
    assert "2.958 billion CNY" in {figure["words"][0] for figure in losses}
    # Other sources may be known as a whole only.
    assert 45 in {passages[figure["at"][0]].get("paragraph") for figure in losses}


def test_nothing_is_on_top_of_another(article: Page) -> None:
    places = [(thing["x"], thing["y"]) for thing in article.rows("things")]
    assert len(set(places)) == len(places)


def test_a_focus_is_in_the_title_and_selected() -> None:
    with open_facts() as facts:
        page = network_page(facts.store, [ID + "zhipu"], depth=1, prefixes=facts.prefixes)
        chinese = network_page(facts.store, [ID + "zhipu"], lang="zh", prefixes=facts.prefixes)
    assert "<title>Around Zhipu · Factscape</title>" in page.html
    assert "<title>智谱的周边 · Factscape</title>" in chinese.html
    assert '<html lang="zh">' in chinese.html
    (focus,) = page.data["focus"]
    assert labels(page)[focus] == "Zhipu"
    assert len(page.data["things"]) < page.data["all"]["things"]


@pytest.mark.parametrize("iri", [ID + "nobody", PREFIXES["metric"] + "net-loss", "no iri at all"])
def test_a_focus_that_is_not_drawn_is_an_error(iri: str) -> None:
    with open_facts() as facts, pytest.raises(FactscapeError, match="not in the picture"):
        network_page(facts.store, [iri])


def test_limits_are_checked(store_of: StoreOf) -> None:
    with pytest.raises(MisuseError):
        network_page(store_of(""), limit=5000)


def test_an_empty_store_is_an_empty_page(store_of: StoreOf) -> None:
    data = network_page(store_of("")).data
    assert (data["things"], data["lines"], data["kinds"]) == ([], [], [])


@pytest.mark.parametrize(
    "text",
    [
        '<urn:a> a foaf:Person ; foaf:name "Ann" ; foaf:knows [ foaf:name "Ben" ] .',
        '<urn:a> a schema:Organization ; schema:name "Org" ; schema:founder <urn:b> .',
        '<urn:a> a skos:Concept ; skos:prefLabel "Cats"@en ; skos:broader <urn:b> .',
        "<urn:a> <urn:likes> <urn:b> .",
    ],
)
def test_any_rdf_can_be_seen(store_of: StoreOf, text: str) -> None:
    data = network_page(store_of(text)).data
    assert len(data["things"]) == 2
    assert len(data["lines"]) == 1


def test_code_names_no_class_of_the_ontology() -> None:
    folder = Path(factscape.views.__file__).parent
    drawn_by_name = ("Company", "Opinion", "FundingRound", "Ranking", "Relation ")
    for path in [*folder.rglob("*.py"), *folder.glob("static/[a-u]*.js")]:
        text = path.read_text(encoding="utf-8")
        assert not [name for name in drawn_by_name if f"fs:{name}" in text or f"FS.{name}" in text]


@pytest.mark.parametrize(("number", "most"), [(200, 641_000), (1000, 1_100_000)])
def test_a_page_stays_small_enough_to_send(tmp_path: Path, number: int, most: int) -> None:
    store = ox.Store()
    write_nquads(tmp_path / "facts.nq", quads(36 * number))
    store.bulk_load(path=tmp_path / "facts.nq", format=ox.RdfFormat.N_QUADS)
    store.extend(ontology())
    page = network_page(MemoryStore(store), limit=number)
    assert page.html.count("<script") == 4
    assert sum("later" not in thing for thing in page.rows("things")) >= number * 0.7
    # docs/looking.md promises 650 kB and 1.2 MB: some room is left below these.
    assert len(page.html.encode("utf-8")) <= most
