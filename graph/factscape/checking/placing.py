"""Finding where statements stand, many at once, in one reading of the files."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from factscape.errors import Place
from factscape.reading import places

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Triple", "place_all"]

Triple = tuple[str, str | None, str | None]
"""A subject, a predicate and an object as text; None stands for any."""


def place_all(wanted: Collection[Triple], files: Iterable[Path]) -> dict[Triple, Place]:
    r"""Return where the first statement that fits each pattern stands; those not found are left out.

    Only (subject), (subject, predicate) and whole triples are looked for.

    Raises FactsNotFoundError, FactsSyntaxError.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "a.ttl"
    ...     _ = path.write_text("<urn:a> <urn:p> 1 ;\n  <urn:q> 2 .\n", encoding="utf-8")
    ...     found = place_all([("urn:a", "urn:q", None)], [path])
    >>> [place.line for place in found.values()]
    [2]
    """
    missing = set(wanted)
    subjects = {subject for subject, _, _ in missing}
    found: dict[Triple, Place] = {}
    for path in files:
        if not missing:
            break
        for quad, place in places(path):
            subject = _text(quad.subject)
            if subject not in subjects:
                continue
            predicate, object_ = quad.predicate.value, _text(quad.object)
            for key in (
                (subject, None, None),
                (subject, predicate, None),
                (subject, predicate, object_),
            ):
                if key in missing:
                    missing.discard(key)
                    found[key] = place
    return found


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    value = getattr(term, "value", None)
    return value if isinstance(value, str) else str(term)
