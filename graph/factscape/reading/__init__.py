"""Reading: from files of RDF to quads, with the place of every statement."""

from __future__ import annotations

from factscape.reading.folder import (
    facts_folder,
    find_files,
    find_names,
    ontology_files,
    ontology_folder,
)
from factscape.reading.parsing import ParsedFile, read_quads
from factscape.reading.places import find_all_places, find_place, find_places, places

__all__ = [
    "ParsedFile",
    "facts_folder",
    "find_all_places",
    "find_files",
    "find_names",
    "find_place",
    "find_places",
    "ontology_files",
    "ontology_folder",
    "places",
    "read_quads",
]
