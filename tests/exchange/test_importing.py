from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from factscape.checking.shapes.validating import check_shapes
from factscape.errors import MisuseError
from factscape.exchange import import_table
from factscape.reading import find_files
from factscape.terms import PREFIXES, name_of

if TYPE_CHECKING:
    from tests.exchange.conftest import Importer

ROW = {"of": "Zhipu", "what": "revenue", "value": "12", "unit": "CNY", "time": "2025"}
KINGFISHER = {
    "new": "id:kingfisher",
    "type": "fs:Company",
    "en": "Kingfisher",
    "zh": "翠鸟",
    "also": ["KFL", "翠鳥"],
    "comment": "Not the bird.",
}
MAPPING = """\
[columns]
row = "id"
of = "of"
what = "what"
value = "value"
unit = "unit"
time = "time"
[source]
url = "url"
publisher = "by"
issued = "issued"
"""
TABLE = """\
id,of,what,value,unit,time,url,by,issued
F1,Zhipu,revenue,12.5亿,CNY,H1 2025,https://example.org/a,IDC,2026-01-05
F2,MiniMax,net loss,nearly 50,USD,2024,https://example.org/a,IDC,2026-01-05
F3,智谱,number of shops,20,,2025-06,https://example.org/b,IDC,~2026
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path / "t.csv"


def imported(table: Path, facts: Path, **options: Any) -> Any:
    folder = table.parent
    return import_table(table, folder / "mapping.toml", folder / "out", facts=facts, **options)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


# ---------------------------------------------------------------- files


def test_one_file_a_source_and_the_same_bytes_every_time(table: Path, facts_folder: Path) -> None:
    result = imported(table, facts_folder)
    assert result.problems == []
    assert (result.rows, result.statements, result.sources) == (3, 3, 2)
    first = contents(table.parent / "out")
    assert list(first) == ["idc-2026-01-05.trig", "idc-2026.trig"]
    assert (
        first["idc-2026-01-05.trig"].decode()
        == """\
# Written by factscape import from t.csv: change the table or its mapping, not this file.

@prefix claim: <https://w3id.org/factscape/claim/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix metric: <https://w3id.org/factscape/metric/> .
@prefix period: <https://w3id.org/factscape/period/> .
@prefix schema: <https://schema.org/> .
@prefix src: <https://w3id.org/factscape/source/> .
@prefix unit: <https://w3id.org/factscape/unit/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

src:idc-2026-01-05
    a fs:Source ;
    dct:title "IDC, 5 January 2026"@en ;
    dct:publisher id:idc ;
    dct:issued "2026-01-05"^^xsd:date ;
    schema:url "https://example.org/a" ;
    fs:reliability "C" .

