from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.query.tokens import position, tokens

QUERY = """PREFIX e: <http://example.org/#> # a comment with 'quotes' and <iris>
SELECT (COUNT(DISTINCT ?x) AS $n) WHERE {
  ?x e:a.b/^e:c|!(a|e:d)* "it's \\" #1"@en-GB, '''long
' text''', "7"^^<http://example.org/t>, -1.5e3, _:b.1 ;
     e:p\\,q%20r: [] .
  FILTER(?x<=3&&?y!=?z||!BOUND(?x))
}"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ASK{?s?p?o}", ["ASK", "{", "?s", "?p", "?o", "}"]),
        ("?a<?b && ?c>?d", ["?a", "<", "?b", "&&", "?c", ">", "?d"]),
        ("fs:of/fs:of?", ["fs:of", "/", "fs:of", "?"]),
        ('"a#b" # c', ['"a#b"']),
        ("'''a'b''' ''", ["'''a'b'''", "''"]),
        ('"\\"" ""', ['"\\""', '""']),
        ("智譜:名 :x e:", ["智譜:名", ":x", "e:"]),
        ("<http://e/\\u00e9>", ["<http://e/\\u00e9>"]),
        ("e:a. e:b.c", ["e:a", ".", "e:b.c"]),
    ],
)
def test_texts_are_cut_where_the_standard_cuts(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokens(text)] == expected


def test_kinds() -> None:
    found = {token.text: token.kind for token in tokens(QUERY)}
    assert found["e:a.b"] == "prefixed"
    assert found["@en-GB"] == "language"
    assert found["-1.5e3"] == "number"
    assert found["_:b.1"] == "blank"
    assert found["e:p\\,q%20r:"] == "prefixed"
    assert found["'''long\n' text'''"] == "string"
    assert found["&&"] == "sign"
    assert "comment" not in found


def test_a_query_written_again_from_its_tokens_means_the_same() -> None:
    spread = "\n".join(token.text for token in tokens(QUERY)).replace("\n@", "@")
    spread = spread.replace("\n^^\n", "^^")
    assert isinstance(ox.Store().query(spread), ox.QuerySolutions)


@given(st.text() | st.text(alphabet="\"'\\<>#:?$_.-+eE^@aé1 \n{}|%\x01"))
def test_nothing_but_spaces_and_comments_is_lost(text: str) -> None:
    end = 0
    for token in tokens(text):
        gap = text[end : token.start]
        while gap:
            gap = gap.lstrip(" \t\r\n")
            if gap:
                assert gap.startswith("#")
                cut = min((gap.find(c) for c in "\r\n" if c in gap), default=len(gap))
                gap = gap[cut:]
        assert text[token.start : token.end] == token.text != ""
        end = token.end


@given(st.text(alphabet="ab\n"), st.integers(min_value=0, max_value=30))
def test_position_is_a_line_and_a_column(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    line, column = position(text, offset)
    assert sum(len(part) + 1 for part in text.split("\n")[: line - 1]) + column - 1 == offset
