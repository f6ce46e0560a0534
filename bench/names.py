"""Names: building an index of a million, and asking it for what people type, typos included."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from statistics import median, quantiles

import pyoxigraph as ox
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bench.measure import Line
from factscape.names.building import build_index
from factscape.names.index import NameIndex
from factscape.names.readings import reading
from factscape.terms import PREFIXES, RDF, SKOS

__all__ = ["lines", "names", "questions"]

_FS = PREFIXES["fs"]

_LIMIT = 0.020
"""Seconds that a search may take."""

_EACH = 60
"""Questions of each kind in a round."""

_SCANS = 5
"""So many of them are enough to know how long going through all names takes."""


def _words(text: str) -> list[str]:
    return text.split()


_ONSETS = ["", *_words("b c d f g h j k l m n p r s t v w z br ch cl dr gr pl sh st tr")]
_RIMES = _words("a e i o u ai ea ou an en on ar er or al el ix un ia yn")
_TAILS = _words(
    "Technology Group Capital Labs Systems Research Holdings Cloud Robotics Intelligence"
)
_PLACES = _words("Beijing Shanghai Shenzhen Hangzhou London Singapore Tokyo Berlin")
_CITIES = _words("北京 上海 深圳 杭州 广州 成都 香港 苏州")
_TRADES = _words("科技 集团 资本 智能 科技有限公司 信息技术有限公司 股份有限公司 研究院 网络 数据")
# The 3,755 characters that mainland schools teach first.
_COMMON = bytes(
    byte
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF if row < 0xD7 else 0xFA)
    for byte in (row, cell)
).decode("gb2312")


def _latin(dice: random.Random) -> str:
    syllables = (dice.choice(_ONSETS) + dice.choice(_RIMES) for _ in range(dice.choice((2, 2, 3))))
    parts = ["".join(syllables).capitalize()]
    if dice.random() < 0.3:
        parts.insert(0, dice.choice(_PLACES))
    if dice.random() < 0.6:
        parts.append(dice.choice(_TAILS))
    if dice.random() < 0.2:
        parts.append(f"{dice.randint(1, 9)}.{dice.randint(0, 9)}")
    return " ".join(parts)


def _chinese(dice: random.Random) -> str:
    # As in real names, some characters are met far more often than others.
    core = (
        _COMMON[int(len(_COMMON) * dice.random() ** 2)] for _ in range(dice.choice((2, 2, 3, 4)))
    )
    city = dice.choice(_CITIES) if dice.random() < 0.3 else ""
    return city + "".join(core) + (dice.choice(_TRADES) if dice.random() < 0.6 else "")


def _mixed(dice: random.Random) -> str:
    return f"{_chinese(dice)[:4]}{dice.choice(('AI', ' GLM', 'Tech', ' Pro'))}{dice.randint(1, 99)}"


def names(number: int, seed: int = 1) -> Iterator[ox.Quad]:
    """Yield things with so many names in all, their types, and an edge each."""
    dice = random.Random(seed)
    thing = ox.NamedNode(PREFIXES["id"] + "thing-0")
    company, develops = ox.NamedNode(_FS + "Company"), ox.NamedNode(_FS + "develops")
    for count in range(number):
        if count % 2 == 0:
            other, thing = thing, ox.NamedNode(f"{PREFIXES['id']}thing-{count // 2}")
            yield ox.Quad(thing, ox.NamedNode(RDF.type), company)
            yield ox.Quad(thing, develops, other)
            label = ox.Literal(_latin(dice), language="en")
        else:
            make = _chinese if dice.random() < 0.8 else _mixed
            label = ox.Literal(make(dice), language="zh")
        yield ox.Quad(thing, ox.NamedNode(SKOS.prefLabel), label)


def _typo(dice: random.Random, name: str) -> str:
    """Change, drop, add or exchange one character."""
    place = dice.randrange(len(name) - 1)
    before, a, b, behind = name[:place], name[place], name[place + 1], name[place + 2 :]
    other = dice.choice(_COMMON if a > "\u3000" else "aeiounrst")
    return before + dice.choice((other + b, b, a + other + b, b + a)) + behind


def _middle(name: str) -> str:
    return name[len(name) // 3 : len(name) // 3 + max(2, len(name) // 2)]


def questions(labels: list[str], seed: int = 0) -> dict[str, list[str]]:
    """Return what to ask, by kind, made of names that are there."""
    from opencc import OpenCC

    dice = random.Random(seed)
    latin = [name for name in labels if name.isascii() and len(name) > 8]
    chinese = [name for name in labels if name[0] > "\u3000" and len(name) > 2]
    traditional = OpenCC("s2t").convert

    def read(name: str, initials: bool = False) -> str:
        found = reading(name)
        assert found is not None
        return found.initials if initials else found.full

    kinds: dict[str, tuple[list[str], Callable[[str], str]]] = {
        "whole name": (latin, str.upper),
        "traditional characters": (chinese, traditional),
        "pinyin": (chinese, read),
        "initials": (chinese, lambda name: read(name, initials=True)),
        "beginning": (latin, lambda name: name[: dice.randint(1, 6)]),
        "beginning, Chinese": (chinese, lambda name: name[: dice.randint(1, 2)]),
        "word": (latin, lambda name: dice.choice(name.split())),
        "words": (latin, lambda name: " ".join(reversed(name.split()))),
        "part": (latin, _middle),
        "part, Chinese": (chinese, _middle),
        "a typo": (latin, lambda name: _typo(dice, name)),
        "a typo, one word": (latin, lambda name: _typo(dice, max(name.split(), key=len))),
        "a typo, Chinese": (chinese, lambda name: _typo(dice, name)),
        "a typo in pinyin": (chinese, lambda name: _typo(dice, read(name))),
        "two typos": (latin, lambda name: _typo(dice, _typo(dice, name))),
        "two typos in pinyin": (chinese, lambda name: _typo(dice, _typo(dice, read(name)))),
        "nothing like it": (latin, lambda name: name[::-1].lower()),
    }
    return {
        kind: [make(name) for name in dice.sample(among, _EACH)]
        for kind, (among, make) in kinds.items()
    }


def lines(number: int, folder: Path, rounds: int | None = None) -> list[Line]:
    """Measure searches among so many names, and what the index costs; more rounds ask more."""
    quads = list(names(number))
    store = ox.Store()
    loaded = _seconds(lambda: store.bulk_extend(quads))
    path = folder / "names.sqlite"
    built = _seconds(lambda: build_index(store, path))
    texts = [quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)]
    asked = _merged(questions(texts, seed) for seed in range(rounds or 1))
    with NameIndex(path) as index:
        taken = {kind: _times(index, some) for kind, some in asked.items()}
    everything = [seconds for times in taken.values() for seconds in times]
    size, of_text = path.stat().st_size, sum(len(text.encode("utf-8")) for text in texts)
    return [
        _line("a search, 19 of 20 within", _slowest(everything), 1.0),
        _line("a search, median", median(everything)),
        *(_line(f"  {kind}, 19 of 20 within", _slowest(times)) for kind, times in taken.items()),
        _beside_scan(median(taken["a typo"]), texts, asked["a typo"][:_SCANS]),
        Line("building the index", built, "loading the names", loaded, built / loaded, None),
        # Shown in thousands, as seconds are: 1e9 bytes are 1000 megabytes.
        Line("its file", size / 1e9, "text", of_text / 1e9, size / of_text, None, unit="MB"),
    ]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _merged(rounds: Iterable[dict[str, list[str]]]) -> dict[str, list[str]]:
    merged: dict[str, list[str]] = {}
    for kinds in rounds:
        for kind, asked in kinds.items():
            merged.setdefault(kind, []).extend(asked)
    return merged


def _times(index: NameIndex, asked: list[str]) -> list[float]:
    index.search(asked[0])
    return [_seconds(partial(index.search, text)) for text in asked]


def _beside_scan(ours: float, texts: list[str], asked: list[str]) -> Line:
    """Compare with the library for typos going through all the names by itself."""
    scan = partial(extract, choices=texts, scorer=OSA.distance, score_cutoff=2, limit=20)
    theirs = median(_seconds(partial(scan, text)) for text in asked)
    return Line("a typo, median", ours, "rapidfuzz over all", theirs, theirs / ours, None)


def _slowest(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def _line(what: str, seconds: float, bound: float | None = None) -> Line:
    return Line(what, seconds, "limit", _LIMIT, seconds / _LIMIT, bound)
