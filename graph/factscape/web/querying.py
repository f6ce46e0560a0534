"""The query page: what it shows before a script takes over, and what its script asks for.

`/query` is the page, `/query.json` its twin. A query of the library is named, `?name=finances`,
and set, `&set.company=Zhipu`; any other one is `?query=`. The page itself asks nothing until
somebody says so: the script does, and without one the forms (`ask=1`, or POST).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from factscape.errors import FactscapeError, MisuseError, QueryTimeoutError, QueryTooLargeError
from factscape.query.standing import Asked
from factscape.query.wording import titled
from factscape.web.answers import answer_in_words, vocabulary_of
from factscape.web.asking import unless_gone
from factscape.web.guarding import RequestError, body_of
from factscape.web.memory import Kept, Memory
from factscape.web.negotiation import is_known
from factscape.web.questions import Filled, catalogue, fill_in, find, form_of, page_parts, values_in
from factscape.web.rendering import render
from factscape.web.requested import TWINS, headers_of, language_of, offer_of, page_of, told, twin

if TYPE_CHECKING:
    from factscape.opening import Facts
    from factscape.web.editions import Desk, Edition

__all__ = ["Querying"]

Data = dict[str, Any]

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
_MOST_BYTES = 8 << 20
_MOST_ROWS = 50_000
_CLASSES = "SELECT ?it (COUNT(*) AS ?n) { ?s a ?it } GROUP BY ?it ORDER BY DESC(?n) ?it LIMIT 500"
_PROPERTIES = (
    "SELECT ?it (COUNT(*) AS ?n) { ?s ?it ?o } GROUP BY ?it ORDER BY DESC(?n) ?it LIMIT 1000"
)


class Querying:
    """`/query` and what belongs to it."""

    def __init__(self, desk: Desk) -> None:
        """Answer from the edition of the moment."""
        self._desk = desk
        self._memory = Memory(desk.settings.limits.kept_bytes)

    @property
    def routes(self) -> list[Route]:
        """Which address is answered by what."""
        return [
            Route("/query", self._page, methods=["GET", "POST"]),
            Route("/query.json", self._twin),
            Route("/query/filled.json", self._filled),
            Route("/query/vocabulary.json", self._vocabulary),
        ]

    async def _page(self, request: Request) -> Response:
        if request.method == "POST":
            pairs = await self._posted(request)
            return await self._shown(request, twin("html"), pairs, ask=True)
        pairs = request.query_params.multi_items()
        offer = offer_of(request, TWINS)
        ask = offer.format == "json" or request.query_params.get("ask") == "1"
        return await self._shown(request, offer, pairs, ask=ask)

    async def _twin(self, request: Request) -> Response:
        return await self._shown(
            request, twin("json"), request.query_params.multi_items(), ask=True
        )

    async def _posted(self, request: Request) -> list[tuple[str, str]]:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
            raise RequestError(415, f"a query is posted here as a form ({_FORM})")
        body = await body_of(request, self._desk.settings)
        try:
            text = body.decode("utf-8")
            return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
        except ValueError:
            raise RequestError(400, "this is no form in UTF-8") from None

    async def _shown(
        self, request: Request, offer: Any, pairs: list[tuple[str, str]], *, ask: bool
    ) -> Response:
        """Return the page or its twin, with the answer where one is asked for."""
        lang, given = language_of(request), dict(pairs)
        trouble = told(self._desk.trouble) if self._desk.trouble else None
        async with self._desk.serving() as edition:
            key = (edition.version, request.url.path, tuple(pairs), offer.format, lang, trouble)
            headers = headers_of(key)
            if ask:
                headers = {"cache-control": "no-store"}
            elif is_known(headers["etag"], request.headers.get("if-none-match", "")):
                return Response(status_code=304, headers=headers)
            data = await edition.look(partial(_asked_for, given, pairs, lang))
            if ask and data["text"].strip():
                data |= await self._answered(request, edition, data, lang)
            status = data.pop("status", 200)
            headers["content-type"] = offer.content_type
            if offer.format == "json":
                return Response(_as_json(data), status, headers)
            page = replace(page_of(request, "query", lang, trouble), given=given)
            return Response(render(page, data | page_parts()), status, headers)

    async def _answered(
        self, request: Request, edition: Edition, data: Data, lang: str
    ) -> dict[str, Any]:
        """Return the answer, or what is wrong with the query."""
        limits = self._desk.settings.limits
        asked = Asked(
            data["text"],
            most_rows=min(limits.rows, _MOST_ROWS),
            most_bytes=min(limits.bytes, _MOST_BYTES),
            triples="nt",
        )
        try:
            answer = await unless_gone(request, edition.pool, asked)
        except FactscapeError as error:
            if error.code == "busy":
                raise
            status = 400 if error.code == "query-syntax" else 200
            return {"error": error.as_dict()["error"], "status": status}
        with answer.data:
            said = answer.data.read()
        heads = {name: words[lang] for name, words in data["headings"].items()}
        work = partial(answer_in_words, said, answer.triples, heads, lang)
        return {"answer": await edition.look(work)}

    async def _filled(self, request: Request) -> Response:
        """Return the text of a query of the library with its parameters set."""
        name = request.query_params.get("name", "")
        given = values_in(request.query_params.multi_items())
        lang = language_of(request)

        def work(facts: Facts) -> Data:
            return fill_in(facts, find(facts, name), given, lang).as_dict()

        async with self._desk.serving() as edition:
            return await self._kept(
                request, (edition.version, str(request.url), lang), edition, work
            )

    async def _vocabulary(self, request: Request) -> Response:
        """Return the prefixes, classes and properties of the data, the most used first."""
        async with self._desk.serving() as edition:
            headers = headers_of((edition.version, "vocabulary"))
            if is_known(headers["etag"], request.headers.get("if-none-match", "")):
                return Response(status_code=304, headers=headers)
            kept = self._memory.get(headers["etag"])
            if kept is None:
                classes = await self._counted(request, edition, _CLASSES)
                properties = await self._counted(request, edition, _PROPERTIES)
                data = await edition.look(partial(vocabulary_of, classes, properties))
                kept = Kept(_as_json(data), _JSON)
                self._memory.put(headers["etag"], kept)
            return Response(kept.data, headers={**headers, "content-type": kept.content_type})

    async def _counted(self, request: Request, edition: Edition, text: str) -> bytes:
        """Count in a worker, as long as a query may run; where that is too short nothing is known."""
        try:
            answer = await unless_gone(request, edition.pool, Asked(text))
        except (QueryTimeoutError, QueryTooLargeError):
            return b""
        with answer.data:
            return answer.data.read()

    async def _kept(
        self,
        request: Request,
        key: tuple[object, ...],
        edition: Edition,
        work: Callable[[Facts], Data],
    ) -> Response:
        headers = headers_of(key)
        if is_known(headers["etag"], request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers=headers)
        data = await edition.look(work)
        return Response(_as_json(data), headers={**headers, "content-type": _JSON})


def _as_json(data: Mapping[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _asked_for(
    given: Mapping[str, str], pairs: list[tuple[str, str]], lang: str, facts: Facts
) -> Data:
    """Return what is asked for: a query of the library with its form, or a text.

    What is wrong with the values of a form is said beside it. Raises MisuseError for a query that
    is not there.
    """
    name, text = given.get("name", ""), given.get("query", "")
    if name and text:
        raise MisuseError("a query is named or written, not both", hint="leave out one of the two")
    data: Data = {**catalogue(facts), "query": None, "text": text, "headings": {}}
    data |= {"answer": None, "error": None}
    if not name:
        return data
    query, values = find(facts, name), values_in(pairs)
    filled: Filled | None = None
    try:
        filled = fill_in(facts, query, values, lang)
        title = titled(query, query.values({}, facts), facts, lang)
    except FactscapeError as error:
        title = query.title[lang]
        data |= {"error": error.as_dict()["error"], "status": 400}
    data["query"] = {
        "name": name,
        "title": query.title[lang],
        "question": query.question[lang],
        "view": query.header.view,
        "asked": title,
        "form": form_of(facts, query, values, lang),
    }
    return data | (
        {"text": filled.text, "headings": filled.as_dict()["headings"]} if filled else {}
    )