GRAPH src:idc-2026-01-05 {

    # row F2
    claim:idc-2026-01-05.minimax.net-loss.2024
        a fs:Observation ;
        fs:of id:minimax ;
        fs:metric metric:net-loss ;
        fs:value 50 ;
        fs:unit unit:USD ;
        fs:during period:2024 ;
        fs:bound fs:justUnder ;
        fs:printed "50" .

    # row F1
    claim:idc-2026-01-05.zhipu.revenue.2025-h1
        a fs:Observation ;
        fs:of id:zhipu ;
        fs:metric metric:revenue ;
        fs:value 1250000000 ;
        fs:unit unit:CNY ;
        fs:during period:2025-H1 ;
        fs:printed "12.5亿" .
}
"""
    )
    times = {path: path.stat().st_mtime_ns for path in (table.parent / "out").iterdir()}
    again = imported(table, facts_folder)
    assert contents(table.parent / "out") == first
    # What is as it was is not written again: snapshots stay fresh.
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert again.written == result.written


def test_what_was_found_is_decided_from_then_on(table: Path, facts_folder: Path) -> None:
    result = imported(table, facts_folder)
    names = table.parent / "names.toml"
    assert names.read_text(encoding="utf-8") == (
        '"IDC" = "id:idc"\n"MiniMax" = "id:minimax"\n"Zhipu" = "id:zhipu"\n"智谱" = "id:zhipu"\n'
    )
    assert result.decisions["智谱"] == "id:zhipu"
    first = contents(table.parent / "out")
    # The facts grow: now two companies are called Zhipu.
    grown = table.parent / "grown"
    shutil.copytree(facts_folder, grown)
    (grown / "more.ttl").write_text(
        "@prefix fs: <https://w3id.org/factscape/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<urn:other> a fs:Company ; skos:prefLabel "Zhipu"@en .\n',
        encoding="utf-8",
    )
    again = imported(table, grown)
    assert again.problems == []
    assert again.decisions == {}
    assert contents(table.parent / "out") == first
    names.unlink()
    assert [p.message for p in imported(table, grown).problems] == [
        "'Zhipu' is the name of 2 things"
    ]


def test_comments_in_the_names_file_stay(table: Path, facts_folder: Path) -> None:
    names = table.parent / "names.toml"
    names.write_text('# who is who\n\n# a maker\n"Zhipu" = "id:zhipu" # 智谱\n', encoding="utf-8")
    imported(table, facts_folder)
    assert names.read_text(encoding="utf-8") == (
        '# who is who\n\n"IDC" = "id:idc"\n"MiniMax" = "id:minimax"\n'
        '# a maker\n"Zhipu" = "id:zhipu" # 智谱\n"智谱" = "id:zhipu"\n'
    )


def test_names_in_the_mapping_are_added_to_it(table: Path, facts_folder: Path) -> None:
    mapping = table.parent / "mapping.toml"
    mapping.write_text(MAPPING + '[names]\n"Zhipu" = "id:zhipu"\n', encoding="utf-8")
    imported(table, facts_folder)
    assert mapping.read_text(encoding="utf-8").endswith(
        '[names]\n"IDC" = "id:idc"\n"MiniMax" = "id:minimax"\n"Zhipu" = "id:zhipu"\n'
        '"智谱" = "id:zhipu"\n'
    )
    assert not (table.parent / "names.toml").exists()


def test_a_dry_run_writes_nothing(table: Path, facts_folder: Path) -> None:
    result = imported(table, facts_folder, dry_run=True)
    assert sorted(path.name for path in table.parent.iterdir()) == ["mapping.toml", "t.csv"]
    assert [path.name for path in result.written] == ["idc-2026-01-05.trig", "idc-2026.trig"]
    assert sorted(result.decisions) == ["IDC", "MiniMax", "Zhipu", "智谱"]
    assert result.lines(result.made[2])[0] == "claim:idc-2026.zhipu.shops.2025-06"


def test_a_file_that_no_import_wrote_is_not_touched(table: Path, facts_folder: Path) -> None:
    out = table.parent / "out"
    out.mkdir()
    (out / "idc-2026.trig").write_text("# mine\n", encoding="utf-8")
    with pytest.raises(MisuseError, match="by hand"):
        imported(table, facts_folder)
    assert contents(out) == {"idc-2026.trig": b"# mine\n"}
    assert not (table.parent / "names.toml").exists()


def test_files_of_another_table_are_not_touched(table: Path, facts_folder: Path) -> None:
    imported(table, facts_folder)
    first = contents(table.parent / "out")
    other = table.with_name("other.csv")
    other.write_text(TABLE.partition("F3")[0], encoding="utf-8")
    with pytest.raises(MisuseError, match="from another table"):
        imported(other, facts_folder)
    assert contents(table.parent / "out") == first


def test_files_of_sources_that_are_gone_are_removed(table: Path, facts_folder: Path) -> None:
    imported(table, facts_folder)
    out = table.parent / "out"
    (out / "mine.trig").write_text("# mine\n", encoding="utf-8")
    table.write_text(TABLE.partition("F3")[0], encoding="utf-8")
    result = imported(table, facts_folder)
    assert result.removed == [out / "idc-2026.trig"]
    assert sorted(contents(out)) == ["idc-2026-01-05.trig", "mine.trig"]


def test_with_a_problem_nothing_is_removed(table: Path, facts_folder: Path) -> None:
    imported(table, facts_folder)
    table.write_text(TABLE.replace("智谱", "Nobody"), encoding="utf-8")
    result = imported(table, facts_folder)
    assert len(result.problems) == 1
    assert sorted(contents(table.parent / "out")) == ["idc-2026-01-05.trig", "idc-2026.trig"]


def test_a_folder_that_cannot_be_written(table: Path, facts_folder: Path) -> None:
    (table.parent / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(MisuseError, match="is a file"):
        imported(table, facts_folder)


def test_the_library_loads_nothing_before_it_is_asked() -> None:
    code = "import sys, factscape.exchange; print('pyoxigraph' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout == "False\n"


# ---------------------------------------------------------------- new things


def test_new_things_are_made_once_with_their_names(run: Importer) -> None:
    names = {"Kingfisher Ltd": KINGFISHER, "Unused": KINGFISHER | {"new": "id:unused"}}
    done = run(ROW | {"of": "Kingfisher Ltd"}, names=names)
    assert done.messages == []
    assert done.result.things == 1
    assert (
        done.texts["things.ttl"].partition("\n\n")[2].partition("\n\n")[2]
        == """\
# Not the bird.
id:kingfisher
    a fs:Company ;
    skos:prefLabel "Kingfisher"@en ;
    skos:prefLabel "翠鸟"@zh ;
    skos:altLabel "KFL"@en ;
    skos:altLabel "翠鳥"@zh .
