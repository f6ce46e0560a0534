"use strict";
// The query page: what is asked, that it is asked, and what came of it. Needs the other query-*.js.
(() => {
  const factscape = globalThis.factscape;
  const { make, words } = factscape;
  const byId = (id) => document.getElementById(id);
  const named = byId("ask-named");
  const form = byId("ask-form");
  const area = byId("ask-text");
  const status = byId("ask-status");
  const wrong = byId("ask-error");
  // More rows than anybody looks at; a download has all.
  const MOST = 50000;
  const FORMATS = { rows: ["csv", "tsv", "json", "xml"], boolean: ["json", "xml"], graph: ["ttl", "nt", "jsonld", "rdf"] };

  // What the page knows: the query that ran last, its answer, and how it is looked at.
  const state = { running: null, asked: null, library: null, view: null };

  // Without CodeMirror the text field does all that matters.
  const editor = mount() ?? {
    text: () => area.value,
    setText: (text) => (area.value = text),
    focus: () => area.focus(),
    clear: () => {},
    mark: () => {},
    goTo: () => area.focus(),
  };

  function mount() {
    try {
      const place = byId("ask-editor");
      place.hidden = false;
      const made = factscape.editor(place, area.value, { run: () => run(), changed: () => editor.clear() });
      area.hidden = true;
      document.querySelector("label[for=ask-text]").hidden = true;
      return made;
    } catch (error) {
      byId("ask-editor").hidden = true;
      return null;
    }
  }

  /** Ask; one question at a time, the one before is stopped. */
  async function ask(text, library) {
    state.running?.abort();
    const running = new AbortController();
    state.running = running;
    showRunning(true);
    editor.clear();
    wrong.replaceChildren();
    try {
      const answer = factscape.inOrder(await factscape.engine.ask(text, { signal: running.signal }), text);
      if (state.running !== running) return;
      await show(text, answer, library);
    } catch (error) {
      if (state.running !== running) return;
      if (error.name === "AbortError") status.textContent = words("stopped");
      else fail(error);
    } finally {
      if (state.running === running) {
        state.running = null;
        showRunning(false);
      }
    }
  }

  function showRunning(is) {
    byId("ask-stop").hidden = !is;
    if (is) status.textContent = words("running");
    byId("ask-result").setAttribute("aria-busy", String(is));
  }

  function fail(error) {
    status.textContent = "";
    byId("ask-result").replaceChildren();
    byId("ask-views").replaceChildren();
    byId("ask-save").hidden = true;
    const placed = error.line && editor.text() === state.tried;
    wrong.replaceChildren(
      make("p", {}, make("strong", {}, factscape.clean(error.message ?? words("wrong"))), " ",
        placed ? make("button", { type: "button", class: "ask-plain", onclick: () => {
          byId("ask-sparql").open = true;
          editor.goTo(error);
        } }, words("at", { line: error.line, column: error.column ?? 1 })) : null),
      error.hint ? make("pre", {}, factscape.clean(error.hint)) : "",
    );
    if (placed) {
      byId("ask-sparql").open = true;
      editor.mark(error);
    }
  }

  /** Show an answer, and remember and address what was asked. */
  async function show(text, answer, library) {
    const told = factscape.asRows(answer);
    const number = told.rows.length;
    told.rows = told.rows.slice(0, MOST);
    const headings = told.columns.map((name) => library?.headings?.[name]?.[factscape.lang] ?? name);
    const wish = library?.view ?? /^#\+\s*view:\s*(\w+)/m.exec(text)?.[1];
    const all = { ...told, headings, kind: answer.kind, text };
    const shape = factscape.shapeOf(all);
    shape.views = shape.views.filter((view) => view === "table" || factscape.pictures?.[view]);
    state.asked = { text, answer: all, library, shape };
    const chosen = state.view && shape.views.includes(state.view) ? state.view : factscape.bestView(answer.kind, all, shape, wish);
    const count = answer.kind === "boolean" ? words(answer.value ? "yes" : "no") : words(number === 1 ? "row" : "rows", { n: number });
    const cut = number > MOST ? words("cut", { n: MOST }) : null;
    status.textContent = [count, words("seconds", { s: (answer.ms / 1000).toFixed(2) }), cut].filter(Boolean).join(" · ");
    const title = library?.title?.[factscape.lang];
    factscape.history.add({ text, title, when: new Date().toISOString().slice(0, 10), rows: count });
    downloads(FORMATS[answer.kind]);
    await draw(chosen);
    address();
  }

  async function draw(view) {
    const { answer, shape } = state.asked;
    const tabs = shape.views.map((name) => make("button", { type: "button", "aria-pressed": String(name === view), "data-view": name, onclick: () => {
      state.view = name;
      draw(name).then(address).then(() => document.querySelector(`[data-view="${name}"]`).focus());
    } }, words(`view_${name}`)));
    byId("ask-views").replaceChildren(...(tabs.length > 1 ? tabs : []));
    const [place, table] = [make("div", { class: "ask-picture" }), make("div", {})];
    byId("ask-result").replaceChildren(place, table);
    byId("ask-result").dataset.view = view;
    if (!answer.rows.length) {
      place.append(make("p", {}, words("empty")));
      return;
    }
    if (view !== "table") await factscape.pictures[view](place, answer, shape);
    await factscape.table(table, answer);
  }

  function downloads(formats) {
    const buttons = formats.map((format) => make("button", { type: "button", onclick: () => save(format) }, words(`format_${format}`)));
    byId("ask-save").hidden = false;
    byId("ask-formats").replaceChildren(...buttons);
  }

  async function save(format) {
    try {
      const blob = await factscape.engine.save(state.asked.text, format);
      const href = URL.createObjectURL(blob);
      make("a", { href, download: `factscape.${format}` }).click();
      setTimeout(() => URL.revokeObjectURL(href), 60000);
    } catch (error) {
      fail(error);
    }
  }

  /** Write into the address what it takes to see the same again. */
  function address() {
    const { text, library } = state.asked;
    const url = new URL(location.href);
    const lang = url.searchParams.get("lang");
    const said = new URLSearchParams();
    for (const name of ["as-of", "known-by", "in"]) if (url.searchParams.has(name)) said.set(name, url.searchParams.get(name));
    const behind = new URLSearchParams();
    if (library) {
      said.set("name", library.name);
      for (const [name, values] of Object.entries(library.values)) for (const value of values) said.append(`set.${name}`, value);
    } else behind.set("query", text);
    if (lang) said.set("lang", lang);
    if (state.view) behind.set("view", state.view);
    url.search = said;
    url.hash = behind.size ? behind : "";
    history.replaceState(null, "", url);
    const other = document.querySelector("header a[hreflang]");
    if (!other) return;
    said.set("lang", other.hreflang);
    const there = new URL(other.href);
    there.search = said;
    there.hash = url.hash;
    other.href = there;
  }

  /** Ask what stands in the editor. */
  function run() {
    state.tried = editor.text();
    // As long as nobody changes it, it is still the query of the library.
    const library = state.library?.text === state.tried ? state.library : null;
    return ask(state.tried, library);
  }

  /** Ask the query of the library with what the form holds. */
  async function runNamed() {
    const values = factscape.valuesOf(named);
    wrong.replaceChildren();
    try {
      const filled = await factscape.engine.filled(named.dataset.name, values);
      state.library = { ...filled, name: named.dataset.name, values };
      editor.setText(filled.text);
      await run();
    } catch (error) {
      state.tried = null;
      fail(error);
    }
  }

  async function share() {
    const box = byId("ask-address");
    box.value = location.href;
    byId("ask-share-box").hidden = false;
    box.select();
    try {
      await navigator.clipboard.writeText(location.href);
      status.textContent = words("copied");
    } catch {
      status.textContent = words("copy"); // it is selected: Ctrl-C takes it
    }
  }

  function listen() {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
    area.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      run();
    });
    named?.addEventListener("submit", (event) => {
      event.preventDefault();
      state.view = null;
      runNamed();
    });
    byId("ask-stop").addEventListener("click", () => state.running?.abort());
    byId("ask-share").addEventListener("click", share);
    const past = byId("ask-history");
    past.addEventListener("toggle", () => past.open && factscape.history.show(byId("ask-past"), ({ text }) => {
      past.open = false;
      byId("ask-sparql").open = true;
      editor.setText(text);
      editor.focus();
    }));
    for (const input of document.querySelectorAll("input[data-type=thing]")) factscape.offerThings(input);
    for (const input of document.querySelectorAll(".ask-field input[id]")) factscape.offerMore(input);
    for (const menu of document.querySelectorAll("details.ask-menu")) {
      document.addEventListener("pointerdown", (event) => {
        if (!menu.contains(event.target)) menu.open = false;
      });
      menu.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !menu.open) return;
        menu.open = false;
        menu.querySelector("summary").focus();
      });
    }
  }

  /** Begin with what the address asks for. */
  async function begin() {
    const behind = new URLSearchParams(location.hash.slice(1));
    state.view = behind.get("view");
    factscape.searchLibrary();
    if (named) factscape.setValues(named, new URLSearchParams(location.search));
    listen();
    factscape.engine.vocabulary().then(({ prefixes }) => factscape.knowPrefixes(prefixes), () => {});
    for (const element of document.querySelectorAll(".ask-script")) element.hidden = false;
    if (behind.get("query")) {
      editor.setText(behind.get("query"));
      byId("ask-sparql").open = true;
      await run();
    } else if (named) await runNamed();
    else if (new URLSearchParams(location.search).has("query")) await run();
    document.documentElement.dataset.ready = "";
  }

  window.addEventListener("hashchange", () => {
    const text = new URLSearchParams(location.hash.slice(1)).get("query");
    if (!text || text === state.asked?.text) return;
    editor.setText(text);
    run();
  });
  begin();
})();
