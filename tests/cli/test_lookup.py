"""`factscape lookup`, as a person types it, over small facts of the test's own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from factscape.names import columns

Run = Callable[..., CompletedProcess[str]]

ZHIPU = "https://w3id.org/factscape/id/zhipu"

FACTS = """
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix metric: <https://w3id.org/factscape/metric/> .
@prefix unit: <https://w3id.org/factscape/unit/> .
@prefix period: <https://w3id.org/factscape/period/> .
@prefix src: <https://w3id.org/factscape/source/> .
@prefix claim: <https://w3id.org/factscape/claim/> .
@prefix here: <https://w3id.org/factscape/source/paper#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

src:paper a fs:Source ; dct:title "The paper"@en, "報紙"@zh ; dct:issued "2026-01-06"^^xsd:date ;
    dct:publisher id:press ; fs:reliability "B" .
here:p1 a fs:Passage ; fs:passageOf src:paper ; fs:paragraph 1 .
here:p2 a fs:Passage ; fs:passageOf src:paper ; fs:paragraph 2 .
id:press a fs:Publisher ; skos:prefLabel "Press"@en .
id:zhipu a fs:Company ; skos:prefLabel "Zhipu"@en, "智谱"@zh ;
    skos:altLabel "智譜"@zh-hant, "Z.ai"@en, "ZhipuAI"@en, "zhipuai" .
id:rival a fs:Company ; skos:prefLabel "The Very Long Name of a Rival in the Business of Models"@en .
id:glm a fs:Model ; skos:prefLabel "GLM"@en .
id:launch a fs:ModelRelease ; skos:prefLabel "Release of GLM"@en, "GLM发布"@zh .
id:mercury-lab a fs:Company ; skos:prefLabel "Mercury"@en .
id:mercury-model a fs:Model ; skos:prefLabel "Mercury"@en .
id:x-1 a fs:Model ; fs:versionOf id:glm .
id:boss a fs:Person ; skos:prefLabel "Boss"@en .
id:list a fs:Ranking ; skos:prefLabel "List"@en .

