from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from factscape.names import columns

Run = Callable[..., subprocess.CompletedProcess[str]]

FOAF = """@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix e: <http://example.org/> .
e:ann a foaf:Person ; foaf:name "Ann" ; foaf:knows e:b, <http://example.org/it's&c> .
e:b a foaf:Person ; foaf:name "Bob </script>\\u001B[31m\\u202E" ; foaf:mbox <mailto:b@e.org> .
"""
SCHEMA = """@prefix schema: <http://schema.org/> .
<javascript:alert(1)> a schema:Organization ; schema:name "Acme" ; schema:member [ a schema:Person ;
  schema:name "C" ] ; schema:url <http://e/> .
"""
CONCEPTS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix c: <http://c.org/> .
c:s a skos:ConceptScheme .
c:cat a skos:Concept ; skos:inScheme c:s ; skos:prefLabel "cat"@en ; skos:broader c:animal .
c:animal a skos:Concept ; skos:inScheme c:s ; skos:prefLabel "animal"@en .
"""
VOCABULARY = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<http://v/> a owl:Ontology . <http://v/Cat> a owl:Class ; rdfs:subClassOf <http://v/Animal> .
"""
TEXTS = "<http://e/a> <http://e/note> 'a', 'b' ."
LONG = f"<http://e/a> <http://xmlns.com/foaf/0.1/name> '{'long ' * 2000}' ; <http://e/p> <http://e/b> ."


def folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "facts.ttl").write_text(text, encoding="utf-8")
    return path


def suggested(output: str) -> list[str]:
    _, _, rest = output.partition("What to type next\n")
    return [line.strip() for line in rest.splitlines()]


def test_the_bundled_facts_at_a_glance(factscape: Run) -> None:
    done = factscape()
    assert (done.returncode, done.stderr) == (0, "")
    for words in ("statements · ", "Things by kind", "Best connected", "Zhipu", "Newest sources"):
        assert words in done.stdout
    assert max(map(columns, done.stdout.splitlines())) <= 80
    assert "\x1b" not in done.stdout


def works(factscape: Run, line: str) -> None:
    words = shlex.split(line)
    assert words[0] == "factscape"
    done = factscape(*words[1:])
    assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert done.stdout or "wrote factscape.html" in done.stderr, line
    assert "no rows" not in done.stderr, line


def test_every_suggested_line_works(factscape: Run) -> None:
    lines = suggested(factscape().stdout)
    commands = [line.split()[1] for line in lines]
    assert commands.count("query") == 2
    assert {"lookup", "view", "sources", "init", "--help"} < set(commands)
    for line in lines:
        works(factscape, line)


def test_a_name_that_two_things_have_is_not_suggested(factscape: Run, tmp_path: Path) -> None:
    text = FOAF + 'e:other foaf:name "Ann" .'
    lines = suggested(factscape("--facts", folder(tmp_path / "two", text)).stdout)
    assert lines[0].endswith(" e:ann")
    works(factscape, lines[0])


@pytest.mark.parametrize(
    "text",
    [FOAF, SCHEMA, CONCEPTS, VOCABULARY, TEXTS, LONG],
    ids=["foaf", "schema.org", "skos", "vocabulary", "texts", "long"],
)
def test_any_rdf_is_shown_and_can_be_asked(factscape: Run, tmp_path: Path, text: str) -> None:
    path = folder(tmp_path / "it's data", text)
    done = factscape("--facts", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    head, _, _ = done.stdout.partition("What to type next")
    assert max(map(columns, head.splitlines()[1:])) <= 80
    lines = suggested(done.stdout)
    assert any(line.startswith("factscape query --facts ") for line in lines)
    for line in lines:
        works(factscape, line)


def test_names_and_classes_of_other_vocabularies_are_guessed(
    factscape: Run, tmp_path: Path
) -> None:
    output = factscape("--facts", folder(tmp_path / "foaf", FOAF)).stdout
    assert "4 things · 7 triples · 1 file" in output
    assert "2 Person" in output
    assert "Ann" in output.partition("Best connected")[2].splitlines()[1]
    assert "factscape sources" not in output


def test_facts_without_rows_of_any_kind_are_no_error(factscape: Run, tmp_path: Path) -> None:
    done = factscape("--facts", folder(tmp_path / "none", "# nothing\n"))
    assert done.returncode == 0
    assert "nothing" in done.stdout or "1 file" in done.stdout


def test_json_has_the_same_and_more(factscape: Run) -> None:
    done = factscape("--json")
    assert done.returncode == 0
    twin = json.loads(done.stdout)
    assert twin["connected"][0]["iri"] == "https://w3id.org/factscape/id/zhipu"
    assert twin["next"] == suggested(factscape().stdout)
    assert twin["newest"][0]["issued"] >= twin["newest"][-1]["issued"]


def test_the_locale_c_is_enough(factscape: Run) -> None:
    done = factscape(LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "Zhipu" in done.stdout


def test_on_a_terminal_only_headings_are_set_off(terminal: Callable[..., str]) -> None:
    output = terminal()
    assert output.count("\x1b[1m") == output.count("\x1b[") / 2 == 6


def test_without_colour_not_even_these(terminal: Callable[..., str]) -> None:
    assert "\x1b" not in terminal(NO_COLOR="1")
