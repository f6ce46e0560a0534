"""Numbers and times as people write them, in English and Chinese."""

from __future__ import annotations

from factscape.exchange.written.numbers import Number, print_number, read_number
from factscape.exchange.written.times import When, print_time, read_time

__all__ = ["Number", "When", "print_number", "print_time", "read_number", "read_time"]
