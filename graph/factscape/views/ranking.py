"""A ranking as a page: bars of a period, or places over periods; what does not compare is apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from factscape.claims.boards import Board, Place, read_boards, why_apart
from factscape.errors import FactscapeError
from factscape.views.measures import measure_title, measured_row, unconverted
from factscape.views.sheet import Sheet, lean, number, series_looks
from factscape.views.tables import text

if TYPE_CHECKING:
    from factscape.opening import Facts
    from factscape.views.page import Page

__all__ = ["ranking_page"]

_COLUMNS = (
    "period", "place", "what", "figure", "number", "unit", "since_before", "status", "sides", "says_so",
)  # fmt: skip


def ranking_page(
    facts: Facts,
    target: str,
    *,
    currency: str | None = None,
    smallest_first: bool | None = None,
    lang: str = "en",
) -> Page:
    """Draw who stands where as one HTML file that works anywhere, offline.

    `target` is the IRI of a market, benchmark, metric or ranking, `currency` that of a unit.
    Measures, currencies, periods and publishers are never mixed: what compares shares a board.
    The largest stands first, or the smallest where the ontology says that less is better;
    `smallest_first` decides it otherwise.

    Raises FactscapeError where nothing ranks the target.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     page = ranking_page(facts, "https://w3id.org/factscape/id/china-maas-market")
    >>> page.data["boards"][0]["measured_by"][0]
    'IDC'
    """
    boards = read_boards(facts.reader, facts.store, target, currency, smallest_first=smallest_first)
    if not boards:
        raise FactscapeError(
            f"nothing here ranks {facts.reader.label(target)['en']}",
            hint="name a market, a benchmark or a metric: factscape search market",
        )
    sheet = Sheet(facts, lang)
    things = {place.thing.iri: place.thing for board in boards for place in board.places}
    looks = series_looks(len(things))
    label = facts.reader.label(target)
    title = sheet.word("ranking_of", name=[label["en"], label["zh"]])
    rows = [_board(sheet, board, list(things), boards) for board in boards]
    data = {
        "things": [
            {
                "iri": sheet.iri(iri),
                "label": text(thing.label),
                "colour": list(colours),
                "shape": shape,
            }
            for (iri, thing), (colours, shape) in zip(things.items(), looks, strict=True)
        ],
        "boards": [row | {"places": [*map(lean, row["places"])]} for row in rows],
        "unconverted": unconverted(
            facts, currency, [place.told for board in boards for place in board.places]
        ),
    }
    for board, row in zip(boards, rows, strict=True):
        sheet.table(row["title"], _COLUMNS, _cells(sheet, board, row))
    return sheet.page("ranking", title, data)


def _board(
    sheet: Sheet, board: Board, things: Sequence[str], boards: Sequence[Board]
) -> dict[str, Any]:
    return {
        "title": measure_title(sheet, board, *_extra(board)),
        "metric": text(board.metric.label),
        "unit": text(board.unit.label) if board.unit else None,
        "measured_by": text(board.measured_by.label) if board.measured_by else None,
        "scope": [text(label) for label in board.scope],
        "printed": board.printed,
        "ranks": board.ranks,
        "smallest_first": board.smallest_first,
        "latest": board.latest,
        "periods": _periods(sheet, board),
        "places": [_place(sheet, board, place, things) for place in board.places],
        "sums": [
            [text(row.figure.of.label), text(row.words), sheet.cites([row.figure.citation])]
            for row in board.sums
        ],
        "apart": [
            [other, why_apart(board, boards[other])]
            for other in range(len(boards))
            if boards[other] is not board
        ],
    }


def _extra(board: Board) -> list[str]:
    words = {"board_printed": board.printed, "board_foretold": board.measure.foretold}
    return [word for word, applies in words.items() if applies]


def _periods(sheet: Sheet, board: Board) -> list[dict[str, Any]]:
    periods = [
        {"label": text(time.label), "begins": time.begins, "ends": time.ends}
        for time in board.periods
    ]
    if board.latest is not None:
        periods.append({"label": sheet.word("latest_of_each"), "begins": None, "ends": None})
    return periods


def _place(sheet: Sheet, board: Board, place: Place, things: Sequence[str]) -> dict[str, Any]:
    change, time = place.change, place.told.figure.time
    alone = sum(one.period == place.period for one in board.places) == 1
    return {
        "thing": things.index(place.thing.iri),
        "period": place.period,
        "rank": None if alone and not board.printed else place.rank,
        "tied": place.tied,
        "moved": change.places if change else None,
        "grew": number(change.value) if change else None,
        "time": text(time.label) if time and place.period == board.latest else None,
        **measured_row(sheet, place.told),
    }


def _cells(sheet: Sheet, board: Board, row: dict[str, Any]) -> list[list[Any]]:
    return [
        [
            _when(sheet, board, row, place),
            place["rank"],
            text(said.thing.label),
            place["words"],
            None if board.printed else place["value"],
            row["unit"],
            place["moved"] if board.printed else place["grew"],
            place["status"],
            len(place["sides"]),
            {"cites": [cite for side in place["sides"] for cite in side[1]]},
        ]
        for place, said in zip(row["places"], board.places, strict=True)
    ]


def _when(
    sheet: Sheet, board: Board, row: dict[str, Any], place: dict[str, Any]
) -> str | list[str]:
    label: str | list[str] = row["periods"][place["period"]]["label"] or sheet.word("no_time")
    if place["period"] != board.latest:
        return label
    time = place["time"] or sheet.word("no_time")
    return [
        f"{label[number]} ({time if isinstance(time, str) else time[number]})" for number in (0, 1)
    ]
