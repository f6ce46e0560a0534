"""Files of pages: readable where the IRI is ours, never shared, never outside, on any system."""

from __future__ import annotations

import itertools

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.opening import open_facts
from factscape.terms import BASE
from factscape.web.publishing.naming import THING, Target, file_of

HOSTILE = [
    "urn:a",
    "javascript:alert(1)",
    "https://example.org/Ä/../../etc/passwd",
    f"{BASE}id/../../../etc/passwd",
    f"{BASE}id/..",
    f"{BASE}id/a/./b",
    f"{BASE}id/a//b",
    f"{BASE}id/con",
    f"{BASE}id/nul.txt",
    f"{BASE}id/a.",
    f"{BASE}id/a.html/b",
    f"{BASE}id/a.json",
    f"{BASE}id/%2e%2e",
    f"{BASE}id/a?b",
    f"{BASE}id/Zhipu",
    f"{BASE}id/zhipu",
    f"{BASE}id/-/a",
    f"{BASE}source/a#b",
    f"{BASE}source/a#-",
    f"{BASE}source/a/-/b",
    f"{BASE}source/a/b",
    f"{BASE}source/a#",
    f"{BASE}source/a",
    f"{BASE}ontology#Company",
    f"{BASE}ontology#company",
    f"{BASE}ontology#COMPANY",
    f"{BASE}ontology#class",
    f"{BASE}ontology#con",
    f"{BASE}ontology#timeKind",
    f"{BASE}ontology#timekind",
    f"{BASE}ontology#time-kind",
    f"{BASE}ontology#TimeKind",
    f"{BASE}unit/CNY",
    f"{BASE}unit/cny",
    f"{BASE}unit/Cny",
    f"{BASE}unit/day",
    f"{BASE}unit/DAY",
    f"{BASE}unit/CNY-per-month",
    f"{BASE}unit/CNY-per-Month",
    f"{BASE}period/2025-H1",
    f"{BASE}period/2025-h1",
    f"{BASE}claim/a.2025-H1",
    f"{BASE}claim/a.2025-h1",
    f"{BASE}ontology/Company",
    f"{BASE}search",
    f"{BASE}static/site.css",
    f"{BASE}id/{'x' * 10_000}",
    f"{BASE}id/",
    BASE,
]


def files(iri: str) -> set[str]:
    return {
        file_of(Target(THING, iri), lang, format)
        for lang, format in itertools.product(("en", "zh"), ("html", "json", "ttl"))
    }


def test_no_two_things_share_a_file() -> None:
    found = [path.lower() for iri in HOSTILE for path in files(iri)]
    assert len(found) == len(set(found)) == 4 * len(HOSTILE)
    folders = {
        "/".join(path.split("/")[:n]) for path in found for n in range(1, path.count("/") + 1)
    }
    assert not folders & set(found)


def test_no_two_names_of_ours_differ_in_capitals_alone() -> None:
    with open_facts() as facts:
        nodes = (node for quad in facts.store.quads() for node in (quad.subject, quad.object))
        iris = {node.value for node in nodes if isinstance(node, ox.NamedNode)}
    found = {file_of(Target(THING, iri)) for iri in iris}
    assert len({path.lower() for path in found}) == len(found) == len(iris)
    # Few have names that nobody would guess.
    ours = [iri for iri in iris if iri.startswith(BASE)]
    assert sum(file_of(Target(THING, iri)).startswith("thing/") for iri in ours) < 20


@given(st.sampled_from(["urn:", BASE + "id/", BASE + "unit/", BASE + "source/a#"]), st.text())
def test_every_name_is_one_that_any_system_takes(base: str, rest: str) -> None:
    for path in files(base + rest):
        assert path.isascii()
        assert len(path) < 300
        for part in path.split("/"):
            assert part not in ("", ".", "..")
            assert not set(part) & set('<>:"\\|?*%# ')
            assert not part.endswith(".")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"from": "20"}, {"from": "40"}),
        ({"a": "b_c-d"}, {"a": "b", "c": "d"}),
        ({"q": "智谱"}, {"q": "智譜"}),
        ({"q": "../../x"}, {"q": "x"}),
        ({"id": "con"}, {"id": "con2"}),
    ],
)
def test_parameters_lead_to_files_of_their_own(one: dict[str, str], other: dict[str, str]) -> None:
    first, second = (
        file_of(Target("things", given=tuple(sorted(given.items())))) for given in (one, other)
    )
    assert first != second
    assert first.startswith("things/") and first.count("/") == 1
