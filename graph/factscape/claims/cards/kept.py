"""Cards of what much names, put together when a snapshot is built: to read one takes a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from factscape.claims.cards.card import card
from factscape.claims.cards.packing import packed
from factscape.claims.described import Reader
from factscape.claims.descriptions import MOST, Descriptions, add_cards
from factscape.names.index import NameIndex
from factscape.store.oxigraph import MemoryStore

__all__ = ["write_cards"]

_MUCH = 100
"""Where fewer triples name a thing, its card is as soon read as unpacked."""

_TOGETHER = 20
"""So many cards are read by one reader, which remembers all that it has read."""


def write_cards(store: ox.Store, names: Path, descriptions: Path) -> None:
    """Add cards to a file of descriptions, which with an index of names says what is on them.

    Classes, units and periods, which facts are not about, are left out, and so are hubs that no
    card shows all of. Raises StoreError.
    """
    with closing(Descriptions(descriptions)) as known, NameIndex(names) as index:
        things = index.known(known.named_by(_MUCH, MOST))
        iris = [thing.iri for thing in things if not thing.background]
        cards = list(_cards(MemoryStore(store), index, known, iris))
    add_cards(cards, descriptions)


def _cards(
    store: MemoryStore, names: NameIndex, known: Descriptions, iris: list[str]
) -> Iterator[tuple[str, str]]:
    rest = iter(iris)
    while some := list(islice(rest, _TOGETHER)):
        reader = Reader(store, names, known)
        for iri in some:
            yield iri, packed(card(store, iri, reader))
