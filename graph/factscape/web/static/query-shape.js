"use strict";
// The shape of an answer: which of its columns are numbers, times, things, and how it can be shown.
(() => {
  const factscape = (globalThis.factscape ??= {});
  const OURS = "https://w3id.org/factscape/";
  // What facts are told with, and no thing that they are about.
  const TELLING = ["metric/", "unit/", "period/", "source/", "ontology#"].map((name) => OURS + name);
  const SPEAKING = new Set(["statedBy", "measuredBy", "publisher", "source", "passage", "graph", "belowSource"]);
  const UNLIKELY = new Set(["paragraph", "steps", "position", "year"]);

  /** Return an answer of any kind as columns and rows. */
  factscape.asRows = (answer) => {
    if (answer.kind === "boolean") {
      const value = { type: "literal", value: String(answer.value), datatype: "http://www.w3.org/2001/XMLSchema#boolean" };
      return { columns: ["answer"], rows: [[value]] };
    }
    if (answer.kind === "graph") return { columns: ["subject", "predicate", "object"], rows: answer.triples };
    return { columns: answer.columns, rows: answer.rows };
  };

  /** Put the columns of `SELECT *`, which come sorted by name, in the order of their mention. */
  factscape.inOrder = (answer, text) => {
    if (answer.kind !== "rows" || !/select\s+(?:distinct\s+|reduced\s+)?\*/i.test(text)) return answer;
    const first = (name) => {
      const place = text.search(new RegExp(`[?$]${name}(?![\\p{L}\\p{N}_])`, "u"));
      return place < 0 ? Infinity : place;
    };
    const places = answer.columns.map((name, place) => [first(name), place]);
    places.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const order = places.map(([, place]) => place);
    return { ...answer, columns: order.map((i) => answer.columns[i]), rows: answer.rows.map((row) => order.map((i) => row[i])) };
  };

  /** Return for each column what all that stands in it is: number, time, iri, text, or nothing. */
  function kinds({ columns, rows }) {
    return columns.map((_, column) => {
      const terms = rows.map((row) => row[column]).filter(Boolean);
      const share = (test) => terms.length && terms.filter(test).length / terms.length;
      if (!terms.length) return "nothing";
      if (share((term) => !Number.isNaN(factscape.number(term))) > 0.6) return "number";
      if (share(factscape.isTime) > 0.8) return "time";
      if (share((term) => term.type !== "literal") === 1) return "iri";
      return "text";
    });
  }

  /** Return what an answer can be shown as, and by which columns. */
  factscape.shapeOf = (answer) => {
    const found = kinds(answer);
    const of = (...wanted) => answer.columns.map((_, i) => i).filter((i) => wanted.includes(found[i]));
    const named = (name) => answer.columns.indexOf(name);
    const likely = (columns) => columns.filter((i) => !UNLIKELY.has(answer.columns[i]));
    const numbers = of("number");
    const times = of("time").filter((i) => answer.columns[i] !== "issued").concat(of("time").filter((i) => answer.columns[i] === "issued"));
    const iris = of("iri");
    const told = (i, starts) => answer.rows.every((row) => !row[i] || starts.some((start) => row[i].value.startsWith(start)));
    const things = iris.filter((i) => !SPEAKING.has(answer.columns[i]) && !told(i, TELLING));
    const property = iris.find((i) => told(i, [`${OURS}ontology#`, `${OURS}metric/`]) && !/status|bound/i.test(answer.columns[i])) ?? -1;
    const labels = answer.columns.map((_, i) => i).filter((i) => ["time", "iri", "text"].includes(found[i]));
    const number = [named("value"), ...likely(numbers)].find((i) => numbers.includes(i)) ?? -1;
    const views = ["table"];
    const joined = answer.kind === "graph" && answer.rows.some((row) => row[2].type === "uri" && !row[1].value.endsWith("#type"));
    if (number >= 0 && labels.length && answer.rows.length) views.push("chart");
    if (joined || things.length >= 2 || (iris.length === 3 && answer.columns.length === 3)) views.push("network");
    if (times.length && answer.rows.length) views.push("timeline");
    return { views, kinds: found, numbers, times, iris, things, property, labels, number };
  };

  /** Return how an answer is best shown: as its query says, else as its shape suggests. */
  factscape.bestView = (kind, answer, shape, wish) => {
    if (shape.views.includes(wish)) return wish;
    const { columns } = answer;
    if (kind === "graph" || (shape.views.includes("network") && columns.length <= 3 && shape.iris.length === columns.length)) {
      return shape.views.includes("network") ? "network" : "table";
    }
    if (columns.length <= 4 && shape.views.includes("chart") && answer.rows.length > 1) return "chart";
    if (columns.length <= 4 && shape.times.length === 1 && shape.views.includes("timeline")) return "timeline";
    return "table";
  };
})();
