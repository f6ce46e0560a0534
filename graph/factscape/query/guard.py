"""A query looked at before it is run: what it may not do, and what it needs.

It may not change facts, nor make this machine talk to another one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count, product
from string import ascii_lowercase

import pyoxigraph as ox

from factscape.errors import Place, QueryRefusedError
from factscape.query.tokens import position, tokens

__all__ = ["check_query", "names_graphs", "syntax_error", "use_prefixes"]

_FIRST_WORD = re.compile(
    r"(?:[ \t\r\n]+|#[^\r\n]*|BASE\b[^<]*<[^>]*>|PREFIX\b[^<]*<[^>]*>)*([a-z]*)", re.IGNORECASE
)
_UPDATES = {"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"}
_SERVICE = re.compile("service", re.IGNORECASE | re.ASCII)


def check_query(text: str, prefixes: Mapping[str, str], *, name: str = "query") -> None:
    """Refuse updates and SERVICE; anything else, right or wrong, is left to the engine.

    Raises QueryRefusedError with the place of the word and what to do instead.

    >>> check_query("SELECT ?service { ?service fs:of 'a SERVICE' }", {})
    >>> check_query("ASK { SERVICE <http://e/> { ?s ?p ?o } }", {})
    Traceback (most recent call last):
    factscape.errors.QueryRefusedError: query:1:7: a query may not ask another server (SERVICE)
      ask that server by itself, save its answer as RDF, and add the file with --facts
    """
    match = _FIRST_WORD.match(text)
    if match and match.group(1).upper() in _UPDATES:
        raise QueryRefusedError(
            f"a query may not change facts ({match.group(1).upper()})",
            place=Place(name, *position(text, match.start(1))),
            hint="facts change in their files: edit them there; here ask with SELECT, ASK, "
            "CONSTRUCT or DESCRIBE",
        )
    # Most queries do not hold the word at all, and pay only for this look.
    if "service" in text.lower():
        _check_service(text, prefixes, name)


def _check_service(text: str, prefixes: Mapping[str, str], name: str) -> None:
    words = (token for token in tokens(text) if token.kind == "word")
    keyword = next((word for word in words if _SERVICE.fullmatch(word.text)), None)
    if syntax_error(text, prefixes) is None:
        refused = _needs_the_word(text, prefixes)
    else:
        refused = keyword is not None
    if refused:
        mention = _SERVICE.search(text)
        start = keyword.start if keyword else mention.start() if mention else 0
        raise QueryRefusedError(
            "a query may not ask another server (SERVICE)",
            place=Place(name, *position(text, start)),
            hint="ask that server by itself, save its answer as RDF, and add the file with --facts",
        )


def _needs_the_word(text: str, prefixes: Mapping[str, str]) -> bool:
    """Say whether the engine reads `service` as a keyword anywhere in a query that it can read.

    Tokens alone can be fooled (`FILTER(?a<?b)SERVICE#>` looks like an IRI): so put another word
    in its place everywhere. In names and strings that changes nothing; where it was the keyword,
    the query can no longer be read.
    """
    words = map("".join, product(ascii_lowercase, repeat=len("service")))
    other = next(word for word in words if word not in text.lower())

    def in_its_case(match: re.Match[str]) -> str:
        pairs = zip(other, match.group(), strict=True)
        return "".join(new.upper() if old.isupper() else new for new, old in pairs)

    renamed = {_SERVICE.sub(in_its_case, prefix): iri for prefix, iri in prefixes.items()}
    return syntax_error(_SERVICE.sub(in_its_case, text), renamed) is not None


def syntax_error(text: str, prefixes: Mapping[str, str]) -> str | None:
    """Return what the engine's parser says against a query, None if nothing; it is never run.

    >>> syntax_error("SELCT ?x {}", {})
    'error at 1:10: expected CONSTRUCT'
    """
    # A value for a variable that the query does not have stops the engine between reading and
    # running.
    missing = next(name for name in map("v{}".format, count()) if name not in text)
    try:
        ox.Store().query(
            text,
            prefixes=use_prefixes(text, prefixes),
            substitutions={ox.Variable(missing): ox.Literal("")},
        )
    except SyntaxError as error:
        return str(error)
    except RuntimeError:
        return None
    raise AssertionError("the engine was to stop before running this")


def names_graphs(text: str) -> bool:
    """Say whether a query has a FROM clause; the word is a keyword nowhere else.

    >>> names_graphs("SELECT * FROM <http://e/g> { ?from ?p 'FROM' }"), names_graphs("ASK { }")
    (True, False)
    """
    return any(word.kind == "word" and word.text.upper() == "FROM" for word in tokens(text))


def use_prefixes(text: str, prefixes: Mapping[str, str]) -> dict[str, str]:
    """Pick the predeclared prefixes that a query mentions: the engine takes its time over each.

    >>> use_prefixes("ASK { id:zhipu ?p ?o }", {"id": "http://e/", "fs": "http://f/"})
    {'id': 'http://e/'}
    """
    # The name alone is looked for first, because making its other spelling takes longer.
    return {name: iri for name, iri in prefixes.items() if name in text and f"{name}:" in text}
