"""A comparison as a page: a small picture for each measure that things share, over periods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from factscape.claims.cards.parts import Named
from factscape.claims.side_by_side import Panel, Point, read_comparison
from factscape.errors import FactscapeError, MisuseError
from factscape.views.measures import measure_title, measured_row, unconverted
from factscape.views.sheet import Sheet, lean, number, series_looks
from factscape.views.tables import text

if TYPE_CHECKING:
    from factscape.opening import Facts
    from factscape.views.page import Page

__all__ = ["comparison_page"]

_COLUMNS = (
    "measure", "what", "when", "figure", "number", "multiple", "status", "sides", "says_so",
)  # fmt: skip


def comparison_page(
    facts: Facts,
    things: Sequence[str],
    *,
    currency: str | None = None,
    metrics: Sequence[str] = (),
    lang: str = "en",
) -> Page:
    """Draw several things side by side as one HTML file that works anywhere, offline.

    `things` are IRIs, `currency` that of a unit; for a family of which nothing is measured, such as
    GLM, its members stand in. `metrics` are IRIs of metrics or of kinds of quantity (`fs:price`);
    all where there are none. Only what compares shares a picture; disputed figures show how far
    their sides lie apart; ratios are worked out where nobody states them.

    Raises MisuseError (no thing at all), FactscapeError (nothing is measured of them).

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     ids = [f"https://w3id.org/factscape/id/{name}" for name in ("zhipu", "minimax")]
    ...     page = comparison_page(facts, ids)
    >>> [thing["label"] for thing in page.data["things"]]
    [['Zhipu', '智谱'], 'MiniMax']
    """
    chosen = list(dict.fromkeys(things))
    if not chosen:
        raise MisuseError("nothing to compare", hint="factscape compare zhipu minimax")
    compared, panels = read_comparison(
        facts.reader, facts.store, chosen, currency, frozenset(metrics)
    )
    if not panels:
        raise _nothing(facts, chosen, metrics)
    named = [facts.reader.named(thing) for thing in compared]
    sheet = Sheet(facts, lang)
    rows = [_panel(sheet, panel, compared) for panel in panels]
    title = _title(sheet, facts, chosen, metrics)
    sheet.table(title, _COLUMNS, _cells(sheet, rows, named))
    data = {
        "things": [
            {
                "iri": sheet.iri(one.iri),
                "label": text(one.label),
                "colour": list(colours),
                "shape": shape,
            }
            for one, (colours, shape) in zip(named, series_looks(len(named)), strict=True)
        ],
        "panels": [panel | {"points": [*map(lean, panel["points"])]} for panel in rows],
        # Who asks for metrics wants them all, shared or not.
        "all": bool(metrics),
        "unconverted": unconverted(
            facts, currency, [point.told for panel in panels for point in panel.points]
        ),
    }
    return sheet.page("compare", title, data)


def _title(sheet: Sheet, facts: Facts, things: Sequence[str], metrics: Sequence[str]) -> list[str]:
    """Return a heading: what is compared, then what of it."""
    labels = [[facts.reader.label(one) for one in those] for those in (things, metrics)]
    names, what = (
        [" · ".join(one[code] for one in those) for code in ("en", "zh")] for those in labels
    )
    if metrics:
        return sheet.word("comparison_in", names=names, what=what)
    return sheet.word("comparison_of" if len(things) > 1 else "measures_of", names=names)


def _nothing(facts: Facts, things: Sequence[str], metrics: Sequence[str]) -> FactscapeError:
    names = ", ".join(facts.reader.label(thing)["en"] for thing in things)
    if not metrics:
        return FactscapeError(f"nothing is measured of {names}", hint="factscape lookup NAME")
    what = ", ".join(facts.reader.label(metric)["en"] for metric in metrics)
    return FactscapeError(
        f"no {what} is stated of {names}",
        hint="without --metric all that is measured is compared; factscape search METRIC finds one",
    )


def _panel(sheet: Sheet, panel: Panel, things: Sequence[str]) -> dict[str, Any]:
    return {
        "title": measure_title(sheet, panel),
        "steps": panel.steps,
        "shared": len(panel.things),
        "points": [_point(sheet, point, things) for point in panel.points],
    }


def _point(sheet: Sheet, point: Point, things: Sequence[str]) -> dict[str, Any]:
    one, time = point.told.one, point.told.figure.time
    row = measured_row(sheet, point.told)
    if point.below is not None:
        below = measured_row(sheet, point.below)
        row |= {
            "claim": f"{row['claim']} / {below['claim']}",
            "low": None,
            "high": None,
            "words": f"≈ {point.value:,.4g}",
            "printed": None,
            "worked_out": [
                [row["words"], row["sides"][0][1]],
                [below["words"], below["sides"][0][1]],
            ],
            "sources": max(row["sources"], below["sources"]),
            "disputed": False,
            "sides": [],
        }
    return {
        "thing": things.index(point.thing),
        "time": text(time.label) if time else None,
        "begins": one.begins or None,
        "ends": one.ends or None,
        "foretold": point.foretold,
        "times": number(point.times),
        **row,
        "value": number(point.value),
    }


def _cells(
    sheet: Sheet, panels: Sequence[dict[str, Any]], things: Sequence[Named]
) -> list[list[Any]]:
    return [
        [
            panel["title"],
            text(things[point["thing"]].label),
            point["time"] or sheet.word("no_time"),
            point["words"],
            point["value"],
            point["times"],
            sheet.word("worked_out") if "worked_out" in point else point["status"],
            len(point["sides"]) or None,
            {
                "cites": [
                    cite for side in point.get("worked_out", point["sides"]) for cite in side[1]
                ]
            },
        ]
        for panel in panels
        for point in panel["points"]
    ]
