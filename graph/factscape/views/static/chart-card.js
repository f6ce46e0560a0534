// The card of a thing: its figures with how they went, its neighbours, what happened, what is thought.

data.panels.forEach((panel, number) => {
  filled(panel.points, ['value', 'begins', 'ends']);
  for (const point of panel.points) {
    point.panel = panel;
    point.id = `f${number} ${point.claim}`;
    const [from, to] = [Date.parse(point.begins ?? point.ends), Date.parse(point.ends ?? point.begins)];
    point.at = (from + to - DAY) / 2;
  }
});
const pointOf = new Map(data.panels.flatMap((panel) => panel.points.map((point) => [point.id, point])));
const neighbourOf = new Map(data.network.things.map((thing) => [`n ${thing.iri}`, thing]));

const SHORT = 12;
choice('all', 'm', '', (value) => value === 'all');
choice('wanted', 'q', '', (value) => value.length < 200);

const pointWhen = (point) => (point.time ? inLanguage(point.time) : say('no_time'));

/** The figure that stands for a measure: the last one that is told. */
function latest(panel) {
  const told = panel.points.filter((point) => !point.foretold);
  return d3.greatest(told.length ? told : panel.points, (point) => (Number.isNaN(point.at) ? -Infinity : point.at)) ?? panel.points[0];
}

function spark(panel) {
  const rows = panel.points.filter((point) => !Number.isNaN(point.at) && point.value !== null).map((point) => ({
    ...point,
    name: [inLanguage(panel.title), pointWhen(point), inLanguage(point.words), standing(point)].join(say('comma')),
  }));
  if (new Set(rows.map((row) => row.at)).size < 2) return null;
  const hue = colour('accent');
  const svg = Plot.plot(plotOptions({
    width: 170, height: 44, margin: 8, marginLeft: 8, marginRight: 8,
    x: { type: 'utc', axis: null }, y: { axis: null, zero: rows.every((row) => row.value >= 0) },
    color: { type: 'identity' },
    marks: [
      Plot.line(d3.sort(rows, (row) => row.at), { x: 'at', y: 'value', stroke: hue, strokeWidth: 1.5 }),
      Plot.dot(rows, { x: 'at', y: 'value', className: 'reach', r: 3.5, fill: (row) => (row.foretold ? colour('ground') : hue), stroke: (row) => (row.disputed ? colour('ink') : hue), strokeWidth: 1.6 }),
    ],
  }));
  reach(svg, { reach: rows }, inLanguage(panel.title));
  return svg;
}

function figureRow(panel) {
  const point = latest(panel);
  const value = make('button', { type: 'button', class: 'told', 'data-id': point.id, 'aria-pressed': String(point.id === state.selected), onclick: () => pick({ id: point.id, name: inLanguage(point.words) }) }, isolated(inLanguage(point.words)));
  return make('tr', {},
    make('th', { scope: 'row' }, isolated(inLanguage(panel.title))),
    make('td', { class: 'latest' }, value, make('div', { class: 'soft' }, `${pointWhen(point)} · ${standing(point)}`)),
    make('td', { class: 'spark' }, ...[spark(panel)].filter(Boolean)));
}

function figures() {
  const wanted = state.wanted.trim().toLowerCase();
  const panels = data.panels.filter((panel) => panel.points.length && (!wanted || [panel.title].flat().some((text) => text.toLowerCase().includes(wanted))));
  if (!data.panels.length) return null;
  // What has a course comes first, then single numbers, then words.
  const telling = d3.sort(panels, (panel) => -new Set(panel.points.filter((point) => point.value !== null).map((point) => point.claim)).size);
  const shown = state.all || wanted ? telling : telling.slice(0, SHORT);
  const more = panels.length - shown.length;
  const filter = make('input', {
    type: 'text', value: state.wanted, placeholder: say('filter_measures'), 'aria-label': say('filter_measures'),
    onchange: (event) => choose({ wanted: event.target.value.slice(0, 199) }),
  });
  return make('section', {}, make('h2', {}, say('figures')), make('div', { class: 'filter' }, filter),
    make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': say('figures') },
      make('table', { class: 'figures' }, make('thead', { class: 'unseen' }, make('tr', {}, ...['measure', 'figure', 'course'].map((word) => make('th', { scope: 'col' }, say(word))))),
        make('tbody', {}, ...shown.map(figureRow)))),
    ...(more > 0 ? [make('button', { type: 'button', onclick: () => choose({ all: 'all' }) }, say('show_more', { n: more }))] : []));
}

const LINE = 21;

/** Neighbours by how they are joined, those ways first that join most; each group in one column. */
function groupsOf(rows) {
  return d3.groups(rows, (row) => row.way).sort((a, b) => b[1].length - a[1].length);
}

