"""The only place where an IRI is spelled: prefixes, and the terms that the code itself needs.

The ontology in `ontology/` says what each term means; a name that is not declared here is an
`AttributeError` (and a type error), never a silent new IRI.

>>> FS.Observation
'https://w3id.org/factscape/ontology#Observation'
>>> curie("https://w3id.org/factscape/id/zhipu")
'id:zhipu'
"""

from __future__ import annotations

from collections.abc import Mapping

BASE = "https://w3id.org/factscape/"

COMPARED = BASE + "compared"
"""The graph of what comparing statements with one another has shown."""

EXCHANGE_RATE = BASE + "metric/exchange-rate"
"""The metric by which money is converted."""

PREFIXES: Mapping[str, str] = {
    "fs": BASE + "ontology#",
    "id": BASE + "id/",
    "metric": BASE + "metric/",
    "unit": BASE + "unit/",
    "period": BASE + "period/",
    "src": BASE + "source/",
    "claim": BASE + "claim/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sh": "http://www.w3.org/ns/shacl#",
}
"""The prefixes that queries and output know without being told."""


class FS:
    """Classes, individuals and properties of the ontology that the code names."""

    Agent = PREFIXES["fs"] + "Agent"
    Benchmark = PREFIXES["fs"] + "Benchmark"
    Choice = PREFIXES["fs"] + "Choice"
    Comparison = PREFIXES["fs"] + "Comparison"
    DerivedGraph = PREFIXES["fs"] + "DerivedGraph"
    Detail = PREFIXES["fs"] + "Detail"
    Edge = PREFIXES["fs"] + "Edge"
    Event = PREFIXES["fs"] + "Event"
    Hub = PREFIXES["fs"] + "Hub"
    Market = PREFIXES["fs"] + "Market"
    Metric = PREFIXES["fs"] + "Metric"
    Node = PREFIXES["fs"] + "Node"
    Observation = PREFIXES["fs"] + "Observation"
    Opinion = PREFIXES["fs"] + "Opinion"
    Passage = PREFIXES["fs"] + "Passage"
    Period = PREFIXES["fs"] + "Period"
    RankEntry = PREFIXES["fs"] + "RankEntry"
    Relation = PREFIXES["fs"] + "Relation"
    Rule = PREFIXES["fs"] + "Rule"
    Source = PREFIXES["fs"] + "Source"
    Statement = PREFIXES["fs"] + "Statement"
    TimeReading = PREFIXES["fs"] + "TimeReading"
    Thing = PREFIXES["fs"] + "Thing"
    Unit = PREFIXES["fs"] + "Unit"

    addends = PREFIXES["fs"] + "addends"
    agreed = PREFIXES["fs"] + "agreed"
    approximately = PREFIXES["fs"] + "approximately"
    arithmetic = PREFIXES["fs"] + "arithmetic"
    at = PREFIXES["fs"] + "at"
    atLeast = PREFIXES["fs"] + "atLeast"
    atMost = PREFIXES["fs"] + "atMost"
    basePeriod = PREFIXES["fs"] + "basePeriod"
    baseUnit = PREFIXES["fs"] + "baseUnit"
    basedOn = PREFIXES["fs"] + "basedOn"
    begins = PREFIXES["fs"] + "begins"
    benchmark = PREFIXES["fs"] + "benchmark"
    best = PREFIXES["fs"] + "best"
    bound = PREFIXES["fs"] + "bound"
    cites = PREFIXES["fs"] + "cites"
    colour = PREFIXES["fs"] + "colour"
    colourDark = PREFIXES["fs"] + "colourDark"
    committed = PREFIXES["fs"] + "committed"
    comparedAcross = PREFIXES["fs"] + "comparedAcross"
    comparedAs = PREFIXES["fs"] + "comparedAs"
    comparedWith = PREFIXES["fs"] + "comparedWith"
    completed = PREFIXES["fs"] + "completed"
    concerns = PREFIXES["fs"] + "concerns"
    consistent = PREFIXES["fs"] + "consistent"
    count = PREFIXES["fs"] + "count"
    counterparty = PREFIXES["fs"] + "counterparty"
    cumulative = PREFIXES["fs"] + "cumulative"
    date = PREFIXES["fs"] + "date"
    doesNotFollow = PREFIXES["fs"] + "doesNotFollow"
    drawnAs = PREFIXES["fs"] + "drawnAs"
    drawnShape = PREFIXES["fs"] + "drawnShape"
    during = PREFIXES["fs"] + "during"
    edgeFrom = PREFIXES["fs"] + "edgeFrom"
    edgeTo = PREFIXES["fs"] + "edgeTo"
    ends = PREFIXES["fs"] + "ends"
    estimate = PREFIXES["fs"] + "estimate"
    eventStatus = PREFIXES["fs"] + "eventStatus"
    exact = PREFIXES["fs"] + "exact"
    exactAsPrinted = PREFIXES["fs"] + "exactAsPrinted"
    exactness = PREFIXES["fs"] + "exactness"
    factor = PREFIXES["fs"] + "factor"
    final = PREFIXES["fs"] + "final"
    flow = PREFIXES["fs"] + "flow"
    forecast = PREFIXES["fs"] + "forecast"
    freshFor = PREFIXES["fs"] + "freshFor"
    growthOf = PREFIXES["fs"] + "growthOf"
    hasMember = PREFIXES["fs"] + "hasMember"
    high = PREFIXES["fs"] + "high"
    inconsistent = PREFIXES["fs"] + "inconsistent"
    input = PREFIXES["fs"] + "input"
    inputsMissing = PREFIXES["fs"] + "inputsMissing"
    holds = PREFIXES["fs"] + "holds"
    inverseLabel = PREFIXES["fs"] + "inverseLabel"
    issuedInferred = PREFIXES["fs"] + "issuedInferred"
    justUnder = PREFIXES["fs"] + "justUnder"
    lessIsBetter = PREFIXES["fs"] + "lessIsBetter"
    lessThan = PREFIXES["fs"] + "lessThan"
    low = PREFIXES["fs"] + "low"
    margin = PREFIXES["fs"] + "margin"
    market = PREFIXES["fs"] + "market"
    measuredBy = PREFIXES["fs"] + "measuredBy"
    method = PREFIXES["fs"] + "method"
    metric = PREFIXES["fs"] + "metric"
    money = PREFIXES["fs"] + "money"
    moreThan = PREFIXES["fs"] + "moreThan"
    negationOf = PREFIXES["fs"] + "negationOf"
    of = PREFIXES["fs"] + "of"
    oneObject = PREFIXES["fs"] + "oneObject"
    oneSubject = PREFIXES["fs"] + "oneSubject"
    outcome = PREFIXES["fs"] + "outcome"
    paragraph = PREFIXES["fs"] + "paragraph"
    passageOf = PREFIXES["fs"] + "passageOf"
    planned = PREFIXES["fs"] + "planned"
    position = PREFIXES["fs"] + "position"
    price = PREFIXES["fs"] + "price"
    printed = PREFIXES["fs"] + "printed"
    product = PREFIXES["fs"] + "product"
    proposition = PREFIXES["fs"] + "proposition"
    publishedBy = PREFIXES["fs"] + "publishedBy"
    quantityKind = PREFIXES["fs"] + "quantityKind"
    rankedAbove = PREFIXES["fs"] + "rankedAbove"
    ranking = PREFIXES["fs"] + "ranking"
    ratioOf = PREFIXES["fs"] + "ratioOf"
    ratioTo = PREFIXES["fs"] + "ratioTo"
    readWith = PREFIXES["fs"] + "readWith"
    reliability = PREFIXES["fs"] + "reliability"
    reported = PREFIXES["fs"] + "reported"
    revised = PREFIXES["fs"] + "revised"
    same = PREFIXES["fs"] + "same"
    says = PREFIXES["fs"] + "says"
    scope = PREFIXES["fs"] + "scope"
    segment = PREFIXES["fs"] + "segment"
    setting = PREFIXES["fs"] + "setting"
    shareOf = PREFIXES["fs"] + "shareOf"
    sharePart = PREFIXES["fs"] + "sharePart"
    sourceCount = PREFIXES["fs"] + "sourceCount"
    stance = PREFIXES["fs"] + "stance"
    statedAt = PREFIXES["fs"] + "statedAt"
    statedBy = PREFIXES["fs"] + "statedBy"
    status = PREFIXES["fs"] + "status"
    stock = PREFIXES["fs"] + "stock"
    strained = PREFIXES["fs"] + "strained"
    sumOf = PREFIXES["fs"] + "sumOf"
    talks = PREFIXES["fs"] + "talks"
    target = PREFIXES["fs"] + "target"
    textSha256 = PREFIXES["fs"] + "textSha256"
    tiedWith = PREFIXES["fs"] + "tiedWith"
    timeKind = PREFIXES["fs"] + "timeKind"
    truncated = PREFIXES["fs"] + "truncated"
    unit = PREFIXES["fs"] + "unit"
    value = PREFIXES["fs"] + "value"
    verdict = PREFIXES["fs"] + "verdict"
    versionOf = PREFIXES["fs"] + "versionOf"
    voiceCount = PREFIXES["fs"] + "voiceCount"
    withdrawn = PREFIXES["fs"] + "withdrawn"
    wording = PREFIXES["fs"] + "wording"


