from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from factscape.terms import PREFIXES, name_of

if TYPE_CHECKING:
    from tests.exchange.conftest import Importer

Row = dict[str, Any]

REVENUE = {"of": "Zhipu", "what": "revenue", "value": "12.5", "unit": "CNY", "time": "2025"}


# ---------------------------------------------------------------- observations


def test_a_figure_becomes_an_observation(run: Importer) -> None:
    done = run(REVENUE | {"value": "nearly 1.25亿", "time": "H1 2025"})
    assert done.messages == []
    assert done.statements == ["idc-2026-01-05.zhipu.revenue.2025-h1"]
    assert done.only == {
        "type": ["fs:Observation"],
        "of": ["id:zhipu"],
        "metric": ["metric:revenue"],
        "value": ["125000000"],
        "unit": ["unit:CNY"],
        "during": ["period:2025-H1"],
        "bound": ["fs:justUnder"],
        "printed": ["1.25亿"],
    }


@pytest.mark.parametrize(
    ("what", "value", "time", "expected"),
    [
        ("revenue", "1", "2025", {"during": ["period:2025"]}),
        ("revenue", "1", "2025-05-06", {"during": ["period:2025-05-06"]}),
        ("shops opened so far", "1", "2025-05", {"during": ["period:2025-05"]}),
        ("number of shops", "1", "2025", {"at": ["2025^gYear"]}),
        ("number of shops", "1", "2025-05", {"at": ["2025-05^gYearMonth"]}),
        ("number of shops", "1", "2025-05-06", {"at": ["2025-05-06^date"]}),
        ("number of shops", "1", "2025 H1", {"during": ["period:2025-H1"]}),
        ("number of shops", "1", "since Feb 2025", {"during": ["period:from-2025-02"]}),
        ("founded on", "2019-06-11", "2019", {"at": ["2019^gYear"]}),
        ("number of shops", "1", "", {}),
    ],
)
def test_the_kind_of_metric_decides_between_at_and_during(
    run: Importer, what: str, value: str, time: str, expected: dict[str, list[str]]
) -> None:
    row = REVENUE | {"what": what, "value": value, "time": time}
    done = run(row)
    assert done.messages == []
    found = done.only
    assert {name: found[name] for name in ("at", "during") if name in found} == expected


def test_a_range_a_margin_and_a_status(run: Importer) -> None:
    done = run(
        REVENUE | {"value": "estimated 7–9bn"},
        REVENUE | {"value": "64.2 ± 1.5", "what": "gross margin", "unit": "percent"},
    )
    assert done.messages == []
    first = done.said("claim:idc-2026-01-05.zhipu.revenue.2025")
    assert (first["low"], first["high"]) == (["7000000000"], ["9000000000"])
    assert first["status"] == ["fs:estimate"]
    assert "value" not in first
    second = done.said("claim:idc-2026-01-05.zhipu.gross-margin.2025")
    assert (second["value"], second["margin"]) == (["64.2"], ["1.5"])


def test_the_unit_cell_may_hold_the_scale(run: Importer) -> None:
    units = {"USD billion": {"unit": "unit:USD", "times": 1_000_000_000}}
    done = run(REVENUE | {"value": "78.1", "unit": "USD billion"}, units=units)
    assert done.only["value"] == ["78100000000"]
    assert done.only["unit"] == ["unit:USD"]
    assert done.only["printed"] == ["78.1 USD billion"]


