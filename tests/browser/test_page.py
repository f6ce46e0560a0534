"""The network page of the bundled facts, in a real browser."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import THEMES

from factscape.opening import open_facts
from factscape.terms import PREFIXES
from factscape.views.network import network_page
from factscape.views.page import write_page

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.browser.conftest import Complaints, Look, Written

_MANY_STOPS = 400
"""More than there is to reach with the key Tab on a page of the bundled facts."""

COLOURS = """() => {
  const canvas = document.querySelector('#canvas canvas');
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  copy.getContext('2d').drawImage(canvas, 0, 0);
  const { data } = copy.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const counts = new Map();
  for (let i = 0; i < data.length; i += 4) {
    const key = data[i + 3] < 128 ? 'none' : `${data[i] >> 4},${data[i + 1] >> 4},${data[i + 2] >> 4}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}"""


def heading(page: Page) -> str:
    return page.locator("#panel h2").inner_text()


def counts(page: Page) -> str:
    return page.locator("#counts").inner_text()


def fragment(page: Page) -> str:
    # It is written once things have come to rest: what was done is drawn, and a pause is over.
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_timeout(400)
    return str(page.evaluate("decodeURIComponent(location.hash)"))


def select(page: Page, name: str) -> None:
    page.fill("#search", name)
    page.press("#search", "Enter")


def blue(page: Page) -> int:
    """Count the pixels of the colour that companies have, #0072B2."""
    return int(page.evaluate(COLOURS).get("0,7,11", 0))


def test_the_picture_is_there(look: Look, article: Path) -> None:
    page = look(article)
    found = page.evaluate(COLOURS)
    drawn = sum(found.values()) - found.get("none", 0)
    assert len(found) > 100
    assert 0.02 < drawn / sum(found.values()) < 0.6
    assert blue(page) > 500


def test_nothing_is_drawn_where_everything_is_hidden(look: Look, article: Path) -> None:
    page = look(article)
    page.get_by_role("button", name="Hide all: Kinds").click()
    found = page.evaluate(COLOURS)
    assert found.get("none", 0) == sum(found.values())
    assert counts(page).startswith("0 things · 0 links")


@pytest.mark.parametrize(
    ("what", "where", "size"),
    [
        ("picture", "", (1400, 900)),
        ("panel", "#s=id:zhipu", (1400, 900)),
        ("hub", "#s=id:zhipu-ipo-2026", (1400, 900)),
        ("list", "#v=list&s=id:glm-4.6", (1400, 900)),
        ("phone", "#s=id:glm-4.6", (390, 844)),
        ("phone list", "#v=list", (390, 844)),
        ("Chinese", "#l=zh&s=id:glm-4.6", (1400, 900)),
        ("links", "#v=links", (1400, 900)),
        ("link", "#e=id:zhipu&e=fs:develops&e=id:glm-4.6&x=1", (1400, 900)),
        ("day", "#d=2025-06-01&s=id:zhipu", (1400, 900)),
    ],
)
def test_axe_finds_nothing(
    look: Look,
    complaints: Complaints,
    article: Path,
    what: str,
    where: str,
    size: tuple[int, int],
) -> None:
    page = look(article, where, width=size[0], height=size[1])
    if "phone" in what:
        page.click("#show-filters")
    assert complaints(page, whole=what in ("panel", "list", "links")) == []


GREY = """
const list = document.createElement("ul");
for (let number = 0; number < 9; number += 1) {
  const row = document.createElement("li");
  row.textContent = `grey on grey ${number}`;
  Object.assign(row.style, { color: "#777", background: "#888" });
  list.append(row);
}
Object.assign(list.style, { position: "fixed", inset: "40% auto auto 40%", zIndex: 99 });
document.body.append(list);
"""


def test_axe_would_find_something(look: Look, complaints: Complaints, article: Path) -> None:
    page = look(article)
    page.evaluate("document.getElementById('search').previousElementSibling.remove()")
    page.evaluate("document.getElementById('search').removeAttribute('data-placeholder')")
    page.evaluate("document.getElementById('search').removeAttribute('placeholder')")
    page.evaluate(GREY)
    found = complaints(page, whole=True)
    assert [theme for theme, rule, _ in found if rule == "label"] == [*THEMES, "light"]
    # Of rows that are alike two are looked at, and all of them where the whole is wanted.
    grey = [len(nodes) for _, rule, nodes in found if rule == "color-contrast"]
    assert grey == [2, 2, 9]


@pytest.mark.parametrize("name", ["zhipu", "智谱", "智譜", "ＺＨＩＰＵ", "Z.ai", "z ai", "2513.HK"])
def test_search_finds_any_name_in_any_script(look: Look, article: Path, name: str) -> None:
    page = look(article)
    page.fill("#search", name)
    first = page.locator("#found [role=option]").first
    assert first.locator(".name").inner_text() == "Zhipu"
    assert page.locator("#search").get_attribute("aria-expanded") == "true"
    page.press("#search", "Enter")
    assert heading(page) == "Zhipu"
    assert fragment(page) == "#s=id:zhipu"


def test_search_says_what_it_did_not_find(look: Look, article: Path) -> None:
    page = look(article)
    page.fill("#search", "nobody is called that")
    assert page.locator("#live").inner_text() == "Nothing here is called that."
    assert page.locator("#found").is_hidden()
    page.fill("#search", "a")
    page.press("#search", "ArrowDown")
    active = page.locator("#search").get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.press("#search", "Escape")
    assert page.locator("#found").is_hidden()


def test_the_keyboard_walks_along_links(look: Look, article: Path) -> None:
    page = look(article)
    page.focus("#picture")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("ArrowRight")  # nothing selected yet: the best connected thing
    start = heading(page)
    assert start == "Zhipu"
    assert "Zhipu, company" in page.locator("#live").inner_text()
    walked = [start]
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
        walked.append(heading(page))
    assert len(set(walked)) >= 3
    linked = neighbours(page)
    for one, other in pairwise(walked):
        assert one == other or other in linked[one], f"{one} and {other} are not linked"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "picture"
    page.keyboard.press("Escape")
    assert heading(page) == "What is here"
    assert page.locator("#live").inner_text() == "Nothing is selected."


def rows(data: dict[str, Any], table: str) -> list[dict[str, Any]]:
    return [dict(zip(data["columns"][table], row, strict=False)) for row in data[table]]


def neighbours(page: Page) -> dict[str, set[str]]:
    data = json.loads(page.locator("#data").inner_text())
    label = [data["terms"][thing["term"]][1] for thing in rows(data, "things")]
    linked: dict[str, set[str]] = {}
    for start, end, *_ in data["lines"]:
        linked.setdefault(label[start], set()).add(label[end])
        linked.setdefault(label[end], set()).add(label[start])
    return linked


def test_shift_walks_to_anything_and_slash_searches(look: Look, written: Written) -> None:
    facts = """id:alone a fs:Company ; skos:prefLabel "Alone"@en .
        id:one a fs:Company ; skos:prefLabel "One"@en ; fs:competesWith id:two .
        id:two a fs:Company ; skos:prefLabel "Two"@en ."""
    page = look(written(facts), "#s=id:alone")
    page.focus("#picture")
    page.keyboard.press("ArrowLeft")
    assert "No link leads that way" in page.locator("#live").inner_text()
    for way in ("Left", "Right", "Up", "Down"):  # the others lie somewhere
        page.keyboard.press(f"Shift+Arrow{way}")
        if heading(page) != "Alone":
            break
    assert heading(page) in ("One", "Two")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"


def test_tab_reaches_everything_and_is_never_kept(look: Look, article: Path) -> None:
    page = look(article)
    page.focus("#search")
    reached = []
    for _ in range(_MANY_STOPS):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.closest('[id]')?.id"))
        if reached[-1] is None or reached[-1] == "search":
            break
    assert {"show-picture", "show-list", "legend", "picture", "fit", "panel"} <= set(reached)
    assert len(reached) < _MANY_STOPS


def test_the_panel_says_what_is_said_and_where(look: Look, article: Path) -> None:
    page = look(article, "#s=id:zhipu")
    text = page.locator("#panel").inner_text()
    for part in ("company", "智谱", "智譜", "Figures", "Relations", "Events", "Opinions"):
        assert part in text
    metric = page.locator("h4", has_text=re.compile("^net loss$"))
    loss = page.locator("#panel .group", has=metric).first
    assert "2.958 billion CNY" in loss.inner_text()
    assert "¶ 45" in loss.inner_text()
    assert "2026-01-06" in loss.inner_text()
    button = page.locator("#panel button.thing", has_text="GLM-4.6").first
    button.click()
    assert heading(page) == "GLM-4.6"
    # Relations are read from the other end in words of their own.
    developed = page.locator("#panel .group", has=page.locator("h4", has_text="developed by"))
    assert set(developed.locator("button.thing").all_inner_texts()) == {"Zhipu"}


def test_the_panel_says_which_figures_are_disputed(look: Look, tmp_path: Path) -> None:
    said = "fs:of id:firm ; fs:metric metric:net-loss ; fs:unit unit:CNY ; fs:during period:2024"
    facts = "\n".join(
        [
            *(f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items()),
            'id:firm a fs:Company ; skos:prefLabel "Firm"@en .',
            'src:a a fs:Source ; fs:reliability "C" . src:b a fs:Source ; fs:reliability "B" .',
            f'GRAPH src:a {{ claim:a a fs:Observation ; {said} ; fs:value 100 ; fs:printed "100" }}',
            f'GRAPH src:b {{ claim:b a fs:Observation ; {said} ; fs:value 130 ; fs:printed "130" }}',
        ]
    )
    (tmp_path / "facts.trig").write_text(facts, encoding="utf-8")
    with open_facts(tmp_path / "facts.trig") as opened:
        html = network_page(opened.store, prefixes=opened.prefixes).html
        write_page(tmp_path / "page.html", html)
    page = look(tmp_path / "page.html", "#s=id:firm")
    first, second = page.locator("#panel .group li").all_inner_texts()
    assert "130 CNY" in first and "disputed: 2 sources, 2 independent" in first
    assert "100 CNY" in second and second.count("disputed") == 1
    page.click("#language")
    assert "有分歧：2个来源，2个独立声音" in page.locator("#panel").inner_text()


def test_a_market_names_whoever_has_its_shares(look: Look, article: Path) -> None:
    page = look(article, "#s=id:china-maas-market")
    rows_ = page.locator("#panel .group li", has_text="26%").all_inner_texts()
    assert rows_[0].split()[:2] == ["Baidu", "26%"]
    # The market itself and who is named already need not be said again.
    assert "market: China" not in rows_[0]
    assert rows_[0].count("IDC") == 1


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (390, 844)])
def test_buttons_lead_to_the_parts_of_a_long_card(
    look: Look, article: Path, width: int, height: int
) -> None:
    page = look(article, "#s=id:zhipu", width=width, height=height)
    sections = page.locator("#panel h3").all_inner_texts()
    assert page.locator("#panel .jumps button").all_inner_texts() == sections
    for name in ("Opinions", "Events"):
        page.click(f"#panel .jumps button:text('{name}')")
        assert page.evaluate("document.activeElement.textContent") == name
        box = page.locator("#panel").bounding_box()
        head = page.locator("#panel h3", has_text=name).bounding_box()
        assert box
        assert head
        assert -2 < head["y"] - box["y"] < box["height"] / 2


def test_a_click_selects_and_a_click_beside_lets_go(look: Look, article: Path) -> None:
    page = look(article)
    data = json.loads(page.locator("#data").inner_text())
    zhipu = next(t for t in rows(data, "things") if data["terms"][t["term"]][0] == "id:zhipu")
    page.goto(f"{article.as_uri()}#c={zhipu['x']},{zhipu['y']},1.000")
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert heading(page) == "Zhipu"
    page.goto(f"{article.as_uri()}#c=90000,90000,1.000&s=id:zhipu")
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    page.mouse.click(box["x"] + 50, box["y"] + 50)
    assert heading(page) == "What is here"


def test_a_thing_can_be_dragged(look: Look, article: Path) -> None:
    page = look(article)
    data = json.loads(page.locator("#data").inner_text())
    zhipu = next(t for t in rows(data, "things") if data["terms"][t["term"]][0] == "id:zhipu")
    page.goto(f"{article.as_uri()}#c={zhipu['x']},{zhipu['y']},1.000")
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 97, y + 61, steps=6)
    page.mouse.up()
    page.wait_for_timeout(600)  # longer than a double click
    page.mouse.click(x + 97, y + 61)
    assert heading(page) == "Zhipu"
    assert "c=" in fragment(page)  # the picture stayed where it was
    assert camera(fragment(page))[:2] == pytest.approx([zhipu["x"], zhipu["y"]], abs=1)


def test_the_wheel_zooms_and_dragging_pans(look: Look, article: Path) -> None:
    page = look(article)
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + 30, box["y"] + box["height"] - 30
    page.mouse.move(x, y)
    page.mouse.wheel(0, -300)
    closer = camera(settled(page))
    page.mouse.down()
    page.mouse.move(x + 120, y - 60, steps=5)
    page.mouse.up()
    moved = camera(settled(page))
    assert moved[0] == pytest.approx(closer[0] - 120 / closer[2], abs=3)
    assert moved[1] == pytest.approx(closer[1] + 60 / closer[2], abs=3)
    page.click("#zoom-in")
    assert camera(settled(page))[2] > moved[2]
    page.click("#fit")
    assert "c=" not in fragment(page)


def settled(page: Page) -> str:
    """Return the fragment once it tells of a place and stays as it is for a while."""
    before, now = "", fragment(page)
    for _ in range(20):
        if before == now and "c=" in now:
            break
        before, now = now, fragment(page)
    return now


def camera(text: str) -> list[float]:
    values = text.split("c=")[1].split("&")[0]
    return [float(value) for value in values.split(",")]


def test_the_legend_filters(look: Look, article: Path) -> None:
    page = look(article)
    before = blue(page)
    page.get_by_role("checkbox", name="company").uncheck()
    assert blue(page) < before / 10
    assert "hidden by filters" in counts(page)
    assert fragment(page) == "#k=fs:Company"
    page.click("#show-list")
    kinds = page.locator("#list tbody tr td:nth-child(3)").all_inner_texts()
    assert kinds
    assert "company" not in kinds
    page.get_by_role("checkbox", name="company").check()
    page.get_by_role("button", name="Hide all: Relations").click()
    assert " 0 links" in counts(page)
    page.click("#show-picture")
    assert blue(page) > 0


def test_what_filters_hide_is_not_selected_by_a_click(look: Look, article: Path) -> None:
    page = look(article, "#s=id:zhipu")
    page.get_by_role("checkbox", name="company").uncheck()
    assert heading(page) == "What is here"
    select(page, "zhipu")  # asking for it brings its kind back
    assert heading(page) == "Zhipu"
    assert page.get_by_role("checkbox", name="company").is_checked()


def test_the_fragment_brings_everything_back(look: Look, article: Path) -> None:
    page = look(article, "#s=id:zhipu&k=fs:Model&r=fs:Opinion&v=list&t=dark&l=zh&c=10,-20,1.500")
    assert heading(page) == "智谱"
    assert page.evaluate("document.documentElement.lang") == "zh"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 28)"
    assert not page.get_by_role("checkbox", name="观点").is_checked()
    assert page.locator("#list").is_visible()
    assert page.locator("#picture").is_hidden()
    select(page, "Anthropic")
    text = fragment(page)
    expected = ("s=id:anthropic", "k=fs:Model", "r=fs:Opinion", "v=list", "t=dark", "l=zh")
    for part in (*expected, "c=10,-20,1.500"):
        assert part in text


@pytest.mark.parametrize(
    "text",
    [
        "#%E0",
        "#%E0%A4%A",
        "#s=%FF&k=%&c=nonsense",
        "#c=1,2",
        "#c=NaN,Infinity,0",
        "#c=1,2,1e9",
        "#s=id:nobody&v=constructor&t=__proto__&l=toString",
        "#l=__proto__",
        "#k=" + "x" * 20000,
        "#<script>alert(1)</script>",
        "#s=javascript:alert(1)",
        "####&&==",
    ],
)
def test_a_malformed_fragment_is_harmless(look: Look, article: Path, text: str) -> None:
    page = look(article, text)
    assert heading(page) == "What is here"
    assert blue(page) > 500
    page.evaluate("location.hash = '#s=id:zhipu'")
    page.wait_for_function("document.querySelector('#panel h2').textContent === 'Zhipu'")


def test_the_list_sorts_filters_and_selects(look: Look, article: Path) -> None:
    page = look(article)
    page.click("#show-list")
    names = page.locator("#list tbody th")
    assert names.first.inner_text().strip() == "Zhipu"
    page.get_by_role("button", name="Name", exact=True).click()
    column = page.locator("#list th[aria-sort]")
    assert column.get_attribute("aria-sort") == "ascending"
    assert page.evaluate("document.activeElement.textContent").startswith("Name")
    shown = [name.strip().lower() for name in names.all_inner_texts()]
    assert shown[0] < shown[-1]
    page.fill("#list-filter", "百度")
    assert [name.strip() for name in names.all_inner_texts()] == ["Baidu", "Baidu AI Cloud"]
    page.locator("#list button.thing").first.click()
    assert heading(page) == "Baidu"
    assert page.locator("#list tr[aria-current=true]").count() == 1


def test_light_and_dark(look: Look, article: Path) -> None:
    page = look(article, color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(18, 22, 28)"
    page.get_by_role("button", name="Light").click()
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    assert fragment(page) == "#t=light"
    page.emulate_media(color_scheme="light")
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate(ground) == "rgb(18, 22, 28)"


def test_english_and_chinese(look: Look, article: Path) -> None:
    page = look(article, "#s=id:zhipu")
    page.click("#language")
    assert heading(page) == "智谱"
    assert "数据" in page.locator("#panel h3").all_inner_texts()
    assert "个事物" in counts(page)
    assert page.locator("#search").get_attribute("placeholder") == "名称，中英文均可"
    page.click("#language")
    assert heading(page) == "Zhipu"


def test_a_card_says_when_and_by_whom_what_follows_from_events(look: Look, article: Path) -> None:
    page = look(article, "#s=id:anthropic")
    group = page.locator("#part-relations .group", has_text="has investor").first
    row = group.locator("li", has_text="Altimeter")
    assert "2 September 2025, 28 May 2026" in row.inner_text()
    who = row.locator(".where").all_inner_texts()
    assert who
    assert all(re.search(r"\S · 20\d\d", one) for one in who), "publisher and date"
    times = group.locator(".when").all_inner_texts()
    assert any("2024 (since 2021)" in time for time in times), "the first of several rounds"
    firsts = [found[0] for time in times if (found := re.search(r"\d{4}", time))]
    assert len(firsts) > 20
    assert firsts == sorted(firsts)
