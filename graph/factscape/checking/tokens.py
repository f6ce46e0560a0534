"""Turtle and TriG as written: tokens with their places in the text, comments and blanks among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Token", "read_tokens"]

_LOCAL = r"(?:[\w:\-.]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])*(?:[\w:\-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
_KINDS = {
    "blank": r"[\s\ufeff]+",
    "comment": r"#[^\n\r]*",
    "text": r'"""(?:(?:"|"")?(?:[^"\\]|\\.))*"""'
    r"|'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"' + r"|'(?:[^'\\\n\r]|\\.)*'",
    "iri": r"<(?:[^\x00-\x20<>\"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>",
    "directive": r"@prefix\b|@base\b",
    "language": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*",
    "node": r"_:[\w](?:[\w.\-]*[\w\-])?",
    "name": rf"(?:[^\W\d_](?:[\w.\-]*[\w\-])?)?:(?:{_LOCAL})?",
    "number": r"[+-]?(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+|[+-]?\d*\.\d+|[+-]?\d+",
    "word": r"[A-Za-z]+",
    "mark": r"\^\^|<<|>>|\{\||\|\}|[{}\[\]();,.~]",
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{form})" for kind, form in _KINDS.items()), re.DOTALL)


class Token(NamedTuple):
    """A piece of a file: its kind, its text, and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def read_tokens(text: str) -> Iterator[Token]:
    """Yield all tokens of a text; together they are the text.

    Raises ValueError where there is none.

    >>> [token.text for token in read_tokens("id:a fs:b 1.5 . # c") if token.kind != "blank"]
    ['id:a', 'fs:b', '1.5', '.', '# c']
    """
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise ValueError(f"no token of Turtle: {text[place : place + 20]!r}")
        yield Token(match.lastgroup, match.group(), place)
        place = match.end()
