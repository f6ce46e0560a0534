"""The rules conclude what follows, from the passages that say it, and nothing else."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

ONTOLOGY = Path(__file__).parents[2] / "ontology"
RULES = sorted((ONTOLOGY / "rules").glob("*.rq"))
COLUMNS = ["subject", "predicate", "object", "premise"]
PREMISES = ["premise", "premise2", "premise3"]

PREFIXES = """
@prefix claim: <https://w3id.org/factscape/claim/> .
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix here: <https://w3id.org/factscape/source/one#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix src: <https://w3id.org/factscape/source/> .
@prefix there: <https://w3id.org/factscape/source/two#> .

here:p1 a fs:Passage ; fs:passageOf src:one .
here:p2 a fs:Passage ; fs:passageOf src:one .
there:p1 a fs:Passage ; fs:passageOf src:two .
id:round a fs:FundingRound .
id:offering a fs:InitialPublicOffering .
id:release a fs:ModelRelease .
id:launch a fs:ProductLaunch .
id:takeover a fs:Acquisition .
"""

Conclusion = tuple[str, str, str, frozenset[str]]
"""Subject, predicate, object and the premises, each by the last part of its IRI."""


@cache
def ontology() -> bytes:
    return (ONTOLOGY / "factscape.ttl").read_bytes()


def short(term: object) -> str:
    """Return the last part of an IRI; of a passage with its source."""
    tail = str(term).strip("<>").removeprefix("https://w3id.org/factscape/")
    return tail.removeprefix("source/").rpartition("/")[2].removeprefix("ontology#")


def concluded(rule: str, data: str, *, union: bool = True) -> set[Conclusion]:
    """Run one rule over a few facts and the ontology."""
    store = ox.Store()
    store.load(ontology(), ox.RdfFormat.TURTLE)
    store.load((PREFIXES + data).encode(), ox.RdfFormat.TRIG)
    query = (ONTOLOGY / "rules" / f"{rule}.rq").read_text(encoding="utf-8")
    rows = store.query(query, use_default_graph_as_union=union)
    assert isinstance(rows, ox.QuerySolutions)
    names = {variable.value for variable in rows.variables}
    return {
        (
            short(row["subject"]),
            short(row["predicate"]),
            short(row["object"]),
            frozenset(short(row[name]) for name in PREMISES if name in names and row[name]),
        )
        for row in rows
    }


def follows(subject: str, predicate: str, object_: str, *premises: str) -> Conclusion:
    return subject, predicate, object_, frozenset(premises)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.stem)
def test_a_rule_is_a_titled_select_with_the_columns_of_the_contract(rule: Path) -> None:
    text = rule.read_text(encoding="utf-8")
    assert re.match(r"#\+ title: \S.*\n#\+ why: \S.*\.\n", text)
    rows = ox.Store().query(text)
    assert isinstance(rows, ox.QuerySolutions)
    names = {variable.value for variable in rows.variables}
    assert set(COLUMNS) <= names <= {*COLUMNS, *PREMISES}


# Who invested


@pytest.mark.parametrize("role", ["investor", "leadInvestor", "cornerstoneInvestor"])
@pytest.mark.parametrize("event", ["round", "offering"])
def test_whoever_put_money_in_has_invested(role: str, event: str) -> None:
    data = f"here:p1 {{ id:{event} fs:of id:zhipu ; fs:{role} id:qiming }}"
    expected = {follows("qiming", "investedIn", "zhipu", "one#p1")}
    assert concluded("investors", data) == expected
    assert concluded("investors", data, union=False) == expected


def test_a_completed_round_counts() -> None:
    data = (
        "here:p1 { id:round fs:of id:zhipu ; fs:investor id:qiming ; fs:eventStatus fs:completed }"
    )
    assert concluded("investors", data) == {follows("qiming", "investedIn", "zhipu", "one#p1")}


@pytest.mark.parametrize("stage", ["planned", "talks", "agreed", "withdrawn"])
def test_a_round_that_did_not_go_through_says_nothing(stage: str) -> None:
    data = (
        f"here:p1 {{ id:round fs:of id:openai ; fs:investor id:fund ; fs:eventStatus fs:{stage} }}"
    )
    assert concluded("investors", data) == set()


def test_the_stage_may_stand_elsewhere_in_the_source() -> None:
    data = """
        here:p1 { id:round fs:of id:openai ; fs:investor id:fund }
        here:p2 { id:round fs:eventStatus fs:talks }
    """
    assert concluded("investors", data) == set()


def test_the_investors_own_passage_has_the_last_word_on_the_stage() -> None:
    data = """
        here:p1 { id:round fs:of id:openai ; fs:investor id:fund ; fs:eventStatus fs:completed }
        here:p2 { id:round fs:eventStatus fs:talks }
    """
    assert concluded("investors", data) == {follows("fund", "investedIn", "openai", "one#p1")}


def test_each_source_speaks_for_itself() -> None:
    data = """
        here:p1 { id:round fs:of id:openai ; fs:investor id:fund ; fs:eventStatus fs:talks }
        there:p1 { id:round fs:of id:openai ; fs:investor id:bank ; fs:eventStatus fs:completed }
    """
    assert concluded("investors", data) == {follows("bank", "investedIn", "openai", "two#p1")}


def test_the_company_may_stand_in_another_passage_of_the_source() -> None:
    data = """
        here:p1 { id:round fs:investor id:qiming }
        here:p2 { id:round fs:of id:zhipu }
    """
    expected = {follows("qiming", "investedIn", "zhipu", "one#p1", "one#p2")}
    assert concluded("investors", data) == expected
    assert concluded("investors", data, union=False) == expected


def test_the_company_is_not_taken_from_another_source() -> None:
    data = """
        here:p1 { id:round fs:investor id:qiming }
        there:p1 { id:round fs:of id:zhipu }
    """
    assert concluded("investors", data) == set()


def test_a_passage_that_names_the_company_is_premise_enough() -> None:
    data = """
        here:p1 { id:round fs:of id:zhipu ; fs:investor id:qiming }
        here:p2 { id:round fs:of id:zhipu }
    """
    assert concluded("investors", data) == {follows("qiming", "investedIn", "zhipu", "one#p1")}


def test_a_whole_source_may_be_the_premise() -> None:
    data = "src:one { id:round fs:of id:zhipu ; fs:investor id:qiming }"
    assert concluded("investors", data) == {follows("qiming", "investedIn", "zhipu", "one")}


def test_a_stage_told_of_by_the_whole_source_holds_for_its_passages() -> None:
    data = """
        here:p1 { id:round fs:of id:openai ; fs:investor id:fund }
        src:one { id:round fs:eventStatus fs:withdrawn }
    """
    assert concluded("investors", data) == set()


def test_only_rounds_and_offerings_have_investors() -> None:
    data = "here:p1 { id:release fs:of id:glm ; fs:investor id:qiming }"
    assert concluded("investors", data) == set()


# Who develops


@pytest.mark.parametrize("event", ["release", "launch"])
def test_whoever_releases_a_model_develops_it(event: str) -> None:
    data = f"here:p1 {{ id:{event} fs:of id:glm-4.6 ; fs:releasedBy id:zhipu }}"
    expected = {follows("zhipu", "develops", "glm-4.6", "one#p1")}
    assert concluded("developers", data) == expected
    assert concluded("developers", data, union=False) == expected


def test_the_model_may_stand_in_another_passage_of_the_source() -> None:
    data = """
        here:p1 { id:release fs:releasedBy id:zhipu }
        here:p2 { id:release fs:of id:glm-4.6 }
    """
    assert concluded("developers", data) == {
        follows("zhipu", "develops", "glm-4.6", "one#p1", "one#p2")
    }


def test_a_planned_release_says_nothing() -> None:
    data = """
        here:p1 { id:release fs:of id:glm-5 ; fs:releasedBy id:zhipu }
        here:p2 { id:release fs:eventStatus fs:planned }
    """
    assert concluded("developers", data) == set()


# Listings and subsidiaries


def test_a_completed_offering_lists_the_company() -> None:
    data = """
        here:p1 {
            id:offering fs:of id:zhipu ; fs:exchange id:hkex ; fs:eventStatus fs:completed
        }
    """
    expected = {follows("zhipu", "listedOn", "hkex", "one#p1")}
    assert concluded("listings", data) == expected
    assert concluded("listings", data, union=False) == expected


@pytest.mark.parametrize("stage", ["", "; fs:eventStatus fs:planned"])
def test_an_offering_that_is_not_completed_lists_nothing(stage: str) -> None:
    data = f"here:p1 {{ id:offering fs:of id:zhipu ; fs:exchange id:hkex {stage} }}"
    assert concluded("listings", data) == set()


def test_company_and_exchange_may_stand_in_another_passage_of_the_source() -> None:
    data = """
        here:p1 { id:offering fs:eventStatus fs:completed }
        here:p2 { id:offering fs:of id:zhipu ; fs:exchange id:hkex }
        there:p1 { id:offering fs:of id:zhipu ; fs:exchange id:nasdaq }
    """
    assert concluded("listings", data) == {follows("zhipu", "listedOn", "hkex", "one#p1", "one#p2")}


def test_a_completed_acquisition_makes_a_subsidiary() -> None:
    data = """
        here:p1 {
            id:takeover fs:acquirer id:alibaba ; fs:acquired id:team ; fs:eventStatus fs:completed
        }
    """
    expected = {follows("team", "subsidiaryOf", "alibaba", "one#p1")}
    assert concluded("subsidiaries", data) == expected
    assert concluded("subsidiaries", data, union=False) == expected


@pytest.mark.parametrize("stage", ["", "; fs:eventStatus fs:agreed"])
def test_an_acquisition_that_is_not_completed_says_nothing(stage: str) -> None:
    data = f"here:p1 {{ id:takeover fs:acquirer id:alibaba ; fs:acquired id:team {stage} }}"
    assert concluded("subsidiaries", data) == set()


def test_three_passages_of_one_source_may_make_a_subsidiary() -> None:
    data = """
        here:p1 { id:takeover fs:eventStatus fs:completed }
        here:p2 { id:takeover fs:acquirer id:alibaba }
        src:one { id:takeover fs:acquired id:team }
    """
    assert concluded("subsidiaries", data) == {
        follows("team", "subsidiaryOf", "alibaba", "one#p1", "one#p2", "one")
    }


# Properties


@pytest.mark.parametrize("name", ["competesWith", "partnerOf", "tiedWith"])
def test_a_symmetric_property_holds_the_other_way(name: str) -> None:
    data = f"here:p1 {{ id:zhipu fs:{name} id:minimax }}"
    expected = {follows("minimax", name, "zhipu", "one#p1")}
    assert concluded("symmetric", data) == expected
    assert concluded("symmetric", data, union=False) == expected


def test_other_properties_have_one_direction() -> None:
    assert concluded("symmetric", "here:p1 { id:zhipu fs:develops id:glm }") == set()


def test_nothing_competes_with_itself() -> None:
    assert concluded("symmetric", "here:p1 { id:zhipu fs:competesWith id:zhipu }") == set()


def test_a_chief_executive_heads_and_works_for_the_company() -> None:
    data = "here:p1 { id:zhang-peng fs:chiefExecutiveOf id:zhipu }"
    expected = {
        follows("zhang-peng", "headOf", "zhipu", "one#p1"),
        follows("zhang-peng", "worksFor", "zhipu", "one#p1"),
    }
    assert concluded("broader-edges", data) == expected
    assert concluded("broader-edges", data, union=False) == expected


@pytest.mark.parametrize("role", ["leadInvestor", "cornerstoneInvestor"])
def test_a_special_investor_is_an_investor(role: str) -> None:
    data = f"here:p1 {{ id:round fs:{role} id:qiming }}"
    assert concluded("broader-edges", data) == {follows("round", "investor", "qiming", "one#p1")}


def test_alignments_with_other_vocabularies_add_nothing() -> None:
    data = "here:p1 { id:subsidiary fs:subsidiaryOf id:zhipu . id:glm-4.6 fs:versionOf id:glm }"
    assert concluded("broader-edges", data) == set()


# Rankings


def entry(name: str, position: int, ranking: str = "maas") -> str:
    return f"claim:{name} fs:ranking id:{ranking} ; fs:position {position} . "


def test_neighbours_are_ordered_and_nobody_else() -> None:
    data = "here:p1 {" + entry("a", 1) + entry("b", 2) + entry("d", 4) + "}"
    expected = {
        follows("a", "rankedAbove", "b", "one#p1"),
        follows("b", "rankedAbove", "d", "one#p1"),
    }
    assert concluded("ranking-order", data) == expected
    assert concluded("ranking-order", data, union=False) == expected


def test_ten_comes_after_nine() -> None:
    data = "here:p1 {" + entry("nine", 9) + entry("ten", 10) + "}"
    assert concluded("ranking-order", data) == {follows("nine", "rankedAbove", "ten", "one#p1")}


def test_tied_entries_are_both_above_the_next() -> None:
    data = "here:p1 {" + entry("a", 1) + entry("b", 1) + entry("c", 3) + "}"
    assert concluded("ranking-order", data) == {
        follows("a", "rankedAbove", "c", "one#p1"),
        follows("b", "rankedAbove", "c", "one#p1"),
    }


def test_rankings_are_kept_apart() -> None:
    data = "here:p1 {" + entry("a", 1) + entry("b", 2, "solutions") + "}"
    assert concluded("ranking-order", data) == set()


def test_passages_are_kept_apart() -> None:
    data = "here:p1 {" + entry("a", 1) + "} here:p2 {" + entry("b", 2) + "}"
    assert concluded("ranking-order", data) == set()


def test_a_long_ranking_gives_one_step_less_than_it_has_entries() -> None:
    data = "here:p1 {" + "".join(entry(f"e{place}", place) for place in range(1, 61)) + "}"
    assert len(concluded("ranking-order", data)) == 59
