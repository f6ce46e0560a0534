"""Pages without a server: for a folder of files, from the same data and templates."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from factscape.opening import Facts, open_facts
from factscape.web.looking.pages import LOOKS
from factscape.web.rendering import NAMED, Page, render, words

ZHIPU = "https://w3id.org/factscape/id/zhipu"


@dataclass(frozen=True)
class Elsewhere:
    """Addresses that no server has, so that one of a server's is seen."""

    live: bool = False
    formats: tuple[str, ...] = ("json",)

    def thing(self, iri: str, format: str = "html") -> str:
        return f"x:thing.{format}"

    def page(self, name: str, given: Mapping[str, str] | None = None, format: str = "html") -> str:
        return f"x:{NAMED.get(name, name).strip('/')}.{format}"

    def has(self, name: str, iri: str) -> bool:
        return True

    def here(self, changes: Mapping[str, str] | None = None, format: str = "html") -> str:
        return f"x:here.{format}"

    def static(self, name: str) -> str:
        return f"x:static.{name}"


@pytest.fixture(scope="module")
def facts() -> Iterator[Facts]:
    with open_facts() as opened:
        yield opened


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", LOOKS)
def test_every_address_is_asked_for(facts: Facts, name: str, lang: str) -> None:
    group = facts.compared()[0].name
    data = LOOKS[name](facts, {"iri": ZHIPU, "q": "zhipu", "id": group, "lang": lang})
    page = render(Page(name, lang, Elsewhere()), data)
    assert 'href="x:' in page
    for wrong in ('href="/', 'src="/', 'action="/', 'data-ask="/'):
        assert wrong not in page


def test_no_server_is_needed() -> None:
    code = "import sys, factscape.web.looking, factscape.web.rendering"
    code += "; sys.exit('starlette' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_both_languages_have_the_same_words() -> None:
    assert words()["en"].keys() == words()["zh"].keys()
