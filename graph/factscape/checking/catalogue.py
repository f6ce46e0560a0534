"""The checks that there are: their ids, what they look for, and how grave it is."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from factscape.checking.findings import SEVERITIES
from factscape.checking.plain import Plain
from factscape.checking.shapes.shacl import shape_message
from factscape.errors import Place, QueryHeaderError
from factscape.query.header import HeaderReader, Words
from factscape.reading import ontology_folder, read_quads
from factscape.terms import PREFIXES

__all__ = ["Check", "QueryCheck", "every_check", "query_checks", "shape_id"]

_SHAPE = PREFIXES["fs"].removesuffix("ontology#") + "shape/"
_KEYS = ("id", "title", "title-zh", "severity", "message", "hint")


@dataclass(frozen=True)
class Check:
    """Something that is looked for; `severity` is what its findings count as unless a profile says."""

    id: str
    title: Words
    severity: str


@dataclass(frozen=True)
class QueryCheck(Check):
    """A check that a query makes: a row is a finding; `{column}` in the texts is what it says."""

    message: str
    hint: str
    query: str
    path: Path


FUNCTIONS = (
    Check("syntax", {"en": "A file that breaks its format's rules", "zh": "文件语法错误"}, "error"),
    Check(
        "undefined-term",
        {"en": "A term that no vocabulary describes", "zh": "使用了未定义的术语"},
        "error",
    ),
    Check(
        "arithmetic",
        {
            "en": "A figure that does not follow from others of its document",
            "zh": "数值与同一文件的其他数值对不上",
        },
        "warning",
    ),
    Check(
        "arithmetic-across",
        {
            "en": "A figure that does not follow from other sources",
            "zh": "数值与其他来源的数值对不上",
        },
        "info",
    ),
    Check(
        "conflict-trusted",
        {"en": "Two reliable sources that contradict one another", "zh": "两个可靠来源互相矛盾"},
        "warning",
    ),
    Check("conflict", {"en": "Sources that disagree", "zh": "来源说法不一"}, "info"),
    Check(
        "duplicate-name",
        {"en": "Two things of one kind with the same name", "zh": "两个同类事物同名"},
        "warning",
    ),
    Check(
        "duplicate-site",
        {"en": "Two things with the same site", "zh": "两个事物的网址相同"},
        "warning",
    ),
    Check(
        "duplicate-code",
        {"en": "Two things with the same stock code", "zh": "两个事物的股票代码相同"},
        "warning",
    ),
    Check(
        "decided-same",
        {"en": "Two things that were decided to be one", "zh": "已判定为同一事物但尚未合并"},
        "warning",
    ),
    Check(
        "decision",
        {"en": "A decision on names that decides nothing", "zh": "无效的名称判定"},
        "warning",
    ),
    Check(
        "stale-figure",
        {"en": "A newest figure that is out of date", "zh": "最新数值已过时"},
        "info",
    ),
)
"""Checks that a function makes."""


def every_check() -> list[Check]:
    """Return all checks: those of functions, of queries, and the shapes.

    >>> {"syntax", "cited-later", "shape:observation-unit"} <= {one.id for one in every_check()}
    True
    """
    return [*FUNCTIONS, *query_checks(), *_shapes()]


def query_checks(folder: Path | None = None) -> list[QueryCheck]:
    """Return the checks of a folder of queries, the bundled one if none is given.

    Raises QueryHeaderError with the place of a header that breaks the rules.
    """
    paths = (folder or ontology_folder() / "checks").glob("*.rq")
    return [_query_check(path) for path in sorted(paths)]


def _query_check(path: Path) -> QueryCheck:
    text = path.read_text(encoding="utf-8")
    reading = HeaderReader(text, str(path))
    root = reading.compose()
    items = reading.mapping(root, _KEYS) if root is not None else {}
    missing = [key for key in _KEYS if key not in items]
    if missing or root is None:
        raise QueryHeaderError(
            f"a check needs {', '.join(missing)}",
            place=Place(str(path), 1),
            hint="its head has lines '#+ key: value' with " + ", ".join(_KEYS),
        )
    texts = reading.texts(root)
    if texts["id"] != path.stem:
        reading.fail(f"the id is the file's name: {path.stem}", items["id"].value, "rename one")
    for key in ("message", "hint"):
        try:
            list(string.Formatter().parse(texts[key]))
        except ValueError as error:
            reading.fail(f"{key}: {error}", items[key].value, "braces that are meant are doubled")
    return QueryCheck(
        id=texts["id"],
        title={"en": texts["title"], "zh": texts["title-zh"]},
        severity=reading.one_of(items["severity"].value, SEVERITIES, "severity"),
        message=texts["message"],
        hint=texts["hint"],
        query=text,
        path=path,
    )


def shape_id(iri: str) -> str:
    """Return the id under which a shape's findings go.

    >>> shape_id("https://w3id.org/factscape/shape/observation-unit"), shape_id("")
    ('shape:observation-unit', 'shape')
    """
    return iri.replace(_SHAPE, "shape:", 1) if iri else "shape"


def _shapes() -> Iterator[Check]:
    shapes = Plain()
    for number, path in enumerate(sorted(ontology_folder().glob("shapes/*.ttl"))):
        shapes.add(read_quads(path), number)
    sh = PREFIXES["sh"]
    for iri, said in sorted(shapes.said.items()):
        if iri.startswith(_SHAPE) and sh + "message" in said and sh + "severity" in said:
            level = shapes.one(iri, sh + "severity").removeprefix(sh).lower()
            message = shape_message(shapes, iri)
            severity = "error" if level == "violation" else level
            yield Check(shape_id(iri), {"en": message, "zh": message}, severity)
