"""Figures of a text are held against the statements of its source; every planted error is found."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.claims.texts.coverage import Coverage, Fate, coverage
from factscape.claims.texts.waivers import Waiver, find_waivers, read_waivers
from factscape.errors import Place
from factscape.opening import open_facts
from factscape.store.oxigraph import MemoryStore

SOURCE = "https://w3id.org/factscape/source/paper-2026"
ARTICLE = "https://w3id.org/factscape/source/netease-2026-01-06"
ARTICLE_TEXT = Path(__file__).parents[4] / "shared" / "sources" / "netease-2026-01-06.txt"

TEXT = "\n".join(
    [
        "01| 融資",
        "2025年上半年,雲端收入僅佔15%,排名第4。",
        "GLM-4.6與Claude Sonnet 4相比,99%的人不覺得。",
        "2022年至2024年,研發與營收之比約為7:1。",
        "",
    ]
)

PREFIXES = """
@prefix claim: <https://w3id.org/factscape/claim/> .
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix here: <https://w3id.org/factscape/source/paper-2026#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix period: <https://w3id.org/factscape/period/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix src: <https://w3id.org/factscape/source/> .
"""


def span(words: str) -> str:
    start = TEXT.index(words)
    return f"oa:start {start} ; oa:end {start + len(words)}"


def passage(line: int, words: str | None = None) -> str:
    words = words or TEXT.split("\n")[line - 1]
    return (
        f"here:p{line} a fs:Passage ; fs:passageOf src:paper-2026 ; fs:paragraph {line} ; "
        f"{span(words)} .\n"
    )


def says(line: int, name: str, words: str, printed: str | None = None) -> str:
    """One statement of a paragraph: its words in the text, and what it prints of them."""
    said = f'fs:printed "{words if printed is None else printed}" ; ' if printed != "" else ""
    return f"GRAPH here:p{line} {{ claim:{name} a fs:Observation ; {said}{span(words)} . }}\n"


DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()
HEAD = f'src:paper-2026 a fs:Source ; fs:textSha256 "{DIGEST}" .\n'
NAMES = (
    'id:sonnet skos:prefLabel "Claude Sonnet 4"@en . '
    'period:2025 a fs:Period ; skos:prefLabel "2025年上半年"@zh . '
    'id:fifteen skos:altLabel "15%" .\n'
)
WHOLE = {
    "head": HEAD,
    "names": NAMES,
    "p2": passage(2),
    "p3": passage(3),
    "p4": passage(4),
    "half": says(2, "half", "2025年上半年"),
    "share": says(2, "share", "僅佔15%", "15%"),
    "rank": says(2, "rank", "第4"),
    "people": says(3, "people", "99%"),
    "first": says(4, "first", "2022年"),
    "last": says(4, "last", "2024年"),
    "ratio": says(4, "ratio", "約為7:1"),
}


def store_of(*parts: str) -> MemoryStore:
    store = ox.Store()
    store.load((PREFIXES + "".join(parts)).encode(), ox.RdfFormat.TRIG)
    return MemoryStore(store)


def waiver(figure: str, paragraph: int | None = None, nth: int = 1) -> Waiver:
    return Waiver(figure, "a reason", paragraph, nth, Place("w.toml", 1))


HEADING = waiver("01", 1)


def report_of(
    changes: dict[str, str] | None = None, *waivers: Waiver, text: str = TEXT
) -> Coverage:
    parts = {**WHOLE, **(changes or {})}
    return coverage(store_of(*parts.values()), text, SOURCE, waivers or [HEADING])


def fates(report: Coverage) -> dict[str, str]:
    return {match.figure.printed: match.fate.value for match in report.matches}


def test_facts_that_hold_every_figure_are_complete() -> None:
    report = report_of()
    assert fates(report) == {
        "01": "waived",
        "2025年上半年": "covered",
        "15%": "covered",
        "第4": "covered",
        "GLM-4.6": "name",
        "4": "name",
        "99%": "covered",
        "2022年至2024年": "covered",
        "7:1": "covered",
    }
    assert report.complete
    assert report.statements == 7
    assert not report.other_text


def test_a_figure_is_matched_with_the_statements_that_print_it() -> None:
    by = {match.figure.printed: match.by for match in report_of().matches}
    claim = "https://w3id.org/factscape/claim/"
    assert by["2022年至2024年"] == (claim + "first", claim + "last")
    assert by["15%"] == (claim + "share",)
    assert by["4"] == ("Claude Sonnet 4",)
    assert by["01"] == ("a reason",)


@pytest.mark.parametrize(
    ("gone", "figure"),
    [
        ("share", "15%"),
        ("rank", "第4"),
        ("half", "2025年上半年"),
        ("last", "2022年至2024年"),
        ("ratio", "7:1"),
        ("names", "4"),
    ],
)
def test_without_its_statement_a_figure_is_not_covered(gone: str, figure: str) -> None:
    report = report_of({gone: ""})
    assert [(m.figure.printed, m.fate) for m in report.missing] == [(figure, Fate.UNCOVERED)]
    assert not report.complete


@pytest.mark.parametrize("printed", ["", "不覺得"])
def test_words_around_a_figure_do_not_cover_it(printed: str) -> None:
    opinion = says(3, "people", "99%的人不覺得", printed)
    report = report_of({"people": opinion})
    assert [(m.figure.printed, m.fate) for m in report.missing] == [("99%", Fate.SPANNED)]
    assert not report.complete


def test_a_number_elsewhere_in_the_span_is_not_what_is_printed() -> None:
    # The 4 of GLM-4.6 is not the 4 that stands after it.
    report = report_of({"names": "", "people": says(3, "people", TEXT.split("\n")[2], "GLM-4.6")})
    assert [(m.figure.printed, m.fate) for m in report.missing] == [
        ("4", Fate.SPANNED),
        ("99%", Fate.SPANNED),
    ]


def test_statements_of_other_sources_cover_nothing() -> None:
    other = passage(2).replace("paper-2026", "other-2026")
    report = report_of({"p2": other})
    assert {m.figure.printed for m in report.missing} == {"2025年上半年", "15%", "第4"}


def test_statements_in_the_graph_of_the_source_itself_count() -> None:
    share = WHOLE["share"].replace("here:p2", "src:paper-2026")
    assert report_of({"share": share}).complete


START, END = TEXT.index("15%"), TEXT.index("15%") + 3


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (
            says(2, "share", "15%", "16%"),
            f"prints '16%', its span {START} to {END} says '15%'; the text does not have it",
        ),
        (
            says(2, "share", "15%", "7:1"),
            f"prints '7:1', its span {START} to {END} says '15%'; "
            f"it stands at {TEXT.index('7:1')} to {TEXT.index('7:1') + 3}",
        ),
        (
            says(2, "share", "15%").replace(f"oa:end {END}", "oa:end 9999"),
            f"has the span {START} to 9999, the text goes from 0 to {len(TEXT)}",
        ),
        (
            says(2, "share", "15%").replace(f"oa:end {END}", f"oa:end {START}"),
            f"has the span {START} to {START}, the text goes from 0 to {len(TEXT)}",
        ),
        (
            says(2, "share", "15%").replace(f"; oa:end {END}", ""),
            f"needs one oa:start and one oa:end, and has ['{START}'] and []",
        ),
        (
            says(2, "share", "15%").replace(f"oa:end {END}", f"oa:end {END}, {END + 1}"),
            f"needs one oa:start and one oa:end, and has ['{START}'] and ['{END}', '{END + 1}']",
        ),
        (
            says(2, "share", "15%").replace(f"oa:end {END}", 'oa:end "x"'),
            f"has a span that is no pair of numbers: {START} to x",
        ),
        (
            says(2, "share", "15%").replace(span("15%"), "fs:of id:zhipu"),
            "prints '15%' and has no oa:start and oa:end",
        ),
        (
            says(3, "share", "15%"),
            f"has the span {START} to {END}, its passage has "
            f"{TEXT.index('GLM')} to {TEXT.index('GLM') + len(TEXT.split(chr(10))[2])}",
        ),
    ],
)
def test_a_statement_that_does_not_fit_the_text_is_found(statement: str, message: str) -> None:
    report = report_of({"share": statement})
    assert [(f.subject, f.message) for f in report.findings] == [
        ("https://w3id.org/factscape/claim/share", message)
    ]
    assert not report.complete


def test_a_passage_in_another_line_than_its_paragraph_is_found() -> None:
    report = report_of({"p2": passage(2).replace("fs:paragraph 2", "fs:paragraph 3")})
    [finding] = report.findings
    assert finding.subject == SOURCE + "#p2"
    assert "its paragraph 3 goes from" in finding.message
    report = report_of({"p2": passage(2).replace("fs:paragraph 2", "fs:paragraph 99")})
    assert [f.message for f in report.findings] == ["is paragraph 99, the text has 5"]


def test_a_passage_without_a_span_is_its_line() -> None:
    line = "here:p3 a fs:Passage ; fs:passageOf src:paper-2026 ; fs:paragraph 3 .\n"
    assert report_of({"p3": line}).complete
    stray = report_of({"p3": line, "share": says(3, "share", "15%")})
    assert [f.subject for f in stray.findings] == ["https://w3id.org/factscape/claim/share"]


def test_another_version_of_the_text_is_told() -> None:
    report = report_of(text=TEXT + "\n")
    assert report.other_text
    assert not report.complete
    assert report.stated_sha256 == DIGEST != report.text_sha256


def test_a_source_without_a_digest_is_held_against_any_text() -> None:
    report = report_of({"head": ""})
    assert report.stated_sha256 is None
    assert report.complete


def test_a_waiver_is_for_one_figure_of_one_paragraph() -> None:
    text = "占5%,又5%\n占5%"
    empty = store_of(HEAD)
    waived = {
        (paragraph, nth): [m.fate.value for m in coverage(empty, text, SOURCE, [w]).matches]
        for paragraph, nth in [(1, 1), (1, 2), (2, 1)]
        for w in [waiver("5%", paragraph, nth)]
    }
    assert waived == {
        (1, 1): ["waived", "uncovered", "uncovered"],
        (1, 2): ["uncovered", "waived", "uncovered"],
        (2, 1): ["uncovered", "uncovered", "waived"],
    }
    everywhere = coverage(empty, text, SOURCE, [waiver("5%")])
    assert {m.fate for m in everywhere.matches} == {Fate.WAIVED}
    assert not everywhere.stale


@pytest.mark.parametrize("figure", ["01", "01| 融資"])
def test_a_waiver_may_name_the_figure_or_words_around_it(figure: str) -> None:
    assert report_of({}, waiver(figure, 1)).complete


@pytest.mark.parametrize(
    ("stale", "message"),
    [
        (waiver("02", 1), "paragraph 1 has no such figure"),
        (waiver("01", 2), "paragraph 2 has no such figure"),
        (waiver("01", 99), "paragraph 99 has no such figure"),
        (waiver("01", 1, 2), "paragraph 1 has no such figure 2 times"),
        (waiver("5", 2), "paragraph 2 has no such figure"),
        (waiver("31"), "the text has no such figure"),
        (waiver("15%", 2), "it is not needed: the figure is covered"),
        (waiver("GLM-4.6", 3), "it is not needed: the figure is name"),
    ],
)
def test_a_waiver_that_waives_nothing_is_found(stale: Waiver, message: str) -> None:
    report = report_of({}, HEADING, stale)
    assert [(s.waiver, s.message) for s in report.stale] == [(stale, message)]
    assert not report.complete


@given(st.text(alphabet="15%年第4一二,\n[]x\ufeff\r", max_size=60), st.data())
def test_any_text_and_any_spans_give_an_answer(text: str, data: st.DataObject) -> None:
    numbers = st.integers(-2, len(text) + 2)
    statements = "".join(
        f"GRAPH here:p1 {{ claim:c{i} fs:printed '1' ; oa:start {data.draw(numbers)} ; "
        f"oa:end {data.draw(numbers)} . }}\n"
        for i in range(3)
    )
    head = "here:p1 fs:passageOf src:paper-2026 ; fs:paragraph 1 .\n"
    report = coverage(store_of(head, statements), text, SOURCE, [waiver("1"), waiver("4", 2)])
    for match in report.matches:
        if match.fate is Fate.COVERED:
            assert all(text[a:b].startswith("1") for a, b in match.figure.cores)


# The bundled article. Its text is no part of the package: it lies beside the repository where the
# project is built.


@pytest.fixture(scope="module")
def article() -> str:
    if not ARTICLE_TEXT.is_file():
        said = f"{ARTICLE_TEXT} is not here: the article's facts are not held against its text"
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    return ARTICLE_TEXT.read_bytes().decode("utf-8")


def test_the_bundled_article_is_held_whole(article: str) -> None:
    with open_facts() as facts:
        path = find_waivers(ARTICLE, facts.files)
        assert path is not None
        report = coverage(facts.store, article, ARTICLE, read_waivers(path))
    assert not report.other_text
    assert [(m.figure.line, m.figure.printed, m.fate.value) for m in report.missing] == []
    assert report.findings == ()
    assert report.stale == ()
    # Those that a reader counts, and none besides.
    assert len(report.matches) == 105
    assert len(report.of(Fate.COVERED)) > 85


def test_each_statement_of_the_bundled_article_is_needed_for_something(article: str) -> None:
    """Take one statement away at a time, and see whether its figure is missed."""
    with open_facts() as facts:
        report = coverage(facts.store, article, ARTICLE)
        quads = list(facts.store.quads())
    alone = {match.by[0]: match for match in report.of(Fate.COVERED) if len(match.by) == 1}
    assert len(alone) > 20
    for claim, match in list(alone.items())[::10]:
        rest = ox.Store()
        rest.extend(quad for quad in quads if quad.subject != ox.NamedNode(claim))
        missing = coverage(MemoryStore(rest), article, ARTICLE).missing
        assert match.figure in [other.figure for other in missing], claim
