"""Facts as a site shows them: only what follows from the facts, and everything found at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from factscape.opening import Facts
from factscape.reading import find_all_places, ontology_folder
from factscape.reading.differing import content_names

if TYPE_CHECKING:
    from factscape.claims.disagreement.kept import Compared
    from factscape.claims.trail import Trail
    from factscape.errors import Place

__all__ = ["SiteFacts"]

_ALL = ("", "")
_BLANK = re.compile(rb"_:([0-9A-Za-z]+)")


class SiteFacts(Facts):
    """Facts of which nothing is told that depends on more than the facts themselves.

    >>> from factscape.opening import open_facts
    >>> with SiteFacts(open_facts()) as facts:
    ...     facts.is_known("https://w3id.org/factscape/id/zhipu")
    True
    """

    def __init__(self, facts: Facts) -> None:
        """Look at open facts in this way: the store, the files and the snapshot are the same."""
        vars(self).update(vars(facts))

    def __enter__(self) -> SiteFacts:
        """Return these facts."""
        return self

    def place(self, iri: str) -> Place | None:
        """Return what `Facts.place` does, out of one reading of all files."""
        return self._places.get(iri)

    def why(self, claim: str, *, committed: bool = False) -> Trail:
        """Return what `Facts.why` does, without the commit, which is not a fact."""
        return super().why(claim, committed=committed)

    def compared(
        self,
        claim: str | None = None,
        *,
        thing: str | None = None,
        name: str | None = None,
        currency: str | None = None,
    ) -> list[Compared]:
        """Return what `Facts.compared` does, read once."""
        if currency:
            return super().compared(claim, thing=thing, name=name, currency=currency)
        asked = ("claim", claim), ("name", name), ("thing", thing)
        key = next(((kind, iri) for kind, iri in asked if iri), _ALL)
        return self._groups.get(key, [])

    def is_known(self, iri: str) -> bool:
        """Say whether anything is said with this IRI, so that there is a page about it."""
        return iri in self._known

    @property
    def state(self) -> str | None:
        """Which snapshot this is, so that two processes can see whether they read the same."""
        return self._snapshot.name if self._snapshot else None

    @cached_property
    def own(self) -> list[str]:
        """Everything that the facts themselves speak of; of the vocabulary they may use only a part."""
        vocabulary = ontology_folder()
        said = (
            iri
            for iri, place in self._places.items()
            if not Path(place.file).is_relative_to(vocabulary) and self.is_known(iri)
        )
        # A store that was opened as it is says nothing of files.
        return sorted(said if self.files else self._subjects)

    def steadied(self, text: bytes) -> bytes:
        """Return a text with blank nodes called by what is said of them, not by chance."""
        names = self._blank_names
        return _BLANK.sub(lambda found: names.get(found[1], found[0]), text) if names else text

    @cached_property
    def _groups(self) -> dict[tuple[str, str], list[Compared]]:
        """The groups of statements that compare: all, and those of a claim, name or thing."""
        kept: dict[tuple[str, str], list[Compared]] = {}
        for group in super().compared():
            claims = {("claim", iri) for iri, _, _ in group.statements}
            for key in (_ALL, ("name", group.name), ("thing", group.thing), *claims):
                kept.setdefault(key, []).append(group)
        return kept

    @cached_property
    def blank_nodes(self) -> Mapping[object, ox.BlankNode]:
        """What blank nodes are called in the site."""
        quads = self.store.quads()
        return content_names([q for q in quads if any(isinstance(t, ox.BlankNode) for t in q)])

    @cached_property
    def _blank_names(self) -> dict[bytes, bytes]:
        return {
            node.value.encode(): str(name).encode()
            for node, name in self.blank_nodes.items()
            if isinstance(node, ox.BlankNode)
        }

    @cached_property
    def _subjects(self) -> frozenset[str]:
        quads = self.store.quads()
        return frozenset(q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode))

    @cached_property
    def _known(self) -> frozenset[str]:
        objects = (quad.object for quad in self.store.quads())
        named = (term.value for term in objects if isinstance(term, ox.NamedNode))
        return self._subjects.union(named)

    @cached_property
    def _places(self) -> dict[str, Place]:
        return find_all_places(self.files)
