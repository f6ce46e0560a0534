"""What tests see of a page: what it leads to and loads."""

from __future__ import annotations

from html.parser import HTMLParser

HTML = {"accept": "text/html"}


class Links(HTMLParser):
    """Collect what a page leads to and loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.in_other_languages: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.inline = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "a":
            (self.in_other_languages if "hreflang" in said else self.links).append(
                said.get("href") or ""
            )
        if tag in ("script", "img", "iframe") or said.get("rel") in ("icon", "stylesheet"):
            self.loads.append(said.get("src") or said.get("href") or "")
        if "id" in said:
            self.ids.append(said["id"] or "")
        self.inline += tag == "style" or (tag == "script" and "src" not in said)
        self.inline += any(name == "style" or name.startswith("on") for name in said)
