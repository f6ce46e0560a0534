"""The folder of a site: whole files, nothing of others touched, nothing lost when it is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from factscape.errors import MisuseError, PublishError
from factscape.web.publishing.folder import SiteFolder

Files = dict[str, bytes]


def publish(root: Path, files: Files, *, force: bool = False) -> tuple[set[str], int]:
    """Write files as a site; return which were written, and how many were removed."""
    with SiteFolder(root, force=force) as folder:
        folder.begin(files)
        written = {path for path, data in files.items() if folder.write(path, data).written}
        return written, folder.finish()


def held(root: Path) -> Files:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".factscape" not in path.relative_to(root).parts
    }


def test_what_has_not_changed_is_not_written_again(tmp_path: Path) -> None:
    root = tmp_path / "site"
    publish(root, {"index.html": b"1", "id/a.html": b"a"})
    os.utime(root / "id/a.html", (1, 1))
    assert publish(root, {"index.html": b"2", "id/a.html": b"a"}) == ({"index.html"}, 0)
    assert (root / "id/a.html").stat().st_mtime == 1
    assert held(root) == {"index.html": b"2", "id/a.html": b"a"}


def test_what_is_gone_is_removed_with_its_empty_folder(tmp_path: Path) -> None:
    publish(tmp_path, {"index.html": b"1", "id/b/a.html": b"a"})
    assert publish(tmp_path, {"index.html": b"1"}) == (set(), 1)
    assert held(tmp_path) == {"index.html": b"1"}
    assert not (tmp_path / "id").exists()


def test_a_file_of_others_stays(tmp_path: Path) -> None:
    publish(tmp_path, {"index.html": b"1", "id/a.html": b"a"})
    (tmp_path / "CNAME").write_bytes(b"example.org")
    (tmp_path / "id" / "notes.txt").write_bytes(b"mine")
    publish(tmp_path, {"index.html": b"1"})
    assert held(tmp_path) == {"index.html": b"1", "CNAME": b"example.org", "id/notes.txt": b"mine"}


def test_a_page_that_somebody_changed_is_not_removed(tmp_path: Path) -> None:
    publish(tmp_path, {"index.html": b"1", "a.html": b"a"})
    (tmp_path / "a.html").write_bytes(b"by hand")
    publish(tmp_path, {"index.html": b"1"})
    assert held(tmp_path)["a.html"] == b"by hand"


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_bytes(b"years of work")
    with pytest.raises(MisuseError, match="other things") as caught:
        publish(tmp_path, {"index.html": b"1"})
    assert "--force" in caught.value.hint
    assert held(tmp_path) == {"thesis.txt": b"years of work"}
    assert not (tmp_path / ".factscape").exists()
    publish(tmp_path, {"index.html": b"1"}, force=True)
    assert held(tmp_path) == {"thesis.txt": b"years of work", "index.html": b"1"}


def test_a_name_that_somebody_took_is_refused(tmp_path: Path) -> None:
    publish(tmp_path, {"index.html": b"1"})
    (tmp_path / "a.html").write_bytes(b"mine")
    with pytest.raises(MisuseError, match=r"a\.html"):
        publish(tmp_path, {"index.html": b"1", "a.html": b"a"})
    assert held(tmp_path)["a.html"] == b"mine"


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_bytes(b"")
    with pytest.raises(MisuseError, match="is a file"):
        SiteFolder(tmp_path / "site")


@pytest.mark.parametrize("name", ["../out.html", "/out.html", "id/../../out.html", "C:\\out"])
def test_a_manifest_from_elsewhere_removes_nothing_outside(tmp_path: Path, name: str) -> None:
    outside, root = tmp_path / "out.html", tmp_path / "site"
    publish(root, {"index.html": b"1"})
    outside.write_bytes(b"mine")
    (root / ".factscape" / "begun").write_text(f"{name}\n", encoding="utf-8")
    publish(root, {"index.html": b"1"})
    assert outside.read_bytes() == b"mine"


def test_a_link_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    root, outside = tmp_path / "site", tmp_path / "outside"
    outside.mkdir()
    publish(root, {"index.html": b"1"})
    (root / "id").symlink_to(outside, target_is_directory=True)
    with pytest.raises(PublishError, match="leads out"):
        publish(root, {"index.html": b"1", "id/a.html": b"a"})
    assert not list(outside.iterdir())


def test_a_damaged_manifest_is_said(tmp_path: Path) -> None:
    publish(tmp_path, {"index.html": b"1"})
    (tmp_path / ".factscape" / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(PublishError, match="damaged"):
        publish(tmp_path, {"index.html": b"1"})


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    with (
        SiteFolder(tmp_path),
        pytest.raises(PublishError, match="another process"),
        SiteFolder(tmp_path),
    ):
        pass


_KILLED = """
import os, signal, sys
from pathlib import Path
from factscape.web.publishing.folder import SiteFolder
folder = SiteFolder(Path(sys.argv[1])).__enter__()
folder.begin(["index.html", "new.html", "never.html"])
folder.write("index.html", b"2")
folder.write("new.html", b"n")
(Path(sys.argv[1]) / ".factscape" / "partial" / "half").write_bytes(b"half")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_killed_in_the_middle_nothing_is_lost(tmp_path: Path) -> None:
    root = tmp_path / "site"
    publish(root, {"index.html": b"1", "old.html": b"o"})
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(root)], check=False)
    assert killed.returncode != 0
    assert held(root) == {"index.html": b"2", "old.html": b"o", "new.html": b"n"}
    # What it had begun is known to be the site's.
    assert publish(root, {"index.html": b"2", "never.html": b"x"}) == ({"never.html"}, 2)
    assert held(root) == {"index.html": b"2", "never.html": b"x"}
    assert not list((root / ".factscape" / "partial").iterdir())
