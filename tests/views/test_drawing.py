"""How kinds are drawn: as the ontology says, and well apart where it says nothing."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from factscape.terms import FS, OWL, SKOS
from factscape.views.drawing import NEUTRAL, PALETTE, SHAPES, Drawing, Drawings, read_drawings

if TYPE_CHECKING:
    from tests.views.conftest import StoreOf

GROUNDS = {"light": "#ffffff", "dark": "#12161c"}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_a_class_is_drawn_as_it_says_and_else_as_the_class_above_it(store_of: StoreOf) -> None:
    drawings = read_drawings(
        store_of("""
        <urn:Thing> fs:drawnAs fs:Node ; fs:colour "#111111" ; fs:drawnShape "star" .
        <urn:Firm> rdfs:subClassOf <urn:Thing> ; fs:colour "#222222" ; fs:colourDark "#333333" .
        <urn:Bank> rdfs:subClassOf <urn:Firm>, <urn:Loop> . <urn:Loop> rdfs:subClassOf <urn:Bank> .
        """)
    )
    bank = drawings.of(["urn:Bank"])
    assert (bank.kind, bank.colour, bank.shape) == (FS.Node, "#222222", "star")
    assert bank.colour_dark == "#333333"
    assert drawings.of(["urn:unknown", "urn:Bank"]) == bank
    assert drawings.of(["urn:unknown"]) == Drawing()


@pytest.mark.parametrize(
    "said", ['fs:colour "red; } body {"', 'fs:colour "#12345"', "fs:drawnShape 'blob'"]
)
def test_what_cannot_be_drawn_is_not_taken(store_of: StoreOf, said: str) -> None:
    drawings = read_drawings(store_of(f"<urn:Firm> {said} ."))
    look = drawings.looks(["urn:Firm"])["urn:Firm"]
    assert (look.colour, look.colour_dark) == PALETTE[0]
    assert look.shape in SHAPES


def test_properties_are_lines_where_their_vocabulary_says_so(store_of: StoreOf) -> None:
    drawings = read_drawings(
        store_of(
            "fs:concerns fs:drawnAs fs:Edge . fs:Deal fs:drawnAs fs:Edge ; fs:edgeFrom fs:of ."
        )
    )
    assert drawings.lines == {FS.concerns}
    assert drawings.is_line(FS.concerns)
    assert not drawings.is_line(FS.of)
    assert drawings.is_line("urn:foreign#knows")


@pytest.mark.parametrize("same", [OWL.sameAs, SKOS.exactMatch, SKOS.closeMatch])
def test_the_same_thing_elsewhere_is_no_line(same: str) -> None:
    assert not Drawings().is_line(same)


def test_palette_can_be_seen_on_both_grounds() -> None:
    for light, dark in (*PALETTE, NEUTRAL):
        assert contrast(light, GROUNDS["light"]) >= 3, light
        assert contrast(dark, GROUNDS["dark"]) >= 3, dark


def test_colours_of_the_ontology_can_be_seen_on_both_grounds(store_of: StoreOf) -> None:
    drawings = read_drawings(store_of("", with_ontology=True))
    coloured = {iri: drawing for iri, drawing in drawings.classes.items() if drawing.colour}
    assert len(coloured) > 20
    for iri, drawing in coloured.items():
        assert drawing.colour is not None
        assert contrast(drawing.colour, GROUNDS["light"]) >= 3, iri
        assert contrast(drawing.colour_dark or drawing.colour, GROUNDS["dark"]) >= 3, iri


def test_many_foreign_kinds_are_told_apart() -> None:
    looks = Drawings().looks(f"urn:kind{n}" for n in range(60))
    pairs = {(look.colour, look.shape) for look in looks.values()}
    assert len(pairs) == 60
    assert all(one != other for one, other in combinations(pairs, 2))


def test_foreign_kinds_do_not_take_the_colour_of_a_known_one() -> None:
    known = {"urn:Firm": Drawing(colour=PALETTE[0][0])}
    looks = Drawings(known).looks(["urn:Firm", "urn:Other", ""])
    assert looks["urn:Other"].colour != looks["urn:Firm"].colour
    assert looks[""].colour == NEUTRAL[0]
