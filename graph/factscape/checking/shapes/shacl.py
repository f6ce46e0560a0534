"""SHACL, as much of it as shapes of facts mostly need, in one pass over plain triples.

A shapes graph is compiled to Python functions once. It finds what pySHACL finds (a test holds the two
against one another), some seventy times as fast. `unknown_parts` says what of a shapes graph it does
not know; such shapes go to pySHACL.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from factscape.checking.plain import Lit, Plain, Term, plain_term, text_of
from factscape.checking.shapes.paths import Path, read_path, sparql_path
from factscape.checking.shapes.well_formed import is_well_formed
from factscape.terms import PREFIXES, RDF

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Violation", "shape_message", "unknown_parts", "validate"]

_SH = PREFIXES["sh"]
_NOTHING: Mapping[str, list[Term]] = MappingProxyType({})
_WITHOUT_MESSAGE = "this has not the shape that it should have"

Offending = Iterator[Term | None]
Constraint = Callable[[Term, Sequence[Term]], Offending]
"""From a focus node and the nodes that its path leads to, those that offend; None is all of them."""


class Violation(NamedTuple):
    """A node that has not the shape it should have."""

    shape: str
    severity: str
    message: str
    focus: Term
    path: str | None
    value: Term | None


def shape_message(shapes: Plain, shape: Term, otherwise: str = _WITHOUT_MESSAGE) -> str:
    """Return the English message of a shape, else the first in order, else another one."""
    found = [one for one in shapes.get(shape, _SH + "message") if isinstance(one, Lit)]
    ranked = sorted(found, key=lambda one: (one.language != "en", one.value))
    return ranked[0].value if ranked else otherwise


class _Shape:
    """A shape that nodes can be held against."""

    def __init__(self, data: Plain, iri: str, path: Path | None, path_iri: str | None) -> None:
        self.data, self.iri, self.path, self.path_iri = data, iri, path, path_iri
        self.severity = "error"
        self.constraints: list[tuple[Constraint, str, str]] = []
        self.properties: list[_Shape] = []
        self.of_values_alone = False
        """Whether a node without the property breaks nothing."""

    def violations(self, focus: Term) -> Iterator[Violation]:
        values = [focus] if self.path is None else self.path(focus)
        for constraint, message, iri in self.constraints:
            for value in constraint(focus, values):
                yield Violation(iri, self.severity, message, focus, self.path_iri, value)
        for value in values:
            said = self.data.said.get(value, _NOTHING) if isinstance(value, str) else _NOTHING
            for shape in self.properties:
                # Most nodes lack most properties that shapes speak of.
                if shape.path_iri in said or not shape.of_values_alone:
                    yield from shape.violations(value)

    def accepts(self, node: Term) -> bool:
        return next(self.violations(node), None) is None


def validate(data: Plain, shapes: Plain, store: ox.Store | None = None) -> Iterator[Violation]:
    """Yield where the data have not the shapes; the same violation may come twice.

    SPARQL constraints are asked of `store`, which holds the same data, over the union of its graphs.
    """
    compiler = _Compiler(data, shapes, store)
    targets = _targets(data, shapes)
    for iri, nodes in targets.items():
        shape = compiler.shape(iri)
        for node in nodes:
            yield from shape.violations(node)


def _targets(data: Plain, shapes: Plain) -> dict[str, list[Term]]:
    """Return the nodes that each shape with a target is about."""
    classes: dict[str, list[str]] = {}
    subjects: dict[str, list[str]] = {}
    objects: dict[str, list[str]] = {}
    found: dict[str, dict[Term, None]] = {}
    for shape, said in shapes.said.items():
        if _is_off(shapes, shape):
            continue
        for name, index in (("Class", classes), ("SubjectsOf", subjects), ("ObjectsOf", objects)):
            for target in said.get(f"{_SH}target{name}", ()):
                index.setdefault(text_of(target), []).append(shape)
        for node in said.get(_SH + "targetNode", ()):
            found.setdefault(shape, {})[node] = None
    for subject, pairs in data.said.items():
        for type_ in pairs.get(RDF.type, ()):
            for class_ in data.classes_above(text_of(type_)) & classes.keys():
                for shape in classes[class_]:
                    found.setdefault(shape, {})[subject] = None
        for predicate in pairs.keys() & subjects.keys():
            for shape in subjects[predicate]:
                found.setdefault(shape, {})[subject] = None
        for predicate in pairs.keys() & objects.keys():
            for shape in objects[predicate]:
                found.setdefault(shape, {}).update(dict.fromkeys(pairs[predicate]))
    return {shape: list(nodes) for shape, nodes in found.items()}


def _is_off(shapes: Plain, shape: Term) -> bool:
    return shapes.one(shape, _SH + "deactivated") == "true"


class _Compiler:
    """Makes functions of the shapes in a shapes graph, each once."""

    def __init__(self, data: Plain, shapes: Plain, store: ox.Store | None) -> None:
        self.data, self.shapes, self.store = data, shapes, store
        self._made: dict[Term, _Shape] = {}

    def shape(self, node: Term) -> _Shape:
        if node in self._made:
            return self._made[node]
        paths = self.shapes.get(node, _SH + "path")
        path_iri = paths[0] if paths and not text_of(paths[0]).startswith("_:") else None
        made = self._made[node] = _Shape(
            self.data,
            text_of(node),
            read_path(self.shapes, paths[0], self.data) if paths else None,
            None if path_iri is None else text_of(path_iri),
        )
        level = self.shapes.one(node, _SH + "severity").removeprefix(_SH)
        made.severity = {"Warning": "warning", "Info": "info"}.get(level, "error")
        message = shape_message(self.shapes, node)
        if _is_off(self.shapes, node):
            return made
        for predicate, values in self.shapes.said.get(text_of(node), {}).items():
            maker = _MAKERS.get(predicate.removeprefix(_SH))
            if maker is not None:
                for value in values:
                    # A query can have words of its own, and a name where its shape has none.
                    asked = predicate == _SH + "sparql"
                    said = shape_message(self.shapes, value, message) if asked else message
                    own = asked and not self.shapes.get(node, _SH + "message")
                    iri = text_of(value if own else node)
                    made.constraints.append((maker(self, value, node), said, iri))
        parts = {part.removeprefix(_SH) for part in self.shapes.said.get(text_of(node), {})}
        made.of_values_alone = path_iri is not None and not parts & _OF_MISSING_VALUES
        made.properties = [self.shape(one) for one in self.shapes.get(node, _SH + "property")]
        return made

    def listed(self, head: Term) -> list[_Shape]:
        return [self.shape(one) for one in self.shapes.items(head)]


Maker = Callable[[_Compiler, Term, Term], Constraint]
"""From the value of a constraint's property, and the shape that has it."""


