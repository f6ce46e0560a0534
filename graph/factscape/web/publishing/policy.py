"""What the pages of a site may do, said in each of them, since there may be no server to say it."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["policy_of"]

_BASE = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'none'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "factscape-files",
}
_QUERY = {
    # Oxigraph is WebAssembly, in a Worker made from what the page holds: files cannot be fetched.
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "blob:",
    "trusted-types": "factscape-files factscape-worker",
}


def policy_of(name: str, styles: Iterable[str] = ()) -> str:
    """Return the Content-Security-Policy of the page with this name.

    `styles` are the hashes of what a library puts into the page itself.

    >>> "wasm" in policy_of("query"), "wasm" in policy_of("home")
    (True, False)
    """
    rules = _BASE | (_QUERY if name == "query" else {})
    rules["style-src"] = " ".join([rules["style-src"], *styles])
    return "; ".join(f"{key} {value}" for key, value in rules.items())
