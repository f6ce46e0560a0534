"""Every public name is explained, and every example in an explanation runs."""

from __future__ import annotations

import ast
import doctest
import importlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "graph" / "factscape"

# By module name, not by path: so an installed wheel is what runs, when one is installed.
MODULES = {
    ".".join(("factscape", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(
        ".__init__"
    ): path
    for path in sorted(ROOT.rglob("*.py"))
    if path.name != "__main__.py"
}


@pytest.mark.parametrize("module", MODULES)
def test_examples_run(module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = doctest.testmod(importlib.import_module(module), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


def without_docstring(body: list[ast.stmt], prefix: str = "") -> Iterator[str]:
    """Yield the public functions and classes of a body that say nothing about themselves."""
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        overload = any("overload" in ast.unparse(mark) for mark in node.decorator_list)
        if node.name.startswith("_") or overload:
            continue
        if not ast.get_docstring(node):
            yield f"{prefix}{node.name} (line {node.lineno})"
        if isinstance(node, ast.ClassDef):
            yield from without_docstring(node.body, f"{node.name}.")


@pytest.mark.parametrize("module", MODULES)
def test_everything_public_has_a_docstring(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{module} says nothing about itself"
    assert not list(without_docstring(tree.body)), module


def test_missing_docstrings_are_found() -> None:
    tree = ast.parse("class A:\n  'x'\n  def f(self): ...\n  def _g(self): ...\ndef h(): ...")
    assert list(without_docstring(tree.body)) == ["A.f (line 3)", "h (line 5)"]


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [
        example
        for module in MODULES
        for test in finder.find(importlib.import_module(module))
        for example in test.examples
    ]
    assert len(found) > 20, f"only {len(found)} examples under {os.fspath(ROOT)}"
