"""Views with the explorer around them: what leads to other pages, and forms for other views."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from factscape.errors import FactscapeError
from factscape.terms import curie
from factscape.views.site import Site, in_site
from factscape.web.rendering import Page, render
from factscape.web.viewed import Given

if TYPE_CHECKING:
    from factscape.opening import Facts
    from factscape.views import Page as View

__all__ = ["currencies", "framed", "start_page", "view_address"]

_WORDS = Path(__file__).parent / "static" / "view-words.json"
_CURRENCIES = "SELECT DISTINCT ?unit { ?unit a fs:Currency . ?said fs:unit ?unit }"


@cache
def view_words() -> dict[str, dict[str, str]]:
    """Return the words of bars and forms, by language.

    >>> view_words()["zh"]["change"]
    '换一个看'
    """
    found: dict[str, dict[str, str]] = json.loads(_WORDS.read_text(encoding="utf-8"))
    return found


def framed(
    view: View,
    page: Page,
    given: Given,
    *,
    prefixes: Mapping[str, str],
    names: Sequence[str] = (),
    money: Sequence[str] = (),
    left_out: Mapping[str, int] | None = None,
) -> str:
    """Return the HTML of a view as it stands in the explorer, or in a folder of files.

    `page` says where it is: its name is that of the view, its links lead to other pages, and
    `links.static("views/…")` to the files of `factscape.views.site.assets`. `names` are what the
    view is of, `money` the currencies that can be asked for, `left_out` what the clocks hide.
    """
    told = {**_told(page, given, names, money), "left_out": left_out}
    more = around = ""
    if page.links.live and page.name == "network":
        more = _twin(page, given)
        around = f"{page.links.page('network', {'depth': '1'})}&name="
    site = Site(
        static=lambda name: page.links.static(f"views/{name}"),
        address=page.links.thing,
        head=render(_as("viewhead", page), told),
        bar=render(_as("viewbar", page), told),
        more=more,
        around=around,
        prefixes=prefixes,
    )
    return in_site(view, site)


def start_page(
    page: Page,
    given: Given,
    choices: Sequence[Mapping[str, Any]],
    *,
    prefixes: Mapping[str, str],
    names: Sequence[str] = (),
    money: Sequence[str] = (),
    wrong: FactscapeError | None = None,
    near: Sequence[str] = (),
) -> str:
    """Return the HTML from which a view is begun: what it can be of, and what was wrong before."""

    def address(name: str) -> str:
        kept = given.values.get("name", ()) if page.name == "compare" and not wrong else ()
        return view_address(page, given, [*kept, name])

    told = _told(page, given, names, money)
    rows = [
        {
            "of": group["of"],
            "rows": [
                {**one, "address": address(curie(one["iri"], prefixes).strip("<>"))}
                for one in group["rows"]
            ],
        }
        for group in choices
    ]
    meant = [{"name": one, "address": view_address(page, given, [one])} for one in near]
    return render(_as("viewstart", page), {**told, "choices": rows, "wrong": wrong, "near": meant})


def view_address(page: Page, given: Given, names: Sequence[str]) -> str:
    """Return the address of the same view of other names."""
    own = [(name, one) for name, all_ in given.values.items() if name != "name" for one in all_]
    pairs = [*(("name", name) for name in names), *own]
    return f"{page.links.page(page.name).partition('?')[0]}?{urlencode(pairs)}"


def currencies(facts: Facts) -> list[str]:
    """Return the currencies in which something is stated, by their short names."""
    from factscape.query.formats import rows_of

    rows = rows_of(facts.query(_CURRENCIES), facts.prefixes, 100).rows
    return sorted(row[0].rpartition(":")[2] for row in rows)


def _told(page: Page, given: Given, names: Sequence[str], money: Sequence[str]) -> dict[str, Any]:
    other = "zh" if page.lang == "en" else "en"
    return {
        "v": view_words()[page.lang],
        "view": page.name,
        "given": given,
        "names": list(names),
        "currencies": list(money),
        "in_other": _here(page, given, other),
        "twin": _twin(page, given),
    }


def _as(name: str, page: Page) -> Page:
    return Page(name, page.lang, page.links, page.given, page.trouble)


def _pairs(given: Given) -> list[tuple[str, str]]:
    return [(name, one) for name, all_ in given.values.items() for one in all_]


def _here(page: Page, given: Given, lang: str) -> str:
    """Return this page in another language."""
    if not page.links.live:
        return page.links.here({"lang": lang})
    pairs = [pair for pair in _pairs(given) if pair[0] != "lang"]
    return f"{page.links.page(page.name).partition('?')[0]}?{urlencode([*pairs, ('lang', lang)])}"


def _twin(page: Page, given: Given) -> str:
    """Return where the data of this page are."""
    if not page.links.live:
        return page.links.here(format="json")
    where = page.links.page(page.name, format="json").partition("?")[0]
    return f"{where}?{urlencode(pairs)}" if (pairs := _pairs(given)) else where
