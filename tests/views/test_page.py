"""The file: its policy, its escapes, its words, and how it is written."""

from __future__ import annotations

import json
import os
import re
import stat
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from factscape.errors import FactscapeError
from factscape.views import network_page, write_page
from factscape.views.page import LIBRARY, STATIC, interface_words, joined

if TYPE_CHECKING:
    from tests.views.conftest import StoreOf

ROOT = Path(__file__).parents[2]
VENDORED = (LIBRARY, "d3.min.js", "plot.umd.min.js")
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
BLOCK = re.compile(r'<script type="application/json" id="(\w+)">(.*?)</script>', re.DOTALL)


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def policy(html: str) -> dict[str, list[str]]:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert found
    text = found[1].replace("&#39;", "'")
    return {name: values for name, *values in (part.split() for part in text.split(";"))}


@pytest.fixture
def html(store_of: StoreOf) -> str:
    return network_page(store_of('<urn:a> rdfs:label "A" ; <urn:owns> <urn:b> .')).html


def test_the_policy_names_the_page_s_own_code_and_nothing_else(html: str) -> None:
    scripts, (style,) = SCRIPT.findall(html), STYLE.findall(html)
    assert len(scripts) == 2
    assert policy(html) == {
        "default-src": ["'none'"],
        "script-src": [hashed(script) for script in scripts],
        "style-src": [hashed(style)],
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["'none'"],
    }


def test_the_policy_stands_before_everything_it_is_about(html: str) -> None:
    assert html.index("Content-Security-Policy") < html.index("<style>") < html.index("<script")
    assert html.index("charset") < html.index("Content-Security-Policy")


def test_nothing_in_the_page_points_anywhere(html: str) -> None:
    markup = BLOCK.sub("", SCRIPT.sub("", STYLE.sub("", html)))
    assert re.findall(r'(?:src|href|action|data|srcset)="([^"]*)"', markup) == ["data:,"]
    (style,) = STYLE.findall(html)
    assert "url(" not in style
    assert "@import" not in style
    assert "sourceMappingURL" not in html
    assert not re.findall(r'\son\w+="|style="', markup)


def test_own_code_writes_text_and_never_markup() -> None:
    own = [path for path in STATIC.glob("*.js") if path.name not in VENDORED]
    assert len(own) > 10
    for path in own:
        text = path.read_text(encoding="utf-8")
        forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function"
        assert not re.findall(forbidden, text), path
        assert text.count("\n") < 500, path


HOSTILE = '</script><script>alert(1)</script><!-- <img onerror=x> & "quoted" \'\u2028'


def test_data_cannot_end_their_element(store_of: StoreOf) -> None:
    quoted = json.dumps(HOSTILE)
    page = network_page(store_of(f"<urn:a> rdfs:label {quoted} ; <urn:owns> <urn:b> ."), ["urn:a"])
    assert page.html.count("<script") == page.html.count("</script>") == 4
    blocks = dict(BLOCK.findall(page.html))
    assert set(blocks) == {"words", "data"}
    assert "<" not in blocks["data"]
    assert json.loads(blocks["data"]) == page.data == json.loads(page.as_json())
    assert page.data["terms"][page.rows("things")[0]["term"]][1] == HOSTILE
    # The title and the heading are text as well.
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in page.html


@pytest.mark.parametrize("name", ["words.json", "chart-words.json", "site-words.json"])
def test_the_interface_says_everything_in_both_languages(name: str) -> None:
    words = interface_words(name)
    assert words["en"].keys() == words["zh"].keys()

    def places(word: Any) -> set[str]:
        texts = word if isinstance(word, list) else [word]
        return {place for text in texts for place in re.findall(r"\{\w+\}", text)}

    for name, word in words["en"].items():
        assert places(word) == places(words["zh"][name]), name
        assert isinstance(word, list) == isinstance(words["zh"][name], list), name


# After what a division cannot follow: a slash there begins a regular expression.
REGEX = re.compile(
    r"(?:[=(:,!&|?>]|\breturn)\s*"
    r"(/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[dgimsuvy]*)"
)


def test_no_pattern_of_a_script_is_changed_by_leaving_space_out() -> None:
    found = 0
    for path in sorted(STATIC.glob("*.js")):
        if path.name not in VENDORED:
            lean = joined([path.name])
            for pattern in REGEX.findall(path.read_text(encoding="utf-8")):
                found += 1
                assert pattern in lean, path.name
    assert found > 20


def test_every_word_that_is_used_is_there() -> None:
    others = {*STATIC.glob("chart-*.js"), *STATIC.glob("site*.js")}
    own = [path for path in STATIC.glob("*.js") if path.name not in VENDORED]
    code = "".join(path.read_text(encoding="utf-8") for path in own if path not in others)
    template = (STATIC.parent / "templates" / "network.html").read_text(encoding="utf-8")
    used = set(re.findall(r"\bsay\(\s*'(\w+)'", code)) | set(re.findall(r"word\.(\w+)", template))
    used |= set(re.findall(r'data-(?:word|label|title|placeholder)="(\w+)"', template))
    words = interface_words()["en"].keys()
    assert len(used) > 40
    assert used <= words
    # A word that nothing says would be sent with every page for nothing.
    told = set(re.findall(r"'(\w+)'", code)) | used
    titles = {word for word in words if word.startswith("title")}
    assert words <= told | titles


def test_every_word_of_a_site_is_there() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("site*.js"))
    words = interface_words("site-words.json")["en"].keys()
    known = words | interface_words()["en"].keys()
    assert set(re.findall(r"\bsay\(\s*'(\w+)'", code)) <= known
    assert words <= set(re.findall(r"'(\w+)'", code))
    # What a page says itself is not said otherwise in a site.
    assert words.isdisjoint(interface_words()["en"].keys())
    assert words.isdisjoint(interface_words("chart-words.json")["en"].keys())


@pytest.mark.parametrize("name", VENDORED)
def test_a_vendored_library_is_the_file_that_notice_names(name: str) -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    code = (STATIC / name).read_bytes()
    assert f"SHA-256:   {sha256(code).hexdigest()}" in notice
    assert f"static/{name}" in notice
    said = re.search(rb"@version (\S+)|d3js.org v(\S+)|version=\"(0\.\d+\.\d+)\"", code)
    if said:
        version = next(filter(None, said.groups())).decode("ascii")
        assert f" {version}\n" in notice


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    write_page(path, "naïve 智谱")
    assert path.read_bytes() == "naïve 智谱".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_what_stood_there_stays_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.html"
    path.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(FactscapeError, match="No space left"):
        write_page(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FactscapeError, match="cannot be written") as caught:
        write_page(tmp_path / "nowhere" / "page.html", "x")
    assert "-o FILE" in caught.value.hint
