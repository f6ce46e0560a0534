from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from factscape.errors import MisuseError
from factscape.exchange.mapping import TableMapping, UnitCell


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder / "mapping.toml"


def test_a_mapping_with_its_files(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        mapping="""
            names = "who.toml"
            sources = "pages.toml"
            rows = "rows.toml"
            [columns]
            of = "company"
            setting-zh = "条件"
            [source]
            url = "page"
            [constant]
            market = "id:world"
            reliability = "B"
            [units]
            "bn" = { unit = "unit:USD", times = 1_000_000_000 }
            "percent" = "unit:percent"
            "date" = ""
            [what]
            "loss" = { metric = "metric:net-loss" }
            "both" = [{ metric = "metric:revenue" }, { describe = "{of}-ipo", time = "" }]
            "none" = []
        """,
        who='"A" = "id:a"\n"B" = { new = "id:b", type = "fs:Company", en = "B" }',
        pages='["https://example.org"]\nslug = "a"\nbased-on = ["src:b"]',
        rows='F1 = { note = "x" }\nF2 = [{ value = "1" }]\nF3 = { left-out = "why" }',
    )
    mapping = TableMapping.read(path)
    assert mapping.units == {
        "bn": UnitCell("unit:USD", Decimal(10**9)),
        "percent": UnitCell("unit:percent"),
        "date": UnitCell(""),
    }
    assert mapping.what["none"] == []
    assert mapping.what["both"][1] == {"describe": "{of}-ipo", "time": ""}
    assert mapping.rows == {"F1": {"note": "x"}, "F2": [{"value": "1"}], "F3": {"left-out": "why"}}
    assert mapping.names.path == tmp_path / "who.toml"
    assert mapping.sources["https://example.org"]["slug"] == "a"


def test_the_files_may_stand_in_the_mapping(tmp_path: Path) -> None:
    path = written(tmp_path, mapping='[names]\n"A" = "id:a"\n[rows]\n1 = { note = "x" }\n')
    mapping = TableMapping.read(path)
    assert mapping.names.data == {"A": "id:a"}
    assert mapping.names.header == "names"
    assert mapping.rows == {"1": {"note": "x"}}


def test_the_names_file_need_not_be_there_yet(tmp_path: Path) -> None:
    mapping = TableMapping.read(written(tmp_path, mapping='[columns]\nof = "a"\n'))
    assert mapping.names.path == tmp_path / "names.toml"
    assert mapping.names.data == {}


@pytest.mark.parametrize(
    ("text", "message", "hint", "line"),
    [
        ("[colums]\n", "a mapping has no 'colums'", "did you mean columns?", 1),
        ('[columns]\n\nmetrik = "a"\n', "[columns] has no 'metrik'", "did you mean metric?", 3),
        ("[columns]\nof = 1\n", "of names a column", "", 2),
        ("columns = 1\n", "[columns] is a table", "", 1),
        ('[source]\nurl = "a"\nautor = "b"\n', "[source] has no 'autor'", "known here:", 3),
        ('[constant]\nmarkt = "a"\n', "a record has no 'markt'", "did you mean market?", None),
        ('[what]\n"x" = { metrc = "a" }\n', "'x': a record has no 'metrc'", "metric", 2),
        ('[what]\n"x" = "metric:a"\n', "'x' is not a record", "write { metric", 2),
        ('[what]\n"x" = { metric = { a = 1 } }\n', "metric is no text", "", 2),
        ('[units]\n"x" = 1\n', "[units] 'x' is not a unit", "unit:percent", 2),
        ('[units]\n"x" = { unit = "unit:USD", times = 0 }\n', "is not a unit", "", 2),
        ('[units]\n"x" = { unit = "unit:USD", time = 2 }\n', "is not a unit", "", 2),
        ('[names]\n"x" = 1\n', "the name 'x' means no thing", "", 2),
        ('[names]\n"x" = "zhipu"\n', "the name 'x' means no thing", "id:thing", 2),
        ('[names]\n"x" = { new = "id:x" }\n', "does not say what is new", "", 2),
        ('[names]\n"x" = { new = "id:x", typ = "a" }\n', "has no 'typ'", "did you mean type?", 2),
        ('[sources]\n"x" = { slg = "a" }\n', "a source has no 'slg'", "did you mean slug?", 2),
        ('[sources]\n"x" = "a"\n', "an entry of sources is a table", "", 2),
        ('[rows]\n1 = { lefto-ut = "a" }\n', "a record has no 'lefto-ut'", "left-out", 2),
        ("rows = 5\n", "rows names a file", "", 1),
        ('sources = "nowhere.toml"\n', "cannot be read", "", None),
    ],
)
def test_a_slip_is_told_with_what_was_meant(
    tmp_path: Path, text: str, message: str, hint: str, line: int | None
) -> None:
    with pytest.raises(MisuseError) as caught:
        TableMapping.read(written(tmp_path, mapping=text))
    assert message in caught.value.message
    assert hint in caught.value.hint
    if line is not None:
        assert caught.value.place and caught.value.place.line == line


def test_a_slip_in_a_file_is_told_at_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, mapping='rows = "rows.toml"\n', rows='# a\nF1 = { markt = "x" }\n')
    with pytest.raises(MisuseError) as caught:
        TableMapping.read(path)
    assert str(caught.value.place) == f"{tmp_path / 'rows.toml'}:2"


def test_columns_are_looked_for_in_the_table() -> None:
    sections: dict[str, Any] = {"columns": {"of": "Company"}, "source": {"url": "Page"}}
    mapping = TableMapping.read(sections)
    mapping.check_headings("t.csv", ["Company", "Page", ""])
    with pytest.raises(MisuseError) as caught:
        mapping.check_headings("t.csv", ["Company", "page"])
    assert "url is to be in the column 'Page', which t.csv does not have" in caught.value.message
    assert caught.value.hint == "did you mean page?"
