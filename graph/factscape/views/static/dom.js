// Making elements. Text is only ever written with textContent.

/** Make an element; `on…` attributes are listeners, null ones are left out. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Put a text of unknown direction into an element of its own, so that it turns nothing else. */
function isolated(text, attributes = {}) {
  return make('bdi', attributes, clip(text, 2000));
}

/** Cut a text that is longer than anyone reads. */
function clip(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function byId(id) {
  return document.getElementById(id);
}

/** A link, where it leads to the web; anything else, such as javascript:, stays plain text. */
function link(address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return isolated(text);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return isolated(text);
  return make('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer' }, isolated(text));
}

/** A button that selects a thing; what is not in the picture is only named. */
function thingButton(term) {
  const thing = thingOfTerm(term);
  if (!thing) {
    return isolated(termLabel(term), { class: 'elsewhere', title: say('off_page'), 'data-iri': termIri(term) });
  }
  return make(
    'button',
    { type: 'button', class: 'thing', onclick: () => select(thing, { show: true }) },
    isolated(termLabel(term)),
  );
}

/** So many things come into the picture at a time. */
const PORTION = 25;

const SVG = 'http://www.w3.org/2000/svg';

/** A small picture of a kind: its shape in its colour. */
function kindIcon(kind) {
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('viewBox', '-10 -10 20 20');
  icon.setAttribute('class', 'icon');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', shapePath(kind.shape, kind.hub ? 6 : 8));
  path.setAttribute('fill', kindColour(kind));
  icon.append(path);
  return icon;
}

/** Say something to who cannot see the picture. */
function announce(text) {
  byId('live').textContent = text;
}
