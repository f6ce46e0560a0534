"""What a site is made from: whatever may change its bytes, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from factscape.opening import open_facts
from factscape.web.publishing.inputs import hash_of_inputs


@pytest.mark.parametrize("what", ["facts", "query", "address", "program"])
def test_what_a_site_is_made_from(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hashed(base_url: str | None = None) -> str | None:
        with open_facts([str(folder)]) as facts:
            return hash_of_inputs(facts, base_url)

    folder = tmp_path / "facts"
    (folder / "queries").mkdir(parents=True)
    (folder / "a.ttl").write_text('<urn:a> <urn:b> "c" .', encoding="utf-8")
    query = folder / "queries" / "mine.rq"
    query.write_text("ASK {}", encoding="utf-8")  # without a header: it need not be right
    before = hashed()
    folder = folder.rename(tmp_path / "moved")
    assert before is not None and before == hashed()
    if what == "facts":
        (folder / "a.ttl").write_text('<urn:a> <urn:b> "d" .', encoding="utf-8")
    elif what == "query":
        (folder / "queries" / "mine.rq").write_text("ASK { ?s ?p ?o }", encoding="utf-8")
    elif what == "program":
        monkeypatch.setattr("factscape.web.publishing.inputs.version", lambda _: "0")
    assert hashed("https://example.org/" if what == "address" else None) != before
