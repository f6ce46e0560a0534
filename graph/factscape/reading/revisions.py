"""Files as they were at a revision, read with git's own commands; no checkout is touched.

They are written once to the user's cache, under the name that git gives to their contents.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from factscape.errors import MisuseError, StoreError

__all__ = ["Revision", "find_revision"]

_FILES = (b"100644", b"100755", b"100664")
"""What git calls plain files: no links, no other repositories."""


class Revision(NamedTuple):
    """A path at a revision: what git calls the repository, the commit and the path's contents."""

    repository: Path
    commit: str
    path: str
    """Within the repository, with slashes; empty: all of it."""
    contents: str

    def write(self, cache: Path) -> Path:
        """Write the files below a folder, once for the same contents; return where they are.

        Raises StoreError where they cannot be written.
        """
        name = PurePosixPath(self.path).name or self.repository.name or "facts"
        final = cache / self.contents
        try:
            if not final.is_dir():
                cache.mkdir(parents=True, exist_ok=True)
                beside = Path(tempfile.mkdtemp(prefix=".writing-", dir=cache))
                try:
                    self._write_all(beside / name)
                    beside.replace(final)
                finally:
                    shutil.rmtree(beside, ignore_errors=True)
        except OSError as error:
            if not final.is_dir():  # another process may have been faster
                raise StoreError(
                    f"the files of {self.commit[:10]} cannot be written to {cache}: {error}",
                    hint="set FACTSCAPE_CACHE to a folder that can be written",
                ) from error
        return final / name

    def _write_all(self, target: Path) -> None:
        whole = _git(self.repository, "cat-file", "-t", self.contents).strip() == b"blob"
        names = {"": self.contents} if whole else dict(self._listed())
        if not whole:
            target.mkdir()
        for name, data in _blobs(self.repository, names):
            path = target / name if name else target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def _listed(self) -> Iterator[tuple[str, str]]:
        """Yield the plain files below the path and their names in git."""
        listing = _git(self.repository, "ls-tree", "-r", "-z", "--full-tree", self.contents)
        for entry in filter(None, listing.split(b"\0")):
            about, _, name = entry.partition(b"\t")
            mode, _, blob = about.split(b" ")
            path = PurePosixPath(os.fsdecode(name))
            if mode in _FILES and ".." not in path.parts and not path.is_absolute():
                yield str(path), blob.decode("ascii")


def find_revision(name: str, path: Path) -> Revision | None:
    """Return what a path was at a revision (a commit, branch, tag, HEAD~1); None for no revision.

    Raises MisuseError where there is no git, the path lies in no repository, or it was not there.
    """
    folder = path if path.is_dir() else path.parent
    answer = _try(folder, "rev-parse", "--show-toplevel")
    if answer is None:
        raise MisuseError(
            f"{path} lies in no git repository, so there is no revision {name} of it",
            hint="give two folders or files, or with --facts a folder in a git working tree",
        )
    repository = Path(os.fsdecode(answer.rstrip(b"\n")))
    commit = _try(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"
    )
    if commit is None:
        return None
    below = os.path.relpath(os.path.realpath(path), os.path.realpath(repository))
    inside = "" if below == "." else below.replace(os.sep, "/")
    sha = commit.decode("ascii").strip()
    contents = _try(folder, "rev-parse", "--verify", "--quiet", f"{sha}:{inside}")
    if contents is None:
        raise MisuseError(
            f"{inside} was not there at {name}", hint="name a later revision, or another --facts"
        )
    return Revision(repository, sha, inside, contents.decode("ascii").strip())


def _try(folder: Path, *arguments: str) -> bytes | None:
    """Ask git; None where it says no."""
    git = shutil.which("git")
    if git is None:
        raise MisuseError("git is not installed", hint="give two folders or files")
    try:
        answer = subprocess.run(
            [git, *arguments],
            cwd=folder,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except OSError as error:
        raise MisuseError(f"{folder} cannot be looked into: {error}") from error
    return answer.stdout if answer.returncode == 0 else None


def _git(folder: Path, *arguments: str) -> bytes:
    answer = _try(folder, *arguments)
    if answer is None:
        raise StoreError(f"git {' '.join(arguments[:2])} failed in {folder}")
    return answer


def _blobs(repository: Path, names: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield files with their contents, all from one process."""
    git = shutil.which("git") or "git"
    with subprocess.Popen(
        [git, "cat-file", "--batch"], cwd=repository, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin and process.stdout
        for name, blob in names.items():
            process.stdin.write(blob.encode("ascii") + b"\n")
            process.stdin.flush()
            header = process.stdout.readline().split()
            if len(header) != 3:
                raise StoreError(f"git does not have the contents of {name}")
            yield name, process.stdout.read(int(header[2]))
            process.stdout.readline()
        process.stdin.close()
