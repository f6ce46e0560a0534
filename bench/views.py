"""The network page in a real browser: how large, how soon it is there, how smoothly it moves.

Measured in headless Chromium without a GPU, beside the numbers to reach; at 200 things beside raw
pyvis, too, with the same things and lines. What draws nothing is fast: pixels are counted.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pyoxigraph as ox

from bench.browser import READY, browser, chromium, watch
from bench.generate import quads, write_nquads
from bench.measure import Line
from factscape.reading import ontology_files, read_quads
from factscape.store.oxigraph import MemoryStore
from factscape.views import Page, network_page

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

__all__ = ["lines"]

_QUADS_PER_THING = 36
_ROUNDS = 3
_PAN = 2.0
"""Seconds of dragging."""
_PATIENCE = 180_000
"""Milliseconds that raw pyvis is waited for."""
_LEAST_COLOURS = 60


@dataclass(frozen=True)
class Goal:
    """What to reach with so many things: bytes, seconds, frames a second, seconds."""

    page: float
    ready: float
    pan: float
    select: float


_GOALS = {
    200: Goal(650e3, 1.0, 60, 0.1),
    1000: Goal(1200e3, 1.5, 50, 0.2),
    2000: Goal(1800e3, 2.0, 30, 0.3),
}
_NO_GOAL = Goal(math.inf, math.inf, 0, math.inf)


@dataclass(frozen=True)
class Measured:
    """What one look at a page gave, in seconds."""

    ready: float
    frame: float
    select: float


def lines(number: int, folder: Path, rounds: int | None = None) -> list[Line]:
    """Measure the page of `number` things."""
    path = chromium()
    if path is None:
        return []
    page = network_page(_store(number, folder), limit=number)
    ours = _look(path, folder, page.html, READY, rounds or _ROUNDS, _select)
    goal = _GOALS.get(number, _NO_GOAL)
    size = len(page.html.encode("utf-8"))
    measured = [
        _line("page", size / 1e6, goal.page / 1e6, unit="kB"),
        _line("ready", ours.ready, goal.ready),
        # A screen shows 60 frames a second, never more: a frame may be late by a twentieth.
        _line("a frame while panning", ours.frame, _frame(goal.pan), bound=1.05),
        _line("select", ours.select, goal.select),
    ]
    return measured + (_beside_pyvis(path, folder, page, ours) if number <= 200 else [])


def _frame(per_second: float) -> float:
    return 1 / per_second if per_second else math.inf


def _line(what: str, ours: float, limit: float, *, bound: float = 1.0, unit: str = "ms") -> Line:
    if math.isinf(limit):
        return Line(what, ours, "no limit", 0.0, 0.0, None, unit=unit)
    return Line(what, ours, "limit", limit, ours / limit, bound, unit=unit)


def _beside_pyvis(path: str, folder: Path, page: Page, ours: Measured) -> list[Line]:
    """Return what pyvis itself does with the same things and lines."""
    raw = _look(path, folder, _raw_pyvis(page), _PYVIS_READY, 1)
    rows = (("ready", ours.ready, raw.ready), ("a frame while panning", ours.frame, raw.frame))
    return [Line(what, one, "raw pyvis", other, one / other, None) for what, one, other in rows]


def _store(number: int, folder: Path) -> MemoryStore:
    """Return generated facts with more than so many things."""
    path = folder / f"views-{number}.nq"
    write_nquads(path, quads(number * _QUADS_PER_THING))
    store = ox.Store()
    for file in (path, *ontology_files()):
        store.bulk_extend(read_quads(file))
    return MemoryStore(store)


def _raw_pyvis(page: Page) -> str:
    """Return the page that pyvis makes, with its own libraries in it: it has no network here."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="850px")
    for number, thing in enumerate(page.rows("things")):
        network.add_node(number, label=page.data["terms"][thing["term"]][1])
    for start, end, *_ in page.data["lines"]:
        network.add_edge(start, end)
    html: str = network.generate_html()
    remote = r'<link[^>]*href="https:[^>]*>|<script[^>]*src="https:[^>]*>\s*</script>'
    return re.sub(remote, "", html.replace("\n", " \n"), flags=re.DOTALL)


# pyvis shows nothing before it has placed the things, in a thousand steps.
_PYVIS_READY = """(() => {
  if (typeof network === 'object' && network && !window.asked) {
    window.asked = true;
    network.once('stabilizationIterationsDone', () => { window.placed = true; });
  }
  return window.placed;
})()"""
_COLOURS = """() => {
  const [canvas] = [...document.querySelectorAll('canvas')].sort((a, b) => b.width - a.width);
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  copy.getContext('2d').drawImage(canvas, 0, 0);
  const { data } = copy.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Set();
  for (let i = 0; i < data.length; i += 4) if (data[i + 3]) colours.add(data.slice(i, i + 4).join());
  return colours.size;
}"""
_SELECT = """async () => {
  const picture = document.getElementById('picture');
  const taken = [];
  for (const key of ['Right', 'Left', 'Up', 'Down', 'Right', 'Up', 'Left', 'Down', 'Right']) {
    await new Promise((done) => setTimeout(done, 400));
    const start = performance.now();
    picture.dispatchEvent(new KeyboardEvent('keydown', { key: `Arrow${key}`, bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    taken.push(performance.now() - start);
  }
  return taken;
}"""


def _look(
    path: str,
    folder: Path,
    html: str,
    ready: str,
    rounds: int,
    select: Callable[[Tab], float] | None = None,
) -> Measured:
    """Open a page some times, drag it about, and return the medians."""
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    found = []
    with browser(path) as started:
        for _ in range(rounds):
            tab = started.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
            tab.add_init_script(watch(ready))
            tab.goto(file.as_uri(), timeout=_PATIENCE)
            tab.wait_for_function("window.readyAt", timeout=_PATIENCE)
            assert tab.evaluate(_COLOURS) >= _LEAST_COLOURS, "the page is blank"
            at = tab.evaluate("window.readyAt") / 1000
            found.append(Measured(at, _pan(tab), select(tab) if select else 0.0))
            tab.close()
    return Measured(
        *(median(getattr(one, name) for one in found) for name in ("ready", "frame", "select"))
    )


def _pan(tab: Tab) -> float:
    """Drag the picture in wide circles, further than is kept painted; return seconds a frame."""
    x, y = 600.0, 800.0
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.evaluate("window.frames_.length = 0")
    begun = time.monotonic()
    step = 0
    while time.monotonic() - begun < _PAN:
        step += 1
        tab.mouse.move(x + 330 * math.sin(step / 20), y - 330 * (1 - math.cos(step / 20)))
    frames: list[float] = json.loads(tab.evaluate("JSON.stringify(window.frames_)"))
    tab.mouse.up()
    return sum(frames) / len(frames) / 1000


def _select(tab: Tab) -> float:
    """Walk from thing to thing; return the median of the seconds until each is seen."""
    taken: list[float] = tab.evaluate(_SELECT)
    return median(taken) / 1000
