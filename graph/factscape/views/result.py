"""What a query answered, as lines: two or three columns of IRIs, or the triples of a CONSTRUCT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factscape.errors import FactscapeError, MisuseError
from factscape.terms import FS, RDF, name_of
from factscape.views.drawn import Drawn, Line

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Result", "read_result"]


@dataclass(frozen=True)
class Result:
    """The answer to a query: pairs of things, and what joins them where the query says it."""

    name: str
    """What the query is called."""
    edges: tuple[tuple[str, str, str], ...]
    """Start, predicate (or the empty string) and end."""

    def lines(self, drawn: Drawn) -> list[Line]:
        """Return the lines to draw: those of the facts where they have them, else new ones.

        >>> drawn = Drawn({}, frozenset(), (Line("a", "b", "urn:p"),), {})
        >>> [line.relation for line in Result("q", (("a", "", "b"), ("b", "urn:q", "c"))).lines(drawn)]
        ['urn:p', 'urn:q']
        """
        known: dict[frozenset[str], list[Line]] = {}
        for line in drawn.lines:
            known.setdefault(frozenset((line.start, line.end)), []).append(line)
        found = dict.fromkeys(line for edge in self.edges for line in _lines(edge, known))
        return sorted(found, key=lambda line: (line.start, line.end, line.relation))


def _lines(edge: tuple[str, str, str], known: dict[frozenset[str], list[Line]]) -> Iterator[Line]:
    start, predicate, end = edge
    some = known.get(frozenset((start, end)), [])
    if predicate:
        some = [ln for ln in some if (ln.start, ln.relation, ln.end) == edge]
    yield from some or [Line(start, end, predicate or FS.Edge)]


def read_result(
    answer: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean | list[ox.Triple], name: str
) -> Result:
    """Read the answer to a query; triples with a literal are passed over, and further columns.

    Raises MisuseError where it cannot be drawn, FactscapeError where there is nothing in it.
    """
    import pyoxigraph as ox

    if isinstance(answer, ox.QueryTriples | list):
        rows: list[tuple[object, ...]] = [
            (triple.subject, triple.predicate, triple.object) for triple in answer
        ]
    elif isinstance(answer, ox.QuerySolutions):
        read = [tuple(row) for row in answer]
        answer = []
        rows = _columns_of_iris(read)
    else:
        raise MisuseError("this query answers yes or no", hint="SELECT or CONSTRUCT can be drawn")
    # The engine's answer may not outlive this thread, as it would where an error remembers it.
    del answer
    edges = _edges(rows)
    if not edges:
        raise FactscapeError(
            "the query found no two things that are joined", hint="see: factscape query"
        )
    return Result(name, edges)


def _columns_of_iris(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Return the first two columns of nothing but IRIs; three, where the query has three of them.

    Raises MisuseError where there are fewer.
    """
    import pyoxigraph as ox

    width = len(rows[0]) if rows else 0
    named = [
        column
        for column in range(width)
        if all(isinstance(row[column], ox.NamedNode | ox.BlankNode) for row in rows)
    ]
    if rows and len(named) < 2:
        raise MisuseError(
            "this query has no two columns of IRIs to draw lines between",
            hint="SELECT start and end, or start, property and end; or CONSTRUCT triples",
        )
    kept = named if len(named) == width == 3 else named[:2]
    return [tuple(row[column] for column in kept) for row in rows]


def _edges(rows: Iterable[tuple[object, ...]]) -> tuple[tuple[str, str, str], ...]:
    import pyoxigraph as ox

    found: dict[tuple[str, str, str], None] = {}
    for row in rows:
        if all(isinstance(cell, ox.NamedNode | ox.BlankNode) for cell in row):
            names = [name_of(cell) for cell in row]
            predicate = names[1] if len(names) == 3 else ""
            if names[0] != names[-1] and predicate != RDF.type:
                found[names[0], predicate, names[-1]] = None
    return tuple(found)
