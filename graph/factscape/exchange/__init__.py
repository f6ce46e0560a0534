"""Facts coming in and going out: tables carried in, and a skeleton to start one's own.

>>> from factscape.exchange import import_table
>>> import_table.__name__
'import_table'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factscape.exchange.importing import ImportResult, import_table

__all__ = ["ImportResult", "import_table"]


def __getattr__(name: str) -> Any:
    """Load what imports tables when it is asked for: starting anew needs none of it."""
    if name in __all__:
        from factscape.exchange import importing

        return getattr(importing, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
