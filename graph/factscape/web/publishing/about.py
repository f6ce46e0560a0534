"""What a site says of its facts as a whole: whose they are, under which licence, how to cite them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from factscape.claims.sources import read_sources
from factscape.reading import facts_folder, ontology_folder
from factscape.terms import DATASETS, DCT, RDF, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from factscape.opening import Facts
    from factscape.store import Store

__all__ = ["About", "about_words", "citation_file", "is_bundled", "read_about"]

_OURS = "Factscape facts and ontology"
_AUTHORS = ("the Factscape authors",)
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_SPDX = {
    "//creativecommons.org/licenses/by/4.0": "CC-BY-4.0",
    "//creativecommons.org/licenses/by-sa/4.0": "CC-BY-SA-4.0",
    "//creativecommons.org/licenses/by-nc/4.0": "CC-BY-NC-4.0",
    "//creativecommons.org/publicdomain/zero/1.0": "CC0-1.0",
    "//opendatacommons.org/licenses/odbl/1-0": "ODbL-1.0",
}
_SHOWN_OF_HASH = 16


@dataclass(frozen=True)
class About:
    """The facts of a site as one work. What the data do not say of it is None or empty."""

    title: str | None
    creators: tuple[str, ...]
    licence: str | None
    """The address of its licence, or its name."""
    newest: str | None
    """The date of the newest source."""
    hash: str | None

    @property
    def citation(self) -> str:
        """How to cite it in a text.

        >>> About("Beans", ("Ada", "Bo"), None, "2025-03", "c0ffee" * 10).citation
        'Ada, Bo: "Beans", sources up to 2025-03, release c0ffeec0ffeec0ff'
        """
        title = f'"{self.title}"' if self.title else "Facts published with Factscape"
        parts = [f"{', '.join(self.creators)}: {title}" if self.creators else title]
        if self.newest:
            parts.append(f"sources up to {self.newest}")
        if self.licence:
            parts.append(f"{_short(self.licence)} ({self.licence})")
        if self.hash:
            parts.append(f"release {self.hash[:_SHOWN_OF_HASH]}")
        return ", ".join(parts)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            **asdict(self),
            "creators": list(self.creators),
            "hash_algorithm": "SHA-256 of RDFC-1.0",
            "citation": self.citation,
        }


def read_about(facts: Facts, hash: str | None) -> About:
    """Return what the facts say of themselves as a dcat, void or schema.org Dataset.

    Of the bundled facts it is known.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     read_about(facts, None).licence
    'https://creativecommons.org/licenses/by/4.0/'
    """
    newest = next((one.issued for one in read_sources(facts.store) if one.issued), None)
    if is_bundled(facts):
        return About(_OURS, _AUTHORS, _LICENCE, newest, hash)
    for dataset in _datasets(facts.store):
        said = {
            key: list(_texts(facts, dataset, property))
            for key, property in (
                ("title", DCT.title),
                ("creators", DCT.creator),
                ("licence", DCT.license),
            )
        }
        title, licence = (next(iter(said[key]), None) for key in ("title", "licence"))
        return About(title, tuple(said["creators"]), licence, newest, hash)
    return About(None, (), None, newest, hash)


def is_bundled(facts: Facts) -> bool:
    """Say whether these are the facts that come with Factscape, and no others.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     is_bundled(facts)
    True
    """
    own = [path for path in facts.files if not path.is_relative_to(ontology_folder())]
    return bool(own) and all(path.is_relative_to(facts_folder()) for path in own)


@cache
def about_words() -> dict[str, dict[str, str]]:
    """Return the words of the page about the facts, by language.

    >>> about_words()["zh"]["licence"]
    '许可'
    """
    path = Path(__file__).parent / "static" / "about-words.json"
    found: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def citation_file(about: About, base_url: str | None) -> bytes:
    """Return a CITATION.cff for the facts; what is not known is left out.

    >>> print(citation_file(About("Beans", (), None, None, None), None).decode(), end="")
    cff-version: 1.2.0
    message: "If you use these facts, please cite them, and the sources that state them."
    type: dataset
    title: "Beans"
    authors:
      - name: "the authors of these facts"
    """
    lines = [
        "cff-version: 1.2.0",
        'message: "If you use these facts, please cite them, and the sources that state them."',
        "type: dataset",
        f"title: {_quoted(about.title or 'Facts published with Factscape')}",
        "authors:",
        *(
            f"  - name: {_quoted(name)}"
            for name in about.creators or ("the authors of these facts",)
        ),
    ]
    if about.licence and (spdx := _spdx(about.licence)):
        lines.append(f"license: {spdx}")
    elif about.licence and about.licence.startswith(("http://", "https://")):
        lines.append(f"license-url: {_quoted(about.licence)}")
    if base_url:
        lines.append(f"url: {_quoted(base_url)}")
    if about.hash:
        said = "SHA-256 of the canonical form (RDFC-1.0)"
        lines += [
            "identifiers:",
            "  - type: other",
            f"    value: sha256:{about.hash}",
            f"    description: {_quoted(said)}",
        ]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _datasets(store: Store) -> Iterator[ox.NamedNode]:
    kinds = map(ox.NamedNode, DATASETS)
    found = (quad for kind in kinds for quad in store.quads(None, ox.NamedNode(RDF.type), kind))
    names = {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}
    return map(ox.NamedNode, sorted(names))


def _texts(facts: Facts, subject: ox.NamedNode, property: str) -> Iterator[str]:
    """Yield what a property says, in order: texts as they are, people by name, addresses."""
    objects = {quad.object for quad in facts.store.quads(subject, ox.NamedNode(property))}
    for term in sorted(objects, key=str):
        if isinstance(term, ox.NamedNode) and property == DCT.creator:
            yield facts.reader.label(term.value)["en"] or term.value
        elif isinstance(term, ox.NamedNode | ox.Literal):
            yield name_of(term).removeprefix('"') if isinstance(term, ox.NamedNode) else term.value


def _spdx(licence: str) -> str | None:
    return _SPDX.get(licence.partition(":")[2].rstrip("/").removesuffix("/legalcode"))


def _short(licence: str) -> str:
    return (_spdx(licence) or "licence").replace("CC-BY-4.0", "CC BY 4.0")


def _quoted(text: str) -> str:
    """Return a text as YAML has it: its strings in double quotes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)
