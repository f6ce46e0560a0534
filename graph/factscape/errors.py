"""What can go wrong, drawn as a tree.

Every error says what went wrong, where, and what to do next; the command line prints it as it is.

    FactscapeError                  exit status 1
    ├── MisuseError                 exit status 2: the call itself is wrong
    │   └── MissingExtraError       an optional dependency is not installed
    ├── ReadingError                facts that cannot be read
    │   ├── FactsNotFoundError      no such file or folder, or nothing in it that is RDF
    │   └── FactsSyntaxError        a file that breaks its format's rules
    ├── StoreError                  a store that cannot be opened, built or written
    ├── PublishError                a site that cannot be written
    ├── NamingError                 a name that does not say which thing is meant
    │   ├── UnknownNameError        nothing has it
    │   └── AmbiguousNameError      several things have it
    ├── WrittenError                a cell that does not say one thing for certain
    │   ├── NumberError             no number can be read from it
    │   └── TimeError               no date and no period
    └── QueryError                  a query that was not answered
        ├── QueryHeaderError        its file says wrongly what it asks
        ├── QuerySyntaxError        it is not SPARQL
        ├── QueryRefusedError       it asks for what a query may not do
        ├── QueryTimeoutError       it ran past its limit and was stopped
        ├── QueryTooLargeError      its answer has more rows or bytes than it may
        └── BusyError               too many others wait to be answered
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = [
    "AmbiguousNameError",
    "BusyError",
    "FactsNotFoundError",
    "FactsSyntaxError",
    "FactscapeError",
    "MissingExtraError",
    "MisuseError",
    "NamingError",
    "NumberError",
    "Place",
    "PublishError",
    "QueryError",
    "QueryHeaderError",
    "QueryRefusedError",
    "QuerySyntaxError",
    "QueryTimeoutError",
    "QueryTooLargeError",
    "ReadingError",
    "StoreError",
    "TimeError",
    "UnknownNameError",
    "WrittenError",
]


class Place(NamedTuple):
    """Where something stands: a file, and the line and column in it where they are known (both from 1).

    >>> str(Place("facts/a.ttl", 3, 7))
    'facts/a.ttl:3:7'
    """

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n is not None)]
        return ":".join(parts)


class FactscapeError(Exception):
    """The base of all errors that Factscape raises on purpose.

    >>> error = FactscapeError("nothing here", place=Place("a.ttl", 1), hint="add a fact")
    >>> print(error)
    a.ttl:1: nothing here
      add a fact
    """

    code = "error"
    exit_status = 1

    def __init__(self, message: str, *, place: Place | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        head = f"{self.place}: {self.message}" if self.place else self.message
        return "\n".join([head, *(f"  {line}" for line in self.hint.splitlines())])

    def as_dict(self) -> dict[str, Any]:
        """Return the one shape that every error has as JSON.

        >>> QueryRefusedError("no", hint="ask otherwise").as_dict()["error"]["code"]
        'query-refused'
        """
        place = self.place or Place("")
        return {
            "error": {
                "code": self.code,
                "message": self.message,
                "file": place.file or None,
                "line": place.line,
                "column": place.column,
                "hint": self.hint or None,
            }
        }


class MisuseError(FactscapeError):
    """The call itself is wrong: an option, an argument, a name of a format."""

    code = "misuse"
    exit_status = 2


class MissingExtraError(MisuseError):
    """Something needs an optional dependency that is not installed.

    >>> MissingExtraError("pyshacl", "check").hint
    "install it with: pip install 'factscape[check]'"
    """

    code = "missing-extra"

    def __init__(self, module: str, extra: str) -> None:
        super().__init__(
            f"this needs the Python package {module}, which is not installed",
            hint=f"install it with: pip install 'factscape[{extra}]'",
        )


class ReadingError(FactscapeError):
    """Facts that cannot be read."""

    code = "reading"


class FactsNotFoundError(ReadingError):
    """There is no such file or folder, or nothing in it that is RDF."""

    code = "facts-not-found"


class FactsSyntaxError(ReadingError):
    """A file breaks the rules of its format."""

    code = "facts-syntax"


class StoreError(FactscapeError):
    """A store cannot be opened, built or written."""

    code = "store"


class PublishError(FactscapeError):
    """A site cannot be written into its folder."""

    code = "publish"


class NamingError(FactscapeError):
    """A name does not say which thing is meant."""

    code = "naming"


class UnknownNameError(NamingError):
    """Nothing has this name."""

    code = "unknown-name"


class AmbiguousNameError(NamingError):
    """Several things have this name, and none of them more than the others."""

    code = "ambiguous-name"


class WrittenError(FactscapeError):
    """A text does not say for certain what number or time is meant."""

    code = "written"


class NumberError(WrittenError):
    """No number can be read from a text; where it is only vague, between which two it must lie.

    >>> from decimal import Decimal
    >>> NumberError("vague", low=Decimal(2), high=Decimal(10)).high
    Decimal('10')
    """

    code = "number"

    def __init__(
        self,
        message: str,
        *,
        place: Place | None = None,
        hint: str = "",
        low: Decimal | None = None,
        high: Decimal | None = None,
    ) -> None:
        super().__init__(message, place=place, hint=hint)
        self.low = low
        self.high = high


class TimeError(WrittenError):
    """No date and no period can be read from a text."""

    code = "time"


class QueryError(FactscapeError):
    """A query was not answered."""

    code = "query"


class QueryHeaderError(QueryError):
    """The `#+` lines at the head of a query file break their rules."""

    code = "query-header"


class QuerySyntaxError(QueryError):
    """A query is not SPARQL 1.1."""

    code = "query-syntax"


class QueryRefusedError(QueryError):
    """A query asks for what a query may not do here: change facts, or reach another machine."""

    code = "query-refused"


class QueryTimeoutError(QueryError):
    """A query ran past its limit and was stopped."""

    code = "query-timeout"


class QueryTooLargeError(QueryError):
    """The answer of a query has more rows or bytes than it may have."""

    code = "query-too-large"


class BusyError(QueryError):
    """A query was not even begun, because too many others wait; later it may be."""

    code = "busy"
