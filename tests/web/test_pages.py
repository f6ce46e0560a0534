"""Pages, their twins, and names that lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from tests.web.conftest import Server, serving
from tests.web.pages import HTML, Links

BASE = "https://w3id.org/factscape/"
ID = f"{BASE}id/"
LOSS_IN_2024 = "/thing/claim/netease-2026-01-06.p45.zhipu.net-loss.2024"

PAGES = [
    "/",
    "/search?q=zhipu",
    "/things",
    "/things?kind=Company",
    "/metrics",
    "/sources",
    "/conflicts",
    "/thing/id/zhipu",
    "/thing/id/zhipu-ipo-2026",
    "/thing/metric/net-loss",
    "/thing/source/netease-2026-01-06",
    f"/thing?iri={BASE}source/netease-2026-01-06%23p45",
    LOSS_IN_2024,
    "/thing/claim/zhipu-glm-4.5-readme.zhipu.develops.glm-4.7",
    "/thing/claim/netease-2026-01-06.p8.jia-yi.opinion.profit-in-focus",
    "/thing/unit/CNY",
    "/thing/period/2024",
]
"""One of every sort."""


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_pages(server: Server, path: str, lang: str) -> None:
    answer = server.get(f"{path}{'&' if '?' in path else '?'}lang={lang}", headers=HTML)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{lang}">' in answer.text
    found = Links(answer.text)
    assert not found.inline
    assert all(load.startswith(("/static/", "data:,")) for load in found.loads)
    assert len(found.ids) == len(set(found.ids))
    inside = [link for link in found.links if link.startswith("/")]
    assert len(inside) > 8
    assert all(f"lang={lang}" in link for link in inside)
    assert [one for one in found.in_other_languages if f"lang={lang}" not in one]
    assert "{{" not in answer.text and "None" not in answer.text
    title, about = (
        re.search(pattern, answer.text, re.DOTALL)
        for pattern in (r"<title>(.*?)</title>", r'name="description" content="([^"]+)"')
    )
    assert title and about and title[1].strip() and about[1].strip()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_twin(server: Server, path: str) -> None:
    wanted = server.get(path, headers={"accept": "application/json"})
    assert wanted.headers["content-type"] == "application/json"
    page = server.get(path, headers=HTML).text
    [twin] = {link for link in re.findall(r'type="application/json" href="([^"]+)"', page)}
    twin = twin.replace("&amp;", "&")
    assert twin != path and server.get(twin, headers=HTML).json() == wanted.json()


@pytest.mark.parametrize("words", ["智譜", "zhipu"])
def test_what_a_newcomer_asks(server: Server, words: str) -> None:
    """What did Zhipu lose in 2024, who says so, in which paragraph, in which words, and where?"""
    [hit, *_] = server.get("/search.json", params={"q": words}).json()["hits"]
    page = server.get(hit["address"], headers=HTML).text
    [losses] = re.findall(r'<details class="metric" id="net-loss".*?</details>', page, re.DOTALL)
    row = next(row for row in re.findall(r"<tr>.*?</tr>", losses, re.DOTALL) if "29.58億元" in row)
    assert "2024" in row and "¶45" in row
    claim = next(link for link in Links(row).links if "/claim/" in link)
    trail = server.get(claim, headers=HTML).text
    assert "29.58億元" in trail and "paragraph 45" in trail
    # Who says the same or something else stands beside it, and leads to the source itself.
    conflict = next(link for link in Links(trail).links if "/conflict/" in link)
    beside = server.get(conflict, headers=HTML).text
    assert "29.58億元" in beside and 'href="https://' in beside
    # For the year before, the sources disagree: the card says so in words, and leads to them.
    disputed = [link for link in Links(losses).links if "/conflict/zhipu.net-loss." in link]
    assert disputed and "disputed: inconsistent" in losses
    group = server.get(disputed[0], headers={"accept": "application/json"}).json()["group"]
    assert len(group["sides"]) > 1
    html = server.get(disputed[0], headers=HTML).text
    for side in group["sides"]:
        for figure in side["figures"]:
            assert figure["printed"] in html and figure["claim"].rpartition("/")[2] in html


@pytest.mark.parametrize("path", ["/thing/id/idc", "/conflicts", "/", "/thing/metric/valuation"])
def test_every_link_of_a_page_leads_somewhere(server: Server, path: str) -> None:
    found = Links(server.get(path, headers=HTML).text)
    inside = {link for link in found.links if link.startswith("/")}
    assert len(inside) > 10
    for link in sorted(inside)[:60]:
        assert server.get(link, headers=HTML).status_code == 200, link
    for link in (link for link in found.links if link.startswith("#")):
        assert link[1:] in found.ids, link


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


def test_a_name_hands_on_what_is_kept(server: Server) -> None:
    answer = server.get("/id/zhipu?lang=zh&known-by=2025&x=y", headers=HTML)
    assert answer.headers["location"] == "/thing/id/zhipu?lang=zh&known-by=2025"


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


@pytest.mark.parametrize("end", ["ttl", "nt", "jsonld", "rdf"])
def test_triples_are_known_again(server: Server, end: str) -> None:
    path = f"/thing/id/glm-4.6.{end}"
    tag = server.get(path).headers["etag"]
    again = server.get(path, headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")


def test_triples_are_those_of_the_day_that_is_asked_for(server: Server) -> None:
    path = "/thing/id/zhipu.nt"
    whole = server.get(path)
    then = server.get(f"{path}?known-by=2025-12-19")
    assert set(then.content.splitlines()) < set(whole.content.splitlines())
    assert then.headers["etag"] != whole.headers["etag"]
    earlier = server.get(f"{path}?as-of=2023-01-01")
    assert set(earlier.content.splitlines()) < set(whole.content.splitlines())


def test_any_iri_has_a_page(server: Server) -> None:
    iri = f"{BASE}ontology#Company"
    answer = server.get("/thing", params={"iri": iri}, headers=HTML)
    assert answer.status_code == 200
    assert iri in answer.text
    # Of a class the page leads to what belongs to it.
    assert "/things?kind=Company" in answer.text


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


def test_known_by_a_day(server: Server) -> None:
    path = "/thing/id/zhipu.json"
    whole, then = server.get(path).json(), server.get(f"{path}?known-by=2025-12-19").json()
    assert whole.get("left_out") is None
    assert then["left_out"]["sources_later"] > 100
    issued = {one["issued"] for one in then["card"]["sources"]}
    assert issued and max(issued) <= "2025-12-19"
    assert len(then["card"]["sources"]) < len(whole["card"]["sources"])
    page = server.get("/thing/id/zhipu?known-by=2025-12-19", headers=HTML).text
    assert f"{then['left_out']['sources_later']} sources issued later" in page
    inside = [link for link in Links(page).links if link.startswith("/")]
    kept = [link for link in inside if parse_qs(urlsplit(link).query).get("known-by")]
    # All links keep it but the one that clears it.
    assert len(inside) - len(kept) == 1


def test_as_of_a_day(server: Server) -> None:
    path = "/thing/id/zhipu.json?as-of=2023-06"
    then = server.get(path).json()
    assert then["left_out"]["later"] > 100
    begun = {
        row["time"]["begins"]
        for group in then["card"]["figures"]
        for row in group["rows"]
        if row["time"] and row["time"]["begins"]
    }
    assert begun and max(begun) <= "2023-06-30"
    both = server.get(f"{path}&known-by=2025-12").json()["left_out"]
    assert both["later"] and both["sources_later"]
    conflicts = server.get("/conflicts.json?as-of=2023-06").json()
    assert conflicts["count"] < server.get("/conflicts.json").json()["count"]


RATES = """
PREFIX fs: <https://w3id.org/factscape/ontology#>
PREFIX id: <https://w3id.org/factscape/id/>
PREFIX claim: <https://w3id.org/factscape/claim/>
PREFIX metric: <https://w3id.org/factscape/metric/>
PREFIX period: <https://w3id.org/factscape/period/>
PREFIX unit: <https://w3id.org/factscape/unit/>
PREFIX src: <https://w3id.org/factscape/source/>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
id:acme a fs:Company ; skos:prefLabel "Acme"@en .
src:a a fs:Source ; dct:title "Accounts"@en ; dct:issued "2025-03-01"^^xsd:date .
GRAPH src:a {
  claim:r a fs:Observation ; fs:of unit:USD ; fs:metric metric:exchange-rate ; fs:value 7.2 ;
    fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "7.2" .
  claim:x a fs:Observation ; fs:of id:acme ; fs:metric metric:revenue ; fs:value 7200000 ;
    fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "7.20 million yuan" .
  claim:y a fs:Observation ; fs:of id:acme ; fs:metric metric:revenue ; fs:value 3600000 ;
    fs:unit unit:CNY ; fs:during period:2019 ; fs:printed "3.60 million yuan" .
}
"""


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over facts that state an exchange rate."""
    folder: Path = tmp_path_factory.mktemp("rated")
    (folder / "facts.trig").write_text(RATES, encoding="utf-8")
    with serving(folder / "log", "--facts", str(folder / "facts.trig")) as running:
        yield running


