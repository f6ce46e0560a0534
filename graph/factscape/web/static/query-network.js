"use strict";
// An answer as a network: the things in its columns, row by row, joined. Positions are worked out
// before anything is shown, so nothing moves; the same answer gives the same picture.
(() => {
  const factscape = (globalThis.factscape ??= {});
  const { make, draw, words } = factscape;
  const MOST = 120;
  const LABEL = 24;
  const LONGEST = 8000;
  // The nearest class that has a colour has the most classes above it.
  const KINDS = `SELECT ?i ?l ?colour ?dark (COUNT(DISTINCT ?e) AS ?depth) { VALUES ?i { %s } ?i a ?c .
    ?c rdfs:subClassOf* ?d . ?d fs:colour ?colour ; rdfs:subClassOf* ?e
    OPTIONAL { ?d fs:colourDark ?dark } OPTIONAL { ?d rdfs:label ?l FILTER (LANG(?l) = "%l") } }
    GROUP BY ?i ?l ?colour ?dark ORDER BY DESC(?depth) ?l`;

  /** Return the lines of an answer: start, end, and the property between where one is named. */
  function linesOf(answer, shape) {
    const all = answer.columns.map((_, i) => i);
    const whole = all.length === 3 && all.every((i) => shape.iris.includes(i)) && shape.things.length !== 3;
    const chain = answer.kind === "graph" || whole || (all.length === 3 && shape.iris.length === 3 && shape.property < 0) ? [0, 2] : shape.things;
    const property = chain.length === 2 && chain[1] === 2 && chain[0] === 0 && all.length === 3 ? 1 : shape.property;
    const found = new Map();
    for (const row of answer.rows) {
      const things = chain.map((i) => row[i]).filter((term) => term && term.type !== "literal");
      for (let i = 1; i < things.length; i++) {
        const [start, end] = [things[i - 1], things[i]];
        if (start.value === end.value) continue;
        const label = property >= 0 && row[property] ? row[property] : null;
        if (label?.value.endsWith("#type")) continue;
        found.set(`${start.value} ${label?.value} ${end.value}`, { start, end, label });
      }
    }
    return [...found.values()];
  }

  function nodesOf(lines) {
    const nodes = new Map();
    for (const { start, end } of lines) {
      for (const term of [start, end]) {
        const node = nodes.get(term.value) ?? { term, id: term.value, degree: 0 };
        node.degree++;
        nodes.set(term.value, node);
      }
    }
    return [...nodes.values()].sort((a, b) => b.degree - a.degree || (a.id < b.id ? -1 : 1));
  }

  /** Ask of which kind things are and which colour their kind has, where the data says. */
  async function learnKinds(nodes) {
    const iris = nodes.filter(({ term }) => term.type === "uri" && !/[<>"{}|^`\\\s]/.test(term.value)).map(({ id }) => `<${id}>`);
    if (!iris.length) return;
    const answer = await factscape.engine.ask(KINDS.replace("%l", factscape.lang).replace("%s", () => iris.join(" ")));
    const kinds = new Map();
    for (const [iri, label, colour, dark] of answer.rows) {
      if (!kinds.has(iri.value) && /^#[\da-f]{6}$/i.test(colour.value)) kinds.set(iri.value, { label: label?.value ?? "", colour: colour.value, dark: dark?.value });
    }
    for (const node of nodes) node.kind = kinds.get(node.id) ?? null;
  }

  const fill = (kind) => {
    if (!kind) return "var(--ask-soft)";
    return /^#[\da-f]{6}$/i.test(kind.dark ?? "") ? `light-dark(${kind.colour}, ${kind.dark})` : kind.colour;
  };

  /** Give every node its place, wide enough apart for the labels. */
  function place(nodes, lines, width) {
    const wide = (node) => Math.min(LABEL, factscape.width(node.text)) * 3.4 + 8;
    const links = lines.map((line) => ({ source: line.start.value, target: line.end.value }));
    const aspect = Math.min(1.5, Math.max(0.5, width / 800));
    const simulation = d3.forceSimulation(nodes)
      .force("link", d3.forceLink(links).id((node) => node.id).distance(60).strength(0.5))
      .force("charge", d3.forceManyBody().strength(-320).distanceMax(500))
      .force("x", d3.forceX().strength(0.05 / aspect))
      .force("y", d3.forceY().strength(0.07 * aspect))
      .force("collide", d3.forceCollide((node) => Math.max(17, wide(node) * 0.44)).iterations(3))
      .stop();
    simulation.tick(260);
    // Labels are wider than they are high: so is the picture.
    for (const node of nodes) node.x *= 1.55;
  }

  const radiusOf = (node) => 5 + Math.min(9, Math.sqrt(node.degree) * 1.8);

  function nodePicture(node, i, isCovered) {
    const radius = radiusOf(node);
    const text = draw("text", { class: isCovered ? "ask-covered" : null, y: radius + 12, "text-anchor": "middle", fill: "var(--ask-ink)", "font-size": 12, "paint-order": "stroke", stroke: "var(--ask-ground)", "stroke-width": 3, "stroke-linejoin": "round" }, factscape.shorten(node.text, LABEL));
    const body = [draw("circle", { r: radius, fill: fill(node.kind) }), text, draw("title", {}, [node.text, node.kind?.label].filter(Boolean).join(" · "))];
    const address = node.term.type === "uri" ? factscape.engine.address(node.term.value) : null;
    const where = `translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})`;
    const name = [node.text, node.kind?.label].filter(Boolean).join(", ");
    const picture = address ? draw("a", { href: address, transform: where, "aria-label": name, tabindex: i ? -1 : 0 }, ...body) : draw("g", { transform: where }, ...body);
    picture.addEventListener("keydown", (event) => walk(event, picture));
    picture.node = node;
    return picture;
  }

  /** Say which labels stand over others: the best connected things keep theirs, others show it when reached. */
  function covered(nodes) {
    const boxes = [];
    const hidden = new Set();
    for (const node of nodes) {
      const half = Math.min(LABEL, factscape.width(node.text)) * 3.2;
      const y = node.y + radiusOf(node) + 8;
      const box = [node.x - half, y - 7, node.x + half, y + 7];
      if (boxes.some((one) => box[0] < one[2] && one[0] < box[2] && box[1] < one[3] && one[1] < box[3])) hidden.add(node);
      else boxes.push(box);
    }
    return hidden;
  }

  /** Arrow keys lead from thing to thing: Tab comes here once. */
  function walk(event, from) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...from.parentElement.querySelectorAll("a")];
    const next = all[(all.indexOf(from) + step + all.length) % all.length];
    from.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  }

  /** Point out what is joined to a thing. */
  function point(svg, id) {
    for (const line of svg.querySelectorAll(".ask-line")) {
      line.setAttribute("stroke-opacity", !id || line.line.start.value === id || line.line.end.value === id ? 0.9 : 0.15);
    }
  }

  function linePicture(line, at, few) {
    const [a, b] = [at.get(line.start.value), at.get(line.end.value)];
    const path = draw("line", { class: "ask-line", x1: a.x, y1: a.y, x2: b.x, y2: b.y, stroke: "var(--ask-soft)", "stroke-opacity": 0.9, "stroke-width": 1.2, "marker-end": "url(#ask-arrow)" });
    path.line = line;
    // An arrow ends at the rim of what it leads to.
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const cut = (4 + radiusOf(b)) / Math.max(1, Math.hypot(dx, dy));
    path.setAttribute("x2", (b.x - dx * cut).toFixed(1));
    path.setAttribute("y2", (b.y - dy * cut).toFixed(1));
    if (!line.label) return [path];
    const label = factscape.label(line.label);
    path.append(draw("title", {}, label));
    if (!few) return [path];
    return [path, draw("text", { x: ((a.x + b.x) / 2).toFixed(1), y: ((a.y + b.y) / 2).toFixed(1), "text-anchor": "middle", "font-size": 10.5, fill: "var(--ask-soft)", "paint-order": "stroke", stroke: "var(--ask-ground)", "stroke-width": 3 }, factscape.shorten(label, 20))];
  }

  function picture(nodes, lines, width) {
    const at = new Map(nodes.map((node) => [node.id, node]));
    const side = (node) => Math.min(LABEL, factscape.width(node.text)) * 3.4;
    const [left, right] = [d3.min(nodes, (n) => n.x - side(n)) - 12, d3.max(nodes, (n) => n.x + side(n)) + 12];
    const [top, bottom] = [d3.min(nodes, (n) => n.y) - 24, d3.max(nodes, (n) => n.y) + 36];
    const scale = Math.min(1.2, width / (right - left));
    // Below this size labels cannot be read: then the picture is wider than its place.
    const shown = Math.max(scale, 0.62) * (right - left);
    const arrow = draw("marker", { id: "ask-arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
      draw("path", { d: "M0,0.5 L8,4 L0,7.5 z", fill: "var(--ask-soft)" }));
    const svg = draw("svg", { viewBox: `${left} ${top} ${right - left} ${bottom - top}`, width: Math.round(shown), height: Math.round((shown / (right - left)) * (bottom - top)), role: "group" },
      draw("defs", {}, arrow));
    for (const line of lines) svg.append(...linePicture(line, at, lines.length <= 40));
    const hidden = covered(nodes);
    nodes.forEach((node, i) => {
      const made = nodePicture(node, i, hidden.has(node));
      for (const over of ["pointerenter", "focusin"]) made.addEventListener(over, () => point(svg, node.id));
      for (const off of ["pointerleave", "focusout"]) made.addEventListener(off, () => point(svg, null));
      svg.append(made);
    });
    return svg;
  }

  function legend(nodes) {
    const kinds = new Map(nodes.filter((node) => node.kind).map((node) => [node.kind.label, node.kind]));
    if (!kinds.size) return null;
    return make("ul", { class: "ask-legend" }, ...[...kinds.values()].map((kind) => make("li", {},
      draw("svg", { viewBox: "-8 -8 16 16", width: 14, height: 14, "aria-hidden": "true" }, draw("circle", { r: 6, fill: fill(kind) })), " ", kind.label)));
  }

  /** Lead to the page on which the same network can be walked, where there is a server that draws it. */
  function larger(text) {
    const address = document.getElementById("ask").dataset.network;
    if (!address || text.length > LONGEST) return null;
    const url = new URL(address, location.href);
    url.searchParams.set("query", text);
    return make("p", {}, make("a", { href: url.href }, words("larger")));
  }

  (factscape.pictures ??= {}).network = async (box, answer, shape) => {
    const all = linesOf(answer, shape);
    const nodes = nodesOf(all);
    const shown = nodes.slice(0, MOST);
    const kept = new Set(shown.map(({ id }) => id));
    const lines = all.filter(({ start, end }) => kept.has(start.value) && kept.has(end.value));
    if (!lines.length) {
      box.append(make("p", {}, words("no_lines")));
      return;
    }
    await factscape.learnNames([...shown.map(({ term }) => term), ...lines.map(({ label }) => label)]).catch(() => {});
    await learnKinds(shown).catch(() => {}); // without kinds all have one colour
    for (const node of shown) node.text = factscape.label(node.term);
    const width = Math.max(300, box.clientWidth);
    place(shown, lines, width);
    const svg = picture(shown, lines, width);
    svg.setAttribute("aria-label", words("network", { nodes: shown.length, edges: lines.length }));
    const note = shown.length < nodes.length ? make("p", { class: "ask-soft" }, words("cut_network", { shown: shown.length, all: nodes.length })) : null;
    box.replaceChildren(...[legend(shown), make("div", { class: "ask-wide" }, svg), note, larger(answer.text)].filter(Boolean));
  };
})();
