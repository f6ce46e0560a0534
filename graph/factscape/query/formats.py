"""An answer written down: in the standards' formats for programs, as rows of text for people.

Which format fits which kind of answer is said in `FITTING`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import islice
from typing import Any, BinaryIO, cast

import pyoxigraph as ox

from factscape.errors import MisuseError, QueryError
from factscape.terms import PREFIXES, curie

__all__ = ["FITTING", "Answer", "Rows", "Term", "markdown", "rows_of", "separated", "write_answer"]

Answer = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_ROWS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_TRIPLES = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "json": ox.RdfFormat.JSON_LD,
    "xml": ox.RdfFormat.RDF_XML,
}
FITTING: Mapping[str, tuple[str, ...]] = {
    "SELECT": ("table", "md", *_ROWS),
    "ASK": ("table", "md", *_ROWS),
    "CONSTRUCT or DESCRIBE": ("table", "md", "csv", "tsv", *_TRIPLES),
}
"""The formats that fit the answer of each kind of query."""

_PARTS = ("subject", "predicate", "object")
# These types are seen from the value itself.
_PLAIN = {
    PREFIXES["xsd"] + name
    for name in (
        *("string", "boolean", "integer", "decimal", "double", "float", "anyURI"),
        *("date", "dateTime", "gYear", "gYearMonth"),
    )
}
# Turtle and RDF/XML need no name for these.
_UNWRITTEN = {
    *(PREFIXES["xsd"] + name for name in ("string", "integer", "decimal", "boolean")),
    *(PREFIXES["rdf"] + name for name in ("type", "langString", "dirLangString")),
}
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ENDS_AS_XML_NAME = re.compile(r"[^\W\d][\w.-]*\Z")


@dataclass(frozen=True)
class Rows:
    """An answer as text for people: IRIs shortened, literals bare where nothing is lost by it."""

    columns: tuple[str, ...]
    rows: list[list[str]]
    cut: bool = False
    """Whether the answer has more rows than these."""

    def _repr_html_(self) -> str:
        """Show the table in a notebook; whatever a cell holds is text."""
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self.rows
        )
        more = "<p>…</p>" if self.cut else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}"


def write_answer(
    answer: Answer | Sequence[ox.Triple],
    output: BinaryIO,
    format: str,
    *,
    prefixes: Mapping[str, str] = PREFIXES,
    limit: int = 0,
) -> bool:
    r"""Write at most `limit` rows or triples (0: all) of an answer, in any format but table.

    Triples may come as a list of one's own, but not as md. Returns whether there was anything to
    write. Triples are written once, however many graphs
    state them. Raises MisuseError when the format does not fit the kind of answer.

    >>> import io
    >>> output = io.BytesIO()
    >>> write_answer(ox.Store().query("SELECT (1 AS ?n) {}"), output, "csv")
    True
    >>> output.getvalue()
    b'n\r\n1\r\n'
    """
    _check_fits(answer, format)
    if format == "md" and isinstance(answer, Answer):
        rows = rows_of(answer, prefixes, limit)
        output.write(markdown(rows).encode("utf-8"))
        return bool(rows.rows)
    watched = _Watched(output, _NOT_XML if format == "xml" else None)
    if isinstance(answer, ox.QuerySolutions | ox.QueryBoolean):
        something = _write_rows(answer, watched, format, limit)
    else:
        something = _write_triples(answer, watched, format, prefixes, limit)
    if format in ("json", "xml"):
        output.write(b"\n")  # the engine ends these without
    if watched.found:
        raise QueryError(
            "the answer holds a control character, which XML cannot",
            hint="choose another format, such as json",
        )
    return something


def rows_of(
    answer: Answer,
    prefixes: Mapping[str, str] = PREFIXES,
    limit: int = 0,
    names: Callable[[Iterable[str]], Mapping[str, str]] = lambda _: {},
    mark_languages: bool = True,
) -> Rows:
    """Return at most `limit` rows or triples (0: all) as text.

    `names` is asked once for the names that stand in the place of IRIs. Where a column holds texts
    in several languages each is marked, unless `mark_languages` is off.

    >>> rows_of(ox.Store().query("SELECT * { VALUES (?n ?of) { (1 fs:of) } }", prefixes=PREFIXES))
    Rows(columns=('n', 'of'), rows=[['1', 'fs:of']], cut=False)
    """
    if isinstance(answer, ox.QueryBoolean):
        return Rows(("answer",), [["true" if answer else "false"]])
    columns, rows = _terms(answer, limit + 1 if limit else 0)
    cut = bool(limit) and len(rows) > limit
    rows = rows[:limit] if cut else rows
    # A language is worth its room only where a column holds more than one.
    mixed = [
        mark_languages and len({_language(row[i]) for row in rows} - {None}) > 1
        for i in range(len(columns))
    ]
    iris = {term.value: None for row in rows for term in row if isinstance(term, ox.NamedNode)}
    short = dict(names(iris))

    def text(term: Term | None, show_language: bool) -> str:
        return "" if term is None else _text(term, prefixes, show_language, short)

    return Rows(columns, [list(map(text, row, mixed)) for row in rows], cut)


def markdown(rows: Rows) -> str:
    r"""Return rows as a table in Markdown.

    >>> print(markdown(Rows(("n", "name"), [["1", "a|b"]])), end="")
    | n | name |
    | --- | --- |
    | 1 | a\|b |
    """
    lines = [rows.columns, ["---"] * len(rows.columns)]
    lines += [[_in_markdown(cell) for cell in row] for row in rows.rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def separated(rows: Rows, format: str) -> str:
    r"""Return rows as `csv`, or as `tsv`, where a tab or a line break in a cell becomes a space.

    >>> separated(Rows(("n", "name"), [["1", "a,b"]]), "csv")
    'n,name\r\n1,"a,b"\r\n'
    """
    lines = [rows.columns, *rows.rows]
    if format == "tsv":
        return "".join("\t".join(" ".join(cell.split()) for cell in line) + "\n" for line in lines)
    output = io.StringIO()
    csv.writer(output).writerows(lines)
    return output.getvalue()


def _in_markdown(cell: str) -> str:
    if re.fullmatch(r"<https?://[^<>|\s]*>", cell):
        return cell  # a link as it is
    cell = re.sub(r"([\\|`*\[\]])", r"\\\1", cell).replace("&", "&amp;").replace("<", "&lt;")
    return "<br>".join(cell.splitlines())


def _check_fits(answer: Answer | Sequence[ox.Triple], format: str) -> None:
    if isinstance(answer, ox.QuerySolutions):
        kind = "SELECT"
    else:
        kind = "ASK" if isinstance(answer, ox.QueryBoolean) else "CONSTRUCT or DESCRIBE"
    if format not in FITTING[kind] or format == "table":
        raise MisuseError(
            f"the answer of {kind} cannot be written as {format}",
            hint=f"formats that fit: {', '.join(FITTING[kind])}",
        )


class _Watched:
    """An output that counts what passes, and remembers whether something unfit passed."""

    def __init__(self, output: BinaryIO, unfit: re.Pattern[bytes] | None) -> None:
        self.size = 0
        self.found = False
        self._output = output
        self._unfit = unfit

    @property
    def as_file(self) -> BinaryIO:
        """Pass for the file that the engine's serializers ask for; they only write and flush."""
        return cast(BinaryIO, self)

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self.found = self.found or bool(self._unfit and self._unfit.search(data))
        return self._output.write(data)

    def flush(self) -> None:
        self._output.flush()