GRAPH here:p1 {
    claim:loss a fs:Observation ; fs:of id:zhipu ; fs:metric metric:net-loss ; fs:value 2358000000 ;
        fs:unit unit:CNY ; fs:during period:2025-H1 ; fs:printed "23.58億元" ;
        fs:bound fs:moreThan ; fs:statedBy id:zhipu .
    claim:next a fs:Observation ; fs:of id:zhipu ; fs:metric metric:net-loss ; fs:value 1.5e9 ;
        fs:unit unit:USD ; fs:at "2027-01"^^xsd:gYearMonth ; fs:status fs:forecast ; fs:statedBy id:boss .
    claim:place a fs:RankEntry ; fs:of id:zhipu ; fs:ranking id:list ; fs:position 1 ;
        fs:during period:2024 ; fs:status fs:target .
    id:zhipu fs:develops id:glm .
    claim:develops a fs:Relation ; rdf:subject id:zhipu ; rdf:predicate fs:develops ;
        rdf:object id:glm ; fs:during period:2024 .
}
GRAPH here:p2 {
    id:zhipu fs:competesWith id:rival .
    id:launch fs:of id:glm ; fs:releasedBy id:zhipu ; fs:at "2025-09"^^xsd:gYearMonth .
    claim:view a fs:Opinion ; fs:statedBy id:boss ; fs:concerns id:zhipu ;
        fs:says "It will do well, whatever happens in the market and whoever says otherwise."@en,
            "無論市場如何變化，無論誰持異議，它都會做得很好，而且會一直好下去，直到永遠永遠永遠。"@zh .
}
"""

FOREIGN = """
@prefix e: <http://example.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix schema: <http://schema.org/> .
e:ann a foaf:Person ; foaf:name "Ann" ; foaf:knows e:ben, [ foaf:name "Somebody" ] .
e:ben a foaf:Person .
e:acme a schema:Organization ; schema:name "Acme" ; schema:employee e:ann ; schema:url <http://e/> .
<javascript:alert(1)> foaf:name "Bad </script>\\u001B[31m\\u202Eend\\nof line" ; foaf:knows e:ann .
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "facts.trig"
    path.write_text(FACTS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("foreign") / "facts.ttl"
    path.write_text(FOREIGN, encoding="utf-8")
    return path


def cards(done: CompletedProcess[str]) -> list[dict[str, Any]]:
    assert (done.returncode, done.stderr) == (0, "")
    found: list[dict[str, Any]] = json.loads(done.stdout)["cards"]
    return found


@pytest.mark.parametrize(
    "name",
    [
        "智譜",
        "智谱",
        "zhipu",
        "Z.ai",
        "zhipuai",
        "ＺＨＩＰＵ",
        " Zhipu ",
        "id:zhipu",
        ZHIPU,
        f"<{ZHIPU}>",
    ],
)
def test_every_spelling_finds_the_same_card(factscape: Run, small: Path, name: str) -> None:
    done = factscape("lookup", name, "--facts", small)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == factscape("lookup", "id:zhipu", "--facts", small).stdout
    assert done.stdout.startswith("Zhipu · 智谱\ncompany · id:zhipu\n")


@pytest.mark.parametrize("name", ["智譜", "智谱", "zhipu", "Z.ai", "zhipuai", "ＺＨＩＰＵ"])
def test_the_bundled_facts_know_them_too(factscape: Run, name: str) -> None:
    (found,) = cards(factscape("lookup", name, "--json"))
    assert found["iri"] == ZHIPU


def test_a_card_says_all_in_words(factscape: Run, small: Path) -> None:
    lines = [
        re.sub(" {2,}", "  ", line.strip())
        for line in factscape("lookup", "zhipu", "--facts", small).stdout.splitlines()
    ]
    assert lines == [
        "Zhipu · 智谱",
        "company · id:zhipu",
        "also called Z.ai, ZhipuAI, zhipuai, 智譜",
        "",
        "Figures",
        "List",
        "2024  no. 1 (target)  [1] ¶1",
        "net loss",
        "first half of 2025  more than 2.358 billion CNY  by its own account  [1] ¶1",
        "January 2027  1.5 billion USD (forecast)  says Boss  [1] ¶1",
        "",
        "Events",
        "September 2025  Release of GLM; released by: Zhipu; of: GLM  [1] ¶2",
        "",
        "Relations",
        "competes with  The Very Long Name of a Rival in the Business of Models (undated)  [1] ¶2",
        "develops  GLM (2024)  [1] ¶1",
        "",
        "Opinions about Zhipu",
        "Boss: It will do well, whatever happens in the market and whoever says otherwise.  [1] ¶2",
        "",
        "Sources",
        "[1]  The paper; Press; 6 January 2026; reliability: B",
    ]


def test_and_in_chinese(factscape: Run, small: Path) -> None:
    output = factscape("lookup", "zhipu", "--lang", "zh", "--facts", small).stdout
    for words in (
        "智谱 · Zhipu",
        "2025年上半年",
        "超过23.58亿元",
        "自述",
        "15亿美元（预测）",
        "第1（目标）",
        "2025年9月",
    ):
        assert words in output
    assert not re.search("(?i)figures|undated|sources", output)


def test_json_has_everything(factscape: Run, small: Path) -> None:
    (found,) = cards(factscape("lookup", "zhipu", "--facts", small, "--json"))
    assert found["sort"] == "thing"
    assert {name["text"] for name in found["names"]} == {
        "Zhipu",
        "智谱",
        "智譜",
        "Z.ai",
        "ZhipuAI",
        "zhipuai",
    }
    (losses,) = [one for one in found["figures"] if one["metric"]["iri"].endswith("net-loss")]
    first = losses["rows"][0]
    assert (first["value"], first["printed"]) == ("2358000000", "23.58億元")
    assert first["words"] == {"en": "more than 2.358 billion CNY", "zh": "超过23.58亿元"}
    assert (first["time"]["begins"], first["time"]["ends"]) == ("2025-01-01", "2025-07-01")
    assert first["claim"].endswith("claim/loss")
    assert first["citation"]["passage"].endswith("paper#p1")
    assert [event["label"]["zh"] for event in found["events"]] == ["GLM发布"]
    assert {row["other"]["label"]["en"] for row in found["relations"]} >= {"GLM"}
    assert found["opinions"][0]["by"]["label"]["en"] == "Boss"
    assert found["sources"][0]["reliability"] == "B"
    assert found["complete"] is True


def test_several_names_at_once_each_thing_once(factscape: Run, small: Path) -> None:
    found = cards(factscape("lookup", "GLM", "zhipu", "智譜", "--json", "--facts", small))
    assert [one["label"]["en"] for one in found] == ["GLM", "Zhipu"]
    text = factscape("lookup", "GLM", "zhipu", "--facts", small).stdout
    assert text.startswith("GLM\nmodel · id:glm\n")
    assert "\n\nZhipu · 智谱\n" in text


def test_terms_of_other_vocabularies_have_names(factscape: Run, small: Path) -> None:
    english = factscape("lookup", "src:paper", "--facts", small).stdout
    chinese = factscape("lookup", "src:paper", "--facts", small, "--lang", "zh").stdout
    assert re.search("date of issue +6 January 2026", english)
    assert re.search("发布日期 +2026年1月6日", chinese)


def test_what_has_no_name_is_shown_as_it_can_be_typed(factscape: Run, small: Path) -> None:
    output = factscape("lookup", "GLM", "--facts", small).stdout
    assert re.search("has version +id:x-1", output)


def test_an_error_comes_alone(factscape: Run, small: Path) -> None:
    done = factscape("lookup", "zhipu", "nobodyatall", "--facts", small)
    assert (done.returncode, done.stdout) == (1, "")


def test_two_things_of_one_name_are_both_listed(factscape: Run, small: Path) -> None:
    done = factscape("lookup", "mercury", "--facts", small)
    assert (done.returncode, done.stdout) == (1, "")
    first, *candidates = done.stderr.splitlines()
    assert first == "several things are called 'mercury'"
    assert {line.strip() for line in candidates[1:]} == {
        "id:mercury-lab  Mercury (company)",
        "id:mercury-model  Mercury (model)",
    }
    for line in candidates[1:]:
        assert factscape("lookup", line.split()[0], "--facts", small).returncode == 0


@pytest.mark.parametrize(
    ("name", "close"), [("zhippu", "Zhipu"), ("智普", "智谱"), ("Mercurry", "Mercury")]
)
def test_an_unknown_name_says_what_is_close(
    factscape: Run, small: Path, name: str, close: str
) -> None:
    done = factscape("lookup", name, "--facts", small)
    assert (done.returncode, done.stdout) == (1, "")
    first, *hints = map(str.strip, done.stderr.splitlines())
    assert first == f"nothing here is called '{name}'"
    assert hints[:2] == ["did you mean", close]
    assert factscape("lookup", close, "--facts", small).returncode == (close == "Mercury")


def test_errors_are_json_where_answers_are(factscape: Run, small: Path) -> None:
    done = factscape("lookup", "mercury", "--json", "--facts", small)
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads(done.stderr)["error"]["code"] == "ambiguous-name"


@pytest.mark.parametrize(
    "name",
    [
        "x" * 10_000,
        "智" * 10_000,
        ".*(",
        "SELECT * { ?s ?p ?o }",
        "'; DROP TABLE name; --",
        "%",
        "👩‍👩‍👧",
        "Ζευς",
        "نور",
        "http://nowhere.example/thing",
        "id:nothing",
        "nothing:zhipu",
        "_:nothing",
        "<>",
        "--facts",
        "\u202e",
    ],
)
def test_what_nothing_is_called(factscape: Run, small: Path, name: str) -> None:
    done = factscape("lookup", "--facts", small, "--", name)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("nothing here is called '")
    assert len(done.stderr) < 600
    assert "\u202e" not in done.stderr


@pytest.mark.parametrize("names", [[""], ["  "], ["zhipu", ""], []])
def test_no_name_is_misuse(factscape: Run, small: Path, names: list[str]) -> None:
    done = factscape("lookup", "--facts", small, *names)
    assert (done.returncode, done.stdout) == (2, "")
    assert "lookup" in done.stderr


def test_a_thing_without_a_name_is_called_by_its_iri(factscape: Run, small: Path) -> None:
    output = factscape("lookup", "x-1", "--facts", small).stdout
    assert output.startswith("x-1\nmodel · id:x-1\n")
    assert "version of  GLM" in output


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (
            "claim:loss",
            ["observation · first half of 2025 · claim:loss", "more than 2.358 billion CNY", "¶1"],
        ),
        ("claim:place", ["rank entry", "no. 1 (target)"]),
        ("claim:view", ["opinion · claim:view", "It will do well", "stated by"]),
        ("claim:develops", ["relation · 2024", "develops", "Zhipu"]),
    ],
)
def test_a_statement_has_a_card(factscape: Run, small: Path, claim: str, words: list[str]) -> None:
    done = factscape("lookup", claim, "--facts", small)
    assert done.returncode == 0
    assert not [word for word in words if word not in done.stdout]
    assert "undated" not in done.stdout


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("id:launch", ["model release · September 2025", "released by"]),
        ("src:paper", ["source", "6 January 2026", "observation  2"]),
        ("here:p1", ["passage of  The paper"]),
        ("net loss", ["metric · metric:net-loss", "fresh for"]),
        ("fs:Model", ["model", "3"]),
        ("period:2024", ["← during: rank entry", "← during: relation"]),
        ("unit:CNY", ["yuan", "← unit: observation  1"]),
        ("id:boss", ["Opinions of Boss", "← stated by: observation  1"]),
        ("id:list", ["ranking · id:list", "2024  Zhipu  no. 1 (target)"]),
    ],
)
def test_everything_has_a_card(factscape: Run, small: Path, name: str, words: list[str]) -> None:
    done = factscape("lookup", name, "--facts", small)
    assert (done.returncode, done.stderr) == (0, "")
    assert not [word for word in words if word not in done.stdout], done.stdout


