"""Facts are held against the shapes as they are written, and each finding says where."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest

from factscape.checking.shapes.validating import ShapeFinding, check_shapes, check_syntax
from factscape.errors import FactsSyntaxError, MissingExtraError
from factscape.reading import facts_folder, find_files

PREFIXES = """\
@prefix claim: <https://w3id.org/factscape/claim/> .
@prefix ex: <http://example.org/> .
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix here: <https://w3id.org/factscape/source/paper-2026#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

SHAPES = """
ex:Box a sh:NodeShape ; sh:targetClass ex:Box ;
    sh:property [ sh:path ex:size ; sh:minCount 1 ; sh:message "A box needs a size."@en, "盒子需要尺寸。"@zh ] ;
    sh:property [ sh:path ex:month ; sh:pattern "^[0-9]{4}-(0[1-9]|1[0-2])$" ; sh:message "A month is written 2025-01." ] ;
    sh:property [ sh:path ex:code ; sh:pattern "^0" ; sh:severity sh:Warning ; sh:message "Codes begin with 0." ] ;
    sh:property [ sh:path ex:lid ; sh:nodeKind sh:IRI ] .
"""


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    path = tmp_path / "shapes.ttl"
    path.write_text(PREFIXES + SHAPES, encoding="utf-8")
    return path


def check(tmp_path: Path, shapes: Path, name: str, text: str) -> list[ShapeFinding]:
    path = tmp_path / name
    path.write_text(PREFIXES + text, encoding="utf-8")
    return check_shapes([path], [shapes])


def lines(findings: list[ShapeFinding]) -> list[tuple[str, str, int | None]]:
    above = PREFIXES.count("\n")
    return [
        (f.severity, f.message, f.place.line - above if f.place and f.place.line else None)
        for f in findings
    ]


def test_findings_stand_at_their_statement(tmp_path: Path, shapes: Path) -> None:
    text = 'ex:a a ex:Box ;\n    ex:code "17" ;\n    ex:month "2025-13"^^xsd:gYearMonth .\n'
    findings = check(tmp_path, shapes, "a.ttl", text)
    assert lines(findings) == [
        ("error", "A box needs a size.", 1),
        ("warning", "Codes begin with 0.", 2),
        ("error", "A month is written 2025-01.", 3),
    ]
    assert [(f.path, f.value) for f in findings] == [
        ("http://example.org/size", None),
        ("http://example.org/code", "17"),
        ("http://example.org/month", "2025-13"),
    ]
    assert {f.subject for f in findings} == {"http://example.org/a"}


def test_what_is_checked_is_what_is_written(tmp_path: Path, shapes: Path) -> None:
    # A store would make 7 of 007, and then the code would not begin with 0.
    good = (
        'ex:a a ex:Box ; ex:size 1 ; ex:code "007"^^xsd:int ; ex:month "2025-01"^^xsd:gYearMonth .'
    )
    assert check(tmp_path, shapes, "a.ttl", good) == []
    bad = 'ex:a a ex:Box ; ex:size 1 ; ex:code "7"^^xsd:int .'
    assert [f.message for f in check(tmp_path, shapes, "b.ttl", bad)] == ["Codes begin with 0."]


def test_all_graphs_of_all_files_are_taken_together(tmp_path: Path, shapes: Path) -> None:
    one, two = tmp_path / "one.trig", tmp_path / "two.nq"
    one.write_text(PREFIXES + "GRAPH here:p1 { ex:a a ex:Box . }", encoding="utf-8")
    assert len(check_shapes([one], [shapes])) == 1
    two.write_text(
        '<http://example.org/a> <http://example.org/size> "1" <urn:g> .\n', encoding="utf-8"
    )
    assert check_shapes([one, two], [shapes]) == []


def test_blank_nodes_and_shapes_without_a_message(tmp_path: Path, shapes: Path) -> None:
    [finding] = check(tmp_path, shapes, "a.ttl", 'ex:a a ex:Box ; ex:size 1 ; ex:lid "x" .')
    assert finding.message
    [finding] = check(tmp_path, shapes, "b.ttl", "[] a ex:Box .")
    assert finding.message == "A box needs a size."
    assert finding.place is None


