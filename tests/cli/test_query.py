from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factscape.cli import query
from factscape.query.formats import FITTING

COMMAND = [sys.executable, "-m", "factscape"]
NUMBERS = "SELECT ?n { ?s e:number ?n } ORDER BY ?n"
RUNAWAY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?c ?f"
Run = Callable[..., subprocess.CompletedProcess[str]]


# -- where the query comes from


def test_a_query_is_an_argument(factscape: Run, things: Path) -> None:
    done = factscape("query", "SELECT ?o { e:z e:a ?o }", "--facts", things)
    assert (done.returncode, done.stdout, done.stderr) == (0, "o\n---\ne:b\n", "")


def test_a_query_is_read_from_standard_input(factscape: Run, things: Path) -> None:
    for arguments in (["-"], [], ["--file", "-"]):
        done = factscape("query", *arguments, "--facts", things, stdin="ASK { e:z e:a ?o }")
        assert (done.returncode, done.stdout) == (0, "answer\n------\ntrue\n")


@pytest.mark.parametrize("name", ["ask.rq", "ask.sparql", "ask me", "訊問.txt"])
def test_a_query_is_read_from_a_file(
    factscape: Run, things: Path, tmp_path: Path, name: str
) -> None:
    # With the mark that some editors put at the beginning.
    (tmp_path / name).write_text("ASK { e:z e:name '智譜'@zh }", encoding="utf-8-sig")
    for arguments in ([name], ["--file", name], ["-f", name]):
        assert "true" in factscape("query", *arguments, "--facts", things).stdout


def test_a_mistake_in_a_file_is_shown_with_its_place(
    factscape: Run, things: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.rq").write_text("SELECT ?智\nWERE { ?智 ?p ?o }", encoding="utf-8")
    done = factscape("query", "bad.rq", "--facts", things)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "bad.rq:2:1: 'WERE' is not expected here",
        "  WERE { ?智 ?p ?o }",
        "  ^",
        "  did you mean WHERE?",
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing.rq"], "missing.rq cannot be read: No such file"),
        (["--file", "missing"], "missing cannot be read: No such file"),
        (["--file", "."], ". cannot be read: Is a directory"),
        (["ASK {}", "--file", "x.rq"], "not both"),
        (["latin.rq"], "latin.rq is not UTF-8 text (at byte 2)"),
        (["ASK {}", "--json", "--format", "csv"], "contradict"),
        (["ASK {}", "--format", "ttl"], "formats that fit: table, md"),
        (["ASK {}", "--format", "yaml"], "'yaml' is not one of 'table', 'csv'"),
        (["ASK {}", "--limit", "-1"], "-1 is not in the range x>=0"),
        (["ASK {}", "--limit", "ten"], "'ten' is not a valid integer"),
        (["ASK {}", "--timeout", "soon"], "'soon' is not a valid float"),
        (["ASK {}", "--formt", "csv"], "--format"),
        (["ASK", "{}"], "unexpected extra argument"),
        (["ASK {}", "--facts", "nowhere"], "there is no file or folder nowhere"),
        (["ASK {}", "-o", "."], ". is a folder"),
        (["ASK {}", "-o", "no/such/folder"], "no/such/folder cannot be written"),
    ],
)
def test_what_is_typed_wrong_is_said(
    factscape: Run, tmp_path: Path, arguments: list[str], words: str
) -> None:
    (tmp_path / "latin.rq").write_bytes("# é".encode("latin-1"))
    done = factscape("query", *arguments)
    assert words in done.stderr
    assert done.returncode == (1 if "nowhere" in arguments else 2)
    assert done.stdout == ""


def test_nothing_at_a_terminal_is_misuse_with_an_example(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="needs pseudo-terminals")
    controller, terminal = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "query"], cwd=tmp_path, stdin=terminal, stderr=subprocess.PIPE
    ) as process:
        _, err = process.communicate()
    os.close(controller)
    os.close(terminal)
    assert process.returncode == 2
    assert b"there is no query" in err
    assert b"for example: factscape query 'SELECT" in err


def test_an_empty_standard_input_is_an_empty_query(factscape: Run, things: Path) -> None:
    done = factscape("query", "--facts", things)
    assert done.returncode == 1
    assert "the query is empty" in done.stderr


# -- what is refused


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("DELETE WHERE { ?s ?p ?o }", "a query may not change facts (DELETE)"),
        ("ASK { service <http://127.0.0.1:1/> { ?s ?p ?o } }", "may not ask another server"),
    ],
)
def test_what_a_query_may_not_do(factscape: Run, things: Path, text: str, words: str) -> None:
    done = factscape("query", text, "--facts", things)
    assert done.returncode == 1
    assert words in done.stderr


