"""The ontology is whole: every term is explained in two languages, drawn, and used as defined."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import URIRef
from rdflib.namespace import (
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SDO,
    SKOS,
    TIME,
    VANN,
    DefinedNamespace,
)

ROOT = Path(__file__).parents[2]
FS = "https://w3id.org/factscape/ontology#"
TERM_TYPES = {
    "Class": OWL.Class,
    "ObjectProperty": OWL.ObjectProperty,
    "DatatypeProperty": OWL.DatatypeProperty,
    "AnnotationProperty": OWL.AnnotationProperty,
    "Property": RDF.Property,
    "NamedIndividual": OWL.NamedIndividual,
}
CLOSED = [DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SKOS, TIME, VANN]
"""Vocabularies of others whose every term rdflib knows."""

# The names of the vocabulary contract: other tools rely on them.
CONTRACT = """
Source Passage passageOf issuedInferred reliability basedOn cites textSha256 paragraph readWith
begins ends during at
Observation of metric value low high unit statedAt basePeriod bound status statedBy measuredBy
printed margin market segment benchmark product counterparty event setting scope addends
exact approximately moreThan atLeast lessThan atMost justUnder
reported estimate forecast target committed
RankEntry Ranking ranking publishedBy position tiedWith rankedAbove
Comparison comparedWith outcome better equal worse Relation
Opinion UnnamedAgent concerns says proposition stance asserts denies
Event FundingRound investor leadInvestor InitialPublicOffering exchange cornerstoneInvestor
ModelRelease PriceChange StrategyShift shiftFrom shiftTo modelledOn motivation
RoleChange person role organization Restructuring Partnership partner
Acquisition acquirer acquired eventStatus planned talks agreed completed withdrawn
Metric Unit Period factor quantityKind timeKind flow stock cumulative final exactness freshFor
ratioOf shareOf sumOf growthOf negationOf
develops investedIn competesWith subsidiaryOf chiefExecutiveOf founderOf worksFor operatesIn
listedOn versionOf suppliesTo partnerOf hasSegment hasMember businessModel evaluatedOn
drawnAs Node Edge Hub Detail edgeFrom edgeTo
"""

# vis-network's shapes whose name stands outside, and those that hold it.
SHAPES = {
    *("dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"),
    *("box", "ellipse"),
}


@cache
def ontology() -> dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]:
    """Return the values of each property of each term of factscape.ttl."""
    terms: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for triple in ox.parse(path=ROOT / "ontology" / "factscape.ttl"):
        assert isinstance(triple.subject, ox.NamedNode), "no blank nodes in the ontology"
        assert isinstance(triple.object, ox.NamedNode | ox.Literal)
        terms[triple.subject.value][triple.predicate.value].append(triple.object)
    return terms


TERMS = sorted(term for term in ontology() if term.startswith(FS))


def local(term: str) -> str:
    return term.removeprefix(FS)


def values(term: str, property_: str) -> list[str]:
    return [value.value for value in ontology()[term].get(property_, [])]


def languages(term: str, property_: URIRef) -> Counter[str]:
    found = ontology()[term].get(str(property_), [])
    return Counter(value.language or "" for value in found if isinstance(value, ox.Literal))


def classes() -> list[str]:
    return [term for term in TERMS if str(OWL.Class) in values(term, str(RDF.type))]


def parents(class_: str) -> list[str]:
    """Return the superclasses that are our own."""
    return [up for up in values(class_, str(RDFS.subClassOf)) if up.startswith(FS)]


def inherited(class_: str, name: str) -> str | None:
    """Return what a class, or the nearest one above it, says of its drawing."""
    level = [class_]
    while level:
        for found in (values(one, FS + name) for one in level):
            if found:
                return local(found[0])
        level = [up for one in level for up in parents(one)]
    return None


def drawn(*kinds: str) -> list[str]:
    return [class_ for class_ in classes() if inherited(class_, "drawnAs") in kinds]


# Terms


def test_there_are_terms() -> None:
    assert len(TERMS) > 200


@pytest.mark.parametrize("term", TERMS, ids=local)
def test_a_term_is_labelled_and_defined(term: str) -> None:
    assert languages(term, RDFS.label) == {"en": 1, "zh": 1}
    assert languages(term, SKOS.definition)["en"] == 1
    assert set(languages(term, SKOS.definition)) <= {"en", "zh"}
    assert values(term, str(RDFS.isDefinedBy)) == ["https://w3id.org/factscape/ontology"]
    types = {URIRef(type_) for type_ in values(term, str(RDF.type))}
    assert types & set(TERM_TYPES.values())


@pytest.mark.parametrize("term", TERMS, ids=local)
def test_a_definition_is_a_partial_sentence(term: str) -> None:
    for text in (value.value for value in ontology()[term][str(SKOS.definition)]):
        assert text == text.strip()
        assert not text.endswith((".", "。"))
    english = next(
        value.value
        for value in ontology()[term][str(SKOS.definition)]
        if isinstance(value, ox.Literal) and value.language == "en"
    )
    assert english[0].islower() or english.startswith(("SHA", "API"))


@pytest.mark.parametrize("name", CONTRACT.split())
def test_a_name_of_the_contract_exists(name: str) -> None:
    assert FS + name in TERMS


def test_classes_are_capitalised_and_properties_are_not() -> None:
    kinds = {str(OWL.Class), FS + "DrawKind"}
    odd = [
        local(term)
        for term in TERMS
        if local(term)[0].isupper() is kinds.isdisjoint(values(term, str(RDF.type)))
    ]
    assert odd == []


@pytest.mark.parametrize("kind", ["Class", "property"])
def test_labels_tell_terms_of_one_kind_apart(kind: str) -> None:
    chosen = [term for term in TERMS if (term in classes()) is (kind == "Class")]
    by_label = defaultdict(set)
    for term in chosen:
        is_choice = str(OWL.NamedIndividual) in values(term, str(RDF.type))
        for label in ontology()[term][str(RDFS.label)]:
            by_label[is_choice, label.value].add(local(term))
    assert {label: names for label, names in by_label.items() if len(names) > 1} == {}


def test_the_header_names_title_licence_and_version() -> None:
    header = ontology()["https://w3id.org/factscape/ontology"]
    licence = [value.value for value in header[str(DCTERMS.license)]]
    assert licence == ["https://creativecommons.org/licenses/by/4.0/"]
    assert header[str(OWL.versionInfo)]
    assert languages("https://w3id.org/factscape/ontology", DCTERMS.title) == {"en": 1, "zh": 1}


# Where the terms are used


def data_files() -> list[Path]:
    folders = (ROOT / "ontology", ROOT / "facts")
    return sorted(
        path for folder in folders for path in folder.rglob("*") if path.suffix in {".ttl", ".trig"}
    )


def iris(term: object) -> Iterator[str]:
    """Yield the IRIs in a term, also those inside a quoted triple."""
    if isinstance(term, ox.NamedNode):
        yield term.value
    elif isinstance(term, ox.Triple):
        for part in (term.subject, term.predicate, term.object):
            yield from iris(part)


@pytest.mark.parametrize("path", data_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_file_uses_is_defined(path: Path) -> None:
    used = {
        iri
        for quad in ox.parse(path=path, format=ox.RdfFormat.TRIG)
        for part in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        for iri in iris(part)
        if iri.startswith(FS)
    }
    unknown = sorted(f"fs:{local(iri)}" for iri in used - set(TERMS))
    assert not unknown, (
        f"{path.relative_to(ROOT)} uses what factscape.ttl does not define: {unknown}"
    )


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "ontology").rglob("*.rq")),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_what_a_query_uses_is_defined(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    code = " ".join(line for line in lines if not line.startswith("#"))
    used = {word[3:] for word in _words(code) if word.startswith("fs:") and len(word) > 3}
    unknown = sorted(name for name in used if FS + name not in TERMS)
    assert not unknown, (
        f"{path.relative_to(ROOT)} uses what factscape.ttl does not define: {unknown}"
    )


def _words(code: str) -> list[str]:
    return "".join(c if c.isalnum() or c in ":_-" else " " for c in code).split()


# Alignment


def aligned() -> Iterator[str]:
    """Yield every IRI of another vocabulary that the ontology names."""
    for term, properties in ontology().items():
        for property_, found in properties.items():
            for iri in (term, property_, *(v.value for v in found if isinstance(v, ox.NamedNode))):
                if not iri.startswith("https://w3id.org/factscape/ontology"):
                    yield iri


@pytest.mark.parametrize("vocabulary", CLOSED, ids=lambda vocabulary: str(vocabulary._NS))
def test_aligned_terms_exist(vocabulary: type[DefinedNamespace]) -> None:
    named = {iri for iri in aligned() if iri.startswith(str(vocabulary._NS))}
    assert named
    assert {iri for iri in named if URIRef(iri) not in vocabulary} == set()


def test_every_superior_of_ours_is_defined() -> None:
    for term in TERMS:
        for property_ in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range):
            ours = {up for up in values(term, str(property_)) if up.startswith(FS)}
            assert ours <= set(TERMS)
            assert term not in ours or property_ in (RDFS.domain, RDFS.range)


def test_domains_and_ranges_are_single() -> None:
    for term in TERMS:
        assert len(values(term, str(RDFS.domain))) <= 1
        assert len(values(term, str(RDFS.range))) <= 1


# Drawing


@pytest.mark.parametrize("class_", classes(), ids=local)
def test_a_class_is_drawn(class_: str) -> None:
    kind = inherited(class_, "drawnAs")
    assert kind in {"Node", "Edge", "Hub", "Detail"}
    own = values(class_, FS + "colour")
    if kind != "Detail":
        assert len(own) == 1, "a class in the picture has a colour of its own"
    if kind in {"Node", "Hub"}:
        assert set(values(class_, FS + "drawnShape")) & SHAPES


@pytest.mark.parametrize("class_", drawn("Edge"), ids=local)
def test_an_edge_has_two_ends(class_: str) -> None:
    for end in ("edgeFrom", "edgeTo"):
        (property_,) = values(class_, FS + end)
        assert property_ in TERMS or property_.startswith(str(RDF))


def test_only_edges_have_ends() -> None:
    ended = {class_ for class_ in classes() if inherited(class_, "edgeFrom")}
    assert ended == set(drawn("Edge"))


def test_lines_can_be_read_backwards() -> None:
    for term in TERMS:
        types = values(term, str(RDF.type))
        is_line = FS + "Edge" in values(term, FS + "drawnAs") and term not in classes()
        if is_line and str(OWL.SymmetricProperty) not in types:
            assert languages(term, URIRef(FS + "inverseLabel")) == {"en": 1, "zh": 1}, local(term)


Colour = tuple[float, float, float]

# What colours become for eyes without red, green or blue cones (Machado and others, 2009), on
# linear light.
SIGHTS: dict[str, tuple[Colour, Colour, Colour]] = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def light(colour: str) -> Colour:
    """Return the linear light of a colour written as #RRGGBB."""
    assert len(colour) == 7 and colour[0] == "#"
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    return linear(red), linear(green), linear(blue)


