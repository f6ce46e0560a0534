from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from factscape.errors import StoreError
from factscape.store import open_store


def test_a_folder_that_is_no_store_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(StoreError, match="is not a store"):
        open_store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_damaged_store_is_an_error_of_ours(tmp_path: Path) -> None:
    store = ox.Store(str(tmp_path / "s"))
    store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(1)))
    store.flush()
    del store
    (tmp_path / "s" / "CURRENT").write_bytes(b"nonsense")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path / "s")


def test_opening_for_reading_changes_nothing(tmp_path: Path) -> None:
    store = ox.Store(str(tmp_path / "s"))
    store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(1)))
    store.flush()
    del store
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "s").iterdir()}
    for _ in range(3):
        opened = open_store(tmp_path / "s")
        assert len(opened) == 1
        opened.close()
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "s").iterdir()}
    assert after == before
