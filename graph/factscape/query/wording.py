"""An answer in words: things by their names, columns by their headings, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeGuard

import pyoxigraph as ox

from factscape.query.formats import Answer, Rows, Term, rows_of
from factscape.query.header import LANGUAGE, Header
from factscape.query.library import LibraryQuery
from factscape.query.parameters import Known, Terms
from factscape.terms import PREFIXES, curie

__all__ = ["headings", "in_words", "meanings", "titled"]

_ANY = {"en": "any", "zh": "不限"}


def in_words(answer: Answer, header: Header, known: Known, lang: str, limit: int = 0) -> Rows:
    """Return at most `limit` rows (0: all), things by their names in `lang` where they have one.

    A column is headed as the header says, or else called like the property or class of the
    vocabulary that has its name.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     answer = facts.query("SELECT ?unit { VALUES ?unit { unit:CNY } }")
    ...     in_words(answer, Header(), facts, "zh")
    Rows(columns=('单位',), rows=[['人民币元']], cut=False)
    """
    rows = rows_of(
        answer, known.prefixes, limit, lambda iris: _names(iris, known, lang), mark_languages=False
    )
    return Rows(headings(rows.columns, header, known, lang), rows.rows, rows.cut)


def _names(iris: Iterable[str], known: Known, lang: str) -> dict[str, str]:
    return {thing.iri: thing.zh if lang == "zh" else thing.en for thing in known.names.known(iris)}


def headings(columns: Sequence[str], header: Header, known: Known, lang: str) -> tuple[str, ...]:
    """Return what stands above the columns of an answer.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     headings(["unit", "n"], Header(), facts, "zh")
    ('单位', 'n')
    """
    terms = {
        column: [f"{PREFIXES['fs']}{name}" for name in (column, column[:1].upper() + column[1:])]
        for column in columns
    }
    names = _names([iri for iris in terms.values() for iri in iris], known, lang)
    return tuple(
        header.columns[column].words[lang]
        if column in header.columns
        else next((names[iri] for iri in terms[column] if iri in names), column)
        for column in columns
    )


def titled(query: LibraryQuery, values: Mapping[str, Terms], known: Known, lang: str) -> str:
    """Return what heads an answer: the title, and what the parameters were.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     titled(facts.queries["customer-concentration"], {}, facts, "en")
    'How much of the revenue comes from the five largest customers · company: Zhipu'
    """
    words = meanings(query, values, known, lang)
    chosen = [f"{query.parameters[name].label[lang]}: {said}" for name, said in words.items()]
    return " · ".join([query.title[lang], *chosen])


def meanings(
    query: LibraryQuery, values: Mapping[str, Terms], known: Known, lang: str
) -> dict[str, str]:
    """Return what each parameter is, set by `values` or not; the language of texts left out.

    >>> from factscape.opening import open_facts
    >>> with open_facts() as facts:
    ...     meanings(facts.queries["customer-concentration"], {}, facts, "zh")
    {'company': '智谱'}
    """
    meant = {**query.defaults, **values}
    iris = {term.value for terms in meant.values() for term in terms if _is_iri(term)}
    names = _names(iris, known, lang)

    def word(term: Term | None) -> str:
        if isinstance(term, ox.Literal):
            return term.value
        return (
            names.get(term.value) or curie(term.value, known.prefixes)
            if _is_iri(term)
            else _ANY[lang]
        )

    return {
        name: _joined(list(map(word, meant[name]))) for name in query.parameters if name != LANGUAGE
    }


def _is_iri(term: Term | None) -> TypeGuard[ox.NamedNode]:
    return isinstance(term, ox.NamedNode)


def _joined(words: list[str]) -> str:
    return ("; " if any("," in word for word in words) else ", ").join(words)
