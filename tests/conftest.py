"""What all tests share: a cache of their own, an environment without surprises, built packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).parents[1]

# How long an example takes says nothing about whether it is right.
hypothesis.settings.register_profile("factscape", deadline=None)
hypothesis.settings.load_profile("factscape")


# The files that take minutes, begun first: begun last, one worker would be left alone with them.
LONG = {"test_docs.py", "test_packaging.py", "bench", "browser"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files first, and leave the order as it is otherwise."""
    items.sort(key=lambda item: LONG.isdisjoint(item.path.parts))


# A width and colours change what is printed; under make, a make inside it says so.
_OTHERS = {"COLUMNS", "FORCE_COLOR", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"}


@pytest.fixture(scope="session", autouse=True)
def clean_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from the user's cache, and the user's settings away from the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(("FACTSCAPE_", "PYTHON")) or name in _OTHERS:
                patch.delenv(name)
        # All workers of a run share what was compiled, of facts and of modules, as all processes of
        # a user do; the tree stays clean.
        base = tmp_path_factory.getbasetemp()
        shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
        patch.setenv("FACTSCAPE_CACHE", str(shared / "cache"))
        patch.setenv("PYTHONPYCACHEPREFIX", str(shared / "compiled"))
        patch.setenv("NO_COLOR", "1")
        # Of what pip installs little is imported, and that is compiled then: 0 means not to do it
        # at once, for the name of the option is --no-compile.
        patch.setenv("PIP_NO_COMPILE", "0")
        yield


def copy_tree(target: Path) -> Path:
    """Copy what a clone would hold: the tracked files and the new ones that nothing ignores."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if (ROOT / ".git").exists() and shutil.which("git"):
        names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True).stdout
        for name in names.decode("utf-8").split("\0"):
            if name and (ROOT / name).is_file():
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target / name)
    else:
        unwanted = shutil.ignore_patterns(".*cache", ".venv", "build", "*.egg-info", "__pycache__")
        shutil.copytree(ROOT, target, ignore=unwanted, dirs_exist_ok=True)
    return target


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clean copy of the working tree, as a clone of it would be."""
    return copy_tree(tmp_path / "clone")


@dataclass(frozen=True)
class Built:
    """What `python -m build` made of this tree, and the tree that it was made of."""

    tree: Path
    wheel: Path
    sdist: Path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sdist, and the wheel made from that sdist."""
    tree = copy_tree(tmp_path_factory.mktemp("build") / "factscape")
    out = tree.parent / "dist"
    run([sys.executable, "-m", "build", "--outdir", str(out), str(tree)])
    return Built(tree, *out.glob("*.whl"), *out.glob("*.tar.gz"))


@dataclass(frozen=True)
class Environment:
    """A virtual environment that holds nothing but one installed Factscape and what it needs."""

    folder: Path

    @property
    def bin(self) -> Path:
        """Where its programs are."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    def install(self, *what: str) -> None:
        """Install with pip."""
        run([str(self.bin / "python"), "-m", "pip", "install", "--quiet", *what])


@pytest.fixture(scope="session")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An empty environment into which the wheel was installed, without extras."""
    environment = Environment(tmp_path_factory.mktemp("installed") / "venv")
    venv.create(environment.folder, with_pip=True)
    environment.install(str(built.wheel))
    return environment


def run(
    command: list[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command that has to succeed; when it does not, show what it said."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done
