// In a site: what is selected in a chart leads to the pages about it.

(() => {
  const panel = byId('panel');

  /** The pages about the statement, event or thing that a mark is made of. */
  function pagesOf(id) {
    const found = new Map();
    for (const iri of id.split(' ')) {
      const address = iri.includes(':') ? siteAddress(iri) : null;
      if (address) found.set(address, say(iri.startsWith('claim:') ? 'page_of_statement' : 'page_of'));
    }
    return [...found];
  }

  new MutationObserver(() => {
    if (state.selected === null || panel.querySelector('.site-links')) return;
    const links = pagesOf(state.selected).map(([address, text]) => siteLink(address, text));
    if (links.length) panel.append(make('p', { class: 'site-links' }, ...links));
  }).observe(panel, { childList: true });
})();