def test_ill_typed_literals_leave_no_traceback(
    tmp_path: Path, shapes: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    check(tmp_path, shapes, "a.ttl", 'ex:a a ex:Box ; ex:month "2025-13"^^xsd:gYearMonth .')
    assert [record for record in caplog.records if record.name.startswith("rdflib")] == []
    assert not logging.getLogger("rdflib.term").disabled


def test_the_bundled_shapes_find_a_wrong_observation(tmp_path: Path) -> None:
    path = tmp_path / "a.trig"
    path.write_text(
        PREFIXES + "GRAPH here:p1 {\n  claim:x a fs:Observation ;\n    fs:value 5 .\n}\n",
        encoding="utf-8",
    )
    findings = check_shapes([path])
    assert any(f.severity == "error" and "fs:printed" in f.message for f in findings)
    assert {f.place.file for f in findings if f.place} == {str(path)}
    assert {f.place.line for f in findings if f.place} <= {8, 9}


@pytest.mark.parametrize(
    ("period", "is_found"),
    [("period:2025-H1", False), ("period:from-2024-03", False), ("period:someday", True)],
)
def test_a_period_need_not_be_declared_where_its_name_says_its_span(
    tmp_path: Path, period: str, is_found: bool
) -> None:
    path = tmp_path / "a.trig"
    path.write_text(
        PREFIXES
        + "@prefix period: <https://w3id.org/factscape/period/> .\n"
        + f"GRAPH here:p1 {{ claim:x a fs:Observation ; fs:during {period} . }}\n",
        encoding="utf-8",
    )
    found = [f for f in check_shapes([path]) if f.message.startswith("fs:during names one period")]
    assert bool(found) is is_found


def test_any_rdf_is_checked_without_ado(tmp_path: Path) -> None:
    path = tmp_path / "foaf.nt"
    path.write_text(
        "<urn:a> <http://xmlns.com/foaf/0.1/name> 'A' .\n".replace("'", '"'), encoding="utf-8"
    )
    assert check_shapes([path]) == []


def test_the_bundled_facts_have_no_errors() -> None:
    findings = check_shapes(find_files([facts_folder()]))
    assert [(f.place, f.message) for f in findings if f.severity == "error"] == []


def test_syntax_errors_of_all_files_are_gathered(tmp_path: Path) -> None:
    for name, text in [
        ("a.ttl", "<urn:a> <urn:b> ."),
        ("b.ttl", "<urn:a> a <urn:b> ."),
        ("c.nt", "x"),
    ]:
        (tmp_path / name).write_text(text, encoding="utf-8")
    mistakes = check_syntax(find_files([tmp_path]))
    assert [Path(m.place.file).name for m in mistakes if m.place] == ["a.ttl", "c.nt"]
    with pytest.raises(FactsSyntaxError):
        check_shapes([tmp_path / "a.ttl"])


CLOSED = """
ex:Shut a sh:NodeShape ; sh:targetClass ex:Shut ; sh:closed true ;
    sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ) ; sh:message "No more." .
"""


def test_shapes_that_only_pyshacl_knows_go_there(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(PREFIXES + CLOSED, encoding="utf-8")
    [finding] = check(tmp_path, shapes, "a.ttl", "ex:a a ex:Shut ;\n  ex:more 1 .")
    assert (finding.message, finding.shape) == ("No more.", "http://example.org/Shut")


def test_without_pyshacl_the_extra_is_named(
    tmp_path: Path, shapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    assert check(tmp_path, shapes, "a.ttl", "") == []
    shapes.write_text(PREFIXES + CLOSED, encoding="utf-8")
    with pytest.raises(MissingExtraError, match=r"pip install 'factscape\[check\]'"):
        check(tmp_path, shapes, "a.ttl", "")
