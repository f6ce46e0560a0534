"""What is searched for as a thing and a metric, such as `Zhipu net loss 2024`: its figures."""

from __future__ import annotations

import pytest
from tests.web.conftest import Server

HTML = {"accept": "text/html"}


@pytest.mark.parametrize(
    "words",
    [
        *("Zhipu net loss 2024", "net loss of Zhipu in 2024", "what was Zhipu's net loss in 2024?"),
        *("智谱2024年净亏损", "智譜 淨虧損 2024"),
    ],
)
def test_a_thing_and_a_metric_are_found_together(server: Server, words: str) -> None:
    hits = server.get("/search.json", params={"q": words}).json()["hits"]
    printed = {hit["name"].partition(" · ")[0] for hit in hits[:2]}
    assert printed == {"29.58億元", "2.958 billion"}
    [ours] = (hit for hit in hits if hit["name"].endswith("¶45"))
    assert ours["en"] == "Zhipu: net loss, 2024: 2.958 billion CNY"
    assert "29.58億元" in server.get(ours["address"], headers=HTML).text
    page = server.get("/search", params={"q": words, "lang": "zh"}, headers=HTML).text
    assert "智谱：净亏损，2024年：29.58亿元" in page


def test_figures_found_say_what_narrows_them_and_whether_they_are_disputed(server: Server) -> None:
    hits = server.get("/search.json", params={"q": "Zhipu revenue"}).json()["hits"]
    figures = [hit for hit in hits if hit["reason"] == "figure"]
    assert figures[0]["en"].startswith("Zhipu: revenue, ") and len(figures) == 12
    assert [hit["en"] for hit in hits if hit not in figures][:2] == ["Zhipu", "revenue"]
    found = server.get("/search.json", params={"q": "Zhipu revenue 2025"}).json()["hits"]
    [cloud] = (hit["en"] for hit in found if hit["name"].startswith("29.10 million"))
    assert "segment of business Zhipu cloud deployment" in cloud
    whole = [hit["en"] for hit in found if hit["reason"] == "figure" and "segment" not in hit["en"]]
    assert whole == [hit["en"] for hit in found[: len(whole)]]
    losses = server.get("/search.json", params={"q": "Zhipu net loss"}).json()["hits"]
    assert losses[0]["kind"]["en"] == "disputed"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("revenue of Anthropic", "Anthropic: revenue"),
        ("moonshot valuation", "Moonshot AI: valuation"),
    ],
)
def test_a_title_with_these_words_does_not_stand_in_the_way(
    server: Server, words: str, said: str
) -> None:
    hits = server.get("/search.json", params={"q": words}).json()["hits"]
    assert hits[0]["en"].startswith(said)
    reasons = [hit["reason"] for hit in hits]
    assert reasons[0] == "figure" and reasons[-1] == "word of a name"
    assert len({hit["iri"] for hit in hits}) == len(hits)


@pytest.mark.parametrize("words", ["Zhipu frobnication", "frob nication 2024", "2024", "的 在 of"])
def test_what_names_no_thing_and_metric_finds_no_figures(server: Server, words: str) -> None:
    hits = server.get("/search.json", params={"q": words}).json()["hits"]
    assert not [hit for hit in hits if hit["reason"] == "figure"]
