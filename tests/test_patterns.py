"""Regular expressions mean the same on every Python that Factscape runs on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CODE = Path(__file__).parents[1] / "graph" / "factscape"
# Of a single character it is sound; ")*+," is no quantifier but a list of characters.
POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\})\+(?!,)")


@pytest.mark.parametrize("pattern", ["(?:a|b)*+", "(a)++c", "(?:,d{3})?+", "(a){2,3}+"])
def test_a_possessive_group_is_seen(pattern: str) -> None:
    assert POSSESSIVE_GROUP.search(pattern)


def test_no_group_is_possessive() -> None:
    """Python 3.11.2, which Debian 12 has, matches such groups wrongly."""
    found = [
        f"{path.relative_to(CODE)}:{number}"
        for path in sorted(CODE.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if POSSESSIVE_GROUP.search(line)
    ]
    assert found == []
