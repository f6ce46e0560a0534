"use strict";
// An answer along time: a line for each thing that happened, the earliest first.
(() => {
  const factscape = (globalThis.factscape ??= {});
  const { make, words } = factscape;
  const MOST = 80;
  const LINE = 26;
  const SHORT = 45 * 86400000;
  const ASIDE = new Set(["source", "belowSource", "printed", "unit", "status", "eventStatus", "reliability", "paragraph", "statedBy", "kind", "follows"]);

  /** Return the column that says what happened: named so, else the one with the most to say. */
  function labelOf(answer, shape) {
    for (const name of ["event", "what", "model", "label", "title"]) {
      const i = answer.columns.indexOf(name);
      if (i >= 0 && shape.labels.includes(i)) return i;
    }
    const candidates = shape.labels.filter((i) => !shape.times.includes(i) && !ASIDE.has(answer.columns[i]));
    const different = (i) => new Set(answer.rows.map((row) => row[i]?.value)).size;
    return candidates.sort((a, b) => different(b) - different(a))[0] ?? -1;
  }

  /** Return the column of who it is about, where what happened does not say so itself. */
  function whoOf(answer, shape, label) {
    if (answer.columns[label] === "event") return -1;
    const several = (i) => new Set(answer.rows.map((row) => row[i]?.value)).size > 1;
    return shape.things.find((i) => i !== label && several(i)) ?? -1;
  }

  /** Return what to draw: rows of the same thing at the same time are one, with their number. */
  function entriesOf(answer, shape, time) {
    const label = labelOf(answer, shape);
    const who = whoOf(answer, shape, label);
    const found = new Map();
    let undated = 0;
    for (const row of answer.rows) {
      const span = factscape.span(row[time]);
      if (!span) {
        undated++;
        continue;
      }
      const term = label < 0 ? null : row[label];
      const text = [who < 0 ? null : row[who], term].filter(Boolean).map(factscape.label).join(": ");
      const key = `${span} ${text}`;
      const known = found.get(key);
      if (known) known.count++;
      else found.set(key, { from: span[0], to: span[1], text, term, when: factscape.label(row[time]), count: 1 });
    }
    const entries = [...found.values()].sort((a, b) => a.from - b.from || a.to - b.to || a.text.localeCompare(b.text));
    return { entries, undated };
  }

  const isShort = (entry) => entry.to - entry.from < SHORT;

  /** Whether the words of an entry find no room beside its bar, and stand above it. */
  const isOver = (from, to, width) => Math.max(width - to, from) < Math.min(260, width / 2);

  function mark(entry, x, y, width) {
    const [from, to] = [x(entry.from), x(entry.to)];
    const { draw } = factscape;
    const fill = "var(--ask-c0)";
    if (isShort(entry)) return draw("circle", { cx: from, cy: y, r: 5, fill });
    const over = isOver(from, to, width);
    return draw("rect", { x: from, y: over ? y + 7 : y - 4, width: Math.max(3, to - from), height: over ? 4 : 8, rx: over ? 2 : 4, fill, "fill-opacity": 0.7 });
  }

  /** The words of an entry, on the side of its mark where there is more room, or above it. */
  function caption(entry, x, y, width) {
    const [from, to] = [x(entry.from), x(isShort(entry) ? entry.from : entry.to)];
    const over = !isShort(entry) && isOver(from, to, width);
    const right = over || width - to >= from;
    const start = over ? Math.min(from, width / 3) : right ? to + 9 : from - 9;
    const room = Math.max(8, ((right ? width - start : start) - 4) / 6.8);
    const { when } = entry;
    const text = factscape.draw("text", { x: start, y, dy: "0.35em", "text-anchor": right ? "start" : "end", fill: "currentColor" });
    text.append(factscape.draw("tspan", { fill: "var(--ask-soft)" }, when),
      factscape.draw("tspan", { dx: 6 }, factscape.shorten(entry.text, room - factscape.width(when) - 1)));
    return text;
  }

  function line(entry, x, i, width) {
    const { draw } = factscape;
    const y = 34 + i * LINE;
    const group = draw("g", { class: "ask-event" }, mark(entry, x, y, width), caption(entry, x, y, width),
      draw("title", {}, [entry.when, entry.text].join(" · ")));
    const address = entry.term?.type === "uri" ? factscape.engine.address(entry.term.value) : null;
    return address ? draw("a", { href: address, "aria-label": `${entry.when}: ${entry.text}` }, group) : group;
  }

  function drawn(place, entries) {
    const { draw } = factscape;
    const width = Math.max(300, place.clientWidth) - 2;
    const height = 46 + entries.length * LINE;
    const x = d3.scaleUtc([d3.min(entries, (one) => one.from), d3.max(entries, (one) => one.to)], [8, width - 8]).nice();
    const axis = draw("g", { fill: "var(--ask-soft)", "aria-hidden": "true" });
    const ticks = x.ticks(Math.min(10, Math.max(2, Math.floor(width / 110))));
    for (const tick of ticks) {
      const at = Math.round(x(tick)) + 0.5;
      const precise = d3.utcMonth(tick) < tick ? "%Y-%m-%d" : d3.utcYear(tick) < tick ? "%Y-%m" : "%Y";
      const anchor = at < 30 ? "start" : at > width - 30 ? "end" : "middle";
      axis.append(draw("line", { x1: at, x2: at, y1: 18, y2: height, stroke: "var(--ask-rule)" }),
        draw("text", { x: at, y: 12, "text-anchor": anchor }, d3.utcFormat(precise)(tick)));
    }
    return draw("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "font-size": 12, role: "group" }, axis,
      ...entries.map((entry, i) => line(entry, x, i, width)));
  }

  function show(place, answer, shape, time) {
    const { entries, undated } = entriesOf(answer, shape, time);
    const part = entries.slice(-MOST);
    if (!part.length) return;
    const svg = drawn(place, part);
    svg.setAttribute("aria-label", words("timeline", { n: part.length, from: part[0].when, to: part.at(-1).when }));
    const notes = [];
    if (part.length < entries.length) notes.push(words("cut_timeline", { shown: part.length, all: entries.length }));
    if (undated) notes.push(words("undated", { n: undated }));
    const select = shape.times.length > 1 ? picker(answer, shape.times, time, (now) => show(place, answer, shape, now)) : null;
    place.replaceChildren(...[select, make("div", { class: "ask-wide" }, svg), ...notes.map((note) => make("p", { class: "ask-soft" }, note))].filter(Boolean));
  }

  function picker(answer, columns, value, change) {
    const select = make("select", { onchange: () => change(Number(select.value)) },
      ...columns.map((i) => make("option", { value: i, selected: i === value }, answer.headings[i])));
    return make("p", { class: "ask-controls" }, make("label", {}, `${words("along")} `, select));
  }

  (factscape.pictures ??= {}).timeline = async (place, answer, shape) => {
    await factscape.learnNames(answer.rows.slice(0, 2000).flat()).catch(() => {});
    show(place, { ...answer, rows: answer.rows.slice(0, 2000) }, shape, shape.times[0]);
  };
})();
