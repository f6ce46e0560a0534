"""What templates work out of a page's data: headings, citations, order. None of it knows HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from factscape.terms import local_name
from factscape.web.addresses import link

__all__ = ["FILTERS", "citation", "named"]

Data = Mapping[str, Any]


def named(one: Data, lang: str) -> str:
    """Return what something is called in a language, in English where it has no name in it.

    >>> named({"label": {"en": "Zhipu", "zh": "智谱"}}, "zh")
    '智谱'
    """
    label: Mapping[str, str] = one["label"]
    return label.get(lang) or label.get("en", "")


def heading(
    card: Data,
    lang: str,
    trail: Data | None,
    relation: Data | None,
    source: Data | None,
    words: Mapping[str, str],
) -> str:
    """Return what stands above a page: of a statement what it is about, else a name."""
    if trail:
        parts = [named(trail["figure"]["of"], lang), named(trail["metric"], lang)]
        time = trail["figure"]["time"]
        return words["comma"].join([*parts, *([time["label"][lang]] if time else [])])
    if relation:
        return " ".join(named(relation[end], lang) for end in ("subject", "predicate", "object"))
    if source:
        number = next((one["text"] for one in card["notes"] if _is_paragraph(one)), None)
        return words["paragraph"].format(number) if number else source["title"].get(lang, "")
    if card["sort"] == "statement" and card["kinds"]:
        by = card["opinions"][0]["by"] if card["opinions"] else None
        return words["colon"].join(
            [named(card["kinds"][0], lang), *([named(by, lang)] if by else [])]
        )
    return named(card, lang)


def _is_paragraph(note: Data) -> bool:
    return local_name(note["predicate"]["iri"]) == "paragraph"


def citation(document: Data, cited: Data, printed: str, lang: str, words: Mapping[str, str]) -> str:
    """Return how a place in a source is cited.

    >>> source = {"label": {"en": "A report"}, "publisher": None, "url": "https://example.org/r"}
    >>> place = {"source": {"label": {"en": "A report"}}, "issued": "2025-12", "paragraph": 4}
    >>> citation(source, place, "32%", "en", {"quoted": "“{}”", "comma": ", "})
    '“A report”, 2025-12, ¶4, “32%”. https://example.org/r'
    """
    parts = [
        named(document["publisher"], lang) if document["publisher"] else "",
        words["quoted"].format(named(cited["source"], lang)),
        cited["issued"] or "",
        f"¶{cited['paragraph']}" if cited["paragraph"] is not None else "",
        words["quoted"].format(printed) if printed else "",
    ]
    text = words["comma"].join(part for part in parts if part)
    url = link(document["url"])
    return f"{text}. {url}" if url else text


def by_claim(data: Data) -> dict[str, Data]:
    """Return a card's figures by their statements, or a group's by statement and graph."""
    if "sides" in data:
        figures = [one for side in data["sides"] for one in side["figures"]]
        return {f"{one['claim']} {one['citation']['passage']}": one for one in figures}
    return {row["claim"]: row for group in data["figures"] for row in group["rows"]}


def figures_of(card: Data, metric: str) -> list[Data]:
    """Return a card's figures of one metric, the newest first; of those that compare the best."""
    groups = (group["rows"] for group in card["figures"] if group["metric"]["iri"] == metric)
    return sorted((row for rows in groups for row in rows), key=_ended, reverse=True)


def _ended(row: Data) -> str:
    time = row["time"] or {}
    return time.get("ends") or time.get("begins") or ""


def by_predicate(relations: Iterable[Data]) -> list[list[Data]]:
    """Return relations by what they say, the commonest first, in each the newest first."""
    groups: dict[tuple[str, bool], list[Data]] = {}
    for one in relations:
        groups.setdefault((one["predicate"]["iri"], one["backwards"]), []).append(one)
    for group in groups.values():
        group.sort(key=lambda one: (one["time"] or {}).get("begins") or "", reverse=True)
    return sorted(groups.values(), key=lambda group: -len(group))


def by_iri(sources: Iterable[Data], others: Iterable[Data] = ()) -> dict[str, dict[str, Any]]:
    """Return sources by IRI, each with its number in the list of them.

    >>> by_iri([{"iri": "urn:a"}], [{"iri": "urn:b"}, {"iri": "urn:a"}])
    {'urn:a': {'iri': 'urn:a', 'number': 1}, 'urn:b': {'iri': 'urn:b', 'number': 2}}
    """
    found: dict[str, dict[str, Any]] = {}
    for one in (*sources, *others):
        found.setdefault(one["iri"], {**one, "number": len(found) + 1})
    return found


def among(names: Sequence[str], rows: Mapping[str, Any]) -> list[Any]:
    """Return the rows with these names, in their order."""
    return [rows[name] for name in names]


def spark(values: Sequence[float]) -> str:
    """Return the points of a small line, 100 wide and 24 high, as SVG has them.

    >>> spark([1, 3, 2])
    '0,22 50,2 100,12'
    """
    low, high = min(values), max(values)
    heights = (22 - 20 * (value - low) / (high - low or 1) for value in values)
    step = 100 / (len(values) - 1 or 1)
    return " ".join(f"{step * place:.4g},{height:.4g}" for place, height in enumerate(heights))


_SHAPES = {
    "dot": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    "ellipse": "M-6 0a6 4 0 1 0 12 0a6 4 0 1 0-12 0z",
    "square": "M-5-5H5V5H-5z",
    "diamond": "M0-6L6 0L0 6L-6 0z",
    "triangle": "M0-6L6 5H-6z",
    "triangleDown": "M0 6L6-5H-6z",
    "hexagon": "M6 0L3 5H-3L-6 0L-3-5H3z",
    "star": "M0-7L2-2L7-2L3 1L4 6L0 3L-4 6L-3 1L-7-2L-2-2z",
}


def shape(name: str) -> str:
    """Return the outline of a shape that kinds of things are drawn with, as a path of SVG."""
    return _SHAPES.get(name, _SHAPES["dot"])


FILTERS = {
    "among": among,
    "by_claim": by_claim,
    "by_iri": by_iri,
    "by_predicate": by_predicate,
    "figures_of": figures_of,
    "heading": heading,
    "link": link,
    "local": local_name,
    "shape": shape,
    "spark": spark,
}
"""What templates call these by."""
