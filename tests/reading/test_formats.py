from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest

from factscape.errors import FactsNotFoundError, FactsSyntaxError
from factscape.reading import read_quads
from factscape.reading.formats import format_of, open_rdf

TURTLE = '<urn:a> <urn:p> "智谱"@zh .\n'
SAME = {
    "a.ttl": TURTLE,
    "a.trig": TURTLE,
    "a.nt": TURTLE,
    "a.nq": TURTLE,
    "a.rdf": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
        '<rdf:Description rdf:about="urn:a"><u:p xml:lang="zh">智谱</u:p></rdf:Description>'
        "</rdf:RDF>"
    ),
    "a.jsonld": '{"@id": "urn:a", "urn:p": {"@value": "智谱", "@language": "zh"}}',
}
SAME |= {"a.owl": SAME["a.rdf"], "a.xml": SAME["a.rdf"], "a.json": SAME["a.jsonld"]}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", sorted(SAME))
def test_every_format_reads_the_same(tmp_path: Path, name: str, packed: bool) -> None:
    path = tmp_path / (name + ".gz" if packed else name)
    data = SAME[name].encode()
    path.write_bytes(gzip.compress(data) if packed else data)
    assert [str(quad) for quad in read_quads(path)] == ['<urn:a> <urn:p> "智谱"@zh']


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes(b"\xef\xbb\xbf" + TURTLE.encode())
    assert len(list(read_quads(path))) == 1


@pytest.mark.parametrize("name", ["a", "a.txt", "a.csv", "a.gz", "a.ttl.zip"])
def test_a_name_that_says_no_format(name: str) -> None:
    with pytest.raises(FactsNotFoundError, match="does not say which format") as raised:
        format_of(Path(name))
    assert ".ttl" in raised.value.hint


@pytest.mark.parametrize("data", [b"not gzip", gzip.compress(TURTLE.encode(), mtime=0)[:-9], b""])
def test_what_is_not_whole_gzip(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.ttl.gz"
    path.write_bytes(data)
    if not data:
        assert list(read_quads(path)) == []
        return
    with pytest.raises(FactsSyntaxError, match="gzip") as raised:
        list(read_quads(path))
    assert raised.value.place is not None
    assert raised.value.place.file == str(path)


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(FactsNotFoundError, match="cannot be read"):
        open_rdf(tmp_path / "missing.ttl")


XML = (
    '<?xml version="1.0"?>\n<!DOCTYPE r [\n{entities}\n]>\n<rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
    '<rdf:Description rdf:about="urn:a"><u:p>&x;</u:p></rdf:Description></rdf:RDF>'
)


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY y "aaaaaaaaaa">\n<!ENTITY x "&y;&y;&y;&y;&y;&y;&y;&y;">',
        "<!ENTITY y 'aaaaaaaaaa'>\n<!ENTITY x '&y;&y;&y;&y;&y;&y;&y;&y;'>",
        '<!ENTITY y "a">\n<!ENTITY x "' + "a" * 100_000 + '">',
    ],
)
def test_entities_that_grow_are_refused(tmp_path: Path, entities: str) -> None:
    path = tmp_path / "a.rdf"
    path.write_text(XML.format(entities=entities), encoding="utf-8")
    with pytest.raises(FactsSyntaxError, match="entity") as raised:
        list(read_quads(path))
    assert raised.value.place is not None
    assert raised.value.place.line == 4


def test_a_plain_entity_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.rdf"
    path.write_text(XML.format(entities='<!ENTITY x "urn:x">'), encoding="utf-8")
    assert [quad.object for quad in read_quads(path)] == [ox.Literal("urn:x")]


@pytest.mark.parametrize("kind", ['SYSTEM "{uri}"', 'PUBLIC "p" "{uri}"'])
def test_an_entity_that_names_a_file_is_not_read(tmp_path: Path, kind: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    path = tmp_path / "a.rdf"
    entity = "<!ENTITY x " + kind.format(uri=secret.as_uri()) + ">"
    path.write_text(XML.format(entities=entity), encoding="utf-8")
    with pytest.raises(FactsSyntaxError):
        list(read_quads(path))


@pytest.mark.parametrize("key", ["@context", "@import"])
def test_a_remote_context_is_refused_without_a_request(tmp_path: Path, key: str) -> None:
    context = '"{uri}"' if key == "@context" else '{{"@version": 1.1, "@import": "{uri}"}}'
    local = tmp_path / "context.jsonld"
    local.write_text('{"@context": {"name": "urn:p"}}', encoding="utf-8")
    path = tmp_path / "a.jsonld"
    path.write_text(
        '{"@context": ' + context.format(uri=local.as_uri()) + ', "@id": "urn:a", "name": "x"}',
        encoding="utf-8",
    )
    with pytest.raises(FactsSyntaxError) as raised:
        list(read_quads(path))
    assert "contexts from elsewhere are never fetched" in raised.value.hint
