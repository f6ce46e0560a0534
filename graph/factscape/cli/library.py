"""The query library on the command line: what is in it, and one of its queries made ready to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factscape.cli.output import clean, print_json, say
from factscape.errors import MisuseError

if TYPE_CHECKING:
    from factscape.opening import Facts
    from factscape.query.formats import Answer, Rows
    from factscape.query.library import LibraryQuery

__all__ = ["Named", "check_queries", "list_queries", "named", "settings_of"]


@dataclass(frozen=True)
class Named:
    """A query of the library with its parameters set."""

    facts: Facts
    query: LibraryQuery
    text: str
    title: str
    lang: str

    def rows(self, answer: Answer, limit: int) -> Rows:
        """Return the answer in words."""
        from factscape.query.wording import in_words

        return in_words(answer, self.query.header, self.facts, self.lang, limit)

    def say_what_to_set(self) -> None:
        """Say what other question would have been possible."""
        for parameter in self.query.parameters.values():
            what = f"({parameter.type}) {parameter.label[self.lang]}"
            say(f"  --set {parameter.name}=…  {what}")


def settings_of(settings: Iterable[str]) -> dict[str, list[str]]:
    """Return the values of each parameter that `--set` names.

    >>> settings_of(["company=Zhipu", "company=OpenAI"])
    {'company': ['Zhipu', 'OpenAI']}
    """
    given: dict[str, list[str]] = {}
    for setting in settings:
        name, sign, value = setting.partition("=")
        if not sign:
            raise MisuseError(
                f"--set {setting} gives no value", hint="for example: --set company=Zhipu"
            )
        given.setdefault(name.strip(), []).append(value)
    return given


def named(facts: Facts, query: LibraryQuery, settings: Iterable[str], lang: str) -> Named:
    """Set the parameters of a query; texts of the answer come in `lang` where it can choose."""
    from factscape.query.header import LANGUAGE
    from factscape.query.parameters import fill
    from factscape.query.wording import titled

    if query.replaces:
        say(f"{query.name}: {query.path}, in the place of {query.replaces}")
    given = settings_of(settings)
    values = query.values(given, facts)
    title = titled(query, values, facts, lang)
    if LANGUAGE in query.parameters and LANGUAGE not in given:
        values |= query.values({LANGUAGE: lang}, facts)
    return Named(facts, query, fill(query.text, values), title, lang)


def list_queries(facts: Facts, as_json: bool, lang: str) -> None:
    """Print the queries that have a name: what each one asks, and what can be set."""
    from factscape.query.wording import meanings

    queries = list(facts.queries.values())
    if as_json:
        print_json({"queries": [query.as_dict() for query in queries]})
        return
    for query in queries:
        lines = [query.name, query.question[lang] or query.title[lang]]
        words = meanings(query, {}, facts, lang)
        lines += [f"{name} ({query.parameters[name].type}): {words[name]}" for name in words]
        if query.replaces:
            lines.append(f"{query.path}, in the place of {query.replaces}")
        print("\n  ".join(map(clean, lines)))


def check_queries(facts: Facts, name: str | None, as_json: bool) -> bool:
    """Print where answers are not what queries expect of the facts they lie beside; say if all are.

    `name` is the one query that is meant; without it all are.
    """
    from factscape.query.library import check

    queries = [facts.queries.find(name)] if name else list(facts.queries_beside)
    checked = [query for query in queries if query.header.expected]
    wrong = [what for query in checked for what in check(query, facts)]
    if as_json:
        print_json({"checked": [query.name for query in checked], "wrong": wrong})
    else:
        for what in wrong:
            print(clean(what))
        answers = "query that says" if len(checked) == 1 else "queries that say"
        say(f"{len(checked)} {answers} what to expect, {len(wrong)} wrong")
    return not wrong
