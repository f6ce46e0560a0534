"""What is shipped: every package, the ontology and the facts, and it works away from this folder."""

from __future__ import annotations

import configparser
import json
import os
import subprocess
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Built, Environment

ROOT = Path(__file__).parents[1]
SHIPPED = {".csv", ".ttl", ".trig", ".rq", ".toml", ".md"}


def packages_in_the_folders() -> set[str]:
    graph = ROOT / "graph"
    inner = {".".join(path.parent.relative_to(graph).parts) for path in graph.rglob("*.py")}
    return inner | {"factscape.ontology", "factscape.facts"}


def data_in_the_folders() -> dict[str, Path]:
    """What must be in every package: the path in the wheel, and the file here."""
    ours = {
        "factscape/" + path.relative_to(ROOT).as_posix(): path
        for folder in ("ontology", "facts")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in SHIPPED
    }
    beside_the_code = {
        path.relative_to(ROOT / "graph").as_posix(): path
        for path in (ROOT / "graph" / "factscape").rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
        # Tools leave their caches where they are run.
        if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
    }
    return ours | beside_the_code


def test_setup_lists_every_package() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = setup["options"]["packages"].split()
    assert sorted(listed) == sorted(packages_in_the_folders())


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "graph").rglob("*.py")}
    assert all((folder / "__init__.py").is_file() for folder in folders)


def test_nothing_lies_in_the_data_folders_that_would_be_left_out() -> None:
    files = [
        path
        for folder in ("ontology", "facts")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name != "__init__.py"
    ]
    assert {path.suffix for path in files} <= SHIPPED
    assert {".ttl", ".trig", ".rq"} <= {path.suffix for path in files}


def test_the_wheel_holds_ontology_and_facts(built: Built) -> None:
    names = set(zipfile.ZipFile(built.wheel).namelist())
    assert set(data_in_the_folders()) <= names
    for part in (
        "ontology/factscape.ttl",
        "ontology/shapes/",
        "ontology/rules/",
        "ontology/queries/",
    ):
        assert any(name.startswith(f"factscape/{part}") for name in names), part
    assert {"factscape/py.typed", "factscape/exchange/skeleton/things.ttl"} <= names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"factscape"}


def test_the_wheel_holds_the_licences(built: Built) -> None:
    names = zipfile.ZipFile(built.wheel).namelist()
    licences = {name.rsplit("/", 1)[1] for name in names if ".dist-info/licenses/" in name}
    assert licences == {"LICENSE", "LICENSE-DATA", "NOTICE"}


def test_the_sdist_holds_tests_and_docs_too(built: Built) -> None:
    with tarfile.open(built.sdist) as archive:
        names = {name.split("/", 1)[-1] for name in archive.getnames()}
    assert {path.relative_to(ROOT).as_posix() for path in data_in_the_folders().values()} <= names
    wanted = {"tests/conftest.py", "tests/test_packaging.py", "docs/asking.md", "Makefile"}
    assert wanted | {"CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "NOTICE"} <= names


def ask(installed: Environment, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the console script in a folder that has nothing to do with this one."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [str(installed.bin / "factscape"), *arguments],
        cwd=folder,
        env={**environment, "FACTSCAPE_CACHE": str(folder / "cache")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


QUESTION = "SELECT ?name WHERE { id:zhipu skos:prefLabel ?name FILTER(LANG(?name) = 'en') }"


@pytest.mark.parametrize("form", ["wheel", "sdist", "tree"])
def test_an_installed_copy_answers_from_anywhere(
    form: str, built: Built, installed: Environment, tmp_path: Path
) -> None:
    installed.install("--no-deps", "--force-reinstall", str(getattr(built, form)))
    answer = ask(installed, tmp_path, "query", "--format", "json", QUESTION)
    assert answer.returncode == 0, answer.stderr
    rows = json.loads(answer.stdout)["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == ["Zhipu"]


def test_an_installed_copy_is_not_this_folder(installed: Environment, tmp_path: Path) -> None:
    where = "import factscape, sys; print(factscape.__file__)"
    done = subprocess.run(
        [str(installed.bin / "python"), "-c", where],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert str(installed.folder) in done.stdout


def test_the_bundled_shapes_need_no_extra(installed: Environment, tmp_path: Path) -> None:
    answer = ask(installed, tmp_path, "check", "--json")
    assert answer.returncode in (0, 1), answer.stderr
    assert json.loads(answer.stdout)["shapes_checked"] is True


def test_a_missing_extra_is_named_with_the_line_to_type(
    installed: Environment, tmp_path: Path
) -> None:
    # A table in this format is read by a library of the extra `tables`.
    (tmp_path / "t.xlsx").write_bytes(b"PK")
    mapping = str(ROOT / "facts" / "tables" / "companies.mapping.toml")
    answer = ask(installed, tmp_path, "import", "t.xlsx", "--mapping", mapping, "-o", "out")
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    assert "pip install 'factscape[tables]'" in answer.stderr
