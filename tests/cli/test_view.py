"""`factscape view`: what it writes, where, and what it says."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from factscape.cli import main


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def facts(tmp_path: Path) -> str:
    path = tmp_path / "facts.ttl"
    path.write_text(
        "PREFIX foaf: <http://xmlns.com/foaf/0.1/>\n"
        '<urn:x:ann> a foaf:Person ; foaf:name "Ann" ; foaf:knows <urn:x:ben> .\n'
        '<urn:x:ben> a foaf:Person ; foaf:name "Ben" ; foaf:knows <urn:x:cas> .\n'
        '<urn:x:cas> a foaf:Person ; foaf:name "Cas" .\n',
        encoding="utf-8",
    )
    return str(path)


def test_it_writes_a_page_and_says_so(
    facts: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["view", "--facts", facts]) == 0
    page = (here / "factscape.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("wrote factscape.html: 3 things, 2 links, 0 sources (")


def test_a_name_and_a_depth(facts: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["view", "ANN", "--depth", "1", "-o", "ann.html", "--facts", facts]) == 0
    assert "wrote ann.html: 2 of 3 things, 1 link," in capsys.readouterr().err
    assert "Around Ann" in (here / "ann.html").read_text(encoding="utf-8")
    assert not (here / "factscape.html").exists()


@pytest.mark.parametrize(
    ("arguments", "things"),
    [
        (["--path", "Ann", "Cas"], "3 things, 2 links"),
        (["--type", "foaf:Person"], "3 things, 2 links"),
        (
            ["--query", "SELECT ?a ?b { ?a foaf:knows ?b . FILTER(?a = <urn:x:ann>) }"],
            "2 things, 1 link",
        ),
    ],
)
def test_other_parts(
    arguments: list[str], things: str, facts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["view", *arguments, "--facts", facts]) == 0
    assert things in capsys.readouterr().err


def test_the_bundled_facts_by_any_spelling(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["view", "智譜", "Z.ai", "--depth", "1", "--lang", "zh"]) == 0
    assert "<title>智谱的周边" in (here / "factscape.html").read_text(encoding="utf-8")


def test_the_data_as_json(facts: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["view", "--json", "--facts", facts]) == 0
    data = json.loads(capsys.readouterr().out)
    assert len(data["things"]) == 3
    assert not (here / "factscape.html").exists()
    assert main(["view", "--json", "-o", "data.json", "--facts", facts]) == 0
    assert json.loads((here / "data.json").read_text(encoding="utf-8")) == data


def test_the_page_on_standard_output(facts: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["view", "-o", "-", "--facts", facts]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")


def test_a_page_is_written_over_but_nothing_else(
    facts: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["view", "--facts", facts]) == 0
    assert main(["view", "--facts", facts]) == 0
    before = Path(facts).read_bytes()
    assert main(["view", "--facts", facts, "-o", facts]) == 1
    assert "not a page that Factscape wrote" in capsys.readouterr().err
    assert Path(facts).read_bytes() == before


def test_open_opens_the_file(facts: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_it(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", open_it)
    assert main(["view", "--open", "-o", "a b.html", "--facts", facts]) == 0
    assert opened == [(here / "a b.html").as_uri()]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["nobody"], 1, "nothing here is called"),
        ([""], 2, "empty"),
        (["x" * 10_000], 1, "nothing here is called"),
        (["👩‍👩‍👧"], 1, "nothing here is called"),
        (["SELECT * { ?s ?p ?o }"], 1, "nothing here is called"),
        (["--depth", "1"], 2, "--depth needs a name"),
        (["Ann", "--depth", "-1"], 2, "-1 is not in the range"),
        (["--limit", "0"], 2, "0 is not in the range"),
        (["--limit", "2001"], 2, "--limit must be from 1 to 2000"),
        (["--open", "--json"], 2, "--open"),
        (["-o", "."], 2, "is a folder"),
        (["-o", "nowhere/page.html"], 1, "cannot be written"),
        (["--lang", "de"], 2, "'de'"),
        (["Ann", "--type", "person"], 2, "say what to draw"),
        (["--type", "nothing"], 1, "nothing here is of a class"),
        (["--path", "Ann"], 2, "--path"),
        (["--path", "Ann", "Ann"], 1, "one thing to another"),
        (["--query", "nobody-asks-this"], 2, "nobody-asks-this"),
        (["--query", "SELECT ?n { ?s foaf:name ?n }"], 2, "two columns"),
    ],
)
def test_misuse_is_said_and_nothing_written(
    arguments: list[str],
    status: int,
    message: str,
    facts: str,
    here: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["view", "--facts", facts, *arguments]) == status
    assert message in capsys.readouterr().err
    assert os.listdir(here) == ["facts.ttl"]


def test_what_is_not_drawn_cannot_be_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["view", "metric:net-loss"]) == 1
    assert "is not in the picture" in capsys.readouterr().err
