"""What a browser and a program are told of an address that leads nowhere or asks what does not fit."""

from __future__ import annotations

import httpx
import pytest
from tests.web.conftest import Server
from tests.web.pages import HTML, Links


@pytest.mark.parametrize(
    "path",
    [
        "/id/nobody",
        "/thing/id/nobody.json",
        "/thing?iri=javascript:alert(1)",
        "/nowhere",
        "/conflict/zhipu.net-loss.0000000000",
        "/conflicts?thing=nobody-at-all",
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_what_is_not_there(server: Server, path: str, accept: str) -> None:
    address = server.address.rstrip("/") + path
    answer = httpx.get(address, headers={"accept": accept}, follow_redirects=True)
    assert answer.status_code == 404
    assert answer.headers["content-type"].split(";")[0] == accept
    if accept == "application/json":
        assert answer.json()["error"]["message"]


def test_a_name_that_is_nearly_one_says_which(server: Server) -> None:
    said = server.get("/thing/id/zhipuu.json")
    assert said.status_code == 404
    assert said.json()["error"]["hint"].startswith("did you mean\n  Zhipu")
    longest = server.get("/thing/id/" + "zhipu" * 500)
    assert longest.status_code == 404 and len(longest.text) < 10_000


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/?as-of=yesterday", "2025-12-19"),
        ("/thing/id/zhipu?known-by=13-13", "2025-12-19"),
        ("/thing/id/zhipu?in=gold", "in=CNY"),
        ("/things?kind=Unicorn", "Company"),
        ("/things?sort=luck", "sort=neighbours"),
        ("/metrics?sort=x", "sort=name"),
        ("/sources?sort=x", "sort=publisher"),
        ("/sources?reliability=Z", "reliability=A"),
        ("/conflicts?class=odd", "class=revised"),
        ("/conflicts?from=x", "from=0"),
        ("/things?from=-1", "from=0"),
    ],
)
def test_a_wrong_parameter_says_what_to_do(server: Server, path: str, told: str) -> None:
    said = server.get(path, headers={"accept": "application/json"})
    assert said.status_code == 400
    assert told in said.json()["error"]["hint"]
    page = server.get(path, headers=HTML)
    assert page.status_code == 400 and told in page.text
    # The way out of it is not wrong again.
    name, _, value = path.partition("?")[2].partition("=")
    assert not [link for link in Links(page.text).links if f"{name}={value}" in link]


@pytest.mark.parametrize(
    ("path", "heading"), [("/things?sort=x", "这样问无法回答"), ("/thing/id/nobody", "没有找到")]
)
def test_what_went_wrong_is_headed_in_the_reader_s_language(
    server: Server, path: str, heading: str
) -> None:
    page = server.get(path, headers={**HTML, "accept-language": "zh"}).text
    assert f'<h1>{heading}</h1>\n<div lang="en">' in page
