"""The file of descriptions says what the store says."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.claims.descriptions import (
    MOST,
    Descriptions,
    mentions_in,
    said_in,
    write_descriptions,
)
from factscape.errors import StoreError

NODES = [ox.NamedNode(f"urn:{name}") for name in "abc"] + [ox.BlankNode("b")]
LITERALS = [
    ox.Literal("智譜", language="zh"),
    ox.Literal(""),
    ox.Literal("x\u2028\x00"),
    ox.Literal(7),
    ox.Literal("2025", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear")),
]
QUADS = st.builds(
    ox.Quad,
    st.sampled_from(NODES),
    st.sampled_from(NODES[:3]),
    st.sampled_from([*NODES, *LITERALS]),
    st.sampled_from([*NODES, ox.DefaultGraph()]),
)


@given(quads=st.lists(QUADS, max_size=30))
def test_it_says_what_the_store_says(
    quads: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = ox.Store()
    store.extend(quads)
    path = tmp_path_factory.mktemp("described") / "d.sqlite"
    write_descriptions(store, path)
    with closing(Descriptions(path)) as known:
        names = [str(node) if isinstance(node, ox.BlankNode) else node.value for node in NODES]
        found = known.of(names)
        for name, node in zip(names, NODES, strict=True):
            said = said_in(store.quads_for_pattern(node, None, None))
            assert sorted(found.get(name, [])) == sorted(said)
            mentions = mentions_in(store.quads_for_pattern(None, None, node))
            assert sorted(known.mentions(name)) == sorted(mentions)


def test_of_a_hub_it_keeps_one_more_than_is_shown(tmp_path: Path) -> None:
    hub, p = ox.NamedNode("urn:hub"), ox.NamedNode("urn:p")
    others = [ox.NamedNode(f"urn:{n}") for n in range(MOST + 10)]
    store = ox.Store()
    store.extend(ox.Quad(other, p, hub) for other in others)
    store.extend(ox.Quad(hub, p, other) for other in others)
    write_descriptions(store, tmp_path / "d.sqlite")
    with closing(Descriptions(tmp_path / "d.sqlite")) as known:
        assert len(known.mentions("urn:hub")) == MOST + 1
        assert len(known.of(["urn:hub"])["urn:hub"]) == MOST + 1


def test_of_the_unknown_it_says_nothing(tmp_path: Path) -> None:
    write_descriptions(ox.Store(), tmp_path / "d.sqlite")
    with closing(Descriptions(tmp_path / "d.sqlite")) as known:
        assert known.of(["urn:a", "", "not an iri"]) == {}
        assert known.mentions("urn:a") == []


@pytest.mark.parametrize("damage", [None, b"", b"nonsense" * 200])
def test_a_file_that_is_missing_or_damaged_is_an_error_of_ours(
    tmp_path: Path, damage: bytes | None
) -> None:
    path = tmp_path / "d.sqlite"
    if damage is not None:
        path.write_bytes(damage)
    with pytest.raises(StoreError, match="descriptions"), closing(Descriptions(path)) as known:
        known.of(["urn:a"])


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        write_descriptions(ox.Store(), tmp_path / "no" / "d.sqlite")
