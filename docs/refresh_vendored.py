"""Write the vendored libraries again from npm, and refuse what is not the known file.

    python docs/refresh_vendored.py                  all of them, in the versions that NOTICE names
    python docs/refresh_vendored.py d3 7.9.2         another version: says what NOTICE needs then

It needs npm and the network; nothing else in Factscape does.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTICE = ROOT / "NOTICE"
PACKAGE = ROOT / "graph" / "factscape"
VIEWS = "views/static"
PUBLISHING = "web/publishing/static"


@dataclass(frozen=True)
class Library:
    """A file of a package, and what NOTICE calls it."""

    package: str
    member: str
    heading: str
    folder: str = VIEWS
    name: str = ""
    """What the file is called here, where that is not what the package calls it."""

    @property
    def target(self) -> Path:
        """Where the file stands."""
        return PACKAGE / self.folder / (self.name or Path(self.member).name)

    def known(self) -> tuple[str, str]:
        """Return the version and the SHA-256 that NOTICE gives."""
        notice = NOTICE.read_text(encoding="utf-8")
        found = re.search(
            rf"^{re.escape(self.heading)} (\S+)\n-+\n(?:.+\n)*?SHA-256:\s+([0-9a-f]{{64}})$",
            notice,
            re.MULTILINE,
        )
        assert found, f"NOTICE does not name {self.heading}'s version and SHA-256"
        return found[1], found[2]


LIBRARIES = {
    # Not the standalone build, which writes styles that a strict policy forbids.
    "vis-network": Library("vis-network", "package/dist/vis-network.min.js", "vis-network"),
    "d3": Library("d3", "package/dist/d3.min.js", "d3"),
    "plot": Library("@observablehq/plot", "package/dist/plot.umd.min.js", "Observable Plot"),
    "oxigraph": Library(
        "oxigraph",
        "package/web.js",
        "Oxigraph for JavaScript",
        PUBLISHING,
        "oxigraph.js",
    ),
    "oxigraph-wasm": Library(
        "oxigraph",
        "package/web_bg.wasm",
        "Oxigraph for JavaScript, WebAssembly,",
        PUBLISHING,
        "oxigraph.wasm",
    ),
}


def fetch(library: Library, version: str) -> bytes:
    """Return the file as npm has it."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed to fetch libraries; install Node.js")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [npm, "pack", "--silent", f"{library.package}@{version}"],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as package:
            file = package.extractfile(library.member)
            assert file is not None
            return file.read()


def refresh(library: Library, wanted: str | None) -> bool:
    """Fetch, check and write one file; say whether it is the one that NOTICE describes."""
    version, digest = library.known()
    code = fetch(library, wanted or version)
    found = sha256(code).hexdigest()
    if wanted in (None, version) and found != digest:
        print(f"{library.heading} {version} is not the file that NOTICE describes: {found}")
        return False
    library.target.write_bytes(code)
    print(f"wrote {library.target.relative_to(ROOT)} ({len(code)} bytes)")
    if wanted not in (None, version):
        print(f"now write into NOTICE: {library.heading} {wanted}\nSHA-256:   {found}")
    return True


def main(arguments: list[str]) -> int:
    """Refresh the one library that is named, or all."""
    if not arguments:
        return 0 if all([refresh(library, None) for library in LIBRARIES.values()]) else 1
    if arguments[0] not in LIBRARIES or len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    return 0 if refresh(LIBRARIES[arguments[0]], arguments[1]) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
