"""The query page in a real browser, over a real server: what somebody does there, and what it looks like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import VIOLATIONS, Complaints, Seen
from tests.web.conftest import Server, eventually, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PHONE = (390, 844)
EDITOR = "#ask-editor .cm-content"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

Visit = Callable[..., "Page"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("site") / "log", "--timeout", "60") as running:
        yield running


@pytest.fixture
def visit(chromium: Browser, site: Server) -> Iterator[Visit]:
    """Open an address of the site; at the end the console is empty and nobody else was asked."""
    contexts: list[BrowserContext] = []
    watched: list[tuple[Page, Seen]] = []

    def _visit(
        address: str, *, phone: bool = False, ready: bool = True, trouble: bool = False, **how: Any
    ) -> Page:
        width, height = PHONE if phone else (1400, 900)
        context = chromium.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **how
        )
        contexts.append(context)
        context.add_init_script(VIOLATIONS)
        page = context.new_page()
        seen = Seen()
        seen.watch(page)
        if not trouble:
            watched.append((page, seen))
        page.goto(site.address.rstrip("/") + address)
        if ready:
            page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield _visit
    violations = [page.evaluate("window.violations ?? []") for page, _ in watched]
    for context in contexts:
        context.close()
    for _, seen in watched:
        # An answer that says what is wrong with a query is no trouble of the page's.
        assert [line for line in seen.console if "status of 40" not in line] == []
        assert (seen.errors, seen.dialogs) == ([], [])
        assert [url for url in seen.requests if not url.startswith(site.address)] == []
    assert violations == [[]] * len(watched)


def write(page: Page, text: str) -> None:
    """Write a query over what stands in the editor, as somebody who pastes it."""
    page.locator(EDITOR).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("Escape")


def ask(page: Page, text: str) -> None:
    write(page, text)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#ask-result[aria-busy=false] table")


def rows(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('#ask-result tbody tr')].map("
        "(row) => [...row.cells].map((cell) => cell.innerText.trim()))"
    )
    return found


def written(page: Page) -> str:
    return "\n".join(
        line for line in page.locator(f"{EDITOR} .cm-line").all_inner_texts() if line.strip()
    )


def test_what_zhipu_lost_is_drawn_and_told(visit: Visit) -> None:
    page = visit("/query?name=zhipu-losses")
    assert "17" in page.inner_text("#ask-status")
    assert ["2024", "29.58億元", "2,958,000,000", "yuan"] in [row[:4] for row in rows(page)]
    assert page.get_attribute("#ask-result", "data-view") == "chart"
    picture = page.locator(".ask-picture svg[role=img]")
    assert "value" in (picture.get_attribute("aria-label") or "")
    dots = picture.locator(".ask-dots path")
    assert dots.count() == 17
    assert "2,958,000,000" in " ".join(dots.locator("title").all_text_contents())


@pytest.mark.parametrize(
    ("name", "view"),
    [("finances", "chart"), ("investors", "network"), ("what-happened", "timeline")],
)
def test_views_are_there(visit: Visit, name: str, view: str) -> None:
    page = visit(f"/query?name={name}")
    assert page.get_attribute("#ask-result", "data-view") == view
    picture = page.locator(".ask-picture svg").last
    picture.scroll_into_view_if_needed()
    assert colours(picture.screenshot()) > 20
    page.click("[data-view=table]")
    page.wait_for_selector("[data-view=table][aria-pressed=true]")
    assert page.locator(".ask-picture svg").count() == 0
    assert "view=table" in page.url
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert page.get_attribute("#ask-result", "data-view") == "table"


def colours(png: bytes) -> int:
    """Return how many different rows of pixels a picture has: a blank one has one."""
    import struct
    import zlib

    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    data, at = b"", 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + size]
        at += size + 12
    lines = zlib.decompress(data)
    step = len(lines) // height
    assert width
    return len({lines[i * step : (i + 1) * step] for i in range(height)})


def test_the_form_sets_parameters_by_search(visit: Visit) -> None:
    page = visit("/query?name=finances")
    page.click("#set-company")
    page.keyboard.insert_text("minimax")
    page.wait_for_selector("#set-company-offers li")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#set-company") == "id:minimax"
    page.click("#ask-named button[name=ask]")
    page.wait_for_selector("#ask-result td >> text=MiniMax")
    assert {row[0] for row in rows(page)} == {"MiniMax"}
    assert "set.company=id%3Aminimax" in page.url
    page.click("#ask-sparql summary")
    assert "VALUES $company { id:minimax }" in written(page)


def test_a_parameter_has_several_values(visit: Visit) -> None:
    page = visit("/query?name=finances&set.metric=net+loss&set.company=zhipu&set.company=minimax")
    assert {row[0] for row in rows(page)} == {"Zhipu", "MiniMax"}
    page.locator(".ask-field", has_text="company").locator("button").click()
    page.keyboard.insert_text("OpenAI")
    page.click("#ask-named button[name=ask]")
    page.wait_for_selector("#ask-status >> text=/rows/")
    assert eventually(lambda: page.evaluate("location.search").count("set.company=") == 3)
    assert page.locator(".ask-field", has_text="company").locator("input").count() == 3


def test_a_value_that_fits_nothing_is_told(visit: Visit) -> None:
    page = visit("/query?name=finances&set.company=qqqqqqqq")
    assert "qqqqqqqq" in page.inner_text("#ask-error")
    assert page.locator("#ask-result table").count() == 0


def test_classes_and_properties_are_completed(visit: Visit) -> None:
    page = visit("/query")
    write(page, "")
    page.keyboard.type("SELECT * { ?o a obs")
    page.locator(".cm-tooltip-autocomplete li >> text=fs:Observation").first.click()
    page.keyboard.type(" ; 指标")
    page.locator(".cm-tooltip-autocomplete li >> text=fs:metric").first.wait_for()
    page.keyboard.press("Escape")
    assert "?o a fs:Observation ; 指标" in written(page)


@pytest.mark.parametrize("name", ["智谱", "zhipu", "Z.ai"])
def test_things_are_completed_by_any_name(visit: Visit, name: str) -> None:
    page = visit("/query")
    write(page, "")
    page.keyboard.type(f"SELECT * {{ ?loss fs:of {name}")
    page.locator(".cm-tooltip-autocomplete li[aria-selected] >> text=id:zhipu").click()
    assert "?loss fs:of id:zhipu" in written(page)


def test_a_name_says_what_it_means(visit: Visit) -> None:
    page = visit("/query?lang=zh")
    write(page, "SELECT * { ?o fs:during ?period }")
    page.locator(".cm-line >> text=fs:during").last.hover()
    page.locator(".cm-about strong").wait_for()
    assert page.inner_text(".cm-about strong") == "期间"


def test_an_error_is_underlined_at_its_place(visit: Visit) -> None:
    page = visit("/query")
    write(page, "SELECT ?o {\n  ?o a fss:Observation\n}")
    page.keyboard.press("Control+Enter")
    page.locator("#ask-error strong").wait_for()
    assert page.inner_text("#ask-error strong") == "prefix fss: is not declared"
    assert "did you mean fs:?" in page.inner_text("#ask-error pre")
    assert page.locator("#ask-editor .cm-lintRange-error").inner_text() == "fss:Observation"
    page.click("#ask-error button")
    page.keyboard.type("x")
    assert "?o a xfss:Observation" in written(page)
    assert page.locator("#ask-editor .cm-lintRange-error").count() == 0


def test_a_query_can_be_stopped(visit: Visit, site: Server) -> None:
    page = visit("/query")
    eventually(lambda: len(site.workers()) >= 3)
    before = set(site.workers())
    write(page, SLOW)
    page.keyboard.press("Control+Enter")
    page.locator("#ask-stop").wait_for()
    assert eventually(lambda: site.get("/status").json()["running"] == 1)
    page.click("#ask-stop")
    page.locator("#ask-status >> text=Stopped.").wait_for()
    assert eventually(lambda: site.get("/status").json()["running"] == 0, 5)
    # The process that worked on it is gone, and another one in its place.
    assert eventually(lambda: len(before - set(site.workers())) == 1)
    assert eventually(lambda: len(site.workers()) == len(before))


def test_the_address_restores_what_was_asked(visit: Visit) -> None:
    page = visit("/query")
    text = 'SELECT ?name { id:zhipu skos:prefLabel ?name } # 50% & "x" 智谱'
    ask(page, text)
    assert "#query=" in page.url and page.url.partition("#")[0].endswith("/query")
    assert sorted(row[0] for row in rows(page)) == ["Zhipu en", "智谱 zh"]
    other = visit(page.url[page.url.index("/query") :])
    assert written(other) == text
    assert sorted(row[0] for row in rows(other)) == ["Zhipu en", "智谱 zh"]
    page.click("#ask-share")
    assert page.input_value("#ask-address") == page.url


@pytest.mark.parametrize("fragment", ["#query=%E0%A4%A", "#view=%", "#query=", "#&&=&="])
def test_a_fragment_that_is_broken_breaks_nothing(visit: Visit, fragment: str) -> None:
    page = visit(f"/query{fragment}")
    ask(page, "SELECT (1 AS ?n) {}")
    assert rows(page) == [["1"]]


def test_history_is_kept_and_cleared(visit: Visit) -> None:
    page = visit("/query")
    ask(page, "SELECT (1 AS ?first) {}")
    ask(page, "SELECT (2 AS ?second) {}")
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    page.click("#ask-history summary")
    page.wait_for_selector("#ask-past li")
    titles = page.locator("#ask-past li button").all_inner_texts()
    assert titles == ["SELECT (2 AS ?second) {}", "SELECT (1 AS ?first) {}"]
    page.click("#ask-past li button >> text=first")
    assert written(page) == "SELECT (1 AS ?first) {}"
    page.click("#ask-history summary")
    page.click("#ask-past p button")
    page.wait_for_selector("#ask-past >> text=Nothing has been asked")
    assert page.evaluate("localStorage.length") == 0


def test_without_storage_everything_else_works(visit: Visit) -> None:
    page = visit("/query")
    page.evaluate(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})"
    )
    ask(page, "SELECT (1 AS ?n) {}")
    assert rows(page) == [["1"]]
    page.click("#ask-history summary")
    page.wait_for_selector("#ask-past li")
    assert page.locator("#ask-past li").count() == 1


@pytest.mark.parametrize(
    ("query", "format", "holds"),
    [
        ("SELECT ?n { id:zhipu skos:prefLabel ?n }", "csv", "n\r\n"),
        ("SELECT ?n { id:zhipu skos:prefLabel ?n }", "json", '"bindings"'),
        ("SELECT ?n { id:zhipu skos:prefLabel ?n }", "xml", "<sparql"),
        ("CONSTRUCT { ?s a fs:Company } { ?s a fs:Company }", "ttl", "id:zhipu a fs:Company"),
        ("CONSTRUCT { ?s a fs:Company } { ?s a fs:Company }", "jsonld", '"@id"'),
    ],
)
def test_answers_are_downloaded(visit: Visit, query: str, format: str, holds: str) -> None:
    page = visit("/query")
    ask(page, query)
    page.click("#ask-save summary")
    name = {"ttl": "Turtle", "jsonld": "JSON-LD"}.get(format, format.upper())
    with page.expect_download() as waiting:
        page.locator("#ask-formats").get_by_role("button", name=name, exact=True).click()
    assert waiting.value.suggested_filename == f"factscape.{format}"
    assert holds in Path(waiting.value.path()).read_bytes().decode("utf-8")


def test_the_shape_of_an_answer_decides_how_it_is_shown(visit: Visit) -> None:
    page = visit("/query")
    ask(page, "CONSTRUCT { ?a fs:develops ?b } { ?a fs:develops ?b }")
    assert page.get_attribute("#ask-result", "data-view") == "network"
    assert page.locator(".ask-picture a[href='/thing/id/zhipu']").count() == 1
    ask(page, "SELECT ?event ?at { ?event a fs:InitialPublicOffering ; fs:at ?at }")
    assert page.get_attribute("#ask-result", "data-view") == "timeline"
    ask(page, "SELECT ?class (COUNT(*) AS ?n) { ?s a ?class } GROUP BY ?class")
    assert page.get_attribute("#ask-result", "data-view") == "chart"
    ask(page, "ASK { id:zhipu a fs:Company }")
    assert page.inner_text("#ask-status").startswith("Yes")


def test_other_units_are_not_drawn_beside(visit: Visit) -> None:
    page = visit("/query")
    values = "VALUES (?who ?value ?unit) { (id:a 1 unit:CNY) (id:b 2 unit:CNY) (id:c 3 unit:USD) }"
    ask(page, f"#+ view: chart\nSELECT * {{ {values} }}")
    assert page.locator(".ask-picture .ask-dots path").count() == 2
    assert "yuan" in page.inner_text(".ask-picture p")
    page.select_option('select[aria-label="of"]', label="US dollar")
    assert page.locator(".ask-picture .ask-dots path").count() == 1


def test_tables_are_sorted(visit: Visit) -> None:
    page = visit("/query")
    ask(page, 'SELECT ?n ?t { VALUES (?n ?t) { (10 "b") (9 "c") (UNDEF "a") (100 UNDEF) } }')
    page.click("[data-view=table]")
    page.click("th button >> text=n")
    assert [row[0] for row in rows(page)] == ["9", "10", "100", ""]
    page.click("th button >> text=n")
    assert [row[0] for row in rows(page)] == ["100", "10", "9", ""]
    assert page.get_attribute("th >> nth=0", "aria-sort") == "descending"
    page.click("th button >> text=t")
    assert [row[1] for row in rows(page)] == ["a", "b", "c", ""]


HOSTILE = r"""SELECT * { VALUES (?iri ?text ?number) {
  (<javascript:alert(1)> "<img src=x onerror=alert(1)>" 1)
  (<https://example.org/"onload> "</script><script>alert(2)</script>" 2)
  (<data:text/html,x> "\u202Eevil\u0007"@en-x-y 3)
  (id:zhipu "javascript:alert(1)"^^xsd:anyURI 4)
  (id:glm-4.6 "x"^^<javascript:alert(3)> "NaN"^^xsd:double) } }"""


@pytest.mark.parametrize("view", ["table", "chart", "network"])
def test_hostile_answers_run_nothing(visit: Visit, view: str) -> None:
    page = visit("/query")
    query = HOSTILE.replace('<https://example.org/"onload>', "<https://example.org/onload>")
    if view == "network":
        query = query.replace("?text", "?other").replace('"<img src=x onerror=alert(1)>"', "id:a")
        query = re.sub(r'"[^"]*"(@[\w-]+|\^\^[\w:<>()]+)?(?= \d|$)', "<javascript:x>", query)
    ask(page, f"#+ view: {view}\n{query}")
    links = page.evaluate(
        "[...document.querySelectorAll('#ask-result a')].map((a) => a.getAttribute('href'))"
    )
    assert links and all(link.startswith(("/thing", "https://example.org/")) for link in links)
    assert page.locator("#ask-result img, #ask-result script, #ask-result style").count() == 0


def test_the_keyboard_is_enough(visit: Visit) -> None:
    page = visit("/query")
    page.focus("#ask-sparql summary")
    page.keyboard.press("Tab")
    inside = "document.querySelector('#ask-editor').shadowRoot.activeElement?.className"
    assert "cm-content" in page.evaluate(inside)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("CONSTRUCT { id:a fs:develops id:b . id:b fs:develops id:c } {}")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".ask-picture svg")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Ask"
    # Tab comes to the picture once; arrow keys lead from thing to thing.
    page.locator(".ask-picture svg a[tabindex='0']").focus()
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.getAttribute('href')")
    assert first != second and second.startswith("/thing/id/")
    page.keyboard.press("Tab")
    assert "/network?query=" in page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "ask-scroll"


def test_questions_are_found(visit: Visit) -> None:
    page = visit("/query?lang=zh")
    page.fill("#ask-find", "亏损 智谱")
    shown = page.locator("#ask-list li:visible").all_inner_texts()
    assert 0 < len(shown) < 5 and any("智谱各期亏损" in one for one in shown)
    page.fill("#ask-find", "zzzz")
    assert page.locator("#ask-list li:visible").count() == 0
    assert page.is_visible("text=没有这方面的问题。")


def test_a_server_that_is_gone_is_told(visit: Visit) -> None:
    page = visit("/query", trouble=True)
    page.context.set_offline(True)
    write(page, "SELECT (1 AS ?n) {}")
    page.keyboard.press("Control+Enter")
    page.locator("#ask-error strong").wait_for()
    assert page.inner_text("#ask-error strong") == "The server cannot be reached."


def test_without_scripts_the_forms_work(visit: Visit) -> None:
    page = visit("/query?name=finances", ready=False, java_script_enabled=False)
    page.fill("#set-company", "智谱")
    page.fill("#set-metric", "net loss")
    page.click("#ask-named button[name=ask]")
    assert "29.58億元" in page.inner_text("#ask-result table")
    page = visit("/query", ready=False, java_script_enabled=False)
    page.fill("#ask-text", "SELECT ?name { id:zhipu skos:prefLabel ?name }")
    page.click("#ask-form button")
    assert "智谱" in page.inner_text("#ask-result table")
    assert page.input_value("#ask-text").startswith("SELECT ?name")


@pytest.mark.parametrize("name", ["customer-concentration", "strategy-shifts", ""])
def test_axe_finds_nothing(visit: Visit, complaints: Complaints, name: str) -> None:
    page = visit(f"/query?name={name}" if name else "/query")
    if name:
        page.click("#ask-sparql summary")
    else:
        ask(page, "CONSTRUCT { ?a fs:competesWith ?b } { ?a fs:competesWith ?b } LIMIT 5")
        page.click("#ask-history summary")
        page.wait_for_selector("#ask-past li")
    assert complaints(page) == []


@pytest.mark.parametrize("name", ["finances", "investors", "strategy-shifts", "aims"])
def test_a_phone_is_wide_enough(visit: Visit, name: str) -> None:
    page = visit(f"/query?name={name}", phone=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.click("#ask-sparql summary")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_numbers_and_terms_are_compared_by_what_they_are(visit: Visit) -> None:
    page = visit("/query")
    spans = page.evaluate(
        """['2025', '2025-H1', '2025-Q4', '2025-01--08', '2022--2025-H1', 'from-2025-02-08', 'x'].map(
          (name) => factscape.span({type: 'uri', value: `https://w3id.org/factscape/period/${name}`})
            ?.map((time) => new Date(time).toISOString().slice(0, 10)) ?? null)"""
    )
    assert spans == [
        ["2025-01-01", "2026-01-01"],
        ["2025-01-01", "2025-07-01"],
        ["2025-10-01", "2026-01-01"],
        ["2025-01-01", "2025-09-01"],
        ["2022-01-01", "2025-07-01"],
        ["2025-02-08", "2025-02-08"],
        None,
    ]
    text = '<urn:a> <urn:p> "a\\"b\\n\\u667a"@en .\n_:x <urn:p> <urn:\\u0062> .\nno triple'
    triples = page.evaluate("(text) => factscape.triples(text)", text)
    assert triples[0][2] == {"type": "literal", "value": 'a"b\n智', "xml:lang": "en"}
    assert triples[1][0] == {"type": "bnode", "value": "x"}
    assert triples[1][2] == {"type": "uri", "value": "urn:b"} and len(triples) == 2
