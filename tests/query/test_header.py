"""What a query file says of itself is read as it is written, or refused at its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.errors import QueryHeaderError
from factscape.query.header import TYPES, VIEWS, Header, read_header

WHOLE = """\
#+ title: What a company earned
#+ title-zh: 公司收入
#+ question: "What did Zhipu earn: and when?"
#+ question-zh: 智谱收入多少？
# A comment for readers of the file.
#+ parameters:
#+   company: {type: thing, label: company, label-zh: 公司}
#+   since:
#+     type: date
#+ view: chart

#+ columns:
#+   issued: issued
#+   issued-zh: 发布日期
#+ expected:
#+   - among:
#+       - {period: 2022, printed: "1.44"}
#+   - given: {company: [智谱, OpenAI], since: 2025-01-01}
#+     all: []

SELECT ?period { }
#+ title: not a header any more
"""
# No surrogates, control characters or line separators: YAML has no way to write them.
TEXTS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]))


def test_a_whole_header() -> None:
    header = read_header(WHOLE, "a.rq")
    assert header.title == {"en": "What a company earned", "zh": "公司收入"}
    assert header.question["en"] == "What did Zhipu earn: and when?"
    assert header.view == "chart"
    company, since = header.parameters.values()
    assert (company.name, company.type, company.line) == ("company", "thing", 7)
    assert company.label == {"en": "company", "zh": "公司"}
    assert (since.name, since.type, since.label) == (
        "since",
        "date",
        {"en": "since", "zh": "since"},
    )
    assert header.columns["issued"].words == {"en": "issued", "zh": "发布日期"}
    assert header.columns["issued"].line == 13
    some, every = header.expected
    # Texts stay as they are written: no year becomes a number, no day a date.
    assert some.rows == ({"period": "2022", "printed": "1.44"},)
    assert (some.whole, some.given, some.line) == (False, {}, 16)
    assert (every.rows, every.whole) == ((), True)
    assert every.given == {"company": ("智谱", "OpenAI"), "since": ("2025-01-01",)}


@pytest.mark.parametrize("text", ["", "ASK {}", "# only a comment\n\nASK {}", "\n\n#+\nASK {}"])
def test_no_header(text: str) -> None:
    assert read_header(text) == Header()


def test_lines_may_end_as_on_windows() -> None:
    assert read_header("#+ title: A\r\n#+ title-zh: 甲\r\nASK {}").title == {"en": "A", "zh": "甲"}


def test_a_text_in_one_language_serves_for_both() -> None:
    assert read_header("#+ title-zh: 甲").title == {"en": "甲", "zh": "甲"}


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("#+ titel: A", "a.rq:1:4", "'titel' is no part of this\n  did you mean title?"),
        ("#+ view: map", "a.rq:1:10", "'map' is no view\n  known: table, network, timeline, chart"),
        ("#+ title: A\n\n#+ title: B", "a.rq:3:4", "'title' stands here twice"),
        ("#+ title: who: what", "a.rq:1:14", "this is not YAML"),
        ("#+ title: Who is #1?", "a.rq:1:17", "the text ends here, because ' #' begins a comment"),
        ("#+ title: [a]", "a.rq:1:11", "here stands a text"),
        ("#+ title", "a.rq:1:4", "here stand lines of the form 'key: value'"),
        ("#+title: A\n#+  view: table", "a.rq:2", "this is not YAML"),
        ("#+ parameters: {a: {type: thng}}", "a.rq:1:27", "did you mean thing?"),
        ("#+ parameters: {a: {label: A}}", "a.rq:1:17", "parameter a has no type"),
        ("#+ parameters: {a-b: {type: text}}", "a.rq:1:17", "'a-b' cannot be the name"),
        ("#+ parameters: {timeout: {type: text}}", "a.rq:1:17", "'timeout' cannot be the name"),
        ("#+ parameters: {a: {type: text, default: x}}", "a.rq:1:33", "'default' is no part"),
        ("#+ columns: [a]", "a.rq:1:13", "here stand lines of the form"),
        ("#+ expected: {all: []}", "a.rq:1:14", "here stands a list"),
        ("#+ expected:\n#+ - {given: {a: 1}}", "a.rq:2:6", "has either 'all' or 'among'"),
        ("#+ expected:\n#+ - {all: [], among: []}", "a.rq:2:6", "has either 'all' or 'among'"),
        ("#+ expected:\n#+ - all: [{a: [1]}]", "a.rq:2:16", "here stands a text"),
        ("#+ title: \x01", "a.rq", "this is not YAML"),
        ("#+ title: 'A", "a.rq:1", "this is not YAML"),
        ("#+ title: *a", "a.rq:1", "this is not YAML"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, place: str, words: str) -> None:
    with pytest.raises(QueryHeaderError) as caught:
        read_header(text + "\nASK {}", "a.rq")
    assert str(caught.value.place).startswith(place)
    assert words in str(caught.value)
    assert caught.value.hint


@given(TEXTS, TEXTS, st.sampled_from(TYPES), st.sampled_from(VIEWS))
def test_what_is_written_is_read(title: str, label: str, type_: str, view: str) -> None:
    quoted = [json.dumps(text, ensure_ascii=False) for text in (title, label)]
    header = read_header(
        f"#+ title: {quoted[0]}\n"
        f"#+ parameters: {{p: {{type: {type_}, label-zh: {quoted[1]}}}}}\n"
        f"#+ view: {view}\nASK {{}}"
    )
    assert header.title["en"] == title
    assert (header.parameters["p"].type, header.parameters["p"].label["zh"]) == (type_, label)
    assert header.view == view


@given(st.lists(st.text()))
def test_anything_is_read_or_refused_in_one_of_its_lines(lines: list[str]) -> None:
    text = "\n".join(f"#+ {line}" for line in lines)
    try:
        read_header(text, "a.rq")
    except QueryHeaderError as error:
        assert error.place is not None
        assert error.place.file == "a.rq"
        assert 1 <= (error.place.line or 1) <= text.count("\n") + 1
