"""The explorer in a real browser, over a real server: every kind of page, and how one gets about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import VIOLATIONS, Complaints, Seen
from tests.web.conftest import Server, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

WIDE, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}

PAGES = {
    "home": "/",
    "home in Chinese": "/?lang=zh",
    "search": "/search?q=zhipu",
    "things": "/things?kind=Company",
    "metrics": "/metrics",
    "sources": "/sources?reliability=A",
    "conflicts": "/conflicts?class=strained",
    "thing": "/thing/id/zhipu",
    "thing in Chinese": "/thing/id/idc?lang=zh",
    "event": "/thing/id/zhipu-ipo-2026",
    "metric": "/thing/metric/net-loss",
    "source": "/thing/source/netease-2026-01-06",
    "figure": "/thing/claim/netease-2026-01-06.p45.zhipu.net-loss.2024",
    "relation": "/thing/claim/zhipu-glm-4.5-readme.zhipu.develops.glm-4.7",
    "opinion": "/thing/claim/netease-2026-01-06.p8.jia-yi.opinion.profit-in-focus",
    "clocks": "/thing/id/anthropic?known-by=2025-06&in=CNY",
    "wrong": "/things?kind=Unicorn",
}

Visit = Callable[..., "Page"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("site") / "log") as running:
        yield running


@pytest.fixture
def visit(chromium: Browser, site: Server) -> Iterator[Visit]:
    """Open an address; at the end the console is empty, and nobody but the server was asked."""
    contexts: list[BrowserContext] = []
    watched: list[tuple[Page, Seen, str]] = []

    def _visit(address: str, *, server: Server = site, viewport: Any = WIDE, **how: Any) -> Page:
        context = chromium.new_context(viewport=viewport, reduced_motion="reduce", **how)
        contexts.append(context)
        context.add_init_script(VIOLATIONS)
        page = context.new_page()
        seen = Seen()
        seen.watch(page)
        watched.append((page, seen, server.address))
        # A day that nobody asked for before is compiled first, on a busy machine for a while.
        page.goto(server.address.rstrip("/") + address, timeout=120_000)
        return page

    yield _visit
    violations = [page.evaluate("window.violations ?? []") for page, _, _ in watched]
    for context in contexts:
        context.close()
    for _, seen, address in watched:
        # The browser tells of every page that says what was wrong with its address.
        assert [line for line in seen.console if "status of 400" not in line] == []
        assert (seen.errors, seen.dialogs) == ([], [])
        assert [url for url in seen.requests if not url.startswith(address)] == []
    assert violations == [[]] * len(watched)


def fold_out(page: Page) -> None:
    """Open what is folded: what is closed is not looked at by anybody."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def too_wide(page: Page) -> int:
    found: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit: Visit, complaints: Complaints, name: str) -> None:
    page = visit(PAGES[name])
    fold_out(page)
    assert complaints(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_needs_no_scrolling_sideways(visit: Visit, name: str) -> None:
    page = visit(PAGES[name], viewport=PHONE)
    assert too_wide(page) <= 0
    fold_out(page)
    assert too_wide(page) <= 0


def test_a_conflict_in_both_themes_and_on_a_phone(
    visit: Visit, complaints: Complaints, site: Server
) -> None:
    groups = site.get("/conflicts.json?thing=zhipu").json()["groups"]
    most = max(groups, key=lambda group: len(group["sides"]))
    page = visit(f"/conflict/{most['name']}", viewport=PHONE)
    fold_out(page)
    assert too_wide(page) <= 0
    assert complaints(page) == []
    assert page.locator(".sides li").count() == len(most["sides"])


@pytest.mark.parametrize("words", ["智譜", "zhipu"])
def test_search_as_one_types_by_keyboard(visit: Visit, words: str) -> None:
    page = visit("/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type(words)
    first = page.locator("#found [role=option]").first
    first.wait_for()
    assert "Zhipu" in first.inner_text()
    assert page.get_attribute("#q", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert first.get_attribute("aria-selected") == "true"
    assert page.get_attribute("#q", "aria-activedescendant") == first.get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thing/id/zhipu")
    assert "Zhipu" in page.inner_text("h1")


def test_search_lets_go(visit: Visit) -> None:
    page = visit("/?lang=zh&known-by=2026")
    page.locator("#q").press_sequentially("anthropic")
    page.locator("#found [role=option]").first.wait_for()
    page.keyboard.press("ArrowUp")
    last = page.locator("#found [role=option]").last
    assert last.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#q", "aria-activedescendant") is None
    page.keyboard.press("Escape")
    page.locator("#found").wait_for(state="hidden")
    # What is typed counts where nothing is chosen; the language and the clocks go with it.
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=anthropic&lang=zh&known-by=2026")
    page.locator("#q").press_sequentially(" zzzzqqq")
    page.locator("#found").wait_for(state="hidden")
    assert page.evaluate("document.documentElement.lang") == "zh"


def test_a_newcomer_finds_what_zhipu_lost(visit: Visit) -> None:
    """What was lost in 2024, who disagrees, and of each source paragraph, figure and link."""
    page = visit("/")
    page.fill("#q", "智譜")
    page.locator("#found [role=option]").first.click()
    page.wait_for_url("**/thing/id/zhipu")
    loss = page.locator("details#net-loss")
    loss.locator("summary").click()
    row = loss.locator("tr", has_text="29.58億元")
    assert "2024" in row.inner_text() and "¶45" in row.inner_text()
    row.locator("a.value").click()
    page.wait_for_url("**/thing/claim/**")
    said = page.inner_text("main")
    for part in ("29.58億元", "paragraph 45", "Dongcaidi", "Beside other sources"):
        assert part in said
    # What others say of the same year stands there, and each leads to the page that it was read from.
    away = page.locator("table a.away")
    assert away.count() >= 1
    assert (away.first.get_attribute("href") or "").startswith("https://")
    page.go_back()
    # The line is still open.
    page.locator("details#net-loss a.disputed").first.click()
    page.wait_for_url("**/conflict/zhipu.net-loss.*")
    assert page.locator(".sides li").count() >= 2
    assert "inconsistent" in page.inner_text("main")


def test_a_linked_line_is_open(visit: Visit) -> None:
    page = visit("/thing/id/zhipu#net-loss")
    assert page.evaluate("document.getElementById('net-loss').open")
    assert visit("/thing/id/zhipu#%E0%A4%A").locator("h1").inner_text().strip() == "Zhipu"


def test_a_citation_is_copied(visit: Visit) -> None:
    allowed = {"permissions": ["clipboard-read", "clipboard-write"]}
    page = visit(PAGES["figure"], **allowed)
    page.locator(".facts button.copy").click()
    page.locator(".facts button.copy", has_text="✓").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.inner_text(".facts .citation").strip()
    for part in ("Dongcaidi", "2026-01-06", "¶45", "29.58億元"):
        assert part in copied
    other = page.locator("table button.copy").first
    other.click()
    page.locator("table button.copy", has_text="✓").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "2.958 billion" in copied and copied.rpartition(". ")[2].startswith("https://")


def test_the_clocks_are_set_by_a_form(visit: Visit) -> None:
    page = visit("/thing/id/anthropic?lang=en")
    page.locator(".clocks summary").click()
    page.fill("#known-by", "2025-06-30")
    page.locator(".clocks button").click()
    page.wait_for_url("**known-by=2025-06-30**")
    assert "sources issued later" in page.inner_text(".note")
    page.locator("nav a", has_text="Sources").first.click()
    page.wait_for_url("**/sources?**known-by=2025-06-30")
    assert "sources issued later" in page.inner_text(".note")
    page.locator(".note a").click()
    page.wait_for_url("**/sources?lang=en")
    assert page.locator(".note").count() == 0


def test_the_way_past_the_bar(visit: Visit) -> None:
    page = visit("/thing/id/zhipu")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    # Whatever has the focus shows it.
    page.locator("main a").first.focus()
    page.keyboard.press("Tab")
    width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert width == "3px"


def test_without_scripts_everything_is_there(visit: Visit) -> None:
    page = visit("/", java_script_enabled=False)
    page.fill("#q", "zhipu")
    page.locator("form.search button").click()
    page.wait_for_url("**/search?q=zhipu**")
    page.locator("main .hits a").first.click()
    page.locator("details#net-loss summary").click()
    assert page.locator("details#net-loss tr", has_text="29.58億元").is_visible()


HOSTILE = """
PREFIX fs: <https://w3id.org/factscape/ontology#>
PREFIX id: <https://w3id.org/factscape/id/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX schema: <https://schema.org/>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX metric: <https://w3id.org/factscape/metric/>
PREFIX period: <https://w3id.org/factscape/period/>
PREFIX unit: <https://w3id.org/factscape/unit/>
id:bad a fs:Company ; skos:prefLabel "BAD"@en, "BAD"@zh ; skos:altLabel "bad company" .
<https://w3id.org/factscape/source/s> a fs:Source ; dct:title "BAD" ; schema:url <javascript:alert(1)> ;
  dct:issued "BAD" ; fs:reliability "BAD" .
<https://w3id.org/factscape/source/t> a fs:Source ; dct:title "other" ; dct:publisher id:bad .
GRAPH <https://w3id.org/factscape/source/s> {
  <https://w3id.org/factscape/claim/a> a fs:Observation ; fs:of id:bad ; fs:metric metric:net-loss ;
    fs:value 5 ; fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "BAD" ; fs:scope "BAD" .
  <https://w3id.org/factscape/claim/o> a fs:Opinion ; fs:statedBy id:bad ; fs:concerns id:bad ; fs:says "BAD"@en .
}
GRAPH <https://w3id.org/factscape/source/t> {
  <https://w3id.org/factscape/claim/b> a fs:Observation ; fs:of id:bad ; fs:metric metric:net-loss ;
    fs:value 9 ; fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "BAD" ; fs:scope "BAD" .
}
"""
BAD = "</title></script><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}' onload='alert(1)"


def test_hostile_labels_run_nothing(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "facts.trig"
    file.write_text(HOSTILE.replace("BAD", BAD), encoding="utf-8")
    with serving(tmp_path / "log", "--facts", str(file)) as running:
        [group] = running.get("/conflicts.json").json()["groups"]
        paths = ["/", "/things", "/sources", "/metrics", "/conflicts", "/thing/id/bad"]
        paths += ["/thing/source/s", "/thing/claim/a", "/thing/claim/o", "/thing/metric/net-loss"]
        paths += [f"/conflict/{group['name']}", "/search?q=" + "%3Cscript%3Ealert(1)"]
        for path in paths:
            page = visit(path, server=running)
            assert page.locator("main script, main img").count() == 0, path
            assert page.locator("[onload], [onerror]").count() == 0, path
            hrefs: list[str] = page.evaluate("[...document.links].map((one) => one.protocol)")
            assert set(hrefs) <= {"http:"}, path
            assert "49" not in page.inner_text("h1")
        page = visit("/", server=running)
        page.locator("#q").press_sequentially("bad")
        option = page.locator("#found [role=option]").first
        option.wait_for()
        assert "<script>" in option.inner_text()
