"""`factscape publish`: what it says, what it refuses, what an interrupted run leaves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest
from tests.cli.conftest import COMMAND, Run


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.ttl"
    path.write_text(
        '<urn:ann> a <urn:Person> ; <http://xmlns.com/foaf/0.1/name> "Ann" .', encoding="utf-8"
    )
    return path


def test_it_says_what_it_wrote_and_what_to_open(factscape: Run, facts: Path) -> None:
    done = factscape("publish", "site", "--facts", facts)
    assert done.returncode == 0
    first, second, last = done.stdout.splitlines()
    assert first.startswith("wrote site: ") and " pages, " in first and "0 unchanged" in first
    assert "RDFC-1.0 SHA-256" in second
    assert last == f"open {Path('site') / 'index.html'}"
    assert "no sitemap" in done.stderr and "--base-url" in done.stderr
    again = factscape("publish", "site", "--facts", facts)
    assert "(0 written, " in again.stdout and " 0 removed)" in again.stdout


def test_programs_are_told_in_json(factscape: Run, facts: Path) -> None:
    done = factscape("publish", "site", "--facts", facts, "--json", "--base-url", "https://a.org/b")
    told = json.loads(done.stdout)
    assert told["statements"] == 2 and told["sitemap"] is True and len(told["hash"]) == 64
    assert told["written"] == told["files"] > told["pages"] > 10


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing argument 'DIR'"),
        (["site", "--base-url", "example.org"], "https://example.org/facts/"),
        (["site", "--base-url", ""], "no address"),
        (["facts.ttl"], "is a file"),
        (["."], "--force"),
        (["site", "--facts", "nowhere"], "nowhere"),
        (["site", "--lang", "zh"], "No such option"),
    ],
)
def test_a_wrong_call_says_what_to_do(
    factscape: Run, facts: Path, arguments: list[str], said: str
) -> None:
    done = factscape("publish", *arguments)
    assert done.returncode in (1, 2)
    assert done.stdout == ""
    assert said in done.stderr
    assert sorted(path.name for path in facts.parent.iterdir()) == ["facts.ttl"]


def test_errors_are_json_too_where_that_is_asked_for(factscape: Run, facts: Path) -> None:
    done = factscape("publish", ".", "--facts", facts, "--json")
    told = json.loads(done.stdout or done.stderr)
    assert told["error"]["code"] == "misuse" and "--force" in told["error"]["hint"]


def test_a_folder_that_cannot_be_written_is_said(factscape: Run, facts: Path) -> None:
    closed = facts.parent / "closed"
    closed.mkdir(mode=0o500)
    if os.access(closed, os.W_OK):
        pytest.skip("whoever runs this may write anywhere")
    done = factscape("publish", closed / "site", "--facts", facts)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


def test_interrupted_it_goes_on_where_it_was(factscape: Run, facts: Path) -> None:
    root = facts.parent / "site"
    command = [*COMMAND, "publish", str(root), "--facts", str(facts)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        begun = root / ".factscape" / "begun"
        while process.poll() is None and not (begun.exists() and begun.stat().st_size):
            pass
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert "Traceback" not in errors
    done = factscape("publish", "site", "--facts", facts)
    assert done.returncode == 0
    assert (root / "index.html").is_file()
    assert not begun.exists()
