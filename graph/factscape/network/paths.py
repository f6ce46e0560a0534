"""How two things hang together: the shortest ways over facts, each step with who says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING, Any

from factscape.claims.cards.parts import Citation, Named
from factscape.claims.described import Reader
from factscape.network.build import build_network

if TYPE_CHECKING:
    import networkx

__all__ = ["Path", "Step", "find_paths"]


@dataclass(frozen=True)
class Step:
    """One fact that joins two stations of the way, in whichever direction it is said."""

    subject: Named
    predicate: Named
    object: Named
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Path:
    """A way from one thing to another; between two stations several facts may stand."""

    stations: tuple[Named, ...]
    steps: tuple[tuple[Step, ...], ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the way as plain dictionaries and lists, as JSON shows it."""
        return asdict(self)


def find_paths(
    reader: Reader, start: str, end: str, *, count: int = 1, max_steps: int = 6
) -> list[Path]:
    """Return up to `count` shortest ways between two things (IRIs), none longer than `max_steps`.

    Facts are followed in both directions; types, metrics, units and periods are no stations. The
    ways come from the shortest on (Yen, "Finding the k shortest loopless paths", 1971, as
    networkx has it), in the same order for the same facts.

    >>> import pyoxigraph as ox
    >>> from factscape.store.oxigraph import MemoryStore
    >>> store = MemoryStore(ox.Store())
    >>> store.oxigraph.load(
    ...     b"<urn:a> <urn:owns> <urn:b> . <urn:c> <urn:makes> <urn:b> .", ox.RdfFormat.TURTLE)
    >>> (path,) = find_paths(Reader(store), "urn:a", "urn:c")
    >>> [station.iri for station in path.stations]
    ['urn:a', 'urn:b', 'urn:c']
    >>> [fact.subject.iri for facts in path.steps for fact in facts]
    ['urn:a', 'urn:c']
    """
    import networkx

    network = build_network(reader.store)
    if start not in network or end not in network or start == end:
        return []
    plain = networkx.Graph()
    plain.add_nodes_from(network)
    plain.add_edges_from(sorted(network.edges()))
    try:
        ways = networkx.shortest_simple_paths(plain, start, end)
        short = takewhile(lambda way: len(way) - 1 <= max_steps, ways)
        return [_told(reader, network, way) for way in islice(short, count)]
    except networkx.NetworkXNoPath:
        return []


def _told(reader: Reader, network: networkx.MultiDiGraph[str], way: list[str]) -> Path:
    return Path(
        tuple(reader.named(station) for station in way),
        tuple(tuple(_facts(reader, network, *ends)) for ends in pairwise(way)),
    )


def _facts(
    reader: Reader, network: networkx.MultiDiGraph[str], one: str, other: str
) -> Iterator[Step]:
    for subject, object_ in ((one, other), (other, one)):
        edges = network.get_edge_data(subject, object_, default={})
        for predicate in sorted(edges):
            graphs = sorted(set(edges[predicate]["graphs"]) - {""})
            yield Step(
                subject=reader.named(subject),
                predicate=reader.named(predicate),
                object=reader.named(object_),
                citations=tuple(reader.citation(graph) for graph in graphs),
            )
