"""Serving: sockets, connections that take too long, and a clean end."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

from factscape.errors import FactscapeError, MissingExtraError, MisuseError

if TYPE_CHECKING:
    from factscape.web.settings import Limits, Settings

__all__ = ["serve"]

_BACKLOG = 256
_LARGE = 1 << 14
_NO_REQUEST = MisuseError(
    "this is no request of HTTP",
    hint="an address holds only ASCII; curl writes other letters so: -G --data-urlencode q=NAME",
)


def serve(settings: Settings, started: Callable[[str], None] = lambda _: None) -> None:
    """Serve until SIGINT or SIGTERM; `started` is told the address once requests are answered.

    Raises MissingExtraError, MisuseError where the address cannot be had, and what opening the
    facts raises.
    """
    try:
        import httptools  # noqa: F401 - what uvicorn reads requests with
        import starlette  # noqa: F401
        import uvicorn
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "uvicorn", "serve") from error
    from factscape.opening import open_facts
    from factscape.web.app import make_app

    with _listening(settings) as listener:
        # What has to be compiled is compiled where Ctrl-C still ends it at once.
        open_facts(settings.facts).close()
        address = _address(listener, settings.host)
        failures: list[BaseException] = []
        app = _Watched(make_app(settings, lambda _: started(address)), failures)
        _log_in_lines()
        config = uvicorn.Config(
            app,
            http=_protocol(settings.limits),
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=15,
            # What runs is finished: a query ends within its limit.
            timeout_graceful_shutdown=int(settings.limits.seconds) + 5,
        )
        server = uvicorn.Server(config)
        with _signals_are_an_end(), contextlib.suppress(SystemExit):
            server.run(sockets=[listener])
    if failures:
        raise failures[0]


class _Lines(logging.Handler):
    """What uvicorn has to say, as the other lines of the log."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        from factscape.web.app import say

        said = {"level": record.levelname.lower(), "message": record.getMessage()}
        if record.exc_info:
            said["trace"] = logging.Formatter().formatException(record.exc_info)
        say("server", **said)


def _log_in_lines() -> None:
    logger = logging.getLogger("uvicorn")
    logger.handlers[:] = [_Lines(logging.WARNING)]
    logger.propagate = False


@contextlib.contextmanager
def _signals_are_an_end() -> Iterator[None]:
    """Let the signals that end the server end it well: uvicorn sends them again when it is done."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: None) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


class _Watched:
    """The application, of which uvicorn only logs why it did not start."""

    def __init__(self, app: Any, failures: list[BaseException]) -> None:
        self._app = app
        self._failures = failures

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        except FactscapeError as error:
            self._failures.append(error)
            raise


def _listening(settings: Settings) -> socket.socket:
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise MisuseError(f"there is no address {settings.host} here") from error
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise MisuseError(
            f"{settings.host} port {settings.port} cannot be had: {error.strerror}",
            hint="give another one: --port 8001, or --port 0 for any that is free",
        ) from error
    return listener


def _address(listener: socket.socket, host: str) -> str:
    port = listener.getsockname()[1]
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


class _Joined:
    """A connection on which a head goes out with its body: one packet, one waking of the client."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Send at the end of this turn of the loop, what is large at once."""
        if not self._parts:
            self._loop.call_soon(self._flush)
        self._parts.append(data)
        if len(data) > _LARGE:
            self._flush()

    def is_closing(self) -> bool:
        """Say whether nothing more is sent."""
        return self._transport.is_closing()

    def close(self) -> None:
        """Send what is left, and close."""
        self._flush()
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def _flush(self) -> None:
        if self._parts:
            self._transport.write(b"".join(self._parts))
            self._parts.clear()


def _no_request() -> bytes:
    """Return the answer to what is no request: uvicorn's own would be no JSON."""
    data = json.dumps(_NO_REQUEST.as_dict()).encode("ascii")
    head = (
        "HTTP/1.1 400 Bad Request",
        "content-type: application/json",
        "x-content-type-options: nosniff",
        f"content-length: {len(data)}",
        "connection: close",
    )
    return "\r\n".join((*head, "", "")).encode("ascii") + data


def _protocol(limits: Limits) -> type[asyncio.Protocol]:
    """Make uvicorn's protocol impatient, which it is by itself only between two requests."""
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

    class Impatient(HttpToolsProtocol):
        """A connection that is closed when its client takes too long, or sends too long a head."""

        _timer: asyncio.TimerHandle | None = None
        _head = 0

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(cast(asyncio.Transport, _Joined(transport, self.loop)))
            if len(self.connections) > limits.connections:
                transport.abort()
                return
            self._wait()

        def data_received(self, data: bytes) -> None:
            idle = not self._answering()
            super().data_received(data)
            if self._answering():
                self._head = 0
                self._rest()
                return
            self._head = self._head + len(data) if idle else 0
            if self._head > limits.head_bytes:
                self.transport.abort()
            elif self._timer is None:
                self._wait()

        def pause_writing(self) -> None:
            super().pause_writing()
            self._wait()

        def resume_writing(self) -> None:
            super().resume_writing()
            self._rest()

        def send_400_response(self, msg: str) -> None:
            self.transport.write(_no_request())
            self.transport.close()

        def connection_lost(self, exc: Exception | None) -> None:
            self._rest()
            super().connection_lost(exc)

        def _answering(self) -> bool:
            return self.cycle is not None and not self.cycle.response_complete

        def _wait(self) -> None:
            self._rest()
            self._timer = self.loop.call_later(limits.client_seconds, self.transport.abort)

        def _rest(self) -> None:
            if self._timer:
                self._timer.cancel()
                self._timer = None

    return Impatient
