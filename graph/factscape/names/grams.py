"""The short pieces of a key by which an index finds it: from the front, from inside, with a typo.

A gram is three letters, or two characters of which one is of a dense script such as Han, or one
such character alone. A key is cut with a mark before and behind it, so that grams know the ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from factscape.names.fold import is_dense

__all__ = ["BEGIN", "END", "cut", "grams", "placed_grams", "steady_grams", "tolerance"]

# No key holds these characters.
BEGIN, END = "\x02", "\x03"


def grams(text: str) -> set[str]:
    """Return the grams of a text.

    >>> sorted(grams("zhipu"))
    ['hip', 'ipu', 'zhi']
    """
    if text.isascii():
        return {text[place : place + 3] for place in range(len(text) - 2)}
    return {gram for _, gram in placed_grams(text)}


def placed_grams(text: str) -> Iterator[tuple[int, str]]:
    """Yield the grams of a text, each with its place.

    >>> list(placed_grams("glm智谱"))
    [(0, 'glm'), (2, 'm智'), (3, '智'), (3, '智谱'), (4, '谱')]
    """
    if text.isascii():
        for place in range(len(text) - 2):
            yield place, text[place : place + 3]
        return
    dense = [*map(is_dense, text), False, False]
    for place in range(len(text)):
        if dense[place]:
            yield place, text[place]
        if place + 2 > len(text):
            continue
        if dense[place] or dense[place + 1] or _is_alone(text, dense, place):
            yield place, text[place : place + 2]
        elif place + 3 <= len(text) and not dense[place + 2]:
            yield place, text[place : place + 3]


def steady_grams(text: str) -> list[tuple[int, str]]:
    """Return the grams that a text has whatever is put in place of their neighbours.

    >>> placed = list(placed_grams("智ab谱"))
    >>> [gram for gram in placed if gram not in steady_grams("智ab谱")]
    [(1, 'ab')]
    """
    return [
        (place, gram)
        for place, gram in placed_grams(text)
        if len(gram) != 2 or any(map(is_dense, gram))
    ]


def _is_alone(text: str, dense: list[bool], place: int) -> bool:
    """Say whether two letters stand alone: between dense characters, or at an end that is marked."""
    before = text[place] == BEGIN or (place > 0 and dense[place - 1])
    behind = text[place + 1] == END or dense[place + 2]
    return before and behind


def tolerance(key: str) -> int:
    """Return how many typos a name with this key is allowed.

    >>> tolerance("glm"), tolerance("zhipu"), tolerance("huazhang"), tolerance("智谱华章")
    (0, 1, 2, 1)
    """
    if any(map(is_dense, key)):
        return 1 if len(key) >= 3 else 0
    return 0 if len(key) < 4 else 1 if len(key) < 8 else 2


def cut(text: str, parts: int, cost: Callable[[str], int]) -> list[int]:
    """Return where to cut a text so that each part holds a gram, and these cost the least.

    What has fewer typos than there are parts has one of the parts unharmed, unless two letters
    changed places where parts meet. The list is empty where the text is too short to be cut.

    >>> cut("(zhipu)", 2, {"(zh": 9, "zhi": 8, "hip": 2, "ipu": 3, "pu)": 4}.__getitem__)
    [0, 3, 7]
    """
    ending: dict[int, list[tuple[int, int]]] = {}
    for begin, gram in steady_grams(text):
        ending.setdefault(begin + len(gram), []).append((begin, cost(gram)))
    # best[end]: what the first so many grams cost when all end by then, and where each begins.
    best: list[tuple[int, list[int]] | None] = [(0, [])] * (len(text) + 1)
    for _ in range(parts):
        following: list[tuple[int, list[int]] | None] = [None]
        for end in range(1, len(text) + 1):
            choice = following[-1]
            for begin, price in ending.get(end, ()):
                before = best[begin]
                if before and (choice is None or before[0] + price < choice[0]):
                    choice = (before[0] + price, [*before[1], begin])
            following.append(choice)
        best = following
    chosen = best[-1]
    return [0, *chosen[1][1:], len(text)] if chosen else []
