"""The small files beside a table: reading TOML with the place of a mistake, adding lines to it."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from factscape.errors import MisuseError, Place

__all__ = ["did_you_mean", "key_line", "key_written", "quoted", "read_toml", "with_lines_added"]

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """Read a file of TOML: what it says, and its text.

    Raises MisuseError, with line and column where it is not TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise MisuseError(f"{path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise MisuseError("this file is not UTF-8", place=Place(str(path))) from error
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(path, error, text) from error


def _not_toml(path: Path, error: tomllib.TOMLDecodeError, text: str) -> MisuseError:
    stated = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error))
    if stated is None:
        return MisuseError(f"this is not TOML: {error}", place=Place(str(path)))
    line = int(stated[2]) if stated[2] else text.count("\n") + 1
    place = Place(str(path), line, int(stated[3]) if stated[3] else None)
    hint = 'write texts in quotes, each entry on a line of its own: "a text" = "id:thing"'
    return MisuseError(f"this is not TOML: {stated[1]}", place=place, hint=hint)


def key_line(text: str, key: str) -> int | None:
    r"""Return the first line where a key may stand in a text of TOML, None when it is not seen.

    >>> key_line('a = 1\n"b c" = 2', "b c")
    2
    """
    name = rf"(?:{re.escape(key)}|{re.escape(quoted(key))}|'{re.escape(key)}')"
    found = re.search(rf"(?m)(?:^[ \t]*\[?\[?|[{{,.][ \t]*){name}[ \t]*(?:=|\]|\.)", text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def key_written(key: str) -> str:
    r"""Return a text as a key of TOML.

    >>> print(key_written("net-loss"), key_written('the "big" one'))
    net-loss "the \"big\" one"
    """
    return key if _BARE.fullmatch(key) else quoted(key)


def quoted(text: str) -> str:
    r"""Return a text in quotes, as TOML has it.

    >>> print(quoted('a "b"\x7f'))
    "a \"b\"\u007f"
    """
    # The escapes of JSON, and one control character that JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a question about the known word that is most like this one, or the known words."""
    known = sorted(known)
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else "known here: " + ", ".join(known)


def with_lines_added(text: str, entries: Mapping[str, str], header: str | None = None) -> str:
    r"""Return a text of TOML with keys and their texts added; all that stands in it stays.

    Keys go before the first one that sorts after them, at the top of the file or under a header
    such as `names`. Where that would change what the rest says, they go first.

    >>> print(with_lines_added('# people\n"a" = "id:a"\n"c" = "id:c"\n', {"b": "id:b"}), end="")
    # people
    "a" = "id:a"
    "b" = "id:b"
    "c" = "id:c"
    """
    for key, value in sorted(entries.items()):
        wanted = tomllib.loads(text)
        (wanted.setdefault(header, {}) if header else wanted)[key] = value
        line = f"{quoted(key)} = {quoted(value)}"
        for place in _places(text, key, header):
            lines = _lines(text)
            added = "\n".join([*lines[:place], line, *lines[place:]]) + "\n"
            if _says(added, wanted):
                text = added
                break
    return text


def _says(text: str, wanted: dict[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _places(text: str, key: str, header: str | None) -> list[int]:
    """Return the lines before which a key may be put, the best first."""
    lines = _lines(text)
    start = 0
    if header is not None:
        start = next((n + 1 for n, line in enumerate(lines) if _header(line) == header), len(lines))
    ends = (n for n in range(start, len(lines)) if _header(lines[n]) is not None)
    end = next(ends, len(lines))
    last = start
    for number in range(start, end):
        found = re.match(r"\"((?:[^\"\\]|\\.)*)\"\s*=|([A-Za-z0-9_-]+)\s*=", lines[number])
        if not found:
            continue
        if (json.loads(f'"{found[1]}"') if found[1] is not None else found[2]) > key:
            return [_above_comments(lines, number, start), number, last, start]
        last = number + 1
    return [last, end, start]


def _lines(text: str) -> list[str]:
    """Return the lines of a text of TOML, where only one character ends them."""
    return text.removesuffix("\n").split("\n") if text else []


def _above_comments(lines: list[str], number: int, start: int) -> int:
    """Return the line where the comment above an entry begins."""
    while number > start and lines[number - 1].startswith("#"):
        number -= 1
    # What opens the file is about the whole of it.
    return (
        number
        if number > start
        else next((n for n in range(start, len(lines)) if not lines[n].startswith("#")), start)
    )


def _header(line: str) -> str | None:
    found = re.match(r"\s*\[\[?\s*([^\]]*?)\s*\]", line)
    return found[1].strip("\"'") if found else None
