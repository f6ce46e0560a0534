"""Snapshots: folders of files compiled once and kept in the user's cache.

A snapshot is never changed, only replaced. It is built in a folder of its own and put in place by
rename; a manifest beside it, replaced by rename as well, says which files it was made from. So a
build may be killed anywhere, and two may run at once: what is read is always whole.

    <cache>/<key>/manifest.json            which files the newest snapshot was made from
    <cache>/<key>/<contents>/              that snapshot, named by the hash of their contents:
    <cache>/<key>/<contents>/whole.json    the files in it, as they were when it was finished

Whether a snapshot is fresh is seen from the path, size and time of each file; contents are hashed
only where these differ.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from factscape.errors import StoreError

# hashlib, shutil and tempfile are imported where something is built: opening does without them.

__all__ = ["SnapshotCache", "default_cache"]

_HOUR = 3600.0
_DAY = 24 * _HOUR
# A file changed within this time of being looked at may change again without its time moving.
_SETTLED_NS = 2_000_000_000
_TRIES = 5
_WHOLE = "whole.json"

Build = Callable[[Path], None]
State = tuple[int, int]  # size in bytes, time of change in nanoseconds


class _Manifest(NamedTuple):
    """Which files a snapshot was made from, and when they were looked at."""

    contents: str
    inputs: Mapping[str, State]
    looked_ns: int


def default_cache() -> Path:
    """Return the folder for snapshots: FACTSCAPE_CACHE, or the system's place for caches."""
    if chosen := os.environ.get("FACTSCAPE_CACHE"):
        return Path(chosen)
    home = Path.home()
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "factscape"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "factscape"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "factscape"


class SnapshotCache:
    """The snapshots under one folder, each found by the files that it is made from."""

    def __init__(self, root: Path, version: str) -> None:
        """Keep snapshots under `root`; those of another program `version` are not looked at."""
        self.root = root
        self.version = version

    def open(self, files: Sequence[str | os.PathLike[str]], build: Build) -> Path:
        """Return the folder of a snapshot of the files, building it where there is no fresh one.

        `build` gets an empty folder to write to. What it raises passes through, and the snapshot
        that was there before stays. Raises StoreError when the cache cannot be written.
        """
        names = [os.fspath(path) for path in files]
        key = self.root / self._key(names)
        manifest = _read_manifest(key / "manifest.json")
        if manifest and _is_fresh(manifest, names) and _is_whole(key / manifest.contents):
            return key / manifest.contents
        try:
            key.mkdir(parents=True, exist_ok=True)
            return self._renewed(key, names, build)
        except OSError as error:
            raise StoreError(
                f"the cache {self.root} cannot be used: {error}",
                hint="set FACTSCAPE_CACHE to a folder that can be written",
            ) from error

    def discard(self, snapshot: Path) -> None:
        """Throw a damaged snapshot away, so that the next opening builds it anew."""
        import shutil

        with contextlib.suppress(OSError):
            (snapshot.parent / "manifest.json").unlink()
        shutil.rmtree(snapshot, ignore_errors=True)

    def _key(self, names: Sequence[str]) -> str:
        # Where they are counted from is said once: to make hundreds absolute takes a while.
        here = "" if all(map(os.path.isabs, names)) else os.getcwd()
        named = "\0".join([self.version, here, *names])
        # Where two folders come out alike they take turns: the manifest tells them apart.
        data = named.encode("utf-8", "surrogateescape")
        return f"{zlib.crc32(data):08x}{zlib.adler32(data):08x}"

    def _renewed(self, key: Path, files: Sequence[str], build: Build) -> Path:
        for _ in range(_TRIES):
            looked, states = time.time_ns(), _states(files)
            final = key / _digest(files)
            if _is_whole(final) or _built(key, final, build, files, states):
                manifest = _Manifest(final.name, states, looked)
                _write_json(key / "manifest.json", manifest._asdict())
                _sweep(key, keep=final)
                return final
        raise StoreError("the files of facts change faster than they can be read")


def _built(
    key: Path, final: Path, build: Build, files: Sequence[str], states: Mapping[str, State]
) -> bool:
    """Build beside, then rename; return False when the files changed under the build."""
    import shutil
    import tempfile

    beside = Path(tempfile.mkdtemp(prefix=".building-", dir=key))
    try:
        build(beside)
        if _states(files) != states:
            return False
        _write_json(beside / _WHOLE, _states_within(beside))
        _put_in_place(beside, final)
        return True
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _put_in_place(beside: Path, final: Path) -> None:
    """Rename; where another process was faster, its snapshot of the same contents stands."""
    import tempfile

    if final.exists() and not _is_whole(final):
        final.rename(Path(tempfile.mkdtemp(prefix=".damaged-", dir=final.parent)) / "was")
    try:
        beside.rename(final)
    except OSError:
        if not _is_whole(final):
            raise


def _states(files: Sequence[str]) -> dict[str, State]:
    return {path: _state(path) for path in files}


def _state(path: str | Path) -> State:
    status = os.stat(path)
    return status.st_size, status.st_mtime_ns


def _states_within(folder: Path) -> dict[str, State]:
    return {
        str(path.relative_to(folder)): _state(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _hash_of(path: str) -> str:
    import hashlib

    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _digest(files: Sequence[str]) -> str:
    """Name the contents of the files, each under its path."""
    import hashlib

    lines = "\n".join(f"{path}\0{_hash_of(path)}" for path in sorted(files))
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _is_fresh(manifest: _Manifest, files: Sequence[str]) -> bool:
    if manifest.inputs.keys() != set(files):
        return False
    try:
        return all(
            manifest.inputs[path] == (state := _state(path))
            and state[1] + _SETTLED_NS < manifest.looked_ns
            for path in files
        )
    except OSError:
        return False


def _is_whole(snapshot: Path) -> bool:
    """Say whether a snapshot is there, finished, and as it was when it was finished."""
    try:
        outputs: dict[str, list[int]] = json.loads((snapshot / _WHOLE).read_text(encoding="utf-8"))
        return all(list(_state(snapshot / name)) == state for name, state in outputs.items())
    except (OSError, ValueError, AttributeError):
        return False


def _read_manifest(path: Path) -> _Manifest | None:
    """Return the manifest, None when there is none or it is damaged."""
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8"))
        return _Manifest(
            contents=os.path.basename(str(data["contents"])),
            inputs={str(name): (int(size), int(at)) for name, (size, at) in data["inputs"].items()},
            looked_ns=int(data["looked_ns"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write a file whole or not at all."""
    import tempfile

    handle, name = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(value, stream, ensure_ascii=False, sort_keys=True)
        os.replace(name, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _sweep(key: Path, keep: Path) -> None:
    """Remove what killed builds left, and snapshots that nobody can still be opening."""
    import shutil

    now = time.time()
    for path in key.iterdir():
        if path == keep or path.name == "manifest.json":
            continue
        limit = _HOUR if path.name.startswith(".") else _DAY
        with contextlib.suppress(OSError):
            if now - path.stat().st_mtime > limit:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