@pytest.mark.parametrize(
    ("row", "unit"),
    [
        ({"value": "$3.5bn", "unit": ""}, "unit:USD"),
        ({"value": "$3.5bn", "unit": "HKD"}, "unit:HKD"),
        ({"value": "RMB 3", "unit": ""}, "unit:CNY"),
        ({"value": "3", "unit": "人民币元"}, "unit:CNY"),
        ({"value": "3", "unit": "unit:USD"}, "unit:USD"),
        ({"value": "40%", "unit": "", "what": "gross margin"}, "unit:percent"),
        ({"value": "20,000", "unit": "", "what": "number of shops"}, "unit:one"),
        ({"value": "20,000 shops", "unit": "", "what": "number of shops"}, "unit:one"),
    ],
)
def test_the_unit_is_where_people_write_it(run: Importer, row: Row, unit: str) -> None:
    done = run(REVENUE | row)
    assert done.messages == []
    assert done.only["unit"] == [unit]


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ({"value": "RMB 3", "unit": "USD"}, "unit", "the value is in unit:CNY"),
        ({"unit": ""}, "unit", "the number has no unit"),
        ({"unit": "doubloons"}, "unit", "there is no unit 'doubloons'"),
        ({"value": ""}, "value", "there is no value"),
        ({"value": "a lot"}, "value", ""),
        ({"value": "hundreds of millions"}, "value", ""),
        ({"time": "at launch"}, "time", ""),
        ({"what": "founded on", "value": "H1 2019"}, "value", "2019-H1 is a period"),
        ({"of": ""}, "of", "of is missing"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_column(
    run: Importer, row: Row, column: str, message: str
) -> None:
    done = run(REVENUE | row)
    (problem,) = done.result.problems
    assert problem.rows == ("R1",)
    assert problem.column == column
    assert message in problem.message
    assert done.statements == []


def test_a_vague_number_is_told_with_its_ends(run: Importer) -> None:
    done = run(REVENUE | {"value": "hundreds of millions"})
    assert "low = 2" in done.result.problems[0].hint
    done = run(
        REVENUE | {"value": "hundreds of millions"}, rows={"R1": {"low": "200m", "high": "1bn"}}
    )
    assert done.only["low"] == ["200000000"]
    assert done.only["printed"] == ["hundreds of millions"]


def test_a_date_is_a_value_without_a_unit(run: Importer) -> None:
    done = run(REVENUE | {"what": "founded on", "value": "11 June 2019", "unit": "", "time": ""})
    assert done.only["value"] == ["2019-06-11^date"]
    assert done.only["printed"] == ["11 June 2019"]
    assert "unit" not in done.only


def test_dimensions_stand_in_the_address_and_never_the_value(run: Importer) -> None:
    chosen = {
        "market": "id:china-market",
        "segment": "Zhipu API",
        "setting": "with tools",
        "setting-zh": "使用工具",
        "basePeriod": "2024",
        "statedAt": "2025-12-05",
        "statedBy": "id:zhang-peng",
        "word": "Audited!",
    }
    done = run(REVENUE, rows={"R1": chosen})
    assert done.messages == []
    (address,) = done.statements
    assert address == (
        "idc-2026-01-05.zhipu.revenue.zhipu-api.china-market.with-tools.from-2024.2025.audited"
    )
    assert done.only["setting"] == ["with tools@en", "使用工具@zh"]
    assert done.only["basePeriod"] == ["period:2024"]
    assert done.only["statedAt"] == ["2025-12-05^date"]
    again = run(REVENUE | {"value": "13"}, rows={"R1": chosen})
    assert again.statements == done.statements


def test_words_only_in_chinese_have_an_address_too(run: Importer) -> None:
    done = run(REVENUE, rows={"R1": {"scope": "第一"}})
    assert done.statements == ["idc-2026-01-05.zhipu.revenue.u7b2c-u4e00.2025"]
    assert done.only["scope"] == ["第一@zh"]


def test_bound_and_status_of_the_record_go_before_the_words_of_the_figure(run: Importer) -> None:
    done = run(
        REVENUE | {"value": "nearly 50"}, rows={"R1": {"bound": "约", "status": "fs:target"}}
    )
    assert done.only["bound"] == ["fs:approximately"]
    assert done.only["status"] == ["fs:target"]


# ---------------------------------------------------------------- rankings


def test_a_place_in_a_ranking(run: Importer) -> None:
    what = {"rank": {"ranking": "id:arena-ranking", "position": "$value"}}
    done = run(
        REVENUE | {"of": "GLM-4.6", "what": "rank", "value": "第4", "unit": "rank"}, what=what
    )
    assert done.messages == []
    assert done.statements == ["idc-2026-01-05.glm-4.6.rank.arena-ranking.2025"]
    assert done.only == {
        "type": ["fs:RankEntry"],
        "of": ["id:glm-4.6"],
        "ranking": ["id:arena-ranking"],
        "position": ["4"],
        "at": ["2025^gYear"],
        "printed": ["第4"],
    }


def test_a_place_in_a_ranking_with_its_score(run: Importer) -> None:
    columns = {"of": "of", "position": "place", "value": "value", "unit": "unit", "time": "time"}
    row = {"of": "GLM-4.6", "place": 1, "value": "1430", "unit": "points", "time": "2025-10"}
    done = run(
        row,
        columns=columns,
        constant={"ranking": "id:arena-ranking"},
        units={"points": "unit:one"},
    )
    assert done.messages == []
    assert done.only["position"] == ["1"]
    assert done.only["value"] == ["1430"]
    assert done.only["printed"] == ["1430"]


@pytest.mark.parametrize("place", ["1.5", "first of all"])
def test_a_place_is_a_whole_number(run: Importer, place: str) -> None:
    done = run(REVENUE, rows={"R1": {"ranking": "id:arena-ranking", "position": place}})
    assert len(done.messages) == 1


# ---------------------------------------------------------------- relations


INVESTED = {"of": "MiniMax", "what": "invested in", "value": "Zhipu", "unit": "", "time": "2024-05"}
EDGE = {"invested in": {"predicate": "fs:investedIn"}}


def test_a_relation_stands_beside_its_edge(run: Importer) -> None:
    done = run(INVESTED, what=EDGE)
    assert done.messages == []
    assert done.said("id:minimax") == {"investedIn": ["id:zhipu"]}
    assert done.statements == ["idc-2026-01-05.minimax.invested-in.zhipu.2024-05"]
    assert done.only == {
        "type": ["fs:Relation"],
        "subject": ["id:minimax"],
        "predicate": ["fs:investedIn"],
        "object": ["id:zhipu"],
        "at": ["2024-05^gYearMonth"],
    }
    graphs = {name_of(quad.graph_name) for quad in done.quads if "investedIn" in str(quad)}
    assert graphs == {PREFIXES["src"] + "idc-2026-01-05"}


@pytest.mark.parametrize(
    ("status", "holds"),
    [("forecast", False), ("target", False), ("committed", True), ("reported", True), ("", True)],
)
def test_what_is_only_aimed_at_has_no_edge(run: Importer, status: str, holds: bool) -> None:
    done = run(INVESTED, what=EDGE, rows={"R1": {"status": status}})
    assert done.messages == []
    assert bool(done.said("id:minimax")) is holds


def test_an_edge_can_be_turned_round(run: Importer) -> None:
    what = {"chief executive": {"predicate": "chiefExecutiveOf", "inverse": True}}
    row = INVESTED | {"of": "Zhipu", "what": "chief executive", "value": "张鹏", "time": "2025"}
    done = run(row, what=what)
    assert done.messages == []
    assert done.said("id:zhang-peng") == {"chiefExecutiveOf": ["id:zhipu"]}
    assert done.only["during"] == ["period:2025"]


@pytest.mark.parametrize(
    ("predicate", "message"),
    [
        ("fs:investdIn", "there is no property"),
        ("fs:stockCode", "no edge between things"),
        ("fs:listedOn", "id:zhipu is a fs:Company, but listedOn wants a fs:StockExchange"),
        ("fs:hasMember", "id:minimax is a fs:Company, which fs:hasMember does not join"),
    ],
)
def test_an_edge_joins_what_its_property_joins(run: Importer, predicate: str, message: str) -> None:
    done = run(INVESTED, rows={"R1": {"predicate": predicate}})
    assert message in done.messages[0]
    assert done.quads == set()


def test_a_relation_needs_another_end(run: Importer) -> None:
    done = run(INVESTED | {"value": ""}, what=EDGE)
    assert done.messages == ["the relation leads nowhere: object is missing"]


# ---------------------------------------------------------------- descriptions


def test_an_event_is_described_in_the_graph_of_its_source(run: Importer) -> None:
    what = {"investor": {"describe": "id:series-a", "investor": "$value"}}
    done = run(INVESTED | {"of": "Zhipu", "what": "investor", "value": "MiniMax"}, what=what)
    assert done.messages == []
    assert done.statements == []
    assert done.said("id:series-a") == {
        "of": ["id:zhipu"],
        "investor": ["id:minimax"],
        "at": ["2024-05^gYearMonth"],
    }


def test_the_address_of_an_event_may_be_made_of_its_thing(run: Importer) -> None:
    what = {"release": {"describe": "{of}-release", "time": "$value", "releasedBy": "Zhipu"}}
    row = {"of": "GLM-4.6", "what": "release", "value": "early December 2025"}
    done = run(row, what=what)
    assert done.messages == []
    assert done.said("id:glm-4.6-release") == {
        "of": ["id:glm-4.6"],
        "releasedBy": ["id:zhipu"],
        "during": ["period:2025-12-early"],
    }


def test_a_company_is_described_alike(run: Importer) -> None:
    chosen = {"describe": "$of", "of": "", "time": "", "stockCode": ["2513", "02513.HK"]}
    done = run(INVESTED | {"of": "Zhipu"}, rows={"R1": chosen})
    assert done.messages == []
    assert done.said("id:zhipu") == {"stockCode": ["02513.HK", "2513"]}


def test_columns_that_do_not_fit_an_event_are_dropped(run: Importer) -> None:
    columns = {"row": "id", "of": "of", "what": "what", "value": "value", "bound": "bound"}
    row = {"of": "Zhipu", "what": "x", "value": "MiniMax", "bound": "about"}
    what = {"x": {"describe": "id:series-a", "investor": ["$value", "id:zhang-peng"]}}
    done = run(row, columns=columns, what=what)
    assert done.messages == []
    assert done.said("id:series-a") == {
        "of": ["id:zhipu"],
        "investor": ["id:minimax", "id:zhang-peng"],
    }


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"exchange": "MiniMax"}, "wants a fs:StockExchange"),
        ({"basePeriod": "2024"}, "basePeriod is said of a fs:Observation"),
        ({"eventStatus": "finished"}, "eventStatus cannot be 'finished'"),
        ({"describe": "id:series-b"}, "there is nothing at id:series-b"),
        ({"describe": "idd:series-b"}, ""),
    ],
)
def test_what_does_not_fit_an_event_is_told(run: Importer, chosen: Row, message: str) -> None:
    done = run(INVESTED, rows={"R1": {"describe": "id:series-a"} | chosen})
    assert message in done.messages[0]
    assert done.quads == set()


