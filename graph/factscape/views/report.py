"""A source as a page: what it says, what supports it, what contradicts it, what only it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factscape.claims.cards.parts import Citation
from factscape.claims.source_report import Doubt, Other, Said, read_report
from factscape.errors import FactscapeError
from factscape.terms import FS
from factscape.views.drawing import NEUTRAL, PALETTE
from factscape.views.sheet import Sheet
from factscape.views.tables import text

if TYPE_CHECKING:
    from factscape.opening import Facts
    from factscape.views.page import Page

__all__ = ["report_page"]

_STANDINGS = (
    ("contradicted", PALETTE[1], "diamond"),
    ("supported", PALETTE[2], "dot"),
    ("alone", NEUTRAL, "square"),
)
_COLUMNS = (
    "standing",
    "what",
    "measure",
    "when",
    "figure",
    "paragraph_column",
    "others_say",
    "says_so",
)


def report_page(facts: Facts, source: str, *, lang: str = "en") -> Page:
    """Draw one source (an IRI) as one HTML file that works anywhere, offline.

    Raises FactscapeError where it is no source.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     page = report_page(facts, "https://w3id.org/factscape/source/netease-2026-01-06")
    >>> {row["standing"] for row in page.data["said"]} == {"contradicted", "supported", "alone"}
    True
    """
    if not facts.reader.is_a(source, FS.Source):
        raise FactscapeError(
            f"{facts.reader.label(source)['en'] or source} is no source",
            hint="factscape sources lists them",
        )
    sheet = Sheet(facts, lang)
    found = read_report(facts.reader, facts.store, source, facts.compared(), facts.recomputed)
    # So that the page knows it even where no statement cites it.
    own = sheet.cites([Citation(source, None, found.source, None, None)])
    said = [_said(sheet, one) for one in found.said]
    label = found.source.label
    title = sheet.word("report_of", name=[label["en"], label["zh"]])
    sheet.table(title, _COLUMNS, (_cells(sheet, row) for row in said))
    data = {
        "source": own[0][0],
        "standings": [
            {"name": name, "label": sheet.word(name), "colour": list(pair), "shape": shape}
            for name, pair, shape in _STANDINGS
        ],
        "said": said,
        "doubts": [_doubt(sheet, one) for one in found.doubts],
        "opinions": [
            [text(one.by.label) if one.by else None, text(one.says), one.citation.paragraph]
            for one in found.opinions
        ],
        "repeats": [text(one.label) for one in found.repeats],
        "repeated_by": [text(one.label) for one in found.repeated_by],
    }
    return sheet.page("report", title, data)


def _said(sheet: Sheet, one: Said) -> dict[str, Any]:
    return {
        "claim": sheet.iri(one.claim),
        "standing": one.standing,
        "thing": text(one.thing.label),
        "metric": text(one.metric.label),
        "time": text(one.time.label) if one.time else None,
        "words": text(one.words),
        "paragraph": one.citation.paragraph,
        "cites": sheet.cites([one.citation]),
        "others": [_other(sheet, other) for other in one.others],
    }


def _other(sheet: Sheet, one: Other) -> dict[str, Any]:
    return {
        "words": text(one.words),
        "verdict": text(one.verdict.label),
        "independent": one.independent,
        "cites": sheet.cites([one.citation]),
    }


def _doubt(sheet: Sheet, one: Doubt) -> dict[str, Any]:
    return {
        "claim": sheet.iri(one.claim),
        "thing": text(one.thing.label),
        "metric": text(one.metric.label),
        "time": text(one.time.label) if one.time else None,
        "words": text(one.words),
        "result": text(one.result),
        "paragraph": one.citation.paragraph,
        "inputs": [
            [text(metric.label), text(words), sheet.cites([citation])]
            for metric, words, citation in one.inputs
        ],
        "own_inputs": one.own_inputs,
    }


def _cells(sheet: Sheet, row: dict[str, Any]) -> list[Any]:
    others = row["others"]
    return [
        sheet.word(row["standing"]),
        row["thing"],
        row["metric"],
        row["time"],
        row["words"],
        row["paragraph"],
        [_listed(others, place) for place in (0, 1)],
        {"cites": [cite for other in others for cite in other["cites"]]},
    ]


def _listed(others: list[dict[str, Any]], place: int) -> str:
    def one(value: str | list[str]) -> str:
        return value if isinstance(value, str) else value[place]

    return "; ".join(f"{one(other['words'])} ({one(other['verdict'])})" for other in others)