class RDF:
    """Terms of RDF."""

    Property = PREFIXES["rdf"] + "Property"
    type = PREFIXES["rdf"] + "type"
    subject = PREFIXES["rdf"] + "subject"
    predicate = PREFIXES["rdf"] + "predicate"
    object = PREFIXES["rdf"] + "object"
    first = PREFIXES["rdf"] + "first"
    langString = PREFIXES["rdf"] + "langString"
    rest = PREFIXES["rdf"] + "rest"


class RDFS:
    """Terms of RDF Schema."""

    Class = PREFIXES["rdfs"] + "Class"
    domain = PREFIXES["rdfs"] + "domain"
    label = PREFIXES["rdfs"] + "label"
    range = PREFIXES["rdfs"] + "range"
    subClassOf = PREFIXES["rdfs"] + "subClassOf"


class OWL:
    """Terms of OWL."""

    AnnotationProperty = PREFIXES["owl"] + "AnnotationProperty"
    Class = PREFIXES["owl"] + "Class"
    DatatypeProperty = PREFIXES["owl"] + "DatatypeProperty"
    NamedIndividual = PREFIXES["owl"] + "NamedIndividual"
    ObjectProperty = PREFIXES["owl"] + "ObjectProperty"
    Ontology = PREFIXES["owl"] + "Ontology"
    sameAs = PREFIXES["owl"] + "sameAs"


