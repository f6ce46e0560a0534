"""Finding the files of RDF that are meant by a path, and where the bundled ones are."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from factscape.errors import FactsNotFoundError
from factscape.reading.formats import FOLDER_SUFFIXES, format_of

__all__ = ["facts_folder", "find_files", "find_names", "ontology_files", "ontology_folder"]


def facts_folder() -> Path:
    """Return the folder of the bundled facts."""
    return _folder_of("factscape.facts")


def ontology_folder() -> Path:
    """Return the folder of the bundled ontology, with its shapes, rules and queries."""
    return _folder_of("factscape.ontology")


def _folder_of(package: str) -> Path:
    try:
        module_file = importlib.import_module(package).__file__
    except ModuleNotFoundError as error:
        raise _not_installed() from error
    if module_file is None:
        raise _not_installed()
    return Path(module_file).parent


def _not_installed() -> FactsNotFoundError:
    return FactsNotFoundError(
        "the bundled data are not installed", hint="install Factscape with: pip install ."
    )


def ontology_files() -> list[Path]:
    """Return the bundled ontology's own files: terms, metrics, units (not the shapes)."""
    return sorted(ontology_folder().glob("*.ttl"))


def find_files(roots: Iterable[Path]) -> list[Path]:
    """Return the files of RDF under folders, and files named one by one, sorted, each once.

    Hidden files and folders are passed over.

    Raises FactsNotFoundError for a path that is not there, a file whose name says no format, or a
    folder without any file of RDF.
    """
    return list(map(Path, find_names(roots)))


def find_names(roots: Iterable[Path]) -> list[str]:
    """Return what `find_files` does, as texts: to make paths of hundreds takes a lookup a while."""
    found: dict[str, None] = {}
    for root in roots:
        if root.is_dir():
            inside = sorted(_walk(root))
            if not inside:
                raise FactsNotFoundError(
                    f"there is no file of RDF in {root}",
                    hint="files end in " + " ".join(sorted(FOLDER_SUFFIXES)) + " (also with .gz)\n"
                    "start a folder of your own facts with: factscape init DIR",
                )
            found.update(dict.fromkeys(inside))
        elif root.exists():
            format_of(root)
            found[os.fspath(root)] = None
        else:
            raise FactsNotFoundError(
                f"there is no file or folder {root}",
                hint="give a folder or file of RDF, or: bundled",
            )
    return list(found)


def _walk(folder: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            bare = name.lower().removesuffix(".gz")
            if not name.startswith(".") and os.path.splitext(bare)[1] in FOLDER_SUFFIXES:
                yield os.path.join(parent, name)
