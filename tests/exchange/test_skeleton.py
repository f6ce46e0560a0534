from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from factscape.checking.shapes.validating import check_shapes
from factscape.errors import MisuseError
from factscape.exchange.skeleton import write_skeleton
from factscape.opening import open_facts
from factscape.reading import find_files


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    write_skeleton(tmp_path / "mine")
    return tmp_path / "mine"


def test_it_satisfies_the_shapes(skeleton: Path) -> None:
    assert check_shapes(find_files([skeleton])) == []


def test_without_its_figure_it_would_not(skeleton: Path) -> None:
    source = skeleton / "sources" / "annual-report-2025.trig"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace('fs:printed "48" ;', ""), encoding="utf-8")
    [finding] = check_shapes(find_files([skeleton]))
    assert "add fs:printed" in finding.message


def test_its_spans_are_those_of_its_text(skeleton: Path) -> None:
    text = (skeleton / "texts" / "annual-report-2025.txt").read_text(encoding="utf-8")
    with open_facts(skeleton) as facts:
        rows = facts.query(
            "SELECT ?printed ?start ?end { ?s fs:printed ?printed ; oa:start ?start ; oa:end ?end }"
        )
        assert isinstance(rows, ox.QuerySolutions)
        spans = [(r["printed"].value, int(r["start"].value), int(r["end"].value)) for r in rows]
        assert len(spans) == 5
        for printed, start, end in spans:
            assert text[start:end] == printed
        passages = facts.query(
            "SELECT ?line ?start ?end { ?p fs:paragraph ?line ; oa:start ?start ; oa:end ?end }"
        )
        assert isinstance(passages, ox.QuerySolutions)
        for row in passages:
            line, start, end = (int(term.value) for term in row if term is not None)
            assert text[start:end] == text.split("\n")[line - 1]
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        assert facts.query(f"ASK {{ ?source a fs:Source ; fs:textSha256 '{digest}' }}")


def test_every_fact_is_in_the_graph_of_its_passage(skeleton: Path) -> None:
    with open_facts(skeleton) as facts:
        assert facts.query(
            "PREFIX my: <https://example.org/coffee/> ASK {"
            " GRAPH ?passage { my:harbour-capital fs:investedIn my:northern-beans }"
            " ?passage fs:passageOf my:annual-report-2025 }"
        )
        assert not facts.query("ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?g ?has ?any } }")


def test_files_beside_it_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("mine", encoding="utf-8")
    written = write_skeleton(tmp_path)
    assert all(path.is_file() for path in written)
    assert (tmp_path / "notes.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["README.md", "sources/annual-report-2025.trig"])
def test_nothing_is_written_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(MisuseError, match=name):
        write_skeleton(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


def test_a_link_to_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "README.md").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(MisuseError, match=r"README\.md"):
        write_skeleton(tmp_path)
    assert not (tmp_path / "elsewhere").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(MisuseError, match="is a file"):
        write_skeleton(tmp_path / "mine")


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(MisuseError, match="cannot be written"):
        write_skeleton(tmp_path / "mine")


def test_a_folder_under_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(MisuseError, match="cannot be written"):
        write_skeleton(tmp_path / "file" / "mine")