def _write_rows(
    answer: ox.QuerySolutions | ox.QueryBoolean, output: _Watched, format: str, limit: int
) -> bool:
    if isinstance(answer, ox.QueryBoolean):
        answer.serialize(output.as_file, _ROWS[format])
        return True
    columns = tuple([variable.value for variable in answer.variables])
    if limit:
        answer = _solutions(columns, _terms(answer, limit)[1])
    answer.serialize(output.as_file, _ROWS[format])
    # The engine does not count rows; every row takes at least one character.
    return output.size > _size_of_nothing(columns, format)


@lru_cache(64)
def _size_of_nothing(columns: tuple[str, ...], format: str) -> int:
    return len(_solutions(columns, []).serialize(format=_ROWS[format]) or b"")


def _write_triples(
    answer: Iterable[ox.Triple],
    output: _Watched,
    format: str,
    prefixes: Mapping[str, str],
    limit: int,
) -> bool:
    triples = _distinct(answer, limit)
    if format in _ROWS and format not in _TRIPLES:
        rows = [(triple.subject, triple.predicate, triple.object) for triple in triples]
        _solutions(_PARTS, rows).serialize(output.as_file, _ROWS[format])
        return bool(triples)
    if format == "xml":
        _check_predicates(triples)
    if format == "ttl":
        triples.sort(key=str)  # grouped by subject and property, and alike in every run
    used = _used(prefixes, triples) if format in ("ttl", "xml") else {}
    ox.serialize(triples, output.as_file, _TRIPLES[format], prefixes=used)
    return bool(triples)


