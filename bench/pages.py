"""The chart pages of the bundled facts in a real browser: how large, how soon, how fast they answer.

The drawing libraries and scripts weigh 540 kB before any fact. The bounds are those of the network
page for up to 200 things, but for the size: these pages hold up to 300 marks with all sides and
sources of each, and a table besides, and may be 800 kB. What draws nothing is fast: marks and
colours are counted.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from bench.browser import browser, chromium, watch
from bench.measure import Line
from factscape.opening import Facts, open_facts
from factscape.terms import PREFIXES
from factscape.views import (
    Page,
    card_page,
    comparison_page,
    ranking_page,
    report_page,
    timeline_page,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

__all__ = ["lines"]

_ID = PREFIXES["id"]
_ROUNDS = 3
_MOST_BYTES = 800e3
_READY = 1.0
_ANSWER = 0.1
_LEAST_COLOURS = 20


class Subject(NamedTuple):
    """A page, and how many marks it draws at least."""

    make: Callable[[Facts], Page]
    marks: int


_SUBJECTS = {
    "timeline": Subject(timeline_page, 100),
    "ranking": Subject(lambda f: ranking_page(f, PREFIXES["metric"] + "api-price-output"), 10),
    "compare": Subject(
        lambda f: comparison_page(f, [_ID + name for name in ("zhipu", "minimax", "anthropic")]),
        40,
    ),
    "card": Subject(lambda f: card_page(f, _ID + "zhipu"), 100),
    "report": Subject(lambda f: report_page(f, PREFIXES["src"] + "netease-2026-01-06"), 80),
}


def lines(number: int, folder: Path, rounds: int | None = None) -> list[Line]:
    """Measure each page; `number` is not used, for the facts are the bundled ones."""
    path = chromium()
    if path is None:
        return []
    found = []
    with open_facts() as facts:
        made = {name: subject.make(facts) for name, subject in _SUBJECTS.items()}
    with browser(path) as started:
        for name, page in made.items():
            file = folder / f"{name}.html"
            file.write_text(page.html, encoding="utf-8")
            ready, answer = _look(started, file, _SUBJECTS[name].marks, rounds or _ROUNDS)
            size = len(page.html.encode("utf-8")) / 1e6
            found += [
                _line(f"{name}, page", size, _MOST_BYTES / 1e6, "kB"),
                _line(f"{name}, ready", ready, _READY),
                _line(f"{name}, select", answer, _ANSWER),
            ]
    return found


def _line(what: str, ours: float, limit: float, unit: str = "ms") -> Line:
    return Line(what, ours, "limit", limit, ours / limit, 1.0, unit=unit)


_MARKS = ".chart [role=button]"
_SEEN = """new Promise((done) => {
  (function ask() {
    if (window.readyAt) done(window.readyAt);
    else requestAnimationFrame(ask);
  })();
})"""
# From the key to the frame in which what the mark says can be read.
_SELECT = """async (selector) => {
  const taken = [];
  for (let i = 0; i < 9; i++) {
    await new Promise((done) => setTimeout(done, 100));
    const marks = document.querySelectorAll(selector);
    const mark = marks[Math.floor((i * marks.length) / 9)];
    const start = performance.now();
    mark.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    if (!document.querySelector('#panel h2')) throw new Error('nothing was told');
    taken.push(performance.now() - start);
  }
  return taken;
}"""
_COLOURS = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""


def _look(started: Browser, file: Path, marks: int, rounds: int) -> tuple[float, float]:
    """Open a page some times and select in it; return the medians, in seconds."""
    found = []
    for _ in range(rounds):
        tab = started.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
        tab.add_init_script(watch())
        tab.goto(file.as_uri())
        tab.wait_for_selector("html[data-ready]", state="attached")
        at: float = tab.evaluate(_SEEN)
        _check(tab, marks)
        taken: list[float] = tab.evaluate(_SELECT, _MARKS)
        found.append((at / 1000, median(taken) / 1000))
        tab.close()
    return median(ready for ready, _ in found), median(answer for _, answer in found)


def _check(tab: Tab, marks: int) -> None:
    """See that there is something: as many marks as the facts give, in more than a few colours."""
    drawn = tab.locator(_MARKS).count()
    assert drawn >= marks, f"only {drawn} marks are drawn"
    colours: int = tab.evaluate(_COLOURS, b64encode(tab.screenshot()).decode("ascii"))
    assert colours >= _LEAST_COLOURS, "the page is blank"
