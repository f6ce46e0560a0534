"""A published site in a real browser: from the disk, and from a plain file server under a path."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import VIOLATIONS, Complaints, Seen
from tests.browser.test_bad_input import HOSTILE, hostile_facts

from factscape.opening import open_facts
from factscape.web.looking.pages import hits
from factscape.web.publishing import publish

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


Visit = Callable[..., "Page"]

PART = re.compile("netease|zhipu|anthropic|moonshot|minimax")
_RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


class Quiet(SimpleHTTPRequestHandler):
    """A plain file server that keeps its log to itself."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def part() -> list[str]:
    """All bundled things, the article, and what sources about a few makers say."""
    facts = Path(__file__).parents[2] / "facts"
    found = [path for path in (facts / "sources").rglob("*.trig") if PART.search(path.name)]
    assert len(found) > 50
    return [str(facts / "things"), *sorted(map(str, found))]


@pytest.fixture(scope="module")
def site(part: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("web") / "some" / "path"
    publish(root, part)
    return root


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    handler = partial(Quiet, directory=str(site.parents[1]))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/some/path/"
        server.shutdown()
        thread.join()


@pytest.fixture(params=["disk", "server"])
def base(request: pytest.FixtureRequest, site: Path, address: str) -> str:
    return f"{site.as_uri()}/" if request.param == "disk" else address


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visit]:
    """Open a page; at the end nothing may have gone wrong, nor anything been asked of elsewhere."""
    watched: list[tuple[Page, Seen]] = []
    contexts: list[BrowserContext] = []

    def _visit(where: str, *, width: int = 1200, **how: Any) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            offline=where.startswith("file:"),
            reduced_motion="reduce",
            **how,
        )
        contexts.append(context)
        context.add_init_script(VIOLATIONS)
        page = context.new_page()
        seen = Seen()
        seen.watch(page)
        watched.append((page, seen))
        page.goto(where)
        return page

    yield _visit
    violations = [page.evaluate("window.violations") for page, _ in watched]
    for context in contexts:
        context.close()
    for _, seen in watched:
        seen.requests = [url for url in seen.requests if not url.startswith(address)]
    assert [seen for _, seen in watched] == [Seen()] * len(watched)
    assert violations == [[]] * len(watched)


def ask(page: Page, text: str) -> None:
    page.evaluate("text => { location.hash = String(new URLSearchParams({query: text})); }", text)


def answered(page: Page, text: str, status: str) -> None:
    from playwright.sync_api import expect

    ask(page, text)
    expect(page.locator("#ask-status")).to_contain_text(re.compile(status), timeout=20_000)


def test_a_newcomer_finds_who_says_what_and_where(visit: Visit, base: str) -> None:
    page = visit(base + "index.html")
    page.fill("#q", "智譜")
    page.locator("#found [role=option]", has_text="Zhipu").first.click()
    page.wait_for_url("**/id/zhipu.html")
    # What Zhipu lost in 2024, as the article prints it, in which paragraph, and where to read it.
    page.goto(base + "claim/netease-2026-01-06.p45.zhipu.net-loss.2024.html")
    text = page.inner_text("main")
    for said in ("29.58億元", "45", "2024", "2.958 billion"):
        assert said in text, said
    # Who disagrees on the half year after it.
    page.goto(base + "claim/netease-2026-01-06.p45.zhipu.net-loss.2025-h1.html")
    text = page.inner_text("main")
    for said in ("23.58億元", "1.752 billion", "inconsistent"):
        assert said in text, said
    assert page.locator("main a[href^='http']").count() >= 1
    page.click("header a[hreflang=zh]")
    page.wait_for_url("**/zh/claim/**")
    assert "净亏损" in page.inner_text("main")


def test_the_way_leads_by_links_alone(visit: Visit, base: str) -> None:
    page = visit(base + "id/zhipu.html")
    page.locator("main summary, main h3", has_text="net loss").first.click()
    page.locator("main a[href*='claim/']:visible", has_text="2.958 billion").first.click()
    page.wait_for_url("**/claim/**")
    assert "2024" in page.inner_text("main")
    page.locator("main a[href*='source/']").first.click()
    page.wait_for_url("**/source/**")


VIEWS = (
    *("network.html#s=id:zhipu", "timeline.html", "compare.html", "ranking/metric/net-loss.html"),
    *("timeline/id/zhipu.html", "report/source/netease-2026-01-06.html"),
)


