"""A real Chromium, cut off from the network, and pages to look at in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pyoxigraph as ox
import pytest

from factscape.opening import open_facts
from factscape.reading import ontology_files, read_quads
from factscape.store.oxigraph import MemoryStore
from factscape.views import network_page, write_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request

# Read before the tests' own fixtures clear the environment.
REQUIRED = os.environ.get("CI") == "true" or bool(os.environ.get("FACTSCAPE_REQUIRE_BROWSER"))
# The headless shell is the same Chromium without windows: a page costs it less than half the time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
HINT = "install it (Debian: apt install chromium fonts-noto-cjk) or: make test INSTALL_BROWSER=1"


def missing(what: str) -> None:
    """Skip out loud; where a browser is required that is a failure."""
    message = f"PAGES WERE NOT TRIED IN A BROWSER: {what}; {HINT}"
    if REQUIRED:
        pytest.fail(message)
    pytest.skip(message)


# Not for the whole session: other tests ask whether this process has children left.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        missing("there is no Chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        missing("the Python package playwright is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Seen:
    """What a page did besides being there."""

    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        def on_console(message: ConsoleMessage) -> None:
            self.console.append(f"{message.type}: {message.text}")

        def on_request(request: Request) -> None:
            if not request.url.startswith(("file:", "data:", "blob:")):
                self.requests.append(request.url)

        def on_dialog(dialog: Dialog) -> None:
            self.dialogs.append(dialog.message)
            dialog.dismiss()

        page.on("console", on_console)
        page.on("request", on_request)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", on_dialog)


VIOLATIONS = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""

Look = Callable[..., Any]


@pytest.fixture
def look(chromium: Browser) -> Iterator[Look]:
    """Open a file; at the end nothing may have gone wrong, and nothing been asked of any network.

    Where `trouble` is what a test is after, that is not looked at.
    """
    watched: list[tuple[Page, Seen]] = []
    contexts: list[BrowserContext] = []

    def _look(
        path: Path,
        fragment: str = "",
        *,
        width: int = 1400,
        height: int = 900,
        trouble: bool = False,
        **how: Any,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            offline=True,
            reduced_motion="reduce",
            **how,
        )
        contexts.append(context)
        context.add_init_script(VIOLATIONS)
        page = context.new_page()
        if not trouble:
            seen = Seen()
            seen.watch(page)
            watched.append((page, seen))
        page.goto(path.as_uri() + fragment)
        page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield _look
    violations = [page.evaluate("window.violations") for page, _ in watched]
    for context in contexts:
        context.close()
    assert [seen for _, seen in watched] == [Seen()] * len(watched)
    assert violations == [[]] * len(watched)


FOLD = """() => {
  const KEPT = 2;
  const VARIES = new RegExp("^(href|src|id|for|title|value|datetime|d|fill|stroke|style|data-.*"
    + "|aria-(label|labelledby|describedby|controls))$");
  const told = ({ name, value }) => `${name}=${VARIES.test(name) && value ? "…" : value}`;
  const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
  function kinds(one, above, found) {
    const said = [...one.attributes].map(told).sort();
    const here = `${above}/${one.tagName} ${said} ${[...one.childNodes].some(isText)}`;
    found.add(here);
    for (const child of one.children) kinds(child, here, found);
    return found;
  }
  window.folded = [];
  for (const parent of [...document.body.querySelectorAll(":not(svg, svg *)")].reverse()) {
    const seen = new Map();
    for (const row of parent.childElementCount > KEPT ? [...parent.children] : []) {
      const found = kinds(row, "", new Set());
      if ([...found].every((kind) => seen.get(kind) >= KEPT)) {
        const place = document.createComment("");
        row.replaceWith(place);
        window.folded.push([place, row]);
      } else {
        for (const kind of found) seen.set(kind, (seen.get(kind) ?? 0) + 1);
      }
    }
  }
}"""
"""Take rows away of which everything, but for texts and names, is in two rows before it as well."""
UNFOLD = "() => { for (const [place, row] of window.folded.reverse()) place.replaceWith(row); }"
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
THEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")
Complaints = Callable[..., list[tuple[str, str, list[str]]]]


@pytest.fixture(scope="session")
def complaints() -> Complaints:
    """Return what axe, with these options, finds wrong in both themes: rules and who breaks them.

    Hundreds of rows of the same are looked at one by one only where the `whole` is wanted, once.
    """
    from axe_playwright_python.sync_playwright import Axe

    def broken(page: Page, options: dict[str, Any]) -> list[tuple[str, list[str]]]:
        found = Axe().run(page, options={"resultTypes": ["violations"], **options}).response
        assert found["testEngine"]["name"] == "axe-core"
        return [
            (one["id"], [node["html"][:200] for node in one["nodes"]])
            for one in found["violations"]
        ]

    def _complaints(
        page: Page, *, whole: bool = False, **options: Any
    ) -> list[tuple[str, str, list[str]]]:
        found: list[tuple[str, str, list[str]]] = []
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            page.evaluate(DRAWN)  # some of it is made again for the other theme
            page.evaluate(FOLD)
            found += [(theme, *one) for one in broken(page, options)]
            page.evaluate(UNFOLD)
        if whole:
            found += [("light", *one) for one in broken(page, options)]
        return found

    return _complaints


@cache
def ontology() -> tuple[ox.Quad, ...]:
    return tuple(quad for path in ontology_files() for quad in read_quads(path))


def make_store(text: str, *, with_ontology: bool = True) -> MemoryStore:
    """Return a store of some TriG, with the ontology that says how it is drawn."""
    store = ox.Store()
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
    store.load((prefixes + text).encode("utf-8"), ox.RdfFormat.TRIG)
    if with_ontology:
        store.extend(ontology())
    return MemoryStore(store)


StoreOf = Callable[..., MemoryStore]
Written = Callable[..., Path]


@pytest.fixture(scope="session")
def store_of() -> StoreOf:
    return make_store


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write the page of some TriG and return where."""

    def _written(text: str, *, with_ontology: bool = True, **options: Any) -> Path:
        path = tmp_path / f"page-{len(list(tmp_path.iterdir()))}.html"
        store = make_store(text, with_ontology=with_ontology)
        write_page(path, network_page(store, **options).html)
        return path

    return _written


@pytest.fixture(scope="session")
def article(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the bundled facts."""
    path = tmp_path_factory.mktemp("pages") / "article.html"
    with open_facts() as facts:
        write_page(path, network_page(facts.store, prefixes=facts.prefixes).html)
    return path
