"""Where things are in a site, as `rendering.Links` asks: files, seen from one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from factscape.web.addresses import link
from factscape.web.publishing.naming import THING, Target, file_of, relative
from factscape.web.publishing.views import VIEWS

if TYPE_CHECKING:
    from factscape.web.publishing.facts import SiteFacts
    from factscape.web.publishing.views import SiteViews

__all__ = ["FORMATS", "SiteLinks"]

FORMATS = ("json", "ttl")
"""In which other formats a site has the page about a thing."""

_PARTS = frozenset({"id", "from", "kind", "name"})
"""Parameters that lead to a page of its own; what is sorted or filtered otherwise needs a server."""
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class SiteLinks:
    """Addresses seen from one page; remembers what was linked, so that it is written too."""

    facts: SiteFacts
    views: SiteViews
    target: Target
    lang: str
    wanted: set[Target] = field(default_factory=set)
    statics: set[str] = field(default_factory=set)
    live: bool = False
    formats: tuple[str, ...] = FORMATS

    def thing(self, iri: str, format: str = "html") -> str:
        """Return where the page about a thing is; what nothing is said of has none."""
        if not self.facts.is_known(iri):
            return link(iri) or "#"
        target = Target(THING, iri)
        self.wanted.add(target)
        return self._to(target, self.lang, format)

    def page(self, name: str, given: Mapping[str, str] = _NOTHING, format: str = "html") -> str:
        """Return where a page with a name of its own is, or its twin."""
        target, behind = self._near(name, given)
        self.wanted.add(target)
        return self._to(target, self.lang, format) + behind

    def _near(self, name: str, given: Mapping[str, str]) -> tuple[Target, str]:
        """Return the page that is meant, and what stands behind its address for a script."""
        if name == "card":  # it is the page about the thing itself
            iri = given.get("name", "")
            return (Target(THING, iri) if self.facts.is_known(iri) else Target("things")), ""
        if name in VIEWS:
            target, fragment = self.views.target(name, given)
            return target, f"#{quote(fragment, safe=':=')}" if fragment else ""
        asked = urlencode({"q": given["q"]}) if name == "search" and given.get("q") else ""
        return _target(name, given), f"?{asked}" if asked else ""

    def has(self, name: str, iri: str) -> bool:
        """Say whether there is this view of a thing."""
        return self.views.has(name, iri)

    def here(self, changes: Mapping[str, str] = _NOTHING, format: str = "html") -> str:
        """Return this page with other parameters, in another language or format."""
        target, lang = self.target, changes.get("lang") or self.lang
        if not target.iri:
            target = _target(target.name, {**dict(target.given), **changes})
            self.wanted.add(target)
        return self._to(target, lang, format)

    def static(self, name: str) -> str:
        """Return where a static file is."""
        self.statics.add(name)
        return relative(f"static/{name}", file_of(self.target, self.lang))

    def file(self, path: str) -> str:
        """Return where a file beside the pages is."""
        return relative(path, file_of(self.target, self.lang))

    def _to(self, target: Target, lang: str, format: str) -> str:
        return relative(file_of(target, lang, format), file_of(self.target, self.lang))


def _target(name: str, given: Mapping[str, str]) -> Target:
    said = {key: value for key, value in given.items() if value and key in _PARTS}
    if said.get("from") == "0":
        del said["from"]
    return Target(name, given=tuple(sorted(said.items())))