def test_views_are_drawn_and_lead_back(visit: Visit, base: str) -> None:
    page = visit(base + "index.html")
    for name in VIEWS:
        page.goto(base + name)
        page.wait_for_selector("html[data-ready]", state="attached")
        assert page.locator("canvas, svg").count() >= 1, name
    page.get_by_role("link", name="Factscape").first.click()
    page.wait_for_url("**/index.html")


def test_the_query_page_answers(visit: Visit, base: str) -> None:
    from playwright.sync_api import expect

    lang = "zh/" if base.startswith("http") else ""
    page = visit(f"{base}{lang}query/finances.html")
    rows = page.locator("#ask-result tbody tr")
    expect(rows.filter(has_text="29.58億元").first).to_be_visible(timeout=20_000)
    page.fill("#set-company", "MiniMax")
    page.fill("#set-metric", "净亏损")
    page.keyboard.press("Enter")
    expect(rows.filter(has_text="465").first).to_be_visible()
    assert rows.filter(has_text="29.58億元").count() == 0
    link = page.locator("#ask-result tbody a", has_text="MiniMax").first
    assert (link.get_attribute("href") or "").endswith(f"{lang}id/minimax.html")


def test_a_runaway_query_is_stopped_and_the_next_one_answered(visit: Visit, base: str) -> None:
    page = visit(base + "query.html")
    answered(page, "SELECT ?name { id:zhipu skos:prefLabel ?name }", "^2 ")
    ask(page, _RUNAWAY)
    page.click("#ask-stop")
    answered(page, "ASK { id:zhipu a fs:Company }", "Yes")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT ?n {\n id:zhipu skos:prefLabel }", "expected"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "not supported"),
        (
            "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } } LIMIT 2",
            "not supported|row",
        ),
        ("LOAD <file:///etc/passwd>", "nothing can be changed"),
        ("DELETE WHERE { ?s ?p ?o }", "nothing can be changed"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "no row"),
        ("SELECT nothing", "expected"),
    ],
)
def test_what_a_query_may_not_do_is_said(visit: Visit, site: Path, query: str, said: str) -> None:
    from playwright.sync_api import expect

    page = visit(f"{site.as_uri()}/query.html")
    ask(page, query)
    place = page.locator("#ask-error, #ask-result", has_text=re.compile(said))
    expect(place.first).to_be_visible(timeout=20_000)


def test_answers_are_taken_along(visit: Visit, site: Path) -> None:
    page = visit(f"{site.as_uri()}/query.html")
    answered(page, "SELECT ?name { id:zhipu skos:prefLabel ?name } ORDER BY ?name", "^2 ")
    page.click("#ask-save summary")
    with page.expect_download() as caught:
        page.locator("#ask-formats button", has_text="CSV").click()
    text = caught.value.path().read_text(encoding="utf-8")
    assert text.split() == ["name", "Zhipu", "智谱"]


ASKED = (
    *(
        "智譜",
        "智谱华章",
        "zhipu",
        "zp",
        "zpai",
        "Z.ai",
        "antropic",
        "Anthropik",
        "kimi",
        "glm 4 6",
    ),
    *("ＧＬＭ-4.6", "net loss", "jingkuisun", "净亏损", "crédit", "2513.HK", "id:zhipu", "openai"),
    *("https://w3id.org/factscape/id/zhipu", "deepseek", "yuezhianmian", "港交所", "maas"),
)


def test_search_without_a_server_finds_what_the_server_finds(
    visit: Visit, site: Path, part: list[str]
) -> None:
    page = visit(f"{site.as_uri()}/index.html")
    with open_facts(part) as facts:
        for text in ASKED:
            wanted = [hit.iri for hit in facts.names.search(text, 20)]
            found = page.evaluate(
                "async (text) => (await factscape.find(text)).map((one) => one.iri)", text
            )
            # Farther down typos and parts of pinyin may come in another order.
            assert found[:1] == wanted[:1], text


MEANT = (
    *("Zhipu net loss 2024", "net loss of Zhipu in 2024", "智谱2024年净亏损"),
    *(
        "revenue of Anthropic",
        "Anthropic valuation",
        "月之暗面估值",
        "净亏损 智譜",
        "xyz abc",
    ),
)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_thing_and_a_metric_are_found_without_a_server_too(
    visit: Visit, site: Path, part: list[str], lang: str
) -> None:
    told = ("iri", "en", "zh", "name", "reason", "kind")
    page = visit(f"{site.as_uri()}/{'zh/' if lang == 'zh' else ''}index.html")
    with open_facts(part) as facts:
        for text in MEANT:
            wanted = hits(facts, {"q": text, "lang": lang})["hits"]
            found = page.evaluate("(text) => factscape.find(text)", text)
            assert [[hit[name] for name in told] for hit in found] == [
                [hit[name] for name in told] for hit in wanted
            ], text


