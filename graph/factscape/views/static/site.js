// In a site: where things lead. The file alone, without a site, has none of this.

const site = JSON.parse(document.getElementById('site').textContent);

/** The address of the page about what has this IRI, as the data write it; null where there is none. */
function siteAddress(iri) {
  if (Object.hasOwn(site.addresses, iri)) return site.addresses[iri];
  const [prefix] = iri.split(':', 1);
  if (!Object.hasOwn(site.patterns, prefix)) return null;
  return site.patterns[prefix].replace('{}', () => iri.slice(prefix.length + 1));
}

/** A link to another page of the site. */
function siteLink(address, ...content) {
  return make('a', { href: address, class: 'site-link' }, ...content);
}

// The other language of this page keeps what was chosen on it.
for (const one of document.querySelectorAll('[data-keeps-state]')) {
  one.addEventListener('click', () => {
    one.hash = location.hash;
  });
}
