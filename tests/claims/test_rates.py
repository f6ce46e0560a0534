"""Money in another currency, by rates that are facts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims.statements import PLAIN

import factscape
from factscape.claims.disagreement.intervals import Figure
from factscape.claims.rates import Rates
from factscape.errors import UnknownNameError
from factscape.terms import EXCHANGE_RATE, FS, PREFIXES

LOSS = replace(
    PLAIN,
    iri="loss",
    graph="page",
    source="page",
    origin=frozenset({"page"}),
    of="firm",
    metric="net-loss",
    compared_as="net-loss",
    unit="CNY",
    figure=Figure("719", printed="719"),
    begins="2024-01-01",
    ends="2025-01-01",
    time="2024",
)
RATE = replace(
    LOSS,
    iri="rate",
    of="USD",
    metric=EXCHANGE_RATE,
    compared_as=EXCHANGE_RATE,
    time_kind=FS.stock,
    figure=Figure("7.19", printed="7.19"),
)


def test_a_rate_converts_in_both_directions_with_what_its_digits_can_mean() -> None:
    there = Rates([RATE]).convert(LOSS, "USD")
    assert there is not None
    assert there.value == pytest.approx(Decimal(100), abs=Decimal("1e-20"))
    assert there.rate is RATE
    assert there.interval.low is not None
    assert there.interval.high is not None
    assert round(there.interval.low, 20) == round(Decimal("718.5") / Decimal("7.195"), 20)
    assert round(there.interval.high, 20) == round(Decimal("719.5") / Decimal("7.185"), 20)
    back = Rates([RATE]).convert(replace(LOSS, unit="USD"), "CNY")
    assert back is not None
    assert back.interval.low == Decimal("718.5") * Decimal("7.185")


@pytest.mark.parametrize(
    ("begins", "ends", "converts"),
    [
        ("2024-06-30", "2024-07-01", True),
        ("2025-01-31", "2025-02-01", True),
        ("2025-03-01", "2025-03-02", False),
        ("2023-11-01", "2023-12-01", True),
        ("2023-11-01", "2023-11-30", False),
        ("", "", False),
        ("2020-01-01", "", True),
    ],
)
def test_a_rate_must_be_of_that_time(begins: str, ends: str, converts: bool) -> None:
    rate = replace(RATE, begins=begins, ends=ends)
    assert (Rates([rate]).convert(LOSS, "USD") is not None) == converts


def test_without_a_rate_nothing_is_converted() -> None:
    assert Rates([RATE]).convert(LOSS, "EUR") is None
    assert Rates([]).convert(LOSS, "USD") is None
    assert Rates([]).converted(LOSS, "USD") is LOSS
    assert Rates([replace(RATE, figure=Figure("0"))]).convert(LOSS, "USD") is None


def test_the_nearest_rate_is_taken_then_the_better_source() -> None:
    far = replace(RATE, iri="far", begins="2025-01-10", ends="2025-01-11")
    better = replace(RATE, iri="better", reliability="A")
    found = Rates([far, RATE, better]).convert(LOSS, "USD")
    assert found is not None
    assert found.rate is better


@given(st.integers(-(10**12), 10**12), st.decimals("0.01", "1000", places=2))
def test_the_value_lies_within_the_interval(value: int, rate: Decimal) -> None:
    figure = Figure(str(value), printed=f"{value}")
    rates = Rates([replace(RATE, figure=Figure(str(rate), printed=str(rate)))])
    found = rates.convert(replace(LOSS, figure=figure), "USD")
    assert found is not None
    assert found.value is not None
    assert found.interval.low is not None
    assert found.interval.high is not None
    # The last digits of a quotient are rounded.
    slack = abs(found.value) * Decimal("1e-20")
    assert found.interval.low - slack <= found.value <= found.interval.high + slack


HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
FACTS = """
id:firm a fs:Company ; skos:prefLabel "Firm"@en .
src:a a fs:Source ; dct:title "A"@en ; fs:reliability "B" .
src:b a fs:Source ; dct:title "B"@en ; fs:reliability "B" .
src:bank a fs:Source ; dct:title "Bank"@en ; dct:issued "2025-01-02"^^xsd:date .
GRAPH src:a { claim:a a fs:Observation ; fs:of id:firm ; fs:metric metric:net-loss ; fs:value 719 ;
    fs:unit unit:CNY ; fs:printed "719" ; fs:during period:2024 . }
GRAPH src:b { claim:b a fs:Observation ; fs:of id:firm ; fs:metric metric:net-loss ; fs:value 250 ;
    fs:unit unit:USD ; fs:printed "250" ; fs:during period:2024 . }
GRAPH src:bank { claim:rate a fs:Observation ; fs:of unit:USD ; fs:metric metric:exchange-rate ;
    fs:value 7.19 ; fs:unit unit:CNY ; fs:printed "7.19" ; fs:during period:2024 . }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts.trig").write_text(HEAD + FACTS, encoding="utf-8")
    return tmp_path


def test_a_card_in_another_currency_says_rate_date_and_source(folder: Path) -> None:
    with factscape.open(folder) as facts:
        card = facts.card("firm")
        converted = facts.converted(card, "USD")
        assert list(converted) == [PREFIXES["claim"] + "a"]
        (shown,) = converted.values()
        assert shown.words["en"] == "≈ 100 USD at 7.19 CNY (2024, Bank)"
        assert shown.rate == PREFIXES["claim"] + "rate"
        pounds = facts.converted(card, "GBP").values()
        assert [one.value for one in pounds] == [None, None]
        assert all("no exchange rate" in one.words["en"] for one in pounds)


def test_currencies_are_compared_only_where_asked(folder: Path) -> None:
    with factscape.open(folder) as facts:
        assert facts.compared() == []
        (group,) = facts.compared(currency="USD")
        assert group.verdict == "inconsistent"


def test_an_unknown_currency_is_an_error(folder: Path) -> None:
    with factscape.open(folder) as facts, pytest.raises(UnknownNameError):
        facts.currency("Ducats of Venice")
