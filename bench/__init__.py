"""Benchmarks against peers, each a ratio measured in one run: `make bench`."""
