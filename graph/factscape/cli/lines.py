"""Lines of text in columns: fitted to a terminal, whole when piped, wide characters counted right."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from factscape.cli.output import clean
from factscape.names.labels import columns

__all__ = ["Row", "draw", "heading", "room"]

Row = tuple[Sequence[str], str]
"""Cells that stand in columns, and the rest of the line, which may run on."""

_LEAST_ROOM = 24
"""With less room than this, what runs on stands under its line, not beside it."""

_INDENT = 8
_NO_BEGINNING = frozenset(" ，。、；：？！）》」』”’…·,.;:?!)")
"""What no line begins with."""


def room() -> int | None:
    """Return the columns that there are: the terminal's, None where the output is piped."""
    if not sys.stdout.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns


def heading(text: str) -> str:
    """Return a heading, bold on a terminal where nobody asked for no colour."""
    text = clean(text)
    bold = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return f"\x1b[1m{text}\x1b[0m" if bold else text


def draw(rows: Iterable[Row], indent: int = 0, width: int | None = None) -> Iterator[str]:
    """Yield rows as lines, their cells in columns, the rest wrapped to `width` behind them.

    >>> for line in draw([(["智譜", "1"], "a b c"), (["OpenAI", "20"], "d")], width=17):
    ...     print(line)
    智譜    1   a b c
    OpenAI  20  d
    """
    safe = [([clean(cell) for cell in cells], clean(rest)) for cells, rest in rows]
    room = None
    if width is not None:
        longest = max((columns(rest) for _, rest in safe), default=0)
        room = width - indent - min(longest, _LEAST_ROOM)
    widths = _widths([cells for cells, _ in safe], room)
    for cells, rest in safe:
        aligned = len(widths) == len(cells) and all(map(_fits, cells, widths))
        sizes = widths if aligned else [columns(cell) for cell in cells]
        padded = (
            cell + " " * (size - columns(cell)) for cell, size in zip(cells, sizes, strict=True)
        )
        line = " " * indent + "".join(f"{cell}  " for cell in padded)
        yield from _run_on(line, rest, indent + _taken(sizes), width)


def _widths(rows: Iterable[Sequence[str]], room: int | None) -> list[int]:
    """Return the widths of columns; what is so wide that nothing fits beside it stands alone."""
    widths: list[int] = []
    for sizes in sorted(([columns(cell) for cell in cells] for cells in rows), key=sum):
        wider = [max(pair) for pair in zip(widths or sizes, sizes, strict=True)]
        if room is not None and _taken(wider) > room:
            break
        widths = wider
    return widths


def _fits(cell: str, size: int) -> bool:
    return columns(cell) <= size


def _taken(sizes: Sequence[int]) -> int:
    return sum(sizes) + 2 * len(sizes)


def _run_on(line: str, rest: str, beside: int, width: int | None) -> Iterator[str]:
    """Yield a line with its rest, on lines below it where it does not fit."""
    if width is None or columns(line + rest) <= width:
        yield (line + rest).rstrip()
        return
    if width - beside < _LEAST_ROOM:
        if line.strip():
            yield from _wrapped(line.rstrip(), width, " " * _INDENT)
        beside = min(_INDENT, width // 4)
        line = " " * beside
    yield from _wrapped(rest, width, " " * beside, line) if rest else [line.rstrip()]


def _wrapped(text: str, width: int, hanging: str, line: str = "") -> Iterator[str]:
    """Yield the text in lines of `width`, those after the first behind a hanging indent."""
    filled = False
    for part in _parts(text):
        if filled and columns(line + part.rstrip()) > width:
            yield line.rstrip()
            line, part, filled = hanging, part.lstrip(), False
        while not filled and columns(line + part.rstrip()) > width and len(part) > 1:
            head = _that_fits(part, width - columns(line))
            yield line + head
            line, part = hanging, part[len(head) :]
        line, filled = line + part, True
    if line.strip():
        yield line.rstrip()


def _parts(text: str) -> Iterator[str]:
    """Yield what may not be broken: words with the blanks before them, wide characters."""
    part = ""
    for char, following in zip(text, text[1:] + " ", strict=True):
        wide = columns(char) == 2
        after_wide = part != "" and columns(part[-1]) == 2
        # The number of a paragraph stays with its source.
        blank = char == " " and following != "¶"
        if part.strip() and (blank or (char not in _NO_BEGINNING and (wide or after_wide))):
            yield part
            part = ""
        part += char
    if part:
        yield part


def _that_fits(part: str, width: int) -> str:
    used = 0
    for place, char in enumerate(part):
        used += columns(char)
        if used > width and place:
            return part[:place]
    return part
