"""The folder of a site: files are written whole, only where they changed, and nobody else's is touched.

    <site>/.factscape/manifest.json   what was written, each path with the hash of its bytes; from what
    <site>/.factscape/begun           paths that are being written, a line each
    <site>/.factscape/partial/        files that are not whole yet

A path is noted as begun before its file is there. So whoever is killed in the middle leaves old and
new files, all of them whole, and the next one knows which of them are a site's.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from factscape.errors import MisuseError, PublishError

__all__ = ["Change", "SiteFolder", "digest_of", "write_file"]

_OWN = ".factscape"
_NUMBERS = count()
_SHOWN = 3


class Change(NamedTuple):
    """A file of a site: where it is, the hash and number of its bytes, whether it was written now."""

    path: str
    digest: str
    size: int
    written: bool


class SiteFolder:
    """A folder that a site is written into; what others put there stays.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as root, SiteFolder(Path(root) / "site") as folder:
    ...     folder.begin(["index.html"])
    ...     first = folder.write("index.html", b"hello").written
    ...     again = folder.write("index.html", b"hello").written
    ...     removed = folder.finish()
    >>> first, again, removed
    (True, False, 0)
    """

    def __init__(self, root: Path, *, force: bool = False) -> None:
        """Take a folder that is new, empty or a site.

        With `force` files of others are overwritten where the site needs their names. Raises
        MisuseError where the folder holds something else; nothing is written before it is entered.
        """
        self.root = root
        self._force = force
        self._own = root / _OWN
        self._changes: dict[str, Change] = {}
        with _told(root):
            self._check()

    def _check(self) -> None:
        """Refuse what is not the folder of a site, before anything is changed."""
        root = self.root
        if root.exists() and not root.is_dir():
            raise MisuseError(f"{root} is a file", hint="name a folder for the site")
        others = root.is_dir() and any(path.name != _OWN for path in root.iterdir())
        if others and not self._own.is_dir() and not self._force:
            raise MisuseError(
                f"{root} holds other things than a site",
                hint="name a new folder, or say --force to write among what is there",
            )

    def _look(self) -> None:
        """See what stands there of a site, and sweep up what was not finished."""
        _make_folder.cache_clear()
        for left in (self._own / "partial").iterdir():
            left.unlink()
        self._before, self._made = _read_manifest(self._own / "manifest.json")
        self._begun = set(_read_lines(self._own / "begun")) | self._before.keys()

    def kept(self, inputs: str) -> dict[str, Any] | None:
        """Return what was noted of the site, if it was made from these inputs and is whole still."""
        with _told(self.root):
            whole = self._made.get("inputs") == inputs and self._begun == self._before.keys()
            return self._made if whole and all(map(self._is_ours, self._before)) else None

    def begin(self, paths: Iterable[str]) -> None:
        """Note that these files will be written.

        Raises MisuseError where somebody else's file has one of the names.
        """
        new = [path for path in dict.fromkeys(paths) if path not in self._begun]
        with _told(self.root):
            taken = [path for path in new if os.path.lexists(self.root / path)]
            if taken and not self._force:
                shown = ", ".join(taken[:_SHOWN]) + ("…" if len(taken) > _SHOWN else "")
                raise MisuseError(
                    f"the site needs names that other files have: {shown}",
                    hint="move them away, or say --force to write over them",
                )
            with (self._own / "begun").open("a", encoding="utf-8", newline="\n") as stream:
                stream.writelines(f"{path}\n" for path in new)
        self._begun.update(new)

    def write(self, path: str, data: bytes) -> Change:
        """Write a file that was begun, unless it has these bytes already."""
        change = write_file(self.root, path, data)
        self.note(change)
        return change

    def note(self, change: Change) -> None:
        """Take note of a file that another process wrote."""
        self._changes[change.path] = change

    @property
    def changes(self) -> list[Change]:
        """What is known so far of the files of the site."""
        return list(self._changes.values())

    def finish(self, made: Mapping[str, Any] | None = None) -> int:
        """Remove what the site no longer has, say what it has, and return how many files went.

        What was made is noted for the next run: its `inputs`, a hash, and what else is of use.
        """
        with _told(self.root):
            gone = [path for path in self._begun - self._changes.keys() if self._is_ours(path)]
            for path in sorted(gone):
                (self.root / path).unlink()
                _remove_empty(self.root, (self.root / path).parent)
            files = {change.path: change.digest for change in self._changes.values()}
            noted = {"files": files, "made": made or {}}
            text = json.dumps(noted, indent=0, sort_keys=True) + "\n"
            write_file(self.root, f"{_OWN}/manifest.json", text.encode("utf-8"))
            (self._own / "begun").unlink(missing_ok=True)
        return len(gone)

    def __enter__(self) -> SiteFolder:
        """Take the folder; raises PublishError where another process has it, or it is damaged."""
        with _told(self.root):
            (self._own / "partial").mkdir(parents=True, exist_ok=True)
            self._lock = _locked(self._own / "lock")
            with contextlib.ExitStack() as undo:
                undo.callback(self._lock.close)
                self._look()
                undo.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Let others write into it."""
        self._lock.close()

    def _is_ours(self, path: str) -> bool:
        """Say whether a file is as it was written; what somebody changed since is theirs."""
        file = self.root / path
        if file.is_symlink() or not file.is_file():
            return False
        # A file that was only begun may be whole or not there, but it is nobody else's.
        return path not in self._before or digest_of(file.read_bytes()) == self._before[path]


