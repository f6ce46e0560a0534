"""What a server may be told, and the limits that it keeps to."""

from __future__ import annotations

import os
from dataclasses import dataclass

__all__ = ["Limits", "Settings"]

_MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What one query, one request and one connection may take."""

    seconds: float = 10.0
    """A query runs so long at most."""
    memory: int = 1024 * _MEGABYTE
    """Bytes of memory of a worker."""
    rows: int = 1_000_000
    bytes: int = 64 * _MEGABYTE
    """Of an answer."""
    workers: int = 0
    """So many queries run at once; 0 is one more than there are processors, and at least 3."""
    waiting: int = 32
    """So many more may wait."""
    patience: float = 5.0
    """They wait so long, in seconds."""
    request_bytes: int = _MEGABYTE
    """Of a request's body."""
    head_bytes: int = 64 << 10
    """Of a request's first line and headers."""
    client_seconds: float = 20.0
    """So long a client may take to send a request, or not to read at all what it is sent."""
    connections: int = 256
    kept_bytes: int = 32 * _MEGABYTE
    """Of answers that are kept for the next one who asks the same."""

    @property
    def worker_count(self) -> int:
        """How many workers there are.

        >>> Limits(workers=2).worker_count
        2
        """
        return self.workers or max(3, min(8, (os.cpu_count() or 1) + 1))


@dataclass(frozen=True)
class Settings:
    """Which facts are served, where, and to whom."""

    facts: tuple[str, ...] | None = None
    """As `open_facts` takes them."""
    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    """Names of this machine that requests may be addressed to, besides `host` and localhost."""
    limits: Limits = Limits()
    log: str = "errors"
    """What is written on standard error: `errors`, `requests`, or `queries`, which adds their text."""
    watch: float = 1.0
    """Seconds between looks at whether a file has changed; 0 for never."""
