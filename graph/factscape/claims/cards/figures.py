"""Reading one measured value, place in a ranking, or comparison, and putting it in words."""

from __future__ import annotations

from factscape.claims.cards.parts import About, Figure, Label, Standing
from factscape.claims.described import LANGUAGES, Described, Reader, by_language
from factscape.claims.words import date_words, figure_words
from factscape.terms import DCT, FS, OA, RDF, XSD

__all__ = ["narrowing", "read_figure"]

# What a statement says of itself; everything else narrows what it measures.
_OWN = frozenset(
    (
        FS.arithmetic, FS.best, FS.input, FS.verdict, FS.sourceCount, FS.voiceCount, RDF.type, RDF.subject, RDF.predicate, RDF.object, DCT.issued, OA.start, OA.end,
        FS.addends, FS.at, FS.begins, FS.bound, FS.cites, FS.comparedWith, FS.during, FS.ends,
        FS.high, FS.low, FS.margin, FS.metric, FS.of, FS.outcome, FS.position, FS.printed,
        FS.rankedAbove, FS.ranking, FS.statedBy, FS.status, FS.tiedWith, FS.unit, FS.value,
    )
)  # fmt: skip

_DATES = (XSD.date, XSD.gYear, XSD.gYearMonth)

_WORDS = {
    "en": {
        "position": "no. {}",
        "tied": "tied with {}",
        "above": "ahead of {}",
        "below": "behind {}",
        "beside": "beside {}",
        "and": ", ",
        "inside": "{} ({})",
    },
    "zh": {
        "position": "第{}",
        "tied": "与{}并列",
        "above": "先于{}",
        "below": "在{}之后",
        "beside": "对比{}",
        "and": "、",
        "inside": "{}（{}）",
    },
}


def read_figure(reader: Reader, statement: Described) -> tuple[str, Figure] | None:
    """Return what a statement measures (a metric, ranking or benchmark) and what it says.

    None for a statement that measures nothing: a relation, an opinion.
    """
    if not reader.is_a(statement.iri, FS.Observation, FS.Comparison):
        return None
    of = statement.one(FS.of)
    measured = statement.one(FS.ranking, FS.metric, FS.benchmark)
    if not (of and measured):
        return None
    named = reader.named_or_none
    return measured, Figure(
        claim=statement.iri,
        of=reader.named(of),
        value=statement.one(FS.value, FS.position),
        low=statement.one(FS.low),
        high=statement.one(FS.high),
        unit=named(statement.one(FS.unit)),
        printed=statement.one(FS.printed),
        bound=named(statement.one(FS.bound)),
        status=named(statement.one(FS.status)),
        time=reader.time(statement),
        about=narrowing(reader, statement, measured),
        stated_by=named(statement.one(FS.statedBy)),
        words=_words(reader, statement),
        standing=_standing(reader, statement),
        citation=reader.citation(next(iter(statement.graphs), "")),
    )


def _standing(reader: Reader, statement: Described) -> Standing | None:
    verdict = reader.named_or_none(statement.one(FS.verdict))
    if verdict is None:
        return None
    return Standing(
        verdict=verdict,
        disputed=verdict.iri in _DISPUTED,
        best=statement.one(FS.best) == "true",
        sources=int(statement.one(FS.sourceCount) or 1),
        voices=int(statement.one(FS.voiceCount) or 1),
    )


_DISPUTED = frozenset((FS.strained, FS.revised, FS.inconsistent))


def narrowing(reader: Reader, statement: Described, measured: str = "") -> tuple[About, ...]:
    """Return what a statement says beyond what it is about: a market, a segment, a setting."""
    found: dict[tuple[str, str], About] = {}
    for one in statement.said:
        if one.predicate in _OWN or one.text == measured:
            continue
        role = reader.named(one.predicate)
        if not one.datatype:
            found[one.predicate, one.text] = About(role, one.text, reader.label(one.text))
        elif (one.predicate, "") not in found:
            label = _dates_in_words(by_language(statement.all(one.predicate)))
            found[one.predicate, ""] = About(role, "", label)
    return tuple(found.values())


