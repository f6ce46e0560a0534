"""Paths of SHACL: from a node along properties to other nodes, and the same as SPARQL spells it."""

from __future__ import annotations

from collections.abc import Callable

from factscape.checking.plain import Plain, Term, text_of
from factscape.terms import PREFIXES

__all__ = ["Path", "read_path", "sparql_path"]

_SH = PREFIXES["sh"]

Path = Callable[[Term], list[Term]]
"""From a node to those that a path leads to, each once."""


def read_path(shapes: Plain, node: Term, data: Plain) -> Path:
    """Return a path of a shapes graph as a function over the data."""
    name = text_of(node)
    if not name.startswith("_:"):
        return lambda focus: data.get(focus, name)
    if items := shapes.items(node):
        return _sequence([read_path(shapes, item, data) for item in items])
    if either := shapes.get(node, _SH + "alternativePath"):
        parts = [read_path(shapes, item, data) for item in shapes.items(either[0])]
        return lambda focus: list(dict.fromkeys(one for part in parts for one in part(focus)))
    if inverse := shapes.one(node, _SH + "inversePath"):
        return lambda focus: list(data.subjects(inverse, focus))
    for kind, least, most in (("oneOrMore", 1, None), ("zeroOrMore", 0, None), ("zeroOrOne", 0, 1)):
        if inner := shapes.get(node, f"{_SH}{kind}Path"):
            return _repeated(read_path(shapes, inner[0], data), least, most)
    raise ValueError(f"no path of SHACL: {name}")


def _sequence(parts: list[Path]) -> Path:
    def path(focus: Term) -> list[Term]:
        nodes = [focus]
        for part in parts:
            nodes = list(dict.fromkeys(one for node in nodes for one in part(node)))
        return nodes

    return path


def _repeated(step: Path, least: int, most: int | None) -> Path:
    def path(focus: Term) -> list[Term]:
        found: dict[Term, None] = {} if least else {focus: None}
        front, steps = [focus], 0
        while front and (most is None or steps < most):
            steps += 1
            front = [one for node in front for one in step(node) if one not in found]
            found.update(dict.fromkeys(front))
        return list(found)

    return path


def sparql_path(shapes: Plain, node: Term) -> str:
    """Return a path as SPARQL spells it."""
    name = text_of(node)
    if not name.startswith("_:"):
        return f"<{name}>"
    if items := shapes.items(node):
        return "(" + "/".join(sparql_path(shapes, item) for item in items) + ")"
    if either := shapes.get(node, _SH + "alternativePath"):
        parts = (sparql_path(shapes, item) for item in shapes.items(either[0]))
        return "(" + "|".join(parts) + ")"
    for kind, before, after in (
        ("inverse", "^", ""),
        ("oneOrMore", "", "+"),
        ("zeroOrMore", "", "*"),
        ("zeroOrOne", "", "?"),
    ):
        if inner := shapes.get(node, f"{_SH}{kind}Path"):
            return f"({before}{sparql_path(shapes, inner[0])}{after})"
    raise ValueError(f"no path of SHACL: {name}")
