"""Finding the names that begin with a key, hold it, have its words, or are it but for a typo.

Everything is found through the grams of the key: the rarest say which terms to look at, and only
these are read. So the time does not grow with the index but with what is alike in it.
"""

from __future__ import annotations

import heapq
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice, pairwise

from factscape.names.grams import BEGIN, END, cut, placed_grams, steady_grams, tolerance
from factscape.names.schema import LONGEST, Kind
from factscape.names.tables import Postings, Tables

__all__ = ["alike", "beginning", "having_words", "in_batches", "mistyped", "within"]

_FEW = 300
"""So many terms are sooner read than narrowed down."""

_MANY = 20_000
"""So many terms are looked at for a typo, those of the best known things first."""

_MOST_GRAMS = 24
"""So many grams of a long key are looked up; the terms they lead to are compared with all of it."""

_NARROWINGS = 4
"""So many of the rarest grams are made use of."""

_LONG = 60
"""Longer keys are not looked up with typos."""

_MOST_WORDS = 12
"""So many words of what is asked count."""

_RARE = 4000
"""A gram of so many terms still says something of a name that nothing else finds."""

_ALIKE = 70
"""How alike, of 100, a name must be to be what may have been meant."""


def beginning(tables: Tables, kind: Kind, key: str, limit: int) -> Iterator[int]:
    """Yield the names with a term of this kind that begins with the key, the best known first."""
    marked = BEGIN + key
    wanted = _grams(marked) if len(key) > 1 else [marked]
    if kind is Kind.INITIALS:
        wanted = [marked[:4]]
    terms = _with_all(tables, kind, wanted, _lengths(key))
    return _names(tables, terms, lambda text: text.startswith(key) and text != key, limit)


def within(tables: Tables, kind: Kind, key: str, limit: int) -> Iterator[int]:
    """Yield the names with a term of this kind that holds the key behind its beginning."""
    terms = _with_all(tables, kind, _grams(key), _lengths(key))
    return _names(tables, terms, lambda text: text.find(key, 1) > 0, limit)


def _lengths(key: str) -> range:
    """Return how long terms are that hold a key."""
    return range(min(len(key), LONGEST), LONGEST + 1)


def _grams(text: str) -> list[str]:
    return [gram for _, gram in islice(placed_grams(text), _MOST_GRAMS)]


def having_words(tables: Tables, words: Sequence[str]) -> Iterable[int]:
    """Return the names that have all of these words, in any order, the best known first."""
    lists = (tables.exact(Kind.WORD, word) for word in dict.fromkeys(words[:_MOST_WORDS]))
    rarest, *others = sorted(lists, key=len) or [array("I")]
    found: Iterable[int] = rarest
    for other in others:
        found = filter(partial(_is_in, other), found)
    return found


def _is_in(ordered: Sequence[int], number: int) -> bool:
    place = bisect_left(ordered, number)
    return place < len(ordered) and ordered[place] == number


def _names(
    tables: Tables, terms: Iterable[int], fits: Callable[[str], bool], limit: int
) -> Iterator[int]:
    """Yield the names of those terms that fit, the best known first.

    The terms come in the order of their first names. So the best `limit` names are among those
    of the first `limit` terms that fit, and so on.
    """
    fitting = (
        number
        for batch in in_batches(terms, _FEW)
        for number, text in tables.terms(batch)
        if fits(text)
    )
    for group in in_batches(fitting, limit):
        yield from sorted(chain(*(islice(tables.names_with(term), limit) for term in group)))


def in_batches(numbers: Iterable[int], size: int) -> Iterator[list[int]]:
    """Yield the numbers so many at a time."""
    rest = iter(numbers)
    while batch := list(islice(rest, size)):
        yield batch


def _with_all(tables: Tables, kind: Kind, wanted: Iterable[str], lengths: range) -> Iterator[int]:
    """Yield the terms that have all of these grams, in order, and some that have the rarest.

    Where many have the rarest gram, the first of them often are enough; what has the others as
    well is only worked out for the rest.
    """
    ordered = sorted(set(wanted), key=lambda gram: (tables.cost(kind, gram, lengths), gram))
    if not ordered:
        return
    found = tables.postings(kind, ordered[0], lengths)
    last = 0
    for last in islice(_in_order(found), _FEW):
        yield last
    found = _narrowed(tables, kind, found, ordered[1:], lengths)
    yield from (number for number in _in_order(found) if number > last)


def _in_order(found: Postings) -> Iterator[int]:
    return heapq.merge(*found.values())


