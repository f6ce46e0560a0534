"""A query cut into words, names and signs, each with the place where it starts.

It reads as the standard says, which is not always as an engine does: `?a<?b#>` is a variable and
an IRI here, a comparison and a comment for Oxigraph. What must be certain asks the engine too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Token", "position", "tokens"]

_LOCAL = r"(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
_TOKEN = re.compile(
    rf"""
    (?P<space>[ \t\r\n]+|\#[^\r\n]*)
    |(?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
    |(?P<string>\"\"\"(?:[^"\\]|\\.|"{{1,2}}(?!"))*\"\"\"
              |'''(?:[^'\\]|\\.|'{{1,2}}(?!'))*'''
              |"(?:[^"\\\r\n]|\\.)*"
              |'(?:[^'\\\r\n]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<blank>_:\w(?:[\w.-]*[\w-])?)
    |(?P<prefixed>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:(?!-){_LOCAL}(?:\.*{_LOCAL})*)?)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<number>[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<word>\w+)
    |(?P<sign>\^\^|&&|\|\||!=|<=|>=|<<\(|\)>>|<<|>>|\{{\||\|\}}|.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """One word, name, literal or sign of a query."""

    kind: str
    """iri, string, variable, blank, prefixed, language, number, word or sign."""
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the next character stands."""
        return self.start + len(self.text)


def tokens(text: str) -> Iterator[Token]:
    """Cut a query into tokens; spaces and comments are left out, nothing else is.

    >>> [token.text for token in tokens("ASK { ?s fs:of <http://e/#a> } # why")]
    ['ASK', '{', '?s', 'fs:of', '<http://e/#a>', '}']
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        if kind != "space":
            yield Token(kind, match.group(), match.start())


def position(text: str, offset: int) -> tuple[int, int]:
    r"""Return the line and column, both from 1, of an offset in a text.

    >>> position("ASK\n{ }", 6)
    (2, 3)
    """
    before = text[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")
