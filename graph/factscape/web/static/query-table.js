"use strict";
// The table of an answer: sorted by its headings, things as links, a portion of its rows at a time.
(() => {
  const factscape = (globalThis.factscape ??= {});
  const { make, words } = factscape;
  const PORTION = 200;
  const XSD = "http://www.w3.org/2001/XMLSchema#";
  // Of these the type is seen from the value.
  const PLAIN = new Set(["string", "boolean", "integer", "decimal", "double", "date", "dateTime",
    "gYear", "gYearMonth", "anyURI"].map((name) => XSD + name));

  /** Return the address of a page on the web, or null for anything else, such as javascript:. */
  function web(text) {
    try {
      const url = new URL(text);
      return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
    } catch {
      return null;
    }
  }

  /** A link to a thing's page, or to the web where it has none. */
  factscape.thingLink = (term, text = factscape.label(term)) => {
    const ours = factscape.isNamed(term.value) || term.value.startsWith("https://w3id.org/factscape/");
    const address = ours ? factscape.engine.address(term.value) : null;
    if (address) return make("a", { href: address, title: factscape.clean(term.value) }, make("bdi", {}, text));
    const href = web(term.value);
    if (!href) return make("bdi", {}, text);
    return make("a", { href, rel: "noreferrer external", title: factscape.clean(term.value) }, make("bdi", {}, text));
  };

  function literal(term) {
    const number = factscape.number(term);
    if (!Number.isNaN(number)) {
      const large = Number.isInteger(number) && Math.abs(number) >= 1e4 && Number.isSafeInteger(number);
      return [large ? number.toLocaleString("en") : term.value];
    }
    const href = term.datatype === `${XSD}anyURI` ? web(term.value) : null;
    const shown = href ? factscape.thingLink({ value: href }, factscape.clean(term.value)) : make("bdi", {}, factscape.clean(term.value));
    const lang = term["xml:lang"];
    if (lang) {
      shown.lang = lang;
      return [shown, " ", make("span", { class: "ask-tag" }, lang)];
    }
    if (!term.datatype || PLAIN.has(term.datatype)) return [shown];
    return [shown, " ", make("span", { class: "ask-tag" }, factscape.curie(term.datatype))];
  }

  function cell(term) {
    const box = make("td", { class: Number.isNaN(factscape.number(term)) ? null : "ask-number" });
    if (!term) return box;
    if (term.type === "uri") box.append(factscape.thingLink(term));
    else if (term.type === "literal" || term.type === "typed-literal") box.append(...literal(term));
    else box.append(make("bdi", {}, factscape.label(term)));
    return box;
  }

  /** Return the rows in the order that is chosen: a stable one, so that several sort one another. */
  function sorted(answer, order) {
    if (order.column === null) return answer.rows;
    const by = (row) => row[order.column];
    return [...answer.rows].sort((a, b) => {
      if (!by(a) || !by(b)) return factscape.compare(by(a), by(b)); // what is missing stays last
      return factscape.compare(by(a), by(b)) * order.way;
    });
  }

  function heading(answer, place, order, turn) {
    const chosen = order.column === place;
    const sign = chosen ? (order.way > 0 ? " ▲" : " ▼") : "";
    const button = make("button", { type: "button", onclick: turn },
      answer.headings[place], make("span", { "aria-hidden": "true" }, sign));
    const aria = chosen ? (order.way > 0 ? "ascending" : "descending") : null;
    return make("th", { scope: "col", "aria-sort": aria }, button);
  }

  /** Draw an answer with `columns`, `headings` and `rows` into a place. */
  factscape.table = async (place, answer) => {
    const order = { column: null, way: 1 };
    let shown = PORTION;

    async function draw(focus = null) {
      const rows = sorted(answer, order);
      const part = rows.slice(0, shown);
      await factscape.learnNames(part.flat()).catch(() => {}); // without names their IRIs stand there
      const head = answer.columns.map((_, column) => heading(answer, column, order, () => {
        Object.assign(order, { column, way: order.column === column ? -order.way : 1 });
        draw(column);
      }));
      const table = make("table", { class: "ask-table" },
        make("caption", { class: "ask-unseen" }, words("rows", { n: answer.rows.length })),
        make("thead", {}, make("tr", {}, ...head)),
        make("tbody", {}, ...part.map((row) => make("tr", {}, ...row.map(cell)))));
      const scroll = make("div", { class: "ask-scroll", tabindex: "0", role: "region", "aria-label": words("table") }, table);
      place.replaceChildren(scroll);
      if (shown < rows.length) place.append(more(rows.length));
      if (focus !== null) place.querySelectorAll("th button")[focus].focus();
    }

    function more(all) {
      const next = Math.min(PORTION * 5, all - shown);
      const button = make("button", { type: "button", onclick: () => {
        shown += next;
        draw();
      } }, words("more", { n: next, all, shown }));
      return make("p", {}, button);
    }

    await draw();
  };
})();
