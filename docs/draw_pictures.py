"""Draw the pictures in the README again: the network of the bundled facts, as Chromium shows it.

    python docs/draw_pictures.py

It needs the extra `browser` (pip install -e '.[browser]') and Chromium.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from factscape.opening import open_facts
from factscape.views import network_page, write_page

FOLDER = Path(__file__).parent / "pictures"
PICTURES = {
    "network.png": ("#s=id:zhipu", "light"),
    "network-dark.png": ("#l=zh", "dark"),
}
"""The part of the address after the file, and the theme, of each picture."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")


def main() -> int:
    """Draw them all."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        print("there is no Chromium here: apt install chromium fonts-noto-cjk", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "network.html"
        with open_facts() as facts:
            write_page(page, network_page(facts.store, prefixes=facts.prefixes).html)
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for name, (fragment, theme) in PICTURES.items():
            context = browser.new_context(
                viewport={"width": 1280, "height": 800},
                color_scheme="dark" if theme == "dark" else "light",
                offline=True,
                reduced_motion="reduce",
            )
            tab = context.new_page()
            tab.goto(page.as_uri() + fragment)
            tab.wait_for_selector("html[data-ready]", state="attached")
            tab.wait_for_timeout(500)
            tab.screenshot(path=FOLDER / name)
            print(f"wrote {(FOLDER / name).relative_to(Path.cwd())}")
            context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
