from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from factscape.errors import Place
from factscape.reading import find_all_places, find_place, places

TRIG = '''@prefix ex: <http://example.org/> .
# a comment
ex:a ex:p 1 ,
      2 ;
   ex:q """two
lines""" ;
   ex:r [ ex:z "x" ] .

ex:g {
  ex:b ex:p ex:c
   # a comment between
   ; ex:q ( 1 2 ) .

  ex:d ex:p 12
  .
}
'''


def lines(path: Path) -> dict[str, list[int | None]]:
    found: dict[str, list[int | None]] = {}
    for quad, place in places(path):
        assert place.file == str(path)
        found.setdefault(str(quad.subject).rpartition("/")[2].rstrip(">"), []).append(place.line)
    return found


@pytest.mark.parametrize("packed", [False, True])
def test_a_statement_stands_on_the_line_that_completes_it(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.trig.gz" if packed else "a.trig")
    path.write_bytes(gzip.compress(TRIG.encode()) if packed else TRIG.encode())
    found = lines(path)
    assert found["a"] == [3, 4, 6, 7]
    assert found["b"] == [10, 12]
    assert found["d"] == [14]


def test_every_line_of_n_quads_is_a_statement(tmp_path: Path) -> None:
    path = tmp_path / "a.nq"
    path.write_text(
        "# first\n<urn:a> <urn:b> 'x' .\n\n<urn:a> <urn:b> <urn:c> <urn:g> .\n".replace("'", '"'),
        encoding="utf-8",
    )
    assert [place.line for _, place in places(path)] == [2, 4]


def test_formats_without_lines_give_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonld"
    path.write_text('{"@id": "urn:a", "urn:b": 1}', encoding="utf-8")
    assert [place for _, place in places(path)] == [Place(str(path))]


def test_finding_the_place_of_a_subject_or_a_graph(tmp_path: Path) -> None:
    first, second = tmp_path / "first.ttl", tmp_path / "second.trig"
    first.write_text("<http://example.org/x> <urn:p> <http://example.org/b> .", encoding="utf-8")
    second.write_text(TRIG, encoding="utf-8")
    files = [first, second]
    assert find_place("http://example.org/b", files) == Place(str(second), 10)
    assert find_place("http://example.org/g", files) == Place(str(second), 10)
    assert find_place("http://example.org/x", files) == Place(str(first), 1)
    assert find_place("http://example.org/nowhere", files) is None


@pytest.mark.parametrize(
    "written", ["ex:a\\\\,b", "<http://example.org/a,b>", "<http://example.org/\\\\u0061,b>"]
)
def test_a_name_written_with_escapes_is_found(tmp_path: Path, written: str) -> None:
    path = tmp_path / "a.ttl"
    text = f"@prefix ex: <http://example.org/> .\n{written} ex:p 1 .".replace("\\\\", "\\")
    path.write_text(text, encoding="utf-8")
    assert find_place("http://example.org/a,b", [path]) == Place(str(path), 2)


def test_a_line_may_be_longer_than_any_buffer(tmp_path: Path) -> None:
    path = tmp_path / "long.ttl"
    text = "x" * 300_000
    path.write_text(
        f'<urn:a> <urn:p> "{text}" .\n# {text}\n\n<urn:b> <urn:p> "{text}" .\n<urn:c> a <urn:T> .\n',
        encoding="utf-8",
    )
    found = find_all_places([path])
    assert {iri: place.line for iri, place in found.items()} == {"urn:a": 1, "urn:b": 4, "urn:c": 5}
    assert found == {iri: find_place(iri, [path]) for iri in found}
