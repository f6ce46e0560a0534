"use strict";
// Small things that a page does besides being read: citations are copied, a linked line is opened.
(() => {
  function citation(button) {
    if (button.dataset.cite) return button.dataset.cite;
    const source = document.getElementById(button.dataset.of);
    const said = source ? source.dataset.cite : "";
    if (!button.dataset.place) return said;
    // The address of the source stays at the end.
    const [, text, url] = said.match(/^(.*?)(\. https?:\/\/\S+)?$/s);
    return `${text}, ${button.dataset.place}${url || ""}`;
  }

  async function copy(button) {
    if (!button.dataset.was) button.dataset.was = button.textContent;
    try {
      await navigator.clipboard.writeText(citation(button));
      button.textContent = "✓";
    } catch {
      button.textContent = "✗"; // the browser does not let pages write to the clipboard
    }
    setTimeout(() => {
      button.textContent = button.dataset.was;
    }, 1500);
  }

  function openLinked() {
    let target = null;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return; // a fragment that is no text
    }
    for (let one = target; one; one = one.parentElement) {
      if (one instanceof HTMLDetailsElement) one.open = true;
    }
  }

  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("button.copy")) button.hidden = false;
  }
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button.copy") : null;
    if (button) copy(button);
  });
  addEventListener("hashchange", openLinked);
  // Who comes back to a page finds the line open that was opened last.
  for (const one of document.querySelectorAll("details[id] > summary")) {
    one.addEventListener("click", () => {
      const { id, open } = one.parentElement;
      history.replaceState(null, "", open ? location.pathname + location.search : `#${encodeURIComponent(id)}`);
    });
  }
  // What is folded is printed too.
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("main details")) one.open = true;
  });
  openLinked();
})();
