"""docs/terms.md says what the ontology says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def generate(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(root / "docs" / "generate_terms.py"), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def copied(target: Path) -> Path:
    """Copy the generator, its page and what it reads."""
    for path in [
        ROOT / "docs" / "generate_terms.py",
        ROOT / "docs" / "terms.md",
        *(ROOT / "ontology").glob("*.ttl"),
    ]:
        copy = target / path.relative_to(ROOT)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    return target


def test_the_page_is_fresh() -> None:
    done = generate(ROOT, "--check")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_stale_page_is_reported_and_left_alone(tmp_path: Path) -> None:
    root = copied(tmp_path)
    page = root / "docs" / "terms.md"
    page.write_text("stale", encoding="utf-8")
    done = generate(root, "--check")
    assert done.returncode == 1
    assert done.stderr == "docs/terms.md is not what the ontology says: run `make docs`\n"
    assert page.read_text(encoding="utf-8") == "stale"


def test_a_missing_page_is_reported(tmp_path: Path) -> None:
    root = copied(tmp_path)
    (root / "docs" / "terms.md").unlink()
    assert generate(root, "--check").returncode == 1


def test_writing_makes_the_page_fresh_with_the_same_bytes(tmp_path: Path) -> None:
    root = copied(tmp_path)
    page = root / "docs" / "terms.md"
    page.write_text("stale", encoding="utf-8")
    assert generate(root).returncode == 0
    assert page.read_bytes() == (ROOT / "docs" / "terms.md").read_bytes()


def test_a_new_term_makes_the_page_stale(tmp_path: Path) -> None:
    root = copied(tmp_path)
    with (root / "ontology" / "factscape.ttl").open("a", encoding="utf-8") as file:
        file.write('\nfs:Planet a owl:Class ; rdfs:label "planet | world"@en .\n')
    assert generate(root, "--check").returncode == 1
    assert generate(root).returncode == 0
    text = (root / "docs" / "terms.md").read_text(encoding="utf-8")
    assert '<a id="Planet"></a>`fs:Planet` | planet \\| world |' in text


def test_an_unknown_option_is_misuse() -> None:
    done = generate(ROOT, "--chekc")
    assert done.returncode == 2
    assert "--chekc" in done.stderr


def test_every_term_is_on_the_page() -> None:
    text = (ROOT / "docs" / "terms.md").read_text(encoding="utf-8")
    terms = (ROOT / "ontology" / "factscape.ttl").read_text(encoding="utf-8").splitlines()
    names = [line for line in terms if line.startswith("fs:")]
    assert len(names) > 200
    assert [name for name in names if f"</a>`{name}`" not in text] == []
