"""The header of a query file: lines of `#+` that say what it asks, of whom, and what the answer is.

To SPARQL they are comments; without the `#+` they are YAML, as in grlc. Every text is a text: YAML's
own ideas of numbers, dates and truth are left aside.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from factscape.errors import Place, QueryHeaderError

if TYPE_CHECKING:
    import yaml

__all__ = [
    "LANGUAGE",
    "LANGUAGES",
    "TYPES",
    "VIEWS",
    "Expected",
    "Header",
    "HeaderReader",
    "Heading",
    "Parameter",
    "Row",
    "Words",
    "read_header",
]

LANGUAGES = ("en", "zh")

LANGUAGE = "lang"
"""The parameter that says in which language an answer's texts come: whoever shows it sets it."""

TYPES = ("thing", "metric", "market", "date", "number", "text")
"""What the value of a parameter can be."""

VIEWS = ("table", "network", "timeline", "chart")
"""How an answer can be shown."""

Words = Mapping[str, str]
"""A text by language; empty where nothing is said."""

Row = Mapping[str, str]
"""What must stand in some columns of a row."""

_SIGN = re.compile(r"#\+ ?")
_NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)
_RESERVED = ("timeout",)  # an argument of `Facts.ask`
_QUOTES = "put a text that holds ': ' or ' #', or begins with a sign, in double quotes"


@dataclass(frozen=True)
class Parameter:
    """Something in a query that whoever asks may choose."""

    name: str
    type: str
    """One of `TYPES`."""
    label: Words
    line: int
    """Where the header names it."""


@dataclass(frozen=True)
class Heading:
    """What stands above a column of the answer."""

    words: Words
    line: int


@dataclass(frozen=True)
class Expected:
    """What a query answers on the facts that it lies beside."""

    rows: tuple[Row, ...]
    whole: bool
    """Whether there are no other rows."""
    given: Mapping[str, tuple[str, ...]]
    """What the parameters are set to, where not to what the query itself says."""
    line: int


@dataclass(frozen=True)
class Header:
    """What a query file says of itself."""

    title: Words = field(default_factory=dict)
    question: Words = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    view: str = "table"
    columns: Mapping[str, Heading] = field(default_factory=dict)
    expected: tuple[Expected, ...] = ()


def read_header(text: str, name: str = "query") -> Header:
    r"""Read the header of a query; one without a header has an empty one.

    `name` is the query's file, for messages. Raises QueryHeaderError with the place.

    >>> read_header("#+ title: Who develops what\n#+ title-zh: 谁开发了什么\nASK {}").title
    {'en': 'Who develops what', 'zh': '谁开发了什么'}
    """
    reading = HeaderReader(text, name)
    root = reading.compose()
    if root is None:
        return Header()
    keys = ("title", "title-zh", "question", "question-zh", "parameters", "view", "columns")
    items = reading.mapping(root, (*keys, "expected"))
    return Header(
        title=reading.words(items, "title"),
        question=reading.words(items, "question"),
        parameters=dict(_parameters(reading, items)),
        view=reading.one_of(items["view"].value, VIEWS, "view") if "view" in items else "table",
        columns=_columns(reading, items),
        expected=tuple(_expected(reading, items)),
    )


class _Item(NamedTuple):
    """A key of a mapping and what belongs to it."""

    key: yaml.Node
    value: yaml.Node


_Items = Mapping[str, _Item]


def _parameters(reading: HeaderReader, items: _Items) -> Iterator[tuple[str, Parameter]]:
    for name, item in reading.inside(items, "parameters").items():
        if not _NAME.fullmatch(name) or name in _RESERVED:
            rule = f"a name is letters, digits and _, and not {_RESERVED[0]}"
            reading.fail(f"'{name}' cannot be the name of a parameter", item.key, rule)
        fields = reading.mapping(item.value, ("type", "label", "label-zh"))
        if "type" not in fields:
            reading.fail(f"parameter {name} has no type", item.key, f"types: {', '.join(TYPES)}")
        type_ = reading.one_of(fields["type"].value, TYPES, "type of a parameter")
        label = reading.words(fields, "label") or dict.fromkeys(LANGUAGES, name)
        yield name, Parameter(name, type_, label, _line(item.key))


def _columns(reading: HeaderReader, items: _Items) -> dict[str, Heading]:
    headings = reading.inside(items, "columns")
    lines: dict[str, int] = {}
    for name, item in headings.items():
        lines.setdefault(name.removesuffix("-zh"), _line(item.key))
    return {name: Heading(reading.words(headings, name), line) for name, line in lines.items()}


