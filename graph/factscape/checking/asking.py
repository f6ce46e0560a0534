"""Checks that are queries: each row of the answer is a finding."""

from __future__ import annotations

import string
from collections.abc import Iterator

import pyoxigraph as ox

from factscape.checking.catalogue import QueryCheck
from factscape.checking.findings import Found
from factscape.errors import FactscapeError, Place
from factscape.terms import PREFIXES, curie, name_of

__all__ = ["ask_check"]

_OWN = ("path", "graph")


def ask_check(check: QueryCheck, store: ox.Store) -> Iterator[Found]:
    """Yield what the query of a check finds.

    Raises FactscapeError with the query's file when it is no SELECT that answers ?subject.
    """
    place = Place(str(check.path))
    try:
        rows = store.query(check.query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    except SyntaxError as error:
        raise FactscapeError(f"this check is not SPARQL: {error}", place=place) from error
    columns = (
        [variable.value for variable in rows.variables]
        if isinstance(rows, ox.QuerySolutions)
        else []
    )
    if not isinstance(rows, ox.QuerySolutions) or "subject" not in columns:
        raise FactscapeError("a check is a SELECT with the column ?subject", place=place)
    for row in rows:
        terms = {name: row[name] for name in columns if row[name] is not None}
        said = {name: _shown(term) for name, term in terms.items()}
        given = {name: _plain(terms[name]) for name in _OWN if name in terms}
        yield Found(
            check=check.id,
            message=_filled(check.message, said),
            hint=_filled(check.hint, said),
            subject=_plain(terms["subject"]),
            value=_plain(terms["value"]) if "value" in terms else None,
            path=given.get("path"),
            graph=given.get("graph"),
        )


Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class _Blanks(string.Formatter):
    """Fills templates; what a row does not say stays an ellipsis."""

    def get_value(self, key: int | str, args: object, kwargs: object) -> str:
        return kwargs.get(key, "…") if isinstance(kwargs, dict) else "…"


def _filled(template: str, said: dict[str, str]) -> str:
    return _Blanks().vformat(template, (), said)


def _shown(term: Term) -> str:
    if isinstance(term, ox.Literal):
        return term.value
    iri = name_of(term)
    source, sign, passage = iri.partition("#")
    # As the source's own file spells it.
    if sign and source.startswith(PREFIXES["src"]):
        return f"here:{passage}"
    return curie(iri)


def _plain(term: Term) -> str:
    return term.value if isinstance(term, ox.Literal) else name_of(term)
