from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from factscape.exchange.vocabulary import Holds, Vocabulary, field_names
from factscape.terms import FS, PREFIXES

if TYPE_CHECKING:
    from factscape.opening import Facts


@pytest.mark.parametrize(
    ("field", "holds"),
    [
        ("of", Holds.THING),
        ("concerns", Holds.THING),
        ("metric", Holds.METRIC),
        ("unit", Holds.UNIT),
        ("cites", Holds.SOURCE),
        ("addends", Holds.STATEMENT),
        ("rankedAbove", Holds.STATEMENT),
        ("status", Holds.CHOICE),
        ("eventStatus", Holds.CHOICE),
        ("at", Holds.TIME),
        ("statedAt", Holds.TIME),
        ("basePeriod", Holds.PERIOD),
        ("value", Holds.NUMBER),
        ("position", Holds.WHOLE),
        ("issuedInferred", Holds.TRUTH),
        ("says", Holds.WORDS),
        ("printed", Holds.STRING),
        ("setting", Holds.THING_OR_WORDS),
    ],
)
def test_the_ontology_says_what_a_field_holds(field: str, holds: Holds) -> None:
    assert Vocabulary().fields[field].holds is holds


def test_every_property_of_the_ontology_is_a_field() -> None:
    assert len(field_names()) > 80
    assert not {"label", "Company", "target"} & field_names()


def test_classes_are_below_classes() -> None:
    vocabulary = Vocabulary()
    fs = PREFIXES["fs"]
    assert vocabulary.is_a([fs + "Company"], FS.Agent)
    assert not vocabulary.is_a([fs + "Model"], FS.Agent)
    assert fs + "FundingRound" in vocabulary.classes_below(FS.Event)
    assert fs + "Company" not in vocabulary.classes_below(FS.Event)


def test_facts_add_metrics_of_their_own(facts: Facts) -> None:
    vocabulary = Vocabulary(facts.store)
    shops = PREFIXES["metric"] + "shops"
    assert vocabulary.metric("门店数") == shops
    assert vocabulary.of(shops, FS.timeKind) == FS.stock
    assert Vocabulary().metric("门店数") is None


@pytest.mark.parametrize("text", ["invested in", "fs:investedIn", "investedIn", "投资了"])
def test_properties_are_found_by_name_and_label(text: str) -> None:
    found = Vocabulary().property(text)
    assert found is not None
    assert found.name == "investedIn"
