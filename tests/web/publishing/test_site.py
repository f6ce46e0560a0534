"""A site as a whole: nothing leads nowhere, twins and triples, incremental, always the same bytes."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from tests.web.publishing.conftest import FACTS

from factscape.errors import FactsSyntaxError, MisuseError
from factscape.web.publishing import Published, publish

Site = tuple[Path, Published]


class Page(HTMLParser):
    """What a page links to and loads, and what it says of itself in its head."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.policy = ""
        self.inline = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if said.get("http-equiv") == "Content-Security-Policy":
            self.policy = said["content"]
        runs = said.get("type", "") not in ("application/json",)
        self.inline |= tag == "script" and "src" not in said and runs
        self.inline |= tag == "style" or any(name.startswith("on") for name in said)
        for name in ("href", "src", "action"):
            if name in said and said.get("rel") != "canonical":
                self.links.append(said[name])


def pages(root: Path) -> list[Path]:
    return sorted(root.rglob("*.html"))


@cache
def parsed(path: Path) -> Page:
    return Page(path)


def held(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_no_link_leads_nowhere(published: Site) -> None:
    root, told = published
    assert len(pages(root)) == told.pages > 50
    elsewhere = set()
    for path in pages(root):
        for link in parsed(path).links:
            if re.match(r"https?:", link):
                elsewhere.add(link)
            elif not link.startswith(("data:", "#")):
                there = (path.parent / link.partition("#")[0].partition("?")[0]).resolve()
                assert there.is_file(), (path, link)
                assert there.is_relative_to(root)
    assert {"https://example.org/one", "https://example.org/two"} <= elsewhere


def test_every_page_is_reached_from_the_first(published: Site) -> None:
    root, _ = published
    reached = {root / "index.html"}
    waiting = list(reached)
    while waiting:
        path = waiting.pop()
        links = (re.split("[?#]", link)[0] for link in parsed(path).links)
        found = {(path.parent / link).resolve() for link in links if link.endswith(".html")}
        waiting += found - reached
        reached |= found
    assert set(pages(root)) <= reached


def test_every_page_holds_itself_to_a_policy(published: Site) -> None:
    root, _ = published
    for path in pages(root):
        page = parsed(path)
        assert "default-src 'none'" in page.policy, path
        assert "connect-src 'none'" in page.policy
        assert "require-trusted-types-for 'script'" in page.policy
        assert "unsafe-inline" not in page.policy
        assert ("wasm-unsafe-eval" in page.policy) == ("query" in path.relative_to(root).as_posix())
        assert not page.inline, path


def test_a_thing_is_there_in_two_languages_and_as_data(published: Site) -> None:
    root, _ = published
    assert "Beans" in (root / "id/beans.html").read_text(encoding="utf-8")
    assert '<html lang="zh">' in (root / "zh/id/beans.html").read_text(encoding="utf-8")
    card = json.loads((root / "id/beans.json").read_bytes())["card"]
    assert card["label"] == {"en": "Beans", "zh": "豆子"}
    triples = set(ox.parse((root / "id/beans.ttl").read_bytes(), ox.RdfFormat.TURTLE))
    assert any("Northern Beans" in str(one) for one in triples)
    assert any("investedIn" in str(one) for one in triples)


def test_a_figure_has_its_source_its_paragraph_and_who_disagrees(published: Site) -> None:
    root, _ = published
    text = (root / "claim/one.beans.net-loss.2024.html").read_text(encoding="utf-8")
    for said in ("200万元", "3.0 million", "¶3", "First report", "https://example.org/one"):
        assert said in text
    assert "beans.trig" in text
    assert str(root.parent) not in text


def test_what_comparing_showed_is_no_source(published: Site) -> None:
    root, _ = published
    data = json.loads((root / "claim/one.beans.net-loss.2024.json").read_bytes())
    assert [one["label"]["en"] for one in data["card"]["sources"]] == ["First report"]
    text = (root / "claim/one.beans.net-loss.2024.html").read_text(encoding="utf-8")
    assert "1 figure from 1 source." in text
    assert not list(root.glob("thing/compared-*"))


def test_only_what_is_drawn_leads_into_the_network(published: Site) -> None:
    root, _ = published
    links = {name: parsed(root / name).links for name in ("id/beans.html", "ontology/same.html")}
    found = {name: any("network.html#" in link for link in links[name]) for name in links}
    assert found == {"id/beans.html": True, "ontology/same.html": False}


def test_no_two_files_differ_in_capitals_alone(published: Site) -> None:
    root, _ = published
    names = [path.relative_to(root).as_posix() for path in root.rglob("*")]
    assert len({name.lower() for name in names}) == len(names)
    assert (root / "ontology/class/company.html").is_file()
    assert (root / "unit/CNY.html").is_file()


def test_the_data_can_be_taken_along_and_checked(published: Site) -> None:
    root, told = published
    nquads = gzip.decompress((root / "data/facts.nq.gz").read_bytes())
    assert sha256(nquads).hexdigest() == told.hash
    quads = set(ox.parse(nquads, ox.RdfFormat.N_QUADS))
    assert len(quads) == told.statements
    trig = gzip.decompress((root / "data/facts.trig.gz").read_bytes())
    assert set(ox.parse(trig, ox.RdfFormat.TRIG)) == quads
    assert {quad.triple for quad in ox.parse(FACTS, ox.RdfFormat.TRIG)} <= {q.triple for q in quads}
    release = json.loads((root / "release.json").read_bytes())
    assert (release["hash"], release["statements"]) == (told.hash, told.statements)
    # The facts do not say whose they are.
    assert release["licence"] is None and release["creators"] == []


def test_what_search_engines_and_readers_of_feeds_ask_for(published: Site) -> None:
    root, told = published
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "a": "http://www.w3.org/2005/Atom"}
    listed = ElementTree.parse(root / "sitemap.xml").getroot().findall("s:url/s:loc", names)
    addresses = {one.text for one in listed}
    assert len(addresses) == told.pages
    assert {"https://example.org/facts/", "https://example.org/facts/zh/id/beans.html"} <= addresses
    assert "Sitemap: https://example.org/facts/sitemap.xml" in (root / "robots.txt").read_text()
    feed = ElementTree.parse(root / "feed.xml").getroot()
    assert [one.text for one in feed.findall("a:entry/a:title", names)] == [
        "Second report",
        "First report",
    ]
    assert feed.findtext("a:updated", namespaces=names) == "2025-04-30T00:00:00Z"
    assert "Beans · net loss · 2024: 3 million CNY" in (
        feed.findtext("a:entry/a:summary", namespaces=names) or ""
    )
    page = (root / "id/beans.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/facts/id/beans.html">' in page


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Facts in another vocabulary, with a node that has no name."""
    path = tmp_path / "people.ttl"
    path.write_text(
        "PREFIX foaf: <http://xmlns.com/foaf/0.1/>\n"
        '<urn:ann> a foaf:Person ; foaf:name "Ann" ; foaf:knows [ foaf:name "X" ] .\n'
        '<urn:ben> a foaf:Person ; foaf:name "Ben" .\n',
        encoding="utf-8",
    )
    return path


# In a process without the extra for serving, with another cache and other hashes of strings.
_ELSEWHERE = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("starlette", "uvicorn", "httptools", "uvloop"):
            raise ImportError(name)

sys.meta_path.insert(0, Missing())
from pathlib import Path
from factscape.web.publishing import publish
publish(Path(sys.argv[1]), [sys.argv[2]])
"""


def test_the_same_facts_give_the_same_bytes_anywhere(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, other = tmp_path / "site", tmp_path / "other"
    publish(root, [str(people)])
    before = {path: path.stat().st_mtime_ns for path in pages(root)}
    monkeypatch.setenv("FACTSCAPE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    subprocess.run([sys.executable, "-c", _ELSEWHERE, other, people], check=True)
    assert held(other) == held(root)
    told = publish(root, [str(people)])
    assert (told.written, told.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in pages(root)} == before


def test_where_nothing_changed_nothing_is_made(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(tmp_path / "site", [str(people)])
    monkeypatch.setattr("factscape.web.publishing.site.canonical_form", None)
    again = publish(tmp_path / "site", [str(people)])
    assert again == replace(first, written=0, unchanged=first.files)


def test_a_page_that_somebody_changed_is_written_again(people: Path, tmp_path: Path) -> None:
    root = tmp_path / "site"
    publish(root, [str(people)])
    before = held(root)
    (root / "index.html").write_text("mine", encoding="utf-8")
    (root / "zh" / "index.html").unlink()
    assert publish(root, [str(people)]).written == 2
    assert held(root) == before


def test_what_changes_is_written_and_what_is_gone_is_removed(people: Path, tmp_path: Path) -> None:
    root = tmp_path / "site"
    publish(root, [str(people)])
    (page_of_ben,) = (path for path in root.glob("thing/*ben*.html"))
    people.write_text(
        people.read_text(encoding="utf-8").partition("<urn:ben>")[0], encoding="utf-8"
    )
    told = publish(root, [str(people)])
    # His page in both languages, its data and triples.
    assert told.removed == 4
    assert not page_of_ben.exists()
    assert list(root.glob("thing/*ann*.html"))
    assert told.sitemap is False and not (root / "sitemap.xml").exists()


def test_broken_facts_leave_the_site_as_it_was(tmp_path: Path) -> None:
    facts, root = tmp_path / "facts.ttl", tmp_path / "site"
    facts.write_text('<urn:a> <urn:b> "c" .', encoding="utf-8")
    publish(root, [str(facts)])
    before = held(root)
    facts.write_text("<urn:a> <urn:b>", encoding="utf-8")
    with pytest.raises(FactsSyntaxError):
        publish(root, [str(facts)])
    assert held(root) == before


@pytest.mark.parametrize(
    "wrong", ["example.org", "ftp://example.org/", "https://a/?b", "javascript:1"]
)
def test_a_wrong_address_is_refused_before_anything_is_written(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(MisuseError, match="no address"):
        publish(tmp_path / "site", base_url=wrong)
    assert not (tmp_path / "site").exists()
