"""The RDF behind the lines of a page, for who wants to see it: whole statements, with their graphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from factscape.terms import COMPARED, RDF, XSD

if TYPE_CHECKING:
    from factscape.claims.described import Reader
    from factscape.claims.descriptions import Said as SaidOf
    from factscape.views.drawn import Line
    from factscape.views.evidence import Evidence
    from factscape.views.tables import Tables

__all__ = ["read_triples"]

_MOST, _MOST_AMONG_MANY = 2_500, 1_500
"""So many triples a page holds, and one of more than a few hundred things; of what stands behind further lines it says how to ask for them."""
_MANY = 600


def read_triples(
    reader: Reader, lines: Sequence[Line], evidence: Evidence, tables: Tables
) -> dict[str, Any]:
    """Return the triples that draw lines, and all that is said of the statements behind them.

    `words`: IRIs and literals as Turtle writes them, each once; a number is the IRI of that passage.
    `stated`: for each line, by its number, the graphs that say in one triple what it says: one
    number of a word or a list of several (-1 for the default graph). `blocks`: graph, subject, then predicates and
    objects in turn, as numbers of words too. `of`: the blocks behind lines, by the number of the
    line, where there are any. What comes after the first few thousand is left out, and `stated`
    ends there.
    """
    most = _MOST if len(lines) < _MANY else _MOST_AMONG_MANY
    words: dict[str | int, int] = {}
    blocks: dict[tuple[int, ...], int] = {}
    stated: list[list[int]] = []
    of: dict[str, list[int]] = {}
    count = 0

    def word(term: str | int) -> int:
        return words.setdefault(term, len(words))

    def place(graph: str) -> int:
        return word(tables.passage(graph)) if graph else -1

    for number, line in enumerate(lines):
        if count >= most:
            break
        graphs = [place(graph) for graph in _stated_in(line)]
        stated.append(graphs)
        count += len(graphs)
        found: set[int] = set()
        for graph, subject, said in _behind(reader, line, evidence, tables):
            cells = [place(graph), word(tables.iri(subject))]
            for predicate, object_ in said:
                cells += [word(_predicate(predicate, tables)), word(object_)]
            key = tuple(cells)
            if key not in blocks:
                blocks[key] = len(blocks)
                count += len(said)
            found.add(blocks[key])
        if found:
            of[str(number)] = sorted(found)
    return {
        "words": list(words),
        "stated": [graphs[0] if len(graphs) == 1 else graphs for graphs in stated],
        "blocks": [list(block) for block in blocks],
        "of": of,
    }


def _stated_in(line: Line) -> list[str]:
    """Return the graphs that hold the very triple that a line shows."""
    quads = {quad for ground in line.grounds for quad in ground}
    return sorted(q[3] for q in quads if q[:3] == (line.start, line.relation, line.end))


Said = tuple[str, str]
"""A predicate, and an object as Turtle writes it."""


def _behind(
    reader: Reader, line: Line, evidence: Evidence, tables: Tables
) -> Iterator[tuple[str, str, list[Said]]]:
    """Yield what stands behind a line: graph, subject, and what that says of it."""
    for quad in sorted({quad for ground in line.grounds for quad in ground}):
        shown = quad[:3] == (line.start, line.relation, line.end)
        if quad[0] in (line.start, line.end) and not shown:
            yield quad[3], quad[0], [(quad[1], tables.iri(quad[2]))]
    for name in sorted(evidence.told_in(line)):
        by_graph: dict[str, list[Said]] = {}
        for one in reader.describe(name).said:
            if one.graph != COMPARED:
                said = one.predicate, _turtle(one, tables)
                by_graph.setdefault(one.graph, []).append(said)
        for graph, said_there in sorted(by_graph.items()):
            yield graph, name, said_there


def _turtle(said: SaidOf, tables: Tables) -> str:
    if not said.datatype:
        return tables.iri(said.text)
    text = '"' + said.text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if said.language:
        return f"{text}@{said.language}"
    return text if said.datatype == XSD.string else f"{text}^^{tables.iri(said.datatype)}"


def _predicate(predicate: str, tables: Tables) -> str:
    return "a" if predicate == RDF.type else tables.iri(predicate)
