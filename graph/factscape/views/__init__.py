"""Views: self-contained HTML pages that work offline, each with its data as JSON."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factscape.views.asking import network_of
    from factscape.views.card import card_page
    from factscape.views.comparison import comparison_page
    from factscape.views.network import network_page
    from factscape.views.page import Page, write_page
    from factscape.views.ranking import ranking_page
    from factscape.views.report import report_page
    from factscape.views.timeline import timeline_page

__all__ = [
    "Page",
    "card_page",
    "comparison_page",
    "network_of",
    "network_page",
    "ranking_page",
    "report_page",
    "timeline_page",
    "write_page",
]

_MODULES = {"Page": "page", "network_of": "asking", "write_page": "page"}


def __getattr__(name: str) -> Any:
    """Import what is asked for: who wants one view, or the colours, does not load all of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = _MODULES.get(name) or name.removesuffix("_page")
    return getattr(import_module(f"factscape.views.{module}"), name)
