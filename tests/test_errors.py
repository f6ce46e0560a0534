"""The tree of errors as drawn is the tree as it is; every error has the one shape."""

from __future__ import annotations

import inspect
import re

import pytest

from factscape import errors
from factscape.errors import FactscapeError, MissingExtraError, Place

CLASSES = {
    name: found
    for name, found in vars(errors).items()
    if inspect.isclass(found) and issubclass(found, FactscapeError)
}


def drawn() -> dict[str, tuple[str | None, int]]:
    """Read the docstring's tree: name -> (name of the parent, exit status)."""
    tree: dict[str, tuple[str | None, int]] = {}
    above: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"([ │├└─]{4,})(\w+Error)\b", line)
        if not found:
            continue
        depth, name = len(found[1]), found[2]
        above = [(d, n) for d, n in above if d < depth]
        parent = above[-1][1] if above else None
        said = re.search(r"exit status (\d)", line)
        status = int(said[1]) if said else tree[parent][1] if parent else -1
        tree[name] = (parent, status)
        above.append((depth, name))
    return tree


def make(name: str) -> FactscapeError:
    if CLASSES[name] is MissingExtraError:
        return MissingExtraError("pyshacl", "check")
    return CLASSES[name]("what", place=Place("a.ttl", 3, 7), hint="do this")


def test_the_tree_in_the_docstring_is_the_tree_of_classes() -> None:
    real = {
        name: (None if found is FactscapeError else found.__bases__[0].__name__, found.exit_status)
        for name, found in CLASSES.items()
    }
    assert drawn() == real


def test_codes_tell_errors_apart() -> None:
    codes = [found.code for found in CLASSES.values()]
    assert sorted(set(codes)) == sorted(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


def test_everything_public_is_exported() -> None:
    assert set(errors.__all__) == {*CLASSES, "Place"}


@pytest.mark.parametrize("name", CLASSES)
def test_every_error_has_the_same_shape(name: str) -> None:
    error = make(name)
    assert set(error.as_dict()) == {"error"}
    assert set(error.as_dict()["error"]) == {"code", "message", "file", "line", "column", "hint"}
    assert error.as_dict()["error"]["code"] == error.code
    assert error.message in str(error)
    assert error.hint in str(error)


def test_an_error_shows_its_place_first() -> None:
    error = make("FactsSyntaxError")
    assert str(error) == "a.ttl:3:7: what\n  do this"
    assert error.as_dict()["error"]["line"] == 3


def test_an_error_without_a_place_has_none() -> None:
    assert FactscapeError("what").as_dict()["error"] == {
        "code": "error",
        "message": "what",
        "file": None,
        "line": None,
        "column": None,
        "hint": None,
    }