def digest_of(data: bytes) -> str:
    """Return the hash by which a file is known.

    >>> digest_of(b"")
    'e3b0c44298fc1c149afbf4c8996fb924'
    """
    return sha256(data).hexdigest()[:32]


def write_file(root: Path, path: str, data: bytes) -> Change:
    """Write a file of a site whole, unless it has these bytes already.

    Any process may, once its path was begun. Raises PublishError.
    """
    file, digest = root / path, digest_of(data)
    with _told(root):
        with contextlib.suppress(FileNotFoundError, IsADirectoryError):
            if not file.is_symlink() and file.read_bytes() == data:
                return Change(path, digest, len(data), written=False)
        _make_folder(file.parent, root)
        partial = root / _OWN / "partial" / f"{os.getpid()}-{next(_NUMBERS)}"
        partial.write_bytes(data)
        os.replace(partial, file)
    return Change(path, digest, len(data), written=True)


@cache
def _make_folder(folder: Path, root: Path) -> None:
    """Make a folder of a site, once in a run; raises PublishError where a link leads out of the site."""
    folder.mkdir(parents=True, exist_ok=True)
    if not folder.resolve().is_relative_to(root.resolve()):
        raise PublishError(
            f"{folder} leads out of {root}", hint="remove the link, then publish again"
        )


def _remove_empty(root: Path, folder: Path) -> None:
    with contextlib.suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent


@contextlib.contextmanager
def _told(root: Path) -> Iterator[None]:
    """Turn what the system says of a folder into an error that says what to do."""
    try:
        yield
    except OSError as error:
        raise PublishError(
            f"the site cannot be written into {root}: {error.strerror or error}",
            hint="name a folder that can be written, with room on its disk",
        ) from error


def _locked(path: Path) -> Any:
    """Keep a file open that one process at a time may hold, where the system has such locks."""
    stream = path.open("ab")
    try:
        import fcntl
    except ImportError:
        return stream
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.close()
        raise PublishError(
            f"another process is publishing into {path.parent.parent}",
            hint="wait until it is done",
        ) from None
    return stream


def _read_manifest(path: Path) -> tuple[dict[str, str], dict[str, Any]]:
    """Return files with their hashes, and what was noted of what was made."""
    try:
        noted = json.loads(path.read_text(encoding="utf-8"))
        files, made = dict(noted["files"]), dict(noted.get("made", {}))
    except FileNotFoundError:
        return {}, {}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PublishError(
            f"{path} is damaged, so nobody knows which files here are the site's",
            hint="publish into a new folder",
        ) from error
    return {name: digest for name, digest in files.items() if _is_within(name)}, made


def _read_lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    # The last line may have been cut off: its file was not written yet.
    return [name for name in text.split("\n")[:-1] if _is_within(name)]


def _is_within(name: str) -> bool:
    """Say whether a path stays in the site: a manifest from elsewhere may say anything."""
    parts = name.split("/")
    return not (set(parts) & {"", ".", ".."} or "\\" in name or ":" in name)
