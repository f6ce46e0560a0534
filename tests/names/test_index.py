"""Looking up: every name is found as people write it, and nothing that is typed breaks the index."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import unicodedata
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from factscape.errors import StoreError
from factscape.names.building import build_index
from factscape.names.fold import Folding
from factscape.names.index import Hit, NameIndex, Reason
from factscape.names.readings import reading, simplified_characters
from factscape.terms import PREFIXES

ID = PREFIXES["id"]
ZHIPU = ID + "zhipu"

TRADITIONAL = OpenCC("s2t").convert
KEY = Folding(simplified_characters()).key


def slugs(hits: list[Hit]) -> list[str]:
    return [hit.iri.removeprefix(ID) for hit in hits]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("Zhipu", Reason.NAME),
        ("ＺＨＩＰＵ", Reason.NAME),
        ("智谱", Reason.NAME),
        ("智譜", Reason.OTHER_SCRIPT),
        ("智谱华章", Reason.OTHER_SCRIPT),
        ("智譜華章", Reason.ALIAS),
        ("z.AI", Reason.ALIAS),
        ("zhipuai", Reason.ALIAS),
        ("2513 hk", Reason.ALIAS),
        ("chipu", Reason.ALIAS),
        ("zhì pǔ", Reason.WITHOUT_ACCENTS),
        ("zhi4 pu3 hua2 zhang1", Reason.PINYIN),
        ("zhipuhuazhang", Reason.PINYIN),
        ("zphz", Reason.INITIALS),
        ("id:zhipu", Reason.IDENTIFIER),
        (ZHIPU, Reason.IDENTIFIER),
        (f"<{ZHIPU}>", Reason.IDENTIFIER),
    ],
)
def test_one_thing_has_all_its_names(industry: NameIndex, asked: str, reason: Reason) -> None:
    assert [(hit.iri, hit.reason) for hit in industry.resolve(asked)] == [(ZHIPU, reason)]
    assert industry.search(asked)[0].iri == ZHIPU


@pytest.mark.parametrize(
    ("asked", "slug"),
    [
        ("glm-4.6", "glm-4.6"),
        ("GLM46", "glm-46"),
        ("societe generale", "generale"),
        ("socgen", "generale"),
        ("ЧАЙКА", "chayka"),
        ("seagull the", "chayka"),
        ("نور", "nur"),
        ("nur", "nur"),
        ("extended label", "labelled"),
        ("chongqingyinhang", "chongqing"),
        ("cqyh", "chongqing"),
        ("hkse", "exchange"),
        ("nameless thing", "nameless-thing"),
        ("🤖robotics", "robot"),
        ("!!!", "exclaimed"),
        ("</script><script>alert(1)</script>", "script"),
        ("nul and line", "hostile"),
        ("metric:revenue", PREFIXES["metric"] + "revenue"),
        ("營業收入", PREFIXES["metric"] + "revenue"),
        ("the year of zhipu", PREFIXES["src"] + "report"),
    ],
)
def test_names_of_every_kind_and_script(industry: NameIndex, asked: str, slug: str) -> None:
    assert slugs(industry.search(asked))[0] == slug


def test_two_things_of_one_name_are_both_there_and_what_is_also_called_so_behind(
    industry: NameIndex,
) -> None:
    hits = industry.resolve("apollo")
    assert slugs(hits) == ["apollo-fund", "apollo-programme", "moon"]
    assert [hit.score for hit in hits] == [100, 100, 95]
    assert slugs(industry.resolve("apollo", limit=1)) == ["apollo-fund"]


def test_a_hit_says_what_the_thing_is(industry: NameIndex) -> None:
    (hit,) = industry.resolve("智譜")
    assert (hit.en, hit.zh, hit.name, hit.score) == ("Zhipu", "智谱", "智谱", 90)
    assert (hit.label(), hit.label("zh-Hant")) == ("Zhipu", "智谱")
    assert hit.types == (PREFIXES["fs"] + "Company",)
    assert hit.degree == 7
    (nameless,) = industry.resolve("nameless-thing")
    assert (nameless.en, nameless.zh) == ("nameless-thing", "nameless-thing")


@pytest.mark.parametrize("asked", ["observed thing", "restated thing", "passage one", "nobody"])
def test_statements_passages_and_blank_nodes_are_not_looked_up(
    industry: NameIndex, asked: str
) -> None:
    assert industry.resolve(asked) == []


def test_what_facts_are_about_comes_before_what_words_mean() -> None:
    store = ox.Store()
    facts = """PREFIX owl: <http://www.w3.org/2002/07/owl#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        <urn:class> a owl:Class ; skos:prefLabel "Fund" . <urn:x> a <urn:class> .
        <urn:y> skos:broader <urn:class> . <urn:z> skos:altLabel "Fund" ."""
    store.load(facts.encode("utf-8"), ox.RdfFormat.TURTLE)
    with NameIndex.in_memory(store) as names:
        assert [hit.iri for hit in names.resolve("fund")] == ["urn:z", "urn:class"]


@pytest.mark.parametrize(
    ("asked", "reason", "slug"),
    [
        ("moons", Reason.BEGINNING, "moonshot"),
        ("月", Reason.BEGINNING, "moonshot"),
        ("月之", Reason.BEGINNING, "moonshot"),
        ("kong", Reason.WORD, "exchange"),
        ("exchange hong", Reason.WORD, "exchange"),
        ("oonsho", Reason.PART, "moonshot"),
        ("暗", Reason.PART, "moonshot"),
        ("暗面", Reason.PART, "moonshot"),
        ("ng stock ex", Reason.PART, "exchange"),
        ("yuezhi", Reason.PINYIN, "moonshot"),
        ("anmian", Reason.PINYIN, "moonshot"),
        ("yzam", Reason.INITIALS, "moonshot"),
        ("cqy", Reason.INITIALS, "chongqing"),
        ("悦之暗面", Reason.SOUND, "moonshot"),
        ("zhippu", Reason.TYPO, "zhipu"),
        ("zhpu", Reason.TYPO, "zhipu"),
        ("zihpu", Reason.TYPO, "zhipu"),
        ("moonsoht al", Reason.TYPO, "moonshot"),
        ("moonshut", Reason.TYPO, "moonshot"),
        ("yuezianmain", Reason.TYPO, "moonshot"),
        ("月亮暗面", Reason.TYPO, "moonshot"),
        ("月之面", Reason.TYPO, "moonshot"),
        ("echange", Reason.TYPO, "exchange"),
    ],
)
def test_search_says_why(industry: NameIndex, asked: str, reason: Reason, slug: str) -> None:
    best = industry.search(asked)[0]
    assert (best.iri, best.reason) == (ID + slug, reason)


def test_search_puts_the_nearest_first(industry: NameIndex) -> None:
    hits = industry.search("zhipu")
    assert slugs(hits)[:2] == ["zhipu", PREFIXES["src"] + "report"]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(industry.search("a", limit=3)) == 3
    for limit in (0, -1):
        assert industry.search("zhipu", limit) == industry.resolve("zhipu", limit) == []
        assert industry.near("zhippu", limit) == industry.complete("zh", limit) == []


def test_the_best_connected_of_equals_comes_first(industry: NameIndex) -> None:
    fund, programme = industry.search("apoll")[:2]
    assert (fund.degree, programme.degree) == (2, 0)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("zhippu", ["Zhipu"]),
        ("智普", ["智谱"]),
        ("moonshit ai", ["Moonshot AI"]),
        ("Hong Kong Stocks and Exchanges", ["Hong Kong Stock Exchange"]),
        ("quetzalcoatl", []),
        ("", []),
    ],
)
def test_near(industry: NameIndex, asked: str, names: list[str]) -> None:
    assert industry.near(asked)[: max(1, len(names))] == names


def test_the_name_of_which_least_is_missing_is_nearest() -> None:
    store = ox.Store()
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    names_ = ("The year of the cloud market in ten chapters", "China cloud market")
    for number, name in enumerate(names_):
        store.add(ox.Quad(ox.NamedNode(f"urn:{number}"), label, ox.Literal(name)))
    with NameIndex.in_memory(store) as names:
        assert names.near("cloud market") == list(reversed(names_))


def test_one_slip_is_nearer_than_what_only_sounds_alike() -> None:
    store = ox.Store()
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    for number, name in enumerate(("智谱向南", "Zhipu", "Zhipuxi")):
        store.add(ox.Quad(ox.NamedNode(f"urn:{number}"), label, ox.Literal(name)))
    with NameIndex.in_memory(store) as names:
        assert names.near("zhipux") == ["Zhipuxi", "Zhipu", "智谱向南"]


def test_completion(industry: NameIndex) -> None:
    assert industry.complete("zh") == ["Zhipu", "Zhipu AI", "智谱", "智譜華章"]
    assert industry.complete("智") == ["智谱", "智譜華章"]
    assert industry.complete("Moonshot AI") == ["Moonshot AI"]
    assert industry.complete("", 2) == ["Zhipu", "Apollo"]
    assert industry.complete("zh", 1) == ["Zhipu"]
    assert industry.complete("xyz") == []


HOSTILE = [
    "",
    " ",
    "\0",
    "\ud800",
    "a\ud800b",
    "x" * 10_000,
    "智" * 10_000,
    "ab " * 4_000,
    "a\u0301" * 10_000,
    "1 " * 10_000,
    "zhi4" * 3_000,
    ".*",
    "^(a+)+$",
    "zhipu*",
    '"zhipu" OR NEAR(a b)',
    "name:zhipu",
    "' OR 1=1 --",
    "SELECT * { ?s ?p ?o }",
    "<http://example.org/a b>",
    "http://example.org/nothing",
    PREFIXES["claim"] + "one",
    "nothing:known",
    ":",
    "::",
    "<>",
    "🤖",
    "👩‍👩‍👧‍👦",
    "Чайка",
    "نور",
    "हिन्दी",
    "\u202eupiz",
    "\x02zh",
    "zhipu\x03",
    "%s{0}",
]


@pytest.mark.parametrize("asked", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_only_words(industry: NameIndex, asked: str) -> None:
    for hits in (industry.resolve(asked), industry.search(asked)):
        assert all(hit.iri for hit in hits)
    assert all(industry.near(asked))
    assert len(industry.complete(asked)) <= 50


@given(st.text(max_size=60))
def test_whatever_is_asked_is_answered(crowd: NameIndex, asked: str) -> None:
    assert len(crowd.search(asked)) <= 20
    assert len(crowd.near(asked)) <= 5
    crowd.resolve(asked)
    crowd.complete(asked)


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=5, unique=True))
def test_every_name_that_can_be_seen_is_found_by_itself(texts: list[str]) -> None:
    store = ox.Store()
    label = ox.NamedNode(PREFIXES["rdfs"] + "label")
    written = {}
    for number, text in enumerate(texts):
        try:
            store.add(ox.Quad(ox.NamedNode(f"urn:n:{number}"), label, ox.Literal(text)))
        except UnicodeEncodeError:
            continue
        written[f"urn:n:{number}"] = text
    with NameIndex.in_memory(store) as names:
        for iri, text in written.items():
            if any(unicodedata.category(char)[0] not in "CZM" for char in text):
                assert iri in [hit.iri for hit in names.resolve(text)]
                assert iri in [hit.iri for hit in names.search(text)]


def found(hits: list[Hit]) -> set[str]:
    return {hit.name for hit in hits}


@given(st.integers(0, 2999))
def test_every_name_is_found_in_every_form(
    crowd: NameIndex, many_names: list[str], number: int
) -> None:
    name = many_names[number]
    for form in (name, name.upper(), TRADITIONAL(name), unicodedata.normalize("NFD", name)):
        assert name in found(crowd.resolve(form))
        assert name in found(crowd.search(form, limit=100))
    if read := reading(KEY(name)):
        for form in (read.full, *read.others):
            assert name in found(crowd.search(form, limit=300))
        assert name in found(crowd.search(read.initials or read.full, limit=300))


@given(st.integers(0, 2999), st.data())
def test_a_long_name_is_found_with_a_typo(
    crowd: NameIndex, many_names: list[str], number: int, data: st.DataObject
) -> None:
    name = many_names[number]
    if len(KEY(name)) < (9 if name.isascii() else 4):
        return
    place = data.draw(st.integers(0, len(name) - 2))
    before, a, b, behind = name[:place], name[place], name[place + 1], name[place + 2 :]
    if any(char.isdigit() for char in name[place : place + 3]):
        return  # where a digit goes, the dot beside it goes too
    other = data.draw(st.sampled_from("xqj人山水"))
    typo = before + data.draw(st.sampled_from([other + b, b, a + other + b, b + a])) + behind
    # Where the typo makes it another name, that one is meant.
    assert name in found(crowd.search(typo, limit=300)) or crowd.resolve(typo)


def test_the_same_facts_give_the_same_file(industry_store: ox.Store, tmp_path: Path) -> None:
    again = ox.Store()
    again.extend(reversed(list(industry_store)))
    for name, store in (("one", industry_store), ("two", again)):
        build_index(store, tmp_path / name, {"id": ID})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_file_is_built_in_place_of_another_and_never_written_by_lookup(
    industry_store: ox.Store, tmp_path: Path
) -> None:
    path = tmp_path / "na mes#?%.sqlite"
    path.write_text("something else", encoding="utf-8")
    build_index(industry_store, path)
    before = path.read_bytes()
    with NameIndex(path) as names:
        assert slugs(names.search("zhippu"))[0] == "zhipu"
    names.close()
    assert path.read_bytes() == before
    assert [other.name for other in tmp_path.iterdir()] == [path.name]


def test_prefixes_are_the_ones_of_the_facts(industry_store: ox.Store) -> None:
    with NameIndex.in_memory(industry_store, {"my": ID}) as names:
        assert slugs(names.resolve("my:zhipu")) == ["zhipu"]
        assert names.resolve("id:zhipu") == []


def test_an_empty_store_has_an_index() -> None:
    with NameIndex.in_memory(ox.Store()) as names:
        assert names.resolve("zhipu") == names.search("智谱") == []
        assert names.near("zhipu") == names.complete("") == []


def test_what_is_no_index_is_said(tmp_path: Path) -> None:
    path = tmp_path / "names.sqlite"
    with pytest.raises(StoreError, match="cannot be opened"):
        NameIndex(path)
    path.write_text("this is no database, whatever it is called", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be read"):
        NameIndex(path)
    path.unlink()
    sqlite3.connect(path).close()
    with pytest.raises(StoreError, match="another version"):
        NameIndex(path)


def test_an_index_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        build_index(ox.Store(), tmp_path / "no such folder" / "names.sqlite")


def test_lookup_loads_no_library_of_chinese(crowd_file: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from factscape.names.index import NameIndex\n"
        "names = NameIndex(Path(sys.argv[1]))\n"
        "assert names.resolve('智譜') and names.search('zhi') and names.complete('智')\n"
        "print(*sys.modules)"
    )
    arguments = [sys.executable, "-c", program, str(crowd_file)]
    done = subprocess.run(
        arguments, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert not {"opencc", "pypinyin", "rapidfuzz", "rdflib"} & set(done.stdout.split())
