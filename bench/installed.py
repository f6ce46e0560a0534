"""A Python as users have it: Factscape and what it needs installed, and nothing else.

The environment of a developer has files that every Python runs when it starts, of editable
installs and of coverage. They make a Python that does nothing slower by half, and so whatever is
measured beside it look faster than it is.
"""

from __future__ import annotations

import compileall
import shutil
import sysconfig
import venv
from pathlib import Path

import factscape
from factscape.reading import facts_folder, ontology_folder

__all__ = ["installed_python"]

_OURS = ("factscape", "__editable__")


def installed_python(folder: Path) -> str:
    """Make an environment in a new folder; return the path of its Python.

    Ours is laid out as the wheel is; the packages of others are this environment's own.
    """
    venv.create(folder, symlinks=True)
    there = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)}))
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        # What stands beside packages as *.pth is what is to be left out.
        if path.suffix != ".pth" and not path.name.startswith(_OURS):
            (there / path.name).symlink_to(path)
    ours = there / "factscape"
    shutil.copytree(Path(factscape.__file__).parent, ours)
    shutil.copytree(ontology_folder(), ours / "ontology")
    shutil.copytree(facts_folder(), ours / "facts")
    # As pip does; where bytecode is not to be written, every start would compile it all again.
    compileall.compile_dir(ours, quiet=1)
    return str(Path(sysconfig.get_path("scripts", "venv", {"base": str(folder)})) / "python")
