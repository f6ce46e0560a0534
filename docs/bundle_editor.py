"""Bundle the editor of the query page again from npm, and refuse what is not the known file.

    python docs/bundle_editor.py            write it, if it is the file that NOTICE describes
    python docs/bundle_editor.py --new      after another version: write it, say what NOTICE needs

CodeMirror has no release in one file. `docs/editor` names the packages, its lock file their exact
versions and hashes; the same versions give the same bytes, which this script tries by bundling
twice. It needs npm and the network; nothing else in Factscape does.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTICE = ROOT / "NOTICE"
PARTS = Path(__file__).parent / "editor"
TARGET = ROOT / "graph" / "factscape" / "web" / "static" / "codemirror.min.js"
_TOOL = "esbuild"
_OPTIONS = (
    "--bundle",
    "--minify",
    "--format=iife",
    "--global-name=CodeMirror",
    "--target=es2022",
    "--charset=utf8",
    "--legal-comments=none",
    "--log-level=warning",
)


def bundle() -> bytes:
    """Return the bundle, made in a folder that is thrown away."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed to bundle the editor; install Node.js")
    with tempfile.TemporaryDirectory() as folder:
        for path in PARTS.iterdir():
            shutil.copy(path, folder)
        # Exactly what the lock file says, each package checked against its hash.
        subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True)
        tool = Path(folder, "node_modules", ".bin", _TOOL)
        made = Path(folder, "made.js")
        command = [str(tool), "entry.js", *_OPTIONS, f"--outfile={made}"]
        subprocess.run(command, cwd=folder, check=True)
        return made.read_bytes()


def versions() -> dict[str, str]:
    """Return the packages that end up in the bundle, and their versions."""
    lock = json.loads((PARTS / "package-lock.json").read_text(encoding="utf-8"))
    found = {
        path.removeprefix("node_modules/"): about["version"]
        for path, about in lock["packages"].items()
        if path
    }
    return {name: found[name] for name in sorted(found) if _TOOL not in name}


def described() -> tuple[dict[str, str], str]:
    """Return the versions and the SHA-256 that NOTICE gives."""
    notice = NOTICE.read_text(encoding="utf-8")
    part = re.search(
        r"^CodeMirror .*?^SHA-256:\s+([0-9a-f]{64})$", notice, re.MULTILINE | re.DOTALL
    )
    assert part, "NOTICE does not name the editor's SHA-256"
    return dict(re.findall(r"^  (@?[a-z][\w/@-]*) (\d[\w.]*)\b", part[0], re.MULTILINE)), part[1]


def main(arguments: list[str]) -> int:
    """Bundle, check, write."""
    if arguments not in ([], ["--new"]):
        print(__doc__, file=sys.stderr)
        return 2
    code, again = bundle(), bundle()
    if code != again:
        print("the same packages gave two different bundles")
        return 1
    digest = sha256(code).hexdigest()
    if arguments:
        listed = "\n".join(f"  {name} {version}" for name, version in versions().items())
        print(f"now write into NOTICE:\n{listed}\nSHA-256:   {digest}")
    elif described() != (versions(), digest):
        print(f"this is not the file that NOTICE describes: {digest}")
        return 1
    TARGET.write_bytes(code)
    print(f"wrote {TARGET.relative_to(ROOT)} ({len(code)} bytes)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
