"""How the statements of a source are laid out in its file: things first, then statements, sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from factscape.exchange.mapping import NewThing
from factscape.exchange.pages import Page
from factscape.exchange.statements import Edge, Made, Statement, reading_order
from factscape.exchange.trig import Block
from factscape.exchange.values import Term
from factscape.names.fold import has_han
from factscape.terms import RDF, SKOS

__all__ = [
    "RowMade",
    "file_blocks",
    "row_blocks",
    "source_block",
    "statements",
    "terms",
    "thing_block",
]


@dataclass
class RowMade:
    """What one row makes, in the source that it is from."""

    row: str
    line: int | None
    page: Page
    made: list[Made]


@dataclass
class _Above:
    """What stands above a block: the rows that it comes from, and their notes."""

    rows: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def add(self, row: str, note: str) -> None:
        self.rows[row] = None
        if note:
            self.notes[note] = None

    def comments(self) -> list[str]:
        rows = f"row{'s' if len(self.rows) > 1 else ''} {', '.join(self.rows)}" if self.rows else ""
        return [*([rows] if rows else []), *self.notes]


def statements(row: RowMade) -> list[Statement]:
    """Return the statements that a row makes."""
    return [made.statement for made in row.made if made.statement is not None]


def terms(row: RowMade) -> Iterator[Term]:
    """Yield all that a row and its page speak of."""
    yield from (term for _, term in row.page.pairs)
    for made in row.made:
        for edge in made.edges:
            yield from (edge.subject, edge.object)
        if made.statement is not None:
            yield from (term for _, term in made.statement.pairs)


def row_blocks(row: RowMade) -> list[Block]:
    """Return what one row makes, without the row's name above it."""
    return [Block(block.subject, block.pairs) for block in file_blocks([row], named=False)]


def file_blocks(rows: Iterable[RowMade], *, named: bool) -> list[Block]:
    """Return what the rows of a page make: plain triples by their subjects, then statements.

    With `named` the rows stand in a comment above what they make.
    """
    edges: dict[ox.NamedNode, dict[Edge, None]] = {}
    said: dict[ox.NamedNode, Statement] = {}
    above: dict[ox.NamedNode, _Above] = {}
    for row in rows:
        for made in row.made:
            for edge in made.edges:
                edges.setdefault(edge.subject, {})[edge] = None
            if made.statement is not None:
                said.setdefault(made.statement.address, made.statement)
            subject = made.statement.address if made.statement else made.edges[0].subject
            above.setdefault(subject, _Above()).add(row.row, made.note)
            if not named:
                above[subject].rows.clear()
    plain = [
        Block(
            subject,
            [(p, o) for _, p, o in sorted(edges[subject], key=_edge_order)],
            _of(above, subject),
        )
        for subject in _sorted(edges)
    ]
    return plain + [
        Block(address, said[address].pairs, _of(above, address)) for address in _sorted(said)
    ]


def _of(above: dict[ox.NamedNode, _Above], subject: ox.NamedNode) -> list[str]:
    return above[subject].comments() if subject in above else []


def _sorted(nodes: Iterable[ox.NamedNode]) -> list[ox.NamedNode]:
    key: Callable[[ox.NamedNode], str] = lambda node: node.value  # noqa: E731
    return sorted(nodes, key=key)


def _edge_order(edge: Edge) -> tuple[int, str, str]:
    return reading_order((edge.predicate, edge.object))


def source_block(page: Page) -> Block:
    """Return the description of a source."""
    return Block(ox.NamedNode(page.iri), page.pairs, [page.comment] if page.comment else [])


def thing_block(thing: NewThing) -> Block:
    """Return a thing's types and names."""
    said: list[tuple[str, Term]] = [(RDF.type, ox.NamedNode(type_)) for type_ in thing.types]
    said += [
        (SKOS.prefLabel, ox.Literal(text, language=language))
        for text, language in ((thing.en, "en"), (thing.zh, "zh"))
        if text
    ]
    said += [
        (SKOS.altLabel, ox.Literal(text, language="zh" if has_han(text) else "en"))
        for text in sorted(set(filter(str.strip, thing.also)))
    ]
    pairs = [(ox.NamedNode(name), term) for name, term in said]
    return Block(ox.NamedNode(thing.iri), pairs, [thing.comment] if thing.comment else [])
