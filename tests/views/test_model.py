"""pyvis's Network as a model."""

from __future__ import annotations

import pytest

from factscape.errors import MisuseError
from factscape.views.model import Picture


def test_nodes_and_edges_are_pyvis_s() -> None:
    picture = Picture()
    for number in range(3):
        picture.add_node(number, label=f"n{number}", x=number)
    picture.add_node(0, label="again")
    picture.add_edge(0, 1, way=5)
    picture.add_edge(0, 1, way=6)
    nodes, edges, *_ = picture.get_network_data()
    assert nodes == [{"id": n, "label": f"n{n}", "x": n} for n in range(3)]
    assert edges == [{"from": 0, "to": 1, "way": 5}, {"from": 0, "to": 1, "way": 6}]
    assert picture.num_nodes() == 3
    assert picture.get_adj_list()[0] == {1}
    assert picture.options["physics"] == {"enabled": False}


def test_an_edge_needs_its_ends() -> None:
    with pytest.raises(KeyError):
        Picture().add_edge("a", "b")


def test_pyvis_does_not_render() -> None:
    picture = Picture()
    with pytest.raises(MisuseError):
        picture.generate_html()
    with pytest.raises(MisuseError):
        picture.write_html("x.html")
