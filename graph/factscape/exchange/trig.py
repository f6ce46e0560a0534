"""Writing TriG by hand: one predicate and object a line, sorted, the same bytes every time."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from factscape.terms import RDF, XSD, curie

__all__ = ["Block", "Writer"]

_WIDTH = 120
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
"""Local names that every parser takes without escapes."""

_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
_SPECIAL = re.compile(
    '[\\\\"\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
)
"""What a text may not hold as it is, and what would turn the text around it in an editor."""

_BARE_NUMBER = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
_STRING = XSD.string


@dataclass(frozen=True)
class Block:
    """A subject with what is said of it, in this order, and comments above it."""

    subject: ox.NamedNode
    pairs: Sequence[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]
    comments: Sequence[str] = ()


@dataclass
class Writer:
    """Writes a file with the prefixes that it needs."""

    prefixes: Mapping[str, str]
    _used: set[str] = field(default_factory=set)
    _short: dict[str, str] = field(default_factory=dict)

    def file(
        self,
        head: str,
        blocks: Iterable[Block],
        graph: ox.NamedNode | None = None,
        inside: Iterable[Block] = (),
    ) -> str:
        """Return a file: its first line, prefixes, blocks, and then those inside a graph."""
        outer = [self.block(block) for block in blocks]
        inner = [self.block(block, "    ") for block in inside]
        if graph is not None and inner:
            outer.append(f"GRAPH {self.term(graph)} {{\n\n" + "\n\n".join(inner) + "\n}")
        declared = [f"@prefix {name}: <{self.prefixes[name]}> ." for name in sorted(self._used)]
        parts = [head, "\n".join(declared), *outer]
        return "\n\n".join(part for part in parts if part) + "\n"

    def block(self, block: Block, indent: str = "") -> str:
        """Return a subject and what is said of it."""
        lines = [line for text in block.comments for line in _comment(text, indent)]
        lines.append(indent + self.term(block.subject))
        pairs = [f"{indent}    {self._verb(p)} {self.term(o)}" for p, o in block.pairs]
        lines.append(" ;\n".join(pairs) + " .")
        return "\n".join(lines)

    def term(self, term: ox.NamedNode | ox.Literal) -> str:
        """Return a term as TriG writes it."""
        return self._iri(term.value) if isinstance(term, ox.NamedNode) else self._literal(term)

    def _verb(self, term: ox.NamedNode) -> str:
        return "a" if term.value == RDF.type else self._iri(term.value)

    def _iri(self, iri: str) -> str:
        """Return an IRI with its prefix, where that needs no escapes."""
        if iri not in self._short:
            short = curie(iri, self.prefixes)
            prefix, _, local = short.partition(":")
            fits = not short.startswith("<") and _LOCAL.fullmatch(local)
            self._short[iri] = short if fits else f"<{iri}>"
            if fits:
                self._used.add(prefix)
        return self._short[iri]

    def _literal(self, term: ox.Literal) -> str:
        datatype = term.datatype.value
        if datatype in _BARE_NUMBER and _BARE_NUMBER[datatype].fullmatch(term.value):
            return term.value
        text = '"' + _SPECIAL.sub(_escaped, term.value) + '"'
        if term.language:
            return f"{text}@{term.language}"
        return text if datatype == _STRING else f"{text}^^{self._iri(datatype)}"


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _comment(text: str, indent: str) -> list[str]:
    """Return a text as lines of comment, with nothing in them that ends a line."""
    plain = " ".join(re.sub("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", " ", text).split())
    width = _WIDTH - len(indent) - 2
    wrapped = textwrap.wrap(plain, width, break_long_words=False, break_on_hyphens=False)
    return [f"{indent}# {line}" for line in wrapped]