def test_money_in_another_currency(rated: Server) -> None:
    found = rated.get("/thing/id/acme.json?in=USD").json()["converted"]
    told = {claim.rpartition("/")[2]: one["words"]["en"] for claim, one in found.items()}
    assert "≈ 1 million USD" in told["x"]
    # Where no rate is stated for the time it says why there is none.
    assert "no exchange rate" in told["y"]
    page = rated.get("/thing/id/acme?in=USD", headers=HTML).text
    assert "1 million USD" in page and "no exchange rate" in page
    assert all("in=USD" in link for link in Links(page).links if link.startswith("/thing/claim"))
    one = rated.get("/thing/claim/x?in=USD", headers=HTML).text
    assert "1 million USD" in one
    assert not rated.get("/thing/id/acme.json").json()["converted"]


def test_facts_that_are_another_s(tmp_path: Path) -> None:
    """A vocabulary of one's own: things have pages, and lists are there though they are empty."""
    (tmp_path / "facts.ttl").write_text(
        '<urn:a> a <urn:Firm> ; <urn:owns> <urn:b> ; <http://xmlns.com/foaf/0.1/name> "Ada" .',
        encoding="utf-8",
    )
    with serving(tmp_path / "log", "--facts", str(tmp_path / "facts.ttl")) as running:
        for path in ("/", "/things", "/metrics", "/sources", "/conflicts", "/thing?iri=urn:a"):
            assert running.get(path, headers=HTML).status_code == 200, path
        data = running.get("/things.json").json()
        assert {one["iri"] for one in data["things"]} == {"urn:a", "urn:b"}
        assert "Ada" in running.get("/thing?iri=urn:a", headers=HTML).text
