"""The pages that rows come from: one source each, described once.

What a row's columns say of its page underlies what the file of sources says. Rows of one page must
not say different things of it, unless the file of sources decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from factscape.claims.words import date_words
from factscape.errors import WrittenError
from factscape.exchange.addresses import slug
from factscape.exchange.mapping import PAGE_FIELDS, Fields, TableMapping
from factscape.exchange.proposing import Proposal
from factscape.exchange.records import RowError
from factscape.exchange.resolving import Resolver, Unresolved
from factscape.exchange.tables import Row
from factscape.exchange.toml_files import quoted
from factscape.exchange.values import Term, date_term
from factscape.exchange.vocabulary import Field, Holds
from factscape.exchange.written import read_time
from factscape.terms import DCT, FS, PREFIXES, RDF, SCHEMA

__all__ = ["Page", "Pages"]

_AGENT = Field("publisher", DCT.publisher, Holds.THING, FS.Agent, ())
_SLUG = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")
_GRADES = "ABCD"
_USUAL_GRADE = "C"
_ROWS_MAY_DIFFER = frozenset({"reliability"})

Pair = tuple[ox.NamedNode, Term]


@dataclass
class Page:
    """A page: how its rows call it, and what they say of it."""

    key: str
    said: dict[str, Counter[str]] = field(default_factory=dict)
    rows: list[tuple[str, Row]] = field(default_factory=list)
    """The rows of the page with their names."""
    slug: str = ""
    publisher: ox.NamedNode | None = None
    grade: str = _USUAL_GRADE
    pairs: tuple[Pair, ...] = ()
    """What describes the source, in the order in which it is read."""
    comment: str = ""

    @property
    def iri(self) -> str:
        """The IRI of the source."""
        return PREFIXES["src"] + self.slug


class Pages:
    """The pages of a table, by their keys: a page's address, else what else is said of it."""

    def __init__(self, mapping: TableMapping, resolver: Resolver) -> None:
        self._mapping = mapping
        self._resolver = resolver
        self.by_key: dict[str, Page] = {}
        self._constant = {k: v for k, v in mapping.constant.items() if k in PAGE_FIELDS}

    def add(self, name: str, row: Row) -> Page:
        """Put a row to its page, and return that page; raises RowError where no page is named."""
        cells = {key: row.cells[heading] for key, heading in self._mapping.source.items()}
        said = {
            **{k: str(v) for k, v in self._constant.items()},
            **{k: v for k, v in cells.items() if v},
        }
        key = said.get("url") or ", ".join(
            said[part] for part in ("publisher", "title", "issued", "slug") if part in said
        )
        if not key:
            raise RowError(
                "the row does not say which page it is from",
                "map the column of its address, or of its publisher, under [source]",
                column=self._mapping.source.get("url", ""),
            )
        page = self.by_key.setdefault(key, Page(key))
        for field_, text in said.items():
            page.said.setdefault(field_, Counter())[text] += 1
        page.rows.append((name, row))
        return page

    def grade(self, row: Row) -> str:
        """Return the grade of reliability that a row itself says, empty where it says none."""
        heading = self._mapping.source.get("reliability")
        return row.cells.get(heading, "") if heading else ""

    # ------------------------------------------------------------------ settling

    def name_all(self) -> dict[str, RowError]:
        """Give each page its slug; return the pages that cannot have one, and why."""
        wrong: dict[str, RowError] = {}
        for page in self.by_key.values():
            try:
                page.slug, page.publisher = self._named(page)
            except RowError as error:
                wrong[page.key] = error
        owners: dict[str, list[Page]] = {}
        for page in self.by_key.values():
            if page.key not in wrong:
                owners.setdefault(page.slug, []).append(page)
        for name, pages in owners.items():
            if len(pages) > 1:
                for page in pages:
                    wrong[page.key] = self._needs(
                        page, f"{len(pages)} pages would be called src:{name}", slug=f"{name}-…"
                    )
        return wrong

    def _named(self, page: Page) -> tuple[str, ox.NamedNode | None]:
        publisher = self._publisher(page)
        chosen = self._text(page, "slug")
        if not chosen:
            day = self._issued(page)
            if publisher is None:
                raise self._needs(page, "the page has no publisher to be called after", slug="…")
            end = (
                publisher.value[len(PREFIXES["id"]) :]
                if publisher.value.startswith(PREFIXES["id"])
                else publisher.value
            )
            chosen = "-".join(filter(None, [slug(end.rsplit("/", 1)[-1]), day]))
        if not _SLUG.fullmatch(chosen):
            raise self._needs(
                page, f"{chosen!r} cannot be part of an address", slug=slug(chosen) or "…"
            )
        return chosen, publisher

    def describe(self, page: Page) -> None:
        """Work out what describes a page; raises RowError where that cannot be."""
        en, zh = self._text(page, "title"), self._text(page, "title-zh")
        issued, language = self._issued(page), self._language(page)
        page.grade = self._page_grade(page)
        pairs: list[tuple[str, Term]] = [(RDF.type, ox.NamedNode(FS.Source))]
        pairs.append((DCT.title, ox.Literal(en or self._usual_title(page, issued), language="en")))
        if zh:
            pairs.append((DCT.title, ox.Literal(zh, language="zh")))
        if page.publisher is not None:
            pairs.append((DCT.publisher, page.publisher))
        if issued:
            pairs.append((DCT.issued, date_term(read_time(issued))))
            if self._inferred(page):
                pairs.append((FS.issuedInferred, ox.Literal(True)))
        if language:
            pairs.append((DCT.language, ox.Literal(language)))
        if url := self._url(page):
            pairs.append((SCHEMA.url, ox.Literal(url)))
        pairs.append((FS.reliability, ox.Literal(page.grade)))
        for name, property_ in (("based-on", FS.basedOn), ("cites", FS.cites)):
            pairs += [(property_, iri) for iri in self._sources(page, name)]
        page.pairs = tuple((ox.NamedNode(name), term) for name, term in pairs)
        page.comment = self._text(page, "comment")

    # ------------------------------------------------------------------ what is said of a page

    def _known(self, page: Page) -> Fields:
        return self._mapping.sources.get(page.key, {})

    def _text(self, page: Page, name: str) -> str:
        """Return what is said of a page: in the file of sources, else by all of its rows."""
        known = self._known(page)
        if name in known:
            return str(known[name]).strip()
        said = page.said.get(name)
        if not said:
            return ""
        if len(said) > 1 and name not in _ROWS_MAY_DIFFER:
            shown = " or ".join(repr(text) for text in sorted(said))
            raise self._needs(
                page, f"its rows say different things: {name} {shown}", **{name: min(said)}
            )
        return min(said)

    def _publisher(self, page: Page) -> ox.NamedNode | None:
        text = self._text(page, "publisher")
        if not text:
            return None
        try:
            return ox.NamedNode(self._resolver.thing(text, _AGENT))
        except Unresolved as error:
            raise self._error("publisher", error.message, error.hint, error.proposal) from error

    def _issued(self, page: Page) -> str:
        text = self._text(page, "issued").removeprefix("~").strip()
        if not text:
            return ""
        try:
            when = read_time(text)
        except WrittenError as error:
            raise self._needs(page, error.message, issued="2025-12-31") from error
        if when.kind != "date":
            message = f"{text} is a period: a source is issued on a day, in a month or in a year"
            raise self._needs(page, message, issued=when.value[:4], inferred=True)
        return when.value

    def _inferred(self, page: Page) -> bool:
        known = self._known(page)
        if "inferred" in known or "issued" in known:
            return bool(known.get("inferred", False))
        return self._text(page, "issued").startswith("~") or self._text(page, "inferred") == "true"

    def _language(self, page: Page) -> str:
        text = self._text(page, "language")
        if text and not _LANGUAGE.fullmatch(text):
            if _LANGUAGE.fullmatch(text.lower()):
                return text.lower()
            raise self._needs(page, f"{text!r} is no tag of a language", language="en")
        return text

    def _url(self, page: Page) -> str:
        text = self._text(page, "url")
        if text and not _URL.fullmatch(text):
            message = f"{text!r} is no address of a page: it begins with http:// and has no spaces"
            raise self._needs(page, message, url="https://…")
        return text

    def _page_grade(self, page: Page) -> str:
        """Return the grade of a page: as decided, else what most of its rows say."""
        known = self._text(page, "reliability") if "reliability" in self._known(page) else ""
        said = page.said.get("reliability", Counter())
        # Of grades as frequent as each other, the more careful one.
        grade = known or max(said, key=lambda text: (said[text], text), default=_USUAL_GRADE)
        for one in (grade, *said):
            if one not in _GRADES:
                raise self._needs(page, f"{one!r} is no grade: A, B, C or D", reliability="C")
        return grade

    def _usual_title(self, page: Page, issued: str) -> str:
        name = self._resolver.label(page.publisher.value) if page.publisher else page.key
        return f"{name}, {date_words(issued)}" if issued else name

    def _sources(self, page: Page, name: str) -> Iterable[ox.NamedNode]:
        value: Any = self._known(page).get(name) or page.said.get(name) or []
        texts = [value] if isinstance(value, str) else list(value)
        try:
            found = {self._resolver.source(text) for text in texts}
        except Unresolved as error:
            raise self._error(name, error.message, error.hint) from error
        return [ox.NamedNode(iri) for iri in sorted(found)]

    # ------------------------------------------------------------------ complaints

    def _error(
        self, name: str, message: str, hint: str = "", proposal: Proposal | None = None
    ) -> RowError:
        column = self._mapping.source.get(name) or name
        return RowError(message, hint, column=column, proposal=proposal)

    def _needs(self, page: Page, message: str, **wanted: object) -> RowError:
        """Return the error of a page on which the file of sources has to decide."""
        name = next(iter(wanted))
        lines = [f"[{quoted(page.key)}]"]
        lines += [f"{key} = {_written(value)}" for key, value in wanted.items()]
        column = self._mapping.source.get(name) or name
        return RowError(message, column=column, lines="\n".join(lines))


def _written(value: object) -> str:
    """Return a value as TOML has it."""
    return str(value).lower() if isinstance(value, bool) else quoted(str(value))
