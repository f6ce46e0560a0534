"""Mending changes only what is mechanical: nothing is lost, and what is uncertain stays as it is."""

from __future__ import annotations

import os
import stat
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.checking import fixing
from factscape.checking.blocks import sort_blocks, sort_prefixes
from factscape.checking.fixing import fix_files
from factscape.checking.tokens import read_tokens
from factscape.errors import StoreError
from factscape.reading import facts_folder, find_files

PREFIXES = """\
@prefix claim: <https://w3id.org/factscape/claim/> .
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix here: <https://w3id.org/factscape/source/paper#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix metric: <https://w3id.org/factscape/metric/> .
@prefix period: <https://w3id.org/factscape/period/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix src: <https://w3id.org/factscape/source/> .

here:p4 fs:passageOf src:paper .
here:p5 fs:passageOf src:paper .
"""


def fixed(tmp_path: Path, text: str, name: str = "a.trig") -> tuple[str, list[str], str]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    done = fix_files([path])
    changes = [change for one in done for change in one.changes]
    trouble = "".join(one.left_alone for one in done)
    return path.read_bytes().decode("utf-8"), changes, trouble


def test_the_bundled_facts_are_as_they_should_be() -> None:
    files = find_files([facts_folder()])
    before = {path: path.stat().st_mtime_ns for path in files}
    assert fix_files(files) == []
    assert {path: path.stat().st_mtime_ns for path in files} == before


def test_prefixes_that_are_used_are_declared_and_sorted(tmp_path: Path) -> None:
    text = "# Head.\n\n@prefix id: <https://w3id.org/factscape/id/> .\nid:a a fs:Company . # why\n"
    assert fixed(tmp_path, text)[0] == (
        "# Head.\n\n@prefix fs: <https://w3id.org/factscape/ontology#> .\n"
        "@prefix id: <https://w3id.org/factscape/id/> .\nid:a a fs:Company . # why\n"
    )
    bare = "# Head.\n\nid:a a fs:Company .\n"
    assert fixed(tmp_path, bare)[0].startswith("# Head.\n\n@prefix fs: <https://w3id.org")


def test_iris_are_written_with_their_prefixes(tmp_path: Path) -> None:
    text = (
        PREFIXES
        + "<https://w3id.org/factscape/id/a> a <https://w3id.org/factscape/ontology#Company> .\n"
    )
    text += "# <https://w3id.org/factscape/id/b> stays in a comment\n"
    said, changes, _ = fixed(tmp_path, text)
    assert "id:a a fs:Company .\n# <https://w3id.org/factscape/id/b> stays" in said
    assert changes == ["2 IRIs are written with their prefixes"]


def test_blocks_are_sorted_with_their_comments_within_their_sections(tmp_path: Path) -> None:
    text = """\
@prefix id: <https://w3id.org/factscape/id/> .

# Of c: more below.
id:c a id:K ;
    # inside
    id:p "multi; line . # no comment" .

id:a a id:K . # after

# ------- section

id:z a id:K .
id:b a id:K ."""
    assert (
        fixed(tmp_path, text, "a.ttl")[0]
        == """\
@prefix id: <https://w3id.org/factscape/id/> .

id:a a id:K . # after

# Of c: more below.
id:c a id:K ;
    # inside
    id:p "multi; line . # no comment" .

# ------- section

id:b a id:K .
id:z a id:K .
"""
    )


def test_graphs_stand_in_the_order_of_passages(tmp_path: Path) -> None:
    graphs = [f"GRAPH here:p{number} {{\n    id:a id:b id:c{number} .\n}}\n" for number in (10, 2)]
    said = fixed(tmp_path, PREFIXES + "\n" + "\n".join(graphs))[0]
    assert said.index("GRAPH here:p2 ") < said.index("GRAPH here:p10 ")


@pytest.mark.parametrize(
    ("statement", "address"),
    [
        (
            "a fs:Observation ; fs:of id:a ; fs:metric metric:net-loss ; fs:segment id:cloud ; fs:during period:2025-H1",
            "paper.p4.a.net-loss.cloud.2025-h1",
        ),
        (
            "a fs:RankEntry ; fs:of id:a ; fs:ranking id:list-2025 ; fs:position 1",
            "paper.p4.a.rank.list-2025",
        ),
        (
            "a fs:Relation ; rdf:subject id:a ; rdf:predicate fs:investedIn ; rdf:object id:b",
            "paper.p4.a.invested-in.b",
        ),
        (
            "a fs:Comparison ; fs:of id:a ; fs:comparedWith id:b ; fs:metric metric:revenue",
            "paper.p4.a.compared.b.revenue",
        ),
        (
            'a fs:Opinion ; fs:statedBy id:a ; fs:concerns id:b ; fs:says "x"',
            "paper.p4.a.opinion.b",
        ),
        ('a fs:TimeReading ; fs:at "2025" ; fs:printed "2025"', "paper.p4.reading.2025"),
    ],
)
def test_addresses_are_made_of_what_is_said(tmp_path: Path, statement: str, address: str) -> None:
    text = f"{PREFIXES}GRAPH here:p4 {{ claim:x {statement} . claim:y fs:addends claim:x . }}\n"
    said, changes, _ = fixed(tmp_path, text)
    assert f"claim:{address} {statement} . claim:y fs:addends claim:{address} . " in said
    assert changes == [f"claim:x is now claim:{address}"]


def test_two_statements_never_become_one(tmp_path: Path) -> None:
    says = "a fs:Observation ; fs:of id:a ; fs:metric metric:revenue"
    text = f"{PREFIXES}GRAPH here:p4 {{ claim:x {says} . claim:y {says} . }}\n"
    said, _, _ = fixed(tmp_path, text)
    assert "claim:paper.p4.a.revenue a" in said
    assert "claim:paper.p4.a.revenue.y a" in said


