"""What a front page shows: what is here, in every language, and the gravest open disagreements.

It takes a look at everything, so it is worked out when facts are compiled, and kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from factscape.claims.cards.parts import as_plain
from factscape.claims.described import LANGUAGES, Reader
from factscape.claims.disagreement.shown import brief_groups
from factscape.claims.overview import overview
from factscape.claims.things import read_things

if TYPE_CHECKING:
    from factscape.claims.disagreement.kept import Compared

__all__ = ["read_front"]

_SHOWN = 6


def read_front(reader: Reader, groups: Iterable[Compared]) -> dict[str, Any]:
    """Return it as JSON has it; of the groups the gravest come first.

    >>> import pyoxigraph as ox
    >>> from factscape.store.oxigraph import MemoryStore
    >>> front = read_front(Reader(MemoryStore(ox.Store())), [])
    >>> front["overview"]["zh"]["things"], front["disputed"]
    (0, {'count': 0, 'groups': []})
    """
    things = read_things(reader.store)
    disputed = [group for group in groups if group.disputed]
    shown = as_plain(tuple(brief_groups(disputed[:_SHOWN], reader)))
    return {
        "overview": {lang: overview(reader.store, lang, things).as_dict() for lang in LANGUAGES},
        "disputed": {"count": len(disputed), "groups": shown},
    }
