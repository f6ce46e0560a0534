"""What stands behind lines: voices, how sure, how disputed, and when they and their ends are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from factscape.network import build_network
from factscape.terms import PREFIXES, local_name
from factscape.views.drawing import read_drawings
from factscape.views.drawn import Drawn, Line, draw
from factscape.views.evidence import Behind, Evidence, spans_of_things

if TYPE_CHECKING:
    from tests.views.conftest import StoreOf

FACTS = """
src:a a fs:Source . src:b a fs:Source . src:repost a fs:Source ; fs:basedOn src:a .
<src:p> a fs:Passage ; fs:passageOf src:b .
id:firm a fs:Company . id:rival a fs:Company . id:buyer a fs:Company . id:deal a fs:Acquisition .
GRAPH src:a { id:firm fs:competesWith id:rival . id:firm fs:partnerOf id:buyer }
GRAPH src:repost { id:firm fs:competesWith id:rival }
GRAPH src:b { id:firm fs:competesWith id:rival .
  id:deal fs:acquirer id:buyer ; fs:acquired id:firm ; fs:eventStatus fs:planned .
  claim:amount a fs:Observation ; fs:of id:deal ; fs:metric metric:price ; fs:value 1 .
  id:firm fs:suppliesTo id:rival .
  claim:supply a fs:Relation ; rdf:subject id:firm ; rdf:predicate fs:suppliesTo ;
    rdf:object id:rival ; fs:status fs:forecast .
}
"""


def behind(store_of: StoreOf, *disputed: str) -> dict[str, Behind]:
    store = store_of(FACTS, with_ontology=True)
    drawn = draw(build_network(store), store, read_drawings(store))
    evidence = Evidence(store, [PREFIXES["claim"] + name for name in disputed])
    return {local_name(line.relation): evidence.of(line) for line in drawn.lines}


def test_reposts_are_one_voice(store_of: StoreOf) -> None:
    assert behind(store_of)["competesWith"].voices == 2
    assert behind(store_of)["partnerOf"].voices == 1


@pytest.mark.parametrize(
    ("relation", "unsure"),
    [("Acquisition", True), ("suppliesTo", True), ("competesWith", False), ("partnerOf", False)],
)
def test_plans_and_forecasts_are_unsure(store_of: StoreOf, relation: str, unsure: bool) -> None:
    assert behind(store_of)[relation].unsure is unsure


def test_a_line_is_disputed_where_a_figure_of_its_event_is(store_of: StoreOf) -> None:
    assert not any(one.disputed for one in behind(store_of).values())
    disputed = {name for name, one in behind(store_of, "amount").items() if one.disputed}
    assert disputed == {"Acquisition"}


def test_a_hub_is_there_while_two_things_meet_in_it() -> None:
    lines = (Line("hub", "a", "p"), Line("hub", "b", "p"), Line("c", "d", "p"))
    drawn = Drawn(
        {"hub": "K", "a": "K", "b": "K", "c": "", "d": "K"}, frozenset({"hub"}), lines, {}
    )
    spans = dict(zip(lines, [(("1", "5"),), (("3", "9"),), (("2", "4"),)], strict=True))
    found = spans_of_things(drawn, spans)
    assert found["hub"] == (("3", "5"),)
    assert found["c"] == (("2", "4"),)
    assert found["a"] == (("", "~"),)
