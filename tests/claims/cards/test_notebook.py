"""A card in a notebook says what the command line says of the same thing."""

from __future__ import annotations

import pytest

from factscape.opening import open_facts


@pytest.fixture(scope="module")
def html() -> str:
    with open_facts() as facts:
        return facts.card("GLM-4.6")._repr_html_()


def test_a_figure_says_which_benchmark_and_who_measured(html: str) -> None:
    row = next(row for row in html.split("<tr>") if "93.9% ◆" in row)
    assert "; benchmark used: AIME 2025; measured by: Zhipu; method: " in row
    assert "30 September 2025" in row


def test_all_dates_of_an_event_are_there(html: str) -> None:
    (row,) = (row for row in html.split("<tr>") if "Release of GLM-4.6" in row)
    assert "<td>1 April 2024 or 30 September 2025</td>" in row


def test_the_paragraph_stands_with_its_source(html: str) -> None:
    assert "on the eve of its listing ¶ 60" in html