def test_a_shared_address_is_kept_by_the_first_passage(tmp_path: Path) -> None:
    says = "a fs:Observation ; fs:of id:a ; fs:metric metric:revenue"
    one, other = (
        f"GRAPH here:p{n} {{ claim:paper.p4.a.revenue {says} . id:q{n} fs:addends claim:paper.p4.a.revenue }}\n"
        for n in (4, 5)
    )
    said, _, _ = fixed(tmp_path, PREFIXES + one + other)
    assert one in said
    assert "GRAPH here:p5 { claim:paper.p5.a.revenue a" in said
    assert "id:q5 fs:addends claim:paper.p5.a.revenue }" in said


def test_addresses_change_in_all_files_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.trig").write_text(
        PREFIXES
        + "GRAPH here:p4 { claim:x a fs:Relation ; rdf:subject id:a ; rdf:predicate fs:partnerOf ; rdf:object id:b . }\n",
        encoding="utf-8",
    )
    (tmp_path / "b.ttl").write_text(
        "<urn:note> <urn:about> <https://w3id.org/factscape/claim/x> . # note\n", encoding="utf-8"
    )
    fix_files(find_files([tmp_path]))
    assert "<urn:about> claim:paper.p4.a.partner-of.b . # note" in (tmp_path / "b.ttl").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<urn:a> a\n", "cannot be read"),
        ("<urn:a> a <urn:b> . ` \n", "no token of Turtle"),
    ],
)
def test_what_is_broken_is_left_as_it_is(tmp_path: Path, text: str, why: str) -> None:
    said, changes, trouble = fixed(tmp_path, text)
    assert (said, changes) == (text, [])
    assert why in trouble


def test_bytes_that_are_no_text_are_left_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes(b"<urn:\xff> a <urn:b> .")
    (done,) = fix_files([path])
    assert "cannot be read" in done.left_alone
    assert path.read_bytes() == b"<urn:\xff> a <urn:b> ."


def test_a_change_that_would_lose_something_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = PREFIXES + "# why\nid:b a id:K .\nid:a a id:K .\n"
    for wrong, why in (
        (lambda text: text.replace("# why\n", ""), "comments"),
        (lambda text: text.replace("id:b a", "id:c a"), "something else"),
        (lambda text: text.replace("id:b a", "id:b"), "could not be read"),
    ):
        monkeypatch.setattr(fixing, "sort_blocks", wrong)
        said, changes, trouble = fixed(tmp_path, text)
        assert (said, changes) == (text, [])
        assert why in trouble


def test_line_ends_marks_and_permissions_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    text = (
        "\ufeff@prefix id: <https://w3id.org/factscape/id/> .\r\nid:b a fs:K .\r\nid:a a id:K .\r\n"
    )
    path.write_bytes(text.encode("utf-8"))
    path.chmod(0o640)
    fix_files([path])
    said = path.read_bytes().decode("utf-8")
    assert said.startswith("\ufeff@prefix fs:")
    assert said.count("\r\n") == said.count("\n") == 4
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["a.ttl"]


def test_a_file_that_cannot_be_replaced_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ttl"
    text = PREFIXES + "id:b a id:K .\nid:a a id:K .\n"
    path.write_text(text, encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(StoreError, match="No space left"):
        fix_files([path])
    assert path.read_text(encoding="utf-8") == text
    assert os.listdir(tmp_path) == ["a.ttl"]


def test_packed_files_and_other_formats_are_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.nt"
    path.write_text("<urn:b> <urn:p> <urn:c> .\n<urn:a> <urn:p> <urn:c> .\n", encoding="utf-8")
    assert fix_files([path]) == []


# ------------------------------------------------------------------------------ for any text

NAMES = st.sampled_from(["id:a", "id:b1", "here:p2", "here:p10", "src:s", "<urn:x>", "_:n"])
OBJECTS = st.sampled_from(
    [
        "id:o",
        "1.5",
        "-2",
        "true",
        '"a # b . } \\" c"@zh',
        "'''x\n# y\n'''",
        "( id:a 1 )",
        "[ id:p 2 ]",
        '"1"^^id:t',
    ]
)
COMMENTS = st.sampled_from(["", " # why", " # } . {"])
TRIPLES = st.builds(
    lambda s, o, c: f"{s} id:p {o} ;{c}\n    id:q id:r .{c}\n", NAMES, OBJECTS, COMMENTS
)
GRAPHS = st.builds(
    lambda g, t: f"GRAPH {g} {{\n{t}}}\n", NAMES.filter(lambda n: n != "_:n"), TRIPLES
)
BETWEEN = st.sampled_from(["", "\n", "# above\n", "\n# section\n\n"])
FILES = st.lists(st.tuples(BETWEEN, TRIPLES | GRAPHS), max_size=6).map(
    lambda parts: PREFIXES + "".join(a + b for a, b in parts)
)


@given(FILES)
def test_tokens_are_the_text(text: str) -> None:
    assert "".join(token.text for token in read_tokens(text)) == text


@given(FILES)
def test_sorting_loses_nothing_and_is_done_once(text: str) -> None:
    ordered = sort_blocks(sort_prefixes(text))
    assert Counter(ordered.splitlines()) == Counter(text.splitlines())
    assert sort_blocks(ordered) == ordered

    def said(text: str) -> ox.Dataset:
        dataset = ox.Dataset(ox.parse(text, ox.RdfFormat.TRIG))
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        return dataset

    assert said(ordered) == said(text)
