"""Files that pages share: compressed once, and kept for ever by who asks for them as they are now."""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from factscape.web.negotiation import is_known
from factscape.web.rendering import static_files

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["asset_address", "asset_response"]

_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_FOR_EVER = "public, max-age=31536000, immutable"


class _Asset(NamedTuple):
    data: bytes
    packed: bytes
    mark: str
    """Of what is in it."""


def asset_address(name: str) -> str:
    """Return the address of a static file, which is another one when the file is.

    >>> asset_address("site.css").partition("=")[0]
    '/static/site.css?v'
    """
    data = static_files().get(name)
    return f"/static/{quote(name)}" + (f"?v={_ready(data).mark}" if data is not None else "")


def asset_response(request: Request, name: str, data: bytes, *, for_ever: bool = False) -> Response:
    """Answer with a file; it need not be asked for again where the address says what is in it."""
    from starlette.responses import Response

    asset = _ready(data)
    for_ever = for_ever or request.query_params.get("v") == asset.mark
    headers = {
        "cache-control": _FOR_EVER if for_ever else "no-cache",
        "etag": f'W/"{asset.mark}"',
        "vary": "Accept-Encoding",
    }
    if is_known(headers["etag"], request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    headers["content-type"] = _TYPES["." + name.rpartition(".")[2]]
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.packed, headers={**headers, "content-encoding": "gzip"})
    return Response(asset.data, headers=headers)


@lru_cache(256)
def _ready(data: bytes) -> _Asset:
    packed = gzip.compress(data, 9, mtime=0)
    return _Asset(data, packed, hashlib.sha256(data).hexdigest()[:12])