def _each(offends: Callable[[Term], bool]) -> Constraint:
    """Return a constraint on every value by itself."""

    def constraint(_: Term, values: Sequence[Term]) -> Offending:
        for value in values:
            if offends(value):
                yield value

    return constraint


def _together(offend: Callable[[Sequence[Term]], bool]) -> Constraint:
    """Return a constraint on all values together."""

    def constraint(_: Term, values: Sequence[Term]) -> Offending:
        if offend(values):
            yield None

    return constraint


def _min_count(_: _Compiler, number: Term, __: Term) -> Constraint:
    least = int(text_of(number))
    return _together(lambda values: len(values) < least)


def _max_count(_: _Compiler, number: Term, __: Term) -> Constraint:
    most = int(text_of(number))
    return _together(lambda values: len(values) > most)


def _class(compiler: _Compiler, class_: Term, _: Term) -> Constraint:
    name, data = text_of(class_), compiler.data
    return _each(lambda value: not data.is_a(value, name))


def _datatype(_: _Compiler, datatype: Term, __: Term) -> Constraint:
    name = text_of(datatype)
    return _each(
        lambda value: (
            isinstance(value, str)
            or value.datatype != name
            or not is_well_formed(value.value, name)
        )
    )


def _node_kind(_: _Compiler, kind: Term, __: Term) -> Constraint:
    wanted = text_of(kind).removeprefix(_SH)
    return _each(lambda value: _kind(value) not in wanted)


def _kind(value: Term) -> str:
    if isinstance(value, Lit):
        return "Literal"
    return "BlankNode" if value.startswith("_:") else "IRI"


