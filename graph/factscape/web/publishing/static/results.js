"use strict";
// The page of results without a server: what `?q=` asks for is found here.
(() => {
  const place = document.getElementById("hits");
  const text = new URLSearchParams(location.search).get("q") ?? "";
  if (!place || !text.trim()) return;
  const lang = document.documentElement.lang;
  document.getElementById("q").value = text;

  function line(hit) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = hit.address;
    link.textContent = hit[lang];
    const kind = hit.kind ? ` (${hit.kind[lang]})` : "";
    item.append(link, `${kind}: ${hit.name}, ${hit.reason}`);
    return item;
  }

  factscape.find(text).then((hits) => {
    const list = document.createElement("ol");
    list.append(...hits.map(line));
    place.replaceChildren(hits.length ? list : place.dataset.nothing);
  });
})();
