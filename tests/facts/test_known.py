"""What is known to disagree is found, and what only looks so is not called a contradiction."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

import factscape
from factscape.claims.disagreement.kept import Compared
from factscape.opening import Facts
from factscape.terms import PREFIXES

DISPUTED = ("strained", "revised", "inconsistent")
BILLION = Decimal(10**9)


@pytest.fixture(scope="module")
def facts() -> Iterator[Facts]:
    with factscape.open() as bundled:
        yield bundled


@pytest.fixture(scope="module")
def groups(facts: Facts) -> list[Compared]:
    return facts.compared()


def _iri(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def _values(facts: Facts, group: Compared, predicate: str = "fs:value") -> set[str]:
    """Return what the statements of a group state, each once."""
    iris = " ".join(f"<{iri}>" for iri, _, _ in group.statements)
    rows = facts.query(f"SELECT DISTINCT ?v {{ VALUES ?s {{ {iris} }} ?s {predicate} ?v }}")
    return {row["v"].value for row in rows}  # type: ignore[union-attr]


def _disputed(groups: list[Compared], thing: str, metric: str) -> list[Compared]:
    return [
        group
        for group in groups
        if group.thing == _iri(thing)
        and group.metric in (_iri(metric), _iri("metric:valuation"))
        and group.verdict in DISPUTED
    ]


@pytest.mark.parametrize(
    ("thing", "metric", "values"),
    [
        # Total funding of Zhipu: the article's own estimate, the prospectus, and press figures.
        ("id:zhipu", "metric:total-funding", {16 * BILLION, Decimal("8.363") * BILLION}),
        ("id:zhipu", "metric:total-funding", {Decimal("13.5") * BILLION, 10 * BILLION}),
        ("id:zhipu", "metric:valuation-post-money", {Decimal("24.377") * BILLION, 40 * BILLION}),
        ("id:minimax-ipo-2026", "metric:subscription-multiple", {1209, 1837}),
        ("id:zhipu", "metric:loss-to-revenue-ratio", {Decimal("252.3"), 250}),
        ("id:zhipu", "metric:revenue-share", {15, Decimal("15.2"), Decimal("30.6")}),
        ("id:zhipu", "metric:net-loss", {2358 * 10**6, 1752 * 10**6}),
        (
            "id:glm-4.6",
            "metric:total-parameters",
            {355 * BILLION, 357 * BILLION, 130 * BILLION},
        ),
        # AIME 2025: by its maker, by a third party, and by figures that were not merged.
        ("id:glm-4.6", "metric:benchmark-score", {Decimal("93.9"), 86, Decimal("44.3")}),
    ],
)
def test_figures_that_are_known_to_disagree_are_found(
    facts: Facts, groups: list[Compared], thing: str, metric: str, values: set[Decimal]
) -> None:
    found = [set(map(Decimal, _values(facts, one))) for one in _disputed(groups, thing, metric)]
    assert any(values <= each for each in found), found


@pytest.mark.parametrize(
    ("thing", "years"),
    [("id:openai", {"2029", "2030"}), ("id:anthropic", {"2027", "2028"})],
)
def test_years_of_positive_cash_flow_that_moved_are_found(
    facts: Facts, groups: list[Compared], thing: str, years: set[str]
) -> None:
    found = [
        {value[:4] for value in _values(facts, one)}
        for one in _disputed(groups, thing, "metric:cash-flow-positive-year")
    ]
    assert any(years <= each for each in found), found


def test_the_price_cut_of_deepseek_v2_is_dated_a_year_apart(groups: list[Compared]) -> None:
    (group,) = (one for one in groups if one.thing == _iri("id:deepseek-v2-price-cut"))
    assert (group.kind, group.verdict) == ("date", "inconsistent")
    assert len(group.sides) >= 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # A share of revenue beside a share of calls; money before and after costs; and so on.
        ("metric:market-share-by-revenue", "metric:market-share-by-calls"),
        ("metric:market-share-by-usage", "metric:market-share-by-spend"),
        ("metric:ipo-gross-proceeds", "metric:ipo-net-proceeds"),
        ("metric:valuation-pre-money", "metric:valuation-post-money"),
        ("metric:revenue", "metric:annualised-revenue"),
        ("metric:registration-date", "metric:founding-date"),
        ("metric:net-loss", "metric:adjusted-net-loss"),
    ],
)
def test_what_is_defined_otherwise_is_never_compared(
    facts: Facts, groups: list[Compared], one: str, other: str
) -> None:
    used = [
        bool(facts.query(f"ASK {{ ?s fs:metric {metric} ; fs:of ?thing }}"))
        for metric in (one, other)
    ]
    assert used == [True, True]
    for group in groups:
        if group.kind == "figure":
            metrics = (
                _values(facts, group, "fs:metric")
                if group.metric in map(_iri, (one, other))
                else set()
            )
            assert not {_iri(one), _iri(other)} <= metrics


def test_gross_and_net_proceeds_of_zhipu_are_no_contradiction(groups: list[Compared]) -> None:
    metrics = ("metric:ipo-gross-proceeds", "metric:ipo-net-proceeds")
    found = [
        group.verdict
        for group in groups
        if group.thing == _iri("id:zhipu-ipo-2026") and group.metric in map(_iri, metrics)
    ]
    assert found
    assert not set(found) & set(DISPUTED)


def test_more_than_a_thousand_times_agrees_with_the_final_figure(
    facts: Facts, groups: list[Compared]
) -> None:
    article = _iri("claim:netease-2026-01-06.p4.zhipu-ipo-2026.subscription-multiple.2026-01-06")
    verdicts = [
        verdict
        for group in facts.compared(article)
        for one, other, verdict in group.pairs
        if article in (group.statements[one][0], group.statements[other][0])
        and Decimal("1159.46")
        in {
            Decimal(value)
            for place in (one, other)
            for value in _values(facts, group._replace(statements=[group.statements[place]]))
        }
    ]
    assert verdicts
    assert set(verdicts) == {"consistent"}


def test_the_articles_ratios_hold_or_do_not(facts: Facts) -> None:
    """252.3 percent does not follow from any stated inputs; the others hold."""
    outcomes: dict[str, set[str]] = {}
    for one in facts.recomputed:
        if one.statement and one.statement.iri.startswith(_iri("claim:netease-2026-01-06.")):
            outcomes.setdefault(one.statement.figure.printed or "", set()).add(one.outcome)
    assert "does not follow" in outcomes["252.3%"]
    assert "does not follow" not in outcomes["70.7%"] | outcomes["76%"]
    assert outcomes["約為7:1"] == outcomes["8.4:1"] == {"holds"}
