"""Run the program as a person does: as a process, with what it reads and prints."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Ran = subprocess.CompletedProcess[str]
Run = Callable[..., Ran]

COMMAND = [sys.executable, "-m", "factscape"]


@pytest.fixture
def factscape(tmp_path: Path) -> Run:
    """Run `factscape` in an empty folder; standard input is empty unless given."""

    def run(
        *arguments: str | Path, stdin: str | bytes = b"", cwd: Path = tmp_path, **settings: str
    ) -> Ran:
        done = subprocess.run(
            [*COMMAND, *map(str, arguments)],
            cwd=cwd,
            input=stdin.encode("utf-8") if isinstance(stdin, str) else stdin,
            capture_output=True,
            env={**os.environ, **settings},
            check=False,
        )
        out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        assert "Traceback" not in err
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return run


@pytest.fixture
def terminal(tmp_path: Path) -> Callable[..., str]:
    """Run `factscape` on a terminal, 80 columns wide unless COLUMNS is given; return what it shows."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")

    def run(*arguments: str | Path, **settings: str) -> str:
        leader, follower = pty.openpty()
        environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        with subprocess.Popen(
            [*COMMAND, *map(str, arguments)],
            cwd=tmp_path,
            stdout=follower,
            stdin=subprocess.DEVNULL,
            env={**environment, "COLUMNS": "80", **settings},
        ):
            os.close(follower)
            output = b""
            # Linux reports the end of a terminal as an error.
            with contextlib.suppress(OSError):
                while chunk := os.read(leader, 4096):
                    output += chunk
        os.close(leader)
        return output.decode("utf-8")

    return run


@pytest.fixture
def things(tmp_path: Path) -> Path:
    """A folder of RDF that knows nothing of our vocabulary, with names that are hard to print."""
    folder = tmp_path / "things"
    folder.mkdir()
    lines = ["@prefix e: <http://example.org/> ."]
    lines += [f"e:n{n} e:number {n} ." for n in range(150)]
    lines += [
        'e:z e:name "Zhipu"@en, "智譜"@zh, "</script>\\u001B[31m\\u202Eevil" ; e:a e:b ; e:empty "" .',
    ]
    (folder / "things.ttl").write_text("\n".join(lines), encoding="utf-8")
    return folder
