"""Ctrl-C and kill in the middle of a load: nothing that was there is lost, nothing half is read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

QUERY = ["query", "--format", "csv", "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }"]


def command(facts: Path) -> list[str]:
    return [sys.executable, "-m", "factscape", "--facts", str(facts), *QUERY]


def building(cache: Path) -> bool:
    return any(cache.glob("*/.building-*"))


@pytest.mark.skipif(os.name == "nt", reason="signals are sent as a Unix terminal does")
@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, -15), (signal.SIGKILL, -9)]
)
def test_a_load_that_is_stopped_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: signal.Signals, status: int
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setenv("FACTSCAPE_CACHE", str(cache))
    facts = tmp_path / "facts"
    facts.mkdir()
    (facts / "a.nt").write_text("<urn:a> <urn:p> <urn:b> .\n", encoding="utf-8")
    first = subprocess.run(command(facts), capture_output=True, check=True, encoding="utf-8")
    assert first.stdout.split() == ["n", "1"]
    with (facts / "b.nt").open("w", encoding="utf-8") as more:
        more.writelines(f'<urn:s{n}> <urn:p> "{n}" .\n' for n in range(400_000))

    process = subprocess.Popen(
        command(facts), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    deadline = time.monotonic() + 60
    while not building(cache) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert building(cache)
    process.send_signal(sent)
    out, err = process.communicate(timeout=60)
    assert process.returncode == status
    assert (out, "Traceback" in err) == ("", False)
    if sent == signal.SIGINT:
        assert err == "stopped\n"
        assert not building(cache)

    (facts / "b.nt").unlink()
    again = subprocess.run(command(facts), capture_output=True, check=True, encoding="utf-8")
    assert again.stdout.split() == ["n", "1"]


def test_ctrl_c_while_a_module_is_imported_ends_as_anywhere_else(tmp_path: Path) -> None:
    # dataclasses run a text with exec(), which Python remembers as the place of a Ctrl-C.
    (tmp_path / "interrupted.py").write_text(
        "import sys\n"
        "from factscape import cli\n"
        "cli._run = lambda args: exec('raise KeyboardInterrupt')\n"
        "sys.exit(cli.main([]))\n",
        encoding="utf-8",
    )
    ended = subprocess.run(
        [sys.executable, "-m", "interrupted"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "stopped\n")
