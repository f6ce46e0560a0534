"""What a site is made from: where that is the same as before, nothing need be made again."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path

import factscape
from factscape.opening import Facts
from factscape.reading import ontology_folder
from factscape.web.publishing.about import is_bundled

__all__ = ["hash_of_inputs"]

_USED = ("Jinja2", "MarkupSafe", "pyoxigraph")
"""Distributions whose versions may change the bytes of a page."""


def hash_of_inputs(facts: Facts, base_url: str | None) -> str | None:
    """Return a hash of all that decides the bytes of a site: facts, queries, program, address.

    In which folder the facts lie has no part in it. None for a store that was opened as it is: of
    that no file can be compared.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     hash_of_inputs(facts, None) == hash_of_inputs(facts, "https://example.org/")
    False
    """
    if not facts.files:
        return None
    ontology, program = ontology_folder(), Path(factscape.__file__).parent
    files = {path.absolute() for path in (*facts.files, *facts.queries.paths)}
    own = sorted(path for path in files if not path.is_relative_to(ontology))
    said = [
        f"site {base_url}",
        f"bundled {is_bundled(facts)}",
        f"Python {sys.version}",
        *(f"{name} {version(name)}" for name in _USED),
        *_hashed(own, _above(own)),
        *_hashed(_files_in(ontology), ontology),
        *_hashed(_files_in(program), program),
    ]
    return sha256("\n".join(said).encode("utf-8", "surrogateescape")).hexdigest()


def _above(files: list[Path]) -> Path:
    return Path(os.path.commonpath([path.parent for path in files])) if files else Path()


def _files_in(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )


def _hashed(files: Iterable[Path], folder: Path) -> Iterator[str]:
    for path in files:
        with path.open("rb") as stream:
            yield f"{path.relative_to(folder).as_posix()} {file_digest(stream, 'sha256').hexdigest()}"
