"""Groups of comparable statements in a plain form, kept in a file when a snapshot is built."""

from __future__ import annotations

import gc
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from factscape.claims.arithmetic import Outcome, Recomputed
from factscape.claims.disagreement.groups import Group, group_statements
from factscape.claims.disagreement.near import NearMisses
from factscape.claims.disagreement.statements import Statement, read_statements
from factscape.errors import StoreError
from factscape.terms import COMPARED, FS, RDF, SKOS, name_of

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = [
    "Compared",
    "KeptGroups",
    "arithmetic_quads",
    "compare_all",
    "compare_statements",
    "verdict_quads",
    "write_groups",
]

_MOST_NEAR = 20
"""So many near misses of a group are kept."""

_SCHEMA = """
CREATE TABLE grouped (
    place INTEGER PRIMARY KEY, thing TEXT, metric TEXT, name TEXT, compared TEXT);
-- The groups that a statement stands in; an event and a bare relation by what they are about.
CREATE TABLE member (claim TEXT, place INTEGER);
"""
_INDICES = """
CREATE INDEX grouped_thing ON grouped (thing);
CREATE INDEX grouped_name ON grouped (name);
CREATE INDEX member_claim ON member (claim);
"""


class Compared(NamedTuple):
    """A group of statements that compare, in texts and numbers only; all that is named is an IRI.

    Places count the `statements` from 0.
    """

    thing: str
    metric: str
    kind: str
    """`figure`, `rank`, `relation` or `date`."""
    verdict: str
    """The worst class of its pairs."""
    disputed: bool
    gap: float | None
    """How far the furthest value is from the best, in parts of the best."""
    voices: int
    """Independent ones: all that repeat one document are one."""
    sources: int
    statements: list[list[str]]
    """Of each its IRI, its graph, and what a relation names."""
    sides: list[list[int]]
    """The places of the statements that say the same; the best side first, and in it the best."""
    side_voices: list[int]
    pairs: list[list[Any]]
    """Two places and the class."""
    near: list[list[str]]
    """Statements that do not compare: IRI, graph and reason."""
    name: str
    """What the group is called by, as long as it is about the same."""


def compare_statements(
    store: Store, statements: Iterable[Statement] | None = None
) -> list[Compared]:
    """Return all groups of statements that compare, those that matter most first.

    Of the `statements` given, else of all in the store.
    """
    known = list(read_statements(store) if statements is None else statements)
    near = NearMisses(known, _related_metrics(store))
    return [_plain(group, near) for group in group_statements(known)]


def compare_all(store: Store) -> tuple[list[Statement], list[Compared]]:
    """Return all statements of a store, and the groups of those that compare.

    Millions of objects are made and none is let go of: to look through them for garbage again and
    again takes a third of the time, so that waits until all is done.
    """
    looked = gc.isenabled()
    gc.disable()
    try:
        statements = list(read_statements(store))
        return statements, compare_statements(store, statements)
    finally:
        if looked:
            gc.enable()


def _plain(group: Group, near: NearMisses) -> Compared:
    beside = near.beside(group)[:_MOST_NEAR] if group.best.kind == "figure" else []
    return Compared(
        thing=group.best.of,
        metric=group.best.metric,
        kind=group.best.kind,
        verdict=group.verdict.name,
        disputed=group.disputed,
        gap=group.gap,
        voices=group.voices,
        sources=len({one.source for one in group.statements}),
        statements=[[one.iri, one.graph, one.object] for one in group.statements],
        sides=[list(side.members) for side in group.sides],
        side_voices=[side.voices for side in group.sides],
        pairs=[[pair.one, pair.other, pair.verdict.name] for pair in group.pairs],
        near=[[one.statement.iri, one.statement.graph, one.reason] for one in beside],
        name=group.name,
    )


def verdict_quads(statements: Iterable[Statement], groups: Iterable[Compared]) -> Iterator[ox.Quad]:
    """Yield what comparing showed of figures and ranks: which are best, how disputed they are.

    A figure that compares with nothing is the best there is of its kind.
    """
    alone = {one.iri for one in statements if one.kind in ("figure", "rank")}
    if alone:
        graph = ox.NamedNode(COMPARED)
        yield ox.Quad(graph, ox.NamedNode(RDF.type), ox.NamedNode(FS.DerivedGraph))
    for group in groups:
        if group.kind not in ("figure", "rank"):
            continue
        best = group.sides[0][0]
        for place, (iri, _, _) in enumerate(group.statements):
            alone.discard(iri)
            yield _quad(iri, FS.best, ox.Literal(place == best))
            yield _quad(iri, FS.verdict, ox.NamedNode(getattr(FS, group.verdict)))
            yield _quad(iri, FS.sourceCount, ox.Literal(group.sources))
            yield _quad(iri, FS.voiceCount, ox.Literal(group.voices))
    for iri in alone:
        yield _quad(iri, FS.best, ox.Literal(True))