class SKOS:
    """Terms of SKOS."""

    prefLabel = PREFIXES["skos"] + "prefLabel"
    altLabel = PREFIXES["skos"] + "altLabel"
    hiddenLabel = PREFIXES["skos"] + "hiddenLabel"
    inScheme = PREFIXES["skos"] + "inScheme"
    notation = PREFIXES["skos"] + "notation"
    exactMatch = PREFIXES["skos"] + "exactMatch"
    closeMatch = PREFIXES["skos"] + "closeMatch"
    broadMatch = PREFIXES["skos"] + "broadMatch"
    narrowMatch = PREFIXES["skos"] + "narrowMatch"
    related = PREFIXES["skos"] + "related"
    relatedMatch = PREFIXES["skos"] + "relatedMatch"


class SKOSXL:
    """Terms of SKOS-XL, where a label is a thing with a text of its own."""

    prefLabel = "http://www.w3.org/2008/05/skos-xl#prefLabel"
    altLabel = "http://www.w3.org/2008/05/skos-xl#altLabel"
    literalForm = "http://www.w3.org/2008/05/skos-xl#literalForm"


class SCHEMA:
    """Terms of schema.org; data write them under both schemes."""

    name = PREFIXES["schema"] + "name"
    alternateName = PREFIXES["schema"] + "alternateName"
    name_http = "http://schema.org/name"
    alternateName_http = "http://schema.org/alternateName"
    url = PREFIXES["schema"] + "url"
    url_http = "http://schema.org/url"


class FOAF:
    """Terms of FOAF."""

    name = PREFIXES["foaf"] + "name"
    nick = PREFIXES["foaf"] + "nick"


class DC:
    """Terms of the older Dublin Core."""

    title = "http://purl.org/dc/elements/1.1/title"


