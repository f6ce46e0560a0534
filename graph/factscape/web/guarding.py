"""What stands before every request: who it is addressed to, how large it is, what goes out with it."""

from __future__ import annotations

import ipaddress
import json
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from factscape.errors import FactscapeError
from factscape.web.settings import Settings

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Guard", "RequestError", "body_of"]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""Nothing from elsewhere, nothing in line, no text that becomes markup."""
_READ_AWAY = 8
"""So many times the largest body is read before a request is broken off."""

_HEADERS = (
    (b"content-security-policy", POLICY.encode("ascii")),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


class RequestError(FactscapeError):
    """A request that is wrong before anybody looks at what it asks."""

    code = "request"

    def __init__(self, status: int, message: str, *, hint: str = "") -> None:
        """Say which status of HTTP it is."""
        super().__init__(message, hint=hint)
        self.status = status


class Guard:
    """The outermost application: it turns wrong requests away and dresses every answer."""

    def __init__(self, app: ASGIApp, settings: Settings, say: Callable[..., None]) -> None:
        """Stand before `app`; `say` takes an event and its fields, for the log."""
        self._app = app
        self._settings = settings
        self._say = say
        self._names = {"localhost", settings.host.lower(), *map(str.lower, settings.names)}
        self._is_ours = lru_cache(64)(self._is_our_name)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status, sent = time.perf_counter(), 0, 0

        async def dressed(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = message.setdefault("headers", [])
                there = {name for name, _ in headers}
                headers += [header for header in _HEADERS if header[0] not in there]
            sent += len(message.get("body", b""))
            await send(message)

        if refused := self._refused(scope):
            await _refuse(dressed, *refused)
        else:
            await self._app(scope, receive, dressed)
        if self._settings.log != "errors":
            self._tell(scope, status, sent, time.perf_counter() - begun)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Return why a request is not looked at at all, None where it is."""
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1:
            return 400, "a request names the host that it is for, once"
        if not self._is_ours(hosts[0].decode("latin-1")):
            # A name that somebody else gave to this address: a page of theirs must not read here.
            return 421, "this server does not answer under that name"
        if any(name == b"content-encoding" for name, _ in scope["headers"]):
            return 415, "a request is sent as it is, not compressed"
        return None

    def _is_our_name(self, host: str) -> bool:
        name = host.lower()
        if name.startswith("["):
            name, bracket, port = name[1:].partition("]")
            port = port.removeprefix(":") if bracket and port[:1] in ("", ":") else "x"
        else:
            name, _, port = name.partition(":")
        if port and not (port.isascii() and port.isdigit()):
            return False
        if name in self._names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True  # an address is nobody's to give away

    def _tell(self, scope: Scope, status: int, sent: int, seconds: float) -> None:
        asked = scope["query_string"].decode("latin-1")
        text = {"query": asked} if self._settings.log == "queries" and asked else {}
        self._say(
            "request",
            method=scope["method"],
            # What people look for and ask stands behind the question mark, which is left out.
            path=scope["path"],
            status=status,
            bytes=sent,
            ms=round(seconds * 1000, 1),
            **text,
        )


async def _refuse(send: Send, status: int, message: str) -> None:
    data = json.dumps(RequestError(status, message).as_dict()).encode("ascii")
    headers: Mapping[bytes, bytes] = {
        b"content-type": b"application/json",
        b"content-length": str(len(data)).encode("ascii"),
        b"connection": b"close",
    }
    start = {"type": "http.response.start", "status": status, "headers": list(headers.items())}
    await send(start)
    await send({"type": "http.response.body", "body": data})


async def body_of(request: Request, settings: Settings) -> bytes:
    """Return the body of a request, when it is small enough and comes in time.

    Raises RequestError.
    """
    import asyncio

    most = settings.limits.request_bytes
    stated = request.headers.get("content-length", "0")
    if not stated.isdigit() or int(stated) > most * _READ_AWAY:
        raise _too_large(most)
    body, size = bytearray(), 0
    try:
        async with asyncio.timeout(settings.limits.client_seconds):
            async for part in request.stream():
                size += len(part)
                # A little too much is read away: who is still sending does not listen.
                if size > most * _READ_AWAY:
                    break
                body += part if size <= most else b""
    except TimeoutError:
        raise RequestError(408, "the request did not come to its end in time") from None
    if size > most:
        raise _too_large(most)
    return bytes(body)


def _too_large(most: int) -> RequestError:
    return RequestError(413, f"a request has at most {most:,} bytes")
