"""Facts on another industry with mistakes of every kind: each is found, in its line, and nothing else."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from factscape.checking import Report, every_check, run_checks
from factscape.checking.fixing import fix_files
from factscape.reading import find_files

COFFEE = Path(__file__).parents[1] / "foreign" / "coffee"
MARK = " # ! "
TODAY = date(2025, 11, 1)

Line = tuple[str, int, str]
"""A file's name, a line, and the id of a check."""


def planted(folder: Path) -> set[Line]:
    return {
        (path.name, number, check)
        for path in folder.rglob("*")
        if path.suffix in (".ttl", ".trig", ".toml")
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if MARK in line
        for check in line.partition(MARK)[2].split()
    }


def lines(report: Report) -> list[Line]:
    return [
        (Path(one.place.file).name, one.place.line or 0, one.check)
        if one.place
        else ("", 0, one.check)
        for one in report.findings
    ]


@pytest.fixture(scope="module")
def report() -> Report:
    return run_checks(find_files([COFFEE]), today=TODAY)


def test_every_mistake_is_found_in_its_line_and_nothing_else(report: Report) -> None:
    assert sorted(lines(report)) == sorted(planted(COFFEE))


def test_every_check_that_is_no_shape_has_a_planted_mistake() -> None:
    found = {check for _, _, check in planted(COFFEE)}
    every = {check.id for check in every_check() if not check.id.startswith("shape:")}
    # A file that cannot be read would keep all other checks waiting.
    assert every - found == {"syntax"}


def test_every_finding_says_what_to_do(report: Report) -> None:
    # A shape says it in its message.
    silent = [f for f in report.findings if not f.hint and not f.check.startswith("shape:")]
    assert silent == []
    assert [f for f in report.findings if "{" in f.message or "…}" in f.hint] == []


@pytest.mark.parametrize(
    ("check", "message", "hint"),
    [
        ("undefined-term", "Nothing describes fs:Compnay.", "Did you mean fs:Company?"),
        ("undefined-term", "skos:altLable", "Did you mean skos:altLabel?"),
        ("undefined-term", "shop-cuont", "shop-count"),
        ("arithmetic", "they give 2", "misread"),
        ("undefined-term", "unit:USDD", "Did you mean unit:USD?"),
        ("conflict-trusted", "44 million dollars", "factscape why claim:"),
        ("duplicate-name", "“藍壺咖啡” and “蓝壶咖啡”", "[[different]]"),
    ],
)
def test_messages_help(report: Report, check: str, message: str, hint: str) -> None:
    said = [(f.message, f.hint) for f in report.findings if f.check == check]
    assert any(message in one and hint in other for one, other in said), said


def test_a_broken_file_is_told_and_the_others_wait(tmp_path: Path) -> None:
    folder = tmp_path / "coffee"
    shutil.copytree(COFFEE, folder)
    path = folder / "things" / "companies.ttl"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"Northern Beans"@en ;', '"Northern Beans"@en'),
        encoding="utf-8",
    )
    report = run_checks(find_files([folder]), today=TODAY)
    assert not report.readable
    (found,) = report.findings
    assert found.place is not None
    assert (found.check, Path(found.place.file).name, found.place.line) == (
        "syntax",
        "companies.ttl",
        52,
    )


def test_severities_are_those_of_the_profile(report: Report) -> None:
    profile = {"conflict": "error", "duplicate-name": "off", "shape:thing-name": "info"}
    other = run_checks(find_files([COFFEE]), profile, TODAY)
    assert {f.severity for f in other.findings if f.check == "conflict"} == {"error"}
    assert {f.severity for f in other.findings if f.check == "shape:thing-name"} == {"info"}
    gone = {check for _, _, check in lines(report)} - {check for _, _, check in lines(other)}
    assert gone == {"duplicate-name"}


def test_how_old_a_figure_may_be_depends_on_the_day() -> None:
    def stale(day: date) -> int:
        report = run_checks(find_files([COFFEE]), today=day)
        return sum(check == "stale-figure" for _, _, check in lines(report))

    assert stale(date(2022, 1, 1)) == 0 < stale(TODAY) < stale(date(2030, 1, 1))


def test_facts_that_do_not_use_the_vocabulary_are_only_read(tmp_path: Path) -> None:
    path = tmp_path / "a.trig"
    path.write_text("GRAPH <urn:g> { <urn:a> <urn:says> 'b' }", encoding="utf-8")
    assert run_checks([path]).findings == ()


def test_what_is_mechanical_is_mended(tmp_path: Path) -> None:
    folder = tmp_path / "coffee"
    shutil.copytree(COFFEE, folder)
    files = find_files([folder])
    before = {check for _, _, check in lines(run_checks(files, today=TODAY))}
    assert {"statement-address", "same-address"} <= before
    fix_files(files)
    after = {check for _, _, check in lines(run_checks(files, today=TODAY))}
    assert before - after == {"statement-address", "same-address"}
    assert after <= before
    text = (folder / "sources" / "bean-post-2025.trig").read_text(encoding="utf-8")
    assert "claim:bean-post-2025.p1.morning-cup.competes-with.blue-kettle\n" in text
    # Mended once is mended: nothing is left to do.
    assert fix_files(files) == []