def _in(compiler: _Compiler, head: Term, _: Term) -> Constraint:
    allowed = frozenset(compiler.shapes.items(head))
    return _each(lambda value: value not in allowed)


def _has_value(_: _Compiler, wanted: Term, __: Term) -> Constraint:
    return _together(lambda values: wanted not in values)


def _pattern(_: _Compiler, pattern: Term, __: Term) -> Constraint:
    search = re.compile(text_of(pattern)).search
    return _each(lambda value: _kind(value) == "BlankNode" or not search(text_of(value)))


def _length(least: bool) -> Maker:
    def make(_: _Compiler, number: Term, __: Term) -> Constraint:
        bound = int(text_of(number))
        return _each(
            lambda value: (
                _kind(value) == "BlankNode"
                or (len(text_of(value)) < bound if least else len(text_of(value)) > bound)
            )
        )

    return make


def _ordered(fits: Callable[[int], bool]) -> Maker:
    """Return the maker of a constraint on how a value stands to a bound: below, at or above it."""

    def make(_: _Compiler, bound: Term, __: Term) -> Constraint:
        return _each(lambda value: (order := _order(value, bound)) is None or not fits(order))

    return make


def _less_than(or_equal: bool) -> Maker:
    def make(compiler: _Compiler, property_: Term, _: Term) -> Constraint:
        name, data = text_of(property_), compiler.data

        def constraint(focus: Term, values: Sequence[Term]) -> Offending:
            others = data.get(focus, name)
            for value in values:
                orders = [_order(value, other) for other in others]
                if any(order is None or order > (0 if or_equal else -1) for order in orders):
                    yield value

        return constraint

    return make


_NUMBERS = frozenset(
    PREFIXES["xsd"] + name
    for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)


def _order(one: Term, other: Term) -> int | None:
    """Return -1, 0 or 1 as one comes before, with or after another; None where they do not compare."""
    if isinstance(one, str) or isinstance(other, str):
        return None
    if one.datatype in _NUMBERS and other.datatype in _NUMBERS:
        try:
            first, second = Decimal(one.value), Decimal(other.value)
        except InvalidOperation:
            return None
        return (first > second) - (first < second)
    if one.datatype != other.datatype or not is_well_formed(one.value, one.datatype):
        return None
    return (one.value > other.value) - (one.value < other.value)


def _equal_or_disjoint(disjoint: bool) -> Maker:
    def make(compiler: _Compiler, property_: Term, _: Term) -> Constraint:
        name, data = text_of(property_), compiler.data

        def constraint(focus: Term, values: Sequence[Term]) -> Offending:
            others = data.get(focus, name)
            yield from (value for value in values if (value in others) == disjoint)
            if not disjoint:
                yield from (other for other in others if other not in values)

        return constraint

    return make


def _language_in(compiler: _Compiler, head: Term, _: Term) -> Constraint:
    tags = [text_of(tag).lower() for tag in compiler.shapes.items(head)]

    def offends(value: Term) -> bool:
        language = value.language.lower() if isinstance(value, Lit) else ""
        return not any(language == tag or language.startswith(tag + "-") for tag in tags)

    return _each(offends)


def _unique_lang(_: _Compiler, wanted: Term, __: Term) -> Constraint:
    def constraint(_: Term, values: Sequence[Term]) -> Offending:
        if text_of(wanted) == "true":
            languages = (v.language.lower() for v in values if isinstance(v, Lit) and v.language)
            yield from (None for number in Counter(languages).values() if number > 1)

    return constraint


def _node(compiler: _Compiler, node: Term, _: Term) -> Constraint:
    shape = compiler.shape(node)
    return _each(lambda value: not shape.accepts(value))


def _not(compiler: _Compiler, node: Term, _: Term) -> Constraint:
    shape = compiler.shape(node)
    return _each(shape.accepts)


def _counted(fits: Callable[[int, int], bool]) -> Maker:
    """Return the maker of a constraint on how many shapes of a list accept a value."""

    def make(compiler: _Compiler, head: Term, _: Term) -> Constraint:
        shapes = compiler.listed(head)
        return _each(
            lambda value: not fits(sum(shape.accepts(value) for shape in shapes), len(shapes))
        )

    return make


