"use strict";
// Terms: how they are read, shortened, named, compared, and when they are a number or a time.
(() => {
  const factscape = (globalThis.factscape ??= {});
  const XSD = "http://www.w3.org/2001/XMLSchema#";
  const PERIOD = "https://w3id.org/factscape/period/";
  const NUMBERS = new Set(["integer", "decimal", "double", "float", "int", "long", "short", "byte",
    "nonNegativeInteger", "positiveInteger", "unsignedInt", "unsignedLong"].map((name) => XSD + name));
  const TIMES = new Set(["date", "dateTime", "gYear", "gYearMonth"].map((name) => XSD + name));

  // A line of N-Triples: three terms, of which the last may be a literal.
  const NODE = String.raw`(?:<([^>]*)>|_:(\S+))`;
  const LITERAL = String.raw`"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?`;
  const TRIPLE = new RegExp(String.raw`^${NODE}\s+<([^>]*)>\s+(?:${NODE}|${LITERAL})\s*\.`);
  const PLAIN = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

  function plain(text) {
    return text.replace(/\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/g, (_, short, long, char) => {
      if (char) return PLAIN[char] ?? char;
      return String.fromCodePoint(Math.min(parseInt(short ?? long, 16), 0x10ffff));
    });
  }

  function node(iri, blank) {
    return iri === undefined ? { type: "bnode", value: blank } : { type: "uri", value: plain(iri) };
  }

  /** Read N-Triples; a line that is something else is passed over. */
  factscape.triples = (text) => {
    const found = [];
    for (const line of text.split("\n")) {
      const [whole, iri, blank, predicate, other, otherBlank, literal, lang, datatype] = TRIPLE.exec(line) ?? [];
      if (whole === undefined) continue;
      let object = null;
      if (literal === undefined) object = node(other, otherBlank);
      else {
        object = { type: "literal", value: plain(literal) };
        if (lang) object["xml:lang"] = lang;
        else if (datatype) object.datatype = plain(datatype);
      }
      found.push([node(iri, blank), node(predicate), object]);
    }
    return found;
  };

  let bases = [];

  /** Know prefixes from now on. */
  factscape.knowPrefixes = (prefixes) => {
    bases = Object.entries(prefixes).filter(([, base]) => base);
    bases.sort((a, b) => b[1].length - a[1].length);
  };

  /** Return an IRI as it is written in a query: shortened, where a prefix fits. */
  factscape.curie = (iri) => {
    const [prefix, base] = bases.find(([, start]) => iri.startsWith(start)) ?? [];
    const local = base === undefined ? "" : iri.slice(base.length);
    return /^[A-Za-z0-9](?:[\w.-]*[\w-])?$/.test(local) ? `${prefix}:${local}` : `<${iri}>`;
  };

  /** Return the IRI that a name in a query stands for, null where that is not known. */
  factscape.expand = (name) => {
    if (name.startsWith("<")) return /^<[^<>"{}|^`\\\s]+:[^<>"{}|^`\\\s]*>$/.test(name) ? name.slice(1, -1) : null;
    const [, prefix, local] = /^([\w-]*):(.*)$/.exec(name) ?? [];
    const [, base] = bases.find(([one]) => one === prefix) ?? [];
    return base && !/[<>"{}|^`\\\s]/.test(base) ? base + local : null;
  };

  /** Return a term's number, or NaN. */
  factscape.number = (term) =>
    (term?.type === "literal" && NUMBERS.has(term.datatype) ? Number(term.value) : NaN);

  factscape.isTime = (term) => factscape.span(term) !== null;

  /** Return when a time begins and ends, in milliseconds: a date, month, year or period; or null. */
  factscape.span = (term) => {
    if (term?.type === "literal" && TIMES.has(term.datatype)) return spanOf(term.value);
    if (term?.type === "uri" && term.value.startsWith(PERIOD)) return period(term.value.slice(PERIOD.length));
    return null;
  };

  function period(name) {
    if (name.startsWith("from-")) return half(name.slice(5), 0);
    if (name.startsWith("until-")) return half(name.slice(6), 1);
    const [first, last] = name.split("--");
    const begin = spanOf(first);
    if (!last || !begin) return begin;
    // 2025-01--08 ends in August of the same year.
    const end = spanOf(/^\d{4}/.test(last) ? last : first.slice(0, first.length - last.length) + last);
    return end && [begin[0], end[1]];
  }

  /** An open span is drawn where it is known to begin or end. */
  function half(name, side) {
    const span = spanOf(name);
    return span && [span[side], span[side]];
  }

  function spanOf(text) {
    const found = /^(\d{4})(?:-(?:H([12])|Q([1-4])|(\d\d)(?:-(\d\d))?))?/.exec(text);
    if (!found) return null;
    const [, year, part, quarter, month, day] = found;
    const first = part ? (part - 1) * 6 : quarter ? (quarter - 1) * 3 : month ? month - 1 : 0;
    const months = part ? 6 : quarter ? 3 : month ? 1 : 12;
    if (day) return [Date.UTC(year, first, day), Date.UTC(year, first, Number(day) + 1)];
    return [Date.UTC(year, first, 1), Date.UTC(year, first + months, 1)];
  }

  const collator = new Intl.Collator(factscape.lang, { numeric: true });

  /** Compare two terms: numbers and times by what they are, what is missing last. */
  factscape.compare = (a, b) => {
    if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
    const numbers = [factscape.number(a), factscape.number(b)];
    if (!numbers.some(Number.isNaN)) return numbers[0] - numbers[1];
    const [first, second] = [factscape.span(a), factscape.span(b)];
    if (first && second) return first[0] - second[0] || first[1] - second[1];
    return collator.compare(factscape.label(a), factscape.label(b));
  };

  const names = new Map();

  /** Return what a term is called, in the reader's language where it has a name. */
  factscape.label = (term) => {
    if (term.type === "uri") {
      const known = names.get(term.value);
      return factscape.clean(known?.[factscape.lang] ?? known?.en ?? known?.zh ?? known?.any ?? factscape.curie(term.value), 300);
    }
    if (term.type === "bnode") return `_:${term.value}`;
    if (term.type === "triple") return ["subject", "predicate", "object"].map((part) => factscape.label(term.value[part])).join(" ");
    return factscape.clean(term.value);
  };

  factscape.isNamed = (iri) => Boolean(names.get(iri));

  const AT_ONCE = 400;
  const NAMES = `SELECT ?i ?p ?l ?s ?n { VALUES ?i { %s }
    { VALUES ?p { skos:prefLabel rdfs:label dct:title } ?i ?p ?l FILTER (LANG(?l) IN ("en", "zh", "")) }
    UNION { ?i fs:passageOf ?s . ?s dct:title ?l OPTIONAL { ?i fs:paragraph ?n } } }`;

  /** Ask for the names of things that have none yet, by asking the same engine. */
  factscape.learnNames = async (terms) => {
    const wanted = new Set();
    for (const term of terms) {
      if (term?.type === "uri" && !names.has(term.value) && !/[<>"{}|^`\\\s]/.test(term.value)) wanted.add(term.value);
    }
    const all = [...wanted];
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const some = all.slice(from, from + AT_ONCE);
      const answer = await factscape.engine.ask(NAMES.replace("%s", () => some.map((iri) => `<${iri}>`).join(" ")));
      for (const iri of some) names.set(iri, null);
      for (const [iri, property, text, source, paragraph] of answer.rows) {
        learn(iri.value, text, property?.value.endsWith("#prefLabel"), source && paragraph);
      }
    }
  };

  function learn(iri, text, preferred, paragraph) {
    const known = names.get(iri) ?? {};
    names.set(iri, known);
    const lang = text["xml:lang"] ?? "any";
    const shown = paragraph ? `${text.value} ¶${paragraph.value}` : text.value;
    if (preferred || !(lang in known)) known[lang] = shown;
  }
})();
