"""Putting the files of an import in place: all of them or none, and nothing that is somebody else's."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from factscape.errors import MisuseError

__all__ = ["Delivery", "is_ours", "mark"]

_MARK = "# Written by factscape import from "


def mark(table: str) -> str:
    """Return the first line of what an import writes, by which its files are known.

    >>> mark("coffee.csv")
    '# Written by factscape import from coffee.csv: change the table or its mapping, not this file.'
    """
    return f"{_MARK}{' '.join(table.split())}: change the table or its mapping, not this file."


def is_ours(path: Path, table: str | None = None) -> bool:
    """Say whether an import wrote a file: of this table, or of any where none is named."""
    try:
        with path.open("rb") as file:
            first = file.readline().decode("utf-8", errors="replace").rstrip()
    except OSError:
        return False
    return first == mark(table) if table is not None else first.startswith(_MARK)


@dataclass(frozen=True)
class Delivery:
    """The files that an import makes in a folder, and files elsewhere that it changes."""

    folder: Path
    table: str
    contents: Mapping[Path, str]
    others: Mapping[Path, str]

    def check(self) -> None:
        """Raise MisuseError where a file would take the place of one that this import did not write."""
        if self.folder.exists() and not self.folder.is_dir():
            raise MisuseError(f"{self.folder} is a file", hint="name a folder: -o facts/sources")
        for path in self.contents:
            if (path.exists() or path.is_symlink()) and not is_ours(path, self.table):
                whose = "from another table" if is_ours(path) else "by hand, or by another program"
                raise MisuseError(
                    f"{path} is there already, and was written {whose}; nothing was written",
                    hint="name another folder with -o, or give the source another slug",
                )

    def stale(self) -> list[Path]:
        """Return the files of an earlier run that this one does not make again."""
        there = sorted(self.folder.glob("*.trig")) + sorted(self.folder.glob("*.ttl"))
        return [p for p in there if p not in self.contents and is_ours(p, self.table)]

    def put(self, remove: Iterable[Path]) -> None:
        """Write all files aside, then rename them; raises MisuseError where one cannot be written."""
        aside: dict[Path, Path] = {}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for path, text in {**self.contents, **self.others}.items():
                if _holds(path, text):
                    continue
                part = path.with_name(f".{path.name}.{os.getpid()}.part")
                aside[path] = part
                part.write_bytes(text.encode("utf-8"))
            for path, part in aside.items():
                part.replace(path)
            for path in remove:
                path.unlink(missing_ok=True)
        except OSError as error:
            where = error.filename or self.folder
            raise MisuseError(f"{where} cannot be written: {error.strerror}") from error
        finally:
            for part in aside.values():
                with contextlib.suppress(OSError):
                    part.unlink()


def _holds(path: Path, text: str) -> bool:
    """Say whether a file is already as it is to be: then its time stays, and snapshots are fresh."""
    try:
        return path.read_bytes() == text.encode("utf-8")
    except OSError:
        return False
