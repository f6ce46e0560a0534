"""The card of a thing as a piece of HTML for a notebook: text and links to the web, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

__all__ = ["card_html"]

Row = tuple[str, str, str, str]
"""What, which, when and who says so; HTML already."""

Plain = Mapping[str, Any]
"""A card, or a part of one, as `Card.as_dict` has it."""


def card_html(card: Plain) -> str:
    """Return a card, as plain dictionaries, as HTML in which nothing runs, whatever the facts say.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     html = card_html(facts.card("GLM-4.6").as_dict())
    >>> html.startswith("<h3>GLM-4.6</h3><p>model</p><table>")
    True
    """
    links = {source["iri"]: source["url"] or "" for source in card["sources"]}
    kinds = ", ".join(_text(kind["label"]) for kind in card["kinds"])
    rows = "".join(
        f"<tr><th>{what}</th><td>{which}</td><td>{when}</td><td>{who}</td></tr>"
        for what, which, when, who in (*_figures(card, links), *_edges(card, links))
    )
    return f"<h3>{_text(card['label'])}</h3><p>{kinds}</p><table>{rows}</table>"


def _figures(card: Plain, links: dict[str, str]) -> Iterator[Row]:
    for group in card["figures"]:
        for figure in group["rows"]:
            disputed = " ◆" if figure["standing"] and figure["standing"]["disputed"] else ""
            about = [
                f"{_text(one['role']['label'])}: {_text(one['label'])}" for one in figure["about"]
            ]
            yield (
                _text(group["metric"]["label"]),
                "; ".join([_text(figure["words"]) + disputed, *about]),
                _time(figure["time"]),
                _cited([figure["citation"]], links),
            )


def _edges(card: Plain, links: dict[str, str]) -> Iterator[Row]:
    for event in card["events"]:
        named = f"{_text(event['label'])} ({_text(event['role']['label'])})"
        times = " or ".join(map(_time, (event["time"], *event["other_times"])))
        yield "event", named, times, _cited(event["citations"], links)
    for one in card["relations"]:
        said, other = _text(one["predicate"]["label"]), _text(one["other"]["label"])
        yield said, other, _time(one["time"]), _cited(one["citations"], links)
    for opinion in card["opinions"]:
        says = _text(opinion["says"])
        yield "opinion", says, _time(opinion["time"]), _cited([opinion["citation"]], links)


def _text(label: Mapping[str, str]) -> str:
    return escape(label.get("en") or label.get("zh") or "")


def _time(time: Plain | None) -> str:
    return _text(time["label"]) if time else ""


def _cited(citations: Iterable[Plain], links: dict[str, str]) -> str:
    found: dict[str, None] = {}
    for one in citations:
        source = one["source"]
        title, url = _text(source["label"]), links.get(source["iri"], "")
        if url.startswith(("https://", "http://")):
            title = f'<a href="{escape(url)}" rel="noopener noreferrer">{title}</a>'
        place = f" ¶ {one['paragraph']}" if one["paragraph"] is not None else ""
        found[title + place] = None
    return "; ".join(found)
