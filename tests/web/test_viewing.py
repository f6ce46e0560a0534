"""The views over HTTP: addresses, twins, what is wrong, and how a network grows."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.web.conftest import Server

from factscape.opening import open_facts
from factscape.views import network_of
from factscape.web.viewed import VIEWS, Given, choices, view

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
AROUND = "/network.json?name=zhipu&depth=1&limit=30"
PAGES = (
    ("/network", "factscape-network-3"),
    ("/network?name=zhipu&depth=1&limit=30", "factscape-network-3"),
    ("/network?path=Dario+Amodei&path=Claude", "factscape-network-3"),
    ("/network?type=stock+exchange&limit=5", "factscape-network-3"),
    ("/timeline?name=MiniMax&since=2025", "factscape-timeline"),
    ("/ranking?name=enterprise+LLM+API+market", "factscape-ranking"),
    ("/compare?name=zhipu&name=minimax&in=USD", "factscape-compare"),
    ("/card?name=GLM-4.6", "factscape-card"),
    ("/report?name=src:netease-2026-01-06", "factscape-report"),
)


@pytest.mark.parametrize(("path", "format"), PAGES)
def test_a_view_has_a_page_and_a_twin(server: Server, path: str, format: str) -> None:
    page = server.get(path, headers=HTML)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.text.count("<h1") == 1
    name, _, query = path.partition("?")
    twin = server.get(f"{name}.json?{query}")
    assert twin.json()["format"].startswith(format)
    assert server.get(path, headers={"accept": "application/json"}).json() == twin.json()
    again = server.get(path, headers={**HTML, "if-none-match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_data_are_those_of_the_command_line(server: Server) -> None:
    with open_facts() as facts:
        page = network_of(facts, "zhipu", depth=1)
    data = server.get("/network.json?name=zhipu&depth=1&limit=300").json()
    ways = {way["iri"]: way["label"] for way in page.data["ways"]}
    assert {way["iri"]: way["label"] for way in data["ways"]} == ways
    assert len(data["lines"]) == len(page.data["lines"])
    assert {row[0] for row in data["terms"]} == {row[0] for row in page.data["terms"]}


def test_files_are_shared_and_stay(server: Server) -> None:
    page = server.get("/compare?name=zhipu&name=minimax", headers=HTML)
    assert "<script>" not in page.text
    assert "<style" not in page.text
    assert " style=" not in page.text
    files = re.findall(r'(?:src|href)="(/static/views/[^"]+)"', page.text)
    assert len(files) == 4
    for file in files:
        answer = server.get(file)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].startswith(("text/javascript", "text/css"))
    # Two libraries of 200 kB and more are in none of the pages.
    assert len(page.content) < 400_000
    assert server.get("/static/views/network-000000000000.js").status_code == 404


def test_the_policy_allows_the_files_of_the_site_alone(server: Server) -> None:
    policy = server.get("/timeline?name=MiniMax", headers=HTML).headers["content-security-policy"]
    rules = {name: values for name, *values in (part.split() for part in policy.split(";"))}
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == ["'self'"]
    assert rules["connect-src"] == ["'self'"]
    # What the library for charts writes into the page itself, by its hash.
    assert rules["style-src"][0] == "'self'"
    assert all(one.startswith("'sha256-") for one in rules["style-src"][1:])


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/network?name=zhipoo", 404, 'href="/network?name=Zhipu"'),
        ("/card?name=nobody+at+all+is+called+this", 404, "nothing here is called"),
        ("/network?name=zhipu&path=a&path=b", 400, "each say what to draw"),
        ("/network?path=zhipu", 400, "from what, and to what"),
        ("/network?depth=x&name=zhipu", 400, "a number from"),
        ("/network?limit=0", 400, "a number from"),
        ("/network?type=unicorns", 404, "of a class called"),
        ("/network?query=investorz", 400, "investors"),
        ("/timeline?since=yesterday", 400, "yesterday"),
        ("/timeline?since=2025&until=2024", 400, "swap the two"),
        ("/ranking?name=Anthropic", 404, "nothing here ranks"),
        ("/ranking?name=metric:revenue&first=last", 400, "smallest or largest"),
        ("/compare?name=zhipu&name=minimax&in=doubloons", 404, "doubloons"),
        ("/report?name=zhipu", 404, "is no source"),
        ("/compare?" + "&".join(["name=zhipu"] * 40), 400, "too many"),
        ("/card?name=" + "x" * 400, 400, "too long"),
        ("/network?as-of=never", 400, "as-of"),
    ],
)
def test_what_is_wrong_is_said_with_its_status(
    server: Server, path: str, status: int, told: str
) -> None:
    page = server.get(path, headers=HTML)
    assert page.status_code == status
    assert page.headers["content-type"].startswith("text/html")
    assert told in page.text
    name, _, query = path.partition("?")
    twin = server.get(f"{name}.json?{query}")
    assert twin.status_code == status
    assert twin.json()["error"]["message"]


def test_a_view_that_must_be_of_something_says_of_what(server: Server) -> None:
    page = server.get("/ranking", headers=HTML).text
    (path,) = set(re.findall(r'href="(/ranking\?name=id%3Achina-maas-market)"', page))
    assert server.get(path).status_code == 200
    groups = server.get("/ranking.json").json()["choices"]
    assert [group["of"] for group in groups] == ["markets", "benchmarks", "metrics"]
    sources = server.get("/report.json").json()["choices"][0]["rows"]
    assert "https://w3id.org/factscape/source/netease-2026-01-06" in {one["iri"] for one in sources}


def test_everything_that_is_offered_can_be_ranked() -> None:
    with open_facts() as facts:
        groups = choices("ranking", facts, "en")
        rows = [one for group in groups for one in group["rows"]]
        assert len(rows) > 10
        for one in rows[::7]:
            page = view("ranking", facts, Given.of([("name", one["iri"])]))
            assert page and page.data["boards"], one


@pytest.mark.parametrize("name", VIEWS)
def test_a_page_speaks_chinese(server: Server, name: str) -> None:
    of = "?name=src:netease-2026-01-06" if name == "report" else "?name=zhipu"
    if name == "ranking":
        of = "?name=id:china-maas-market"
    page = server.get(f"/{name}{of}&lang=zh&limit=20", headers=HTML).text
    assert '<html lang="zh">' in page
    assert 'href="/timeline?lang=zh"' in page
    assert "lang=en" in page  # and leads to the English one


def test_links_keep_the_clocks(server: Server) -> None:
    page = server.get("/card?name=zhipu&known-by=2025-06-30", headers=HTML)
    assert page.status_code == 200
    assert 'href="/timeline?known-by=2025-06-30"' in page.text
    assert "/thing/id/{}?known-by=2025-06-30" in page.text
    later = {one.get("issued", "") for one in _data(server, "/card.json?name=zhipu")["sources"]}
    then = _data(server, "/card.json?name=zhipu&known-by=2025-06-30")["sources"]
    assert max(later) > "2025-06-30"
    assert max(one.get("issued", "") for one in then) <= "2025-06-30"


def _data(server: Server, path: str) -> dict[str, Any]:
    data: dict[str, Any] = server.get(path).json()
    return data


def named(data: dict[str, Any]) -> list[str]:
    return [data["terms"][row[0]][0] for row in data["things"]]


def grown(data: dict[str, Any]) -> list[list[str]]:
    names = named(data)
    return [[names[row] for row in rows] for _, rows in data["grown"]]


def test_a_network_grows_in_counted_batches(server: Server) -> None:
    there = set(named(_data(server, AROUND)))
    first = _data(server, f"{AROUND}&add=25+id:zhipu")
    assert first["format"] == "factscape-growth-1"
    ((*new,),) = grown(first)
    assert len(set(new)) == 25
    assert there.isdisjoint(new)
    # Every line that comes joins something new to something that is there or new itself.
    names = named(first)
    for start, end, *_ in first["lines"]:
        assert {names[start], names[end]} <= there | set(new)
        assert not {names[start], names[end]}.isdisjoint(new)
    # Of the new ones all is told, of the others no more than their names.
    told = {names[i] for i, row in enumerate(first["things"]) if len(row) > 1}
    assert told == set(new)
    second = _data(server, f"{AROUND}&add=25+id:zhipu&add=25+id:zhipu&since=1")
    ((*next_,),) = grown(second)
    assert len(next_) == 25
    assert set(next_).isdisjoint(there | set(new))
    both = _data(server, f"{AROUND}&add=25+id:zhipu&add=25+id:zhipu")
    assert grown(both) == [new, next_]


def test_all_neighbours_come_in_the_end(server: Server) -> None:
    data = _data(server, AROUND)
    columns = data["columns"]["things"]
    row = data["things"][named(data).index("id:zhipu")]
    beside = row[columns.index("beside")]
    more = _data(server, f"{AROUND}&add=500+id:zhipu")
    names = named(more)
    joined = {
        names[start if names[end] == "id:zhipu" else end]
        for start, end, *_ in (*more["lines"],)
        if "id:zhipu" in (names[start], names[end])
    }
    here = named(data)
    near = {
        here[s if here[e] == "id:zhipu" else e]
        for s, e, *_ in data["lines"]
        if "id:zhipu" in (here[s], here[e])
    }
    assert len(joined | near) == beside


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ("add=25", 400),
        ("add=x+id:zhipu", 400),
        ("add=2500+id:zhipu", 400),
        ("add=25+id:nobody", 404),
        ("add=25+metric:revenue", 404),
        ("&".join(["add=1+id:zhipu"] * 61), 400),
        ("add=1+id:zhipu&since=99", 400),
    ],
)
def test_steps_that_cannot_be_taken_are_refused(server: Server, steps: str, status: int) -> None:
    answer = server.get(f"{AROUND}&{steps}")
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


def test_a_query_is_drawn_in_a_worker_and_no_file_is_read(server: Server) -> None:
    drawn = server.get(
        "/network.json", params={"query": "CONSTRUCT { ?a fs:develops ?b } { ?a fs:develops ?b }"}
    )
    assert {way["iri"] for way in drawn.json()["ways"]} == {"fs:develops"}
    for query in (
        "-",
        "/etc/passwd",
        "ontology/queries/models.rq",
        "SELECT * { SERVICE <http://x/> {} }",
    ):
        answer = server.get("/network.json", params={"query": query})
        assert answer.status_code in (400, 403)
        assert "root:" not in answer.text
    # It holds nothing and finds nothing, for longer than it may take.
    never = "FILTER(STR(?x) = CONCAT(STR(?o), STR(?y), 'never'))"
    slow = f"SELECT ?a ?b {{ ?a ?p ?o . ?b ?q ?x . ?c ?r ?y . {never} }}"
    assert server.get("/network.json", params={"query": slow}).status_code == 503
