"""Which commit last touched a statement, in real repositories."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from factscape.claims.commits import last_commit
from factscape.errors import Place

TEXT = """\
claim:a
    fs:value 1 ;
    fs:printed "1" .

claim:b
    fs:value 2 ;
    fs:printed "2" .
"""
Commit = Callable[[str, str], None]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "repository" / "facts" / "a.trig"


@pytest.fixture
def commit(file: Path) -> Commit:
    """Commit a text of the file on a day, under a summary."""
    file.parent.mkdir(parents=True)

    def git(*arguments: str, day: str = "2025-01-01") -> None:
        who = {f"GIT_{role}_NAME": "Ann" for role in ("AUTHOR", "COMMITTER")}
        mail = {f"GIT_{role}_EMAIL": "ann@example.org" for role in ("AUTHOR", "COMMITTER")}
        days = {f"GIT_{role}_DATE": f"{day}T12:00:00Z" for role in ("AUTHOR", "COMMITTER")}
        environment = {**os.environ, **who, **mail, **days}
        subprocess.run(["git", *arguments], cwd=file.parent, check=True, env=environment)

    git("init", "-q")

    def run(text: str, day: str) -> None:
        file.write_text(text, encoding="utf-8")
        git("add", ".")
        git("commit", "-q", "-m", f"On {day}: 更正\n\nmore", day=day)

    return run


def test_the_newest_commit_of_the_block(file: Path, commit: Commit) -> None:
    commit(TEXT, "2025-01-01")
    commit(TEXT.replace("value 1", "value 9"), "2025-02-02")
    commit(TEXT.replace("value 1", "value 9") + "\nclaim:c fs:value 3 .\n", "2025-03-03")
    for line, day in ((1, "2025-02-02"), (3, "2025-02-02"), (5, "2025-01-01"), (9, "2025-03-03")):
        found = last_commit(Place(str(file), line))
        assert found is not None
        assert (found.day, found.author) == (day, "Ann")
        assert found.summary == f"On {day}: 更正"
        assert len(found.name) == 10


def test_lines_that_are_not_committed_have_the_commit_of_the_rest(
    file: Path, commit: Commit
) -> None:
    commit(TEXT, "2025-01-01")
    file.write_text(
        TEXT.replace("value 1", "value 9") + "\nclaim:new fs:value 1 .\n", encoding="utf-8"
    )
    old = last_commit(Place(str(file), 1))
    assert old is not None and old.day == "2025-01-01"
    assert last_commit(Place(str(file), 9)) is None


def test_without_version_control_there_is_none(tmp_path: Path, commit: Commit, file: Path) -> None:
    alone = tmp_path / "alone.trig"
    alone.write_text(TEXT, encoding="utf-8")
    assert last_commit(Place(str(alone), 1)) is None
    commit(TEXT, "2025-01-01")
    (file.parent / "untracked.trig").write_text(TEXT, encoding="utf-8")
    assert last_commit(Place(str(file.parent / "untracked.trig"), 1)) is None
    assert last_commit(Place(str(file))) is None


def test_without_git_there_is_none(
    file: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commit(TEXT, "2025-01-01")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert last_commit(Place(str(file), 1)) is None