def _expected(reading: HeaderReader, items: _Items) -> Iterator[Expected]:
    cases = reading.sequence(items["expected"].value) if "expected" in items else []
    for case in cases:
        fields = reading.mapping(case, ("given", "all", "among"))
        if ("all" in fields) == ("among" in fields):
            advice = "after 'all' stands every row, after 'among' some of them"
            reading.fail("an expected answer has either 'all' or 'among'", case, advice)
        rows = (fields.get("all") or fields["among"]).value
        given = reading.inside(fields, "given")
        yield Expected(
            rows=tuple(reading.texts(row) for row in reading.sequence(rows)),
            whole="all" in fields,
            given={name: reading.one_or_more(item.value) for name, item in given.items()},
            line=_line(case),
        )


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


class HeaderReader:
    """A header while it is read: YAML whose lines have the numbers that they have in the file."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.lines: list[str] = []
        self.indents: list[int] = []
        for line in text.split("\n"):
            if line.strip() and not line.startswith("#"):
                break
            sign = _SIGN.match(line)
            self.lines.append(line[sign.end() :].rstrip() if sign else "")
            self.indents.append(sign.end() if sign else 0)

    def compose(self) -> yaml.Node | None:
        """Return the whole as YAML's nodes, each with its place; None where there is no header."""
        import yaml

        # The library in C reads ten times as fast, where it is there.
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        try:
            return yaml.compose("\n".join(self.lines), Loader=loader)
        except yaml.MarkedYAMLError as error:
            raise self._error(f"this is not YAML: {error.problem}", error.problem_mark) from None
        except yaml.reader.ReaderError as error:
            raise self._error(f"this is not YAML: {error.reason}", None) from None

    def fail(self, message: str, node: yaml.Node, hint: str = _QUOTES) -> NoReturn:
        """Raise an error at a node."""
        raise self._error(message, node.start_mark, hint)

    def _error(self, message: str, mark: yaml.Mark | None, hint: str = _QUOTES) -> QueryHeaderError:
        if mark is None:
            return QueryHeaderError(message, place=Place(self.name), hint=hint)
        line = min(mark.line, len(self.lines) - 1)
        column = mark.column + self.indents[line] + 1
        return QueryHeaderError(message, place=Place(self.name, line + 1, column), hint=hint)

    def mapping(self, node: yaml.Node, known: Iterable[str] = ()) -> _Items:
        """Return what stands under each key; where keys are known beforehand, no others may stand."""
        import yaml

        if not isinstance(node, yaml.MappingNode):
            self.fail("here stand lines of the form 'key: value'", node)
        items: dict[str, _Item] = {}
        for key, value in node.value:
            name = self.text(key)
            if name in items:
                self.fail(f"'{name}' stands here twice", key, "keep one of the two")
            if known:
                self.one_of(key, known, "part of this")
            items[name] = _Item(key, value)
        return items

    def inside(self, items: _Items, key: str) -> _Items:
        """Return the mapping under a key; without that key, nothing."""
        return self.mapping(items[key].value) if key in items else {}

    def sequence(self, node: yaml.Node) -> list[yaml.Node]:
        """Return the items of a list."""
        import yaml

        if not isinstance(node, yaml.SequenceNode):
            self.fail("here stands a list", node, "begin each item with '- '")
        return list(node.value)

    def text(self, node: yaml.Node) -> str:
        """Return a text."""
        import yaml

        if not isinstance(node, yaml.ScalarNode):
            self.fail("here stands a text", node)
        end = node.end_mark
        if not node.style and self.lines[end.line][end.column :].lstrip().startswith("#"):
            raise self._error("the text ends here, because ' #' begins a comment", end)
        return str(node.value)

    def texts(self, node: yaml.Node) -> dict[str, str]:
        """Return the texts under each key."""
        return {name: self.text(item.value) for name, item in self.mapping(node).items()}

    def one_or_more(self, node: yaml.Node) -> tuple[str, ...]:
        """Return a text, or the texts of a list."""
        import yaml

        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return tuple(map(self.text, nodes))

    def one_of(self, node: yaml.Node, known: Iterable[str], what: str) -> str:
        """Return a text that is one of those known."""
        value, known = self.text(node), list(known)
        if value not in known:
            near = difflib.get_close_matches(value, known, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
            self.fail(f"'{value}' is no {what}", node, hint)
        return value

    def words(self, items: _Items, key: str) -> Words:
        """Return a text and its twin in Chinese; where one is missing the other stands in."""
        found = {
            lang: self.text(items[name].value)
            for lang, name in zip(LANGUAGES, (key, f"{key}-zh"), strict=True)
            if name in items
        }
        spare = next(iter(found.values()), "")
        return {lang: found.get(lang, spare) for lang in LANGUAGES} if found else {}
