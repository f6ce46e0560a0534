"""Waivers are read from a small file, and a bad one says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from factscape.claims.texts.waivers import Waiver, find_waivers, read_waivers
from factscape.errors import FactsNotFoundError, FactsSyntaxError, Place

GOOD = """\
# a comment
[[waived]]
paragraph = 18
figure = "01"
reason = "number of a section heading"

[[waived]]
paragraph = 39
figure = "3"
nth = 2
reason = " twice "

[[waived]]
figure = "第一時間"
every = true
reason = "a fixed phrase"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "paper-2026.waived.toml"


def test_waivers_are_read_with_their_places(path: Path) -> None:
    path.write_text(GOOD, encoding="utf-8")
    assert read_waivers(path) == [
        Waiver("01", "number of a section heading", 18, 1, Place(str(path), 2)),
        Waiver("3", "twice", 39, 2, Place(str(path), 7)),
        Waiver("第一時間", "a fixed phrase", None, 1, Place(str(path), 13)),
    ]


def test_a_file_may_be_empty_or_written_inline(path: Path) -> None:
    path.write_text("", encoding="utf-8")
    assert read_waivers(path) == []
    path.write_text('waived = [{paragraph = 1, figure = "2", reason = "r"}]', encoding="utf-8")
    assert read_waivers(path) == [Waiver("2", "r", 1, 1, Place(str(path)))]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[[waived]\nparagraph = 1", 1, "this is not TOML"),
        ('[[waived]]\nparagraph = 1\nfigure = "1\n', 3, "this is not TOML"),
        ('\n[[waived]]\nparagraph = 1\nfigure = "1"', 2, "a waiver needs its reason"),
        ('[[waived]]\nparagraph = 1\nfigure = "1"\nreason = " "', 1, "a waiver needs its reason"),
        ('[[waived]]\nparagraph = 1\nreason = "r"', 1, "a waiver needs its figure"),
        ('[[waived]]\nfigure = "1"\nreason = "r"', 1, "a waiver holds in one paragraph or"),
        (
            '[[waived]]\nfigure = "1"\nreason = "r"\nevery = true\nparagraph = 2',
            1,
            "a waiver holds in one paragraph or",
        ),
        (
            '[[waived]]\nfigure = "1"\nreason = "r"\nevery = true\nnth = 2',
            1,
            "a waiver for every place has no nth",
        ),
        ('[[waived]]\nparagraph = "1"\nfigure = "1"\nreason = "r"', 1, "paragraph must be a whole"),
        (
            '[[waived]]\nparagraph = true\nfigure = "1"\nreason = "r"',
            1,
            "paragraph must be a whole",
        ),
        ('[[waived]]\nparagraph = 1\nfigure = 1\nreason = "r"', 1, "figure must be text in quotes"),
        (
            '[[waived]]\nparagraph = 0\nfigure = "1"\nreason = "r"',
            1,
            "paragraph and nth count from",
        ),
        ('[[waived]]\nparagraf = 1\nfigure = "1"\nreason = "r"', 1, "a waiver has no 'paragraf'"),
        ("[waived]\nfigure = 1", None, "a file of waivers holds [[waived]] tables"),
        ("[[waved]]\nfigure = 1", None, "a file of waivers holds [[waived]] tables"),
    ],
)
def test_a_bad_file_says_where(path: Path, text: str, line: int | None, message: str) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FactsSyntaxError) as caught:
        read_waivers(path)
    assert caught.value.message.startswith(message)
    assert caught.value.place is not None
    assert (caught.value.place.file, caught.value.place.line) == (str(path), line)


def test_a_misspelt_key_is_asked_after(path: Path) -> None:
    path.write_text('[[waived]]\nparagraf = 1\nfigure = "1"\nreason = "r"', encoding="utf-8")
    with pytest.raises(FactsSyntaxError, match="did you mean paragraph"):
        read_waivers(path)


def test_a_file_that_is_not_there_or_not_utf_8(path: Path) -> None:
    with pytest.raises(FactsNotFoundError, match="cannot be read"):
        read_waivers(path)
    path.write_bytes(b'[[waived]]\nfigure = "\xff"')
    with pytest.raises(FactsSyntaxError, match="not UTF-8"):
        read_waivers(path)


def test_waivers_stand_beside_the_facts(path: Path) -> None:
    source = "https://w3id.org/factscape/source/paper-2026"
    files = [path.parent / "things" / "a.ttl", path.parent / "paper-2026.trig"]
    assert find_waivers(source, files) is None
    path.write_text(GOOD, encoding="utf-8")
    assert find_waivers(source, files) == path
    assert find_waivers(source + "-01", files) is None
