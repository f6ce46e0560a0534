"""Where sources disagree: which statements compare, and how each pair is classed."""
