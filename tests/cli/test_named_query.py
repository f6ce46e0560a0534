"""`factscape query --name`: queries with a name, their parameters, and answers that are expected."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


def own_facts(folder: Path) -> Path:
    """Write facts of one's own with two queries, one of which has the name of a bundled one."""
    (folder / "queries").mkdir(parents=True)
    (folder / "facts.ttl").write_text(
        """@prefix e: <http://example.org/> .
        @prefix fs: <https://w3id.org/factscape/ontology#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        e:a a fs:Company ; skos:prefLabel "Acme"@en , "极点"@zh ; e:size 2 .
        e:b a fs:Company ; skos:prefLabel "Bean, Ltd"@en , "豆"@zh ; e:size 3 .
        """,
        encoding="utf-8",
    )
    (folder / "queries" / "sizes.rq").write_text(
        """#+ title: Sizes
#+ title-zh: 规模
#+ question: How large is Acme?
#+ question-zh: 极点有多大？
#+ parameters:
#+   company: {type: thing, label: company, label-zh: 公司}
#+   lang: {type: text}
#+ columns: {size: size, size-zh: 规模}
SELECT ?company ?size ?word {
  VALUES $company { e:a }
  VALUES $lang { "en" }
  $company e:size ?size .
  VALUES ?word { "large"@en "大"@zh }
  FILTER (LANG(?word) = $lang)
}
ORDER BY ?size
""",
        encoding="utf-8",
    )
    (folder / "queries" / "finances.rq").write_text("ASK {}", encoding="utf-8")
    return folder


# Once for all tests: what is compiled of them is used again.
@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return own_facts(tmp_path_factory.mktemp("own") / "mine")


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = own_facts(tmp_path_factory.mktemp("own") / "mistaken")
    (folder / "queries" / "bad.rq").write_text("#+ titel: A\nASK {}", encoding="utf-8")
    (folder / "queries" / "wrong.rq").write_text("#+ title: A\nSELCT ?x {}", encoding="utf-8")
    return folder


def test_the_list_of_queries(factscape: Run, mine: Path) -> None:
    done = factscape("query", "--list", "--facts", mine)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[lines.index("sizes") :][:3] == [
        "sizes",
        "  How large is Acme?",
        "  company (thing): Acme",
    ]
    assert "offerings" in lines
    replaced = f"  {mine / 'queries' / 'finances.rq'}, in the place of "
    assert lines[lines.index("finances") + 2].startswith(replaced)
    chinese = factscape("query", "-l", "--facts", mine, "--lang", "zh").stdout
    assert "sizes\n  极点有多大？\n  company (thing): 极点\n" in chinese


def test_the_list_of_queries_as_json(factscape: Run, mine: Path) -> None:
    done = factscape("query", "--list", "--json", "--facts", mine)
    queries = {query["name"]: query for query in json.loads(done.stdout)["queries"]}
    assert list(queries) == sorted(queries)
    assert queries["sizes"]["question"] == {"en": "How large is Acme?", "zh": "极点有多大？"}
    assert queries["sizes"]["parameters"][0]["default"] == ["e:a"]
    assert queries["finances"]["replaces"].endswith("finances.rq")


def test_a_query_is_asked_by_its_name(factscape: Run, mine: Path) -> None:
    done = factscape("query", "--name", "sizes", "--facts", mine)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Sizes · company: Acme",
        "company  size  word",
        "-------  ----  -----",
        "Acme        2  large",
    ]


def test_parameters_are_set(factscape: Run, mine: Path) -> None:
    ask = ["query", "-n", "sizes", "--facts", mine, "--format", "csv"]
    assert factscape(*ask, "--set", "company=豆").stdout.split() == [
        "company,size,word",
        '"Bean,',
        'Ltd",3,large',
    ]
    both = factscape(*ask, "--set", "company=Acme", "--set", "company=e:b")
    every = factscape(*ask, "--set", "company=")
    assert both.stdout == every.stdout
    assert len(every.stdout.splitlines()) == 3


def test_a_named_query_answers_in_chinese(factscape: Run, mine: Path) -> None:
    done = factscape("query", "-n", "sizes", "--facts", mine, "--lang", "zh")
    assert done.stdout.splitlines()[0] == "规模 · 公司: 极点"
    assert done.stdout.splitlines()[1].split() == ["公司", "规模", "word"]
    assert done.stdout.splitlines()[3].split() == ["极点", "2", "大"]


@pytest.mark.parametrize(
    ("format", "answer"),
    [
        ("md", "| company | size | word |\n| --- | --- | --- |\n| Bean, Ltd | 3 | large |\n"),
        ("tsv", "company\tsize\tword\nBean, Ltd\t3\tlarge\n"),
        ("csv", 'company,size,word\r\n"Bean, Ltd",3,large\r\n'),
    ],
)
def test_formats_of_a_named_query(
    factscape: Run, mine: Path, tmp_path: Path, format: str, answer: str
) -> None:
    ask = ["query", "-n", "sizes", "--facts", mine, "--set", "company=e:b", "--format", format]
    assert factscape(*ask, "-o", "answer").returncode == 0
    assert (tmp_path / "answer").read_bytes().decode("utf-8") == answer
    assert "http://example.org/b" in factscape(*ask, "--iris").stdout or format == "md"


