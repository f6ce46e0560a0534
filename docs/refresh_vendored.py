"""Write the vendored vis-network again from npm, and refuse one that is not the known file.

    python docs/refresh_vendored.py            the version that NOTICE names, checked
    python docs/refresh_vendored.py 10.2.0     another version: prints what NOTICE has to say then

It needs npm and the network; nothing else in Factscape does.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTICE = ROOT / "NOTICE"
TARGET = ROOT / "graph" / "factscape" / "views" / "static" / "vis-network.min.js"
# Not the standalone build, which writes styles that a strict policy forbids.
MEMBER = "package/dist/vis-network.min.js"


def known() -> tuple[str, str]:
    """Return the version and the SHA-256 that NOTICE gives."""
    notice = NOTICE.read_text(encoding="utf-8")
    version = re.search(r"^vis-network (\S+)$", notice, re.MULTILINE)
    digest = re.search(r"^SHA-256:\s+([0-9a-f]{64})$", notice, re.MULTILINE)
    assert version and digest, "NOTICE does not name vis-network's version and SHA-256"
    return version[1], digest[1]


def fetch(version: str) -> bytes:
    """Return the file as npm has it."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed to fetch vis-network; install Node.js")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [npm, "pack", "--silent", f"vis-network@{version}"],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as package:
            file = package.extractfile(MEMBER)
            assert file is not None
            return file.read()


def main(arguments: list[str]) -> int:
    """Fetch, check and write the file."""
    version, digest = known()
    wanted = arguments[0] if arguments else version
    code = fetch(wanted)
    found = sha256(code).hexdigest()
    if wanted == version and found != digest:
        print(f"vis-network {version} is not the file that NOTICE describes: {found}")
        return 1
    TARGET.write_bytes(code)
    print(f"wrote {TARGET.relative_to(ROOT)} ({len(code)} bytes)")
    if wanted != version:
        print(f"now write into NOTICE: vis-network {wanted}\nSHA-256:   {found}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
