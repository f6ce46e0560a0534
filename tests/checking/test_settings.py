"""What the user sets: severities in a profile, decisions on names; and the heads of check files."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from factscape.checking import SEVERITIES, every_check, read_profile
from factscape.checking.asking import ask_check
from factscape.checking.catalogue import query_checks
from factscape.checking.decided import read_decisions
from factscape.errors import FactscapeError, FactsNotFoundError, FactsSyntaxError, QueryHeaderError

HEAD = """\
#+ id: odd
#+ title: An odd thing
#+ title-zh: 怪事
#+ severity: info
#+ message: "{subject} is odd, and {other} too."
#+ hint: "Even it out: {{ {value} }}."
"""


def test_ids_are_unique_and_severities_known() -> None:
    checks = every_check()
    assert len({check.id for check in checks}) == len(checks)
    assert {check.severity for check in checks} <= set(SEVERITIES)
    assert all(check.title["en"] and check.title["zh"] for check in checks)


def test_every_check_is_described_on_its_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "checking.md").read_text(encoding="utf-8")
    ids = [check.id for check in every_check() if not check.id.startswith("shape:")]
    assert [id_ for id_ in ids if f"`{id_}`" not in page] == []


def test_a_profile_sets_severities(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(
        '[severity]\nconflict = "error"\n"shape:thing-name" = "off"\n', encoding="utf-8"
    )
    assert read_profile(path, every_check()) == {"conflict": "error", "shape:thing-name": "off"}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[severity]\nconflikt = "error"\n', 2, "did you mean conflict?"),
        ('[severity]\n\n"conflict" = "bad"\n', 3, "one of: error, warning, info, off"),
        ("[severity]\nconflict = 1\n", 2, "conflict cannot be 1"),
        ('[severity]\nzzz = "off"\n', 2, "--list-checks"),
        ("[severity\n", 1, "this is not TOML"),
        ("[severities]\n", None, "a profile is one table"),
        ("severity = 1\n", None, "a profile is one table"),
    ],
)
def test_a_wrong_profile_says_where(
    tmp_path: Path, text: str, line: int | None, message: str
) -> None:
    path = tmp_path / "p.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FactsSyntaxError) as caught:
        read_profile(path, every_check())
    assert caught.value.place is not None
    assert caught.value.place.line == line
    assert message in str(caught.value)


def test_profiles_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FactsNotFoundError):
        read_profile(tmp_path / "gone.toml", ())
    (tmp_path / "p.toml").write_bytes(b"\xff")
    with pytest.raises(FactsSyntaxError, match="UTF-8"):
        read_profile(tmp_path / "p.toml", ())


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('\n[[different]]\nthings = ["id:a"]\nreason = "x"\n', 2, "at least two things"),
        ('[[same]]\nthings = ["id:a", "id:b"]\n', 1, "and a reason"),
        ('[[same]]\nthings = ["id:a", 2]\nreason = "x"\n', 1, "at least two things"),
        ("[[other]]\n", None, "and nothing else"),
        ("[[same]\n", 1, "this is not TOML"),
        ("different = 3\n", None, "at least two things"),
    ],
)
def test_a_wrong_decision_says_where(
    tmp_path: Path, text: str, line: int | None, message: str
) -> None:
    (tmp_path / "decided.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FactsSyntaxError) as caught:
        read_decisions([tmp_path / "a.ttl"])
    assert caught.value.place is not None
    assert caught.value.place.line == line
    assert message in str(caught.value)


def test_decisions_hold_for_pairs_in_any_order(tmp_path: Path) -> None:
    (tmp_path / "decided.toml").write_text(
        '[[different]]\nthings = ["id:a", "<urn:b>", "id:c"]\nreason = "x"\n', encoding="utf-8"
    )
    made = read_decisions([tmp_path / "a.ttl", tmp_path / "b.ttl"])
    a, b = "https://w3id.org/factscape/id/a", "urn:b"
    assert made.different(b, a)
    assert not made.same(a, b)
    assert not made.different(a, "urn:d")


def test_a_check_file_is_a_query_with_a_head(tmp_path: Path) -> None:
    (tmp_path / "odd.rq").write_text(
        HEAD + 'SELECT ?subject ?value { BIND (id:a AS ?subject) BIND ("v" AS ?value) }',
        encoding="utf-8",
    )
    (check,) = query_checks(tmp_path)
    (found,) = ask_check(check, ox.Store())
    assert found.message == "id:a is odd, and … too."
    assert found.hint == "Even it out: { v }."
    assert found.subject == "https://w3id.org/factscape/id/a"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD.replace("odd", "even", 1), "the id is the file's name"),
        (HEAD.replace("info", "fatal"), "'fatal' is no severity"),
        (HEAD.replace("#+ severity: info\n", ""), "a check needs severity"),
        (HEAD.replace("{{", "{"), "hint"),
        ("SELECT * {}", "a check needs id"),
    ],
)
def test_a_wrong_head_says_what_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "odd.rq").write_text(text, encoding="utf-8")
    with pytest.raises(QueryHeaderError, match=message):
        query_checks(tmp_path)


@pytest.mark.parametrize("query", ["ASK {}", "SELECT ?x { ?x ?y ?z }", "SELECT"])
def test_a_query_that_is_no_check_names_its_file(tmp_path: Path, query: str) -> None:
    (tmp_path / "odd.rq").write_text(HEAD + query, encoding="utf-8")
    (check,) = query_checks(tmp_path)
    with pytest.raises(FactscapeError, match=r"odd\.rq"):
        list(ask_check(check, ox.Store()))
