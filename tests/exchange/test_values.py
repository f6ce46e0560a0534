from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.exchange.conftest import Importer

ROW = {"of": "Zhipu", "what": "revenue", "value": "12", "unit": "CNY", "time": "2025"}
OTHER = {"https://example.org/b": {"slug": "other"}}
RANK = {"ranking": "id:arena-ranking", "position": "2", "of": "GLM-4.6"}


@pytest.mark.parametrize(
    ("chosen", "field", "said"),
    [
        ({"statedAt": "early December 2025"}, "statedAt", ["period:2025-12-early"]),
        ({"statedAt": date(2025, 12, 5)}, "statedAt", ["2025-12-05^date"]),
        ({"basePeriod": "H1 2024"}, "basePeriod", ["period:2024-H1"]),
        ({"basePeriod": "period:2024-H1"}, "basePeriod", ["period:2024-H1"]),
        ({"at": "2025-06-30"}, "at", ["2025-06-30^date"]),
        ({"during": "Q3 2025"}, "during", ["period:2025-Q3"]),
        ({"method": "summed by us"}, "method", ["summed by us@en"]),
        ({"setting": "id:code-arena"}, "setting", ["id:code-arena"]),
        ({"setting": "Code Arena"}, "setting", ["Code Arena@en"]),
        ({"cites": ["https://example.org/b", "src:other"]}, "cites", ["src:other"]),
        ({"addends": ["claim:a.b", "claim:c"]}, "addends", ["claim:a.b", "claim:c"]),
        ({"printed": "twelve"}, "printed", ["twelve"]),
        ({"value": 2358000000}, "value", ["2358000000"]),
        ({"value": 8.40}, "value", ["8.4"]),
        ({"margin": "0.5"}, "margin", ["0.5"]),
        ({"market": ["id:china-market", "China"]}, "market", ["id:china-market"]),
        ({"unit": "$unit"}, "unit", ["unit:CNY"]),
        (RANK | {"rankedAbove": "claim:x"}, "rankedAbove", ["claim:x"]),
        (RANK | {"position": "No. 4"}, "position", ["4"]),
        (RANK | {"position": "4th"}, "position", ["4"]),
        (RANK | {"position": "第四名"}, "position", ["4"]),
        (RANK | {"position": 4}, "position", ["4"]),
    ],
)
def test_what_a_field_may_say(
    run: Importer, chosen: dict[str, Any], field: str, said: list[str]
) -> None:
    second = ROW | {"url": "https://example.org/b", "what": "net loss"}
    done = run(ROW, second, rows={"R1": chosen}, sources=OTHER)
    assert done.messages == []
    (address,) = (name for name in done.statements if name.startswith("idc"))
    assert done.said(f"claim:{address}")[field] == said


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"at": "H1 2025"}, "2025-H1 is a period: at holds a day"),
        ({"at": "whenever"}, "whenever"),
        ({"metric": ["metric:revenue", "metric:net-loss"]}, "metric has 2 values"),
        ({"time": ["2024", "2025"]}, "time has 2 values"),
        ({"describe": ["id:series-a", "id:series-b"]}, "describe has 2 values"),
        ({"low": "1"}, "a range has a low and a high end"),
        ({"low": "1", "high": "2", "value": "1.5"}, "a value, or low and high"),
        ({"low": "2", "high": "1"}, "a range goes up"),
        ({"low": "1–2", "high": "5"}, "a range goes up"),
        ({"margin": "1–2", "value": "5"}, "margin is one number"),
        (RANK | {"position": "1–3"}, "is one number, not a range"),
        (RANK | {"position": "1.5"}, "position is a whole number"),
        ({"cites": "Reuters"}, "'Reuters' is not a source"),
        ({"addends": "no prefix"}, "there is no prefix"),
        ({"describe": "{nothing}-a"}, "{nothing} refers to a field without one value"),
        ({"describe": "{of}-ipo"}, "there is nothing at id:zhipu-ipo"),
        ({"unit": "id:zhipu"}, "there is no unit"),
    ],
)
def test_what_a_field_may_not_say(run: Importer, chosen: dict[str, Any], message: str) -> None:
    done = run(ROW, rows={"R1": chosen})
    assert message in done.messages[0]
    assert done.quads == set()


@pytest.mark.parametrize(
    ("template", "address"),
    [
        ("{of}-release", "id:glm-4.6-release"),
        ("id:{of}-release", "id:glm-4.6-release"),
        ("{of}-release-{time}", "id:glm-4.6-release-2025-h1"),
        ("id:by-{statedBy}-{unit}", "id:by-zhang-peng-cny"),
    ],
)
def test_addresses_are_made_of_fields(run: Importer, template: str, address: str) -> None:
    names = {"it": {"new": address, "type": "fs:ModelRelease", "en": "It"}}
    if address == "id:glm-4.6-release":
        names = {}
    chosen = {"describe": template, "statedBy": "张鹏"}
    done = run(ROW | {"of": "GLM-4.6", "time": "H1 2025"}, rows={"R1": chosen}, names=names)
    assert done.messages == []
    assert done.said(address)["of"] == ["id:glm-4.6"]


def test_an_address_in_of_is_made_of_the_cell(run: Importer) -> None:
    done = run(ROW | {"of": "GLM-4.6"}, rows={"R1": {"of": "{of}-release"}})
    assert done.messages == []
    assert done.only["of"] == ["id:glm-4.6-release"]


@pytest.mark.parametrize("cell", ["$value", "{of}-release", "{of}"])
def test_what_looks_like_a_reference_in_a_cell_is_none(run: Importer, cell: str) -> None:
    columns = {"of": "of", "what": "what", "value": "value", "unit": "unit", "scope": "scope"}
    done = run(ROW | {"scope": cell}, columns=columns)
    assert done.only["scope"] == [f"{cell}@en"]
    done = run(ROW | {"of": cell, "scope": ""}, columns=columns)
    assert done.messages == [f"nothing is called {cell!r}"]
