"""What programs are told: JSON, SARIF as its schema asks for it, annotations of GitHub."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from factscape.checking import Finding, Report, run_checks
from factscape.checking.formats import github_lines, json_report, sarif_report
from factscape.errors import Place
from factscape.reading import find_files

COFFEE = Path(__file__).parents[1] / "foreign" / "coffee"


@pytest.fixture(scope="module")
def report() -> Report:
    return run_checks(find_files([COFFEE]), today=date(2025, 11, 1))


@pytest.fixture(scope="module")
def sarif(report: Report) -> Any:
    return json.loads(json.dumps(sarif_report(report, COFFEE, {})))


def test_sarif_is_what_its_schema_asks_for(sarif: Any) -> None:
    # The main requirements of sarif-schema-2.1.0.json, for the properties that are written.
    assert sarif["version"] == "2.1.0"
    assert re.match(r"https://.*sarif-schema-2\.1\.0\.json$", sarif["$schema"])
    (run,) = sarif["runs"]
    assert set(run) <= {"tool", "results", "columnKind"}
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = run["tool"]["driver"]
    assert driver["name"]
    assert re.fullmatch(r"[0-9]+(\.[0-9]+)*[0-9a-zA-Z.+-]*", driver["semanticVersion"])
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(set(ids)) == len(ids)
    for rule in driver["rules"]:
        assert set(rule) <= {"id", "shortDescription", "defaultConfiguration"}
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
    assert run["results"]
    for result in run["results"]:
        assert set(result) <= {"ruleId", "ruleIndex", "level", "message", "locations"}
        assert result["message"]["text"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert ids[result["ruleIndex"]] == result["ruleId"]
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert re.fullmatch(r"[A-Za-z0-9._~%/-]+", physical["artifactLocation"]["uri"])
        assert physical["region"]["startLine"] >= 1


def test_sarif_says_what_the_report_says(report: Report, sarif: Any) -> None:
    results = sarif["runs"][0]["results"]
    assert len(results) == len(report.findings)
    levels = [result["level"] for result in results]
    assert levels.count("error") == report.count("error") > 0
    assert levels.count("note") == report.count("info") > 0
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results}
    assert "sources/bean-post-2025.trig" in uris


def test_the_level_of_a_rule_is_the_profile_s(report: Report) -> None:
    rules = sarif_report(report, COFFEE, {"conflict": "error"})["runs"][0]["tool"]["driver"][
        "rules"
    ]
    (rule,) = [rule for rule in rules if rule["id"] == "conflict"]
    assert rule["defaultConfiguration"] == {"level": "error"}


ODD = Finding("shape", "info", "100% of\nit", "do: a, b", Place("/x/a b,c.ttl", 3, 7))
NOWHERE = Finding("conflict", "error", "no", "", None)


def test_places_that_are_odd_or_unknown() -> None:
    said = sarif_report(Report((ODD, NOWHERE), 1, True), Path("/y"), {})
    first, second = said["runs"][0]["results"]
    physical = first["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "file:///x/a%20b%2Cc.ttl"
    assert physical["region"] == {"startLine": 3, "startColumn": 7}
    assert "locations" not in second
    assert {rule["id"] for rule in said["runs"][0]["tool"]["driver"]["rules"]} == {
        "shape",
        "conflict",
    }


def test_annotations_of_github() -> None:
    assert list(github_lines(Report((ODD, NOWHERE), 1, True), Path("/x"))) == [
        "::notice file=a b%2Cc.ttl,line=3,col=7,title=shape::100%25 of%0Ait%0Ado: a, b",
        "::error title=conflict::no",
    ]


def test_json_has_every_finding(report: Report) -> None:
    said = json_report(report)
    assert said["errors"] + said["warnings"] + said["notes"] == len(said["findings"])
    row = next(row for row in said["findings"] if row["check"] == "metric-time")
    assert row["severity"] == "warning"
    assert row["path"].endswith("#at")
    assert row["value"] == "2024"
    assert (row["line"], Path(row["file"]).name) != (None, "")
