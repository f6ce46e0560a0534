"""Pages, their twins, and names that lead to them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import httpx
import pyoxigraph as ox
import pytest
from tests.web.conftest import Server

HTML = {"accept": "text/html"}
ID = "https://w3id.org/factscape/id/"


class Links(HTMLParser):
    """Collect what a page leads to and loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.inline = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "a":
            self.links.append(said.get("href") or "")
        if tag in ("script", "img", "link", "iframe"):
            self.loads.append(said.get("src") or said.get("href") or "")
        self.inline += tag == "style" or (tag == "script" and "src" not in said)
        self.inline += any(name == "style" or name.startswith("on") for name in said)


PAGES = [
    "/",
    "/sources",
    "/conflicts",
    "/search?q=zhipu",
    "/thing/id/zhipu",
    "/thing/metric/net-loss",
]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_pages(server: Server, path: str, lang: str) -> None:
    answer = server.get(f"{path}{'&' if '?' in path else '?'}lang={lang}", headers=HTML)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{lang}">' in answer.text
    found = Links(answer.text)
    assert not found.inline
    assert all(load.startswith(("/", "data:,")) for load in found.loads)
    for link in (link for link in found.links if link.startswith("/") and "lang=" in link):
        assert f"lang={lang}" in link or link == found.links[4]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_twin(server: Server, path: str) -> None:
    wanted = server.get(path, headers={"accept": "application/json"})
    assert wanted.headers["content-type"] == "application/json"
    twin = {"/": "/index.json", "/search?q=zhipu": "/search.json?q=zhipu"}.get(path, f"{path}.json")
    assert server.get(twin, headers=HTML).json() == wanted.json()


def test_what_a_newcomer_asks(server: Server) -> None:
    """What did Zhipu lose in 2024, who says so, in which paragraph, in which words, and where?"""
    [hit, *_] = server.get("/search.json", params={"q": "智譜"}).json()["hits"]
    page = server.get(hit["address"], headers=HTML).text
    heading = r'<h3><a href="/thing/metric/net-loss">.*?</table>'
    table = re.findall(heading, page, re.DOTALL)[0]
    rows = re.findall(r"<tr><td>2024</td>.*?</tr>", table, re.DOTALL)
    row = next(row for row in rows if "29.58億元" in row)
    assert "¶45" in row
    claim = next(link for link in Links(row).links if "/claim/" in link)
    trail = server.get(claim, headers=HTML).text
    assert "29.58億元" in trail
    # Who says the same or something else stands beside it, and leads to the source itself.
    claims = (link for link in Links(trail).links if "/claim/" in link)
    other = next(link for link in claims if "net-loss.2024" in link and claim not in link)
    assert 'href="https://' in server.get(other, headers=HTML).text


def test_every_link_of_a_page_leads_somewhere(server: Server) -> None:
    page = server.get("/thing/id/idc", headers=HTML).text
    inside = {link for link in Links(page).links if link.startswith("/")}
    assert len(inside) > 10
    for link in sorted(inside)[:60]:
        assert server.get(link, headers=HTML).status_code == 200, link


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        ("text/html", "/thing/id/glm-4.6"),
        ("application/json", "/thing/id/glm-4.6.json"),
        ("text/turtle", "/thing/id/glm-4.6.ttl"),
        ("application/ld+json", "/thing/id/glm-4.6.jsonld"),
        ("application/rdf+xml", "/thing/id/glm-4.6.rdf"),
        ("application/n-triples", "/thing/id/glm-4.6.nt"),
    ],
)
def test_a_name_leads_to_a_page_about_it(server: Server, accept: str, target: str) -> None:
    answer = server.get("/id/glm-4.6", headers={"accept": accept})
    assert (answer.status_code, answer.headers["location"]) == (303, target)
    page = server.get(target)
    assert page.status_code == 200
    assert page.headers["content-type"].split(";")[0] == accept


@pytest.mark.parametrize(
    ("end", "format"),
    [
        ("ttl", ox.RdfFormat.TURTLE),
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("rdf", ox.RdfFormat.RDF_XML),
    ],
)
def test_a_thing_as_triples(server: Server, end: str, format: ox.RdfFormat) -> None:
    answer = server.get(f"/thing/id/zhipu.{end}")
    triples = {quad.triple for quad in ox.parse(answer.content, format)}
    zhipu = ox.NamedNode(f"{ID}zhipu")
    assert any(triple.subject == zhipu for triple in triples)
    assert any(triple.object == zhipu for triple in triples)


def test_any_iri_has_a_page(server: Server) -> None:
    iri = "https://w3id.org/factscape/ontology#Company"
    answer = server.get("/thing", params={"iri": iri}, headers=HTML)
    assert answer.status_code == 200
    assert iri in answer.text


@pytest.mark.parametrize(
    "path", ["/id/nobody", "/thing/id/nobody.json", "/thing?iri=javascript:alert(1)", "/nowhere"]
)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_what_is_not_there(server: Server, path: str, accept: str) -> None:
    address = server.address.rstrip("/") + path
    answer = httpx.get(address, headers={"accept": accept}, follow_redirects=True)
    assert answer.status_code == 404
    assert answer.headers["content-type"].split(";")[0] == accept
    if accept == "application/json":
        assert answer.json()["error"]["message"]


def test_the_language_is_the_reader_s(server: Server) -> None:
    def read(accepted: str) -> str:
        return server.get("/", headers={**HTML, "accept-language": accepted}).text

    assert '<html lang="zh">' in read("zh-CN,zh;q=0.9,en;q=0.5")
    assert '<html lang="en">' in read("en-GB, zh")
    assert '<html lang="en">' in read("fr")


def test_a_page_is_known_again(server: Server) -> None:
    tag = server.get("/sources", headers=HTML).headers["etag"]
    again = server.get("/sources", headers={**HTML, "if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_conflicts_page_by_page(server: Server) -> None:
    first = server.get("/conflicts.json").json()
    assert len(first["groups"]) == first["next"]
    seen = server.get(f"/conflicts.json?from={first['next']}").json()
    assert seen["groups"] and seen["groups"][0] != first["groups"][0]
    assert server.get("/conflicts.json?from=x").status_code == 400
    one = server.get("/conflicts.json", params={"thing": "智譜", "metric": "net loss"}).json()
    assert {group["thing"]["iri"] for group in one["groups"]} <= {f"{ID}zhipu"}
