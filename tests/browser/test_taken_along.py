"""The network page as it is taken along: saved as a picture and as data, on paper, on a phone."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from tests.browser.conftest import Look

PIXELS = """async (text) => {
  const blob = await (await fetch('data:image/png;base64,' + text)).blob();
  const bitmap = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const colours = new Set();
  let clear = 0;
  for (let i = 0; i < data.length; i += 4) {
    colours.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
    clear += data[i + 3] < 255;
  }
  return { width: bitmap.width, height: bitmap.height, colours: colours.size, clear,
    corner: [...data.slice(0, 4)] };
}"""


@pytest.mark.parametrize(
    ("scheme", "corner"), [("light", [255, 255, 255, 255]), ("dark", [18, 22, 28, 255])]
)
def test_the_picture_is_saved_with_a_ground(
    look: Look, article: Path, chromium: Browser, scheme: str, corner: list[int], tmp_path: Path
) -> None:
    page = look(article, color_scheme=scheme)
    with page.expect_download() as download:
        page.click("#save-png")
    assert download.value.suggested_filename == "factscape.png"
    download.value.save_as(tmp_path / "saved.png")
    text = base64.b64encode((tmp_path / "saved.png").read_bytes()).decode("ascii")
    blank = chromium.new_page()
    found: dict[str, Any] = blank.evaluate(PIXELS, text)
    blank.close()
    assert found["clear"] == 0
    assert found["corner"] == corner
    assert found["colours"] > 500
    assert found["width"] > 1400


def test_the_data_are_saved(look: Look, article: Path, tmp_path: Path) -> None:
    page = look(article)
    with page.expect_download() as download:
        page.click("#save-json")
    assert download.value.suggested_filename == "factscape.json"
    download.value.save_as(tmp_path / "saved.json")
    data = json.loads((tmp_path / "saved.json").read_text(encoding="utf-8"))
    assert data["format"] == "factscape-network-3"
    assert len(data["things"]) > 100


def test_on_paper_it_is_light_and_without_controls(look: Look, article: Path) -> None:
    page = look(article, "#s=id:zhipu", color_scheme="dark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".tools").is_hidden()
    assert page.locator("#panel").is_visible()
    assert page.locator("#canvas canvas").is_visible()
    assert len(page.pdf()) > 20_000


def test_on_a_phone_nothing_is_wider_than_it(look: Look, article: Path) -> None:
    page = look(article, "#s=id:zhipu", width=390, height=844, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    assert box["height"] > 200
    page.click("#show-filters")
    assert page.locator("#legend").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