def _check_predicates(triples: Iterable[ox.Triple]) -> None:
    for predicate in {triple.predicate.value for triple in triples}:
        if not _ENDS_AS_XML_NAME.search(predicate):
            raise QueryError(
                f"RDF/XML has no way to write the property <{predicate}>",
                hint="it must end in a letter or a name; choose another format: ttl, nt or json",
            )


def _used(prefixes: Mapping[str, str], triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Return the prefixes that stand at the beginning of some IRI of the triples."""
    iris = {part.value for t in triples for part in t if isinstance(part, ox.NamedNode)}
    iris |= {t.object.datatype.value for t in triples if isinstance(t.object, ox.Literal)}
    iris -= _UNWRITTEN
    spaces = {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for iri in iris}
    return {
        name: base
        for name, base in sorted(prefixes.items())
        if base and any(space.startswith(base) for space in spaces)
    }


def _distinct(answer: Iterable[ox.Triple], limit: int) -> list[ox.Triple]:
    """Return the first triples, each once: the union of graphs repeats what several state."""
    seen: dict[ox.Triple, None] = {}
    for triple in answer:
        seen[triple] = None
        if len(seen) == limit:
            break
    return list(seen)


def _terms(
    answer: ox.QuerySolutions | ox.QueryTriples, limit: int
) -> tuple[tuple[str, ...], list[tuple[Term | None, ...]]]:
    """Return the columns and the first rows as terms."""
    if isinstance(answer, ox.QueryTriples):
        triples = _distinct(answer, limit)
        return _PARTS, [(triple.subject, triple.predicate, triple.object) for triple in triples]
    columns = tuple(variable.value for variable in answer.variables)
    return columns, [tuple(row) for row in (islice(answer, limit) if limit else answer)]


def _solutions(columns: Sequence[str], rows: Iterable[Sequence[Term | None]]) -> ox.QuerySolutions:
    """Make an answer of rows, which the engine itself only makes by answering or parsing."""
    bindings = [
        {name: _json(term) for name, term in zip(columns, row, strict=True) if term is not None}
        for row in rows
    ]
    document = {"head": {"vars": columns}, "results": {"bindings": bindings}}
    answer = ox.parse_query_results(json.dumps(document), ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QuerySolutions)
    return answer


def _json(term: Term) -> dict[str, Any]:
    """Return a term as SPARQL's results in JSON write it."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = zip(_PARTS, (term.subject, term.predicate, term.object), strict=True)
        return {"type": "triple", "value": {name: _json(part) for name, part in parts}}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
        if term.direction:
            found["its:dir"] = term.direction.value
    else:
        found["datatype"] = term.datatype.value
    return found


def _language(term: Term | None) -> str | None:
    """Return a literal's language, '' for a literal without; None for what is no literal."""
    return (term.language or "") if isinstance(term, ox.Literal) else None


def _text(
    term: Term, prefixes: Mapping[str, str], show_language: bool, short: dict[str, str]
) -> str:
    """Return a term for people; `short` remembers the IRIs that were shortened before."""
    if isinstance(term, ox.NamedNode):
        if term.value not in short:
            short[term.value] = curie(term.value, prefixes)
        return short[term.value]
    if isinstance(term, ox.Literal):
        if term.language:
            return f"{term.value}@{term.language}" if show_language else term.value
        if term.datatype.value in _PLAIN:
            return term.value
        return f'"{term.value}"^^{_text(term.datatype, prefixes, False, short)}'
    if isinstance(term, ox.Triple):
        parts = (term.subject, term.predicate, term.object)
        return f"<<( {' '.join(_text(part, prefixes, True, short) for part in parts)} )>>"
    return str(term)
