"use strict";
// What a name in a query means, while the pointer rests on it: its label, definition and address.
(() => {
  const factscape = (globalThis.factscape ??= {});
  const { make } = factscape;
  const NAME = /<[^<>\s]+>|(?<![?$\w:])[\w-]*:[\w.-]*\w/gu;
  const TOLD = `SELECT ?p ?t { VALUES ?p { skos:prefLabel rdfs:label dct:title skos:definition }
    %s ?p ?t FILTER (LANG(?t) IN ("en", "zh", "")) }`;
  const known = new Map();

  /** Return the name that stands at a place of a line. */
  function nameAt(text, place) {
    for (const found of text.matchAll(NAME)) {
      const end = found.index + found[0].length;
      if (found.index <= place && place <= end) return { name: found[0], from: found.index, to: end };
    }
    return null;
  }

  const best = (rows, property) => {
    const texts = rows.filter(([p]) => p.value.endsWith(property)).map((row) => row[1]);
    return (texts.find((text) => text["xml:lang"] === factscape.lang) ?? texts[0])?.value ?? null;
  };

  /** Return what is known of an IRI: asked once, of the same engine. */
  function told(iri) {
    if (!known.has(iri)) {
      known.set(iri, factscape.engine.ask(TOLD.replace("%s", () => `<${iri}>`)).then(({ rows }) => ({
        label: best(rows, "#prefLabel") ?? best(rows, "#label") ?? best(rows, "/title"),
        definition: best(rows, "#definition"),
      })).catch(() => ({})));
    }
    return known.get(iri);
  }

  /** What CodeMirror asks. */
  factscape.hover = async (view, pos) => {
    const line = view.state.doc.lineAt(pos);
    const found = nameAt(line.text, pos - line.from);
    const iri = found && factscape.expand(found.name);
    if (!iri) return null;
    const { label, definition } = await told(iri);
    if (!label && !definition) return null;
    const dom = make("div", { class: "cm-about" },
      make("strong", {}, factscape.clean(label ?? found.name, 200)),
      definition ? make("div", {}, factscape.clean(definition, 400)) : null);
    return { pos: line.from + found.from, end: line.from + found.to, above: true, create: () => ({ dom }) };
  };
})();
