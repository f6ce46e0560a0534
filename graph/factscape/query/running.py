"""Running a query: here, where the answer comes fastest, or in a process that can be stopped."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from factscape.errors import QueryError
from factscape.query.formats import Answer
from factscape.query.guard import check_query, names_graphs, use_prefixes

if TYPE_CHECKING:
    from factscape.store import Dataset, Store

__all__ = ["engine_errors", "run"]


def run(
    store: Store,
    text: str,
    *,
    prefixes: Mapping[str, str],
    timeout: float | None = None,
    name: str = "query",
    dataset: Dataset | None = None,
) -> Answer:
    """Answer a SPARQL query over the union of all graphs, with the prefixes predeclared.

    A query that names its graphs with FROM sees those instead; a `dataset`, which is for queries
    without a `timeout`, goes before both.

    Without a `timeout` it runs in this process and rows come as they are found. With one, in
    seconds, it runs in a process of its own, which is stopped at the limit; a store in memory is
    copied there first. `name` is the query's file, for messages.

    Raises QuerySyntaxError, QueryRefusedError (updates, SERVICE), QueryTimeoutError and, when the
    engine fails, QueryError; while rows are read here, the engine's own OSError.

    >>> from factscape.store import open_store
    >>> answer = run(open_store(), "SELECT (1 + 1 AS ?n) {}", prefixes={})
    >>> [row["n"].value for row in answer]
    ['2']
    """
    if timeout is not None:
        from factscape.query.sandbox import Job, ask_aside, parse_answer

        output = io.BytesIO()
        ask_aside(store, Job(text, "native", dict(prefixes), name=name), output, timeout)
        return parse_answer(output.getvalue())
    check_query(text, prefixes, name=name)
    try:
        union = "from" not in text.lower() or not names_graphs(text)
        known = use_prefixes(text, prefixes)
        return store.query(text, prefixes=known, union=union, dataset=dataset)
    except SyntaxError as error:
        from factscape.query.mistakes import explain

        raise explain(text, str(error), prefixes, name=name) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise _failed(error) from error


@contextlib.contextmanager
def engine_errors() -> Iterator[None]:
    """Turn what the engine raises while an answer is read into QueryError.

    >>> with engine_errors():
    ...     raise OSError("disk gone")
    Traceback (most recent call last):
    factscape.errors.QueryError: the query failed: disk gone
    """
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        raise _failed(error) from error


def _failed(error: Exception) -> QueryError:
    return QueryError(f"the query failed: {error}")
