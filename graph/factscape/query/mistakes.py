"""Say in words what is wrong with a query, and where.

The engine's parser reports the farthest character that any of its attempts reached, and an
attempt at a keyword reads as many characters as the keyword has: `SELCT ?x {}` is wrong "at 1:10",
where CONSTRUCT would have ended. So the query is put to it again with wide gaps between its words,
which tells the word that is wrong, and then cut off there with fillers of every length, which
brings out all keywords that could stand in its place.
"""

from __future__ import annotations

import difflib
import re
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise

from factscape.errors import Place, QuerySyntaxError
from factscape.query.guard import syntax_error
from factscape.query.tokens import Token, position, tokens

__all__ = ["explain"]

_GAP = " " * 30
_STOP = "\x01"  # begins nothing
_LONGEST_KEYWORD = 15
_REPORT = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_CHARACTERS = re.compile(r"\[(?:_|'.*?)\](?=,|$)", re.DOTALL)
_DIGIT = re.compile(r"\['0' ?\.\.= ?'9'\]")
_LINE_WIDTH = 90
_GLUED = ("BNODE", "COALESCE", "CONCAT")  # the engine wants their ( without a space

# What the engine expects, character by character, and what that begins. None: not worth saying.
_BEGINS: Mapping[str, str | None] = {
    "?": "a variable",
    "$": "a variable",
    "0": "a number",
    "<": "an IRI",
    ":": "a prefixed name",
    "'": "a string",
    "'''": "a string",
    '\\"': "a string",
    '\\"\\"\\"': "a string",
    **dict.fromkeys(["_:", "[", "<<", "<<(", "true", "false", "{|", "|", "||", "~", "^"], None),
    **dict.fromkeys(["a", "@", "^^"], None),
    **dict.fromkeys(["*", "+", "-", "/", "!", "!=", "=", ">", ">=", "<=", "&&", "\\\\"], None),
}
_A_FUNCTION = "ENCODE_FOR_URI"  # expected wherever any function is

_IRI_FAILED = "IRI parsing failed"
_STAR_GROUPED = "SELECT * is not authorized with GROUP BY"
_UNBOUND = "The SELECT contains a variable that is unbound"
_IN_OTHER_LANGUAGES = {"AND": "&&", "OR": "||"}


def explain(
    text: str, error: str, prefixes: Mapping[str, str], *, name: str = "query"
) -> QuerySyntaxError:
    """Turn the engine's error into ours: the place, the line with a caret, what was expected.

    >>> print(explain("SELCT ?x { ?x a ?y }", "error at 1:10: expected CONSTRUCT", {}))
    query:1:1: 'SELCT' is not expected here
      SELCT ?x { ?x a ?y }
      ^
      did you mean SELECT?
    """
    message, offset, advice = _diagnose(text, error, prefixes)
    line, column = position(text, offset)
    hint = "\n".join([*_pointed_at(text, line, column), advice]).rstrip("\n")
    return QuerySyntaxError(message, place=Place(name, line, column), hint=hint)


def _diagnose(text: str, error: str, prefixes: Mapping[str, str]) -> tuple[str, int, str]:
    """Return what is wrong, at which offset, and what to do."""
    words = [*tokens(text), Token("end", "", len(text.rstrip()))]
    if len(words) == 1:
        return "the query is empty", 0, "for example: SELECT ?source { ?source a fs:Source }"
    open_string = next((word for word in words if word.text in ("'", '"')), None)
    if open_string:
        return "this string is never closed", open_string.start, ""
    wrong = _wrong_word(words, prefixes)
    if wrong is None:
        return _unplaced(text, error)
    word = words[wrong]
    prefix = word.text.partition(":")[0]
    if word.kind == "prefixed" and prefix not in {*prefixes, *_declared(words)}:
        return _undeclared(prefix, word.start, prefixes, words)
    expected = _expected(words[:wrong], prefixes)
    if _IRI_FAILED in error or (word.kind == "iri" and "<" in expected):
        whole = "write all of it, from its scheme on and without spaces (<https://…>)"
        return "this is not a whole IRI", word.start, f"{whole}, or a prefixed name (id:zhipu)"
    if _STAR_GROUPED in error:
        return "SELECT * does not go with GROUP BY", _select(words), "name the columns instead of *"
    if _UNBOUND in error:
        grouped = "beside COUNT, SUM, … and with GROUP BY, each stands in the GROUP BY"
        return "SELECT names a variable that has no value there", _select(words), grouped
    if _could_stand(word, expected):
        rule = "BIND and AS name a new variable; a blank node (_:a) stays within one group { }"
        return "what stands before this breaks a rule of SPARQL", word.start, rule
    shown = word.text if len(word.text) <= _LINE_WIDTH else f"{word.text[:_LINE_WIDTH]}…"
    message = f"'{shown}' is not expected here" if shown else "the query ends too early"
    return message, word.start, _advice(word, expected)


def _select(words: Sequence[Token]) -> int:
    return next((word.start for word in words if word.text.upper() == "SELECT"), 0)


def _wrong_word(words: Sequence[Token], prefixes: Mapping[str, str]) -> int | None:
    """Find the word where reading stops: put in front of it, a gap is wider than any keyword."""
    spread, starts = _spread(words)
    found = _ask(spread, prefixes)
    return found and max((i for i, start in enumerate(starts) if start <= found[0]), default=None)


