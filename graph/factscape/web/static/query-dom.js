"use strict";
// Making elements and finding words. Text is only ever written with textContent.
(() => {
  const factscape = (globalThis.factscape ??= {});
  const said = JSON.parse(document.getElementById("ask").dataset.words);
  // What steers or turns the text around it is not shown.
  const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g;

  factscape.lang = document.documentElement.lang === "zh" ? "zh" : "en";

  /** Return a word of the interface, its {places} filled. */
  factscape.words = (key, values = {}) =>
    said[key].replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === "number" ? value.toLocaleString(factscape.lang) : value;
    });

  /** Return a text without what is not meant to be seen, cut where nobody reads on. */
  factscape.clean = (text, most = 2000) => {
    const plain = String(text).replace(STEERING, " ");
    return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain;
  };

  /** Make an element; `on…` attributes are listeners, empty ones are left out. */
  factscape.make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };

  const SVG = "http://www.w3.org/2000/svg";

  /** Make an element of a picture. */
  factscape.draw = (tag, attributes = {}, ...children) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };

  /** How wide a text is, in characters: Chinese ones are twice as wide. */
  factscape.width = (text) => {
    let count = 0;
    for (const char of text) count += /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(char) ? 2 : 1;
    return count;
  };

  /** Cut a text to so many characters. */
  factscape.shorten = (text, most) => {
    if (factscape.width(text) <= most) return text;
    let [kept, count] = ["", 0];
    for (const char of text) {
      count += factscape.width(char);
      if (count > most - 1) break;
      kept += char;
    }
    return `${kept.trimEnd()}…`;
  };
})();
