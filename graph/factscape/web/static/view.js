"use strict";
// Names are found while they are typed; without this script the form takes them as they stand.
(() => {
  const MOST = 8;
  const lang = document.documentElement.lang;

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  function attach(input, number) {
    const list = make("ul", { id: `view-found-${number}`, class: "view-found", role: "listbox", "aria-label": input.dataset.called });
    const said = make("span", { class: "view-said", role: "status" });
    let hits = [];
    let active = -1;
    let asked = 0;
    let timer = 0;
    list.hidden = true;
    input.after(list, said);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
      input.setAttribute(name, value);
    }

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(place) {
      active = place;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === place)));
      const item = list.children[place];
      if (item) input.setAttribute("aria-activedescendant", item.id);
    }

    function take(place) {
      input.value = hits[place][lang] || hits[place].en;
      close();
    }

    function show(found) {
      hits = found.slice(0, MOST);
      list.replaceChildren(...hits.map((hit, place) => {
        const item = make("li", { id: `${list.id}-${place}`, role: "option", "aria-selected": "false" });
        item.append(make("bdi", {}, (hit[lang] || hit.en).slice(0, 80)));
        if (hit.kind) item.append(make("span", { class: "kind" }, hit.kind[lang] || hit.kind.en));
        item.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the field
        item.addEventListener("click", () => take(place));
        return item;
      }));
      close();
      list.hidden = !hits.length;
      input.setAttribute("aria-expanded", String(hits.length > 0));
      said.textContent = input.dataset.found.replace("{n}", String(hits.length));
    }

    async function ask(text) {
      const number = ++asked;
      if (!text) {
        hits = [];
        close();
        return;
      }
      try {
        const answer = await fetch(`${input.dataset.names}?q=${encodeURIComponent(text)}`);
        // An answer that comes after a later question is not shown.
        if (answer.ok && number === asked) show((await answer.json()).hits);
      } catch {
        close(); // the server is gone: the form says so
      }
    }

    input.addEventListener("input", (event) => {
      // Half a syllable of an input method is not asked for.
      if (event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(() => ask(input.value.trim()), 120);
    });
    input.addEventListener("compositionend", () => ask(input.value.trim()));
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && hits.length && !list.hidden) {
        event.preventDefault();
        mark((active + step + hits.length) % hits.length);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        take(active);
      } else if (event.key === "Escape" && !list.hidden) {
        event.stopPropagation();
        close();
      }
    });
  }

  [...document.querySelectorAll("input[data-names]")].forEach(attach);

  // On a phone the places to go stand in one row: the one that this is should be seen.
  const row = document.querySelector(".view-bar nav");
  const here = row?.querySelector("[aria-current]");
  if (here) row.scrollLeft = here.offsetLeft - row.offsetLeft - row.clientWidth / 3;

  // An address holds what was chosen, not what was left open.
  for (const form of document.querySelectorAll(".view-form")) {
    form.addEventListener("submit", () => {
      for (const one of form.elements) one.disabled = one.name !== "" && one.value === "";
      setTimeout(() => { for (const one of form.elements) one.disabled = false; });
    });
  }
})();
