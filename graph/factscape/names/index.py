"""Looking names up: what a name names, what is like it, what it may have been meant to be.

Nothing heavy is loaded: an index carries what lookup has to know of Chinese, and only a typo needs
a library.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from factscape.names.finding import alike, beginning, having_words, in_batches, mistyped, within
from factscape.names.fold import Folding, has_han
from factscape.names.schema import Kind, Role
from factscape.names.tables import Name, Tables, Thing
from factscape.terms import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Entry", "EntryName", "Hit", "NameIndex", "Reason"]

_LONGEST = 4000
"""So many characters of what is asked are looked at: no name or IRI has more."""

_SOME = 100
"""So many things of one name are told apart at least."""

_WHOLE, _ALIAS, _OTHERWISE, _READ, _TYPO = 100, 95, 90, 85, 40
_SLIP = 51
"""What a whole name with one typo is worth among names that are no more than near."""
_BEHIND = 5
"""How much lower classes, properties, units and periods score than what facts are about."""

_TONES = re.compile("(?:[a-z]+[1-5])+")


class Reason(StrEnum):
    """Why a thing was found, as people are told."""

    NAME = "name"
    IDENTIFIER = "identifier"
    ALIAS = "alias"
    OTHER_SCRIPT = "other script"
    WITHOUT_ACCENTS = "without accents"
    BEGINNING = "beginning of a name"
    WORD = "word of a name"
    PART = "part of a name"
    PINYIN = "pinyin"
    SOUND = "same sound"
    INITIALS = "initials"
    TYPO = "typo"


class Hit(NamedTuple):
    """A thing that was found: the name that was, why, and how well it fits (100 is best)."""

    iri: str
    en: str
    zh: str
    name: str
    reason: Reason
    score: int
    types: tuple[str, ...]
    degree: int

    def label(self, lang: str = "en") -> str:
        """Return what the thing is called in English, or in Chinese for `zh`."""
        return self.zh if lang.lower().startswith("zh") else self.en


class EntryName(NamedTuple):
    """A name, and under what it is found."""

    text: str
    role: Role
    key: str
    """Folded."""
    spoken: tuple[str, ...]
    """In pinyin, the likeliest reading first."""
    initials: str


class Entry(NamedTuple):
    """A thing with its names."""

    thing: Thing
    names: tuple[EntryName, ...]


class _Match(NamedTuple):
    """A name that fits: how well, how it is written, and why."""

    score: int
    text: str
    reason: Reason


Found = dict[int, _Match]
"""The best match of each thing, by the thing's number, which is its rank."""


