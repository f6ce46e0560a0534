"""Small facts with a disagreement in them, and a site of theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from factscape.web.publishing import Published, publish

FACTS = """
@prefix claim: <https://w3id.org/factscape/claim/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix fs: <https://w3id.org/factscape/ontology#> .
@prefix id: <https://w3id.org/factscape/id/> .
@prefix metric: <https://w3id.org/factscape/metric/> .
@prefix period: <https://w3id.org/factscape/period/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix src: <https://w3id.org/factscape/source/> .
@prefix unit: <https://w3id.org/factscape/unit/> .

id:beans a fs:Company ; skos:prefLabel "Beans"@en, "豆子"@zh ; skos:altLabel "Northern Beans" .
id:pots a fs:Company ; skos:prefLabel "Pots"@en .
src:one a fs:Source ; dct:title "First report" ; dct:issued "2025-03-02" ; schema:url <https://example.org/one> .
src:two a fs:Source ; dct:title "Second report" ; dct:issued "2025-04" ; schema:url <https://example.org/two> .
<https://w3id.org/factscape/source/one#p3> a fs:Passage ; fs:passageOf src:one ; fs:paragraph 3 .
<https://w3id.org/factscape/source/one#p9> a fs:Passage ; fs:passageOf src:one ; fs:paragraph 9 .
<https://w3id.org/factscape/source/two#p1> a fs:Passage ; fs:passageOf src:two ; fs:paragraph 1 .
GRAPH <https://w3id.org/factscape/source/one#p3> {
  claim:one.beans.net-loss.2024 a fs:Observation ; fs:of id:beans ; fs:metric metric:net-loss ;
    fs:value 2000000 ; fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "200万元" .
  claim:one.reading.2024 a fs:TimeReading ; fs:during period:2024 ; fs:printed "去年" .
  id:pots fs:investedIn id:beans .
}
GRAPH <https://w3id.org/factscape/source/two#p1> {
  claim:two.beans.net-loss.2024 a fs:Observation ; fs:of id:beans ; fs:metric metric:net-loss ;
    fs:value 3000000 ; fs:unit unit:CNY ; fs:during period:2024 ; fs:printed "3.0 million" .
}
"""


@pytest.fixture(scope="session")
def small_facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("facts") / "beans.trig"
    path.write_text(FACTS, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def published(
    small_facts: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Published]:
    root = tmp_path_factory.mktemp("published") / "site"
    return root, publish(root, [str(small_facts)], base_url="https://example.org/facts")
