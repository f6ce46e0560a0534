from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.exchange.proposing import Proposal, proposed_lines


def test_a_thing_is_made_once_and_its_other_names_lead_to_it() -> None:
    names = [("Beans", "fs:Publisher"), ("Beans (豆)", "fs:Company"), ("beans", "fs:Company")]
    proposals = [Proposal.of_text(text, type_) for text, type_ in names]
    assert list(proposed_lines(proposals).values()) == [
        '"Beans" = "id:beans"',
        '"Beans (豆)" = { new = "id:beans", type = "fs:Company", en = "Beans", zh = "豆" }',
        '"beans" = "id:beans"',
    ]


def test_one_text_in_two_places_has_one_line() -> None:
    proposals = [Proposal.of_text("Beans", type_) for type_ in ("fs:Publisher", "fs:Company")]
    assert set(proposed_lines(proposals).values()) == {
        '"Beans" = { new = "id:beans", type = "fs:Company", en = "Beans" }'
    }


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("翠鸟 (Kingfisher)", '{ new = "id:cuiniao", type = "fs:Fund", zh = "翠鸟" }'),
        ("(甲)", '{ new = "id:jia", type = "fs:Fund", zh = "(甲)" }'),
        ("!!!", '{ new = "id:name", type = "fs:Fund", en = "!!!" }'),
        ("", '{ new = "id:name", type = "fs:Fund" }'),
    ],
)
def test_names_in_either_language(text: str, line: str) -> None:
    assert Proposal.of_text(text, "fs:Fund").line().partition(" = ")[2] == line


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_line_is_read_as_it_was_meant(text: str) -> None:
    proposal = Proposal.of_text(text, "fs:Company")
    read = tomllib.loads(proposal.line())[text]
    assert read["new"] == proposal.address
    assert (read.get("en", ""), read.get("zh", "")) == (proposal.en, proposal.zh)
