"""The views on a real server, in a real browser: they grow, lead to pages, and run nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from tests.browser.conftest import VIOLATIONS, Complaints, Seen
from tests.web.conftest import Server, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

Visit = Callable[..., Any]
AROUND = "/network?name=zhipu&depth=1&limit=30"
UNKNOWN = "/network?name=zhipoo"
"""Its status is 404, of which the browser's console tells."""
VIEWS = (
    AROUND,
    "/timeline?name=zhipu",
    "/ranking?name=id:china-maas-market",
    "/ranking",
    "/compare?name=zhipu&name=minimax",
    "/compare",
    UNKNOWN,
    "/timeline?as-of=2025-06-30",
    "/card?name=GLM-4.6",
    "/report?name=src:netease-2026-01-06",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server") / "log") as running:
        yield running


@pytest.fixture
def visit(chromium: Browser, server: Server) -> Iterator[Visit]:
    """Open an address; at the end nothing may have gone wrong, nor been asked of anyone else."""
    watched: list[tuple[Page, Seen, str]] = []
    contexts: list[BrowserContext] = []

    def _visit(
        path: str,
        *,
        width: int = 1400,
        height: int = 900,
        at: Server = server,
        trouble: bool = False,
        **how: Any,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **how
        )
        contexts.append(context)
        context.add_init_script(VIOLATIONS)
        page = context.new_page()
        seen = Seen()
        if not trouble:
            seen.watch(page)
            watched.append((page, seen, at.address))
        # A day that nobody asked for before is compiled first, on a busy machine for a while.
        page.goto(at.address.rstrip("/") + path, timeout=120_000)
        return page

    yield _visit
    violations = [page.evaluate("window.violations") for page, _, _ in watched]
    for context in contexts:
        context.close()
    for _, seen, address in watched:
        elsewhere = [url for url in seen.requests if not url.startswith(address)]
        assert (elsewhere, seen.console, seen.errors, seen.dialogs) == ([], [], [], [])
    assert violations == [[]] * len(watched)


def ready(page: Page) -> Page:
    page.wait_for_selector("html[data-ready]", state="attached")
    return page


def places(page: Page) -> dict[str, tuple[float, float]]:
    """Where each thing of the page's own data stands, by name, as JSON that it saves tells."""
    with page.expect_download() as download:
        page.click("#save-json")
    data = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    columns = data["columns"]["things"]
    rows = [dict(zip(columns, row, strict=False)) for row in data["things"]]
    return {data["terms"][row["term"]][0]: (row["x"], row["y"]) for row in rows}


def heading(page: Page) -> str:
    return page.locator("#panel h2").inner_text()


def fragment(page: Page) -> str:
    page.wait_for_timeout(400)  # the address is written when things have come to rest
    return unquote(str(page.evaluate("location.hash")))


def grown(page: Page, steps: int) -> None:
    page.wait_for_selector(f'html[data-grown="{steps}"]', state="attached")


@pytest.mark.parametrize("path", VIEWS)
def test_there_is_nothing_to_complain_of(visit: Visit, complaints: Complaints, path: str) -> None:
    page = visit(path, trouble=path == UNKNOWN)
    page.locator("h1").wait_for()
    if page.locator("#picture").count():
        ready(page)
    # What is folded away is looked at as well.
    for summary in page.locator(".view-bar summary").all():
        summary.click()
    # The rule is about text that is clipped as this is, but scrolls under the header as it should.
    assert complaints(page) == []


@pytest.mark.parametrize("path", VIEWS)
def test_a_phone_shows_all_of_it(visit: Visit, path: str) -> None:
    page = visit(path, width=390, height=844, trouble=path == UNKNOWN)
    page.locator("h1").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("nav").first.is_visible()


def test_the_server_is_asked_for_neighbours(visit: Visit) -> None:
    page = ready(visit(AROUND))
    assert heading(page) == "Zhipu"
    told = page.locator(".expansion").inner_text()
    here, all_ = _counts(told)
    before = places(page)
    button = page.get_by_role("button", name="Add 25 more")
    button.focus()
    page.keyboard.press("Enter")
    grown(page, 1)
    # Who uses the keyboard goes on where they were.
    page.wait_for_selector(".expansion button:focus")
    assert page.locator("#live").inner_text().startswith("25 things came, with ")
    after = places(page)
    # What was there stands where it stood, and nothing new on top of it.
    assert {name: after[name] for name in before} == before
    assert len(after) == len(before) + 25
    assert len(set(after.values())) == len(after)
    assert all(x is not None and y is not None for x, y in after.values())
    assert _counts(page.locator(".expansion").inner_text()) == (here + 25, all_)
    # The next ones are others.
    page.press(".expansion button", "Enter")
    grown(page, 2)
    assert len(places(page)) == len(before) + 50


def _counts(told: str) -> tuple[int, int]:
    words = told.split()
    return int(words[0]), int(words[2])


def test_what_came_can_be_read_down_to_the_triples(visit: Visit) -> None:
    page = ready(visit(AROUND))
    before = set(places(page))
    page.get_by_role("button", name="Add 25 more").click()
    grown(page, 1)
    (name, *_) = sorted(set(places(page)) - before)
    page.fill("#search", name.partition(":")[2])
    page.press("#search", "Enter")
    page.locator("#panel .iri", has_text=name).wait_for()
    assert page.locator("#panel section").count() > 0
    page.click("#show-links")
    row = page.locator("#list tbody tr").filter(has_text=heading(page)).first
    row.locator("button").first.click()
    page.locator("#panel").get_by_text("independent source").or_(
        page.locator("#panel").get_by_text("no source")
    ).first.wait_for()
    page.get_by_role("button", name="RDF").click()
    assert "GRAPH " in page.locator("#rdf").inner_text()


def test_a_passage_is_named_in_full_among_the_triples(visit: Visit) -> None:
    page = ready(visit("/network?name=GLM-4.6&depth=1#e=id:zhipu&e=fs:develops&e=id:glm-4.6&x=1"))
    text = page.locator("#rdf").inner_text()
    assert re.search(r"GRAPH <https://w3id.org/factscape/source/[\w-]+#p\d+> ", text), text
    assert "  id:zhipu fs:develops id:glm-4.6 ." in text


def test_a_link_brings_back_what_grew(visit: Visit) -> None:
    page = ready(visit(AROUND))
    page.get_by_role("button", name="Add 25 more").click()
    grown(page, 1)
    first = places(page)
    chosen = sorted(first)[-1]
    page.fill("#search", chosen.partition(":")[2])
    page.press("#search", "Enter")
    name, where = heading(page), fragment(page)
    assert "g=25 id:zhipu" in where.replace("+", " ")
    again = ready(visit(AROUND + page.evaluate("location.hash")))
    again.wait_for_selector("html[data-restored]", state="attached")
    assert places(again) == first
    assert heading(again) == name
    assert fragment(again) == where


def test_a_link_brings_back_a_few_that_came(visit: Visit) -> None:
    before = len(places(ready(visit(AROUND))))
    page = ready(visit(AROUND + "#s=id:zhipu&g=6+id:zhipu"))
    page.wait_for_selector("html[data-restored]", state="attached")
    assert len(places(page)) == before + 6


def test_what_goes_wrong_is_said(visit: Visit) -> None:
    page = ready(visit(AROUND, trouble=True))
    before = places(page)
    page.route("**/network.json?*", lambda route: route.abort())
    page.get_by_role("button", name="Add 25 more").click()
    page.locator(".expansion .disputed").wait_for()
    assert "the server does not answer" in page.locator("#live").inner_text()
    assert places(page) == before
    page.unroute("**/network.json?*")
    page.get_by_role("button", name="Add 25 more").click()
    grown(page, 1)
    assert len(places(page)) == len(before) + 25


def test_an_address_that_nobody_wrote_breaks_nothing(visit: Visit) -> None:
    steps = "".join(
        f"&g={one}" for one in ("%E0", "25", "999 nothing", "1 x" + "y" * 3000, "0 id:zhipu")
    )
    page = ready(visit(AROUND + f"#s=id:zhipu{steps}", trouble=True))
    page.wait_for_selector("html[data-restored]", state="attached")
    assert "Nothing was added" in page.locator("#live").inner_text()
    assert heading(page) == "Zhipu"


@pytest.mark.parametrize(
    ("path", "link", "leads"),
    [
        (AROUND, "Its page", "/thing/id/zhipu"),
        (AROUND, "Network around it", "/network?depth=1&name=id%3Azhipu"),
        (AROUND, "Timeline", "/timeline"),
        (AROUND, "Factscape", "/"),
        ("/timeline?lang=zh", "关系网络", "/network?lang=zh"),
        (UNKNOWN, "Zhipu", "/network?name=Zhipu"),
        ("/ranking", "enterprise LLM API market", "/ranking?name=id%3Aenterprise-llm-api-market"),
        ("/compare", "Anthropic", "/compare?name=id%3Aanthropic"),
        (AROUND, "中文", "/network?name=zhipu&depth=1&limit=30&lang=zh"),
    ],
)
def test_links_lead_to_pages(
    visit: Visit, server: Server, path: str, link: str, leads: str
) -> None:
    page = visit(path, trouble=path == UNKNOWN)
    page.get_by_role("link", name=link, exact=True).first.click()
    page.locator("h1").wait_for()
    where = page.evaluate("location.pathname + location.search")
    assert where == leads
    assert server.get(leads).status_code == 200


def test_a_figure_leads_to_its_statement_and_source(visit: Visit) -> None:
    page = ready(visit(AROUND))
    figure = page.locator("#part-figures li a.site-link").first
    assert (figure.get_attribute("href") or "").startswith("/thing/claim/")
    where = page.locator("#part-figures .cite a.site-link").first
    assert (where.get_attribute("href") or "").startswith("/thing/source/")
    figure.click()
    page.locator("h1").wait_for()
    assert page.evaluate("location.pathname").startswith("/thing/claim/")


def test_a_mark_of_a_chart_leads_to_its_page(visit: Visit) -> None:
    page = ready(visit("/timeline?name=zhipu"))
    page.locator("#picture [data-id]").first.focus()
    page.keyboard.press("Enter")
    link = page.locator("#panel .site-links a").first
    link.wait_for()
    assert (link.get_attribute("href") or "").startswith("/thing/id/")


def test_names_are_found_while_they_are_typed(visit: Visit) -> None:
    page = visit("/compare")
    first, second, *_ = page.locator("input[data-names]").all()
    for field, typed, name in ((first, "智谱", "Zhipu"), (second, "minimx", "MiniMax")):
        field.press_sequentially(typed)
        page.get_by_role("option").filter(has_text=name).first.wait_for()
        field.press("ArrowDown")
        field.press("Enter")
        assert field.input_value() == name
    second.press("Enter")
    ready(page)
    assert page.locator("h1").inner_text() == "Compared: Zhipu · MiniMax"
    assert page.evaluate("location.search") == "?name=Zhipu&name=MiniMax"


def test_a_form_changes_the_view(visit: Visit) -> None:
    page = ready(visit("/timeline?name=zhipu"))
    page.locator(".view-bar summary").click()
    page.get_by_label("Since").fill("2025")
    page.get_by_label("Since").press("Enter")
    ready(page)
    assert page.evaluate("location.search") == "?name=Zhipu&since=2025"


def test_the_other_language_keeps_what_was_chosen(visit: Visit) -> None:
    page = ready(visit(AROUND))
    page.get_by_role("button", name="Add 25 more").click()
    grown(page, 1)
    before, chosen = places(page), fragment(page)
    page.get_by_role("link", name="中文").click()
    page.wait_for_selector('html[lang="zh"][data-restored]', state="attached")
    assert set(places(page)) == set(before)
    assert heading(page) == "智谱"
    assert fragment(page) == chosen


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{}{{7*7}}'\"&#x3c;"


def test_hostile_names_run_nothing(visit: Visit, tmp_path: Path) -> None:
    quoted = json.dumps(HOSTILE)
    things = "".join(
        f"<urn:{name}> a fs:Company ; skos:prefLabel {quoted} ; fs:competesWith <urn:x> .\n"
        for name in "abcdefgh"
    )
    facts = tmp_path / "facts"
    facts.mkdir()
    (facts / "facts.trig").write_text(
        "PREFIX fs: <https://w3id.org/factscape/ontology#>\n"
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        f"<urn:x> a fs:Company ; skos:prefLabel {quoted} .\n{things}"
        "<javascript:alert(3)> a fs:Company ; skos:prefLabel 'odd' ; fs:competesWith <urn:x> .\n",
        encoding="utf-8",
    )
    with serving(tmp_path / "log", "--facts", str(facts)) as own:
        page = ready(visit("/network?name=urn:x&depth=1&limit=3", at=own))
        assert heading(page) == HOSTILE
        page.get_by_role("button", name="Add").click()
        grown(page, 1)
        assert len(places(page)) == 10
        hrefs = page.evaluate("[...document.querySelectorAll('a')].map((one) => one.protocol)")
        assert set(hrefs) == {"http:"}
        visit("/card?name=urn:a", at=own).locator("h1").wait_for()
        bad = visit(
            f"/network?name={HOSTILE.replace('&', '%26').replace('#', '%23')}", at=own, trouble=True
        )
        bad.locator("[role=alert]").wait_for()
        assert bad.evaluate("document.querySelectorAll('img').length") == 0
