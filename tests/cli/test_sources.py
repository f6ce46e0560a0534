from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from factscape.names import columns

Run = Callable[..., subprocess.CompletedProcess[str]]

FACTS = """
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix src: <https://w3id.org/factscape/source/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix claim: <https://w3id.org/factscape/claim/> .
src:old a fs:Source ; dct:title "Old, \\"and\\" quoted" ; dct:issued "2024"^^xsd:gYear .
src:new a fs:Source ; dct:title "\\u001B[31m</script> new" ; dct:publisher "P" ;
  dct:issued "2025-05"^^xsd:gYearMonth ; fs:issuedInferred true ; fs:reliability "B" ;
  fs:cites src:old ; fs:basedOn src:old .
src:new { claim:x a fs:Observation . }
"""


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts"
    path.mkdir()
    (path / "facts.trig").write_text(FACTS, encoding="utf-8")
    return path


def test_every_source_is_listed_the_newest_first(factscape: Run, facts: Path) -> None:
    done = factscape("sources", "--facts", facts)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "2025-05 *     B  \\x1b[31m</script> new",
        "                 P · 1 statement · src:new",
        "                 based on old",
        "                 leans on old",
        '2024             Old, "and" quoted',
        "                 cited 1 time · src:old",
    ]


def test_the_bundled_sources_fit_the_screen(factscape: Run) -> None:
    lines = factscape("sources").stdout.splitlines()
    assert any(line.startswith("2026-01-06 *  C  ") for line in lines)
    assert any("88 passages · " in line for line in lines)
    assert max(map(columns, lines)) <= 80


def test_as_csv_every_field_is_there(factscape: Run, facts: Path) -> None:
    done = factscape("sources", "--facts", facts, "--format", "csv")
    new, old = csv.DictReader(io.StringIO(done.stdout))
    assert new["iri"] == "https://w3id.org/factscape/source/new"
    assert (new["issued"], new["issued_inferred"], new["statements"]) == ("2025-05", "true", "1")
    assert new["cites"] == "https://w3id.org/factscape/source/old"
    assert old["title"] == 'Old, "and" quoted'
    assert (old["publisher"], old["issued_inferred"], old["cited_by"]) == ("", "false", "1")


def test_as_tsv(factscape: Run, facts: Path) -> None:
    lines = factscape("sources", "--facts", facts, "--format", "tsv").stdout.splitlines()
    assert [line.count("\t") for line in lines] == [10, 10, 10]


def test_as_markdown(factscape: Run, facts: Path) -> None:
    lines = factscape("sources", "--facts", facts, "--format", "md").stdout.splitlines()
    assert lines[0].startswith("| issued | reliability | source | title |")
    assert lines[2].startswith("| 2025-05 \\* | B | src:new |")
    assert len(lines) == 4


def test_as_json(factscape: Run, facts: Path) -> None:
    for arguments in (["--json"], ["--format", "json"], ["--json", "--format", "json"]):
        twin = json.loads(factscape("sources", "--facts", facts, *arguments).stdout)
        assert [source["issued"] for source in twin["sources"]] == ["2025-05", "2024"]
        assert twin["sources"][0]["based_on"] == ["https://w3id.org/factscape/source/old"]


def test_formats_that_contradict_each_other_are_refused(factscape: Run, facts: Path) -> None:
    done = factscape("sources", "--facts", facts, "--json", "--format", "csv")
    assert done.returncode == 2
    assert "contradict" in json.loads(done.stderr)["error"]["message"]


def test_a_folder_without_sources_names_its_files(factscape: Run, things: Path) -> None:
    done = factscape("sources", "--facts", things)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [str(things / "things.ttl")]
    assert "no sources are named in these facts" in done.stderr
    twin = json.loads(factscape("sources", "--facts", things, "--json").stdout)
    assert twin == {"files": [str(things / "things.ttl")], "sources": []}
    table = factscape("sources", "--facts", things, "--format", "csv").stdout
    assert table.splitlines() == [table.splitlines()[0]]
    assert table.startswith("iri,title,")
