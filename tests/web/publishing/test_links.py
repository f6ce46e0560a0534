"""Links of a site: what a page asks for leads to a file that there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from factscape.opening import open_facts
from factscape.terms import PREFIXES
from factscape.web.publishing.facts import SiteFacts
from factscape.web.publishing.links import SiteLinks
from factscape.web.publishing.naming import THING, Target
from factscape.web.publishing.views import SiteViews

BEANS = PREFIXES["id"] + "beans"
LOSS = PREFIXES["metric"] + "net-loss"


@pytest.fixture
def links(small_facts: Path) -> Iterator[SiteLinks]:
    with SiteFacts(open_facts(str(small_facts))) as facts:
        yield SiteLinks(facts, SiteViews(facts), Target(THING, BEANS), "zh")


@pytest.mark.parametrize(
    ("name", "given", "address"),
    [
        ("home", {}, "../index.html"),
        ("things", {"kind": "Company", "sort": "name"}, "../things/kind-company-"),
        ("search", {"q": "智譜"}, "../search.html?q=%E6%99%BA%E8%AD%9C"),
        ("network", {"name": BEANS}, "../network.html#s=id:beans"),
        ("ranking", {"name": LOSS}, "../ranking.html"),  # one company alone is no ranking
        ("compare", {"thing": BEANS}, "../compare.html"),
        ("card", {"name": BEANS}, "beans.html"),
        ("query", {"name": "finances"}, "../query/finances.html"),
    ],
)
def test_a_page_is_a_file_seen_from_here(
    links: SiteLinks, name: str, given: dict[str, str], address: str
) -> None:
    assert links.page(name, given).startswith(address)
    assert links.wanted


def test_things_and_what_is_no_thing(links: SiteLinks) -> None:
    assert links.thing(PREFIXES["id"] + "pots") == "pots.html"
    assert links.thing(BEANS, "ttl") == "../../id/beans.ttl"
    assert links.here({"lang": "en"}) == "../../id/beans.html"
    assert links.static("site.css") == "../../static/site.css"
    assert links.thing("https://example.org/nowhere") == "https://example.org/nowhere"
    assert links.thing("javascript:alert(1)") == "#"
