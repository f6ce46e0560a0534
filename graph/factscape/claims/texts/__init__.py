"""Figures in the text of a source: found, and held against the statements that were read from it."""
