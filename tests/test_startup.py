"""Start-up is a feature: nothing heavy is loaded before it is needed."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

PROGRAM = "runpy.run_module('factscape', run_name='__main__')"
HEAVY = {"IPython", "jinja2", "networkx", "numpy", "oxrdflib", "pyshacl", "pyvis", "rdflib", "rich"}


# At the end of the process it says on standard error what was imported.
WATCH = """
import atexit, runpy, sys
atexit.register(lambda: print("\\nLOADED", *sys.modules, file=sys.stderr))
"""


def modules(code: str, *arguments: str, cwd: Path) -> set[str]:
    """Return the modules that a fresh interpreter imports."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH + code, *arguments],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = set(done.stderr.rpartition("\nLOADED ")[2].split())
    assert "runpy" in found, done.stderr
    return found


def loaded(code: str, *arguments: str, cwd: Path) -> set[str]:
    """Return the top-level names of them, the standard library left out."""
    names = modules(code, *arguments, cwd=cwd)
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What any Python of this environment loads, such as the hook of an editable install."""
    return loaded("pass", cwd=tmp_path_factory.mktemp("empty"))


def test_importing_the_package_loads_nothing_else(nothing: set[str], tmp_path: Path) -> None:
    assert loaded("import factscape", cwd=tmp_path) - nothing == {"factscape"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["query", "--help"],
        ["lookup", "--help"],
        ["view", "--help"],
        ["timeline", "--help"],
        ["report", "--help"],
    ],
    ids=" ".join,
)
def test_the_command_line_starts_with_click_alone(
    arguments: list[str], nothing: set[str], tmp_path: Path
) -> None:
    names = loaded(PROGRAM, *arguments, cwd=tmp_path) - nothing
    assert names <= {"factscape", "click"}


def test_a_query_needs_the_store_and_no_more(nothing: set[str], tmp_path: Path) -> None:
    names = loaded(PROGRAM, "query", "ASK { ?thing ?has ?value }", cwd=tmp_path) - nothing
    assert "pyoxigraph" in names
    assert not names & HEAVY


def test_a_lookup_needs_not_even_the_store(nothing: set[str], tmp_path: Path) -> None:
    loaded(PROGRAM, "lookup", "zhipu", cwd=tmp_path)  # what builds the snapshot may need more
    names = loaded(PROGRAM, "lookup", "zhipu", cwd=tmp_path) - nothing
    assert names == {"factscape", "click"}


FIRST_PAGE = """
from factscape.opening import open_facts
from factscape.web.app import make_app
from factscape.web.pages import WARM
from factscape.web.settings import Settings
make_app(Settings())
with open_facts() as facts:
    WARM[0](facts)
"""


def test_the_first_page_of_a_server_waits_for_no_other(tmp_path: Path) -> None:
    names = modules(FIRST_PAGE, cwd=tmp_path)
    assert {"factscape.web.pages", "factscape.views.drawing", "jinja2"} <= names
    later = {"views.network", "views.card", "web.viewing", "web.querying", "claims.cards.card"}
    assert all(find_spec(f"factscape.{name}") for name in later)
    assert not names & {f"factscape.{name}" for name in later}


def test_this_would_be_seen(nothing: set[str], tmp_path: Path) -> None:
    assert "rdflib" in loaded("import factscape, rdflib", cwd=tmp_path) - nothing
