"""Factscape: facts about an industry as RDF, each tied to its passage, period and unit.

>>> import factscape
>>> with factscape.open() as facts:
...     bool(facts.query("ASK { id:zhipu fs:develops id:glm-4.6 }"))
True
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from factscape.errors import FactscapeError

if TYPE_CHECKING:
    from factscape.opening import Day, Facts

__all__ = ["FactscapeError", "__version__", "open"]

__version__ = "0.1.0"


def open(
    path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | None = None,
    *,
    in_memory: bool = False,
    as_of: Day | None = None,
    known_by: Day | None = None,
) -> Facts:
    """Open a folder or file of RDF, several, or the bundled facts when no path is given.

    With `in_memory` they are copied there: opening takes longer, every query after it less time.
    `as_of` leaves out what was not true on a day, `known_by` what could not be read by then.

    Raises FactsNotFoundError, FactsSyntaxError, MisuseError for what is no date.

    >>> with open() as facts:
    ...     len(facts.store) > 1000
    True
    """
    # Loaded when facts are opened: importing the package costs nothing.
    from factscape.opening import open_facts

    return open_facts(path, in_memory=in_memory, as_of=as_of, known_by=known_by)
