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
        (["compare", "zhipu"], "a comparison needs two things"),
        (["compare", "zhipu", "Zhipu AI"], "a comparison needs two things"),
        (["ranking", "Jia Yi"], "nothing here ranks Jia Yi"),
        (["report", "zhipu"], "Zhipu is no source"),
        (["card", "no such thing"], "nothing here is called"),
        (["timeline", "--since", "tomorrow"], "'tomorrow' is no date"),
        (["ranking", "metric:revenue", "--in", "crowns"], "nothing here is called"),
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
