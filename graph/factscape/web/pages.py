"""Pages for people, their JSON twins, and things as linked data, by what is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from factscape.errors import MisuseError, UnknownNameError
from factscape.query import run
from factscape.query.formats import write_answer
from factscape.query.standing import Asked
from factscape.terms import BASE, FS
from factscape.web.addresses import KINDS, SUFFIXES, split_suffix
from factscape.web.asking import unless_gone
from factscape.web.assets import asset_response
from factscape.web.given import clocks_of
from factscape.web.guarding import RequestError
from factscape.web.links import ServerLinks
from factscape.web.looking.pages import LOOKS
from factscape.web.memory import Kept, Memory
from factscape.web.negotiation import PAGES, Offer, is_known
from factscape.web.rendering import LANGUAGES, NAMED, Page, render, static_files
from factscape.web.requested import (
    TWINS,
    headers_of,
    kept_language,
    language_of,
    offer_of,
    page_of,
    told,
    twin,
)

if TYPE_CHECKING:
    from factscape.opening import Facts
    from factscape.web.editions import Desk, Warm

__all__ = ["WARM", "Pages", "error_page"]

_RDF = {"ttl": "ttl", "nt": "nt", "jsonld": "json", "rdf": "xml"}
_MOST_TRIPLES = 20_000

_ABOUT = """CONSTRUCT {{ {0} ?p ?o . ?o ?q ?x . ?s ?r {0} }} WHERE {{
  {{ {0} ?p ?o }} UNION {{ {0} ?p ?o . ?o ?q ?x FILTER(isBlank(?o)) }} UNION {{ ?s ?r {0} }}
}} LIMIT {1}"""


class Pages:
    """Everything but `/sparql`."""

    def __init__(self, desk: Desk) -> None:
        """Answer from the edition of the moment."""
        self._desk = desk
        most = desk.settings.limits.kept_bytes
        self._memory = Memory(most, most // 8)

    @property
    def routes(self) -> list[Route]:
        """Which address is answered by what."""
        found = []
        for name in sorted(LOOKS.keys() & NAMED.keys()):
            path = NAMED[name]
            end = "/index.json" if path == "/" else f"{path}.json"
            for one, format in ((end, "json"), (path, None)):
                found.append(Route(one, partial(self._page, name=name, format=format)))
        found += [Route(f"/{kind}/{{rest:path}}", self._name) for kind in KINDS]
        return [
            *found,
            Route("/thing", self._thing),
            Route("/thing/{rest:path}", self._thing),
            Route("/static/{name}", _static),
        ]

    async def _name(self, request: Request) -> Response:
        """Lead from the name of a thing to a page about it: it is not a page itself."""
        offer = offer_of(request, PAGES)
        suffix = next(end for end, format in SUFFIXES.items() if format == offer.format)
        where = "/thing" + quote(request.url.path, safe="/:@!$&'()*+,;=-._~")
        target = where + (suffix if offer.format != "html" else "") + kept_language(request)
        return RedirectResponse(target, 303, {"vary": "Accept"})

    async def _page(self, request: Request, *, name: str, format: str | None) -> Response:
        offer = twin(format) if format else offer_of(request, TWINS)
        lang = language_of(request)
        given = {**request.query_params, **request.path_params, "lang": lang}
        return await self._made(request, offer, lang, name, partial(_seen, name, given))

    async def _thing(self, request: Request) -> Response:
        rest = request.path_params.get("rest")
        if rest is None:
            iri, format = request.query_params.get("iri", ""), request.query_params.get("format")
        else:
            name, format = split_suffix(rest)
            iri = BASE + name
        if format is not None and format not in SUFFIXES.values():
            raise MisuseError("there is no such format", hint=", ".join(SUFFIXES.values()))
        offer = twin(format) if format else offer_of(request, PAGES)
        if offer.format in _RDF:
            return await self._described(request, iri, offer)
        lang = language_of(request)
        given = {**request.query_params, "iri": iri, "lang": lang}
        return await self._made(request, offer, lang, "thing", partial(_seen, "thing", given))

    async def _made(
        self,
        request: Request,
        offer: Offer,
        lang: str,
        name: str,
        look: Callable[[Facts], dict[str, Any]],
    ) -> Response:
        """Return a page or its twin, out of memory if nothing has changed since it was made."""
        async with self._desk.serving() as edition:
            trouble = self._trouble()
            key = (edition.version, str(request.url), offer.format, lang, trouble)
            headers = headers_of(key)
            if is_known(headers["etag"], request.headers.get("if-none-match", "")):
                return Response(status_code=304, headers=headers)
            kept = self._memory.get(headers["etag"])
            if kept is None:
                make = partial(_make, look, offer, page_of(request, name, lang, trouble))
                seen = partial(edition.look, make, clocks=clocks_of(request.query_params))
                kept = Kept(await self._memory.once(headers["etag"], seen), offer.content_type)
                self._memory.put(headers["etag"], kept)
            return Response(kept.data, headers={**headers, "content-type": kept.content_type})

    async def _described(self, request: Request, iri: str, offer: Offer) -> Response:
        """Return what is said of a thing, and what names it, as triples."""
        clocks = clocks_of(request.query_params)
        async with self._desk.serving() as edition:
            await edition.look(partial(_known, iri), clocks=clocks)
            headers = headers_of((edition.version, iri, offer.format, clocks))
            if is_known(headers["etag"], request.headers.get("if-none-match", "")):
                return Response(status_code=304, headers=headers)
            if clocks:  # the workers have the facts of today alone
                data = await edition.look(partial(_triples, iri, offer), clocks=clocks)
            else:
                answer = await unless_gone(request, edition.pool, _asked(iri, offer))
                with answer.data:
                    data = answer.data.read()
            return Response(data, headers={**headers, "content-type": offer.content_type})

    def _trouble(self) -> str | None:
        trouble = self._desk.trouble
        return told(trouble) if trouble else None


def _about(iri: str) -> str:
    return _ABOUT.format(ox.NamedNode(iri), _MOST_TRIPLES)


def _asked(iri: str, offer: Offer) -> Asked:
    return Asked(_about(iri), rows=None, triples=_RDF[offer.format])


def _triples(iri: str, offer: Offer, facts: Facts) -> bytes:
    output = BytesIO()
    answer = run(facts.store, _about(iri), prefixes=facts.prefixes)
    write_answer(answer, output, _RDF[offer.format], prefixes=facts.prefixes)
    return output.getvalue()


def _seen(name: str, given: dict[str, str], facts: Facts) -> dict[str, Any]:
    data = LOOKS[name](facts, given)
    return {**data, "left_out": facts.left_out.as_dict()} if facts.left_out else data


def _make(look: Callable[[Facts], dict[str, Any]], offer: Offer, page: Page, facts: Facts) -> bytes:
    data = look(facts)
    if offer.format == "json":
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    return render(page, data).encode("utf-8")


def _known(iri: str, facts: Facts) -> None:
    """Raise UnknownNameError where there is no such thing: 404."""
    from factscape.web.looking.things import known

    known(facts, iri)


def _page_of(name: str, facts: Facts) -> None:
    """Make a page that nobody asked for, so that the first who asks does not wait."""
    given = {"iri": FS.Source, "lang": LANGUAGES[0]}
    page = Page(name, LANGUAGES[0], ServerLinks("/", {}))
    # Facts without our vocabulary have no such thing.
    with suppress(UnknownNameError):
        _make(partial(_seen, name, given), TWINS[0], page, facts)


def _stage(facts: Facts) -> None:
    from factscape.views.asking import stage_of

    stage_of(facts)


WARM: Warm = (
    partial(_page_of, "home"),
    partial(_page_of, "thing"),
    # What pages of figures and metrics need, and then the network.
    lambda facts: facts.recomputed,
    lambda facts: facts.rankable,
    _stage,
)


def error_page(request: Request, status: int, message: str, hint: str) -> Response:
    """Return what people see of an error."""
    # A wrong date or currency is not handed on to where the page leads.
    kept = {"lang": request.query_params["lang"]} if "lang" in request.query_params else {}
    links = ServerLinks(request.url.path, kept)
    page = Page("error", language_of(request), links, dict(request.query_params))
    html = render(page, {"status": status, "message": message, "hint": hint})
    return Response(html, status, media_type="text/html", headers={"cache-control": "no-store"})


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    data = static_files().get(name)
    if data is None:
        raise RequestError(404, "there is nothing at this address")
    return asset_response(request, name, data)
