"""Facts that are hostile, huge, or hardly there, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from factscape.store.oxigraph import MemoryStore
from factscape.terms import RDF
from factscape.views import network_page, write_page

if TYPE_CHECKING:
    from tests.browser.conftest import Look, StoreOf, Written

HOSTILE = {
    "element": "</script><script>window.ran = 1</script>",
    "comment": "<!--<script>window.ran = 1",
    "image": "<img src=x onerror='window.ran = 1'>",
    "svg": "<svg onload=window.ran=1>",
    "quotes": "\"'`${window.ran = 1}`'\"",
    "href": "href href=javascript:window.ran=1",
    "template": "{{ window }} {% raw %} ${window.ran=1}",
    "bidi": "\u202eevil\u2066 \u200fשלום مرحبا",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈 ＦＵＬＬ ｗｉｄｔｈ",
    "controls": "a\tb\u0085c\u2028d\ufeff",
    "long": "x" * 10_000,
    "words": "very long name " * 600,
    "proto": "__proto__ constructor toString",
}


def literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\u0085", "\\u0085")


def hostile_facts(name: str, text: str) -> str:
    """Return facts about `id:<name>` that say the text wherever a text can be said."""
    quoted = literal(text)
    return f"""
    id:{name} a fs:Company ; skos:prefLabel {quoted}@en ; skos:altLabel {quoted} .
    id:{name}-b a <urn:{name}-kind> ; skos:prefLabel "B"@en, {quoted}@zh .
    <urn:{name}-kind> <http://www.w3.org/2000/01/rdf-schema#label> {quoted} .
    <javascript:window.ran={name}> a fs:Source ; dct:title {quoted} ;
      schema:url <javascript:window.ran=1> ; dct:issued {quoted} ; fs:reliability {quoted} .
    <urn:{name}-p> a fs:Passage ; fs:passageOf <javascript:window.ran={name}> ; fs:paragraph 1 .
    <urn:{name}-p> {{
      id:{name} fs:develops id:{name}-b ; fs:motivation {quoted} .
      id:{name} <http://www.w3.org/2002/07/owl#sameAs> <javascript:window.ran=1> .
      id:{name}-o a fs:Observation ; fs:of id:{name} ; fs:metric <urn:{name}-m> ;
        fs:value {quoted} ; fs:printed {quoted} ; fs:unit <urn:{name}-u> ; fs:scope {quoted} ;
        fs:at "2025"^^xsd:gYear .
      id:{name}-op a fs:Opinion ; fs:statedBy id:{name} ; fs:concerns id:{name}-b ;
        fs:says {quoted}@en .
    }}
    <urn:{name}-m> a fs:Metric ; <http://www.w3.org/2000/01/rdf-schema#label> {quoted} .
    <urn:{name}-u> a fs:Unit ; <http://www.w3.org/2000/01/rdf-schema#label> {quoted} .
    """


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, store_of: StoreOf) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.html"
    text = "".join(hostile_facts(name, text) for name, text in HOSTILE.items())
    write_page(path, network_page(store_of(text)).html)
    return path


@pytest.mark.parametrize("how", ["", "&l=zh", "&v=list", "&t=dark"])
def test_hostile_names_and_figures_run_nothing(look: Look, hostile: Path, how: str) -> None:
    page = look(hostile, "#s=id:none")
    for name, text in HOSTILE.items():
        for thing in (f"id:{name}", f"id:{name}-b"):
            page.evaluate("to => { location.hash = to }", f"#s={thing}{how}")
            page.wait_for_function(
                "to => document.querySelector('#panel .iri')?.textContent === to", arg=thing
            )
            assert page.locator("#panel h2").inner_text().strip(), name
            assert page.locator("#panel a").count() == 0, name
        page.fill("#search", text[:50])
        assert page.evaluate("document.documentElement.scrollWidth") <= 1400, name
    assert page.evaluate("typeof window.ran") == "undefined"
    assert page.locator("body script:not([type])").count() == 2
    assert page.locator("body img, body svg[onload], body i").count() == 0


def test_only_web_addresses_are_links(look: Look, written: Written) -> None:
    path = written("""
    id:a a fs:Company ; skos:prefLabel "A"@en ; skos:exactMatch <http://www.wikidata.org/entity/Q1> .
    id:b a fs:Company ; skos:prefLabel "B"@en ; skos:exactMatch <file:///etc/passwd>, <data:text/html,x> .
    <urn:s> a fs:Source ; dct:title "S" ; schema:url <https://example.org/a?b=1#c> .
    <urn:p> a fs:Passage ; fs:passageOf <urn:s> ; fs:paragraph 3 .
    <urn:p> { id:a fs:competesWith id:b }
    """)
    page = look(path, "#s=id:a")
    links = page.locator("#panel a")
    assert sorted(links.evaluate_all("all => all.map(a => a.href)")) == [
        "http://www.wikidata.org/entity/Q1",
        "https://example.org/a?b=1#c",
    ]
    assert set(links.evaluate_all("all => all.map(a => a.rel)")) == {"noopener noreferrer"}
    page = look(path, "#s=id:b")
    assert page.locator("#panel a").count() == 1
    assert "file:///etc/passwd" in page.locator("#panel").inner_text()


def test_the_policy_stops_what_would_get_in(look: Look, article: Path) -> None:
    page = look(article, trouble=True)
    written = page.evaluate("""() => {
      try { document.body.insertAdjacentHTML('beforeend', '<i>x</i>'); return 'written'; }
      catch (error) { return error.name; }
    }""")
    assert written == "TypeError"
    stopped = page.evaluate("""async () => {
      const script = document.createElement('script');
      script.append('window.ran = 1');
      try { document.body.append(script); } catch { /* Trusted Types */ }
      const image = new Image();
      image.src = 'https://example.org/x.png';
      const asked = await fetch('https://example.org/').then(() => 'asked', () => 'stopped');
      await new Promise((done) => setTimeout(done, 100));
      return [asked, typeof window.ran, window.violations.map((one) => one.split(' ')[0])];
    }""")
    assert stopped[:2] == ["stopped", "undefined"]
    assert {"connect-src", "img-src", "require-trusted-types-for"} <= set(stopped[2])


def test_a_network_of_one_thing(look: Look, written: Written) -> None:
    page = look(written('id:a a fs:Company ; skos:prefLabel "Alone"@en .'))
    assert page.locator("#counts").inner_text() == "1 thing · 0 links · 0 sources"
    page.focus("#picture")
    page.keyboard.press("ArrowRight")
    assert page.locator("#panel h2").inner_text() == "Alone"
    assert "No figure, relation or opinion" in page.locator("#panel").inner_text()
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("0")
    page.keyboard.press("+")


def test_a_network_of_nothing(look: Look, written: Written) -> None:
    page = look(written("", with_ontology=False))
    assert "nothing to draw" in page.locator("#panel").inner_text()
    page.focus("#picture")
    for key in ("ArrowRight", "Enter", "Escape", "+", "0"):
        page.keyboard.press(key)
    page.click("#fit")
    page.click("#show-list")
    page.fill("#search", "x")


def test_things_without_any_name_and_two_of_one_name(look: Look, written: Written) -> None:
    path = written("""
    id:nameless fs:develops id:one, id:two, _:blank .
    id:one a fs:Model ; skos:prefLabel "Same"@en .
    id:two a fs:Model ; skos:prefLabel "Same"@en .
    """)
    page = look(path)
    page.fill("#search", "same")
    assert page.locator("#found [role=option]").count() == 2
    page.fill("#search", "nameless")
    page.press("#search", "Enter")
    assert page.locator("#panel h2").inner_text() == "nameless"


def test_a_network_of_100_000_things_says_what_it_leaves_out(look: Look, tmp_path: Path) -> None:
    lines = "".join(
        f"<urn:t:{n}> <{RDF.type}> <urn:Thing> .\n<urn:t:{n}> <urn:knows> <urn:t:{n // 3}> .\n"
        for n in range(100_000)
    )
    store = ox.Store()
    store.bulk_load(lines.encode("ascii"), ox.RdfFormat.N_TRIPLES)
    page_of_all = network_page(MemoryStore(store))
    write_page(tmp_path / "all.html", page_of_all.html)
    page = look(tmp_path / "all.html")
    note = page.locator("#left-out").inner_text()
    assert "300 of 100,000 things" in note
    assert "--depth" in note
    near = network_page(MemoryStore(store), ["urn:t:7"], depth=1)
    write_page(tmp_path / "near.html", near.html)
    page = look(tmp_path / "near.html")
    assert "5 of 100,000 things" in page.locator("#left-out").inner_text()
    assert "--depth 2" in page.locator("#left-out").inner_text()
    assert page.locator("#panel h2").inner_text() == "urn:t:7"
