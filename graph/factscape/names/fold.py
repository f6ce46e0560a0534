"""The key under which a name is found: one spelling for all the ways in which people type it.

Width, case, accents, punctuation and spaces are folded away, Han characters become simplified
ones. The table of traditional characters comes from outside (an index carries it), so that nothing
heavy is needed to look a name up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["Folding", "has_han", "is_dense"]

_LONGEST = 1000
"""Only so many characters of a text count: nobody types more of a name."""

_NOTHING: Mapping[str, str] = MappingProxyType({})

# Letters with a stroke or a tie: accents to the eye, but Unicode does not take them apart.
_PLAIN = {
    "æ": "ae",
    "ð": "d",
    "ø": "o",
    "þ": "th",
    "đ": "d",
    "ħ": "h",
    "ı": "i",
    "ĸ": "k",
    "ł": "l",
    "ŋ": "n",
    "œ": "oe",
    "ŧ": "t",
}
_APOSTROPHES = frozenset("'`\u02b9\u02bb\u02bc\u2018\u2019\u2032\uff07")
# Marks of accents, in Latin, Greek and Cyrillic. Those of other scripts tell words apart.
_ACCENTS = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
# Scripts in which one or two characters make a word.
_DENSE = f"{_HAN}\u3040-\u30ff\u31f0-\u31ff\uac00-\ud7af"
# Compiled by `re` where they are first used: large sets take it longer than a lookup takes.
_HAS_HAN = f"[{_HAN}]"
_IS_DENSE = f"[{_DENSE}]"
_WORD = f"[{_DENSE}]+|[^{_DENSE} ]+"
_BETWEEN_DIGITS = "(?<=[0-9]) +(?=[0-9])"


def has_han(text: str) -> bool:
    """Say whether a text has a Han character.

    >>> has_han("智谱AI"), has_han("Zhipu"), has_han("カタカナ")
    (True, False, False)
    """
    return not text.isascii() and re.search(_HAS_HAN, text) is not None


class _DenseCharacters(dict[str, bool]):
    """Whether a character is of a dense script, remembered."""

    def __missing__(self, char: str) -> bool:
        self[char] = dense = not char.isascii() and re.match(_IS_DENSE, char) is not None
        return dense


is_dense = _DenseCharacters().__getitem__
"""Say whether one or two characters of this one's script make a word (Han, kana, Hangul)."""


class _Characters(dict[int, str]):
    """What each character becomes, for str.translate; worked out when it is first met."""

    def __init__(self, simplified: Mapping[str, str], keep_accents: bool) -> None:
        super().__init__()
        self._simplified = simplified
        self._keep_accents = keep_accents

    def __missing__(self, code: int) -> str:
        # Twice: what comes out of taking apart can have a case of its own, as a Greek iota does.
        text = unicodedata.normalize("NFKD", chr(code).casefold()).casefold()
        self[code] = folded = "".join(map(self._folded, text))
        return folded

    def _folded(self, char: str) -> str:
        if char in _APOSTROPHES:
            return ""
        if not self._keep_accents and not char.isascii() and re.match(_ACCENTS, char):
            return ""
        kind = unicodedata.category(char)
        if kind in ("Cf", "Cs") or "\ufe00" <= char <= "\ufe0f":  # unseen: joiners, variants
            return ""
        if kind[0] in "PZ" or kind in ("Cc", "Sk"):
            return " "
        if not self._keep_accents:
            char = _PLAIN.get(char, char)
        return self._simplified.get(char, char)


class Folding:
    """How names are folded into keys; `simplified` says what a traditional character becomes.

    >>> folding = Folding({"譜": "谱"})
    >>> folding.key("Ｚ.ai"), folding.key("Crédit-Agricole"), folding.key("智譜 AI")
    ('zai', 'creditagricole', '智谱ai')

    Between digits any separator is a dot, and none is another name.

    >>> folding.key("GLM-4.6") == folding.key("glm 4 6") != folding.key("GLM-46")
    True
    """

    def __init__(
        self, simplified: Mapping[str, str] = _NOTHING, *, keep_accents: bool = False
    ) -> None:
        """Fold with this table of characters; with `keep_accents`, é and e stay two letters."""
        self._characters = _Characters(simplified, keep_accents)

    def key(self, text: str) -> str:
        """Return the key of a name; it is empty only for a text without a visible character."""
        return self._spaced(text).replace(" ", "") or _bare(text)

    def words(self, text: str) -> list[str]:
        """Return the folded words of a name; a run of Chinese is one word.

        >>> Folding().words("Moody's GLM-4.6 智谱AI")
        ['moodys', 'glm', '4.6', '智谱', 'ai']
        """
        return re.findall(_WORD, self._spaced(text))

    def _spaced(self, text: str) -> str:
        """Return the folded text with spaces between its words."""
        spaced = text[:_LONGEST].translate(self._characters)
        if not spaced.isascii():
            # Kana and Hangul are put together again, and accents that were to be kept.
            spaced = unicodedata.normalize("NFC", spaced)
        return re.sub(_BETWEEN_DIGITS, ".", spaced) if " " in spaced else spaced


def _bare(text: str) -> str:
    """Return the key of a name that is nothing but punctuation, such as "!!!"."""
    text = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zs"))