def _spread(words: Sequence[Token]) -> tuple[str, list[int]]:
    """Write the words with gaps between them; return also where each one starts."""
    spread, starts, before = "", [], Token("end", "", 0)
    for word in words:
        glued = before.text.upper() in _GLUED and word.start == before.end
        spread += "" if glued else _GAP
        # What a keyword is glued to never counts as wrong by itself.
        starts.append(sys.maxsize if glued else len(spread))
        spread += word.text
        before = word
    return spread, starts


def _ask(text: str, prefixes: Mapping[str, str]) -> tuple[int, str] | None:
    """Let the engine read a text; return where it stopped and its reasons, None if it did not."""
    report = _REPORT.match(syntax_error(text, prefixes) or "")
    return report and (_offset(text, report), report[3])


def _offset(text: str, report: re.Match[str]) -> int:
    lines = text.split("\n")[: int(report[1]) - 1]
    return sum(len(line) + 1 for line in lines) + int(report[2]) - 1


def _expected(before: Sequence[Token], prefixes: Mapping[str, str]) -> set[str]:
    """Collect the keywords and signs that could follow these words."""
    # The engine reports no reasons once it has seen a blank node's label twice.
    named = [word._replace(text="[]") if word.kind == "blank" else word for word in before]
    start = _spread(named)[0] + _GAP
    expected: set[str] = set()
    for length in range(_LONGEST_KEYWORD + 1):
        found = _ask(start + _STOP * length, prefixes)
        if found is None or found[0] != len(start) + length:
            continue
        reasons = found[1]
        if length == 0:
            expected.update(_QUOTED.findall(reasons))
            expected.update({"0"} if _DIGIT.search(reasons) else ())
        else:
            names = _CHARACTERS.sub("", _QUOTED.sub("", reasons)).split(", ")
            expected.update(name.upper() for name in names if len(name) == length)
    return expected


def _could_stand(word: Token, expected: set[str]) -> bool:
    """Say whether the grammar allows the word, so that the mistake is one of meaning."""
    if word.kind == "end":
        return "VALUES" in expected and "}" not in expected
    if word.kind == "blank":
        return "_:" in expected
    # A group can be closed wherever something more could stand in it.
    return word.text == "}" and "BIND" in expected


def _advice(word: Token, expected: set[str]) -> str:
    """Say what to write in place of a word."""
    keywords = {name for name in expected if name[0].isalpha() and name.isupper()}
    plain = unicodedata.normalize("NFKC", word.text).translate(str.maketrans("“”‘’", "\"\"''"))
    if plain != word.text and plain.isascii():
        return f"write the plain character: {plain}"
    if word.kind == "word":
        if word.text.upper() in _GLUED and word.text.upper() in keywords:
            return f"write {word.text}( without a space between"
        near = difflib.get_close_matches(word.text.upper(), keywords, n=1, cutoff=0.8)
        near = near or [_IN_OTHER_LANGUAGES.get(word.text.upper(), "")]
        if near[0]:
            return f"did you mean {near[0]}?"
        if "?" in expected:
            name = f"?{word.text}"
            return f"a variable begins with ?, as in {name}; a name has a prefix, as in id:zhipu"
    signs = {_BEGINS.get(sign, f"'{sign}'") for sign in expected - keywords}
    if _A_FUNCTION in keywords:
        keywords, signs = set(), signs | {"a function"}
    # What only newer drafts know, or what is refused anyhow, helps nobody.
    keywords -= {"ADJUST", "LATERAL", "SERVICE", "VERSION"}
    named = [*sorted(filter(None, signs)), *sorted(keywords)]
    if not named:
        return ""
    return "expected " + ", ".join(named[:-1]) + (" or " if named[:-1] else "") + named[-1]


def _declared(words: Sequence[Token]) -> set[str]:
    """Return the prefixes that the query declares itself."""
    return {
        second.text.partition(":")[0]
        for first, second in pairwise(words)
        if first.text.upper() == "PREFIX"
    }


def _undeclared(
    prefix: str, start: int, prefixes: Mapping[str, str], words: Sequence[Token]
) -> tuple[str, int, str]:
    known = sorted({*prefixes, *_declared(words)})
    near = difflib.get_close_matches(prefix, known, n=1, cutoff=0.5)
    advice = [f"did you mean {near[0]}:?"] if near else []
    if known:
        advice.append("known: " + " ".join(f"{name}:" for name in known))
    advice.append(f"or declare it in the first line: PREFIX {prefix}: <https://…>")
    return f"prefix {prefix}: is not declared", start, "\n".join(advice)


def _unplaced(text: str, error: str) -> tuple[str, int, str]:
    """Say what the engine says, where it says."""
    report = _REPORT.match(error)
    if not report:
        return f"this is not SPARQL: {error}", 0, ""
    return "this is not SPARQL", _offset(text, report), ""


def _pointed_at(text: str, line: int, column: int) -> list[str]:
    """Return the line of the text and below it a caret under the column."""
    written = text.split("\n")[line - 1].replace("\t", " ").rstrip("\r")
    start = max(0, column - 1 - _LINE_WIDTH * 2 // 3)
    shown = written[start : start + _LINE_WIDTH]
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in written[start : column - 1])
    return [shown, " " * (column - 1 - start + wide) + "^"]
