from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.errors import MisuseError
from factscape.exchange.toml_files import (
    did_you_mean,
    key_line,
    key_written,
    read_toml,
    with_lines_added,
)

KEPT = """\
# Who is who, read over by the editors.

# the banks
"Bank A" = "id:bank-a"
"Bank C" = { new = "id:bank-c", type = "fs:Company", en = "Bank C", also = [
    "BC",
] }
# the last one
"Zoo" = "id:zoo"   # not a bank
"""


def test_lines_are_put_in_order_and_comments_stay() -> None:
    added = with_lines_added(KEPT, {"Bank B": "id:bank-b", "Zz": "id:zz", "Aa": "id:aa"})
    assert (
        added
        == """\
# Who is who, read over by the editors.

"Aa" = "id:aa"
# the banks
"Bank A" = "id:bank-a"
"Bank B" = "id:bank-b"
"Bank C" = { new = "id:bank-c", type = "fs:Company", en = "Bank C", also = [
    "BC",
] }
# the last one
"Zoo" = "id:zoo"   # not a bank
"Zz" = "id:zz"
"""
    )


def test_under_a_header_and_before_the_next() -> None:
    text = '[columns]\nof = "a"\n\n[names]\n"x" = "id:x"\n\n[units]\n"USD" = "unit:USD"\n'
    added = with_lines_added(text, {"y": "id:y"}, "names")
    assert tomllib.loads(added)["names"] == {"x": "id:x", "y": "id:y"}
    assert added.replace('"y" = "id:y"\n', "") == text


def test_tables_in_the_file_do_not_swallow_a_line() -> None:
    text = '["Bank C"]\nnew = "id:bank-c"\ntype = "fs:Company"\nen = "Bank C"\n'
    added = with_lines_added(text, {"Zoo": "id:zoo"})
    assert tomllib.loads(added) == {**tomllib.loads(text), "Zoo": "id:zoo"}


keys = st.text(st.characters(codec="utf-8"), max_size=12)


@given(st.dictionaries(keys, keys, max_size=4), st.dictionaries(keys, keys, max_size=4))
def test_whatever_is_there_stays_and_whatever_is_added_is_there(
    there: dict[str, str], added: dict[str, str]
) -> None:
    text = with_lines_added("# a comment\n", there)
    assert tomllib.loads(text) == there
    both = with_lines_added(text, {k: v for k, v in added.items() if k not in there})
    assert tomllib.loads(both) == {**added, **there}
    assert set(text.split("\n")) <= set(both.split("\n"))


@given(keys)
def test_a_key_is_written_as_toml_reads_it(key: str) -> None:
    assert tomllib.loads(f"{key_written(key)} = 1") == {key: 1}
    assert key_line(f"# first\n{key_written(key)} = 1\n", key) == 2


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b'a = 1\nb = "open\n', "not TOML", 2),
        (b"a = 1\na = 2\n", "not TOML", 2),
        (b"a = [1,\n", "not TOML", 2),
        (b"a = '\xff'", "not UTF-8", None),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, data: bytes, message: str, line: int | None
) -> None:
    path = tmp_path / "m.toml"
    path.write_bytes(data)
    with pytest.raises(MisuseError) as caught:
        read_toml(path)
    assert message in caught.value.message
    assert caught.value.place and caught.value.place.line == line


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="cannot be read"):
        read_toml(tmp_path / "m.toml")


def test_a_byte_order_mark_and_windows_line_ends_are_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_bytes("\ufeffa = '''x\r\ny'''\r\n".encode())
    assert read_toml(path)[0] == {"a": "x\ny"}


def test_near_words() -> None:
    assert did_you_mean("colums", ["columns", "source"]) == "did you mean columns?"
    assert did_you_mean("qqq", ["b", "a"]) == "known here: a, b"
