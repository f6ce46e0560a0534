"use strict";
// What is found while somebody types; without this script the form still leads to a page.
(() => {
  const input = document.getElementById("q");
  const list = document.getElementById("found");
  const lang = document.documentElement.lang;
  const explicit = new URLSearchParams(location.search).has("lang");
  let asked = 0;
  let timer = 0;

  function show(hits) {
    list.replaceChildren(...hits.slice(0, 8).map((hit) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const between = hit.address.includes("?") ? "&" : "?";
      link.href = hit.address + (explicit ? `${between}lang=${lang}` : "");
      link.textContent = hit[lang] + (hit.kind ? ` (${hit.kind[lang]})` : "");
      item.append(link);
      return item;
    }));
  }

  async function found(text) {
    // A published site has the names at hand.
    if (globalThis.factscape?.find) return factscape.find(text);
    const answer = await fetch(`/search.json?q=${encodeURIComponent(text)}`);
    return answer.ok ? (await answer.json()).hits : [];
  }

  async function ask(text) {
    const number = ++asked;
    if (!text) {
      show([]);
      return;
    }
    try {
      const hits = await found(text);
      // An answer that comes after a later question is not shown.
      if (number === asked) show(hits);
    } catch {
      show([]); // the server is gone: the form says so
    }
  }

  input.addEventListener("input", (event) => {
    // Half a syllable of an input method is not asked for.
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(() => ask(input.value.trim()), 120);
  });
  input.addEventListener("compositionend", () => ask(input.value.trim()));
  input.form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show([]);
  });
})();
