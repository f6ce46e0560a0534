"""Whose word a statement is: what a source repeats in the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factscape.claims.disagreement.origins import Origins, count_voices
from factscape.store.oxigraph import MemoryStore
from factscape.terms import PREFIXES

SRC = PREFIXES["src"]
FACTS = """
src:filing a fs:Source ; dct:publisher id:firm ; dct:issued "2025-03"^^xsd:gYearMonth .
src:report a fs:Source ; fs:basedOn src:filing ; fs:reliability "B" .
src:digest a fs:Source ; fs:basedOn src:report .
src:both a fs:Source ; fs:basedOn src:filing, src:talk .
src:talk a fs:Source ; dct:publisher id:ann .
src:circle a fs:Source ; fs:basedOn src:round-about .
src:round-about a fs:Source ; fs:basedOn src:circle .
<https://w3id.org/factscape/source/digest#p1> fs:passageOf src:digest .
<https://w3id.org/factscape/source/digest#p1-derived> fs:passageOf src:digest ;
  prov:wasDerivedFrom <https://w3id.org/factscape/source/digest#p1> .
"""


@pytest.fixture
def origins(store_of: Callable[[str], MemoryStore]) -> Origins:
    return Origins(store_of(FACTS))


def _of(origins: Origins, source: str, *cited: str) -> set[str]:
    return {one.removeprefix(SRC) for one in origins.of(SRC + source, [SRC + one for one in cited])}


@pytest.mark.parametrize(
    ("source", "roots"),
    [
        ("filing", {"filing"}),
        ("digest", {"filing"}),
        ("both", {"filing", "talk"}),
        ("unheard-of", {"unheard-of"}),
    ],
)
def test_the_documents_that_are_repeated_in_the_end(
    origins: Origins, source: str, roots: set[str]
) -> None:
    assert _of(origins, source) == roots


def test_a_circle_ends(origins: Origins) -> None:
    assert _of(origins, "circle") <= {"circle", "round-about"}


def test_what_a_statement_cites_goes_before_what_its_source_repeats(origins: Origins) -> None:
    assert _of(origins, "digest", "talk") == {"talk"}
    assert _of(origins, "talk", "report", "both") == {"filing", "talk"}


def test_what_is_known_of_sources(origins: Origins) -> None:
    passage = SRC + "digest#p1"
    assert origins.source_of(passage) == SRC + "digest"
    assert origins.source_of(SRC + "digest") == SRC + "digest"
    assert origins.is_derived(passage + "-derived")
    assert not origins.is_derived(passage)
    assert (origins.reliability(SRC + "report"), origins.reliability(SRC + "digest")) == ("B", "")
    assert (origins.issued(SRC + "filing"), origins.issued(SRC + "talk")) == ("2025-04-01", "")
    assert origins.publisher(frozenset({SRC + "filing"})) == PREFIXES["id"] + "firm"
    assert origins.publisher(frozenset({SRC + "filing", SRC + "talk"})) == ""


def test_voices_are_joined_by_a_third_that_shares_with_both() -> None:
    assert count_voices([]) == 0
    assert count_voices([frozenset("a"), frozenset("b")]) == 2
    assert count_voices([frozenset("a"), frozenset("b"), frozenset("ab")]) == 1
