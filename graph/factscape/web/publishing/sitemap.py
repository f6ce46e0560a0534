"""What search engines ask for: a sitemap, in several files where there are many pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

__all__ = ["MOST", "robots_file", "sitemaps"]

MOST = 50_000
"""A sitemap names so many pages at most."""

_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemaps(base_url: str, pages: Iterable[str], most: int = MOST) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a sitemap with their paths: one, or an index and its parts.

    >>> [path for path, _ in sitemaps("https://example.org/", ["a.html", "b.html"], most=1)]
    ['sitemap-1.xml', 'sitemap-2.xml', 'sitemap.xml']
    """
    addresses = sorted(base_url + page.removesuffix("index.html") for page in pages)
    parts = [addresses[begin : begin + most] for begin in range(0, len(addresses), most)]
    if len(parts) <= 1:
        yield "sitemap.xml", _listed("urlset", "url", addresses)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _listed("urlset", "url", part)
    yield "sitemap.xml", _listed("sitemapindex", "sitemap", [base_url + name for name in names])


def robots_file(base_url: str | None) -> bytes:
    """Return robots.txt: everybody may read everything.

    >>> robots_file(None).decode().splitlines()
    ['User-agent: *', 'Allow: /']
    """
    lines = ["User-agent: *", "Allow: /"]
    if base_url:
        lines.append(f"Sitemap: {base_url}sitemap.xml")
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _listed(outer: str, inner: str, addresses: Sequence[str]) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<{outer} {_XMLNS}>",
        *(f"<{inner}><loc>{escape(address)}</loc></{inner}>" for address in addresses),
        f"</{outer}>",
    ]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")