def test_a_query_reads_no_file(factscape: Run, things: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:s> <urn:p> 'secret' .", encoding="utf-8")
    for clause in ("FROM", "FROM NAMED"):
        text = f"SELECT * {clause} <{secret.as_uri()}> {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
        done = factscape("query", text, "--facts", things, "--format", "csv")
        assert done.returncode == 0
        assert "secret'" not in done.stdout
        assert len(done.stdout.splitlines()) == 1


# -- how the answer is written


def test_the_program_knows_all_formats() -> None:
    assert set(query._FORMATS) == {format for formats in FITTING.values() for format in formats}


def test_a_table_shows_a_hundred_rows_and_says_that_there_are_more(
    factscape: Run, things: Path
) -> None:
    done = factscape("query", NUMBERS, "--facts", things)
    assert len(done.stdout.splitlines()) == 102
    assert done.stderr == "showing 100 of more rows; --limit 0 for all\n"
    everything = factscape("query", NUMBERS, "--facts", things, "--limit", "0")
    assert len(everything.stdout.splitlines()) == 152
    assert everything.stderr == ""
    some = factscape("query", NUMBERS, "--facts", things, "--limit", "7")
    assert [line.strip() for line in some.stdout.splitlines()[2:]] == [*map(str, range(7))]
    assert some.stderr == ""


def test_formats_for_programs_are_whole_unless_told(factscape: Run, things: Path) -> None:
    for format in ("csv", "tsv"):
        done = factscape("query", NUMBERS, "--facts", things, "--format", format)
        assert len(done.stdout.splitlines()) == 151
        assert done.stderr == ""
    done = factscape("query", NUMBERS, "--facts", things, "--format", "csv", "--limit", "3")
    assert [row[0] for row in csv.reader(io.StringIO(done.stdout))] == ["n", "0", "1", "2"]


def test_json_is_that_of_sparql(factscape: Run, things: Path) -> None:
    for arguments in (["--json"], ["--format", "json"]):
        done = factscape("query", "SELECT * { ?z e:a ?a }", "--facts", things, *arguments)
        found: dict[str, Any] = json.loads(done.stdout)
        assert found["head"]["vars"] == ["z", "a"]
        assert found["results"]["bindings"][0]["a"]["value"] == "http://example.org/b"
    before = factscape("--json", "--facts", things, "query", "SELECT * { ?z e:a ?a }")
    assert json.loads(before.stdout) == found


@pytest.mark.parametrize("format", ["table", "md", "csv", "tsv", "json", "xml"])
def test_an_empty_answer_is_said_beside_the_answer(
    factscape: Run, things: Path, format: str
) -> None:
    done = factscape("query", "SELECT ?s { ?s e:never 1 }", "--facts", things, "--format", format)
    assert done.returncode == 0
    assert "s" in done.stdout
    assert done.stderr == "no rows: nothing in these facts fits the query\n"


def test_triples_are_written_as_turtle(factscape: Run, things: Path) -> None:
    done = factscape("query", "DESCRIBE e:z", "--facts", things, "--format", "ttl")
    assert "e:z e:a e:b ;" in done.stdout


def test_the_bundled_facts_are_asked_when_none_are_given(factscape: Run) -> None:
    done = factscape("query", "ASK { id:zhipu skos:prefLabel 'Zhipu'@en }")
    assert done.stdout.split()[-1] == "true"


def test_names_are_disarmed_and_aligned(factscape: Run, things: Path) -> None:
    text = "SELECT ?o ?p { e:z ?p ?o FILTER(isLiteral(?o)) } ORDER BY ?o"
    done = factscape("query", text, "--facts", things)
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    lines = done.stdout.splitlines()
    assert "</script>\\x1b[31m\\u202eevil@  e:name".replace("@", "") in lines
    wide = next(line for line in lines if line.startswith("智譜"))
    # Two characters of double width: two columns more than Python counts.
    assert wide.index("e:name") + 2 == lines[0].index("p")


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "C.UTF-8"}])
def test_any_locale_prints_chinese(factscape: Run, things: Path, locale: dict[str, str]) -> None:
    for format in ("table", "csv", "md"):
        done = factscape(
            "query", "SELECT ?o { e:z e:name ?o }", "--facts", things, "--format", format, **locale
        )
        assert done.returncode == 0
        assert "智譜" in done.stdout


def test_an_encoding_without_chinese_prints_escapes(factscape: Run, things: Path) -> None:
    plain = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = factscape("query", "SELECT ?o { e:z e:name ?o }", "--facts", things, **plain)
    assert done.returncode == 0
    assert "\\u667a\\u8b5c" in done.stdout
    failed = factscape("query", "ASK { 智譜:x ?p ?o }", "--facts", things, **plain)
    assert failed.returncode == 1
    assert "\\u667a\\u8b5c:" in failed.stderr