def test_what_was_found_is_told_as_a_server_tells_it(visit: Visit, base: str) -> None:
    from playwright.sync_api import expect

    page = visit(base + "zh/search.html?q=智谱2024年净亏损")
    page.wait_for_selector(".hits li")
    assert page.inner_text("h1") == "搜索：智谱2024年净亏损"
    [ours] = (text for text in page.locator(".hits li").all_inner_texts() if "¶45" in text)
    assert re.match(r"智谱：净亏损，2024年：29\.58亿元\s+原文写法：29\.58億元 · ", ours)
    page.locator(".hits a").first.click()
    page.wait_for_url("**/zh/claim/*.html")
    page = visit(base + "zh/search.html?q=antropic")
    expect(page.locator(".hits li").first).to_contain_text("近似拼写")


def test_a_search_is_a_page_too(visit: Visit, base: str) -> None:
    page = visit(base + "zh/index.html")
    page.fill("#q", "zhipu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh/search.html?q=zhipu*")
    page.locator("#hits a").first.click()
    page.wait_for_url("**/zh/id/zhipu.html")
    assert page.inner_text("h1") == "智谱"


PAGES = (
    *("index.html", "id/zhipu.html", "sources.html", "conflicts.html", "about.html", "query.html"),
    *("search.html?q=zhipu", "zh/metric/net-loss.html", "source/netease-2026-01-06.html"),
)


def test_axe_finds_nothing(visit: Visit, complaints: Complaints, site: Path) -> None:
    page = visit(f"{site.as_uri()}/index.html")
    for name in PAGES:
        page.goto(f"{site.as_uri()}/{name}")
        page.locator("footer a[href$='about.html']").wait_for()
        # It would fetch the styles once more, which the policy does not let it.
        found = complaints(page, preload=False)
        assert not found, (name, found)


def test_nothing_is_wider_than_a_phone(visit: Visit, site: Path) -> None:
    page = visit(f"{site.as_uri()}/index.html", width=360)
    for name in PAGES:
        page.goto(f"{site.as_uri()}/{name}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, (name, width)


def test_hostile_names_run_nothing(visit: Visit, tmp_path: Path) -> None:
    facts, root = tmp_path / "facts.trig", tmp_path / "site"
    prefixes = "".join(
        f"PREFIX {name}: <{iri}>\n"
        for name, iri in {
            "fs": "https://w3id.org/factscape/ontology#",
            "id": "https://w3id.org/factscape/id/",
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "schema": "https://schema.org/",
            "dct": "http://purl.org/dc/terms/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        }.items()
    )
    facts.write_text(
        prefixes + "".join(hostile_facts(name, text) for name, text in HOSTILE.items()),
        encoding="utf-8",
    )
    publish(root, [str(facts)])
    page = visit(f"{root.as_uri()}/index.html")
    own = [
        path
        for path in sorted(root.rglob("*.html"))
        if not {"query", "metric", "unit", "ontology", "period"} & set(path.relative_to(root).parts)
    ]
    assert len(own) > 60
    for path in own[::5]:
        page.goto(path.as_uri())
        assert page.evaluate("window.ran") is None, path
        assert page.locator("a[href^='javascript:']").count() == 0, path
    page.goto(f"{root.as_uri()}/index.html")
    for text in ("B", "script", "window.ran"):
        page.fill("#q", text)
        page.locator("#found [role=option]").first.wait_for()
        assert page.evaluate("window.ran") is None
    page.goto(f"{root.as_uri()}/query.html")
    answered(page, "SELECT ?o { ?s skos:prefLabel ?o }", r"\d+ rows")
    assert page.evaluate("window.ran") is None


def test_without_scripts_everything_can_be_read(visit: Visit, site: Path) -> None:
    page = visit(f"{site.as_uri()}/index.html", java_script_enabled=False)
    page.locator("main a[href$='id/zhipu.html']").first.click()
    assert json.dumps(page.inner_text("h1")) == '"Zhipu"'
