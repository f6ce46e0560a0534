"""`import_table`: from a table and its mapping to files of TriG, one a source."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from factscape.errors import Place
from factscape.exchange.delivering import Delivery, is_ours, mark
from factscape.exchange.layout import (
    RowMade,
    file_blocks,
    source_block,
    terms,
    thing_block,
)
from factscape.exchange.mapping import MappingFile, TableMapping
from factscape.exchange.pages import Page, Pages
from factscape.exchange.proposing import Proposal, proposed_lines
from factscape.exchange.records import RowError, records_of, row_name
from factscape.exchange.resolving import Resolver
from factscape.exchange.results import ImportResult, LeftOut, Problem
from factscape.exchange.settling import said_elsewhere, settle
from factscape.exchange.statements import Made, Origin, StatementMaker
from factscape.exchange.tables import Row, Table, TableLike, read_table
from factscape.exchange.toml_files import key_written, with_lines_added
from factscape.exchange.trig import Writer
from factscape.exchange.values import Values
from factscape.exchange.vocabulary import Vocabulary
from factscape.opening import Facts, Paths, open_facts
from factscape.reading import read_quads
from factscape.terms import FS, PREFIXES, RDF

__all__ = ["ImportResult", "LeftOut", "Problem", "RowMade", "import_table"]


def import_table(
    table: TableLike,
    mapping: str | os.PathLike[str] | Mapping[str, Any],
    output: str | os.PathLike[str],
    *,
    facts: Paths | None = None,
    dry_run: bool = False,
) -> ImportResult:
    """Carry a table into files of TriG in a folder, one a source, as a mapping says.

    The table is a file (CSV, TSV, XLSX), a pandas or Polars frame, or a list of dicts; the mapping
    a file of TOML or the same as a dict. Names are looked up in `facts`, by default the bundled
    ones. What is wrong with a row is in the result's `problems`; the other rows are written. With
    `dry_run` nothing is.

    Raises MisuseError for a wrong call or mapping, FactsSyntaxError for a table that cannot be
    read, and what opening facts raises.

    >>> import tempfile
    >>> mapping = {
    ...     "columns": {"of": "company", "metric": "what", "value": "value", "time": "year"},
    ...     "source": {"url": "page", "publisher": "by"},
    ... }
    >>> row = {"company": "Zhipu", "what": "net loss", "value": "RMB 23.58亿", "year": 2025}
    >>> row |= {"page": "https://example.org/a", "by": "IDC"}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     result = import_table([row], mapping, folder)
    ...     (result.statements, [path.name for path in result.written], result.problems)
    (1, ['idc.trig'], [])
    """
    read = read_table(table)
    whole = TableMapping.read(mapping)
    whole.check_headings(read.name, read.headings)
    with open_facts(facts) as opened:
        return _Import(read, whole, Path(output), opened).run(dry_run=dry_run)


class _Import:
    """One import on its way."""

    def __init__(self, table: Table, mapping: TableMapping, output: Path, facts: Facts) -> None:
        self.table = table
        self.mapping = mapping
        self.output = output
        self.facts = facts
        self.page_iris: dict[str, str] = {}
        self.proposals: dict[int, Proposal] = {}
        """For problems, by their numbers, what would be made if a name is new."""
        self.resolver = Resolver(facts, Vocabulary(facts.store), mapping.names, self.page_iris)
        self.pages = Pages(mapping, self.resolver)
        self.maker = StatementMaker(Values(mapping, self.resolver))
        files = {"names": mapping.names.path, "sources": mapping.sources_file.path}
        self.result = ImportResult(
            len(table.rows),
            files={name: path for name, path in files.items() if path is not None},
            prefixes=self.resolver.prefixes,
        )

    def run(self, *, dry_run: bool) -> ImportResult:
        """Make everything, then put the files in place unless it is a dry run."""
        result = self.result
        rows = list(self._named_rows())
        placed = self._placed(rows)
        wrong = self._described()
        for name, row, page in placed:
            self._make(name, row, page, keep=page.key not in wrong)
        self._undecided(rows)
        self._propose()
        self._settle()
        delivery = Delivery(self.output, self.table.name, self._files(), self._names_file())
        delivery.check()
        result.written = list(delivery.contents)
        result.decisions = dict(sorted(self.resolver.decisions.items()))
        # With problems nothing is removed: a row that went wrong must not cost what it said before.
        result.removed = [] if result.problems else delivery.stale()
        if not dry_run:
            delivery.put(result.removed)
        return result

    # ------------------------------------------------------------------ rows

    def _named_rows(self) -> Iterator[tuple[str, Row]]:
        """Yield the rows that can be read, each once, with their names."""
        seen: dict[str, Row] = {}
        heading = self.mapping.columns.get("row", "")
        for row in self.table.rows:
            if row.problem:
                self._problem(RowError(row.problem), [str(row.number)], row)
                continue
            name = row_name(self.mapping, row)
            if name in seen:
                message = (
                    f"a row {name} stands before it, in line {seen[name].line or seen[name].number}"
                )
                self._problem(RowError(message, column=heading), [name], row)
                continue
            seen[name] = row
            yield name, row

    def _placed(self, rows: Iterable[tuple[str, Row]]) -> list[tuple[str, Row, Page]]:
        """Put the rows to their pages; those left out with a reason need none."""
        placed = []
        for name, row in rows:
            decision = self.mapping.rows.get(name)
            if isinstance(decision, dict) and decision.get("left-out"):
                self.result.left_out.append(LeftOut(name, row.line, str(decision["left-out"])))
                continue
            try:
                placed.append((name, row, self.pages.add(name, row)))
            except RowError as error:
                self._problem(error, [name], row)
        return placed

    def _described(self) -> set[str]:
        """Describe the pages; return the keys of those that cannot be."""
        wrong = self.pages.name_all()
        pages = [page for page in self.pages.by_key.values() if page.key not in wrong]
        self.page_iris.update((page.key, page.iri) for page in pages)
        for page in pages:
            try:
                self.pages.describe(page)
            except RowError as error:
                wrong[page.key] = error
        for key, reason in wrong.items():
            page = self.pages.by_key[key]
            self._problem(reason, [name for name, _ in page.rows], page.rows[0][1])
        return set(wrong)

    def _make(self, name: str, row: Row, page: Page, *, keep: bool) -> None:
        """Make what a row says; of a page that is wrong only to find what else is."""
        grade = self.pages.grade(row)
        own = grade if grade and grade != page.grade else None
        publisher = page.publisher if keep else page.publisher or ox.NamedNode(page.iri)
        origin = Origin(page.slug, publisher, own)
        try:
            records = records_of(self.mapping, row, name)
        except RowError as error:
            self._problem(error, [name], row)
            return
        made: list[Made] = []
        wrong: dict[tuple[str, str], RowError] = {}
        for record in records:
            try:
                if record.left_out:
                    self.result.left_out.append(LeftOut(name, row.line, record.left_out))
                else:
                    made.append(self.maker.make(record, origin))
            except RowError as error:
                for one in (error, *self.maker.unknown(record)):
                    wrong.setdefault((one.column, one.message), one)
        for reason in wrong.values():
            self._problem(reason, [name], row)
        if keep and not wrong:
            self.result.made.append(RowMade(name, row.line, page, made))

    def _undecided(self, rows: Iterable[tuple[str, Row]]) -> None:
        """Tell of decisions on rows that are not in the table: a slip of the keys, most likely."""
        file = self.mapping.rows_file
        for name in sorted(self.mapping.rows.keys() - {name for name, _ in rows}):
            message = f"there is no such row in {self.table.name}"
            self.result.problems.append(Problem(message, (name,), file.place(name)))

    def _problem(self, error: RowError, names: list[str], row: Row) -> None:
        place = Place(self.table.path, row.line)
        problem = Problem(
            *(error.message, tuple(names), place, error.column, error.hint),
            *(error.lines, "sources" if error.lines else ""),
        )
        if error.proposal is not None:
            self.proposals[len(self.result.problems)] = error.proposal
        self.result.problems.append(problem)

    def _propose(self) -> None:
        """Say what would make the unknown names known, now that all of them have been seen."""
        lines = proposed_lines(self.proposals.values())
        for number, proposal in self.proposals.items():
            problem = self.result.problems[number]
            self.result.problems[number] = replace(problem, lines=lines[proposal], adds_to="names")

    # ------------------------------------------------------------------ statements

    def _settle(self) -> None:
        """Keep each statement once; a row that says another at the same address is a problem."""
        result = self.result
        slugs = {row.page.slug for row in result.made}
        settled = settle(result.made, said_elsewhere(self.facts.files, self.output, slugs))
        result.made = settled.rows
        result.statements, result.repeated = settled.statements, settled.repeated
        result.sources = len({row.page.key for row in settled.rows if row.made})
        for clash in settled.clashes:
            name = clash.row.row
            hint = (
                f"{self.resolver.shortened(clash.address.value)}\n"
                "say what tells the two apart (market, segment, setting, scope, …), or in the file "
                f'of rows:\n{key_written(name)} = {{ word = "…" }}'
            )
            message = f"it does not say the same as {clash.other} at the same address"
            place = Place(self.table.path, clash.row.line)
            result.problems.append(Problem(message, (name,), place, "", hint))

    # ------------------------------------------------------------------ files

    def _files(self) -> dict[Path, str]:
        """Return the files of this import, sorted by name, with what they hold."""
        by_page: dict[str, list[RowMade]] = {}
        for row in self.result.made:
            if row.made:
                by_page.setdefault(row.page.key, []).append(row)
        elsewhere = self._described_elsewhere({rows[0].page.iri for rows in by_page.values()})
        files = {}
        for rows in by_page.values():
            page = rows[0].page
            about = [] if page.iri in elsewhere else [source_block(page)]
            inside = file_blocks(rows, named="row" in self.mapping.columns)
            files[self.output / f"{page.slug}.trig"] = Writer(self.resolver.prefixes).file(
                mark(self.table.name), about, ox.NamedNode(page.iri), inside
            )
        if things := self._things_file():
            files[self.output / "things.ttl"] = things
        return dict(sorted(files.items()))

    def _described_elsewhere(self, sources: set[str]) -> set[str]:
        """Return the sources that a file which no import wrote describes already."""
        known = {iri for iri in sources if FS.Source in self.resolver.stored_types(iri)}
        if not known or not self.facts.files:
            return known
        found: set[str] = set()
        for path in self.facts.files:
            if not is_ours(path) and _may_describe(path, known):
                found |= {
                    quad.subject.value
                    for quad in read_quads(path)
                    if quad.predicate.value == RDF.type and isinstance(quad.subject, ox.NamedNode)
                }
        return known & found

    def _things_file(self) -> str:
        """Return the file of the things that the names file makes and this table speaks of."""
        used = {term.value for row in self.result.made for term in terms(row)}
        path = self.output / "things.ttl"
        if self.result.problems and is_ours(path, self.table.name):
            # A row that went wrong may still need them.
            used |= {
                q.subject.value for q in read_quads(path) if isinstance(q.subject, ox.NamedNode)
            }
        new = [thing for iri, thing in sorted(self.resolver.new.items()) if iri in used]
        self.result.things = len(new)
        if not new:
            return ""
        return Writer(self.resolver.prefixes).file(mark(self.table.name), map(thing_block, new))

    def _names_file(self) -> dict[Path, str]:
        """Return the names file with the decisions of this run added, where there are any."""
        file: MappingFile = self.mapping.names
        if file.path is None or not self.resolver.decisions:
            return {}
        return {file.path: with_lines_added(file.text, self.resolver.decisions, file.header)}


def _may_describe(path: Path, iris: set[str]) -> bool:
    """Say whether a file's bytes hold the end of one of these IRIs; packed ones may."""
    if path.suffix.lower() == ".gz":
        return True
    data = path.read_bytes()
    return any(iri.removeprefix(PREFIXES["src"]).encode() in data for iri in iris)
