"""The query library: each question is whole in two languages, and the bundled facts answer it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

import factscape
from factscape.opening import Facts
from factscape.query.library import check
from factscape.query.parameters import Given
from factscape.query.wording import in_words

FOLDER = Path(__file__).parents[2] / "ontology" / "queries"
NAMES = sorted(path.stem for path in FOLDER.glob("*.rq"))
HAN = re.compile("[\u4e00-\u9fff]")

# The questions that the facts must answer, by their number.
ASKED = {
    1: ["finances"],
    2: ["rd-per-revenue"],
    3: ["revenue-by-segment"],
    4: ["customer-concentration"],
    5: ["compute-share-of-rd"],
    6: ["investors"],
    7: ["shared-investors"],
    8: ["ownership-paths"],
    9: ["offerings"],
    10: ["cash-flow-targets"],
    11: ["total-funding"],
    12: ["models"],
    13: ["benchmarks"],
    14: ["prices", "price-changes"],
    15: ["leaderboards"],
    16: ["market-shares", "shares-add-up"],
    17: ["rankings"],
    18: ["enterprise-share"],
    19: ["rankings-that-differ"],
    20: ["strategy-shifts"],
    21: ["aims"],
    22: ["people-changes"],
    23: ["business-models"],
    24: ["who-says"],
    25: ["support"],
    26: ["arithmetic"],
    27: ["known-by"],
    28: ["single-voice"],
    29: ["what-happened"],
    30: ["gaps"],
}
SOURCES = {"source", "sources"}


@pytest.fixture(scope="module")
def facts() -> Iterator[Facts]:
    with factscape.open() as facts:
        yield facts


def asked(facts: Facts, name: str, **given: Given) -> list[ox.QuerySolution]:
    answer = facts.ask(name, timeout=None, **given)
    assert isinstance(answer, ox.QuerySolutions)
    return list(answer)


def test_every_question_has_its_query() -> None:
    assert {name for names in ASKED.values() for name in names} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_says_in_two_languages_what_it_asks(name: str, facts: Facts) -> None:
    query = facts.queries[name]
    for words in (query.header.title, query.header.question):
        assert words["en"]
        assert not HAN.search(words["en"])
        assert HAN.search(words["zh"])
    for parameter in query.parameters.values():
        assert not HAN.search(parameter.label["en"])
        assert HAN.search(parameter.label["zh"])


@pytest.mark.parametrize("name", NAMES)
def test_the_facts_answer_as_expected(name: str, facts: Facts) -> None:
    query = facts.queries[name]
    assert any(case.rows and not case.given for case in query.header.expected)
    assert check(query, facts) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_its_source_and_every_column_a_heading(name: str, facts: Facts) -> None:
    query = facts.queries[name]
    answer = facts.ask(name)
    assert isinstance(answer, ox.QuerySolutions)
    source = SOURCES & {variable.value for variable in answer.variables}
    assert source or name == "gaps"  # which is about what nobody says
    rows = list(answer)
    assert rows
    assert all(row[column] is not None for row in rows for column in source)
    assert len(set(map(tuple, rows))) == len(rows)
    headings = in_words(facts.ask(name), query.header, facts, "zh", 1).columns
    assert [heading for heading in headings if not HAN.search(heading)] == []


@pytest.mark.parametrize("name", NAMES)
def test_whatever_can_be_chosen_can_be_left_open(name: str, facts: Facts) -> None:
    query = facts.queries[name]
    some = len(asked(facts, name))
    for parameter in query.parameters.values():
        if parameter.type in ("thing", "metric", "market"):
            assert len(asked(facts, name, **{parameter.name: None})) >= some


@pytest.mark.parametrize("name", NAMES)
def test_whatever_can_be_chosen_is_heeded(name: str, facts: Facts) -> None:
    # No day, and a thing that nothing of the kind is said of, leave fewer rows than there were.
    nothing = {"thing": "id:hong-kong-stock-exchange", "metric": "metric:member-count"}
    before = len(asked(facts, name))
    for parameter in facts.queries[name].parameters.values():
        day = {"since": "2099-01-01", "until": "1900-01-01", "on": "1900-01-01"}
        value = day.get(parameter.name) or nothing.get(parameter.type)
        if value is not None:
            assert len(asked(facts, name, **{parameter.name: value})) < before
