"""Mending what is mechanical in files of Turtle and TriG: prefixes, order, addresses of statements.

The text is changed piece by piece, so that comments and layout stay. Before a file is replaced the
new text is read again: it must say the same, but for the new addresses, and hold the same comments.
What cannot be mended so is left as it is. The new text is written beside the file and renamed.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from factscape.checking.addresses import Renaming, new_addresses
from factscape.checking.blocks import sort_blocks, sort_prefixes
from factscape.checking.plain import Plain
from factscape.checking.tokens import Token, read_tokens
from factscape.errors import Place, StoreError
from factscape.reading import ontology_files, read_quads
from factscape.terms import PREFIXES, curie

__all__ = ["Fixed", "fix_files"]

_FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".trig": ox.RdfFormat.TRIG}
_BOM = "\ufeff"
_PLAIN_NAME = re.compile(r"[A-Za-z][\w-]*:[A-Za-z0-9][\w-]*(?:\.[\w-]+)*", re.ASCII)


@dataclass(frozen=True)
class Fixed:
    """What was done to a file, or why it was left alone."""

    place: Place
    changes: tuple[str, ...] = ()
    left_alone: str = ""


@dataclass
class _File:
    path: Path
    before: str
    text: str
    quads: list[ox.Quad] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    trouble: str = ""
    renamed: dict[str, str] = field(default_factory=dict)
    """By new address the old one."""


def fix_files(files: Sequence[Path]) -> list[Fixed]:
    """Mend the files of Turtle and TriG among `files`, and return what was done to which.

    Raises StoreError for a file that cannot be written; it is then as it was.
    """
    read = [_read(path) for path in files if path.suffix.lower() in _FORMATS]
    for file in read:
        if not file.trouble:
            _declare_prefixes(file)
            _parse(file)
            _use_prefixes(file)
    _give_addresses([file for file in read if not file.trouble])
    for file in read:
        if not file.trouble:
            _put_in_order(file)
    return list(_written(read))


def _read(path: Path) -> _File:
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return _File(path, "", "", trouble=f"it cannot be read: {error}")
    file = _File(path, text, text)
    try:
        list(read_tokens(text))
    except ValueError as error:
        file.trouble = str(error)
    return file


def _parse(file: _File) -> None:
    try:
        file.quads = _quads(file.path, file.text)
    except SyntaxError as error:
        file.trouble = f"it cannot be read: {error.msg}"


def _quads(path: Path, text: str) -> list[ox.Quad]:
    data = text.removeprefix(_BOM).encode("utf-8")
    return list(ox.parse(data, _FORMATS[path.suffix.lower()]))


# ------------------------------------------------------------------------------ prefixes


def _declare_prefixes(file: _File, *wanted: str) -> None:
    """Declare the prefixes that are used, or wanted, and that everybody here knows."""
    tokens = [token for token in read_tokens(file.text) if token.kind != "blank"]
    declared = dict(_declared(tokens))
    used = {token.text.partition(":")[0] for token in tokens if token.kind == "name"}
    missing = sorted((used | set(wanted)) & PREFIXES.keys() - declared.keys())
    if not missing:
        return
    end = "\r\n" if "\r\n" in file.text else "\n"
    lines = "".join(f"@prefix {name}: <{PREFIXES[name]}> .{end}" for name in missing)
    place = _first_directive(tokens)
    if place is None:
        # Below the comment that heads the file, if there is one.
        place, rest = _below_heading(file.text), end
        lines = lines + rest
    file.text = file.text[:place] + lines + file.text[place:]
    file.changes += [f"prefix {name}: is declared" for name in missing]


def _use_prefixes(file: _File) -> None:
    """Write with their prefixes the IRIs that are written out."""
    tokens = list(read_tokens(file.text))
    said = [token for token in tokens if token.kind != "blank"]
    declared = dict(_declared(said))
    declaring = {
        iri.start
        for one, name, iri in zip(said, said[1:], said[2:], strict=False)
        if "prefix" in one.text.lower() or "base" in name.text.lower()
    }
    pieces, shortened = [], 0
    for token in tokens:
        text = token.text
        if token.kind == "iri" and token.start not in declaring and declared:
            short = curie(token.text[1:-1], declared)
            text = short if _PLAIN_NAME.fullmatch(short) else text
        shortened += text != token.text
        pieces.append(text)
    if shortened:
        file.text = "".join(pieces)
        file.changes.append(f"{shortened} IRIs are written with their prefixes")


def _declared(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    for one, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if one.text.lower() in ("@prefix", "prefix") and iri.kind == "iri":
            yield name.text.removesuffix(":"), iri.text[1:-1]


def _first_directive(tokens: Sequence[Token]) -> int | None:
    said = (token for token in tokens if token.kind != "comment")
    first = next(said, None)
    return first.start if first and first.text.lower() in ("@prefix", "prefix") else None


def _below_heading(text: str) -> int:
    lines = text.splitlines(keepends=True)
    place = number = 0
    while number < len(lines) and lines[number].lstrip(_BOM).startswith("#"):
        place += len(lines[number])
        number += 1
    if number and number < len(lines) and not lines[number].strip():
        return place + len(lines[number])
    return len(_BOM) if text.startswith(_BOM) else 0


# ------------------------------------------------------------------------------ addresses


def _give_addresses(files: Sequence[_File]) -> None:
    known = Plain()
    for number, path in enumerate(ontology_files()):
        known.add(read_quads(path), number)
    for number, file in enumerate(files):
        known.add(file.quads, 1000 + number)
    renaming = new_addresses([quad for file in files for quad in file.quads], known)
    if not renaming:
        return
    # What is named outside its own graph is meant wherever it has only one new address.
    once = Counter(iri for iri, _ in renaming)
    stays = {quad_subject for quad_subject, _ in _subjects(files)} - set(once)
    alone = {iri: new for (iri, _), new in renaming.items() if once[iri] == 1 and iri not in stays}
    for file in files:
        _rename(file, renaming, alone, _still_there(files, renaming))


def _subjects(files: Sequence[_File]) -> Iterator[tuple[str, str]]:
    for file in files:
        for quad in file.quads:
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value, _graph(quad)


def _graph(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def _still_there(files: Sequence[_File], renaming: Renaming) -> set[str]:
    """Return the addresses that a statement of another graph keeps."""
    renamed = {iri for iri, _ in renaming}
    return {
        iri for iri, graph in _subjects(files) if iri in renamed and (iri, graph) not in renaming
    }


def _rename(file: _File, renaming: Renaming, alone: Mapping[str, str], kept: set[str]) -> None:
    tokens = list(read_tokens(file.text))
    prefixes = dict(_declared([token for token in tokens if token.kind != "blank"]))
    pieces: list[str] = []
    done: set[tuple[str, str]] = set()
    for token, graph in _with_graphs(tokens, prefixes):
        iri = _iri(token, prefixes)
        new = None
        if iri is not None:
            new = renaming.get((iri, graph)) or (alone.get(iri) if iri not in kept else None)
        if iri is None or new is None:
            pieces.append(token.text)
            continue
        pieces.append(f"claim:{new.removeprefix(PREFIXES['claim'])}")
        done.add((iri, new))
    if not done:
        return
    if prefixes.get("claim", PREFIXES["claim"]) != PREFIXES["claim"]:
        file.trouble = "its prefix claim: means something else"
        return
    file.text = "".join(pieces)
    file.renamed.update({new: old for old, new in done})
    file.changes += [f"{curie(old)} is now {curie(new)}" for old, new in sorted(done)]
    _declare_prefixes(file, "claim")


def _with_graphs(
    tokens: Sequence[Token], prefixes: Mapping[str, str]
) -> Iterator[tuple[Token, str]]:
    """Yield every token with the graph that it stands in, which is empty outside of one."""
    graph, depth, last = "", 0, ""
    for token in tokens:
        if token.text == "{" and token.kind == "mark":
            graph, depth = last, 1
        elif token.text == "}" and token.kind == "mark":
            graph, depth = "", 0
        yield token, graph
        if not depth and token.kind in ("name", "iri"):
            last = _iri(token, prefixes) or ""


def _iri(token: Token, prefixes: Mapping[str, str]) -> str | None:
    if token.kind == "iri":
        return token.text[1:-1]
    if token.kind != "name":
        return None
    prefix, _, local = token.text.partition(":")
    return prefixes[prefix] + local.replace("\\", "") if prefix in prefixes else None


# ------------------------------------------------------------------------------ order


def _put_in_order(file: _File) -> None:
    ordered = sort_prefixes(file.text)
    if ordered != file.text:
        file.text = ordered
        file.changes.append("prefixes are sorted")
    try:
        ordered = sort_blocks(file.text)
    except ValueError as error:
        if file.changes:
            file.changes.append(f"not sorted: {error}")
        return
    if ordered != file.text:
        file.text = ordered
        file.changes.append("blocks are sorted")


# ------------------------------------------------------------------------------ writing


def _written(files: Sequence[_File]) -> Iterator[Fixed]:
    for file in files:
        place = Place(str(file.path))
        if file.trouble:
            yield Fixed(place, left_alone=file.trouble)
        elif file.text != file.before:
            lost = _lost(file)
            if lost:
                yield Fixed(place, left_alone=lost)
            else:
                _replace(file.path, file.text)
                yield Fixed(place, tuple(file.changes))


def _lost(file: _File) -> str:
    """Return what the new text would lose; nothing where all is still there."""
    if _comments(file.before) != _comments(file.text):
        return "comments would not be kept"
    try:
        quads = _quads(file.path, file.text)
    except SyntaxError as error:
        return f"the new text could not be read: {error.msg}"
    renamed = [
        ox.Quad(
            _as_before(quad.subject, file.renamed),
            quad.predicate,
            _as_before(quad.object, file.renamed),
            quad.graph_name,
        )
        for quad in quads
    ]
    if _canonical(renamed) != _canonical(file.quads):
        return "the new text would say something else"
    return ""


def _as_before(term: Any, renamed: Mapping[str, str]) -> Any:
    """Return a term with its old address."""
    if isinstance(term, ox.NamedNode) and term.value in renamed:
        return ox.NamedNode(renamed[term.value])
    return term


def _comments(text: str) -> Counter[str]:
    return Counter(token.text.strip() for token in read_tokens(text) if token.kind == "comment")


def _canonical(quads: Sequence[ox.Quad]) -> ox.Dataset:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def _replace(path: Path, text: str) -> None:
    """Put a text in the place of a file, whole or not at all."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with aside.open("w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(path, aside)
        os.replace(aside, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error
