"""`factscape diff` as people run it: folders, files, revisions; text, Markdown, JSON."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from factscape.terms import PREFIXES

Run = Callable[..., subprocess.CompletedProcess[str]]
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
FACTS = """
id:firm a fs:Company ; skos:prefLabel "Firm | *one*"@en, "公司"@zh .
id:board a fs:Ranking ; skos:prefLabel "Board"@en .
src:a a fs:Source ; dct:title "Paper A"@en ; dct:issued "2025-03-01"^^xsd:date .
src:b a fs:Source ; dct:title "Paper B"@en ; dct:issued "2025-03-02"^^xsd:date .
GRAPH src:a {
  claim:loss a fs:Observation ; fs:of id:firm ; fs:metric metric:net-loss ; fs:value 100000000 ;
    fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "1.0億元" .
  claim:rank a fs:RankEntry ; fs:of id:firm ; fs:ranking id:board ; fs:position 4 .
}
GRAPH src:b {
  claim:other a fs:Observation ; fs:of id:firm ; fs:metric metric:net-loss ; fs:value 100000000 ;
    fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "1.0億元" .
}
"""
CHANGED = FACTS.replace("fs:value 100000000", "fs:value 120000000", 1).replace(
    "1.0億元", "1.2億元", 1
)
MOVED = CHANGED.replace("fs:position 4", "fs:position 3")

TEXT = """\
facts: 2 changed; disputes: 1; rankings: 1

Firm | *one*
  ~  net loss, 2024: 100 million CNY → 120 million CNY (+20.0%)  [Paper A]
  ~  Board: no. 4 → no. 3  [Paper A]

disputes
  +  appeared: inconsistent: Firm | *one* · net loss · 2024 (120 million CNY against 100 million CNY)

rankings
  ~  Board: Firm | *one* no. 4 → no. 3
"""


def _write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "facts.trig").write_text(HEAD + text, encoding="utf-8")
    return folder


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    return _write(tmp_path / "old", FACTS), _write(tmp_path / "new", MOVED)


def test_text(factscape: Run, folders: tuple[Path, Path]) -> None:
    done = factscape("diff", "old", "new")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    shown = TEXT.splitlines()
    # Which of two equal sources is the best side is not what this is about.
    assert [line for line in lines if "appeared" not in line] == [
        line for line in shown if "appeared" not in line
    ]
    assert any(line.startswith("  +  appeared: inconsistent: Firm") for line in lines)


def test_chinese(factscape: Run, folders: tuple[Path, Path]) -> None:
    said = factscape("diff", "old", "new", "--lang", "zh").stdout
    assert "净亏损，2024年：1亿元 → 1.2亿元 (+20.0%)" in said
    assert "出现：不一致：公司" in said


def test_markdown_is_escaped(factscape: Run, folders: tuple[Path, Path]) -> None:
    said = factscape("diff", "old", "new", "--format", "md").stdout
    assert "### Firm \\| \\*one\\*" in said
    row = "| changed | net loss, 2024 | 100 million CNY | 120 million CNY (+20.0%) | Paper A |"
    assert row in said.splitlines()
    assert "\n| changed | Board | no. 4 | no. 3 | Paper A |\n" in said


def test_json(factscape: Run, folders: tuple[Path, Path]) -> None:
    told = json.loads(factscape("diff", "old", "new", "--json").stdout)
    assert told["counts"]["facts"] == {"added": 0, "changed": 2, "withdrawn": 0}
    loss = next(one for one in told["facts"] if one["sort"] == "figure")
    assert loss["iri"] == PREFIXES["claim"] + "loss"
    assert loss["percent"] == pytest.approx(20)
    assert [one["kind"] for one in told["conflicts"]] == ["appeared"]
    assert told["rankings"][0]["old"] == ["4"]


def test_no_change(factscape: Run, folders: tuple[Path, Path]) -> None:
    done = factscape("diff", "old", "old/facts.trig", "--exit-code")
    assert (done.returncode, done.stdout) == (0, "")
    assert "no fact changed" in done.stderr
    empty = json.loads(factscape("diff", "old", "old", "--json").stdout)
    assert empty["facts"] == empty["conflicts"] == []


def test_the_status_says_whether_anything_changed_where_asked(
    factscape: Run, folders: tuple[Path, Path]
) -> None:
    assert factscape("diff", "old", "new").returncode == 0
    assert factscape("diff", "old", "new", "--exit-code").returncode == 1


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose facts have three states: two commits, and what is there now."""
    folder = tmp_path / "repository"
    facts = folder / "facts"

    def git(*arguments: str) -> None:
        who = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
        subprocess.run(["git", *arguments], cwd=folder, check=True, env={**os.environ, **who})

    _write(facts, FACTS)
    git("init", "-q", "-b", "main")
    for text in (FACTS, CHANGED):
        _write(facts, text)
        git("add", ".")
        git("commit", "-q", "-m", "state")
    _write(facts, MOVED)
    return folder


@pytest.mark.parametrize(
    ("arguments", "changed"),
    [
        (("HEAD~1", "HEAD"), {"net loss"}),
        (("HEAD",), {"Board"}),
        (("main~1",), {"net loss", "Board"}),
        (("HEAD", "facts"), {"Board"}),
        (("main", "HEAD"), set()),
    ],
)
def test_revisions(
    factscape: Run, repository: Path, arguments: tuple[str, ...], changed: set[str]
) -> None:
    done = factscape("diff", *arguments, "--facts", "facts", "--json", cwd=repository)
    assert done.returncode == 0
    found = json.loads(done.stdout)["facts"]
    assert {one["what"]["label"]["en"] for one in found} == changed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing", "--facts", "facts"), "no file, no folder and no git revision nothing"),
        (("HEAD~9", "--facts", "facts"), "no git revision HEAD~9"),
        ((), "Missing argument 'OLD'"),
        (("HEAD", "HEAD", "HEAD"), "unexpected extra argument"),
        (("HEAD", "--json", "--format", "md", "--facts", "facts"), "say two things"),
    ],
)
def test_misuse(factscape: Run, repository: Path, arguments: tuple[str, ...], said: str) -> None:
    done = factscape("diff", *arguments, cwd=repository)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_revision_of_a_folder_without_git(factscape: Run, folders: tuple[Path, Path]) -> None:
    done = factscape("diff", "HEAD", "--facts", "old")
    assert done.returncode == 2
    assert "old lies in no git repository" in done.stderr
    assert "--facts" in done.stderr
