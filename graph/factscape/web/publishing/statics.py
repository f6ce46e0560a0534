"""The static files of a site: those of the explorer, and what stands in for a server."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from factscape.web.publishing.views import asset
from factscape.web.rendering import static_files

__all__ = ["static_file"]

_HERE = Path(__file__).parent / "static"


@cache
def static_file(name: str) -> bytes:
    """Return a static file of the explorer as a site has it.

    The script that searches brings along what finds names without a server.

    >>> b"factscape.find" in static_file("search.js")
    True
    """
    if name in ("find.js", "query-offline.js"):
        return (_HERE / name).read_bytes()
    if (view := asset(name)) is not None:
        return view
    own = static_files()[name]
    if name != "search.js":
        return own
    before, behind = ((_HERE / other).read_bytes() for other in ("find.js", "results.js"))
    return b"\n".join([before, own, behind])