def test_piped_it_has_no_colour_and_no_width(factscape: Run, small: Path) -> None:
    done = factscape("lookup", "zhipu", "--facts", small, COLUMNS="40", NO_COLOR="")
    assert "\x1b" not in done.stdout
    assert max(map(columns, done.stdout.splitlines())) > 80


@pytest.mark.parametrize("width", [20, 40, 80, 140])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_on_a_terminal_every_line_fits(
    terminal: Callable[..., str], small: Path, width: int, lang: str
) -> None:
    shown = terminal("lookup", "zhipu", "--lang", lang, "--facts", small, COLUMNS=str(width))
    lines = re.sub(r"\x1b\[\d*m", "", shown).splitlines()
    assert max(map(columns, lines)) <= width
    assert "\x1b[1m" in shown
    assert "\x1b" not in terminal("lookup", "zhipu", "--facts", small, NO_COLOR="1")
    unbroken = re.sub(r"\s", "", "".join(lines))
    assert ("無論市場如何變化" if lang == "zh" else "whateverhappensinthemarket") in unbroken


def test_the_cells_of_a_table_stand_under_one_another(factscape: Run, small: Path) -> None:
    output = factscape("lookup", "zhipu", "--facts", small, "--lang", "zh").stdout
    places = [
        columns(line.partition(word)[0])
        for line in output.splitlines()
        for word in ("超过23.58亿元", "15亿美元")
        if word in line
    ]
    assert len(places) == 2
    assert places[0] == places[1]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ann", ["Ann\nPerson · ", "knows", "ben", "Somebody", "← employee", "Acme"]),
        ("ben", ["ben\nPerson · ", "← knows", "Ann"]),
        ("ACME", ["Organization", "employee", "Ann", "url  ", "http://e/"]),
        ("http://example.org/acme", ["Acme"]),
        ("foaf:Person", ["Person", "2"]),
        ("javascript:alert(1)", ["Bad </script>", "\\x1b[31m\\u202eend of line"]),
    ],
)
def test_rdf_of_strangers(factscape: Run, foreign: Path, name: str, words: list[str]) -> None:
    done = factscape("lookup", name, "--facts", foreign)
    assert (done.returncode, done.stderr) == (0, "")
    assert not [word for word in words if word not in done.stdout], done.stdout
    assert "undated" not in done.stdout
    assert not re.search("[\x1b\u202e]", done.stdout)