class DCT:
    """Terms of Dublin Core."""

    creator = PREFIXES["dct"] + "creator"
    issued = PREFIXES["dct"] + "issued"
    language = PREFIXES["dct"] + "language"
    license = PREFIXES["dct"] + "license"
    publisher = PREFIXES["dct"] + "publisher"
    title = PREFIXES["dct"] + "title"


class OA:
    """Terms of the Web Annotation vocabulary."""

    start = PREFIXES["oa"] + "start"
    end = PREFIXES["oa"] + "end"


class PROV:
    """Terms of PROV-O."""

    wasDerivedFrom = PREFIXES["prov"] + "wasDerivedFrom"


DATASETS = (
    "http://www.w3.org/ns/dcat#Dataset",
    "http://rdfs.org/ns/void#Dataset",
    "https://schema.org/Dataset",
    "http://schema.org/Dataset",
)
"""The classes by which data say of themselves that they are a collection."""


class SD:
    """Terms of SPARQL 1.1 Service Description, and the names that W3C gave to formats."""

    NAMESPACE = "http://www.w3.org/ns/sparql-service-description#"
    FORMATS = "http://www.w3.org/ns/formats/"

    Dataset = NAMESPACE + "Dataset"
    Graph = NAMESPACE + "Graph"
    SPARQL11Query = NAMESPACE + "SPARQL11Query"
    Service = NAMESPACE + "Service"
    UnionDefaultGraph = NAMESPACE + "UnionDefaultGraph"
    defaultDataset = NAMESPACE + "defaultDataset"
    defaultGraph = NAMESPACE + "defaultGraph"
    endpoint = NAMESPACE + "endpoint"
    feature = NAMESPACE + "feature"
    resultFormat = NAMESPACE + "resultFormat"
    supportedLanguage = NAMESPACE + "supportedLanguage"


class VOID:
    """Terms of VoID, by which a dataset says what is in it."""

    NAMESPACE = "http://rdfs.org/ns/void#"

    Dataset = NAMESPACE + "Dataset"
    classes = NAMESPACE + "classes"
    classPartition = NAMESPACE + "classPartition"
    classOf = NAMESPACE + "class"
    entities = NAMESPACE + "entities"
    feature = NAMESPACE + "feature"
    properties = NAMESPACE + "properties"
    sparqlEndpoint = NAMESPACE + "sparqlEndpoint"
    triples = NAMESPACE + "triples"
    uriSpace = NAMESPACE + "uriSpace"
    vocabulary = NAMESPACE + "vocabulary"


class XSD:
    """Datatypes of XML Schema."""

    boolean = PREFIXES["xsd"] + "boolean"
    date = PREFIXES["xsd"] + "date"
    decimal = PREFIXES["xsd"] + "decimal"
    duration = PREFIXES["xsd"] + "duration"
    gYear = PREFIXES["xsd"] + "gYear"
    gYearMonth = PREFIXES["xsd"] + "gYearMonth"
    integer = PREFIXES["xsd"] + "integer"
    string = PREFIXES["xsd"] + "string"


def curie(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Shorten an IRI with the longest prefix that fits; without one, put it in angle brackets.

    >>> curie("http://example.org/x")
    '<http://example.org/x>'
    """
    fitting = [
        (len(base), name) for name, base in prefixes.items() if base and iri.startswith(base)
    ]
    if fitting:
        length, name = max(fitting)
        local = iri[length:]
        if local and not set(local) & set("/#?<>\"' ;,()[]{}"):
            return f"{name}:{local}"
    return f"<{iri}>"


def name_of(term: object) -> str:
    """Return the text of an IRI, `_:…` of a blank node; other terms as SPARQL writes them.

    >>> import pyoxigraph
    >>> name_of(pyoxigraph.NamedNode("urn:a")), name_of(pyoxigraph.BlankNode("b"))
    ('urn:a', '_:b')
    """
    text = str(term)
    return text[1:-1] if text.startswith("<") and not text.startswith("<<") else text


def local_name(iri: str) -> str:
    """Return the last part of an IRI, which stands in for a name where there is none.

    >>> local_name("https://w3id.org/factscape/id/glm-4.6")
    'glm-4.6'
    """
    tail = iri.rstrip("/#")
    return tail[max(tail.rfind("/"), tail.rfind("#")) + 1 :] or iri
