"""The columns of an answer; those of `SELECT *`, which the engine sorts by name, in the order of the query."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from factscape.query.guard import use_prefixes
from factscape.query.tokens import tokens

__all__ = ["columns_in_order", "columns_of"]


def columns_in_order(text: str, prefixes: Mapping[str, str]) -> str:
    """Write out the `*` of a query's SELECT as its variables, in the order of their mention.

    The query is one that `check_query` let pass. One that cannot be read is returned as it is:
    running it says why.

    >>> columns_in_order("SELECT * { ?s fs:of ?o }", {"fs": "http://example.org/"})
    'SELECT ?s ?o { ?s fs:of ?o }'
    """
    words = list(tokens(text))
    select = next((i for i, word in enumerate(words) if word.text.upper() == "SELECT"), None)
    if select is None:
        return text
    star = next((word for word in words[select + 1 : select + 3] if word.text == "*"), None)
    if star is None:
        return text
    seen = set(columns_of(text, prefixes) or ())
    mentioned = dict.fromkeys(word.text[1:] for word in words if word.kind == "variable")
    if not seen or not seen <= mentioned.keys():
        return text
    names = " ".join(f"?{name}" for name in mentioned if name in seen)
    return f"{text[: star.start]}{names}{text[star.end :]}"


def columns_of(text: str, prefixes: Mapping[str, str]) -> list[str] | None:
    """Return the columns that the answer of a query has, None where it has none or cannot be read.

    >>> columns_of("SELECT ?b ?a { ?a ?b ?c }", {}), columns_of("ASK {}", {})
    (['b', 'a'], None)
    """
    try:
        # Which variables can be seen from outside is the same over an empty store.
        answer = ox.Store().query(text, prefixes=use_prefixes(text, prefixes))
    except SyntaxError:
        return None
    if not isinstance(answer, ox.QuerySolutions):
        return None
    return [variable.value for variable in answer.variables]
