"""Draw the pictures in the README and in docs/ again: pages of the bundled facts in Chromium.

Those of the explorer are taken of a server on this machine, all others of files.

    python docs/draw_pictures.py                  all of them
    python docs/draw_pictures.py timeline.png     one

It needs the extra `browser` (pip install -e '.[browser]') and Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from factscape.opening import Facts, open_facts
from factscape.terms import PREFIXES
from factscape.views import (
    Page,
    comparison_page,
    network_page,
    ranking_page,
    report_page,
    timeline_page,
    write_page,
)

FOLDER = Path(__file__).parent / "pictures"
ID = PREFIXES["id"]


@dataclass(frozen=True)
class Picture:
    """A page, the part of the address after the file, and the theme."""

    page: Callable[[Facts], Page]
    fragment: str = ""
    theme: str = "light"


@dataclass(frozen=True)
class Explored:
    """A page of the explorer, and what is waited for on it."""

    address: str
    there: str = "h1"


def _network(facts: Facts) -> Page:
    return network_page(facts.store, prefixes=facts.prefixes)


PICTURES = {
    "network.png": Picture(_network, "#s=id:zhipu"),
    "network-dark.png": Picture(_network, "#l=zh", "dark"),
    "timeline.png": Picture(
        lambda facts: timeline_page(facts, since="2025-01-01", until="2026-01-01"),
        "#s=id:anthropic-series-f",
    ),
    "ranking.png": Picture(
        lambda facts: ranking_page(facts, ID + "enterprise-llm-api-market"), "#h=values"
    ),
    "compare.png": Picture(
        lambda facts: comparison_page(
            facts, [ID + name for name in ("zhipu", "minimax", "anthropic", "openai")]
        ),
        theme="dark",
    ),
    "report.png": Picture(lambda facts: report_page(facts, PREFIXES["src"] + "netease-2026-01-06")),
}

EXPLORED = {
    "explorer.png": Explored("thing/id/zhipu?lang=en"),
    "query.png": Explored("query?name=zhipu-losses&lang=en", "svg"),
}

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chromium-headless-shell",
)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")


def _written(folder: Path, wanted: Sequence[str]) -> dict[str, Path]:
    """Write the pages of the pictures that are wanted."""
    with open_facts() as facts:
        pages = {name: folder / f"{name}.html" for name in wanted}
        for name, path in pages.items():
            write_page(path, PICTURES[name].page(facts).html)
    return pages


@contextmanager
def _serving() -> Iterator[str]:
    """Serve the bundled facts; give the address."""
    command = [sys.executable, "-m", "factscape", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout
        try:
            yield process.stdout.readline().split()[0]
        finally:
            process.terminate()


def _take(browser: Browser, name: str, address: str, there: str, theme: str, offline: bool) -> None:
    """Take one picture, once what is waited for is there."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800},
        color_scheme="dark" if theme == "dark" else "light",
        offline=offline,
        reduced_motion="reduce",
    )
    tab = context.new_page()
    tab.goto(address)
    tab.locator(there).first.wait_for(state="attached")
    tab.wait_for_timeout(500)
    tab.screenshot(path=FOLDER / name)
    print(f"wrote {(FOLDER / name).relative_to(Path.cwd())}")
    context.close()


def main(arguments: Sequence[str] = ()) -> int:
    """Draw those that are named, or all."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        print("there is no Chromium here: apt install chromium fonts-noto-cjk", file=sys.stderr)
        return 1
    wanted = arguments or [*PICTURES, *EXPLORED]
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        pages = _written(Path(folder), [name for name in wanted if name in PICTURES])
        for name, page in pages.items():
            picture = PICTURES[name]
            address = page.as_uri() + picture.fragment
            _take(browser, name, address, "html[data-ready]", picture.theme, offline=True)
        with _serving() as server:
            for name in [name for name in wanted if name in EXPLORED]:
                seen = EXPLORED[name]
                _take(browser, name, server + seen.address, seen.there, "light", offline=False)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
