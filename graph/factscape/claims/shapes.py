"""Holding facts against the shapes of the ontology, with SHACL.

The files are read with the parser alone and not through a store, which would rewrite literals:
what is checked is what is written, and the periods that follow from it. All graphs of all files are taken together with the ontology,
because a statement, its passage, its period and its metric stand in different places.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factscape.claims.placing import Triple, place_all
from factscape.claims.times import NAMES_A_PERIOD, slug_of_period
from factscape.errors import FactsSyntaxError, MissingExtraError, Place
from factscape.reading import ontology_files, ontology_folder, read_quads
from factscape.terms import FS, PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

__all__ = ["ShapeFinding", "check_shapes", "check_syntax"]

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

    Raises MissingExtraError without pySHACL, FactsNotFoundError, FactsSyntaxError.

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
    try:
        import pyshacl
    except ModuleNotFoundError as error:
        if error.name != "pyshacl":
            raise
        raise MissingExtraError("pyshacl", "check") from error
    if shapes is None:
        shapes = sorted(ontology_folder().glob("shapes/*.ttl"))
    with _ill_typed_literals_unlogged():
        data = _graph([*files, *(path for path in ontology_files() if path not in files)])
        _declare_periods(data)
        # Neither inference nor owl:imports: nothing is added and nothing is fetched.
        _, report, _ = pyshacl.validate(data, shacl_graph=_graph(shapes), inplace=True)
        found = set(_findings(report))
    return sorted(_placed(found, files), key=_in_order)


def _graph(files: Iterable[Path]) -> rdflib.Graph:
    """Read files into one graph, their named graphs taken together."""
    import rdflib

    graph = rdflib.Graph()
    for path in files:
        for quad in read_quads(path):
            subject, object_ = _to_rdflib(quad.subject), _to_rdflib(quad.object)
            # SHACL knows no triples about triples.
            if subject is not None and object_ is not None:
                graph.add((subject, rdflib.URIRef(quad.predicate.value), object_))
    return graph


def _declare_periods(graph: rdflib.Graph) -> None:
    """Declare the periods that are named, as loading does: their slugs say what they are."""
    from rdflib import RDF, URIRef

    named = {str(period) for name in NAMES_A_PERIOD for period in graph.objects(None, URIRef(name))}
    for period in sorted(named):
        if slug_of_period(period):
            graph.add((URIRef(period), RDF.type, URIRef(FS.Period)))


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
    from rdflib.namespace import RDF

    severities = {"Warning": "warning", "Info": "info"}
    for result in report.subjects(RDF.type, URIRef(_SH + "ValidationResult")):
        said = {
            name: list(report.objects(result, URIRef(_SH + name)))
            for name in ("focusNode", "resultMessage", "resultPath", "resultSeverity", "value")
        }
        path = next((p for p in said["resultPath"] if isinstance(p, URIRef)), None)
        level = str(next(iter(said["resultSeverity"]), "")).removeprefix(_SH)
        yield ShapeFinding(
            message=_message(said["resultMessage"]),
            severity=severities.get(level, "error"),
            subject=str(said["focusNode"][0]),
            path=None if path is None else str(path),
            value=str(said["value"][0]) if said["value"] else None,
            place=None,
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
