"""Lines for the names file that would make what is unknown, for people to look over and copy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from factscape.exchange.addresses import slug
from factscape.exchange.toml_files import quoted
from factscape.names.fold import has_han

__all__ = ["Proposal", "proposed_lines", "without_brackets"]

_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_PUBLISHER = "fs:Publisher"


@dataclass(frozen=True)
class Proposal:
    """A thing that a text may be the name of, if it is new."""

    text: str
    address: str
    type: str
    en: str
    zh: str

    @classmethod
    def of_text(cls, text: str, type_: str) -> Proposal:
        """Propose a thing for a name; what stands in brackets may be its name in Chinese.

        >>> Proposal.of_text("Kingfisher (翠鸟)", "fs:Company").line()
        '"Kingfisher (翠鸟)" = { new = "id:kingfisher", type = "fs:Company", en = "Kingfisher", zh = "翠鸟" }'
        """
        outside, inside = without_brackets(text)
        chinese = next(filter(has_han, inside), "")
        en, zh = ("", outside) if has_han(outside) else (outside, chinese)
        return cls(text, "id:" + (_spelled(outside) or "name"), type_, en, zh)

    @classmethod
    def of_address(cls, address: str, type_: str) -> Proposal:
        """Propose a thing for an address at which there is nothing."""
        name = re.split(r"[:/#]", address)[-1].replace("-", " ").title()
        return cls(name, address, type_, name, "")

    def line(self) -> str:
        """Return the line that makes the thing."""
        said = {"new": self.address, "type": self.type, "en": self.en, "zh": self.zh}
        parts = [f"{key} = {quoted(value)}" for key, value in said.items() if value]
        return f"{quoted(self.text)} = {{ {', '.join(parts)} }}"


def proposed_lines(proposals: Iterable[Proposal]) -> dict[Proposal, str]:
    """Return a line for each proposal; where several would make one thing, one does.

    >>> one, other = (Proposal.of_text(text, "fs:Fund") for text in ("A (甲)", "A"))
    >>> proposed_lines([one, other])[other]
    '"A" = "id:a"'
    """
    by_address: dict[str, list[Proposal]] = {}
    for proposal in dict.fromkeys(proposals):
        by_address.setdefault(proposal.address, []).append(proposal)
    lines: dict[Proposal, str] = {}
    for address, alike in by_address.items():
        # A company may publish too, and says more of itself in two languages.
        best = max(alike, key=lambda one: (one.type != _PUBLISHER, bool(one.en and one.zh)))
        for one in alike:
            other = one.text != best.text
            lines[one] = f"{quoted(one.text)} = {quoted(address)}" if other else best.line()
    return lines


def without_brackets(text: str) -> tuple[str, list[str]]:
    """Return a name without what stands in brackets, and what stands there.

    >>> without_brackets("Zhipu (智谱) AI")
    ('Zhipu AI', ['智谱'])
    """
    outside = " ".join(_BRACKETS.sub(" ", text).split())
    return outside or text, _BRACKETS.findall(text)


def _spelled(name: str) -> str:
    """Return a name as the end of an address; Chinese as it is read."""
    if not has_han(name):
        return slug(name)
    from pypinyin import lazy_pinyin

    return slug("".join(lazy_pinyin(name)))
