"""`factscape check --text`: which figures of a text the facts do not hold."""

from __future__ import annotations

import difflib
import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factscape.cli.output import clean, print_json, print_table, say, shown_place
from factscape.cli.places import place_row
from factscape.errors import MisuseError, Place, ReadingError

if TYPE_CHECKING:
    from factscape.claims.texts.coverage import Coverage, Match
    from factscape.claims.texts.waivers import Waiver
    from factscape.opening import Facts

__all__ = ["check_text"]

_AROUND = 14
_BOM = "\ufeff"


def check_text(
    roots: tuple[str, ...] | None, file: str, source: str | None, waivers: str | None, as_json: bool
) -> bool:
    """Hold a text's figures against the facts, print what shows, and say whether all is well."""
    from factscape.checking.placing import place_all
    from factscape.claims.texts.coverage import coverage
    from factscape.claims.texts.waivers import find_waivers, read_waivers
    from factscape.opening import open_facts

    text = _read_text(file)
    with open_facts(roots) as facts:
        iri = _find_source(facts, source, text)
        path = Path(waivers) if waivers else find_waivers(iri, facts.files)
        report = coverage(facts.store, text, iri, read_waivers(path) if path else ())
        subjects = [(finding.subject, None, None) for finding in report.findings]
        found = place_all(subjects, facts.files) if subjects else {}
    places = {subject: place for (subject, _, _), place in found.items()}
    if as_json:
        print_json(_coverage_json(report, text, places))
    else:
        _print_coverage(report, text, places)
    return report.complete


