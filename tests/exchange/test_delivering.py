from __future__ import annotations

import os
from pathlib import Path

import pytest

from factscape.errors import MisuseError
from factscape.exchange.delivering import Delivery, is_ours, mark


def delivery(folder: Path, **contents: str) -> Delivery:
    files = {
        folder / name.replace("_", "."): f"{mark('t.csv')}\n{c}" for name, c in contents.items()
    }
    return Delivery(folder, "t.csv", files, {})


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    delivery(tmp_path, a_trig="1", b_trig="1").put([])
    # Where the second file would be written aside stands a folder.
    (tmp_path / f".b.trig.{os.getpid()}.part").mkdir()
    with pytest.raises(MisuseError, match="cannot be written"):
        delivery(tmp_path, a_trig="2", b_trig="2").put([tmp_path / "a.trig"])
    texts = {path.name: path.read_text(encoding="utf-8")[-1] for path in tmp_path.glob("*.trig")}
    assert texts == {"a.trig": "1", "b.trig": "1"}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".a")]


def test_a_mark_names_its_table(tmp_path: Path) -> None:
    path = tmp_path / "a.trig"
    path.write_text(mark("a\nb.csv") + "\n\n", encoding="utf-8")
    assert is_ours(path)
    assert is_ours(path, "a\nb.csv")
    assert not is_ours(path, "a.csv")
    path.write_bytes(b"\xff\n")
    assert not is_ours(path)
    assert not is_ours(tmp_path / "missing.trig")


def test_a_link_to_somewhere_else_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.trig").symlink_to(tmp_path / "mine.txt")
    with pytest.raises(MisuseError, match="is there already"):
        delivery(tmp_path / "out", a_trig="1").check()