/** Give groups and their rows places: to both sides of the thing, or below one another on a phone. */
function settleGroups(groups, sides) {
  const bottoms = sides.map(() => 0);
  const heads = [];
  for (const [way, those] of groups) {
    const side = d3.leastIndex(bottoms);
    heads.push({ way, count: those.length, side: sides[side], y: bottoms[side] + LINE / 2 });
    those.forEach((row, i) => Object.assign(row, { side: sides[side], y: bottoms[side] + LINE * (i + 1.5) }));
    bottoms[side] += LINE * (those.length + 1.5);
  }
  return [heads, d3.max(bottoms)];
}

/** The events that a relation follows from: they tell of its neighbour, from the same sources. */
function behind(relation, shared) {
  const cited = new Set(relation.cites.map(([source]) => source));
  return relation.derived ? shared.filter((event) => event.cites.some(([source]) => cited.has(source))) : [];
}

/** The years in which a neighbour was joined to the thing, as far as anybody says. */
function yearsOf(thing) {
  const shared = together(thing);
  const found = thing.relations.filter((relation) => inLanguage(relation.words) === inLanguage(thing.relations[0].words))
    .flatMap((relation) => (relation.begins ? [relation.begins] : behind(relation, shared).map((event) => event.begins)));
  const [first, last] = d3.extent(found.filter(Boolean), (day) => day.slice(0, 4));
  return first === undefined ? '' : ` · ${first === last ? first : `${first}–${last}`}`;
}

/** What a thing is joined to, around it. */
function drawNeighbours(width) {
  const { things, all } = data.network;
  if (!things.length) return null;
  const narrow = width < 560;
  const reachOut = narrow ? 82 : Math.max(120, width * 0.13);
  const room = Math.floor(((narrow ? width - 30 : width / 2) - reachOut - 16) / 6.8);
  const fitting = (text, years) => shorten(text, Math.min(60, room) - columns(years)) + years;
  const rows = things.map((thing) => {
    const kind = data.kinds[thing.kind];
    const ways = [...new Set(thing.relations.map((relation) => inLanguage(relation.words)))];
    return {
      ...thing, id: `n ${thing.iri}`, way: ways[0], sources: new Set(thing.relations.flatMap((relation) => relation.cites.map(([source]) => source))).size,
      text: fitting(inLanguage(thing.label) + (ways.length > 1 && !narrow ? ` (+ ${ways.slice(1).join(say('and'))})` : ''), yearsOf(thing)),
      fill: kind ? ownColour(kind.colour) : colour('soft'), symbol: symbols[kind?.shape ?? 'dot'],
      name: [inLanguage(thing.label), kind ? inLanguage(kind.label) : '', ...ways].filter(Boolean).join(say('comma')),
    };
  });
  const totals = new Map(data.network.ways.map(([label, count]) => [inLanguage(label), count]));
  const counted = ({ way, count }) => (totals.get(way) > count ? `${count} / ${totals.get(way)}` : count);
  const [heads, height] = settleGroups(groupsOf(rows), narrow ? [1] : [-1, 1]);
  const middle = narrow ? 14 : width / 2;
  const at = (row) => middle + row.side * reachOut;
  const centre = [{ x: middle, y: height / 2, text: shorten(inLanguage(data.title), 26) }];
  const text = (those, side, options) => Plot.text(those.filter((row) => row.side === side), { x: at, y: 'y', dx: 11 * side, textAnchor: side > 0 ? 'start' : 'end', pointerEvents: 'none', ...options });
  const both = (those, options) => [-1, 1].map((side) => text(those, side, options));
  const svg = Plot.plot(plotOptions({
    width, height: height + 6, margin: 0,
    x: { type: 'linear', domain: [0, width], range: [0, width], axis: null }, y: { type: 'linear', domain: [0, height + 6], range: [0, height + 6], axis: null }, color: { type: 'identity' },
    marks: [
      Plot.link(rows, { x1: middle, y1: height / 2, x2: at, y2: 'y', stroke: colour('thread'), strokeWidth: (row) => Math.min(5, 0.8 + row.sources * 0.5), curve: 'bump-x' }),
      ...both(heads, { text: (head) => `${head.way} · ${counted(head)}`, fontWeight: 600, fill: colour('soft'), stroke: colour('ground'), strokeWidth: 4 }),
      narrow ? Plot.dot(centre, { x: 'x', y: 'y', r: 7, fill: colour('ink') }) : Plot.text(centre, { x: 'x', y: 'y', text: 'text', fontWeight: 700, fontSize: 14, fill: colour('ink'), stroke: colour('ground'), strokeWidth: 10 }),
      Plot.dot(rows, { x: at, y: 'y', className: 'reach', symbol: 'symbol', r: 6, fill: 'fill', stroke: colour('ground') }),
      ...both(rows, { text: 'text', fill: colour('ink') }),
    ],
  }));
  reach(svg, { reach: rows }, say('neighbours'));
  const rest = all - things.length;
  return make('section', {}, make('h2', {}, say('neighbours')), svg, ...(rest > 0 ? [make('p', { class: 'soft' }, say('more_in_table', { n: rest }))] : []));
}

