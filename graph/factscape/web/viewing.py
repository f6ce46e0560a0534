"""The views on the server: networks, timelines, rankings, comparisons, cards and reports, live."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from factscape.errors import FactscapeError, MisuseError, NamingError, UnknownNameError
from factscape.query.standing import Asked
from factscape.views.result import Result, read_result
from factscape.views.site import STYLE_HASHES, assets
from factscape.web.asking import unless_gone
from factscape.web.assets import asset_response
from factscape.web.framing import currencies, framed, start_page
from factscape.web.given import clocks_of
from factscape.web.guarding import POLICY, RequestError
from factscape.web.memory import Kept, Memory
from factscape.web.negotiation import Offer, is_known
from factscape.web.requested import TWINS, headers_of, language_of, offer_of, page_of, told, twin
from factscape.web.viewed import VIEWS, Given, choices, growth, named, view

if TYPE_CHECKING:
    from factscape.opening import Facts
    from factscape.web.editions import Desk, Edition
    from factscape.web.rendering import Page

__all__ = ["Views"]

_LARGEST = 4 << 20
_MOST_ROWS = 20_000
_LONGEST_QUERY = 20_000
_POLICY = POLICY.replace("style-src 'self'", " ".join(("style-src 'self'", *STYLE_HASHES)))

Made = tuple[int, bytes]
"""A status of HTTP, and what is sent."""


class Views:
    """The addresses of the views, of their data, and of the files that they share."""

    def __init__(self, desk: Desk) -> None:
        """Answer from the edition of the moment."""
        self._desk = desk
        self._memory = Memory(desk.settings.limits.kept_bytes, _LARGEST)

    @property
    def routes(self) -> list[Route]:
        """Which address is answered by what."""
        found = [Route("/static/views/{name}", _asset)]
        for name in VIEWS:
            for path, format in ((f"/{name}.json", "json"), (f"/{name}", None)):
                found.append(Route(path, partial(self._view, name=name, format=format)))
        return found

    async def _view(self, request: Request, *, name: str, format: str | None) -> Response:
        """Return a view or its data, out of memory if nothing has changed since it was made."""
        offer = twin(format) if format else offer_of(request, TWINS)
        lang = language_of(request)
        given = Given.of(request.query_params.multi_items())
        async with self._desk.serving() as edition:
            trouble = told(self._desk.trouble) if self._desk.trouble else None
            key = (edition.version, str(request.url), offer.format, lang, trouble)
            headers = headers_of(key)
            headers["content-security-policy"] = _POLICY
            if is_known(headers["etag"], request.headers.get("if-none-match", "")):
                return Response(status_code=304, headers=headers)
            kept = self._memory.get(headers["etag"])
            if kept is not None:
                return Response(kept.data, headers={**headers, "content-type": kept.content_type})
            page = page_of(request, name, lang, trouble)
            made = partial(self._made, request, edition, offer, page, given)
            # A query is stopped when who asked it hangs up, so it is nobody else's.
            alone = given.one("query")
            status, data = await (made() if alone else self._memory.once(headers["etag"], made))
        if status == 200:
            self._memory.put(headers["etag"], Kept(data, offer.content_type))
        else:
            headers = {"cache-control": "no-store"}
        return Response(data, status, headers={**headers, "content-type": offer.content_type})

    async def _made(
        self, request: Request, edition: Edition, offer: Offer, page: Page, given: Given
    ) -> Made:
        result, clocks = None, clocks_of(request.query_params)
        make = _data if offer.format == "json" else _html
        try:
            if page.name == "network" and (query := given.one("query")):
                if clocks:
                    raise MisuseError("a query is asked of all facts", hint="without a day")
                result = await _answered(request, edition, query)
            return await edition.look(partial(make, page, given, result), clocks=clocks)
        except FactscapeError as wrong:
            if not (isinstance(wrong, MisuseError | NamingError) or wrong.code == "error"):
                raise
            status = _status(wrong)
            if offer.format == "json":
                return status, _as_json(wrong.as_dict())
            return status, await edition.look(partial(_begin, page, given, wrong))


def _data(page: Page, given: Given, result: Result | None, facts: Facts) -> Made:
    """Return the data of a view, or of what it can be of; raise what is wrong."""
    data: Any
    if page.name == "network" and given.values.get("add"):
        data = growth(facts, given, result)
    elif found := view(page.name, facts, given, page.lang, result):
        data = found.data
    else:
        data = {"view": page.name, "choices": choices(page.name, facts, page.lang)}
    return 200, _as_json(data)


def _as_json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def _html(page: Page, given: Given, result: Result | None, facts: Facts) -> Made:
    """Return the page of a view, or one from which it can be begun; raise what is wrong."""
    found = view(page.name, facts, given, page.lang, result)
    if found is None:
        return 200, _begin(page, given, None, facts)
    labels = [facts.reader.label(iri) for iri in named(facts, given)]
    text = framed(
        found,
        page,
        given,
        prefixes=facts.prefixes,
        names=[label.get(page.lang) or label["en"] for label in labels],
        money=_money(page, facts),
        left_out=facts.left_out.as_dict() if facts.left_out else None,
    )
    return 200, text.encode("utf-8")


def _begin(page: Page, given: Given, wrong: FactscapeError | None, facts: Facts) -> bytes:
    """Return the page from which a view is begun, which says what was wrong with another beginning."""
    text = start_page(
        page,
        given,
        choices(page.name, facts, page.lang),
        prefixes=facts.prefixes,
        names=given.values.get("name", ())[:12],
        money=_money(page, facts),
        wrong=wrong,
        near=_near(facts, given) if isinstance(wrong, UnknownNameError) else [],
    )
    return text.encode("utf-8")


def _money(page: Page, facts: Facts) -> list[str]:
    return currencies(facts) if page.name in ("ranking", "compare") else []


def _near(facts: Facts, given: Given) -> list[str]:
    """Return names that may have been meant, where one name is not known."""
    names = given.values.get("name", ())
    return list(facts.names.near(names[0])) if len(names) == 1 else []


def _status(wrong: FactscapeError) -> int:
    """Return 400 for what cannot be asked, 300 for what may mean several, 404 for what is not there."""
    if isinstance(wrong, MisuseError):
        return 400
    return 300 if wrong.code == "ambiguous-name" else 404


async def _answered(request: Request, edition: Edition, query: str) -> Result:
    """Ask a query of the library by its name, or as it stands, in a worker; raise what is wrong."""
    if len(query) > _LONGEST_QUERY:
        raise MisuseError("this query is too long for an address", hint="ask it at /sparql")
    text, name = query, " ".join(query.split())
    if "{" not in query:
        text, name = await edition.look(partial(_of_library, query)), query
    asked = Asked(text, rows="json", triples="nt", most_rows=_MOST_ROWS)
    answer = await unless_gone(request, edition.pool, asked)
    with answer.data as file:
        data = file.read()
    if answer.triples:
        triples = [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)]
        return read_result(triples, name)
    return read_result(ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON), name)


def _of_library(name: str, facts: Facts) -> str:
    found = facts.queries.find(name)
    prefixes = "".join(f"PREFIX {one}: <{iri}>\n" for one, iri in found.prefixes.items())
    return prefixes + found.filled({}, facts)


async def _asset(request: Request) -> Response:
    """Return a file that views share; its name says what is in it, so that it never changes."""
    name = request.path_params["name"]
    data = assets().get(name)
    if data is None:
        raise RequestError(404, "there is nothing at this address")
    return asset_response(request, name, data, for_ever=True)
