"""From what people type to what a picture is made of: things, classes, queries, disputes."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from factscape.claims.things import hierarchy
from factscape.errors import FactscapeError, MisuseError
from factscape.names import labels
from factscape.views.chosen import DEFAULT_LIMIT
from factscape.views.network import Part, network_page
from factscape.views.page import Page
from factscape.views.result import Result, read_result
from factscape.views.stage import Stage

if TYPE_CHECKING:
    from factscape.claims.disagreement.kept import Compared
    from factscape.opening import Facts

__all__ = [
    "ask_for_lines",
    "class_named",
    "disputed_claims",
    "network_of",
    "page_of",
    "part_of",
    "stage_of",
    "thing_named",
]

_SECONDS = 60.0


def network_of(
    facts: Facts,
    *names: str,
    depth: int | None = None,
    between: tuple[str, str] | None = None,
    kind: str | None = None,
    query: str | None = None,
    limit: int = DEFAULT_LIMIT,
    lang: str = "en",
) -> Page:
    """Draw the network as a page: around names, between two, of a class, of a query's answer.

    At most one of these; without any, all of it. In a notebook the page shows itself.

    Raises MisuseError, UnknownNameError, AmbiguousNameError, FactscapeError, and what asking raises.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     page = network_of(facts, "智譜", depth=1)
    >>> page.data["depth"], len(page.data["focus"])
    (1, 1)
    """
    part = part_of(facts, *names, depth=depth, between=between, kind=kind, query=query, limit=limit)
    return page_of(facts, part, lang=lang)


def part_of(
    facts: Facts,
    *names: str,
    depth: int | None = None,
    between: tuple[str, str] | None = None,
    kind: str | None = None,
    query: str | Result | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Part:
    """Return which part of the network people mean; raises what `network_of` raises."""
    if sum(map(bool, (names, between, kind, query))) > 1:
        raise MisuseError(
            "names, --path, --type and --query each say what to draw", hint="give one of them"
        )
    if depth is not None and not names:
        raise MisuseError(
            "--depth needs a name to count from", hint="for example: factscape view zhipu --depth 1"
        )
    ends = [thing_named(facts, name) for name in between or ()]
    return Part(
        focus=tuple(dict.fromkeys(thing_named(facts, name) for name in names)),
        depth=depth,
        limit=limit,
        between=(ends[0], ends[1]) if ends else None,
        kind=class_named(facts, kind) if kind else None,
        result=ask_for_lines(facts, query) if isinstance(query, str) else query,
    )


def page_of(facts: Facts, part: Part, *, lang: str = "en", growing: bool = False) -> Page:
    """Draw a part of the network; raises what `network_page` raises."""
    return network_page(
        facts.store,
        part.focus,
        depth=part.depth,
        limit=part.limit,
        lang=lang,
        prefixes=facts.prefixes,
        names=facts.names,
        between=part.between,
        kind=part.kind,
        result=part.result,
        stage=stage_of(facts),
        growing=growing,
    )


_STAGES: WeakKeyDictionary[Facts, Stage] = WeakKeyDictionary()


def stage_of(facts: Facts) -> Stage:
    """Return the stage for pictures of these facts, which is set once."""
    if facts not in _STAGES:
        _STAGES[facts] = Stage.of(facts.store, disputed_claims(facts.compared()))
    return _STAGES[facts]


def thing_named(facts: Facts, name: str) -> str:
    """Return the IRI of the thing with a name, in any script or spelling.

    Raises UnknownNameError, AmbiguousNameError.
    """
    from factscape.names.choosing import choose

    return choose(name, facts.names, facts.store, facts.prefixes)


def disputed_claims(groups: Iterable[Compared]) -> set[str]:
    """Return the statements that stand in a group whose members cannot all be right.

    >>> disputed_claims([])
    set()
    """
    return {iri for group in groups if group.disputed for iri, _, _ in group.statements}


def class_named(facts: Facts, name: str) -> str:
    """Return the IRI of a class by its label in either language, its IRI, or a prefixed name.

    Raises FactscapeError for a class that nothing belongs to.
    """
    import pyoxigraph as ox

    rows = facts.store.query("SELECT DISTINCT ?c { ?s a ?c FILTER(isIRI(?c)) }")
    assert isinstance(rows, ox.QuerySolutions)
    used = {row["c"].value for row in rows}
    above = hierarchy(facts.store)
    known = sorted(used.union(*(above.get(one, ()) for one in used)))
    called: dict[str, str] = {}
    for lang in ("zh", "en"):
        called |= {label.casefold(): iri for iri, label in labels(facts.store, known, lang).items()}
    prefix, _, local = name.partition(":")
    for iri in (name, facts.prefixes.get(prefix, "") + local):
        if iri in known:
            return iri
    wanted = name.strip().casefold()
    for one in (wanted, wanted.removesuffix("s"), wanted.removesuffix("ies") + "y"):
        if one in called:
            return called[one]
    close = get_close_matches(wanted, called, 3, 0.6)
    raise FactscapeError(
        f"nothing here is of a class called '{name}'",
        hint=f"did you mean: {', '.join(close)}" if close else "factscape lists the kinds",
    )


def ask_for_lines(facts: Facts, query: str) -> Result:
    """Ask a query for what it joins: a file, - for standard input, SPARQL, or a name in the library.

    Raises MisuseError, QuerySyntaxError, QueryTimeoutError, FactscapeError where nothing is found.
    """
    text, name = _text_of(query)
    if text is None:
        return read_result(facts.ask(query, timeout=_SECONDS), name)
    return read_result(facts.query(text, timeout=_SECONDS), name)


def _text_of(query: str) -> tuple[str | None, str]:
    """Return the text of a query and what to call it; no text for one in the library."""
    if query == "-":
        return sys.stdin.read(), "-"
    if "{" in query:
        return query, " ".join(query.split())
    path = Path(query)
    if path.suffix == ".rq" or path.is_file():
        try:
            return path.read_text(encoding="utf-8"), path.name
        except (OSError, UnicodeDecodeError) as error:
            raise MisuseError(f"{query} cannot be read: {error}", hint="name a .rq file") from error
    return None, query
