"""`factscape check`: what is wrong with the facts, and which figures of a text they do not hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factscape.cli.options import facts_option, json_option
from factscape.cli.output import clean, print_json, print_table, say, shown_place
from factscape.errors import MisuseError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from factscape.checking import Finding, Report

__all__ = ["check_command"]

_FORMATS = ("text", "json", "sarif", "github")
_GRAVEST_FIRST = ("error", "warning", "info")


@click.command("check")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="For people, or for programs: sarif for code scanning, github for annotations in its CI.",
)
@click.option(
    "--show",
    type=click.Choice(_GRAVEST_FIRST),
    default="warning",
    show_default=True,
    help="The least grave that is printed for people; the rest is counted.",
)
@click.option(
    "--profile",
    metavar="FILE",
    help="How grave each check is here, or off: TOML, see --list-checks.",
)
@click.option(
    "--list-checks", is_flag=True, help="Print the ids of all checks and how grave each is."
)
@click.option(
    "--today", metavar="DATE", help="The day on which figures must be fresh; today if not given."
)
@click.option(
    "--fix",
    is_flag=True,
    help="First mend what is mechanical: prefixes, order, addresses of statements.",
)
@click.option("--text", metavar="FILE", help="The text of a source (- for standard input).")
@click.option(
    "--source",
    metavar="SRC",
    help="The source that the text is of: its slug, src:slug or IRI. Found by the text's digest "
    "when it is not given.",
)
@click.option(
    "--waivers",
    metavar="FILE",
    help="Figures that state nothing checkable, with the reasons. By default the file "
    "<slug>.waived.toml beside the facts.",
)
@facts_option
@json_option
def check_command(
    paths: tuple[str, ...],
    form: str,
    show: str,
    profile: str | None,
    list_checks: bool,
    today: str | None,
    fix: bool,
    text: str | None,
    source: str | None,
    waivers: str | None,
    facts_paths: tuple[str, ...] | None,
    as_json: bool,
) -> None:
    r"""Find what is wrong, at which file and line, and what to do about it.

    Without --text the files are read and put to every check: form, terms, figures that do not
    follow from one another, names, sources, age, disagreement. With --text every figure of a
    source's text is held against the statements of that source: what no statement prints is
    listed, and so are statements that do not fit the text.

    The status is 1 when there is an error (warnings and notes alone are none), 2 for a wrong call.

    \b
    Examples:
      factscape check
      factscape check my-facts --show info
      factscape check my-facts --fix
      factscape check my-facts --format sarif > findings.sarif
      factscape check --text article.txt --source netease-2026-01-06
    """
    if text is None and (source or waivers):
        raise MisuseError(
            "--source and --waivers belong to --text", hint="give the text too: --text FILE"
        )
    form = "json" if as_json else form
    roots = (*paths, *(facts_paths or ())) or None
    if text is not None:
        if fix or form in ("sarif", "github"):
            raise MisuseError(
                "--text is neither mended nor told in this format", hint="leave one out"
            )
        from factscape.cli.check_text import check_text

        fine = check_text(roots, text, source, waivers, form == "json")
    else:
        levels = _levels(profile)
        if list_checks:
            _print_checks(levels, form == "json")
            return
        fine = _check_facts(roots, _day(today), levels, form, show, fix)
    if not fine:
        click.get_current_context().exit(1)


def _levels(profile: str | None) -> Mapping[str, str]:
    if profile is None:
        return {}
    from factscape.checking import every_check, read_profile

    return read_profile(Path(profile), every_check())


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise MisuseError(f"{text} is no day", hint="write a day as 2026-01-31") from error


def _print_checks(levels: Mapping[str, str], as_json: bool) -> None:
    from factscape.checking import every_check

    checks = every_check()
    if as_json:
        rows = [
            {"id": one.id, "severity": levels.get(one.id, one.severity), "title": dict(one.title)}
            for one in checks
        ]
        print_json(rows)
        return
    print_table(
        ("id", "severity", "what it finds"),
        [(one.id, levels.get(one.id, one.severity), one.title["en"]) for one in checks],
    )


def _check_facts(
    roots: Sequence[str] | None,
    today: date | None,
    levels: Mapping[str, str],
    form: str,
    show: str,
    fix: bool,
) -> bool:
    from factscape.checking import run_checks
    from factscape.checking.formats import github_lines, json_report, sarif_report
    from factscape.opening import BUNDLED
    from factscape.reading import facts_folder, find_files

    files = find_files(
        facts_folder() if root == BUNDLED else Path(root) for root in roots or (BUNDLED,)
    )
    if fix:
        _fix(files)
    report = run_checks(files, levels, today)
    if form == "json":
        print_json(json_report(report))
    elif form == "sarif":
        print_json(sarif_report(report, Path.cwd(), levels))
    elif form == "github":
        for line in github_lines(report, Path.cwd()):
            print(line)
    else:
        _print_report(report, show)
    return not report.count("error")


def _fix(files: Sequence[Path]) -> None:
    """Mend the files and say on standard error what was done."""
    from factscape.checking.fixing import fix_files

    for one in fix_files(files):
        for line in one.changes:
            say(f"{shown_place(one.place)}: {line}")
        if one.left_alone:
            say(f"{shown_place(one.place)}: left as it is: {one.left_alone}")


def _print_report(report: Report, show: str) -> None:
    """Print the findings, which stand in the order of their places, with a gap between files."""
    shown = _GRAVEST_FIRST[: _GRAVEST_FIRST.index(show) + 1]
    file = None
    for finding in report.findings:
        if finding.severity not in shown:
            continue
        here = finding.place.file if finding.place else None
        if file is not None and here != file:
            print()
        file = here
        _print_finding(finding)
    counts = [
        _counted(report.count("error"), "error"),
        _counted(report.count("warning"), "warning"),
        _counted(report.count("info"), "note"),
    ]
    hidden = report.count("info") and show != "info"
    rest = " (--show info prints them)" if hidden else ""
    unread = "" if report.readable else "; the other checks wait until all can be read"
    print(f"{_counted(report.files, 'file')}: {', '.join(counts)}{rest}{unread}")


def _print_finding(finding: Finding) -> None:
    from factscape.terms import curie

    head = f"{shown_place(finding.place)}: {finding.severity}: {finding.message} [{finding.check}]"
    print(clean(head))
    # A query or function names in its message what it is about.
    if finding.subject and finding.check.startswith("shape"):
        about = curie(finding.subject)
        if finding.path:
            about += f" {curie(finding.path)}"
        if finding.value and finding.value != finding.subject:
            about += f" {finding.value}"
        print(f"  {clean(about)}")
    for line in finding.hint.splitlines():
        print(f"  {clean(line)}")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")
