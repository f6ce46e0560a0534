"""Cards that are kept with a snapshot are the cards that would be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from factscape.claims.cards.card import card
from factscape.claims.cards.packing import packed, unpacked
from factscape.claims.described import Reader
from factscape.opened import Facts
from factscape.opening import open_facts
from factscape.terms import FS, PREFIXES

ID = PREFIXES["id"]


@pytest.fixture(scope="module")
def bundled() -> Iterator[Facts]:
    with open_facts() as facts:
        yield facts


@pytest.mark.parametrize("name", ["id:zhipu", "id:anthropic", "src:netease-2026-01-06"])
def test_a_kept_card_is_the_card_that_is_read(bundled: Facts, name: str) -> None:
    prefix, _, local = name.partition(":")
    iri = PREFIXES[prefix] + local
    kept = bundled.reader.kept_card(iri)
    assert kept
    # A reader without descriptions reads the store itself.
    assert unpacked(kept) == card(bundled.store, iri, Reader(bundled.store, bundled.names))
    assert bundled.card(name) == unpacked(kept)


@pytest.mark.parametrize("iri", [ID + "glm-4.6", FS.Observation, PREFIXES["unit"] + "CNY", "urn:x"])
def test_of_what_little_names_or_no_fact_is_about_none_is_kept(bundled: Facts, iri: str) -> None:
    assert bundled.reader.kept_card(iri) is None


@pytest.mark.parametrize("name", ["GLM-4.6", "net loss", "period:2025", "src:zhipu-prospectus"])
def test_every_kind_of_card_comes_out_as_it_went_in(bundled: Facts, name: str) -> None:
    one = bundled.card(name)
    again = unpacked(packed(one))
    assert again == one
    assert json.dumps(again.as_dict()) == json.dumps(one.as_dict())


def test_a_card_of_one_s_own_facts_is_kept_and_made_anew_when_they_change(tmp_path: Path) -> None:
    def write(number: int) -> None:
        owners = (
            " ".join(f"ex:owner-{n} ex:owns ex:hub ." for n in range(number)) + "ex:hub a ex:Hub ."
        )
        text = f"@prefix ex: <http://example.org/> . {owners}"
        (tmp_path / "facts.ttl").write_text(text, encoding="utf-8")

    for number in (120, 150):
        write(number)
        with open_facts(tmp_path, cache=tmp_path / "cache") as facts:
            assert facts.reader.kept_card("http://example.org/hub")
            assert len(facts.card("hub").relations) == number
