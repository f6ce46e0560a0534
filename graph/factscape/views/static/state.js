// What the reader has chosen: kept in the address after the #, so that a link or a bookmark
// brings it back. A fragment can hold anything; what is not understood is left out.

const state = {
  selected: null, // a thing
  link: null, // a line, instead of a thing
  view: 'picture',
  theme: null, // null: as the system says
  camera: null, // null: everything; else {x, y, scale}
  day: null, // null: all times
  rdf: false, // whether triples are shown
  added: new Map(), // things that were asked for, each with how many of its neighbours
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
  state.link = null;
  if (thing && !thing.drawn) {
    add(thing, 0);
    applyFilters();
  }
  change('selected', thing, detail);
}

function selectLink(line, detail) {
  state.link = line;
  change('selected', null, detail);
}

/** Put a thing into the picture, with so many of its neighbours that are not there yet. */
function add(thing, count) {
  const before = things.filter((one) => one.drawn).length;
  const known = state.added.get(thing) ?? 0;
  const some = hiddenNeighbours(thing).slice(0, count);
  thing.drawn = true;
  for (const one of some) one.drawn = true;
  state.added.delete(thing);
  state.added.set(thing, known + some.length);
  return things.filter((one) => one.drawn).length - before;
}

/** Put the next most important things into the picture. */
function addNext(count) {
  const some = byImportance.filter((one) => !one.drawn && one.neighbours.size).slice(0, count);
  for (const one of some) add(one, 0);
  return some.length;
}

/** Work out what is there on the day shown, and what the filters leave of it. */
function applyFilters() {
  workOutDay();
  for (const thing of things) thing.shown = thing.drawn && thing.there && thing.kind.shown;
  for (const line of lines) {
    line.shown = line.there && line.way.shown && line.from.shown && line.to.shown;
  }
  if (state.selected && !state.selected.kind.shown) state.selected = null;
  emit('filters');
  remember();
}

function writeFragment() {
  const parts = new URLSearchParams();
  if (state.selected) parts.set('s', state.selected.iri);
  if (state.link) {
    const { from, way, to } = state.link;
    for (const iri of [from.iri, way.iri, to.iri]) parts.append('e', iri);
  }
  emit('write', parts);
  for (const [thing, count] of state.added) parts.append('a', `${count} ${thing.iri}`);
  if (state.day) parts.set('d', state.day);
  if (state.rdf) parts.set('x', '1');
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
    try {
      history.replaceState(null, '', address);
    } catch {
      // In the frame of a notebook there is no address to write to.
    }
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
  state.view = ['list', 'links'].includes(parts.get('v')) ? parts.get('v') : 'picture';
  state.day = soundDay(parts.get('d'));
  state.rdf = parts.get('x') === '1';
  state.added.clear();
  for (const thing of things) thing.drawn = !thing.later;
  for (const one of parts.getAll('a').slice(0, 500)) {
    const [, count, iri] = /^(\d{1,4}) (.+)$/.exec(one) ?? [];
    if (thingOfIri.has(iri)) add(thingOfIri.get(iri), Number(count));
  }
  state.theme = ['light', 'dark'].includes(parts.get('t')) ? parts.get('t') : null;
  language = Object.hasOwn(allWords, parts.get('l') ?? '') ? parts.get('l') : data.lang;
  state.camera = camera(parts.get('c'));
  state.selected = thingOfIri.get(parts.get('s') ?? '') ?? null;
  if (state.selected && !state.selected.drawn) add(state.selected, 0);
  const [from, way, to] = parts.getAll('e');
  state.link = state.selected || !to ? null : lines.find(
    (one) => one.from.iri === from && one.way.iri === way && one.to.iri === to,
  ) ?? null;
  if (!text && data.focus.length && !data.asked.between) state.selected = things[data.focus[0]];
}