def _read_text(file: str) -> str:
    """Read a text as it is: offsets count its line ends and a byte order mark too."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise MisuseError(f"{file} cannot be read: {error.strerror or error}") from error
    name = "standard input" if file == "-" else file
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"this text is not UTF-8: the byte 0x{data[error.start]:02x} cannot stand here",
            place=Place(name, data.count(b"\n", 0, error.start) + 1),
            hint="save it in the encoding UTF-8; offsets count the characters of that text",
        ) from error
    if text.startswith(_BOM):
        say(f"note: {name} begins with a byte order mark, which counts as a character")
    return text


def _find_source(facts: Facts, name: str | None, text: str) -> str:
    """Return the IRI of the source that is meant, or whose text this is."""
    import pyoxigraph as ox

    from factscape.terms import FS, RDF, local_name

    known = sorted(
        {
            quad.subject.value
            for quad in facts.store.quads(
                None, ox.NamedNode(RDF.type), ox.NamedNode(FS.Source), None
            )
            if isinstance(quad.subject, ox.NamedNode)
        }
    )
    if name is None:
        digest = ox.Literal(hashlib.sha256(text.encode("utf-8")).hexdigest())
        meant = [
            iri
            for iri in known
            if any(facts.store.quads(ox.NamedNode(iri), ox.NamedNode(FS.textSha256), digest))
        ]
    else:
        prefix, colon, local = name.partition(":")
        wanted = {name.strip("<>")}
        if colon and prefix in facts.prefixes:
            wanted.add(facts.prefixes[prefix] + local)
        meant = [iri for iri in known if iri in wanted] or [
            iri for iri in known if local_name(iri) == name
        ]
    if len(meant) == 1:
        return meant[0]
    raise _no_such_source(name, meant or known, several=bool(meant))


def _no_such_source(name: str | None, iris: list[str], *, several: bool) -> MisuseError:
    from factscape.terms import PREFIXES, curie, local_name

    slugs = [local_name(iri) for iri in iris]
    if several:
        return MisuseError(
            "several sources are meant" if name else "this is the text of several sources",
            hint="say which: " + " ".join(f"--source {iri}" for iri in iris),
        )
    if name is None:
        return MisuseError(
            "no source states the digest of this text (fs:textSha256)",
            hint="say with --source which source it is of: " + _some(slugs),
        )
    bare = local_name(name.removeprefix("src:").strip("<>"))
    near = difflib.get_close_matches(bare, slugs, n=1, cutoff=0.4)
    if near:
        # Someone who wrote src:… is shown src:…
        shown = curie(iris[slugs.index(near[0])], {"src": PREFIXES["src"]})
        hint = f"did you mean {near[0] if ':' not in name else shown.strip('<>')}?"
    else:
        hint = "sources here: " + _some(slugs)
    return MisuseError(f"there is no source {name}", hint=hint)


def _some(names: list[str], limit: int = 10) -> str:
    shown = ", ".join(names[:limit]) or "none"
    return shown + (f" and {len(names) - limit} more" if len(names) > limit else "")


def _print_coverage(report: Coverage, text: str, places: dict[str, Place]) -> None:
    from factscape.claims.texts.coverage import Fate
    from factscape.terms import curie

    if report.other_text:
        print("This is not the text that the source's offsets count in: all below may be off.")
        print(f"  its SHA-256   {report.text_sha256}")
        print(f"  fs:textSha256 {report.stated_sha256}\n")
    elif report.stated_sha256 is None:
        say(f"note: the source states no fs:textSha256; this text has {report.text_sha256}")
    print_table(("what", "how many"), _summary(report), title=clean(curie(report.source)))
    for fate, title in (
        (Fate.UNCOVERED, "Figures that no statement covers"),
        (Fate.SPANNED, "Figures in the words of statements that do not print them"),
    ):
        if found := report.of(fate):
            rows = [_figure_cells(match, text) for match in found]
            print()
            print_table(("line", "column", "figure", "kind", "where"), rows, title=title)
    if report.findings:
        print("\nStatements that do not fit the text")
        for finding in report.findings:
            place = places.get(finding.subject)
            print(clean(f"{shown_place(place)}: {curie(finding.subject)} {finding.message}"))
    if report.stale:
        print("\nWaivers that waive nothing")
        for stale in report.stale:
            waiver = stale.waiver
            print(clean(f"{shown_place(waiver.place)}: {waiver.figure!r}: {stale.message}"))


def _summary(report: Coverage) -> list[tuple[str, int]]:
    from factscape.claims.texts.coverage import Fate

    return [
        ("figures found", len(report.matches)),
        ("covered", len(report.of(Fate.COVERED))),
        ("inside names", len(report.of(Fate.NAME))),
        ("waived", len(report.of(Fate.WAIVED))),
        ("in words only", len(report.of(Fate.SPANNED))),
        ("uncovered", len(report.of(Fate.UNCOVERED))),
        ("statements with spans", report.statements),
        ("do not fit the text", len(report.findings)),
        ("waivers that waive nothing", len(report.stale)),
    ]


def _figure_cells(match: Match, text: str) -> tuple[int, int, str, str, str]:
    figure = match.figure
    return figure.line, figure.column, figure.printed, figure.kind, _context(match, text)


def _context(match: Match, text: str) -> str:
    """Return a few characters on both sides of a figure, which is marked, without leaving its line."""
    start, end = match.figure.start, match.figure.end
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    after = text[end : end + _AROUND].partition("\n")[0]
    return f"{before}«{text[start:end]}»{after}"


def _coverage_json(report: Coverage, text: str, places: dict[str, Place]) -> dict[str, Any]:
    return {
        "source": report.source,
        "complete": report.complete,
        "other_text": report.other_text,
        "text_sha256": report.text_sha256,
        "stated_sha256": report.stated_sha256,
        "summary": dict(_summary(report)),
        "figures": [_figure_row(match, text) for match in report.matches],
        "findings": [
            {
                **place_row(places.get(finding.subject)),
                "subject": finding.subject,
                "message": finding.message,
            }
            for finding in report.findings
        ],
        "stale_waivers": [
            {
                **place_row(stale.waiver.place),
                **_waiver_row(stale.waiver),
                "message": stale.message,
            }
            for stale in report.stale
        ],
    }


def _figure_row(match: Match, text: str) -> dict[str, Any]:
    figure = match.figure
    return {
        "start": figure.start,
        "end": figure.end,
        "line": figure.line,
        "column": figure.column,
        "printed": figure.printed,
        "kind": figure.kind,
        "before": figure.before,
        "after": figure.after,
        "fate": match.fate,
        "by": list(match.by),
        "context": _context(match, text),
    }


def _waiver_row(waiver: Waiver) -> dict[str, Any]:
    return {"figure": waiver.figure, "reason": waiver.reason, "paragraph": waiver.paragraph}
