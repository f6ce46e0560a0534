from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.exchange.addresses import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Crédit Agricole S.A.", "credit-agricole-s.a"),
        ("O'Reilly & Co", "oreilly-co"),
        ("  --  ", ""),
        ("GLM-4.6", "glm-4.6"),
        ("a..b", "a-b"),
        ("智谱 AI", "u667a-u8c31-ai"),
        ("2025-01--08", "2025-01-08"),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text(st.characters(codec="utf-8")))
def test_a_slug_can_stand_in_every_address(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+([.-][a-z0-9]+)*)?", slug(text))
    assert slug(slug(text)) == slug(text)
