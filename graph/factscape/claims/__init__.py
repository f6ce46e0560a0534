"""Statements as facts: what is said of things, when it holds, whether it agrees; cards, trails, changes."""
