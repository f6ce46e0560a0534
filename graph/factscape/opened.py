"""Facts that are open: what one can ask of them, and where each answer comes from.

Nothing here reads a file of facts; `opening` does, and hands out what it has opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factscape.claims.clocks import LeftOut
from factscape.compiling import COMPARED, DESCRIPTIONS, FRONT, NAMES
from factscape.errors import MisuseError, Place, StoreError, UnknownNameError
from factscape.reading import facts_folder, find_place, find_places, ontology_folder
from factscape.store import Store
from factscape.store.oxigraph import DiskStore, MemoryStore
from factscape.terms import FS, PREFIXES

if TYPE_CHECKING:
    import networkx
    import pyoxigraph as ox
    import rdflib

    from factscape.claims.arithmetic import Recomputed
    from factscape.claims.cards.parts import Card
    from factscape.claims.described import Reader
    from factscape.claims.disagreement.kept import Compared
    from factscape.claims.disagreement.statements import Statement
    from factscape.claims.rates import Shown
    from factscape.claims.things import Things
    from factscape.claims.trail import Derived, Trail
    from factscape.names.index import NameIndex
    from factscape.query.formats import Rows
    from factscape.query.library import Library, LibraryQuery
    from factscape.query.parameters import Given

__all__ = ["Facts"]


class Facts:
    """Facts that can be asked; a context manager that lets go of them at the end.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     bool(facts.query("ASK { id:zhipu a fs:Company }"))
    True
    """

    def __init__(
        self,
        store: Store,
        files: Sequence[str | Path],
        prefixes: dict[str, str],
        snapshot: Path | None = None,
        folders: Sequence[Path] = (),
        left_out: LeftOut | None = None,
    ) -> None:
        """Hold an open store, the files that it was compiled from, and the prefixes known.

        `snapshot` is the folder with what else was worked out, where there is one; `folders` are
        those of facts of one's own, which may hold queries; `left_out` counts what the two clocks
        did not let see, None where neither was set.
        """
        self.store = store
        self._files = files
        self.prefixes = prefixes
        self.left_out = left_out
        self._snapshot = snapshot
        self._folders = tuple(folders)
        self._compared: dict[str, list[Compared]] = {}

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The files that the store was compiled from."""
        return tuple(map(Path, self._files))

    def query(
        self, sparql: str, *, timeout: float | None = None
    ) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """Answer a SPARQL 1.1 query over the union of all graphs, with the prefixes predeclared.

        Rows are pyoxigraph's: `row["x"]` is a term, `.value` its text. With a `timeout` in seconds
        the query runs in a process of its own, which is stopped at the limit.

        Raises QuerySyntaxError, QueryRefusedError (updates, SERVICE), QueryTimeoutError.

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     rows = list(facts.query("SELECT ?name { id:zhipu skos:prefLabel ?name }"))
        >>> "Zhipu" in {row["name"].value for row in rows}
        True
        """
        from factscape.query import run

        return run(self.store, sparql, prefixes=self.prefixes, timeout=timeout)

    def table(self, sparql: str, *, limit: int = 100, timeout: float | None = None) -> Rows:
        """Answer a query as texts for people, at most `limit` rows; a notebook shows the table.

        Raises what `query` raises.

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     facts.table("SELECT DISTINCT ?who { ?who fs:develops id:glm-4.6 }").rows
        [['id:zhipu']]
        """
        from factscape.query.formats import rows_of

        return rows_of(self.query(sparql, timeout=timeout), self.prefixes, limit)

    @cached_property
    def queries(self) -> Library:
        """The questions that can be asked by name: the bundled ones and those of one's own.

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     facts.queries["finances"].question["zh"]
        '智谱各期的收入、净亏损和研发开支是多少？谁说的？'
        """
        from factscape.query.library import FOLDER, Library, Shelf

        own = [Shelf(folder / FOLDER, self.prefixes) for folder in self._folders]
        # Facts of one's own may mean something else by a prefix of ours.
        return Library([*own, Shelf(ontology_folder() / FOLDER, PREFIXES)])

    @property
    def queries_beside(self) -> Iterator[LibraryQuery]:
        """The queries that lie beside these facts: what they expect to be answered holds for them.

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     "finances" in {query.name for query in facts.queries_beside}
        True
        """
        ours = ontology_folder()
        bundled = any(path.is_relative_to(facts_folder()) for path in self.files)
        for query in self.queries.values():
            if bundled or not query.path.is_relative_to(ours):
                yield query

    def ask(
        self, query: str, /, *, timeout: float | None = None, **parameters: Given
    ) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """Answer a query of the library by its name; parameters that are not set are what it says.

        A thing is given by any of its names, several in a list, and None is any.

        Raises MisuseError for an unknown query or parameter and for a value that does not fit,
        UnknownNameError, AmbiguousNameError, QueryHeaderError, and what `query` raises.

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     rows = list(facts.ask("finances", company="智谱", metric="net loss"))
        >>> "29.58億元" in {row["printed"].value for row in rows}
        True
        """
        from factscape.query import run

        found = self.queries.find(query)
        text = found.filled(parameters, self)
        return run(self.store, text, prefixes=found.prefixes, timeout=timeout, name=str(found.path))

    @cached_property
    def names(self) -> NameIndex:
        """The index of all names, in which things are looked up.

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     [hit.iri for hit in facts.names.resolve("智譜")]
        ['https://w3id.org/factscape/id/zhipu']
        """
        from factscape.names.index import NameIndex

        if self._snapshot is not None:
            return NameIndex(self._snapshot / NAMES)
        if not isinstance(self.store, MemoryStore | DiskStore):
            raise StoreError("only a store on this machine can be indexed")
        return NameIndex.in_memory(self.store.oxigraph, self.prefixes)

    @cached_property
    def things(self) -> Things:
        """What is a thing here, of which classes, and what joins things to one another.

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     facts.things.types["https://w3id.org/factscape/id/zhipu"]
        ('https://w3id.org/factscape/ontology#Company',)
        """
        from factscape.claims.things import read_things

        return read_things(self.store)

    @cached_property
    def front(self) -> dict[str, Any]:
        """What is here, in numbers and names by language, and the gravest disagreements.

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     facts.front["overview"]["zh"]["connected"][0]["label"]
        '智谱'
        """
        if self._snapshot is not None:
            found: dict[str, Any] = json.loads((self._snapshot / FRONT).read_text(encoding="utf-8"))
            return found
        from factscape.claims.front import read_front

        return read_front(self.reader, self.compared())

    @cached_property
    def rankable(self) -> frozenset[str]:
        """The markets, benchmarks and metrics that things can be ranked by.

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     "https://w3id.org/factscape/metric/revenue" in facts.rankable
        True
        """
        from factscape.claims.rankable import read_rankable

        return frozenset(one.iri for one in read_rankable(self.store))

    @cached_property
    def reader(self) -> Reader:
        """What reads cards, and remembers what one card has in common with others."""
        from factscape.claims.described import Reader
        from factscape.claims.descriptions import Descriptions

        known = Descriptions(self._snapshot / DESCRIPTIONS) if self._snapshot else None
        return Reader(self.store, self.names, known)

    def card(self, name: str) -> Card:
        """Return the card of the thing with this name, in any script or spelling, or at this IRI.

        Raises UnknownNameError, AmbiguousNameError.

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     facts.card("GLM-4.6").kinds[0].label["en"]
        'model'
        """
        from factscape.claims.cards.card import card
        from factscape.names.choosing import choose

        iri = choose(name, self.names, self.store, self.prefixes)
        return card(self.store, iri, self.reader)

    def compared(
        self,
        claim: str | None = None,
        *,
        thing: str | None = None,
        name: str | None = None,
        currency: str | None = None,
    ) -> list[Compared]:
        """Return the groups of statements that compare: all, with a claim, or about a thing.

        Both are IRIs; with a `name` the group that is called so. The groups that matter most come
        first. With a `currency`, such as `USD`, money in others is converted first, as far as
        exchange rates are stated.

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     {group.kind for group in facts.compared()} <= {"figure", "rank", "relation", "date"}
        True
        """
        from factscape.claims.disagreement.kept import KeptGroups

        if currency or self._snapshot is None:
            found = self._compared_in(currency)
        else:
            with closing(KeptGroups(self._snapshot / COMPARED)) as kept:
                if claim:
                    return kept.with_claim(claim)
                if name:
                    return kept.called(name)
                return kept.of(thing) if thing else list(kept.all())
        if claim:
            return [one for one in found if claim in {iri for iri, _, _ in one.statements}]
        return [one for one in found if thing in (None, one.thing) and name in (None, one.name)]

    def _compared_in(self, currency: str | None) -> list[Compared]:
        """Compare all statements, in a currency, once."""
        from factscape.claims.disagreement.kept import compare_statements

        unit = self.currency(currency) if currency else ""
        if unit not in self._compared:
            self._compared[unit] = compare_statements(self.store, self._statements_in(unit))
        return self._compared[unit]

    def _statements_in(self, unit: str) -> list[Statement]:
        from factscape.claims.disagreement.statements import read_statements
        from factscape.claims.rates import Rates

        found = list(read_statements(self.store))
        if not unit:
            return found
        rates = Rates(found)
        return [rates.converted(one, unit) if one.kind == "figure" else one for one in found]

    def why(self, claim: str, *, committed: bool = True) -> Trail:
        """Return what stands behind the statement with this IRI: its source, and who disagrees.

        Which commit last touched it is asked of git, where `committed`.

        Raises MisuseError where it is no measured value, place in a ranking or comparison.

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     facts.why("https://w3id.org/factscape/claim/"
        ...               "netease-2026-01-06.p45.zhipu.loss-to-revenue-ratio.2022").figure.printed
        '252.3%'
        """
        from factscape.claims.commits import last_commit
        from factscape.claims.trail import read_trail

        place = self.place(claim)
        worked_out = [
            one for one in self.recomputed if one.statement and one.statement.iri == claim
        ]
        commit = last_commit(place) if place and committed else None
        return read_trail(self.reader, claim, self.compared(claim), worked_out, place, commit)

    @cached_property
    def recomputed(self) -> list[Recomputed]:
        """The stated figures that follow from others, and whether they do."""
        from factscape.claims.arithmetic import read_addends, read_formulas, recompute
        from factscape.claims.disagreement.statements import read_statements

        formulas, addends = read_formulas(self.store), read_addends(self.store)
        return list(recompute(read_statements(self.store), formulas, addends))

    def derive(self, thing: str, metric: str, time: str) -> Derived | None:
        """Work a figure out that follows from others, whether or not a source states it.

        Thing and metric are IRIs, `time` is a date or a period's slug: `2024`, `2025-H1`. None
        where the metric follows from no others, or an input is not stated.

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     found = facts.derive("https://w3id.org/factscape/id/zhipu",
        ...                          "https://w3id.org/factscape/metric/rd-to-revenue-ratio", "2023")
        >>> [figure.printed for figure in found.work.inputs]
        ['528.9 million', '124.5 million']
        """
        from factscape.claims.arithmetic import Asked, derive, read_formulas
        from factscape.claims.disagreement.statements import read_statements
        from factscape.claims.times import span_of_period
        from factscape.claims.trail import read_derived

        span = span_of_period(time)
        if span is None:
            return None
        begins, ends = (day.isoformat() if day else "" for day in (span.begins, span.ends))
        asked = Asked(thing, metric, begins, ends)
        found = derive(asked, read_statements(self.store), read_formulas(self.store))
        return found and read_derived(self.reader, thing, metric, time, found)

    def converted(self, card: Card, currency: str) -> dict[str, Shown]:
        """Return a card's figures of money in another currency, by the IRI of the statement.

        `currency` is a unit's name, such as `USD`. Raises UnknownNameError.
        """
        from factscape.claims.rates import show_converted

        figures = (row for group in card.figures for row in group.rows)
        return show_converted(self.reader, self.store, figures, self.currency(currency))

    def currency(self, name: str) -> str:
        """Return the IRI of the unit of money with this name.

        Raises UnknownNameError, MisuseError (what has that name is no money).

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     facts.currency("USD")
        'https://w3id.org/factscape/unit/USD'
        """
        import pyoxigraph as ox

        from factscape.names.choosing import choose

        own = ox.NamedNode(PREFIXES["unit"] + name) if name.isalpha() and name.isascii() else None
        if own is not None and next(self.store.quads(own), None) is not None:
            return own.value
        hint = "name one: --in USD"
        try:
            found = choose(name, self.names, self.store, self.prefixes)
        except UnknownNameError as error:
            # What else is called like it is no currency.
            raise UnknownNameError(f"no currency here is called {name!r}", hint=hint) from error
        if FS.money not in self.reader.describe(found).values(FS.quantityKind):
            raise MisuseError(f"{self.reader.label(found)['en']} is no currency", hint=hint)
        return found

    def network(self) -> networkx.MultiDiGraph[str]:
        """Return things and the edges between them, each edge with the graphs that state it.

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     edges = facts.network().get_edge_data(
        ...         "https://w3id.org/factscape/id/zhipu", "https://w3id.org/factscape/id/glm-4.6")
        >>> "https://w3id.org/factscape/ontology#develops" in edges
        True
        """
        from factscape.network import build_network

        return build_network(self.store)

    @property
    def rdflib(self) -> rdflib.Dataset:
        """The same data as an rdflib.Dataset, without a copy, for reading.

        It is for trusted code: rdflib's own evaluator, unlike `query`, follows SERVICE and LOAD.

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     len(facts.rdflib) > 1000
        True
        """
        import rdflib
        from oxrdflib import OxigraphStore

        if not isinstance(self.store, MemoryStore | DiskStore):
            raise StoreError("only a store on this machine can be handed to rdflib")
        dataset = rdflib.Dataset(store=OxigraphStore(store=self.store.oxigraph), default_union=True)
        for name, base in self.prefixes.items():
            dataset.bind(name, base)
        return dataset

    def place(self, iri: str) -> Place | None:
        """Find the file and line where the first statement about this IRI stands.

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     Path(facts.place("https://w3id.org/factscape/id/zhipu").file).suffix
        '.ttl'
        """
        return find_place(iri, self.files)

    def places(self, subjects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Place]:
        """Find the file and line where subjects are first spoken of in a graph (both IRIs).

        >>> from factscape.opening import open_facts
        >>> with open_facts() as facts:
        ...     facts.places([("urn:nobody", "urn:nowhere")])
        {}
        """
        return find_places(subjects, self.files)

    def close(self) -> None:
        """Let go of files and memory; closing twice is no error."""
        if "reader" in vars(self):
            self.reader.close()
        if "names" in vars(self):
            self.names.close()
        self.store.close()

    def __enter__(self) -> Facts:
        """Return these facts."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of files and memory."""
        self.close()
