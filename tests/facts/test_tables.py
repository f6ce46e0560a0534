"""The pages that the bundled tables name: each is described, graded by the written rule and tied to what it repeats."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

FACTS = Path(__file__).parents[2] / "facts"
ID = "https://w3id.org/factscape/id/"
SOURCE = "https://w3id.org/factscape/source/"
FS = "https://w3id.org/factscape/ontology#"
TYPE = pyoxigraph.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
NAME = pyoxigraph.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
PUBLISHER = pyoxigraph.NamedNode("http://purl.org/dc/terms/publisher")
FIELDS = [
    *("slug", "publisher", "title", "title-zh", "issued", "inferred", "language", "reliability"),
    *("based-on", "cites", "comment"),
]
# No page is younger than the tables.
TABLES_MADE = date(2026, 11, 30)


@dataclass(frozen=True)
class Row:
    """What a row of one of the tables says of its page."""

    table: str
    url: str
    reliability: str


@cache
def rows() -> Sequence[Row]:
    """Read both tables."""
    found = []
    for table in ("companies", "models"):
        with (FACTS / "tables" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                found.append(Row(table, row["source_url"], row.get("reliability", "")))
    return found


@cache
def pages() -> Mapping[str, Mapping[str, Any]]:
    """Read the descriptions of the pages, by their address."""
    return tomllib.loads((FACTS / "tables" / "sources.toml").read_text(encoding="utf-8"))


@cache
def things() -> pyoxigraph.Store:
    """Load the names and types of things."""
    store = pyoxigraph.Store()
    for path in sorted((FACTS / "things").glob("*.ttl")):
        store.load(path=str(path))
    return store


@cache
def documents() -> pyoxigraph.Store:
    """Load the sources that have a file of their own."""
    store = pyoxigraph.Store()
    for path in sorted((FACTS / "sources").glob("*.trig")):
        store.load(path=str(path))
    return store


def tied(field: str, predicate: str) -> dict[str, set[str]]:
    """Say which source names which others in a field of its description."""
    found = {
        p["slug"]: {s.removeprefix("src:") for s in p.get(field, [])} for p in pages().values()
    }
    of_files = documents().quads_for_pattern(None, pyoxigraph.NamedNode(FS + predicate), None)
    for subject, origin in ((quad.subject, quad.object) for quad in of_files):
        assert isinstance(subject, pyoxigraph.NamedNode), subject
        assert isinstance(origin, pyoxigraph.NamedNode), origin
        slug = subject.value.removeprefix(SOURCE)
        found.setdefault(slug, set()).add(origin.value.removeprefix(SOURCE))
    return found


def described() -> set[str]:
    """Give the slugs of the sources that have a file of their own."""
    quads = documents().quads_for_pattern(None, TYPE, pyoxigraph.NamedNode(FS + "Source"))
    subjects = [quad.subject for quad in quads]
    return {s.value.removeprefix(SOURCE) for s in subjects if isinstance(s, pyoxigraph.NamedNode)}


def named(name: str) -> str:
    """Give the one thing of an English name."""
    label = pyoxigraph.Literal(name, language="en")
    (thing,) = (quad.subject for quad in things().quads_for_pattern(None, NAME, label))
    assert isinstance(thing, pyoxigraph.NamedNode)
    return thing.value.replace(ID, "id:", 1)


def graded_by_publisher() -> dict[str, str]:
    """Read the rule of the README: which publisher has which grade where rows have none."""
    text = (FACTS / "README.md").read_text(encoding="utf-8")
    below = text.partition("| grade | publishers | because |\n|---|---|---|\n")[2]
    found = {}
    for line in below.partition("\n\n")[0].splitlines():
        grade, publishers = [cell.strip() for cell in line.strip("|").split("|")][:2]
        found.update({named(name): grade for name in publishers.split(", ")})
    return found


def test_every_page_of_the_tables_is_described() -> None:
    assert set(pages()) == {row.url for row in rows()}


def test_pages_stand_in_the_order_of_their_slugs_which_no_other_source_has() -> None:
    slugs = [page["slug"] for page in pages().values()]
    assert slugs == sorted(set(slugs))
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+([.-][a-z0-9]+)*", slug)] == []
    assert set(slugs) & described() == set()


def test_descriptions_have_their_fields_in_one_order() -> None:
    for page in pages().values():
        assert list(page) == [field for field in FIELDS if field in page]
        assert {"slug", "publisher", "title", "language", "reliability"} <= set(page)


def test_languages_are_tags_and_only_chinese_pages_have_a_chinese_title() -> None:
    for page in pages().values():
        assert re.fullmatch(r"[a-z]{2}(-[a-z]{4})?", page["language"]), page["slug"]
        assert ("title-zh" in page) == page["language"].startswith("zh"), page["slug"]


def test_dates_are_real_and_not_younger_than_the_tables() -> None:
    for page in pages().values():
        if "issued" in page:
            first_day = date.fromisoformat((page["issued"] + "-01-01")[:10])
            assert first_day <= TABLES_MADE, page["slug"]
            assert isinstance(page["inferred"], bool), page["slug"]


def test_publishers_are_things() -> None:
    known = {quad.subject for quad in things().quads_for_pattern(None, TYPE, None)}
    of_pages = {
        pyoxigraph.NamedNode(p["publisher"].replace("id:", ID, 1)) for p in pages().values()
    }
    of_files = {quad.object for quad in documents().quads_for_pattern(None, PUBLISHER, None)}
    assert (of_pages | of_files) - known == set()


@pytest.mark.parametrize(("field", "predicate"), [("based-on", "basedOn"), ("cites", "cites")])
def test_what_a_page_repeats_or_cites_is_described(field: str, predicate: str) -> None:
    all_sources = {page["slug"] for page in pages().values()} | described()
    assert {s for named in tied(field, predicate).values() for s in named} - all_sources == set()


def test_no_source_repeats_itself() -> None:
    above = tied("based-on", "basedOn")

    def origins(slug: str, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for origin in above.get(slug, ()):
            if origin in path:
                yield (*path, origin)
            else:
                yield from origins(origin, (*path, origin))

    assert [circle for slug in above for circle in origins(slug, (slug,))] == []


def test_grades_follow_the_rows_and_else_the_publisher() -> None:
    rule = graded_by_publisher()
    assert set(rule.values()) == {"A", "B"}
    for url, page in pages().items():
        given = [row.reliability for row in rows() if row.url == url and row.table == "companies"]
        sound = Counter(grade for grade in given if grade != "D")
        if given:
            expected = max(sound, key=lambda grade: sound[grade]) if sound else "D"
            assert page["reliability"] == expected, page["slug"]
        elif page["reliability"] == "D":
            assert page["comment"].startswith("Graded D: "), page["slug"]
        else:
            assert page["reliability"] == rule.get(page["publisher"], "C"), page["slug"]
