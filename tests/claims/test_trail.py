"""What stands behind a figure: source, arithmetic, who agrees, what would settle it, its words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

import factscape
from factscape.claims.trail import find_claims, quote
from factscape.errors import MisuseError
from factscape.opening import Facts
from factscape.terms import PREFIXES

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
CLAIM, ID, METRIC = (PREFIXES[name] for name in ("claim", "id", "metric"))
TEXT = "2024年：\n公司虧損1.00億元，\n收入不明。"
START = TEXT.index("1.00億元")


def _loss(name: str, value: int, year: int, printed: str, more: str = "") -> str:
    return f"""GRAPH src:{name} {{ claim:{name}.{year} a fs:Observation ; fs:of id:firm ;
        fs:metric metric:net-loss ; fs:value {value} ; fs:unit unit:CNY ;
        fs:during period:{year} ; fs:printed "{printed}" {more} . }}
        """


MILLION = 10**6
FACTS = (
    f"""
id:firm a fs:Company ; skos:prefLabel "Firm"@en . id:press a fs:Organization ; skos:prefLabel "Press"@en .
id:ann a fs:Person ; skos:prefLabel "Ann"@en .
src:filing a fs:Source ; dct:title "Filing"@en ; fs:reliability "A" .
src:a a fs:Source ; dct:title "Paper A"@en ; dct:issued "2025-03-01"^^xsd:date ; fs:reliability "B" ;
  dct:publisher id:press ; fs:basedOn src:filing ; fs:issuedInferred true ;
  schema:url <https://example.org/a> ; fs:textSha256 "{hashlib.sha256(TEXT.encode()).hexdigest()}" .
src:b a fs:Source ; dct:title "Paper B"@en ; fs:reliability "B" .
src:c a fs:Source ; dct:title "Paper C"@en ; fs:reliability "C" .
src:d a fs:Source ; dct:title "Paper D"@en ; fs:reliability "C" .
"""
    + _loss(
        "a",
        100 * MILLION,
        2024,
        "1.00億元",
        f"; oa:start {START} ; oa:end {START + 6} ",
    )
    + _loss("b", 100 * MILLION, 2024, "1.00億元")
    + _loss("c", 130 * MILLION, 2024, "1.30億元")
    + "".join(
        _loss(n, v * MILLION, 2023, f"{v / 100:.2f}億元")
        for n, v in zip("abcd", (50, 50, 60, 70), strict=True)
    )
    + _loss("a", 10 * MILLION, 2022, "0.10億元", "; fs:cites src:d")
    + """
