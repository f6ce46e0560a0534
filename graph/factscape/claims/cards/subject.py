"""The thing that a card is of, with what names it: statements, events, other things."""

from __future__ import annotations

from collections.abc import Iterable

from factscape.claims.cards.parts import Citation
from factscape.claims.described import Described, Reader
from factscape.claims.descriptions import MOST
from factscape.terms import COMPARED, DCT, FS, PROV

__all__ = ["TIMES", "Subject"]

TIMES = (FS.at, FS.during, FS.begins, FS.ends)


class Subject:
    """One thing, and what is said of it."""

    def __init__(self, reader: Reader, iri: str) -> None:
        """Read what is said of the thing, and what names it."""
        self.reader = reader
        self.iri = iri
        self.thing = reader.describe(iri)
        incoming = reader.mentions(iri)
        self.complete = len(incoming) <= MOST and len(self.thing.said) <= MOST
        self.incoming = sorted(incoming[:MOST])
        """What names it: subject, predicate, graph."""
        self.statements: dict[str, Described] = {}
        self.events: dict[str, Described] = {}
        self._machinery: set[str] = set()
        self._sort_out()
        self._learn()

    def _sort_out(self) -> None:
        """Tell statements and events from the other things that name the thing."""
        names = dict.fromkeys((self.iri, *(name for name, _, _ in self.incoming)))
        self.reader.prepare(names)
        self.reader.learn(names)
        for name in names:
            if self.reader.is_a(name, FS.Statement):
                self.statements[name] = self.reader.describe(name)
            elif name != self.iri and self.reader.is_a(name, FS.Event):
                self.events[name] = self.reader.describe(name)
            elif name != self.iri and self.reader.is_a(name, FS.Passage):
                self._machinery.add(name)

    def _learn(self) -> None:
        """Learn what all that the lines will name is called."""
        described = [self.thing, *self.statements.values(), *self.events.values()]
        said = [one for each in described for one in each.said]
        graphs = {*(one.graph for one in said), *(graph for _, _, graph in self.incoming)}
        self.reader.prepare(graphs)
        told = {one.text for one in said if one.predicate in (FS.metric, FS.unit)}
        ways = {predicate for _, predicate, _ in self.incoming}
        # One by one these would be hundreds of look-ups.
        sources = graphs | self._behind(graphs)
        self.reader.prepare(sources | told | ways)
        publishers = (self.reader.describe(one).one(DCT.publisher) for one in sources)
        self.reader.learn(
            {
                *(one for one in publishers if one),
                *(one.text for one in said if not one.datatype),
                *(one.predicate for one in said),
                *ways,
                *self.reader.types(self.iri),
                *(kind for event in self.events for kind in self.reader.types(event)[:1]),
            }
        )

    def _behind(self, graphs: Iterable[str]) -> set[str]:
        """Return the sources of passages, and the passages that derived graphs follow from."""
        said = [one for graph in graphs for one in self.reader.describe(graph).said]
        return {one.text for one in said if one.predicate in (FS.passageOf, PROV.wasDerivedFrom)}

    def tells_elsewhere(self, name: str) -> bool:
        """Say whether what names the thing has lines of another kind, or is only machinery."""
        return name in self.statements or name in self.events or name in self._machinery

    def citations(self, graphs: Iterable[str]) -> tuple[Citation, ...]:
        """Return where graphs stand in their sources; what was derived cites its premises.

        What comparing showed stands in none.
        """
        named = {graph for graph in graphs if graph not in ("", COMPARED)}
        stated = {one for graph in named for one in self.reader.premises(graph) or [graph]}
        found = [self.reader.citation(graph) for graph in stated]
        return tuple(
            sorted(found, key=lambda one: (one.source.iri, one.paragraph or 0, one.passage))
        )