class NameIndex:
    """The names in some facts, to be asked; a context manager that closes it at the end.

    >>> import pyoxigraph as ox
    >>> store = ox.Store()
    >>> store.load('''PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    ...     <urn:zhipu> skos:prefLabel "Zhipu"@en, "智谱"@zh .'''.encode(), ox.RdfFormat.TURTLE)
    >>> with NameIndex.in_memory(store) as names:
    ...     [(hit.iri, hit.name, hit.reason.value) for hit in names.resolve("智譜")]
    [('urn:zhipu', '智谱', 'other script')]
    """

    def __init__(self, where: Path | sqlite3.Connection) -> None:
        """Open an index file, or an index in an open database.

        Raises StoreError when it is missing, damaged, or made by another version.
        """
        self._tables = Tables.open(where) if isinstance(where, Path) else Tables(where)

    @classmethod
    def in_memory(cls, store: ox.Store, prefixes: Mapping[str, str] = PREFIXES) -> NameIndex:
        """Index a store that has no index beside it, for as long as this process runs."""
        from factscape.names.building import write_index

        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        write_index(connection, store, prefixes)
        return cls(connection)

    def resolve(self, name: str, limit: int = _SOME) -> list[Hit]:
        """Return what has exactly this name, however it is written, the likeliest first.

        A name is any label in any script, an IRI, a prefixed name, or the end of an IRI. Only
        where nothing has it, what is read so in pinyin; and then what has these initials. Typos
        are for `search` and `near`.
        """
        text, limit = _clean(name), max(limit, 0)
        key = self._folding.key(text)
        for stage in (self._named, self._read, self._initialled):
            found: Found = {}
            stage(found, text, key, limit)
            if found:
                return self._hits(found, limit)
        return []

    def search(self, text: str, limit: int = 20) -> list[Hit]:
        """Return what a text may mean, the likeliest first, each with the reason.

        A whole name comes before one that begins with the text, has it as a word, holds it, is
        read so, and is it but for a typo; among equals the best connected thing comes first.
        """
        text, limit = _clean(text), max(limit, 0)
        key = self._folding.key(text)
        found: Found = {}
        self._named(found, text, key, max(limit, _SOME))
        self._read(found, text, key, max(limit, _SOME))
        whole = bool(found)
        for score, reason, names in self._parts(text, key, limit):
            self._collect(found, names, score, reason, limit)
            if len(found) >= limit:
                break
        if not whole and len(found) < limit:
            for far, names in mistyped(self._tables, key, limit):
                self._collect(found, names, _TYPO - 5 * far, Reason.TYPO, limit)
        return self._hits(found, limit)

    def near(self, text: str, limit: int = 5) -> list[str]:
        """Return names that an unknown name may have been meant to be, the likeliest first."""
        limit = max(limit, 0)
        # One slip is likelier than part of a name that only sounds like what was typed, and of
        # names that fit as well the one of which the least is missing.
        if hits := sorted(self.search(text, limit), key=_unlikely):
            return list(dict.fromkeys(hit.name for hit in hits))
        numbers = alike(self._tables, self._folding.key(_clean(text)), limit)
        texts = {name.number: name.text for name in self._tables.names(numbers)}
        return list(dict.fromkeys(texts[number] for number in numbers))

    def complete(self, prefix: str, limit: int = 50) -> list[str]:
        """Return names that begin like this, those of the best connected things first."""
        tables, key, limit = self._tables, self._folding.key(_clean(prefix)), max(limit, 0)
        if not key:
            return list(dict.fromkeys(thing.en for thing in tables.things(range(limit))))
        numbers = chain.from_iterable(
            chain(tables.exact(kind, key), beginning(tables, kind, key, limit))
            for kind in (Kind.NAME, Kind.PINYIN)
        )
        texts: dict[str, None] = {}
        for number in numbers:
            if len(texts) >= limit:
                break
            texts.update((name.text, None) for name in tables.names([number]))
        return list(texts)

    def known(self, iris: Iterable[str]) -> list[Thing]:
        """Return the best labels and the classes of many things at once, as far as they are here.

        >>> import pyoxigraph as ox
        >>> store = ox.Store()
        >>> store.load(b"<urn:a> <http://xmlns.com/foaf/0.1/name> 'Ada' .", ox.RdfFormat.TURTLE)
        >>> with NameIndex.in_memory(store) as names:
        ...     [(thing.iri, thing.en) for thing in names.known(["urn:a", "urn:b"])]
        [('urn:a', 'Ada')]
        """
        return self._tables.things_at(iris)

    def entries(self) -> Iterator[Entry]:
        """Yield everything that can be found, the best connected first, with all its names.

        >>> import pyoxigraph as ox
        >>> store = ox.Store()
        >>> store.load("<urn:a> <http://xmlns.com/foaf/0.1/name> '智谱' .".encode(), ox.RdfFormat.TURTLE)
        >>> with NameIndex.in_memory(store) as names:
        ...     [(name.key, name.spoken, name.initials) for name in next(names.entries()).names]
        [('智谱', ('zhipu',), 'zp'), ('urna', (), '')]
        """
        terms: dict[Kind, dict[int, list[str]]] = {kind: {} for kind in Kind}
        for kind in (Kind.NAME, Kind.PINYIN, Kind.OTHER_PINYIN, Kind.INITIALS):
            for text, numbers in self._tables.all_terms(kind):
                for number in numbers:
                    terms[kind].setdefault(number, []).append(text)
        names: dict[int, list[EntryName]] = {}
        for name in self._tables.all_names():
            names.setdefault(name.thing, []).append(_entry_name(name, terms))
        for thing in self._tables.all_things():
            yield Entry(thing, tuple(names.get(thing.number, ())))

    @property
    def characters(self) -> Mapping[str, str]:
        """What each traditional character is on the mainland, as far as these names need it."""
        return self._characters

    def close(self) -> None:
        """Let go of the file; closing twice is no error."""
        self._tables.close()

    def __enter__(self) -> NameIndex:
        """Return this index."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file."""
        self.close()

    def _named(self, found: Found, text: str, key: str, limit: int) -> None:
        """Find what has this name or is at this IRI."""
        for iri in self._iris(text):
            if (thing := self._tables.thing_at(iri)) is not None:
                found[thing] = _Match(_WHOLE, text, Reason.IDENTIFIER)
        for names in in_batches(self._tables.exact(Kind.NAME, key), limit):
            for name in self._tables.names(names):
                _keep(found, name.thing, self._judged(text, name))
            if len(found) >= limit:
                break

    def _iris(self, text: str) -> Iterator[str]:
        """Yield the IRIs that a text may be: itself, or a prefixed name's."""
        yield text.removeprefix("<").removesuffix(">")
        prefix, colon, local = text.partition(":")
        if colon and prefix in self._prefixes:
            yield self._prefixes[prefix] + local

    def _judged(self, text: str, name: Name) -> _Match:
        """Say how a name with the key of the text differs from it."""
        if name.role is Role.SLUG:
            return _Match(_ALIAS, name.text, Reason.IDENTIFIER)
        if self._as_written.key(text) != self._as_written.key(name.text):
            return _Match(_OTHERWISE, name.text, Reason.OTHER_SCRIPT)
        if self._accented.key(text) != self._accented.key(name.text):
            return _Match(_OTHERWISE, name.text, Reason.WITHOUT_ACCENTS)
        if name.role is Role.ALIAS:
            return _Match(_ALIAS, name.text, Reason.ALIAS)
        return _Match(_WHOLE, name.text, Reason.NAME)

    def _read(self, found: Found, text: str, key: str, limit: int) -> None:
        """Find what is read so in pinyin, with tones as digits or without."""
        spoken = re.sub("[1-5]", "", key) if _TONES.fullmatch(key) else key
        for kind in (Kind.PINYIN, Kind.OTHER_PINYIN):
            for term in dict.fromkeys((key, spoken)):
                names = self._tables.exact(kind, term)
                self._collect(found, names, _READ, Reason.PINYIN, limit)

    def _initialled(self, found: Found, text: str, key: str, limit: int) -> None:
        """Find what has these initials."""
        names = self._tables.exact(Kind.INITIALS, key)
        self._collect(found, names, 55, Reason.INITIALS, limit)

    def _sounding(self, key: str) -> Iterable[int]:
        """Return the names in which other characters are read like those of a Chinese key."""
        if not has_han(key):
            return ()
        spoken = "".join(self._syllables.get(char, char) for char in key)
        return self._tables.exact(Kind.PINYIN, spoken)

    def _parts(
        self, text: str, key: str, limit: int
    ) -> Iterator[tuple[int, Reason, Iterable[int]]]:
        """Yield the ways in which a text can be part of a name, the best first."""
        tables = self._tables
        yield 80, Reason.BEGINNING, beginning(tables, Kind.NAME, key, limit)
        yield 70, Reason.WORD, having_words(tables, self._folding.words(text))
        yield 60, Reason.PART, within(tables, Kind.NAME, key, limit)
        yield 58, Reason.SOUND, self._sounding(key)
        yield 55, Reason.INITIALS, tables.exact(Kind.INITIALS, key)
        yield 50, Reason.PINYIN, beginning(tables, Kind.PINYIN, key, limit)
        yield 45, Reason.PINYIN, within(tables, Kind.PINYIN, key, limit)
        yield 40, Reason.INITIALS, beginning(tables, Kind.INITIALS, key, limit)

    def _collect(
        self, found: Found, names: Iterable[int], score: int, reason: Reason, limit: int
    ) -> None:
        """Keep what has these names, until there are enough things."""
        for batch in in_batches(names, limit):
            for name in self._tables.names(batch):
                _keep(found, name.thing, _Match(score, name.text, reason))
            if len(found) >= limit:
                return

    def _hits(self, found: Found, limit: int) -> list[Hit]:
        hits = [
            Hit(
                *(thing.iri, thing.en, thing.zh, match.text, match.reason),
                match.score - _BEHIND * thing.background,
                *(thing.types, thing.degree),
            )
            for thing in self._tables.things(sorted(found))
            for match in (found[thing.number],)
        ]
        # Things come in the order of their rank, and sorting keeps it among equals.
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    @cached_property
    def _prefixes(self) -> dict[str, str]:
        prefixes: dict[str, str] = self._tables.meta("prefixes")
        return prefixes

    @cached_property
    def _characters(self) -> dict[str, str]:
        traditional, simplified = self._tables.meta("characters")
        return dict(zip(traditional, simplified, strict=True))

    @cached_property
    def _syllables(self) -> dict[str, str]:
        syllables: dict[str, str] = self._tables.meta("syllables")
        return {char: syllable for syllable, chars in syllables.items() for char in chars}

    @cached_property
    def _folding(self) -> Folding:
        return Folding(self._characters)

    @cached_property
    def _as_written(self) -> Folding:
        return Folding()

    @cached_property
    def _accented(self) -> Folding:
        return Folding(self._characters, keep_accents=True)


def _unlikely(hit: Hit) -> tuple[int, int]:
    slip = hit.reason is Reason.TYPO and hit.score >= _TYPO - 10
    return -_SLIP if slip else -hit.score, len(hit.name)


def _keep(found: Found, thing: int, match: _Match) -> None:
    if thing not in found or match.score > found[thing].score:
        found[thing] = match


def _entry_name(name: Name, terms: Mapping[Kind, Mapping[int, list[str]]]) -> EntryName:
    def found(kind: Kind) -> list[str]:
        return terms[kind].get(name.number, [])

    (key,) = found(Kind.NAME)
    spoken = (*found(Kind.PINYIN), *found(Kind.OTHER_PINYIN))
    return EntryName(name.text, name.role, key, spoken, next(iter(found(Kind.INITIALS)), ""))


def _clean(text: str) -> str:
    """Return what can be looked up of a text: not all of it, and nothing that is no character."""
    return text[:_LONGEST].strip().encode("utf-8", "ignore").decode("utf-8")
