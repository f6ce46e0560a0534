// What the reader has chosen, kept in the address after the #, so that a link or a bookmark brings
// it back. A fragment can hold anything; what is not understood is left out.

const root = document.documentElement;
const darkness = matchMedia('(prefers-color-scheme: dark)');

const state = {
  view: 'picture',
  theme: null, // null: as the system says
  selected: null, // the id of a mark
};

/** What a page lets choose besides: name, letter in the address, first value, and what is sound. */
const choices = new Map();

function choice(name, letter, first, sound) {
  choices.set(name, { letter, first, sound });
  state[name] = first;
}

let redraw = () => {};

/** Change parts of the state and draw what follows. */
function choose(changes) {
  Object.assign(state, changes);
  remember();
  redraw(Object.keys(changes));
}

function isDark() {
  return state.theme ? state.theme === 'dark' : darkness.matches;
}

/** A colour of the style sheet, such as ink. */
function colour(name) {
  return getComputedStyle(root).getPropertyValue(`--${name}`).trim();
}

/** The colour of a kind or a series in the theme of the moment. */
function ownColour(pair) {
  return pair[isDark() ? 1 : 0];
}

let written = '';

function remember() {
  const parts = new URLSearchParams();
  if (state.selected) parts.set('s', state.selected);
  if (state.view !== 'picture') parts.set('v', state.view);
  if (state.theme) parts.set('t', state.theme);
  if (language !== data.lang) parts.set('l', language);
  for (const [name, { letter, first }] of choices) {
    if (state[name] !== first) parts.set(letter, state[name]);
  }
  written = parts.toString().replaceAll('%3A', ':').replaceAll('%2F', '/');
  // In a notebook's frame there is no address to keep it in.
  if (location.protocol !== 'about:' && location.hash.slice(1) !== written) history.replaceState(null, '', `#${written}`);
}

/** Take the state from the address; URLSearchParams, unlike decodeURIComponent, never throws. */
function recall() {
  const parts = new URLSearchParams(location.hash.slice(1));
  state.view = parts.get('v') === 'table' ? 'table' : 'picture';
  state.theme = ['light', 'dark'].includes(parts.get('t')) ? parts.get('t') : null;
  language = Object.hasOwn(allWords, parts.get('l') ?? '') ? parts.get('l') : data.lang;
  state.selected = parts.get('s');
  for (const [name, { letter, first, sound }] of choices) {
    const value = parts.get(letter);
    state[name] = value !== null && sound(value) ? value : first;
  }
}
