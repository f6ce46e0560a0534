"""How things and edges are drawn, as the ontology in the store says; no class is named here.

`fs:drawnAs`, `fs:colour`, `fs:colourDark`, `fs:drawnShape`, `fs:edgeFrom` and `fs:edgeTo` hold for
a class and for those below it that say nothing themselves. Classes that nothing is said of get
colours that colour-blind eyes tell apart, each with a shape of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from factscape.terms import FS, OWL, RDFS, SKOS, name_of

if TYPE_CHECKING:
    from factscape.store import Store

__all__ = ["IDENTITIES", "SHAPES", "Drawing", "Drawings", "Look", "read_drawings"]

SHAPES = ("dot", "square", "diamond", "triangle", "hexagon", "star", "triangleDown", "ellipse")
"""The shapes that the page can draw, by vis-network's names."""

# Okabe and Ito's and Tol's hues, darkened until each has 3:1 against white, and for the dark theme
# lightened; tests measure it.
PALETTE = (
    ("#0072B2", "#56B4E9"),
    ("#B85000", "#F0954A"),
    ("#007F5C", "#2EC49B"),
    ("#AA3377", "#E680B8"),
    ("#8A6D00", "#E0BE3C"),
    ("#5B4FC4", "#A79EF5"),
    ("#C0392B", "#F28B82"),
    ("#4D6A78", "#9DB8C5"),
)
NEUTRAL = ("#6B7280", "#A3ABB8")
"""The colours of things whose class is not known."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
IDENTITIES = frozenset(
    (
        OWL.sameAs,
        SKOS.exactMatch,
        SKOS.closeMatch,
        SKOS.broadMatch,
        SKOS.narrowMatch,
        SKOS.relatedMatch,
    )
)
"""What says that two names mean the same, or nearly: a link to read, not a line to draw."""


@dataclass(frozen=True)
class Drawing:
    """How the members of one class are drawn; what is None is not said."""

    kind: str | None = None
    colour: str | None = None
    colour_dark: str | None = None
    shape: str | None = None
    edge_from: str | None = None
    edge_to: str | None = None


@dataclass(frozen=True)
class Look:
    """The colour of a kind in the light and in the dark theme, and its shape."""

    colour: str
    colour_dark: str
    shape: str


@dataclass(frozen=True)
class Drawings:
    """What the ontology says about drawing, classes' inheritance worked out."""

    classes: Mapping[str, Drawing] = field(default_factory=dict)
    lines: frozenset[str] = frozenset()
    """The properties whose triples are lines."""

    def of(self, types: Sequence[str]) -> Drawing:
        """Return how a thing of these classes, the most particular first, is drawn.

        >>> Drawings({"urn:Firm": Drawing(kind=FS.Hub)}).of(["urn:Small", "urn:Firm"]).kind == FS.Hub
        True
        """
        for name in types:
            if name in self.classes:
                return self.classes[name]
        return Drawing()

    def is_line(self, predicate: str) -> bool:
        """Say whether a property's triples are lines.

        A vocabulary that says which of its properties are lines has no others; of one that says
        nothing all are, but for those that say of two names that they mean the same.

        >>> drawings = Drawings(lines=frozenset({"urn:v#owns"}))
        >>> [drawings.is_line("urn:v#" + name) for name in ("owns", "likes")]
        [True, False]
        >>> drawings.is_line("urn:w#likes")
        True
        """
        if predicate in IDENTITIES:
            return False
        return predicate in self.lines or _vocabulary(predicate) not in {
            _vocabulary(line) for line in self.lines
        }

    def looks(self, kinds: Iterable[str]) -> dict[str, Look]:
        """Return the look of each kind (the empty string: unknown); give it once for every thing.

        >>> Drawings().looks(["urn:A", "urn:A", "urn:B", ""])["urn:A"]
        Look(colour='#0072B2', colour_dark='#56B4E9', shape='dot')
        """
        counts = Counter(kinds)
        looks: dict[str, Look] = {}
        used = {said.colour for kind in counts if (said := self.classes.get(kind)) and said.colour}
        palette = [pair for pair in PALETTE if pair[0] not in used] or list(PALETTE)
        free = 0
        for kind in sorted(counts, key=lambda kind: (-counts[kind], kind)):
            said = self.classes.get(kind, Drawing())
            if said.colour or not kind:
                light, dark = NEUTRAL if not kind else (said.colour or "", said.colour or "")
            else:
                light, dark = palette[free % len(palette)]
            # Past the last colour the shapes move on by one, so that no pair comes back soon.
            shape = SHAPES[(free + free // len(palette)) % len(SHAPES)] if kind else "dot"
            free += 1 if kind and not said.colour else 0
            looks[kind] = Look(light, said.colour_dark or dark, said.shape or shape)
        return looks


def _vocabulary(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def read_drawings(store: Store) -> Drawings:
    """Read what the ontology in the store says about drawing; nothing said is no error.

    >>> import pyoxigraph as ox
    >>> from factscape.store.oxigraph import MemoryStore
    >>> store = MemoryStore(ox.Store())
    >>> store.oxigraph.load(b'''PREFIX fs: <https://w3id.org/factscape/ontology#>
    ... <urn:Firm> fs:colour "#123456" ; fs:drawnAs fs:Node .''', ox.RdfFormat.TURTLE)
    >>> read_drawings(store).of(["urn:Firm"]).colour
    '#123456'
    """
    said = {name: _said(store, term) for name, term in _TERMS.items()}
    parents = _pairs(store, RDFS.subClassOf)
    named = {name for values in said.values() for name in values}
    classes = {
        name: Drawing(**{slot: _inherited(name, values, parents) for slot, values in said.items()})
        for name in sorted(named | parents.keys())
    }
    lines = (name for name, kind in said["kind"].items() if kind == FS.Edge)
    # A class can be drawn as a line, too; a property is what never is anybody's class.
    return Drawings(
        {name: drawing for name, drawing in classes.items() if drawing != Drawing()},
        frozenset(name for name in lines if name not in parents and name not in said["edge_from"]),
    )


_TERMS = {
    "kind": FS.drawnAs,
    "colour": FS.colour,
    "colour_dark": FS.colourDark,
    "shape": FS.drawnShape,
    "edge_from": FS.edgeFrom,
    "edge_to": FS.edgeTo,
}
_ALLOWED: Mapping[str, Callable[[str], object]] = {
    "colour": _COLOUR.fullmatch,
    "colour_dark": _COLOUR.fullmatch,
    "shape": SHAPES.__contains__,
}


def _said(store: Store, term: str) -> dict[str, str]:
    """Return what is said of each class itself; a colour or shape that cannot be drawn is not said."""
    slot = next(slot for slot, name in _TERMS.items() if name == term)
    allowed = _ALLOWED.get(slot, bool)
    pairs = _pairs(store, term)
    return {name: values[0] for name, values in pairs.items() if allowed(values[0])}


def _pairs(store: Store, predicate: str) -> dict[str, list[str]]:
    import pyoxigraph as ox

    found: dict[str, set[str]] = {}
    for quad in store.quads(None, ox.NamedNode(predicate), None, None):
        value = quad.object.value if isinstance(quad.object, ox.Literal) else name_of(quad.object)
        found.setdefault(name_of(quad.subject), set()).add(value)
    return {name: sorted(values) for name, values in found.items()}


def _inherited(name: str, values: dict[str, str], parents: dict[str, list[str]]) -> str | None:
    """Return the value of the class itself or else of the nearest class above it."""
    seen, level = {name}, [name]
    while level:
        found = [values[one] for one in level if one in values]
        if found:
            return found[0]
        level = sorted({up for one in level for up in parents.get(one, ())} - seen)
        seen.update(level)
    return None
