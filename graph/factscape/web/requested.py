"""What a request for a page asks: in which format and language, and what its template knows of it."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from factscape.web.addresses import split_suffix
from factscape.web.guarding import RequestError
from factscape.web.links import KEPT, ServerLinks
from factscape.web.negotiation import PAGES, Offer, chosen
from factscape.web.rendering import LANGUAGES, Page

__all__ = [
    "TWINS",
    "headers_of",
    "kept_language",
    "language_of",
    "offer_of",
    "page_of",
    "told",
    "twin",
]

TWINS = tuple(offer for offer in PAGES if offer.format in ("html", "json"))
"""What most pages can be had as."""


def told(error: Any) -> str:
    """Say what is wrong with the files, each by its name alone: folders are nobody's business."""
    place = error.place
    if place is None:
        return str(error.message)
    file = place.file.replace("\\", "/").rpartition("/")[2]
    return f"{place._replace(file=file)}: {error.message}"


def offer_of(request: Request, offers: tuple[Offer, ...]) -> Offer:
    """Return the format of a page that is most welcome; raises RequestError where none is."""
    offer = chosen(request.headers.get("accept", ""), offers)
    if offer is None:
        media = ", ".join(one.media for one in offers)
        raise RequestError(406, "it cannot be had like that", hint=f"it can be had as {media}")
    return offer


def twin(format: str) -> Offer:
    """Return the offer of a format."""
    return next(offer for offer in PAGES if offer.format == format)


def language_of(request: Request) -> str:
    """Return the language of a page: that of the address, else the one that is read best."""
    wanted = request.query_params.get("lang", "")
    if wanted in LANGUAGES:
        return wanted
    accepted = request.headers.get("accept-language", "")[:200].lower()
    places = {lang: accepted.find(lang) for lang in LANGUAGES}
    found = [lang for lang, place in places.items() if place >= 0]
    return min(found, key=lambda lang: places[lang], default="en")


def kept_language(request: Request) -> str:
    """Return what hands on the language, the clocks and the currency of an address to the next."""
    kept = {name: request.query_params[name] for name in KEPT if name in request.query_params}
    return f"?{urlencode(kept)}" if kept else ""


def headers_of(key: tuple[object, ...]) -> dict[str, str]:
    """Return the headers of an answer that is the same as long as the key is."""
    digest = hashlib.sha256(repr(key).encode("utf-8", "surrogatepass")).hexdigest()[:24]
    vary = "Accept, Accept-Language"
    return {"etag": f'W/"{digest}"', "cache-control": "no-cache", "vary": vary}


def page_of(request: Request, name: str, lang: str, trouble: str | None) -> Page:
    """Return what a template knows of the request."""
    given, path = dict(request.query_params), request.url.path
    links = ServerLinks(split_suffix(path)[0] if path != "/index.json" else "/", given)
    return Page(name, lang, links, given, trouble)
