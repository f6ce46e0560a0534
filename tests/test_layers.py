"""Imports go one way: a room may import the rooms before it in this list, and no others."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).parents[1] / "graph" / "factscape"

LAYERS = [
    "errors",
    "terms",
    "model",
    "store",
    "reading",
    "names",
    "claims",
    "network",
    "query",
    "compiling",
    "opened",
    "opening",
    "exchange",
    "checking",
    "views",
    "web",
    "cli",
]

MODULES = {
    ".".join(("factscape", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(
        ".__init__"
    ): path
    for path in sorted(ROOT.rglob("*.py"))
}


def imports(module: str) -> Iterator[tuple[str, int]]:
    """Yield what a module imports and in which line, inside functions and under conditions too."""
    path = MODULES[module]
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield (full if full in MODULES or base == "factscape" else base), node.lineno


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def ours(module: str) -> Iterator[tuple[str, int]]:
    return ((name, line) for name, line in imports(module) if name.split(".")[0] == "factscape")


def test_every_room_has_its_place_in_the_list() -> None:
    rooms = {room(module) for module in MODULES} - {"", "__main__"}
    assert rooms <= set(LAYERS), f"say in LAYERS where these stand: {rooms - set(LAYERS)}"


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down_the_list_only(module: str) -> None:
    # The package itself is the front door: it hands out everything but the command line.
    own = {"": len(LAYERS) - 1, "__main__": len(LAYERS)}.get(room(module))
    rank = LAYERS.index(room(module)) if own is None else own
    wrong = [
        f"{MODULES[module]}:{line}: {room(module) or 'factscape'} may not import {name}"
        for name, line in ours(module)
        if room(name) in LAYERS and room(name) != room(module) and LAYERS.index(room(name)) >= rank
    ]
    assert not wrong, "\n".join(wrong)


def test_no_modules_import_one_another_in_a_circle() -> None:
    # All may ask the front door for the version, which is written there because setup.cfg reads it.
    edges = {(module, name) for module in MODULES for name, _ in ours(module)}
    graph = nx.DiGraph((module, name) for module, name in edges if name != "factscape.__version__")
    assert set(graph) <= set(MODULES)
    circles = [sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1]
    assert not circles
    assert not list(nx.selfloop_edges(graph))


@pytest.mark.parametrize("module", MODULES)
def test_nobody_imports_the_source_root_by_its_name(module: str) -> None:
    assert not [name for name, _ in imports(module) if name.split(".")[0] == "graph"]


def test_only_the_entry_points_import_the_command_line() -> None:
    importers = {
        module
        for module in MODULES
        for name, _ in ours(module)
        if room(name) == "cli" and room(module) != "cli"
    }
    assert importers <= {"factscape.__main__"}
