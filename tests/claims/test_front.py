from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from factscape.claims.front import read_front
from factscape.claims.overview import overview
from factscape.opening import Facts, open_facts


@pytest.fixture(scope="module")
def facts() -> Iterator[Facts]:
    with open_facts() as opened:
        yield opened


def test_what_was_kept_is_what_the_facts_say_now(facts: Facts) -> None:
    fresh = read_front(facts.reader, facts.compared())
    assert facts.front == json.loads(json.dumps(fresh))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_counts_what_an_overview_counts(facts: Facts, lang: str) -> None:
    told = json.loads(json.dumps(overview(facts.store, lang).as_dict()))
    assert facts.front["overview"][lang] == told


def test_the_gravest_disagreements_come_first(facts: Facts) -> None:
    disputed = [group.name for group in facts.compared() if group.disputed]
    shown = [group["name"] for group in facts.front["disputed"]["groups"]]
    assert facts.front["disputed"]["count"] == len(disputed)
    assert shown and shown == disputed[: len(shown)]


def test_a_day_has_a_front_of_its_own(facts: Facts) -> None:
    with open_facts(known_by="2025-06-30") as then:
        now, before = (one.front["overview"]["en"]["sources"] for one in (facts, then))
    assert 0 < before < now
