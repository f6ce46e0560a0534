"""The network: things and the edges between them as a networkx graph."""

from factscape.network.build import build_network

__all__ = ["build_network"]
