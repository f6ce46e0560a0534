"""From what people type to the one thing that they mean, or to an error that says what to type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from factscape.errors import AmbiguousNameError, MisuseError, UnknownNameError
from factscape.names.labels import shorten
from factscape.terms import curie, local_name

if TYPE_CHECKING:
    from factscape.names.index import Hit, NameIndex
    from factscape.store import Store

__all__ = ["choose", "meant"]

_SHOWN = 10
"""So many candidates are listed; the rest is counted."""

_WIDTH = 60
"""So many columns of a name that is not known are repeated."""

_TO_TYPE = 100
"""So many columns of a name that is, so that it can be typed."""


def choose(name: str, names: NameIndex, store: Store, prefixes: Mapping[str, str]) -> str:
    """Return the IRI of the thing that a name means: a name, an IRI, a prefixed name, `_:b`.

    What is called so goes before what is only called so too. Statements and passages, which no
    index of names holds, are known by their IRIs.

    Raises MisuseError for an empty name, UnknownNameError, AmbiguousNameError.

    >>> import pyoxigraph as ox
    >>> from factscape.names.index import NameIndex
    >>> from factscape.store.oxigraph import MemoryStore
    >>> store = MemoryStore(ox.Store())
    >>> store.oxigraph.load(b"<urn:x> <http://xmlns.com/foaf/0.1/name> 'Ada' .", ox.RdfFormat.TURTLE)
    >>> with NameIndex.in_memory(store.oxigraph) as names:
    ...     choose("ADA", names, store, {})
    'urn:x'
    """
    name = name.strip()
    if not name:
        raise MisuseError("a name is empty", hint="for example: factscape lookup zhipu")
    iris = list(_iris(name, prefixes))
    # What has a name is sooner found among the names than in a store that must be opened.
    if at := next((iri for iri in iris if names.known([iri]) or _is_in(store, iri)), None):
        return at
    hits = names.resolve(name)
    if not hits:
        raise _unknown(name, names)
    best = [hit for hit in hits if hit.score == hits[0].score]
    if len(best) > 1:
        raise _ambiguous(name, best, names, prefixes)
    return best[0].iri


def _iris(text: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the IRIs that a text may be: itself, or a prefixed name's."""
    prefix, colon, local = text.partition(":")
    if colon:
        yield text.removeprefix("<").removesuffix(">")
        if prefix in prefixes:
            yield prefixes[prefix] + local


def _is_in(store: Store, iri: str) -> bool:
    import pyoxigraph as ox

    try:
        node = ox.BlankNode(iri[2:]) if iri.startswith("_:") else ox.NamedNode(iri)
    except ValueError:
        return False
    as_subject, as_object = store.quads(node), store.quads(object=node)
    return any(next(quads, None) is not None for quads in (as_subject, as_object))


def meant(name: str, names: NameIndex) -> list[str]:
    """Return the lines that say what an unknown name may have been meant to be, none if nothing."""
    near = [f"  {shorten(other, _TO_TYPE)}" for other in names.near(name)]
    return ["did you mean", *near] if near else []


def _unknown(name: str, names: NameIndex) -> UnknownNameError:
    return UnknownNameError(
        f"nothing here is called '{shorten(name, _WIDTH)}'",
        hint="\n".join([*meant(name, names), "factscape search looks for parts of names"]),
    )


def _ambiguous(
    name: str, hits: list[Hit], names: NameIndex, prefixes: Mapping[str, str]
) -> AmbiguousNameError:
    kinds = {iri for hit in hits for iri in hit.types}
    labels = {thing.iri: thing.en for thing in names.known(kinds)}
    lines = []
    for hit in hits[:_SHOWN]:
        kind = ", ".join(labels.get(iri) or local_name(iri) for iri in hit.types)
        said = f"{shorten(hit.en, _WIDTH)} ({kind})" if kind else shorten(hit.en, _WIDTH)
        lines.append(f"{curie(hit.iri, prefixes).strip('<>')}  {said}")
    if len(hits) > _SHOWN:
        lines.append(f"and {len(hits) - _SHOWN} more")
    return AmbiguousNameError(
        f"several things are called '{shorten(name, _WIDTH)}'",
        hint="\n".join(["say which is meant:", *lines]),
    )