def _dates_in_words(label: Label) -> Label:
    return {lang: date_words(text, lang) for lang, text in label.items()}


def _words(reader: Reader, statement: Described) -> Label:
    tied, above, below = _neighbours(reader, statement)
    others = statement.values(FS.comparedWith)
    words = {}
    for lang in LANGUAGES:
        placed = _joined(
            lang,
            _rank(reader, statement.one(FS.position), tied, lang),
            _listed(reader, "above", above, lang),
            _listed(reader, "below", below, lang),
            _outcome(reader, statement.one(FS.outcome), others, lang),
        )
        measured = _measure(reader, statement, lang)
        status = _status(reader, statement, lang)
        if placed and status and not measured:
            placed = _WORDS[lang]["inside"].format(placed, status)
        words[lang] = _joined(lang, placed, measured)
    return words


def _joined(lang: str, *parts: str) -> str:
    return ("，" if lang == "zh" else ", ").join(part for part in parts if part)


def _neighbours(reader: Reader, statement: Described) -> tuple[list[str], list[str], list[str]]:
    """Return whom an entry of a ranking is tied with, above and (where it has no place) below."""

    def things(entries: list[str]) -> list[str]:
        # The entry of a thing stands for it.
        return [reader.describe(entry).one(FS.of) or entry for entry in entries]

    below: list[str] = []
    if statement.one(FS.ranking) and not statement.one(FS.position, FS.value):
        named_by = reader.mentions(statement.iri)
        below = sorted({entry for entry, role, _ in named_by if role == FS.rankedAbove})
    return (
        things(statement.values(FS.tiedWith)),
        things(statement.values(FS.rankedAbove)),
        things(below),
    )


def _rank(reader: Reader, position: str | None, tied: list[str], lang: str) -> str:
    if position is None:
        return ""
    place = _WORDS[lang]["position"].format(position)
    beside = _listed(reader, "tied", tied, lang)
    return _WORDS[lang]["inside"].format(place, beside) if beside else place


def _outcome(reader: Reader, outcome: str | None, others: list[str], lang: str) -> str:
    if outcome is None:
        return ""
    word = reader.label(outcome)[lang]
    beside = _listed(reader, "beside", others, lang)
    return _WORDS[lang]["inside"].format(word, beside) if beside else word


def _listed(reader: Reader, words: str, things: list[str], lang: str) -> str:
    """Return things in a phrase; nothing where there are none."""
    names = sorted(reader.label(thing)[lang] for thing in things)
    return _WORDS[lang][words].format(_WORDS[lang]["and"].join(names)) if names else ""


def _measure(reader: Reader, statement: Described, lang: str) -> str:
    value, low, high = (statement.one(name) for name in (FS.value, FS.low, FS.high))
    if value is None and low is None and high is None:
        return ""
    bound = statement.one(FS.bound)
    return figure_words(
        value=value,
        low=low,
        high=high,
        margin=statement.one(FS.margin),
        wording=_wording(reader, statement.one(FS.unit), lang),
        bound=reader.label(bound)[lang] if bound and bound != FS.exact else "",
        status=_status(reader, statement, lang),
        lang=lang,
        dates=_is_date(reader, statement),
    )


def _status(reader: Reader, statement: Described, lang: str) -> str:
    """Return the status of what is not simply reported: a forecast, a target."""
    status = statement.one(FS.status)
    return reader.label(status)[lang] if status and status != FS.reported else ""


def _is_date(reader: Reader, statement: Described) -> bool:
    """Say whether the value is a date or year, which is not written like a quantity."""
    if any(one.datatype in _DATES for one in statement.all(FS.value)):
        return True
    metric = statement.one(FS.metric)
    # A year may be written as a number: then its metric says that it is one.
    return metric is not None and reader.describe(metric).one(FS.quantityKind) == FS.date


def _wording(reader: Reader, unit: str | None, lang: str) -> str:
    """Return how figures in a unit are written: as the ontology says, else followed by its name."""
    if unit is None:
        return "{}"
    wording = reader.texts(unit, FS.wording)
    return wording.get(lang) or "{} " + reader.label(unit)[lang].replace("{}", "")