def test_a_thing_without_an_iri_can_be_looked_up(factscape: Run, foreign: Path) -> None:
    (ann,) = cards(factscape("lookup", "Ann", "--json", "--facts", foreign))
    (blank,) = [row["other"]["iri"] for row in ann["relations"] if row["other"]["iri"][:2] == "_:"]
    assert factscape("lookup", blank, "--facts", foreign).stdout.startswith("Somebody\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<urn:a> <urn:p> <urn:a> .", "urn:a\n\nRelations\n  urn:p    urn:a\n  ← urn:p  urn:a\n"),
        ("<urn:a> <urn:p> 'only this' .", "only this"),
        ("<urn:a> a <urn:K> .", "urn:a\nurn:K\n"),
    ],
)
def test_a_graph_of_one_node(factscape: Run, tmp_path: Path, text: str, shown: str) -> None:
    path = tmp_path / "one.nt"
    path.write_text(
        text.replace("'", '"').replace(
            " a <", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <"
        ),
        encoding="utf-8",
    )
    done = factscape("lookup", "urn:a", "--facts", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert shown in done.stdout


def test_facts_without_anything_know_nobody(factscape: Run, tmp_path: Path) -> None:
    (tmp_path / "none.ttl").write_text("# nothing\n", encoding="utf-8")
    done = factscape("lookup", "zhipu", "--facts", tmp_path / "none.ttl")
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing here is called 'zhipu'" in done.stderr


DISPUTED = """
id:firm a fs:Company ; skos:prefLabel "Firm"@en, "公司"@zh .
src:a a fs:Source ; dct:title "A"@en ; fs:reliability "C" .
src:b a fs:Source ; dct:title "B"@en ; fs:reliability "B" .
src:copy a fs:Source ; dct:title "Copy"@en ; fs:reliability "C" ; fs:basedOn src:b .
"""


def _loss(name: str, value: int, year: int = 2024) -> str:
    return f"""GRAPH src:{name} {{ claim:{name}.{year} a fs:Observation ; fs:of id:firm ;
        fs:metric metric:net-loss ; fs:value {value}000000 ; fs:unit unit:CNY ;
        fs:during period:{year} ; fs:printed "{value}.0" . }}
        """


@pytest.fixture
def disputed(tmp_path: Path) -> Path:
    """A loss on which two voices of three sources disagree, and one on which all agree."""
    from factscape.terms import PREFIXES

    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    said = _loss("a", 100) + _loss("b", 130) + _loss("copy", 130)
    agreed = _loss("a", 7, 2023) + _loss("b", 7, 2023)
    (tmp_path / "disputed.trig").write_text(head + DISPUTED + said + agreed, encoding="utf-8")
    return tmp_path / "disputed.trig"


def test_disputed_figures_say_so_and_the_best_comes_first(factscape: Run, disputed: Path) -> None:
    lines = factscape("lookup", "firm", "--facts", disputed).stdout.splitlines()
    start = lines.index("  net loss")
    assert lines[start : start + 5] == [
        "  net loss",
        "    2023  7 million CNY    [1]  [2]",
        "    2024  130 million CNY  disputed: 3 sources, 2 independent  [1]  [3]",
        "    2024  100 million CNY  disputed  [2]",
        "  disputed: factscape conflicts id:firm shows all sides",
    ]
    chinese = factscape("lookup", "公司", "--lang", "zh", "--facts", disputed).stdout
    assert "1.3亿元  有分歧：3个来源，2个独立声音" in chinese
    assert "factscape conflicts id:firm 列出各方" in chinese


def test_json_says_how_a_figure_stands_to_others(factscape: Run, disputed: Path) -> None:
    (card,) = json.loads(factscape("lookup", "firm", "--json", "--facts", disputed).stdout)["cards"]
    standings = [
        row["standing"] for row in card["figures"][0]["rows"] if row["value"] == "130000000"
    ]
    assert [(one["best"], one["disputed"], one["sources"], one["voices"]) for one in standings] == [
        (True, True, 3, 2),
        (False, True, 3, 2),
    ]
