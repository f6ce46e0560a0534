"""Checking: what is wrong with facts, at which file and line, and what to do about it."""

from __future__ import annotations

from factscape.checking.catalogue import Check, every_check
from factscape.checking.findings import SEVERITIES, Finding
from factscape.checking.profile import read_profile
from factscape.checking.running import Report, run_checks

__all__ = [
    "SEVERITIES",
    "Check",
    "Finding",
    "Report",
    "every_check",
    "read_profile",
    "run_checks",
]
