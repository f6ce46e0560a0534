from __future__ import annotations

from pathlib import Path

import pytest

from factscape.errors import FactsNotFoundError
from factscape.reading import facts_folder, find_files, ontology_files, ontology_folder


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", encoding="utf-8")
    return path


def test_a_folder_is_searched_through_and_sorted(tmp_path: Path) -> None:
    wanted = [touch(tmp_path / name) for name in ("a.ttl", "b/c.trig", "b/d.nq.gz", "e.JSONLD")]
    for name in ("notes.txt", "t.csv", "x.json", ".git/config.ttl", ".hidden.ttl", "b/.e/f.ttl"):
        touch(tmp_path / name)
    assert sorted(find_files([tmp_path])) == sorted(wanted)


def test_each_file_counts_once_and_a_named_file_may_be_json(tmp_path: Path) -> None:
    turtle, json = touch(tmp_path / "a.ttl"), touch(tmp_path / "x.json")
    assert find_files([turtle, tmp_path, json]) == [turtle, json]


def test_an_empty_folder_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(FactsNotFoundError, match="no file of RDF") as raised:
        find_files([tmp_path])
    assert "factscape init" in raised.value.hint


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FactsNotFoundError, match="there is no file or folder"):
        find_files([tmp_path / "nowhere"])


def test_the_bundled_folders_hold_what_they_should() -> None:
    assert find_files([facts_folder()])
    assert {path.name for path in ontology_files()} >= {"factscape.ttl", "metrics.ttl", "units.ttl"}
    assert (ontology_folder() / "shapes").is_dir()
