"""`factscape why` as people run it."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from factscape.terms import PREFIXES

Run = Callable[..., subprocess.CompletedProcess[str]]
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
TEXT = "2024年\n虧損1.00億元，大增。\n"
START = TEXT.index("1.00億元")
FACTS = f"""
id:firm a fs:Company ; skos:prefLabel "Firm"@en, "公司"@zh . id:press a fs:Organization ; skos:prefLabel "Press"@en .
src:filing a fs:Source ; dct:title "Filing"@en .
src:a a fs:Source ; dct:title "Paper A"@en ; dct:issued "2025-03-01"^^xsd:date ; fs:reliability "B" ;
  dct:publisher id:press ; fs:basedOn src:filing ; fs:textSha256 "{hashlib.sha256(TEXT.encode()).hexdigest()}" .
src:b a fs:Source ; dct:title "Paper B"@en ; dct:issued "2025-04-01"^^xsd:date ; fs:reliability "C" .
<https://w3id.org/factscape/source/a#p2> a fs:Passage ; fs:passageOf src:a ; fs:paragraph 2 .
GRAPH <https://w3id.org/factscape/source/a#p2> {{
claim:loss a fs:Observation ; fs:of id:firm ; fs:metric metric:net-loss ; fs:value 100000000 ; fs:unit unit:CNY ;
  fs:during period:2024 ; fs:printed "1.00億元" ; oa:start {START} ; oa:end {START + 6} .
claim:revenue a fs:Observation ; fs:of id:firm ; fs:metric metric:revenue ; fs:value 50000000 ; fs:unit unit:CNY ;
  fs:during period:2024 ; fs:printed "0.50億元" .
claim:ratio a fs:Observation ; fs:of id:firm ; fs:metric metric:loss-to-revenue-ratio ; fs:value 250 ;
  fs:unit unit:percent ; fs:during period:2024 ; fs:printed "250%" .
claim:lonely a fs:Observation ; fs:of id:firm ; fs:metric metric:loss-to-revenue-ratio ; fs:value 300 ;
  fs:unit unit:percent ; fs:during period:2019 ; fs:printed "300%" .
id:ann fs:worksFor id:firm .
claim:works a fs:Relation ; rdf:subject id:ann ; rdf:predicate fs:worksFor ; rdf:object id:firm .
}}
GRAPH src:b {{
claim:other a fs:Observation ; fs:of id:firm ; fs:metric metric:net-loss ; fs:value 130000000 ; fs:unit unit:CNY ;
  fs:during period:2024 ; fs:printed "1.30億元" .
}}
"""
LOSS = f"""\
Firm · net loss · 2024
  100 million CNY
  statement        claim:loss
  passage          paragraph 2, characters {START} to {START + 6}, printed “1.00億元”
  source           Paper A (B), Press, 2025-03-01, repeats Filing
  file             facts/facts.trig:27
  verdict          inconsistent, the best of 2 sources, 2 independent
  disagrees with   130 million CNY, Paper B (C), 2025-04-01, inconsistent
  would change it  a third source: so far one stands against one
