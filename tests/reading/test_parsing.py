from __future__ import annotations

from pathlib import Path

import pytest

from factscape.errors import FactsSyntaxError
from factscape.reading import ParsedFile, read_quads


@pytest.mark.parametrize(
    ("name", "text", "line", "column", "cause"),
    [
        ("a.ttl", "<urn:a> <urn:b> 1 .\n<urn:a> <urn:b> zz .", 2, 17, ""),
        ("a.ttl", "<urn:a> <urn:b> 1\n<urn:c> <urn:b> 2 .", 2, 1, "final dot"),
        ("a.ttl", "\nfs:a fs:b 1 .", 2, 1, "@prefix fs: <https://w3id.org/factscape/ontology#>"),
        ("a.ttl", "<urn:a> sksos:b 1 .", 1, 9, "did you mean skos:?"),
        ("a.ttl", "<urn:a> qqqqqqqq:b 1 .", 1, 9, "@prefix qqqqqqqq: <…>"),
        ("a.ttl", '<urn:a> <urn:b> "open .\n', 1, 17, "never closed"),
        ("a.trig", "<urn:g> { <urn:a> <urn:b> 1 ", 1, 29, "never closed"),
        ("a.ttl", "<html><body>hello", 1, 1, ""),
        ("a.ttl", '{"a": 1}', 1, 1, "really Turtle"),
        ("a.ttl", "<urn:a> <urn:b c> 1 .", 1, 9, "%20"),
        ("a.nt", "<urn:a> <urn:b> 1 .", 1, None, ""),
        ("a.jsonld", '{"@id": "urn:a", "urn:b":', 1, None, "never closed"),
        ("a.rdf", "<a/>", None, None, "RDF/XML"),
    ],
)
def test_an_error_says_where_and_why(
    tmp_path: Path, name: str, text: str, line: int | None, column: int | None, cause: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FactsSyntaxError) as raised:
        list(read_quads(path))
    error = raised.value
    assert error.place is not None
    assert error.place.file == str(path)
    assert error.place.line == line
    if column:
        assert error.place.column == column
    assert cause in error.hint
    assert "Parser error" not in error.message


def test_the_line_is_shown_with_a_caret(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<urn:a> <urn:b> zz .", encoding="utf-8")
    with pytest.raises(FactsSyntaxError) as raised:
        list(read_quads(path))
    assert raised.value.hint.splitlines()[:2] == ["<urn:a> <urn:b> zz .", " " * 16 + "^"]


def test_a_very_long_line_is_shown_in_part(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text('<urn:a> <urn:b> "' + "x" * 100_000 + '" zz .', encoding="utf-8")
    with pytest.raises(FactsSyntaxError) as raised:
        list(read_quads(path))
    shown, caret = raised.value.hint.splitlines()[:2]
    assert len(shown) <= 100
    assert shown[caret.index("^") :].startswith("zz")


def test_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes('<urn:a> <urn:b> "é" .'.encode("latin-1"))
    with pytest.raises(FactsSyntaxError) as raised:
        list(read_quads(path))
    assert "UTF-8" in raised.value.hint


def test_blank_nodes_of_two_files_are_two_things(tmp_path: Path) -> None:
    seen: set[object] = set()
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_text("_:x <urn:b> 1 .", encoding="utf-8")
        seen.update(quad.subject for quad in read_quads(tmp_path / name))
    assert len(seen) == 2


def test_prefixes_are_known_when_the_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.trig"
    path.write_text("@prefix a: <urn:a:> .\n@prefix b: <urn:b:> .\na:x a:y b:z .", encoding="utf-8")
    parsed = ParsedFile(path)
    assert len(list(parsed)) == 1
    assert parsed.prefixes == {"a": "urn:a:", "b": "urn:b:"}


@pytest.mark.parametrize(
    "text",
    [
        '<urn:a> <urn:b> "</script><script>alert(1)</script>" .',
        '<urn:a> <urn:b> "\u202eright to left" .',
        '<urn:a> <urn:b> "🦊 \\"quoted\\"" .',
        '<urn:a> <urn:b> "' + "long " * 2000 + '" .',
        "<urn:a> <urn:b> <javascript:alert(1)> .",
        '<urn:a> <urn:b> "2025-13"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> .',
        "<urn:a> <urn:b> <urn:a> .",
        "[] <urn:b> [ <urn:c> ( 1 2 3 ) ] .",
    ],
)
def test_odd_but_valid_facts_are_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(text, encoding="utf-8")
    assert list(read_quads(path))
