from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.exchange.conftest import Importer

ROW = {"of": "Zhipu", "what": "revenue", "value": "12", "unit": "CNY", "time": "2025"}
URL = "https://example.org/a"


def test_a_page_is_described_by_its_rows(run: Importer) -> None:
    done = run(
        ROW | {"issued": "~Jan 2026", "lang": "ZH", "grade": "B"},
        source={
            "url": "url",
            "publisher": "by",
            "issued": "issued",
            "language": "lang",
            "reliability": "grade",
        },
    )
    assert done.messages == []
    assert list(done.texts) == ["idc-2026-01.trig"]
    assert done.said("src:idc-2026-01") == {
        "type": ["fs:Source"],
        "title": ["IDC, January 2026@en"],
        "publisher": ["id:idc"],
        "issued": ["2026-01^gYearMonth"],
        "issuedInferred": ["true^boolean"],
        "language": ["zh"],
        "url": [URL],
        "reliability": ["B"],
    }


def test_the_file_of_sources_goes_before_the_rows(run: Importer) -> None:
    known = {
        "slug": "idc-tracker",
        "title": "Tracker",
        "title-zh": "追踪",
        "issued": "2025",
        "reliability": "A",
        "based-on": ["https://example.org/b"],
        "cites": "src:other",
        "comment": "Dated by its cover.",
    }
    other = {"slug": "other", "publisher": "id:zhipu", "issued": "2024-12-01"}
    done = run(
        ROW | {"issued": "~2026", "by": ""},
        ROW | {"url": "https://example.org/b", "value": "13"},
        sources={URL: known, "https://example.org/b": other},
    )
    assert done.messages == []
    assert done.said("src:idc-tracker") == {
        "type": ["fs:Source"],
        "title": ["Tracker@en", "追踪@zh"],
        "issued": ["2025^gYear"],
        "url": [URL],
        "reliability": ["A"],
        "basedOn": ["src:other"],
        "cites": ["src:other"],
    }
    assert "# Dated by its cover.\nsrc:idc-tracker" in done.texts["idc-tracker.trig"]


@pytest.mark.parametrize(
    ("row", "known", "message", "line"),
    [
        ({"by": "Nobody"}, {}, "nothing is called 'Nobody'", '"Nobody" = { new = "id:nobody"'),
        ({"by": "GLM-4.6"}, {}, "wants a fs:Agent", ""),
        ({"by": ""}, {}, "no publisher to be called after", 'slug = "…"'),
        ({"issued": "H1 2026"}, {}, "H1 2026 is a period", 'issued = "2026"\ninferred = true'),
        ({"issued": "lately"}, {}, "lately", 'issued = "'),
        ({}, {"slug": "A b"}, "cannot be part of an address", 'slug = "a-b"'),
        ({}, {"url": "javascript:alert(1)"}, "is no address of a page", 'url = "https://…"'),
        ({"url": "https://example.org/a b"}, {}, "is no address of a page", ""),
        ({"url": "javascript:alert(1)"}, {}, "is no address of a page", ""),
        ({"url": "ftp://example.org"}, {}, "is no address of a page", ""),
        ({}, {"language": "Chinese!"}, "is no tag of a language", 'language = "en"'),
        ({}, {"reliability": "E"}, "'E' is no grade", 'reliability = "C"'),
        ({}, {"cites": "src:nowhere"}, "there is no source src:nowhere", ""),
    ],
)
def test_what_is_wrong_with_a_page_is_told_once_and_its_rows_wait(
    run: Importer, row: dict[str, str], known: dict[str, Any], message: str, line: str
) -> None:
    url = row.get("url", URL)
    good = ROW | {"url": "https://example.org/good", "by": "IDC", "issued": "2020"}
    done = run(
        ROW | row, ROW | row | {"what": "net loss"}, good, sources={url: known} if known else {}
    )
    (problem,) = done.result.problems
    assert problem.rows == ("R1", "R2")
    assert message in problem.message
    assert line in problem.lines
    assert list(done.texts) == ["idc-2020.trig"]


def test_rows_of_one_page_may_not_say_different_things_of_it(run: Importer) -> None:
    rows = [ROW, ROW | {"by": "Zhipu", "what": "net loss"}]
    done = run(*rows)
    assert done.messages == ["its rows say different things: publisher 'IDC' or 'Zhipu'"]
    assert done.texts == {}
    assert run(*rows, sources={URL: {"publisher": "IDC"}}).messages == []


def test_two_pages_that_would_have_one_name_both_wait(run: Importer) -> None:
    rows = [ROW, ROW | {"url": "https://example.org/b"}]
    done = run(*rows)
    assert done.messages == ["2 pages would be called src:idc-2026-01-05"] * 2
    assert done.result.problems[1].lines.startswith('["https://example.org/b"]\nslug = ')
    assert run(*rows, sources={URL: {"slug": "a"}}).messages == []


def test_a_page_without_an_address_is_known_by_what_else_is_said(run: Importer) -> None:
    done = run(ROW | {"url": ""}, ROW | {"url": "", "what": "net loss"})
    assert done.messages == []
    assert "url" not in done.said("src:idc-2026-01-05")
    assert done.result.sources == 1


def test_a_row_of_no_page_is_told(run: Importer) -> None:
    done = run(ROW, ROW | {"url": "", "by": "", "issued": "", "what": "net loss"})
    assert done.messages == ["the row does not say which page it is from"]
    assert len(done.statements) == 1


def test_a_table_of_one_page_may_say_it_once(run: Importer) -> None:
    page = {"publisher": "IDC", "issued": "2026", "title": "Tracker", "url": "https://x.org/t"}
    done = run(ROW, source={}, constant=page)
    assert done.messages == []
    assert done.said("src:idc-2026")["title"] == ["Tracker@en"]
    assert done.said("src:idc-2026")["url"] == ["https://x.org/t"]


def test_a_row_graded_otherwise_says_so_on_its_statement(run: Importer) -> None:
    source = {"url": "url", "publisher": "by", "reliability": "grade"}
    grades = ["B", "B", "D", ""]
    whats = ["revenue", "net loss", "gross profit", "cash"]
    rows = [ROW | {"grade": g, "what": w} for g, w in zip(grades, whats, strict=True)]
    done = run(
        *rows, source=source, what={w: {"metric": "metric:revenue", "word": w} for w in whats}
    )
    assert done.messages == []
    assert done.said("src:idc")["reliability"] == ["B"]
    graded = {a: done.said(f"claim:{a}").get("reliability") for a in done.statements}
    assert [grade for grade in graded.values() if grade] == [["D"]]


def test_where_grades_are_even_the_careful_one_is_the_pages(run: Importer) -> None:
    source = {"url": "url", "publisher": "by", "reliability": "grade"}
    done = run(ROW | {"grade": "A"}, ROW | {"grade": "C", "what": "net loss"}, source=source)
    assert done.said("src:idc")["reliability"] == ["C"]
