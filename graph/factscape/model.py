"""The plain values that the rooms hand to one another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["Span"]


@dataclass(frozen=True)
class Span:
    """A half-open interval of days: `begins` is in it, `ends` is not; None is open.

    >>> Span(date(2025, 1, 1), date(2025, 7, 1)).holds(date(2025, 7, 1))
    False
    """

    begins: date | None
    ends: date | None

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins, which would hold nothing."""
        if self.begins and self.ends and self.ends <= self.begins:
            raise ValueError(f"a span must end after it begins: {self.begins} to {self.ends}")

    def holds(self, day: date) -> bool:
        """Say whether a day lies in the span."""
        return (self.begins is None or self.begins <= day) and (
            self.ends is None or day < self.ends
        )
