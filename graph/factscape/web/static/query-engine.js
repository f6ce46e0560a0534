"use strict";
// What answers the query page: here the server, in a published folder something else.
//
// Whatever answers sets `factscape.engine` to an object of these functions. Terms are those of
// SPARQL 1.1 JSON results ({type: "uri" | "bnode" | "literal", value, datatype, "xml:lang"}).
//
//   ask(text, {signal}) -> Promise of one of
//       {kind: "rows", columns: [name, …], rows: [[term | null, …], …], ms}
//       {kind: "boolean", value, ms}
//       {kind: "graph", triples: [[subject, predicate, object], …], ms}
//     Rejects with {message, line, column, hint} (any but message may be null), and with
//     {name: "AbortError"} once `signal` is aborted: then whatever runs is stopped.
//   save(text, format) -> Promise of a Blob. Formats: csv, tsv, json, xml for rows and truth values;
//     ttl, nt, jsonld, rdf for graphs. Rejects as `ask` does.
//   search(text) -> Promise of hits, best first:
//       [{iri, en, zh, name, reason, kind: {en, zh} | null}, …]
//   vocabulary() -> Promise of what may stand in a query, most used first:
//       {prefixes: {fs: "https://…", …}, classes: [entry, …], properties: [entry, …]}
//       with entries {iri, en, zh, count}
//   filled(name, values) -> Promise of a query of the library with its parameters set:
//       {text, title, view, headings: {column: {en, zh}}}
//     `values` are what a form holds, {company: ["智谱"], since: ["2025-01-01"], …}; what is left
//     out is as the query itself says. Rejects as `ask` does.
//   address(iri) -> where the page about a thing is, null where there is none.
(() => {
  const factscape = (globalThis.factscape ??= {});
  const place = document.getElementById("ask").dataset;
  const BASE = "https://w3id.org/factscape/";
  // What every link of the site hands on to the next.
  const KEPT = ["lang", "as-of", "known-by", "in"];
  const ROWS = "application/sparql-results+json";
  const MEDIA = {
    csv: "text/csv", tsv: "text/tab-separated-values", json: ROWS,
    xml: "application/sparql-results+xml", ttl: "text/turtle", nt: "application/n-triples",
    jsonld: "application/ld+json", rdf: "application/rdf+xml",
  };

  /** Return the error that an answer holds, whatever it is. */
  async function errorOf(answer) {
    let told = {};
    try {
      told = (await answer.json()).error ?? {};
    } catch {
      // not ours: its status is all that is known
    }
    return {
      message: told.message ?? `${answer.status} ${answer.statusText}`,
      line: told.line ?? null,
      column: told.column ?? null,
      hint: told.hint ?? null,
    };
  }

  async function got(address, options) {
    let answer;
    try {
      answer = await fetch(address, options);
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw { message: factscape.words("no_server"), line: null, column: null, hint: null };
    }
    if (!answer.ok) throw await errorOf(answer);
    return answer;
  }

  function asked(text, accept, signal) {
    return got(place.sparql, {
      method: "POST",
      headers: { "content-type": "application/sparql-query", accept },
      body: text,
      signal,
    });
  }

  async function ask(text, { signal } = {}) {
    const begun = performance.now();
    const answer = await asked(text, `${ROWS}, ${MEDIA.nt}`, signal);
    const kind = answer.headers.get("content-type") ?? "";
    const body = await answer.text();
    const ms = performance.now() - begun;
    if (kind.startsWith(MEDIA.nt)) return { kind: "graph", triples: factscape.triples(body), ms };
    const told = JSON.parse(body);
    if ("boolean" in told) return { kind: "boolean", value: told.boolean, ms };
    const columns = told.head.vars;
    const rows = told.results.bindings.map((row) => columns.map((name) => row[name] ?? null));
    return { kind: "rows", columns, rows, ms };
  }

  async function save(text, format) {
    return (await asked(text, MEDIA[format])).blob();
  }

  async function search(text) {
    return (await (await got(`${place.search}?q=${encodeURIComponent(text)}`)).json()).hits;
  }

  let vocabularyOnce = null;

  function vocabulary() {
    vocabularyOnce ??= got(place.vocabulary)
      .then((answer) => answer.json())
      .catch((error) => {
        vocabularyOnce = null; // next time it may be there
        throw error;
      });
    return vocabularyOnce;
  }

  async function filled(name, values) {
    const given = new URLSearchParams({ name });
    for (const [parameter, several] of Object.entries(values)) {
      for (const value of several) given.append(`set.${parameter}`, value);
    }
    given.set("lang", document.documentElement.lang);
    return (await got(`${place.filled}?${given}`)).json();
  }

  function address(iri) {
    const rest = iri.startsWith(BASE) ? iri.slice(BASE.length) : "";
    const plain = /^[\w/:@!$&'()*+,;=.~-]+$/.test(rest) && !rest.includes("..");
    const here = new URLSearchParams(location.search);
    const given = new URLSearchParams(plain ? {} : { iri });
    for (const name of KEPT) if (here.has(name)) given.set(name, here.get(name));
    return `${place.thing}${plain ? `/${rest}` : ""}${given.size ? `?${given}` : ""}`;
  }

  factscape.engine = { ask, save, search, vocabulary, filled, address };
})();
