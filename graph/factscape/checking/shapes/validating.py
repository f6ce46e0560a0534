"""Holding facts against the shapes of the ontology, with SHACL.

The files are read with the parser alone and not through a store, which would rewrite literals:
what is checked is what is written, and the periods that follow from it. All graphs of all files are taken together with the ontology,
because a statement, its passage, its period and its metric stand in different places.

Shapes that our own SHACL knows whole are held against the facts by it, others by pySHACL.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factscape.checking.placing import Triple, place_all
from factscape.checking.plain import Plain, text_of
from factscape.checking.shapes.shacl import unknown_parts, validate
from factscape.claims.derive import time_quads
from factscape.errors import FactsSyntaxError, MissingExtraError, Place
from factscape.reading import ontology_files, ontology_folder, read_quads
from factscape.terms import FS, PREFIXES, RDF

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

__all__ = ["ShapeFinding", "check_shapes", "check_syntax", "described_periods", "held_against"]

_SH = PREFIXES["sh"]


@dataclass(frozen=True)
class ShapeFinding:
    """One way in which the facts do not have the shape that the ontology asks for."""

    message: str
    severity: str
    """`error`, `warning` or `info`."""
    subject: str
    """The IRI of the thing or statement in question; a literal or blank node as its text."""
    path: str | None
    """The IRI of the property in question, where it is one property."""
    value: str | None
    place: Place | None
    shape: str = ""
    """The IRI of the shape, where it has one."""


def check_syntax(files: Iterable[Path]) -> list[FactsSyntaxError]:
    """Read every file to its end, and return the first mistake of each that has one.

    Raises FactsNotFoundError for a file that cannot be read.

    >>> check_syntax(ontology_files())
    []
    """
    mistakes = []
    for path in files:
        try:
            for _ in read_quads(path):
                pass
        except FactsSyntaxError as error:
            mistakes.append(error)
    return mistakes


def check_shapes(files: Sequence[Path], shapes: Sequence[Path] | None = None) -> list[ShapeFinding]:
    """Validate the facts in `files`, with the bundled ontology, by its shapes or those given.

    Returns the findings by place: errors first where the place is the same.

    Raises FactsNotFoundError, FactsSyntaxError, and without pySHACL MissingExtraError where the
    shapes use what only that knows.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "a.ttl"
    ...     _ = path.write_text(
    ...         "@prefix fs: <https://w3id.org/factscape/ontology#> . <urn:a> a fs:Source .",
    ...         encoding="utf-8")
    ...     findings = check_shapes([path])
    >>> {finding.place.line for finding in findings}
    {1}
    """
    import pyoxigraph as ox

    if shapes is None:
        shapes = sorted(ontology_folder().glob("shapes/*.ttl"))
    every = [*files, *(path for path in ontology_files() if path not in files)]
    data, store = Plain(), ox.Store()
    for number, path in enumerate(every):
        quads = list(read_quads(path))
        data.add(quads, number)
        store.extend(quads)
    data.add(described_periods(time_quads(store)))
    found = held_against(data, store, every, shapes)
    return sorted(_placed(found, files), key=_in_order)


def described_periods(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return which of the quads that loading adds describe periods that the facts only use."""
    import pyoxigraph as ox

    type_, ends = ox.NamedNode(RDF.type), (FS.begins, FS.ends)
    quads = list(quads)
    # What is called like no span of time stays undescribed.
    spans = {quad.subject for quad in quads if quad.predicate.value in ends}
    periods = spans & {quad.subject for quad in quads if quad.predicate == type_}
    return [quad for quad in quads if quad.subject in periods]


def held_against(
    data: Plain, store: ox.Store, files: Sequence[Path], shapes: Sequence[Path]
) -> set[ShapeFinding]:
    """Return how the data break the shapes, without places.

    `store` and `files` hold the same as `data`; shapes with parts that only pySHACL knows are
    validated by it, over the files. Raises MissingExtraError where they are and it is not there.
    """
    rules = Plain()
    for number, path in enumerate(shapes):
        rules.add(read_quads(path), number)
    if unknown_parts(rules):
        return _by_pyshacl(files, shapes, described_periods(time_quads(store)))
    return {
        ShapeFinding(
            message=one.message,
            severity=one.severity,
            subject=text_of(one.focus),
            path=one.path,
            value=None if one.value is None else text_of(one.value),
            place=None,
            shape="" if one.shape.startswith("_:") else one.shape,
        )
        for one in validate(data, rules, store)
    }


