"use strict";
// The page of results without a server: what `?q=` asks for is found here, and shown as a server's
// page shows it.
(() => {
  const place = document.getElementById("hits");
  const text = new URLSearchParams(location.search).get("q")?.trim();
  if (!place || !text) return;
  const lang = document.documentElement.lang;
  const words = JSON.parse(place.dataset.words);
  document.getElementById("q").value = text;
  document.querySelector("h1").textContent = [words.search, text].join(words.colon);
  document.title = `${text} · ${document.title.split(" · ").at(-1)}`;

  function soft(text) {
    const part = document.createElement("span");
    part.className = "soft";
    part.textContent = text;
    return part;
  }

  function line(hit) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = hit.address;
    link.textContent = hit[lang];
    const found = hit.reason === "figure" ? words.printed : words.as;
    const reason = words[`reason_${hit.reason.replaceAll(" ", "_")}`];
    item.append(link, " ");
    if (hit.kind) item.append(soft(hit.kind[lang]));
    item.append(document.createElement("br"), soft(found + words.colon), hit.name);
    if (reason) item.append(" ", soft(`(${reason})`));
    return item;
  }

  factscape.find(text).then((hits) => {
    const list = document.createElement("ul");
    list.className = "hits";
    list.append(...hits.map(line));
    place.replaceChildren(hits.length ? list : words.nothing);
  });
})();