def luminance(colour: Colour) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    dark, bright = sorted(luminance(light(colour)) for colour in (one, other))
    return (bright + 0.05) / (dark + 0.05)


def seen(colour: str, sight: str) -> Colour:
    """Return a colour in CIELAB as an eye of a kind sees it."""
    parts = light(colour)
    rows = SIGHTS[sight]
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, parts, strict=True)))) for row in rows
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = luminance((red, green, blue))
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883

    def bent(part: float) -> float:
        return float(part ** (1 / 3)) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116

    return 116 * bent(y) - 16, 500 * (bent(x) - bent(y)), 200 * (bent(y) - bent(z))


def difference(one: str, other: str) -> float:
    """Return how far apart two colours are for the eye that tells them apart worst."""
    return min(math.dist(seen(one, sight), seen(other, sight)) for sight in SIGHTS)


PICTURED = [class_ for class_ in classes() if values(class_, FS + "colour")]


@pytest.mark.parametrize("class_", PICTURED, ids=local)
def test_a_colour_stands_out_on_both_grounds(class_: str) -> None:
    (colour,) = values(class_, FS + "colour")
    (dark,) = values(class_, FS + "colourDark") or [colour]
    assert contrast(colour, "#FFFFFF") >= 3
    assert contrast(dark, "#111111") >= 3


def test_siblings_have_different_colours() -> None:
    for one, other in itertools.combinations(PICTURED, 2):
        if set(parents(one)) & set(parents(other)):
            same = values(one, FS + "colour") == values(other, FS + "colour")
            assert not same, f"{local(one)} and {local(other)} have one colour"


def test_classes_of_one_shape_differ_in_colour_for_every_eye() -> None:
    for one, other in itertools.combinations(PICTURED, 2):
        if values(one, FS + "drawnShape") == values(other, FS + "drawnShape"):
            far = difference(values(one, FS + "colour")[0], values(other, FS + "colour")[0])
            assert far >= 12, f"{local(one)} and {local(other)} look alike"