"""
    )
    graphs = {
        q.graph_name for q in done.quads if name_of(q.subject) == PREFIXES["id"] + "kingfisher"
    }
    assert graphs == {ox.DefaultGraph()}


def test_things_of_rows_that_went_wrong_are_kept(run: Importer) -> None:
    names = {"Kingfisher": KINGFISHER}
    run(ROW | {"of": "Kingfisher"}, names=names)
    done = run(ROW | {"of": "Kingfisher", "value": "?"}, names=names)
    assert len(done.messages) == 1
    assert "id:kingfisher" in done.texts["things.ttl"]


def test_a_source_described_by_hand_is_not_described_again(
    run: Importer, facts_folder: Path, tmp_path: Path
) -> None:
    facts = tmp_path / "facts"
    shutil.copytree(facts_folder, facts)
    (facts / "tracker.trig").write_text(
        "@prefix dct: <http://purl.org/dc/terms/> .\n"
        "@prefix fs: <https://w3id.org/factscape/ontology#> .\n"
        "@prefix src: <https://w3id.org/factscape/source/> .\n"
        'src:tracker a fs:Source ; dct:title "By hand"@en ; fs:reliability "A" .\n',
        encoding="utf-8",
    )
    sources = {"https://example.org/a": {"slug": "tracker", "cites": "src:tracker"}}
    done = run(ROW, facts=facts, sources=sources)
    assert done.messages == []
    assert done.said("src:tracker") == {}
    assert done.statements == ["tracker.zhipu.revenue.2025"]


# ---------------------------------------------------------------- rows


def test_bad_rows_are_told_and_good_ones_written(table: Path, facts_folder: Path) -> None:
    lines = TABLE.splitlines()
    lines[2:2] = [
        "F4,Zhipu,revenue",
        "F5,Zhipu,sales of dreams,1,CNY,2025,https://example.org/a,IDC,2026-01-05",
    ]
    table.write_text("\r\n".join(lines), encoding="utf-8")
    result = imported(table, facts_folder)
    assert result.statements == 3
    ragged, unknown = result.problems
    assert str(ragged) == f"{table}:3: row 2: it has 3 cells, but there are 9 headings"
    assert str(unknown) == f"{table}:4: row F5: what: there is no metric 'sales of dreams'"


def test_a_row_that_is_there_twice(run: Importer) -> None:
    done = run(ROW | {"id": "F1"}, ROW | {"id": "F1", "value": "13"})
    assert done.messages == ["a row F1 stands before it, in line 1"]
    assert done.only["value"] == ["12"]


def test_rows_that_repeat_a_statement_are_counted(run: Importer) -> None:
    done = run(ROW, ROW | {"value": "12.0"}, ROW | {"what": "net loss"})
    assert done.messages == []
    assert (done.result.statements, done.result.repeated) == (2, 1)
    assert "# rows R1, R2\n" in done.texts["idc-2026-01-05.trig"]
    assert done.said("claim:idc-2026-01-05.zhipu.revenue.2025")["printed"] == ["12"]


def test_rows_that_contradict_one_another_need_a_word(run: Importer) -> None:
    rows = [ROW, ROW | {"value": "13"}, ROW | {"what": "net loss"}]
    done = run(*rows)
    (problem,) = done.result.problems
    assert problem.rows == ("R2",)
    assert "row R1" in problem.message
    assert 'R2 = { word = "…" }' in problem.hint
    assert len(done.statements) == 2
    done = run(*rows, rows={"R2": {"word": "restated"}})
    assert done.messages == []
    assert "idc-2026-01-05.zhipu.revenue.2025.restated" in done.statements


def test_a_row_may_not_contradict_itself(run: Importer) -> None:
    done = run(ROW, rows={"R1": [{}, {"value": "13"}]})
    assert "itself" in done.messages[0]
    assert done.statements == []


def test_another_table_of_the_same_page_is_heard(
    run: Importer, facts_folder: Path, tmp_path: Path
) -> None:
    facts = tmp_path / "facts"
    shutil.copytree(facts_folder, facts)
    first = run(ROW)
    (facts / "other").mkdir()
    (facts / "other" / "idc-2026-01-05.trig").write_text(
        first.texts["idc-2026-01-05.trig"], encoding="utf-8"
    )
    assert run(ROW, facts=facts).messages == []
    done = run(ROW | {"value": "13"}, ROW | {"what": "net loss"}, facts=facts)
    assert len(done.messages) == 1
    assert "other/idc-2026-01-05.trig" in done.messages[0]
    assert done.statements == ["idc-2026-01-05.zhipu.net-loss.2025"]


# ---------------------------------------------------------------- decisions


def test_a_list_of_decisions_makes_several_records(run: Importer) -> None:
    rows = {"R1": [{"value": "78.1", "time": "2023"}, {"value": "28.6", "time": "2024"}]}
    done = run(ROW, rows=rows)
    assert done.statements == [
        "idc-2026-01-05.zhipu.revenue.2023",
        "idc-2026-01-05.zhipu.revenue.2024",
    ]


def test_a_list_stands_in_place_of_what_the_mapping_gives(run: Importer) -> None:
    what = {"revenue": [{"metric": "metric:revenue"}, {"metric": "metric:net-loss"}]}
    assert len(run(ROW, what=what).statements) == 2
    done = run(ROW, what=what, rows={"R1": [{"metric": "metric:gross-profit", "note": "A note."}]})
    assert done.statements == ["idc-2026-01-05.zhipu.gross-profit.2025"]
    assert "    # row R1\n    # A note.\n" in done.texts["idc-2026-01-05.trig"]


def test_one_table_of_decisions_is_put_over_each_record(run: Importer) -> None:
    what = {"revenue": [{"metric": "metric:revenue"}, {"metric": "metric:net-loss"}]}
    done = run(ROW, what=what, rows={"R1": {"time": "2020"}})
    assert [address[-4:] for address in done.statements] == ["2020", "2020"]


def test_a_row_can_be_left_out_with_the_reason(run: Importer) -> None:
    done = run(ROW, ROW | {"url": "javascript:x"}, rows={"R2": {"left-out": "no page"}})
    assert done.messages == []
    (left,) = done.result.left_out
    assert (left.row, left.reason) == ("R2", "no page")


def test_what_makes_nothing_by_itself_needs_a_decision(run: Importer) -> None:
    done = run(ROW, ROW | {"what": "gone"}, what={"gone": []})
    assert "this row has no decision" in done.messages[0]
    done = run(ROW | {"what": "gone"}, what={"gone": []}, rows={"R1": {"metric": "metric:revenue"}})
    assert done.messages == []


def test_a_decision_on_no_row_is_told(run: Importer) -> None:
    done = run(ROW, rows={"R9": {"note": "x"}})
    assert done.messages == ["there is no such row in table"]
    assert done.result.problems[0].rows == ("R9",)


def test_constants_underlie_and_an_empty_text_takes_away(run: Importer) -> None:
    constant = {"status": "estimate", "statedBy": "id:zhang-peng"}
    done = run(ROW, constant=constant, rows={"R1": {"statedBy": ""}})
    assert done.only["status"] == ["fs:estimate"]
    assert "statedBy" not in done.only


def test_a_reference_to_an_empty_cell_is_told(run: Importer) -> None:
    done = run(ROW | {"unit": ""}, rows={"R1": {"setting": "$unit"}})
    assert done.messages == ["$unit refers to a cell that is empty or has no column"]


# ---------------------------------------------------------------- shapes and hostile cells


def test_what_is_written_satisfies_the_shapes(run: Importer, facts_folder: Path) -> None:
    what = {
        "invested": {"predicate": "investedIn"},
        "round": {"describe": "id:series-a", "investor": "$value", "eventStatus": "completed"},
        "rank": {"ranking": "id:arena-ranking", "position": "$value"},
        "better": {"comparedWith": "$value", "metric": "metric:revenue", "outcome": "better"},
        "holds": {"says": "It is early.", "says-zh": "为时尚早。", "word": "early"},
        "arena": {"describe": "id:arena-ranking", "of": "", "benchmark": "id:code-arena"},
    }
    done = run(
        ROW | {"of": "Kingfisher", "value": "about 7–9bn"},
        ROW | {"what": "founded on", "value": "2019-06", "unit": "", "time": ""},
        ROW | {"what": "invested", "value": "MiniMax", "unit": "", "time": "2025 H1"},
        ROW | {"what": "round", "value": "MiniMax", "unit": ""},
        ROW | {"what": "rank", "of": "GLM-4.6", "value": "2", "unit": ""},
        ROW | {"what": "better", "value": "MiniMax", "unit": ""},
        ROW | {"what": "holds", "value": "", "unit": ""},
        ROW | {"what": "arena", "of": "GLM-4.6"},
        what=what,
        names={"Kingfisher": KINGFISHER},
    )
    assert done.messages == []
    written = find_files([run.folder])
    findings = check_shapes([*written, facts_folder / "things.ttl"])
    files = {str(path) for path in written}
    wrong = [f for f in findings if f.severity == "error" and f.place and f.place.file in files]
    assert wrong == []
    # This would be seen.
    (run.folder / "things.ttl").unlink()
    assert any(f.severity == "error" for f in check_shapes(find_files([run.folder, facts_folder])))
