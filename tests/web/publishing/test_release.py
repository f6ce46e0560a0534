"""The hash of a release: the same for the same statements, bounded in time, checked by anybody."""

from __future__ import annotations

from hashlib import sha256

import pyoxigraph as ox

from factscape.web.publishing.release import as_trig, canonical_form

P = ox.NamedNode("urn:p")


def test_names_of_blank_nodes_and_order_do_not_matter() -> None:
    text = b'_:a <urn:p> _:b . <urn:g> { _:b <urn:q> "x" } <urn:s> <urn:p> "y\\tz" .'
    other = b'<urn:s> <urn:p> "y\\tz" . <urn:g> { _:x <urn:q> "x" } _:y <urn:p> _:x .'
    one, two = (canonical_form(ox.parse(data, ox.RdfFormat.TRIG)) for data in (text, other))
    assert one == two
    assert one.hash == sha256(one.nquads).hexdigest()
    assert one.count == 3
    changed = canonical_form(ox.parse(text.replace(b"x", b"z"), ox.RdfFormat.TRIG))
    assert changed.hash != one.hash


def test_it_is_what_the_standard_says_of_a_small_graph() -> None:
    # Hash First Degree Quads, worked out by hand: the node itself is _:a, and the lines are sorted.
    text = b"<urn:p> <urn:q> _:e0 ; <urn:r> _:e1 . _:e0 <urn:s> <urn:u> . _:e1 <urn:t> <urn:u> ."
    e0 = sha256(b"<urn:p> <urn:q> _:a .\n_:a <urn:s> <urn:u> .\n").hexdigest()
    e1 = sha256(b"<urn:p> <urn:r> _:a .\n_:a <urn:t> <urn:u> .\n").hexdigest()
    first, second = (0, 1) if e0 < e1 else (1, 0)
    found = canonical_form(ox.parse(text, ox.RdfFormat.TURTLE))
    lines = [
        f"<urn:p> <urn:q> _:c14n{first} .",
        f"<urn:p> <urn:r> _:c14n{second} .",
        f"_:c14n{first} <urn:s> <urn:u> .",
        f"_:c14n{second} <urn:t> <urn:u> .",
    ]
    assert found.nquads.decode("ascii").splitlines() == sorted(lines)


def test_a_graph_that_takes_for_ever_is_given_up() -> None:
    nodes = [ox.BlankNode() for _ in range(12)]
    poison = [ox.Quad(a, P, b) for a in nodes for b in nodes if a != b]
    found = canonical_form([*poison, ox.Quad(P, P, P)], seconds=2)
    assert found.hash is None
    assert found.count == len(poison) + 1


def test_trig_says_the_same() -> None:
    text = b'<urn:a> <urn:p> "1" <urn:h> .\n<urn:a> <urn:p> "2" <urn:g> .\n<urn:a> <urn:p> "3" .\n'
    trig = as_trig(text, {"u": "urn:"})
    assert set(ox.parse(trig, ox.RdfFormat.TRIG)) == set(ox.parse(text, ox.RdfFormat.N_QUADS))
    assert trig == as_trig(text, {"u": "urn:"})
    assert b"u:g {" in trig
