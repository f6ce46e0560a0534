"""The commands that write pages: timeline, ranking, compare, card, report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factscape.cli import main
from factscape.views.page import interface_words

COMMANDS = {
    "timeline": ["zhipu", "--since", "2025"],
    "ranking": ["China MaaS market"],
    "compare": ["zhipu", "智谱", "MiniMax"],
    "card": ["GLM-4.6"],
    "report": ["src:netease-2026-01-06"],
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_is_written_and_said(
    command: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, *COMMANDS[command]]) == 0
    page = (here / f"{command}.html").read_bytes()
    assert page.startswith(b"<!doctype html>")
    output = capsys.readouterr()
    assert output.out == ""
    assert f"wrote {command}.html: " in output.err
    assert main([command, *COMMANDS[command], "-o", "again.html"]) == 0
    assert (here / "again.html").read_bytes() == page


@pytest.mark.parametrize("command", COMMANDS)
def test_the_data_of_a_page_are_its_json(
    command: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, *COMMANDS[command], "--json", "--lang", "zh"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["format"] == f"factscape-{command}-1"
    assert data["lang"] == "zh"
    assert data["tables"][0]["rows"]
    assert {len(row) for table in data["tables"] for row in table["rows"]} <= {
        len(table["columns"]) for table in data["tables"]
    }
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["compare", "Jia Yi"], "nothing is measured of Jia Yi"),
        (["compare", "zhipu", "--metric", "Jia Yi"], "no Jia Yi is stated of Zhipu"),
        (["compare", "zhipu", "--metric", "no such metric"], "nothing here is called"),
        (["ranking", "Jia Yi"], "nothing here ranks Jia Yi"),
        (["report", "zhipu"], "Zhipu is no source"),
        (["card", "no such thing"], "nothing here is called"),
        (["timeline", "--since", "tomorrow"], "'tomorrow' is no date"),
        (["timeline", "--since", "2025", "--until", "2024"], "lies before --since 2025"),
        (["ranking", "metric:revenue", "--in", "crowns"], "no currency here is called 'crowns'"),
        (["ranking", "metric:revenue", "--in", "zhipu"], "Zhipu is no currency"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    arguments: list[str], said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) in (1, 2)
    assert said in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_a_ranking_says_what_it_keeps_apart(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ranking", "id:enterprise-llm-api-market"]) == 0
    assert "that do not compare with the first" in capsys.readouterr().err
    assert (here / "ranking.html").exists()


def test_without_a_name_a_ranking_says_what_can_be_ranked(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ranking"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert {"id:china-maas-market", "id:swe-bench-verified", "metric:revenue"} <= {
        row[-1] for row in rows
    }
    assert main(["ranking", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["rankable"]
    assert len(found) == len(rows) - 2  # the head of the table
    assert all(one["things"] > 1 for one in found)
    assert main(["ranking", "-o", "x.html"]) == 2
    assert "a page needs a name" in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_where_nothing_can_be_ranked_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "a.ttl"
    facts.write_text("<urn:a> <urn:b> 1 .", encoding="utf-8")
    assert main(["ranking", "--facts", str(facts)]) == 0
    assert "nothing can be ranked" in capsys.readouterr().err


def test_prices_of_a_family_are_those_of_its_members(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["compare", "GLM", "--metric", "price", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    names = {thing["iri"] for thing in data["things"]}
    assert {"id:glm-4.5", "id:glm-4.6"} <= names
    assert "id:glm" not in names
    assert data["panels"]
    assert all(panel["steps"] for panel in data["panels"])
    assert data["title"][0] == "price: GLM"


def test_one_thing_by_itself_is_drawn_over_time(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", "zhipu", "--metric", "metric:net-loss"]) == 0
    assert "1 thing, " in capsys.readouterr().err
    assert (here / "compare.html").exists()


@pytest.mark.parametrize(
    ("arguments", "smallest", "first"),
    [
        (["metric:api-price-output"], True, True),
        (["metric:api-price-output", "--first", "largest"], False, False),
        (["metric:revenue"], False, False),
        (["metric:revenue", "--first", "smallest"], True, True),
    ],
)
def test_the_better_end_stands_first_or_the_one_asked_for(
    arguments: list[str], smallest: bool, first: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ranking", *arguments, "--json"]) == 0
    (board, *_) = json.loads(capsys.readouterr().out)["boards"]
    assert board["smallest_first"] is smallest
    period = board["places"][-1]["period"]
    values = [one["value"] for one in board["places"] if one["period"] == period]
    assert len(values) > 2
    assert values == sorted(values, reverse=not first)


def test_a_kind_of_metrics_is_ranked_each_by_itself(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["ranking", "price", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert len({str(board["metric"]) for board in data["boards"]}) > 3


def test_the_currency_asked_for_stands_first_and_what_is_not_converted_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["ranking", "metric:revenue", "--in", "USD", "--json"]) == 0
    output = capsys.readouterr()
    data = json.loads(output.out)
    assert data["boards"][0]["unit"][0] == "US dollar"
    said = f"not converted: {data['unconverted']} figure"
    assert (said in output.err) == bool(data["unconverted"])


def test_the_timeline_of_a_family_is_that_of_its_members(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["timeline", "GLM", "--json"]) == 0
    events = {event["iri"] for event in json.loads(capsys.readouterr().out)["events"]}
    assert {"id:glm-4.6-release", "id:glm-3-turbo-price-cut"} <= events


def test_what_was_not_known_is_not_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["timeline", "--json"]) == 0
    everything = json.loads(capsys.readouterr().out)
    assert main(["timeline", "--json", "--known-by", "2025-01-01"]) == 0
    early = json.loads(capsys.readouterr().out)
    assert 0 < len(early["events"]) < len(everything["events"])
    assert all(source["issued"] <= "2025-01-01" for source in early["sources"])


def test_every_word_of_the_pages_is_there() -> None:
    import re

    from factscape.views.page import STATIC, TEMPLATES

    code = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("chart-*.js"))
    template = (TEMPLATES / "chart.html").read_text(encoding="utf-8")
    used = set(re.findall(r"\b(?:say|part)\(\s*'(\w+)'", code))
    used |= set(re.findall(r"word\.(\w+)", template))
    used |= set(re.findall(r'data-(?:word|label|title)="(\w+)"', template))
    assert len(used) > 80
    assert used <= interface_words("chart-words.json")["en"].keys()
