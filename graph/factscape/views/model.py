"""pyvis's Network as the model of a picture: its nodes, edges and options, and nothing it renders.

Importing this module imports pyvis, which takes a quarter of a second: import it where it is used.
"""

from __future__ import annotations

import json
from typing import Any

from pyvis.network import Network

from factscape.errors import MisuseError

__all__ = ["Picture"]

# vis-network is the camera: it pans, zooms and drags; positions are known, so nothing moves by itself.
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "dragNodes": True,
        "hover": False,
        "keyboard": {"enabled": False},
        "multiselect": False,
        "selectable": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 1000000000,
        "zoomSpeed": 0.8,
    },
    "nodes": {"chosen": False, "shadow": False},
}


class Picture(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network that adds in constant time and leaves rendering to our own template.

    >>> picture = Picture()
    >>> picture.add_node("a", label="A")
    >>> picture.add_node("b")
    >>> picture.add_edge("a", "b", relation=0)
    >>> picture.add_edge("a", "b", relation=1)
    >>> len(picture.nodes), len(picture.edges)
    (2, 2)
    """

    def __init__(self) -> None:
        # Undirected, pyvis drops the second edge between two nodes.
        super().__init__(directed=True)
        self.set_options(json.dumps(_OPTIONS))

    def add_node(self, n_id: str | int, label: str | None = None, **options: Any) -> None:
        """Add a node, once; pyvis would look for it in a list."""
        if n_id not in self.node_map:
            node = {**options, "id": n_id, "label": str(n_id) if label is None else label}
            self.node_map[n_id] = node
            self.node_ids.append(n_id)
            self.nodes.append(node)

    def add_edge(self, source: str | int, to: str | int, **options: Any) -> None:
        """Add an edge between two nodes that are there.

        Raises KeyError for a node that is not.
        """
        self.edges.append(
            {**options, "from": self.node_map[source]["id"], "to": self.node_map[to]["id"]}
        )

    def generate_html(self, *_args: object, **_options: object) -> str:
        """Refuse: pyvis's template runs what a label holds and loads from other machines.

        Raises MisuseError.
        """
        raise MisuseError(
            "a picture is not rendered by pyvis", hint="use factscape.views.network_page"
        )
