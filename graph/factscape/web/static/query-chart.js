"use strict";
// An answer as a chart: numbers along things, times or texts. Every row is a dot of its own, so that
// sources that disagree stand beside each other; the table below has all.
(() => {
  const factscape = (globalThis.factscape ??= {});
  const { make, words } = factscape;
  const MOST = 60;
  const COLOURS = 8;
  const SYMBOLS = ["circle", "square2", "triangle", "diamond2", "star", "cross", "wye", "times"];
  // What says more about a figure, but not what it is about.
  const ASIDE = new Set(["printed", "stated", "unit", "bound", "status", "eventStatus", "reliability", "issued",
    "source", "belowSource", "statedBy", "measuredBy", "publisher", "above", "below"]);

  /** A number in few characters, with the large units of the language. */
  factscape.compact = (value) => {
    const units = factscape.lang === "zh" ? [[1e12, "万亿"], [1e8, "亿"], [1e4, "万"]] : [[1e12, " tn"], [1e9, " bn"], [1e6, " m"]];
    const [by, unit] = units.find(([from]) => Math.abs(value) >= from) ?? [1, ""];
    return `${(value / by).toLocaleString("en", { maximumSignificantDigits: 3 })}${unit}`;
  };

  /** How many different terms a column holds, and how many rows it says nothing in. */
  function spread(answer, column) {
    const seen = new Set();
    let missing = 0;
    for (const row of answer.rows) row[column] ? seen.add(row[column].value) : missing++;
    return { different: seen.size, missing };
  }

  /** Choose by which columns to draw: along what, and what a colour means. */
  function choose(answer, shape) {
    const candidates = shape.labels.filter((i) => i !== shape.number && !ASIDE.has(answer.columns[i]));
    const rated = candidates.map((i) => ({ i, name: answer.columns[i], kind: shape.kinds[i], ...spread(answer, i) }));
    const many = rated.filter((one) => one.different > 1);
    const things = many.filter((one) => one.kind === "iri" && one.name !== "metric" && one.different > 3);
    const best = (list) => list.sort((a, b) => a.missing - b.missing || b.different - a.different)[0];
    const along = best(things) ?? best(many.filter((one) => one.kind === "time" || one.name === "period"))
      ?? best(many) ?? rated[0] ?? { i: shape.labels[0] };
    const rest = many.filter((one) => one.i !== along.i && one.different <= COLOURS);
    const series = rest.find((one) => one.name === "metric") ?? rest.find((one) => one.kind === "iri") ?? rest[0];
    return { number: shape.number, along: along.i, series: series?.i ?? -1, unit: null };
  }

  /** Return the rows that can be drawn together: those of one unit, the most frequent unless told. */
  function comparable(answer, chosen) {
    const unit = answer.columns.indexOf("unit");
    const all = answer.rows.filter((row) => !Number.isNaN(factscape.number(row[chosen.number])) && row[chosen.along]);
    if (unit < 0) return { rows: all, units: [], all: all.length };
    const units = new Map();
    for (const row of all) {
      const key = row[unit]?.value ?? "";
      units.set(key, [...(units.get(key) ?? []), row]);
    }
    const sorted = [...units].sort((a, b) => b[1].length - a[1].length);
    const [, rows] = sorted.find(([key]) => key === chosen.unit) ?? sorted[0] ?? ["", []];
    return { rows, units: sorted.map(([key, [first]]) => ({ key, label: first[unit] ? factscape.label(first[unit]) : words("nothing") })), all: all.length };
  }

  function marksOf(rows, chosen) {
    return rows.map((row) => ({
      number: factscape.number(row[chosen.number]),
      term: row[chosen.along],
      label: factscape.label(row[chosen.along]),
      series: chosen.series < 0 ? "" : row[chosen.series] ? factscape.label(row[chosen.series]) : words("nothing"),
      row,
    }));
  }

  /** Return the labels in the order in which they stand: times by when, others by how much. */
  function orderOf(marks) {
    const most = new Map();
    for (const mark of marks) {
      const known = most.get(mark.label);
      if (!known || mark.number > known.number) most.set(mark.label, mark);
    }
    const all = [...most.values()];
    const timed = all.every((mark) => factscape.span(mark.term) || /^\d{4}\b/.test(mark.label));
    all.sort((a, b) => (timed ? factscape.compare(a.term, b.term) : b.number - a.number));
    return all.map((mark) => mark.label);
  }

  function plot(place, marks, labels, chosen, answer) {
    const width = Math.max(280, place.clientWidth);
    const margin = Math.min(width * 0.4, 24 + 6.6 * Math.max(...labels.map(factscape.width)));
    const domain = [...new Set(marks.map((mark) => mark.series))].sort();
    const last = d3.rollups(marks, (some) => d3.greatest(some, (mark) => mark.number), (mark) => mark.label).map(([, mark]) => mark);
    const numbers = marks.map((mark) => mark.number);
    const title = (mark) => [mark.label, mark.series, `${answer.headings[chosen.number]}: ${mark.number.toLocaleString(factscape.lang)}`, printed(mark.row, answer)].filter(Boolean).join("\n");
    const picture = Plot.plot({
      className: "chart",
      width,
      height: 50 + 24 * labels.length,
      marginLeft: margin,
      marginRight: 64,
      marginTop: 30,
      marginBottom: 6,
      style: { fontFamily: "inherit", fontSize: "12px", background: "none", color: "inherit", overflow: "visible" },
      x: { axis: "top", grid: true, label: null, tickFormat: factscape.compact, nice: true, ticks: Math.max(2, width / 140), domain: [Math.min(0, ...numbers), Math.max(0, ...numbers)] },
      y: { domain: labels, label: null, tickFormat: (label) => factscape.shorten(label, margin / 6.6 - 2), tickSize: 0 },
      symbol: { domain, range: SYMBOLS },
      marks: [
        Plot.ruleX([0], { stroke: "currentColor", strokeOpacity: 0.5 }),
        Plot.ruleY(last, { y: "label", x: "number", stroke: "currentColor", strokeOpacity: 0.25, strokeWidth: 2 }),
        Plot.dot(marks, { className: "ask-dots", y: "label", x: "number", symbol: "series", r: 4.5, fill: (mark) => colourOf(domain, mark.series), fillOpacity: 0.85, stroke: "var(--ask-ground)", strokeWidth: 0.8, title }),
        Plot.text(last, { y: "label", x: "number", text: (mark) => factscape.compact(mark.number), textAnchor: "start", dx: 9, fill: "currentColor" }),
      ],
    });
    return { picture, domain };
  }

  /** The figure as its source prints it, where the answer says that. */
  function printed(row, answer) {
    const column = answer.columns.indexOf("printed");
    return column >= 0 && row[column] ? `${answer.headings[column]}: ${factscape.clean(row[column].value, 80)}` : "";
  }

  const colourOf = (domain, name) => `var(--ask-c${domain.indexOf(name) % COLOURS})`;

  function legend(domain) {
    if (domain.length < 2) return null;
    const items = domain.map((name, i) => {
      const symbol = d3.symbol(d3[`symbol${SYMBOLS[i % COLOURS][0].toUpperCase()}${SYMBOLS[i % COLOURS].slice(1)}`], 70)();
      const icon = factscape.draw("svg", { viewBox: "-8 -8 16 16", width: 14, height: 14, "aria-hidden": "true" },
        factscape.draw("path", { d: symbol, fill: colourOf(domain, name) }));
      return make("li", {}, icon, " ", name);
    });
    return make("ul", { class: "ask-legend" }, ...items);
  }

  function picker(word, options, value, change) {
    const select = make("select", { "aria-label": words(word), onchange: () => change(select.value) },
      ...options.map(([key, label]) => make("option", { value: key, selected: String(key) === String(value) }, label)));
    return make("label", {}, `${words(word)} `, select);
  }

  function controls(answer, shape, chosen, units, redraw) {
    const named = (columns) => columns.map((i) => [i, answer.headings[i]]);
    const labels = shape.labels.filter((i) => i !== chosen.number);
    const set = (name) => (value) => redraw({ ...chosen, [name]: name === "unit" ? value : Number(value) });
    const found = [];
    if (shape.numbers.length > 1) found.push(picker("measure", named(shape.numbers), chosen.number, set("number")));
    if (units.length > 1) found.push(picker("unit_of", units.map(({ key, label }) => [key, label]), chosen.unit ?? units[0].key, set("unit")));
    if (labels.length > 1) {
      found.push(picker("along", named(labels), chosen.along, set("along")));
      found.push(picker("series", [[-1, words("nothing")], ...named(labels)], chosen.series, set("series")));
    }
    return found.length ? make("div", { class: "ask-controls" }, ...found) : null;
  }

  function draw(place, answer, shape, chosen) {
    const { rows, units, all } = comparable(answer, chosen);
    const marks = marksOf(rows, chosen);
    const labels = orderOf(marks).slice(0, MOST);
    const shown = marks.filter((mark) => labels.includes(mark.label));
    const { picture, domain } = plot(place, shown, labels, chosen, answer);
    const svg = picture.matches("svg") ? picture : picture.querySelector("svg");
    svg.querySelectorAll("style").forEach((style) => style.remove()); // the policy takes files only
    for (const group of svg.querySelectorAll("[aria-label], [aria-description]")) {
      group.removeAttribute("aria-label"); // the picture as a whole has a name, and the table its parts
      group.removeAttribute("aria-description");
    }
    const notes = [];
    const unit = units.find(({ key }) => key === chosen.unit) ?? units[0];
    const caption = [answer.headings[chosen.number], unit?.label].filter(Boolean).join(", ");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", words("chart", { number: caption, label: answer.headings[chosen.along] }));
    if (units.length > 1) {
      notes.push(words("other_units", { unit: unit.label, shown: rows.length, all }));
    }
    if (shown.length < marks.length) notes.push(words("cut_chart", { shown: shown.length, all: marks.length }));
    const focused = document.activeElement?.closest?.(".ask-controls") ? document.activeElement.getAttribute("aria-label") : null;
    place.replaceChildren(...[controls(answer, shape, chosen, units, (now) => draw(place, answer, shape, now)), make("p", { class: "ask-soft" }, caption), legend(domain), svg,
      ...notes.map((note) => make("p", { class: "ask-soft" }, note))].filter(Boolean));
    if (focused) place.querySelector(`select[aria-label="${CSS.escape(focused)}"]`)?.focus();
  }

  (factscape.pictures ??= {}).chart = async (place, answer, shape) => {
    await factscape.learnNames(answer.rows.slice(0, 2000).flat()).catch(() => {});
    draw(place, { ...answer, rows: answer.rows.slice(0, 2000) }, shape, choose(answer, shape));
  };
})();
