"""An answer for people: things by name, columns by heading, in the language asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import factscape
from factscape.opening import Facts
from factscape.query.header import read_header
from factscape.query.library import read_query
from factscape.query.wording import in_words, meanings, titled

QUERY = """#+ title: What stands here
#+ title-zh: 此处所述
#+ parameters:
#+   company: {type: thing, label: company, label-zh: 公司}
#+   metric: {type: metric, label: metric, label-zh: 指标}
#+   since: {type: date, label: since, label-zh: 起始}
#+   lang: {type: text}
#+ columns: {who: who it is, who-zh: 谁}
SELECT DISTINCT ?who ?metric ?statedBy ?text ?other {
  VALUES $company { id:zhipu id:nobody }
  VALUES $metric { UNDEF }
  VALUES $since { "2025-01-01"^^xsd:date }
  VALUES $lang { "en" }
  VALUES (?who ?metric ?statedBy ?text ?other) {
    (id:zhipu metric:net-loss id:nobody "text"@en 1) (id:openai metric:revenue UNDEF "文字"@zh "x")
  }
}
ORDER BY DESC(?who)
"""


@pytest.fixture(scope="module")
def facts() -> Iterator[Facts]:
    with factscape.open() as facts:
        yield facts


@pytest.mark.parametrize(
    ("lang", "columns", "first"),
    [
        ("en", ("who it is", "metric", "stated by"), ["Zhipu", "net loss", "id:nobody"]),
        ("zh", ("谁", "指标", "陈述者"), ["智谱", "净亏损", "id:nobody"]),
    ],
)
def test_things_and_columns_have_names(
    facts: Facts, lang: str, columns: tuple[str, ...], first: list[str]
) -> None:
    rows = in_words(facts.query(QUERY), read_header(QUERY), facts, lang)
    # A column that nothing is known of keeps its name.
    assert rows.columns == (*columns, "text", "other")
    # Languages are not marked: the reader chose one.
    assert rows.rows[0] == [*first, "text", "1"]
    assert rows.rows[1][3:] == ["文字", "x"]


def test_rows_are_cut(facts: Facts) -> None:
    rows = in_words(facts.query(QUERY), read_header(QUERY), facts, "en", 1)
    assert (len(rows.rows), rows.cut) == (1, True)


def test_what_was_asked_is_said(facts: Facts, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(QUERY, encoding="utf-8")
    query = read_query(tmp_path / "q.rq", facts.prefixes)
    assert meanings(query, {}, facts, "en") == {
        "company": "Zhipu, id:nobody",
        "metric": "any",
        "since": "2025-01-01",
    }
    values = query.values({"company": "OpenAI", "metric": ["API price, input", "revenue"]}, facts)
    assert titled(query, values, facts, "en") == (
        "What stands here · company: OpenAI · metric: API price, input; revenue · since: 2025-01-01"
    )
    assert titled(query, {}, facts, "zh").startswith(
        "此处所述 · 公司: 智谱, id:nobody · 指标: 不限"
    )
