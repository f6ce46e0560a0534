"""Where things are on the server, as `rendering.Links` asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from factscape.web.addresses import address
from factscape.web.assets import asset_address
from factscape.web.rendering import NAMED

__all__ = ["KEPT", "ServerLinks"]

KEPT = ("lang", "as-of", "known-by", "in")
"""What every link of a page hands on to the next."""

_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class ServerLinks:
    """Addresses seen from the page at `path` with the parameters `given`.

    >>> links = ServerLinks("/sources", {"lang": "zh", "sort": "title"})
    >>> links.page("home"), links.thing("https://w3id.org/factscape/id/zhipu", "json")
    ('/?lang=zh', '/thing/id/zhipu.json?lang=zh')
    >>> links.here({"lang": "en", "sort": ""}), links.here(format="json")
    ('/sources?lang=en', '/sources.json?lang=zh&sort=title')
    """

    path: str
    """Without what stands at its end for a format."""
    given: Mapping[str, str]
    live: bool = True
    formats: tuple[str, ...] = ("json", "ttl", "nt", "jsonld", "rdf")

    def thing(self, iri: str, format: str = "html") -> str:
        """Return where the page about a thing is, or that page in another format."""
        path, _, query = address(iri).partition("?")
        named = {"iri": iri} if query else {}
        return self._address(path, {**named, **self._kept()}, format)

    def page(self, name: str, given: Mapping[str, str] = _NOTHING, format: str = "html") -> str:
        """Return where a page of `NAMED` is with these parameters, or its twin."""
        rest = dict(given)
        path = re.sub(r"\{(\w+)\}", lambda found: quote(rest.pop(found[1]), safe=""), NAMED[name])
        return self._address(path, {**self._kept(), **rest}, format)

    def has(self, name: str, iri: str) -> bool:
        """Say whether there is this view of a thing: a server draws any."""
        return True

    def here(self, changes: Mapping[str, str] = _NOTHING, format: str = "html") -> str:
        """Return this page with other parameters, or in another format."""
        return self._address(self.path, {**self.given, **changes}, format)

    def static(self, name: str) -> str:
        """Return where a static file is."""
        return asset_address(name)

    def _kept(self) -> dict[str, str]:
        return {name: self.given[name] for name in KEPT if name in self.given}

    def _address(self, path: str, given: Mapping[str, str], format: str) -> str:
        """Say the format in the path where it has room for it; nothing stands there that is empty."""
        said = {name: value for name, value in given.items() if value}
        if "iri" in said:
            said |= {"format": format} if format != "html" else {}
        elif format != "html":
            path = ("/index" if path == "/" else path) + f".{format}"
        return f"{quote(path)}?{urlencode(said)}" if said else quote(path)
