"""What the grams find is what looking at every name would find."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from factscape.names.finding import beginning, having_words, mistyped, within
from factscape.names.fold import Folding, has_han
from factscape.names.grams import BEGIN, END, cut, grams, steady_grams, tolerance
from factscape.names.readings import simplified_characters
from factscape.names.schema import Kind
from factscape.names.tables import Name, Tables

FOLDING = Folding(simplified_characters())
ALL = 10_000

# What the names of the crowd are made of, so that much is alike and much is nearly so.
PIECES = st.sampled_from(
    [*"abeghiklmnopstuxz智谱深度求中国之 .", "Zhi", "Moon", "Labs", "ini", "8.1"]
)
ASKED = st.lists(PIECES, min_size=1, max_size=7).map("".join)


@pytest.fixture(scope="module")
def tables(crowd_file: Path) -> Iterator[Tables]:
    tables = Tables.open(crowd_file)
    yield tables
    tables.close()


class Keys(dict[str, list[Name]]):
    """All names by their keys, in so many words."""

    def __repr__(self) -> str:
        return f"<{len(self)} keys>"


@pytest.fixture(scope="module")
def keys(tables: Tables) -> Keys:
    keys = Keys()
    for name in tables.names(range(ALL)):
        keys.setdefault(FOLDING.key(name.text), []).append(name)
    return keys


@given(ASKED)
def test_beginnings(tables: Tables, keys: Keys, asked: str) -> None:
    if not (key := FOLDING.key(asked)):
        return
    found = list(beginning(tables, Kind.NAME, key, 7))
    expected = [
        name.number
        for other, names in keys.items()
        if other.startswith(key) and other != key
        for name in names
    ]
    assert sorted(found) == sorted(expected)
    # The first as many as were asked for are the best known ones.
    assert found[:7] == sorted(expected)[:7]


@given(ASKED)
def test_insides(tables: Tables, keys: Keys, asked: str) -> None:
    key = FOLDING.key(asked)
    found = list(within(tables, Kind.NAME, key, 7))
    expected = [
        name.number for other, names in keys.items() if other.find(key, 1) > 0 for name in names
    ]
    # One or two letters are in too many names to be looked for.
    assert sorted(found) == (sorted(expected) if grams(key) else [])
    assert found[:7] == sorted(found)[:7]


@given(ASKED)
def test_words(tables: Tables, keys: Keys, asked: str) -> None:
    words = FOLDING.words(asked)
    found = list(having_words(tables, words))
    expected = [
        name.number
        for names in keys.values()
        for name in names
        if words
        and set(words) <= set(FOLDING.words(name.text))
        and len(FOLDING.words(name.text)) > 1
    ]
    assert found == sorted(expected)


def typos(key: str, other: str) -> int:
    """Count the typos between two keys; 9 where they are too many for names so short."""
    number = OSA.distance(key, other)
    allowed = min(tolerance(max(key, other, key=len)), tolerance(key + key[-1:]))
    return number if 0 < number <= allowed else 9


@given(ASKED)
def test_typos(tables: Tables, keys: Keys, asked: str) -> None:
    key = FOLDING.key(asked)
    found = dict(mistyped(tables, key, ALL))
    for number in (1, 2):
        expected = {
            name.number
            for other, names in keys.items()
            if typos(key, other) == number
            for name in names
        }
        if number == 2 and min(found, default=4) < 4:
            break  # with one typo there was something already
        assert expected <= set(found.get(2 * number, ()))
        for name in tables.names(found.get(2 * number, [])):
            assert name.number in expected or has_han(name.text)  # or it is read so


@given(ASKED, st.data())
def test_one_part_of_a_cut_text_survives_fewer_typos(asked: str, data: st.DataObject) -> None:
    key = FOLDING.key(asked)
    text = f"{BEGIN}{key}{END}"
    parts = data.draw(st.integers(2, 3))
    borders = cut(text, parts, lambda gram: data.draw(st.integers(0, 9)))
    if not borders:
        assert len(text) < 3 * parts
        return
    assert (borders[0], borders[-1], len(borders)) == (0, len(text), parts + 1)
    for begin, end in pairwise(borders):
        assert any(begin <= at and at + len(gram) <= end for at, gram in steady_grams(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", set()),
        ("zh", set()),
        ("zhi", {"zhi"}),
        ("智", {"智"}),
        ("智谱", {"智", "谱", "智谱"}),
        ("ai智", {"i智", "智"}),
        (f"{BEGIN}a智{END}", {f"{BEGIN}a", "a智", "智", f"智{END}"}),
        ("智ab谱", {"智", "智a", "ab", "b谱", "谱"}),
        ("智abc谱", {"智", "智a", "abc", "c谱", "谱"}),
        ("чайка", {"чай", "айк", "йка"}),
    ],
)
def test_grams(text: str, expected: set[str]) -> None:
    assert grams(text) == expected


@given(ASKED, ASKED, ASKED)
def test_grams_of_a_part_are_grams_of_the_whole(before: str, part: str, behind: str) -> None:
    assert grams(part) <= grams(before + part + behind)
    assert grams(BEGIN + part) <= grams(f"{BEGIN}{part}{behind}{END}")
