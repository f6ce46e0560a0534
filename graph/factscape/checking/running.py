"""Running the checks over files, and saying where each finding stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from factscape.checking.asking import ask_check
from factscape.checking.catalogue import FUNCTIONS, query_checks, shape_id
from factscape.checking.decided import Decisions, read_decisions
from factscape.checking.figures import arithmetic, conflicts, stale_figures
from factscape.checking.findings import SEVERITIES, Finding, Found
from factscape.checking.material import Material, Wanted
from factscape.checking.names_alike import names_alike
from factscape.checking.shapes.validating import held_against
from factscape.checking.vocabulary import undefined_terms
from factscape.errors import Place
from factscape.reading import ontology_files, ontology_folder
from factscape.terms import curie

__all__ = ["Report", "run_checks"]

_OFF = "off"


@dataclass(frozen=True)
class Report:
    """What the checks found, by place."""

    findings: tuple[Finding, ...]
    files: int
    readable: bool
    """Whether every file could be read; if not, nothing but the syntax was checked."""

    def count(self, severity: str) -> int:
        """Return how many findings are of a severity."""
        return sum(finding.severity == severity for finding in self.findings)


def run_checks(
    files: Sequence[Path],
    profile: Mapping[str, str] | None = None,
    today: date | None = None,
    shapes: Sequence[Path] | None = None,
) -> Report:
    """Check the facts in `files` and return what is found, by file and line.

    `profile` sets severities by id of check (`off` leaves one out); `today` is the day on which
    figures must be fresh. What a broken file would have said is missing, so where one cannot be
    read the other checks wait.

    Raises FactsNotFoundError, MissingExtraError, and FactsSyntaxError for a file of decisions.
    """
    material = Material(files)
    levels = profile or {}
    if material.mistakes:
        found: Iterable[Found] = (
            Found("syntax", one.message, one.hint, place=one.place) for one in material.mistakes
        )
    elif not material.uses_vocabulary:
        found = ()
    else:
        found = _all(material, levels, today or date.today(), shapes)
    defaults = {check.id: check.severity for check in (*FUNCTIONS, *query_checks())}
    kept = [
        (one, severity)
        for one in found
        if (severity := levels.get(one.check) or one.severity or defaults[one.check]) != _OFF
    ]
    placed = _placed(kept, material)
    return Report(tuple(sorted(set(placed), key=_order)), len(files), not material.mistakes)


def _all(
    material: Material, levels: Mapping[str, str], today: date, shapes: Sequence[Path] | None
) -> Iterator[Found]:
    # Shapes look at what is stated alone, so they come before what follows is worked out.
    undefined = list(undefined_terms(material))
    terms = {one.value for one in undefined}
    yield from undefined
    for one in _shapes(material, shapes):
        # That a misspelt metric is no metric goes without saying.
        if one.value not in terms:
            yield one
    for check in query_checks():
        if levels.get(check.id) != _OFF:
            yield from ask_check(check, material.store)
    decisions = read_decisions(material.files)
    yield from _stale_decisions(decisions, material)
    functions: Sequence[tuple[tuple[str, ...], Callable[[], Iterable[Found]]]] = (
        (("arithmetic", "arithmetic-across"), lambda: arithmetic(material)),
        (("conflict", "conflict-trusted"), lambda: conflicts(material)),
        (("stale-figure",), lambda: stale_figures(material, today)),
        (
            ("duplicate-name", "duplicate-site", "duplicate-code", "decided-same"),
            lambda: names_alike(material, decisions),
        ),
    )
    for ids, function in functions:
        if any(levels.get(id_) != _OFF for id_ in ids):
            yield from function()


def _shapes(material: Material, shapes: Sequence[Path] | None) -> Iterator[Found]:
    if shapes is None:
        shapes = sorted(ontology_folder().glob("shapes/*.ttl"))
    every = [*material.files, *(f for f in ontology_files() if f not in material.files)]
    for one in held_against(material.plain, material.stated, every, shapes):
        yield Found(
            check=shape_id(one.shape),
            message=one.message,
            subject=one.subject,
            path=one.path,
            value=one.value,
            severity=one.severity,
        )


def _stale_decisions(decisions: Decisions, material: Material) -> Iterator[Found]:
    for made in decisions.all:
        for thing in made.things:
            if thing not in material.plain.said:
                yield Found(
                    check="decision",
                    message=f"This decision is about {curie(thing)}, of which nothing is said.",
                    hint="Mend the name, or remove the decision.",
                    place=made.place,
                )


def _placed(kept: Sequence[tuple[Found, str]], material: Material) -> Iterator[Finding]:
    tries = [() if one.place or one.subject is None else tuple(_tries(one)) for one, _ in kept]
    places = material.find({wanted for each in tries for wanted in each})
    for (one, severity), wanted in zip(kept, tries, strict=True):
        place = one.place or next((places[each] for each in wanted if each in places), None)
        yield Finding(
            one.check, severity, one.message, one.hint, place, one.subject, one.path, one.value
        )


def _tries(one: Found) -> Iterator[Wanted]:
    """Yield patterns for the place of a finding, the closest first."""
    subject, path, value, graph = (
        one.subject or "",
        one.path or "",
        one.value or "",
        one.graph or "",
    )
    if path:
        yield Wanted(subject, path, value, graph)
        yield Wanted(subject, path, "", graph)
    yield Wanted(subject, "", "", graph)
    if graph:
        yield Wanted(subject, "", "", "")


def _order(one: Finding) -> tuple[str, int, int, str, str, str]:
    place = one.place or Place("~")
    return (
        place.file,
        place.line or 0,
        SEVERITIES.index(one.severity),
        one.check,
        one.message,
        str(one.subject),
    )
