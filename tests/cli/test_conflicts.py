"""`factscape conflicts` as people run it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factscape.terms import PREFIXES

Run = Callable[..., subprocess.CompletedProcess[str]]
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


def _says(source: str, metric: str, year: int, value: int, printed: str, more: str = "") -> str:
    return f"""GRAPH src:{source} {{
claim:{source}.{metric}.{year} a fs:Observation ; fs:of id:firm ; fs:metric metric:{metric} ;
  fs:value {value} ; fs:unit unit:CNY ; fs:during period:{year} ; fs:printed "{printed}" {more} .
}}
"""


MILLION = 10**6
FACTS = (
    """
id:firm a fs:Company ; skos:prefLabel "Firm"@en, "公司"@zh .
id:firm-two a fs:Company ; skos:prefLabel "Twin"@en . id:firm-three a fs:Company ; skos:prefLabel "Twin"@en .
id:round a fs:FundingRound ; skos:prefLabel "Round"@en .
src:a a fs:Source ; dct:title "Paper A"@en ; dct:issued "2025-03-01"^^xsd:date ; fs:reliability "B" .
src:b a fs:Source ; dct:title "Paper B"@en ; dct:issued "2025-04"^^xsd:gYearMonth ; fs:reliability "C" .
src:copy a fs:Source ; dct:title "Copy of A"@en ; dct:issued "2025-05-01"^^xsd:date ; fs:basedOn src:a .
src:c a fs:Source ; dct:title "Paper C"@en ; dct:issued "2026-01-01"^^xsd:date .
GRAPH src:a { id:round fs:at "2024-05"^^xsd:gYearMonth }
GRAPH src:b { id:round fs:at "2024-06"^^xsd:gYearMonth }
"""
    + _says("a", "net-loss", 2024, 100 * MILLION, "1.00億元")
    + _says("copy", "net-loss", 2024, 100 * MILLION, "1.00億元")
    + _says("b", "net-loss", 2024, 130 * MILLION, "1.30億元", "; fs:statedBy id:firm")
    + _says("a", "adjusted-net-loss", 2024, 90 * MILLION, "0.90億元")
    + _says("a", "revenue", 2024, 24380 * MILLION, "243.8億元")
    + _says("b", "revenue", 2024, 24300 * MILLION, "243億元")
    + _says("a", "revenue", 2023, 11 * MILLION, "0.11億元")
    + _says("c", "revenue", 2023, 15 * MILLION, "0.15億元")
)
LOSS = """\
inconsistent: Firm · net loss · 2024 (30% apart, 3 sources, 2 independent)
  100 million CNY  (2 sources that repeat one document, best)
    2025-03-01  (B)  Paper A, printed “1.00億元”, facts/facts.trig:30
    2025-05-01       Copy of A, printed “1.00億元”, facts/facts.trig:34
  130 million CNY  (1 source)
    2025-04  (C)  Paper B, printed “1.30億元”, says Firm, facts/facts.trig:38
  does not compare:
    other metric  90 million CNY  adjusted net loss · 2024 · Paper A
