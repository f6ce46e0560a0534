"""Files that state the same are the same, however they are written."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from factscape.reading.differing import differing_quads, named_by_content


def _files(folder: Path, **texts: str) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.trig").write_text("@prefix e: <urn:e:> .\n" + text, encoding="utf-8")
    return sorted(folder.iterdir())


def _texts(quads: set[ox.Quad]) -> list[str]:
    return sorted(str(quad) for quad in quads)


def test_order_and_formatting_are_no_difference(tmp_path: Path) -> None:
    old = _files(tmp_path / "old", a="e:a e:p 1 , 2 . e:g { e:a e:q e:b }")
    new = _files(tmp_path / "new", a="# a comment\nGRAPH e:g {\n e:a e:q e:b .\n}\ne:a e:p 2, 1 .")
    assert differing_quads(old, new) == (set(), set())


def test_what_moved_to_another_file_is_no_difference(tmp_path: Path) -> None:
    old = _files(tmp_path / "old", a="e:a e:p 1 . e:b e:p 2 .", b="e:c e:p 3 .")
    new = _files(tmp_path / "new", a="e:a e:p 1 .", c="e:c e:p 3 . e:b e:p 2 .")
    assert differing_quads(old, new) == (set(), set())


def test_each_side_alone_is_told(tmp_path: Path) -> None:
    old = _files(tmp_path / "old", a="e:a e:p 1 .", gone="e:b e:p 2 .", same="e:c e:p 3 .")
    new = _files(tmp_path / "new", a="e:a e:p 9 .", same="e:c e:p 3 .", come="e:d e:p 4 .")
    found = differing_quads(old, new)
    integer = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    assert _texts(found.gone) == [
        f'<urn:e:a> <urn:e:p> "1"{integer}',
        f'<urn:e:b> <urn:e:p> "2"{integer}',
    ]
    assert _texts(found.come) == [
        f'<urn:e:a> <urn:e:p> "9"{integer}',
        f'<urn:e:d> <urn:e:p> "4"{integer}',
    ]


def test_renamed_blank_nodes_are_no_difference_and_changed_ones_are(tmp_path: Path) -> None:
    old = _files(tmp_path / "old", a="e:a e:p _:x . _:x e:q (1 2 [ e:r 3 ]) .")
    new = _files(tmp_path / "new", a="e:a e:p [ e:q (1 2 _:other) ] . _:other e:r 3 .")
    other = _files(tmp_path / "other", a="e:a e:p [ e:q (1 2 _:other) ] . _:other e:r 4 .")
    assert differing_quads(old, new) == (set(), set())
    assert differing_quads(old, other).come


def test_blank_nodes_in_a_circle_end(tmp_path: Path) -> None:
    old = _files(tmp_path / "old", a="_:a e:p _:b . _:b e:p _:a .")
    new = _files(tmp_path / "new", a="_:y e:p _:z .\n_:z e:p _:y .")
    assert differing_quads(old, new) == (set(), set())


_names = st.sampled_from("abcd")
_triples = st.lists(st.tuples(_names, st.sampled_from("pq"), _names), max_size=12)


@given(_triples, st.permutations("abcd"), st.randoms())
def test_names_of_blank_nodes_mean_nothing(
    triples: list[tuple[str, str, str]], renamed: list[str], dice: object
) -> None:
    def quads(names: dict[str, ox.BlankNode]) -> list[ox.Quad]:
        return [ox.Quad(names[s], ox.NamedNode(f"urn:{p}"), names[o]) for s, p, o in triples]

    first = quads({name: ox.BlankNode(name) for name in "abcd"})
    second = quads({old: ox.BlankNode(new) for old, new in zip("abcd", renamed, strict=True)})
    dice.shuffle(second)  # type: ignore[attr-defined]
    assert named_by_content(first) == named_by_content(second)
