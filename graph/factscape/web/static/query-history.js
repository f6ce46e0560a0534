"use strict";
// What was asked in this browser before: kept here alone, a bounded number, until it is cleared.
(() => {
  const factscape = (globalThis.factscape ??= {});
  const { make, words } = factscape;
  const KEY = "factscape queries";
  const MOST = 50;
  const LONGEST = 20000;

  // Where storage is refused, what was asked is known until the page is left.
  let kept = [];

  function read() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      kept = found.filter((one) => typeof one?.text === "string").slice(0, MOST);
    } catch {
      // refused, or not ours: what this page knows stays
    }
    return kept;
  }

  function write() {
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // refused or full
    }
  }

  /** Return the first line that says what a query is: its title, else what it begins with. */
  function titleOf({ text, title }) {
    const line = text.split("\n").find((one) => one.trim() && !/^\s*(?:#|prefix\b)/i.test(one)) ?? text;
    return factscape.clean(title || line.trim(), 100);
  }

  factscape.history = {
    /** Remember a query; asked again it moves to the top. */
    add(one) {
      if (one.text.length > LONGEST) return;
      kept = [one, ...read().filter(({ text }) => text !== one.text)].slice(0, MOST);
      write();
    },
    clear() {
      kept = [];
      try {
        localStorage.removeItem(KEY);
      } catch {
        // refused: there is nothing there
      }
    },
    /** List what was asked into a place; `choose` takes the one that is wanted again. */
    show(place, choose) {
      const list = read();
      if (!list.length) {
        place.replaceChildren(make("p", {}, words("no_history")));
        return;
      }
      const items = list.map((one) => make("li", {},
        make("button", { type: "button", class: "ask-plain", title: factscape.clean(one.text, 600), onclick: () => choose(one) }, titleOf(one)),
        " ", make("span", { class: "ask-tag" }, [one.when, one.rows].filter((part) => part !== undefined).join(" · "))));
      const clear = make("button", { type: "button", onclick: () => {
        factscape.history.clear();
        factscape.history.show(place, choose);
        place.querySelector("p").setAttribute("tabindex", "-1");
        place.querySelector("p").focus();
      } }, words("clear"));
      place.replaceChildren(make("ul", {}, ...items), make("p", {}, clear));
    },
  };
})();
