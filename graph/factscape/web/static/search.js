"use strict";
// What is found while somebody types; without this script the form still leads to a page.
// Where there is no server, `factscape.find(text)` is what finds things, in the same form.
(() => {
  const input = document.getElementById("q");
  const list = document.getElementById("found");
  const told = document.getElementById("told");
  const form = input.form;
  const lang = document.documentElement.lang;
  const kept = [...form.querySelectorAll("input[type=hidden]")].map((one) => [one.name, one.value]);
  let asked = 0;
  let timer = 0;
  let chosen = -1;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", "found");
  input.setAttribute("aria-autocomplete", "list");
  list.setAttribute("role", "listbox");

  async function find(text) {
    if (globalThis.factscape?.find) return globalThis.factscape.find(text);
    const address = new URL(form.dataset.ask, location.href);
    address.searchParams.set("q", text);
    const answer = await fetch(address);
    if (!answer.ok) return [];
    const { hits } = await answer.json();
    return hits.map((hit) => ({ ...hit, address: withKept(hit.address) }));
  }

  function withKept(address) {
    const url = new URL(address, location.origin);
    for (const [name, value] of kept) url.searchParams.set(name, value);
    return url.pathname + url.search;
  }

  function option(hit, place) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const kind = document.createElement("span");
    item.id = `found-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.address = hit.address;
    name.textContent = hit[lang];
    kind.className = "soft";
    // The name that was found, where it is another one than is shown.
    const others = [hit.name === hit[lang] ? "" : hit.name, hit.kind ? hit.kind[lang] : ""];
    kind.textContent = others.filter(Boolean).join(" · ");
    item.append(name, " ", kind);
    return item;
  }

  function show(hits, text) {
    const shown = hits.slice(0, 8);
    list.replaceChildren(...shown.map(option));
    choose(-1);
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (!text) told.textContent = "";
    else told.textContent = shown.length ? told.dataset.some.replace("{}", shown.length) : told.dataset.none;
  }

  // Past the last one nothing is chosen, and what was typed counts.
  function choose(place) {
    const items = [...list.children];
    chosen = place < 0 || place >= items.length ? -1 : place;
    items.forEach((item, number) => item.setAttribute("aria-selected", String(number === chosen)));
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", items[chosen].id);
  }

  async function ask(text) {
    const number = ++asked;
    if (!text) {
      show([], "");
      return;
    }
    try {
      const hits = await find(text);
      // An answer that comes after a later question is not shown.
      if (number === asked) show(hits, text);
    } catch {
      show([], ""); // the server is gone: the form says so
    }
  }

  function go(item) {
    location.href = item.dataset.address;
  }

  input.addEventListener("input", (event) => {
    // Half a syllable of an input method is not asked for.
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(() => ask(input.value.trim()), 100);
  });
  input.addEventListener("compositionend", () => ask(input.value.trim()));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const items = list.children;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // which would take away what was typed
      show([], "");
    } else if (event.key === "ArrowDown" && items.length) {
      event.preventDefault();
      choose(chosen + 1);
    } else if (event.key === "ArrowUp" && items.length) {
      event.preventDefault();
      choose(chosen < 0 ? items.length - 1 : chosen - 1);
    } else if (event.key === "Enter" && items[chosen]) {
      event.preventDefault();
      go(items[chosen]);
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) go(item);
  });
  input.addEventListener("blur", () => show([], ""));
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
})();
