"""The best label of a thing for people: in their language where there is one, else in any.

The properties that hold labels in common vocabularies are known; where a thing has none of them,
a property called name, label or title is taken for one, and at last the end of the IRI stands in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from factscape.names.borrowed import BORROWED
from factscape.terms import DC, DCT, FOAF, RDFS, SCHEMA, SKOS, SKOSXL, local_name, name_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from factscape.store import Store

__all__ = ["NAMES", "best_labels", "columns", "labels", "shorten"]

_NAMES = (
    SKOS.prefLabel,
    SKOSXL.prefLabel,
    RDFS.label,
    SCHEMA.name,
    SCHEMA.name_http,
    FOAF.name,
    DCT.title,
    DC.title,
)
# Taken where none of the above says anything in the wanted language.
_OTHER_NAMES = (
    SKOS.altLabel,
    SKOSXL.altLabel,
    SCHEMA.alternateName,
    SCHEMA.alternateName_http,
    FOAF.nick,
)
NAMES = (*_NAMES, *_OTHER_NAMES)
"""The properties that hold names in common vocabularies."""

_LIKE_NAMES = ("preflabel", "label", "name", "title", "fullname", "displayname", "legalname", "fn")
_MANY = 200
"""From so many things on, reading all labels is cheaper than asking for each thing's."""

_SAME_LANGUAGE = 4
"""The last rank of a label that is in the wanted language, in whatever script."""

_SCRIPTS = {"cn": "hans", "sg": "hans", "my": "hans", "tw": "hant", "hk": "hant", "mo": "hant"}
_JOINER = "\u200d"
_STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_Text = tuple[str, int, str, str]
"""A text about a thing: its IRI, the place of the predicate, the text, its language."""

Rank = tuple[bool, int, int, str, int, int, str]
"""What decides between two labels: the lower, the better; the text itself comes last."""


def labels(store: Store, iris: Iterable[str], lang: str = "en") -> dict[str, str]:
    """Return the best label of each thing, whole, however long or hostile it is.

    A label in `lang` comes first (`zh` takes `zh-hans`, then `zh-hant`), then another name in
    it, then a label without a language, then any other; the same facts always give the same
    label. Every IRI gets an answer: where nothing is said, the end of the IRI; a blank node
    (`_:…`) stands for itself.

    >>> import pyoxigraph as ox
    >>> from factscape.store.oxigraph import MemoryStore
    >>> store = MemoryStore(ox.Store())
    >>> store.oxigraph.load(
    ...     '''PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    ...     <urn:a> skos:prefLabel "Zhipu"@en, "智谱"@zh-Hans . '''.encode(), ox.RdfFormat.TURTLE)
    >>> labels(store, ["urn:a", "http://example.org/New%20York"], "zh")
    {'urn:a': '智谱', 'http://example.org/New%20York': 'New York'}
    """
    wanted = dict.fromkeys(iris)
    best: dict[str, Rank] = {}
    _take_best(best, _known(store, wanted, _NAMES), 0, lang)
    foreign = dict.fromkeys(iri for iri in wanted if iri not in best or best[iri][0])
    _take_best(best, _known(store, foreign, _OTHER_NAMES), 1, lang)
    nameless = [iri for iri in foreign if iri not in best]
    _take_best(best, _guessed(store, nameless), 2, lang)
    return {iri: best[iri][-1] if iri in best else _standing_in(iri, lang) for iri in wanted}


def best_labels(
    iri: str, said: Iterable[tuple[str, str, str]], langs: Iterable[str]
) -> dict[str, str]:
    """Return the best label of one thing in each language, given its properties and their texts.

    These are predicate, text and language, which is empty where there is none.

    It is what `labels` says, for those who have read already what is said of the thing.

    >>> best_labels("urn:a", [("http://xmlns.com/foaf/0.1/name", "Ada", "")], ["en", "zh"])
    {'en': 'Ada', 'zh': 'Ada'}
    """
    tiers: list[list[_Text]] = [[], [], []]
    for predicate, text, tag in said:
        if predicate in NAMES:
            place = NAMES.index(predicate)
            tiers[place >= len(_NAMES)].append((iri, place, text, tag))
        elif (likeness := _likeness(predicate)) is not None:
            tiers[2].append((iri, likeness, text, tag))
    found: dict[str, str] = {}
    for lang in langs:
        best: dict[str, Rank] = {}
        _take_best(best, tiers[0], 0, lang)
        if not best or best[iri][0]:
            _take_best(best, tiers[1], 1, lang)
        if not best:
            _take_best(best, tiers[2], 2, lang)
        found[lang] = best[iri][-1] if best else _standing_in(iri, lang)
    return found


def _take_best(
    best: dict[str, Rank],
    found: Iterable[_Text],
    tier: int,
    lang: str,
) -> None:
    """Keep the better of what is known and what is found, thing by thing."""
    for iri, place, text, language in found:
        if not text or text.isspace():
            continue
        near, tag = _language_rank(language, lang)
        rank = (near > _SAME_LANGUAGE, tier, near, tag, place, len(text), text)
        if iri not in best or rank < best[iri]:
            best[iri] = rank


