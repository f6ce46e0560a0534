"""`factscape check` as a process: what it prints, and how it ends."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

TEXT = "01| 融資\n雲端收入僅佔15%,排名第4。\n近50名銷售人員。\n"
DIGEST = hashlib.sha256(TEXT.encode("utf-8")).hexdigest()

PREFIXES = """\
@prefix claim: <https://w3id.org/factscape/claim/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix here: <https://w3id.org/factscape/source/paper-2026#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix src: <https://w3id.org/factscape/source/> .
"""
SHARE = f"{TEXT.index('15%')} ; oa:end {TEXT.index('15%') + 3}"
RANK = f"{TEXT.index('第4')} ; oa:end {TEXT.index('第4') + 2}"
FACTS = f"""{PREFIXES}
src:paper-2026 a fs:Source ; fs:textSha256 "{DIGEST}" .
here:p2 a fs:Passage ; fs:passageOf src:paper-2026 ; fs:paragraph 2 .
here:p3 a fs:Passage ; fs:passageOf src:paper-2026 ; fs:paragraph 3 .
GRAPH here:p2 {{
    claim:share fs:printed "15%" ; oa:start {SHARE} .
    claim:rank fs:printed "第4" ; oa:start {RANK} .
}}
"""
WAIVERS = '[[waived]]\nparagraph = 1\nfigure = "01"\nreason = "number of a section heading"\n'


def answer(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    parsed = json.loads(done.stdout)
    assert isinstance(parsed, dict)
    return parsed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts" / "sources").mkdir(parents=True)
    (tmp_path / "facts" / "sources" / "paper-2026.trig").write_text(FACTS, encoding="utf-8")
    (tmp_path / "facts" / "sources" / "paper-2026.waived.toml").write_text(
        WAIVERS, encoding="utf-8"
    )
    (tmp_path / "text.txt").write_bytes(TEXT.encode("utf-8"))
    return tmp_path


# --------------------------------------------------------------------------- coverage


@pytest.mark.parametrize(
    "source",
    [
        ["--source", "paper-2026"],
        ["--source", "src:paper-2026"],
        ["--source", "https://w3id.org/factscape/source/paper-2026"],
        ["--source", "<https://w3id.org/factscape/source/paper-2026>"],
        [],
    ],
    ids=str,
)
def test_the_figures_that_nothing_covers_are_listed(
    factscape: Run, folder: Path, source: list[str]
) -> None:
    done = factscape("check", "facts", "--text", "text.txt", *source, cwd=folder)
    assert done.returncode == 1, done.stderr
    assert done.stdout.splitlines() == [
        "src:paper-2026",
        "what                        how many",
        "--------------------------  --------",
        "figures found                      4",
        "covered                            2",
        "inside names                       0",
        "waived                             1",
        "in words only                      0",
        "uncovered                          1",
        "statements with spans              2",
        "do not fit the text                0",
        "waivers that waive nothing         0",
        "",
        "Figures that no statement covers",
        "line  column  figure  kind   where",
        "----  ------  ------  -----  ------------------",
        "   3       2  50名    count  近«50名»銷售人員。",
    ]


def test_when_all_is_held_the_status_is_0(factscape: Run, folder: Path) -> None:
    (folder / "text.txt").write_text(TEXT.replace("近50名", "一些"), encoding="utf-8", newline="")
    digest = hashlib.sha256((folder / "text.txt").read_bytes()).hexdigest()
    facts = folder / "facts" / "sources" / "paper-2026.trig"
    facts.write_text(FACTS.replace(DIGEST, digest), encoding="utf-8")
    done = factscape("check", "--facts", "facts", "--text", "text.txt", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "covered                            2" in done.stdout


def test_the_text_may_come_from_standard_input(factscape: Run, folder: Path) -> None:
    from_file = factscape("check", "facts", "--text", "text.txt", "--json", cwd=folder)
    piped = factscape("check", "facts", "--text", "-", "--json", cwd=folder, stdin=TEXT.encode())
    assert piped.stdout == from_file.stdout
    assert (piped.returncode, from_file.returncode) == (1, 1)


def test_json_has_everything(factscape: Run, folder: Path) -> None:
    facts = folder / "facts" / "sources" / "paper-2026.trig"
    facts.write_text(FACTS.replace('"第4"', '"第5"'), encoding="utf-8")
    with (folder / "facts" / "sources" / "paper-2026.waived.toml").open("a") as waivers:
        waivers.write('[[waived]]\nparagraph = 2\nfigure = "7"\nreason = "gone"\n')
    said = answer(factscape("check", "facts", "--text", "text.txt", "--json", cwd=folder))
    assert said["summary"] == {
        "figures found": 4,
        "covered": 1,
        "inside names": 0,
        "waived": 1,
        "in words only": 1,
        "uncovered": 1,
        "statements with spans": 2,
        "do not fit the text": 1,
        "waivers that waive nothing": 1,
    }
    assert (said["complete"], said["other_text"]) == (False, False)
    assert [(f["printed"], f["fate"], f["line"]) for f in said["figures"]] == [
        ("01", "waived", 1),
        ("15%", "covered", 2),
        ("第4", "spanned", 2),
        ("50名", "uncovered", 3),
    ]
    assert said["figures"][3] == {
        "after": "",
        "before": "近",
        "by": [],
        "column": 2,
        "context": "近«50名»銷售人員。",
        "end": TEXT.index("50名") + 3,
        "fate": "uncovered",
        "kind": "count",
        "line": 3,
        "printed": "50名",
        "start": TEXT.index("50名"),
    }
    [finding] = said["findings"]
    assert finding["subject"] == "https://w3id.org/factscape/claim/rank"
    assert Path(finding["file"]).name == "paper-2026.trig"
    assert finding["line"] == FACTS[: FACTS.index("claim:rank")].count("\n") + 1
    [stale] = said["stale_waivers"]
    assert (stale["figure"], stale["line"]) == ("7", 5)


def test_statements_and_waivers_that_do_not_fit_are_listed_with_their_places(
    factscape: Run, folder: Path
) -> None:
    facts = folder / "facts" / "sources" / "paper-2026.trig"
    facts.write_text(FACTS.replace('"第4"', '"第5"'), encoding="utf-8")
    (folder / "w.toml").write_text(WAIVERS.replace("01", "02"), encoding="utf-8")
    done = factscape("check", "facts", "--text", "text.txt", "--waivers", "w.toml", cwd=folder)
    line = FACTS[: FACTS.index("claim:rank")].count("\n") + 1
    assert f"paper-2026.trig:{line}: claim:rank prints '第5'" in done.stdout
    assert "w.toml:1: '02': paragraph 1 has no such figure" in done.stdout
    assert "Figures in the words of statements that do not print them" in done.stdout
    assert done.returncode == 1


def test_another_version_of_the_text_is_told_first(factscape: Run, folder: Path) -> None:
    text = TEXT.replace("\n", "\r\n").encode("utf-8")
    done = factscape(
        "check", "facts", "--text", "-", "--source", "paper-2026", cwd=folder, stdin=text
    )
    assert done.returncode == 1
    first, ours, theirs = done.stdout.splitlines()[:3]
    assert first.startswith("This is not the text that the source's offsets count in")
    assert hashlib.sha256(text).hexdigest() in ours
    assert DIGEST in theirs
    # Without --source nobody can tell what the text is.
    done = factscape("check", "facts", "--text", "-", cwd=folder, stdin=text)
    assert done.returncode == 2
    assert "no source states the digest of this text" in done.stderr
    assert "paper-2026" in done.stderr


def test_a_byte_order_mark_is_kept_and_noted(factscape: Run, folder: Path) -> None:
    text = b"\xef\xbb\xbf" + TEXT.encode()
    done = factscape(
        "check", "facts", "--json", "--text", "-", "--source", "paper-2026", cwd=folder, stdin=text
    )
    assert "byte order mark" in done.stderr
    assert answer(done)["figures"][0]["start"] == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--text", "text.txt", "--source", "papper-2026"], "did you mean paper-2026?"),
        (["--text", "text.txt", "--source", "src:papper-2026"], "did you mean src:paper-2026?"),
        (["--text", "text.txt", "--source", "x"], "sources here: paper-2026"),
        (["--text", "gone.txt"], "gone.txt cannot be read"),
        (["--source", "paper-2026"], "--source and --waivers belong to --text"),
        (["--nonsense"], "see: factscape check --help"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    factscape: Run, folder: Path, arguments: list[str], message: str
) -> None:
    done = factscape("check", "facts", *arguments, cwd=folder)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""


def test_texts_and_waivers_that_cannot_be_read(factscape: Run, folder: Path) -> None:
    done = factscape("check", "facts", "--text", "-", cwd=folder, stdin=b"a\n15\xa5")
    assert done.returncode == 1
    assert "standard input:2: this text is not UTF-8: the byte 0xa5" in done.stderr
    (folder / "w.toml").write_text("[[waived]]\nfigure = 3\n", encoding="utf-8")
    done = factscape("check", "facts", "--text", "text.txt", "--waivers", "w.toml", cwd=folder)
    assert done.returncode == 1
    assert "w.toml:1: figure must be text in quotes" in done.stderr
    done = factscape("check", "facts", "--text", "text.txt", "--waivers", "no.toml", cwd=folder)
    assert done.returncode == 1
    assert "no.toml cannot be read" in done.stderr


def test_the_locale_of_c_is_enough(factscape: Run, folder: Path) -> None:
    done = factscape("check", "facts", "--text", "text.txt", cwd=folder, LC_ALL="C", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "uncovered                          1" in done.stdout


# --------------------------------------------------------------------------- facts


def test_findings_are_grouped_by_file_with_their_lines(factscape: Run, tmp_path: Path) -> None:
    for name in ("a.trig", "b.trig"):
        (tmp_path / name).write_text(
            f"{PREFIXES}GRAPH here:p1 {{\n  claim:{name[0]} a fs:Observation ;\n    fs:value 5 .\n}}\n",
            encoding="utf-8",
        )
    done = factscape("check", ".", cwd=tmp_path)
    assert done.returncode == 1
    said = done.stdout.splitlines()
    line = PREFIXES.count("\n") + 2
    assert any(row.startswith(f"a.trig:{line}: error: ") for row in said)
    first_of_b = next(i for i, row in enumerate(said) if row.startswith("b.trig:"))
    assert said[first_of_b - 1] == ""
    assert not any(row.startswith("a.trig:") for row in said[first_of_b:])
    assert said[-1].startswith("2 files: ")
    assert "claim:a" in "\n".join(said[:first_of_b])

    answered = answer(factscape("check", ".", "--json", cwd=tmp_path))
    assert answered["errors"] == sum(f["severity"] == "error" for f in answered["findings"]) > 0
    assert {Path(f["file"]).name for f in answered["findings"]} == {"a.trig", "b.trig"}


def test_warnings_alone_are_no_failure(factscape: Run, tmp_path: Path) -> None:
    done = factscape("check", "--json", cwd=tmp_path)
    said = answer(done)
    assert said["errors"] == 0, [f for f in said["findings"] if f["severity"] == "error"]
    assert said["files"] > 5
    assert done.returncode == 0


def test_syntax_errors_of_all_files_are_shown_with_their_places(
    factscape: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> .\n", encoding="utf-8")
    (tmp_path / "b.ttl").write_text("\nfs:a a fs:b .\n", encoding="utf-8")
    (tmp_path / "c.ttl").write_text("<urn:a> a <urn:b> .\n", encoding="utf-8")
    done = factscape("check", ".", cwd=tmp_path)
    assert done.returncode == 1
    assert "a.ttl:1:17: error: " in done.stdout
    assert "b.ttl:2:1: error: " in done.stdout
    assert "@prefix fs:" in done.stdout
    assert done.stdout.splitlines()[-1] == (
        "3 files: 2 errors, 0 warnings, 0 notes; the other checks wait until all can be read"
    )
    said = answer(factscape("check", ".", "--json", cwd=tmp_path))
    assert (said["errors"], said["shapes_checked"]) == (2, False)
    assert [(Path(f["file"]).name, f["line"], f["column"]) for f in said["findings"]] == [
        ("a.ttl", 1, 17),
        ("b.ttl", 2, 1),
    ]


FOREIGN = Path(__file__).parents[1] / "foreign" / "coffee"


def test_a_finding_says_where_what_which_check_and_what_to_do(factscape: Run) -> None:
    done = factscape("check", ".", "--today", "2025-11-01", cwd=FOREIGN)
    assert done.returncode == 1
    said = done.stdout.splitlines()
    place = said.index(
        "things/companies.ttl:49: error: Nothing describes fs:Compnay. [undefined-term]"
    )
    assert said[place + 1] == "  Did you mean fs:Company?"
    assert "missing-script" not in done.stdout
    assert re.search(r"^5 files: \d+ errors, \d+ warnings, \d+ notes \(--show info", said[-1])


def test_what_is_shown_can_be_chosen(factscape: Run) -> None:
    notes = factscape("check", ".", "--show", "info", cwd=FOREIGN).stdout
    assert "info: " in notes
    assert not notes.endswith("prints them)\n")
    errors = factscape("check", ".", "--show", "error", cwd=FOREIGN).stdout
    assert "error: " in errors
    assert "warning: " not in errors


def test_sarif_and_annotations(factscape: Run) -> None:
    done = factscape("check", ".", "--format", "sarif", cwd=FOREIGN)
    assert done.returncode == 1
    assert json.loads(done.stdout)["version"] == "2.1.0"
    done = factscape("check", ".", "--format", "github", cwd=FOREIGN)
    assert all(
        line.startswith(("::error ", "::warning ", "::notice "))
        for line in done.stdout.splitlines()
    )
    assert "::error file=things/companies.ttl,line=49,title=undefined-term::" in done.stdout


def test_a_profile_changes_what_counts(factscape: Run, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        PREFIXES + "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'id:a a fs:Company ; skos:prefLabel "A"@en .\n',
        encoding="utf-8",
    )
    (tmp_path / "p.toml").write_text('[severity]\nmissing-script = "error"\n', encoding="utf-8")
    assert factscape("check", "a.ttl", cwd=tmp_path).returncode == 0
    done = factscape("check", "a.ttl", "--profile", "p.toml", cwd=tmp_path)
    assert done.returncode == 1
    assert "error: id:a has a name in English and none in Chinese. [missing-script]" in done.stdout
    (tmp_path / "p.toml").write_text('[severity]\nmissing-scrip = "error"\n', encoding="utf-8")
    done = factscape("check", "a.ttl", "--profile", "p.toml", cwd=tmp_path)
    assert done.returncode == 1
    assert (
        "p.toml:2: there is no check 'missing-scrip'\n  did you mean missing-script?" in done.stderr
    )


def test_checks_are_listed(factscape: Run, tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text('[severity]\nconflict = "off"\n', encoding="utf-8")
    done = factscape("check", "--list-checks", "--profile", "p.toml")
    assert re.search(r"^conflict +off +Sources that disagree$", done.stdout, re.MULTILINE)
    rows = json.loads(factscape("check", "--list-checks", "--json").stdout)
    assert {"id": "syntax", "severity": "error"}.items() <= rows[0].items()


def test_fixing_says_what_it_did_and_checks_what_is_left(factscape: Run, tmp_path: Path) -> None:
    (tmp_path / "b.ttl").write_text("<urn:b> a\n", encoding="utf-8")
    (tmp_path / "a.ttl").write_text("# Companies.\n\nid:a a fs:Company .\n", encoding="utf-8")
    done = factscape("check", ".", "--fix", cwd=tmp_path)
    assert "a.ttl: prefix fs: is declared" in done.stderr
    assert "b.ttl: left as it is: it cannot be read" in done.stderr
    assert "b.ttl:2:1: error: " in done.stdout
    assert (
        (tmp_path / "a.ttl").read_text(encoding="utf-8").startswith("# Companies.\n\n@prefix fs:")
    )
    assert (tmp_path / "b.ttl").read_text(encoding="utf-8") == "<urn:b> a\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--today", "yesterday"], "yesterday is no day"),
        (["--text", "a.txt", "--fix"], "--text is neither mended"),
        (["--format", "xml"], "--help"),
    ],
)
def test_a_wrong_call_to_check_facts(factscape: Run, arguments: list[str], message: str) -> None:
    done = factscape("check", *arguments, cwd=FOREIGN)
    assert done.returncode == 2
    assert message in done.stderr


def test_a_path_that_is_not_there(factscape: Run, tmp_path: Path) -> None:
    done = factscape("check", "nowhere", cwd=tmp_path)
    assert done.returncode == 1
    assert "there is no file or folder nowhere" in done.stderr
