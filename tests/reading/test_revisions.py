"""Facts as they were at a revision, in real git repositories."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from factscape.errors import MisuseError, StoreError
from factscape.reading.revisions import Revision, find_revision

Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """Run git in a new repository with one commit: a folder of facts and a file beside it."""
    folder = tmp_path / "repository"
    (folder / "facts" / "deep").mkdir(parents=True)

    def run(*arguments: str) -> str:
        own = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        done = subprocess.run(
            ["git", *own, *arguments], cwd=folder, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    run("init", "-q", "-b", "main")
    (folder / "facts" / "a.ttl").write_text("<urn:a> <urn:b> 1 .", encoding="utf-8")
    (folder / "facts" / "deep" / "智譜.ttl").write_text("<urn:a> <urn:b> 2 .", encoding="utf-8")
    (folder / "facts" / "link.ttl").symlink_to("/etc/hostname")
    (folder / "other.ttl").write_text("<urn:other> <urn:b> 1 .", encoding="utf-8")
    run("add", ".")
    run("commit", "-q", "-m", "first")
    return run


@pytest.fixture
def repository(git: Git, tmp_path: Path) -> Path:
    return tmp_path / "repository"


def _found(name: str, path: Path) -> Revision:
    revision = find_revision(name, path)
    assert revision is not None
    return revision


def test_files_of_a_folder_are_written_as_they_were(
    git: Git, repository: Path, tmp_path: Path
) -> None:
    (repository / "facts" / "a.ttl").write_text("<urn:a> <urn:b> 9 .", encoding="utf-8")
    git("commit", "-q", "-a", "-m", "second")
    old = _found("HEAD~1", repository / "facts").write(tmp_path / "cache")
    assert (old / "a.ttl").read_text(encoding="utf-8") == "<urn:a> <urn:b> 1 ."
    assert (old / "deep" / "智譜.ttl").is_file()
    # A link can point anywhere, and what lies beside the folder is not asked for.
    assert sorted(path.name for path in old.rglob("*.ttl")) == ["a.ttl", "智譜.ttl"]
    new = _found("main", repository / "facts").write(tmp_path / "cache")
    assert (new / "a.ttl").read_text(encoding="utf-8") == "<urn:a> <urn:b> 9 ."
    assert git("status", "--porcelain") == ""


def test_a_file_and_a_whole_repository_have_revisions_too(repository: Path, tmp_path: Path) -> None:
    file = _found("HEAD", repository / "other.ttl").write(tmp_path / "cache")
    assert file.name == "other.ttl"
    assert file.read_text(encoding="utf-8") == "<urn:other> <urn:b> 1 ."
    whole = _found("HEAD", repository).write(tmp_path / "cache")
    assert (whole / "facts" / "a.ttl").is_file()


def test_the_same_contents_are_written_once(git: Git, repository: Path, tmp_path: Path) -> None:
    first = _found("HEAD", repository / "facts").write(tmp_path / "cache")
    mark = first / "a.ttl"
    mark.write_text("written before", encoding="utf-8")
    git("commit", "-q", "--allow-empty", "-m", "nothing")
    again = _found("HEAD", repository / "facts").write(tmp_path / "cache")
    assert (again / "a.ttl").read_text(encoding="utf-8") == "written before"


@pytest.mark.parametrize("name", ["no-such-branch", "HEAD~9", "--all", "-x", ""])
def test_what_is_no_revision_is_none(repository: Path, name: str) -> None:
    assert find_revision(name, repository / "facts") is None


def test_a_folder_that_was_not_there_is_said(git: Git, repository: Path) -> None:
    (repository / "new").mkdir()
    (repository / "new" / "a.ttl").write_text("<urn:a> <urn:b> 1 .", encoding="utf-8")
    with pytest.raises(MisuseError, match="new was not there at HEAD"):
        find_revision("HEAD", repository / "new")


def test_a_folder_without_git_is_misuse(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    with pytest.raises(MisuseError, match="lies in no git repository"):
        find_revision("HEAD", tmp_path / "plain")


def test_without_git_it_is_said(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MisuseError, match="git is not installed"):
        find_revision("HEAD", repository)


def test_a_cache_that_cannot_be_written_is_said(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        _found("HEAD", repository).write(tmp_path / "file" / "cache")