@lru_cache(maxsize=4096)
def _language_rank(tag: str, wanted: str) -> tuple[int, str]:
    """Say how far a label's language is from the wanted one; tags of other ones go by alphabet."""
    tag, wanted = tag.lower().replace("_", "-"), wanted.lower().replace("_", "-")
    if tag == wanted:
        return 0, ""
    if not tag:
        return 5, ""
    if tag.split("-")[0] == wanted.split("-")[0]:
        if tag.startswith("zh") and _script(tag) != _script(wanted):
            return 4, tag
        # `en` takes `en-gb`, `en-gb` takes `en`, and `en-us` after it.
        near = tag.startswith(wanted + "-") or wanted.startswith(tag + "-")
        return (1 if near else 2), tag
    return (6, tag) if tag.split("-")[0] in ("en", "mul", "und") else (7, tag)


def _script(tag: str) -> str:
    """Return the script of a Chinese tag; `zh` alone is simplified, as in the bundled facts."""
    parts = tag.split("-")[1:]
    scripts = [part for part in parts if part in ("hans", "hant")]
    return next(iter(scripts or (_SCRIPTS[part] for part in parts if part in _SCRIPTS)), "hans")


def _known(store: Store, wanted: dict[str, None], predicates: tuple[str, ...]) -> Iterator[_Text]:
    """Yield the labels that the predicates give."""
    import pyoxigraph as ox

    subjects = list(_nodes(wanted)) if len(wanted) < _MANY else [None]
    for place, predicate in enumerate(predicates):
        for subject in subjects:
            for node, _, label, _ in store.quads(subject, ox.NamedNode(predicate), None, None):
                iri = node.value if isinstance(node, ox.NamedNode) else str(node)
                if iri not in wanted:
                    continue
                if isinstance(label, ox.Literal):
                    yield iri, place, label.value, label.language or ""
                elif not isinstance(label, ox.Triple):
                    yield from ((iri, place, *form) for form in _forms(store, label))


def _guessed(store: Store, iris: list[str]) -> Iterator[_Text]:
    """Yield what looks like a label of a thing that has none of the known ones."""
    import pyoxigraph as ox

    if len(iris) >= _MANY:
        rows = store.query("SELECT DISTINCT ?p { ?s ?p ?o }")
        assert isinstance(rows, ox.QuerySolutions)
        wanted = dict.fromkeys(iris)
        alike = sorted(p.value for (p,) in rows if _likeness(p.value) is not None)
        yield from _known(store, wanted, tuple(sorted(alike, key=_likeness_or_last)))
        return
    for node in _nodes(iris):
        # A thing with thousands of statements says its name early or not at all.
        for quad in islice(store.quads(node, None, None, None), 5000):
            place = _likeness(quad.predicate.value)
            text = quad.object
            if place is not None and isinstance(text, ox.Literal):
                yield name_of(node), place, text.value, text.language or ""


def _likeness(predicate: str) -> int | None:
    name = local_name(predicate).lower().replace("_", "").replace("-", "")
    return _LIKE_NAMES.index(name) if name in _LIKE_NAMES else None


def _likeness_or_last(predicate: str) -> int:
    place = _likeness(predicate)
    return len(_LIKE_NAMES) if place is None else place


def _nodes(iris: Iterable[str]) -> Iterator[ox.NamedNode | ox.BlankNode]:
    """Yield the terms of the IRIs; what cannot be a term is in no store."""
    import pyoxigraph as ox

    for iri in iris:
        try:
            yield ox.BlankNode(iri[2:]) if iri.startswith("_:") else ox.NamedNode(iri)
        except ValueError:
            continue


def _forms(store: Store, label: ox.NamedNode | ox.BlankNode) -> Iterator[tuple[str, str]]:
    """Yield the texts, with their languages, of a label that is a thing of its own (SKOS-XL)."""
    import pyoxigraph as ox

    for quad in store.quads(label, ox.NamedNode(SKOSXL.literalForm), None, None):
        if isinstance(quad.object, ox.Literal):
            yield quad.object.value, quad.object.language or ""


def _standing_in(iri: str, lang: str) -> str:
    """Return what to call a thing without a name: what everybody calls it, or the end of its IRI."""
    if iri in BORROWED:
        return BORROWED[iri]["zh" if lang.lower().startswith("zh") else "en"]
    if iri.startswith("_:"):
        return iri
    name = unquote(local_name(iri))
    return iri if "\ufffd" in name else name


def shorten(text: str, width: int) -> str:
    """Return the text on one line in at most `width` columns, the cut marked with an ellipsis.

    Wide characters count two columns, combining ones none; characters that would steer a terminal
    or turn the line around are dropped.

    >>> shorten("智谱华章科技", 7), shorten("short", 7)
    ('智谱华…', 'short')
    """
    text = " ".join("".join(_harmless(char) for char in text).split())
    if columns(text) <= width:
        return text
    kept, used = [], 0
    for char in text:
        used += columns(char)
        if used > width - 1:
            break
        kept.append(char)
    return "".join(kept).rstrip(_JOINER + " ") + "…" if width > 0 else ""


def _harmless(char: str) -> str:
    if char.isspace():
        return " "
    return "" if unicodedata.category(char) == "Cc" or char in _STEERING else char


def columns(text: str) -> int:
    """Return how many columns a terminal gives to the text.

    >>> columns("智谱 AI")
    7
    """
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(char) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )
