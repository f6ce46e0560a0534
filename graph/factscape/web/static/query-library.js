"use strict";
// The query library: its list while somebody types, and things found while a parameter is typed.
(() => {
  const factscape = (globalThis.factscape ??= {});
  const { make, words } = factscape;
  const WAIT = 150;

  function filter(list, input, none) {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of list.children) {
      const text = item.textContent.toLowerCase();
      item.hidden = !wanted.every((word) => text.includes(word));
      shown += item.hidden ? 0 : 1;
    }
    none.hidden = shown > 0;
  }

  /** Let the list of queries be searched. */
  factscape.searchLibrary = () => {
    const list = document.getElementById("ask-list");
    const box = document.getElementById("ask-find-box");
    const input = document.getElementById("ask-find");
    const none = make("p", { hidden: true, role: "status" }, words("no_query"));
    list.after(none);
    box.hidden = false;
    input.addEventListener("input", () => filter(list, input, none));
    // Beside what is asked it stays open; on a narrow screen it stands before, and opens when wanted.
    const wide = matchMedia("(min-width: 56.01rem)").matches;
    list.closest("details").open = wide || !document.getElementById("ask-named");
  };

  /** Offer things by any of their names under an input: a combobox as ARIA describes it. */
  factscape.offerThings = (input) => {
    const list = make("ul", { class: "ask-offers", role: "listbox", id: `${input.id}-offers`, "aria-label": words("found"), hidden: true });
    input.after(list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", autocomplete: "off" })) input.setAttribute(name, value);
    let [timer, number, active] = [0, 0, -1];

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(place) {
      active = place;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
      const item = list.children[active];
      if (!item) return;
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    }

    function take(hit) {
      input.value = factscape.curie(hit.iri).replace(/^<|>$/g, "");
      close();
    }

    function show(hits) {
      list.replaceChildren(...hits.slice(0, 8).map((hit, i) => {
        const item = make("li", { role: "option", id: `${list.id}-${i}`, "aria-selected": "false" },
          make("bdi", {}, factscape.clean(hit[factscape.lang] || hit.en)), " ",
          make("span", { class: "ask-tag" }, [hit.kind?.[factscape.lang], factscape.curie(hit.iri)].filter(Boolean).join(" · ")));
        // Before the input loses the focus, and the list goes.
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          take(hit);
        });
        item.hit = hit;
        return item;
      }));
      list.hidden = !hits.length;
      input.setAttribute("aria-expanded", String(hits.length > 0));
      active = -1;
    }

    async function ask() {
      const mine = ++number;
      const text = input.value.trim();
      const hits = text ? await factscape.engine.search(text).catch(() => []) : [];
      if (mine === number && document.activeElement === input) show(hits);
    }

    input.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("compositionend", ask);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      if (event.key in steps) {
        event.preventDefault();
        mark((active + steps[event.key] + list.children.length) % list.children.length);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        take(list.children[active].hit);
      } else if (event.key === "Escape") close();
    });
  };

  /** Let a parameter have several values: another input beside the first. */
  factscape.offerMore = (input) => {
    const button = make("button", { type: "button", class: "ask-plain", onclick: () => {
      const added = another(input);
      button.before(added);
      if (added.dataset.type === "thing") factscape.offerThings(added);
      added.focus();
    } }, words("another"));
    input.closest(".ask-field").append(button);
  };

  let added = 0;

  function another(input) {
    const copy = input.cloneNode();
    for (const name of ["aria-describedby", "aria-activedescendant", "aria-controls"]) copy.removeAttribute(name);
    copy.id = `${input.id}-${++added}`;
    copy.setAttribute("aria-label", input.labels[0]?.textContent ?? input.name);
    copy.value = "";
    return copy;
  }

  /** Return what the form of a query holds: what is left empty is as the query says. */
  factscape.valuesOf = (form) => {
    const values = {};
    for (const [name, value] of new FormData(form)) {
      if (name.startsWith("set.") && String(value).trim()) (values[name.slice(4)] ??= []).push(String(value).trim());
    }
    return values;
  };

  /** Put values into the form of a query: where there are several, into inputs beside. */
  factscape.setValues = (form, given) => {
    const names = new Set([...given.keys()].filter((name) => name.startsWith("set.")));
    for (const name of names) {
      const inputs = [...form.elements].filter((input) => input.name === name);
      if (!inputs.length) continue;
      given.getAll(name).forEach((value, i) => {
        const input = inputs[i] ?? another(inputs[0]);
        if (!inputs[i]) inputs.at(-1).after(input);
        inputs[i] = input;
        input.value = value;
      });
    }
  };
})();
