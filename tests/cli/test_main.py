from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
import pytest

import factscape as package
from factscape.cli.app import COMMANDS, app

COMMAND = [sys.executable, "-m", "factscape"]
Run = Callable[..., subprocess.CompletedProcess[str]]


def test_help_lists_the_commands(factscape: Run) -> None:
    for option in ("--help", "-h"):
        done = factscape(option)
        assert done.returncode == 0
        assert done.stderr == ""
        for name, listed in COMMANDS.items():
            assert name in done.stdout
            assert listed.help in " ".join(done.stdout.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_under_its_name_and_shows_examples(name: str) -> None:
    command = getattr(import_module(COMMANDS[name].module), f"{name}_command")
    assert isinstance(command, click.Command)
    assert command.name == name
    context = click.Context(command, info_name=name, parent=click.Context(app))
    help_text = app.get_command(context, name)
    assert help_text is command
    lines = command.get_help(context).splitlines()
    examples = lines[lines.index("  Examples:") + 1 :]
    assert examples[0].startswith("    ")
    assert f"factscape {name}" in "".join(examples)


def test_version(factscape: Run) -> None:
    assert factscape("--version").stdout == f"factscape {package.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["qury"], "There is no command 'qury'. Did you mean 'query'?"),
        (["xyzzy"], "There is no command 'xyzzy'. See 'factscape --help' for the list."),
        (["--fact", "x"], "--facts"),
        (["query", "--limt", "3"], "--limit"),
        (["--facts"], "requires an argument"),
    ],
)
def test_what_is_typed_wrong_is_answered_with_what_is_near(
    factscape: Run, arguments: list[str], words: str
) -> None:
    done = factscape(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "--help" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["lookup", "zhipu", "--as-of"], "lookup"),
        (["view", "--path", "zhipu"], "view"),
        (["report"], "report"),
    ],
)
def test_help_is_named_of_the_command_that_was_typed(
    factscape: Run, arguments: list[str], command: str
) -> None:
    assert factscape(*arguments).stderr.splitlines()[-1] == f"  see: factscape {command} --help"


def test_errors_are_json_for_programs(factscape: Run) -> None:
    for arguments in (["query", "SELCT", "--json"], ["--json", "query", "SELCT"]):
        done = factscape(*arguments)
        assert done.returncode == 1
        assert done.stdout == ""
        error = json.loads(done.stderr)["error"]
        assert error["code"] == "query-syntax"
        assert (error["file"], error["line"], error["column"]) == ("query", 1, 1)
        assert "did you mean SELECT?" in error["hint"]
    misuse = json.loads(factscape("qury", "--json").stderr)["error"]
    assert misuse["code"] == "misuse"


BROKEN = "import factscape.cli.app as a, factscape.cli as c, sys\n{}\nsys.exit(c.main({}))"
CRASH = "a.app.invoke = lambda context: 1 / 0"


def test_a_crash_is_called_a_bug_in_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BROKEN.format(CRASH, "['query']")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    first = "this is a bug in Factscape, not in what you typed: ZeroDivisionError: division by zero"
    assert done.stderr.splitlines()[0] == first
    assert "FACTSCAPE_DEBUG=1" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_crash_shows_its_traceback_to_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTSCAPE_DEBUG", "1")
    done = subprocess.run(
        [sys.executable, "-c", BROKEN.format(CRASH, "['query']")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "ZeroDivisionError" in done.stderr


def test_a_reader_that_has_gone_before_the_help_is_no_error() -> None:
    with subprocess.Popen(
        [*COMMAND, "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
@pytest.mark.parametrize("asked", [["query", "ASK {}"], ["--help"]])
def test_a_full_disk_is_no_bug(asked: list[str]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [*COMMAND, *asked], stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False
        )
    assert (done.returncode, done.stderr.split("\n")[0]) == (
        1,
        "the disk is full, so the answer is not whole",
    )


def test_shells_are_told_what_could_follow(tmp_path: Path, factscape: Run) -> None:
    done = factscape(
        _FACTSCAPE_COMPLETE="bash_complete", COMP_WORDS="factscape que", COMP_CWORD="1"
    )
    assert done.stdout.split(",")[-1].strip() == "query"


def test_options_before_the_command_mean_the_same(factscape: Run, things: Path) -> None:
    text = "SELECT ?n { e:n1 e:number ?n }"
    before = factscape("--facts", things, "--json", "query", text)
    after = factscape("query", text, "--facts", things, "--json")
    assert before.returncode == 0
    assert json.loads(before.stdout) == json.loads(after.stdout)
