"""The views as pages of a site: drawn beforehand, since there is nobody to ask.

One network, one timeline, a page for each ranking, the best connected things side by side, and a
report for each of the sources that gave the most. What a link asks for beyond these leads to the
nearest of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from factscape.claims.boards import read_boards
from factscape.claims.disagreement.statements import keep_statements
from factscape.claims.overview import overview
from factscape.claims.sources import read_sources
from factscape.terms import curie
from factscape.views import comparison_page, network_of, ranking_page, report_page, timeline_page
from factscape.views.network import in_language
from factscape.views.site import STYLE_HASHES, assets
from factscape.web.framing import framed, view_words
from factscape.web.publishing.naming import Target
from factscape.web.viewed import Given, choices

if TYPE_CHECKING:
    from factscape.views import Page as View
    from factscape.web.publishing.facts import SiteFacts
    from factscape.web.rendering import Page

__all__ = ["LISTED", "STYLE_HASHES", "VIEWS", "SiteViews", "asset", "words_of"]

VIEWS = ("network", "timeline", "ranking", "compare", "report")
LISTED = ("ranking", "report")
"""The page of these without an IRI lists the others."""
_SEVERAL = ("timeline", *LISTED)

_MOST_THINGS = 300
_SIDE_BY_SIDE = 4
_TIMELINES = 10
_REPORTS = 20
_ASSETS = "views/"


class SiteViews:
    """Which views a site has, and what they show."""

    def __init__(self, facts: SiteFacts, of: Mapping[str, Sequence[str]] | None = None) -> None:
        """Draw views of these facts; another process may have found out `of` what."""
        self._facts = facts
        if of is not None:
            self.of = of

    def targets(self) -> list[Target]:
        """Return the pages of all views."""
        single = [Target(name) for name in VIEWS]
        several = ((name, iri) for name in _SEVERAL for iri in self.of[name])
        return [*single, *(Target(name, iri) for name, iri in several)]

    def target(self, name: str, given: Mapping[str, str]) -> tuple[Target, str]:
        """Return the page that comes nearest to what a link asks for, and a fragment for it."""
        wanted = [given[key] for key in ("name", "thing", "metric") if given.get(key)]
        if name == "network" and wanted:
            return Target(name), f"s={curie(wanted[0], self._facts.prefixes).strip('<>')}"
        there = self.of[name] if name in _SEVERAL else ()
        of = next((iri for iri in wanted if iri in there), "")
        return Target(name, of), ""

    def has(self, name: str, iri: str) -> bool:
        """Say whether there is a view of a thing; the network shows any."""
        return iri in (self._facts.things.types if name == "network" else self.of.get(name, ()))

    def view(self, target: Target, lang: str) -> View:
        """Return what a view shows."""
        facts = self._facts
        keep_statements(facts.store)
        if target.name == "network":
            return in_language(self._network, lang)
        if target.name == "timeline":
            return timeline_page(facts, [target.iri] if target.iri else [], lang=lang)
        if target.name == "compare":
            return comparison_page(facts, self.of["compare"], lang=lang)
        if target.name == "ranking":
            return ranking_page(facts, target.iri, lang=lang)
        return report_page(facts, target.iri, lang=lang)

    @cached_property
    def _network(self) -> View:
        return network_of(self._facts, limit=_MOST_THINGS)

    def is_list(self, target: Target) -> bool:
        """Say whether a page is a list of views, or has nothing to show and says so."""
        alone = target.name == "compare" and len(self.of["compare"]) < 2
        return alone or (target.name in LISTED and not target.iri)

    def listed(self, target: Target, lang: str) -> dict[str, Any]:
        """Return what a list of views shows: groups of what there is a view of."""
        groups = choices(target.name, self._facts, lang) if target.name in LISTED else []
        there = self.of.get(target.name, ())
        rows = {group["of"]: [r for r in group["rows"] if r["iri"] in there] for group in groups}
        return {
            "view": target.name,
            "choices": [{"of": of, "rows": kept} for of, kept in rows.items() if kept],
        }

    def html(self, view: View, page: Page) -> str:
        """Return a view as it stands in the site."""
        return framed(view, page, Given({}), prefixes=self._facts.prefixes)

    @cached_property
    def of(self) -> Mapping[str, Sequence[str]]:
        """What there are views of, by their names: IRIs, those that come first in front."""
        facts = self._facts
        keep_statements(facts.store)
        ranked = [row["iri"] for group in choices("ranking", facts, "en") for row in group["rows"]]
        sources = sorted(read_sources(facts.store), key=lambda one: -one.statements)
        return {
            "ranking": [iri for iri in ranked if read_boards(facts.reader, facts.store, iri)],
            "timeline": self._leading[:_TIMELINES],
            "compare": self._leading[:_SIDE_BY_SIDE],
            "report": [one.iri for one in sources[:_REPORTS] if one.statements],
        }

    @property
    def _leading(self) -> list[str]:
        """The best connected things of the kind that the best connected one has."""
        found = overview(self._facts.store).connected
        same = (one.iri for one in found if one.kind == found[0].kind)
        return [iri for iri in same if self._facts.is_known(iri)]


def words_of(lang: str) -> Mapping[str, str]:
    """Return the words of views.

    >>> words_of("zh")["change"]
    '换一个看'
    """
    return view_words()[lang]


def asset(name: str) -> bytes | None:
    """Return a file that views share, by the name that a page calls it; None for another file."""
    return assets()[name.removeprefix(_ASSETS)] if name.startswith(_ASSETS) else None