def _narrowed(
    tables: Tables, kind: Kind, found: Postings, others: Iterable[str], lengths: range
) -> Postings:
    """Leave out what lacks another gram, until few are left."""
    for gram in islice(others, _NARROWINGS):
        if sum(map(len, found.values())) <= _FEW:
            break
        postings = tables.postings(kind, gram, lengths)
        found = {
            length: array("I", sorted(set(terms).intersection(postings[length])))
            for length, terms in found.items()
            if length in postings
        }
    return found


def mistyped(tables: Tables, key: str, limit: int) -> list[tuple[int, list[int]]]:
    """Return the names that are the key but for typos: [(how far off, names)], the nearest first.

    A wrong, missing, superfluous or exchanged letter is a typo and counts two; one more is added
    where only a word of the name is meant. What is farther off is only looked for where nothing
    is as near, and long keys are left alone.
    """
    if len(key) > _LONG:
        return []
    for typos in range(1, tolerance(key + key[-1:]) + 1):
        for kinds in ((Kind.NAME, Kind.PINYIN), (Kind.WORD,)):
            names: dict[int, list[int]] = {}
            for kind in kinds:
                for far, number in _with_typos(tables, kind, key, typos, limit):
                    names.setdefault(far, []).append(number)
            if names:
                return [(far, sorted(names[far])) for far in sorted(names)]
    return []


def _with_typos(
    tables: Tables, kind: Kind, key: str, typos: int, limit: int
) -> Iterator[tuple[int, int]]:
    # Loading it takes longer than most lookups, which find what they look for without it.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    terms = tables.terms(_Candidates(tables, kind, key, typos).best(_MANY))
    texts = [text for _, text in terms]
    near = extract(key, texts, scorer=OSA.distance, score_cutoff=typos, limit=None)
    for text, distance, place in near:
        if 0 < distance <= tolerance(max(key, text, key=len)):
            for name in islice(tables.names_with(terms[place][0]), limit):
                yield 2 * int(distance) + (kind is Kind.WORD), name


def alike(tables: Tables, key: str, limit: int) -> list[int]:
    """Return the names that share the most rare grams with a key, if they are much like it."""
    from rapidfuzz.fuzz import ratio

    length = min(len(key), LONGEST)
    lengths = range(max(1, length // 2), 2 * length + 1)
    votes: Counter[int] = Counter()
    for kind in (Kind.NAME, Kind.PINYIN):
        for gram in _grams(f"{BEGIN}{key}{END}"):
            if tables.cost(kind, gram, lengths) <= _RARE:
                votes.update(chain(*tables.postings(kind, gram, lengths).values()))
    likeliest = sorted(votes, key=lambda number: (-votes[number], number))[:_FEW]
    near = [(-ratio(key, text), number) for number, text in tables.terms(likeliest)]
    best = [number for likeness, number in sorted(near) if -likeness >= _ALIKE][:limit]
    return [name for number in best for name in islice(tables.names_with(number), 1)]


class _Candidates:
    """The terms that may be a key but for so many typos: some part of them is as in the key."""

    def __init__(self, tables: Tables, kind: Kind, key: str, typos: int) -> None:
        self._tables = tables
        self._kind = kind
        self._lengths = range(max(1, len(key) - typos), len(key) + typos + 1)
        self._costs: dict[str, int] = {}
        self._found: set[int] = set()
        self._look(f"{BEGIN}{key}{END}", typos)

    def best(self, limit: int) -> list[int]:
        """Return them, those of the best known things first."""
        return sorted(self._found)[:limit]

    def _look(self, text: str, typos: int) -> None:
        if not typos:
            if (number := self._tables.term_at(self._kind, text[1:-1])) is not None:
                self._found.add(number)
            return
        borders = cut(text, typos + 1, self._cost)
        for part in self._parts(text, borders):
            ordered = sorted(set(part), key=lambda gram: (self._cost(gram), gram))
            found = self._tables.postings(self._kind, ordered[0], self._lengths)
            found = _narrowed(self._tables, self._kind, found, ordered[1:], self._lengths)
            self._found.update(chain(*found.values()))
        # Letters that changed places across a border harm both parts: put them back first.
        for border in borders[1:-1]:
            before, pair, behind = (
                text[: border - 1],
                text[border - 1 : border + 1],
                text[border + 1 :],
            )
            if before and behind:
                self._look(before + pair[::-1] + behind, typos - 1)

    def _parts(self, text: str, borders: list[int]) -> list[list[str]]:
        """Return the grams of each part; where there are no parts, each gram by itself."""
        found = steady_grams(text)
        if not borders:
            return [[text[:2]], *([gram] for _, gram in found)]
        return [
            [gram for place, gram in found if begin <= place and place + len(gram) <= end]
            for begin, end in pairwise(borders)
        ]

    def _cost(self, gram: str) -> int:
        if gram not in self._costs:
            self._costs[gram] = self._tables.cost(self._kind, gram, self._lengths)
        return self._costs[gram]
