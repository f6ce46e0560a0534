from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

MAPPING = """\
[columns]
row = "id"
of = "company"
what = "what"
value = "value"
time = "year"
[source]
url = "page"
publisher = "by"
issued = "day"
[what]
"gone" = { left-out = "the page is gone" }
"""
HEAD = "id,company,what,value,year,page,by,day\n"
PAGE = "https://example.org/a,IDC,2026-01-05\n"
GOOD = f"F1,Zhipu,net loss,RMB 23.58亿,2024,{PAGE}F2,MiniMax,gone,,,{PAGE}"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "t.csv").write_text(HEAD + GOOD, encoding="utf-8")
    return tmp_path / "t.csv"


def test_a_table_is_carried_in_and_can_be_asked(factscape: Run, table: Path) -> None:
    done = factscape("import", "t.csv", "--mapping", "m.toml", "-o", "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "2 rows, 1 statement, 1 source, 1 row left out, 0 problems\n"
        "1 file in out\n"
        "2 names found in the facts and written into names.toml: read it over\n"
    )
    ask = "SELECT ?printed { ?o fs:of id:zhipu ; fs:metric metric:net-loss ; fs:printed ?printed }"
    answer = factscape("query", "--facts", "out", "--format", "csv", ask)
    assert answer.stdout == "printed\r\nRMB 23.58亿\r\n"


def test_a_workbook_is_carried_in_alike(factscape: Run, table: Path) -> None:
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(HEAD + GOOD)):
        book.active.append(row)
    book.save(table.with_suffix(".xlsx"))
    done = factscape("import", "t.xlsx", "--mapping", "m.toml", "-o", "out")
    assert done.stdout.startswith("2 rows, 1 statement, 1 source, 1 row left out, 0 problems\n")


def test_a_dry_run_shows_row_by_row_what_would_be_written(factscape: Run, table: Path) -> None:
    done = factscape("import", "t.csv", "--mapping", "m.toml", "-o", "out", "--dry-run")
    assert done.returncode == 0
    assert done.stdout.startswith(
        "row F1 (line 2) in src:idc-2026-01-05\n"
        "  claim:idc-2026-01-05.zhipu.net-loss.2024\n"
        "      a fs:Observation ;\n"
    )
    assert "row F2 (line 3) is left out: the page is gone\n" in done.stdout
    assert "nothing was written; 1 file would be in out\n" in done.stdout
    assert "'Zhipu' is id:zhipu\n" in done.stdout
    assert sorted(path.name for path in table.parent.iterdir()) == ["m.toml", "t.csv"]


def test_problems_are_told_once_with_their_rows_and_the_lines_to_add(
    factscape: Run, table: Path
) -> None:
    bad = "".join(f"B{n},Kingfisher Ltd,net loss,5 USD,20{n},{PAGE}" for n in range(10, 20))
    table.write_text(HEAD + GOOD + bad + f"B,Zhipu,net loss,?,2020,{PAGE}", encoding="utf-8")
    done = factscape("import", "t.csv", "--mapping", "m.toml", "-o", "out")
    assert done.returncode == 1
    assert (
        "t.csv:4: rows B10, B11, B12, B13, B14, B15, B16, B17 and 2 more: company: "
        "nothing is called 'Kingfisher Ltd'\n"
    ) in done.stderr
    assert "t.csv:14: row B: value: " in done.stderr
    line = '"Kingfisher Ltd" = { new = "id:kingfisher-ltd", type = "fs:Company", en = "Kingfisher Ltd" }'
    assert done.stderr.count(line) == 1
    assert "13 rows, 1 statement, 1 source, 1 row left out, 11 problems\n" in done.stdout
    assert (table.parent / "out" / "idc-2026-01-05.trig").is_file()
    # What is shown is all that is needed.
    with (table.parent / "names.toml").open("a", encoding="utf-8") as names:
        names.write(line + "\n")
    done = factscape("import", "t.csv", "--mapping", "m.toml", "-o", "out")
    assert "13 rows, 11 statements, 1 source, 1 row left out, 1 problem\n" in done.stdout


def test_programs_are_told_in_json(factscape: Run, table: Path) -> None:
    table.write_text(HEAD + GOOD + f"B,Nobody,net loss,1 USD,2020,{PAGE}", encoding="utf-8")
    done = factscape("import", "t.csv", "--mapping", "m.toml", "-o", "out", "--json")
    assert (done.returncode, done.stderr) == (1, "")
    told = json.loads(done.stdout)
    assert told["written"] == ["out/idc-2026-01-05.trig"]
    assert told["left_out"] == [{"line": 3, "reason": "the page is gone", "row": "F2"}]
    assert told["decisions"] == {"IDC": "id:idc", "Zhipu": "id:zhipu"}
    (problem,) = told["problems"]
    assert (problem["rows"], problem["file"], problem["line"]) == (["B"], "t.csv", 4)
    assert problem["column"] == "company"
    assert problem["add_to"] == "names"
    assert problem["add"].startswith('"Nobody" = { new = ')
    assert (told["dry_run"], told["rows"], told["statements"]) == (False, 3, 1)


@pytest.mark.parametrize(
    ("files", "arguments", "message"),
    [
        ({}, ["nowhere.csv", "--mapping", "m.toml"], "nowhere.csv cannot be read"),
        ({}, ["t.csv", "--mapping", "nowhere.toml"], "nowhere.toml cannot be read"),
        (
            {"m.toml": "[columns\n"},
            ["t.csv", "--mapping", "m.toml"],
            "m.toml:1:9: this is not TOML",
        ),
        ({"m.toml": "\n[colums]\n"}, ["t.csv", "--mapping", "m.toml"], "did you mean columns?"),
        ({"t.csv": "a,b\n"}, ["t.csv", "--mapping", "m.toml"], "which t.csv does not have"),
        ({}, ["t.csv"], "Missing option '--mapping'"),
    ],
)
def test_a_wrong_call_is_told(
    factscape: Run, table: Path, files: dict[str, str], arguments: list[str], message: str
) -> None:
    for name, text in files.items():
        (table.parent / name).write_text(text, encoding="utf-8")
    done = factscape("import", *arguments, "-o", "out")
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""
    assert not (table.parent / "out").exists()


def test_a_broken_table_is_told(factscape: Run, table: Path) -> None:
    table.write_bytes(HEAD.encode() + b"F1,\xff\n")
    done = factscape("import", "t.csv", "--mapping", "m.toml", "-o", "out")
    assert done.returncode == 1
    assert "t.csv:2: this table is not UTF-8" in done.stderr


def test_what_steers_a_terminal_is_not_printed(factscape: Run, table: Path) -> None:
    table.write_text(HEAD + f'F1,"\x1b[31m\nx",net loss,1 USD,2020,{PAGE}', encoding="utf-8")
    done = factscape("import", "t.csv", "--mapping", "m.toml", "-o", "out")
    assert "\x1b" not in done.stderr
    assert "\\x1b[31m" in done.stderr
