from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factscape.errors import FactsSyntaxError, StoreError
from factscape.store.snapshot import SnapshotCache, default_cache

BUILDER = """
import sys, time
from pathlib import Path
from factscape.store.snapshot import SnapshotCache

def build(folder):
    (folder / "data").write_text(Path(sys.argv[2]).read_text(encoding="utf-8"), encoding="utf-8")
    print("building", flush=True)
    time.sleep(float(sys.argv[3]))

snapshot = SnapshotCache(Path(sys.argv[1]), "1").open([Path(sys.argv[2])], build)
print((snapshot / "data").read_text(encoding="utf-8"), flush=True)
"""


class Workshop:
    """A file, a cache, and a builder that copies the file and counts how often it was called."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "source.txt"
        self.source.write_text("one", encoding="utf-8")
        self.age(self.source)
        self.root = folder / "cache"
        self.cache = SnapshotCache(self.root, "1")
        self.built = 0

    @staticmethod
    def age(path: Path, seconds: float = 100) -> None:
        """Set a file's time back, past the time in which it counts as still changing."""
        status = path.stat()
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - int(seconds * 1e9)))

    def build(self, folder: Path) -> None:
        self.built += 1
        (folder / "data").write_text(self.source.read_text(encoding="utf-8"), encoding="utf-8")

    def read(self) -> str:
        snapshot = self.cache.open([self.source], self.build)
        return (snapshot / "data").read_text(encoding="utf-8")


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def test_what_has_not_changed_is_not_built_again(shop: Workshop) -> None:
    assert [shop.read(), shop.read(), shop.read()] == ["one", "one", "one"]
    assert shop.built == 1


def test_a_change_is_seen_by_its_size(shop: Workshop) -> None:
    shop.read()
    shop.source.write_text("three", encoding="utf-8")
    assert shop.read() == "three"
    assert shop.built == 2


def test_a_change_of_the_same_size_is_seen_by_its_time(shop: Workshop) -> None:
    shop.read()
    shop.source.write_text("two", encoding="utf-8")
    assert shop.read() == "two"


def test_a_change_right_after_the_build_that_moves_neither_size_nor_time_is_seen(
    tmp_path: Path,
) -> None:
    shop = Workshop(tmp_path)
    os.utime(shop.source)
    shop.read()
    status = shop.source.stat()
    shop.source.write_text("two", encoding="utf-8")
    os.utime(shop.source, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert shop.read() == "two"


def test_a_touched_file_is_hashed_but_not_built_again(shop: Workshop) -> None:
    shop.read()
    os.utime(shop.source)
    assert shop.read() == "one"
    assert shop.built == 1


def test_going_back_to_old_contents_finds_the_old_snapshot(shop: Workshop) -> None:
    shop.read()
    shop.source.write_text("two", encoding="utf-8")
    shop.read()
    shop.source.write_text("one", encoding="utf-8")
    assert shop.read() == "one"
    assert shop.built == 2


def test_another_version_of_the_program_builds_its_own(shop: Workshop) -> None:
    shop.read()
    shop.cache = SnapshotCache(shop.root, "2")
    shop.read()
    assert shop.built == 2


def test_a_file_more_is_another_snapshot(shop: Workshop, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("x", encoding="utf-8")
    first = shop.cache.open([shop.source], shop.build)
    second = shop.cache.open([shop.source, other], shop.build)
    assert first != second


@pytest.mark.parametrize("harm", ["truncate", "garble", "remove", "empty"])
def test_a_damaged_snapshot_is_built_again(shop: Workshop, harm: str) -> None:
    snapshot = shop.cache.open([shop.source], shop.build)
    data = snapshot / "data"
    if harm == "truncate":
        data.write_text("on", encoding="utf-8")
    elif harm == "garble":
        time.sleep(0.01)
        data.write_text("xne", encoding="utf-8")
    elif harm == "remove":
        data.unlink()
    else:
        for path in snapshot.iterdir():
            path.unlink()
    assert shop.read() == "one"
    assert shop.built == 2


@pytest.mark.parametrize("text", ["", "{", "[]", '{"contents": 3}', '{"contents": "../.."}'])
def test_a_damaged_manifest_is_no_error(shop: Workshop, text: str) -> None:
    snapshot = shop.cache.open([shop.source], shop.build)
    (snapshot.parent / "manifest.json").write_text(text, encoding="utf-8")
    assert shop.read() == "one"


def test_an_error_of_the_builder_passes_and_leaves_what_was_there(shop: Workshop) -> None:
    snapshot = shop.cache.open([shop.source], shop.build)

    def fail(folder: Path) -> None:
        (folder / "half").write_text("half", encoding="utf-8")
        raise FactsSyntaxError("broken")

    shop.source.write_text("broken", encoding="utf-8")
    with pytest.raises(FactsSyntaxError, match="broken"):
        shop.cache.open([shop.source], fail)
    assert (snapshot / "data").read_text(encoding="utf-8") == "one"
    assert sorted(path.name for path in snapshot.parent.iterdir()) == sorted(
        [snapshot.name, "manifest.json"]
    )


def test_files_that_change_under_the_build_are_read_again(shop: Workshop) -> None:
    def build(folder: Path) -> None:
        shop.build(folder)
        if shop.built == 1:
            shop.source.write_text("changed meanwhile", encoding="utf-8")

    snapshot = shop.cache.open([shop.source], build)
    assert (snapshot / "data").read_text(encoding="utf-8") == "changed meanwhile"
    assert shop.built == 2


def test_files_that_never_rest_are_an_error(shop: Workshop) -> None:
    def build(folder: Path) -> None:
        shop.build(folder)
        shop.source.write_text("x" * shop.built * 10, encoding="utf-8")

    with pytest.raises(StoreError, match="change faster"):
        shop.cache.open([shop.source], build)


def test_a_place_that_cannot_be_written_is_an_error_of_ours(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be used"):
        shop.read()


def test_discarding_makes_the_next_opening_build(shop: Workshop) -> None:
    shop.cache.discard(shop.cache.open([shop.source], shop.build))
    assert shop.read() == "one"
    assert shop.built == 2


def start(shop: Workshop, seconds: float) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", BUILDER, str(shop.root), str(shop.source), str(seconds)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, encoding="utf-8")


def test_a_build_that_is_killed_leaves_nothing_that_is_read(shop: Workshop) -> None:
    process = start(shop, 60)
    assert process.stdout is not None
    assert process.stdout.readline() == "building\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert shop.read() == "one"
    assert shop.built == 1


def test_leftovers_of_killed_builds_are_swept_when_old(shop: Workshop) -> None:
    key = shop.cache.open([shop.source], shop.build).parent
    for name, seconds in ((".building-old", 7200), (".building-new", 0)):
        (key / name).mkdir()
        shop.age(key / name, seconds)
    shop.source.write_text("two", encoding="utf-8")
    shop.read()
    left = {path.name for path in key.iterdir()}
    assert ".building-old" not in left
    assert ".building-new" in left


def test_two_processes_may_build_at_once(shop: Workshop) -> None:
    processes = [start(shop, 0.3) for _ in range(3)]
    for process in processes:
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        assert out.endswith("one\n")
    assert shop.read() == "one"
    assert shop.built == 0


def test_the_cache_is_where_the_system_keeps_such_things(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FACTSCAPE_CACHE", str(tmp_path / "mine"))
    assert default_cache() == tmp_path / "mine"
    monkeypatch.delenv("FACTSCAPE_CACHE")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if sys.platform == "linux":
        assert default_cache() == tmp_path / ".cache" / "factscape"
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
        assert default_cache() == tmp_path / "xdg" / "factscape"