"""


@pytest.fixture(autouse=True)
def facts(tmp_path: Path) -> Path:
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "facts.trig").write_text(HEAD + FACTS, encoding="utf-8")
    return folder


def test_a_statement(factscape: Run) -> None:
    done = factscape("why", "claim:loss", "--facts", "facts")
    assert done.returncode == 0
    assert done.stdout == LOSS


def test_a_thing_a_metric_and_a_time(factscape: Run) -> None:
    said = factscape("why", "firm", "net loss", "2024", "--facts", "facts").stdout
    assert said.startswith(LOSS[: LOSS.index("  would")].split("  file")[0])
    # The best one first.
    assert said.index("claim:loss") < said.index("claim:other")
    assert "one of 2 sources, 2 independent" in said


def test_chinese(factscape: Run) -> None:
    said = factscape("why", "claim:loss", "--lang", "zh", "--facts", "facts").stdout
    assert said.startswith("公司 · 净亏损 · 2024年\n  1亿元\n")
    assert "第2段" in said and "转述Filing" in said
    assert "2个来源（2个独立声音）中最佳" in said
    assert "需要第三个来源：目前一对一" in said


def test_arithmetic(factscape: Run) -> None:
    said = factscape("why", "claim:ratio", "--facts", "facts").stdout
    assert (
        "arithmetic  does not follow: 100 million CNY / 50 million CNY, by the same document, gives"
        in said
    )
    assert "stands alone: nothing compares with it" in said
    missing = factscape("why", "claim:lonely", "--facts", "facts").stdout
    assert "inputs missing: net loss, revenue" in missing


def test_json(factscape: Run) -> None:
    (trail,) = json.loads(factscape("why", "claim:loss", "--json", "--facts", "facts").stdout)[
        "trails"
    ]
    assert trail["figure"]["printed"] == "1.00億元"
    assert trail["document"]["repeats"][0]["label"]["en"] == "Filing"
    assert (trail["start"], trail["place"]["line"]) == (START, 27)
    assert trail["commit"] is None
    assert trail["compared"][0]["verdict"]["label"]["en"] == "inconsistent"


def test_the_passage_itself(factscape: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    said = factscape("why", "claim:loss", "--text", "a.txt", "--facts", "facts").stdout
    assert "虧損»1.00億元«，大增。" in said
    assert "not the one that was read" not in said
    (tmp_path / "other.txt").write_bytes(b"x" + TEXT.encode())
    said = factscape("why", "claim:loss", "--text", "other.txt", "--facts", "facts").stdout
    assert "(the text is not the one that was read)" in said


def test_clocks(factscape: Run) -> None:
    done = factscape("why", "claim:loss", "--known-by", "2025-03-31", "--facts", "facts")
    assert "stands alone" in done.stdout
    assert "1 sources issued later" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["claim:works"], 2, "claim/works is no statement of a figure"),
        (["firm"], 2, "is no statement of a figure"),
        (["claim:nothing"], 1, "nothing here is called 'claim:nothing'"),
        (["firm", "net loss", "1999"], 1, "no statement of this is here: firm net loss 1999"),
        (["firm", "no such metric"], 1, "nothing here is called 'no such metric'"),
        ([], 2, "say which figure"),
        (["a", "b", "c", "d"], 2, "say which figure"),
        (["claim:loss", "--text", "none.txt"], 2, "none.txt cannot be read as text"),
        (["claim:other", "--text", "facts/facts.trig"], 2, "has no span in this text"),
    ],
)
def test_what_is_not_understood(
    factscape: Run, arguments: list[str], status: int, said: str
) -> None:
    done = factscape("why", *arguments, "--facts", "facts")
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr


def test_what_nobody_states_is_worked_out_where_it_follows(factscape: Run) -> None:
    told = factscape("why", "zhipu", "R&D to revenue ratio", "2023")
    assert told.returncode == 0
    assert "no source states it" in told.stdout
    assert "528.9 million CNY / 124.5 million CNY, gives 4.246 to 4.250" in told.stdout
    chinese = factscape("why", "zhipu", "R&D to revenue ratio", "2023", "--lang", "zh")
    assert "没有来源陈述" in chinese.stdout
    as_json = json.loads(factscape("why", "zhipu", "R&D to revenue ratio", "2023", "--json").stdout)
    assert as_json["derived"]["work"]["kind"] == "ratio"
    assert len(as_json["derived"]["work"]["inputs"]) == 2


def test_what_neither_is_stated_nor_follows_is_an_error(factscape: Run) -> None:
    told = factscape("why", "zhipu", "R&D to revenue ratio", "1999")
    assert told.returncode == 1
    assert told.stdout == ""
    assert "no statement of this is here: zhipu R&D to revenue ratio 1999" in told.stderr
