"""Lists of things, metrics, sources and disagreements, in parts, sorted and chosen; one of each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from tests.web.conftest import Server
from tests.web.pages import HTML

BASE = "https://w3id.org/factscape/"
ID = f"{BASE}id/"


def parts(server: Server, path: str, rows: str) -> Iterator[list[Any]]:
    """Yield a list part by part, as its twin leads on."""
    following: int | None = 0
    while following is not None:
        data = server.get(f"{path}&from={following}", headers={"accept": "application/json"}).json()
        assert data["from"] == following
        yield data[rows]
        following = data["next"]


@pytest.mark.parametrize(
    ("path", "rows"),
    [("/conflicts?class=same", "groups"), ("/sources?x=y", "sources"), ("/things?x=y", "things")],
)
def test_lists_in_parts(server: Server, path: str, rows: str) -> None:
    found = list(parts(server, path, rows))
    assert len(found) > 1
    every = [str(one) for part in found for one in part]
    assert len(every) == len(set(every))
    assert len(every) == server.get(path, headers={"accept": "application/json"}).json()["count"]
    # People go on and back too.
    second = server.get(f"{path}&from={len(found[0])}", headers=HTML).text
    assert 'rel="prev"' in second
    assert ('rel="next"' in second) == (len(found) > 2)


def test_things_of_a_kind(server: Server) -> None:
    data = server.get("/things.json?kind=Company&sort=neighbours").json()
    assert {one["kind"]["iri"] for one in data["things"]} == {data["kind"]["iri"]}
    numbers = [one["neighbours"] for one in data["things"]]
    assert numbers == sorted(numbers, reverse=True)
    assert data["things"][0]["iri"] == f"{ID}zhipu"
    [number] = [one["number"] for one in data["kinds"] if one["iri"] == data["kind"]["iri"]]
    assert number == data["count"] == len(numbers)
    whole = server.get("/things.json", params={"kind": data["kind"]["iri"]}).json()
    assert {one["iri"] for one in whole["things"]} == {one["iri"] for one in data["things"]}


def test_metrics_and_how_much_there_is(server: Server) -> None:
    found = server.get("/metrics.json").json()["metrics"]
    assert [one["figures"] for one in found] == sorted(
        (one["figures"] for one in found), reverse=True
    )
    [loss] = [one for one in found if one["iri"] == f"{BASE}metric/net-loss"]
    page = server.get("/thing/metric/net-loss.json").json()
    assert loss["figures"] == sum(len(one["claims"]) for one in page["by_thing"])
    assert loss["things"] == len(page["by_thing"])
    assert loss["disputed"] == len(page["disputed"]) > 0


def test_of_a_metric_the_newest_comes_first(server: Server) -> None:
    page = server.get("/thing/metric/net-loss.json").json()
    rows = {row["claim"]: row for group in page["card"]["figures"] for row in group["rows"]}
    [zhipu] = [one for one in page["by_thing"] if one["thing"]["iri"] == f"{ID}zhipu"]
    assert zhipu["disputed"] and not all(one["disputed"] for one in page["by_thing"])
    told = [rows[claim] for claim in zhipu["claims"] if rows[claim]["status"] is None]
    times = [row["time"]["ends"] or row["time"]["begins"] for row in told if row["time"]]
    assert len(times) > 5 and times == sorted(times, reverse=True)


def test_the_latest_figure_stands_for_a_metric(server: Server) -> None:
    page = server.get("/thing/id/zhipu.json").json()
    [loss] = [one for one in page["latest"] if one["metric"]["iri"] == f"{BASE}metric/net-loss"]
    rows = {row["claim"]: row for group in page["card"]["figures"] for row in group["rows"]}
    assert rows[loss["claim"]]["time"]["label"]["en"] == "2025"
    # Not the sum of three years that ends on the same day.
    [expense] = [
        one for one in page["latest"] if one["metric"]["iri"] == f"{BASE}metric/rd-expense"
    ]
    assert rows[expense["claim"]]["time"]["label"]["en"] == "first half of 2025"
    assert loss["disputed"] and len(loss["history"]) >= 3
    own = [row for row in rows.values() if row["of"]["iri"] == f"{ID}zhipu"]
    assert sum(one["own"] for one in page["latest"]) == len(own)
    assert sum(one["own"] + one["others"] for one in page["latest"]) == len(rows)


def test_sources_sorted_and_chosen(server: Server) -> None:
    def titles(query: str, key: str = "title") -> list[Any]:
        return [one[key] for one in server.get(f"/sources.json?{query}").json()["sources"]]

    folded = [title.casefold() for title in titles("sort=title")]
    assert folded == sorted(folded)
    numbers = titles("sort=statements", "statements")
    assert numbers == sorted(numbers, reverse=True) and numbers[0] > 100
    assert set(titles("reliability=A", "reliability")) == {"A"}
    assert all("prospectus" in title.casefold() for title in titles("q=Prospectus hong"))
    assert titles("q=prospectus") and not titles("q=no+such+word")
    data = server.get("/sources.json?reliability=A").json()
    assert data["count"] < data["of"]


def test_a_source_paragraph_by_paragraph(server: Server) -> None:
    page = server.get("/thing/source/netease-2026-01-06.json").json()
    numbers = [one["number"] for one in page["paragraphs"]]
    assert len(numbers) > 50
    assert all(one <= other for one, other in pairwise(number or 0 for number in numbers))
    [one] = [one for one in page["paragraphs"] if one["number"] == 45]
    assert "29.58億元" in {each["figure"]["printed"] for each in one["figures"]}
    assert {each["figure"]["citation"]["paragraph"] for each in one["figures"]} == {45}
    passage = server.get("/thing", params={"iri": one["passage"], "format": "json"}).json()
    assert passage["paragraphs"] == [one]
    # Every statement of the source stands in one paragraph, and in one only.
    figures = [each["figure"]["claim"] for one in page["paragraphs"] for each in one["figures"]]
    counted = {
        count["kind"]["label"]["en"]: count["number"]
        for count in page["card"]["counts"]
        if not count["role"]
    }
    measured = ("observation", "rank entry", "comparison")
    assert len(figures) == len(set(figures)) == sum(counted[kind] for kind in measured)
    opinions = [each["claim"] for one in page["paragraphs"] for each in one["opinions"]]
    assert len(opinions) == counted["opinion"]
    assert page["source"]["publisher"]["label"]["en"] == "Dongcaidi"


def test_a_relation_is_a_sentence(server: Server) -> None:
    page = server.get(
        "/thing/claim/zhipu-glm-4.5-readme.zhipu.develops.glm-4.7?lang=en", headers=HTML
    )
    assert "<title>Zhipu develops GLM-4.7" in page.text
    assert "Read-me of GLM-4.5" in page.text and "https://github.com/" in page.text


def test_conflicts_chosen(server: Server) -> None:
    def groups(**query: str) -> list[Any]:
        found: list[Any] = server.get("/conflicts.json", params=query).json()["groups"]
        return found

    one = groups(thing="智譜", metric="net loss")
    assert one and {group["thing"]["iri"] for group in one} == {f"{ID}zhipu"}
    assert {group["metric"]["iri"] for group in one} == {f"{BASE}metric/net-loss"}
    strained = groups(**{"class": "strained"})
    assert {group["verdict"]["label"]["en"] for group in strained} == {"strained"}
    assert all(group["disputed"] for group in groups())
    same = groups(**{"class": "same"})
    assert same and not any(group["disputed"] for group in same)


def figures_of(group: dict[str, Any]) -> list[Any]:
    return [figure for side in group["sides"] for figure in side["figures"]]


def test_a_conflict_has_an_address_of_its_own(server: Server) -> None:
    for group in server.get("/conflicts.json").json()["groups"][:10]:
        path = f"/conflict/{group['name']}"
        data = server.get(f"{path}.json").json()
        assert data["group"]["metric"] == group["metric"]
        assert [side["words"] for side in data["group"]["sides"]] == group["sides"]
        page = server.get(path, headers=HTML)
        assert page.status_code == 200
        cited = {one["citation"]["source"]["iri"] for one in figures_of(data["group"])}
        assert cited <= data["documents"].keys()
