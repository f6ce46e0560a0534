"use strict";
// What may be meant by what is being typed: prefixes, classes, properties, things by any of their
// names, variables of the query, keywords.
(() => {
  const factscape = (globalThis.factscape ??= {});
  const KEYWORDS = ("SELECT DISTINCT WHERE FILTER OPTIONAL UNION GRAPH VALUES BIND MINUS EXISTS UNDEF "
    + "CONSTRUCT DESCRIBE ASK PREFIX LIMIT OFFSET COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT AS IN NOT "
    + "REGEX CONTAINS STRSTARTS STRENDS STRAFTER STRBEFORE LCASE UCASE CONCAT STR LANG DATATYPE BOUND "
    + "COALESCE IF REPLACE SUBSTR STRLEN ABS ROUND CEIL FLOOR YEAR MONTH DAY ISIRI ISLITERAL").split(" ")
    .concat(["GROUP BY", "ORDER BY", "HAVING", "DESC", "ASC"]);

  /** Return what stands for the IRI in a query. */
  function written(iri) {
    return factscape.curie(iri);
  }

  function folded(text) {
    return text.toLowerCase().replace(/[\s_-]+/g, "");
  }

  /** Say how well an entry fits what was typed: its own name first, then its labels; 0 is not at all. */
  function fit(entry, typed) {
    if (!typed) return 1;
    const local = folded(written(entry.iri).replace(/^\w*:/, ""));
    if (local.startsWith(typed)) return 5;
    const texts = [entry.en, entry.zh].map((text) => folded(text ?? ""));
    if (texts.some((text) => text.startsWith(typed))) return 4;
    if (local.includes(typed)) return 3;
    return texts.some((text) => text.includes(typed)) ? 2 : 0;
  }

  function detail(entry) {
    const label = factscape.lang === "zh" ? entry.zh || entry.en : entry.en || entry.zh;
    const count = entry.count ? ` · ${entry.count.toLocaleString(factscape.lang)}` : "";
    return factscape.clean(`${label ?? ""}${count}`, 80);
  }

  const option = (entry, type, boost) => ({ label: written(entry.iri), detail: detail(entry), type, boost });

  /** Classes or properties that fit; the most used come first among those that fit alike. */
  function terms(entries, typed, type, more = 0) {
    return entries
      .map((entry, place) => ({ entry, place, fit: fit(entry, typed) }))
      .filter((one) => one.fit)
      .sort((a, b) => b.fit - a.fit || a.place - b.place)
      .slice(0, 60)
      .map((one, place) => option(one.entry, type, Math.max(-90, one.fit * 10 - place / 4 + more)));
  }

  /** Things by name: what the site's search finds for it. */
  async function things(typed, prefix) {
    const hits = await factscape.engine.search(typed).catch(() => []);
    return hits
      .map((hit) => ({ ...hit, written: written(hit.iri) }))
      .filter((hit) => !prefix || hit.written.startsWith(`${prefix}:`))
      .map((hit, place) => ({
        label: hit.written,
        detail: factscape.clean([hit[factscape.lang], hit.kind?.[factscape.lang]].filter(Boolean).join(" · "), 80),
        type: "constant",
        boost: 40 - place,
      }));
  }

  /**
   * Return what is expected behind a text: a class, subject, property or object inside a pattern, or
   * something else outside. What stands since the last statement ended is counted.
   */
  function expected(before) {
    const text = before.replace(/"(?:[^"\\\n]|\\.)*"/g, '""').replace(/<[^<>\s]*>/g, "<>").replace(/#[^\n]*\n/g, "\n");
    if (/(?:^|[\s;{,])(?:a|rdf:type)\s+$/.test(text)) return "class";
    if (/[|/^]\s*$/.test(text)) return "property";
    if (!text.includes("{")) return "outside";
    const statement = text.slice(text.search(/(?:[{}]|\.(?=\s))(?![^]*(?:[{}]|\.\s))/) + 1);
    const parts = statement.split(";");
    const words = parts.at(-1).split(/\s+/).filter(Boolean).length + (parts.length > 1 ? 1 : 0);
    return ["subject", "property"][words] ?? "object";
  }

  function variables(text, typed) {
    const all = new Set(text.match(/[?$][\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
    all.delete(typed);
    return [...all].map((name) => ({ label: name, type: "variable" }));
  }

  function prefixes(known, typed) {
    return Object.entries(known)
      .filter(([prefix]) => prefix.startsWith(typed))
      .map(([prefix, base]) => ({ label: `${prefix}:`, detail: base, type: "namespace", boost: -10 }));
  }

  /** Return the prefixes that a query declares itself. */
  const declared = (text) => Object.fromEntries(
    [...text.matchAll(/^\s*PREFIX\s+([\w-]*):\s*<([^<>\s]*)>/gim)].map(([, prefix, base]) => [prefix, base]));

  const keywords = (typed) => KEYWORDS.filter((word) => typed && word.startsWith(typed.toUpperCase()))
    .map((label) => ({ label, type: "keyword", boost: -5 }));

  async function found(typed, before, text) {
    if (/^[?$]/.test(typed)) return variables(text, typed);
    const known = await factscape.engine.vocabulary().catch(() => ({ prefixes: {}, classes: [], properties: [] }));
    const all = { ...known.prefixes, ...declared(text) };
    factscape.knowPrefixes(all);
    const [, prefix, local] = /^([\w-]*):(.*)$/u.exec(typed) ?? [];
    const wanted = folded(local ?? typed);
    const fits = (entry) => prefix === undefined || written(entry.iri).startsWith(`${prefix}:`);
    const role = expected(before);
    if (role === "class") return terms(known.classes.filter(fits), wanted, "class");
    const properties = terms(known.properties.filter(fits), wanted, "property", role === "property" ? 20 : -20);
    if (role === "property") return typed ? [...properties, ...keywords(typed), ...prefixes(all, typed)] : properties;
    if (prefix !== undefined) {
      const classes = terms(known.classes.filter(fits), wanted, "class", -20);
      return [...properties, ...classes, ...(local ? await things(local, prefix) : [])];
    }
    // Two Latin letters find too much to be worth asking for less.
    const named = role !== "outside" && (typed.length > 1 || /[^\x00-\x7f]/.test(typed)) ? await things(typed) : [];
    return [...prefixes(all, typed), ...keywords(typed), ...named, ...(typed ? properties : [])];
  }

  /** What CodeMirror asks. */
  factscape.complete = async (context) => {
    const word = context.matchBefore(/(?:[\p{L}\p{N}_-]*:)?[\p{L}\p{N}_.-]*$|[?$][\p{L}\p{N}_]*$/u);
    const typed = word?.text ?? "";
    if (!typed && !context.explicit) return null;
    const from = word ? word.from : context.pos;
    const text = context.state.doc.toString();
    const before = text.slice(0, from);
    // Nothing is completed inside a comment or a string.
    const line = before.slice(before.lastIndexOf("\n") + 1);
    if (/^\s*#/.test(line) || (line.replace(/\\./g, "").match(/"/g)?.length ?? 0) % 2) return null;
    if (/^\d/.test(typed) && !context.explicit) return null;
    const options = await found(typed, before, text);
    const seen = new Set();
    const once = options.filter(({ label }) => !seen.has(label) && seen.add(label));
    if (context.aborted || !once.length) return null;
    // What fits was decided here: `智谱` does not begin like `id:zhipu`.
    return { from, options: rank(once), filter: false };
  };

  function rank(options) {
    return options.sort((a, b) => (b.boost ?? 0) - (a.boost ?? 0)).slice(0, 60);
  }
})();
