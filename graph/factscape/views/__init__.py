"""Views: self-contained HTML pages that work offline, each with its data as JSON."""

from __future__ import annotations

from factscape.views.asking import network_of
from factscape.views.network import network_page
from factscape.views.page import Page, write_page

__all__ = ["Page", "network_of", "network_page", "write_page"]
