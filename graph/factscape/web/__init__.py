"""The explorer in the browser and the SPARQL endpoint: `factscape serve`.

Starlette and uvicorn (the extra `serve`) are imported where they are used.
"""

from __future__ import annotations

from factscape.web.serving import serve
from factscape.web.settings import Limits, Settings

__all__ = ["Limits", "Settings", "serve"]
