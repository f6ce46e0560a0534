"""Terms of vocabularies that are used and that nobody describes, each with what may have been meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import pyoxigraph as ox

from factscape.checking.findings import Found
from factscape.checking.material import Material
from factscape.terms import FS, PREFIXES, RDF, curie

__all__ = ["undefined_terms"]

_OURS = tuple(PREFIXES[name] for name in ("fs", "metric", "unit"))
_ARE_DESCRIBED = frozenset((FS.metric, FS.unit))
"""Properties that lead to what somebody has to describe, in whatever vocabulary it is."""
_STANDARD = {
    PREFIXES[name]: name.upper() for name in ("rdf", "rdfs", "owl", "skos", "prov", "foaf", "xsd")
} | {PREFIXES["dct"]: "DCTERMS"}
"""Vocabularies of others whose terms rdflib lists, and what it calls them."""


def undefined_terms(material: Material) -> Iterator[Found]:
    """Yield each use of a term in fs:, metric: or unit:, or in a vocabulary known whole, that is none.

    A term is described where something is said of it. A use is counted once a subject.
    """
    described = material.plain.said
    known: dict[str, bool] = {}
    seen = set()
    for rows in material.read:
        for quad, place in rows:
            must_be = quad.predicate.value in _ARE_DESCRIBED
            for term in _terms(quad):
                if must_be and term != quad.predicate.value:
                    known[term] = term in described
                elif term not in known:
                    known[term] = term in described or _is_known(term)
                where = quad.subject, term
                if not known[term] and where not in seen:
                    seen.add(where)
                    yield Found(
                        check="undefined-term",
                        message=f"Nothing describes {curie(term)}.",
                        hint=_hint(term, material),
                        subject=None if isinstance(quad.subject, ox.Triple) else quad.subject.value,
                        value=term,
                        place=place,
                    )


def _terms(quad: ox.Quad) -> Iterator[str]:
    """Yield the terms that a statement uses as such: its property, a class, a metric, a unit."""
    yield quad.predicate.value
    if isinstance(quad.object, ox.NamedNode):
        value = quad.object.value
        if quad.predicate.value in (RDF.type, *_ARE_DESCRIBED) or value.startswith(_OURS):
            yield value
    elif isinstance(quad.object, ox.Literal):
        yield quad.object.datatype.value


def _base(term: str) -> str:
    return next((base for base in (*_OURS, *_STANDARD) if term.startswith(base)), "")


def _is_known(term: str) -> bool:
    """Say whether a vocabulary of others has a term; of one that is not known whole it is taken to."""
    base = _base(term)
    if base in _STANDARD:
        return term in _standard(base)
    return not base


def _standard(base: str) -> set[str]:
    import rdflib.namespace

    names = dir(getattr(rdflib.namespace, _STANDARD[base]))
    # RDF numbers the members of a container, and lists are written with brackets.
    return {str(name) for name in names} | {base + name for name in names}


def _hint(term: str, material: Material) -> str:
    base = _base(term) or term[: max(term.rfind("/"), term.rfind("#")) + 1]
    candidates = (
        _standard(base)
        if base in _STANDARD
        else {one for one in material.plain.said if one.startswith(base)}
    )
    tails = sorted({one[len(base) :] for one in candidates if one.startswith(base)})
    near = difflib.get_close_matches(term[len(base) :], tails, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {curie(base + near[0])}?"
    if base in _STANDARD:
        return "That vocabulary has no such term: look it up."
    return "Describe it in a vocabulary of your own, or choose one of docs/terms.md."