def _or(compiler: _Compiler, head: Term, _: Term) -> Constraint:
    shapes = compiler.listed(head)
    return _each(lambda value: not any(shape.accepts(value) for shape in shapes))


def _qualified(compiler: _Compiler, node: Term, parent: Term) -> Constraint:
    shape = compiler.shape(node)
    least = int(compiler.shapes.one(parent, _SH + "qualifiedMinCount") or 0)
    most = int(compiler.shapes.one(parent, _SH + "qualifiedMaxCount") or 10**9)
    return _together(
        lambda values: not least <= sum(shape.accepts(value) for value in values) <= most
    )


def _sparql(compiler: _Compiler, node: Term, parent: Term) -> Constraint:
    """Return a constraint that a query states; it is asked once, for all nodes together."""
    query = compiler.shapes.one(node, _SH + "select")
    paths = compiler.shapes.get(parent, _SH + "path")
    if paths:
        query = query.replace("$PATH", sparql_path(compiler.shapes, paths[0]))
    found: dict[Term, list[Term | None]] | None = None

    def constraint(focus: Term, _: Sequence[Term]) -> Offending:
        nonlocal found
        if found is None:
            found = _asked(compiler.store, query)
        yield from found.get(focus, ())

    return constraint


def _asked(store: ox.Store | None, query: str) -> dict[Term, list[Term | None]]:
    import pyoxigraph as ox

    found: dict[Term, list[Term | None]] = {}
    rows = store.query(query, use_default_graph_as_union=True) if store is not None else None
    if isinstance(rows, ox.QuerySolutions):
        has_value = "value" in {variable.value for variable in rows.variables}
        for row in rows:
            if row["this"] is not None:
                value = row["value"] if has_value else None
                found.setdefault(plain_term(row["this"]), []).append(
                    None if value is None else plain_term(value)
                )
    return found


_MAKERS: dict[str, Maker] = {
    "and": _counted(lambda accepting, all_: accepting == all_),
    "class": _class,
    "datatype": _datatype,
    "disjoint": _equal_or_disjoint(True),
    "equals": _equal_or_disjoint(False),
    "hasValue": _has_value,
    "in": _in,
    "languageIn": _language_in,
    "lessThan": _less_than(False),
    "lessThanOrEquals": _less_than(True),
    "maxCount": _max_count,
    "maxExclusive": _ordered(lambda order: order < 0),
    "maxInclusive": _ordered(lambda order: order <= 0),
    "maxLength": _length(False),
    "minCount": _min_count,
    "minExclusive": _ordered(lambda order: order > 0),
    "minInclusive": _ordered(lambda order: order >= 0),
    "minLength": _length(True),
    "node": _node,
    "nodeKind": _node_kind,
    "not": _not,
    "or": _or,
    "pattern": _pattern,
    "qualifiedValueShape": _qualified,
    "sparql": _sparql,
    "uniqueLang": _unique_lang,
    "xone": _counted(lambda accepting, _: accepting == 1),
}

_OF_MISSING_VALUES = frozenset({"minCount", "hasValue", "equals", "qualifiedValueShape", "sparql"})
"""Constraints that a node without any value can break."""

_ELSE = (
    *("deactivated", "defaultValue", "description", "group", "message", "name", "order"),
    *("alternativePath", "inversePath", "oneOrMorePath", "zeroOrMorePath", "zeroOrOnePath"),
    *("path", "property", "qualifiedMaxCount", "qualifiedMinCount", "select", "severity"),
    *("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf"),
)
_CLASSES = frozenset((PREFIXES["rdfs"] + "Class", PREFIXES["owl"] + "Class"))


def unknown_parts(shapes: Plain) -> list[str]:
    """Return the terms of SHACL in a shapes graph that are not known here."""
    known = {_SH + name for name in (*_MAKERS, *_ELSE)}
    found = {
        predicate
        for said in shapes.said.values()
        for predicate in said
        if predicate.startswith(_SH) and predicate not in known
    }
    # A class that is a shape too is a target that nobody names.
    for said in shapes.said.values():
        if _SH + "property" in said and any(type_ in _CLASSES for type_ in said.get(RDF.type, ())):
            found.add(_SH + "targetClass")
    return sorted(found)
