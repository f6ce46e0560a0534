"""The order of a file of Turtle or TriG: its blocks, each with the comments that belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from factscape.checking.tokens import Token, read_tokens

__all__ = ["sort_blocks", "sort_prefixes"]

_OPEN, _CLOSE = frozenset("{[("), frozenset("}])")
_PREFIX_LINE = re.compile(r"\s*(?:@prefix|PREFIX)\s+([^\s:]*):\s*<[^>]*>\s*\.?[ \t]*\r?\n?")


@dataclass(frozen=True)
class _Block:
    """Whole lines: a statement or graph at the top of a file, and the comments right above it."""

    first: int
    last: int
    """Lines, the last one included."""
    kind: str
    """`graph`, `triples` or `directive`."""
    name: str
    """Its subject, or the graph's name, as it is written."""


def sort_prefixes(text: str) -> str:
    r"""Return a text with the lines of its first run of prefixes sorted.

    >>> print(sort_prefixes("@prefix b: <urn:b> .\n@prefix a: <urn:a> .\n"), end="")
    @prefix a: <urn:a> .
    @prefix b: <urn:b> .
    """
    lines = text.splitlines(keepends=True)
    begun = next((n for n, line in enumerate(lines) if _PREFIX_LINE.fullmatch(line)), None)
    if begun is None:
        return text
    end = begun
    while end < len(lines) and _PREFIX_LINE.fullmatch(lines[end]):
        end += 1
    run = lines[begun:end]
    names = [match[1] for line in run if (match := _PREFIX_LINE.fullmatch(line))]
    # A name that is declared twice means the one or the other by where it stands.
    if len(set(names)) < len(names) or not run[-1].endswith("\n"):
        return text
    ordered = [line for _, line in sorted(zip(names, run, strict=True))]
    return "".join([*lines[:begun], *ordered, *lines[end:]])


def sort_blocks(text: str) -> str:
    """Return a text with its blocks in order: sources, passages, then all by name; graphs by passage.

    A comment that stands alone between blocks heads a section, and nothing leaves its section.
    Within a block nothing moves. Raises ValueError where a line holds parts of two blocks.
    """
    lines = text.splitlines(keepends=True)
    tokens = list(read_tokens(text))
    blocks = list(_blocks(tokens, _line_numbers(text, tokens), lines))
    sections = [
        list(section)
        for _, section in groupby(blocks, key=lambda one: (one.kind, _section(one, blocks, lines)))
    ]
    for section in sections:
        if section[0].kind == "directive" or len(section) < 2:
            continue
        ordered = sorted(section, key=_order)
        if ordered != section:
            _put(lines, section, ordered)
    return "".join(lines)


def _put(lines: list[str], section: Sequence[_Block], ordered: Sequence[_Block]) -> None:
    """Write the blocks of a section in another order into its lines; what stands between them stays."""
    first, last = section[0].first, section[-1].last
    texts = {one: lines[one.first : one.last + 1] for one in section}
    between = [lines[one.last + 1 : other.first] for one, other in pairwise(section)]
    if any(rows and not rows[-1].endswith("\n") for rows in texts.values()):
        texts = {one: _ended(rows) for one, rows in texts.items()}
    moved: list[str] = []
    for place, one in enumerate(ordered):
        moved += texts[one]
        moved += between[place] if place < len(between) else []
    lines[first : last + 1] = moved


def _ended(rows: list[str]) -> list[str]:
    return [row if row.endswith("\n") else row + "\n" for row in rows]


def _section(block: _Block, blocks: Sequence[_Block], lines: Sequence[str]) -> int:
    """Return the line of the last comment above a block that belongs to none."""
    owned = {n for one in blocks for n in range(one.first, one.last + 1)}
    return max(
        (n for n in range(block.first) if n not in owned and lines[n].lstrip().startswith("#")),
        default=-1,
    )


def _line_numbers(text: str, tokens: Sequence[Token]) -> dict[int, int]:
    """Return the line, from 0, in which each token begins."""
    starts, line, at = {}, 0, 0
    for token in tokens:
        line += text.count("\n", at, token.start)
        at = token.start
        starts[token.start] = line
    return starts


def _blocks(
    tokens: Sequence[Token], numbers: dict[int, int], lines: Sequence[str]
) -> Iterator[_Block]:
    depth, inside, taken = 0, [], -1
    said = [token for token in tokens if token.kind not in ("blank", "comment")]
    for token in said:
        inside.append(token)
        if token.kind == "mark":
            depth += (token.text in _OPEN) - (token.text in _CLOSE)
        # A directive of SPARQL's kind has no dot.
        sparql = inside[0].text.upper() in ("PREFIX", "BASE") and token.kind == "iri"
        if depth or not (token.text in (".", "}") or sparql):
            continue
        first, last = numbers[inside[0].start], numbers[token.start] + token.text.count("\n")
        if first <= taken:
            raise ValueError(f"line {first + 1} holds parts of two blocks")
        while first - 1 > taken and lines[first - 1].lstrip().startswith("#"):
            first -= 1
        yield _Block(first, last, *_what(inside))
        taken, inside = last, []
    if inside:
        raise ValueError("the last block does not end")


def _what(inside: Sequence[Token]) -> tuple[str, str]:
    head = inside[0]
    if head.kind == "directive" or head.text.upper() in ("PREFIX", "BASE"):
        return "directive", ""
    if head.text.upper() == "GRAPH":
        return "graph", inside[1].text
    if inside[-1].text == "}":
        return "graph", head.text if head.text != "{" else ""
    return "triples", head.text


def _order(block: _Block) -> tuple[int, list[tuple[int, str]]]:
    """Return where a block stands: sources first, then passages; numbers in names by their size."""
    prefix = block.name.partition(":")[0]
    rank = {"src": 0, "here": 1}.get(prefix, 2)
    parts = re.split(r"(\d+)", block.name) if rank == 1 or block.kind == "graph" else [block.name]
    return rank, [(int(part), "") if part.isdigit() else (0, part) for part in parts]