def arithmetic_quads(recomputed: Iterable[Recomputed]) -> Iterator[ox.Quad]:
    """Yield whether figures follow from others: of several ways the one that does not counts.

    With the inputs of that way.
    """
    worst: dict[str, Recomputed] = {}
    for one in recomputed:
        if one.statement is not None:
            known = worst.setdefault(one.statement.iri, one)
            if _SEVERITY[one.outcome] > _SEVERITY[known.outcome]:
                worst[one.statement.iri] = one
    for iri, one in worst.items():
        yield _quad(iri, FS.arithmetic, ox.NamedNode(_OUTCOMES[one.outcome]))
        for each in one.inputs:
            yield _quad(iri, FS.input, ox.NamedNode(each.iri))


_OUTCOMES = {
    Outcome.INPUTS_MISSING: FS.inputsMissing,
    Outcome.HOLDS: FS.holds,
    Outcome.DOES_NOT_FOLLOW: FS.doesNotFollow,
}
_SEVERITY = {outcome: place for place, outcome in enumerate(_OUTCOMES)}


def _quad(iri: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    subject = ox.BlankNode(iri[2:]) if iri.startswith("_:") else ox.NamedNode(iri)
    return ox.Quad(subject, ox.NamedNode(predicate), value, ox.NamedNode(COMPARED))


def _related_metrics(store: Store) -> dict[str, set[str]]:
    """Return for each metric those that are easily taken for it: skos:related, either way."""
    related: dict[str, set[str]] = {}
    for quad in store.quads(None, ox.NamedNode(SKOS.related)):
        one, other = name_of(quad.subject), name_of(quad.object)
        related.setdefault(one, set()).add(other)
        related.setdefault(other, set()).add(one)
    return related


def write_groups(groups: Iterable[Compared], path: Path) -> None:
    """Write groups to a new file, in their order; raise StoreError where it cannot be written."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.executescript(_SCHEMA)
            connection.execute("BEGIN")
            for place, group in enumerate(groups):
                row = place, group.thing, group.metric, group.name, json.dumps(group)
                connection.execute("INSERT INTO grouped VALUES (?, ?, ?, ?, ?)", row)
                members = {(iri, place) for iri, _, _ in group.statements}
                connection.executemany("INSERT INTO member VALUES (?, ?)", sorted(members))
            connection.execute("COMMIT")
            connection.executescript(_INDICES)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"the comparisons {path} cannot be written: {error}") from error


class KeptGroups:
    """A file that `write_groups` wrote, opened for reading."""

    def __init__(self, path: Path) -> None:
        """Open the file; raise StoreError when it is missing or damaged."""
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise StoreError(f"the comparisons {path} cannot be read: {error}") from error

    def all(self) -> Iterator[Compared]:
        """Yield every group, those that matter most first."""
        yield from self._groups("SELECT compared FROM grouped ORDER BY place")

    def with_claim(self, claim: str) -> list[Compared]:
        """Return the groups that a statement stands in."""
        sql = """SELECT compared FROM member JOIN grouped USING (place)
            WHERE claim = ? ORDER BY place"""
        return list(self._groups(sql, claim))

    def of(self, thing: str) -> list[Compared]:
        """Return the groups of statements about a thing."""
        return list(
            self._groups("SELECT compared FROM grouped WHERE thing = ? ORDER BY place", thing)
        )

    def called(self, name: str) -> list[Compared]:
        """Return the groups with this name: one, or none."""
        return list(
            self._groups("SELECT compared FROM grouped WHERE name = ? ORDER BY place", name)
        )

    def close(self) -> None:
        """Let go of the file; closing twice is no error."""
        self._connection.close()

    def _groups(self, sql: str, *values: str) -> Iterator[Compared]:
        try:
            for (text,) in self._connection.execute(sql, values):
                yield Compared(*json.loads(text))
        except sqlite3.Error as error:
            raise StoreError(
                f"the comparisons cannot be read: {error}",
                hint="empty the cache, and they are written anew",
            ) from error
