// Answers queries in a Worker: Oxigraph stands before this text. It reaches nothing: no fetch is
// allowed by the policy of the page, and Oxigraph for JavaScript has no SERVICE.
"use strict";
self.onmessage = ({ data: message }) => {
  if (message.wasm) {
    initSync({ module: message.wasm });
    self.store = new Store();
    self.store.load(message.quads, { format: "application/n-quads", no_transaction: true, lenient: true });
    self.postMessage({ number: message.number, answer: "ready" });
    return;
  }
  try {
    const answer = self.store.query(message.text, {
      use_default_graph_as_union: message.union,
      results_format: message.format,
    });
    self.postMessage({ number: message.number, answer });
  } catch (error) {
    self.postMessage({ number: message.number, error: String(error.message ?? error) });
  }
};
