"""Which commit last touched a statement, asked of git where git is there."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from factscape.errors import Place

__all__ = ["Commit", "last_commit"]

_SECONDS = 10
"""So long git may take: in a repository of many years to follow a line takes a while."""


class Commit(NamedTuple):
    """A commit: its short name, the day it was made (UTC), who made it, its first line."""

    name: str
    day: str
    author: str
    summary: str


def last_commit(place: Place) -> Commit | None:
    """Return the newest commit of the lines of the block that a place stands in.

    None where there is no git, the file is not under version control, or the block is not
    committed yet.
    """
    git = shutil.which("git")
    if git is None or place.line is None:
        return None
    first, last = _block(Path(place.file), place.line)
    command = [git, "blame", "--porcelain", "-L", f"{first},{last}", "--", Path(place.file).name]
    try:
        answer = subprocess.run(
            command,
            cwd=Path(place.file).parent,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return _newest(answer.stdout)


def _block(path: Path, line: int) -> tuple[int, int]:
    """Return the first and last line of the block between empty lines, both from 1."""
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    first = last = min(line, len(lines))
    while first > 1 and lines[first - 2].strip():
        first -= 1
    while last < len(lines) and lines[last].strip():
        last += 1
    return first, last


def _newest(porcelain: str) -> Commit | None:
    """Read what `git blame --porcelain` prints: a header a commit, then lines that begin with a tab."""
    commits: dict[str, dict[str, str]] = {}
    name = ""
    for line in porcelain.split("\n"):
        if line.startswith("\t"):
            name = ""
        elif not name:
            name = line.partition(" ")[0]
            commits.setdefault(name, {})
        else:
            key, _, value = line.partition(" ")
            commits[name][key] = value
    committed = [
        (int(said["committer-time"]), name, said)
        for name, said in commits.items()
        if name.strip("0") and "committer-time" in said
    ]
    if not committed:
        return None
    seconds, name, said = max(committed, key=lambda one: one[:2])
    day = datetime.fromtimestamp(seconds, UTC).date().isoformat()
    return Commit(name[:10], day, said.get("author", ""), said.get("summary", ""))
