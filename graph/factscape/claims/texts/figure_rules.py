r"""The table of the shapes that figures have in English and Chinese text; `figures` walks it.

Each rule is a regular expression that is tried only where its kind of beginning stands: a digit, a
Chinese numeral, a Latin word, or one of a few marks (第, 前, $, [ …). Where several rules match the
longest match wins, and of equal ones the first in the table. A rule without a kind is an idiom:
what it matches is read over.

Patterns are written with `{name}` for a fragment (a quantifier such as `{1,3}` is no name).
Repetitions are possessive or bounded, so that no text makes them backtrack for long.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from factscape.claims import figure_words as known

__all__ = ["AFTER", "BEFORE", "IDIOM", "NAME_TAIL", "NUMBER", "NUMERALS", "RULES", "START", "Kind"]


class Kind(StrEnum):
    """What a figure says.

    >>> Kind("percent") is Kind.PERCENT
    True
    """

    NUMBER = "number"
    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    MULTIPLE = "multiple"
    RATIO = "ratio"
    RANK = "rank"
    ORDINAL = "ordinal"
    DATE = "date"
    PERIOD = "period"
    TIME = "time"
    REFERENCE = "reference"
    NAME = "name"


IDIOM = None
"""In place of a kind: these words hold a numeral and say no figure."""


class Rule(NamedTuple):
    """One shape, and what a figure of that shape says."""

    kind: Kind | None
    pattern: re.Pattern[str]


# What the tables of words know. A brace would be read as a fragment's name: there is none in them.
_SCALES = known.pattern(known.ENGLISH_SCALES)
_LETTERS = "".join(letter + letter.upper() for letter in known.GLUED_SCALES)
_SIGNS = known.pattern([*known.CURRENCY_SIGNS, "$", "¥"]).replace(r"\$", "[$＄]")
_CODES = known.pattern(word for word in known.CURRENCY_WORDS if word.isupper())
_CHINESE_MONEY = known.pattern(word for word in known.CURRENCY_WORDS if not word.isascii())
_ENGLISH_MONEY = known.pattern(word for word in known.CURRENCY_WORDS if word.islower())
_TENS = known.pattern(word for word, number in known.SMALL_NUMBERS.items() if number >= 20)
_ONES = known.pattern(word for word, number in known.SMALL_NUMBERS.items() if number < 10)
_TWO_UP = known.pattern(word for word, number in known.SMALL_NUMBERS.items() if 2 <= number < 20)

_FRAGMENTS = {
    # Digits, also full-width ones; a space may stand between a number and its unit.
    "d": "[0-9０-９]",
    "sp": "[ \u00a0\u3000]?",
    "end": "(?![A-Za-z0-9])",
    # A full-width comma is punctuation, unless full-width digits stand on both sides.
    "group": r"(?:,|(?<=[０-９])，(?=[０-９])){d}{3}",
    # What follows groups of digits is looked at instead of taking them possessively: early Python
    # 3.11, such as the 3.11.2 of Debian 12, matches a possessive group wrongly.
    "num": r"(?:{d}{1,3}(?:{group})+(?!{d}|{group})|{d}++)(?:[.．]{d}++)?",
    "dash": r"{sp}(?:[-‐‑–—~～〜−]{1,2}|至|到|to){sp}",
    "more": "[多余餘来來]",
    # 12.5亿, 243.8億, 38 億, 12億3000萬, 100多萬, 3.5bn, 1.2 million, 10k; but 百度 is a company.
    "amount": r"{num}(?:"
    r"{more}?(?!百度)[十百千万萬亿億兆]{1,4}+(?:{num}[千万萬亿億]{1,2}+){0,2}"
    r"|{sp}{more}?[百千]?[万萬亿億兆]{1,2}+"
    rf"|{{sp}}{_SCALES}{{end}}"
    rf"|[{_LETTERS}]{{end}}"
    r"|[eE][-+]?{d}{1,3}{end})?",
    # Chinese numerals. A single 一 is "a", not "one": 一種, 一個, 唯一, 之一.
    "c": "[一二两兩三四五六七八九]",
    "cn": "[一二两兩三四五六七八九十百千万萬亿億零〇廿卅]",
    "run": r"(?!一(?!{cn}))(?:{c}|[十廿卅]){cn}{0,15}+[几幾]?(?:[点點]{cn}{1,6}+)?",
    # 數億, 幾十; but 參數千億 is "parameters: a hundred billion", whose numeral is 千億.
    "vague": r"(?:(?<![参參人次指倍系係个個总總函变變户戶分岁歲])[数數]|[几幾])[十百千万萬亿億]{1,4}+",
    # A unit without a number: 百億, 上百家, 百萬美元; not 百度, 千萬別, 萬一, nor 單位:億元.
    "bare": r"(?:[百千万萬][亿億]"
    r"|(?<=[上近超逾过過达達])[百千万萬亿億]{1,3}+(?={measure}|{currency})"
    r"|[百千][万萬](?={measure}|{currency}))",
    "chinese": r"(?:{run}|{vague}|{bare})(?:{more}[万萬亿億]{0,2})?",
    "measure": "(?:大[类類]|大|小[龙龍虎]|巨[头頭]|方面|[个個]月|小[时時]|分[钟鐘]|[周週]年"
    f"|[{known.either_script(known.MEASURES)}])",
    # Money: a sign before, a word after, and what the price is for.
    "sign": f"(?:{_SIGNS.replace('¥', '[¥￥]')}|{_CODES}|人民[币幣]|港[币幣])",
    "currency": rf"(?:{_CHINESE_MONEY}(?!素)"
    r"|元(?!素|旦|宵|宇|组|組|件|年)(?:人民[币幣]|港[币幣])?|[圆圓块塊][钱錢]?"
    rf"|(?:U\.?S\.? )?dollars?{{end}}|(?:{_ENGLISH_MONEY}|pounds?|cents?){{end}}|{_CODES}{{end}})",
    "per": r"(?P<tail>{sp}(?:[/／]|每|per ){sp}(?:1(?=[ MmKk]))?{sp}"
    r"(?:[百千万萬亿億]{1,3}|million|thousand|[kKmM](?= ?[Tt]ok))?{sp}"
    r"(?:[个個]月|小[时時]|[A-Za-z]{1,12}{end}|[年月日天次人户戶张張个個台臺]))?",
    # Dates and spans of time.
    "year": "(?:[1１][89８９]|[2２][0０]){d}{2}(?!{d})",
    "cnyear": "[一二][零〇○一二三四五六七八九]{3}",
    "part": r"{sp}(?:[上下]半年|全年|第?[1-4一二三四]{sp}季度?|前[1-3一二三]季度?|[QHqh][1-4]{end})",
    "monthday": r"{d}{1,2}{sp}月(?:{sp}{d}{1,2}{sp}[日号號])?(?:份|[初底末]|[上中下]旬)?",
    "cnmonth": "(?:十[一二]?|[一二三四五六七八九])月"
    "(?:(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号號])?(?:份|[初底末]|[上中下]旬)?",
    "yearwords": r"(?:{year}|{cnyear}){sp}年(?:{part}|[初底末度]|{sp}{monthday}|{cnmonth})?",
    "point": r"(?:{yearwords}|{year}(?:{part})?|{monthday}|{d}{1,2}[日号號])",
    "month": r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sep(?:t(?:ember|\.)?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?"
    r"|Dec(?:ember|\.)?)(?![A-Za-z])",
    "vagueday": r"(?i:early|mid|late|(?:the )?(?:end|beginning|start|middle)(?: of)?)[- ]",
    "shortyear": "(?:{year}|'?{d}{2}{end})",
    # English number words; "one" alone is as indefinite as 一.
    "words": rf"(?i:(?:{_TENS}(?:-{_ONES})?|{_TWO_UP}"
    r"|one(?= (?:hundred|thousand|million|billion|trillion))"
    r"|(?:tens|hundreds|thousands|millions|billions|trillions)(?= of)|dozens?|hundred)"
    r"(?: (?:of )?(?:hundred|thousand|million|billion|trillion)s?){0,3}){end}",
    "nth": "(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)",
    # One Latin word with what is glued to it: GLM-4.5/4.6, Qwen2.5-72B, B2B.
    "glue": "(?:[-._/](?=[A-Za-z0-9]))",
}


def _compiled(pattern: str) -> re.Pattern[str]:
    """Put the fragments in the place of their names, as deep as they are nested."""
    name = re.compile(r"\{([a-z]+)\}")
    while name.search(pattern):
        pattern = name.sub(lambda match: _FRAGMENTS[match[1]], pattern)
    return re.compile(pattern)


_DIGIT: list[tuple[Kind | None, str]] = [
    # 2022年至2024年, 2025年1-8月, 1月至8月, 6-8日, 2022–24
    (Kind.PERIOD, r"{point}{dash}{point}|{year}(?:[–—]|[-/](?=1[3-9]|[2-9])){d}{2}(?!{d})"),
    (Kind.PERIOD, r"(?:{year}{sp}年{sp})?{d}{1,2}{dash}(?:{monthday}|{d}{1,2}[日号號])"),
    (Kind.PERIOD, r"{year}年?{part}|{year}年[度初底末]|{year}s{end}|{year}{sp}[财財]年"),
    (Kind.PERIOD, r"[1-4][QH](?:{sp}(?:FY)?{shortyear})?{end}"),
    (Kind.PERIOD, r"{d}{1,2}世[纪紀](?:{d}{2}年代)?|(?:{year}|{d}{2})年代"),
    (Kind.PERIOD, r"{d}{1,2}(?:st|nd|rd|th)[ -]century"),
    # 2025年12月初, 1月6日, 2025-01-06, 6 January 2026, 2027
    (Kind.DATE, r"{yearwords}|{monthday}|{d}{1,2}[日号號](?![本均语語])"),
    (Kind.DATE, r"{year}[-/.]{d}{1,2}[-/.]{d}{1,2}(?!{d})(?:[T ]{d}{2}:{d}{2}(?::{d}{2})?Z?)?"),
    (Kind.DATE, r"{year}[-/](?:0[1-9]|1[0-2])(?!{d})"),
    (Kind.DATE, r"{d}{1,2}(?:st|nd|rd|th)?(?: of)? {month}(?:,? {year})?"),
    (Kind.DATE, r"{year}"),
    (Kind.TIME, r"(?:[01]{d}|2[0-4])[:：][0-5]{d}(?:[:：][0-5]{d})?(?!{d})"),
    (
        Kind.TIME,
        r"{d}{1,2}[时時点點]{d}{1,2}分|{d}{1,2}(?::{d}{2})?{sp}(?i:am|pm|a\.m\.|p\.m\.){end}",
    ),
    # 32%, 20-30%, 70多%, 6成; GLM-4.6成為 is "became"
    (
        Kind.PERCENT,
        r"(?:{num}[%％﹪]?{dash})?{num}{more}?{sp}(?:[%％﹪‰]|(?:percent|per cent|pct){end})",
    ),
    (
        Kind.PERCENT,
        r"{d}{1,2}(?:\.{d})?成(?:半|[一二三四五六七八九])?(?![为為员員果熟功立绩績就交都本])",
    ),
    (Kind.PERCENT, r"{d}(?:\.{d}{1,2})?折(?![扣叠疊射旧舊中])"),
    (
        Kind.POINTS,
        r"(?:{num}{dash})?{num}[ -]?(?:[个個]?百分[点點]|[个個]?基[点點]"
        r"|(?:percentage|basis)[ -]points?|(?:ppt?|bp)s?{end})",
    ),
    (
        Kind.MONEY,
        r"(?:{amount}{sp}{currency}?{dash})?{amount}{more}?{sp}{currency}{per}",
    ),
    # 1000倍, 5-10倍, 1.5x, 10-fold
    (Kind.MULTIPLE, r"(?:{amount}倍?{dash})?{amount}{more}?{sp}倍(?![数數率速])"),
    (Kind.MULTIPLE, r"(?:{num}[xX×]?{dash})?{num}{sp}[xX×](?![A-Za-z0-9]|{sp}{d})"),
    (Kind.MULTIPLE, r"{amount}[- ]?(?:times|fold){end}"),
    # 7:1, 3比1, 三分之一, 1/3
    (Kind.RATIO, r"{num}(?:[:：∶]| : ){num}(?:[:：∶]{num})?"),
    (Kind.RATIO, r"{num}比{num}|{d}{1,3}分之{d}{1,3}|{d}{1,4}[/⁄]{d}{1,4}(?![0-9/.])"),
    (Kind.RANK, r"{d}++(?:st|nd|rd|th){end}"),
    (Kind.COUNT, r"(?:{amount}{measure}?{dash})?{amount}{more}?{sp}{measure}"),
    (Kind.COUNT, r"{num}-(?:year|quarter|month|week|day|hour|minute|person|member|strong){end}"),
    # Names that begin with a digit: a stock's code, a version, 4o, 3D, 5G
    (Kind.NAME, r"{d}{1,6}\.[A-Z]{2}(?![A-Za-z])|{d}++(?:\.{d}++){2,8}"),
    (
        Kind.NUMBER,
        r"(?:{amount}{dash})?{amount}(?![世年月日])(?:{sp}(?:[KMGTP]B|[kMGT]Wh?|[nmck]m|ms|[kMG]?Hz"
        r"|[TPE]?FLOP[Ss]?|TOPS|fps|px|h|hrs?|pts?|wpm|dB|kg){end})?",
    ),
    (Kind.NUMBER, r"{num}{sp}[xX×]{sp}{num}{end}"),
    (Kind.NUMBER, r"{num}"),
    (Kind.NAME, r"{d}++(?:\.{d}++)?[A-Za-z][A-Za-z0-9]*+"),
]

_NUMERAL: list[tuple[Kind | None, str]] = [
    (IDIOM, r"二次元|三天[两兩][头頭]|三位一[体體]|[二三]元|三[国國]演[义義]|一[万萬]物"),
    (IDIOM, r"千上[万萬]|千千[万萬][万萬]|千[万萬](?=[别別不要记記])|一成不[变變]|[亿億][万萬]"),
    (Kind.DATE, r"{cnyear}年(?:{part}|[初底末度]|{cnmonth})?|{cnmonth}"),
    (Kind.DATE, r"(?:[二三]?十[一二三四五六七八九]?|[二三四五六七八九])[日号號](?![本均语語元])"),
    (Kind.PERIOD, r"{cnyear}年?{dash}{cnyear}年|{cnmonth}{dash}{cnmonth}"),
    (Kind.PERIOD, r"[一二三四]季度|[一二三四]季(?=[报報])|{cn}{1,3}世[纪紀]|{cn}{1,2}十年代"),
    # 百分之三十, 七成, 三成半, 七八成, 八折
    (Kind.PERCENT, r"[百千]分之(?:{num}|{cn}{1,8}+(?:[点點]{cn}{1,6}+)?)"),
    (Kind.PERCENT, r"{c}{1,2}成(?:半|[一二三四五六七八九])?(?![员員果熟功立绩績就交都])"),
    (Kind.PERCENT, r"{c}{1,2}折(?![扣叠疊射旧舊中])"),
    (Kind.POINTS, r"{chinese}[个個](?:百分[点點]|基[点點])"),
    (Kind.MONEY, r"{chinese}(?:{dash}{chinese})?{currency}{per}"),
    (
        Kind.MULTIPLE,
        r"(?:{cn}{1,12}+|[数數几幾]{cn}{0,4}+)(?:[点點]{cn}{1,4}+)?{more}?倍(?![数數率速])",
    ),
    (Kind.RATIO, r"{cn}{1,4}+分之{cn}{1,6}+|一半(?!天)|{c}比{c}(?!{cn})"),
    (Kind.COUNT, r"{chinese}(?:{measure}?{dash}{chinese})?{measure}"),
    # Without a measure word a numeral counts when it is written out: 五十, 三千萬, 數十億, 千億.
    (Kind.NUMBER, r"{c}[十百千万萬亿億]{cn}{0,14}+(?:{more}[万萬亿億]?)?"),
    (Kind.NUMBER, r"{vague}|[百千万萬][亿億]|(?<=[上近超逾过過])[亿億]"),
]

_WORD: list[tuple[Kind | None, str]] = [
    (IDIOM, r"(?i:at first|third[- ]part(?:y|ies)|ten to one|two[- ]way|on all fours){end}"),
    (IDIOM, r"(?i:second (?:nature|thoughts?)|(?:two|three|four)-dimensional){end}"),
    (Kind.NAME, r"(?:https?://|www\.)[A-Za-z0-9._~:/?#@!$&*+=%-]++"),
    (Kind.MONEY, r"{sign}{sp}{amount}(?:{dash}{sign}?{sp}{amount})?{sp}{currency}?{per}"),
    # Q3 2025, H1, FY2024, early December 2025, Jan–Aug 2025, first half of 2025
    (Kind.PERIOD, r"[QH][1-4](?:[ -]?(?:FY)?{shortyear})?{end}"),
    (
        Kind.PERIOD,
        r"(?:FY|CY|(?i:fiscal|calendar) (?:year )?){sp}{shortyear}(?:[-–/]{d}{2}(?!{d}))?",
    ),
    (Kind.PERIOD, r"{month}{dash}{month}(?:,? {year})"),
    (Kind.PERIOD, r"{vagueday}(?:{month}(?: of)?,? )?{year}"),
    (
        Kind.PERIOD,
        r"(?i:(?:first|second)[- ]half|(?:first|second|third|fourth)[- ]quarter)"
        r"(?:,? (?:of )?(?:fiscal )?{year})?{end}",
    ),
    (
        Kind.DATE,
        r"{month}(?: {d}{1,2}(?:st|nd|rd|th)?(?![0-9%]|[.,]{d})(?:[-–]{d}{1,2}(?!{d}))?(?:,? {year})?"
        r"|(?: of)?,? {year})",
    ),
    (Kind.RANK, r"(?i:top)[- ]?(?:{d}{1,4}(?!{d})[大名强強]?|{words})"),
    (Kind.RANK, r"(?:No\.?|no\.) ?{d}{1,6}{end}|(?i:number)[- ](?:{d}{1,6}{end}|one{end})"),
    (
        Kind.RATIO,
        r"(?i:(?:one|two|three|four|five|seven|nine)[- ](?:halves|quarters?|{nth}s?)){end}",
    ),
    (Kind.RATIO, r"(?i:half){end}(?![-/])"),
    (Kind.RANK, r"(?i:{nth}){end}"),
    (Kind.RANK, r"(?:(?<=[Tt]he )|(?<=ranked )|(?<=ranks )|(?<=came ))(?:first|second){end}"),
    (
        Kind.MULTIPLE,
        r"(?i:doubl|tripl|quadrupl)(?:e|es|ed|ing){end}(?!-)|(?i:twice|thrice|halv(?:e|es|ed|ing)){end}",
    ),
    (
        Kind.MULTIPLE,
        r"(?i:two|three|four|five|six|seven|eight|nine|ten|hundred)-?fold{end}|{words} times{end}",
    ),
    (Kind.PERCENT, r"{words} (?:percent|per cent){end}"),
    (Kind.MONEY, r"{words} {currency}"),
    (Kind.COUNT, r"{words}"),
    # A Latin word with a digit in it, whatever is glued to it
    (
        Kind.NAME,
        r"(?=[A-Za-z]++(?:{glue}[A-Za-z]++){0,8}{glue}?{d})[A-Za-z0-9]++(?:{glue}[A-Za-z0-9]++){0,8}",
    ),
]

_MARK: list[tuple[Kind | None, str]] = [
    (IDIOM, r"第(?:三方|三者|一[时時][间間]|一手|一[线線]|二曲[线線])"),
    (Kind.PERIOD, r"第{sp}[1-4一二三四]{sp}季度?"),
    (
        Kind.ORDINAL,
        r"第{sp}(?:{d}{1,6}|{cn}{1,6}+){sp}(?:[阶階]段|[次届屆轮輪代章节節条條期版个個款家批步篇天年周週类類种種])",
    ),
    (Kind.RANK, r"第{sp}(?:{d}{1,6}|{cn}{1,6}+)(?:[名位]|大(?!模))?"),
    # 前5大, 前三名, 前五家; 提前三年, 目前四家 are other words; 前三季度, 前8個月 are spans of time
    (
        Kind.RANK,
        r"(?<![提以之目此先从從当當面向往几幾])前{sp}(?:{d}{1,4}(?!{d})|(?!一){cn}{1,4}+){sp}[大名强強位家甲个個]?",
    ),
    (
        Kind.PERIOD,
        r"(?<![提以之目此先从從当當面向往几幾])前{sp}(?:{d}{1,3}|(?!一){cn}{1,3}+){sp}(?:[个個]月|季度?|年|[周週天日]|小[时時])",
    ),
    (Kind.DATE, r"[今去明前同次当當翌本]年{sp}(?:{monthday}|{cnmonth})"),
    (Kind.MONEY, r"{sign}{sp}{amount}(?:{dash}{sign}?{sp}{amount})?{sp}{currency}?{per}"),
    (Kind.MULTIPLE, r"翻了?{sp}(?:{c}|{num})?{sp}[番倍]"),
    (Kind.RATIO, r"半[数數]|(?<=[过過])半(?![年月天日小导導])"),
    (Kind.RANK, r"[#＃№]{sp}{d}{1,6}(?!{d})"),
    (Kind.REFERENCE, r"\[{d}{1,3}(?:[-–,]{sp}{d}{1,3}){0,8}\]"),
]

# A minus, a plus or ± belongs to the number when nothing stands before it.
_SIGNED = [(kind, rf"[-+−±]?(?:{pattern})") for kind, pattern in _DIGIT]

RULES: dict[str, tuple[Rule, ...]] = {
    group: tuple(Rule(kind, _compiled(pattern)) for kind, pattern in table)
    for group, table in [
        ("digit", _SIGNED),
        ("numeral", _NUMERAL),
        ("word", _WORD),
        ("mark", _MARK),
    ]
}
"""The rules to try at each beginning that `START` finds, by the name of its group."""

START = _compiled(
    r"(?P<digit>(?:(?<![\w)\]%％])[-+−±])?{d})"
    "|(?P<numeral>[一二两兩三四五六七八九十百千万萬亿億廿卅数數几幾])"
    r"|(?P<word>(?<![A-Za-z0-9])[A-Za-z])"
    r"|(?P<mark>[第前翻半$＄€£₩₹¥￥\[#＃№]|[今去明同次当當翌本](?=年)|人(?=民)|港(?=[币幣]))"
)
"""Every character with which a figure can begin."""

NUMBER = _compiled("{num}")
NUMERALS = _compiled("{cn}+")
NAME_TAIL = _compiled(r"(?<!{d})(?:{year}[HQ])?{num}\Z")
"""The digits at the end of a Latin word, which may belong to the Chinese word behind them."""


def _words(table: dict[str, tuple[str, ...]], *more: str) -> str:
    """Return an expression for the words of a table; a Latin word is found only whole."""
    words = [*(word for spellings in table.values() for word in spellings), *more]
    latin = known.pattern(word for word in words if word[0].isascii() and word[-1].isalpha())
    other = known.pattern(word for word in words if not (word[0].isascii() and word[-1].isalpha()))
    return rf"(?:{other}|(?i:(?<![A-Za-z]){latin}(?![A-Za-z])))"


# Beside a figure also what bounds it by emphasis alone, or in the middle of a word: 上千, 五百强.
BEFORE = re.compile(rf"{_words(known.BEFORE, '多达', '高达', '上', '＜', '＞', '～')}[为為]?\s?\Z")
AFTER = re.compile(rf"\s?{_words(known.AFTER, '强')}")