function drawHappened(width) {
  const dated = events.filter((event) => !Number.isNaN(event.from));
  if (!dated.length) return null;
  const [from, to] = [d3.min(dated, (event) => event.from), d3.max(dated, (event) => event.to)];
  const pad = padding(from, to);
  const [rows, svg] = drawEvents([['', dated]], [from - pad, to + pad], width);
  reach(svg, { reach: rows }, say('events'));
  return make('section', {}, make('h2', {}, say('events')), svg);
}

function opinions() {
  if (!data.opinions.length) return null;
  return make('section', {}, make('h2', {}, say('opinions')), make('ul', { class: 'opinions' }, ...data.opinions.map(([by, says, cites]) =>
    make('li', {}, make('p', {}, by ? make('strong', {}, isolated(inLanguage(by)), say('colon')) : null, isolated(inLanguage(says))), citeList(cites)))));
}

const chart = {
  counts() {
    return [...data.what.map(inLanguage), say('figures_count', { n: d3.sum(data.panels, (panel) => panel.points.length) }), say('events_count', { n: events.length }), say('sources_count', { n: data.sources.length })].join(' · ');
  },

  notes() {
    const notes = [];
    if (data.names.length) notes.push(`${say('also_called')}${say('colon')}${data.names.slice(0, 14).map(clean).join(say('and'))}`);
    for (const [what, said] of data.notes.slice(0, 8)) notes.push(`${inLanguage(what)}${say('colon')}${clip(clean(said), 300)}`);
    if (!data.complete) notes.push(say('incomplete'));
    return notes;
  },

  draw(holder, width) {
    const parts = [figures(), drawNeighbours(width), drawHappened(width), opinions()].filter(Boolean);
    holder.replaceChildren(make('div', { class: 'card' }, ...(parts.length ? parts : [make('p', { class: 'soft' }, say('said_nothing'))])));
  },

  details(id) {
    const event = eventOf.get(id);
    if (event) return eventDetails(event);
    const thing = neighbourOf.get(id);
    if (thing) return neighbourDetails(thing);
    const point = pointOf.get(id);
    if (!point) return null;
    const others = point.panel.points.filter((other) => other !== point);
    return [
      make('h2', {}, isolated(inLanguage(point.panel.title))),
      make('p', { class: 'when' }, pointWhen(point)),
      make('p', { class: 'value' }, isolated(inLanguage(point.words))),
      point.printed ? make('p', { class: 'soft' }, say('as_printed', { text: point.printed })) : null,
      make('p', { class: point.disputed ? 'disputed' : 'soft' }, standing(point)),
      part(point.sides.length > 1 ? 'all_sides' : 'sources', sideList(point.sides)),
      others.length ? part('other_times', make('dl', {}, ...others.flatMap((other) => [make('dt', {}, pointWhen(other)), make('dd', {}, isolated(inLanguage(other.words)))]))) : null,
    ];
  },
};

/** The events in which a neighbour has a part beside the thing: they say when. */
function together(thing) {
  const name = inLanguage(thing.label);
  return events.filter((event) => [...event.of, ...event.parties].some(([, label]) => inLanguage(label) === name));
}

function relationWhen(relation, shared) {
  if (relation.time) return inLanguage(relation.time);
  return [...new Set(behind(relation, shared).filter((event) => event.time).map(eventWhen))].join(say('and'));
}

function neighbourDetails(thing) {
  const kind = data.kinds[thing.kind];
  const shared = d3.sort(together(thing), (event) => event.from);
  return [
    kind ? make('p', { class: 'kind' }, icon(kind.shape, kind.colour), ` ${inLanguage(kind.label)}`) : null,
    make('h2', {}, isolated(inLanguage(thing.label))),
    make('ol', { class: 'sides' }, ...thing.relations.map((relation) => make('li', {},
      make('p', {}, inLanguage(relation.words), make('span', { class: 'soft' }, [relationWhen(relation, shared), relation.status ? inLanguage(relation.status) : '', relation.derived ? say('derived') : ''].filter(Boolean).map((one) => ` · ${one}`).join(''))),
      citeList(relation.cites)))),
    shared.length ? part('events', make('ul', { class: 'said' }, ...shared.map((event) => make('li', {},
      make('button', { type: 'button', class: 'told', 'data-id': event.id, onclick: () => pick({ id: event.id, name: inLanguage(event.label) }) }, isolated(inLanguage(event.label))),
      make('p', { class: 'soft' }, eventWhen(event)),
      citeList(event.cites))))) : null,
  ];
}
