"""Findings for programs: JSON, SARIF 2.1.0 and annotations of GitHub's continuous integration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from factscape.checking.catalogue import Check, every_check
from factscape.checking.findings import Finding
from factscape.checking.running import Report
from factscape.errors import Place

__all__ = ["github_lines", "json_report", "sarif_report", "seen_from"]

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def seen_from(place: Place, folder: Path) -> Place:
    """Return a place with its file as one would type it in a folder.

    >>> seen_from(Place("/a/b/c.ttl", 3), Path("/a"))
    Place(file='b/c.ttl', line=3, column=None)
    """
    path = Path(place.file)
    if not path.is_relative_to(folder):
        return place
    return Place(path.relative_to(folder).as_posix(), place.line, place.column)


def json_report(report: Report) -> dict[str, Any]:
    """Return a report as plain dictionaries and lists."""
    return {
        "errors": report.count("error"),
        "files": report.files,
        "findings": [_row(finding) for finding in report.findings],
        "notes": report.count("info"),
        "shapes_checked": report.readable,
        "warnings": report.count("warning"),
    }


def _row(finding: Finding) -> dict[str, Any]:
    place = finding.place or Place("")
    return {
        "check": finding.check,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.hint or None,
        "file": place.file or None,
        "line": place.line,
        "column": place.column,
        "subject": finding.subject,
        "path": finding.path,
        "value": finding.value,
    }


def sarif_report(report: Report, folder: Path, profile: Mapping[str, str]) -> dict[str, Any]:
    """Return a report as SARIF 2.1.0; files in `folder` are named as they are seen from there."""
    from factscape import __version__

    found = {finding.check for finding in report.findings}
    rules = [check for check in every_check() if check.id in found]
    rules += [Check(id_, {"en": id_}, "error") for id_ in sorted(found - {c.id for c in rules})]
    places = {check.id: number for number, check in enumerate(rules)}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "factscape",
                        "version": __version__,
                        "semanticVersion": __version__,
                        "rules": [_rule(check, profile) for check in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(finding, places[finding.check], folder) for finding in report.findings
                ],
            }
        ],
    }


def _rule(check: Check, profile: Mapping[str, str]) -> dict[str, Any]:
    level = _LEVELS[profile.get(check.id, check.severity)]
    return {
        "id": check.id,
        "shortDescription": {"text": check.title["en"]},
        "defaultConfiguration": {"level": level},
    }


def _result(finding: Finding, rule: int, folder: Path) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(filter(None, (finding.message, finding.hint)))},
    }
    if finding.place:
        place = seen_from(finding.place, folder)
        path = Path(place.file)
        uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
        location: dict[str, Any] = {"artifactLocation": {"uri": uri}}
        if place.line:
            location["region"] = {"startLine": place.line}
            if place.column:
                location["region"]["startColumn"] = place.column
        result["locations"] = [{"physicalLocation": location}]
    return result


def github_lines(report: Report, folder: Path) -> Iterator[str]:
    """Yield the commands that make GitHub's continuous integration show findings in the files."""
    for finding in report.findings:
        place = seen_from(finding.place, folder) if finding.place else Place("")
        given = {
            "file": place.file,
            "line": place.line,
            "col": place.column,
            "title": finding.check,
        }
        said = ",".join(f"{name}={_property(str(value))}" for name, value in given.items() if value)
        text = "\n".join(filter(None, (finding.message, finding.hint)))
        yield f"::{_COMMANDS[finding.severity]} {said}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
