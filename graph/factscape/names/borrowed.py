"""What common terms of other vocabularies are called, for facts that use them and say no label.

Without this `dct:issued` would be called "issued" in Chinese, too. A label in the facts goes before.
"""

from __future__ import annotations

from collections.abc import Mapping

from factscape.terms import PREFIXES

__all__ = ["BORROWED"]

_TERMS = {
    "rdf": {
        "Property": ("property", "属性"),
        "object": ("object", "宾语"),
        "predicate": ("predicate", "谓语"),
        "subject": ("subject", "主语"),
        "type": ("type", "类型"),
    },
    "rdfs": {
        "Class": ("class", "类"),
        "comment": ("comment", "注释"),
        "domain": ("domain", "定义域"),
        "isDefinedBy": ("defined by", "定义于"),
        "range": ("range", "值域"),
        "seeAlso": ("see also", "另见"),
        "subClassOf": ("subclass of", "上级类"),
        "subPropertyOf": ("subproperty of", "上级属性"),
    },
    "owl": {
        "AnnotationProperty": ("annotation property", "注释属性"),
        "Class": ("class", "类"),
        "DatatypeProperty": ("datatype property", "数据属性"),
        "NamedIndividual": ("individual", "个体"),
        "ObjectProperty": ("object property", "对象属性"),
        "Ontology": ("ontology", "本体"),
        "SymmetricProperty": ("symmetric property", "对称属性"),
        "inverseOf": ("inverse of", "逆属性"),
        "sameAs": ("same as", "等同于"),
        "versionInfo": ("version", "版本"),
    },
    "skos": {
        "broadMatch": ("broader match", "上位对应"),
        "closeMatch": ("close match", "近似对应"),
        "definition": ("definition", "定义"),
        "exactMatch": ("exact match", "完全对应"),
        "inScheme": ("in scheme", "所属体系"),
        "narrowMatch": ("narrower match", "下位对应"),
        "notation": ("notation", "代码"),
        "relatedMatch": ("related match", "相关对应"),
    },
    "dct": {
        "creator": ("author", "作者"),
        "description": ("description", "说明"),
        "issued": ("date of issue", "发布日期"),
        "language": ("language", "语言"),
        "license": ("licence", "许可"),
        "publisher": ("publisher", "发布者"),
        "title": ("title", "标题"),
    },
    "oa": {
        "end": ("end in the text", "原文终点"),
        "start": ("start in the text", "原文起点"),
    },
    "prov": {
        "wasDerivedFrom": ("derived from", "推导自"),
    },
}

BORROWED: Mapping[str, Mapping[str, str]] = {
    PREFIXES[prefix] + name: {"en": english, "zh": chinese}
    for prefix, terms in _TERMS.items()
    for name, (english, chinese) in terms.items()
}
"""Labels in English and Chinese by the IRI of the term."""
