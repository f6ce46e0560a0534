"""The application: which address is answered by what, and how errors look from outside."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from factscape.errors import FactscapeError
from factscape.web.asking import Endpoint
from factscape.web.editions import Desk
from factscape.web.guarding import Guard, RequestError
from factscape.web.negotiation import Offer, chosen
from factscape.web.pages import WARM, Pages, error_page
from factscape.web.requested import told

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from factscape.web.settings import Settings

__all__ = ["make_app"]

_STATUS = {
    "query-syntax": 400,
    "query-refused": 403,
    "unknown-name": 404,
    "ambiguous-name": 400,
    "misuse": 400,
    "busy": 503,
    "query-timeout": 503,
}
"""The status of HTTP by the code of an error; of any other it is 500."""
_RETRY_AFTER = "2"


def make_app(settings: Settings, opened: Callable[[Desk], None] = lambda _: None) -> ASGIApp:
    """Make the application; `opened` is told when it has opened the facts.

    Opening them is part of its start (lifespan), and raises what `open_facts` raises.
    """
    desk = Desk(settings, say, WARM)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await desk.open()
        try:
            opened(desk)
            yield
        finally:
            await desk.close()

    async def status(_: Request) -> Response:
        trouble = told(desk.trouble) if desk.trouble else None
        edition = desk.edition
        return JSONResponse(
            {"version": edition.version, "running": edition.pool.running, "trouble": trouble},
            headers={"cache-control": "no-store"},
        )

    routes = [Route("/status", status), *Pages(desk).routes]
    handlers: Any = {
        FactscapeError: _failed,
        HTTPException: _failed,
        ClientDisconnect: _gone,
        Exception: _broken,
    }
    explorer = Starlette(routes=routes, lifespan=lifespan, exception_handlers=handlers)
    explorer.router.default = _Later(
        lambda: Starlette(routes=_more(desk), exception_handlers=handlers)
    )
    endpoint = ServerErrorMiddleware(Endpoint(desk, _refused), _broken)
    return Guard(_Doors({"/sparql": _Zipped(endpoint)}, _Zipped(explorer)), settings, say)


def _more(desk: Desk) -> list[Route]:
    """Return what else there is: it draws, and reads queries, which takes a while to import."""
    from factscape.web.description import dataset_description
    from factscape.web.openapi import describe
    from factscape.web.querying import Querying
    from factscape.web.viewing import Views

    async def void(request: Request) -> Response:
        return await dataset_description(request, desk)

    return [
        Route("/.well-known/void", void),
        Route("/openapi.json", describe),
        *Views(desk).routes,
        *Querying(desk).routes,
    ]


class _Later:
    """An application that is made when it is first asked: the first page does not wait for it."""

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        self._make = make

    @cached_property
    def app(self) -> ASGIApp:
        """The application itself."""
        return self._make()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


class _Doors:
    """The applications of a few addresses, and of all others."""

    def __init__(self, few: Mapping[str, ASGIApp], others: ASGIApp) -> None:
        self._few = few
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._few.get(scope["path"]) if scope["type"] == "http" else None
        await (app or self._others)(scope, receive, send)


class _Zipped(GZipMiddleware):
    """Compresses for those who ask for it, and does nothing at all for others."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, minimum_size=1000, compresslevel=5)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = scope["type"] == "http" and any(
            name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"]
        )
        await (super().__call__ if wanted else self.app)(scope, receive, send)


def say(event: str, **fields: object) -> None:
    """Write a line of JSON on standard error."""
    line = json.dumps({"event": event, **fields}, ensure_ascii=True)
    print(line, file=sys.stderr, flush=True)


_EITHER = (Offer("application/json", "json"), Offer("text/html", "html"))


def _said(
    request: Request, status: int, error: FactscapeError, headers: Mapping[str, str]
) -> Response:
    """Say an error as data, and to a browser that looks for a page as a page."""
    wanted = chosen(request.headers.get("accept", ""), _EITHER)
    if wanted and wanted.format == "html" and request.url.path != "/sparql":
        response = error_page(request, status, error.message, error.hint)
    else:
        response = JSONResponse(error.as_dict(), status)
    response.headers.update(headers)
    return response


def _refused(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        said = RequestError(error.status_code, str(error.detail).lower())
        return _said(request, error.status_code, said, error.headers or {})
    assert isinstance(error, FactscapeError)
    status = error.status if isinstance(error, RequestError) else _STATUS.get(error.code, 500)
    headers = {"cache-control": "no-store"}
    if error.code == "busy":
        headers["retry-after"] = _RETRY_AFTER
    return _said(request, status, error, headers)


async def _failed(request: Request, error: Exception) -> Response:
    return _refused(request, error)


async def _broken(_: Request, error: Exception) -> Response:
    said = FactscapeError("this is a mistake of the server's own; its log says more")
    return JSONResponse(said.as_dict(), 500)


async def _gone(_: Request, error: Exception) -> Response:
    return Response(status_code=499)  # nobody reads it
