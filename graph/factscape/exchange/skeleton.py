"""A valid skeleton for one's own facts, to be filled in place of its one invented source."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from factscape.errors import MisuseError

__all__ = ["write_skeleton"]


def write_skeleton(folder: Path) -> list[Path]:
    """Write the skeleton into a folder, made where it is missing, and return the files written.

    Nothing that exists is touched: where a file of the skeleton is there already, nothing is
    written. Raises MisuseError then, and where the folder cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as parent:
    ...     folder = Path(parent, "coffee")
    ...     [path.relative_to(folder).as_posix() for path in write_skeleton(folder)]
    ... # doctest: +NORMALIZE_WHITESPACE
    ['README.md', 'queries/revenue.rq', 'sources/annual-report-2025.trig',
     'texts/annual-report-2025.txt', 'things.ttl', 'vocabulary.ttl']
    """
    contents = dict(_files(resources.files("factscape.exchange") / "skeleton", folder))
    _refuse_to_overwrite(folder, contents)
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(content)
    except OSError as error:
        where = error.filename or folder
        raise MisuseError(
            f"{where} cannot be written: {error.strerror}",
            hint="name a folder that can be written",
        ) from error
    return list(contents)


def _files(template: Traversable, folder: Path) -> list[tuple[Path, bytes]]:
    """Return the template's files, sorted by name, each with its place under the folder."""
    found = []
    for entry in sorted(template.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _files(entry, folder / entry.name)
        else:
            found.append((folder / entry.name, entry.read_bytes()))
    return found


def _refuse_to_overwrite(folder: Path, contents: dict[Path, bytes]) -> None:
    if folder.exists() and not folder.is_dir():
        raise MisuseError(f"{folder} is a file", hint="name a folder, new or without these files")
    there = [path for path in contents if path.exists() or path.is_symlink()]
    if there:
        raise MisuseError(
            "nothing was written, because these are there already: " + ", ".join(map(str, there)),
            hint="name another folder: factscape init my-facts",
        )
