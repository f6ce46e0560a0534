"""Triples as plain Python values: quick to look at one by one, and just as they are written.

An IRI is its text, a blank node `_:` and its label, a literal a `Lit`. Graphs are taken together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from factscape.terms import PREFIXES, RDF, RDFS

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Lit", "Plain", "Term", "plain_term", "text_of"]

_SUB_CLASS = RDFS.subClassOf
_FIRST, _REST, _NIL = RDF.first, RDF.rest, PREFIXES["rdf"] + "nil"


class Lit(NamedTuple):
    """A literal; the language is empty where it has none."""

    value: str
    datatype: str
    language: str


Term = str | Lit


def plain_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, file: int = 0) -> Term:
    """Return a term as a plain value; blank nodes of different files stay apart.

    >>> import pyoxigraph as ox
    >>> plain_term(ox.Literal("亏损", language="zh")).language
    'zh'
    """
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return term.value
    if isinstance(term, ox.Literal):
        return Lit(term.value, term.datatype.value, term.language or "")
    if isinstance(term, ox.BlankNode):
        return f"_:{file}.{term.value}"
    return str(term)


def text_of(term: Term) -> str:
    """Return the text of a literal, else the IRI."""
    return term if isinstance(term, str) else term.value


class Plain:
    """Triples by subject and predicate."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.said: dict[str, dict[str, list[Term]]] = {}
        self._objects: dict[str, dict[Term, list[str]]] = {}
        self._above: dict[str, frozenset[str]] = {}

    def add(self, quads: Iterable[ox.Quad], file: int = 0) -> None:
        """Add quads; what is said twice counts once."""
        for quad in quads:
            subject = plain_term(quad.subject, file)
            assert isinstance(subject, str)
            predicate, object_ = quad.predicate.value, plain_term(quad.object, file)
            objects = self.said.setdefault(subject, {}).setdefault(predicate, [])
            if object_ not in objects:
                objects.append(object_)

    def get(self, subject: Term, predicate: str) -> list[Term]:
        """Return the objects of a subject and predicate."""
        if not isinstance(subject, str):
            return []
        return self.said.get(subject, {}).get(predicate, [])

    def one(self, subject: Term, predicate: str) -> str:
        """Return the text of the first object, empty where there is none."""
        found = self.get(subject, predicate)
        return text_of(found[0]) if found else ""

    def subjects(self, predicate: str, object_: Term) -> list[str]:
        """Return the subjects that have an object."""
        if predicate not in self._objects:
            index: dict[Term, list[str]] = {}
            for subject, pairs in self.said.items():
                for one in pairs.get(predicate, ()):
                    index.setdefault(one, []).append(subject)
            self._objects[predicate] = index
        return self._objects[predicate].get(object_, [])

    def items(self, head: Term) -> list[Term]:
        """Return the items of an RDF list."""
        found: list[Term] = []
        while head != _NIL and self.get(head, _FIRST):
            found.append(self.get(head, _FIRST)[0])
            rest = self.get(head, _REST)
            head = rest[0] if rest else _NIL
        return found

    def classes_above(self, class_: str) -> frozenset[str]:
        """Return a class and all classes above it."""
        known = self._above.get(class_)
        if known is None:
            found, left = {class_}, [class_]
            while left:
                for above in self.get(left.pop(), _SUB_CLASS):
                    if isinstance(above, str) and above not in found:
                        found.add(above)
                        left.append(above)
            known = self._above[class_] = frozenset(found)
        return known

    def is_a(self, node: Term, class_: str) -> bool:
        """Say whether a node is of a class or of one below it."""
        return any(
            isinstance(type_, str) and class_ in self.classes_above(type_)
            for type_ in self.get(node, RDF.type)
        )
