// What the reader has chosen: kept in the address after the #, so that a link or a bookmark
// brings it back. A fragment can hold anything; what is not understood is left out.

const state = {
  selected: null,
  view: 'picture',
  theme: null, // null: as the system says
  camera: null, // null: everything; else {x, y, scale}
};

const listeners = new Map();

function on(event, listener) {
  if (!listeners.has(event)) listeners.set(event, []);
  listeners.get(event).push(listener);
}

function emit(event, detail) {
  for (const listener of listeners.get(event) ?? []) listener(detail);
}

/** Change a part of the state; whoever listens to its name hears of it. */
function change(name, value, detail) {
  if (state[name] === value && name !== 'selected') return;
  state[name] = value;
  emit(name, detail);
  remember();
}

function select(thing, detail) {
  change('selected', thing, detail);
}

/** Work out what the filters leave, after kinds or ways were switched. */
function applyFilters() {
  for (const thing of things) thing.shown = thing.kind.shown;
  for (const line of lines) line.shown = line.way.shown && line.from.shown && line.to.shown;
  if (state.selected && !state.selected.shown) select(null);
  emit('filters');
  remember();
}

function writeFragment() {
  const parts = new URLSearchParams();
  if (state.selected) parts.set('s', state.selected.iri);
  for (const kind of kinds) if (!kind.shown) parts.append('k', kind.iri);
  for (const way of ways) if (!way.shown) parts.append('r', way.iri);
  if (state.view !== 'picture') parts.set('v', state.view);
  if (state.theme) parts.set('t', state.theme);
  if (language !== data.lang) parts.set('l', language);
  if (state.camera) {
    const { x, y, scale } = state.camera;
    parts.set('c', `${Math.round(x)},${Math.round(y)},${scale.toFixed(3)}`);
  }
  return parts.toString();
}

let remembering = 0;
let written = null;

/** Write the state into the address, once things have come to rest. */
function remember() {
  clearTimeout(remembering);
  remembering = setTimeout(() => {
    written = writeFragment();
    const address = written ? `#${written}` : '#';
    if (location.hash === address || (!written && !location.hash)) return;
    history.replaceState(null, '', address);
  }, 150);
}

function camera(text) {
  const [x, y, scale] = (text ?? '').split(',').map(Number);
  const sound = [x, y, scale].every(Number.isFinite) && scale >= 0.01 && scale <= 20;
  return sound && Math.abs(x) < 1e6 && Math.abs(y) < 1e6 ? { x, y, scale } : null;
}

/** Take the state from the address; URLSearchParams, unlike decodeURIComponent, never throws. */
function readFragment() {
  const text = location.hash.slice(1);
  if (text === written) return;
  const parts = new URLSearchParams(text);
  const hiddenKinds = new Set(parts.getAll('k'));
  const hiddenWays = new Set(parts.getAll('r'));
  for (const kind of kinds) kind.shown = !hiddenKinds.has(kind.iri);
  for (const way of ways) way.shown = !hiddenWays.has(way.iri);
  state.view = parts.get('v') === 'list' ? 'list' : 'picture';
  state.theme = ['light', 'dark'].includes(parts.get('t')) ? parts.get('t') : null;
  language = Object.hasOwn(allWords, parts.get('l') ?? '') ? parts.get('l') : data.lang;
  state.camera = camera(parts.get('c'));
  state.selected = thingOfIri.get(parts.get('s') ?? '') ?? null;
  if (!text && data.focus.length) state.selected = things[data.focus[0]];
}