# ---------------------------------------------------------------- comparisons and opinions


def test_a_comparison(run: Importer) -> None:
    chosen = {"comparedWith": "MiniMax", "metric": "metric:revenue", "outcome": "better"}
    done = run(REVENUE, rows={"R1": chosen})
    assert done.messages == []
    assert done.statements == ["idc-2026-01-05.zhipu.compared.minimax.revenue.2025"]
    assert done.only["outcome"] == ["fs:better"]
    assert "value" not in done.only


def test_a_comparison_is_made_on_something(run: Importer) -> None:
    done = run(REVENUE, rows={"R1": {"comparedWith": "MiniMax", "outcome": "better"}})
    assert "metric or a benchmark" in done.messages[0]


OPINION = {"says": "It is early.", "says-zh": "为时尚早。"}


def test_an_opinion_is_held_by_the_publisher_where_nobody_else_is_named(run: Importer) -> None:
    done = run(REVENUE, rows={"R1": OPINION | {"word": "early"}})
    assert done.messages == []
    assert done.statements == ["idc-2026-01-05.idc.opinion.early"]
    assert done.only == {
        "type": ["fs:Opinion"],
        "during": ["period:2025"],
        "statedBy": ["id:idc"],
        "concerns": ["id:zhipu"],
        "says": ["It is early.@en", "为时尚早。@zh"],
    }


def test_an_opinion_is_told_in_both_languages(run: Importer) -> None:
    done = run(REVENUE, rows={"R1": {"says": "It is early."}})
    assert done.messages == ["says-zh is missing: an opinion is told in both languages"]


def test_a_row_that_says_nothing_is_told(run: Importer) -> None:
    done = run({"of": "Zhipu"})
    assert done.messages == ["nothing says what this row means"]
