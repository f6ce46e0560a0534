// Finding a thing by any of its names, in either script.

/** Fold away what people type differently: case, width, accents, punctuation. */
function fold(text) {
  return String(text)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

let searchIndex = null;

/** Every name of every thing, folded; made when the first letter is typed. */
function searchNames() {
  if (!searchIndex) {
    searchIndex = things.flatMap((thing) => {
      const [, english, chinese] = data.terms[thing.term];
      const names = [english, chinese, ...(thing.names ?? []), thing.iri.split(/[:/#]/).pop()];
      const own = [...new Set(names.filter(Boolean))];
      return own.map((name) => ({ thing, name: clean(name), folded: fold(clip(name, 400)) }));
    });
  }
  return searchIndex;
}

const MOST_FOUND = 12;

/** The things whose names fit, the best first: {thing, name, score}. */
function find(text) {
  const wanted = fold(text);
  const best = new Map();
  if (!wanted) return [];
  for (const { thing, name, folded } of searchNames()) {
    const at = folded.indexOf(wanted);
    if (at < 0) continue;
    // Whole names first, then beginnings, then the rest; among these the shorter name.
    const score = (folded === wanted ? 0 : at === 0 ? 1000 : 2000) + Math.min(folded.length, 900);
    const known = best.get(thing);
    if (!known || score < known.score) best.set(thing, { thing, name, score });
  }
  return [...best.values()].sort((a, b) => a.score - b.score || a.thing.rank - b.thing.rank);
}

(function searchBox() {
  const box = byId('search');
  const list = byId('found');
  let found = [];
  let active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    box.setAttribute('aria-expanded', 'false');
    box.removeAttribute('aria-activedescendant');
  }

  function choose(place) {
    const hit = found[place];
    if (!hit) return;
    box.value = '';
    close();
    if (!hit.thing.kind.shown) {
      hit.thing.kind.shown = true;
      applyFilters();
    }
    select(hit.thing, { show: true });
    (state.view === 'list' ? byId('panel') : byId('picture')).focus();
  }

  function mark(place) {
    active = place;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === place)));
    const item = list.children[place];
    if (item) {
      box.setAttribute('aria-activedescendant', item.id);
      item.scrollIntoView({ block: 'nearest' });
    }
  }

  function option({ thing, name }, place) {
    const label = thingLabel(thing);
    const also = name === label || name === thing.iri ? otherLabel(thing) : name;
    return make(
      'li',
      {
        id: `found-${place}`,
        role: 'option',
        'aria-selected': 'false',
        onmousedown: (event) => event.preventDefault(), // keeps the focus in the box
        onclick: () => choose(place),
      },
      kindIcon(thing.kind),
      isolated(clip(label, 80), { class: 'name' }),
      also && also !== label ? isolated(clip(also, 60), { class: 'soft' }) : null,
      make('span', { class: 'soft' }, kindLabel(thing.kind)),
    );
  }

  function show() {
    const all = find(box.value);
    found = all.slice(0, MOST_FOUND);
    const asked = fold(box.value) !== '';
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    box.setAttribute('aria-expanded', String(found.length > 0));
    box.removeAttribute('aria-activedescendant');
    if (found.length) mark(0);
    if (asked) announce(found.length ? say('search_found', { n: all.length }) : say('search_none'));
  }

  box.addEventListener('input', show);
  box.addEventListener('blur', close);
  box.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length && !list.hidden) {
      event.preventDefault();
      mark((active + step + found.length) % found.length);
    } else if (event.key === 'ArrowDown') {
      show();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(active);
    } else if (event.key === 'Escape') {
      if (list.hidden) box.value = '';
      close();
    }
  });
})();
