"""The words that figures are written with, in English and Chinese: scales, money, bounds, status.

Finding figures in a text, reading a written number and printing one all go by these tables. Chinese
words stand here in simplified characters: `simplified` brings a text to them, one character for
one, so that places in the text stay the same, and `pattern` makes an expression that finds both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = [
    "AFTER",
    "BEFORE",
    "CURRENCY_SIGNS",
    "CURRENCY_WORDS",
    "ENGLISH_SCALES",
    "GLUED_SCALES",
    "MEASURES",
    "SMALL_NUMBERS",
    "STATUSES",
    "either_script",
    "pattern",
    "simplified",
    "word_in",
]

ENGLISH_SCALES = {
    "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "mn": 6, "mln": 6, "bn": 9,
    "bln": 9, "tn": 12, "trn": 12, "lakh": 5, "crore": 7,
}  # fmt: skip
"""Words behind a number, and the power of ten that they stand for."""

GLUED_SCALES = {"k": 3, "m": 6, "b": 9, "t": 12}
"""Letters that are a scale where they touch the digits, large or small: 7.6k, 350M."""

SMALL_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip

CURRENCY_SIGNS = {
    "US$": "USD", "HK$": "HKD", "NT$": "TWD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "S$": "SGD",
    "R$": "BRL", "CN¥": "CNY", "JP¥": "JPY", "€": "EUR", "£": "GBP", "₩": "KRW", "₹": "INR",
}  # fmt: skip
"""Signs that say one currency; $ and ¥ alone are signs of several."""

CURRENCY_WORDS = {
    "USD": "USD", "RMB": "CNY", "CNY": "CNY", "HKD": "HKD", "EUR": "EUR", "GBP": "GBP",
    "JPY": "JPY", "TWD": "TWD", "KRW": "KRW", "SGD": "SGD", "CAD": "CAD", "AUD": "AUD",
    "CHF": "CHF", "INR": "INR", "BRL": "BRL", "US dollar": "USD", "US dollars": "USD",
    "U.S. dollar": "USD", "U.S. dollars": "USD", "HK dollars": "HKD", "Hong Kong dollars": "HKD",
    "yuan": "CNY", "renminbi": "CNY", "euro": "EUR", "euros": "EUR", "yen": "JPY",
    "pounds sterling": "GBP", "美元": "USD", "美金": "USD", "人民币": "CNY", "港元": "HKD",
    "港币": "HKD", "日元": "JPY", "日圆": "JPY", "欧元": "EUR", "英镑": "GBP", "韩元": "KRW",
    "新台币": "TWD", "新加坡元": "SGD",
}  # fmt: skip

BEFORE = {
    "approximately": (
        "about", "approximately", "approx.", "approx", "around", "roughly", "circa", "c.", "ca.",
        "some", "~", "≈", "约", "大约", "大概",
    ),
    "moreThan": (
        "more than", "over", "well over", "just over", "slightly over", "above", "exceeding",
        "greater than", "in excess of", "upwards of", ">", "超过", "超过了", "超", "逾", "高于",
        "多于", "大于",
    ),
    "atLeast": (
        "at least", "no less than", "not less than", "no fewer than", "a minimum of", ">=", "≥",
        "至少", "最少", "最低", "不低于", "不少于",
    ),
    "lessThan": (
        "less than", "fewer than", "under", "below", "<", "少于", "不足", "不到", "低于", "小于",
    ),
    "atMost": (
        "at most", "up to", "no more than", "not more than", "a maximum of", "<=", "≤", "至多",
        "最多", "最高", "不超过", "不超", "不高于", "不多于",
    ),
    "justUnder": (
        "just under", "slightly under", "nearly", "almost", "close to", "近", "将近", "接近",
    ),
}  # fmt: skip
"""Local names of bounds, and the words before a number that say them, the ones to print first."""

AFTER = {
    "approximately": ("or so", "左右", "上下"),
    "moreThan": ("余", "多", "有余"),
    "atLeast": ("+", "plus", "-plus", "or more", "or above", "and above", "以上", "及以上"),
    "atMost": ("or less", "or fewer", "or below", "以下", "及以下", "以内"),
}
"""The same behind a number."""

STATUSES = {
    "estimate": ("estimate", "estimated", "an estimated", "est.", "est", "估计", "估算"),
    "forecast": (
        "forecast", "expected", "projected", "projection", "predicted", "预测", "预计", "预期",
    ),
    "target": ("target", "targeted", "goal", "目标"),
    "committed": ("committed", "承诺"),
}  # fmt: skip
"""Local names of statuses, and the words that say them, the ones to print first."""

MEASURES = (
    "个项家名位人款种类年天周次轮条笔台张套层届期篇部件场座辆架所间股只枚颗段步点端国省市地城岁秒"
    "页章节例份批支组队户门卷首幅艘列排重强度回遍句道起根块"
)
"""Chinese measure words of one character."""

_TRADITIONAL = {
    "个": "個", "项": "項", "种": "種", "类": "類", "周": "週", "轮": "輪", "条": "條", "笔": "筆",
    "台": "臺", "张": "張", "层": "層", "届": "屆", "场": "場", "辆": "輛", "间": "間", "只": "隻",
    "颗": "顆", "国": "國", "岁": "歲", "页": "頁", "节": "節", "组": "組", "队": "隊", "户": "戶",
    "门": "門", "强": "強", "块": "塊", "两": "兩", "万": "萬", "亿": "億", "余": "餘", "来": "來",
    "约": "約", "过": "過", "将": "將", "圆": "圓", "镑": "鎊", "欧": "歐", "韩": "韓", "币": "幣",
    "计": "計", "预": "預", "测": "測", "标": "標", "诺": "諾", "满": "滿", "内": "內", "为": "為爲",
    "负": "負", "点": "點", "达": "達", "从": "從", "号": "號", "后": "後", "时": "時", "单": "單",
    "与": "與", "际": "際", "总": "總", "几": "幾", "数": "數", "于": "於", "钟": "鐘", "开": "開",
    "当": "當", "财": "財", "终": "終", "没": "沒", "东": "東", "产": "產",
}  # fmt: skip
_SIMPLIFIED = {
    ord(traditional): simple
    for simple, spellings in _TRADITIONAL.items()
    for traditional in spellings
}


def simplified(text: str) -> str:
    """Return a text with the traditional characters of these tables in their simplified form.

    >>> simplified("超過23.58億元")
    '超过23.58亿元'
    """
    return text.translate(_SIMPLIFIED)


def either_script(characters: str) -> str:
    """Return the characters with their traditional forms beside them, to stand in a class.

    >>> either_script("个亿元")
    '个個亿億元'
    """
    return "".join(c + _TRADITIONAL.get(c, "") for c in characters)


def pattern(words: Iterable[str]) -> str:
    r"""Return an expression that finds any of the words, the longest first, in either script.

    >>> pattern(["亿", "万亿", "million"])
    '(?:million|[万萬][亿億]|[亿億])'
    """
    return f"(?:{'|'.join(_spelled(word) for word in sorted(words, key=len, reverse=True))})"


def _spelled(word: str) -> str:
    return "".join(f"[{either_script(c)}]" if c in _TRADITIONAL else re.escape(c) for c in word)


def word_in(words: Iterable[str], lang: str) -> str:
    """Return the first of the words that is of a language, English or Chinese; empty without one.

    >>> word_in(STATUSES["target"], "zh"), word_in(["CAD"], "zh")
    ('目标', '')
    """
    is_chinese = lang == "zh"
    return next((word for word in words if (word[0] >= "一") == is_chinese), "")
