"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass

from factscape.errors import Place

__all__ = ["SEVERITIES", "Finding", "Found"]

SEVERITIES = ("error", "warning", "info")
"""From what must be mended to what is good to know."""


@dataclass(frozen=True)
class Found:
    """Something that a check found, before anybody looked where it stands.

    What is named by IRIs are a subject, a property and a graph; `value` is a text.
    """

    check: str
    message: str
    hint: str = ""
    subject: str | None = None
    path: str | None = None
    value: str | None = None
    graph: str | None = None
    place: Place | None = None
    """Where it stands, for what is found in a file rather than in what the file says."""
    severity: str = ""
    """Where one check finds things of different weight; else empty."""


@dataclass(frozen=True)
class Finding:
    """Something to mend or to know, where it stands, and what to do."""

    check: str
    severity: str
    """One of `SEVERITIES`."""
    message: str
    hint: str
    place: Place | None
    subject: str | None = None
    path: str | None = None
    value: str | None = None
