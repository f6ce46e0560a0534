"""A statement to make others of with `dataclasses.replace`: what a firm lost in half a year."""

from __future__ import annotations

from factscape.claims.disagreement.intervals import Figure
from factscape.claims.disagreement.statements import Statement
from factscape.terms import FS

__all__ = ["PLAIN"]

PLAIN = Statement(
    iri="claim:a",
    graph="src:a",
    source="src:a",
    origin=frozenset({"src:a"}),
    kind="figure",
    of="id:firm",
    metric="metric:loss",
    compared_as="metric:loss",
    time_kind=FS.flow,
    narrowing=(),
    measured_by="",
    unit="unit:CNY",
    figure=Figure("2358000000", printed="23.58億元"),
    object="",
    status=FS.reported,
    begins="2025-01-01",
    ends="2025-07-01",
    time="period:2025-H1",
    stated_at="",
    speaker="",
    reliability="B",
    issued="2026-01-07",
)
