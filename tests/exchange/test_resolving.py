from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from factscape.errors import MisuseError
from factscape.exchange.mapping import MappingFile
from factscape.exchange.resolving import Resolver, Unresolved
from factscape.exchange.vocabulary import Vocabulary
from factscape.terms import PREFIXES

if TYPE_CHECKING:
    from factscape.opening import Facts

ID = PREFIXES["id"]


def resolver(facts: Facts, **names: Any) -> Resolver:
    vocabulary = Vocabulary(facts.store)
    return Resolver(facts, vocabulary, MappingFile(Path("names.toml"), "", names), {})


def proposed(error: Unresolved) -> str:
    assert error.proposal is not None
    return error.proposal.line()


def thing(names: Resolver, text: str, field: str = "of") -> str:
    return names.thing(text, names.vocabulary.fields[field]).removeprefix(ID)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Zhipu", "zhipu"),
        ("智譜", "zhipu"),
        ("Ｚ.ai", "zhipu"),
        ("ZHIPU", "zhipu"),
        ("id:zhipu", "zhipu"),
        ("<https://w3id.org/factscape/id/zhipu>", "zhipu"),
        ("glm 4 6", "glm-4.6"),
    ],
)
def test_an_exact_name_is_taken_however_it_is_typed(facts: Facts, text: str, meant: str) -> None:
    names = resolver(facts)
    assert thing(names, text) == meant
    expected = {} if ":" in text else {text: f"id:{meant}"}
    assert names.decisions == expected


@pytest.mark.parametrize(
    "text", ["Zhip", "Zhipoo", "zhang", "zp", "GLM", "revenue", "company", "CNY"]
)
def test_nothing_is_guessed(facts: Facts, text: str) -> None:
    names = resolver(facts)
    with pytest.raises(Unresolved, match="nothing is called"):
        thing(names, text)
    assert names.decisions == {}


def test_near_names_are_told_with_the_lines_to_add(facts: Facts) -> None:
    with pytest.raises(Unresolved) as caught:
        thing(resolver(facts), "Zhipoo (智谱, Beijing)")
    assert '"Zhipoo (智谱, Beijing)" = "id:zhipu"' in caught.value.hint
    assert proposed(caught.value) == (
        '"Zhipoo (智谱, Beijing)" = { new = "id:zhipoo", type = "fs:Company", '
        'en = "Zhipoo", zh = "智谱, Beijing" }'
    )


@pytest.mark.parametrize(
    ("text", "field", "line"),
    [
        ("翠鸟", "of", '"翠鸟" = { new = "id:cuiniao", type = "fs:Company", zh = "翠鸟" }'),
        ("East", "market", '"East" = { new = "id:east", type = "fs:Market", en = "East" }'),
    ],
)
def test_the_line_for_a_new_thing_has_the_type_that_its_field_wants(
    facts: Facts, text: str, field: str, line: str
) -> None:
    with pytest.raises(Unresolved) as caught:
        thing(resolver(facts), text, field)
    assert proposed(caught.value) == line


def test_a_name_of_several_things_is_not_taken_unless_the_field_tells_them_apart(
    facts: Facts,
) -> None:
    with pytest.raises(Unresolved, match="the name of 2 things") as caught:
        thing(resolver(facts), "Mercury")
    assert "id:mercury-planet" in caught.value.hint
    assert "id:mercury-press" in caught.value.hint


def test_what_is_decided_goes_before_what_is_found(facts: Facts) -> None:
    names = resolver(
        facts, Zhipu="id:minimax", Kingfisher={"new": "id:k", "type": "fs:Fund", "en": "K"}
    )
    assert thing(names, "Zhipu") == "minimax"
    assert thing(names, "Kingfisher") == "k"
    assert thing(names, "id:k") == "k"
    assert names.decisions == {}
    assert names.label(ID + "k") == "K"


def test_a_decision_holds_for_every_field(facts: Facts) -> None:
    names = resolver(facts)
    assert thing(names, "GLM-4.6") == "glm-4.6"
    with pytest.raises(Unresolved, match="is a fs:Model, but statedBy wants a fs:Agent"):
        thing(names, "GLM-4.6", "statedBy")


@pytest.mark.parametrize(
    ("text", "field", "message"),
    [
        ("id:zhipo", "of", "there is nothing at id:zhipo"),
        ("id:zhipu", "market", "id:zhipu is a fs:Company, but market wants a fs:Market"),
        ("id:a b", "of", "nothing is called"),
        ("<a b>", "of", "is not an address"),
        ("javascript:alert(1)", "of", "nothing is called"),
    ],
)
def test_an_address_must_be_that_of_a_fitting_thing(
    facts: Facts, text: str, field: str, message: str
) -> None:
    with pytest.raises(Unresolved, match=message.replace("(", r"\(")):
        thing(resolver(facts), text, field)


def test_a_slip_in_an_address_is_told(facts: Facts) -> None:
    with pytest.raises(Unresolved) as caught:
        thing(resolver(facts), "id:zhipuu")
    assert caught.value.hint == "did you mean id:zhipu?"
    assert 'new = "id:zhipuu"' in proposed(caught.value)


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ({"new": "idd:x", "type": "fs:Company", "en": "X"}, "there is no prefix idd:"),
        ({"new": "id:x y", "type": "fs:Company", "en": "X"}, "is not an address"),
        ({"new": "id:x", "type": "fs:Compny", "en": "X"}, "is no class of things"),
        ({"new": "id:x", "type": "fs:Metric", "en": "X"}, "is no class of things"),
        ({"new": "id:x", "type": "Company", "en": "X"}, "is no class of things"),
        ({"new": "id:y", "type": "fs:Company", "en": "X"}, "id:y is made twice"),
    ],
)
def test_a_new_thing_must_be_made_well(facts: Facts, new: dict[str, str], message: str) -> None:
    with pytest.raises(MisuseError, match=message):
        resolver(facts, Y={"new": "id:y", "type": "fs:Company", "en": "Y"}, X=new)


@pytest.mark.parametrize("text", ["net loss", "净亏损", "Net Loss", "net-loss", "metric:net-loss"])
def test_metrics_are_found_by_label_and_address(facts: Facts, text: str) -> None:
    assert resolver(facts).metric(text) == PREFIXES["metric"] + "net-loss"


@pytest.mark.parametrize("text", ["CNY", "yuan", "人民币元", "unit:CNY"])
def test_units_are_found_by_label_code_and_address(facts: Facts, text: str) -> None:
    assert resolver(facts).unit(text) == PREFIXES["unit"] + "CNY"


def test_an_unknown_metric_is_told_with_near_ones(facts: Facts) -> None:
    with pytest.raises(Unresolved) as caught:
        resolver(facts).metric("net losses")
    assert "metric:net-loss" in caught.value.hint
    assert "[what]" in caught.value.hint


def test_a_name_may_stand_for_a_metric(facts: Facts) -> None:
    assert resolver(facts, GMV="metric:revenue").metric("GMV") == PREFIXES["metric"] + "revenue"


def test_sources_and_choices(facts: Facts) -> None:
    names = resolver(facts)
    for text in ("src:nowhere", "Reuters"):
        with pytest.raises(Unresolved, match="source"):
            names.source(text)
    status = names.vocabulary.fields["status"]
    assert names.choice("target", status) == PREFIXES["fs"] + "target"
    assert names.choice("预测", status) == PREFIXES["fs"] + "forecast"
    with pytest.raises(Unresolved) as caught:
        names.choice("planned", status)
    assert "committed, estimate, forecast, reported, target" in caught.value.hint