"""


@pytest.fixture(autouse=True)
def facts(tmp_path: Path) -> Path:
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "facts.trig").write_text(HEAD + FACTS, encoding="utf-8")
    return folder


def _told(factscape: Run, *arguments: str) -> Any:
    done = factscape("conflicts", *arguments, "--facts", "facts", "--json")
    assert done.returncode == 0
    return json.loads(done.stdout)


def _what(told: Any) -> set[tuple[str, str]]:
    return {
        (group["verdict"]["label"]["en"], group["metric"]["label"]["en"] + " " + (group["time"] or {"label": {"en": ""}})["label"]["en"])
        for group in told["groups"]
    }  # fmt: skip


def test_every_side_with_who_says_it(factscape: Run) -> None:
    done = factscape("conflicts", "firm", "--metric", "net loss", "--facts", "facts")
    assert (done.returncode, done.stdout, done.stderr) == (0, LOSS, "")


def test_chinese(factscape: Run) -> None:
    said = factscape(
        "conflicts", "公司", "--metric", "净亏损", "--lang", "zh", "--facts", "facts"
    ).stdout
    assert said.startswith("不一致: 公司 · 净亏损 · 2024年 (相差30%，3个来源，2个独立声音)")
    assert "  1亿元  (2个来源，转述同一文件，最佳)" in said
    assert "Paper B，原文“1.30億元”，公司称，facts/facts.trig:" in said
    assert "指标不同" in said


def test_json_has_all_sides_with_their_places(factscape: Run, tmp_path: Path) -> None:
    told = _told(factscape, "--metric", "net loss")
    (group,) = told["groups"]
    assert (told["count"], group["sources"], group["voices"]) == (1, 3, 2)
    assert group["gap"] == pytest.approx(0.3)
    place = group["sides"][1]["figures"][0]["place"]
    lines = (tmp_path / place["file"]).read_text(encoding="utf-8").splitlines()
    assert lines[place["line"] - 1].startswith("claim:b.net-loss.2024 ")
    assert [near["reason"] for near in group["near"]] == ["metric"]


def test_what_is_disputed_by_default(factscape: Run) -> None:
    told = _told(factscape)
    assert told["count"] == 3
    assert {group["kind"] for group in told["groups"]} == {"figure", "date"}
    assert _what(told) >= {("inconsistent", "net loss 2024"), ("inconsistent", "revenue 2023")}


def test_a_small_gap_is_not_rounded_away(factscape: Run) -> None:
    said = factscape("conflicts", "--class", "truncated", "--facts", "facts").stdout
    assert "(0.3% apart, 2 sources, 2 independent)" in said


def test_other_classes_are_asked_for(factscape: Run) -> None:
    assert _what(_told(factscape, "--class", "truncated")) == {("truncated", "revenue 2024")}
    both = _told(factscape, "--class", "truncated", "--class", "inconsistent")
    assert both["count"] == 4
    done = factscape("conflicts", "--class", "revised", "--facts", "facts")
    assert (done.returncode, done.stdout.strip()) == (0, "")
    assert "no group of statements fits" in done.stderr


def test_dates_of_events(factscape: Run) -> None:
    said = factscape("conflicts", "Round", "--facts", "facts").stdout
    assert said.startswith("inconsistent: Round · date (2 sources, 2 independent)")
    assert "  May 2024  (1 source, best)" in said


def test_a_limit_says_how_many_more_there_are(factscape: Run) -> None:
    done = factscape("conflicts", "--limit", "1", "--facts", "facts")
    assert done.stderr == "2 more: --limit 0 shows all 3\n"
    assert done.stdout.count("inconsistent:") == 1
    whole = factscape("conflicts", "--limit", "0", "--facts", "facts")
    assert (whole.stdout.count("inconsistent:"), whole.stderr) == (3, "")


def test_clocks(factscape: Run) -> None:
    known = _told(factscape, "--known-by", "2025-12-31")
    assert _what(known) & {("inconsistent", "revenue 2023")} == set()
    early = _told(factscape, "--known-by", "2025-03-31")
    assert early["count"] == 0
    then = _told(factscape, "--as-of", "2023-12-31")
    assert _what(then) == {("inconsistent", "revenue 2023")}
    done = factscape("conflicts", "--known-by", "2025-03-31", "--facts", "facts")
    assert "left out: 3 sources issued later" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["nobody at all"], 1, "nothing here is called 'nobody at all'"),
        (["Twin"], 1, "Twin"),
        (["--metric", "no such metric"], 1, "nothing here is called 'no such metric'"),
        (["--class", "wrong"], 2, "Invalid value for '--class'"),
        (["--limit", "-1"], 2, "Invalid value for '--limit'"),
        (["--known-by", "yesterday"], 2, "'yesterday' is no date"),
    ],
)
def test_what_is_not_understood(
    factscape: Run, arguments: list[str], status: int, said: str
) -> None:
    done = factscape("conflicts", *arguments, "--facts", "facts")
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
