"""The SPARQL 1.1 Protocol: what a request asks, and how the answer goes back."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from factscape.errors import FactscapeError, QueryRefusedError
from factscape.query.standing import Asked
from factscape.web.description import service_description
from factscape.web.guarding import RequestError, body_of
from factscape.web.memory import LARGEST, Kept, Memory
from factscape.web.negotiation import ROWS, TRIPLES, Offer, chosen, is_known, named
from factscape.web.workers.pool import Answer, Pool

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from factscape.web.editions import Desk, Edition
    from factscape.web.settings import Limits

__all__ = ["Endpoint", "unless_gone"]

Refuse = Callable[[Request, Exception], Response]

_PART = 1 << 16
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_GRAPHS = ("default-graph-uri", "named-graph-uri")
# Where one of these may be called, asking again may give something else.
_CHANGING = re.compile(r"\b(rand|now|uuid|struuid|bnode)\b")
_CHANGING_PARTS = ("rand", "now", "uuid", "bnode")
"""Looked for first: most queries hold none of them."""
_CACHED = ((b"cache-control", b"no-cache"), (b"vary", b"Accept, Accept-Encoding"))
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


@dataclass(frozen=True)
class Question:
    """What a request asks: a query, the graphs that it sees, the formats that are welcome."""

    text: str
    graphs: tuple[tuple[str, ...], tuple[str, ...]] | None
    rows: Offer | None
    triples: Offer | None

    def asked(self, limits: Limits) -> Asked:
        """Return it as a worker takes it."""
        return Asked(
            self.text,
            self.rows and self.rows.format,
            self.triples and self.triples.format,
            self.graphs,
            limits.rows,
            limits.bytes,
        )

    def tag(self, version: str) -> str | None:
        """Return the ETag of the answer over a state of the data; None where it may vary."""
        text = self.text.lower()
        if any(part in text for part in _CHANGING_PARTS) and _CHANGING.search(text):
            return None
        formats = (self.rows and self.rows.media, self.triples and self.triples.media)
        parts = repr((version, self.text, self.graphs, *formats))
        # Weak: blank nodes may have other names next time.
        digest = hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()
        return f'W/"{digest[:24]}"'


class _Ready(Response):
    """A response of which nothing has to be worked out."""

    def __init__(self, data: bytes, content_type: str, tag: str | None) -> None:
        self.status_code, self.body, self.background = 200, data, None
        self.raw_headers = [
            *_CACHED,
            (b"content-type", content_type.encode("ascii")),
            (b"content-length", b"%d" % len(data)),
        ]
        if tag:
            self.raw_headers.append((b"etag", tag.encode("ascii")))


class Endpoint:
    """`/sparql`, an application by itself: routing takes longer than a small query."""

    def __init__(self, desk: Desk, refuse: Refuse) -> None:
        """Answer from the edition of the moment; `refuse` says what is wrong with a request."""
        self._desk = desk
        self._refuse = refuse
        self._memory = Memory(desk.settings.limits.kept_bytes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            response = await self._response(request)
        except (FactscapeError, HTTPException) as error:
            response = self._refuse(request, error)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        """Answer a query, or describe the service when none is asked."""
        allowed = {"allow": ", ".join(_METHODS)}
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=allowed)
        if request.method not in _METHODS:
            raise HTTPException(405, headers=allowed)
        question = await self._question(request)
        if question is None:
            return await self._described(request)
        with self._desk.edition.used() as edition:
            tag = question.tag(edition.version)
            if tag and is_known(tag, _header(request, b"if-none-match")):
                return Response(status_code=304, headers=_headers(tag))
            if kept := self._memory.get(tag):
                return _Ready(kept.data, kept.content_type, tag)
            return await self._answered(request, question, edition, tag)

    async def _answered(
        self, request: Request, question: Question, edition: Edition, tag: str | None
    ) -> Response:
        asked = question.asked(self._desk.settings.limits)
        answer = await unless_gone(request, edition.pool, asked)
        offer = question.triples if answer.triples else question.rows
        if offer is None:
            answer.data.close()
            kind, offers = ("graph", TRIPLES) if answer.triples else ("table", ROWS)
            media = ", ".join(dict.fromkeys(one.media for one in offers))
            raise RequestError(406, f"the answer is a {kind}", hint=f"it can be had as {media}")
        if answer.size > LARGEST:
            headers = {"content-type": offer.content_type, "content-length": str(answer.size)}
            done = BackgroundTask(answer.data.close)
            return StreamingResponse(
                _parts(answer), headers=_headers(tag) | headers, background=done
            )
        with answer.data:
            data = answer.data.read()
        if tag:
            self._memory.put(tag, Kept(data, offer.content_type))
        return _Ready(data, offer.content_type, tag)

    async def _described(self, request: Request) -> Response:
        accept = request.headers.get("accept", "")
        if chosen(accept, (*TRIPLES, Offer("text/html", "html"))) == ("text/html", "html"):
            return RedirectResponse("/query", 303, {"vary": "Accept"})
        return await service_description(request, self._desk)

    async def _question(self, request: Request) -> Question | None:
        """Read what is asked; None when there is no query. Raises RequestError."""
        given = _pairs(request.scope["query_string"])
        if request.method == "POST":
            given = await self._posted(request, given)
        queries = [value for name, value in given if name == "query"]
        if any(name == "update" for name, _ in given):
            raise _no_update()
        if len(queries) > 1:
            raise RequestError(400, "a request holds one query")
        if not queries:
            if request.method == "POST" or any(name in _GRAPHS for name, _ in given):
                raise RequestError(400, "there is no query", hint="send it as query=")
            return None
        default, others = (
            tuple(value for name, value in given if name == graph) for graph in _GRAPHS
        )
        for iri in (*default, *others):
            if ":" not in iri or _NO_IRI.search(iri):
                raise RequestError(400, "a graph is named by a whole IRI")
        rows, triples = _offers(request, given)
        return Question(queries[0], (default, others) if default or others else None, rows, triples)

    async def _posted(
        self, request: Request, in_address: list[tuple[str, str]]
    ) -> list[tuple[str, str]]:
        """Return what a POST says: in its body, or beside the query that is its body."""
        kind, _, rest = request.headers.get("content-type", "").partition(";")
        kind, charset = kind.strip().lower(), rest.partition("charset=")[2].strip(' "').lower()
        if kind == _UPDATE:
            raise _no_update()
        if kind not in (_FORM, _QUERY) or charset not in ("", "utf-8", "utf8"):
            raise RequestError(415, f"a query is posted as {_QUERY} or {_FORM}, in UTF-8")
        body = await body_of(request, self._desk.settings)
        if kind == _FORM:
            return _pairs(body)
        return [*in_address, ("query", _text(body))]


def _headers(tag: str | None) -> dict[str, str]:
    found = {name.decode("ascii"): value.decode("ascii") for name, value in _CACHED}
    return {**found, "etag": tag} if tag else found


def _header(request: Request, wanted: bytes) -> str:
    """Return a header, "" where it is not given: for one or two it is not worth reading them all."""
    found = (value for name, value in request.scope["headers"] if name == wanted)
    return str(next(found, b"").decode("latin-1"))


def _offers(request: Request, given: list[tuple[str, str]]) -> tuple[Offer | None, Offer | None]:
    """Return the formats that are wanted: `format=` goes before the header, if it is known."""
    accept = _header(request, b"accept")
    rows, triples = chosen(accept, ROWS), chosen(accept, TRIPLES)
    for name, value in given:
        if name == "format":
            rows, triples = named(value, ROWS) or rows, named(value, TRIPLES) or triples
    return rows, triples


def _pairs(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            data.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=100
        )
    except UnicodeDecodeError:
        raise RequestError(400, "the request is not UTF-8") from None
    except ValueError:
        raise RequestError(400, "the request has too many fields") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise RequestError(400, "the query is not UTF-8") from None


def _no_update() -> QueryRefusedError:
    return QueryRefusedError(
        "facts cannot be changed here", hint="they change in their files, which are read again"
    )


async def _parts(answer: Answer) -> AsyncIterator[bytes]:
    while part := answer.data.read(_PART):
        yield part


async def unless_gone(request: Request, pool: Pool, asked: Asked) -> Answer:
    """Return the answer of a query; when the client hangs up first, it is stopped.

    Raises ClientDisconnect, and what asking raises.
    """
    task, watched = asyncio.current_task(), _Watched()
    assert task
    # Most are answered at once: nobody has to be watched.
    late = pool.alarm.set(partial(watched.begin, request, task))
    try:
        return await pool.ask(asked)
    except asyncio.CancelledError:
        if watched.gone and not task.uncancel():
            raise ClientDisconnect from None
        raise
    finally:
        late.cancel()
        watched.end()


class _Watched:
    """A client that may hang up while somebody works for it."""

    def __init__(self) -> None:
        self.gone = False
        self._watcher: asyncio.Task[None] | None = None

    def begin(self, request: Request, task: asyncio.Task[Any]) -> None:
        """Cancel the task as soon as the client is gone."""
        self._watcher = asyncio.ensure_future(self._watch(request, task))

    def end(self) -> None:
        """Watch no longer."""
        if self._watcher:
            self._watcher.cancel()

    async def _watch(self, request: Request, task: asyncio.Task[Any]) -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        task.cancel()
