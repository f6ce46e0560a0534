"""The pages are true: every example in them is run as it is written, and says what it shows.

In shown output `…` stands for anything in its line, and alone in a line for any lines.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import factscape

ROOT = Path(__file__).parents[1]
PAGES = [
    *("README.md", "CONTRIBUTING.md", "facts/README.md", "ontology/README.md"),
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
]


@dataclass(frozen=True)
class Block:
    """A fenced block of a page: the words after the fence, its text, and where it begins."""

    info: str
    text: str
    line: int

    @property
    def language(self) -> str:
        return self.info.split(" ")[0]


def blocks(page: str) -> list[Block]:
    found = re.finditer(r"^( *)```(\S.*)\n((?s:.*?))^\1```$", page, re.MULTILINE)
    return [Block(m[2], textwrap.dedent(m[3]), page.count("\n", 0, m.start()) + 1) for m in found]


def trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def fits(shown: str, said: str) -> bool:
    """Say whether output is what the page shows."""
    lines = re.split(r"^…$\n?", trimmed(shown) + "\n", flags=re.MULTILINE)
    pattern = "(?s:.*)".join(re.escape(part).replace("…", r"[^\n]*") for part in lines)
    return re.fullmatch(pattern, trimmed(said) + "\n") is not None


def sessions(block: Block) -> list[tuple[str, str]]:
    """Split a console block into commands and the output shown for each."""
    parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert not parts[0].strip(), "a console block begins with a command: $ …"
    found = []
    for part in parts[1:]:
        # A command goes on where its line ends in a backslash or inside quotation marks.
        lines = part.splitlines()
        end = 1
        while lines[end - 1].endswith("\\") or "\n".join(lines[:end]).count("'") % 2:
            end += 1
        found.append(("\n".join(lines[:end]), "\n".join(lines[end:])))
    return found


def shell(command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command line as a reader would type it, with this environment's programs at hand."""
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    # On a terminal answer and messages come in the order in which they are printed.
    setting = {**os.environ, "PATH": programs, "PYTHONUNBUFFERED": "1"}
    return subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env={**setting, **more},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )


def run_console(block: Block, folder: Path, _: dict[str, Any], **more: str) -> None:
    """Run each command; all exit with 0, but the last one with what `exit=` in the fence says."""
    commands = [pair for pair in sessions(block) if more or not pair[0].startswith("make")]
    for number, (command, shown) in enumerate(commands, 1):
        done = shell(command, folder, **more)
        expected = re.search(r"exit=(\d+)", block.info) if number == len(commands) else None
        assert fits(shown, done.stdout), f"$ {command}\n{done.stdout}"
        assert done.returncode == int(expected[1] if expected else 0), f"$ {command}\n{done.stdout}"
        assert "Traceback" not in done.stdout


class Checker(doctest.OutputChecker):
    """Compare with our own wildcard."""

    def check_output(self, want: str, got: str, _flags: int) -> bool:
        return fits(want, got)


def run_python(block: Block, _: Path, names: dict[str, Any]) -> None:
    """Run a session of Python; the names of a page live on from block to block."""
    test = doctest.DocTestParser().get_doctest(block.text, names, "example", None, block.line)
    assert test.examples, "show a session: >>> …"
    runner = doctest.DocTestRunner(checker=Checker())
    said: list[str] = []
    result = runner.run(test, out=said.append, clear_globs=False)
    names.update(test.globs)
    assert not result.failed, "".join(said)


def run_sparql(block: Block, _: Path, __: dict[str, Any]) -> None:
    """Ask; an example that finds nothing shows nothing."""
    with factscape.open() as facts:
        answer = facts.query(block.text)
        assert bool(answer) if isinstance(answer, ox.QueryBoolean) else list(answer)


def run_turtle(block: Block, folder: Path, _: dict[str, Any]) -> None:
    """Read it; where the first line is a comment with a file's name, later blocks find the file."""
    assert list(ox.parse(block.text, ox.RdfFormat.TRIG))
    if named := re.match(r"# (\S+\.(?:ttl|trig))\n", block.text):
        (folder / named[1]).write_text(block.text, encoding="utf-8")


def run_toml(block: Block, folder: Path, names: dict[str, Any]) -> None:
    assert tomllib.loads(block.text)
    write_file(block, folder, names)


def write_file(block: Block, folder: Path, _: dict[str, Any]) -> None:
    """Write it, where the fence names a file, so that later blocks find it."""
    if named := block.info.partition(" ")[2]:
        (folder / named).write_text(block.text, encoding="utf-8")


def nothing_to_run(block: Block, _: Path, __: dict[str, Any]) -> None:
    assert block.text.strip()


RUN: dict[str, Callable[[Block, Path, dict[str, Any]], None]] = {
    "console": run_console,
    "python": run_python,
    "sparql": run_sparql,
    "turtle": run_turtle,
    "trig": run_turtle,
    "toml": run_toml,
    "csv": write_file,
    "text": nothing_to_run,
}


# rdflib 7.6 warns of its own use of what it deprecates; a reader's Python does not show that.
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
@pytest.mark.parametrize("page", PAGES)
def test_every_example_says_what_it_shows(
    page: str, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(clone)
    names: dict[str, Any] = {}
    for block in blocks((ROOT / page).read_text(encoding="utf-8")):
        assert block.language in RUN, f"{page}:{block.line}: nobody checks {block.language}"
        try:
            RUN[block.language](block, clone, names)
        except Exception as error:
            error.add_note(f"in {page}, line {block.line}")
            raise


def test_the_readme_commands_work_in_a_clean_clone(clone: Path) -> None:
    page = blocks((ROOT / "README.md").read_text(encoding="utf-8"))
    making = [block for block in page if "$ make" in block.text]
    assert sum(block.text.count("$ make") for block in making) == 2
    for block in making:
        # Of the tests one file is run there, or this test would run itself for ever.
        run_console(block, clone, {}, PYTHON=sys.executable, PYTEST_ARGS="tests/test_errors.py")


def test_without_a_fitting_python_make_says_what_to_do(clone: Path, tmp_path: Path) -> None:
    make = shell("command -v make", tmp_path).stdout.strip()
    done = subprocess.run(
        [make, "explore", "PYTHON="],
        cwd=clone,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "no Python 3.11 or newer" in done.stderr
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    missing = [name for name in targets if not ((ROOT / page).parent / name).exists()]
    assert not missing


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("one\n", "one"),
        ("a…c", "abc"),
        ("first\n…\nlast", "first\n1\n2\nlast\n"),
        ("first\n…", "first\n1\n2"),
        ("…\nlast", "last"),
        ("a  ", "a"),
    ],
)
def test_a_wildcard_fits(shown: str, said: str) -> None:
    assert fits(shown, said)


@pytest.mark.parametrize(
    ("shown", "said"),
    [("one", "two"), ("a…c", "a\nc"), ("first\n…\nlast", "first\nlast2"), ("", "something")],
)
def test_what_is_not_shown_does_not_fit(shown: str, said: str) -> None:
    assert not fits(shown, said)


def test_blocks_in_lists_are_seen() -> None:
    (block,) = blocks("1. One:\n\n   ```text\n   a\n     b\n   ```\n")
    assert block == Block("text", "a\n  b\n", 3)


def test_a_console_block_is_read_as_commands_and_output() -> None:
    (block,) = blocks("text\n\n```console\n$ one 'two\nthree'\nout\n\n$ next\n```\n")
    assert sessions(block) == [("one 'two\nthree'", "out\n"), ("next", "")]
    assert block.line == 3
