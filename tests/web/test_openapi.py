"""The description of the server, held against the server."""

from __future__ import annotations

from typing import Any

import pytest
from tests.web.conftest import Server

from factscape.web.app import make_app
from factscape.web.openapi import description
from factscape.web.settings import Settings

PATHS: dict[str, Any] = description()["paths"]


def test_every_address_is_described() -> None:
    app: Any = make_app(Settings())
    while not hasattr(app, "routes"):
        app = next(vars(app)[name] for name in ("_app", "_others", "app") if name in vars(app))
    found = [*app.routes, *app.router.default.app.routes]
    routes = {route.path.replace("{rest:path}", "{name}") for route in found}
    assert routes - {"/static/{name}", "/static/views/{name}"} | {"/sparql"} == PATHS.keys()


@pytest.mark.parametrize("path", PATHS)
def test_every_description_holds(server: Server, path: str) -> None:
    operation = PATHS[path]["get"]
    address = path.replace("{name}", "zhipu" if path == "/id/{name}" else "id/zhipu")
    if "{id}" in path:
        address = path.replace("{id}", server.get("/conflicts.json").json()["groups"][0]["name"])
    named = {"/thing": {"iri": "https://w3id.org/factscape/id/zhipu"}}
    named["/query/filled.json"] = {"name": "finances"}
    given = named.get(path, {})
    for status, said in operation["responses"].items():
        for media in said.get("content", {}):
            if status == "200":
                answer = server.get(address, params=given, headers={"accept": media})
                assert answer.status_code == 200 or path == "/sparql"
                assert path == "/sparql" or answer.headers["content-type"].split(";")[0] == media
        if status == "303":
            assert server.get(address).status_code == 303


def test_it_can_be_had(server: Server) -> None:
    assert server.get("/openapi.json").json() == description()