# -- into a file


@pytest.mark.parametrize("format", ["table", "csv", "json", "md"])
def test_the_answer_goes_into_a_file(
    factscape: Run, things: Path, tmp_path: Path, format: str
) -> None:
    shown = factscape("query", NUMBERS, "--facts", things, "--format", format)
    done = factscape("query", NUMBERS, "--facts", things, "--format", format, "-o", "answer")
    assert done.returncode == 0
    assert done.stdout == ""
    # Read as bytes: what a file holds is not translated.
    assert (tmp_path / "answer").read_bytes().decode("utf-8") == shown.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer", "things"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["SELCT"],
        ["SELECT * { ?s ?p ?o }", "--format", "ttl"],
        [RUNAWAY, "--timeout", "0.5"],
        [RUNAWAY, "--timeout", "0.5", "--format", "csv"],
        [RUNAWAY.partition(" ORDER")[0], "--timeout", "0.8", "--format", "csv"],
    ],
)
def test_after_an_error_the_file_is_as_it_was(
    factscape: Run, things: Path, tmp_path: Path, arguments: list[str]
) -> None:
    old = tmp_path / "answer.csv"
    old.write_text("precious", encoding="utf-8")
    done = factscape("query", *arguments, "--facts", things, "-o", old)
    assert done.returncode in (1, 2)
    assert old.read_text(encoding="utf-8") == "precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer.csv", "things"]


def test_a_link_stays_a_link_and_a_device_a_device(
    factscape: Run, things: Path, tmp_path: Path
) -> None:
    (tmp_path / "real.csv").write_text("old", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("real.csv")
    ask = ["query", NUMBERS, "--facts", things, "--format", "csv", "--limit", "1", "-o"]
    assert factscape(*ask, "link.csv").returncode == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text(encoding="utf-8").split() == ["n", "0"]
    assert factscape(*ask, "/dev/stdout").stdout.split() == ["n", "0"]
    assert factscape(*ask, "-").stdout.split() == ["n", "0"]


# -- stopping


def test_a_runaway_query_is_stopped(factscape: Run, things: Path) -> None:
    for format in ("table", "json"):
        done = factscape(
            "query", RUNAWAY, "--facts", things, "--timeout", "0.5", "--format", format
        )
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr.startswith("the query was stopped at its limit of 0.5 s\n  add a LIMIT")


def test_no_limit_is_possible(factscape: Run, things: Path) -> None:
    assert factscape("query", "ASK {}", "--facts", things, "--timeout", "0").returncode == 0


def _children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="watches processes in /proc")
@pytest.mark.parametrize("whole_terminal", [True, False], ids=["terminal", "one process"])
@pytest.mark.parametrize("format", ["table", "csv"])
def test_ctrl_c_stops_everything(
    things: Path, tmp_path: Path, whole_terminal: bool, format: str
) -> None:
    command = [*COMMAND, "query", RUNAWAY, "--facts", str(things), "--format", format, "-o", "new"]
    with subprocess.Popen(
        command, cwd=tmp_path, start_new_session=True, stderr=subprocess.PIPE
    ) as process:
        while not _children(process.pid):
            assert process.poll() is None
            time.sleep(0.02)
        worker = _children(process.pid)[0]
        if whole_terminal:
            os.killpg(process.pid, signal.SIGINT)
        else:
            process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert process.returncode == 130
    assert err == b"stopped\n"
    # It ends by itself when it was only just started: as soon as it looks for its job.
    for _ in range(200):
        if not Path("/proc", worker).exists():
            break
        time.sleep(0.05)
    else:
        pytest.fail("the worker is still there")
    assert [path.name for path in tmp_path.iterdir()] == ["things"]


@pytest.mark.parametrize("format", ["table", "csv", "json"])
def test_a_reader_that_leaves_early_is_no_error(things: Path, format: str) -> None:
    text = "SELECT * { ?a e:number ?b . ?c e:number ?d }"
    command = [*COMMAND, "query", text, "--facts", str(things), "--limit", "0", "--format", format]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.read(10)
        process.stdout.close()
        err = process.stderr.read()
    assert process.returncode == 141
    assert err == b""


def test_no_standard_output_at_all(things: Path, tmp_path: Path) -> None:
    shell = f'{sys.executable} -m factscape query "ASK {{}}" --facts {things} <&- >&- 2>errors'
    done = subprocess.run(["sh", "-c", shell], cwd=tmp_path, check=False)
    assert done.returncode == 0
    assert (tmp_path / "errors").read_text(encoding="utf-8") == ""
