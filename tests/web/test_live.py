"""Files that change while they are served."""

from __future__ import annotations

from pathlib import Path

from tests.web.conftest import Serve, Server, eventually

GOOD = '<urn:e:a> <http://xmlns.com/foaf/0.1/name> "{}" .\n'
NAME = "SELECT ?name { <urn:e:a> <http://xmlns.com/foaf/0.1/name> ?name }"


def name(server: Server) -> str:
    return server.ask(NAME).text.split()[1]


def test_a_file_that_changes_is_read_again(serve: Serve, tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    file = folder / "a.ttl"
    file.write_text(GOOD.format("Ada"), encoding="utf-8")
    server = serve("--facts", str(folder))
    assert name(server) == "Ada"
    tag = server.ask(NAME).headers["etag"]
    file.write_text(GOOD.format("Grace"), encoding="utf-8")
    assert eventually(lambda: name(server) == "Grace", 60)
    assert server.ask(NAME).headers["etag"] != tag
    assert [hit["name"] for hit in server.get("/search.json?q=grace").json()["hits"]] == ["Grace"]
    (folder / "b.ttl").write_text('<urn:e:b> <urn:e:says> "more" .', encoding="utf-8")
    assert eventually(lambda: server.ask("ASK { <urn:e:b> ?p ?o }").text.strip() == "true", 60)


def test_a_broken_file_keeps_the_old_facts_up(serve: Serve, tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    file = folder / "a.ttl"
    file.write_text(GOOD.format("Ada"), encoding="utf-8")
    server = serve("--facts", str(folder))
    file.write_text(GOOD.format("Ada") + "<urn:e:a> oops", encoding="utf-8")
    assert eventually(lambda: server.get("/status").json()["trouble"], 60)
    assert server.get("/status").json()["trouble"].startswith("a.ttl:2")
    assert name(server) == "Ada"
    page = server.get("/", headers={"accept": "text/html"}).text
    assert "a.ttl:2" in page
    assert str(folder) not in page
    assert "facts-broken" in server.log.read_text(encoding="utf-8")
    file.write_text(GOOD.format("Grace"), encoding="utf-8")
    assert eventually(lambda: name(server) == "Grace", 60)
    assert server.get("/status").json()["trouble"] is None
    assert "a.ttl" not in server.get("/", headers={"accept": "text/html"}).text
