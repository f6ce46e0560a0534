"""The query page before its script runs: the library, its forms, the twin, and what strangers send."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.web.conftest import Serve, Server
from tests.web.pages import HTML, Links

from factscape.errors import MisuseError
from factscape.opening import open_facts
from factscape.query.columns import columns_of
from factscape.web.questions import fill_in, page_parts, values_in

ID = "https://w3id.org/factscape/id/"


def test_the_library_is_listed(server: Server) -> None:
    data = server.get("/query.json").json()
    names = [one["name"] for one in data["queries"]]
    assert "zhipu-losses" in names and names == sorted(names)
    assert all(one["title"]["en"] and one["title"]["zh"] for one in data["queries"])
    # In which folder of the machine the files stand is nobody's business.
    assert not any("file" in one for one in data["queries"]) and data["broken"] == []
    page = server.get("/query?lang=zh", headers=HTML)
    assert page.status_code == 200 and "智谱各期亏损" in page.text
    assert not Links(page.text).inline


def test_a_question_has_an_address_and_a_twin(server: Server) -> None:
    data = server.get("/query.json?name=finances&set.company=智谱&set.metric=net+loss").json()
    assert data["query"]["asked"] and data["query"]["view"] == "chart"
    answer = data["answer"]
    assert answer["headings"][:3] == ["company", "metric", "period"]
    printed = answer["columns"].index("printed")
    assert "29.58億元" in {row[printed]["text"] for row in answer["rows"]}
    assert {row[0]["iri"] for row in answer["rows"]} == {f"{ID}zhipu"}
    assert {row[1]["text"] for row in answer["rows"]} == {"net loss"}


def test_the_twin_speaks_chinese(server: Server) -> None:
    data = server.get("/query.json?name=finances&lang=zh").json()
    assert data["query"]["title"] == "各期收入、净亏损与研发开支"
    assert data["answer"]["headings"][0] == "公司"
    assert data["answer"]["rows"][0][0]["text"] == "智谱"


def test_the_page_asks_nothing_until_it_is_told_to(server: Server) -> None:
    path = "/query?name=zhipu-losses"
    quiet = server.get(path, headers=HTML)
    assert "29.58億元" not in quiet.text and quiet.headers["etag"]
    again = server.get(path, headers={**HTML, "if-none-match": quiet.headers["etag"]})
    assert again.status_code == 304
    told = server.get(path + "&ask=1", headers=HTML)
    assert "29.58億元" in told.text and told.headers["cache-control"] == "no-store"


def test_a_form_is_posted(server: Server) -> None:
    import httpx

    query = "SELECT ?name { id:zhipu skos:prefLabel ?name }"
    answer = httpx.post(server.address + "query", data={"query": query})
    assert (
        answer.status_code == 200 and "智谱" in answer.text and query.split("{")[0] in answer.text
    )
    wrong = httpx.post(server.address + "query", data={"query": "SELCT ?x {}"})
    assert wrong.status_code == 400 and "did you mean SELECT?" in wrong.text
    assert httpx.post(server.address + "query", json={"query": query}).status_code == 415
    refused = httpx.post(server.address + "query", data={"query": "DELETE DATA { id:a id:b id:c }"})
    assert "may not change facts" in refused.text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/query.json?name=finance", 400, "did you mean"),
        ("/query.json?name=finances&set.company=qqqqqqqq", 400, "qqqqqqqq"),
        ("/query.json?name=finances&set.firm=zhipu", 400, "no parameter"),
        ("/query.json?name=finances&query=ASK+{}", 400, "named or written"),
        ("/query.json?name=what-happened&set.since=yesterday", 400, "2025-06-30"),
        ("/query.json?name=what-happened&set.since=*", 400, "cannot be left open"),
        ("/query.json?name=" + "../" * 9 + "etc/passwd", 400, "there is no query"),
        ("/query.json?name=%00", 400, "there is no query"),
        ("/query.json?query=SELECT", 400, "query-syntax"),
        ("/query.json?query=ASK+{SERVICE+<http://e/>+{}}", 200, "query-refused"),
        ("/query/filled.json?name=finances&set.company=" + "x" * 301, 400, "at most 300"),
        ("/query/filled.json?name=finances" + "&set.company=a" * 21, 400, "at most 20"),
        ("/query/filled.json", 400, "there is no query"),
    ],
)
def test_what_is_wrong_is_told(server: Server, path: str, status: int, said: str) -> None:
    answer = server.get(path)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert said in json.dumps(error, ensure_ascii=False) and "/" not in (error["file"] or "")


HOSTILE = [
    "<script>alert(1)</script>",
    "\"' onfocus=alert(1) autofocus '\"",
    "} } DROP ALL #",
    "javascript:alert(1)",
    "{{ 7*7 }}{% for x in y %}",
    "\u202e\u0000\u2028</textarea>",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("path", ["/query?query={}&ask=1", "/query?name=finances&set.company={}"])
def test_hostile_texts_stay_texts(server: Server, path: str, text: str) -> None:
    answer = server.get(path.format(quote(text, safe="")), headers=HTML)
    assert answer.status_code in (200, 400)
    found = Links(answer.text)
    assert not found.inline and not any(link.startswith("javascript:") for link in found.links)
    assert (
        "<script>alert" not in answer.text and "49" not in answer.text.partition("<main")[2][:200]
    )


def test_what_is_set_is_never_read_as_sparql() -> None:
    with open_facts() as facts:
        query = facts.queries["what-happened"]
        with pytest.raises(MisuseError):
            fill_in(facts, query, {"since": ['2025-01-01" } } #']}, "en")
        filled = fill_in(facts, query, {"of": ["智谱"]}, "en")
    assert "VALUES $of { id:zhipu }" in filled.text
    assert filled.text.startswith("#+ title: What happened, in order\n")
    assert "#+ expected" not in filled.text and filled.headings["event"]["zh"] == "事项"


def test_every_question_can_be_shown_and_asked() -> None:
    with open_facts() as facts:
        for name, query in facts.queries.items():
            filled = fill_in(facts, query, {}, "zh")
            assert columns_of(filled.text, facts.prefixes) == list(filled.headings), name


def test_a_star_is_anything() -> None:
    with open_facts() as facts:
        filled = fill_in(facts, facts.queries["finances"], {"company": ["*"]}, "en")
    assert "VALUES $company { UNDEF }" in filled.text


def test_values_are_those_of_the_form() -> None:
    assert values_in([("set.a", "1"), ("set.a", " 2 "), ("set.b", " "), ("c", "3")]) == {
        "a": ["1", "2"]
    }


def test_the_vocabulary_counts(server: Server) -> None:
    answer = server.get("/query/vocabulary.json")
    data = answer.json()
    assert data["prefixes"]["fs"] == "https://w3id.org/factscape/ontology#"
    classes = {one["iri"].rpartition("#")[2]: one for one in data["classes"]}
    assert classes["Observation"]["zh"] == "观测" and classes["Observation"]["count"] > 100
    counts = [one["count"] for one in data["properties"]]
    assert counts == sorted(counts, reverse=True)
    again = server.get("/query/vocabulary.json", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_broken_query_breaks_no_other(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "facts" / "queries").mkdir(parents=True)
    (tmp_path / "facts" / "a.ttl").write_text(
        "@prefix x: <https://example.org/> . x:a x:b x:c .", encoding="utf-8"
    )
    broken = tmp_path / "facts" / "queries" / "broken.rq"
    broken.write_text("#+ titel: x\nASK {}\n", encoding="utf-8")
    server = serve("--facts", str(tmp_path / "facts"))
    data = server.get("/query.json").json()
    assert [(one["name"], one["file"], one["line"]) for one in data["broken"]] == [
        ("broken", "broken.rq", 1)
    ]
    assert len(data["queries"]) > 10
    assert "broken.rq:1" in server.get("/query", headers=HTML).text
    told = server.get("/query/filled.json?name=broken")
    assert told.status_code == 500 and str(tmp_path) not in told.text


def test_every_word_is_there_in_both_languages_and_every_script_is_a_file(server: Server) -> None:
    parts = page_parts()
    assert parts["query_words"]["en"].keys() == parts["query_words"]["zh"].keys()
    for name in parts["scripts"]:
        assert server.get(f"/static/{name}").status_code == 200, name


def test_the_vendored_editor_is_the_file_that_notice_names() -> None:
    root = Path(__file__).parents[2]
    notice = (root / "NOTICE").read_text(encoding="utf-8").partition("CodeMirror 6")[2]
    part = notice.partition("SHA-256:   ")
    code = (root / "graph/factscape/web/static/codemirror.min.js").read_bytes()
    assert part[2].startswith(sha256(code).hexdigest())
    lock = json.loads((root / "docs/editor/package-lock.json").read_text(encoding="utf-8"))
    for path, about in lock["packages"].items():
        name = path.removeprefix("node_modules/")
        if name and "esbuild" not in name:
            assert f"  {name} {about['version']}\n" in part[0]
            assert about["integrity"].startswith("sha512-")
