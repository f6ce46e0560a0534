"""Near misses are found by keys; looking at every pair finds the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from factscape.claims.disagreement.groups import group_statements
from factscape.claims.disagreement.intervals import Figure
from factscape.claims.disagreement.near import NearMisses
from factscape.claims.disagreement.statements import Statement
from factscape.terms import FS

RELATED = {"loss": {"adjusted"}, "adjusted": {"loss"}}
SPANS = [("", ""), ("2024", "2025"), ("2024", "2024-07"), ("2025", "2026"), ("2024-03", "")]
SCOPES = [(), ((FS.segment, "cloud"),), ((FS.segment, "shop"),), ((FS.scope, "abroad"),)]


def _statement(
    number: int,
    metric: str,
    unit: str,
    status: str,
    span: tuple[str, str],
    scope: tuple[tuple[str, str], ...],
    measured_by: str,
) -> Statement:
    return Statement(
        iri=f"claim:{number}",
        graph=f"src:{number}",
        source=f"src:{number}",
        origin=frozenset({f"src:{number}"}),
        kind="figure",
        of="firm",
        metric=metric,
        compared_as=metric,
        time_kind=FS.flow,
        narrowing=scope,
        measured_by=measured_by,
        unit=unit,
        figure=Figure("1", printed="1"),
        object="",
        status=status,
        begins=span[0],
        ends=span[1],
        time="",
        stated_at="",
        speaker="",
        reliability="B",
        issued="",
    )


STATEMENTS = st.lists(
    st.builds(
        _statement,
        st.just(0),
        st.sampled_from(["loss", "adjusted", "age"]),
        st.sampled_from(["CNY", "USD"]),
        st.sampled_from([FS.reported, FS.estimate, FS.forecast]),
        st.sampled_from(SPANS),
        st.sampled_from(SCOPES),
        st.sampled_from(["", "lab", "other"]),
    ),
    min_size=2,
    max_size=25,
).map(
    lambda found: [
        replace(one, iri=f"claim:{n:02}", graph=f"src:{n}") for n, one in enumerate(found)
    ]
)


@given(STATEMENTS)
def test_near_misses_are_those_that_looking_at_every_pair_finds(found: list[Statement]) -> None:
    near = NearMisses(found, RELATED)
    for group in group_statements(found):
        members = {one.iri for one in group.statements}
        expected = [
            (reasons[0], one.iri)
            for one in found
            if one.iri not in members
            and len(reasons := list(_differences(group.best, one))) == 1
            and reasons[0] != "nothing alike"
        ]
        told = [(one.reason, one.statement.iri) for one in near.beside(group)]
        assert told == sorted(expected)


def _differences(one: Statement, other: Statement) -> Iterator[str]:
    """Yield what sets two statements apart, as one would say it."""
    if one.metric != other.metric:
        yield "metric" if other.metric in RELATED.get(one.metric, ()) else "nothing alike"
    if one.measured_by != other.measured_by:
        yield "measurer"
    if one.narrowing != other.narrowing:
        # Two segments are different things; one segment and the whole are easily mistaken.
        segments = {dict(each.narrowing).get(FS.segment, "") for each in (one, other)} - {""}
        yield "scope" if len(segments) < 2 else "nothing alike"
    if one.unit != other.unit:
        yield "currency"
    if (one.status == FS.forecast) != (other.status == FS.forecast):
        yield "status"
    if (one.begins, one.ends) != (other.begins, other.ends):
        overlap = one.begins < (other.ends or "9") and other.begins < (one.ends or "9")
        yield "period" if overlap else "nothing alike"
