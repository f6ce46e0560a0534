"""A Chromium to measure pages in, without a GPU and without a network."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["READY", "browser", "chromium", "watch"]

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chromium-headless-shell",
)
"""The whole browser first: it is what people have, and it takes longer for a page."""

READY = "document.documentElement && document.documentElement.dataset.ready"
"""What is true in a page of ours that is drawn."""
# Ready is what can be seen: the frame after the page says so.
_WATCH = """
window.frames_ = [];
(function watch(last) {
  requestAnimationFrame((now) => {
    window.frames_.push(now - last);
    if (!window.readyAt && (READY)) requestAnimationFrame(() => { window.readyAt = performance.now(); });
    watch(now);
  });
})(performance.now());
"""


def chromium() -> str | None:
    """Return where Chromium is; say that nothing is measured where it is not."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        print("not measured: there is no Chromium (apt install chromium)", file=sys.stderr)
    return path


@contextmanager
def browser(path: str) -> Iterator[Browser]:
    """Start a Chromium and end it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield started
        started.close()


def watch(ready: str = READY) -> str:
    """Return a script that notes frames, and as `readyAt` when the page is `ready`, in ms."""
    return _WATCH.replace("READY", ready)
