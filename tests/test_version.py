"""One version, said in several places."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from click.testing import CliRunner

import factscape
from factscape.cli.app import app

ROOT = Path(__file__).parents[1]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_changelog_begins_with_this_version() -> None:
    versions = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == factscape.__version__


def test_the_citation_names_this_version() -> None:
    assert f"\nversion: {factscape.__version__}\n" in read("CITATION.cff")


def test_the_program_says_this_version() -> None:
    answer = CliRunner().invoke(app, ["--version"])
    assert factscape.__version__ in answer.output
    assert answer.exit_code == 0


def test_setup_promises_the_python_that_runs_this() -> None:
    floor = re.search(r"python_requires = >=3\.(\d+)", read("setup.cfg"))
    assert floor
    assert sys.version_info >= (3, int(floor[1]))
