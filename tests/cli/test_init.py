from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_a_skeleton_is_written_and_says_what_to_type_next(factscape: Run, tmp_path: Path) -> None:
    done = factscape("init", "mine")
    assert done.returncode == 0
    written = {tmp_path / line for line in done.stdout.splitlines()}
    assert written == {path for path in (tmp_path / "mine").rglob("*") if path.is_file()}
    assert "factscape --facts mine" in done.stderr
    # What it says is run as it is written.
    ask = next(line for line in done.stderr.splitlines() if "query" in line)
    answer = factscape(*shlex.split(ask)[1:])
    assert answer.returncode == 0
    assert "12.5 million US dollars" in answer.stdout
    assert answer.stderr == ""


def test_the_commands_of_its_readme_run(factscape: Run, tmp_path: Path) -> None:
    factscape("init", "mine")
    readme = (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")
    commands = re.search(r"```sh\n(.*?)```", readme, re.DOTALL)
    assert commands
    lines = commands[1].splitlines()
    assert len(lines) == 3
    lines += re.findall(r"`(factscape --facts [^`]*)`", readme)
    assert len(lines) == 4
    for line in lines:
        done = factscape(*shlex.split(line)[1:], cwd=tmp_path / "mine")
        assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_that_exists_is_lost(factscape: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "things.ttl").write_text("mine", encoding="utf-8")
    done = factscape("init", "mine")
    assert done.returncode == 2
    assert "mine/things.ttl" in done.stderr
    assert done.stdout == ""
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["things.ttl"]
    assert (tmp_path / "mine" / "things.ttl").read_text(encoding="utf-8") == "mine"


def test_programs_are_told_in_json(factscape: Run, tmp_path: Path) -> None:
    done = factscape("init", "mine", "--json")
    assert all((tmp_path / name).is_file() for name in json.loads(done.stdout)["written"])
    again = factscape("init", "mine", "--json")
    assert json.loads(again.stderr)["error"]["code"] == "misuse"


def test_a_place_is_needed(factscape: Run) -> None:
    done = factscape("init")
    assert done.returncode == 2
    assert "Missing argument 'DIR'" in done.stderr