def test_programs_get_iris(factscape: Run, mine: Path) -> None:
    done = factscape("query", "-n", "sizes", "--facts", mine, "--json")
    (row,) = json.loads(done.stdout)["results"]["bindings"]
    assert row["company"]["value"] == "http://example.org/a"
    table = factscape("query", "-n", "sizes", "--facts", mine, "--iris")
    assert table.stdout.splitlines()[3].split() == ["e:a", "2", "large"]


def test_the_own_query_is_asked_and_that_is_said(factscape: Run, mine: Path) -> None:
    done = factscape("query", "--name", "finances", "--facts", mine)
    assert done.stdout.splitlines()[-1] == "true"
    assert f"finances: {mine / 'queries' / 'finances.rq'}, in the place of " in done.stderr


def test_a_file_with_parameters(factscape: Run, mine: Path) -> None:
    file = mine / "queries" / "sizes.rq"
    for arguments in ([file], ["--file", file]):
        done = factscape("query", *arguments, "--set", "company=e:b", "--facts", mine)
        assert done.stdout.splitlines()[0] == "Sizes · company: Bean, Ltd"


def test_expected_answers_are_checked(factscape: Run, tmp_path: Path) -> None:
    folder = own_facts(tmp_path / "mine")
    file = folder / "queries" / "sizes.rq"
    text = file.read_text(encoding="utf-8")
    expected = "#+ expected:\n#+   - all: [{company: e:a, size: 2}]\n"
    file.write_text(expected + text, encoding="utf-8")
    done = factscape("query", "--check", "--facts", folder)
    # Bundled queries expect their answers of the bundled facts only.
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "1 query that says what to expect, 0 wrong\n"
    wrong = expected + "#+   - given: {company: [Acme, 豆]}\n#+     all: [{size: 4}]\n" + text
    file.write_text(wrong, encoding="utf-8")
    done = factscape("query", "--check", "--name", "sizes", "--facts", folder, "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "checked": ["sizes"],
        "wrong": [
            f"{file}:3: no row has size '4'",
            f"{file}:3: a row too many: company 'e:a', size '2', word 'large'",
            f"{file}:3: a row too many: company 'e:b', size '3', word 'large'",
        ],
    }
    assert (
        factscape("query", "--check", "--facts", folder).stdout.splitlines()
        == (json.loads(done.stdout)["wrong"])
    )


def test_an_empty_answer_says_what_can_be_set(factscape: Run, mine: Path) -> None:
    done = factscape("query", "-n", "offerings", "--facts", mine)
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "no rows: nothing in these facts fits the query",
        "  --set company=…  (thing) company",
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--name", "size"], 2, "there is no query 'size'\n  did you mean sizes?"),
        (["--name", "sizes", "--set", "compny=e:a"], 2, "did you mean company?"),
        (["--name", "sizes", "--set", "company"], 2, "--set company gives no value"),
        (["--name", "sizes", "--set", "company=Acne"], 1, "nothing here is called 'Acne'"),
        (["--name", "sizes", "--set", "lang="], 2, "parameter lang cannot be left open"),
        (["--name", "sizes", "ASK {}"], 2, "not both"),
        (["--set", "company=e:a", "ASK {}"], 2, "--set goes with a query that has parameters"),
        (["--name", "sizes", "--format", "ttl"], 2, "formats that fit: table, md"),
        (["--name", "sizes", "--lang", "fr"], 2, "'fr' is not one of 'en', 'zh'"),
        (["--name", "bad"], 1, "bad.rq:1:4: 'titel' is no part of this\n  did you mean title?"),
        (["--name", "wrong"], 1, "wrong.rq:2:1: 'SELCT' is not expected here"),
    ],
)
def test_what_is_asked_wrongly_by_name_is_said(
    factscape: Run, mistaken: Path, arguments: list[str], status: int, words: str
) -> None:
    done = factscape("query", *arguments, "--facts", mistaken)
    assert (done.returncode, done.stdout) == (status, "")
    assert words in done.stderr


def test_the_query_of_a_new_folder_has_a_name(factscape: Run, tmp_path: Path) -> None:
    assert factscape("init", "coffee").returncode == 0
    done = factscape("query", "--facts", "coffee", "--name", "revenue")
    assert (done.returncode, done.stderr) == (0, "")
    assert "12.5 million US dollars" in done.stdout
    assert "\nrevenue\n" in factscape("query", "--facts", "coffee", "--list").stdout
