"""The words around facts on a card, in the languages that a card is written in."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["ENGLISH", "WORDS"]

ENGLISH: Mapping[str, str] = {
    "also": "also called {}",
    "notes": "Notes",
    "counts": "How many",
    "figures": "Figures",
    "events": "Events",
    "relations": "Relations",
    "by": "Opinions of {}",
    "about": "Opinions about {}",
    "sources": "Sources",
    "reliability": "reliability",
    "undated": "undated",
    "itself": "by its own account",
    "says": "says {}",
    "derived": "follows from what is stated",
    "true": "yes",
    "false": "no",
    "disputed": "disputed",
    "voices": "disputed: {} sources, {} independent",
    "one voice": "disputed: {} sources that repeat one document",
    "all sides": "disputed: factscape conflicts {} shows all sides",
    "incomplete": "More names it than a card shows; factscape query finds all.",
    "or": " or ",
    "comma": ", ",
    "semicolon": "; ",
    "colon": ": ",
    "brackets": " ({})",
}

CHINESE: Mapping[str, str] = {
    "also": "又称{}",
    "notes": "说明",
    "counts": "数量",
    "figures": "数据",
    "events": "事件",
    "relations": "关系",
    "by": "{}的观点",
    "about": "关于{}的观点",
    "sources": "来源",
    "reliability": "可靠性",
    "undated": "时间未述",
    "itself": "自述",
    "says": "{}称",
    "derived": "由所述推得",
    "true": "是",
    "false": "否",
    "disputed": "有分歧",
    "voices": "有分歧：{}个来源，{}个独立声音",
    "one voice": "有分歧：{}个来源，转述同一文件",
    "all sides": "有分歧的数据：factscape conflicts {} 列出各方",
    "incomplete": "提及它的陈述多于卡片所列；用 factscape query 可查全部。",
    "or": "或",
    "comma": "、",
    "semicolon": "；",
    "colon": "：",
    "brackets": "（{}）",
}

WORDS: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "zh": CHINESE}