GRAPH src:a {
  claim:revenue a fs:Observation ; fs:of id:firm ; fs:metric metric:revenue ; fs:value 50000000 ;
    fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "0.50億元" .
  claim:ratio a fs:Observation ; fs:of id:firm ; fs:metric metric:loss-to-revenue-ratio ;
    fs:value 200 ; fs:unit unit:percent ; fs:during period:2024 ; fs:printed "200%" .
  claim:lonely a fs:Observation ; fs:of id:firm ; fs:metric metric:loss-to-revenue-ratio ;
    fs:value 300 ; fs:unit unit:percent ; fs:during period:2019 ; fs:printed "300%" .
  id:ann fs:worksFor id:firm . claim:works a fs:Relation ; rdf:subject id:ann ;
    rdf:predicate fs:worksFor ; rdf:object id:firm .
}
"""
)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    folder = tmp_path_factory.mktemp("facts")
    (folder / "facts.trig").write_text(HEAD + FACTS, encoding="utf-8")
    with factscape.open(folder) as found:
        yield found


def test_the_source_and_what_it_repeats(facts: Facts) -> None:
    trail = facts.why(CLAIM + "a.2024")
    document = trail.document
    assert document.source.label["en"] == "Paper A"
    assert document.publisher and document.publisher.label["en"] == "Press"
    assert (document.issued, document.issued_inferred, document.reliability) == (
        "2025-03-01",
        True,
        "B",
    )
    assert document.url == "https://example.org/a"
    assert [one.label["en"] for one in document.repeats] == ["Filing"]
    (leans_on,) = facts.why(CLAIM + "a.2022").document.leans_on
    assert leans_on.label["en"] == "Paper D"
    assert (trail.start, trail.end) == (START, START + 6)
    assert trail.place and trail.place.line
    lines = Path(trail.place.file).read_text(encoding="utf-8").splitlines()
    assert "claim:a.2024" in "\n".join(lines[trail.place.line - 3 : trail.place.line + 1])
    assert trail.commit is None


def test_what_is_not_said_is_none(facts: Facts) -> None:
    document = facts.why(CLAIM + "c.2024").document
    assert (document.publisher, document.issued, document.url) == (None, None, None)
    assert (document.repeats, document.issued_inferred) == ((), False)


def test_a_dispute_that_one_source_would_settle(facts: Facts) -> None:
    trail = facts.why(CLAIM + "a.2024")
    (group,) = trail.compared
    assert (group.disputed, group.sources, len(group.sides)) == (True, 3, 2)
    assert [one.label["en"] for one in trail.settled_without] == ["Paper C"]


def test_a_dispute_that_no_single_source_settles(facts: Facts) -> None:
    trail = facts.why(CLAIM + "a.2023")
    assert len(trail.compared[0].sides) == 3
    assert trail.settled_without == ()


def test_what_stands_alone(facts: Facts) -> None:
    trail = facts.why(CLAIM + "a.2022")
    assert not trail.compared and not trail.settled_without
    assert trail.figure.standing is None


def test_arithmetic(facts: Facts) -> None:
    (own, *others) = facts.why(CLAIM + "ratio").work
    assert (own.outcome, own.kind) == ("holds", "ratio")
    assert [figure.words["en"] for figure in own.inputs] == ["100 million CNY", "50 million CNY"]
    assert own.low and own.high and float(own.low) < 200 < float(own.high)
    assert all(not one.own_inputs for one in others)
    (missing,) = facts.why(CLAIM + "lonely").work
    assert missing.outcome == "inputs missing"
    assert {one.label["en"] for one in missing.missing} == {"net loss", "revenue"}


@pytest.mark.parametrize("iri", [CLAIM + "works", ID + "firm", "urn:nobody"])
def test_what_is_no_figure_is_misuse(facts: Facts, iri: str) -> None:
    with pytest.raises(MisuseError, match="is no statement of a figure"):
        facts.why(iri)


@pytest.mark.parametrize(
    ("time", "number"), [("2024", 3), ("2023", 4), ("2022", 1), ("2025", 0), (None, 8)]
)
def test_claims_are_found_by_thing_metric_and_time(
    facts: Facts, time: str | None, number: int
) -> None:
    found = find_claims(facts.reader, ID + "firm", METRIC + "net-loss", time)
    assert len(found) == number


def test_the_best_claim_comes_first(facts: Facts) -> None:
    found = find_claims(facts.reader, ID + "firm", METRIC + "net-loss", "2024")
    best = facts.compared(found[0])[0]
    assert best.statements[best.sides[0][0]][0] == found[0]
    assert found[-1] == CLAIM + "c.2024"


def test_the_words_of_the_passage(facts: Facts, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    found = quote(facts.reader, facts.why(CLAIM + "a.2024"), path)
    assert found == ("公司虧損", "1.00億元", "，", True)
    path.write_bytes((TEXT + "!").encode())
    assert quote(facts.reader, facts.why(CLAIM + "a.2024"), path).same_text is False


def test_without_a_digest_nobody_knows_whether_it_is_the_text(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    text = "src:b a fs:Source . " + _loss("b", 1, 2024, "1", "; oa:start 0 ; oa:end 1")
    (folder / "facts.trig").write_text(HEAD + text, encoding="utf-8")
    (tmp_path / "b.txt").write_text("1", encoding="utf-8")
    with factscape.open(folder) as facts:
        found = quote(facts.reader, facts.why(CLAIM + "b.2024"), tmp_path / "b.txt")
    assert found == ("", "1", "", None)


def test_texts_that_cannot_serve_are_said(facts: Facts, tmp_path: Path) -> None:
    trail = facts.why(CLAIM + "a.2024")
    with pytest.raises(MisuseError, match="cannot be read as text"):
        quote(facts.reader, trail, tmp_path / "none.txt")
    (tmp_path / "latin.txt").write_bytes(b"\xe9\xff")
    with pytest.raises(MisuseError, match="cannot be read as text"):
        quote(facts.reader, trail, tmp_path / "latin.txt")
    (tmp_path / "short.txt").write_text("short", encoding="utf-8")
    with pytest.raises(MisuseError, match="has no span in this text"):
        quote(facts.reader, trail, tmp_path / "short.txt")
    with pytest.raises(MisuseError, match="has no span in this text"):
        quote(facts.reader, facts.why(CLAIM + "b.2024"), tmp_path / "short.txt")
