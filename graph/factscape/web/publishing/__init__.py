"""The explorer as a folder of files: `factscape publish`."""

from __future__ import annotations

from factscape.web.publishing.site import Published, publish

__all__ = ["Published", "publish"]
