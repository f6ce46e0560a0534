"""Keys: what is typed differently and meant alike is one key, and nothing typed breaks them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.names.fold import Folding
from factscape.names.readings import reading, simplified_characters

FOLDING = Folding(simplified_characters())
HAN = "".join(bytes([row, 0xA1]).decode("gb2312") for row in range(0xB0, 0xD8))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("智譜華章", "智谱华章"),
        ("爲", "為"),
        ("裏", "裡"),
        ("ＧＬＭ－４", "glm-4"),
        ("Zhipu AI", "zhipu_ai"),
        ("Z.ai", "ZAI"),
        ("Crédit Agricole", "credit  agricole"),
        ("Søren Łódź", "soren lodz"),
        ("Moody's", "Moody’s"),
        ("straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("智谱 AI", "智譜ＡＩ"),
        ("GLM-4.6", "glm 4 6"),
        ("ｶﾅ", "カナ"),
        ("한국", unicodedata.normalize("NFD", "한국")),
        ("Ὀδυσσεύς", "οδυσσευσ"),
        ("Чайковский", "чаиковскии"),
        ("⑤", "5"),
        ("a\u200db\ufe0f", "ab"),
        ("🤖", "🤖\ufe0f"),
    ],
)
def test_alike(one: str, other: str) -> None:
    assert FOLDING.key(one) == FOLDING.key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GLM-4.6", "GLM-46"),
        ("C++", "C"),
        ("か", "が"),
        ("智谱", "普智"),
        ("🤖", "🧠"),
        ("!!!", "???"),
        ("हिन्दी", "हन्द"),
    ],
)
def test_not_alike(one: str, other: str) -> None:
    assert FOLDING.key(one) != FOLDING.key(other)


@pytest.mark.parametrize("nothing", ["", " ", "\t\n", "\0", "\u200d", "\ud800"])
def test_what_cannot_be_seen_has_no_key(nothing: str) -> None:
    assert FOLDING.key(nothing) == ""


def test_accents_and_scripts_can_be_told_apart() -> None:
    assert Folding(keep_accents=True).key("é") != Folding(keep_accents=True).key("e")
    assert Folding(keep_accents=True).key("é") == Folding(keep_accents=True).key("e\u0301")
    assert Folding().key("譜") != Folding().key("谱")


def test_words() -> None:
    assert FOLDING.words("Hong-Kong 4.6 (智譜AI)") == ["hong", "kong", "4.6", "智谱", "ai"]
    assert FOLDING.words("...") == []


@given(st.text())
def test_any_text_has_a_key_that_sqlite_can_hold(text: str) -> None:
    key = FOLDING.key(text)
    key.encode("utf-8")
    assert not {"\x02", "\x03", "\0"} & set(key)
    assert FOLDING.key(key) == key or len(text) > 300 or not text.isalnum()


@given(st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=1))
def test_case_and_composition_do_not_matter(text: str) -> None:
    key = FOLDING.key(text)
    assert key
    for same in (text.upper(), text.lower(), unicodedata.normalize("NFD", text), f" {text}. "):
        assert FOLDING.key(same) == key


@given(st.text(st.characters(max_codepoint=0x2FFFF, exclude_categories=["Cs"])))
def test_words_make_up_the_key(text: str) -> None:
    if words := FOLDING.words(text):
        assert set("".join(words)) == set(FOLDING.key(text))


def test_every_character_ends_where_its_simplified_one_does() -> None:
    table = simplified_characters()
    assert len(table) > 4000
    assert not set(table.values()) & set(table)
    assert all(len(char) == len(simple) == 1 for char, simple in table.items())


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("智谱", "zhipu", "zp"),
        ("智谱ai", "zhipuai", "zpai"),
        ("重庆银行", "chongqingyinhang", "cqyh"),
        ("旅行", "luxing", "lx"),
        ("智", "zhi", ""),
    ],
)
def test_readings(name: str, full: str, initials: str) -> None:
    found = reading(name)
    assert found
    assert (found.full, found.initials) == (full, initials)


def test_other_readings() -> None:
    def others(name: str) -> tuple[str, ...]:
        found = reading(name)
        assert found
        return found.others

    assert "zengyuqun" in others("曾毓群")
    assert "lvxing" in others("旅行")
    assert len(others("单曾重长")) <= 5
    assert others("中国人民银行上海分行") == ()


@pytest.mark.parametrize("name", ["zhipu", "", "トヨタ自動車ガ", "한국", "4.6"])
def test_what_is_not_chinese_is_not_read(name: str) -> None:
    assert reading(name) is None


@given(st.text(HAN, min_size=1, max_size=40))
def test_every_chinese_name_is_read_in_plain_letters(name: str) -> None:
    found = reading(name)
    assert found
    for text in (found.full, *found.others):
        assert text.isascii()
        assert text.isalpha()
        assert text.islower()
    assert len(found.initials) == (len(name) if len(name) > 1 else 0)
