"""Names: what people call a thing, in their language."""

from factscape.names.labels import columns, labels, shorten

__all__ = ["columns", "labels", "shorten"]
