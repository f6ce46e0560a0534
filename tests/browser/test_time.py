"""The time slider: what the page shows on a day is what the command line finds as of that day."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from factscape.opening import Facts, open_facts
from factscape.views import network_of, scene, write_page
from factscape.views.page import Page as Written

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.browser.conftest import Look, StoreOf

    from factscape.claims.described import Reader
    from factscape.views.tables import Tables

PARTS: tuple[tuple[str, ...], ...] = ((), ("anthropic",), ("zhipu",))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], tuple[Path, Written]]:
    """The whole network, and what is around some names."""
    folder = tmp_path_factory.mktemp("time")
    found: dict[tuple[str, ...], tuple[Path, Written]] = {}
    with open_facts() as facts:
        for names in PARTS:
            page = part(facts, names)
            path = folder / f"{'-'.join(names) or 'all'}.html"
            write_page(path, page.html)
            found[names] = path, page
    return found


def part(facts: Facts, names: tuple[str, ...]) -> Written:
    return network_of(facts, *names, depth=1 if names else None, limit=2000)


def turns(page: Written) -> list[str]:
    return sorted({day for spans in page.data["spans"] for day in spans if day})


def shown(page: Page) -> dict[str, int]:
    data: dict[str, str] = page.evaluate("({ ...document.getElementById('time').dataset })")
    return {name: int(value) for name, value in data.items() if value.isdecimal()}


def days(page: Written) -> list[str]:
    """Return the first and last days on which something changes, some between, and one before."""
    found = turns(page)
    return ["2001-01-01", *found[:: max(1, len(found) // 6)], found[-1]]


def only_names(reader: Reader, names: tuple[str, ...], tables: Tables) -> dict[str, Any]:
    return {name: {"term": tables.name(name, reader.label(name))} for name in names}


def test_the_slider_counts_what_the_command_line_does(
    look: Look,
    pages: dict[tuple[str, ...], tuple[Path, Written]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What panels say is not counted, and takes most of the time.
    monkeypatch.setattr(scene, "read_panels", only_names)
    tabs = {names: look(path) for names, (path, _) in pages.items()}
    seen: dict[tuple[str, ...], set[int]] = {names: set() for names in pages}
    for day in days(pages[()][1]):
        with open_facts(as_of=day) as facts:  # compiled for the day, so once for all three
            for names, tab in tabs.items():
                seen[names].add(same_on(day, tab, part(facts, names)))
    assert all(len(links) > 2 for links in seen.values())


def same_on(day: str, tab: Page, found: Written) -> int:
    """Compare what a page counts on a day with what was found then, and return the links."""
    tab.evaluate("day => { location.hash = `#d=${day}` }", day)
    tab.wait_for_function("day => document.getElementById('time-date').value === day", arg=day)
    counts, all_ = shown(tab), found.data["all"]
    things, links = len(found.data["things"]), len(found.data["lines"])
    assert (day, counts["things"], counts["links"]) == (day, things, links)
    assert (counts["allThings"], counts["allLinks"]) == (all_["things"], all_["lines"])
    return links


def test_what_is_there_is_drawn_and_what_is_not_is_not(
    look: Look, pages: dict[tuple[str, ...], tuple[Path, Written]]
) -> None:
    path, page = pages[()]
    tab = look(path, f"#d={turns(page)[0]}&v=links")
    early = tab.locator("#list-count").inner_text()
    tab.click("#time-all")
    assert tab.locator("#list-count").inner_text() != early
    assert "time not stated" in tab.locator("#list tbody").inner_text()
    tab.wait_for_timeout(1500)  # the address is written once things have come to rest
    assert "d=" not in tab.evaluate("location.hash")


def test_arrows_go_from_change_to_change(
    look: Look, pages: dict[tuple[str, ...], tuple[Path, Written]]
) -> None:
    path, page = pages[()]
    tab = look(path, f"#d={turns(page)[0]}")
    tab.focus("#time-slider")
    walked = [turns(page)[0]]
    for _ in range(3):
        tab.keyboard.press("ArrowRight")
        walked.append(tab.input_value("#time-date"))
    assert walked == turns(page)[:4]
    tab.keyboard.press("ArrowLeft")
    assert tab.get_attribute("#time-slider", "aria-valuetext") == turns(page)[2]
    tab.fill("#time-date", "2025-03-04")
    assert "2025-03-04: " in tab.locator("#time-counts").inner_text()


def test_play_goes_forward_and_stops(
    look: Look, pages: dict[tuple[str, ...], tuple[Path, Written]]
) -> None:
    tab = look(pages[()][0])
    tab.click("#time-play")
    assert tab.get_attribute("#time-play", "aria-label") == "Pause"
    played = []
    for _ in range(4):
        tab.wait_for_timeout(300)
        played.append(tab.input_value("#time-date"))
    assert all(one < other for one, other in pairwise(played))
    tab.click("#time-play")
    stopped = tab.input_value("#time-date")
    tab.wait_for_timeout(300)
    assert tab.input_value("#time-date") == stopped
    assert tab.get_attribute("#time-play", "aria-label") == "Play"


@pytest.mark.parametrize("day", ["2025-02-30", "nonsense", "9999999-01-01", "%E0", "2025-1-1"])
def test_a_day_that_is_none_is_no_day(
    look: Look, pages: dict[tuple[str, ...], tuple[Path, Written]], day: str
) -> None:
    tab = look(pages[()][0], f"#d={day}")
    assert tab.input_value("#time-date") == ""
    assert tab.get_attribute("#time-all", "aria-pressed") == "true"


FUNDED = """
id:firm a fs:Company ; skos:prefLabel "Firm"@en . id:fund a fs:Fund ; skos:prefLabel "Fund"@en .
id:other a fs:Fund ; skos:prefLabel "=Other"@en . id:far a fs:Company ; skos:prefLabel "Far"@en .
id:launch a fs:ModelRelease . id:model a fs:Model ; skos:prefLabel "Model"@en .
id:round a fs:FundingRound ; skos:prefLabel "Round"@en .
<urn:s> a fs:Source ; dct:title "The report"@en ; dct:issued "2025" ; schema:url <https://example.org/r> .
<urn:t> a fs:Source ; dct:title "Another"@en .
<urn:s#p7> a fs:Passage ; fs:passageOf <urn:s> ; fs:paragraph 7 .
<urn:s#p7> {
  id:round fs:of id:firm ; fs:investor id:fund , id:other ; fs:at "2025-03-01"^^xsd:date ;
    fs:begins "2025-03-01"^^xsd:date .
  id:c a fs:Observation ; fs:of id:round ; fs:metric <urn:m> ; fs:value 5000000 ; fs:printed "five million" .
  id:launch fs:releasedBy id:firm ; fs:of id:model ; fs:eventStatus fs:planned ; fs:at "2026-01"^^xsd:gYearMonth .
  id:firm fs:competesWith id:far .
}
<urn:t> { id:firm fs:competesWith id:far . }
<urn:m> a fs:Metric ; <http://www.w3.org/2000/01/rdf-schema#label> "amount" .
"""


@pytest.fixture
def funded(tmp_path: Path, store_of: StoreOf) -> Path:
    from factscape.views import network_page

    path = tmp_path / "funded.html"
    write_page(path, network_page(store_of(FUNDED)).html)
    return path


def test_a_link_says_who_when_and_where(look: Look, funded: Path) -> None:
    page = look(funded, "#v=links")
    page.fill("#list-filter", "fund")
    row = page.locator("#list tbody tr", has_text="investor").first
    assert "since 2025-03-01" in row.inner_text()
    assert "The report" in row.inner_text()
    row.locator("button").click()
    text = page.locator("#panel").inner_text()
    for part_ in (
        "Round",
        "investor",
        "Fund",
        "5 million",
        "¶ 7",
        "The report",
        "since 2025-03-01",
    ):
        assert part_ in text
    assert page.locator("#panel a").first.get_attribute("href") == "https://example.org/r"
    assert "e=id:round&e=fs:investor&e=id:fund" in page.evaluate(
        "new Promise(done => setTimeout(() => done(decodeURIComponent(location.hash)), 400))"
    )


def test_a_click_on_a_line_selects_it(look: Look, funded: Path) -> None:
    page = look(funded)
    at = page.evaluate(
        """() => {
          const data = JSON.parse(document.getElementById('data').textContent);
          const iri = (row) => data.terms[row[0]][0];
          const place = (name) => data.things.find((row) => iri(row) === name).slice(2, 4);
          return [place('id:firm'), place('id:far')];
        }"""
    )
    (x1, y1), (x2, y2) = at
    page.evaluate("to => { location.hash = to }", f"#c={(x1 + x2) / 2},{(y1 + y2) / 2},2.000")
    page.wait_for_timeout(500)
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert " ".join(page.locator("#panel h2").inner_text().split()) == "Firm competes with Far"
    assert "2 independent sources" in page.locator("#panel").inner_text()


def test_the_triples_behind_a_link_can_be_seen(look: Look, funded: Path) -> None:
    page = look(funded, "#e=id:firm&e=fs:ModelRelease&e=id:model")
    assert "planned, forecast or estimated" in page.locator("#panel").inner_text()
    assert page.locator("#rdf").count() == 0
    page.get_by_role("button", name="RDF").click()
    text = page.locator("#rdf").inner_text()
    for part_ in (
        "GRAPH <urn:s#p7>",
        "id:launch",
        "fs:releasedBy id:firm",
        "fs:eventStatus fs:planned",
    ):
        assert part_ in text
    assert '"2026-01"^^xsd:gYearMonth' in text
    page.wait_for_timeout(500)  # the address is written when things have come to rest
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert page.locator("#rdf").is_visible()


def test_tables_are_saved_as_csv(look: Look, funded: Path, tmp_path: Path) -> None:
    page = look(funded, "#v=links")
    with page.expect_download() as download:
        page.click("#save-csv")
    assert download.value.suggested_filename == "factscape-links.csv"
    download.value.save_as(tmp_path / "links.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "links.csv").read_text("utf-8-sig"))))
    assert {row["Relation"] for row in rows} >= {"investor", "competes with"}
    # What a spreadsheet would take for a formula is a text.
    assert "'=Other" in {row["To"] for row in rows} | {row["From"] for row in rows}


@pytest.mark.parametrize("size", [(390, 844), (844, 390), (1400, 900)])
def test_the_time_never_covers_the_buttons(
    look: Look, article: Path, size: tuple[int, int]
) -> None:
    page = look(article, width=size[0], height=size[1])
    page.locator("#fit").scroll_into_view_if_needed()
    hit = """() => { const box = document.getElementById('fit').getBoundingClientRect();
      return document.elementFromPoint(box.x + box.width / 2, box.y + box.height - 3).id; }"""
    assert page.evaluate(hit) == "fit"
    years = page.locator("#time .track")
    assert (years.get_attribute("data-first") or "") < (years.get_attribute("data-last") or "")
