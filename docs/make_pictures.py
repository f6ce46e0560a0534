"""Take the pictures that the README shows, from the pages that the program writes.

    python docs/make_pictures.py

It needs Chromium, a font with Chinese characters and the extra `browser`. Pictures depend on the
machine's fonts, so no test compares them; take them again when a page looks different.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

import factscape
from factscape.views import network_page, write_page

IMAGES = Path(__file__).parent / "images"
ZHIPU = "id:zhipu"
PICTURES = {
    "network-selected.png": {"t": "light", "s": ZHIPU},
    "network-dark.png": {"t": "dark", "l": "zh"},
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> int:
    """Write every picture; return the exit status."""
    from playwright.sync_api import sync_playwright

    browser_path = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if browser_path is None:
        print("there is no Chromium to take pictures with", file=sys.stderr)
        return 1
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, factscape.open() as facts:
        page_file = Path(folder) / "network.html"
        write_page(page_file, network_page(facts.store, names=facts.names).html)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
            for name, state in PICTURES.items():
                page = browser.new_page(viewport={"width": 1400, "height": 900})
                page.goto(f"{page_file.as_uri()}#{urlencode(state)}")
                page.wait_for_timeout(1500)  # fonts, and the picture's first frames
                page.screenshot(path=IMAGES / name)
                page.close()
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
