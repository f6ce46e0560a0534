"""The chart pages in a real browser: timeline, ranking, comparison, card, report."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from factscape.opening import Facts, open_facts
from factscape.terms import FS
from factscape.views import (
    card_page,
    comparison_page,
    ranking_page,
    report_page,
    timeline_page,
    write_page,
)
from factscape.views.page import Form, Page

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab
    from tests.browser.conftest import Complaints, Look

ID = "https://w3id.org/factscape/id/"
SOURCE = "https://w3id.org/factscape/source/"
METRIC = "https://w3id.org/factscape/metric/"
Make = Callable[[Facts], Page]
PAGES: dict[str, Make] = {
    "timeline": lambda facts: timeline_page(facts, since="2025-01-01", until="2026-01-01"),
    "ranking": lambda facts: ranking_page(facts, ID + "enterprise-llm-api-market"),
    "compare": lambda facts: comparison_page(facts, [ID + "zhipu", ID + "minimax"]),
    "card": lambda facts: card_page(facts, ID + "zhipu"),
    "report": lambda facts: report_page(facts, SOURCE + "netease-2026-01-06"),
}
MORE: dict[str, Make] = {
    "prices": lambda facts: ranking_page(facts, METRIC + "api-price-output"),
    "family": lambda facts: comparison_page(facts, [ID + "glm"], metrics=[FS.price]),
    "anthropic": lambda facts: card_page(facts, ID + "anthropic"),
    "three": lambda facts: comparison_page(
        facts, [ID + name for name in ("zhipu", "minimax", "anthropic")]
    ),
}
MARK = ".chart [role=button]"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("charts")
    with open_facts() as facts:
        for name, make in (PAGES | MORE).items():
            write_page(folder / f"{name}.html", make(facts).html)
    return {name: folder / f"{name}.html" for name in PAGES | MORE}


def settled(tab: Tab) -> None:
    tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.mark.parametrize("name", PAGES)
def test_marks_are_there_and_say_who_says_so(look: Look, pages: dict[str, Path], name: str) -> None:
    tab = look(pages[name])
    marks = tab.locator(MARK)
    assert marks.count() >= 5
    size = marks.first.bounding_box()
    assert size
    assert size["width"] >= 3
    assert all(marks.nth(place).get_attribute("aria-label") for place in range(5))
    marks.first.press("Enter")
    assert tab.locator("#panel h2").inner_text()
    assert tab.locator("#panel .cites li").count() >= 1
    assert tab.evaluate("document.activeElement.id") == "panel"


@pytest.mark.parametrize("size", [(1400, 900), (390, 844)])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    look: Look,
    complaints: Complaints,
    pages: dict[str, Path],
    name: str,
    size: tuple[int, int],
) -> None:
    tab = look(pages[name], width=size[0], height=size[1])
    assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert complaints(tab) == []
    tab.locator(MARK).first.press("Enter")
    tab.click("#show-table")
    assert tab.locator("#panel h2").is_visible()
    assert complaints(tab, whole=size[0] == 1400) == []


def test_statements_without_paragraphs_fill_lines(look: Look, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    with open_facts() as facts:
        write_page(path, report_page(facts, SOURCE + "zhipu-glm-4.6-chart").html)
    boxes = [mark.bounding_box() for mark in look(path).locator(MARK).all()]
    assert len(boxes) > 20
    assert len({round(box["x"]) for box in boxes if box}) > 10
    assert len({round(box["y"]) for box in boxes if box}) < 6


def test_paper_shows_what_is_said_and_no_buttons(look: Look, pages: dict[str, Path]) -> None:
    card, compare = look(pages["card"]), look(pages["compare"])
    for tab in (card, compare):
        tab.emulate_media(media="print")
    assert card.locator(".figures .latest").first.is_visible()
    assert card.locator(".figures .latest button").first.is_visible()
    for gone in (".tools", ".filter", "section > button"):
        assert not any(one.is_visible() for one in card.locator(gone).all()), gone
    # What the colours mean stands among what is chosen with.
    assert compare.locator(".series").inner_text().split() == ["Zhipu", "MiniMax"]
    assert compare.locator(".series").is_visible()
    assert not compare.get_by_role("button", name="Log").is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_the_address_brings_everything_back(look: Look, pages: dict[str, Path], name: str) -> None:
    tab = look(pages[name])
    tab.locator(MARK).nth(2).press("Enter")
    tab.click("#language")
    tab.click("#theme")
    settled(tab)
    heading, fragment = tab.locator("#panel h2").inner_text(), tab.evaluate("location.hash")
    other = look(pages[name], fragment)
    assert other.locator("#panel h2").inner_text() == heading
    assert other.evaluate("document.documentElement.lang") == "zh"
    assert other.evaluate("document.documentElement.dataset.theme") == "dark"
    assert other.locator(f"{MARK}[aria-pressed=true]").count() == 1


@pytest.mark.parametrize(
    "fragment", ["#%E0%A4%A", "#s=nothing&b=99&h=x&a=2025-99-99&g=&k=%00", "#" + "x" * 5000]
)
@pytest.mark.parametrize("name", PAGES)
def test_any_fragment_is_taken(
    look: Look, pages: dict[str, Path], name: str, fragment: str
) -> None:
    assert look(pages[name], fragment).locator(MARK).count() >= 5


@pytest.mark.parametrize("name", PAGES)
def test_the_table_is_taken_along_as_csv(look: Look, pages: dict[str, Path], name: str) -> None:
    tab = look(pages[name])
    tab.click("#show-table")
    rows = tab.locator("#table tbody tr").count()
    with tab.expect_download() as download:
        tab.click("#save-csv")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    read = [row for row in csv.reader(io.StringIO(text)) if row]
    data = json.loads(tab.locator("#data").inner_text())
    filled = [table for table in data["tables"] if table["rows"]]
    assert rows == sum(len(table["rows"]) for table in filled)
    assert len(read) == rows + len(filled)
    with tab.expect_download() as download:
        tab.click("#save-json")
    assert json.loads(Path(download.value.path()).read_text(encoding="utf-8")) == data
    with tab.expect_download() as download:
        tab.click("#save-svg")
    assert Path(download.value.path()).read_text(encoding="utf-8").count("<svg") >= 2


def test_arrow_keys_walk_and_escape_lets_go(look: Look, pages: dict[str, Path]) -> None:
    tab = look(pages["timeline"])
    tab.locator(f"{MARK}[tabindex='0']").focus()
    first = tab.evaluate("document.activeElement.dataset.id")
    tab.keyboard.press("ArrowRight")
    second = tab.evaluate("document.activeElement.dataset.id")
    assert second != first
    assert tab.locator(f"{MARK}[tabindex='0']").count() == 1
    tab.keyboard.press("Enter")
    tab.keyboard.press("Escape")
    assert tab.locator("#panel h2").count() == 0
    assert tab.evaluate("document.activeElement.dataset.id") == second


def test_the_timeline_filters_and_zooms(look: Look, pages: dict[str, Path]) -> None:
    tab = look(pages["timeline"])
    before = tab.locator(MARK).count()
    tab.get_by_role("checkbox", name="model release").uncheck()
    fewer = tab.locator(MARK).count()
    assert 0 < fewer < before
    tab.get_by_role("button", name="Zoom in").click()
    assert tab.locator(MARK).count() < fewer
    tab.get_by_role("button", name="Show all of the time").click()
    assert tab.locator(MARK).count() == fewer
    tab.get_by_label("Filter by name").fill("Anthropic Series F")
    tab.get_by_label("Filter by name").press("Enter")
    tab.wait_for_function("document.querySelectorAll('.chart [role=button]').length === 1")
    tab.locator(MARK).press("Enter")
    text = tab.locator("#panel").inner_text()
    # Who invested in Anthropic, when, and who says so.
    for part in ("Fidelity", "September 2025", "13 billion USD", "reliability"):
        assert part in text


def test_a_ranking_keeps_apart_what_does_not_compare(look: Look, pages: dict[str, Path]) -> None:
    tab = look(pages["ranking"])
    notes = tab.locator("#notes")
    notes.locator("summary").click()
    assert "another measure" in notes.inner_text()
    notes.locator("li button").first.click()
    assert "#b=" in tab.evaluate("location.hash")
    assert tab.locator(MARK).count() >= 1


def test_bars_are_as_long_as_their_figures(look: Look, pages: dict[str, Path]) -> None:
    tab = look(pages["ranking"], "#h=bars")
    found: list[list[Any]] = tab.evaluate(
        f"[...document.querySelectorAll('{MARK}')].map(m => [m.getAttribute('aria-label'), m.getBBox().width])"
    )
    widths = {label.split(",")[0]: width for label, width in found}
    assert widths["Anthropic"] / widths["OpenAI"] == pytest.approx(32 / 25, rel=0.01)


def values(tab: Tab) -> list[float]:
    """Return the lengths of the bars, from top to bottom."""
    found: list[float] = tab.evaluate(
        f"[...document.querySelectorAll('{MARK}')].map(m => m.getBBox()).sort((a, b) => a.y - b.y).map(b => b.width)"
    )
    return found


def test_the_cheapest_stands_first_until_it_is_turned_round(
    look: Look, pages: dict[str, Path]
) -> None:
    tab = look(pages["prices"])
    assert "the smallest stands first" in tab.locator("#notes").inner_text()
    assert tab.locator("#picture h2").inner_text() == "latest of each"
    lengths = values(tab)
    assert len(lengths) > 10
    assert lengths == sorted(lengths)
    tab.get_by_role("button", name="Largest first").click()
    assert "the largest stands first" in tab.locator("#notes").inner_text()
    assert values(tab) == sorted(lengths, reverse=True)
    tab.locator(MARK).first.press("Enter")
    assert "place 1" in tab.locator("#panel").inner_text()
    other = look(pages["prices"], tab.evaluate("location.hash"))
    assert values(other) == sorted(lengths, reverse=True)


@pytest.mark.parametrize("how", ["bars", "places", "values"])
def test_prices_are_drawn_in_every_way(look: Look, pages: dict[str, Path], how: str) -> None:
    tab = look(pages["prices"], f"#h={how}")
    assert tab.locator(MARK).count() >= 8


def test_prices_of_a_family_hold_until_they_change_and_undated_ones_are_there(
    look: Look, pages: dict[str, Path]
) -> None:
    tab = look(pages["family"])
    assert tab.locator("h1").inner_text() == "price: GLM"
    panel = tab.locator(".panels section", has_text="direction not stated").first
    assert "no time" in (panel.locator("svg").text_content() or "")
    marks = panel.locator("[role=button]")
    names = [marks.nth(place).get_attribute("aria-label") or "" for place in range(marks.count())]
    assert any("GLM-3-Turbo" in name and "until" in name for name in names)
    assert any("GLM-4-Flash" in name and "time not stated" in name for name in names)


def texts(tab: Tab) -> str:
    return " | ".join(tab.locator(".chart text").all_text_contents())


def test_places_of_shares_are_labelled_with_percentages(look: Look, pages: dict[str, Path]) -> None:
    said = texts(look(pages["ranking"], "#h=places"))
    assert "32%" in said
    assert "points" not in said


def test_names_beside_bars_are_whole_on_a_phone(look: Look, pages: dict[str, Path]) -> None:
    tab = look(pages["prices"], "#h=bars", width=390)
    assert re.search(
        r"Claude Opus 4\.1 .* Claude Opus 4\.5 |Claude Opus 4\.5 .* Claude Opus 4\.1 ", texts(tab)
    )
    marks = tab.locator(MARK)
    assert (
        max(
            (marks.nth(place).bounding_box() or {"width": 0})["width"]
            for place in range(3, marks.count())
        )
        > 250
    )


def test_a_card_says_who_invested_when_and_who_says_so(look: Look, pages: dict[str, Path]) -> None:
    tab = look(pages["anthropic"])
    said = texts(tab)
    assert re.search(r"has investor · \d\d \|", said), "all investors are there"
    assert re.search(r"Altimeter · 2025–2026", said)
    tab.locator(".chart [aria-label^='Altimeter']").click()
    panel = tab.locator("#panel").inner_text()
    assert "September 2025, 28 May 2026" in panel
    assert tab.locator("#panel .cites a").count() >= 1


OUTSIDE = """() => [...document.querySelectorAll('g[aria-hidden] text, .chart text')].flatMap((text) => {
  const [box, frame] = [text.getBoundingClientRect(), text.closest('svg').getBoundingClientRect()];
  return box.left < frame.left - 1 || box.right > frame.right + 1 ? [text.textContent] : [];
})"""


@pytest.mark.parametrize("name", ["timeline", "anthropic", "three"])
def test_no_words_are_cut_by_the_edge(look: Look, pages: dict[str, Path], name: str) -> None:
    tab = look(pages[name])
    tab.click("#language")
    assert tab.evaluate(OUTSIDE) == []


def test_a_timeline_is_zoomed_as_far_as_anybody_likes(look: Look, pages: dict[str, Path]) -> None:
    tab = look(pages["timeline"])
    for button in ["Zoom in"] * 14 + ["Zoom out"] * 26:
        tab.get_by_role("button", name=button).click()
    tab.get_by_role("button", name="Later").click()
    assert tab.locator(MARK).count() >= 5


OVERLAPS = """() => [...document.querySelectorAll('svg.chart')].flatMap((svg) => {
  const boxes = [...svg.querySelectorAll('g.label text')].map((text) => text.getBoundingClientRect());
  const shrunk = boxes.map((box) => [box.left + 1, box.top + 2, box.right - 1, box.bottom - 2]);
  return shrunk.flatMap((a, i) => shrunk.slice(i + 1).filter((b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]));
})"""


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize(
    ("name", "fragment"), [("three", ""), ("prices", "#h=places"), ("prices", "#h=values")]
)
def test_no_label_covers_another(
    look: Look, pages: dict[str, Path], name: str, fragment: str, width: int
) -> None:
    tab = look(pages[name], fragment, width=width)
    assert tab.locator("g.label text").count() > 3
    assert tab.evaluate(OVERLAPS) == []


def test_the_card_holds_what_the_lookup_does(look: Look, pages: dict[str, Path]) -> None:
    tab = look(pages["card"])
    tab.get_by_role("button", name="Show ").first.click()
    figures = tab.locator(".figures").inner_text()
    for part in ("net loss", "(beside ", "no. "):
        assert part in figures
    group = tab.get_by_role("group", name="What it is joined to")
    assert "has investor · " in (group.text_content() or "")
    group.get_by_role("button", name="Meituan").press("Enter")
    assert "has investor" in tab.locator("#panel").inner_text()
    assert tab.locator("#panel .cites li").count() >= 1


def test_someone_sent_the_card_finds_who_invested_when_and_who_says_so(
    look: Look, pages: dict[str, Path]
) -> None:
    tab = look(pages["anthropic"])
    group = tab.get_by_role("group", name="What it is joined to")
    group.get_by_role("button", name="Fidelity").first.press("Enter")
    panel = tab.locator("#panel")
    assert "has investor" in panel.inner_text()
    assert "September 2025" in panel.inner_text()
    panel.get_by_role("button", name="Anthropic Series F").click()
    for part in ("Who took part", "lead investor", "13 billion USD", "reliability"):
        assert part in panel.inner_text()


@pytest.mark.parametrize("name", PAGES)
def test_a_notebook_shows_the_page_in_a_frame(
    look: Look, pages: dict[str, Path], name: str, tmp_path: Path
) -> None:
    html = pages[name].read_text(encoding="utf-8")
    frame = tmp_path / "notebook.html"
    page = Page({}, Form("chart.html"))
    vars(page)["html"] = html  # made once, for all tests
    shown = f"<!doctype html><html data-ready><title>n</title>{page._repr_html_()}"
    frame.write_text(shown, encoding="utf-8")
    tab = look(frame)
    inner = tab.frame_locator("iframe")
    inner.locator(MARK).first.press("Enter")
    assert inner.locator("#panel h2").inner_text()
    inner.locator("#language").click()
    inner.locator("#show-table").click()
    assert inner.locator("#table tbody tr").count() >= 5


HOSTILE = "</script><img src=x onerror=alert(1)> =1+1 \u202eevil " + "x" * 3000


def test_hostile_names_run_nothing(look: Look, tmp_path: Path) -> None:
    prefixes = "".join(
        f"PREFIX {name}: <https://w3id.org/factscape/{path}>\n"
        for name, path in (("fs", "ontology#"), ("id", "id/"), ("metric", "metric/"), ("unit", "unit/"), ("src", "source/"), ("claim", "claim/"), ("period", "period/"))
    )  # fmt: skip
    name = json.dumps(HOSTILE)
    text = (
        f"{prefixes} PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX dct: <http://purl.org/dc/terms/> "
        f"PREFIX schema: <https://schema.org/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
        f"id:a a fs:Company ; skos:prefLabel {name}@en . id:b a fs:Company ; skos:prefLabel {name}@en . "
        f'src:s a fs:Source ; dct:title {name} ; schema:url <javascript:alert(1)> ; dct:issued "2025" . '
        f"id:e a fs:FundingRound ; skos:prefLabel {name}@en . src:s {{ id:a fs:competesWith id:b . "
        f'id:e fs:of id:a ; fs:investor id:b ; fs:at "2025-01-02"^^xsd:date . '
        + "".join(
            f"claim:{of} a fs:Observation ; fs:of id:{of} ; fs:metric metric:revenue ; fs:value {value} ; "
            f"fs:unit unit:USD ; fs:during period:2024 ; fs:printed {name} . "
            for of, value in (("a", "5000000000"), ("b", "-5"))
        )
        + "}"
    )
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "facts.trig").write_text(text, encoding="utf-8")
    with open_facts(folder) as facts:
        made = {
            "timeline": timeline_page(facts),
            "ranking": ranking_page(facts, "https://w3id.org/factscape/metric/revenue"),
            "compare": comparison_page(facts, [ID + "a", ID + "b"]),
            "card": card_page(facts, ID + "a"),
            "report": report_page(facts, SOURCE + "s"),
        }
    for kind, page in made.items():
        path = tmp_path / f"{kind}.html"
        write_page(path, page.html)
        tab = look(path)
        tab.locator(MARK).first.press("Enter")
        tab.click("#show-table")
        assert tab.locator("img, script[src], a[href^=javascript]").count() == 0
        assert tab.evaluate("document.documentElement.scrollWidth") <= 1400
        with tab.expect_download() as download:
            tab.click("#save-csv")
        assert "\n=" not in Path(download.value.path()).read_text(encoding="utf-8-sig")
