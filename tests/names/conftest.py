"""Indexes that the tests of names share: one of a small industry, one of very many names."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from factscape.names.building import build_index
from factscape.names.index import NameIndex

INDUSTRY = """
PREFIX fs: <https://w3id.org/factscape/ontology#>
PREFIX id: <https://w3id.org/factscape/id/>
PREFIX metric: <https://w3id.org/factscape/metric/>
PREFIX src: <https://w3id.org/factscape/source/>
PREFIX claim: <https://w3id.org/factscape/claim/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX skosxl: <http://www.w3.org/2008/05/skos-xl#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX schema: <https://schema.org/>
PREFIX old: <http://schema.org/>

fs:Company a owl:Class ; rdfs:label "company"@en, "公司"@zh .
fs:Restatement rdfs:subClassOf fs:Statement .
metric:revenue a fs:Metric ; rdfs:label "revenue"@en, "营业收入"@zh .
src:report a fs:Source ; dct:title "The year of Zhipu"@en .
<https://w3id.org/factscape/source/report#p1> a fs:Passage ; rdfs:label "passage one" .

id:zhipu a fs:Company ; skos:prefLabel "Zhipu"@en, "智谱"@zh ;
    skos:altLabel "智譜華章"@zh-hant, "Z.ai", "Zhipu AI", "2513.HK" ; skos:hiddenLabel "Chipu" ;
    fs:develops id:glm-4.6 ; fs:operatesIn id:maas .
id:glm-4.6 a fs:Model ; skos:prefLabel "GLM-4.6" .
id:glm-46 a fs:Model ; rdfs:label "GLM-46" .
id:apollo-programme rdfs:label "Apollo" .
id:apollo-fund a fs:Company ; rdfs:label "Apollo" ; fs:investedIn id:zhipu, id:generale .
id:moon skos:altLabel "Apollo" .
id:moonshot a fs:Company ; skos:prefLabel "Moonshot AI"@en, "月之暗面"@zh ; fs:competesWith id:zhipu .
id:generale foaf:name "Société Générale" ; foaf:nick "SocGen" .
id:chayka schema:name "Чайка" ; schema:alternateName "The Seagull" .
id:nur old:name "نور" ; old:alternateName "Nur" .
id:labelled skosxl:prefLabel [ skosxl:literalForm "Extended Label" ] .
id:exchange skos:prefLabel "Hong Kong Stock Exchange"@en, "香港交易所"@zh .
id:chongqing skos:prefLabel "重庆银行"@zh .
id:nameless-thing a fs:Company ; fs:competesWith id:zhipu .
id:robot rdfs:label "🤖 Robotics" .
id:exclaimed rdfs:label "!!!" .
id:script rdfs:label "</script><script>alert(1)</script>" .
id:hostile rdfs:label "NUL\\u0000 and\\nline" .
_:nobody foaf:name "Nobody" .

claim:one a fs:Observation ; rdfs:label "observed thing" ; fs:of id:zhipu .
claim:two a fs:Restatement ; rdfs:label "restated thing" ; fs:of id:zhipu .
"""

_WORDS = [
    "Zhi",
    "Pu",
    "Moon",
    "Shot",
    "Deep",
    "Seek",
    "Mini",
    "Max",
    "Bai",
    "Chuan",
    "Step",
    "Labs",
]
_HAN = "智谱深度求索月暗面百川零一万物商汤科讯飞云知声阶跃星辰华章中国重庆长乐"


@pytest.fixture(scope="session")
def industry_store() -> ox.Store:
    """A small industry, with all that is awkward about names."""
    store = ox.Store()
    store.load(INDUSTRY.encode("utf-8"), ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="session")
def industry(industry_store: ox.Store) -> Iterator[NameIndex]:
    """The index of the small industry."""
    with NameIndex.in_memory(industry_store) as names:
        yield names


@pytest.fixture(scope="session")
def many_names() -> list[str]:
    """Names that are like one another, always the same."""
    dice = random.Random(7)
    names: set[str] = set()
    while len(names) < 3000:
        parts = [dice.choice(_WORDS) for _ in range(dice.choice((1, 2, 2, 3)))]
        if dice.random() < 0.3:
            parts.append(f"{dice.randint(1, 9)}.{dice.randint(0, 9)}")
        latin = dice.choice(("", " ", "-")).join(parts)
        chinese = "".join(dice.sample(_HAN, dice.choice((1, 2, 2, 3, 4))))
        names.add(dice.choice((latin, latin, chinese, chinese + parts[0])))
    return sorted(names)


@pytest.fixture(scope="session")
def crowd_file(many_names: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an index of many names, the things numbered in the order of the names."""
    store = ox.Store()
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    for number, name in enumerate(many_names):
        thing = ox.NamedNode(f"https://example.org/{number:04}")
        store.add(ox.Quad(thing, label, ox.Literal(name)))
    path = tmp_path_factory.mktemp("names") / "crowd.sqlite"
    build_index(store, path)
    return path


@pytest.fixture(scope="session")
def crowd(crowd_file: Path) -> Iterator[NameIndex]:
    """The index of many names."""
    with NameIndex(crowd_file) as names:
        yield names
