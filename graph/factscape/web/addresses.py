"""From IRIs to addresses on this server, and back."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from factscape.terms import BASE

__all__ = ["KINDS", "SUFFIXES", "address", "link", "split_suffix"]

KINDS = ("id", "metric", "unit", "period", "source", "claim")
"""The parts of our own names; what is called by one of them has the same address here."""

SUFFIXES = {".html": "html", ".json": "json", ".ttl": "ttl", ".nt": "nt", ".jsonld": "jsonld"} | {
    ".rdf": "rdf"
}
"""What may stand behind an address to say in which format it is wanted."""


def address(iri: str) -> str:
    """Return the address of the page about a thing.

    >>> address("https://w3id.org/factscape/id/glm-4.6"), address("urn:a b")
    ('/thing/id/glm-4.6', '/thing?iri=urn%3Aa%20b')
    """
    rest = iri.removeprefix(BASE)
    plain = rest.isascii() and not set(rest) & set("#?%\\ ") and ".." not in rest
    if rest != iri and rest and plain:
        return "/thing/" + quote(rest, safe="/:@!$&'()*+,;=-._~")
    return "/thing?iri=" + quote(iri, safe="")


def split_suffix(path: str) -> tuple[str, str | None]:
    """Take the format off the end of an address; names have dots of their own.

    >>> split_suffix("id/glm-4.6.json"), split_suffix("id/glm-4.6")
    (('id/glm-4.6', 'json'), ('id/glm-4.6', None))
    """
    for suffix, format in SUFFIXES.items():
        if path.endswith(suffix):
            return path.removesuffix(suffix), format
    return path, None


def link(url: str | None) -> str | None:
    """Return an address elsewhere that a page may link to: of the web, or None.

    >>> link("https://example.org/a"), link("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
