"""Which of the formats that there are somebody wants: `Accept`, as HTTP means it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

__all__ = ["PAGES", "ROWS", "TRIPLES", "Offer", "chosen", "is_known", "named"]

_LONGEST = 4000
_RANGES = 100


class Offer(NamedTuple):
    """A media type, and the format that it is written in."""

    media: str
    format: str

    @property
    def content_type(self) -> str:
        """What the header says: text is UTF-8 here.

        >>> Offer("text/csv", "csv").content_type
        'text/csv; charset=utf-8'
        """
        return f"{self.media}; charset=utf-8" if self.media.startswith("text/") else self.media


ROWS = (
    Offer("application/sparql-results+json", "json"),
    Offer("application/json", "json"),
    Offer("application/sparql-results+xml", "xml"),
    Offer("application/xml", "xml"),
    Offer("text/xml", "xml"),
    Offer("text/csv", "csv"),
    Offer("text/tab-separated-values", "tsv"),
)
"""What rows and truth values can be had as, what is given when all is welcome first."""

TRIPLES = (
    Offer("text/turtle", "ttl"),
    Offer("application/n-triples", "nt"),
    Offer("application/ld+json", "json"),
    Offer("application/json", "json"),
    Offer("application/rdf+xml", "xml"),
    Offer("application/xml", "xml"),
    Offer("text/xml", "xml"),
)
"""What graphs can be had as."""

PAGES = (
    Offer("text/html", "html"),
    Offer("application/json", "json"),
    Offer("text/turtle", "ttl"),
    Offer("application/n-triples", "nt"),
    Offer("application/ld+json", "jsonld"),
    Offer("application/rdf+xml", "rdf"),
)
"""What a page about a thing can be had as."""

_NAMED = {
    **{"json": "json", "xml": "xml", "csv": "csv", "tsv": "tsv"},
    **{"ttl": "ttl", "turtle": "ttl", "nt": "nt", "n-triples": "nt", "ntriples": "nt"},
    **{"jsonld": "json", "json-ld": "json", "rdf": "xml", "rdf+xml": "xml", "rdfxml": "xml"},
}


@lru_cache(256)
def chosen(accept: str, offers: tuple[Offer, ...]) -> Offer | None:
    """Return the offer that is most welcome; None when none is.

    >>> chosen("text/csv;q=0.5, application/sparql-results+xml", ROWS).format
    'xml'
    >>> chosen("", ROWS).format, chosen("image/png", ROWS)
    ('json', None)
    """
    ranges = [_range(part) for part in accept[:_LONGEST].split(",")[:_RANGES] if part.strip()]
    if not ranges:
        return offers[0]
    weighed = [(_weight(offer.media, ranges), -place) for place, offer in enumerate(offers)]
    weight, place = max(weighed)
    return offers[-place] if weight > 0 else None


def named(format: str, offers: Sequence[Offer]) -> Offer | None:
    """Return the first offer of a format by one of its usual names.

    >>> named("rdf+xml", TRIPLES).media, named("csv", TRIPLES)
    ('application/rdf+xml', None)
    """
    wanted = _NAMED.get(format.lower())
    return next((offer for offer in offers if offer.format == wanted), None)


def is_known(tag: str, known: str) -> bool:
    """Say whether `If-None-Match` names an ETag, compared weakly (RFC 9110, section 13.1.2).

    >>> is_known('W/"a"', '"b", "a"'), is_known('W/"a"', "*"), is_known('W/"a"', '"ab"')
    (True, True, False)
    """
    named = {one.strip().removeprefix("W/") for one in known.split(",")}
    return not named.isdisjoint(("*", tag.removeprefix("W/")))


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip() for piece in part.lower().split(";"))
    weight = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                weight = 0.0
    return media, weight if 0 <= weight <= 1 else 0.0


def _weight(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Return how welcome a media type is: the range that names it most closely says it."""
    kind = media.partition("/")[0]
    for wanted in (media, f"{kind}/*", "*/*"):
        weights = [weight for one, weight in ranges if one == wanted]
        if weights:
            return max(weights)
    return 0.0
