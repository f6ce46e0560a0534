"""Asking in SPARQL: what a query may do, where it runs, how its answer is written."""

from factscape.query.running import run

__all__ = ["run"]
