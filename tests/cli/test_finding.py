"""`search`, `path` and `completion`, as a person types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

from factscape.names.labels import columns

Run = Callable[..., CompletedProcess[str]]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("智谱", "name"),
        ("智譜", "alias"),
        ("ZHIPUAI", "alias"),
        ("id:zhipu", "identifier"),
        ("zhipuu", "typo"),
    ],
)
def test_search_says_why_a_thing_was_found(factscape: Run, typed: str, reason: str) -> None:
    done = factscape("search", typed, "--json")
    assert done.returncode == 0
    best = json.loads(done.stdout)["hits"][0]
    assert best["iri"] == "https://w3id.org/factscape/id/zhipu"
    assert best["reason"] == reason


def test_search_prints_a_table(factscape: Run) -> None:
    done = factscape("search", "antropic", "--lang", "zh")
    head, _, first, *_ = done.stdout.splitlines()
    assert head.split() == ["thing", "kind", "found", "as", "because", "of", "IRI"]
    assert first.split() == ["Anthropic", "公司", "Anthropic", "typo", "id:anthropic"]


@pytest.mark.parametrize("typed", ["", "zzzzqqqqxxxx", "🦊", "x" * 10_000, ".*(", "SELECT * {"])
def test_search_for_what_is_not_there(factscape: Run, typed: str) -> None:
    done = factscape("search", typed)
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing is called that" in done.stderr


def test_a_path_names_the_source_of_every_step(factscape: Run) -> None:
    done = factscape("path", "Hong Kong Stock Exchange", "Claude")
    assert done.returncode == 0
    way, *steps = done.stdout.splitlines()
    assert way.startswith("Hong Kong Stock Exchange → ")
    assert way.endswith(" → Claude")
    assert steps
    told = json.loads(factscape("path", "Hong Kong Stock Exchange", "Claude", "--json").stdout)
    facts = [fact for path in told["paths"] for step in path["steps"] for fact in step]
    assert len(facts) >= len(steps)
    assert all(fact["citations"] for fact in facts)


def test_a_path_fits_a_narrow_terminal(terminal: Callable[..., str]) -> None:
    shown = terminal("path", "Hong Kong Stock Exchange", "Claude", COLUMNS="40", NO_COLOR="1")
    assert max(map(columns, shown.splitlines())) <= 40
    assert " ".join(shown.split()).startswith("Hong Kong Stock Exchange → ")


def test_paths_as_json(factscape: Run) -> None:
    done = factscape("path", "id:zhipu", "OpenAI", "-k", "3", "--json")
    paths = json.loads(done.stdout)["paths"]
    assert len(paths) == 3
    lengths = [len(path["steps"]) for path in paths]
    assert lengths == sorted(lengths)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["Pfizer", "IDC", "--max-steps", "1"], 1, "none within 1 step: Pfizer – IDC"),
        (["Zhipu", "智譜"], 1, "Zhipu is one thing: name two"),
        (["Zhipu", "Nobodyatall"], 1, "Nobodyatall"),
        (["Zhipu"], 2, "END"),
    ],
)
def test_no_path(factscape: Run, arguments: list[str], status: int, said: str) -> None:
    done = factscape("path", *arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(factscape: Run, shell: str) -> None:
    done = factscape("completion", shell)
    assert done.returncode == 0
    assert "_FACTSCAPE_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("words", "position", "completed"),
    [("factscape loo", "1", "plain,lookup"), ("factscape lookup Anthr", "2", "plain,Anthropic")],
)
def test_commands_and_names_are_completed(
    factscape: Run, words: str, position: str, completed: str
) -> None:
    done = factscape(_FACTSCAPE_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=position)
    assert completed in done.stdout.splitlines()
    assert done.stderr == ""
