"""What every picture of one store is taken from: worked out once, for one page or for many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from factscape.claims.holding import Spans
from factscape.network import build_network
from factscape.views.drawing import Drawings, read_drawings
from factscape.views.drawn import Drawn, Line, draw
from factscape.views.evidence import Behind, Evidence, spans_of_things

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = ["Stage"]


@dataclass(frozen=True)
class Stage:
    """All that there is to draw, how it is drawn, and what stands behind it."""

    store: Store
    kinds: dict[str, str]
    """The kind of every thing of the network, drawn or not."""
    drawings: Drawings
    drawn: Drawn
    evidence: Evidence

    @classmethod
    def of(cls, store: Store, disputed: Collection[str] = ()) -> Stage:
        """Set the stage for a store; `disputed` are the statements that others contradict."""
        network = build_network(store)
        drawings = read_drawings(store)
        kinds = {name: types[0] for name, types in network.nodes(data="types") if types}
        drawn = draw(network, store, drawings)
        return cls(store, kinds, drawings, drawn, Evidence(store, disputed))

    def with_only(self, drawn: Drawn) -> Stage:
        """Return the same stage with something else drawn on it."""
        return replace(self, drawn=drawn)

    @cached_property
    def behind(self) -> dict[Line, Behind]:
        """What stands behind every line that there is."""
        return {line: self.evidence.of(line) for line in self.drawn.lines}

    @cached_property
    def things_hold(self) -> dict[str, Spans]:
        """When each thing is there."""
        return spans_of_things(self.drawn, {ln: one.spans for ln, one in self.behind.items()})

    @cached_property
    def beside(self) -> dict[str, tuple[str, ...]]:
        """The neighbours of each thing, the most important first: points before hubs."""
        found: dict[str, set[str]] = defaultdict(set)
        for line in self.drawn.lines:
            found[line.start].add(line.end)
            found[line.end].add(line.start)
        hubs = self.drawn.hubs

        def rank(name: str) -> tuple[bool, int, str]:
            return name in hubs, -len(found[name]), name

        return {name: tuple(sorted(found[name], key=rank)) for name in self.drawn.things}
