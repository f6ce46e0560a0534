from __future__ import annotations

import csv
import io
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.errors import FactsSyntaxError, MissingExtraError, MisuseError
from factscape.exchange.tables import Table, read_table


def written(folder: Path, data: bytes | str, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def cells(table: Table) -> list[list[str]]:
    return [list(row.cells.values()) for row in table.rows]


@pytest.mark.parametrize(
    "data",
    [
        "a,b\n1,智谱\n",
        "\ufeffa,b\r\n1,智谱\r\n",
        "a,b\n\n1,智谱\n\n ,\n",
        "a;b\n1;智谱\n",
        " a , b \n 1 , 智谱 ",
        '"a","b"\n"1","智谱"',
    ],
)
def test_a_table_is_read_however_it_was_saved(tmp_path: Path, data: str) -> None:
    table = read_table(written(tmp_path, data))
    assert table.headings == ("a", "b")
    assert cells(table) == [["1", "智谱"]]


def test_tabs(tmp_path: Path) -> None:
    assert cells(read_table(written(tmp_path, "a,x\tb\n1,5\t2\n", "t.tsv"))) == [["1,5", "2"]]


def test_rows_know_their_lines(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, 'a,b\n1,"two\nlines, ""quoted"""\n\n2,x\n'))
    assert [(row.number, row.line) for row in table.rows] == [(1, 2), (2, 5)]
    assert table.rows[0].cells["b"] == 'two\nlines, "quoted"'


def test_a_ragged_row_is_a_problem_of_that_row(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "a,b\n1\n1,2\n1,2,3\n"))
    assert [row.problem for row in table.rows] == [
        "it has 1 cells, but there are 2 headings",
        "",
        "it has 3 cells, but there are 2 headings",
    ]
    assert [row.line for row in table.rows] == [2, 3, 4]


def test_a_quotation_mark_that_is_never_closed_is_told_where_it_opens(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, 'a,b\n1,2\n3,"4\n5,6\n'))
    assert cells(table)[0] == ["1", "2"]
    assert "never closed" in table.rows[1].problem
    assert table.rows[1].line == 3
    assert len(table.rows) == 2


def test_a_cell_that_goes_on_after_its_quotation_mark(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, 'a,b\n1,"2"x\n3,4\n'))
    assert "written twice" in table.rows[0].problem
    assert cells(table)[1] == ["3", "4"]


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"", "empty", None),
        (b"\n\n", "empty", None),
        (b"a,b,a\n1,2,3\n", "twice: a", 1),
        (b"a,b\n1,\xe9\n", "not UTF-8", 2),
        ("a,b\n1,2\n".encode("utf-16"), "not UTF-8", 1),
    ],
)
def test_a_table_that_cannot_be_read(
    tmp_path: Path, data: bytes, message: str, line: int | None
) -> None:
    with pytest.raises(FactsSyntaxError) as caught:
        read_table(written(tmp_path, data))
    assert message in caught.value.message
    assert caught.value.place and caught.value.place.line == line


def test_headings_that_are_empty_may_repeat(tmp_path: Path) -> None:
    assert read_table(written(tmp_path, "a,,\n1,,\n")).rows[0].cells["a"] == "1"


@pytest.mark.parametrize("name", ["missing.csv", "folder.csv", "t.ods"])
def test_what_is_no_table(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    written(tmp_path, "a\n", "t.ods")
    with pytest.raises(MisuseError):
        read_table(tmp_path / name)


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(st.lists(st.lists(texts, min_size=2, max_size=2), max_size=8))
def test_what_the_csv_module_writes_is_read_back(rows: list[list[str]]) -> None:
    import tempfile

    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["a", "b"], *rows])
    with tempfile.TemporaryDirectory() as folder:
        table = read_table(written(Path(folder), out.getvalue()))
    stripped = [[cell.strip() for cell in row] for row in rows]
    assert cells(table) == [row for row in stripped if any(row)]


# ---------------------------------------------------------------- workbooks


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_says_what_its_cells_show(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["a", "b", "c", "d", "e"])
    sheet.append([0.1 + 0.2, 2024, datetime(2025, 1, 31), 0.325, True])
    sheet["D2"].number_format = "0.0%"
    sheet.append([None] * 5)
    sheet.append(["智谱", None, date(2025, 2, 1), 12.0, " x "])
    book.create_sheet("other").append(["not", "read"])
    book.save(path)
    table = read_table(path)
    assert cells(table) == [
        ["0.3", "2024", "2025-01-31", "32.5%", "True"],
        ["智谱", "", "2025-02-01", "12", "x"],
    ]
    assert [row.line for row in table.rows] == [2, 4]


def test_an_empty_workbook_and_one_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(FactsSyntaxError, match="empty"):
        read_table(workbook(tmp_path / "t.xlsx", []))
    with pytest.raises(FactsSyntaxError, match="not a workbook"):
        read_table(written(tmp_path, "a,b", "u.xlsx"))


def test_without_openpyxl_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path / "t.xlsx", [["a"]])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match="openpyxl"):
        read_table(path)


# ---------------------------------------------------------------- frames and dicts


def test_dicts_of_whatever_kinds() -> None:
    rows = [
        {"a": 1, "b": None},
        {"a": 2024.0, "c": date(2025, 1, 31)},
        {"b": float("nan"), "a": Decimal("1E+3")},
    ]
    table = read_table(rows)
    assert table.headings == ("a", "b", "c")
    assert cells(table) == [["1", "", ""], ["2024", "", "2025-01-31"], ["1000", "", ""]]


@pytest.mark.parametrize("nothing", [5, [5], ["ab"], None])
def test_what_holds_no_rows(nothing: object) -> None:
    with pytest.raises(MisuseError, match="no table"):
        read_table(nothing)


def test_half_a_character_is_a_problem_of_its_row() -> None:
    table = read_table([{"a": "\ud800"}, {"a": "b"}])
    assert "lone surrogate" in table.rows[0].problem
    assert cells(table)[1] == ["b"]


def test_a_pandas_frame() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {
            "name": ["Zhipu", None],
            "year": [2024, None],
            "count": pandas.array([5, None], dtype="Int64"),
            "day": [pandas.Timestamp("2025-01-31"), pandas.NaT],
            "kind": pandas.Categorical(["x", "y"]),
        }
    )
    assert cells(read_table(frame)) == [
        ["Zhipu", "2024", "5", "2025-01-31", "x"],
        ["", "", "", "", "y"],
    ]
    with pytest.raises(FactsSyntaxError, match="twice"):
        read_table(pandas.DataFrame([[1, 2]], columns=["a", "a"]))


def test_a_polars_frame() -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(
        {"name": ["Zhipu", None], "value": [7.25, None], "day": [date(2025, 1, 31), None]}
    )
    assert cells(read_table(frame)) == [["Zhipu", "7.25", "2025-01-31"]]
