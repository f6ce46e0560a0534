"""What the chart pages share: sources by number, looks of kinds, tables, and the page itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from factscape.terms import DCT, FS, SCHEMA, curie
from factscape.views.drawing import PALETTE, SHAPES, read_drawings
from factscape.views.page import Form, Page, interface_words
from factscape.views.tables import text

if TYPE_CHECKING:
    from factscape.claims.cards.parts import Citation, Label, Named
    from factscape.opening import Facts

__all__ = ["WORDS", "Sheet", "lean", "number", "series_looks"]

WORDS = "chart-words.json"
LIBRARIES = ("d3.min.js", "plot.umd.min.js")
BEFORE = ("words.js", "dom.js", "chart-state.js", "chart-draw.js", "chart-panel.js")
AFTER = ("chart-table.js", "chart-main.js")
STYLES = ("page.css", "chart.css")
INSERTED = ("plot.css",)

Cell = str | int | float | list[str] | dict[str, Any] | None


class Sheet:
    """The data of one page while they are put together."""

    def __init__(self, facts: Facts, lang: str) -> None:
        """Begin a page about these facts that opens in this language."""
        self.facts = facts
        self.lang = lang
        self._sources: dict[str, int] = {}
        self._tables: list[dict[str, Any]] = []

    def iri(self, iri: str) -> str:
        """Return an IRI as short as the prefixes make it."""
        short = curie(iri, self.facts.prefixes)
        return iri if short.startswith("<") else short

    def word(self, name: str, /, **values: object) -> list[str]:
        """Return a word of the interface in both languages, its places filled."""
        both = (interface_words(WORDS)[lang][name] for lang in ("en", "zh"))
        return [self._filled(one, values, place) for place, one in enumerate(both)]

    def _filled(self, word: Any, values: Mapping[str, Any], place: int) -> str:
        if isinstance(word, list):
            word = word[0 if values.get("n") == 1 or len(word) == 1 else 1]
        chosen = {
            name: value[place] if isinstance(value, list) else value
            for name, value in values.items()
        }
        return str(word).format(**chosen)

    def cites(self, citations: Iterable[Citation]) -> list[list[Any]]:
        """Return citations as pairs: the number of the source, and the paragraph or null."""
        found = {(self._source(one.source.iri), one.paragraph) for one in citations}
        return [list(pair) for pair in sorted(found, key=lambda pair: (pair[0], pair[1] or 0))]

    def _source(self, iri: str) -> int:
        return self._sources.setdefault(iri, len(self._sources))

    def sources(self) -> list[dict[str, Any]]:
        """Return the sources that were cited, by number; only the web's own addresses are links."""
        return [self._described(iri) for iri in self._sources]

    def _described(self, iri: str) -> dict[str, Any]:
        reader = self.facts.reader
        said = reader.describe(iri)
        publisher = reader.named_or_none(said.one(DCT.publisher))
        url = said.one(SCHEMA.url, SCHEMA.url_http) or ""
        found = {
            "iri": self.iri(iri),
            "label": text(reader.label(iri)),
            "publisher": text(publisher.label) if publisher else None,
            "issued": said.one(DCT.issued),
            "reliability": said.one(FS.reliability),
            "url": url if url.startswith(("https://", "http://")) else None,
        }
        return {name: value for name, value in found.items() if value is not None}

    def kinds(self, kinds: Sequence[Named]) -> list[dict[str, Any]]:
        """Return kinds with their looks as the ontology gives them; name a kind once for each thing.

        Kinds that the ontology gives the same look get others, so that they can be told apart.
        """
        named = {kind.iri: kind for kind in kinds}
        looks = read_drawings(self.facts.store).looks(kind.iri for kind in kinds)
        found: list[dict[str, Any]] = []
        taken: list[Dress] = []
        for iri in sorted(named, key=lambda iri: (-sum(k.iri == iri for k in kinds), iri)):
            look = looks[iri]
            pair, shape = (look.colour, look.colour_dark), look.shape
            if any(_alike((pair, shape), other) for other in taken):
                free = (one for one in series_looks(64) if not any(_alike(one, b) for b in taken))
                pair, shape = next(free, (pair, shape))
            taken.append((pair, shape))
            found.append(
                {
                    "iri": self.iri(iri),
                    "label": text(named[iri].label),
                    "colour": list(pair),
                    "shape": shape,
                }
            )
        return found

    def table(
        self, caption: Label | list[str], columns: Sequence[str], rows: Iterable[Sequence[Cell]]
    ) -> None:
        """Add a table; columns are words of the interface."""
        self._tables.append(
            {
                "caption": text(caption) if isinstance(caption, dict) else caption,
                "columns": [self.word(name) for name in columns],
                "rows": [list(row) for row in rows],
            }
        )

    def page(
        self, name: str, title: list[str], data: dict[str, Any], shared: Sequence[str] = ()
    ) -> Page:
        """Return the page of this name: its script is `chart-<name>.js`, after the `shared` ones."""
        whole = {
            "format": f"factscape-{name}-1",
            "lang": self.lang,
            "title": title,
            **data,
            "tables": self._tables,
            "sources": self.sources(),
        }
        form = Form(
            "chart.html",
            heading=title[1 if self.lang == "zh" else 0],
            language=self.lang,
            scripts=(*BEFORE, *shared, f"chart-{name}.js", *AFTER),
            styles=STYLES,
            libraries=LIBRARIES,
            inserted=INSERTED,
            words_from=WORDS,
        )
        return Page(whole, form)


Dress = tuple[tuple[str, str], str]
"""A colour for the light and one for the dark theme, and a shape."""


def series_looks(count: int) -> list[Dress]:
    """Return colours and shapes that colour-blind eyes tell apart, so many.

    >>> len(set(series_looks(20)))
    20
    """
    return [
        (PALETTE[one % len(PALETTE)], SHAPES[(one + one // len(PALETTE)) % len(SHAPES)])
        for one in range(count)
    ]


def _alike(one: Dress, other: Dress) -> bool:
    """Say whether two looks can be taken for one another: one shape, and colours close by."""
    (colours, shape), (others, other_shape) = one, other
    return (
        shape == other_shape
        and sum((a - b) ** 2 for a, b in zip(_rgb(colours[0]), _rgb(others[0]), strict=True))
        < 80**2
    )


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def lean(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says: a page is sent by mail, so what is not said is not in it.

    >>> lean({"value": 0, "printed": None, "disputed": False})
    {'value': 0}
    """
    return {name: value for name, value in row.items() if value is not None and value is not False}


def number(value: object) -> float | int | None:
    """Return a number as JSON has it, whole where it is; None for None.

    >>> number("2358000000"), number("8.40"), number(None)
    (2358000000, 8.4, None)
    """
    if value is None:
        return None
    found = float(str(value))
    return int(found) if found.is_integer() and abs(found) < 2**53 else found
