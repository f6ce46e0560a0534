"use strict";
// What answers the query page where there is no server: Oxigraph as WebAssembly, in a Worker that
// can be stopped. `query-engine.js` says what an engine has to do.
(() => {
  const factscape = (globalThis.factscape ??= {});
  const MEDIA = {
    csv: "text/csv", tsv: "text/tab-separated-values", json: "application/sparql-results+json",
    xml: "application/sparql-results+xml", ttl: "text/turtle", nt: "application/n-triples",
    jsonld: "application/ld+json", rdf: "application/rdf+xml",
  };
  // Strings, addresses and comments: words in them say nothing of the form of a query.
  const ASIDE = /"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|#[^\n]*/g;
  const PLAIN_NAME = /^[a-z]+:[A-Za-z0-9]+(?:[.-]+[A-Za-z0-9]+)*$/;
  const SAID = {
    en: { update: "This is an update: nothing can be changed here.", read: "SELECT, ASK, CONSTRUCT or DESCRIBE" },
    zh: { update: "这是更新语句：此处不能更改任何内容。", read: "请用 SELECT、ASK、CONSTRUCT 或 DESCRIBE" },
  };
  const LONGEST = 300;
  const NO_IRI = /[\u0000-\u0020<>"{}|\\^`]/;

  const problem = (message, hint = null) => ({ message, line: null, column: null, hint });

  /** Return the bytes of a text that is gzip in base64. */
  async function unpacked(text) {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  let held = null;

  /** Load and unpack what a Worker needs, once. */
  function parts() {
    held ??= Promise.all(["oxigraph.js", "facts.js", "library.js"].map(factscape.load)).then(async () => {
      const { wasm, code } = factscape.oxigraph;
      const [module, quads] = await Promise.all([unpacked(wasm), unpacked(factscape.facts)]);
      const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
      const rules = { createScriptURL: () => address };
      const policy = globalThis.trustedTypes?.createPolicy("factscape-worker", rules) ?? rules;
      return { module: await WebAssembly.compile(module), quads, policy };
    });
    return held;
  }

  const aborted = () => new DOMException("stopped", "AbortError");
  let worker = null;
  let ready = null;
  let count = 0;

  function end() {
    worker?.terminate();
    worker = ready = null;
  }

  /** Send a message to the Worker, and return what it answers; `signal` ends the Worker. */
  function told(message, signal) {
    return new Promise((resolve, reject) => {
      const listening = new AbortController();
      const number = (count += 1);
      const settle = (how, what) => {
        listening.abort();
        how(what);
      };
      const options = { signal: listening.signal };
      const over = (what) => {
        end();
        settle(reject, what);
      };
      signal?.addEventListener("abort", () => over(aborted()), options);
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        over(event.message ?? "");
      }, options);
      worker.addEventListener("message", ({ data }) => {
        if (data.number !== number) return;
        if (data.error === undefined) settle(resolve, data.answer);
        else settle(reject, data.error);
      }, options);
      worker.postMessage({ ...message, number });
    });
  }

  /** See to it that a Worker holds the facts. */
  async function begin(signal) {
    const { module, quads, policy } = await parts();
    if (signal?.aborted) throw aborted();
    if (!worker) {
      worker = new Worker(policy.createScriptURL(""));
      ready = told({ wasm: module, quads }, signal);
    }
    await ready;
  }

  /** Return SELECT, ASK, CONSTRUCT or DESCRIBE; an update is told apart. */
  function formOf(text) {
    const words = text.replace(ASIDE, " ").match(/(?<![:?$\w-])[a-z]+(?![\w:-])/gi) ?? [];
    const forms = /^(?:SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD)$/i;
    return (words.find((word) => forms.test(word)) ?? "").toUpperCase();
  }

  const isGraph = (form) => form === "CONSTRUCT" || form === "DESCRIBE";

  /** Declare all known prefixes on the first line, so that lines stay where they are. */
  function declared(text) {
    const { prefixes } = factscape.library;
    const head = Object.entries(prefixes).map(([name, base]) => `PREFIX ${name}: <${base}> `).join("");
    return { head, text: head + text };
  }

  const cut = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

  /** Return an error of Oxigraph as the page shows it: where it is, and what was expected. */
  function shown(error, head) {
    if (typeof error !== "string") return error;
    const [, line, column] = /(?:at|line) (\d+)(?::| column )(\d+)/.exec(error) ?? [];
    const place = /^(?:Error: )?error at \d+:\d+: /;
    if (!line) return problem(error.replace(/^Error: /, "") || factscape.words("wrong"));
    const at = Number(line);
    const shift = at === 1 ? head.length : 0;
    return { message: cut(error.replace(place, "")), line: at, column: Math.max(1, Number(column) - shift), hint: null };
  }

  async function asked(text, format, signal) {
    const form = formOf(text);
    if (form && !["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"].includes(form)) {
      throw problem(SAID[factscape.lang].update, SAID[factscape.lang].read);
    }
    await begin(signal);
    const { head, text: whole } = declared(text);
    try {
      const union = !/(?<![:?$\w-])FROM(?![\w:-])/i.test(text.replace(ASIDE, " "));
      return await told({ text: whole, format: MEDIA[format], union }, signal);
    } catch (error) {
      throw shown(error, head);
    }
  }

  async function ask(text, { signal } = {}) {
    const graph = isGraph(formOf(text));
    await begin(signal); // what is measured is the query, not the loading
    const begun = performance.now();
    const answer = await asked(text, graph ? "nt" : "json", signal);
    const ms = performance.now() - begun;
    if (graph) return { kind: "graph", triples: factscape.triples(answer), ms };
    const found = JSON.parse(answer);
    if ("boolean" in found) return { kind: "boolean", value: found.boolean, ms };
    const columns = found.head.vars;
    const rows = found.results.bindings.map((row) => columns.map((name) => row[name] ?? null));
    return { kind: "rows", columns, rows, ms };
  }

  async function save(text, format) {
    return new Blob([await asked(text, format)], { type: MEDIA[format] });
  }

  async function vocabulary() {
    await Promise.all(["library.js", "names.js"].map(factscape.load));
    const { prefixes, classes, properties } = factscape.library;
    return { prefixes, classes, properties };
  }

  const quoted = (text) => JSON.stringify(text).replace(/[\u007f-\u009f]/g, " ");
  const XSD = "http://www.w3.org/2001/XMLSchema#";

  function writtenIri(iri) {
    for (const [name, base] of Object.entries(factscape.library.prefixes)) {
      const short = iri.startsWith(base) ? `${name}:${iri.slice(base.length)}` : "";
      if (PLAIN_NAME.test(short)) return short;
    }
    return `<${iri}>`;
  }

  function number(parameter, text) {
    if (!/^[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})$/.test(text)) throw problem(`${parameter}: '${text}'`, "2358000000, 8.4");
    const whole = /^[+-]?\d+(?:\.0*)?$/.test(text);
    return `"${whole ? text.replace(/\.0*$/, "") : text}"^^<${XSD}${whole ? "integer" : "decimal"}>`;
  }

  function day(parameter, text) {
    const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
    if (!date || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text)) throw problem(`${parameter}: '${text}'`, "2025-06-30");
    return `"${text}"^^<${XSD}date>`;
  }

  /** Return the IRI that is meant by a name; of a metric's names, a metric's. */
  async function meant(parameter, type, text) {
    const [, prefix, local] = /^([\w-]*):(.*)$/.exec(text) ?? [];
    const iri = prefix in factscape.library.prefixes ? factscape.library.prefixes[prefix] + local : text;
    if (/^https?:/.test(iri) || prefix in factscape.library.prefixes) {
      if (NO_IRI.test(iri)) throw problem(`${parameter}: '${text}'`);
      return iri;
    }
    const members = factscape.library.members[type];
    const hits = (await factscape.find(text)).filter((hit) => !members || members.includes(hit.iri));
    const named = hits.filter((hit) => hit.score >= 80);
    const best = named.filter((hit) => hit.score === named[0].score);
    if (best.length === 1) return best[0].iri;
    const others = (best.length ? best : hits).slice(0, 5).map((hit) => hit[factscape.lang]);
    throw problem(`${parameter}: '${text}'`, others.length ? `${others.join(", ")}?` : null);
  }

  /** Return a value of a form as SPARQL writes it: whatever was typed, it stays a value. */
  async function written(name, { type, closed }, text) {
    if (text === "*") {
      if (closed) throw problem(`${name}: *`);
      return "UNDEF";
    }
    if (type === "text") return quoted(text);
    if (type === "date") return day(name, text);
    if (type === "number") return number(name, text);
    return writtenIri(await meant(name, type, text));
  }

  async function filled(name, values) {
    await factscape.load("library.js");
    const query = factscape.library.queries[name];
    const terms = {};
    for (const [parameter, several] of Object.entries(values)) {
      const known = query.parameters[parameter];
      if (!known) throw problem(`${name}: ${parameter}?`, Object.keys(query.parameters).join(", "));
      terms[parameter] = (await Promise.all(several.map((value) => written(parameter, known, value)))).join(" ");
    }
    if ("lang" in query.parameters) terms.lang ??= quoted(factscape.lang);
    const text = query.parts.map((part) => (typeof part === "string" ? part : ` ${terms[part.name] ?? part.text} `)).join("");
    return { text, title: query.title, view: query.view, headings: query.headings };
  }

  factscape.engine = { ask, save, search: factscape.find, vocabulary, filled, address: factscape.pageOf };
})();
