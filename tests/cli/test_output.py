from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.cli.output import clean, draw_table, print_json, print_table, replaced, say
from factscape.errors import MisuseError


@given(st.text())
def test_clean_text_is_one_line_that_steers_no_terminal(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.splitlines()) <= 1
    assert "\x1b" not in cleaned
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x9b\x07")
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize("text", ["智譜", "نص\u200f", "👩‍🔬", "é", "</script>", "a\u00a0b"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert clean(text) == text


@given(st.lists(st.tuples(st.text(), st.integers() | st.none()), max_size=5))
def test_a_drawn_table_has_one_line_a_row(rows: list[tuple[str, int | None]]) -> None:
    assert len(draw_table(["text", "number"], rows).splitlines()) == len(rows) + 2


def test_nothing_is_cut_off_in_a_drawn_table() -> None:
    long = "x" * 10_000
    assert long in draw_table(["a", "b"], [[long, "y"]], title="a title")


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    rows = [["-1,000.5", "10"], ["32%", "x"], ["", "9"]]
    assert draw_table(["n", "w"], rows).splitlines() == [
        "       n  w",
        "--------  --",
        "-1,000.5  10",
        "     32%  x",
        "          9",
    ]


def test_a_table_without_rows_or_columns() -> None:
    assert draw_table(["a"], []).splitlines() == ["a", "-"]
    assert draw_table([], [[], []]).strip() == ""


def test_json_is_sorted_and_readable(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"b": ["智譜"], "a": None})
    assert capsys.readouterr().out == '{\n  "a": null,\n  "b": [\n    "智譜"\n  ]\n}\n'


def test_messages_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    say("two\n  lines\x1b[31m")
    assert capsys.readouterr() == ("", "two\n  lines\\x1b[31m\n")


def test_a_piped_table_is_plain(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["name"], [["智譜"]], title="things")
    assert capsys.readouterr().out == "things\nname\n----\n智譜\n"


TABLE = """
from factscape.cli.output import print_table
print_table(["name", "text", "n"], [["智譜", "word " * 60, 1], ["[bold]x[/bold]", "y" * 3000, 22]])
"""


def test_a_table_fits_the_terminal() -> None:
    pty = pytest.importorskip("pty", reason="needs pseudo-terminals")
    controller, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", TABLE],
        stdout=terminal,
        env={**os.environ, "COLUMNS": "60", "TERM": "xterm"},
    ) as process:
        os.close(terminal)
        output = b""
        try:
            while chunk := os.read(controller, 1 << 16):
                output += chunk
        except OSError:  # how a terminal says that its other side is closed
            pass
    os.close(controller)
    assert process.returncode == 0
    text = re.sub(r"\x1b\[[0-9;]*m", "", output.decode("utf-8").replace("\r", ""))
    assert "智譜" in text
    # What is in a cell is text, never markup.
    assert "[bold]x[/bold]" in text
    assert max(map(len, text.splitlines())) <= 60
    # A cell of thousands of characters is cut, and says so.
    assert "…" in text
    assert len(text.splitlines()) < 60


# -- files that are replaced


def test_a_file_is_replaced_when_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    with replaced(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_stays_when_something_fails(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), replaced(path) as file:
        file.write(b"half")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_is_readable_as_others_are(tmp_path: Path) -> None:
    with replaced(tmp_path / "a") as file:
        file.write(b"x")
    (tmp_path / "b").write_bytes(b"x")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in "ab"}
    assert len(modes) == 1


def test_where_no_file_can_be(tmp_path: Path) -> None:
    for path, words in [(tmp_path, "is a folder"), (tmp_path / "no" / "a", "cannot be written")]:
        with pytest.raises(MisuseError, match=words), replaced(path):
            pass
