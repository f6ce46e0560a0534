"""One source beside all others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from factscape.claims.source_report import Report, read_report
from factscape.opening import Facts, open_facts
from factscape.terms import PREFIXES

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def revenue(source: str, year: int, value: int, printed: str) -> str:
    return (
        f"src:{source} {{ claim:{source}.{year} a fs:Observation ; fs:of id:a ; fs:metric metric:revenue ; "
        f'fs:value {value} ; fs:unit unit:USD ; fs:during period:{year} ; fs:printed "{printed}" . }}\n'
    )


TRIG = (
    "id:a a fs:Company .\n"
    + "".join(
        f'src:{name} a fs:Source ; dct:title "{name.title()}" ; dct:issued "2025" {more} .\n'
        for name, more in (
            ("mine", ""),
            ("friend", ""),
            ("foe", ""),
            ("echo", "; fs:basedOn src:mine"),
        )
    )
    + "".join(
        revenue("mine", year, 1000 + year, f"{1000 + year}") for year in (2021, 2022, 2023, 2024)
    )
    + revenue("friend", 2021, 3021, "3021")
    + revenue("foe", 2022, 7000000, "7 million")
    + revenue("echo", 2023, 3023, "3023")
    + 'src:mine { claim:op a fs:Opinion ; fs:statedBy id:a ; fs:says "It grows."@en . '
    "claim:loss a fs:Observation ; fs:of id:a ; fs:metric metric:net-loss ; fs:value 6048 ; fs:unit unit:USD ; "
    'fs:during period:2024 ; fs:printed "6048" . '
    "claim:ratio a fs:Observation ; fs:of id:a ; fs:metric metric:loss-to-revenue-ratio ; fs:value 900 ; "
    'fs:unit unit:percent ; fs:during period:2024 ; fs:printed "900%" . }\n'
)


@pytest.fixture
def facts(tmp_path: Path) -> Iterator[Facts]:
    (tmp_path / "facts.trig").write_text(HEAD + TRIG, encoding="utf-8")
    with open_facts(tmp_path) as facts:
        yield facts


def report(facts: Facts, name: str) -> Report:
    iri = PREFIXES["src"] + name
    return read_report(facts.reader, facts.store, iri, facts.compared(), facts.recomputed)


def test_each_statement_stands_as_others_let_it(facts: Facts) -> None:
    said = {one.claim.rpartition("/")[2]: one for one in report(facts, "mine").said}
    standing = {name: one.standing for name, one in said.items()}
    assert standing["mine.2021"] == "supported"
    assert standing["mine.2022"] == "contradicted"
    assert standing["mine.2023"] == "alone"  # whoever repeats it is no second voice
    assert standing["mine.2024"] == "alone"
    assert [one.words["en"] for one in said["mine.2022"].others] == ["7 million USD"]
    assert [one.independent for one in said["mine.2023"].others] == [False]
    assert said["mine.2024"].others == ()


def test_what_does_not_add_up_says_what_follows_instead(facts: Facts) -> None:
    (doubt,) = report(facts, "mine").doubts
    assert doubt.words["en"] == "900%"
    assert doubt.own_inputs
    assert doubt.result["en"].startswith(("1.9", "2"))
    assert {metric.iri.rpartition("/")[2] for metric, _, _ in doubt.inputs} == {
        "net-loss",
        "revenue",
    }
    assert report(facts, "friend").doubts == ()


def test_opinions_and_who_repeats_whom(facts: Facts) -> None:
    mine, echo = report(facts, "mine"), report(facts, "echo")
    assert [one.says["en"] for one in mine.opinions] == ["It grows."]
    assert [one.label["en"] for one in mine.repeated_by] == ["Echo"]
    assert [one.label["en"] for one in echo.repeats] == ["Mine"]
