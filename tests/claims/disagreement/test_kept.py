"""Groups in a file: what is written is what is read, and what cannot be is said."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest

from factscape.claims.disagreement.kept import (
    Compared,
    KeptGroups,
    compare_all,
    compare_statements,
    verdict_quads,
    write_groups,
)
from factscape.errors import StoreError
from factscape.store.oxigraph import MemoryStore
from factscape.terms import COMPARED, FS, PREFIXES

CLAIM, ID = PREFIXES["claim"], PREFIXES["id"]


def _says(name: str, of: str, value: int, more: str = "") -> str:
    return f"""src:{name} a fs:Source ; fs:reliability "B" . GRAPH src:{name} {{
        claim:{name} a fs:Observation ; fs:of id:{of} ; fs:metric metric:net-loss ;
          fs:value {value} ; fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "{value}" {more} . }}
        """


FACTS = (
    _says("a", "firm", 11)
    + _says("b", "firm", 13)
    + _says("c", "rival", 5)
    + _says("d", "rival", 5)
    + _says("forecast", "firm", 99, "; fs:status fs:forecast")
    + _says("alone", "third", 1)
    + "id:round a fs:FundingRound . GRAPH src:a { id:round fs:at 2024 } GRAPH src:b { id:round fs:at 2025 }"
)


@pytest.fixture
def store(store_of: Callable[[str], MemoryStore]) -> MemoryStore:
    dated = FACTS.replace("fs:at 2024", 'fs:at "2024"^^xsd:gYear').replace(
        "fs:at 2025", 'fs:at "2025"^^xsd:gYear'
    )
    return store_of(dated)


def _members(group: Compared) -> list[str]:
    return [iri.rpartition("/")[2] for iri, _, _ in group.statements]


def test_what_is_written_is_read(store: MemoryStore, tmp_path: Path) -> None:
    groups = compare_statements(store)
    write_groups(groups, tmp_path / "groups")
    with closing(KeptGroups(tmp_path / "groups")) as kept:
        assert list(kept.all()) == groups
        assert [_members(one) for one in kept.with_claim(CLAIM + "a")] == [["a", "b"]]
        assert kept.with_claim(CLAIM + "alone") == []
        assert [_members(one) for one in kept.of(ID + "rival")] == [["c", "d"]]
        assert kept.of("urn:nobody") == []
        assert all(kept.called(one.name) == [one] for one in groups)
        assert kept.called("firm.net-loss") == []
        (dates,) = kept.of(ID + "round")
        assert (dates.kind, dates.verdict, dates.gap) == ("date", "inconsistent", None)


def test_a_group_in_plain_form(store: MemoryStore) -> None:
    (group,) = [one for one in compare_statements(store) if one.thing == ID + "firm"]
    assert (group.kind, group.verdict, group.disputed) == ("figure", "inconsistent", True)
    assert (group.sources, group.voices, len(group.sides)) == (2, 2, 2)
    assert group.pairs == [[0, 1, "inconsistent"]]
    assert group.near == [[CLAIM + "forecast", PREFIXES["src"] + "forecast", "status"]]
    assert group.gap == pytest.approx(2 / 11, abs=0.05)


def test_a_group_keeps_its_name(store_of: Callable[[str], MemoryStore]) -> None:
    def names(facts: str) -> set[str]:
        return {one.name for one in compare_statements(store_of(facts)) if one.kind == "figure"}

    told = _says("a", "firm", 11) + _says("b", "firm", 13)
    (name,) = names(told)
    assert name.startswith("firm.net-loss.")
    # Who says what, and how many say it, does not matter; what it is about does.
    assert names(_says("a", "firm", 12) + _says("z", "firm", 13) + _says("y", "firm", 0)) == {name}
    for other in ("period:2024", "metric:net-loss", "id:firm"):
        assert names(told.replace(other, f"{other}x")).isdisjoint({name})
    narrowed = '; fs:scope "abroad"'
    more = told + _says("c", "firm", 1, narrowed) + _says("d", "firm", 2, narrowed)
    assert len(names(more)) == 2 and name in names(more)


def test_statements_may_be_given(store: MemoryStore) -> None:
    statements, groups = compare_all(store)
    assert compare_statements(store, statements) == groups
    few = [one for one in statements if one.of == ID + "rival"]
    assert [one.thing for one in compare_statements(store, few)] == [ID + "rival"]


def test_what_comparing_showed_is_told_in_triples(store: MemoryStore) -> None:
    told = ox.Store()
    told.extend(verdict_quads(*compare_all(store)))
    stated = [quad for quad in told if quad.subject != ox.NamedNode(COMPARED)]
    assert {str(quad.graph_name) for quad in stated} == {f"<{COMPARED}>"}

    def said(claim: str, predicate: str) -> list[str]:
        node = ox.NamedNode(CLAIM + claim)
        found = told.quads_for_pattern(node, ox.NamedNode(predicate), None)
        return [quad.object.value for quad in found if not isinstance(quad.object, ox.Triple)]

    best = {name: said(name, FS.best) for name in ("a", "b", "c", "d", "alone", "forecast")}
    assert sorted(best["a"] + best["b"]) == sorted(best["c"] + best["d"]) == ["false", "true"]
    assert best["alone"] == best["forecast"] == ["true"]
    assert said("a", FS.verdict) == [FS.inconsistent]
    assert said("c", FS.verdict) == [FS.same]
    assert said("a", FS.sourceCount) == ["2"]
    assert said("alone", FS.verdict) == []


def test_a_file_that_is_missing_or_damaged_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        KeptGroups(tmp_path / "none").with_claim("urn:a")
    (tmp_path / "damaged").write_text("no database " * 200, encoding="utf-8")
    with closing(KeptGroups(tmp_path / "damaged")) as kept, pytest.raises(StoreError) as error:
        list(kept.all())
    assert "empty the cache" in error.value.hint


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        write_groups([], tmp_path / "no folder" / "groups")