def _by_pyshacl(
    files: Sequence[Path], shapes: Sequence[Path], more: Iterable[ox.Quad]
) -> set[ShapeFinding]:
    try:
        import pyshacl
    except ModuleNotFoundError as error:
        if error.name != "pyshacl":
            raise
        raise MissingExtraError("pyshacl", "check") from error
    with _ill_typed_literals_unlogged():
        # Neither inference nor owl:imports: nothing is added and nothing is fetched.
        _, report, _ = pyshacl.validate(
            _graph(files, more), shacl_graph=_graph(shapes), inplace=True
        )
        return set(_findings(report))


def _graph(files: Iterable[Path], more: Iterable[ox.Quad] = ()) -> rdflib.Graph:
    """Read files into one graph, their named graphs taken together."""
    import rdflib

    graph = rdflib.Graph()
    for quad in chain(chain.from_iterable(map(read_quads, files)), more):
        subject, object_ = _to_rdflib(quad.subject), _to_rdflib(quad.object)
        # SHACL knows no triples about triples.
        if subject is not None and object_ is not None:
            graph.add((subject, rdflib.URIRef(quad.predicate.value), object_))
    return graph


def _to_rdflib(
    term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple,
) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal | None:
    import pyoxigraph as ox
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        # Not normalized: 007 and 2025-13 are to be seen as they are written.
        return rdflib.Literal(
            term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False
        )
    return None


@contextmanager
def _ill_typed_literals_unlogged() -> Iterator[None]:
    """Keep rdflib from logging literals such as "2025-13" with a traceback: the shapes report them."""
    logger = logging.getLogger("rdflib.term")
    disabled, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = disabled


def _findings(report: Any) -> Iterator[ShapeFinding]:
    from rdflib import URIRef

    severities = {"Warning": "warning", "Info": "info"}
    for result in report.objects(None, URIRef(_SH + "result")):
        said = {
            name: list(report.objects(result, URIRef(_SH + name)))
            for name in (
                *("focusNode", "resultMessage", "resultPath", "resultSeverity", "value"),
                "sourceShape",
            )
        }
        shapes = (shape for shape in said["sourceShape"] if isinstance(shape, URIRef))
        path = next((p for p in said["resultPath"] if isinstance(p, URIRef)), None)
        level = str(next(iter(said["resultSeverity"]), "")).removeprefix(_SH)
        yield ShapeFinding(
            message=_message(said["resultMessage"]),
            severity=severities.get(level, "error"),
            subject=str(said["focusNode"][0]),
            path=None if path is None else str(path),
            value=str(said["value"][0]) if said["value"] else None,
            place=None,
            shape=str(next(shapes, "")),
        )


def _message(literals: list[Any]) -> str:
    """Return the English message, else the first one in order."""
    ranked = sorted(literals, key=lambda literal: (literal.language != "en", str(literal)))
    return str(ranked[0]) if ranked else "this has not the shape that it should have"


def _placed(found: Iterable[ShapeFinding], files: Sequence[Path]) -> Iterator[ShapeFinding]:
    """Give each finding the place of its triple, or of its subject's first one."""
    tries: dict[ShapeFinding, list[Triple]] = {
        finding: [
            (finding.subject, finding.path, finding.value),
            (finding.subject, finding.path, None),
            (finding.subject, None, None),
        ]
        for finding in found
    }
    wanted = {key for keys in tries.values() for key in keys if key[1] or not key[2]}
    places = place_all(wanted, files) if wanted else {}
    for finding, keys in tries.items():
        place = next((places[key] for key in keys if key in places), None)
        yield replace(finding, place=place)


def _in_order(finding: ShapeFinding) -> tuple[Any, ...]:
    place = finding.place or Place("~")
    order = {"error": 0, "warning": 1}.get(finding.severity, 2)
    return (
        place.file,
        place.line or 0,
        order,
        finding.subject,
        finding.message,
        str(finding.value),
    )
