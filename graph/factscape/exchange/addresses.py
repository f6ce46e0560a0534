"""Parts of addresses: texts in lower case with hyphens."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["slug"]


def slug(text: str) -> str:
    """Return a text as part of an address: lower case, hyphens, dots between digits.

    Characters that have no small letters stand there by their number, as nothing else of them
    stays the same.

    >>> slug("Crédit Agricole S.A."), slug("GLM-4.6"), slug("2025-H1"), slug("第一")
    ('credit-agricole-s.a', 'glm-4.6', '2025-h1', 'u7b2c-u4e00')
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = re.sub("[\u0300-\u036f'’]", "", plain)
    plain = re.sub(r"[^\W_a-z0-9]", lambda found: f"-u{ord(found[0]):04x}-", plain)
    plain = re.sub(r"[^a-z0-9.]+", "-", plain)
    return re.sub(r"[-.]*-[-.]*|\.\.+", "-", plain).strip("-.")
